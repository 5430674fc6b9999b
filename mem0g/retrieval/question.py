"""What a question asks for: which time, what kind of answer, which words. Pure; no model."""

import re
from datetime import datetime

from mem0g.model import normalise
from mem0g.period import BEGINNING, EVERYTHING_KNOWN, FOREVER, Period
from mem0g.results import QuestionKind, TimeRead
from mem0g.time_expressions import Relation, TimeExpression, read_time

_HISTORY = re.compile(
    r"\b(when|how long|how often|since when|what changed|history|ever|used to|timeline|first time|last time)\b", re.IGNORECASE
)
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_STOP_WORDS = frozenset(
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


def read_question_time(question: str, now: datetime, as_of: Period | None, known_at: datetime | None) -> TimeRead:
    """How the question's time is understood. What the caller gives goes before what the words say.

    Without a time, a question asks for what holds now; one that asks when, for how long or how things changed, for all time.
    """
    kind = QuestionKind.HISTORY if _HISTORY.search(question) else QuestionKind.STATE
    if as_of is not None:
        return TimeRead(kind, "", as_of, known_at)
    expression = next(iter(read_time(question, now)), None)
    if expression is not None:
        return TimeRead(kind, expression.words, _asked(expression, now), known_at)
    return TimeRead(kind, "", None if kind is QuestionKind.HISTORY else Period.instant(now), known_at)


def _asked(expression: TimeExpression, now: datetime) -> Period:
    """The valid time a question's time expression asks about."""
    period = expression.period
    match expression.relation:
        case Relation.SINCE if period.start < now:
            return Period(period.start, max(now, period.end))
        case Relation.BEFORE if period.start > BEGINNING:
            return Period(BEGINNING, period.start)
        case Relation.UNTIL:
            return Period(BEGINNING, period.end)
        case Relation.AFTER if period.end < FOREVER:
            return Period(period.end, now if now > period.end else FOREVER)
        case _:
            return period


def known_instant(known_at: datetime | None) -> datetime:
    """The instant whose knowledge counts; everything known for None."""
    return EVERYTHING_KNOWN if known_at is None else known_at


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
    return list(dict.fromkeys(word for word in words if word not in _STOP_WORDS and word not in times))


def asks_of_asker(question: str) -> bool:
    """Whether the question is about the one who asks: "where do I live?"."""
    return re.search(r"\b(i|me|my|mine|we|our|us)\b", question, re.IGNORECASE) is not None
