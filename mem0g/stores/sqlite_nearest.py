"""Exact search by meaning in a SQLite store: numpy over what a process keeps of the graphs it searched last.

What is kept of a graph is of one revision. A search at a later one reads the rows written since; where rows were taken away in
between, everything.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple, TypeAlias

import numpy as np

from mem0g.ports import EmbeddingModel, FactFilter, Vector, Vectors
from mem0g.stores import sqlite_statements as sql
from mem0g.stores.changes import check_asked
from mem0g.stores.columns import microseconds
from mem0g.stores.sqlite_file import Connection
from mem0g.stores.sqlite_filters import fact_condition
from mem0g.stores.sqlite_rows import Row, listed
from mem0g.stores.sqlite_vectors import embedding_of

_MOST = 512 * 1024 * 1024
"""How many bytes of vectors are kept; the graph searched last is kept whatever it takes."""

_NOBODY = -1
"""The holder of the record, among the numbers of holders."""

Numbers: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.int64]]"
Mask: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.bool_]]"


class Moment(NamedTuple):
    """A graph at one revision, through a connection that sees no other."""

    connection: Connection
    graph: int
    revision: int


class Rows:
    """Rows of whole numbers, sorted by the first, which is their key."""

    def __init__(self, columns: int, rows: Sequence[Row] = ()) -> None:
        found = np.array(rows, dtype=np.int64).reshape(len(rows), columns)
        self._columns = np.ascontiguousarray(found[np.argsort(found[:, 0], kind="stable")].T)

    def column(self, number: int) -> Numbers:
        """One number of every row."""
        column: Numbers = self._columns[number]
        return column

    def with_rows(self, rows: Sequence[Row]) -> "Rows":
        """These rows and others, which replace those of the same keys."""
        if not rows:
            return self
        later = Rows(len(self._columns), rows)
        kept = self._columns[:, ~np.isin(self.column(0), later.column(0))]
        both = np.concatenate([kept, later._columns], axis=1)
        later._columns = np.ascontiguousarray(both[:, np.argsort(both[0], kind="stable")])
        return later


class Matrix:
    """Vectors in a buffer with room for more. Each one that grew out of another shares its buffer, so only the last may grow."""

    def __init__(self, dimension: int) -> None:
        self._buffer: Vectors = np.empty((0, dimension), dtype=np.float32)
        self._last: tuple[Vector, Vector] | None = None
        self.keys: Numbers = np.empty(0, dtype=np.int64)

    @property
    def rows(self) -> Vectors:
        """The vectors, in the order of `keys`."""
        rows: Vectors = self._buffer[: len(self.keys)]
        return rows

    @property
    def size(self) -> int:
        """In bytes."""
        return self._buffer.nbytes

    def products(self, vector: Vector) -> Vector:
        """The inner product of every row with `vector`. Those of the last vector are kept: one question asks for facts and episodes."""
        last = self._last
        if last is None or not np.array_equal(last[0], vector):
            last = self._last = (vector.copy(), self.rows @ vector)
        return last[1]

    def with_rows(self, rows: Sequence[Row]) -> "Matrix":
        """These vectors and others: keys with the bytes of their numbers."""
        if not rows:
            return self
        grown = Matrix(self._buffer.shape[1])
        grown.keys = np.concatenate([self.keys, np.array([key for key, _ in rows], dtype=np.int64)])
        grown._buffer = self._buffer if len(grown.keys) <= len(self._buffer) else self._enlarged(len(grown.keys))
        added = np.frombuffer(b"".join(numbers for _, numbers in rows), dtype="<f4")
        grown._buffer[len(self.keys) : len(grown.keys)] = added.reshape(len(rows), -1)
        return grown

    def _enlarged(self, least: int) -> Vectors:
        room = least if not len(self.keys) else max(least, len(self.keys) * 5 // 4)
        buffer: Vectors = np.empty((room, self._buffer.shape[1]), dtype=np.float32)
        buffer[: len(self.keys)] = self.rows
        return buffer


@dataclass(frozen=True)
class Kept:
    """What is kept of one graph at one revision. Nothing in it changes.

    Attributes:
        facts: rows of key, vector, valid from, valid to, known from, known to, whether it is an event, number of the holder.
        episodes: rows of key, vector, said at.
        entities: rows of key, vector, number of the type.
        fact_rows, episode_rows, entity_rows: the row of the matrix that each has; -1 where it has none.
        holders, types: their numbers.
    """

    revision: int
    embedding: EmbeddingModel
    matrix: Matrix
    facts: Rows
    episodes: Rows
    entities: Rows
    fact_rows: Numbers
    episode_rows: Numbers
    entity_rows: Numbers
    holders: dict[str, int]
    types: dict[str, int]


class Nearest:
    """Searches the graphs of one file; may be used from many threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, Kept] = OrderedDict()
        self._lock = Lock()

    def facts(self, moment: Moment, vector: Vector, where: FactFilter, limit: int) -> list[tuple[str, float]]:
        """See `GraphStore.nearest_facts`."""
        kept = self._at(moment)
        if kept is None or limit < 1:
            return []
        passing = _passing(kept, where) if _is_simple(where) else _among(kept, moment, where)
        return _best(kept, moment, sql.FACT_IDS, kept.facts.column(0), kept.fact_rows, _asked(kept, vector), passing, limit)

    def episodes(self, moment: Moment, vector: Vector, known_at: int, limit: int) -> list[tuple[str, float]]:
        """See `GraphStore.nearest_episodes`; `known_at` in microseconds."""
        kept = self._at(moment)
        if kept is None or limit < 1:
            return []
        said = kept.episodes.column(2) <= known_at
        return _best(kept, moment, sql.EPISODE_IDS, kept.episodes.column(0), kept.episode_rows, _asked(kept, vector), said, limit)

    def entities(self, moment: Moment, vector: Vector, type: str, limit: int) -> list[tuple[str, float]]:
        """See `GraphStore.nearest_entities`."""
        kept = self._at(moment)
        if kept is None or limit < 1:
            return []
        typed = kept.entities.column(2) == kept.types.get(type, _NOBODY)
        return _best(kept, moment, sql.ENTITY_IDS, kept.entities.column(0), kept.entity_rows, _asked(kept, vector), typed, limit)

    def forget(self, graph: int | None = None) -> None:
        """Keep nothing more of the graph of this key; of any, where none is named."""
        with self._lock:
            if graph is None:
                self._kept.clear()
            else:
                self._kept.pop(graph, None)

    def _at(self, moment: Moment) -> Kept | None:
        """The graph at its revision; None where it has no vectors."""
        embedding = embedding_of(moment.connection, moment.graph)
        if embedding is None:
            return None
        with self._lock:
            kept = self._kept.get(moment.graph)
            if kept is None or kept.revision != moment.revision:
                newer = _refreshed(moment, embedding, kept)
                if kept is not None and kept.revision > moment.revision:
                    return newer  # of a reader that came late: what is kept stays
                kept = newer
            self._keep(moment.graph, kept)
        return kept

    def _keep(self, graph: int, kept: Kept) -> None:
        self._kept[graph] = kept
        self._kept.move_to_end(graph)
        while len(self._kept) > 1 and sum(one.matrix.size for one in self._kept.values()) > _MOST:
            self._kept.popitem(last=False)


def _refreshed(moment: Moment, embedding: EmbeddingModel, kept: Kept | None) -> Kept:
    """What is kept, with all that was written since; everything anew where that does not do."""
    _, _, removed = moment.connection.execute(sql.SELECT_EMBEDDING, (moment.graph,)).fetchone()
    if kept is None or kept.embedding != embedding or not removed <= kept.revision <= moment.revision:
        nothing = np.empty(0, dtype=np.int64)
        kept = Kept(-1, embedding, Matrix(embedding.dimension), Rows(8), Rows(3), Rows(3), nothing, nothing, nothing, {}, {})
    holders, types = dict(kept.holders), dict(kept.types)
    since = (moment.graph, kept.revision)
    matrix = kept.matrix.with_rows(moment.connection.execute(sql.VECTORS_SINCE, since).fetchall())
    written = moment.connection.execute(sql.FACTS_SINCE, since)
    facts = kept.facts.with_rows([(*row[:7], _number(holders, row[7])) for row in written])
    episodes = kept.episodes.with_rows(moment.connection.execute(sql.EPISODES_SINCE, since).fetchall())
    typed = moment.connection.execute(sql.ENTITIES_SINCE, since)
    entities = kept.entities.with_rows([(key, vector, _number(types, type)) for key, vector, type in typed])
    rows = [_matrix_rows(matrix, texts.column(1)) for texts in (facts, episodes, entities)]
    return Kept(moment.revision, embedding, matrix, facts, episodes, entities, rows[0], rows[1], rows[2], holders, types)


def _number(numbers: dict[str, int], name: str | None) -> int:
    return _NOBODY if name is None else numbers.setdefault(name, len(numbers))


def _matrix_rows(matrix: Matrix, vectors: Numbers) -> Numbers:
    """The row of the matrix for each of these keys of vectors; -1 where there is none."""
    if not len(matrix.keys):
        return np.full(len(vectors), -1, dtype=np.int64)
    order = np.argsort(matrix.keys)
    place = np.searchsorted(matrix.keys, vectors, sorter=order)
    row = order[np.minimum(place, len(order) - 1)]
    rows: Numbers = np.where(matrix.keys[row] == vectors, row, -1)
    return rows


def _asked(kept: Kept, vector: Vector) -> Vector:
    """`vector`, which is to be compared with those kept."""
    check_asked(kept.embedding, vector)
    return np.asarray(vector, dtype=np.float32)


def _cosines(matrix: Matrix, rows: Numbers, vector: Vector) -> Vector:
    """The cosine of each of these rows; equal for equal rows, because each row is worked out once."""
    if len(rows) > len(matrix.keys) // 4:
        return matrix.products(vector)[rows]
    needed, place = np.unique(rows, return_inverse=True)
    scores: Vector = matrix.rows[needed] @ vector
    return scores[place]


def _is_simple(where: FactFilter) -> bool:
    """Whether only times and holders narrow it: what is kept tells that."""
    named = (where.ids, where.subjects, where.predicates, where.objects, where.touching)
    return not where.labels and all(one is None for one in named)


def _passing(kept: Kept, where: FactFilter) -> Mask:
    """Which of the facts kept pass a simple filter."""
    valid_from, valid_to, known_from, known_to, event, holder = (kept.facts.column(number) for number in range(2, 8))
    passing: Mask = np.ones(len(holder), dtype=np.bool_)
    if not where.any_holder:
        passing &= holder == (_NOBODY if where.holder is None else kept.holders.get(where.holder, len(kept.holders)))
    if where.known_at is not None:
        known_at = microseconds(where.known_at)
        passing &= (known_from <= known_at) & (known_to > known_at)
    if where.as_of is not None:
        start, end = microseconds(where.as_of.start), microseconds(where.as_of.end)
        if where.as_of.is_instant:
            passing &= (valid_from <= start) & ((event == 1) | (valid_to > start))
        else:
            passing &= (valid_from < end) & (valid_to > start)
    return passing


def _among(kept: Kept, moment: Moment, where: FactFilter) -> Mask:
    """Which of the facts kept pass any filter, as the database has it."""
    condition = fact_condition(moment.graph, where)
    found = moment.connection.execute(sql.SELECT_FACT_KEYS.format(condition.sql), condition.parameters)
    keys = np.fromiter((key for (key,) in found), dtype=np.int64)
    passing: Mask = np.isin(kept.facts.column(0), keys)
    return passing


def _best(
    kept: Kept, moment: Moment, ids_of: str, keys: Numbers, rows: Numbers, vector: Vector, passing: Mask, limit: int
) -> list[tuple[str, float]]:
    """The ids of the best of those that pass and have a vector. All that equal the last of them are compared by id."""
    chosen = np.flatnonzero(passing & (rows >= 0))
    found = _cosines(kept.matrix, rows[chosen], vector)
    if len(chosen) > limit:
        least = np.partition(found, len(found) - limit)[len(found) - limit]
        chosen, found = chosen[found >= least], found[found >= least]
    ids = dict(moment.connection.execute(ids_of, (listed(keys[chosen].tolist()),)).fetchall())
    scored = zip(keys[chosen].tolist(), found.tolist(), strict=True)
    ranked = sorted(((ids[key], score) for key, score in scored), key=lambda one: (-one[1], one[0]))
    return ranked[:limit]
