"""The values mem0g is made of: their ids, names, and what no store may be asked to keep."""

import unicodedata
from dataclasses import FrozenInstanceError, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mem0g.errors import InvalidInput, MissingGraph
from mem0g.model import (
    Claim,
    Entity,
    Episode,
    Fact,
    Judgement,
    Kind,
    Operation,
    Scope,
    Value,
    Version,
    Wording,
    checked_json,
    checked_name,
    checked_text,
    identifier,
    normalise,
    object_key,
    predicate_name,
)
from mem0g.period import BEGINNING, FOREVER, Period

from .samples import ALICE, GRAPH, LISBON, PORTO, claim, day

HOSTILE = [
    "]->() DETACH DELETE n //",
    "'; DROP TABLE claims; --",
    "lives_in`: {x: 1}",
    "RELATES_TO|HATES",
    "a.b.c",
    "c++",
    "is 100%",
    "né à",
    "住んでいる",
    "🏠 home",
    "__init__",
    "1st",
    "MATCH (n)",
    '"quoted"',
]


def version(**others: object) -> Version:
    base = Version(GRAPH, None, ALICE, "lives_in", LISBON, Kind.STATE, Period(day(0), FOREVER), Period(day(0), FOREVER), "text", ())
    return replace(base, **others)  # type: ignore[arg-type]  # fields by name


# Ids: they are in users' ledgers, so that they stay is a promise


def test_ids_are_what_they_have_always_been() -> None:
    entity = Entity.named(GRAPH, "Alice", day(0), "person")
    assert identifier("episode", "user:alice", "é", 1, None) == "cf723e48-d550-5a90-8587-e4db6665bd0e"
    assert entity.id == "0de7df57-4b01-5449-99ab-0d04b2fefbe5"
    assert Claim.id_of(GRAPH, "e", 0) == "db102781-23eb-5f51-8312-89603812cb44"
    assert version().id == "73c4fb63-a942-5c91-a18f-176c51490b53"
    judgement = Judgement.between(claim("b", PORTO), claim("a", LISBON), Operation.UPDATE, "", day(0))
    assert judgement.id == "c7ba0c2e-7a53-596b-b3ed-f6c4e24b1781"


def test_no_two_lists_of_parts_have_one_id() -> None:
    lists = [("a", "b"), ("a,b",), ("ab",), ("", "ab"), ("a", None), ("a", "null"), ("a", 1), ("a", "1"), ("a", ["b"]), ("a",)]
    assert len({identifier(*parts) for parts in lists}) == len(lists)


def test_an_entity_is_its_name_as_names_are_compared_its_type_and_what_tells_it_apart() -> None:
    alice = Entity.named(GRAPH, "Alice", day(0))
    assert Entity.named(GRAPH, "  ALICE ", day(9)).id == alice.id
    others = [
        Entity.named("user:bob", "Alice", day(0)),
        Entity.named(GRAPH, "Alice", day(0), "person"),
        Entity.named(GRAPH, "Alice", day(0), "", "the elder"),
        Entity.named(GRAPH, "Alicia", day(0)),
    ]
    assert len({alice.id, *(other.id for other in others)}) == 5


def test_a_version_is_told_apart_by_all_but_its_text_its_support_and_when_it_ends() -> None:
    alike = [version(), version(text="other"), version(known=Period(day(0), day(5)))]
    assert len({each.id for each in alike}) == 1
    others = [
        version(graph="user:bob"),
        version(holder=ALICE),
        version(subject=PORTO),
        version(predicate="likes"),
        version(object=PORTO),
        version(object=Value("lisbon")),
        version(kind=Kind.EVENT),
        version(valid=Period(day(1), FOREVER)),
        version(valid=Period(day(0), day(1))),
        version(known=Period(day(1), FOREVER)),
    ]
    assert len({each.id for each in (version(), *others)}) == 11


def test_a_pair_of_claims_is_judged_once_whatever_the_outcome() -> None:
    later, earlier = claim("b", PORTO), claim("a", LISBON)
    judged = {Judgement.between(later, earlier, operation, f"{operation}", day(1)).id for operation in Operation}
    assert len(judged) == 1
    assert Judgement.between(earlier, later, Operation.UPDATE, "", day(1)).id not in judged


def test_claims_are_ordered_by_when_they_were_said_then_by_place_then_by_id() -> None:
    ordered = [
        claim("z", LISBON, 0, index=9),
        claim("b", LISBON, 1, index=0),
        claim("a", LISBON, 1, index=1),
        claim("c", LISBON, 1, index=1),
    ]
    assert sorted([*ordered[2:], *ordered[:2]], key=lambda each: each.order) == ordered


# Names


@pytest.mark.parametrize(
    ("name", "normalised"),
    [
        ("  Alice   O'Neil\t", "alice o'neil"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("ﬁancé", "fiancé"),
        ("\uff46\uff55\uff4c\uff4c\u3000\uff57\uff49\uff44\uff54\uff48", "full width"),
        ("e\u0301te\u0301", "été"),
        ("Lisbon\u00a0Airport", "lisbon airport"),
        ("Pixel 9", "pixel 9"),
        ("Pixel", "pixel"),
        ("😀", "😀"),
    ],
)
def test_names_are_compared_composed_case_folded_and_with_single_spaces(name: str, normalised: str) -> None:
    assert normalise(name) == normalised


@given(st.text(max_size=40))
def test_what_is_normalised_stays_as_it_is_when_composed_alike(name: str) -> None:
    assert normalise(f" {name}\n") == normalise(name)
    assert normalise(unicodedata.normalize("NFC", name)) == normalise(unicodedata.normalize("NFD", name))


@pytest.mark.parametrize(
    ("predicate", "name"),
    [
        ("lives_in", "lives_in"),
        ("Lives in", "lives_in"),
        ("lives-in", "lives_in"),
        ("  LIVES   IN  ", "lives_in"),
        ("__lives__in__", "lives_in"),
        ("works for / with", "works_for_with"),
        ("]->() DETACH DELETE n //", "detach_delete_n"),
        ("'; DROP TABLE claims; --", "drop_table_claims"),
        ("né à", "né_à"),
        ("住んでいる", "住んでいる"),
        ("🏠 home", "home"),
        ("c++", "c"),
        ("1st", "1st"),
    ],
)
def test_a_predicate_is_snake_case_whatever_it_was_written_as(predicate: str, name: str) -> None:
    assert predicate_name(predicate) == name


@given(st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), max_size=30)))
def test_a_predicate_holds_only_letters_digits_and_single_underscores(predicate: str) -> None:
    try:
        name = predicate_name(predicate)
    except InvalidInput:
        assert not any(sign.isalnum() for sign in normalise(predicate).replace("_", ""))
        return
    assert all(part and all(sign.isalnum() or unicodedata.category(sign)[0] in "MN" for sign in part) for part in name.split("_"))
    assert predicate_name(name) == name


@pytest.mark.parametrize("predicate", ["", " ", "___", "->", "😀", "!!!", "-–—"])
def test_a_predicate_without_a_letter_or_digit_is_refused(predicate: str) -> None:
    with pytest.raises(InvalidInput, match="no letter or digit"):
        predicate_name(predicate)


def test_values_are_one_where_type_and_normalised_text_agree() -> None:
    assert object_key(Value("82 KG", "amount")) == object_key(Value("82  kg", "amount"))
    keys = [object_key(each) for each in (None, LISBON, Value("lisbon"), Value("lisbon", "name"), Value("lisbon ", "number"), Value(""))]
    assert len(set(keys)) == 6


# What no store may be asked to keep


@pytest.mark.parametrize(
    ("text", "named"),
    [("a\x00b", "U+0000 at 1"), ("\ud800", "U+D800 at 0"), ("ok \udfff", "U+DFFF at 3"), ("x" * 1_000_001, "1,000,001 characters")],
)
def test_text_that_not_every_store_keeps_is_refused_by_name(text: str, named: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_text(text, "content")
    assert named in str(refused.value)
    assert str(refused.value).startswith("content=")
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize("text", ["", "x" * 1_000_000, "😀 \u2028 \x85 \r\n\t \x01 \uffff", "\U0010ffff"])
def test_all_other_text_is_kept_as_it_is(text: str) -> None:
    assert checked_text(text, "content") is text


@pytest.mark.parametrize("text", [None, 5, b"bytes", ["text"]])
def test_what_is_no_text_is_refused(text: object) -> None:
    with pytest.raises(InvalidInput, match="must be text"):
        checked_text(text, "content")  # type: ignore[arg-type]  # what a caller without a type checker may do


@pytest.mark.parametrize("name", ["", "   ", "\n\t", "x" * 1_001, "x" * 1_000_000, "nul\x00", "\udc80", None])
def test_a_name_is_short_text_that_is_not_empty(name: str) -> None:
    with pytest.raises(InvalidInput, match="subject="):
        checked_name(name, "subject")


def test_a_name_is_kept_without_outer_white_space() -> None:
    assert checked_name("  Alice O'Neil\n", "subject") == "Alice O'Neil"
    assert checked_name("x" * 1_000, "subject") == "x" * 1_000


@pytest.mark.parametrize("value", [{"a": "\x00"}, {"\x00": 1}, {"a": [{"b": ["\ud800"]}]}, ["ok", {"\udfff": None}]])
def test_no_text_anywhere_in_a_json_value_may_be_one_that_no_store_keeps(value: object) -> None:
    with pytest.raises(InvalidInput, match="metadata="):
        checked_json(value, "metadata")


# Scopes


@pytest.mark.parametrize(
    ("ids", "graph", "owner", "labels"),
    [
        ({"user_id": "alice"}, "user:alice", "alice", {}),
        ({"agent_id": "planner"}, "agent:planner", "planner", {}),
        ({"run_id": "7"}, "run:7", "7", {}),
        ({"user_id": "alice", "agent_id": "planner", "run_id": "7"}, "user:alice", "alice", {"agent_id": "planner", "run_id": "7"}),
        ({"agent_id": "planner", "run_id": "7"}, "agent:planner", "planner", {"run_id": "7"}),
        ({"user_id": " alice "}, "user:alice", "alice", {}),
        ({"user_id": "a:b:c"}, "user:a:b:c", "a:b:c", {}),
        ({"user_id": "*"}, "user:*", "*", {}),
        ({"user_id": "agent:planner"}, "user:agent:planner", "agent:planner", {}),
    ],
)
def test_the_first_id_given_names_the_graph_and_the_others_are_labels(
    ids: dict[str, str], graph: str, owner: str, labels: dict[str, str]
) -> None:
    scope = Scope.of(**ids)
    assert (scope.graph, scope.owner, scope.labels) == (graph, owner, labels)


def test_there_is_no_graph_without_an_id() -> None:
    with pytest.raises(MissingGraph, match="user_id, agent_id, run_id"):
        Scope.of()


@pytest.mark.parametrize(
    "ids", [{"user_id": ""}, {"user_id": " "}, {"user_id": "alice", "run_id": ""}, {"agent_id": "\x00"}, {"user_id": 5}]
)
def test_an_id_that_is_no_name_is_refused_and_never_passed_over(ids: dict[str, str]) -> None:
    with pytest.raises(InvalidInput) as refused:
        Scope.of(**ids)
    assert not isinstance(refused.value, MissingGraph)


# Records


def test_records_and_facts_are_frozen() -> None:
    fact = Fact("i", "s", "p", "o", "t", None, None, day(0), None, (), (), 1.0, False, ALICE, None)
    for frozen in (claim("a", LISBON), version(), fact):
        with pytest.raises(FrozenInstanceError):
            frozen.predicate = "other"  # type: ignore[misc]  # the point


def test_an_open_end_of_a_fact_is_all_time() -> None:
    fact = Fact("i", "s", "p", "o", "t", None, None, day(0), None, (), (), 1.0, False, ALICE, None)
    assert fact.valid == Period(BEGINNING, FOREVER)
    assert replace(fact, valid_at=day(1), invalid_at=day(2)).valid == Period(day(1), day(2))


def test_a_version_is_believed_while_its_knowledge_is_open() -> None:
    assert version().is_believed
    assert not version(known=Period(day(0), day(1))).is_believed


def test_an_episode_says_the_same_as_another_of_its_words_speaker_role_and_time() -> None:
    one = Episode("e", GRAPH, "hello", day(0), day(1), "Alice", metadata={"a": 1}, run_id="1")
    assert one.same_as(replace(one, id="f", recorded_at=day(2), metadata={}, run_id="2"))
    different = [
        {"content": "hello "},
        {"speaker": "Bob"},
        {"role": "assistant"},
        {"payload": "{}"},
        {"occurred_at": day(0) + timedelta(0, 0, 1)},
    ]
    assert not any(one.same_as(replace(one, **each)) for each in different)  # type: ignore[arg-type]  # fields by name


def test_how_a_predicate_is_said_is_decided_once_for_each_graph() -> None:
    one = Wording.of(GRAPH, "manages", "reports_to", "the other way round", day(0), inverse=True)
    assert one.id == Wording.of(GRAPH, "manages", "leads", "a synonym", day(1), "llm:m:predicates-1").id
    assert one.id not in {
        Wording.of("user:bob", "manages", "reports_to", "", day(0)).id,
        Wording.of(GRAPH, "leads", "manages", "", day(0)).id,
    }
