"""Civil time: the calendar stretches that words name, in the offset of the reference, before they become periods in UTC.

Every function may raise ValueError or OverflowError outside the years 1 to 9999; `read_time` then leaves the words out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mem0g.period import Period, Precision, utc


class Unit(StrEnum):
    """The kind of calendar stretch some words name."""

    INSTANT = "instant"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    STRETCH = "stretch"
    """Any other: "the past three days", "mid-August"."""


MONTHS_IN = {
    Unit.MONTH: 1,
    Unit.QUARTER: 3,
    Unit.SEASON: 3,
    Unit.HALF: 6,
    Unit.YEAR: 12,
    Unit.DECADE: 120,
    Unit.CENTURY: 1200,
}
LENGTH_OF = {
    Unit.MINUTE: timedelta(minutes=1),
    Unit.HOUR: timedelta(hours=1),
    Unit.DAY: timedelta(days=1),
    Unit.WEEKEND: timedelta(weeks=1),
    Unit.WEEK: timedelta(weeks=1),
}
PRECISION_OF = {
    Unit.DAY: Precision.DAY,
    Unit.WEEK: Precision.WEEK,
    Unit.MONTH: Precision.MONTH,
    Unit.YEAR: Precision.YEAR,
}


@dataclass(frozen=True, slots=True)
class Span:
    """A closed-open stretch of civil time, and the unit it was named in."""

    start: datetime
    end: datetime
    unit: Unit = Unit.STRETCH

    @property
    def period(self) -> Period:
        """The same stretch in UTC.

        Raises:
            InvalidTime: it is empty, or UTC cannot express it.
        """
        if self.unit is Unit.INSTANT:
            return Period.instant(utc(self.start))
        return Period(utc(self.start), utc(self.end), PRECISION_OF.get(self.unit, Precision.SPAN))


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where words are read from: the civil instant they were said at, and the side of it that a repeating date lies on."""

    now: datetime
    future: bool = False

    @property
    def today(self) -> datetime:
        """The midnight that begins the day of `now`."""
        return midnight(self.now)

    def date(self, year: int, month: int = 1, day: int = 1) -> datetime:
        """The midnight that begins this date, in the same offset."""
        return self.today.replace(year=year, month=month, day=day)


def midnight(at: datetime) -> datetime:
    """The midnight that begins the day of `at`."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def shift(at: datetime, unit: Unit, count: int) -> datetime:
    """`at`, `count` units later; a day the month does not have becomes the month's last."""
    if unit in LENGTH_OF:
        return at + count * LENGTH_OF[unit]
    months = at.year * 12 + at.month - 1 + count * MONTHS_IN[unit]
    first = at.replace(year=months // 12, month=months % 12 + 1, day=1)
    return first.replace(day=min(at.day, _days_in_month(first)))


def unit_of(at: datetime, unit: Unit, count: int = 0) -> Span:
    """The calendar unit that contains `at`, or the one `count` units later; weeks run Monday to Sunday."""
    start = shift(_begin(midnight(at), unit), unit, count)
    end = start + timedelta(days=2) if unit is Unit.WEEKEND else shift(start, unit, 1)
    return Span(start, end, unit)


def day_of(at: datetime) -> Span:
    """The day that contains `at`."""
    return unit_of(at, Unit.DAY)


def weekday_in(week: datetime, weekday: int) -> Span:
    """The day `weekday` (Monday is 0) of the calendar week that contains `week`."""
    return day_of(unit_of(week, Unit.WEEK).start + timedelta(days=weekday))


def instant(at: datetime) -> Span:
    """The instant `at`."""
    return Span(at, at, Unit.INSTANT)


def nearest(candidates: Iterable[Span], anchor: Anchor, *, begun: bool) -> Span:
    """The candidate nearest to the anchor on the side it looks to.

    Args:
        candidates: the repetitions of one name (every May, every Friday), in any order.
        anchor: where to look from; the past holds what has begun by then.
        begun: whether the future holds what has begun and not ended (this May), or only what is yet to begin (next Friday).

    Raises:
        ValueError: none lies there.
    """
    if anchor.future and begun:
        return min((span for span in candidates if span.end > anchor.today), key=_start)
    return coming(candidates, anchor) if anchor.future else max((span for span in candidates if span.start <= anchor.today), key=_start)


def coming(candidates: Iterable[Span], anchor: Anchor) -> Span:
    """The first candidate to begin after today."""
    return min((span for span in candidates if span.start > anchor.today), key=_start)


def passed(candidates: Iterable[Span], anchor: Anchor) -> Span:
    """The last candidate to have ended before today."""
    return max((span for span in candidates if span.end <= anchor.today), key=_start)


def _start(span: Span) -> datetime:
    return span.start


def _days_in_month(first: datetime) -> int:
    if first.month == 12:
        return 31
    return (first.replace(month=first.month + 1) - first).days


def _begin(at: datetime, unit: Unit) -> datetime:
    match unit:
        case Unit.DAY | Unit.HOUR | Unit.MINUTE:
            return at
        case Unit.WEEK:
            return at - timedelta(days=at.weekday())
        case Unit.WEEKEND:
            return at + timedelta(days=5 - at.weekday())
        case Unit.CENTURY | Unit.DECADE:
            years = MONTHS_IN[unit] // 12
            return at.replace(year=at.year // years * years, month=1, day=1)
        case Unit.SEASON:
            return shift(at.replace(day=1), Unit.MONTH, -(at.month % 3))
        case _:
            return at.replace(month=(at.month - 1) // MONTHS_IN[unit] * MONTHS_IN[unit] + 1, day=1)
