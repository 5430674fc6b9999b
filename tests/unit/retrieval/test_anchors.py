"""Whom a question names, what is left to look for, and whose an episode is."""

import pytest

from mem0g import Memory
from mem0g.ingestion.resolution import Identity
from mem0g.model import Entity, EntityId, Episode, Naming
from mem0g.ports import Change
from mem0g.retrieval.anchors import Anchor, anchored, anchors_of, ties_asked, without_names
from mem0g.stores.sqlite import SQLiteStore
from unit.samples import ALICE, GRAPH, LISBON, day


@pytest.mark.parametrize(
    ("question", "names", "left"),
    [
        ("What does Alice eat?", {"alice"}, "What does eat?"),
        ("What is Alice's diet?", {"alice"}, "What is diet?"),
        ("ALICE’s   sister and Bob", {"alice", "bob"}, "sister and"),
        ("Did Alice Smith meet Alice?", {"alice", "alice smith"}, "Did meet ?"),
        ("Does Al like Alabama?", {"al"}, "Does like Alabama?"),
        ("Who is J. (Jo)?", {"j. (jo)"}, "Who is ?"),
        ("Alice?", {"alice"}, "Alice?"),
        ("Alice", {"alice"}, "Alice"),
        ("What does Alice eat?", set[str](), "What does Alice eat?"),
    ],
)
def test_names_are_taken_out_unless_nothing_is_left(question: str, names: set[str], left: str) -> None:
    assert without_names(question, names) == left


def test_an_anchor_has_every_name_and_is_a_person_by_its_type_or_as_the_owner(store: SQLiteStore) -> None:
    store.commit(GRAPH, Change([
        Entity(ALICE, GRAPH, "Alice", day(0), aliases=("Ali",)),
        Entity(EntityId("bob"), GRAPH, "Bob", day(0), type="person"),
        Entity(LISBON, GRAPH, "Lisbon", day(0)),
        Episode("e", GRAPH, "Bobby", day(0), day(0), "Alice"),
        Naming("n", GRAPH, EntityId("bob"), "Bobby", "e", day(0), day(0), alias=True),
    ]))  # fmt: skip
    identity = Identity.of([])
    alice, bob, lisbon = (Anchor(ALICE, frozenset({"alice", "ali"}), True), Anchor(EntityId("bob"), frozenset({"bob", "bobby"}), True),
                          Anchor(LISBON, frozenset({"lisbon"}), False))  # fmt: skip
    found = store.entities(GRAPH, names={"ali", "bobby", "lisbon", "x"})
    assert anchors_of(store, GRAPH, identity, found, "alice") == [alice, bob, lisbon]
    assert anchors_of(store, GRAPH, identity, found[:1], "bob")[0].is_person is False
    assert anchors_of(store, GRAPH, identity, [], "alice") == []


@pytest.mark.parametrize(
    ("question", "ties"),
    [
        ("What does my sister like?", [("bob", "sister")]),
        ("Where does ALICE’S Boss live?", [("alice", "boss")]),
        ("Did our dog meet Alice's cat?", [("alice", "cat"), ("bob", "dog")]),
        ("Does Malice's sister know army boots?", []),
        ("What does Carol's sister like, and my _ and my 2nd?", []),
        ("my " + "x" * 1_001, []),
    ],
)
def test_ties_are_read_out_of_the_question(question: str, ties: list[tuple[str, str]]) -> None:
    assert ties_asked(question, {"alice"}, "bob") == ties


def test_who_is_named_by_a_tie_is_found(memory: Memory) -> None:
    """By what is so at the time asked for; where nobody is, it is asked of the one whose tie it is."""
    memory.add_fact("Alice", "boss", "Rita", user_id="alice", occurred_at="2026-01-01", invalid_at="2026-03-01")
    memory.add_fact("Alice", "boss", "Omar", user_id="alice", occurred_at="2026-03-01")
    for name in ("Rita", "Omar", "Alice"):
        memory.add_fact(name, "likes", f"{name} tea", user_id="alice", occurred_at="2026-01-01")

    def liked(question: str, **times: str) -> str:
        return next(fact.object for fact in memory.search(question, user_id="alice", **times).facts if fact.predicate == "likes")

    assert liked("What does my boss like?") == "Omar tea"
    assert liked("What does Alice's boss like?") == "Omar tea"
    assert liked("What does Alice's boss like?", as_of="2026-02-01") == "Rita tea"
    assert liked("What does Alice's boss like?", as_of="2026-02-01", known_at="2026-02-01") == "Rita tea"
    assert liked("What does my sister like?") == "Alice tea"


def said(id: str, speaker: str, content: str) -> Episode:
    return Episode(id, GRAPH, content, day(0), day(0), speaker)


def test_who_speaks_is_found_by_what_they_say_and_who_does_not_by_being_named() -> None:
    alice, oscar = Anchor(ALICE, frozenset({"alice"}), True), Anchor(EntityId("oscar"), frozenset({"oscar", "oz"}), True)
    told = [
        said("1", "ALICE", "Oz is my dog."),
        said("2", "Bob", "Hey Alice!"),
        said("3", "Bob", "How is Oscar?"),
        said("4", "Bob", "Ozone"),
    ]
    assert anchored(told, [alice]) == {"1": 1.0}
    assert anchored(told, [oscar]) == {"1": 1.0, "3": 1.0}
    assert anchored(told, [alice, oscar]) == {"1": 2.0, "3": 1.0}
    assert anchored(told, []) == {}
    assert anchored([], [alice]) == {}


def test_a_person_who_is_named_does_not_drown_what_is_asked(memory: Memory) -> None:
    """What Alice says comes before what is said to her, though her name is in the latter alone."""
    memory.add_fact("Alice", "likes", "tea", user_id="alice")
    memory.add([
        {"role": "user", "name": "Alice", "content": "I have been baking bread."},
        {"role": "user", "name": "Bob", "content": "Alice, Alice, Alice!"},
    ], user_id="alice")  # fmt: skip
    hits = memory.search("What has Alice been baking?", user_id="alice").hits
    assert hits[0].text == "I have been baking bread."
    assert set(hits[0].signals) >= {"anchor", "text"}
    assert "anchor" not in {hit.text: hit.signals for hit in hits}["Alice, Alice, Alice!"]
