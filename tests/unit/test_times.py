"""`mem0g.read_time`: times in text, for a caller."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

import mem0g
from mem0g import InvalidInput, InvalidTime, Period
from mem0g.period import Precision, read_period

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_each_expression_has_its_words_start_end_and_precision() -> None:
    since, day = mem0g.read_time("Since March 2024 she has lived here; she came on 3 May.", NOW)
    assert (since.words, since.relation, since.precision, since.period) == ("March 2024", "since", Precision.MONTH, read_period("2024-03"))
    assert (day.words, day.at, day.start, day.end) == (
        "3 May", 49, datetime(2026, 5, 3, tzinfo=UTC), datetime(2026, 5, 4, tzinfo=UTC),
    )  # fmt: skip
    assert isinstance(day.period, Period)


def test_the_month_of_a_year_is_of_that_year() -> None:
    [found] = mem0g.read_time("In the month of April 2020, where did she live?", NOW)
    assert (found.words, found.period) == ("the month of April 2020", read_period("2020-04"))


def test_days_are_those_of_the_reference() -> None:
    [yesterday] = mem0g.read_time("yesterday", NOW.astimezone(timezone(timedelta(hours=2))))
    assert (yesterday.start, yesterday.end) == (datetime(2026, 5, 30, 22, tzinfo=UTC), datetime(2026, 5, 31, 22, tzinfo=UTC))


def test_what_names_no_time_is_empty() -> None:
    assert mem0g.read_time("It may rain.", NOW) == []


def test_a_reference_without_an_offset_is_refused() -> None:
    with pytest.raises(InvalidTime, match="reference"):
        mem0g.read_time("yesterday", datetime(2026, 6, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "reference", "message"),
    [
        ("in March", None, "reference=None is no time"),
        ("in March", "2024-01-01", "reference='2024-01-01' is no time"),
        (None, NOW, "text=None is no text"),
        (3, NOW, "text=3 is no text"),
    ],
)
def test_what_is_no_text_and_no_time_is_refused(text: Any, reference: Any, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        mem0g.read_time(text, reference)
