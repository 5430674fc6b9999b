"""Explicit calendar dates, read by dateparser: it knows the orders, separators and short years of written dates.

The form that found the words has already decided that they are a date, so dateparser gets nothing but the date, asks nothing of the
system's clock or zone, and must find all three parts. It is imported on the first date that is
not ISO 8601: the import takes most of a second.
"""

from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache
from typing import Any

_SETTINGS: dict[str, Any] = {
    "RELATIVE_BASE": datetime(2000, 1, 1),  # noqa: DTZ001 - dateparser compares it with naive dates of its own
    "TIMEZONE": "UTC",
    "TO_TIMEZONE": "UTC",
    "RETURN_AS_TIMEZONE_AWARE": False,
    "REQUIRE_PARTS": ["day", "month", "year"],
    "PARSERS": ["absolute-time"],
    "PREFER_DATES_FROM": "current_period",
}


@lru_cache(maxsize=4096)
def calendar_date(words: str, order: str = "MDY") -> date | None:
    """The date that `words` write in full; None where the calendar has none such.

    Args:
        words: a whole date: "15 June 2016", "02/22/2016", "2019-sep-1".
        order: what an ambiguous one means: month first, the English default of dateparser, or "DMY".
    """
    with suppress(ValueError):
        return date.fromisoformat(words)
    import dateparser  # noqa: PLC0415 - slow to import, and most texts have no explicit date

    found = dateparser.parse(words, languages=["en"], settings=_SETTINGS | {"DATE_ORDER": order})
    return found.date() if found else None
