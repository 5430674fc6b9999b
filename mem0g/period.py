"""Times: instants, the closed-open periods that dates name, and how both are read from what a caller gives.

An instant is an aware `datetime` in UTC, to the microsecond. A `Period` is closed-open, `[start, end)`. `BEGINNING`
and `FOREVER` stand for a start and an end that nobody stated; the public API shows both as None.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum

from mem0g.errors import InvalidTime

BEGINNING = datetime.min.replace(tzinfo=UTC)
FOREVER = datetime.max.replace(tzinfo=UTC)
TICK = timedelta(microseconds=1)
EVERYTHING_KNOWN = FOREVER - TICK
"""The known instant that sees every record: the default of `known_at`."""


class Precision(StrEnum):
    """How finely a time was stated."""

    INSTANT = "instant"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    SPAN = "span"
    """Any other stretch of time: a weekend, a summer, "between 11 and 15 August"."""


@dataclass(frozen=True, slots=True)
class Period:
    """The closed-open stretch of time `[start, end)`, in UTC.

    Attributes:
        start: the first instant in it; `BEGINNING` where unknown.
        end: the first instant after it; `FOREVER` until further notice.
        precision: how finely it was stated; two periods of the same ends are equal whatever their precision.

    Raises:
        InvalidTime: the end is not after the start.
    """

    start: datetime
    end: datetime
    precision: Precision = field(default=Precision.SPAN, compare=False)

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise InvalidTime(f"a period must end after it begins: {show(self.start)} to {show(self.end)}")

    @classmethod
    def instant(cls, at: datetime) -> "Period":
        """The shortest period there is: one microsecond, standing for the instant `at`."""
        return cls(at, at + TICK, Precision.INSTANT)

    @property
    def is_instant(self) -> bool:
        """Whether this names an instant and not a stretch of time."""
        return self.precision is Precision.INSTANT

    @property
    def last(self) -> datetime:
        """The last instant in it: what `known_at` a period means."""
        return self.end - TICK

    def covers(self, at: datetime) -> bool:
        """Whether the instant `at` lies in it."""
        return self.start <= at < self.end

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share at least one instant."""
        return self.start < other.end and other.start < self.end


ALWAYS = Period(BEGINNING, FOREVER)

TimeLike = datetime | date | str | Period
"""What a caller may give as a time: an aware datetime, a date, ISO text or a `Period`."""

_PARTIAL_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
_OUTSIDE = "is outside the years 1 to 9999 in UTC"
_QUOTED = 40
"""Characters of a value that an error shows."""
_WAY_OUT = 'write "2026", "2026-03", "2026-03-05" or "2026-03-05T10:00:00Z"'


def read_period(value: TimeLike, what: str = "time", zone: tzinfo = UTC) -> Period:
    """The period that a caller's `value` names: a year, a month, a day, or an instant.

    Args:
        value: an aware datetime, a date, ISO 8601 text, or a `Period`, which is returned as it is.
        what: the name of the parameter, for the error.
        zone: where a date without a time is meant; UTC unless it stands in a text said elsewhere.

    Raises:
        InvalidTime: it does not parse, or has a time of day and no offset.
    """
    try:
        match value:
            case Period():
                return value
            case datetime():
                return Period.instant(utc(value, what))
            case date():
                return _day(value, zone)
            case str():
                return _read_text(value.strip(), what, zone)
    except OverflowError as error:
        raise InvalidTime(f"{what}={quoted(value)} {_OUTSIDE}") from error
    raise InvalidTime(f"{what}={quoted(value)} is no time: {_WAY_OUT}, or give a datetime or a date")


def utc(value: datetime, what: str = "time") -> datetime:
    """`value` in UTC.

    Raises:
        InvalidTime: it is naive: mem0g never guesses an offset; or UTC cannot express it.
    """
    if value.tzinfo is None or value.utcoffset() is None:
        raise InvalidTime(f"{what}={quoted(value)} has no UTC offset: give an aware datetime, e.g. datetime.now(timezone.utc)")
    try:
        return value.astimezone(UTC)
    except OverflowError as error:
        raise InvalidTime(f"{what}={quoted(value)} {_OUTSIDE}") from error


def show(at: datetime | None) -> str:
    """`at` as short ISO text: a bare date at midnight UTC, "–" where nobody stated it."""
    if at is None or at in (BEGINNING, FOREVER):
        return "–"
    if at.hour == at.minute == at.second == at.microsecond == 0:
        return at.date().isoformat()
    return at.isoformat(sep=" ", timespec="minutes" if at.second == 0 else "seconds").replace("+00:00", "Z")


def quoted(value: object) -> str:
    """`value` as an error shows it: as Python writes it, cut to 40 characters of it."""
    if isinstance(value, str):
        return repr(value) if len(value) <= _QUOTED else f"{value[:_QUOTED]!r}…"
    try:
        shown = repr(value)
    except (ValueError, RecursionError):
        return f"<{type(value).__name__}>"
    return shown if len(shown) <= _QUOTED or isinstance(value, date) else f"{shown[:_QUOTED]}…"


def _read_text(text: str, what: str, zone: tzinfo) -> Period:
    partial = _PARTIAL_DATE.fullmatch(text)
    try:
        if partial is None:
            return Period.instant(utc(_with_offset(datetime.fromisoformat(text), text, what), what))
        year, month, day = (int(part) if part else None for part in partial.group("year", "month", "day"))
        return _calendar_period(year or 0, month, day, zone)
    except InvalidTime:
        raise
    except ValueError as error:
        raise InvalidTime(f"{what}={quoted(text)} is no time: {_WAY_OUT}") from error


def _with_offset(read: datetime, text: str, what: str) -> datetime:
    if read.tzinfo is None:
        raise InvalidTime(f"{what}={quoted(text)} has no UTC offset: {_WAY_OUT}, with Z or an offset at its end")
    return read


def _calendar_period(year: int, month: int | None, day: int | None, zone: tzinfo) -> Period:
    if month is None:
        return Period(_midnight(year, 1, 1, zone), _midnight(year + 1, 1, 1, zone), Precision.YEAR)
    if day is None:
        following = (year + 1, 1) if month == 12 else (year, month + 1)
        return Period(_midnight(year, month, 1, zone), _midnight(*following, 1, zone), Precision.MONTH)
    return _day(date(year, month, day), zone)


def _day(day: date, zone: tzinfo) -> Period:
    if day == date.max:
        return Period(_midnight(day.year, day.month, day.day, zone), FOREVER, Precision.DAY)
    following = day + timedelta(days=1)
    return Period(
        _midnight(day.year, day.month, day.day, zone), _midnight(following.year, following.month, following.day, zone), Precision.DAY
    )


def _midnight(year: int, month: int, day: int, zone: tzinfo) -> datetime:
    if year > FOREVER.year:
        return FOREVER
    return datetime(year, month, day, tzinfo=zone).astimezone(UTC)
