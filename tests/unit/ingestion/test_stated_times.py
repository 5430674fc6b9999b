"""When a claim that a model read is valid: its dates against their words. It is Thursday, 5 March 2026, 10:00."""

from datetime import UTC, datetime
from typing import Any

import pytest

from mem0g.ingestion.quoting import find
from mem0g.ingestion.stated_times import EMPTY, OVERRULED, UNREADABLE, Told, stated
from mem0g.model import Kind
from mem0g.period import show

SAID = datetime(2026, 3, 5, 10, tzinfo=UTC)
NOW = "2026-03-05 10:00Z"
EVENT: dict[str, Any] = {"kind": Kind.EVENT}
OVER: dict[str, Any] = {"ended": True}


def read(text: str, quote: str = "", **told: Any) -> tuple[str, str] | None:
    """The two ends as shown; None where no time is stated."""
    valid = stated(Told(**told), text, find(quote or text, text), SAID).valid
    return valid and (show(valid.start), show(valid.end))


@pytest.mark.parametrize(
    ("text", "told", "ends"),
    [
        ("I moved to Porto last week.", {"words": "last week", "first": "2026-02-23"}, ("2026-02-23", "–")),
        ("I moved to Porto last week.", {"words": "last week"}, ("2026-02-23", "–")),
        ("I've worked there since 2019.", {"words": "since 2019", "first": "2019"}, ("2019-01-01", "–")),
        ("I've lived here for 4 years.", {"words": "for 4 years", "first": "2022-03"}, ("2022-01-01", "–")),
        ("I'm in Rome until June.", {"words": "until June", "last": "2026-06"}, ("–", "2026-07-01")),
        ("I'm in Rome this week.", {"words": "this week", "first": "2026-03-02", "last": "2026-03-08"}, ("2026-03-02", "2026-03-09")),
        ("I'll stay this week.", {"words": "this week", "last": "2026-03-08"}, ("–", "2026-03-09")),
        ("From 1 September I live in Oslo.", {"words": "From 1 September", "first": "2026-09-01"}, ("2026-09-01", "–")),
        ("Rome from 2010 to 2015.", {"words": "from 2010 to 2015", "first": "2010", "last": "2015", **OVER}, ("2010-01-01", "2016-01-01")),
        ("I lived in Rome in 2019.", {"words": "in 2019", "first": "2019", **OVER}, ("2019-01-01", "2020-01-01")),
        ("I lived in Rome since 2019.", {"words": "since 2019", "first": "2019", **OVER}, ("2019-01-01", NOW)),
        ("I used to live in Rome.", OVER, ("–", NOW)),
        ("I was a nurse this year.", {"words": "this year", **OVER}, ("2026-01-01", NOW)),
        ("I saw Paris on 3 May 2025.", {"words": "on 3 May 2025", "first": "2025-05-03", **EVENT}, ("2025-05-03", "2025-05-04")),
        ("I saw Paris yesterday.", {"words": "yesterday", **EVENT}, ("2026-03-04", "2026-03-05")),
        ("I saw Paris.", EVENT, None),
        ("I live in Rome.", {}, None),
        ("I live in Rome.", {"first": "null", "last": ""}, None),
    ],
)  # fmt: skip
def test_words_say_when_it_is_valid(text: str, told: dict[str, Any], ends: tuple[str, str] | None) -> None:
    assert read(text, **told) == ends


@pytest.mark.parametrize(
    ("told", "ends"),
    [
        ({"first": "2025-03"}, ("2025-03-01", "–")),
        ({"last": "2025-03"}, ("–", "2025-04-01")),
        ({"first": "2025-03", "last": "2025-03"}, ("2025-03-01", "2025-04-01")),
        ({"first": "2025-03", **EVENT}, ("2025-03-01", "2025-04-01")),
        ({"last": "2025-03", **EVENT}, ("2025-03-01", "2025-04-01")),
        ({"first": "2026-03-05T10:00:00"}, ("2026-03-05", "–")),
        ({"first": "2026-03-05T10:00:00Z"}, ("2026-03-05 10:00Z", "–")),
        ({"first": "2025-06", "words": "letzten Sommer"}, ("2025-06-01", "–")),
        ({"first": "2025-06", "words": "in the summer"}, ("2025-06-01", "–")),
    ],
)
def test_where_no_words_can_be_read_the_dates_hold(told: dict[str, Any], ends: tuple[str, str]) -> None:
    assert read("Seit letzten Sommer wohne ich in Rom.", **told) == ends


def test_words_go_before_the_date_a_model_makes_of_them() -> None:
    when = stated(Told("2026-03-06", words="on Friday"), "I quit on Friday.", None, SAID)
    assert when.valid
    assert (show(when.valid.start), when.refused) == ("2026-02-27", (OVERRULED,))


@pytest.mark.parametrize("told", [{"first": "2019", "last": "2019"}, {"first": "2019"}, {}])
def test_dates_that_agree_with_their_words_are_not_overruled(told: dict[str, str]) -> None:
    assert stated(Told(**told, words="in 2019", ended=True), "I lived in Rome in 2019.", None, SAID).refused == ()


def test_the_words_are_read_in_the_sentence_of_the_quote() -> None:
    text = "On Monday I met Bob. I start at Acme on Monday."
    assert read(text, "I start at Acme", words="on Monday") == ("2026-03-09", "–")
    assert read(text, "I met Bob", words="On Monday", **EVENT) == ("2026-03-02", "2026-03-03")


def test_before_and_after_leave_the_dates_as_they_are() -> None:
    assert read("I left before 2020.", words="before 2020", last="2019") == ("–", "2020-01-01")


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"first": "soon"}, UNREADABLE),
        ({"first": "2026-02-30"}, UNREADABLE),
        ({"first": "99999"}, UNREADABLE),
        ({"first": "2026-05", "last": "2026-01"}, EMPTY),
        ({"first": "2027", **OVER}, EMPTY),
    ],
)
def test_a_time_that_makes_no_interval_is_dropped(told: dict[str, Any], why: str) -> None:
    when = stated(Told(**told), "I live in Rome.", None, SAID)
    assert (when.valid, when.refused) == (None, (why,))


def test_the_finest_of_several_times_holds() -> None:
    text = "Last year, on 3 May 2025, I moved to Rome."
    assert read(text, words="Last year, on 3 May 2025", first="2025-05-03") == ("2025-05-03", "–")


def test_precision_is_that_of_the_words() -> None:
    when = stated(Told("2026-02-23", words="last week"), "I moved last week.", None, SAID)
    assert when.valid
    assert when.valid.precision == "week"
