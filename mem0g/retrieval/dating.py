"""Dates of facts in words, at the precision they were stated with: "in March 2024", "in the week of 5–11 June 2023". Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from mem0g.model import Claim
from mem0g.period import BEGINNING, FOREVER, TICK, Period, Precision, read_period

_HALF_A_DAY = timedelta(hours=12)
_DAY = timedelta(days=1)
_SHORTEST_DAY = timedelta(hours=23)
"""Of the civil days: the one on which the clocks go forward."""
_MONTH = 30.44
_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Precisions:
    """How finely the times of a fact were stated.

    Attributes:
        stated: by instant: of those that a claim states as a start or an end.
        told: the instants at which something was said, and no time of it was.
    """

    stated: Mapping[datetime, Precision] = field(default_factory=dict)
    told: frozenset[datetime] = frozenset()

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> "Precisions":
        """What these claims say: those behind a fact, then those that bound it. Of two that state one instant the first counts."""
        stated: dict[datetime, Precision] = {}
        told: set[datetime] = set()
        for claim in claims:
            for at in (claim.valid_from, claim.valid_to):
                if at is not None:
                    stated.setdefault(at, claim.precision or Precision.INSTANT)
            if claim.valid_from is None:
                told.add(claim.said_at)
        return cls(stated, frozenset(told - stated.keys()))

    def period(self, at: datetime) -> Period:
        """The day, week, month or year that an instant was stated as.

        Where it was stated as an instant, or is only when something was told, that instant, to be named by its day. The day, where a
        claim states its two ends unlike finely.
        """
        precision = self.stated.get(at, Precision.INSTANT)
        if precision is Precision.INSTANT:
            return Period(at, at + TICK, Precision.DAY)
        day = civil_day(at)
        match precision:
            case Precision.YEAR if (day.month, day.day) == (1, 1):
                return _from(at, read_period(f"{day.year:04}"))
            case Precision.MONTH if day.day == 1:
                return _from(at, read_period(f"{day.year:04}-{day.month:02}"))
            case Precision.WEEK:
                return Period(at, at + 7 * _DAY, precision)
            case Precision.SPAN:
                return Period(at, at + _DAY, precision)
            case _:
                return Period(at, at + _DAY, Precision.DAY)

    def on(self, at: datetime) -> str:
        """When something began or ended: "on 5 March 2024", "in March 2024", "by 5 March 2024" where that is only when it was told."""
        if at in self.told:
            return f"by {_day(at.date())}"
        return f"{_PREPOSITIONS[self.period(at).precision]} {self.words(at)}"

    def words(self, at: datetime) -> str:
        """The date without a preposition: "5 March 2024", "the week of 5–11 June 2023"."""
        return in_words(self.period(at))


_PREPOSITIONS = {
    Precision.INSTANT: "on",
    Precision.DAY: "on",
    Precision.WEEK: "in",
    Precision.MONTH: "in",
    Precision.YEAR: "in",
    Precision.SPAN: "about",
}


def civil_day(at: datetime) -> date:
    """The day that begins at an instant in UTC, in the offset that makes it midnight; of a time stated to the day or coarser alone."""
    return (at + _HALF_A_DAY).date() if (at.hour, at.minute) >= (12, 0) and _is_local_midnight(at) else at.date()


def _is_local_midnight(at: datetime) -> bool:
    return at.minute % 15 == 0 and at.second == at.microsecond == 0 and at.hour >= 12


def _from(at: datetime, calendar: Period) -> Period:
    """A month or a year of the calendar, of the offset in which it begins at this instant."""
    return Period(at, calendar.end + (at - calendar.start), calendar.precision)


def in_words(period: Period) -> str:
    """A stretch of time as a person writes it; what is shorter than a day by the day in UTC that it begins in."""
    if period.end - period.start < _SHORTEST_DAY:
        return _day(period.start.date())
    first = civil_day(period.start)
    match period.precision:
        case Precision.YEAR:
            return f"{first.year}"
        case Precision.MONTH:
            return f"{first:%B} {first.year}"
        case Precision.WEEK:
            return f"the week of {_days(first, first + 6 * _DAY)}"
        case _:
            last = civil_day(period.last) if period.end < FOREVER else first
            return _day(first) if last <= first or period.precision is not Precision.SPAN else _days(first, last)


def _days(first: date, last: date) -> str:
    if first.year != last.year:
        return f"{_day(first)} – {_day(last)}"
    if first.month != last.month:
        return f"{first.day} {first:%B} – {_day(last)}"
    return f"{first.day}–{_day(last)}" if first.day != last.day else _day(first)


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def length_in_words(start: datetime, end: datetime, whole: Callable[[float], int] = round) -> str:
    """How long a stretch is: "12 days", "5 months", "2 years and 3 months".

    Args:
        whole: makes whole days or months of a number of them: `floor` for the least that it may be.
    """
    days = (end - start) / _DAY
    months = whole(days / _MONTH)
    if days < 60:
        return _count(max(1, whole(days)), "day")
    if months < 12:
        return _count(months, "month")
    years, rest = divmod(whole(days / _YEAR * 12), 12)
    return _count(years, "year") + (f" and {_count(rest, 'month')}" if rest else "")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def is_known(at: datetime) -> bool:
    """Whether an end of a period is stated at all."""
    return BEGINNING < at < FOREVER
