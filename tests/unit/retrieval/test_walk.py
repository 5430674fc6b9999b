"""Facts near the entities a question names: two hops, and both times on every hop."""

from collections.abc import Collection, Sequence
from typing import Any

import pytest

from mem0g import Memory
from mem0g.model import EntityId, Kind, Object, Value, Version
from mem0g.period import FOREVER, Period
from mem0g.retrieval.walk import LIMIT, as_network, walk
from unit.samples import GRAPH, day, triplets

ALWAYS = Period(day(0), FOREVER)


def fact(subject: str, object: str | Value, predicate: str = "knows") -> Version:
    end: Object = EntityId(object) if isinstance(object, str) else object
    return Version(GRAPH, None, EntityId(subject), predicate, end, Kind.STATE, ALWAYS, ALWAYS, f"{subject} {object}", ())


class Graph:
    """Facts to walk over, and which entities were asked about."""

    def __init__(self, *facts: Version) -> None:
        self.facts = facts
        self.asked: list[set[str]] = []

    def near(self, entities: Collection[EntityId], limit: int) -> Sequence[Version]:
        self.asked.append(set(entities))
        return [each for each in self.facts if {each.subject, each.object} & set(entities)][:limit]

    def from_(self, *seeds: str) -> dict[str, float]:
        scores = walk({EntityId(seed) for seed in seeds}, self.near)
        return {each.text: scores[each.id] for each in self.facts if each.id in scores}


def test_a_chain_is_walked_two_hops_and_no_further() -> None:
    chain = Graph(fact("a", "b"), fact("b", "c"), fact("c", "d"), fact("d", "e"))
    assert chain.from_("a") == {"a b": 1.0, "b c": 0.5}
    assert len(chain.asked) == 2


def test_facts_are_walked_in_both_directions() -> None:
    assert Graph(fact("b", "a"), fact("c", "b")).from_("a") == {"b a": 1.0, "c b": 0.5}


def test_a_fact_counts_from_the_nearest_seed() -> None:
    assert Graph(fact("a", "b"), fact("b", "c"), fact("c", "d")).from_("a", "d") == {"a b": 1.0, "b c": 0.5, "c d": 1.0}


def test_a_literal_joins_nothing() -> None:
    same = Value("42", "number")
    graph = Graph(fact("a", same), fact("b", same))
    assert list(graph.from_("a")) == ["a Value(text='42', datatype='number')"]
    assert len(as_network([fact("a", same), fact("b", same)])) == 4


def test_facts_between_the_same_two_are_all_found() -> None:
    assert len(walk({EntityId("a")}, Graph(fact("a", "b"), fact("a", "b", "likes"), fact("a", "a")).near)) == 3


@pytest.mark.parametrize("seeds", [[], ["nobody"]])
def test_without_a_seed_that_is_there_nothing_is_found(seeds: list[str]) -> None:
    assert Graph(fact("a", "b")).from_(*seeds) == {}


def test_a_crowded_place_is_read_up_to_the_limit() -> None:
    graph = Graph(*(fact("hub", f"{number}") for number in range(LIMIT + 10)))
    assert len(graph.from_("hub")) == LIMIT
    assert len(graph.asked) == 1


# Through the public API

U: dict[str, Any] = {"user_id": "alice"}


@pytest.fixture
def moved(memory: Memory) -> Memory:
    """Alice worked for Acme until March, then for Bolt; Acme was in Lisbon until February; in May all of it was found out about Bolt."""
    memory.add_fact("Alice", "works_for", "Acme", **U, occurred_at="2026-01-01")
    memory.add_fact("Acme", "based_in", "Lisbon", **U, occurred_at="2026-01-01", invalid_at="2026-02-01", valid_at="2025-01-01")
    memory.add_fact("Acme", "based_in", "Porto", **U, occurred_at="2026-01-01", valid_at="2026-02-01")
    memory.add_fact("Alice", "works_for", "Bolt", **U, occurred_at="2026-03-01")
    memory.add_fact("Bolt", "based_in", "Oslo", **U, occurred_at="2026-05-01", valid_at="2026-01-01")
    return memory


def walked(memory: Memory, **times: str) -> set[tuple[str, str, str]]:
    """What the walk alone finds: "Alice" is in the words of the facts that touch her only."""
    found = memory.search("Alice", **U, **times)
    assert all("walk" in hit.signals for hit in found.facts)
    return triplets(list(found.facts))


def test_the_valid_time_counts_on_the_second_hop_as_on_the_first(moved: Memory) -> None:
    assert walked(moved, as_of="2026-01-15") == {("Alice", "works_for", "Acme"), ("Acme", "based_in", "Lisbon")}
    assert walked(moved, as_of="2026-02-15") == {("Alice", "works_for", "Acme"), ("Acme", "based_in", "Porto")}
    assert walked(moved) == {("Alice", "works_for", "Bolt"), ("Bolt", "based_in", "Oslo")}


def test_the_known_time_counts_on_the_second_hop_as_on_the_first(moved: Memory) -> None:
    assert walked(moved, known_at="2026-04-01") == {("Alice", "works_for", "Bolt")}
    assert walked(moved, known_at="2026-02-01") == {("Alice", "works_for", "Acme"), ("Acme", "based_in", "Porto")}
    assert walked(moved, known_at="2025-12-31") == set()


def test_a_hop_that_is_not_visible_leads_nowhere(moved: Memory) -> None:
    """In February Acme is no longer reached from Lisbon, so Alice is not."""
    found = moved.search("Lisbon", **U, as_of="2026-02-15")
    assert list(found.facts) == []
    assert triplets(list(moved.search("Lisbon", **U, as_of="2026-01-15").facts)) >= {("Alice", "works_for", "Acme")}
