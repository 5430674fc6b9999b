"""The facts in step with the ledger: only what a write touches is read, and what comes of it is what all of it would give."""

from pathlib import Path

import pytest

from mem0g import Memory
from mem0g.ingestion.resolution import Identity
from mem0g.ingestion.timeline import timeline
from mem0g.ingestion.view import Neighbourhood, Reach, changes, neighbourhood
from mem0g.model import Claim, Fact, Judgement, Operation, Retraction
from mem0g.ports import Change
from mem0g.stores.sqlite import SQLiteStore
from mem0g.testing import ManualClock
from unit.doubles import Watched
from unit.samples import ALICE, BOB, GRAPH, LISBON, OSLO, PORTO, claim, day

NOBODY = Identity.of([])


def near(store: SQLiteStore, *new: Claim) -> set[str]:
    """The ids of the claims that have a say in what new claims touch."""
    return set(neighbourhood(store, GRAPH, NOBODY, new).claims)


def keep(store: SQLiteStore, *records: Claim | Judgement | Retraction) -> None:
    store.commit(GRAPH, Change(records))


def correction(later: Claim, earlier: Claim, operation: Operation = Operation.CORRECTS, decider: str = "model") -> Judgement:
    return Judgement.between(later, earlier, operation, "", day(9), decider)


def test_an_exclusive_claim_reads_every_exclusive_rival_and_nobody_elses(store: SQLiteStore) -> None:
    keep(
        store, claim("a", LISBON), claim("b", PORTO, 1), claim("bob's", LISBON, subject=BOB), claim("work", LISBON, predicate="works_in"),
        claim("second home", PORTO, exclusive=False), claim("third home", OSLO, exclusive=False),
    )  # fmt: skip
    assert near(store, claim("new", LISBON, 2)) == {"new", "a", "b", "second home"}


def test_one_of_many_reads_only_its_own_object(store: SQLiteStore) -> None:
    keep(store, *(claim(f"place {number}", PORTO if number else LISBON, number, exclusive=False) for number in range(5)))
    assert near(store, claim("new", LISBON, 9, exclusive=False)) == {"new", "place 0"}


def test_a_denial_reads_what_it_denies_and_what_denies_everything(store: SQLiteStore) -> None:
    keep(store, claim("a", LISBON, exclusive=False), claim("b", PORTO, 1, exclusive=False), claim("none", None, 2, negated=True))
    assert near(store, claim("new", LISBON, 3, negated=True)) == {"new", "a", "none"}
    assert near(store, claim("new", None, 3, negated=True)) == {"new", "a", "b", "none"}


def test_a_claim_reads_what_is_judged_a_rival_by_a_model_and_not_by_a_rule(store: SQLiteStore) -> None:
    tea, coffee = (claim(id, object, exclusive=False) for id, object in (("tea", LISBON), ("coffee", PORTO)))
    keep(store, tea, coffee, correction(tea, coffee, Operation.UPDATE))
    assert near(store, claim("new", LISBON, 1, exclusive=False)) == {"new", "tea", "coffee"}


def test_a_claim_reads_what_corrects_what_it_touches_even_of_another_predicate(store: SQLiteStore) -> None:
    wrong, meant = claim("a", LISBON), claim("b", LISBON, 1, predicate="works_in", correction=True)
    keep(store, wrong, meant, correction(meant, wrong))
    assert near(store, claim("new", PORTO, 2)) == {"new", "a", "b"}


def test_what_comes_back_into_play_is_reached(store: SQLiteStore) -> None:
    """A correction of a correction moves what the first one took back: that triplet may change too."""
    wrong = claim("a", LISBON, exclusive=False)
    meant = claim("b", LISBON, 1, predicate="works_in", correction=True, exclusive=False)
    keep(store, wrong, meant, correction(meant, wrong))
    new = claim("new", LISBON, 2, predicate="works_in", negated=True, correction=True)
    found = neighbourhood(store, GRAPH, NOBODY, [new], [correction(new, meant)])
    assert {"a", "b", "new"} <= set(found.claims)
    assert (ALICE, "lives_in") in found.reach
    assert "a" in {support.claim_id for version in found.versions() if version.known.covers(day(5)) for support in version.support}


def test_retractions_of_what_is_read_are_read(store: SQLiteStore) -> None:
    keep(store, claim("a", LISBON), Retraction("r", GRAPH, ("a",), day(1), "wrong", day(1)))
    found = neighbourhood(store, GRAPH, NOBODY, [claim("new", LISBON, 2)])
    assert list(found.retractions) == ["r"]


def test_a_reach_covers_its_objects_or_all() -> None:
    assert Reach({"lisbon"}).covers(LISBON)
    assert not Reach({"lisbon"}).covers(PORTO)
    assert Reach(None).covers(PORTO)


def test_what_follows_is_the_same_from_the_neighbourhood_as_from_everything(store: SQLiteStore) -> None:
    held = [
        claim("a", LISBON), claim("b", PORTO, 1), claim("c", LISBON, 2, negated=True), claim("d", OSLO, 3, exclusive=False),
        claim("bob's", OSLO, subject=BOB), claim("says Bob", PORTO, 1, holder=BOB),
    ]  # fmt: skip
    keep(store, *held)
    new = claim("new", LISBON, 4)
    found = neighbourhood(store, GRAPH, NOBODY, [new])
    everything = timeline([*held, new])
    assert found.versions() == [version for version in everything if found.reaches(version)]
    assert {(version.subject, version.object) for version in everything if not found.reaches(version)} == {(BOB, OSLO), (ALICE, OSLO)}


def reaching_everything(*claims: Claim) -> Neighbourhood:
    """Of these claims, every triplet in reach."""
    return Neighbourhood({each.id: each for each in claims}, reach={(each.subject, each.predicate): Reach(None) for each in claims})


def test_only_what_differs_is_written_or_dropped() -> None:
    found = reaching_everything(claim("a", LISBON), claim("b", PORTO, 1))
    versions = found.versions()
    assert changes(found, versions) == ([], [])
    stale = timeline([claim("a", LISBON)])
    written, dropped = changes(found, stale)
    assert dropped == []
    assert written == versions
    only_oslo = timeline([claim("z", OSLO)])
    assert changes(found, [*versions, *only_oslo]) == ([], [only_oslo[0].id])


def test_a_version_with_other_support_or_words_is_written_again() -> None:
    once, twice = reaching_everything(claim("a", LISBON)), reaching_everything(claim("a", LISBON), claim("b", LISBON, 1))
    [confirmed], dropped = changes(twice, once.versions())
    assert dropped == []
    assert [support.claim_id for support in confirmed.support] == ["a", "b"]


# Through the public API


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(SQLiteStore(tmp_path / "memory.db"))


def rivals_read(watched: Watched, memory: Memory, *fact: str) -> set[str]:
    """The sentences that are read when a fact is added."""
    watched.read.clear()
    memory.add_fact(*fact, user_id="alice", occurred_at="2026-03-01")  # type: ignore[call-arg]  # subject, predicate, object
    return watched.read


@pytest.fixture
def crowd(watched: Watched, clock: ManualClock) -> Memory:
    """Ten people, who live somewhere and like ten things each."""
    memory = Memory(store=watched, clock=clock)
    for person in ("Alice", "Bob", "Carol"):
        for number in range(5):
            memory.add_fact(person, "lives_in", f"City {number}", user_id="alice", occurred_at=day(number))
            memory.add_fact(person, "likes", f"Dish {number}", user_id="alice", occurred_at=day(number))
    return memory


def test_adding_a_fact_reads_its_rivals_and_nothing_else(watched: Watched, crowd: Memory) -> None:
    cities = {f"Alice lives in City {number}." for number in range(5)}
    assert rivals_read(watched, crowd, "Alice", "lives_in", "Lisbon") == cities | {"Alice lives in Lisbon."}
    assert rivals_read(watched, crowd, "Alice", "likes", "Dish 3") == {"Alice likes Dish 3."}
    assert rivals_read(watched, crowd, "Dora", "likes", "Dish 3") == {"Dora likes Dish 3."}


def test_a_correction_whose_time_came_from_what_is_forgotten_is_worked_out_anew(memory: Memory) -> None:
    """It is of another predicate, so that nothing else reaches it."""
    wrong = memory.add_fact("Alice", "studies_in", "Lisbon", user_id="alice", occurred_at=day(5), valid_at=day(1))
    memory.add_fact("Alice", "works_in", "Lisbon", user_id="alice", occurred_at=day(9), corrects=wrong.claim_ids)
    assert [fact.valid_at for fact in memory.facts(user_id="alice")] == [day(1)]
    memory.forget(user_id="alice", episode_id=wrong.episode_ids[0])
    assert [fact.valid_at for fact in memory.facts(user_id="alice")] == [day(9)]


def test_a_fact_about_somebody_new_leaves_the_others_as_they_were(crowd: Memory) -> None:
    def facts() -> list[Fact]:
        return [fact for person in ("Alice", "Bob", "Carol") for fact in crowd.timeline(person, user_id="alice")]

    before = facts()
    crowd.add_fact("Dora", "lives_in", "City 1", user_id="alice", occurred_at="2026-03-01")
    assert facts() == before
