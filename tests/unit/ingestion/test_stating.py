"""A fact as a caller states it."""

import json
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from mem0g.errors import InvalidInput, InvalidTime
from mem0g.ingestion.stating import ObjectLike, parameters, sentence, state
from mem0g.model import Kind, Mention, Value
from mem0g.period import BEGINNING, FOREVER, Period, Precision, read_period
from unit.samples import day


@pytest.mark.parametrize(
    ("given", "object"),
    [
        ("Lisbon", Mention("Lisbon")),
        ("  Lisbon ", Mention("Lisbon")),
        ("82", Mention("82")),
        (82, Value("82", "number")),
        (82.5, Value("82.5", "number")),
        (Decimal("82.50"), Value("82.50", "number")),
        (True, Value("true", "boolean")),
        (date(2026, 3, 5), Value("2026-03-05", "date")),
        (Value(" 82 kg ", "amount"), Value("82 kg", "amount")),
    ],
)
def test_text_names_an_entity_and_all_else_is_a_literal(given: ObjectLike, object: Mention | Value) -> None:
    assert state("Alice", "weighs", given).object == object


@pytest.mark.parametrize("given", ["", "  ", "x" * 1_001, "nul\x00", "\ud800", ["Lisbon"], b"Lisbon", {"name": "Lisbon"}, Value("")])
def test_an_object_that_is_no_name_is_refused(given: Any) -> None:
    with pytest.raises(InvalidInput, match="object"):
        state("Alice", "lives_in", given)


def test_only_a_denial_may_leave_its_object_open() -> None:
    with pytest.raises(InvalidInput, match="negated=True"):
        state("Alice", "eats", None)
    assert state("Alice", "eats", None, negated=True).object is None


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("subject", " "),
        ("subject", "a\x00"),
        ("predicate", "->"),
        ("predicate", "\x00"),
        ("holder", ""),
        ("text", "\ud800"),
        ("text", "x" * 1_000_001),
        ("text", "  "),
    ],
)
def test_a_name_or_text_that_no_store_keeps_is_refused_by_name(argument: str, value: str) -> None:
    arguments: dict[str, Any] = {"subject": "Alice", "predicate": "likes", "object": "tea"} | {argument: value}
    with pytest.raises(InvalidInput, match=f"{argument}="):
        state(**arguments)


def test_a_period_given_as_an_end_means_its_start() -> None:
    draft = state("Alice", "lives_in", "Lisbon", valid_at="2026-02", invalid_at="2026-04")
    assert draft.valid == Period(read_period("2026-02").start, read_period("2026-04").start)
    assert draft.valid.precision is Precision.MONTH


def test_an_end_that_is_not_stated_stays_open() -> None:
    assert state("Alice", "lives_in", "Lisbon").valid is None
    assert state("Alice", "lives_in", "Lisbon", valid_at="2026").valid == Period(day(0), FOREVER)
    assert state("Alice", "lives_in", "Lisbon", invalid_at="2026").valid == Period(BEGINNING, day(0))


def test_an_event_fills_the_period_it_is_said_to_have_happened_in() -> None:
    assert state("Alice", "visited", "Paris", valid_at="2026-01-03", event=True).valid == Period(day(2), day(3))
    assert state("Alice", "visited", "Paris", valid_at="2026-01-03", event=True).kind is Kind.EVENT
    assert state("Alice", "visited", "Paris", valid_at="2026-01", invalid_at="2026-01-03", event=True).valid == Period(day(0), day(2))
    assert state("Alice", "visited", "Paris", event=True).valid is None


@pytest.mark.parametrize(("valid_at", "invalid_at"), [("2026-03", "2026-02"), ("2026-03", "2026-03"), ("2026-03-05", "2026")])
@pytest.mark.parametrize("event", [False, True])
def test_what_ends_before_it_begins_is_refused_with_both_ends(valid_at: str, invalid_at: str, event: bool) -> None:
    with pytest.raises(InvalidTime, match=r"invalid_at=2026-.*valid_at=2026-03"):
        state("Alice", "lives_in", "Lisbon", valid_at=valid_at, invalid_at=invalid_at, event=event)


@pytest.mark.parametrize("argument", ["valid_at", "invalid_at"])
def test_a_naive_time_is_refused_by_name(argument: str) -> None:
    times: dict[str, Any] = {argument: datetime(2026, 3, 5)}  # noqa: DTZ001 - the point
    with pytest.raises(InvalidTime, match=f"{argument}=.* no UTC offset"):
        state("Alice", "lives_in", "Lisbon", **times)


def test_the_predicate_is_kept_in_snake_case() -> None:
    assert state("Alice", "Works for", "Acme").predicate == "works_for"


def test_a_fact_without_a_sentence_gets_one() -> None:
    assert state("Alice", "lives_in", "Lisbon").text == "Alice lives in Lisbon."
    assert state("Alice", "lives_in", "Lisbon", negated=True).text == "Not so: Alice lives in Lisbon."
    assert state("Alice", "eats", None, negated=True).text == "Not so: Alice eats."
    assert state("Alice", "lives_in", "Lisbon", text="She lives there.").text == "She lives there."
    assert sentence("Alice", "weighs", Value("82 kg", "amount")) == "Alice weighs 82 kg."


DIFFERENT: list[dict[str, Any]] = [
    {"subject": "Bob"},
    {"predicate": "works_in"},
    {"object": "Porto"},
    {"object": Value("Lisbon")},
    {"object": Value("Lisbon", "name")},
    {"holder": "Bob"},
    {"negated": True},
    {"event": True},
    {"valid_at": "2026"},
    {"valid_at": "2026-01-01"},
    {"invalid_at": "2026"},
    {"exclusive": True},
    {"exclusive": False},
    {"corrects": ("a",)},
]


def test_what_is_stated_differently_is_not_the_same_fact() -> None:
    base: dict[str, Any] = {"subject": "Alice", "predicate": "lives_in", "object": "Lisbon"}
    stated = [json.dumps(parameters(state(**(base | each))), sort_keys=True) for each in ({}, *DIFFERENT)]
    assert len(set(stated)) == len(stated)


def test_the_same_time_in_another_offset_is_the_same_fact() -> None:
    ahead = day(0).astimezone(timezone(timedelta(hours=9)))
    assert parameters(state("A", "b", "c", valid_at=ahead)) == parameters(state("A", "b", "c", valid_at=day(0)))


@pytest.mark.parametrize("argument", ["negated", "event", "exclusive"])
@pytest.mark.parametrize("value", ["no", 1, 0, ""])
def test_a_flag_is_true_or_false(argument: str, value: Any) -> None:
    flags: dict[str, Any] = {argument: value}
    with pytest.raises(InvalidInput, match=f"{argument}={value!r}.*True or False"):
        state("Alice", "likes", "tea", **flags)


@pytest.mark.parametrize("flag", ["negated", "event"])
def test_only_exclusive_may_be_left_to_the_table(flag: str) -> None:
    flags: dict[str, Any] = {flag: None}
    with pytest.raises(InvalidInput, match=f"{flag}=None"):
        state("Alice", "likes", "tea", **flags)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf"), Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity")])
def test_a_number_that_is_not_finite_is_refused(number: float | Decimal) -> None:
    with pytest.raises(InvalidInput, match=f"object={number} "):
        state("Alice", "weighs", number)


def test_a_number_too_long_to_write_is_refused() -> None:
    with pytest.raises(InvalidInput, match="object=<int> has too many digits"):
        state("Alice", "counts", 10**5_000)


def test_a_long_predicate_is_refused_before_it_is_read() -> None:
    with pytest.raises(InvalidInput, match=r"predicate='x{40}'… has 1,048,576 characters; at most 1,000 "):
        state("Alice", "x" * 2**20, "tea")
