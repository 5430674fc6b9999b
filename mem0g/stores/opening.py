"""From where a memory is kept to what keeps it. Only the store that is used is loaded."""

from os import PathLike
from typing import TYPE_CHECKING

from mem0g.addresses import is_server
from mem0g.errors import InvalidInput
from mem0g.period import quoted
from mem0g.ports import GraphStore

if TYPE_CHECKING:
    from mem0g.stores.neo4j import Neo4jStore


def open_store(where: str | PathLike[str]) -> GraphStore:
    """The store in the SQLite file or the Neo4j database that `where` names.

    Raises:
        MissingExtra: it is a server, and the driver is not installed.
        StoreError: see `SQLiteStore` and `Neo4jStore`.
    """
    if isinstance(where, str) and is_server(where):
        return _neo4j_store()(where)
    from mem0g.stores.sqlite import SQLiteStore  # noqa: PLC0415 - see above

    return SQLiteStore(where)


def prepare_server(where: str | PathLike[str], dimension: int, *, replace: bool = False) -> None:
    """Prepare a Neo4j database: see `Neo4jStore.init`.

    Raises:
        InvalidInput: `where` is a file, or the dimension none that Neo4j has.
        MissingExtra: the driver is not installed.
    """
    if not (isinstance(where, str) and is_server(where)):
        raise InvalidInput(f"{quoted(str(where))} is a file, which is made when something is added; only a Neo4j database is prepared")
    _neo4j_store().init(where, dimension=dimension, replace=replace)


def _neo4j_store() -> "type[Neo4jStore]":
    from mem0g.stores.neo4j import Neo4jStore  # noqa: PLC0415 - see above

    return Neo4jStore
