"""Small records and facts to fill a store with. Days count from 1 January 2026; None is a side that nobody stated."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from mem0g.model import (
    Claim,
    Entity,
    EntityId,
    Episode,
    Judgement,
    Kind,
    Merge,
    Naming,
    Object,
    Operation,
    Progress,
    Record,
    Retraction,
    Source,
    Stage,
    Summary,
    Support,
    Value,
    Version,
    Wording,
)
from mem0g.period import BEGINNING, EVERYTHING_KNOWN, FOREVER, TICK, Period, Precision
from mem0g.ports import Change, ClaimFilter, EmbeddingModel, FactFilter, GraphStore, Vector

GRAPH, OTHER = "user:alice", "user:bob"
ALICE, BOB, LISBON, PORTO = (EntityId(name) for name in ("alice", "bob", "lisbon", "porto"))
EVERY_VERSION = FactFilter(any_holder=True, known_at=None)
MODEL = EmbeddingModel("model", 3)
"""The model of the vectors below."""


def day(number: float) -> datetime:
    """The instant that many days after 1 January 2026."""
    return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)


def days(start: float | None, end: float | None) -> Period:
    """From one day until another."""
    return Period(BEGINNING if start is None else day(start), FOREVER if end is None else day(end))


def at(number: float) -> Period:
    """The instant that many days after 1 January 2026, as a period."""
    return Period.instant(day(number))


def episode(id: str = "e", content: str = "hello", said: float = 0, graph: str = GRAPH, **others: Any) -> Episode:
    """An episode said on day `said`."""
    return Episode(id, graph, content, day(said), day(said), "Alice", **others)


def entity(id: EntityId, name: str = "", graph: str = GRAPH, **others: Any) -> Entity:
    """An entity, named by its id unless it says otherwise."""
    return Entity(id, graph, name or id.title(), day(0), **others)


def cast(graph: str = GRAPH) -> list[Record]:
    """The entities that the facts below are about."""
    return [entity(id, graph=graph) for id in (ALICE, BOB, LISBON, PORTO)]


def naming(id: str, entity: EntityId = ALICE, name: str = "Ali", said: float = 0, graph: str = GRAPH, **others: Any) -> Naming:
    """That the episode "e", unless it says otherwise, calls an entity so on day `said`."""
    return Naming(id, graph, entity, name, others.pop("episode_id", "e"), day(said), day(said), **others)


def claim(id: str = "c", object: Object | None = LISBON, said: float = 0, graph: str = GRAPH, **others: Any) -> Claim:
    """A claim about Alice, said on day `said` in the episode "e" unless it says otherwise."""
    given = {"episode_id": "e", "index": 0, "speaker": ALICE, "holder": None, "subject": ALICE, "predicate": "lives_in", **others}
    return Claim(id=id, graph=graph, object=object, said_at=day(said), text=f"claim {id}", **given)


def judgement(id: str, later: str, earlier: str, graph: str = GRAPH) -> Judgement:
    """That the one claim updates the other."""
    return Judgement(id, graph, later, earlier, Operation.UPDATE, "a reason", day(0))


def merge(id: str, source: EntityId = BOB, target: EntityId = ALICE, graph: str = GRAPH) -> Merge:
    """That the one entity is the other."""
    return Merge(id, graph, source, target, "a reason", day(0))


def wording(id: str, name: str = "lives_at", canonical: str = "lives_in", graph: str = GRAPH) -> Wording:
    """That the one predicate is said as the other."""
    return Wording(id, graph, name, canonical, "a reason", day(0))


def summary(text: str = "a summary", through: float = 0, graph: str = GRAPH) -> Summary:
    """What was said up to day `through`."""
    return Summary(graph, text, day(through), 2, "llm:model:summary-1", day(through))


def retraction(id: str, *claims: str, graph: str = GRAPH) -> Retraction:
    """The wish to stop believing these claims."""
    return Retraction(id, graph, claims, day(0), "a reason", day(0))


def version(
    object: Object = LISBON,
    valid: Period | None = None,
    known: Period | None = None,
    text: str = "a text",
    graph: str = GRAPH,
    **others: Any,
) -> Version:
    """A fact about Alice, valid and known from day 0 unless it says otherwise."""
    given = {"holder": None, "subject": ALICE, "predicate": "lives_in", "kind": Kind.STATE, "support": (), **others}
    return Version(graph=graph, object=object, valid=valid or days(0, None), known=known or days(0, None), text=text, **given)


def supported(claim_id: str, since: float = 0, until: float | None = None) -> Support:
    """That a claim carries a fact from one day until another."""
    return Support(claim_id, day(since), FOREVER if until is None else day(until))


def unit(*numbers: float) -> Vector:
    """The vector of length one in this direction."""
    given = np.array(numbers, dtype=np.float32)
    found: Vector = given / np.linalg.norm(given)
    return found


def keep_facts(store: GraphStore, *versions: Version, graph: str = GRAPH) -> None:
    """Commit facts beside the entities they are about."""
    store.commit(graph, Change(cast(graph), versions=versions))


def whole(versions: Iterable[Version]) -> list[tuple[Version, str, tuple[Support, ...]]]:
    """Facts with what their equality leaves out."""
    return [(one, one.text, one.support) for one in versions]


def ids(records: Iterable[Any]) -> list[str]:
    """The ids of records or facts."""
    return [record.id for record in records]


def objects(versions: Iterable[Version]) -> list[Object]:
    """What facts are about on their far side."""
    return [one.object for one in versions]


def one_of_each(graph: str = GRAPH) -> list[Record]:
    """A record of every kind and shape, in the order that `records` gives them."""
    odd = datetime(1583, 10, 15, 23, 59, 59, 999999, tzinfo=UTC)
    return [
        Episode(
            "e", graph, "¿Qué?\n\"It's\" — 東京 😀 \\ %", odd, FOREVER - TICK, "Zoë", "assistant", Source.FACT, '{"a": "x"}',
            "u", "a", "r", {"nested": {"list": [1, 2.5, None, True, "é"]}, "": ""},
        ),
        episode("f", graph=graph, said=-400_000),
        Entity(ALICE, graph, "Alice O'Neil", odd, "person", "the elder", ("Ali", "Άλις", "Ali")),
        entity(LISBON, graph=graph),
        naming("n", BOB, " Bob 😀", graph=graph, said=12.345678901, alias=True, episode_id="f"),
        naming("o", LISBON, "lisbon", graph=graph),
        merge("m", graph=graph),
        Merge("n", graph, PORTO, LISBON, "another", odd, "a model", True),
        wording("w", graph=graph),
        Wording("x", graph, "führt", "reports_to", "the other way round 😀", odd, "a model", True),
        claim("c", graph=graph, valid_from=BEGINNING, valid_to=FOREVER, precision=Precision.MONTH, exclusive=True, quote="a\tquote"),
        claim("d", None, graph=graph, negated=True, correction=True, replaces=PORTO, valid_from=odd, index=7, holder=BOB, confidence=0.1),
        claim("e", Value("82 Kg", "amount"), graph=graph, kind=Kind.EVENT, replaces=Value("", "a"), valid_to=odd + TICK, confidence=1 / 3),
        claim("f", Value('"], :', "date"), graph=graph, said=12.345678901, speaker=BOB, subject=BOB, predicate="weighs", episode_id="f"),
        judgement("j", "d", "c", graph=graph),
        retraction("r", "d", "c", "unknown", graph=graph),
    ]  # fmt: skip


def reads(store: GraphStore, graph: str) -> Iterator[tuple[str, list[Any]]]:
    """Everything that each of the reads finds in `graph`, by the name of the read."""
    yield "records", list(store.records(graph))
    yield "episodes", store.episodes(graph)
    yield "episodes by id", store.episodes(graph, ids=["e", "f"])
    yield "episodes_before", store.episodes_before(graph, FOREVER, 9)
    yield "adjacent_episodes", store.adjacent_episodes(graph, ["e", "f"], EVERYTHING_KNOWN, timedelta(days=1))
    yield "progress", store.progress(graph)
    yield "progress by id", store.progress(graph, ["e", "f"])
    yield "entities", store.entities(graph)
    yield "entities by id", store.entities(graph, ids=[ALICE, LISBON])
    yield "entities by name", store.entities(graph, names=["alice o'neil", "lisbon"])
    yield "names", store.names(graph, [BOB, LISBON])
    yield "namings", store.namings(graph, ["e", "f"])
    yield "merges", store.merges(graph)
    yield "wordings", store.wordings(graph)
    yield "predicates", [*store.predicates(graph).items()]
    yield "summary", [found for found in [store.summary(graph)] if found]
    yield "claims", store.claims(graph, [ClaimFilter([ALICE, BOB], "lives_in")])
    yield "claims_by_id", store.claims_by_id(graph, ["c", "d", "e"])
    yield "claims_of", store.claims_of(graph, ["e"], [ALICE], [ALICE])
    yield "judgements", store.judgements(graph, ["c", "d"])
    yield "retractions", store.retractions(graph, ["c", "d"])
    yield "facts", store.facts(graph, EVERY_VERSION)
    yield "facts by id", store.facts(graph, FactFilter(ids=[version(graph=GRAPH).id, version(graph=OTHER).id]))
    yield "links", store.links(graph, EVERY_VERSION)
    yield "links of an entity", store.links(graph, replace(EVERY_VERSION, touching=[ALICE]), 9)
    yield "versions", store.versions(graph, [ClaimFilter([ALICE], "lives_in")])
    yield "missing_vectors", store.missing_vectors(graph)
    yield "nearest_facts", store.nearest_facts(graph, unit(1, 2, 3), EVERY_VERSION, 9)
    yield "nearest_episodes", store.nearest_episodes(graph, unit(1, 2, 3), EVERYTHING_KNOWN, 9)
    yield "nearest_entities", store.nearest_entities(graph, unit(1, 2, 3), "person", 9)
    yield "match_facts", store.match_facts(graph, ["text", "lisbon"], EVERY_VERSION, 9)
    yield "match_episodes", store.match_episodes(graph, ["hello", "it"], EVERYTHING_KNOWN, 9)


def fill(store: GraphStore, graph: str) -> None:
    """Commit something for every read to find."""
    facts = [version(graph=graph, support=(supported("c"),))]
    vectors = {"a text": unit(1, 0, 0), "hello": unit(0, 1, 0), "Alice O'Neil": unit(0, 0, 1)}
    progress = [Progress("e", Stage.KEPT)]
    store.commit(graph, Change(one_of_each(graph), progress, facts, vectors=vectors, embedding=MODEL, summary=summary(graph=graph)))
