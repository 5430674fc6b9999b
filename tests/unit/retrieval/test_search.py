"""Search through the public API: what is visible, whose it is, and text that is never a query."""

from typing import Any

import pytest

from mem0g import Memory
from mem0g.errors import InvalidInput, InvalidTime, MissingGraph
from mem0g.results import QuestionKind
from mem0g.testing import ManualClock
from unit.samples import day, objects

U: dict[str, Any] = {"user_id": "alice"}


@pytest.fixture
def alice(memory: Memory) -> Memory:
    """Oslo until February, Lisbon until March, never Madrid, Porto now and Rome from September; and what else there may be. It is June."""

    def lives(city: str, said: str, **others: Any) -> str:
        return memory.add_fact("Alice", "lives_in", city, **U, occurred_at=said, **others).claim_ids[0]

    lives("Oslo", "2026-01-01")
    lives("Lisbon", "2026-02-01")
    madrid = lives("Madrid", "2026-03-01")
    lives("Porto", "2026-03-02", corrects=madrid)
    lives("Rome", "2026-04-01", valid_at="2026-09-01")
    lives("Paris", "2026-04-02", holder="Bob")
    joke = memory.add_fact("Alice", "likes", "liquorice", **U, occurred_at="2026-04-03").claim_ids[0]
    memory.retract(joke, **U, reason="a joke", occurred_at="2026-04-04")
    memory.add_fact("Alice", "likes", "sushi", **U, occurred_at="2026-04-05", invalid_at="2026-05-01")
    memory.add_fact("Alice", "visited", "Berlin", **U, occurred_at="2026-04-06", valid_at="2026-02-03", event=True)
    memory.add_fact("Alice", "visited", "Tokyo", **U, occurred_at="2026-04-07", valid_at="2026-12-24", event=True)
    return memory


def found(memory: Memory, question: str, **others: Any) -> set[str]:
    return set(objects(list(memory.search(question, **(U | others)).facts)))


# What is visible


def test_without_times_it_is_what_holds_now_and_what_has_happened(alice: Memory) -> None:
    """No superseded, ended, corrected, retracted, attributed or future one, however well its words match."""
    assert found(alice, "Alice") == {"Porto", "Berlin"}
    for word in ("Oslo", "Lisbon", "Madrid", "liquorice", "sushi", "Rome", "Paris", "Tokyo"):
        assert found(alice, f"Alice {word}") == {"Porto", "Berlin"}
        assert found(alice, word) == set()


def test_now_moves_on(alice: Memory, clock: ManualClock) -> None:
    clock.advance(days=120)
    assert found(alice, "Where does Alice live?") >= {"Rome"}
    assert "Porto" not in found(alice, "Where does Alice live?")


@pytest.mark.parametrize(
    ("as_of", "cities"),
    [
        ("2026-01-15T00:00:00Z", {"Oslo"}),
        ("2026-02-15T00:00:00Z", {"Lisbon"}),
        ("2026-03-01T12:00:00Z", {"Porto"}),
        ("2026-03-02T00:00:00Z", {"Porto"}),
        ("2026-10", {"Rome"}),
        ("2026-02", {"Lisbon"}),
        ("2025", set()),
        ("2026", {"Oslo", "Lisbon", "Porto", "Rome"}),
    ],
)
def test_as_of_asks_what_held_then_by_all_that_is_known(alice: Memory, as_of: str, cities: set[str]) -> None:
    assert set(objects(alice.facts(**U, predicate="lives_in", as_of=as_of))) == cities
    visits = {"Berlin", "Tokyo"}
    assert found(alice, "Where does Alice live?", as_of=as_of) - visits - {"sushi"} == cities


def test_known_at_asks_what_was_known_then(alice: Memory) -> None:
    assert found(alice, "Where does Alice live?", known_at="2026-02-15T00:00:00Z") == {"Lisbon"}
    assert found(alice, "Where does Alice live?", known_at="2026-03-01") == {"Madrid"}
    assert found(alice, "What does Alice like?", known_at="2026-04-03") >= {"liquorice"}
    assert found(alice, "Alice", known_at="2025-12-31") == set()


def test_both_times_together_ask_what_was_then_believed_of_then(alice: Memory) -> None:
    assert found(alice, "Where did Alice live?", as_of="2026-03-01T06:00:00Z", known_at="2026-03-01") == {"Madrid"}
    assert found(alice, "Where did Alice live?", as_of="2026-03-01T06:00:00Z") - {"Berlin"} == {"Porto"}
    assert found(alice, "Where will Alice live?", as_of="2026-10", known_at="2026-03-31") == {"Porto"}


def test_a_question_of_history_shows_what_ended_marked_as_ended(alice: Memory) -> None:
    answer = alice.search("When did Alice live in Lisbon?", **U)
    assert answer.time.kind is QuestionKind.WHEN
    assert {"Oslo", "Lisbon", "Porto", "Rome", "sushi"} <= set(objects(list(answer.facts)))
    assert not {"Madrid", "liquorice", "Paris"} & set(objects(list(answer.facts)))
    assert answer.facts[0].object == "Lisbon"
    lines = answer.context().splitlines()
    assert "- Alice lives in Lisbon. (2026-02-01 to 2026-03-01, ended)" in lines
    assert "- Alice lives in Oslo. (2026-01-01 to 2026-02-01, ended)" in lines
    assert "- Alice lives in Porto. (2026-03-01 to 2026-09-01)" in lines
    assert "- Alice lives in Rome. (from 2026-09-01 on)" in lines
    assert "- Alice likes sushi. (2026-04-05 to 2026-05-01, ended)" in lines
    assert "- Alice visited Berlin. (on 2026-02-03)" in lines


def test_what_holds_now_is_not_marked_as_ended(alice: Memory) -> None:
    assert "ended" not in alice.search("Where does Alice live?", **U).context()


def test_the_context_has_the_newest_first_and_what_was_said(alice: Memory) -> None:
    context = alice.search("When did Alice live in Lisbon?", **U).context()
    assert context.index("Rome") < context.index("Porto") < context.index("Lisbon") < context.index("Oslo")
    assert "Said:\n- alice, 2026-" in context
    assert alice.search("nothing at all", **U).context() == ""


def test_a_naive_time_or_a_time_that_is_none_is_refused(alice: Memory) -> None:
    with pytest.raises(InvalidTime, match="as_of="):
        alice.search("Alice", **U, as_of="2026-01-01T10:00")
    with pytest.raises(InvalidTime, match="known_at="):
        alice.search("Alice", **U, known_at="soon")


# Whose it is


def test_a_holder_is_asked_for_what_they_said_and_what_is_attributed_to_them(alice: Memory) -> None:
    assert found(alice, "Where does Alice live?", holder="Bob") == {"Paris"}
    assert "Paris" not in found(alice, "Where does Alice live?", holder="alice")
    assert found(alice, "Where does Alice live?", holder="alice") >= {"Porto"}
    assert found(alice, "Where does Alice live?", holder="Nobody") == set()


def test_no_word_name_or_time_finds_anything_in_another_graph(alice: Memory) -> None:
    alice.add_fact("Mallory", "lives_in", "Porto", user_id="mallory", occurred_at="2026-01-01")
    alice.add("Mallory knows a secret.", user_id="mallory", occurred_at="2026-01-01")
    for question in ("Mallory", "Where does Mallory live?", "secret", "When did Mallory live in Porto?"):
        answer = alice.search(question, **U)
        assert all("Mallory" not in fact.text for fact in answer.facts)
        assert all("Mallory" not in hit.episode.content for hit in answer.episodes)
    assert objects(list(alice.search("Mallory", user_id="mallory").facts)) == ["Porto"]
    assert list(alice.search("Alice", user_id="mallory").facts) == []
    assert list(alice.search("Alice", agent_id="alice").facts) == []
    assert list(alice.search("Alice", user_id="*").facts) == []


def test_labels_narrow_what_is_found_to_what_their_episodes_support(memory: Memory) -> None:
    memory.add_fact("Alice", "likes", "tea", **U, run_id="1", agent_id="kit", occurred_at=day(0))
    memory.add_fact("Alice", "likes", "coffee", **U, run_id="2", agent_id="kit", occurred_at=day(1))
    memory.add_fact("Alice", "likes", "tea", **U, run_id="2", occurred_at=day(2))
    memory.add_fact("Alice", "likes", "milk", **U, occurred_at=day(3))
    assert found(memory, "What does Alice like?") == {"tea", "coffee", "milk"}
    assert found(memory, "What does Alice like?", run_id="1") == {"tea"}
    assert found(memory, "What does Alice like?", run_id="2") == {"tea", "coffee"}
    assert found(memory, "What does Alice like?", agent_id="kit") == {"tea", "coffee"}
    assert found(memory, "What does Alice like?", agent_id="kit", run_id="2") == {"coffee"}
    assert found(memory, "What does Alice like?", run_id="3") == set()
    assert found(memory, "What does Alice like?", run_id="2", known_at=day(1)) == {"coffee"}
    assert found(memory, "What does Alice like?", holder="alice", run_id="2") == {"tea", "coffee"}


def test_a_label_is_not_drowned_by_the_episodes_of_others(memory: Memory) -> None:
    memory.add("Tea is long remembered by a few of us who were there at the time.", **U, run_id="1")
    for number in range(20):
        memory.add(f"Tea {number}", **U, run_id="2")
    [hit] = memory.search("tea", **U, run_id="1", limit=5).episodes
    assert hit.episode.run_id == "1"
    assert len(memory.search("tea", **U, run_id="2", limit=5).episodes) == 5


def test_episodes_said_after_the_known_time_are_not_found(memory: Memory) -> None:
    memory.add("Tea once.", **U, occurred_at="2026-01-01")
    memory.add("Tea again.", **U, occurred_at="2026-02-01")
    answer = memory.search("tea", **U, known_at="2026-01-15")
    assert [hit.episode.content for hit in answer.episodes] == ["Tea once."]


def test_who_asks_about_themselves_is_the_owner(memory: Memory) -> None:
    memory.add_fact("alice", "lives_in", "Porto", **U)
    memory.add_fact("Bob", "lives_in", "Rome", **U)
    assert objects(list(memory.search("Where do I live?", **U).facts))[0] == "Porto"
    assert found(memory, "Where is my home?") == {"Porto"}
    assert objects(list(memory.search("Does Bob know me, where he lives?", **U).facts))[0] == "Rome"


def test_a_search_needs_a_graph(memory: Memory) -> None:
    with pytest.raises(MissingGraph):
        memory.search("Where does Alice live?")


# How much, and in which order


def test_the_best_come_first_and_no_more_than_asked_for(memory: Memory) -> None:
    for number in range(30):
        memory.add_fact("Alice", "likes", f"dish {number}", **U, occurred_at=day(number))
    memory.add_fact("Alice", "likes", "liquorice", **U, occurred_at=day(0))
    answer = memory.search("Does Alice like liquorice?", **U, limit=7)
    assert len(answer.facts) == 7
    assert answer.facts[0].object == "liquorice"
    scores = [fact.score for fact in answer.facts]
    assert scores == sorted(scores, reverse=True)
    assert all(fact.score == pytest.approx(sum(fact.signals.values())) for fact in answer.facts)
    assert set(answer.facts[0].signals) == {"walk", "predicate", "text", "linked"}
    assert len(answer.episodes) <= 7


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_that_finds_nothing_is_refused(memory: Memory, limit: int) -> None:
    with pytest.raises(InvalidInput, match=f"limit={limit}"):
        memory.search("Alice", **U, limit=limit)


def test_of_equals_the_one_that_began_last_comes_first(memory: Memory) -> None:
    for number, dish in enumerate(["tea", "coffee", "milk"]):
        memory.add_fact("Alice", "likes", dish, **U, occurred_at=day(number))
    assert objects(list(memory.search("Alice", **U).facts)) == ["milk", "coffee", "tea"]


# Text is never a query


HOSTILE = [
    '"', '""', "'", "*", "tea*", "NEAR(", "NEAR(tea coffee, 5)", "tea AND", "OR", "NOT tea", "tea NOT", "(tea", "tea)", "^tea", "-tea",
    "+tea", "body:tea", "graph : 1", 'graph : "1" OR body : "tea"', '" OR graph : "2', "{body graph} : tea", "tea\\", "%", "_", "[",
    "$tea", ":tea",
    "'; DROP TABLE facts; --", "tea; SELECT *", "]->() DETACH DELETE n", "`tea`", "😀", "😀 tea", "\u2028", "\u200b", "\x01tea", "né",
    "東京",
    "tea\ntea", "?" * 500,
]  # fmt: skip


@pytest.mark.parametrize("question", HOSTILE)
def test_signs_that_mean_something_elsewhere_mean_nothing_here(memory: Memory, question: str) -> None:
    memory.add_fact("Alice", "likes", "tea", **U, text="Alice likes tea.")
    memory.add_fact("Mallory", "likes", "tea", user_id="mallory", text="Mallory likes tea.")
    answer = memory.search(question, **U)
    assert {fact.subject for fact in answer.facts} <= {"Alice"}
    assert {hit.episode.graph for hit in answer.episodes} <= {"user:alice"}
    assert bool(answer.facts) is ("tea" in question.replace("\n", " "))
    assert memory.facts(**U)


@pytest.mark.parametrize(
    "name", ['"', "NEAR(", "*", "'; DROP TABLE facts; --", "`x` {y}", "😀", "a" * 900, "東京", "O'Neil \\ %_", "null", "a\u2028b"]
)
def test_a_hostile_name_is_kept_and_found_as_it_is(memory: Memory, name: str) -> None:
    memory.add_fact(name, f"likes {name} x", name, **U)
    memory.add_fact("Bob", "likes", "tea", **U)
    [fact] = memory.facts(**U, subject=name)
    assert (fact.subject, fact.object) == (name, name)
    assert memory.facts(**U, object=name) == [fact]
    assert memory.timeline(name, **U) == [fact]
    assert memory.facts(**U, predicate=fact.predicate) == [fact]


@pytest.mark.parametrize("question", ["nul\x00", "\ud800", "x" * 1_000_001])
def test_a_question_that_is_no_text_is_refused(memory: Memory, question: str) -> None:
    with pytest.raises(InvalidInput, match="question="):
        memory.search(question, **U)


def test_a_long_question_is_answered(memory: Memory) -> None:
    memory.add_fact("Alice", "likes", "tea", **U)
    assert found(memory, "Does Alice, I wonder, " * 450 + "like tea?") == {"tea"}


def test_a_question_that_names_a_time_alone_is_about_the_owner(memory: Memory) -> None:
    memory.add_fact("alice", "lives_in", "Oslo", **U, valid_at="2026-01-01", invalid_at="2026-02-01")
    assert found(memory, "What happened in January 2026?") == {"Oslo"}
