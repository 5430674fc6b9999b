"""Reading times in English text: "last week", "since 2016", "between 11 and 15 August", as periods.

`read_time` serves statements ("I moved to Lisbon last week") and questions ("Where did Alice live in February?") alike. It would rather
say nothing than something wrong: "may" the verb, ages, prices, versions and house numbers are no times.

What the words mean, where English leaves it open:

- weeks run Monday to Sunday; "last week" is the calendar week before, "the last week" and "the past week" the seven days up to now;
- "two days ago" is that day, "two weeks ago" that calendar week, "three months ago" that month, "4 years ago" that year: the finest unit
  said; "a few" is two to four, "several" three to seven, "the other day" the seven days before today;
- "last Friday" is the latest before today, "next Friday" that of next calendar week, "this Friday" that of this one;
- a bare weekday, month or date lies on the side its clause's tense looks to; a weekday looked ahead to is never today;
- seasons are northern and three whole months; a winter belongs to the year it begins in;
- Easter is its Sunday, in the western churches; "a fortnight ago" is the calendar week two weeks before;
- early, mid and late: of a month to the 10th, 10th to 20th, from the 20th; of a year, its thirds;
- "3/4/2026" has its month first; dots, "3.4.2026", its day; seven in the evening is part of its day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from mem0g.period import Period, utc
from mem0g.time_expressions import explicit, relative, standing
from mem0g.time_expressions.around import widened
from mem0g.time_expressions.forms import find
from mem0g.time_expressions.ranges import joined
from mem0g.time_expressions.readings import Found, Place, attempt
from mem0g.time_expressions.relations import RELATION_OF, Relation
from mem0g.time_expressions.spans import Anchor
from mem0g.time_expressions.tense import Tense

__all__ = ["Relation", "Tense", "TimeExpression", "read_time"]

_FORMS = (*explicit.FORMS, *relative.FORMS)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words of a text that name a time.

    Attributes:
        words: as written, without the preposition, except where two ends are stated or a length is ("for 4 years").
        start: the offset in the text where the words begin.
        end: the offset after their last character.
        period: what they name, closed-open in UTC, at the precision stated.
        relation: how the words around use it.
    """

    words: str
    start: int
    end: int
    period: Period
    relation: Relation


def read_time(text: str, reference: datetime, tense: Tense | None = None) -> list[TimeExpression]:
    """The times that `text` names, in the order they stand in it; none overlaps another.

    Args:
        text: a statement or a question, in English.
        reference: when it was said; its offset is that of the civil days the words mean.
        tense: the side that bare weekdays, months and dates lie on; read from each clause where None. Words that leave no choice
            ("last week", "since March", "3 May 2020") ignore it.

    Raises:
        InvalidTime: the reference has no offset, or lies outside the years 1 to 9999 in UTC.
    """
    utc(reference, "reference")
    now = reference.astimezone(timezone(reference.utcoffset() or timedelta()))
    found = [wide for found in find(text, _FORMS) for wide in widened(text, found)]
    placed = [(each, Place(text, each.start, each.end, tense)) for each in (*found, *joined(text, found))]
    kept = [(each, place) for each, place in placed if _stands(each, place)]
    read = (_read(text, each, place, now) for each, place in _without_overlap(kept, len(text)))
    return [expression for expression in read if expression is not None]


def _stands(found: Found, place: Place) -> bool:
    stated = found.reading.relation is Relation.BETWEEN
    return found.reading.stands(place) and (stated or place.preposition != "between")


def _without_overlap(placed: Iterable[tuple[Found, Place]], size: int) -> list[tuple[Found, Place]]:
    """The longest of those that overlap, in the order of the text."""
    taken, kept = bytearray(size), []
    for found, place in sorted(placed, key=lambda each: (each[0].start - each[0].end, each[0].start)):
        if not any(taken[found.start : found.end]):
            taken[found.start : found.end] = b"\1" * (found.end - found.start)
            kept.append((found, place))
    return sorted(kept, key=lambda each: each[0].start)


def _read(text: str, found: Found, place: Place, now: datetime) -> TimeExpression | None:
    if standing.habit(place) or not found.reading.once(place):
        return None
    period = attempt(lambda: found.reading.resolve(Anchor(now, _looks_ahead(place))).period)
    if period is None:
        return None
    return TimeExpression(text[found.start : found.end], found.start, found.end, period, _relation(found, place))


def _looks_ahead(place: Place) -> bool:
    """Whether a name that repeats is meant ahead: never "since May"; "from May" and "until May" even without a verb."""
    if place.preposition in {"since", "ever since"}:
        return False
    if place.preposition == "as of":
        return place.tense is Tense.FUTURE
    if place.tense is None:
        return not place.asked and RELATION_OF.get(place.preposition) in {Relation.SINCE, Relation.UNTIL}
    return place.tense is not Tense.PAST


def _relation(found: Found, place: Place) -> Relation:
    """What the words say; "as of June" is since then in a statement with a verb, and at that time in a question or a heading."""
    if found.reading.relation is not None:
        return found.reading.relation
    if place.preposition == "as of" and place.tense is not None and not place.asked:
        return Relation.SINCE
    return RELATION_OF.get(place.preposition, Relation.AT)
