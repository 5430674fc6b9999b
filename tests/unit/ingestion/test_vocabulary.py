"""The names and predicates that a graph has near a text."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from mem0g import Memory
from mem0g.ingestion.vocabulary import MOST_NAMES, MOST_PREDICATES, Vocabulary, names_in, near, words_in
from mem0g.model import ClaimDraft, Mention
from mem0g.stores.sqlite import SQLiteStore
from mem0g.testing import ManualClock, ScriptedAnswer, ScriptedExtractor
from unit.doubles import Counted
from unit.samples import GRAPH, day

U = {"user_id": "alice"}


@pytest.fixture
def memory(store: SQLiteStore, clock: ManualClock) -> Memory:
    return Memory(store=store, extractor=ScriptedExtractor({}), clock=clock)


def shown(store: SQLiteStore | Counted, text: str, voices: Sequence[str] = (), said: float = 100) -> Vocabulary:
    return near(store, GRAPH, text, voices, day(said))  # type: ignore[arg-type]


def names(found: Vocabulary) -> list[str]:
    return [mention.name for mention in found.names]


def state(memory: Memory, subject: str, predicate: str, object: str, said: float = 0) -> None:
    memory.add_fact(subject, predicate, object, **U, occurred_at=day(said))


def test_an_empty_graph_knows_nothing(store: SQLiteStore) -> None:
    assert shown(store, "I moved to Porto.") == Vocabulary()


def test_what_the_text_names_is_found_and_its_predicates(memory: Memory, store: SQLiteStore) -> None:
    state(memory, "Porto", "located_in", "Portugal")
    state(memory, "Oslo", "located_in", "Norway")
    found = shown(store, "I moved to porto!")
    assert names(found) == ["Porto", "Portugal"]
    assert found.predicates == ["located_in"]


def test_the_owner_and_those_who_speak_come_first_by_their_best_name(memory: Memory, store: SQLiteStore) -> None:
    state(memory, "Alice", "likes", "tea")
    state(memory, "Bob", "likes", "coffee")
    found = shown(store, "Coffee again!", ["alice", "BOB"])
    assert names(found)[:3] == ["Alice", "Bob", "coffee"]


def test_ends_of_facts_that_share_words_are_found_though_the_text_does_not_name_them(memory: Memory, store: SQLiteStore) -> None:
    state(memory, "Bob", "coaches", "the chess club")
    assert names(shown(store, "who is at the club?")) == ["Bob", "the chess club"]


@pytest.mark.parametrize("text", ["I love New York City", "in new york city", "New York!"])
def test_a_name_of_several_words_is_found(memory: Memory, store: SQLiteStore, text: str) -> None:
    state(memory, "New York City", "is", "loud")
    assert names(shown(store, text))[0] == "New York City"


def add(memory: Memory, store: SQLiteStore, text: str, answer: ScriptedAnswer, said: float = 0) -> None:
    Memory(store=store, extractor=ScriptedExtractor({text: answer}), clock=memory._clock).add(text, **U, occurred_at=day(said))


def test_an_alias_is_shown_where_the_text_uses_it(memory: Memory, store: SQLiteStore) -> None:
    robert = Mention("Robert", "person", ("Bob",))
    text = "Robert, whom everyone calls Bob, plays chess."
    add(memory, store, text, [ClaimDraft(robert, "plays", Mention("chess"), "Robert plays chess.")])
    assert shown(store, "Bob called.").names[0] == Mention("Robert", "person", ("Bob",))
    assert shown(store, "Robert called.").names[0] == Mention("Robert", "person")


def test_what_was_merged_is_shown_once_with_the_type_that_was_learned(memory: Memory, store: SQLiteStore) -> None:
    state(memory, "porto", "is", "sunny")
    add(memory, store, "I moved to Porto.", [ClaimDraft(Mention("Alice"), "lives_in", Mention("Porto", "place"), "Alice.")], said=1)
    found = shown(store, "Porto!")
    assert [mention for mention in found.names if mention.name.lower() == "porto"] == [Mention("Porto", "place")]


def test_two_of_one_name_are_both_shown(memory: Memory, store: SQLiteStore) -> None:
    facts = [
        ClaimDraft(Mention("Apple", type), "is", Mention(kind), f"Apple is a {kind}.")
        for type, kind in (("organization", "company"), ("animal", "cat"))
    ]
    add(memory, store, "Apple and Apple.", facts)
    assert {mention for mention in shown(store, "Apple?").names if mention.name == "Apple"} == {
        Mention("Apple", "organization"),
        Mention("Apple", "animal"),
    }


def test_predicates_are_the_most_frequent_first(memory: Memory, store: SQLiteStore) -> None:
    for number in range(3):
        state(memory, "Alice", "visited", f"City {number}", number)
    for number in range(2):
        state(memory, "Alice", "likes", f"Dish {number}", number)
    state(memory, "Alice", "speaks", "Norwegian")
    assert shown(store, "Hello.", ["alice"]).predicates == ["visited", "likes", "speaks"]


def test_predicates_of_what_is_over_are_shown_too(memory: Memory, store: SQLiteStore) -> None:
    state(memory, "Alice", "lives_in", "Oslo")
    memory.add_fact("Alice", "lives_in", "Oslo", negated=True, **U, occurred_at=day(1))
    assert shown(store, "Hello.", ["alice"]).predicates == ["lives_in"]


def test_only_what_was_known_then_is_matched(memory: Memory, store: SQLiteStore) -> None:
    state(memory, "Bob", "coaches", "the chess club", said=10)
    assert names(shown(store, "at the club", said=20)) == ["Bob", "the chess club"]
    assert names(shown(store, "at the club", said=5)) == []


def test_nothing_of_another_graph_is_shown(memory: Memory, store: SQLiteStore) -> None:
    memory.add_fact("Bob", "coaches", "the chess club", user_id="bob", occurred_at=day(0))
    assert shown(store, "Bob is at the chess club.") == Vocabulary()


def test_no_more_is_shown_than_a_prompt_bears(memory: Memory, store: SQLiteStore) -> None:
    for number in range(40):
        state(memory, f"Friend{number}", f"does_{number}", "things")
    found = shown(store, " ".join(f"Friend{number}" for number in range(40)))
    assert names(found) == [f"Friend{number}" for number in range(MOST_NAMES)]
    assert len(found.predicates) <= MOST_PREDICATES


def test_what_is_read_does_not_grow_with_the_graph(tmp_path: Path, clock: ManualClock) -> None:
    read = []
    for size in (100, 300):
        store = SQLiteStore(tmp_path / f"{size}.db")
        memory = Memory(store=store, clock=clock)
        for number in range(size):
            state(memory, "Alice", "met", f"Friend {number}", number / size)
        counted = Counted(store)
        assert names(shown(counted, "Alice met Friend 7."))[:2] == ["Alice", "Friend 7"]
        assert counted.reads.total() <= 10
        read.append(counted.given.total())
        store.close()
    assert read[1] < 1.2 * read[0]  # of a graph three times the size


# Runs of words


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("", set()),
        ("tea", {"tea"}),
        ("in New York City today", {"in", "new", "york", "city", "today", "new york", "york city", "new york city"}),
        ("University of Porto", {"university", "of", "porto", "university of porto"}),
        ("84 Bank Street", {"84", "bank", "street", "84 bank", "bank street", "84 bank street"}),
        ("Tim-Berners  Lee", {"tim", "berners", "lee", "tim-berners", "berners lee", "tim-berners lee"}),
        ("Anna. Bob", {"anna", "bob", "anna. bob"}),
        ("Anna\nBob", {"anna", "bob"}),
        ("Anna! Bob", {"anna", "bob"}),
    ],
)
def test_runs_of_words_that_may_be_names(text: str, runs: set[str]) -> None:
    assert set(names_in(text)) == runs


def test_a_long_text_is_looked_up_in_so_many_runs() -> None:
    text = " ".join(f"Word{number}" for number in range(5_000))
    assert len(names_in(text)) == 600
    assert len(words_in(text)) == 30


def test_names_are_looked_for_before_long_words_and_those_before_short_ones() -> None:
    assert words_in("we met Bob at a remarkable café, or 東") == ["bob", "remarkable", "café", "met", "東"]
