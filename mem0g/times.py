"""Times in English text, for a caller: what `Memory` reads "last week" and "since 2019" with."""

from dataclasses import dataclass
from datetime import datetime

from mem0g.errors import InvalidInput, InvalidTime
from mem0g.period import Period, Precision, quoted


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Words of a text that name a time.

    Attributes:
        words: as written, without the preposition, except where two ends are stated or a length is ("for 4 years").
        at: the offset in the text where the words begin.
        start, end: the stretch of time that they name, closed-open, in UTC.
        precision: how finely it is stated.
        relation: how the words around use it: "at", "since", "until", "between", "before" or "after"; for "since" the start counts, for
            "until" the end.
    """

    words: str
    at: int
    start: datetime
    end: datetime
    precision: Precision
    relation: str

    @property
    def period(self) -> Period:
        """`start` and `end` as a period."""
        return Period(self.start, self.end, self.precision)


def read_time(text: str, reference: datetime) -> list[TimeWords]:
    """The times that `text` names, in the order they stand in it; none overlaps another. No model is asked.

    What the words mean where English leaves it open is said in `mem0g.time_expressions`.

    Args:
        text: a statement or a question, in English.
        reference: when it was said; its offset is that of the civil days the words mean.

    Raises:
        InvalidInput: the text is no text.
        InvalidTime: the reference is no datetime, has no offset, or lies outside the years 1 to 9999 in UTC.
    """
    if not isinstance(text, str):
        raise InvalidInput(f"text={quoted(text)} is no text: give a str")
    if not isinstance(reference, datetime):
        raise InvalidTime(f"reference={quoted(reference)} is no time: give an aware datetime, e.g. datetime.now(timezone.utc)")
    from mem0g import time_expressions  # noqa: PLC0415 - its many patterns take a while to load

    return [
        TimeWords(found.words, found.start, found.period.start, found.period.end, found.period.precision, str(found.relation))
        for found in time_expressions.read_time(text, reference)
    ]
