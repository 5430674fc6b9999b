"""Facts near the entities a question names: what is read, how it scores, and both times on every hop."""

from collections.abc import Sequence
from itertools import count, pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mem0g import Memory
from mem0g.model import Entity, EntityId, Kind, Version
from mem0g.ports import Change, Link
from mem0g.retrieval.walk import ENTITIES, READ, surroundings, walk
from mem0g.stores.contract.samples import days
from mem0g.stores.sqlite import SQLiteStore
from mem0g.testing import ScriptedExtractor
from unit.samples import BOB, day, triplets


def link(subject: str, object: str = "", began: int = 0, number: int = 0) -> Link:
    """A fact of two entities, or of one and a literal, named by its ends."""
    return Link(f"{subject} {object}" + "'" * number, EntityId(subject), "knows", EntityId(object) if object else None, day(began))


def chain(*names: str) -> list[Link]:
    return [link(*ends) for ends in pairwise(names)]


def scores(links: Sequence[Link], *seeds: str) -> dict[str, float]:
    return walk({EntityId(seed) for seed in seeds}, links)


def ranked(links: Sequence[Link], *seeds: str) -> list[str]:
    found = scores(links, *seeds)
    return sorted(found, key=lambda fact: (-found[fact], fact))


NAMES = st.sampled_from("abcdefgh")
LINKS = st.lists(st.tuples(NAMES, NAMES | st.just("")), max_size=25).map(
    lambda ends: [link(subject, object, number=number) for number, (subject, object) in enumerate(ends)]
)


# How facts score


def test_facts_of_the_seed_come_before_those_further_away() -> None:
    assert ranked(chain("a", "b", "c", "d"), "a") == ["a b", "b c", "c d"]


@given(LINKS, NAMES)
def test_from_one_seed_its_facts_score_twice_as_much_as_any_other_at_least(links: list[Link], seed: str) -> None:
    found = scores(links, seed)
    own = {link.id for link in links if seed in (link.subject, link.object)}
    others = [score for id, score in found.items() if id not in own]
    assert own <= found.keys()
    assert len({found[id] for id in own}) <= 1
    assert all(found[id] >= 2 * score - 1e-6 for id in own for score in others)


@given(LINKS, st.sets(NAMES, max_size=3), st.randoms(use_true_random=False))
def test_neither_the_order_of_the_facts_nor_of_the_seeds_matters(links: list[Link], seeds: set[str], random: Any) -> None:
    shuffled = random.sample(links, len(links))
    assert scores(shuffled, *sorted(seeds, reverse=True)) == scores(links, *seeds)


@given(LINKS, st.sets(NAMES, max_size=3))
def test_only_what_a_way_leads_to_from_a_seed_has_a_score(links: list[Link], seeds: set[str]) -> None:
    reached = set(seeds)
    for _ in links:
        reached |= {end for each in links if reached & {each.subject, each.object} for end in (each.subject, each.object) if end}
    assert scores(links, *seeds).keys() == {each.id for each in links if each.subject in reached}


@given(LINKS, NAMES)
def test_which_end_is_the_subject_does_not_matter(links: list[Link], seed: str) -> None:
    turned = [Link(each.id, each.object, each.predicate, each.subject, each.began) if each.object else each for each in links]
    assert scores(turned, seed) == pytest.approx(scores(links, seed))


def test_what_is_said_of_few_counts_more_than_what_is_said_of_many() -> None:
    hub = [link("hub", f"{number}") for number in range(1_000)]
    rare = [link("rare", "x"), link("rare", "y")]
    found = scores([*hub, *rare], "hub", "rare")
    assert min(found[each.id] for each in rare) > 100 * max(found[each.id] for each in hub)


def test_what_two_seeds_lead_to_comes_before_what_one_does() -> None:
    links = [link("a", "shared"), link("b", "shared"), link("a", "x"), link("b", "y")]
    assert set(ranked(links, "a", "b")[:2]) == {"a shared", "b shared"}
    further = [link("a", "m"), link("b", "n"), link("m", "shared"), link("n", "shared"), link("m", "x"), link("n", "y")]
    assert set(ranked(further, "a", "b")[2:4]) == {"m shared", "n shared"}


def test_a_fact_of_two_seeds_comes_before_the_facts_of_either() -> None:
    hub = [link("hub", f"{number}") for number in range(50)]
    assert ranked([*hub, link("hub", "rare"), link("rare", "x"), link("rare", "y")], "hub", "rare")[0] == "hub rare"


def test_a_literal_joins_nothing() -> None:
    assert scores([link("a"), link("b")], "a").keys() == {"a "}


def test_facts_of_the_one_seed_score_alike() -> None:
    """So the others of the question, and the time, decide which of them comes first."""
    found = scores([link("a", "b"), link("a", "b", number=1), link("c", "a"), link("a"), *chain("b", "c", "d")], "a")
    assert found["a b"] == found["a b'"] == found["c a"] == found["a "] > found["b c"]


@pytest.mark.parametrize("seeds", [[], ["nobody"]])
def test_without_a_seed_that_is_there_nothing_is_found(seeds: list[str]) -> None:
    assert scores([link("a", "b")], *seeds) == {}


# What is read


class Graph:
    """Facts to walk over, the latest first, and which entities were asked about."""

    def __init__(self, *links: Link) -> None:
        self.links = links
        self.asked: list[Sequence[str]] = []

    def near(self, entities: Sequence[EntityId], each: int) -> list[Link]:
        self.asked.append(entities)
        return [found for entity in entities for found in [one for one in self.links if entity in (one.subject, one.object)][:each]]

    def around(self, *seeds: str) -> set[str]:
        return {found.id for found in surroundings({EntityId(seed) for seed in seeds}, self.near)}


def test_two_hops_are_read_and_no_more() -> None:
    graph = Graph(*chain("a", "b", "c", "d", "e"), link("x", "a"))
    assert graph.around("a") == {"a b", "b c", "x a"}
    assert graph.asked == [["a"], ["b", "x"]]


@pytest.mark.parametrize("seeds", [[], ["nobody"]])
def test_without_a_seed_that_is_there_nothing_is_read(seeds: list[str]) -> None:
    assert Graph(link("a", "b")).around(*seeds) == set()


def test_of_a_crowded_place_the_first_are_read() -> None:
    graph = Graph(*(link("hub", f"{number:04}") for number in range(READ + 10)))
    assert graph.around("hub") == {link("hub", f"{number:04}").id for number in range(READ)}
    assert len(graph.asked[1]) == ENTITIES


def test_a_crowded_place_leaves_room_for_the_others() -> None:
    crowd = [link("hub", f"{number:04}") for number in range(READ)]
    assert {"rare x", "x y"} <= Graph(*crowd, link("rare", "x"), link("x", "y")).around("hub", "rare")


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


NOW = day(100)
INVISIBLE: dict[str, dict[str, Any]] = {
    "ended": {"valid": days(0, 50)},
    "not yet so": {"valid": days(150, None)},
    "an event to come": {"valid": days(150, 151), "kind": Kind.EVENT},
    "superseded": {"known": days(-1, 50)},
    "not yet said": {"known": days(150, None)},
    "attributed": {"holder": BOB},
    "of another graph": {"graph": "user:other"},
}
ENDS = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcde")), min_size=1, max_size=6)
walks = count()


@pytest.mark.parametrize("how", INVISIBLE)
@given(visible=ENDS, hidden=ENDS)
@settings(max_examples=15, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_not_visible_changes_no_score(
    store: SQLiteStore, how: str, visible: list[tuple[str, str]], hidden: list[tuple[str, str]]
) -> None:
    """It neither is found, nor makes a place more crowded, nor leads anywhere."""
    user = f"{next(walks)}"
    graph = f"user:{user}"
    write(store, visible, graph=graph)
    before = walk_scores(store, user)
    write(store, hidden, **({"graph": graph} | INVISIBLE[how]))
    assert walk_scores(store, user) == before


def write(store: SQLiteStore, ends: list[tuple[str, str]], graph: str, **others: Any) -> None:
    """Facts of these ends, visible unless they say otherwise."""
    people = {name: Entity.named(graph, name, day(0)) for name in "abcde"}
    given = {"holder": None, "kind": Kind.STATE, "valid": days(0, None), "known": days(0, None), "support": (), **others}
    facts = [
        Version(
            graph=graph, subject=people[one].id, predicate=f"knows_{number}", object=people[other].id, text=f"{one} {other}", **given
        )
        for number, (one, other) in enumerate(ends)
    ]  # fmt: skip
    store.commit(graph, Change([*people.values(), Entity(BOB, graph, "Bob", day(0))], versions=facts))


def walk_scores(store: SQLiteStore, user: str) -> dict[str, float]:
    """What the walk from "a" adds to each fact found, by its id."""
    memory = Memory(store=store, extractor=ScriptedExtractor({}), clock=lambda: NOW)
    return {hit.id: hit.signals["walk"] for hit in memory.search("a", user_id=user, known_at=NOW, limit=99).facts}
