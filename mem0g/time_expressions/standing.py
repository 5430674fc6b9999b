"""Where words are a time at all: "in May" and not "it may", "since 2016" and not "2016 people", "on Friday" and not "every Friday"."""

import re
from collections.abc import Callable

from mem0g.time_expressions.readings import Place
from mem0g.time_expressions.relations import RELATION_OF
from mem0g.time_expressions.tense import Tense

Guard = Callable[[Place], bool]

PEOPLE = frozenset({"april", "may", "june", "august", "jan"})
"""Months that are also names of people: "a gift from April" is no time."""

WORDS = frozenset({"may", "march", "mar", "dec", "sep", "jun", "jul", "apr", "nov", "oct", "feb", "aug", "sept"})
"""Months that are also words, or too short to be sure of."""

_OPENING = frozenset({"from", "by", "for", "after", "before"})
_OF_YEARS = frozenset(RELATION_OF) - {"on", "at", "over", "of", "dated", "back on", "starting on", "beginning on", "for", "between"}
_HABIT = re.compile(
    r"\b(?:every|each|most|any|some|other|per|first|second|third|fourth|fifth|black|cyber|good|ash|palm|easter) $", re.IGNORECASE
)
_REPEATED = re.compile(r"\b(?:every|each|any|most|per)(?: other)? $", re.IGNORECASE)
_TITLE = re.compile(r"[ ](?:school|times|night live|best|brunch)\b", re.IGNORECASE)
_VERB = re.compile(
    r"[ ](?:be|have|not|well|also|seem|need|come|go|get|take|make|help|cause|or|i|you|he|she|they|we|it|has|is|was|said|says|told|gave"
    r"|called|loves?|likes?|and i)\b",
    re.IGNORECASE,
)
_AFTER_MAY = re.compile(r"[ ](?:be|have|not|well|also|seem|need|cause|come|go)\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"[ ]?(?:%|°|-\d|['’]s\b)|[ ](?:percent|people|dollars|euros|pounds|bucks|miles|kilomet\w{2,5}|km|met(?:er|re)s|feet|steps|times"
    r"|calories|points|words|pages|views|followers|users|items|of (?:them|us|these|those)|hours|minutes|days|weeks|months|years|degrees"
    r"|square|guests|books|photos|copies|other|different)\b",
    re.IGNORECASE,
)
_STREET = re.compile(r"[ ](?:[A-Z][\w']{0,20}[ ]){1,2}(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Lane|Ln|Drive|Dr|Way|Court|Place)\b")
_CLAUSE_BEGINS = re.compile(r"(?:^|[.!?,;:(]|\b(?:and|but|so|that))\s{0,3}$", re.IGNORECASE)
_RUNS_ON = re.compile(r"[ ](?:on|onwards?|to|until|through|till)\b", re.IGNORECASE)
_DAY_ENDS = re.compile(r"(?:\s{0,3}(?:$|[.,;!?)])|\s(?:and|but|of|at|because|so|with|when|we|i|he|she|they)\b)", re.IGNORECASE)


def anywhere(_: Place) -> bool:
    """They are a time wherever they stand."""
    return True


def nowhere(_: Place) -> bool:
    """They are a time only as the end of a stretch."""
    return False


def after_preposition(place: Place) -> bool:
    """They follow a word of time."""
    return bool(place.preposition)


def single(place: Place) -> bool:
    """They name one day or stretch, and not a habit or a title: never "every Friday", "Black Friday"."""
    return not (_HABIT.search(place.before) or (not place.preposition and place.before.endswith("the ")) or _TITLE.match(place.after))


def short_weekday(place: Place) -> bool:
    """An abbreviation of a weekday is one only after a word of time."""
    return bool(place.preposition) and single(place)


def year(place: Place) -> bool:
    """A number of four digits is a year after some words of time, unless it counts something or numbers a house."""
    return place.preposition in _OF_YEARS and not _COUNTED.match(place.after) and not _STREET.match(place.after)


def years(place: Place) -> bool:
    """Two years are a stretch after some words of time, or in brackets: "Acme (2015–2018)"."""
    return year(place) or place.before.endswith("(")


def month(name: str) -> Guard:
    """A month's name alone: "in May", "since March", "February"; never "it may", "we march", "April said"."""
    if name.lower() in PEOPLE | WORDS:
        capital = _doubtful_month if name.lower() in PEOPLE else _month_that_is_a_word
        return capital if name[0].isupper() else _lower_case_month
    return _month if name[0].isupper() else after_preposition


def month_of_date(name: str) -> Guard:
    """A month's name beside the number of a day."""
    return _uncounted if name[0].isupper() or name.lower() not in WORDS else _uncounted_after_preposition


def _uncounted(place: Place) -> bool:
    return not _COUNTED.match(place.after)


def _uncounted_after_preposition(place: Place) -> bool:
    return bool(place.preposition) and _uncounted(place)


def named_day(place: Place) -> bool:
    """A weekday with its number: "Friday the 15th", but for the superstition."""
    return not _HABIT.search(place.before)


def day_number(place: Place) -> bool:
    """An ordinal alone is a day of the month where nothing follows that it could count: never "on the 5th floor"."""
    return bool(place.preposition) and _DAY_ENDS.match(place.after) is not None


def ahead(place: Place) -> bool:
    """What lies ahead of a clause that does not speak of the past: never "finished in two weeks"."""
    return place.tense is not Tense.PAST


def told_or_planned(place: Place) -> bool:
    """A clause that speaks of the past or the future, and of no habit: never "we meet on the first Friday", "every first Friday"."""
    return place.tense in {Tense.PAST, Tense.FUTURE} and not _REPEATED.search(place.before)


def going_on(place: Place) -> bool:
    """A clause that says something has gone on until now."""
    return place.perfect


def named_month(name: str) -> Guard:
    """A month after "last", "this" or "next": never "this may be", "the last march"."""
    return nowhere if name == "may" else (_named if name.lower() in {"may", "march"} else anywhere)


def _named(place: Place) -> bool:
    return not (_AFTER_MAY.match(place.after) or place.before.endswith("the "))


def habit(place: Place) -> bool:
    """They come round again and again, and name no one time: "every Monday"."""
    return _REPEATED.search(place.before) is not None


def week_said_once(place: Place) -> bool:
    """A stretch of weekdays, and not a way of life: "from Monday to Friday I work" names no one week."""
    return place.tense in {Tense.PAST, Tense.FUTURE}


def fall(place: Place) -> bool:
    """The season, and not an accident: "in the fall" of a clause about the past is left alone."""
    return bool(place.preposition) and place.tense is not Tense.PAST


def _month(place: Place) -> bool:
    return not (_HABIT.search(place.before) or (not place.preposition and _VERB.match(place.after)))


def _doubtful_month(place: Place) -> bool:
    if place.after.startswith(("'", "’")):
        return False
    if place.preposition in _OPENING:
        return place.tense is Tense.FUTURE or bool(_CLAUSE_BEGINS.search(place.before) or _RUNS_ON.match(place.after))
    return place.preposition not in {"", "on", "at", "over", "around"}


def _month_that_is_a_word(place: Place) -> bool:
    """With its capital, after a word of time: "by March" names nobody."""
    return not place.after.startswith(("'", "’")) and place.preposition not in {"", "on", "at", "over", "around"}


def _lower_case_month(place: Place) -> bool:
    return place.preposition in {"in", "since", "until", "till", "during", "back in", "as of"}
