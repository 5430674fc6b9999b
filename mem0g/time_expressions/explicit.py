"""Dates, months, years, quarters, seasons and decades, as written: the words that name a place in the calendar."""

import datetime
import re
from dataclasses import replace
from typing import NoReturn

from mem0g.time_expressions import repeats, standing
from mem0g.time_expressions.dates import calendar_date
from mem0g.time_expressions.forms import END, START, Form, form
from mem0g.time_expressions.numerals import CARDINAL, TENS, any_of, number, year
from mem0g.time_expressions.readings import Reading, bare, fixed
from mem0g.time_expressions.relations import Relation
from mem0g.time_expressions.repeats import MONTHS_REACHED, MONTHS_REACHED_FOR_WEEKDAY, YEARS_REACHED
from mem0g.time_expressions.spans import Span, Unit, day_of, instant, shift, unit_of
from mem0g.time_expressions.vocabulary import (
    DAY,
    DAY_IN_WORDS,
    FROM_EASTER,
    HOLIDAYS,
    MONTH,
    SEASON,
    SEASONS,
    SHORT_YEAR,
    WEEKDAY,
    YEAR,
    holiday,
    month_number,
    weekday_number,
)

_LEAP_YEAR = 2000
_NUMERIC_START = r"(?<![\w$€£#.:/+-])"
_DATE_END = r"(?![\w$€£@]|['’]s\b)"
_NUMERIC_END = r"(?![\w/:+-]|\.\d)"
_ANY_YEAR = rf"(?P<year>{YEAR}|{SHORT_YEAR})"
_MONTH_YEAR = rf"(?P<year>{YEAR}|{SHORT_YEAR}|[3-9]\d(?![\d%:]|[.,]\d))"
"""After a month's name two digits are a year where they can be no day."""
_ANY_DAY = rf"(?P<day>{DAY}|{DAY_IN_WORDS})"
_DAY_NAME = rf"(?:{WEEKDAY}\.?,?[ ]{{1,2}})?"


def _iso_instant(match: re.Match[str]) -> Reading | None:
    try:
        at = datetime.datetime.fromisoformat(match[0].upper())
    except ValueError:
        return None
    return fixed(lambda anchor: instant(at if at.tzinfo else at.replace(tzinfo=anchor.now.tzinfo)), Unit.INSTANT)


def _numeric_date(match: re.Match[str]) -> Reading | None:
    return _on(calendar_date(match[0].replace(".", "/"), "DMY" if match["mark"] == "." else "MDY"))


def _date_without_year(match: re.Match[str]) -> Reading | None:
    found = calendar_date(f"{match[0].replace('-', '/')}/{_LEAP_YEAR}")
    return _every_year(found, standing.after_preposition) if found else None


def _written_date(match: re.Match[str]) -> Reading | None:
    written = year(match["year"]) if match["year"] else _LEAP_YEAR
    found = calendar_date(f"{number(match['day'])} {match['month'][:3]} {written}")
    if found is None or match["year"]:
        return _on(found)
    ordinal_of = re.search(r"(?:\d(?:st|nd|rd|th)|[a-z])\s{1,5}of\s", match[0], re.IGNORECASE)
    return _every_year(found, standing.anywhere if ordinal_of else standing.month_of_date(match["month"]))


def _every_year(found: datetime.date, stands: standing.Guard) -> Reading:
    return bare(Unit.DAY, repeats.date(found.month, found.day), reach=YEARS_REACHED, stands=stands)


def _on(found: datetime.date | None) -> Reading:
    """This date; one the calendar does not have still takes up its words, so that no part of it is read as a month."""
    return fixed(lambda at: day_of(at.date(found.year, found.month, found.day) if found else _no_such_date()), Unit.DAY)


def _no_such_date() -> NoReturn:
    raise ValueError("the calendar has no such date")


def _month_of_year(match: re.Match[str]) -> Reading:
    month, written = match["month"], year(match["year"])
    return fixed(lambda at: unit_of(at.date(written, int(month) if month.isdigit() else month_number(month)), Unit.MONTH), Unit.MONTH)


def _month(match: re.Match[str]) -> Reading:
    name = match["month"]
    return bare(Unit.MONTH, repeats.month(month_number(name)), reach=1, stands=standing.month(name))


def _year(match: re.Match[str]) -> Reading:
    written = year(match["year"])
    return fixed(lambda at: unit_of(at.date(written), Unit.YEAR), Unit.YEAR, standing.year)


def _years(match: re.Match[str]) -> Reading:
    first, end = int(match["first"]), int(match["second"])
    reading = fixed(lambda at: Span(at.date(first), at.date(end + 1)), Unit.STRETCH, standing.years)
    return replace(reading, relation=Relation.BETWEEN)


def _year_so_called(match: re.Match[str]) -> Reading:
    written = year(match["year"])
    return fixed(lambda at: unit_of(at.date(written), Unit.YEAR), Unit.YEAR)


def _decade(match: re.Match[str]) -> Reading:
    written = match["decade"]
    begin = int(written) if len(written) == 4 else 1900 + int(written)
    return fixed(lambda at: unit_of(at.date(begin + 100 * (begin < 1930)), Unit.DECADE), Unit.DECADE)


def _decade_in_words(match: re.Match[str]) -> Reading:
    """The decade so written; without a century, the last of that name to have begun by 2020."""
    tens = _TENS_OF_DECADE[match["decade"].lower()]
    century = number(match["century"]) if match["century"] else 19 + (tens < 30)
    return fixed(lambda at: unit_of(at.date(century * 100 + tens), Unit.DECADE), Unit.DECADE)


def _two_thousands(_: re.Match[str]) -> Reading:
    return fixed(lambda at: unit_of(at.date(2000), Unit.DECADE), Unit.DECADE)


def _part_of_year(match: re.Match[str]) -> Reading:
    unit = Unit.QUARTER if match["kind"].upper() == "Q" else Unit.HALF
    first_month = (int(match["which"]) - 1) * (3 if unit is Unit.QUARTER else 6) + 1
    if not match["year"]:
        return bare(unit, repeats.months_from(first_month, unit), reach=1, stands=standing.after_preposition)
    written = year(match["year"])
    return fixed(lambda at: Span(at.date(written, first_month), shift(at.date(written, first_month), unit, 1), unit), unit)


def _season_of_year(match: re.Match[str]) -> Reading:
    first_month, written = SEASONS[match["season"].lower()], year(match["year"])
    return fixed(lambda at: unit_of(at.date(written, first_month), Unit.SEASON), Unit.SEASON)


def _season(match: re.Match[str]) -> Reading:
    name = match["season"].lower()
    stands = standing.fall if name == "fall" else standing.after_preposition
    return bare(Unit.SEASON, repeats.season(SEASONS[name]), reach=2, stands=stands)


def _holiday(match: re.Match[str]) -> Reading:
    if not match["year"]:
        return bare(Unit.DAY, repeats.holiday(match["holiday"]), reach=2, stands=standing.after_preposition)
    return _on(holiday(match["holiday"], year(match["year"])))


def _weekday_the(match: re.Match[str]) -> Reading:
    repeat = repeats.weekday_on(weekday_number(match["weekday"]), number(match["day"]))
    return bare(Unit.DAY, repeat, reach=MONTHS_REACHED_FOR_WEEKDAY, stands=standing.named_day)


def _century(match: re.Match[str]) -> Reading:
    count = number(match["which"])
    return fixed(lambda at: unit_of(at.date(100 * (count - 1)), Unit.CENTURY), Unit.CENTURY)


def _day_of_month(match: re.Match[str]) -> Reading:
    return bare(Unit.DAY, repeats.day_of_month(number(match["day"])), reach=MONTHS_REACHED, stands=standing.day_number)


def _days_of_month(match: re.Match[str]) -> Reading:
    """From the first to the end of the last: "November between 19 and 20"."""
    first, last, month = number(match["first"]), number(match["last"]), month_number(match["month"])
    repeat = repeats.days(month, first, last)
    return replace(bare(Unit.STRETCH, repeat, reach=1, stands=standing.month_of_date(match["month"])), relation=Relation.BETWEEN)


def _iso_week(match: re.Match[str]) -> Reading:
    """The week of this number by ISO 8601: the first of a year holds its first Thursday."""
    monday = datetime.date.fromisocalendar
    written, week = int(match["year"]), int(match["week"])
    return fixed(lambda at: unit_of(at.date(*monday(written, week, 1).timetuple()[:3]), Unit.WEEK), Unit.WEEK)


_TENS_OF_DECADE = {word.removesuffix("y") + "ies": tens for word, tens in TENS.items()} | {"tens": 10}
_ORDINAL_DIGITS = r"(?:3[01]|[12]?\d)(?:st|nd|rd|th)"
_HOLIDAY = any_of((*HOLIDAYS, *FROM_EASTER)).replace("'", "['’]").replace(" ", "[ ]")
_NO_HOLIDAY = r"(?![ ](?:island|egg|bunn|rising))"

FORMS: tuple[Form, ...] = (
    form(
        rf"{_NUMERIC_START}\d{{4}}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:\.\d{{1,6}})?)?(?:[Zz]|[+-]\d\d:?\d\d)?(?![\w:])",
        _iso_instant,
    ),
    form(rf"{_NUMERIC_START}(?:1\d|20)\d\d(?P<mark>[-/.])\d{{1,2}}(?P=mark)\d{{1,2}}{_NUMERIC_END}", _numeric_date),
    form(rf"{_NUMERIC_START}\d{{1,2}}(?P<mark>[-/.])\d{{1,2}}(?P=mark)(?:1\d|20)\d\d{_NUMERIC_END}", _numeric_date),
    form(rf"{_NUMERIC_START}\d{{1,2}}(?P<mark>[/-])\d{{1,2}}(?P=mark)\d\d{_NUMERIC_END}", _numeric_date),
    form(rf"{_NUMERIC_START}\d{{1,2}}/\d{{1,2}}{_NUMERIC_END}", _date_without_year),
    form(rf"(?<=\bon )\d{{1,2}}-\d\d{_NUMERIC_END}", _date_without_year),
    form(
        rf"{START}{_DAY_NAME}(?:the[ ])?{_ANY_DAY}[ -](?:of[ ])?(?P<month>{MONTH})(?:\.?,?[ -](?:of[ ])?{_ANY_YEAR})?{END}", _written_date
    ),
    form(
        rf"{START}{_DAY_NAME}(?P<month>{MONTH})\.?(?:[ ]|[/-])?(?:the[ ])?{_ANY_DAY}(?:(?:,?[ ]|[/-]){_ANY_YEAR})?{_DATE_END}",
        _written_date,
    ),
    form(rf"{START}(?P<year>\d{{4}})(?:,[ ]|[ /-])(?P<month>{MONTH})[ /-](?P<day>{DAY}){END}", _written_date),
    form(rf"{_NUMERIC_START}(?P<day>\d{{1,2}})/(?P<month>{MONTH})/(?P<year>(?:1\d|20)\d\d){_NUMERIC_END}", _written_date),
    form(rf"{START}(?:the[ ]month[ ]of[ ])?(?P<month>{MONTH})\.?(?:[ ]?,)?(?:[ ]of)?[ -]{_MONTH_YEAR}{END}", _month_of_year),
    form(rf"{START}(?P<year>{YEAR})[ -](?P<month>{MONTH}){END}", _month_of_year),
    form(rf"{_NUMERIC_START}(?P<year>(?:19|20)\d\d)[ ]?[-/][ ]?(?P<month>1[0-2]|0?[1-9]){_NUMERIC_END}", _month_of_year),
    form(rf"{_NUMERIC_START}(?P<month>1[0-2]|0?[1-9])[ ]?[-/][ ]?(?P<year>(?:19|20)\d\d){_NUMERIC_END}", _month_of_year),
    form(rf"{START}(?:the[ ]month[ ]of[ ])?(?P<month>{MONTH}){END}", _month),
    form(rf"{START}(?P<year>(?:1[89]|20)\d\d|{YEAR}|{SHORT_YEAR}){END}", _year),
    form(rf"{_NUMERIC_START}(?P<first>(?:1[89]|20)\d\d)[ ]?[-–][ ]?(?P<second>(?:1[89]|20)\d\d){_NUMERIC_END}", _years),
    form(rf"{START}(?:the[ ])?year[ ](?P<year>{YEAR}){END}", _year_so_called),
    form(rf"{START}the[ ]['’]?(?P<decade>(?:1[6-9]|20)?\d0)['’]?s{END}", _decade),
    form(rf"{START}the[ ](?:(?P<century>eighteen|nineteen|twenty)[ -])?(?P<decade>{any_of(_TENS_OF_DECADE)}){END}", _decade_in_words),
    form(rf"{START}the[ ]two[ ]thousands{END}", _two_thousands),
    form(rf"{START}(?P<kind>q)(?P<which>[1-4])(?:[ -]?(?:of[ ])?(?P<year>{YEAR}))?{END}", _part_of_year),
    form(rf"{START}(?P<kind>h)(?P<which>[12])[ -]?(?:of[ ])?(?P<year>{YEAR}){END}", _part_of_year),
    form(rf"{START}(?P<year>\d{{4}})[ -]?(?P<kind>[qh])(?P<which>[1-4]){END}", _part_of_year),
    form(rf"{START}(?:the[ ])?(?P<season>{SEASON})(?:[ ]of)?[ ]{_ANY_YEAR}{END}", _season_of_year),
    form(rf"{START}(?:the[ ])?(?P<season>{SEASON}){END}", _season),
    form(rf"{START}(?P<holiday>{_HOLIDAY})(?:,?[ ](?:of[ ])?(?P<year>{YEAR}))?{END}{_NO_HOLIDAY}", _holiday),
    form(rf"{START}the[ ](?P<day>{_ORDINAL_DIGITS}|3[01]|[12]\d|(?!first|second|third){DAY_IN_WORDS}){END}", _day_of_month),
    form(rf"{START}(?P<weekday>{WEEKDAY}),?[ ]the[ ](?P<day>{_ORDINAL_DIGITS}|{DAY_IN_WORDS}|{CARDINAL}){END}", _weekday_the),
    form(
        rf"{START}(?P<month>{MONTH})[ ](?:between|from)[ ](?:the[ ])?(?P<first>{DAY})[ ](?:and|to|until|till|through)[ ](?:the[ ])?"
        rf"(?P<last>{DAY}){END}",
        _days_of_month,
    ),
    form(rf"{START}(?:the[ ])?week[ ](?:number[ ])?(?P<week>5[0-3]|[1-4]?\d),?[ ](?:(?:of|in)[ ])?(?P<year>(?:19|20)\d\d){END}", _iso_week),
    form(rf"{START}(?:the[ ])?(?P<which>(?:1[5-9]|2[01])(?:st|th))[ ]century{END}", _century),
)
