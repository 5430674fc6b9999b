"""The Neo4j store: `(:Entity)-[:FACT]->(:Entity)`, one edge a version, and the ledger's records as nodes beside it.

Importing this module raises `MissingExtra` where the extra `neo4j` is not installed.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TypeVar

from mem0g.errors import EmbeddingMismatch, MissingExtra, StoreCorrupt, StoreNotReady, StoreReadOnly, StoreUnavailable
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
)
from mem0g.ports import Change, ClaimFilter, EmbeddingModel, FactFilter, Link, Vector
from mem0g.stores.changes import check_asked, check_change
from mem0g.stores.columns import all_labels
from mem0g.stores.words import weights

try:
    from mem0g.stores import neo4j_rows as rows
    from mem0g.stores import neo4j_schema as schema
    from mem0g.stores.neo4j_filters import claim_parameters, fact_parameters, index_parameters, version_parameters
    from mem0g.stores.neo4j_server import Address, Limits, Row, Server, Transaction, parameter
    from mem0g.stores.neo4j_writing import ChangeWriter, Standing, Unchanged
except ModuleNotFoundError as error:
    raise MissingExtra(f"a memory in Neo4j needs the package {error.name}: pip install '/path/to/mem0g[neo4j]'") from error

__all__ = ["Limits", "Neo4jStore"]

EXACT_UP_TO = 1_000
"""Facts, or episodes, that are compared one by one; among more the vector index is searched. See `docs/scale.md` for the measurement."""

_ASKED = 100
"""How many the vector index is asked for at least: of ten nearest it misses fewer when it is asked for more."""

_ALL = 2**53
_READINGS = 20
"""How often something is read again because someone wrote meanwhile."""

_Found = TypeVar("_Found")


class Neo4jStore:
    """A `GraphStore` in a Neo4j database of release 2026.01 or newer, which `mem0g init` (or `init` here) prepared.

    Many processes may write at once: writers of one graph wait for one another on its node, those of different graphs do not.

    A score of `match_facts` and `match_episodes` is made as in `SQLiteStore`. A word that more than 1,000 texts of the graph hold, and
    more than half of them, is looked for only where no rarer one is found; no other text is passed over.

    `nearest_facts` compares every fact that passes the filter where the graph has no more than `exact_up_to` facts, or where the filter
    names ids, ends, predicates or labels; else it searches the vector index, which filters by graph and by both times before it
    chooses, and may miss a near one: `benchmarks/neo4j_recall.py` measures how often. `nearest_episodes` likewise.

    Args:
        uri: "neo4j://user:password@host:7687", or with bolt, and +s or +ssc for encryption.
        user, password: where `uri` does not hold them; `token`: for bearer authentication instead.
        database: None for the user's home database.
        limits: of connections and of waiting.
        exact_up_to: see above; None compares one by one in graphs of any size, and needs no vector index, of any dimension.

    Raises:
        InvalidInput: `uri` names no Neo4j server, or a limit is not above zero.
        StoreUnavailable: it cannot be reached, or refuses the user.
        StoreNotReady: the database was not prepared, or the server is too old.
        StoreTooNew: a newer mem0g prepared it.
    """

    waits = True
    """See `GraphStore`."""

    def __init__(
        self,
        uri: str,
        *,
        user: str | None = None,
        password: str | None = None,
        token: str | None = None,
        database: str | None = None,
        limits: Limits | None = None,
        exact_up_to: int | None = EXACT_UP_TO,
    ) -> None:
        self._server = Server(Address.of(uri, user, password, token, database), limits or Limits())
        self._exact_up_to = exact_up_to
        try:
            schema.check(self._server)
        except BaseException:
            self._server.close()
            raise

    @staticmethod
    def init(
        uri: str,
        *,
        dimension: int = 384,
        replace: bool = False,
        vector_indexes: bool = True,
        user: str | None = None,
        password: str | None = None,
        token: str | None = None,
        database: str | None = None,
        limits: Limits | None = None,
    ) -> None:
        """Prepare a database: make the constraints and indexes that are missing. What is there stays.

        Args:
            dimension: how many numbers a vector of the embedding model has; 384 is all-MiniLM-L6-v2's.
            replace: make vector indexes of another dimension anew.
            vector_indexes: False leaves those out that are missing, for a store with `exact_up_to=None`. They are built over what is there
                when this is called again without it; see `docs/scale.md` for why that does not save time.

        Raises:
            EmbeddingMismatch: its vector indexes are of another dimension, and not to be replaced.
            StoreNotReady: the server is too old.
            StoreTooNew: a newer mem0g prepared it.
            StoreUnavailable: it cannot be reached, or refuses the user.
        """
        server = Server(Address.of(uri, user, password, token, database), limits or Limits())
        try:
            schema.initialise(server, dimension, replace=replace, vector_indexes=vector_indexes)
        finally:
            server.close()

    def revision(self, graph: str, settled: bool = False) -> int:
        """See `GraphStore`. A user who may not write does not wait."""
        if settled:
            with suppress(StoreReadOnly):
                found = self._server.write(lambda transaction: transaction.rows("write/settle_graph", graph=graph))
                return int(found[0]["revision"])
        return self._standing(graph).revision

    def commit(self, graph: str, change: Change, expected: int | None = None) -> int | None:
        """See `GraphStore`. What `change` erases and drops goes before its records and versions come.

        Raises:
            EmbeddingMismatch: also where the vectors do not fit the dimension of the vector index.
        """
        check_change(graph, change)
        self._check_dimension(change)

        def write(transaction: Transaction) -> int:
            return ChangeWriter(transaction, graph, change).write(expected)

        try:
            return self._server.write(write)
        except Unchanged as unchanged:
            return unchanged.revision

    def graphs(self) -> list[str]:
        """See `GraphStore`."""
        return sorted(row["key"] for row in self._server.rows("read/graphs"))

    def records(self, graph: str) -> Iterator[Record]:
        """See `GraphStore`. All are of one state of the graph.

        Raises:
            StoreUnavailable: also where the graph changed again and again while it was read.
        """
        self._server.check_open()
        return self._ledger(graph)

    def episodes(self, graph: str, ids: Collection[str] | None = None, stages: Collection[Stage] | None = None) -> list[Episode]:
        """See `GraphStore`."""
        found = self._found(graph, "read/episodes", "episode", rows.episode_of, ids=_listed(ids), stages=_listed(stages))
        return sorted(found, key=lambda episode: (episode.occurred_at, episode.id))

    def episodes_before(self, graph: str, before: datetime, limit: int) -> list[Episode]:
        """See `GraphStore`."""
        return self._found(graph, "read/episodes_before", "episode", rows.episode_of, before=before, limit=max(limit, 0))[::-1]

    def adjacent_episodes(
        self, graph: str, ids: Collection[str], known_at: datetime, within: timedelta, labels: Mapping[str, str] | None = None
    ) -> list[tuple[str, str]]:
        """See `GraphStore`."""
        asked = {"ids": list(ids), "known_at": known_at, "within": within, "labels": all_labels(labels)}
        found = self._server.rows("read/adjacent_episodes", graph=graph, **asked)
        return sorted((row["earlier"], row["later"]) for row in found)

    def progress(self, graph: str, episode_ids: Collection[str] | None = None) -> list[Progress]:
        """See `GraphStore`."""
        found = self._found(graph, "read/progress", "progress", lambda _, row: rows.progress_of(row), ids=_listed(episode_ids))
        return sorted(found, key=lambda progress: progress.episode_id)

    def entities(self, graph: str, ids: Collection[EntityId] | None = None, names: Collection[str] | None = None) -> list[Entity]:
        """See `GraphStore`."""
        return _by_id(self._found(graph, "read/entities", "entity", rows.entity_of, ids=_listed(ids), names=_listed(names)))

    def names(self, graph: str, entities: Collection[EntityId]) -> list[Naming]:
        """See `GraphStore`."""
        return _by_id(self._found(graph, "read/names", "naming", rows.naming_of, ids=list(entities)))

    def namings(self, graph: str, episodes: Collection[str]) -> list[Naming]:
        """See `GraphStore`."""
        return _by_id(self._found(graph, "read/namings", "naming", rows.naming_of, episodes=list(episodes)))

    def merges(self, graph: str) -> list[Merge]:
        """See `GraphStore`."""
        return _by_id(self._found(graph, "read/merges", "merge", rows.merge_of))

    def wordings(self, graph: str) -> list[Wording]:
        """See `GraphStore`."""
        return _by_id(self._found(graph, "read/wordings", "wording", rows.wording_of))

    def predicates(self, graph: str) -> dict[str, int]:
        """See `GraphStore`."""
        return {row["predicate"]: row["claims"] for row in self._server.rows("read/predicates", graph=graph)}

    def summary(self, graph: str) -> Summary | None:
        """See `GraphStore`."""
        return next(iter(self._found(graph, "read/summary", "summary", rows.summary_of)), None)

    def claims(self, graph: str, where: Iterable[ClaimFilter]) -> list[Claim]:
        """See `GraphStore`."""
        return self._claims(graph, "read/claims", filters=[claim_parameters(one) for one in where])

    def claims_by_id(self, graph: str, ids: Collection[str]) -> list[Claim]:
        """See `GraphStore`."""
        return self._claims(graph, "read/claims_by_id", ids=list(ids))

    def claims_of(
        self, graph: str, episodes: Collection[str] = (), voices: Collection[EntityId] = (), entities: Collection[EntityId] = ()
    ) -> list[Claim]:
        """See `GraphStore`."""
        return self._claims(graph, "read/claims_of", episodes=list(episodes), voices=list(voices), entities=list(entities))

    def judgements(self, graph: str, claim_ids: Collection[str]) -> list[Judgement]:
        """See `GraphStore`."""
        return _by_id(self._found(graph, "read/judgements", "judgement", rows.judgement_of, claims=list(claim_ids)))

    def retractions(self, graph: str, claim_ids: Collection[str]) -> list[Retraction]:
        """See `GraphStore`."""
        return _by_id(self._found(graph, "read/retractions", "retraction", rows.retraction_of, claims=list(claim_ids)))

    def facts(self, graph: str, where: FactFilter, limit: int | None = None) -> list[Version]:
        """See `GraphStore`. The precision of a fact's two periods is not kept: it is the claim's."""
        most = _ALL if limit is None else max(limit, 0)
        return _in_place(self._found(graph, "read/facts", "fact", rows.fact_of, limit=most, **fact_parameters(where)))

    def links(self, graph: str, where: FactFilter, each: int | None = None) -> list[Link]:
        """See `GraphStore`."""
        most = _ALL if each is None else max(each, 0)
        found = self._found(graph, "read/links", "link", lambda _, row: rows.link_of(row), each=most, **fact_parameters(where))
        return sorted(found, key=lambda link: (link.began, link.id), reverse=True)

    def versions(self, graph: str, where: Iterable[ClaimFilter]) -> list[Version]:
        """See `GraphStore`."""
        filters = [version_parameters(one) for one in where]
        return _in_place(self._found(graph, "read/versions", "fact", rows.fact_of, filters=filters))

    def match_facts(self, graph: str, words: Collection[str], where: FactFilter, limit: int) -> list[tuple[str, float]]:
        """See `GraphStore`."""
        weighed = self._weighed(graph, "facts", words)
        return self._scores("read/match_facts", "score", limit, words=weighed, graph=graph, **fact_parameters(where)) if weighed else []

    def match_episodes(self, graph: str, words: Collection[str], known_at: datetime, limit: int) -> list[tuple[str, float]]:
        """See `GraphStore`."""
        weighed = self._weighed(graph, "episodes", words)
        return self._scores("read/match_episodes", "score", limit, words=weighed, graph=graph, known_at=known_at) if weighed else []

    def embedding(self, graph: str) -> EmbeddingModel | None:
        """See `GraphStore`."""
        return self._standing(graph).embedding

    def missing_vectors(self, graph: str) -> list[str]:
        """See `GraphStore`."""
        return sorted({row["text"] for row in self._server.rows("read/missing_vectors", graph=graph) if row["text"] is not None})

    def nearest_facts(self, graph: str, vector: Vector, where: FactFilter, limit: int) -> list[tuple[str, float]]:
        """See `GraphStore`, and the class for when the answer may not be exact."""
        standing = self._standing(graph)
        asked = _asked(standing.embedding, vector)
        if asked is None:
            return []
        simple = index_parameters(where) if self._is_large(standing.facts) else None
        if simple is not None:
            return self._searched("read/search_facts", limit, graph=graph, vector=asked, **simple)
        return self._scores("read/nearest_facts", "cosine", limit, graph=graph, vector=asked, **fact_parameters(where))

    def nearest_episodes(self, graph: str, vector: Vector, known_at: datetime, limit: int) -> list[tuple[str, float]]:
        """See `GraphStore`, and the class for when the answer may not be exact."""
        standing = self._standing(graph)
        asked = _asked(standing.embedding, vector)
        if asked is None:
            return []
        if self._is_large(standing.episodes):
            return self._searched("read/search_episodes", limit, graph=graph, vector=asked, known_at=known_at)
        return self._scores("read/nearest_episodes", "cosine", limit, graph=graph, vector=asked, known_at=known_at)

    def nearest_entities(self, graph: str, vector: Vector, type: str, limit: int) -> list[tuple[EntityId, float]]:
        """See `GraphStore`. All are compared where the graph has no more than `exact_up_to` facts."""
        standing = self._standing(graph)
        asked = _asked(standing.embedding, vector)
        if asked is None or not type:
            return []
        if self._is_large(standing.facts):
            found = self._searched("read/search_entities", limit, graph=graph, vector=asked, type=type)
        else:
            found = self._scores("read/nearest_entities", "cosine", limit, graph=graph, vector=asked, type=type)
        return [(EntityId(id), cosine) for id, cosine in found]

    def scrub(self) -> None:
        """See `GraphStore`. Nothing to do here: what the server's files and transaction logs keep, and until when, is set there.

        `docs/scale.md` names the settings.
        """
        self._server.check_open()

    def close(self) -> None:
        """See `GraphStore`."""
        self._server.close()

    def _standing(self, graph: str) -> Standing:
        return Standing.of(self._server.rows("read/revision", graph=graph))

    def _is_large(self, number: int) -> bool:
        return self._exact_up_to is not None and number > self._exact_up_to

    def _check_dimension(self, change: Change) -> None:
        if self._exact_up_to is None or change.embedding is None or not (change.vectors or change.reembed):
            return
        held, wanted = schema.vector_dimension(self._server), change.embedding.dimension
        if held is None:
            raise StoreNotReady(f"this database lacks mem0g's vector indexes: `mem0g init --dimension {wanted}` makes them")
        if held != wanted:
            raise EmbeddingMismatch(
                f"the vector indexes of this database are of {held} numbers, and {change.embedding} does not fit: "
                f"`mem0g init --dimension {wanted} --replace` makes them anew, for every graph of the database"
            )

    def _ledger(self, graph: str) -> Iterator[Record]:
        for record in self._at_one_revision(graph, lambda: self._records(graph)):
            self._server.check_open()
            yield record

    def _records(self, graph: str) -> list[Record]:
        return [
            *_by_id(self.episodes(graph)),
            *self.entities(graph),
            *_by_id(self._found(graph, "read/all_namings", "naming", rows.naming_of)),
            *self.merges(graph),
            *self.wordings(graph),
            *_by_id(self._found(graph, "read/all_claims", "claim", rows.claim_of)),
            *_by_id(self._found(graph, "read/all_judgements", "judgement", rows.judgement_of)),
            *_by_id(self._found(graph, "read/all_retractions", "retraction", rows.retraction_of)),
        ]

    def _at_one_revision(self, graph: str, read: Callable[[], _Found]) -> _Found:
        for _ in range(_READINGS):
            before = self.revision(graph, settled=True)
            found = read()
            if self.revision(graph, settled=True) == before:
                return found
        raise StoreUnavailable(f"{graph} changed {_READINGS} times while it was read: try again when less is written")

    def _claims(self, graph: str, statement: str, **parameters: object) -> list[Claim]:
        return sorted(self._found(graph, statement, "claim", rows.claim_of, **parameters), key=lambda claim: claim.order)

    def _found(self, graph: str, statement: str, name: str, of: Callable[[str, Row], _Found], **parameters: object) -> list[_Found]:
        """What the statement finds in its column `name`, or as whole rows where it has no such column.

        A read takes no lock: what is written or deleted at that moment may come with a part of its properties. Then it is read again.
        The server is not asked for none of anything.
        """
        if _is_of_none(parameters.values()):
            self._server.check_open()
            return []
        for _ in range(_READINGS):
            found = self._server.rows(statement, graph=graph, **parameters)
            try:
                return [of(graph, row.get(name, row)) for row in found]
            except rows.Torn as torn:
                lacking = torn
                self.revision(graph, settled=True)
        raise StoreCorrupt(f"a {name} of {graph} lacks {lacking}: load its exported ledger into a graph that is empty")

    def _weighed(self, graph: str, kind: str, words: Collection[str]) -> list[dict[str, object]]:
        """What finds each of `words` in this graph, and how much it tells there."""
        expressions = rows.expressions(graph, words)
        if not expressions:
            return []
        standing = self._standing(graph)
        found = self._server.rows(f"read/count_{kind}_with", expressions=expressions)
        texts = standing.facts if kind == "facts" else standing.episodes
        told = weights(texts, {row["expression"]: row["found"] for row in found})
        return [{"expression": expression, "weight": weight} for expression, weight in told.items()]

    def _searched(self, statement: str, limit: int, **parameters: object) -> list[tuple[str, float]]:
        """The nearest that a vector index finds."""
        return self._scores(statement, "cosine", max(limit, _ASKED), **parameters)[: max(limit, 0)]

    def _scores(self, statement: str, column: str, limit: int, **parameters: object) -> list[tuple[str, float]]:
        """Ids with what the statement scores them by, best first, then by id."""
        if limit < 1:
            return []
        found = self._server.rows(statement, limit=limit, **parameters)
        scores = [(row["id"], row[column]) for row in found if row["id"] is not None and row[column] is not None]  # null: deleted meanwhile
        return sorted(scores, key=lambda one: (-one[1], one[0]))


def _asked(embedding: EmbeddingModel | None, vector: Vector) -> object | None:
    """`vector` as the driver takes it; None where there is nothing to compare it with."""
    if embedding is None:
        return None
    check_asked(embedding, vector)
    return parameter(vector)


def _is_of_none(asked: Collection[object]) -> bool:
    """Whether what is asked for are ids, or other lists, of which none names anything; None leaves a list open."""
    return [] in asked and all(one in ([], None) for one in asked)


def _listed(values: Collection[str] | None) -> list[str] | None:
    return None if values is None else [str(value) for value in values]


def _by_id(records: Iterable[_Found]) -> list[_Found]:
    return sorted(records, key=lambda record: record.id)  # type: ignore[attr-defined]


def _in_place(versions: Iterable[Version]) -> list[Version]:
    return sorted(versions, key=lambda version: version.order)
