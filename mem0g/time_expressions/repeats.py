"""Names that come round again, as functions of the anchor and of how many rounds away: one Friday a week, one May a year."""

from mem0g.time_expressions import vocabulary
from mem0g.time_expressions.readings import Repeat
from mem0g.time_expressions.spans import Anchor, Span, Unit, day_of, shift, unit_of, weekday_in

YEARS_REACHED = 9
"""Far enough for a 29 February around 1900."""
WEEKS_REACHED = 2
MONTHS_REACHED = 3
MONTHS_REACHED_FOR_WEEKDAY = 18
"""A weekday falls on each day of the month at least once in that time."""


def weekday(number: int) -> Repeat:
    """The same day of every week."""
    return lambda at, turn: weekday_in(shift(at.today, Unit.WEEK, turn), number)


def weekend(at: Anchor, turn: int) -> Span:
    """The Saturday and Sunday of every week."""
    return unit_of(at.today, Unit.WEEKEND, turn)


def month(number: int) -> Repeat:
    """The same month of every year."""
    return lambda at, turn: unit_of(at.date(at.now.year + turn, number), Unit.MONTH)


def season(first_month: int) -> Repeat:
    """The same three months of every year."""
    return lambda at, turn: unit_of(at.date(at.now.year + turn, first_month), Unit.SEASON)


def months_from(first_month: int, unit: Unit) -> Repeat:
    """The quarter or half that begins in the same month of every year."""
    return lambda at, turn: Span(at.date(at.now.year + turn, first_month), shift(at.date(at.now.year + turn, first_month), unit, 1), unit)


def date(month_number: int, day: int) -> Repeat:
    """The same date of every year that has it."""
    return lambda at, turn: day_of(at.date(at.now.year + turn, month_number, day))


def holiday(name: str) -> Repeat:
    """The same holiday of every year."""
    return lambda at, turn: day_of(at.date(*vocabulary.holiday(name, at.now.year + turn).timetuple()[:3]))


def days(month_number: int, first: int, last: int) -> Repeat:
    """The same days of the same month of every year, both included."""
    return lambda at, turn: Span(date(month_number, first)(at, turn).start, date(month_number, last)(at, turn).end)


def day_of_month(day: int) -> Repeat:
    """The same day of every month that has it."""
    return lambda at, turn: day_of(shift(at.today.replace(day=1), Unit.MONTH, turn).replace(day=day))


def weekday_on(number: int, day: int) -> Repeat:
    """The same day of every month in which it is this weekday."""
    return lambda at, turn: _if_weekday(day_of_month(day)(at, turn), number)


def _if_weekday(span: Span, number: int) -> Span:
    if span.start.weekday() != number:
        raise ValueError("another day of the week")
    return span
