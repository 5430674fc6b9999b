"""One name for each predicate of a graph: decided once, recorded, and understood in questions."""

from pathlib import Path
from typing import Any

import pytest

from mem0g import Memory
from mem0g.model import ClaimDraft, Mention, Wording
from mem0g.ports import Change
from mem0g.stores.sqlite import SQLiteStore
from mem0g.testing import ManualClock, ScriptedExtractor

from .samples import day

U: dict[str, Any] = {"user_id": "alice"}
GRAPH = "user:alice"


def triplets(memory: Memory, **asked: Any) -> list[tuple[str, str, str]]:
    return [(fact.subject, fact.predicate, fact.object) for fact in memory.facts(**U, **asked)]


def test_other_words_for_a_predicate_are_one_and_compete(memory: Memory) -> None:
    memory.add_fact("Alice", "employed_by", "Acme", **U, occurred_at=day(0))
    memory.add_fact("Alice", "works_at", "Globex", **U, occurred_at=day(5))
    assert triplets(memory) == [("Alice", "works_for", "Globex")]
    assert triplets(memory, as_of=day(3)) == [("Alice", "works_for", "Acme")]
    for asked in ("works_for", "works_at", "employed_by", "employer"):
        assert triplets(memory, predicate=asked) == [("Alice", "works_for", "Globex")]


def test_a_predicate_from_the_other_end_is_turned_about(memory: Memory) -> None:
    memory.add_fact("Bob", "reports_to", "Alice", **U)
    memory.add_fact("Alice", "manages", "Carol", **U)
    assert sorted(triplets(memory)) == [("Bob", "reports_to", "Alice"), ("Carol", "reports_to", "Alice")]
    assert sorted(triplets(memory, subject="Alice", predicate="manages")) == sorted(triplets(memory))
    assert triplets(memory, predicate="boss", object="Alice", subject="Carol") == [("Carol", "reports_to", "Alice")]
    assert triplets(memory, subject="Bob", predicate="manages") == []
    assert [fact.object for fact in memory.timeline("Bob", **U, predicate="reports_to")] == ["Alice"]


def test_a_denial_in_other_words_ends_the_fact(memory: Memory) -> None:
    memory.add_fact("Alice", "manages", "Bob", **U, occurred_at=day(0))
    memory.add_fact("Bob", "reports_to", "Alice", **U, occurred_at=day(5), negated=True)
    assert triplets(memory) == []
    assert triplets(memory, as_of=day(3)) == [("Bob", "reports_to", "Alice")]


def test_a_new_boss_ends_the_old_one_where_it_is_said(memory: Memory) -> None:
    memory.add_fact("Alice", "reports_to", "Bob", **U, occurred_at=day(0))
    memory.add_fact("Alice", "boss", "Carl", **U, occurred_at=day(5))
    assert {fact.object for fact in memory.facts(**U)} == {"Bob", "Carl"}
    memory.add_fact("Alice", "boss", "Bob", **U, occurred_at=day(6), negated=True)
    assert triplets(memory) == [("Alice", "reports_to", "Carl")]
    memory.add_fact("Alice", "reports_to", None, **U, occurred_at=day(7), negated=True)
    assert triplets(memory) == []


def test_the_only_boss_is_followed_by_the_next_only_one(memory: Memory) -> None:
    memory.add_fact("Alice", "boss", "Bob", **U, occurred_at=day(0), exclusive=True)
    memory.add_fact("Alice", "boss", "Carl", **U, occurred_at=day(5), exclusive=True)
    assert triplets(memory) == [("Alice", "reports_to", "Carl")]


def test_an_office_does_not_report(tmp_path: Path, clock: ManualClock) -> None:
    office = ClaimDraft(Mention("Alice", "person"), "manages", Mention("Oslo office", "organization"), "Alice manages the Oslo office.")
    bob = ClaimDraft(Mention("Alice", "person"), "manages", Mention("Bob", "person"), "Alice manages Bob.")
    with Memory(tmp_path / "memory.db", extractor=ScriptedExtractor({"Both.": [office, bob]}), clock=clock) as memory:
        memory.add("Both.", **U)
        both = [("Alice", "manages", "Oslo office"), ("Bob", "reports_to", "Alice")]
        assert sorted(triplets(memory)) == both
        assert sorted(triplets(memory, subject="Alice", predicate="manages")) == both


def test_what_was_decided_is_recorded_once_and_travels(tmp_path: Path, clock: ManualClock) -> None:
    store = SQLiteStore(tmp_path / "memory.db")
    with Memory(store=store, clock=clock) as memory:
        memory.add_fact("Alice", "employed_by", "Acme", **U, occurred_at=day(0))
        memory.add_fact("Alice", "employed_by", "Globex", **U, occurred_at=day(1))
        decided = {(wording.name, wording.canonical, wording.decider) for wording in store.wordings(GRAPH)}
        assert decided == {("employed_by", "works_for", "rule"), ("works_for", "works_for", "rule")}
        memory.export(tmp_path / "alice.jsonl", **U)
        with Memory(store=SQLiteStore(tmp_path / "other.db"), clock=clock) as other:
            other.load(tmp_path / "alice.jsonl")
            assert triplets(other, predicate="works_at") == [("Alice", "works_for", "Globex")]


def test_what_a_graph_decided_goes_before_the_tables(tmp_path: Path, clock: ManualClock) -> None:
    """As a graph of an earlier version does, whose tables knew no "employed_by"."""
    store = SQLiteStore(tmp_path / "memory.db")
    store.commit(GRAPH, Change([Wording.of(GRAPH, "employed_by", "employed_by", "its own name", clock())]))
    with Memory(store=store, clock=clock) as memory:
        memory.add_fact("Alice", "employed_by", "Acme", **U)
        memory.add_fact("Alice", "works_at", "Globex", **U)
        assert sorted(triplets(memory)) == [("Alice", "employed_by", "Acme"), ("Alice", "works_for", "Globex")]


def test_a_wording_goes_with_the_last_word_of_it(tmp_path: Path, clock: ManualClock) -> None:
    store = SQLiteStore(tmp_path / "memory.db")
    with Memory(store=store, clock=clock) as memory:
        memory.add_fact("Alice", "secretly_adores", "Bob", **U, episode_id="secret")
        memory.forget(episode_id="secret", **U)
        assert store.wordings(GRAPH) == []


@pytest.mark.parametrize(("said", "kept"), [("2023-05-01", ["Carl"]), ("2025-05-01", [])])
def test_a_correction_from_the_other_end_takes_back_what_was_lately_said(
    tmp_path: Path, clock: ManualClock, said: str, kept: list[str]
) -> None:
    carl = ClaimDraft(Mention("Alice"), "taught_by", Mention("Carl"), "Carl teaches Alice.")
    bob = ClaimDraft(Mention("Alice"), "taught_by", Mention("Bob"), "Bob teaches Alice.", correction=True, replaces=Mention("Carl"))
    script = ScriptedExtractor({"Carl teaches me.": [carl], "I meant Bob, not Carl.": [bob]})
    with Memory(tmp_path / "memory.db", extractor=script, clock=clock) as memory:
        memory.add("Carl teaches me.", **U, occurred_at=said)
        memory.add("I meant Bob, not Carl.", **U, occurred_at="2025-06-01")
        assert [fact.subject for fact in memory.facts(**U, as_of="2025-05-15")] == kept
        assert [fact.subject for fact in memory.facts(**U, as_of="2025-06-15")] == ["Bob"]


def test_two_who_employ_one_are_two(memory: Memory) -> None:
    memory.add_fact("Mrs Hill", "employs", "Alice", **U, occurred_at=day(0))
    memory.add_fact("Mr Dale", "employs", "Alice", **U, occurred_at=day(5))
    assert sorted(triplets(memory)) == [("Alice", "works_for", "Mr Dale"), ("Alice", "works_for", "Mrs Hill")]


@pytest.mark.parametrize(
    ("predicate", "one", "other"),
    [
        ("rent", "a flat", "a Volvo"),
        ("relationship_status", "single", "looking"),
        ("home_city", "Oslo", "Bergen"),
        ("address", "12 Elm Road", "alice@example.com"),
        ("born_in", "Paris", "1990"),
        ("favorite_movies", "Alien", "Heat"),
        ("current_projects", "a roof", "a novel"),
    ],
)
def test_what_may_be_two_things_retires_nothing(memory: Memory, predicate: str, one: str, other: str) -> None:
    memory.add_fact("Alice", predicate, one, **U, occurred_at=day(0))
    memory.add_fact("Alice", predicate, other, **U, occurred_at=day(5))
    assert sorted(fact.object for fact in memory.facts(**U)) == sorted([one, other])
