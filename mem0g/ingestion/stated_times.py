"""When a claim that a model read is valid: its dates, checked against a deterministic reading of the words they come from. Pure.

The rule: where the words of the text that state a time can be read without a model (`mem0g.time_expressions`), that reading holds, and the
model's dates only say which end of the validity is meant, where the words leave that open. Where they cannot be read, the model's dates
hold. A time that makes no interval is dropped, and its claim is kept as one that states none.

- "since" and "for 4 years" state where it begins, "until" where it ends (with the end of what it names), "from … to …" both;
- a time at which ("in 2019", "last week") is all of it for an event and for a past state, and where the model dates both ends; it is where
  it ends, where the model dates the end alone; else where it begins: "moved last week";
- "before" and "after" state no end: the model's dates hold;
- a past state ("I used to …") was over by the time it was said.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mem0g.errors import InvalidTime
from mem0g.ingestion.quoting import Quote, find, sentence_around
from mem0g.model import Kind
from mem0g.period import BEGINNING, FOREVER, Period, Precision, read_period
from mem0g.time_expressions import Relation, TimeExpression, read_time

UNREADABLE = "a date that does not parse"
EMPTY = "a time that ends before it begins"
OVERRULED = "a date other than its words say"


_NO_DATE = frozenset({"", "null", "none"})


@dataclass(frozen=True, slots=True)
class Told:
    """What a model says about when a claim is valid.

    Attributes:
        first, last: partial ISO dates, both within the validity; None or empty where it says none.
        words: the words of the text that state it.
        ended: it was over when it was said.
    """

    first: str | None = None
    last: str | None = None
    words: str | None = None
    kind: Kind = Kind.STATE
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Stated:
    """When a claim is valid; None where nothing usable was stated.

    Attributes:
        refused: what was not taken over, and why.
    """

    valid: Period | None
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Ends:
    """The two ends of a validity, closed-open; None where nothing states one."""

    start: datetime | None = None
    end: datetime | None = None
    precision: Precision | None = None

    @property
    def are_open(self) -> bool:
        return self.start is None and self.end is None

    def contradict(self, other: "_Ends") -> bool:
        """Whether both state an end, and not the same."""
        ends = ((self.start, other.start), (self.end, other.end))
        return any(one and another and one != another for one, another in ends)


def stated(told: Told, text: str, quote: Quote | None, said: datetime) -> Stated:
    """When the claim is valid.

    Args:
        text: all of the message.
        quote: where in it the claim stands.
        said: when it was said.
    """
    refused = []
    try:
        dated = _dated(told)
    except InvalidTime:
        dated = _Ends()
        refused.append(UNREADABLE)
    worded = _worded(_expressions(told.words or "", text, quote, said), dated, told)
    if worded is not None and worded.contradict(dated):
        refused.append(OVERRULED)
    ends = dated if worded is None else worded
    if told.ended and told.kind is Kind.STATE:
        ends = replace(ends, end=min(ends.end or FOREVER, said), precision=ends.precision or Precision.INSTANT)
    if ends.are_open:
        return Stated(None, tuple(refused))
    start, end = ends.start or BEGINNING, ends.end or FOREVER
    if end <= start:
        return Stated(None, (*refused, EMPTY))
    return Stated(Period(start, end, ends.precision or Precision.SPAN), tuple(refused))


def _dated(told: Told) -> _Ends:
    """The ends as the model dates them."""
    first, last = _period(told.first), _period(told.last)
    if told.kind is Kind.EVENT:
        first, last = first or last, last or first
    named = first or last
    return _Ends(first.start if first else None, last.end if last else None, named.precision if named else None)


def _period(date: str | None) -> Period | None:
    """The period that a partial ISO date names. A time of day without an offset counts for its day alone."""
    text = (date or "").strip()
    if text.casefold() in _NO_DATE:
        return None
    try:
        return read_period(text)
    except InvalidTime:
        return read_period(text[:10])


def _expressions(words: str, text: str, quote: Quote | None, said: datetime) -> list[TimeExpression]:
    """What the words state, read in their sentence: its verb says on which side a bare weekday lies."""
    place = _place(words, text, quote)
    if place is None:
        return []
    sentence = sentence_around(place, text)
    start, end = place.start - sentence.start, place.end - sentence.start
    return [found for found in read_time(sentence.words, said) if found.start < end and found.end > start]


def _place(words: str, text: str, quote: Quote | None) -> Quote | None:
    """Where the words stand: in the sentence of the quote first."""
    near = sentence_around(quote, text) if quote else None
    inside = find(words, near.words) if near else None
    return replace(inside, start=inside.start + near.start) if near and inside else find(words, text)


def _worded(expressions: Sequence[TimeExpression], dated: _Ends, told: Told) -> _Ends | None:
    """The ends as the words state them; None where they state neither."""
    ends = _Ends()
    for expression in sorted(expressions, key=lambda each: each.period.start - each.period.end):
        ends = _with(ends, expression, dated, told)
    return None if ends.are_open else ends


def _with(ends: _Ends, expression: TimeExpression, dated: _Ends, told: Told) -> _Ends:
    """The ends with what one expression states of them; the finest comes last, and holds."""
    period, event = expression.period, told.kind is Kind.EVENT
    start = replace(ends, start=period.start, precision=period.precision)
    end = replace(ends, end=period.end, precision=ends.precision or period.precision)
    both = replace(start, end=period.end)
    match expression.relation:
        case Relation.SINCE if not event:
            return start
        case Relation.AT if not (event or told.ended or dated.end):
            return start
        case Relation.UNTIL if not event:
            return end
        case Relation.AT if not (event or told.ended or dated.start):
            return end
        case Relation.AT | Relation.BETWEEN:
            return both
    return ends
