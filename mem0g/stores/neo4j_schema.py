"""The constraints and indexes of a Neo4j database: made by `mem0g init`, looked at when a store is opened."""

from mem0g.errors import EmbeddingMismatch, StoreNotReady, StoreTooNew
from mem0g.stores.neo4j_server import Server
from mem0g.stores.queries import names

VERSION = 2
"""The version of the statements in `cypher/schema/`."""

_VECTOR_INDEXES = ("fact_vectors", "episode_vectors", "entity_vectors")
_OTHERS = ("await_indexes", "read_version", "show_vector_indexes", "write_version", *(f"drop_{name}" for name in _VECTOR_INDEXES))
_WAIT = 3_600
"""Seconds for the indexes to be built over what is there: some hundred vectors a second."""


def initialise(server: Server, dimension: int, *, replace: bool = False, vector_indexes: bool = True) -> None:
    """Make what is missing, and leave what is there.

    Args:
        dimension: how many numbers a vector of the vector indexes has.
        replace: make vector indexes of another dimension anew.
        vector_indexes: make them too. Without, those that are there stay.

    Raises:
        EmbeddingMismatch: there are vector indexes of another dimension, and they are not to be replaced.
        StoreTooNew: a newer mem0g made the schema.
        StoreNotReady: the server is older than mem0g needs.
    """
    server.check_version()
    _check_not_newer(_version(server))
    if (held := vector_dimension(server)) not in {None, dimension}:
        if not replace:
            raise EmbeddingMismatch(
                f"the vector indexes of this database are of {held} numbers, not of {dimension}: `mem0g init --dimension {dimension} "
                f"--replace` makes them anew; vectors of {held} numbers stay, and are then compared one by one"
            )
        for name in _VECTOR_INDEXES:
            server.define(f"schema/drop_{name}")
    for statement in statements():
        server.define(statement)
    for name in _VECTOR_INDEXES if vector_indexes else ():
        server.define(f"schema/{name}", options=_vector_options(dimension))
    server.define("schema/await_indexes", seconds=_WAIT)
    server.define("schema/write_version", version=VERSION)


def check(server: Server) -> None:
    """Nothing, where the schema is there.

    Raises:
        StoreNotReady: it is missing or older, or the server is older than mem0g needs.
        StoreTooNew: a newer mem0g made it.
    """
    server.check_version()
    version = _version(server)
    _check_not_newer(version)
    if version is None or version < VERSION:
        what = "lacks mem0g's constraints and indexes" if version is None else f"has those of mem0g's schema {version}, not {VERSION}"
        raise StoreNotReady(f"this database {what}: `mem0g init` makes them")


def vector_dimension(server: Server) -> int | None:
    """How many numbers a vector of the vector indexes has; None where one of them is missing."""
    found = {row["name"]: row["dimension"] for row in server.rows("schema/show_vector_indexes")}
    return found["fact_vectors"] if found.keys() == {*_VECTOR_INDEXES} else None


def statements() -> list[str]:
    """The constraints and indexes that take no parameter, in the order they are made."""
    apart = {f"schema/{name}" for name in (*_VECTOR_INDEXES, *_OTHERS)}
    return [name for name in names("schema") if name not in apart]


def _version(server: Server) -> int | None:
    return next((row["version"] for row in server.rows("schema/read_version")), None)


def _check_not_newer(version: int | None) -> None:
    if version is not None and version > VERSION:
        raise StoreTooNew(f"this database has mem0g's schema {version}, which this version (schema {VERSION}) does not know")


def _vector_options(dimension: int) -> dict[str, dict[str, object]]:
    return {
        "indexConfig": {
            "vector.dimensions": dimension,
            "vector.similarity_function": "cosine",
            "vector.quantization.enabled": False,
        }
    }
