"""The times a clause states, and what they say of when its claim is valid.

- a change ("moved last week") holds from the start of the stated period on;
- "until June" ends when June ends: the reading that retires the least;
- a bare past state ("I lived in Berlin", "I used to …") ended by the time it was said, and began nobody knows when;
- an event fills its stated period.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from mem0g.period import BEGINNING, FOREVER, Period, Precision
from mem0g.providers.offline.clauses import Clause, Form, Turn, child, clause_top
from mem0g.providers.offline.findings import Sense
from mem0g.time_expressions import Relation, Tense, TimeExpression, read_time

if TYPE_CHECKING:
    from mem0g.providers.offline.parser import Span, Token

_TENSES = {
    Form.PAST: Tense.PAST,
    Form.PERFECT: Tense.PAST,
    Form.FUTURE: Tense.FUTURE,
    Form.PRESENT: Tense.PRESENT,
    Form.ABLE: Tense.PRESENT,
}
_SHORT = frozenset({Precision.INSTANT, Precision.DAY})


@dataclass(frozen=True, slots=True)
class Validity:
    """When a claim is valid; `period` is None where the text does not say."""

    period: Period | None = None


def times_of(clause: Clause, said: datetime, scheduled: bool) -> list[TimeExpression]:
    """The times stated in `clause` itself, or put before it for it and the clause it is joined to.

    Args:
        clause: where they stand.
        said: when it was said.
        scheduled: its verb looks ahead where it stands in the present: "I start on Monday".
    """
    tense = Tense.FUTURE if scheduled and clause.form is Form.PRESENT else _TENSES[clause.form]
    sentence = clause.top.sent
    found = [(expression, _anchor(sentence, expression)) for expression in read_time(sentence.text, said, tense)]
    own = [_ahead(expression, sentence, clause, said) for expression, anchor in found if clause_top(anchor).i == clause.top.i]
    if own or clause.top.dep_ != "conj" or child(clause.top, "nsubj", "nsubjpass") is not None:
        return own
    first = clause.top.head
    subject = child(first, "nsubj", "nsubjpass")
    return [
        _ahead(expression, sentence, clause, said)
        for expression, anchor in found
        if subject is not None and anchor.i < subject.i and clause_top(anchor).i == clause_top(first).i
    ]


def dated_words(clause: Clause, said: datetime) -> frozenset[int]:
    """The places of the words in the sentence of `clause` that name a time."""
    sentence = clause.top.sent
    spans = [(found.start, found.end) for found in read_time(sentence.text, said, _TENSES[clause.form])]
    offset = sentence.start_char
    return frozenset(word.i for word in sentence if any(start <= word.idx - offset < end for start, end in spans))


def validity(clause: Clause, sense: Sense, times: Sequence[TimeExpression], said: datetime, denied: bool) -> Validity | None:
    """When the claim is valid; None where tense and times do not make a claim together."""
    if sense is Sense.HAPPENS:
        return _of_event(clause, times, said)
    if sense in {Sense.BEGINS, Sense.ENDS}:
        return _of_change(clause, times, said)
    if clause.form is Form.PAST:
        return _of_past_state(times, said)
    return _of_state(clause, times, said, denied)


def _of_event(clause: Clause, times: Sequence[TimeExpression], said: datetime) -> Validity | None:
    stated = [time.period for time in times if time.relation in {Relation.AT, Relation.BETWEEN}]
    begun = [period for period in stated if period.start <= said]
    if stated and not begun:
        return None
    return Validity(_finest(begun))


def _of_change(clause: Clause, times: Sequence[TimeExpression], said: datetime) -> Validity | None:
    if any(time.relation in {Relation.BEFORE, Relation.AFTER} for time in times):
        return None
    period = _finest([time.period for time in times if time.relation in {Relation.AT, Relation.SINCE}])
    until = _end([time for time in times if time.relation is Relation.UNTIL])
    if clause.form in {Form.PAST, Form.PERFECT}:
        if period is None:
            return Validity()
        return _between(period.start, until, period.precision) if period.start <= said else None
    if period is None or period.end <= said:
        return None
    return _between(period.start, until, period.precision)


def _of_past_state(times: Sequence[TimeExpression], said: datetime) -> Validity | None:
    over = _finest([time.period for time in times if time.relation in {Relation.AT, Relation.BETWEEN}])
    if over is not None:
        return Validity(Period(over.start, min(over.end, said), over.precision)) if over.start < said else None
    since = [time.period for time in times if time.relation is Relation.SINCE]
    start = since[0].start if since else BEGINNING
    end = _end([time for time in times if time.relation is Relation.UNTIL])
    if before := [time.period.start for time in times if time.relation is Relation.BEFORE]:
        end = before[0]
    precision = (
        since[0].precision
        if since
        else next((time.period.precision for time in times if time.relation is Relation.UNTIL), Precision.INSTANT)
    )
    return _between(start, min(end, said), precision)


def _of_state(clause: Clause, times: Sequence[TimeExpression], said: datetime, denied: bool) -> Validity | None:
    since = [time.period for time in times if time.relation is Relation.SINCE]
    over = [time.period for time in times if time.relation in {Relation.AT, Relation.BETWEEN}]
    until = _end([time for time in times if time.relation is Relation.UNTIL])
    if any(time.relation in {Relation.BEFORE, Relation.AFTER} for time in times) or (until <= said):
        return None
    if since:
        return _between(since[0].start, until, since[0].precision)
    if clause.form is Form.PERFECT and not (clause.progressive or _always(clause)):
        return None
    if clause.form is Form.FUTURE and not any(period.start > said for period in over):
        return None
    if over:
        return _of_dated_state(over, until, said)
    return Validity() if until == FOREVER else _between(BEGINNING, until, _precision_of_end(times))


def _of_dated_state(over: list[Period], until: datetime, said: datetime) -> Validity | None:
    period = _finest(over)
    if period is None or period.end <= said:
        return None
    if period.start > said or period.precision in _SHORT:
        return _between(period.start, until, period.precision)
    return Validity(period)


def _between(start: datetime, end: datetime, precision: Precision) -> Validity | None:
    return Validity(Period(start, end, precision)) if start < end else None


def _finest(periods: Sequence[Period]) -> Period | None:
    return min(periods, key=lambda period: period.end - period.start, default=None)


def _end(until: Sequence[TimeExpression]) -> datetime:
    return until[0].period.end if until else FOREVER


def _precision_of_end(times: Sequence[TimeExpression]) -> Precision:
    return next((time.period.precision for time in times if time.relation is Relation.UNTIL), Precision.SPAN)


def _always(clause: Clause) -> bool:
    return any(word.lower_ in {"always", "long"} for word in clause.words())


def _anchor(sentence: Span, expression: TimeExpression) -> Token:
    offset = sentence.start_char
    span = sentence.doc.char_span(offset + expression.start, offset + expression.end, alignment_mode="expand")
    return span.root if span is not None else sentence.root


def _ahead(expression: TimeExpression, sentence: Span, clause: Clause, said: datetime) -> TimeExpression:
    """`expression`, read as lying ahead where "from 1 September" stands beside a verb that looks ahead."""
    looks_ahead = clause.form is Form.FUTURE or (clause.form is Form.PRESENT and clause.turn is Turn.PLAIN)
    opening = sentence.text[: expression.start].lower().rstrip().removesuffix(" the")
    if expression.relation is not Relation.SINCE or not looks_ahead or opening.endswith("since") or expression.period.start > said:
        return expression
    again = [
        found for lead in ("on", "in") for found in read_time(f"{lead} {expression.words}", said, Tense.FUTURE) if found.period.start > said
    ]
    if not again:
        return expression
    return TimeExpression(expression.words, expression.start, expression.end, again[0].period, expression.relation)
