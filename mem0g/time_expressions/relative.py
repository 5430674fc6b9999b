"""Times named from the reference: yesterday, last week, on Friday, two days ago, the past three months."""

import re
from dataclasses import replace
from datetime import datetime

from mem0g.time_expressions import repeats, standing
from mem0g.time_expressions.forms import END, START, Form, form
from mem0g.time_expressions.numerals import any_of, number
from mem0g.time_expressions.readings import (
    Reading,
    Repeat,
    bare,
    calendar,
    coming_next,
    fixed,
    last,
    rolling_back,
    rolling_on,
    this,
)
from mem0g.time_expressions.relations import Relation
from mem0g.time_expressions.repeats import WEEKS_REACHED
from mem0g.time_expressions.spans import Span, Unit, shift, unit_of, weekday_in
from mem0g.time_expressions.vocabulary import (
    AMOUNT,
    AMOUNTS,
    FROM_EASTER,
    HOLIDAYS,
    LAST,
    MONTH,
    NEXT,
    SEASON,
    SEASONS,
    THIS,
    UNIT,
    WEEKDAY,
    WEEKDAYS,
    month_number,
    unit_named,
    weekday_number,
)

_WHOLE_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_PART_OF_DAY = r"(?:[ ](?:early[ ]|late[ ])?(?:morning|afternoon|evening|night))?"
_LONG_UNIT = r"(?:weekend|week|month|quarter|year|decade|century)"
_WORDS_FOR_DAYS: dict[int, tuple[str, ...]] = {
    -2: ("the day before yesterday", "day before yesterday", "the night before last"),
    -1: ("yesterday", "yday", "last night"),
    0: ("today", "this day", "tonight", "this morning", "this afternoon", "this evening"),
    1: ("tomorrow", "tommorow", "tomorow", "tommorrow", "tmrw", "tmr"),
    2: ("the day after tomorrow", "day after tomorrow", "the day after tmrw"),
}
_DAYS = {words: days for days, names in _WORDS_FOR_DAYS.items() for words in names}
_COUNTS = {"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "upcoming": 1, "following": 1}
_OTHER = {"day": (7, 0), "night": (7, 0), "week": (21, 7), "month": (90, 30)}


def _day(match: re.Match[str]) -> Reading:
    days = _DAYS[" ".join(match["day"].lower().split())]
    return calendar(Unit.DAY, days)


def _other(match: re.Match[str]) -> Reading:
    far, near = _OTHER[match["unit"].lower()]
    return fixed(lambda at: Span(shift(at.today, Unit.DAY, -far), shift(at.today, Unit.DAY, -near)), Unit.STRETCH)


def _calendar_unit(match: re.Match[str]) -> Reading:
    return calendar(unit_named(match["unit"]), _COUNTS[match["which"].lower()])


def _past_unit(match: re.Match[str]) -> Reading:
    unit = unit_named(match["unit"])
    return calendar(unit, -1) if unit is Unit.WEEKEND else rolling_back(unit, 1)


def _past_fortnight(_: re.Match[str]) -> Reading:
    return rolling_back(Unit.WEEK, 2)


def _unit_beyond(match: re.Match[str]) -> Reading:
    return calendar(unit_named(match["unit"]), 2 if match["side"] else -2)


def _weekend(_: re.Match[str]) -> Reading:
    return bare(Unit.WEEKEND, repeats.weekend, reach=WEEKS_REACHED)


def _weekday(match: re.Match[str]) -> Reading | None:
    name = match["weekday"]
    if len(name) < 6 and name[0].islower():
        return None
    stands = standing.single if name.lower().endswith("day") else standing.short_weekday
    return bare(Unit.DAY, repeats.weekday(weekday_number(name)), reach=WEEKS_REACHED, begun=False, stands=stands)


def _weekday_which(match: re.Match[str]) -> Reading | None:
    name = match["weekday"]
    if len(name) < 6 and name[0].islower():
        return None
    repeat, which = repeats.weekday(weekday_number(name)), match["which"].lower()
    if which == "next":
        return fixed(lambda at: repeat(at, 1), Unit.DAY)
    return _which(Unit.DAY, repeat, which, WEEKS_REACHED)


def _weekday_of_week(match: re.Match[str]) -> Reading:
    weekday, week = weekday_number(match["weekday"]), _COUNTS[match["which"].lower()]
    return fixed(lambda at: weekday_in(shift(at.today, Unit.WEEK, week), weekday), Unit.DAY)


def _weekdays_of_week(match: re.Match[str]) -> Reading:
    first, end, week = weekday_number(match["first"]), weekday_number(match["second"]), _COUNTS[match["which"].lower()]
    reading = fixed(lambda at: _between_weekdays(shift(at.today, Unit.WEEK, week), first, end), Unit.STRETCH)
    return replace(reading, relation=Relation.BETWEEN)


def _between_weekdays(at: datetime, first: int, end: int) -> Span:
    return Span(weekday_in(at, first).start, weekday_in(at, end).end)


def _month_which(match: re.Match[str]) -> Reading:
    name = match["month"]
    reading = _which(Unit.MONTH, repeats.month(month_number(name)), match["which"].lower(), 2)
    return replace(reading, stands=standing.named_month(name))


def _season_which(match: re.Match[str]) -> Reading:
    return _which(Unit.SEASON, repeats.season(SEASONS[match["season"].lower()]), match["which"].lower(), 2)


def _holiday_which(match: re.Match[str]) -> Reading:
    return _which(Unit.DAY, repeats.holiday(match["holiday"]), match["which"].lower(), 2)


def _which(unit: Unit, repeat: Repeat, which: str, reach: int) -> Reading:
    side = _COUNTS.get(which.rsplit(maxsplit=1)[-1], 0)
    if side == 0:
        return this(unit, repeat)
    return last(unit, repeat, reach) if side < 0 else coming_next(unit, repeat, reach)


def amount(words: str) -> tuple[int, int]:
    """The least and the most that the words for a number stand for: "two", "a", "a few"."""
    vague = next((range_ for word, range_ in AMOUNTS.items() if word in words.lower()), None)
    return vague or (number(words), number(words))


def _lengths(match: re.Match[str]) -> list[tuple[int, int, Unit]]:
    return [_length(each) for each in _LENGTH.finditer(match["length"])]


def _length(match: re.Match[str]) -> tuple[int, int, Unit]:
    low, high = amount(match["amount"])
    return (2 * low, 2 * high, Unit.WEEK) if match["unit"].lower() == _FORTNIGHT else (low, high, unit_named(match["unit"]))


def _moved(at: datetime, lengths: list[tuple[int, Unit]], sign: int) -> datetime:
    for count, unit in lengths:
        at = shift(at, unit, sign * count)
    return at


def _distance(match: re.Match[str], sign: int, stands: standing.Guard = standing.anywhere) -> Reading:
    lengths = _lengths(match)
    finest = min((unit for *_, unit in lengths), key=list(Unit).index)
    near, far = [(low, unit) for low, _, unit in lengths], [(high, unit) for _, high, unit in lengths]
    return fixed(lambda at: _reached(at.now, near, far, sign, finest), finest if near == far else Unit.STRETCH, stands)


def _reached(now: datetime, near: list[tuple[int, Unit]], far: list[tuple[int, Unit]], sign: int, unit: Unit) -> Span:
    """The calendar unit that far away; from the nearest to the furthest where the amount is vague."""
    one, other = (unit_of(_moved(now, lengths, sign), _AS_READ.get(unit, unit)) for lengths in (near, far))
    return one if near == far else Span(min(one.start, other.start), max(one.end, other.end))


def _ago(match: re.Match[str]) -> Reading:
    return replace(_distance(match, -1), relation=_BOUNDS.get((match["bound"] or "").lower()))


def _half_a_year_ago(_: re.Match[str]) -> Reading:
    return calendar(Unit.MONTH, -6)


def _weekdays_ago(match: re.Match[str]) -> Reading:
    weekday, count = weekday_number(match["weekday"]), amount(match["amount"])[0]
    return fixed(lambda at: repeats.weekday(weekday)(at, -count + (at.today.weekday() > weekday)), Unit.DAY)


def _weekdays_on(match: re.Match[str]) -> Reading:
    weekday, count = weekday_number(match["weekday"]), amount(match["amount"])[0]
    return fixed(lambda at: repeats.weekday(weekday)(at, count - (at.today.weekday() < weekday)), Unit.DAY)


def _nth_weekday_now(match: re.Match[str]) -> Reading:
    """In the month that it is: "the third Tuesday"."""
    weekday, count = weekday_number(match["weekday"]), number(match["which"])
    return fixed(lambda at: _nth_in_month(at.today, weekday, count), Unit.DAY, standing.told_or_planned)


def _nth_in_month(at: datetime, weekday: int, count: int) -> Span:
    month = unit_of(at, Unit.MONTH)
    day = shift(month.start, Unit.DAY, (weekday - month.start.weekday()) % 7 + 7 * (count - 1))
    if day >= month.end:
        raise ValueError("the month has no such weekday")
    return unit_of(day, Unit.DAY)


def _to_date(match: re.Match[str]) -> Reading:
    unit = unit_named(match["unit"])
    return fixed(lambda at: Span(unit_of(at.now, unit).start, at.now), Unit.STRETCH)


def _unit_now(match: re.Match[str]) -> Reading:
    unit = unit_named(match["unit"])
    return fixed(lambda at: unit_of(at.now, unit), unit, standing.nowhere)


def _from_now(match: re.Match[str]) -> Reading:
    return _distance(match, 1)


def _in_length(match: re.Match[str]) -> Reading:
    return _distance(match, 1, standing.ahead)


def _for_length(match: re.Match[str]) -> Reading:
    guard = standing.anywhere if match["now"] else standing.going_on
    return replace(_distance(match, -1, guard), relation=Relation.SINCE)


def _past_lengths(match: re.Match[str]) -> Reading:
    reading = rolling_back(unit_named(match["unit"]), amount(match["amount"])[1])
    return replace(reading, relation=Relation.SINCE) if match["lasting"] else reading


def _next_lengths(match: re.Match[str]) -> Reading:
    return rolling_on(unit_named(match["unit"]), amount(match["amount"])[1])


def _within(match: re.Match[str]) -> Reading:
    lengths = [(high, unit) for _, high, unit in _lengths(match)]
    return fixed(lambda at: Span(at.today, _moved(at.today, lengths, 1)), Unit.STRETCH)


def _elapsed(match: re.Match[str]) -> Reading:
    unit, earlier = unit_named(match["unit"]), match["side"].lower() == "earlier"
    return fixed(lambda at: _part_of(unit_of(at.now, unit), at.today, earlier), Unit.STRETCH)


def _part_of(whole: Span, today: datetime, earlier: bool) -> Span:
    return Span(whole.start, today) if earlier else Span(today, whole.end)


def _end_now(_: re.Match[str]) -> Reading:
    return fixed(lambda at: Span(at.now, at.now), Unit.INSTANT, standing.nowhere)


def _rest(match: re.Match[str]) -> Reading:
    unit = unit_named(match["unit"])
    return fixed(lambda at: Span(at.today, unit_of(at.now, unit).end), Unit.STRETCH)


_BOUNDS = {"more than": Relation.BEFORE, "over": Relation.BEFORE, "less than": Relation.AFTER, "under": Relation.AFTER}
_AS_READ = {Unit.MINUTE: Unit.DAY, Unit.HOUR: Unit.DAY}
_FORTNIGHT = "fortnight"
_UNIT_OF_LENGTH = rf"(?:{UNIT}|{_FORTNIGHT})"
_LENGTH = re.compile(rf"(?P<amount>{AMOUNT})\s{{1,3}}(?P<unit>{_UNIT_OF_LENGTH})s?", re.IGNORECASE)
_NOT_AN_AGE = r"(?![ ](?:old|before|after)\b)"
_ONE_LENGTH = rf"{AMOUNT}[ ]{_UNIT_OF_LENGTH}s?"
_ANY_LENGTHS = rf"(?P<length>{_ONE_LENGTH}(?:(?:,|,?[ ]and)?[ ]{_ONE_LENGTH}){{0,3}})"
_NAMED = rf"(?P<which>(?:this[ ])?(?:{LAST}|{NEXT})|{THIS})[ ]"
_WHICH_WEEK = rf"(?P<which>{LAST}|{NEXT}|{THIS})[ ]week"
_HOLIDAY = any_of((*HOLIDAYS, *FROM_EASTER)).replace("'", "['’]").replace(" ", "[ ]")

FORMS: tuple[Form, ...] = (
    form(rf"{START}(?P<day>{any_of(tuple(_DAYS)).replace(' ', '[ ]')}){_PART_OF_DAY}{END}", _day),
    form(rf"{START}half[ ](?:a[ ])?year[ ]ago{END}", _half_a_year_ago),
    form(rf"{START}(?P<amount>{AMOUNT})[ ](?P<weekday>{WEEKDAYS})[ ]ago{END}", _weekdays_ago),
    form(rf"{START}(?P<amount>{AMOUNT})[ ](?P<weekday>{WEEKDAYS})[ ]from[ ](?:now|today){END}", _weekdays_on),
    form(
        rf"{START}(?:the[ ])?(?P<which>first|second|third|fourth|fifth)[ ](?P<weekday>{_WHOLE_WEEKDAY}){END}(?![ ](?:of|in)\b)",
        _nth_weekday_now,
    ),
    form(rf"{START}(?:(?:the|this)[ ])?(?P<unit>month|quarter|year)[ ]to[ ]date{END}", _to_date),
    form(rf"{START}the[ ](?P<unit>week|month|quarter|year|decade){END}", _unit_now),
    form(rf"{START}the[ ]other[ ](?P<unit>day|night|week|month){END}", _other),
    form(rf"{START}(?P<which>last|previous|next|coming|upcoming|following|this|current)[ ](?P<unit>{_LONG_UNIT}){END}", _calendar_unit),
    form(rf"{START}the[ ](?P<which>previous|coming|upcoming|following|current)[ ](?P<unit>{_LONG_UNIT}){END}", _calendar_unit),
    form(rf"{START}(?:the[ ]|this[ ])?past[ ](?P<unit>{_LONG_UNIT}){END}", _past_unit),
    form(rf"{START}the[ ]last[ ](?P<unit>{_LONG_UNIT}){END}", _past_unit),
    form(rf"{START}(?:the[ ])?(?:past|last)[ ]{_FORTNIGHT}{END}", _past_fortnight),
    form(rf"{START}the[ ](?P<unit>{_LONG_UNIT})[ ](?:(?P<side>after)[ ](?:the[ ])?next|before[ ]last){END}", _unit_beyond),
    form(rf"{START}(?:the[ ])?weekend{END}", _weekend),
    form(rf"{START}(?P<weekday>{WEEKDAY}){_PART_OF_DAY}{END}", _weekday),
    form(rf"{START}(?:the[ ])?{_NAMED}(?P<weekday>{WEEKDAY}){_PART_OF_DAY}{END}", _weekday_which),
    form(rf"{START}(?P<weekday>{WEEKDAY}),?[ ](?:of[ ])?{_WHICH_WEEK}{END}", _weekday_of_week),
    form(rf"{START}{_WHICH_WEEK},?[ ](?:on[ ])?(?P<weekday>{WEEKDAY}){END}", _weekday_of_week),
    form(
        rf"{START}{_WHICH_WEEK},?[ ](?:from|between)[ ](?P<first>{WEEKDAY})[ ](?:to|and|until|till)[ ](?P<second>{WEEKDAY}){END}",
        _weekdays_of_week,
    ),
    form(rf"{START}{_NAMED}(?P<month>{MONTH}){END}", _month_which),
    form(rf"{START}{_NAMED}(?P<season>{SEASON}){END}", _season_which),
    form(rf"{START}{_NAMED}(?P<holiday>{_HOLIDAY}){END}", _holiday_which),
    form(rf"{START}(?:(?P<bound>more than|over|less than|under)[ ])?{_ANY_LENGTHS}[ ](?:ago|back)(?:[ ]today)?{END}", _ago),
    form(rf"{START}{_ANY_LENGTHS}[ ](?:from[ ](?:now|today)|hence){END}", _from_now),
    form(rf"{START}in[ ]{_ANY_LENGTHS}(?:['’][ ]time)?{END}", _in_length),
    form(
        rf"{START}for[ ](?:(?:about|over|almost|nearly)[ ])?{_ANY_LENGTHS}(?P<now>[ ](?:now|already))?{END}{_NOT_AN_AGE}",
        _for_length,
    ),
    form(rf"{START}(?P<lasting>for[ ])?(?:the[ ]|these[ ])?{LAST}[ ](?P<amount>{AMOUNT})[ ](?P<unit>{UNIT})s?{END}", _past_lengths),
    form(rf"{START}(?:the[ ])?{NEXT}[ ](?P<amount>{AMOUNT})[ ](?P<unit>{UNIT})s?{END}", _next_lengths),
    form(rf"{START}(?P<amount>{AMOUNT})[ ](?P<unit>{UNIT})s?[ ]in(?:to)?[ ]the[ ]future{END}", _next_lengths),
    form(rf"{START}within[ ](?:the[ ](?:next|upcoming|coming)[ ])?{_ANY_LENGTHS}{END}", _within),
    form(rf"{START}(?:the[ ])?rest[ ](?:of[ ])?(?:the|this|my|our)[ ](?P<unit>week|month|year){END}", _rest),
    form(rf"{START}(?P<side>earlier|later)[ ](?:in[ ]the|this)[ ](?P<unit>week|month|year){END}", _elapsed),
    form(rf"{START}(?:now|(?:the[ ])?present){END}", _end_now),
)
