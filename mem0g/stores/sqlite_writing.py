"""Writing one change to one graph of a SQLite store, inside a transaction that the caller opened."""

from collections.abc import Collection, Iterable
from functools import cache

from mem0g.model import (
    Claim,
    Entity,
    EntityId,
    Episode,
    Judgement,
    Merge,
    Naming,
    Progress,
    Record,
    Retraction,
    Version,
    Wording,
    normalise,
)
from mem0g.ports import Change
from mem0g.stores import sqlite_rows as rows
from mem0g.stores import sqlite_statements as sql
from mem0g.stores.columns import microseconds
from mem0g.stores.sqlite_file import Connection
from mem0g.stores.sqlite_search import graph_word
from mem0g.stores.sqlite_vectors import VectorWriter
from mem0g.stores.words import searchable, word_share


class GraphWriter:
    """Writes to the graph of key `graph` what will be its revision `revision`."""

    def __init__(self, connection: Connection, graph: int, revision: int) -> None:
        self._connection = connection
        self._graph = graph
        self._revision = revision
        self._vectors = VectorWriter(connection, graph, revision)
        self._names = cache(self._names_of)

    def write(self, change: Change) -> bool:
        """Erase and drop first, then write. Whether anything was asked for that is not there already."""
        self._erase(change.erased)
        self._drop(change.dropped)
        new = [self._insert(record) for record in change.records]
        self._replace_progress(change.progress)
        for version in change.versions:
            self._replace_fact(version)
        vectors = self._vectors.write(change.vectors, change.embedding, change.reembed)
        if change.summary:
            self._added(sql.REPLACE_SUMMARY, rows.summary_row(change.summary))
        return any((*new, change.erased, change.dropped, change.progress, change.versions, vectors, change.summary))

    def _erase(self, ids: Collection[str]) -> None:
        if ids:
            which = {"graph": self._graph, "ids": rows.listed(ids)}
            self._vectors.let_go(key for (key,) in self._connection.execute(sql.RECORD_VECTORS, which))
            for statement in sql.ERASE:
                self._connection.execute(statement, which)

    def _drop(self, ids: Iterable[str]) -> None:
        for id in ids:
            if found := self._fact(id):
                key, _, vector = found
                self._delete_fact(key, vector)

    def _insert(self, record: Record) -> bool:
        match record:
            case Episode():
                return self._insert_episode(record)
            case Entity():
                return self._insert_entity(record)
            case Naming():
                return self._insert_naming(record)
            case Retraction():
                return self._insert_retraction(record)
            case Claim():
                added = self._added(sql.INSERT_CLAIM, rows.claim_row(record))
            case Judgement():
                added = self._added(sql.INSERT_JUDGEMENT, rows.judgement_row(record))
            case Merge():
                added = self._added(sql.INSERT_MERGE, rows.merge_row(record))
            case Wording():
                added = self._added(sql.INSERT_WORDING, rows.wording_row(record))
        return added > 0

    def _insert_episode(self, episode: Episode) -> bool:
        if self._connection.execute(sql.FIND_EPISODE, (self._graph, episode.id)).fetchone():
            return False
        body = searchable(episode.content)
        vector = self._vectors.key_of(episode.content)
        key = self._added(sql.INSERT_EPISODE, rows.episode_row(episode, word_share(body), vector, self._revision))
        self._connection.execute(sql.INSERT_EPISODE_WORDS, (key, graph_word(self._graph), body))
        return True

    def _insert_entity(self, entity: Entity) -> bool:
        if self._connection.execute(sql.FIND_ENTITY, (self._graph, entity.id)).fetchone():
            return False
        vector = self._vectors.key_of(entity.name) if entity.type else None
        self._added(sql.INSERT_ENTITY, rows.entity_row(entity, vector, self._revision))
        self._add_all(sql.INSERT_NAME, [(normalise(name), entity.id, True) for name in (entity.name, *entity.aliases)])
        return True

    def _insert_naming(self, naming: Naming) -> bool:
        added = self._added(sql.INSERT_NAMING, rows.naming_row(naming)) > 0
        if added:
            self._add_all(sql.INSERT_NAME, [(normalise(naming.name), naming.entity, False)])
        return added

    def _insert_retraction(self, retraction: Retraction) -> bool:
        added = self._added(sql.INSERT_RETRACTION, rows.retraction_row(retraction)) > 0
        if added:
            self._add_all(sql.INSERT_RETRACTION_CLAIM, [(claim, retraction.id) for claim in retraction.claims])
        return added

    def _replace_progress(self, progress: Iterable[Progress]) -> None:
        self._add_all(sql.REPLACE_PROGRESS, map(rows.progress_row, progress))

    def _replace_fact(self, version: Version) -> None:
        id = version.id
        key, text, vector = self._fact(id) or (0, None, 0)
        if text == version.text:
            closing = (microseconds(version.known.end), rows.support_text(version.support), self._revision, key)
            self._connection.execute(sql.UPDATE_FACT, closing)
            return
        if key:
            self._delete_fact(key, vector)
        self._insert_fact(version, id)

    def _insert_fact(self, version: Version, id: str) -> None:
        body = searchable(" ".join(self._sentences(version)))
        vector = self._vectors.key_of(version.text)
        key = self._added(sql.INSERT_FACT, rows.fact_row(version, id, word_share(body), vector, self._revision))
        self._connection.execute(sql.INSERT_FACT_WORDS, (key, graph_word(self._graph), body))

    def _sentences(self, version: Version) -> Iterable[str]:
        """All that a fact is found by. The names are those of the records of its entities, so those are written before it.

        Names that only a naming gives are left out: they would stay in the words of the fact when the naming is erased.
        """
        object = version.object
        names = self._names(EntityId(object)) if isinstance(object, str) else [object.text]
        return (version.text, version.predicate, *self._names(version.subject), *names)

    def _names_of(self, entity: EntityId) -> list[str]:
        return [name for (name,) in self._connection.execute(sql.SELECT_OWN_NAMES, (self._graph, entity))]

    def _fact(self, id: str) -> tuple[int, str, int] | None:
        """The key, the text and the vector's key of the fact of this id."""
        found: tuple[int, str, int] | None = self._connection.execute(sql.FIND_FACT, (self._graph, id)).fetchone()
        return found

    def _delete_fact(self, key: int, vector: int) -> None:
        self._vectors.let_go([vector])
        self._connection.execute(sql.DELETE_FACT_WORDS, (key,))
        self._connection.execute(sql.DELETE_FACT, (key,))

    def _added(self, statement: str, row: rows.Row) -> int:
        """The key of the row inserted; 0 where its id is there already."""
        cursor = self._connection.execute(statement, (self._graph, *row))
        return cursor.lastrowid or 0 if cursor.rowcount else 0

    def _add_all(self, statement: str, added: Iterable[rows.Row]) -> None:
        self._connection.executemany(statement, [(self._graph, *row) for row in added])
