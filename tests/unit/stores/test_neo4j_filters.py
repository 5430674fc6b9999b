"""Filters as the parameters of statements: without a server."""

import pytest

from mem0g.errors import InvalidInput
from mem0g.period import BEGINNING, EVERYTHING_KNOWN, FOREVER, TICK
from mem0g.ports import ClaimFilter, FactFilter
from mem0g.stores.contract.samples import ALICE, BOB, LISBON, at, day, days
from mem0g.stores.neo4j_filters import claim_parameters, fact_parameters, index_parameters, version_parameters


def test_without_a_choice_it_is_the_record_at_best_knowledge() -> None:
    found = fact_parameters(FactFilter())
    assert (found["holder"], found["any_holder"], found["labels"], found["events_begun"]) == ("", False, None, False)
    assert [found[name] for name in ("ids", "subjects", "predicates", "objects", "touching")] == [None] * 5
    assert (found["valid_until"], found["valid_after"]) == (FOREVER, BEGINNING)
    assert (found["known_until"], found["known_after"]) == (EVERYTHING_KNOWN, EVERYTHING_KNOWN)


def test_an_instant_asks_for_what_holds_then_and_the_events_begun_by_then() -> None:
    found = fact_parameters(FactFilter(as_of=at(3)))
    assert (found["valid_until"], found["valid_after"], found["events_begun"]) == (day(3), day(3), True)


def test_a_stretch_of_time_asks_for_what_overlaps_it() -> None:
    found = fact_parameters(FactFilter(as_of=days(3, 5)))
    assert (found["valid_until"], found["valid_after"], found["events_begun"]) == (day(5) - TICK, day(3), False)


def test_every_version_that_ever_was_is_known_at_some_time() -> None:
    found = fact_parameters(FactFilter(known_at=None))
    assert (found["known_until"], found["known_after"]) == (FOREVER, BEGINNING)


def test_a_choice_of_nothing_is_not_no_choice() -> None:
    assert fact_parameters(FactFilter(ids=[], subjects=[ALICE]))["ids"] == []


def test_labels_that_are_not_asked_for_are_open() -> None:
    assert fact_parameters(FactFilter(labels={"run_id": "r"}))["labels"] == {"user_id": None, "agent_id": None, "run_id": "r"}


def test_an_unknown_label_is_refused() -> None:
    with pytest.raises(InvalidInput, match="label 'app' is none of user_id, agent_id, run_id"):
        fact_parameters(FactFilter(labels={"app": "x"}))


@pytest.mark.parametrize(
    "where",
    [
        FactFilter(any_holder=True), FactFilter(ids=[]), FactFilter(subjects=[ALICE]), FactFilter(predicates=["likes"]),
        FactFilter(objects=[LISBON]), FactFilter(touching=[ALICE]), FactFilter(labels={"run_id": "r"}),
    ],
)  # fmt: skip
def test_the_index_cannot_tell_more_than_holder_and_times(where: FactFilter) -> None:
    assert index_parameters(where) is None


def test_the_index_is_asked_for_states_and_events() -> None:
    now, ever = index_parameters(FactFilter(holder=BOB, as_of=at(3))), index_parameters(FactFilter(as_of=days(3, 5)))
    assert now is not None
    assert ever is not None
    assert (now["holder"], now["valid_after"], now["events_after"]) == (BOB, day(3), BEGINNING)
    assert (ever["holder"], ever["valid_after"], ever["events_after"]) == ("", day(3), day(3))


def test_a_denial_of_every_object_is_among_the_claims_about_one() -> None:
    found = claim_parameters(ClaimFilter([ALICE], "lives_in", [LISBON], with_exclusive=True))
    assert (found["objects"], found["replaced"], found["with_exclusive"]) == (["", LISBON], [LISBON], True)
    every = claim_parameters(ClaimFilter([ALICE], "lives_in"))
    assert (every["objects"], every["replaced"]) == (None, None)


def test_versions_are_asked_for_by_triplet() -> None:
    found = version_parameters(ClaimFilter([ALICE], "lives_in", [LISBON]))
    assert found == {"subjects": [ALICE], "predicate": "lives_in", "objects": [LISBON]}
