"""Facts whose predicate a question names, from the end that it asks about."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from mem0g import Memory
from mem0g.ingestion.predicates import decide
from mem0g.model import EntityId
from mem0g.ports import Link
from mem0g.retrieval.anchors import Anchor
from mem0g.retrieval.predicates import OTHER_END, NamedPredicate, named_predicates, predicate_scores
from mem0g.testing import ManualClock, ScriptedExtractor
from unit.samples import day

U: dict[str, Any] = {"user_id": "alice"}

ALICE, BOB, LISBON = (Anchor(EntityId(name), frozenset({name}), name != "lisbon") for name in ("alice", "bob", "lisbon"))

GRAPH = {
    decided.name: decided
    for decided in decide(
        ("lives_in", "works_for", "reports_to", "manages", "coaches", "based_in", "favorite_color", "diet", "sister", "married_to", "noted",
         "knows", "owns", "likes", "likes_to_cook"),
        {},
    )
}  # fmt: skip
"""The decisions of a graph that knows these predicates."""


def ends(question: str, *anchors: Anchor, words: str = "", known: Mapping[str, Any] = GRAPH) -> dict[str, str]:
    """Of each predicate that the question names, the anchors at its ends: "alice -> bob"."""
    named = named_predicates(question, words, anchors, "alice", known)
    return {each.name: f"{' '.join(sorted(each.subjects))} -> {' '.join(sorted(each.objects))}".strip() for each in named}


# Which predicates, and from which end


@pytest.mark.parametrize(
    ("question", "anchor", "named"),
    [
        ("Where does Alice live?", ALICE, {"lives_in": "alice ->"}),
        ("Where did ALICE reside?", ALICE, {"lives_in": "alice -> alice"}),
        ("Where do I live?", ALICE, {"lives_in": "alice ->"}),
        ("Who lives in Lisbon?", LISBON, {"lives_in": "-> lisbon"}),
        ("Who manages Bob?", BOB, {"reports_to": "bob ->"}),
        ("Who does Bob manage?", BOB, {"reports_to": "-> bob"}),
        ("Who is Bob managed by?", BOB, {"reports_to": "bob ->"}),
        ("Who is Bob's boss?", BOB, {"reports_to": "bob ->"}),
        ("Who is the boss of Bob?", BOB, {"reports_to": "bob ->"}),
        ("Whose boss is Bob?", BOB, {"reports_to": "-> bob"}),
        ("Who reports to Bob?", BOB, {"reports_to": "-> bob"}),
        ("Who does Bob report to?", BOB, {"reports_to": "bob ->"}),
        ("Who does Bob coach?", BOB, {"coaches": "bob ->"}),
        ("Who coached Bob?", BOB, {"coaches": "-> bob"}),
        ("Who is Bob coached by?", BOB, {"coaches": "-> bob"}),
        ("What is Bob's diet?", BOB, {"diet": "bob ->"}),
        ("What is the diet of Bob?", BOB, {"diet": "bob ->"}),
        ("What is Bob's favourite color?", BOB, {"favorite_color": "bob ->"}),
        ("Which company does Alice work for?", ALICE, {"works_for": "alice ->"}),
        ("Which company employs Alice?", ALICE, {"works_for": "alice ->"}),
        ("Who are Alice's employees?", ALICE, {"works_for": "alice -> alice"}),
        ("Who is the owner of Lisbon?", LISBON, {"owns": "-> lisbon"}),
        ("Who did Alice marry?", ALICE, {"married_to": "alice -> alice"}),
        ("Where does my sister live?", BOB, {"sister": "bob -> bob", "lives_in": "bob -> bob"}),
        ("Where does my sister live?", ALICE, {"sister": "alice ->", "lives_in": "->"}),
        ("Where does Alice's sister live?", ALICE, {"sister": "alice ->", "lives_in": "->"}),
        ("Who is Alice's current employer?", ALICE, {"works_for": "alice ->"}),
        ("Where is Alice's home?", ALICE, {"lives_in": "alice -> alice"}),
        ("Who lives in Alice's house?", ALICE, {"lives_in": "->"}),
        ("Does Alice know anybody?", ALICE, {"knows": "alice ->"}),
        ("Do you know where Alice lives?", ALICE, {"lives_in": "alice ->"}),
        ("Where did Alice move?", ALICE, {}),
        ("What does Alice not eat?", ALICE, {"eats": "alice ->"}),
        ("What does Alice like to cook?", ALICE, {"likes": "alice ->", "likes_to_cook": "alice ->"}),
        ("What of Alice?", ALICE, {}),
        ("", ALICE, {}),
    ],
)  # fmt: skip
def test_a_question_names_a_predicate_and_the_end_at_which_the_anchor_stands(question: str, anchor: Anchor, named: dict[str, str]) -> None:
    assert ends(question, anchor) == named


def test_each_of_two_anchors_stands_at_its_end() -> None:
    assert ends("Did Bob ever live in Lisbon?", BOB, LISBON) == {"lives_in": "bob -> lisbon"}
    assert ends("Does Alice manage Bob?", ALICE, BOB) == {"reports_to": "bob -> alice"}


def test_one_who_is_not_named_may_stand_at_either_end() -> None:
    """As whoever "my sister" is: the question has no name of hers."""
    assert ends("Who does my boss coach?", BOB)["coaches"] == "bob -> bob"


def test_two_predicates_may_be_named() -> None:
    assert ends("In which city is the company based that Alice works for?", ALICE).keys() >= {"based_in", "works_for"}


def test_the_words_of_a_time_name_nothing() -> None:
    assert ends("What did Alice do while she lived in Oslo?", ALICE, words="while she lived in Oslo") == {}
    assert ends("Whom does Alice know now?", ALICE, words="now") == {"knows": "alice ->"}


def test_of_a_long_question_the_beginning_is_read() -> None:
    assert ends("Alice's live " * 700, ALICE) == {"lives_in": "alice ->"}


def test_without_an_anchor_nothing_is_named() -> None:
    assert ends("Who manages whom?") == {}


def test_a_graph_that_decided_otherwise_is_followed() -> None:
    coached = decide(["coaches", "trains"], {}, {"trains": ("coaches", True)})
    assert ends("Who does Bob train?", BOB, known={each.name: each for each in coached}) == {"coaches": "-> bob"}


def test_a_name_is_no_predicate_and_a_common_word_no_name() -> None:
    home, job = (Anchor(EntityId(name), frozenset({name}), False) for name in ("home", "job"))
    assert ends("Who is Job?", job) == {}
    assert ends("Where is the home of Alice?", ALICE, home) == {"lives_in": "alice home -> alice home"}


# What they score


def link(subject: str, predicate: str, object: str = "") -> Link:
    return Link(f"{subject} {predicate} {object}".strip(), EntityId(subject), predicate, EntityId(object) if object else None, day(0))


def named(name: str, subjects: str = "", objects: str = "") -> NamedPredicate:
    return NamedPredicate(name, frozenset(map(EntityId, subjects.split())), frozenset(map(EntityId, objects.split())))


def test_an_anchor_at_the_asked_end_counts_more_than_one_at_the_other() -> None:
    links = [
        link("bob", "reports_to", "alice"),
        link("carol", "reports_to", "bob"),
        link("bob", "likes", "tea"),
        link("x", "reports_to", "y"),
    ]
    assert predicate_scores(links, [named("reports_to", "bob")], GRAPH) == {"bob reports_to alice": 1.0, "carol reports_to bob": OTHER_END}
    assert predicate_scores(links, [named("reports_to", "", "bob")], GRAPH) == {
        "bob reports_to alice": OTHER_END,
        "carol reports_to bob": 1.0,
    }


def test_what_is_stored_from_the_other_end_counts_from_there() -> None:
    assert predicate_scores([link("alice", "manages", "bob")], [named("reports_to", "bob")], GRAPH) == {"alice manages bob": 1.0}


def test_a_literal_has_an_end_of_its_own() -> None:
    assert predicate_scores([link("alice", "diet")], [named("diet", "alice")], GRAPH) == {"alice diet": 1.0}


def test_a_predicate_that_the_anchor_has_not_is_looked_for_one_fact_further() -> None:
    links = [link("alice", "works_for", "acme"), link("acme", "based_in", "porto"), link("beta", "based_in", "rome"),
             link("eve", "works_for", "acme"), link("porto", "based_in", "x")]  # fmt: skip
    asked = [named("works_for", "alice"), named("based_in", "alice", "alice")]
    assert predicate_scores(links, asked, GRAPH) == {"alice works_for acme": 1.0, "acme based_in porto": 1.0}


def test_what_someone_of_the_anchor_has_is_looked_for_at_them() -> None:
    links = [link("alice", "sister", "eva"), link("alice", "lives_in", "oslo"), link("eva", "lives_in", "bergen")]
    asked = [named("sister", "alice"), named("lives_in")]
    assert predicate_scores(links, asked, GRAPH) == {"alice sister eva": 1.0, "eva lives_in bergen": 1.0}


def test_nothing_named_scores_nothing() -> None:
    assert predicate_scores([link("alice", "likes", "tea")], [], GRAPH) == {}
    assert predicate_scores([], [named("likes", "alice")], GRAPH) == {}


# Through the public API


def first(memory: Memory, question: str, count: int = 1) -> list[tuple[str, str, str]]:
    return [(fact.subject, fact.predicate, fact.object) for fact in memory.search(question, **U).facts[:count]]


def test_who_manages_whom_depends_on_the_end_that_is_asked_for(memory: Memory) -> None:
    memory.add_fact("Alice", "manages", "Bob", **U)
    memory.add_fact("Bob", "manages", "Carol", **U)
    up, down = ("Bob", "reports_to", "Alice"), ("Carol", "reports_to", "Bob")
    for question in ("Who manages Bob?", "Who is Bob's manager?", "Who is Bob managed by?", "Who does Bob report to?"):
        assert first(memory, question) == [up]
    for question in ("Who does Bob manage?", "Whom is Bob the boss of?", "Who reports to Bob?"):
        assert first(memory, question) == [down]


def test_the_fact_that_is_named_comes_before_all_others_of_the_anchor(memory: Memory) -> None:
    """Whichever words name it, and although the others hold words of the question, or are newer."""
    memory.add_fact("Alice", "lives_in", "Lisbon", **U, occurred_at=day(0))
    for number, (predicate, object) in enumerate([("likes", "city walks"), ("works_for", "Residence Ltd"), ("has_friend", "Bob")], 1):
        memory.add_fact("Alice", predicate, object, **U, occurred_at=day(number))
    memory.add_fact("Bob", "lives_in", "Oslo", **U, occurred_at=day(5))
    for question in ("Where does Alice live?", "In which city does Alice reside?", "Where is Alice's home?"):
        assert first(memory, question) == [("Alice", "lives_in", "Lisbon")]


def test_two_facts_on_the_way_to_the_answer_come_first(memory: Memory) -> None:
    memory.add_fact("Acme", "based_in", "Porto", **U, occurred_at=day(0))
    memory.add_fact("Alice", "works_for", "Acme", **U, occurred_at=day(0))
    memory.add_fact("Beta", "based_in", "Rome", **U, occurred_at=day(0))
    for number, object in enumerate(("tea", "chess", "hiking", "jazz"), 1):
        memory.add_fact("Alice", "likes", object, **U, occurred_at=day(number))
    found = first(memory, "Where is the company based that Alice works for?", 2)
    assert set(found) == {("Alice", "works_for", "Acme"), ("Acme", "based_in", "Porto")}


def test_the_predicate_counts_at_the_two_times(memory: Memory) -> None:
    memory.add_fact("Alice", "lives_in", "Oslo", **U, occurred_at="2026-01-01")
    memory.add_fact("Alice", "lives_in", "Lisbon", **U, occurred_at="2026-03-01")
    memory.add_fact("Alice", "likes", "Oslo", **U, occurred_at="2026-03-01")
    assert first(memory, "Where did Alice live?", 9) == [("Alice", "lives_in", "Lisbon"), ("Alice", "likes", "Oslo")]
    assert first(memory, "Where did Alice live in February 2026?") == [("Alice", "lives_in", "Oslo")]


def test_a_hit_says_that_its_predicate_was_named(memory: Memory) -> None:
    memory.add_fact("Alice", "lives_in", "Lisbon", **U)
    memory.add_fact("Alice", "likes", "tea", **U)
    signals = {fact.predicate: set(fact.signals) for fact in memory.search("Where does Alice live?", **U).facts}
    assert signals["lives_in"] == {"text", "walk", "linked", "predicate"}
    assert "predicate" not in signals["likes"]


def test_in_the_flavour_facts_no_predicate_is_named(tmp_path: Path, clock: ManualClock) -> None:
    with Memory(tmp_path / "facts.db", extractor=ScriptedExtractor({}), clock=clock, flavour="facts") as memory:
        memory.add_fact("Alice", "lives_in", "Lisbon", **U)
        [fact] = memory.search("Where does Alice live?", **U).facts
    assert "predicate" not in fact.signals
