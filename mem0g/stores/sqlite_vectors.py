"""The vectors of one graph of a SQLite store, written inside a transaction that the caller opened. They are searched elsewhere."""

from collections.abc import Iterable, Mapping

from mem0g.ports import EmbeddingModel, Vector
from mem0g.stores import sqlite_rows as rows
from mem0g.stores import sqlite_statements as sql
from mem0g.stores.columns import digest
from mem0g.stores.sqlite_file import Connection


def embedding_of(connection: Connection, graph: int) -> EmbeddingModel | None:
    """The model of the vectors of the graph of this key; None where it has none."""
    model, dimension, _ = connection.execute(sql.SELECT_EMBEDDING, (graph,)).fetchone() or (None, 0, 0)
    return None if model is None else EmbeddingModel(model, dimension)


class VectorWriter:
    """Writes the vectors of the graph of key `graph`: one row for each text that its facts, episodes and typed entities have.

    Call `write` last: until then rows that are no longer used are only noted.
    """

    def __init__(self, connection: Connection, graph: int, revision: int) -> None:
        self._connection = connection
        self._graph = graph
        self._revision = revision
        self._let_go = set[int]()

    def key_of(self, text: str) -> int:
        """The key of the row of `text`, made where there is none."""
        key = digest(text)
        found = self._connection.execute(sql.FIND_VECTOR, (self._graph, key)).fetchone()
        if found:
            return int(found[0])
        return self._connection.execute(sql.INSERT_VECTOR, (self._graph, key, self._revision)).lastrowid or 0

    def let_go(self, keys: Iterable[int]) -> None:
        """Note that something ceased to use these rows."""
        self._let_go.update(keys)

    def write(self, vectors: Mapping[str, Vector], embedding: EmbeddingModel | None, anew: bool) -> bool:
        """Delete the rows that nothing uses any more, and fill those of these texts. Whether any vector came or went `anew`."""
        removed = bool(self._let_go)
        if removed:
            self._connection.execute(sql.DELETE_UNUSED_VECTORS, (rows.listed(self._let_go),))
        emptied = anew and self._connection.execute(sql.EMPTY_VECTORS, (self._revision, self._graph)).rowcount > 0
        filled = [self._fill(text, vector) for text, vector in vectors.items()]
        if removed or emptied:
            self._connection.execute(sql.SET_REMOVED, (self._revision, self._graph))
        if any(filled) and embedding:
            self._connection.execute(sql.SET_EMBEDDING, (embedding.name, embedding.dimension, self._graph))
        elif removed or emptied:
            self._forget_model_of_none()
        return emptied or any(filled)

    def _fill(self, text: str, vector: Vector) -> bool:
        numbers = vector.astype("<f4").tobytes()
        filled = self._connection.execute(sql.FILL_VECTOR, (numbers, self._revision, self._graph, digest(text)))
        return filled.rowcount > 0

    def _forget_model_of_none(self) -> None:
        (any_left,) = self._connection.execute(sql.HAS_VECTORS, (self._graph,)).fetchone()
        if not any_left:
            self._connection.execute(sql.SET_EMBEDDING, (None, None, self._graph))
