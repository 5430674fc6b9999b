"""Words before a time that make another of it: "the week before 9 June", "the first weekend of August", "mid-August"."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from mem0g.time_expressions import standing
from mem0g.time_expressions.numerals import ORDINAL, number
from mem0g.time_expressions.readings import Found, Reading
from mem0g.time_expressions.spans import LENGTH_OF, MONTHS_IN, Anchor, Span, Unit, day_of, midnight, shift, unit_of
from mem0g.time_expressions.vocabulary import AMOUNT, UNIT, WEEKDAY, unit_named, weekday_number

Change = Callable[[Span, Anchor], Span]
Read = Callable[[re.Match[str], Reading], tuple[Change, Unit] | None]

REACH = 60
"""How far before a time such words may begin, in characters."""
_DEPTH = 3
"""How many such words may stand one before the other."""

_THIRDS = {Unit.MONTH: ((0, 10), (9, 20), (19, None)), Unit.WEEK: ((0, 3), (2, 4), (3, None))}
"""Early, middle and late, in days from the start: a month's middle is its 10th to 20th."""
_PARTS = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}


def widened(text: str, found: Found) -> Iterator[Found]:
    """`found` itself, and what the words before it make of it, one word after the other."""
    yield found
    current: Found | None = found
    for _ in range(_DEPTH):
        current = current and _once(text, current)
        if current is None:
            return
        yield current


def _once(text: str, found: Found) -> Found | None:
    begin = max(0, found.start - REACH)
    before = text[begin : found.start]
    for pattern, read in _FORMS:
        match = pattern.search(before)
        if match is None:
            continue
        made = read(match, found.reading)
        if made is not None:
            return found.widened(begin + match.start(), _changed(found.reading, *made))
    return None


def _changed(reading: Reading, change: Change, unit: Unit) -> Reading:
    return replace(reading, resolve=lambda at: change(reading.resolve(at), at), unit=unit, stands=standing.anywhere, relation=None)


def _beside(match: re.Match[str], _: Reading) -> tuple[Change, Unit]:
    unit = unit_named(match["unit"])
    count = {"before": -1, "after": 1}.get(match["side"].lower(), 0)
    return lambda span, _: unit_of(span.start if count < 1 else _last_day(span), unit, count), unit


def _of(match: re.Match[str], reading: Reading) -> tuple[Change, Unit] | None:
    unit = unit_named(match["unit"])
    if reading.unit is not Unit.DAY:
        return None
    return lambda span, _: unit_of(span.start, unit), unit


def _weekday_beside(match: re.Match[str], _: Reading) -> tuple[Change, Unit]:
    weekday, before = weekday_number(match["weekday"]), match["side"].lower() == "before"
    return lambda span, _: _weekday_before(span, weekday) if before else _weekday_after(span, weekday), Unit.DAY


def _weekday_before(span: Span, weekday: int) -> Span:
    eve = span.start - timedelta(days=1)
    return day_of(eve - timedelta(days=(eve.weekday() - weekday) % 7))


def _weekday_after(span: Span, weekday: int) -> Span:
    return day_of(span.end + timedelta(days=(weekday - span.end.weekday()) % 7))


def _away(match: re.Match[str], reading: Reading) -> tuple[Change, Unit] | None:
    if reading.unit not in {Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR}:
        return None
    count, unit = number(match["amount"]), unit_named(match["unit"])
    sign = -1 if match["side"].lower() == "before" else 1
    named = Unit.DAY if unit in LENGTH_OF and reading.unit is Unit.DAY else unit
    return lambda span, _: unit_of(shift(span.start, unit, sign * count), named), named


def _part(match: re.Match[str], reading: Reading) -> tuple[Change, Unit] | None:
    part = _PARTS[match["part"].lower()]
    if reading.unit in _THIRDS:
        return lambda span, _: _days(span, *_THIRDS[reading.unit][part]), Unit.STRETCH
    if reading.unit in MONTHS_IN:
        return lambda span, _: _third(span, part), Unit.STRETCH
    return None


def _days(span: Span, first: int, stop: int | None) -> Span:
    return Span(span.start + timedelta(days=first), span.end if stop is None else span.start + timedelta(days=stop))


def _third(span: Span, part: int) -> Span:
    third = MONTHS_IN[span.unit] / 3
    first, stop = (shift(span.start, Unit.MONTH, round(third * edge)) for edge in (part, part + 1))
    return Span(first, stop)


def _first_units(match: re.Match[str], reading: Reading) -> tuple[Change, Unit] | None:
    """Counted from the one end or from the other: "the first two days of May", "the last 3 months of 2015"."""
    unit, count = unit_named(match["unit"]), number(match["amount"])
    if count < 1 or unit is Unit.WEEKEND or (reading.unit not in MONTHS_IN and reading.unit is not Unit.WEEK):
        return None
    if match["which"].lower() == "last":
        return lambda span, _: Span(max(span.start, shift(span.end, unit, -count)), span.end), Unit.STRETCH
    return lambda span, _: Span(span.start, min(span.end, shift(span.start, unit, count))), Unit.STRETCH


def _quarter(match: re.Match[str], reading: Reading) -> tuple[Change, Unit] | None:
    count = int(match["quarter"])
    if reading.unit is not Unit.YEAR:
        return None
    return lambda span, _: unit_of(span.start, Unit.QUARTER, count - 1), Unit.QUARTER


def _lasting(match: re.Match[str], reading: Reading) -> tuple[Change, Unit] | None:
    """So long from there on: "for three days from today"."""
    unit, count = unit_named(match["unit"]), number(match["amount"])
    if count < 1 or reading.unit is not Unit.DAY:
        return None
    return lambda span, _: Span(span.start, shift(span.start, unit, count)), Unit.STRETCH


def _half(match: re.Match[str], reading: Reading) -> tuple[Change, Unit] | None:
    second = match["which"].lower() in {"second", "latter", "2nd"}
    if reading.unit not in {Unit.MONTH, Unit.YEAR, Unit.DECADE}:
        return None
    return lambda span, _: _halved(span, second), Unit.STRETCH


def _halved(span: Span, second: bool) -> Span:
    middle = span.start + timedelta(days=15) if span.unit is Unit.MONTH else shift(span.start, Unit.MONTH, MONTHS_IN[span.unit] // 2)
    return Span(middle, span.end) if second else Span(span.start, middle)


def _nth_weekday(match: re.Match[str], reading: Reading) -> tuple[Change, Unit] | None:
    if reading.unit not in {Unit.MONTH, Unit.YEAR}:
        return None
    weekday, count = weekday_number(match["weekday"]), _position(match["which"])
    return lambda span, _: _within(span, _weekday_in_stretch(span, weekday, count)), Unit.DAY


def _weekday_in_stretch(span: Span, weekday: int, count: int) -> Span:
    if count < 0:
        return _weekday_before(Span(span.end, span.end), weekday)
    return day_of(_weekday_after(Span(span.start, span.start), weekday).start + timedelta(weeks=count - 1))


def _nth_unit(match: re.Match[str], reading: Reading) -> tuple[Change, Unit] | None:
    unit, count = unit_named(match["unit"]), _position(match["which"])
    if reading.unit not in MONTHS_IN and reading.unit is not Unit.WEEK:
        return None
    if unit not in MONTHS_IN | {Unit.DAY: 1, Unit.WEEK: 1, Unit.WEEKEND: 1} or unit is reading.unit:
        return None
    return lambda span, _: _within(span, _unit_in_stretch(span, unit, count)), unit


def _unit_in_stretch(span: Span, unit: Unit, count: int) -> Span:
    """The n-th such unit of a stretch; a week or weekend belongs to the month or year that holds its Thursday, or its Saturday."""
    pivot = {Unit.WEEK: 3, Unit.WEEKEND: 5}.get(unit)
    if pivot is not None:
        return unit_of(_weekday_in_stretch(span, pivot, count).start, unit)
    return unit_of(span.end - timedelta(days=1), unit) if count < 0 else unit_of(span.start, unit, count - 1)


def _day_of_month(match: re.Match[str], reading: Reading) -> tuple[Change, Unit] | None:
    day = number(match["day"])
    if reading.unit is not Unit.MONTH:
        return None
    return lambda span, _: day_of(span.start.replace(day=day)), Unit.DAY


def _within(whole: Span, part: Span) -> Span:
    """`part`, if it lies in `whole` at least in part.

    Raises:
        ValueError: it does not: a month has no fifth Sunday.
    """
    if part.start >= whole.end or part.end <= whole.start:
        raise ValueError("no such part")
    return part


def _position(words: str) -> int:
    return -1 if words.lower() == "last" else number(words)


def _last_day(span: Span) -> datetime:
    return midnight(span.end - timedelta(microseconds=1))


def _before(pattern: str, read: Read) -> tuple[re.Pattern[str], Read]:
    return re.compile(r"(?<![\w-])" + pattern.replace("[ ]", r"(?:\s{1,5})") + "$", re.IGNORECASE), read


_THE = r"(?:the[ ])?"
_WHICH = rf"(?P<which>last|[1-9]\d?(?:st|nd|rd|th)|{ORDINAL})"
_FORMS: tuple[tuple[re.Pattern[str], Read], ...] = (
    _before(
        rf"for[ ](?P<amount>{AMOUNT})[ ](?P<unit>{UNIT})s?,?[ ](?:from|beginning|starting)(?:[ ](?:from|on))?[ ]{_THE}",
        _lasting,
    ),
    _before(rf"{_THE}(?P<amount>{AMOUNT})[ ](?P<unit>{UNIT})s?[ ](?P<side>before|after|from|following)[ ]{_THE}", _away),
    _before(rf"the[ ](?P<unit>day|night|week|weekend|month|year)[ ](?P<side>before|after)[ ]{_THE}", _beside),
    _before(rf"{_THE}(?P<unit>week|weekend)[ ](?:of|commencing|starting|beginning)[ ](?:on[ ])?{_THE}", _of),
    _before(rf"the[ ](?P<weekday>{WEEKDAY})[ ](?P<side>before|after|following)[ ]{_THE}", _weekday_beside),
    _before(rf"{_THE}(?P<part>early|late|mid)(?:[ ]in[ ]|[ ]|-){_THE}", _part),
    _before(rf"{_THE}(?P<part>beginning|start|middle|end)[ ]of[ ]{_THE}", _part),
    _before(rf"{_THE}(?P<which>first|second|latter)[ ]half[ ]of[ ]{_THE}", _half),
    _before(rf"{_THE}(?P<which>first|last)[ ](?P<amount>{AMOUNT})[ ](?P<unit>{UNIT})s?[ ](?:of|in)[ ]{_THE}", _first_units),
    _before(rf"q(?P<quarter>[1-4])[ ](?:(?:of|in)[ ])?{_THE}", _quarter),
    _before(rf"{_THE}{_WHICH}[ ](?P<weekday>{WEEKDAY})[ ](?:of|in)[ ]{_THE}", _nth_weekday),
    _before(rf"{_THE}{_WHICH}[ ](?P<unit>{UNIT})[ ](?:(?:of|in)[ ])?{_THE}", _nth_unit),
    _before(rf"the[ ](?P<day>\d\d?(?:st|nd|rd|th)|{ORDINAL})[ ](?:of[ ])?{_THE}", _day_of_month),
    _before(rf"(?P<day>\d\d?(?:st|nd|rd|th)|{ORDINAL})[ ]of[ ]{_THE}", _day_of_month),
)
