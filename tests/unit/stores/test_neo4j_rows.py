"""Records and facts as properties, and back: without a server."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from mem0g.model import (
    Claim,
    Entity,
    EntityId,
    Episode,
    Judgement,
    Kind,
    Merge,
    Naming,
    Progress,
    Retraction,
    Stage,
    Summary,
    Value,
    Version,
    Wording,
)
from mem0g.period import FOREVER, TICK
from mem0g.ports import Link
from mem0g.stores import neo4j_rows as rows
from mem0g.stores.columns import digest, instant, microseconds
from mem0g.stores.contract.samples import GRAPH, OTHER, day, days, one_of_each, summary, supported, version, whole

NAMES = {EntityId("alice"): ["alice", "ali"], EntityId("lisbon"): ["lisbon"]}
FACTS = [
    version(),
    version(Value("82 Kg", "amount"), holder="bob", kind=Kind.EVENT, valid=days(None, 3), text="an event"),
    version(support=(supported("c", 1, 2), supported("d", 0.000001))),
]
KINDS: dict[type, tuple[Callable[[Any], rows.Row], Callable[[str, rows.Row], Any]]] = {
    Episode: (rows.episode_row, rows.episode_of),
    Entity: (lambda one: {"id": one.id} | rows.entity_row(one)["properties"], rows.entity_of),
    Naming: (rows.naming_row, rows.naming_of),
    Merge: (rows.merge_row, rows.merge_of),
    Wording: (rows.wording_row, rows.wording_of),
    Claim: (rows.claim_row, rows.claim_of),
    Judgement: (rows.judgement_row, rows.judgement_of),
    Retraction: (rows.retraction_row, rows.retraction_of),
    Summary: (rows.summary_row, rows.summary_of),
    Version: (lambda one: {"id": one.id} | rows.fact_row(one, NAMES)["properties"], rows.fact_of),
    Progress: (rows.progress_row, lambda _, row: rows.progress_of(row)),
}
DERIVED = {"digest", "caption", "words", "share"}
"""What is written to be found by, or looked at, and never read back."""

OPEN = {
    Episode: {"payload", "user_id", "agent_id", "run_id"},
    Claim: {"holder", "object_text", "object_type", "replaces_text", "replaces_type", "valid_from", "valid_to", "precision"},
    Version: {"value_text", "value_type"},
}
"""What may be null."""

PROGRESS = [Progress("e", Stage.FAILED, error="too slow"), Progress("f", Stage.EXTRACTED, extractor="offline")]
EVERYTHING = [*one_of_each(), *FACTS, *PROGRESS, summary(through=0.000001)]


def read_back(row: Mapping[str, Any]) -> dict[str, Any]:
    """As the statements return what was written: without what is derived, and instants as microseconds."""
    return {name: as_returned(value) for name, value in row.items() if name not in DERIVED}


def as_returned(value: object) -> object:
    if isinstance(value, datetime):
        return microseconds(value)
    return [as_returned(one) for one in value] if isinstance(value, list) else value


def row_of(one: object) -> dict[str, Any]:
    return read_back(KINDS[type(one)][0](one))


def label(one: object) -> str:
    return f"{type(one).__name__} {getattr(one, 'id', '')}"


@pytest.mark.parametrize("one", EVERYTHING, ids=label)
def test_what_is_written_is_read(one: Any) -> None:
    found = KINDS[type(one)][1](GRAPH, row_of(one))
    assert found == one
    if isinstance(one, Version):
        assert whole([found]) == whole([one])


@pytest.mark.parametrize("one", EVERYTHING, ids=label)
def test_a_row_that_lacks_what_is_always_there_was_torn(one: object) -> None:
    row, of = row_of(one), KINDS[type(one)][1]
    for name in row.keys() - OPEN.get(type(one), set()):
        with pytest.raises(rows.Torn, match=name):
            of(GRAPH, {**row, name: None})


def test_support_of_two_moments_was_torn() -> None:
    row = row_of(FACTS[2])
    with pytest.raises(rows.Torn, match="claims, since and until"):
        rows.fact_of(GRAPH, {**row, "claims": [*row["claims"], "e"]})


def test_a_link_has_a_far_end_unless_it_is_a_literal() -> None:
    row = {"id": "f", "subject": "alice", "predicate": "lives_in", "object": "lisbon", "value_text": None, "began": microseconds(day(1))}
    assert rows.link_of(row) == Link("f", EntityId("alice"), "lives_in", EntityId("lisbon"), day(1))
    assert rows.link_of({**row, "value_text": "82 Kg"}).object is None


def test_the_words_of_a_graph_are_found_in_no_other() -> None:
    fact = version(text="Running to the cafés")
    words = str(rows.fact_row(fact, NAMES)["properties"]["words"]).split()
    assert words == [rows.graph_token(GRAPH), "run", "to", "the", "cafe", "live", "in", "alic", "ali", "lisbon"]
    assert rows.graph_token(OTHER) not in words


def test_a_word_that_is_asked_for_is_never_a_query() -> None:
    token = rows.graph_token(GRAPH)
    found = rows.expressions(GRAPH, ['" OR graph:*', "Cafés!", "-+()", "New York"])
    assert found == [f'+{token} +"cafe"', f'+{token} +"new york"', f'+{token} +"or graph"']


def test_an_entity_without_a_type_has_no_vector() -> None:
    typed = Entity(EntityId("lisbon"), GRAPH, "Lisbon", day(0), "place")
    assert rows.entity_row(typed)["properties"]["digest"] == digest("Lisbon").hex()
    assert rows.entity_row(replace(typed, type=""))["properties"]["digest"] is None


def test_instants_are_exact_to_the_microsecond_up_to_the_end_of_time() -> None:
    for at in (FOREVER, FOREVER - TICK, day(0) + TICK, datetime.fromisoformat("0001-01-01T00:00:00+00:00")):
        assert instant(microseconds(at)) == at
