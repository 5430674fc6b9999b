"""Where a memory is kept, as text: the address of a server, or a file. Pure."""

import re


def is_server(where: object) -> bool:
    """Whether this is the address of a Neo4j server, and no file: neo4j:// or bolt://, also with +s or +ssc."""
    return isinstance(where, str) and re.match(r"(neo4j|bolt)(\+s|\+ssc)?://", where, re.IGNORECASE) is not None


def without_password(where: str) -> str:
    """An address as it may be shown: … for all that stands before its last @, which may hold a password. A path, which has no //, stays."""
    return re.sub(r"//.*@", "//…@", where)
