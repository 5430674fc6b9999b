"""Versions as facts: names for ids, and the support they have at the asked instant."""

from typing import Any

from mem0g import Memory, Value
from mem0g.model import ClaimDraft, Mention, Support
from mem0g.retrieval.presenting import counts
from unit.conftest import Scripted
from unit.samples import day, draft

U: dict[str, Any] = {"user_id": "alice"}


def test_support_counts_from_since_until_until() -> None:
    support = Support("a", day(1), day(2))
    assert [counts(support, day(at)) for at in (0, 1, 1.5, 2)] == [False, True, True, False]
    assert counts(support, None)


def test_support_grows_with_the_known_time_and_opens_no_version(memory: Memory) -> None:
    first = memory.add_fact("Alice", "likes", "tea", **U, occurred_at=day(0)).created[0]
    again = memory.add_fact("Alice", "likes", "tea", **U, occurred_at=day(5)).confirmed[0]
    assert first.id == again.id
    [early] = memory.facts(**U, known_at=day(1))
    [late] = memory.facts(**U)
    assert (len(early.episode_ids), len(late.episode_ids)) == (1, 2)
    assert late.episode_ids[0] == early.episode_ids[0]
    assert (late.created_at, late.expired_at) == (day(0), None)
    assert len(memory.timeline("Alice", **U)) == 1


def test_holders_are_who_says_so_in_the_order_they_said_it(scripted: Scripted) -> None:
    memory = scripted({f"tea {number}": [draft("tea", "likes", confidence=number / 10)] for number in range(4)})
    for number, speaker in enumerate(["Carol", "Bob", "Carol", "Alice"]):
        memory.add([{"content": f"tea {number}", "name": speaker}], **U, occurred_at=day(number))
    [fact] = memory.facts(**U)
    assert fact.holders == ("Carol", "Bob", "Alice")
    assert len(fact.episode_ids) == 4
    assert fact.confidence == 0.3
    [early] = memory.facts(**U, known_at=day(1))
    assert (early.holders, early.confidence) == (("Carol", "Bob"), 0.1)


def test_an_attributed_fact_is_held_by_the_one_it_is_attributed_to(memory: Memory) -> None:
    memory.add_fact("Alice", "lives_in", "Paris", **U, holder="Bob")
    [fact] = memory.facts(**U, holder="Bob")
    assert fact.holders == ("Bob",)


def test_ends_that_nobody_stated_are_none(memory: Memory) -> None:
    memory.add_fact("Alice", "lives_in", "Oslo", **U, occurred_at=day(9), invalid_at=day(5))
    memory.add_fact("Alice", "likes", "tea", **U, occurred_at=day(9))
    oslo, tea = memory.timeline("Alice", **U, predicate="lives_in") + memory.timeline("Alice", **U, predicate="likes")
    assert (oslo.valid_at, oslo.invalid_at, oslo.expired_at) == (None, day(5), None)
    assert (tea.valid_at, tea.invalid_at, tea.created_at) == (day(9), None, day(9))


def test_a_name_is_shown_as_it_was_first_written_with_a_capital(memory: Memory) -> None:
    for number, name in enumerate(["lisbon", "LISBON", "Lisbon"]):
        memory.add_fact("Alice", "likes", name, **U, occurred_at=day(number))
    assert [fact.object for fact in memory.facts(**U)] == ["LISBON"]
    memory.add_fact("Alice", "likes", "Lisbon", **U, occurred_at=day(-1))
    [fact] = memory.facts(**U)
    assert (fact.subject, fact.object) == ("Alice", "Lisbon")


def test_an_alias_finds_an_entity_and_is_not_what_it_is_shown_by(scripted: Scripted) -> None:
    robert = Mention("Robert Smith", "person", ("Bob", "BOB"))
    memory = scripted({"aka": [ClaimDraft(robert, "likes", Value("tea"), "Robert Smith likes tea.")]})
    memory.add("aka", **U, occurred_at=day(0))
    for name in ("bob", "robert smith"):
        assert [fact.subject for fact in memory.facts(**U, subject=name)] == ["Robert Smith"]
    assert memory.search("What does Bob like?", **U).facts[0].subject == "Robert Smith"
    memory.add_fact("Bob", "likes", "coffee", **U, occurred_at=day(1))
    assert {(fact.subject, fact.object) for fact in memory.facts(**U, subject="Robert Smith")} == {
        ("Robert Smith", "tea"),
        ("Robert Smith", "coffee"),
    }


def test_a_literal_is_its_text_and_has_no_entity(memory: Memory) -> None:
    memory.add_fact("Alice", "weighs", Value("82 kg", "amount"), **U)
    [fact] = memory.facts(**U)
    assert (fact.object, fact.object_id) == ("82 kg", None)
    assert fact.subject_id


def test_a_merged_entity_goes_by_the_name_of_the_one_that_stands(scripted: Scripted) -> None:
    memory = scripted({"Hello.": [draft("tea", "likes", subject="ALICE")]})
    memory.add_fact("Alice", "likes", "milk", **U, occurred_at=day(0))
    memory.add([{"content": "Hello.", "name": "alice"}], **U, occurred_at=day(1))
    facts = memory.facts(**U)
    assert {fact.object for fact in facts} == {"tea", "milk"}
    assert len({fact.subject_id for fact in facts}) == len({fact.subject for fact in facts}) == 1
    assert len(memory.facts(**U, subject="Alice")) == 2


# As a network


def test_facts_are_edges_between_names_keyed_by_their_ids(memory: Memory) -> None:
    memory.add_fact("Alice", "lives_in", "Lisbon", **U, occurred_at=day(0))
    memory.add_fact("Alice", "weighs", 82, **U, occurred_at=day(0))
    network = memory.graph(**U)
    [fact] = memory.facts(**U, predicate="lives_in")
    assert set(network) == {"Alice", "Lisbon", "82"}
    assert network.nodes["Lisbon"] == {"kind": "entity", "id": fact.object_id}
    assert network.nodes["82"] == {"kind": "value"}
    assert network.edges["Alice", "Lisbon", fact.id] == {
        "predicate": "lives_in", "text": "Alice lives in Lisbon.", "event": False,
        "valid_at": day(0), "invalid_at": None, "created_at": day(0), "expired_at": None,
    }  # fmt: skip


def test_a_network_is_of_the_two_times(memory: Memory) -> None:
    memory.add_fact("Alice", "lives_in", "Oslo", **U, occurred_at=day(0))
    memory.add_fact("Alice", "lives_in", "Lisbon", **U, occurred_at=day(5))
    assert set(memory.graph(**U)) == {"Alice", "Lisbon"}
    assert set(memory.graph(**U, as_of=day(1))) == {"Alice", "Oslo"}
    assert set(memory.graph(**U, known_at=day(1))) == {"Alice", "Oslo"}
    assert set(memory.graph(user_id="bob")) == set()


def test_a_literal_that_has_the_name_of_an_entity_is_another_node(memory: Memory) -> None:
    memory.add_fact("Alice", "age", 42, **U)
    memory.add_fact("Alice", "likes", "42", **U)
    network = memory.graph(**U)
    assert {node: network.nodes[node]["kind"] for node in network} == {"Alice": "entity", "42": "entity", "42 (value)": "value"}


def test_two_of_one_name_are_told_apart_by_their_types(scripted: Scripted) -> None:
    both = [
        ClaimDraft(Mention("Alice"), "has", Mention("Pixel", "phone"), "Alice has a Pixel."),
        ClaimDraft(Mention("Alice"), "has", Mention("Pixel", "animal"), "Alice has a pet."),
    ]
    memory = scripted({"both": both})
    memory.add("both", **U)
    assert set(memory.graph(**U)) == {"Alice", "Pixel (phone)", "Pixel (animal)"}
