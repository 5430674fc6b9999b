"""What a form reads its words as, before the tense is known."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TypeVar

from mem0g.time_expressions.relations import Relation, preposition_before
from mem0g.time_expressions.spans import Anchor, Span, Unit, coming, nearest, passed, shift, unit_of
from mem0g.time_expressions.tense import Tense, is_perfect, is_question, read_tense

_REACH = 60
"""How far around the words their neighbours are looked at, in characters."""

Resolve = Callable[[Anchor], Span]
Repeat = Callable[[Anchor, int], Span]
"""The repetition of a name `n` years, months or weeks away from the anchor's own."""


class Place:
    """Where words stand: what decides whether they are a time at all. What is dear to find is found when first asked for.

    Attributes:
        preposition: the word before them that bears on time ("since"), in lower case; empty where there is none.
        before: the words before the preposition.
        after: the text after them.
    """

    def __init__(self, text: str, start: int, end: int, tense: Tense | None) -> None:
        self.preposition, begin = preposition_before(text, start)
        self.before = text[max(0, begin - _REACH) : begin]
        self.after = text[end : end + _REACH]
        self._at, self._stated = (text, start, end), tense

    @cached_property
    def tense(self) -> Tense | None:
        """The tense given, or that of their clause; None where it has no verb to tell by."""
        return self._stated or read_tense(*self._at)

    @cached_property
    def perfect(self) -> bool:
        """Whether their clause says that something has gone on until now."""
        return is_perfect(*self._at[:2])

    @cached_property
    def asked(self) -> bool:
        """Whether their sentence is a question."""
        return is_question(*self._at[:2])


def always(_: Place) -> bool:
    """These words are a time wherever they stand."""
    return True


@dataclass(frozen=True, slots=True)
class Reading:
    """What some words name.

    Attributes:
        resolve: the span they name, seen from an anchor.
        unit: the kind of that span.
        repeats: whether the tense decides which of many is meant ("in May"); otherwise the reference alone does.
        stands: whether they are a time in their place.
        once: whether they name one time there and not a habit; words that do not are left unread, in whole and in part.
        relation: what they say of themselves about it ("for 4 years" is since then); None leaves it to the word before.
    """

    resolve: Resolve
    unit: Unit
    repeats: bool = False
    stands: Callable[[Place], bool] = always
    once: Callable[[Place], bool] = always
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Words of the text, by their offsets, and what they read as."""

    start: int
    end: int
    reading: Reading

    def widened(self, start: int, reading: Reading) -> "Found":
        """The same words and those before them from `start` on, read together."""
        return replace(self, start=start, reading=reading)


def bare(unit: Unit, repeat: Repeat, *, reach: int, begun: bool = True, stands: Callable[[Place], bool] = always) -> Reading:
    """A name that comes round again ("in May", "on Monday"): the nearest one on the side the tense looks to."""
    return Reading(lambda at: nearest(_turns(at, repeat, reach), at, begun=begun), unit, repeats=True, stands=stands)


def last(unit: Unit, repeat: Repeat, reach: int) -> Reading:
    """The last of a repeating name to be over."""
    return Reading(lambda at: passed(_turns(at, repeat, reach), at), unit)


def coming_next(unit: Unit, repeat: Repeat, reach: int) -> Reading:
    """The next of a repeating name to begin."""
    return Reading(lambda at: coming(_turns(at, repeat, reach), at), unit)


def this(unit: Unit, repeat: Repeat) -> Reading:
    """The one of a repeating name in the calendar unit it repeats in: the Friday of this week, the May of this year.

    One in progress comes first: in January, "this winter" began last year.
    """
    return Reading(lambda at: _in_progress(repeat, at) or repeat(at, 0), unit)


def calendar(unit: Unit, count: int) -> Reading:
    """The calendar unit `count` units from the one now."""
    return Reading(lambda at: unit_of(at.now, unit, count), unit)


def fixed(make: Resolve, unit: Unit, stands: Callable[[Place], bool] = always) -> Reading:
    """What no tense changes."""
    return Reading(make, unit, stands=stands)


def rolling_back(unit: Unit, count: int) -> Reading:
    """The last `count` units up to the reference itself."""
    return Reading(lambda at: Span(shift(at.today, unit, -count), at.now), Unit.STRETCH)


def rolling_on(unit: Unit, count: int) -> Reading:
    """The next `count` units, beginning tomorrow."""
    return Reading(lambda at: Span(shift(at.today, Unit.DAY, 1), shift(shift(at.today, Unit.DAY, 1), unit, count)), Unit.STRETCH)


_T = TypeVar("_T")


def _in_progress(repeat: Repeat, at: Anchor) -> Span | None:
    return next((span for span in _turns(at, repeat, 1) if span.start <= at.now < span.end), None)


def attempt(make: Callable[[], _T]) -> _T | None:
    """What `make` gives, or None where the calendar has no such date."""
    try:
        return make()
    except (ValueError, OverflowError):
        return None


def _turns(at: Anchor, repeat: Repeat, reach: int) -> Iterator[Span]:
    turns = (attempt(partial(repeat, at, turn)) for turn in range(-reach, reach + 1))
    return (span for span in turns if span is not None)
