"""Dates in words: at the precision they were stated with, on the day they were meant."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from mem0g import Memory
from mem0g.period import Period, Precision, read_period
from mem0g.retrieval.dating import Precisions, in_words

U: dict[str, Any] = {"user_id": "owner"}


def said(memory: Memory, question: str, **others: Any) -> str:
    return memory.answer(question, **U, **others).text


def test_what_was_only_told_in_the_evening_was_told_on_that_day(memory: Memory) -> None:
    memory.add_fact("Ann", "lives_in", "Leeds", **U, occurred_at="2024-05-03T18:30:00Z")
    assert said(memory, "Where does Ann live?") == "Ann has lived in Leeds since 3 May 2024 at the latest."
    memory.add_fact("Cat", "lives_in", "Cork", **U, occurred_at="2024-12-31T18:00:00Z")
    assert said(memory, "Where does Cat live?") == "Cat has lived in Cork since 31 December 2024 at the latest."


def test_an_event_stated_to_the_minute_was_on_its_day_in_utc(memory: Memory) -> None:
    memory.add_fact("Dov", "visited", "Rome", **U, event=True, valid_at="2024-05-03T20:00:00Z", occurred_at="2024-05-04T18:00:00Z")
    assert said(memory, "Did Dov visit Rome on 3 May 2024?") == "Yes: Dov visited Rome on 3 May 2024."
    assert list(memory.answer("When did Dov visit Rome?", **U).dates) == [Period.instant(datetime(2024, 5, 3, 20, tzinfo=UTC))]


def test_what_was_known_in_the_evening_was_known_on_that_day(memory: Memory) -> None:
    memory.add_fact("Ann", "lives_in", "Leeds", **U, valid_at="2024", occurred_at="2024-05-03T18:30:00Z")
    known = said(memory, "Where does Ann live?", known_at="2024-05-03T18:30:00Z")
    assert known == "As known on 3 May 2024: Ann has lived in Leeds since 2024."


def test_a_day_that_was_stated_elsewhere_keeps_its_name() -> None:
    midnight = datetime(2024, 5, 2, 22, tzinfo=UTC)
    day = Precisions({midnight: Precision.DAY})
    assert (day.on(midnight), day.words(midnight)) == ("on 3 May 2024", "3 May 2024")
    west = datetime(2024, 5, 1, tzinfo=timezone(timedelta(hours=-5))).astimezone(UTC)
    assert Precisions({west: Precision.MONTH}).words(west) == "May 2024"


@pytest.mark.parametrize("hour", [0, 9, 12, 18, 23])
def test_an_instant_is_named_by_its_day_in_utc(hour: int) -> None:
    at = datetime(2024, 5, 3, hour, 30, tzinfo=UTC)
    assert in_words(Period.instant(at)) == "3 May 2024"
    assert Precisions({at: Precision.INSTANT}).on(at) == "on 3 May 2024"
    assert Precisions(told=frozenset({at})).on(at) == "by 3 May 2024"


@pytest.fixture
def told(memory: Memory) -> Memory:
    """Ulm since "2024" in all of them, and something else since 1 January 2024."""
    memory.add_fact("Qi", "lives_in", "Rio", **U, valid_at="2024-01-01", holder="Bob", occurred_at="2024-02-01")
    memory.add_fact("Qi", "lives_in", "Ulm", **U, valid_at="2024", occurred_at="2024-03-01")
    wrong = memory.add_fact("Sy", "lives_in", "Rio", **U, valid_at="2024-01-01", occurred_at="2024-02-01")
    memory.add_fact("Sy", "lives_in", "Ulm", **U, valid_at="2024", corrects=wrong.claim_ids[0], occurred_at="2024-03-01")
    memory.add_fact("Ty", "works_for", "Acme", **U, valid_at="2024-01-01", exclusive=False, occurred_at="2024-02-01")
    memory.add_fact("Ty", "works_for", "Beta", **U, valid_at="2024", exclusive=False, occurred_at="2024-02-01")
    memory.add_fact("Wu", "lives_in", "Ulm", **U, valid_at="2020", occurred_at="2020-02-01")
    memory.add_fact("Wu", "lives_in", "Rio", **U, valid_at="2024-01-01", occurred_at="2024-02-01")
    return memory


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Where does Qi live?", "Qi has lived in Ulm since 2024."),
        ("Where does Bob think Qi lives?", "As Bob has it: Qi has lived in Rio since 1 January 2024."),
        ("Where does Sy live?", "Sy has lived in Ulm since 2024."),
        ("When did Ty start at Beta?", "Ty has worked for Beta since 2024."),
        ("When did Ty join Acme?", "Ty has worked for Acme since 1 January 2024."),
        ("Where did Wu live in 2021?", "Wu lived in Ulm from 2020 until 1 January 2024."),
    ],
)
def test_a_date_is_as_fine_as_the_claims_behind_it_state_it(told: Memory, question: str, text: str) -> None:
    assert said(told, question) == text


def test_a_year_that_another_claim_states_to_the_day_is_still_a_year(told: Memory) -> None:
    assert list(told.answer("When did Qi move to Ulm?", **U).dates) == [read_period("2024")]
    assert [date.precision for date in told.answer("When did Qi move to Ulm?", **U).dates] == [Precision.YEAR]
