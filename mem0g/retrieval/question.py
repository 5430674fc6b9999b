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
from mem0g.time_expressions.relations import preposition_before

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
    r"|at (some|any) (point|time)|over time)\b|\bbefore\s*[?.!]?$",
    re.IGNORECASE,
)
_BY = re.compile(r"\b(by|no later than)\s+(the\s+)?$", re.IGNORECASE)
_BARE_YEAR = re.compile(r"(?<![\w-])(?:19|20)\d\d(?![\w-])")
_BEFORE_BARE_YEAR = re.compile(
    r"(?:^|\b(?:of|with|to|and|versus|vs\.?|than|against|or|in|at|to|for|over|year|['’]s)|[,:(])\s*$", re.IGNORECASE
)
_NOT_THEN = re.compile(
    r"\b(?:not|never|except(?: for)?|excepting|excluding|other than|apart from|aside from|besides|outside(?: of)?)\s+"
    r"(?:(?:in|on|at|during|since|from|before|after|until|till|by|over|throughout)\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
"""Before a time that is left out: "not in 2024"."""
_MAY_BE_TIMES = re.compile(
    r"\b(?:[Ii]n|[Oo]n|[Bb]y|[Ss]ince|[Uu]ntil|[Tt]ill|[Bb]efore|[Aa]fter|[Dd]uring|[Ff]rom|[Aa]round)\s+(?:the\s+)?"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|(?<![\w.,:-])(?:19|20)\d\d(?![\w-]|[.,:]\d)|\bFY ?\d{2,4}\b"
    r"|\b(?i:thanksgiving|ramadan|eid|passover|hanukkah|diwali|pentecost|midsummer|carnival|(?:lunar|chinese) new year|new year"
    r"|(?:mother|father)['’]s day|recently|lately|(?:a while|some time|sometime|(?<!how )long|ages|years|months|weeks|days) (?:ago|back))\b"
    r"|\b(?i:at) \d{1,2}(?::\d\d)?(?: ?(?i:[ap]m))?\b"
)
"""Words that are times to a person; where they are not read as one, the note says so."""
LONGEST_READ = 2_000
"""Characters of a question that are read for times and for clauses that name one; of a longer one, the first."""
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
_BEFORE_A_YEAR = 40
"""Characters before a bare year that are looked at."""
_MOST_NOTES = 5
"""Words of time that a note quotes, at most."""
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
    """A time expression of the question, on its axis, with what is asked about it: "before 2020" is all that lies before."""

    expression: TimeExpression
    axis: Axis
    period: Period


@dataclass(frozen=True, slots=True)
class _Times:
    """The times of a question: those read, and in sentences what was not read, or not as it stands."""

    read: Sequence[_Read]
    notes: Sequence[str]
    left_out: bool
    """A time is named that is not meant: "not in 2024"."""

    def on(self, axis: Axis) -> list[_Read]:
        """Those on this axis."""
        return [each for each in self.read if each.axis is axis]


def read_question_time(question: str, now: datetime, given: Given = Given(), occasion: tuple[int, int] | None = None) -> TimeRead:
    """How the question's times, and whose view it asks for, are understood.

    Without a time, a question asks for what holds now; one of when, for how long, what changed or what ever was, for all time. A time
    of what someone believed, or of what was known, is a known time, and what held then is asked for. Of several valid times all from the
    first to the last is read; what is not read as a time, and may be one, `TimeRead.note` names.

    Args:
        given: what the caller fixed.
        occasion: where in the question a clause stands that names a time by what happened then: it is read elsewhere.
    """
    outside = question if occasion is None else blanked(question, occasion)
    view = viewpoint(outside[:LONGEST_READ]) if given.read_times else None
    times = _times(outside, now, view) if given.read_times else _Times((), (), left_out=False)
    kind = _kind(outside, [each.expression for each in times.read])
    known, valid = next(iter(times.on(Axis.KNOWN)), None), times.on(Axis.VALID)
    holder = given.holder if given.holder is not None or view is None else view.holder
    if not kind.reads_all_time and (holder is not None or known is not None):
        kind = QuestionKind.BELIEF
    elif kind is QuestionKind.STATE and (given.as_of is not None or valid):
        kind = QuestionKind.AS_OF
    elif kind is QuestionKind.STATE and times.left_out:
        kind = QuestionKind.HISTORY
    known_at = given.known_at if given.known_at is not None or known is None else known.period.last
    as_of, words, notes = _valid(question, kind, valid, given)
    everything = kind.reads_all_time or (times.left_out and not valid)
    if as_of is None and not everything:
        as_of = Period.instant(now if known is None else min(known.period.last, now))
    return TimeRead(
        kind=kind,
        words=words or (known.expression.words if known is not None and given.as_of is None and given.known_at is None else ""),
        as_of=as_of,
        known_at=known_at,
        holder=holder,
        read=tuple(WordsRead(each.expression.words, each.period, each.axis) for each in times.read if _counts(each, given)),
        note="; ".join((*times.notes, *notes)),
    )


def _counts(read: _Read, given: Given) -> bool:
    return (given.known_at if read.axis is Axis.KNOWN else given.as_of) is None


def _times(question: str, now: datetime, view: Viewpoint | None) -> _Times:
    """The times of the question on their axes, and what is not read of it."""
    named = times_in(question, now)
    left_out = [time for time in named if _NOT_THEN.search(question[: time.start])]
    notes = [f"{_quoted(question, time)} leaves out a time, and is not read" for time in left_out]
    read: list[_Read] = []
    for time, axis in _on_axes([time for time in named if time not in left_out], view):
        period = _known(question, time) if axis is Axis.KNOWN else _asked(question, time, now)
        if period is None:
            notes.append(f"{_quoted(question, time)} names no one moment of knowledge, so what is known now is read")
        else:
            read.append(_Read(time, axis, period))
    return _Times(read, (*notes, *_unread(question, named)), bool(left_out))


def _quoted(question: str, time: TimeExpression) -> str:
    """The words of a time, with those before it that say how it is meant."""
    refused = _NOT_THEN.search(question[: time.start])
    start = refused.start() if refused else preposition_before(question, time.start)[1]
    return f"“{' '.join(question[start : time.end].split())}”"


def _unread(question: str, named: Sequence[TimeExpression]) -> list[str]:
    """What of the question may be a time, and is not read as one."""
    read = question[:LONGEST_READ]
    may_be = [
        found for found in _MAY_BE_TIMES.finditer(read) if not any(time.start < found.end() and found.start() < time.end for time in named)
    ]
    notes = [f"“{' '.join(found[0].split())}” is not read as a time" for found in may_be[:_MOST_NOTES]]
    return notes if len(question) <= LONGEST_READ else [*notes, f"times are read in the first {LONGEST_READ:,} characters alone"]


def _valid(question: str, kind: QuestionKind, times: Sequence[_Read], given: Given) -> tuple[Period | None, str, Sequence[str]]:
    """The valid time asked about, the words that say so, and what is to be noted; None where they do not."""
    if given.as_of is not None:
        return given.as_of, "", ()
    if not times:
        return None, "", ()
    if len(times) == 1:
        return times[0].period, times[0].expression.words, ()
    words = question[times[0].expression.start : times[-1].expression.end]
    if kind is QuestionKind.CHANGE:
        return _hull([each.expression.period for each in times]), words, ()
    if (window := _window(times)) is not None:
        return window, words, ()
    named = " and ".join(f"“{each.expression.words}”" for each in times[:_MOST_NOTES])
    return _hull([each.period for each in times]), words, (f"{named} are read as one time, from the first to the last",)


def _hull(periods: Sequence[Period]) -> Period:
    return Period(min(each.start for each in periods), max(each.end for each in periods))


def _window(times: Sequence[_Read]) -> Period | None:
    """The stretch between two times of which one begins it and the other ends it: "after 2020 and before 2024"."""
    begins = [each for each in times if each.expression.relation in {Relation.SINCE, Relation.AFTER}]
    ends = [each for each in times if each.expression.relation in {Relation.BEFORE, Relation.UNTIL} and each.period.start == BEGINNING]
    if len(times) != 2 or not begins or not ends or begins[0].period.start >= ends[0].period.end:
        return None
    return Period(begins[0].period.start, ends[0].period.end)


def _known(question: str, expression: TimeExpression) -> Period | None:
    """The time up to whose end something was known: of "before May" up to its start; None for what was known since or after a time."""
    match expression.relation:
        case Relation.SINCE | Relation.AFTER:
            return None
        case Relation.BEFORE if expression.period.start > BEGINNING and not _BY.search(question[: expression.start]):
            return Period(BEGINNING, expression.period.start)
        case _:
            return expression.period


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
    """The times that the question names; years that stand alone where only a question would put them, too.

    Of a question of more than `LONGEST_READ` characters the first are read.
    """
    question = question[:LONGEST_READ]
    read = read_time(question, now)
    years = [
        TimeExpression(year[0], year.start(), year.end(), read_period(year[0]), Relation.AT)
        for year in _BARE_YEAR.finditer(question)
        if _BEFORE_BARE_YEAR.search(question[max(0, year.start() - _BEFORE_A_YEAR) : year.start()])
        and not any(time.start < year.end() and year.start() < time.end for time in read)
    ]
    return sorted((*read, *years), key=lambda time: time.start)


def _on_axes(times: Sequence[TimeExpression], view: Viewpoint | None) -> list[tuple[TimeExpression, Axis]]:
    """Each time with its axis: of what was believed or known, the time nearest to the words that say so is a known time."""
    if view is None or not view.past or not times:
        return [(time, Axis.VALID) for time in times]
    nearest = min(times, key=lambda time: (max(time.start - view.end, view.start - time.end), time.start))
    return [(time, Axis.KNOWN if time is nearest else Axis.VALID) for time in times]


def blanked(text: str, span: tuple[int, int]) -> str:
    """The text with spaces in place of this part of it."""
    start, end = span
    return text[:start] + " " * (end - start) + text[end:]


def known_instant(known_at: datetime | None) -> datetime:
    """The instant whose knowledge counts; everything known for None."""
    return EVERYTHING_KNOWN if known_at is None else known_at


def spellings(name: str) -> list[str]:
    """The name as it is written, and with the other apostrophe: "O’Brien" and "O'Brien" are one."""
    return list(dict.fromkeys((name, name.replace("’", "'"), name.replace("'", "’"))))


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
    """Every run of up to five words, with and without a possessive s, with either apostrophe."""
    words = list(_WORD.finditer(question))
    found = (
        (words[first].start(), words[last].end(), last - first + 1)
        for first in range(len(words))
        for last in range(first, min(first + _LONGEST_NAME, len(words)))
    )
    return [
        Run(normalise(form), start, end, count)
        for start, end, count in found
        for written in dict.fromkeys((question[start:end], re.sub(r"['’]s?$", "", question[start:end])))
        for form in spellings(written)
    ]


def words_in(question: str) -> list[tuple[int, int]]:
    """Where its words stand, each with its possessive s: start and end."""
    return [word.span() for word in _WORD.finditer(question)]


def names_in(question: str) -> list[str]:
    """Every run of up to five words, normalised, with and without a possessive s, with either apostrophe: what may be an entity's name.

    A stop word without a capital is none: "Where will Ann live?" does not name Will.
    """
    words = _WORD.findall(question)
    runs = (
        " ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, min(start + _LONGEST_NAME, len(words)) + 1)
    )
    forms = dict.fromkeys(form for run in runs if run not in STOP_WORDS for form in (run, re.sub(r"['’]s$", "", run)))
    return list(dict.fromkeys(normalise(spelled) for form in forms for spelled in spellings(form)))


def content_words(question: str, time_words: str = "") -> list[str]:
    """The words that say what is asked: no stop words, and none of the time's."""
    times = set(_WORD.findall(normalise(time_words)))
    words = (re.sub(r"['’]s$", "", word) for word in _WORD.findall(normalise(question)))
    return list(dict.fromkeys(word for word in words if word not in STOP_WORDS and word not in times))


def asks_of_asker(question: str) -> bool:
    """Whether the question is about the one who asks: "where do I live?"."""
    return re.search(r"\b(i|me|my|mine|we|our|us)\b", question, re.IGNORECASE) is not None
