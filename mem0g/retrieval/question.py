"""What a question asks for: which times, whose view, what kind of answer, which words. Pure; no model."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mem0g.model import normalise
from mem0g.period import BEGINNING, EVERYTHING_KNOWN, FOREVER, Period, read_period
from mem0g.results import Axis, QuestionKind, TimeRead, WordsRead
from mem0g.retrieval.viewpoints import Viewpoint, viewpoint
from mem0g.time_expressions import Relation, TimeExpression, read_time

_DURATION = re.compile(
    r"\b(how long(?! ago)|how (many|much) (years|months|weeks|days|time)|(what|which|total) (length|amount|stretch|span|period) of time"
    r"|(over|during|for) (what|which) (period|span|stretch)|total time|(length|duration) of|what was the (length|duration))\b",
    re.IGNORECASE,
)
_AUXILIARY = (
    r"(did|does|do|was|were|is|are|has|have|had|will|would|can|could|should|might|exactly|precisely|in|on|roughly|about|else|again)"
)
_WHEN = re.compile(
    rf"\bwhen (?={_AUXILIARY}\b)|\bwhen(?=['’]s\b|\s*[?.!]|\s*$)|\b(since|until|till|from|by|up to|to|as of) when\b"
    r"|\b(know|knew|tell me|tell us|told|about|of|remember|recall|say|said|wonder|idea|sure|certain|and|aware"
    r"|find out|on|think) when\b"
    r"|\b(which|what) (exact )?(date|day|month|year|week|point|moment|time)s?\b"
    r"|\b(how long ago|how far back|how recently|starting when|start date|end date)\b"
    r"|\b(date|day|month|year) (in|on) which\b|\bdates? (of|on|for|at|that|when|from)\b"
    r"|\bwhat(['’]s| is| was) the (start|end|date|first day|last day|final day|beginning)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(chang(e|es|ed|ing)|differ(s|ed|ent|ence|ences|ently)?|compar(e|es|ed|ing|ison)|what(['’]s| is| was) new|what happened"
    r"|developments?|transitions?|updates?|turnover)\b",
    re.IGNORECASE,
)
_TURN = re.compile(
    r"\b(mov(e|es|ed|ing)|switch(es|ed|ing)?|swap(s|ped|ping)?|start(s|ed|ing)?|stop(s|ped|ping)?|beg(in|an|un|ins|inning)|end(s|ed|ing)?"
    r"|t(ake|ook|aken|aking) up|g(ive|ave|iven|iving) up|pick(s|ed|ing)? up|drop(s|ped|ping)?|join(s|ed|ing)?|le(ave|ft|aving)|quit"
    r"|replac(e|es|ed|ing)|relocat(e|es|ed|ing|ion)|new|old|trad(e|es|ed|ing)|marr(y|ied|ies)|divorc(e|es|ed|ing)|happen(s|ed|ing)?|shift(s|ed)?"
    r"|evol(ve|ves|ved|ving)|alter(s|ed)?|moves|becom(e|es|ing)|became|gain(s|ed)?|los(e|es|ing)|lost|acquir(e|es|ed))\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\b(and (where|who|whom|what|which)|as opposed to|rather than|versus|vs|against)\b", re.IGNORECASE)
"""Beside two times: how the one was, and how the other."""
_HISTORY = re.compile(
    r"\b(when|how often|history|ever|used to|timeline|first time|last time|previously|formerly|over the years|so far|in the past"
    r"|at some point|over time)\b|\bbefore\s*[?.!]?$",
    re.IGNORECASE,
)
_BY = re.compile(r"\b(by|no later than)\s+(the\s+)?$", re.IGNORECASE)
_BARE_YEAR = re.compile(r"(?<![\w-])(?:19|20)\d\d(?![\w-])")
_BEFORE_BARE_YEAR = re.compile(
    r"(?:^|\b(?:of|with|to|and|versus|vs\.?|than|against|or|in|at|to|for|over|year|['’]s)|[,:(])\s*$", re.IGNORECASE
)
_WORD = re.compile(r"\w+(?:['’]\w+)*")
STOP_WORDS = frozenset(
    {
        "a", "about", "am", "an", "and", "any", "are", "as", "at", "be", "been", "believe",
        "believed", "by", "can", "could", "did", "do", "does", "doing", "for", "from", "had", "has",
        "have", "he", "her", "hers", "him", "his", "how", "i", "if", "in", "into", "is",
        "it", "its", "know", "knew", "me", "might", "mine", "must", "my", "of", "on", "or",
        "our", "ours", "say", "said", "says", "shall", "she", "should", "so", "tell", "than", "that",
        "the", "their", "theirs", "them", "then", "there", "these", "they", "think", "thought", "this", "those",
        "to", "told", "tonight", "us", "was", "we", "were", "what", "when", "where", "which", "who",
        "whom", "whose", "why", "will", "with", "would", "you", "your", "yours",
    }
)  # fmt: skip
_LONGEST_NAME = 5
"""Words of the longest entity name looked for in a question."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller fixed; it goes before what the words say.

    Attributes:
        read_times: whether times and views are read out of the words at all.
    """

    as_of: Period | None = None
    known_at: datetime | None = None
    holder: str | None = None
    read_times: bool = True


@dataclass(frozen=True, slots=True)
class _Read:
    """A time expression of the question, on its axis."""

    expression: TimeExpression
    axis: Axis


def read_question_time(question: str, now: datetime, given: Given = Given(), occasion: tuple[int, int] | None = None) -> TimeRead:
    """How the question's times, and whose view it asks for, are understood.

    Without a time, a question asks for what holds now; one of when, for how long, what changed or what ever was, for all time. A time
    of what someone believed, or of what was known, is a known time, and what held then is asked for.

    Args:
        given: what the caller fixed.
        occasion: where in the question a clause stands that names a time by what happened then: it is read elsewhere.
    """
    outside = question if occasion is None else _blanked(question, occasion)
    view = viewpoint(outside) if given.read_times else None
    times = times_in(outside, now) if given.read_times else []
    kind = _kind(outside, times)
    read = _on_axes(question, times, view)
    known = next((each for each in read if each.axis is Axis.KNOWN), None)
    valid = next((each for each in read if each.axis is Axis.VALID), None)
    holder = given.holder if given.holder is not None or view is None else view.holder
    if not kind.reads_all_time and (holder is not None or known is not None):
        kind = QuestionKind.BELIEF
    elif kind is QuestionKind.STATE and (given.as_of is not None or valid is not None):
        kind = QuestionKind.AS_OF
    known_at = given.known_at if given.known_at is not None or known is None else known.expression.period.last
    as_of, words = _valid(question, kind, [each.expression for each in read if each.axis is Axis.VALID], given, now)
    if as_of is None and known is not None and given.as_of is None and not kind.reads_all_time:
        as_of = Period.instant(min(known.expression.period.last, now))
    if as_of is None and not kind.reads_all_time:
        as_of = Period.instant(now)
    return TimeRead(
        kind=kind,
        words=words or (known.expression.words if known is not None and given.as_of is None and given.known_at is None else ""),
        as_of=as_of,
        known_at=known_at,
        holder=holder,
        read=tuple(_shown(question, each, now) for each in read if _counts(each, given)),
    )


def _counts(read: _Read, given: Given) -> bool:
    return (given.known_at if read.axis is Axis.KNOWN else given.as_of) is None


def _shown(question: str, read: _Read, now: datetime) -> WordsRead:
    expression = read.expression
    period = expression.period if read.axis is Axis.KNOWN else _asked(question, expression, now)
    return WordsRead(expression.words, period, read.axis)


def _valid(question: str, kind: QuestionKind, times: Sequence[TimeExpression], given: Given, now: datetime) -> tuple[Period | None, str]:
    """The valid time asked about, and the words that say so; None where they do not."""
    if given.as_of is not None:
        return given.as_of, ""
    if not times:
        return None, ""
    if kind is QuestionKind.CHANGE and len(times) > 1:
        periods = [time.period for time in times]
        window = Period(min(each.start for each in periods), max(each.end for each in periods))
        return window, question[times[0].start : times[-1].end]
    return _asked(question, times[0], now), times[0].words


def _asked(question: str, expression: TimeExpression, now: datetime) -> Period:
    """The valid time a question's time expression asks about."""
    period = expression.period
    match expression.relation:
        case Relation.SINCE if period.start < now:
            return Period(period.start, max(now, period.end))
        case Relation.BEFORE if period.start > BEGINNING and not _BY.search(question[: expression.start]):
            return Period(BEGINNING, period.start)
        case Relation.UNTIL:
            return Period(BEGINNING, period.end)
        case Relation.AFTER if period.end < FOREVER:
            return Period(period.end, now if now > period.end else FOREVER)
        case _:
            return period


def _kind(question: str, times: Sequence[TimeExpression]) -> QuestionKind:
    """What is asked for, leaving out whose view it is."""
    if _DURATION.search(question):
        return QuestionKind.DURATION
    if _WHEN.search(question):
        return QuestionKind.WHEN
    two = len(times) > 1 or any(time.relation is Relation.BETWEEN for time in times)
    if _CHANGE.search(question) or (two and (_TURN.search(question) or _BESIDE.search(question))):
        return QuestionKind.CHANGE
    if _HISTORY.search(question):
        return QuestionKind.HISTORY
    return QuestionKind.STATE


def times_in(question: str, now: datetime) -> list[TimeExpression]:
    """The times that the question names; years that stand alone where only a question would put them, too."""
    read = read_time(question, now)
    years = [
        TimeExpression(year[0], year.start(), year.end(), read_period(year[0]), Relation.AT)
        for year in _BARE_YEAR.finditer(question)
        if _BEFORE_BARE_YEAR.search(question[: year.start()])
        and not any(time.start < year.end() and year.start() < time.end for time in read)
    ]
    return sorted((*read, *years), key=lambda time: time.start)


def _on_axes(question: str, times: Sequence[TimeExpression], view: Viewpoint | None) -> list[_Read]:
    """Each time on its axis: of what was believed or known, the time nearest to the words that say so is a known time."""
    if view is None or not view.past or not times:
        return [_Read(time, Axis.VALID) for time in times]
    nearest = min(times, key=lambda time: (max(time.start - view.end, view.start - time.end), time.start))
    return [_Read(time, Axis.KNOWN if time is nearest else Axis.VALID) for time in times]


def _blanked(text: str, span: tuple[int, int]) -> str:
    start, end = span
    return text[:start] + " " * (end - start) + text[end:]


def known_instant(known_at: datetime | None) -> datetime:
    """The instant whose knowledge counts; everything known for None."""
    return EVERYTHING_KNOWN if known_at is None else known_at


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a question that may be a name.

    Attributes:
        name: normalised, without a possessive s.
        start, end: where they stand.
        words: how many they are.
    """

    name: str
    start: int
    end: int
    words: int


def runs(question: str) -> list[Run]:
    """Every run of up to five words, with and without a possessive s."""
    words = list(_WORD.finditer(question))
    found = (
        (words[first].start(), words[last].end(), last - first + 1)
        for first in range(len(words))
        for last in range(first, min(first + _LONGEST_NAME, len(words)))
    )
    return [
        Run(normalise(form), start, end, count)
        for start, end, count in found
        for form in dict.fromkeys((question[start:end], re.sub(r"['’]s?$", "", question[start:end])))
    ]


def words_in(question: str) -> list[tuple[int, int]]:
    """Where its words stand, each with its possessive s: start and end."""
    return [word.span() for word in _WORD.finditer(question)]


def names_in(question: str) -> list[str]:
    """Every run of up to five words, normalised, with and without a possessive s: what may be an entity's name."""
    words = _WORD.findall(question)
    runs = (
        " ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, min(start + _LONGEST_NAME, len(words)) + 1)
    )
    return list(dict.fromkeys(normalise(form) for run in runs for form in (run, re.sub(r"['’]s$", "", run))))


def content_words(question: str, time_words: str = "") -> list[str]:
    """The words that say what is asked: no stop words, and none of the time's."""
    times = set(_WORD.findall(normalise(time_words)))
    words = (re.sub(r"['’]s$", "", word) for word in _WORD.findall(normalise(question)))
    return list(dict.fromkeys(word for word in words if word not in STOP_WORDS and word not in times))


def asks_of_asker(question: str) -> bool:
    """Whether the question is about the one who asks: "where do I live?"."""
    return re.search(r"\b(i|me|my|mine|we|our|us)\b", question, re.IGNORECASE) is not None
