"""The embedded store: one SQLite file, no server."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mem0g.errors import InvalidInput
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
    Stage,
    Summary,
    Version,
    Wording,
    checked_path,
)
from mem0g.period import TICK, quoted
from mem0g.ports import Change, ClaimFilter, EmbeddingModel, FactFilter, Link, Vector
from mem0g.stores import sqlite_rows as rows
from mem0g.stores import sqlite_statements as sql
from mem0g.stores.changes import check_change, check_embedding
from mem0g.stores.columns import all_labels, microseconds
from mem0g.stores.sqlite_file import Connection, SQLiteFile
from mem0g.stores.sqlite_filters import Condition, claim_conditions, fact_condition, version_condition
from mem0g.stores.sqlite_search import IN_EPISODES, IN_FACTS, matches
from mem0g.stores.sqlite_vectors import embedding_of
from mem0g.stores.sqlite_writing import GraphWriter

if TYPE_CHECKING:
    from mem0g.stores.sqlite_nearest import Moment, Nearest

__all__ = ["SQLiteStore"]


class SQLiteStore:
    """A `GraphStore` in one SQLite file, made where there is none. Threads and processes may share the file.

    A score of `match_facts` and `match_episodes` is the sum, over the words found, of ln(1 + n / d), where the graph has n texts
    and d of them hold the word; divided by 1 + log10 of the number of words in the text. Words match by their English stem. Words
    that thousands of texts hold find, beside what the rarer ones find, only the last written of the texts that hold them together.

    A graph of which everything was erased is no longer listed by `graphs`; its revision stays, so that no write is mistaken.

    Args:
        path: of the file; its folder must exist.
        timeout: how many seconds to wait for other writers.
        max_pages: the most pages of 4096 bytes the file may take; None for no limit.

    Raises:
        InvalidInput: the path names no file, or a limit is negative.
        StoreUnavailable: it cannot be opened.
        StoreReadOnly: there is no store yet, and none can be made.
        StoreFull: there is no room to make one.
        StoreCorrupt: it is damaged, or is not ours; it is left as it is.
        StoreTooNew: a newer mem0g wrote it.
    """

    waits = False
    """See `GraphStore`."""

    def __init__(self, path: str | os.PathLike[str], *, timeout: float = 30.0, max_pages: int | None = None) -> None:
        if timeout < 0 or (max_pages is not None and max_pages < 1):
            raise InvalidInput(f"timeout={timeout!r}, max_pages={max_pages!r}: give limits above zero")
        self._file = SQLiteFile(_checked_path(path), timeout, max_pages)
        self._nearest: Nearest | None = None

    def revision(self, graph: str, settled: bool = False) -> int:
        """See `GraphStore`. A change is seen at once and whole: there is nothing to wait for."""
        with self._reading(graph) as view:
            return view.revision

    def commit(self, graph: str, change: Change, expected: int | None = None) -> int | None:
        """See `GraphStore`. What `change` erases and drops goes before its records and versions come."""
        check_change(graph, change)
        with self._file.writing() as connection:
            view = _view(connection, graph)
            if expected is not None and view.revision != expected:
                return None
            check_embedding(graph, embedding_of(connection, view.key), change)
            revision = _write(view, change)
        if self._nearest is not None and (change.erased or change.dropped):
            self._nearest.forget(view.key)
        return revision

    def graphs(self) -> list[str]:
        """See `GraphStore`."""
        with self._file.reading() as connection:
            return [name for (name,) in connection.execute(sql.SELECT_GRAPHS)]

    def records(self, graph: str) -> Iterator[Record]:
        """See `GraphStore`. All are of one state of the graph, that of the first record asked for."""
        self._file.check_open()
        return self._ledger(graph)

    def episodes(self, graph: str, ids: Collection[str] | None = None, stages: Collection[Stage] | None = None) -> list[Episode]:
        """See `GraphStore`."""
        with self._reading(graph) as view:
            which = f"{_episode_condition(ids, stages)} {sql.IN_SAID_ORDER}"
            return view.episodes(which, graph=view.key, ids=rows.listed(ids or ()), stages=rows.listed(stages or ()))

    def episodes_before(self, graph: str, before: datetime, limit: int) -> list[Episode]:
        """See `GraphStore`."""
        with self._reading(graph) as view:
            found = view.episodes(sql.EPISODES_BEFORE, view.key, microseconds(before), max(limit, 0))
            return found[::-1]

    def adjacent_episodes(
        self, graph: str, ids: Collection[str], known_at: datetime, within: timedelta, labels: Mapping[str, str] | None = None
    ) -> list[tuple[str, str]]:
        """See `GraphStore`."""
        times = {"known_at": microseconds(known_at), "within": within // TICK}
        with self._reading(graph) as view:
            return view.rows(sql.ADJACENT_EPISODES, graph=view.key, ids=rows.listed(ids), **times, **all_labels(labels))

    def progress(self, graph: str, episode_ids: Collection[str] | None = None) -> list[Progress]:
        """See `GraphStore`."""
        with self._reading(graph) as view:
            if episode_ids is None:
                return view.progress(sql.PROGRESS_OF_ALL, view.key)
            return view.progress(sql.PROGRESS_BY_EPISODE, view.key, rows.listed(episode_ids))

    def entities(self, graph: str, ids: Collection[EntityId] | None = None, names: Collection[str] | None = None) -> list[Entity]:
        """See `GraphStore`."""
        with self._reading(graph) as view:
            if ids is None and names is None:
                return view.entities(sql.IN_ID_ORDER, view.key)
            which = sql.ENTITIES_BY_ID_OR_NAME
            return view.entities(which, graph=view.key, ids=rows.listed(ids or ()), names=rows.listed(names or ()))

    def names(self, graph: str, entities: Collection[EntityId]) -> list[Naming]:
        """See `GraphStore`."""
        with self._reading(graph) as view:
            return view.namings(sql.FIRST_NAMINGS, graph=view.key, entities=rows.listed(entities))

    def namings(self, graph: str, episodes: Collection[str]) -> list[Naming]:
        """See `GraphStore`."""
        with self._reading(graph) as view:
            return view.namings(sql.NAMINGS_BY_EPISODE, view.key, rows.listed(episodes))

    def merges(self, graph: str) -> list[Merge]:
        """See `GraphStore`."""
        with self._reading(graph) as view:
            return [rows.merge_of(graph, row) for row in view.rows(f"{sql.SELECT_MERGES} {sql.IN_ID_ORDER}", view.key)]

    def wordings(self, graph: str) -> list[Wording]:
        """See `GraphStore`."""
        with self._reading(graph) as view:
            return [rows.wording_of(graph, row) for row in view.rows(f"{sql.SELECT_WORDINGS} {sql.IN_ID_ORDER}", view.key)]

    def predicates(self, graph: str) -> dict[str, int]:
        """See `GraphStore`."""
        with self._reading(graph) as view:
            return dict(view.rows(sql.COUNT_PREDICATES, view.key))

    def summary(self, graph: str) -> Summary | None:
        """See `GraphStore`."""
        with self._reading(graph) as view:
            return next((rows.summary_of(graph, row) for row in view.rows(sql.SELECT_SUMMARY, view.key)), None)

    def claims(self, graph: str, where: Iterable[ClaimFilter]) -> list[Claim]:
        """See `GraphStore`."""
        with self._reading(graph) as view:
            conditions = [condition for one in where for condition in claim_conditions(view.key, one)]
            return _in_order(claim for one in conditions for claim in view.claims(f"WHERE {one.sql}", *one.parameters))

    def claims_by_id(self, graph: str, ids: Collection[str]) -> list[Claim]:
        """See `GraphStore`."""
        with self._reading(graph) as view:
            return _in_order(view.claims(sql.CLAIMS_BY_ID, view.key, rows.listed(ids)))

    def claims_of(
        self, graph: str, episodes: Collection[str] = (), voices: Collection[EntityId] = (), entities: Collection[EntityId] = ()
    ) -> list[Claim]:
        """See `GraphStore`."""
        lists = {"episodes": rows.listed(episodes), "voices": rows.listed(voices), "entities": rows.listed(entities)}
        with self._reading(graph) as view:
            return _in_order(view.claims(sql.CLAIMS_OF, graph=view.key, **lists))

    def judgements(self, graph: str, claim_ids: Collection[str]) -> list[Judgement]:
        """See `GraphStore`."""
        with self._reading(graph) as view:
            found = view.rows(f"{sql.SELECT_JUDGEMENTS} {sql.JUDGEMENTS_BY_CLAIM}", graph=view.key, claims=rows.listed(claim_ids))
            return [rows.judgement_of(graph, row) for row in found]

    def retractions(self, graph: str, claim_ids: Collection[str]) -> list[Retraction]:
        """See `GraphStore`."""
        with self._reading(graph) as view:
            found = view.rows(f"{sql.SELECT_RETRACTIONS} {sql.RETRACTIONS_BY_CLAIM}", graph=view.key, claims=rows.listed(claim_ids))
            return [rows.retraction_of(graph, row) for row in found]

    def facts(self, graph: str, where: FactFilter, limit: int | None = None) -> list[Version]:
        """See `GraphStore`. The precision of a fact's two periods is not kept: it is the claim's."""
        with self._reading(graph) as view:
            return view.facts(fact_condition(view.key, where), limit)

    def links(self, graph: str, where: FactFilter, each: int | None = None) -> list[Link]:
        """See `GraphStore`."""
        with self._reading(graph) as view:
            if each is None or where.touching is None:
                condition = fact_condition(view.key, where)
                return view.links(f"WHERE {condition.sql}", condition.parameters, -1)
            apart = fact_condition(view.key, replace(where, touching=None))
            found = {link for entity in where.touching for link in view.links_of(entity, apart, max(each, 0))}
            return sorted(found, key=_latest, reverse=True)

    def versions(self, graph: str, where: Iterable[ClaimFilter]) -> list[Version]:
        """See `GraphStore`."""
        with self._reading(graph) as view:
            conditions = [version_condition(view.key, one) for one in where]
            found = {version.id: version for one in conditions for version in view.facts(one, None)}
            return sorted(found.values(), key=lambda version: version.order)

    def match_facts(self, graph: str, words: Collection[str], where: FactFilter, limit: int) -> list[tuple[str, float]]:
        """See `GraphStore`."""
        with self._reading(graph) as view:
            return matches(view.connection, IN_FACTS, view.key, words, fact_condition(view.key, where), limit)

    def match_episodes(self, graph: str, words: Collection[str], known_at: datetime, limit: int) -> list[tuple[str, float]]:
        """See `GraphStore`."""
        with self._reading(graph) as view:
            said = Condition("episodes.occurred_at <= ?", (microseconds(known_at),))
            return matches(view.connection, IN_EPISODES, view.key, words, said, limit)

    def embedding(self, graph: str) -> EmbeddingModel | None:
        """See `GraphStore`."""
        with self._reading(graph) as view:
            return embedding_of(view.connection, view.key)

    def missing_vectors(self, graph: str) -> list[str]:
        """See `GraphStore`."""
        with self._reading(graph) as view:
            return [text for (text,) in view.rows(sql.MISSING_TEXTS, graph=view.key)]

    def nearest_facts(self, graph: str, vector: Vector, where: FactFilter, limit: int) -> list[tuple[str, float]]:
        """See `GraphStore`."""
        with self._reading(graph) as view:
            return self._searched().facts(view.moment, vector, where, limit)

    def nearest_episodes(self, graph: str, vector: Vector, known_at: datetime, limit: int) -> list[tuple[str, float]]:
        """See `GraphStore`."""
        with self._reading(graph) as view:
            return self._searched().episodes(view.moment, vector, microseconds(known_at), limit)

    def nearest_entities(self, graph: str, vector: Vector, type: str, limit: int) -> list[tuple[EntityId, float]]:
        """See `GraphStore`."""
        with self._reading(graph) as view:
            return [(EntityId(id), cosine) for id, cosine in self._searched().entities(view.moment, vector, type, limit)]

    def scrub(self) -> None:
        """See `GraphStore`. Raises `StoreUnavailable` where readers keep the file in use beyond the timeout."""
        self._file.scrub()

    def close(self) -> None:
        """See `GraphStore`. Waits for the calls under way."""
        self._file.close()
        if self._nearest is not None:
            self._nearest.forget()

    def _searched(self) -> "Nearest":
        """What searches by meaning, made when it is first needed: numpy is slow to load."""
        if self._nearest is None:
            from mem0g.stores.sqlite_nearest import Nearest  # noqa: PLC0415 - see above

            self._nearest = Nearest()
        return self._nearest

    @contextmanager
    def _reading(self, graph: str) -> Iterator["_View"]:
        with self._file.reading() as connection:
            yield _view(connection, graph)

    def _ledger(self, graph: str) -> Iterator[Record]:
        with self._file.snapshot() as connection:
            key = _view(connection, graph).key
            for statement, read in _LEDGER:
                for row in connection.execute(f"{statement} {sql.IN_ID_ORDER}", (key,)):
                    self._file.check_open()
                    yield read(graph, row)


class _View(NamedTuple):
    """One graph at one moment. A graph that does not exist has the key 0, under which nothing is found."""

    connection: Connection
    graph: str
    key: int
    revision: int

    @property
    def moment(self) -> "Moment":
        """What a search by meaning is asked at."""
        from mem0g.stores.sqlite_nearest import Moment  # noqa: PLC0415 - numpy is slow to load

        return Moment(self.connection, self.key, self.revision)

    def rows(self, statement: str, *parameters: object, **named: object) -> list[Any]:
        """What a statement finds whose parameters are either all in order, or all named."""
        return self.connection.execute(statement, named or parameters).fetchall()

    def episodes(self, which: str, *parameters: object, **named: object) -> list[Episode]:
        return [rows.episode_of(self.graph, row) for row in self.rows(f"{sql.SELECT_EPISODES} {which}", *parameters, **named)]

    def progress(self, which: str, *parameters: object) -> list[Progress]:
        return [rows.progress_of(row) for row in self.rows(f"{sql.SELECT_PROGRESS} {which}", *parameters)]

    def entities(self, which: str, *parameters: object, **named: object) -> list[Entity]:
        return [rows.entity_of(self.graph, row) for row in self.rows(f"{sql.SELECT_ENTITIES} {which}", *parameters, **named)]

    def namings(self, which: str, *parameters: object, **named: object) -> list[Naming]:
        return [rows.naming_of(self.graph, row) for row in self.rows(f"{sql.SELECT_NAMINGS} {which}", *parameters, **named)]

    def claims(self, which: str, *parameters: object, **named: object) -> list[Claim]:
        return [rows.claim_of(self.graph, row) for row in self.rows(f"{sql.SELECT_CLAIMS} {which}", *parameters, **named)]

    def links(self, which: str, parameters: Iterable[object], limit: int) -> list[Link]:
        return [rows.link_of(row) for row in self.rows(f"{sql.SELECT_LINKS} {which} {sql.LATEST_FIRST}", *parameters, limit)]

    def links_of(self, entity: EntityId, condition: Condition, limit: int) -> list[Link]:
        """The latest links of one entity: those of each side are read in their order, and no more than are asked for."""
        sides = (sql.LINKS_OF_SUBJECT, sql.LINKS_OF_OBJECT)
        parameters = (self.key, entity, *condition.parameters)
        found = {link for side in sides for link in self.links(side.format(condition.sql), parameters, limit)}
        return sorted(found, key=_latest, reverse=True)[:limit]

    def facts(self, condition: Condition, limit: int | None) -> list[Version]:
        most = -1 if limit is None else max(limit, 0)
        found = self.rows(f"{sql.SELECT_FACTS} WHERE {condition.sql} {sql.IN_FACT_ORDER}", *condition.parameters, most)
        return [rows.fact_of(self.graph, row) for row in found]


_LEDGER: tuple[tuple[str, Callable[[str, rows.Row], Record]], ...] = (
    (sql.SELECT_EPISODES, rows.episode_of),
    (sql.SELECT_ENTITIES, rows.entity_of),
    (sql.SELECT_NAMINGS, rows.naming_of),
    (sql.SELECT_MERGES, rows.merge_of),
    (sql.SELECT_WORDINGS, rows.wording_of),
    (sql.SELECT_CLAIMS, rows.claim_of),
    (sql.SELECT_JUDGEMENTS, rows.judgement_of),
    (sql.SELECT_RETRACTIONS, rows.retraction_of),
)


def _checked_path(path: str | os.PathLike[str]) -> str:
    text = checked_path(path)
    if text.startswith(":memory:"):
        raise InvalidInput(f"path={quoted(path)} names no file: a store needs one, if only in a temporary folder")
    return str(Path(text).absolute())


def _view(connection: Connection, graph: str) -> _View:
    key, revision = connection.execute(sql.FIND_GRAPH, (graph,)).fetchone() or (0, 0)
    return _View(connection, graph, key, revision)


def _write(view: _View, change: Change) -> int:
    """Write `change` and return the graph's revision, moved on where the change brought anything."""
    key = view.key or view.connection.execute(sql.MAKE_GRAPH, (view.graph,)).lastrowid or 0
    if not GraphWriter(view.connection, key, view.revision + 1).write(change):
        return view.revision
    view.connection.execute(sql.MOVE_GRAPH, (view.revision + 1, key))
    return view.revision + 1


def _episode_condition(ids: Collection[str] | None, stages: Collection[Stage] | None) -> str:
    """Which episodes, as the end of a statement."""
    if ids is None and stages is None:
        return sql.EPISODES_OF_ALL
    if stages is None:
        return sql.EPISODES_BY_ID
    return sql.EPISODES_BY_STAGE if ids is None else sql.EPISODES_BY_ID_AND_STAGE


def _latest(link: Link) -> tuple[datetime, str]:
    return (link.began, link.id)


def _in_order(claims: Iterable[Claim]) -> list[Claim]:
    """Each claim once, in said order."""
    return sorted({claim.id: claim for claim in claims}.values(), key=lambda claim: claim.order)
