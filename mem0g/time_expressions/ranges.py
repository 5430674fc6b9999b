"""Stretches with two stated ends: "from March to May", "between 11 and 15 August", "2015–2018"."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from mem0g.time_expressions import standing
from mem0g.time_expressions.numerals import number
from mem0g.time_expressions.readings import Found, Reading
from mem0g.time_expressions.relations import Relation, preposition_before
from mem0g.time_expressions.spans import Anchor, Span, Unit, shift
from mem0g.time_expressions.vocabulary import WEEKDAY

_JOIN = re.compile(r"\s{0,3}(?:(?P<mark>[-–—])|\b(?P<word>to|and|until|till|through|thru)\b)\s{0,3}(?:the\s{1,3})?", re.IGNORECASE)
_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_DAY_BEFORE = re.compile(
    rf"(?<![\w.,:/$€£-])(?:(?P<opening>from|between)\s{{1,3}})?(?:the\s{{1,3}})?(?P<day>{_NUMBER})"
    r"\s{0,3}(?:[-–—]|\b(?P<word>to|and|until|till|through)\b)\s{0,3}(?:the\s{1,3})?$",
    re.IGNORECASE,
)
_DAYS_BEFORE = re.compile(
    rf"(?<![\w.,:/$€£-])(?:(?P<opening>from|between)\s{{1,3}})?(?:the\s{{1,3}})?(?P<day>{_NUMBER})"
    rf"\s{{0,3}}(?:[-–—]|\b(?P<word>to|and|until|till|through)\b)\s{{0,3}}(?:the\s{{1,3}})?(?P<last>{_NUMBER})\s{{1,3}}(?:of\s{{1,3}})?$",
    re.IGNORECASE,
)
_DAY_AFTER = re.compile(
    rf"\s{{0,3}}(?:[-–—]|\b(?P<word>to|and|until|till|through)\b)\s{{0,3}}(?:the\s{{1,3}})?(?P<day>{_NUMBER})(?![\w:/%-]|[.,]\d)",
    re.IGNORECASE,
)
_WEEKDAYS = re.compile(rf"\b{WEEKDAY}\s{{1,3}}(?:to|till|until|through|and)\s{{1,3}}{WEEKDAY}$", re.IGNORECASE)
_REACH = 50


def joined(text: str, found: Iterable[Found]) -> Iterator[Found]:
    """The stretches whose two ends stand side by side in the text."""
    known = list(found)
    at = {each.start: each for each in sorted(known, key=lambda each: each.end)}
    for each in known:
        yield from _with_number(text, each)
        match = _JOIN.match(text, each.end)
        other = at.get(match.end()) if match else None
        opening, start = preposition_before(text, each.start)
        if match and other and _may_join(opening, match, each, other):
            begin = start if opening in {"from", "between"} else each.start
            named = text[begin : other.end]
            yield Found(begin, other.end, _stretch(each.reading, other.reading, weekdays=_WEEKDAYS.search(named) is not None))


def _may_join(opening: str, match: re.Match[str], first: Found, second: Found) -> bool:
    word = (match["word"] or "").lower()
    if word == "and":
        return opening == "between"
    return opening == "from" or (opening not in {"between", ""} or word != "to" or first.reading.unit is second.reading.unit)


def _stretch(first: Reading, second: Reading, *, weekdays: bool) -> Reading:
    """From the beginning of the first to the end of the second, the one that repeats being the nearest to the other."""
    repeats = first.repeats and second.repeats
    once = standing.week_said_once if weekdays else standing.anywhere
    return Reading(lambda at: _between(first, second, at), Unit.STRETCH, repeats=repeats, once=once, relation=Relation.BETWEEN)


def _between(first: Reading, second: Reading, at: Anchor) -> Span:
    if first.repeats and (not second.repeats or not at.future):
        end = second.resolve(at)
        return Span(first.resolve(Anchor(end.start)).start, end.end)
    begin = first.resolve(at)
    end = second.resolve(Anchor(begin.start, future=True)) if second.repeats else second.resolve(at)
    return Span(begin.start, end.end)


def _with_number(text: str, found: Found) -> Iterator[Found]:
    """The days of one month, of which only one end has the month: "11-15 August", "August 11-15", "4 to 22 this month"."""
    begin = max(0, found.start - _REACH)
    if found.reading.unit is Unit.DAY:
        before, after = _DAY_BEFORE.search(text[begin : found.start]), _DAY_AFTER.match(text, found.end)
        if before and _says_range(before):
            yield Found(begin + before.start(), found.end, _from_day(found.reading, number(before["day"])))
        elif after:
            yield from _until_day(text, found, after)
    elif found.reading.unit is Unit.MONTH:
        both = _DAYS_BEFORE.search(text[begin : found.start])
        if both and _says_range(both):
            reading = _days_of_month(found.reading, number(both["day"]), number(both["last"]))
            yield Found(begin + both.start(), found.end, reading)


def _says_range(match: re.Match[str]) -> bool:
    return (match["word"] or "").lower() != "and" or (match["opening"] or "").lower() == "between"


def _until_day(text: str, found: Found, match: re.Match[str]) -> Iterator[Found]:
    opening, start = preposition_before(text, found.start)
    if opening in {"from", "between"} or not match["word"] or not match["day"].isdigit():
        begin = start if opening in {"from", "between"} else found.start
        yield Found(begin, match.end(), _to_day(found.reading, number(match["day"])))


def _from_day(reading: Reading, day: int) -> Reading:
    return _made(reading, lambda span: Span(_same_or_earlier(span, day), span.end))


def _to_day(reading: Reading, day: int) -> Reading:
    return _made(reading, lambda span: Span(span.start, span.start.replace(day=day) + timedelta(days=1)))


def _days_of_month(reading: Reading, day: int, last: int) -> Reading:
    return _made(reading, lambda span: Span(span.start.replace(day=day), span.start.replace(day=last) + timedelta(days=1)))


def _same_or_earlier(span: Span, day: int) -> datetime:
    start = span.start.replace(day=day)
    return start if start <= span.start else shift(start, Unit.MONTH, -1)


def _made(reading: Reading, change: Callable[[Span], Span]) -> Reading:
    return replace(
        reading, resolve=lambda at: change(reading.resolve(at)), unit=Unit.STRETCH, stands=standing.anywhere, relation=Relation.BETWEEN
    )
