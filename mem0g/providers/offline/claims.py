"""Findings become claims: tense, polarity and times decide whether something is claimed, and for when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from mem0g.model import ClaimDraft, Kind, Mention, Value
from mem0g.period import Period, Precision
from mem0g.providers.offline.clauses import Clause, Form, Polarity, Turn, intent, lemma
from mem0g.providers.offline.findings import Finding, Sense
from mem0g.providers.offline.qualifying import ONE_AT_A_TIME, Extent, extent
from mem0g.providers.offline.sentences import sentence
from mem0g.providers.offline.timing import Validity, dated_words, times_of, validity
from mem0g.providers.offline.verbs import ABILITIES, SIMPLE_PAST_STATES
from mem0g.time_expressions import Relation, TimeExpression

_FOR_LATER: Final = frozenset({"signed_up_for", "booked"})
"""Events told with the time of what they are for: "signed up for the half marathon in May"."""

_EVENT_PERFECT: Final = frozenset({"bought", "sold", "adopted", "won", "passed", "failed", "booked", "signed_up_for", "broke", "finished"})
"""Events that "I've just …" and "I've …" tell as news; of others the perfect tells experience, at no time."""

_BESIDES: Final = (
    "as well",
    "apart from",
    "aside from",
    "in addition",
    "on top of",
    "on the side",
    "next to my",
    "second job",
    "other job",
)
"""What leaves room for another, anywhere in the sentence."""

_COMING: Final = frozenset({Sense.BEGINS, Sense.ENDS})
_AROUND: Final = frozenset({Relation.BEFORE, Relation.AFTER})
"""What leaves a date open: "after the summer"."""

_DAYS: Final = frozenset({Precision.DAY, Precision.INSTANT})
_LONG_AGO: Final = timedelta(days=2 * 365)
"""A change told of after so long may be history: it is a fact, and ends none."""

_LONG: Final = frozenset({Precision.MONTH, Precision.YEAR})
_A_DAY: Final = timedelta(days=1)
_A_YEAR: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Reported:
    """A claim read from a sentence, or one that the sentence only repeats.

    Attributes:
        recap: it repeats what was said before: a correction may refer to it, and nothing else comes of it.
    """

    draft: ClaimDraft
    place: tuple[int, int]
    recap: bool = False


def claim(finding: Finding, said: datetime, quote: str, holder: Mention | None) -> ClaimDraft | None:
    """The claim that `finding` makes, said at `said`; None where it makes none."""
    clause = finding.clause
    if clause is None or finding.sense in {Sense.NAMED, Sense.PLANNED}:
        return _draft(finding, None, quote, holder, negated=False)
    if clause.recap and clause.form is Form.PAST and finding.sense is Sense.STATE:
        clause = replace(clause, form=Form.PRESENT)
        finding = replace(finding, clause=clause)
    sense = _sense(finding, clause)
    if sense is None:
        return None
    never = clause.polarity is Polarity.NEVER and clause.form in {Form.PAST, Form.PERFECT}
    return (_never if never else _said)(finding, clause, sense, said, quote, holder)


def _never(finding: Finding, clause: Clause, sense: Sense, said: datetime, quote: str, holder: Mention | None) -> ClaimDraft | None:
    """As in "I never worked for Fiat": it was never so. "I never left Acme" says that something still is."""
    times = times_of(clause, said, scheduled=sense in _COMING)
    meant = not times and finding.object is not None and sense in {Sense.STATE, Sense.BEGINS}
    if not meant or extent(finding, clause, Sense.STATE, True, dated_words(clause, said)) is not Extent.WHOLE:
        return None
    return replace(_draft(finding, None, quote, holder, negated=True), correction=True)


def _said(finding: Finding, clause: Clause, sense: Sense, said: datetime, quote: str, holder: Mention | None) -> ClaimDraft | None:
    times = times_of(clause, said, scheduled=sense in _COMING)
    denied = _is_denied(finding, clause, sense)
    how_much = _at_times(extent(finding, clause, sense, denied, dated_words(clause, said)), finding, clause, sense, times, said)
    if how_much is Extent.UNCLEAR or _is_departure(finding, clause, times, said) or _is_long_ago(finding, times, said):
        return None
    stated = validity(clause, sense, [] if finding.predicate in _FOR_LATER else times, said, denied)
    if stated is None:
        return _intended(finding, clause, sense, quote, holder) if all(time.relation in _AROUND for time in times) else None
    finding, denied = _disliked(finding, clause, denied)
    draft = _draft(finding, stated.period, quote, holder, denied, sense, said)
    draft = replace(draft, exclusive=False) if how_much is Extent.PART else draft
    return draft if _is_told(finding, clause, sense, stated, denied) else None


def _at_times(how_much: Extent, finding: Finding, clause: Clause, sense: Sense, times: Sequence[TimeExpression], said: datetime) -> Extent:
    """`how_much`, where the times say that it is for some days only, or a change of years ago: "today", "this week", "in 1990"."""
    if how_much is Extent.WHOLE and sense is Sense.BEGINS and clause.form is Form.PAST and finding.predicate in ONE_AT_A_TIME:
        return Extent.PART if any(said - time.period.end > _LONG_AGO for time in times) else how_much
    passing = [time.period for time in times if time.relation is Relation.AT]
    if (
        how_much is not Extent.WHOLE
        or not passing
        or sense is not Sense.STATE
        or clause.form is not Form.PRESENT
        or finding.predicate not in ONE_AT_A_TIME
    ):
        return how_much
    return Extent.UNCLEAR if any(period.precision in _DAYS for period in passing) else Extent.PART


def _is_long_ago(finding: Finding, times: Sequence[TimeExpression], said: datetime) -> bool:
    """As in "I turned 30 in 2010": nobody is of that age still."""
    return finding.predicate == "age" and any(said - time.period.end > _A_YEAR for time in times)


def _disliked(finding: Finding, clause: Clause, denied: bool) -> tuple[Finding, bool]:
    """As in "I don't like fish": it says more than that a liking is missing."""
    if finding.predicate == "likes" and clause.polarity is Polarity.DENIED and clause.turn is Turn.PLAIN:
        return replace(finding, predicate="dislikes"), False
    return finding, denied


def _sense(finding: Finding, clause: Clause) -> Sense | None:
    """The sense once the governing verb has turned it; None where the two do not go together."""
    sense = finding.sense
    if clause.turn is Turn.BEGINS:
        return Sense.BEGINS if sense is Sense.STATE else None
    if clause.turn is Turn.ENDS:
        return Sense.ENDS if sense is Sense.STATE else None
    if clause.turn is Turn.FORMERLY:
        return sense if sense is Sense.STATE else None
    return sense


def _is_departure(finding: Finding, clause: Clause, times: Sequence[TimeExpression], said: datetime) -> bool:
    """As in "left Lisbon this morning", "left Lisbon", which may be no more than a journey; one leaves a home "in March", or "for good"."""
    if lemma(clause.head) != "leave":
        return False
    precisions = {time.period.precision for time in times if time.relation is not Relation.BETWEEN}
    if finding.predicate == "lives_in":
        return not precisions & _LONG and not any(word.lower_ == "good" for word in clause.words())
    soon = any(timedelta() < time.period.end - said <= _A_DAY and time.period.precision in _DAYS for time in times)
    return finding.predicate == "works_for" and (soon or Precision.INSTANT in precisions)


def _is_denied(finding: Finding, clause: Clause, sense: Sense) -> bool:
    return (clause.polarity is not Polarity.HOLDS) != (finding.negated or sense is Sense.ENDS)


def _is_told(finding: Finding, clause: Clause, sense: Sense, stated: Validity, denied: bool) -> bool:
    """Whether this form of the verb tells this of its predicate."""
    holds = clause.polarity is Polarity.HOLDS
    if sense is Sense.HAPPENS:
        perfect = clause.form is Form.PERFECT and (finding.predicate in _EVENT_PERFECT or stated.period is not None)
        return holds and (clause.form is Form.PAST or perfect)
    if sense in _COMING:
        return holds and clause.form is not Form.ABLE
    match clause.form:
        case Form.ABLE:
            return finding.predicate in ABILITIES
        case Form.PAST:
            return holds and (clause.turn is Turn.FORMERLY or finding.predicate in SIMPLE_PAST_STATES)
        case Form.FUTURE:
            return holds and stated.period is not None
        case _:
            return clause.form is not Form.PERFECT or not denied or stated.period is not None or clause.polarity is Polarity.ENDED


def _intended(finding: Finding, clause: Clause, sense: Sense, quote: str, holder: Mention | None) -> ClaimDraft | None:
    """As in "I'm moving to Porto", with no time: a plan, and no address."""
    going_to = clause.form is Form.FUTURE
    ahead = going_to or (clause.form is Form.PRESENT and clause.progressive)
    if sense not in _COMING or not ahead or clause.polarity is not Polarity.HOLDS or clause.turn is not Turn.PLAIN:
        return None
    text = intent(clause)
    plan = Finding(finding.subject, "plans", Value(text), Sense.PLANNED, clause, finding.place, text)
    return _draft(plan, None, quote, holder, negated=False)


def _draft(
    finding: Finding,
    valid: Period | None,
    quote: str,
    holder: Mention | None,
    negated: bool,
    sense: Sense = Sense.STATE,
    said: datetime | None = None,
) -> ClaimDraft:
    over = valid is not None and said is not None and valid.end <= said
    clause = finding.clause
    event = sense is Sense.HAPPENS
    return ClaimDraft(
        subject=finding.subject,
        predicate=finding.predicate,
        object=finding.object,
        text=sentence(finding.subject.name, finding.predicate, shown(finding), negated, event, over),
        quote=quote,
        holder=holder,
        negated=negated,
        kind=Kind.EVENT if event else Kind.STATE,
        valid=valid,
        exclusive=_exclusive(clause) if clause is not None and not event else None,
        confidence=clause.confidence if clause is not None else 1.0,
    )


def shown(finding: Finding) -> str | None:
    """The object as a sentence shows it."""
    match finding.object:
        case None:
            return None
        case Mention(name=name):
            return finding.phrase or name
        case Value(text=text):
            return finding.phrase or text


def _exclusive(clause: Clause) -> bool | None:
    words = {word.lower_ for word in clause.words()}
    text = " ".join(word.text.casefold() for word in clause.top.sent)
    if words & {"also", "too", "additionally", "besides", "alongside"} or any(cue in text for cue in _BESIDES):
        return False
    return True if "only" in words else None
