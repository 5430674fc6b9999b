"""The words of the calendar in English, and the pieces of pattern made from them."""

from datetime import date, timedelta

from mem0g.time_expressions.numerals import CARDINAL, ORDINAL, TWO_WORDS, YEAR_IN_WORDS
from mem0g.time_expressions.spans import Unit

_MONTH_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The month each season begins in: northern, three whole months; the winter of a year is the one that begins in it."""

HOLIDAYS = {
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "valentine's day": (2, 14),
    "halloween": (10, 31),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "boxing day": (12, 26),
    "christmas": (12, 25),
}
FROM_EASTER = {"good friday": -2, "easter sunday": 0, "easter monday": 1, "easter": 0}
"""Holidays that move, in days from Easter Sunday."""
UNITS = {
    "minute": Unit.MINUTE,
    "hour": Unit.HOUR,
    "day": Unit.DAY,
    "weekend": Unit.WEEKEND,
    "week": Unit.WEEK,
    "month": Unit.MONTH,
    "quarter": Unit.QUARTER,
    "year": Unit.YEAR,
    "decade": Unit.DECADE,
    "century": Unit.CENTURY,
}
AMOUNTS = {"few": (2, 4), "several": (3, 7), "couple": (2, 2)}
"""The least and the most that a vague amount stands for."""

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)(?![a-z])"
)
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?(?![a-z])"
WEEKDAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days"
SEASON = r"(?:spring|summer|autumn|fall|winter)(?![a-z])"
UNIT = r"(?:minute|hour|day|weekend|week|wk|month|quarter|year|yr|decade|centur(?:y|ie))"
YEAR = rf"(?:1[0-9]\d\d|20\d\d|{YEAR_IN_WORDS})(?![\d%]|[.,]\d|st\b|nd\b|rd\b|th\b)"
SHORT_YEAR = r"['’]\d\d(?!\d|s)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w:%]|[.,]\d)"
DAY_IN_WORDS = rf"(?:{ORDINAL}|{TWO_WORDS})"
AMOUNT = rf"(?:\d{{1,4}}|an?[ ]couple(?:[ ]of)?|couple(?:[ ]of)?|an?[ ]few|few|several|an?|{CARDINAL})"
LAST = r"(?:last|previous|past)"
NEXT = r"(?:next|coming|upcoming)"
THIS = r"(?:this|current)"


def holiday(name: str, year: int) -> date:
    """The day of a holiday in a year; Easter by the Gregorian reckoning of the western churches."""
    named = " ".join(name.lower().replace("’", "'").split())
    if named in FROM_EASTER:
        return _easter(year) + timedelta(days=FROM_EASTER[named])
    return date(year, *HOLIDAYS[named])


def _easter(year: int) -> date:
    """Easter Sunday, by the algorithm of Meeus, Jones and Butcher."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    days = epact + weekday - 7 * ((golden + 11 * epact + 22 * weekday) // 451) + 114
    return date(year, days // 31, days % 31 + 1)


def month_number(name: str) -> int:
    """The month that a name or its abbreviation means."""
    return next(index for index, full in enumerate(_MONTH_NAMES, start=1) if full.startswith(name.lower()[:3]))


def weekday_number(name: str) -> int:
    """The day of the week that a name or its abbreviation means; Monday is 0."""
    return next(index for index, full in enumerate(_DAY_NAMES) if full.startswith(name.lower()[:3]))


def unit_named(name: str) -> Unit:
    """The unit that a singular or plural means."""
    singular = name.lower().removesuffix("s").replace("centurie", "century").replace("wk", "week").replace("yr", "year")
    return UNITS[singular]
