"""Which side of the present a clause speaks of, by cues alone."""

import re
from collections.abc import Iterator
from enum import StrEnum
from operator import itemgetter


class Tense(StrEnum):
    """Which side of the present a clause speaks of."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"


_REACH = 200
"""How far from the words a cue may stand, in characters: what keeps a long text linear."""

_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_CLAUSE_END = re.compile(r"[.!?,;:—]\s|\n")

_NOT_PAST = (
    r"(?!(?:need|bed|red|feed|seed|speed|shed|wed|exceed|succeed|indeed|hundred|sacred|naked|excited|tired|bored|interested|worried"
    r"|scared|thrilled|married|based|scheduled|planned|supposed|booked|bleed|breed|proceed|weed)\b)"
)
_IRREGULAR = (
    "went came got met saw made took bought left ate ran said told gave found began started became felt kept wrote won lost flew drove"
    " spent sold sent paid broke chose held heard brought caught taught thought knew grew swam sang spoke woke wore fell forgot built"
    " stood understood slept rode threw led lent sat"
).replace(" ", "|")
_UNCHANGED = "quit|hurt|cut|put|read|set|let|hit|split"
"""Verbs whose past is written as their present: past, unless an auxiliary stands before."""
_NO_VERB = r"(?!(?:no|some|any|every)thing|during|morning|evening|spring|amazing|interesting|exciting|boring|missing)"
_FUTURE = re.compile(
    r"\b(?:will|won['’]t|shall|gonna|going\s+to|plan(?:s|ning)?\s+to|about\s+to|hop(?:e|es|ing)\s+to|should|wants?\s+to|must"
    r"|ha(?:ve|s)\s+to|needs?\s+to|can['’]t\s+wait\s+to|let['’]s)\b(?:(?:\s+(?:not|be|have|get|[a-z]{2,12}ly)){0,3}\s+[a-z]+)?"
    r"|\b(?:looking\s+forward|can['’]t\s+wait|upcoming|remind|tomorrow|next|scheduled|planned|booked|due|supposed"
    rf"|(?:am|are|is)\s+(?:(?!a\b|the\b|my\b)[a-z]+\s+){{0,2}}{_NO_VERB}[a-z]{{2,20}}ing)\b"
    rf"|['’](?:ll(?:\s+(?:not|be|have|get)){{0,2}}\s+[a-z]+|(?:m|re|s)\s+{_NO_VERB}[a-z]{{2,20}}ing)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|wasn['’]t|weren['’]t|did|didn['’]t|had|hadn['’]t|last|ago|yesterday|been"
    rf"|{_IRREGULAR}|(?<!to\s)(?<!n['’]t\s)(?:{_UNCHANGED})|{_NOT_PAST}[a-z]{{1,20}}ed)\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"\b(?:am|is|are|has|have|starts|begins|opens|closes|arrives|leaves|flies|meets|moves|joins|launches|ends|comes|goes|returns|works"
    r"|lives|stays|visits|can|might|(?<!the\s)(?<!\ba\s)(?<!at\s)(?:start|begin|open)|(?:i|we|you|they|he|she)\s+[a-z]+)\b"
    r"|['’](?:m|re|ve|s)\b",
    re.IGNORECASE,
)
_PERFECT = re.compile(r"\b(?:have|has|haven['’]t|hasn['’]t)\b|['’]ve\b|['’]s\s+(?:been|had|known|\w{2,20}ed)\b", re.IGNORECASE)
_QUESTION_WORD = re.compile(
    r"\W*(?:who|whom|whose|what|when|where|which|why|how|is|are|was|were|do|does|did|has|have|had|will|can|could|should)\b", re.IGNORECASE
)
_CUES = ((_FUTURE, Tense.FUTURE), (_PAST, Tense.PAST), (_PRESENT, Tense.PRESENT))
"""Of two cues equally near the first listed decides: "will be sold" ends with a past."""


def read_tense(text: str, start: int, end: int) -> Tense | None:
    """The tense of the clause around `text[start:end]`, None where no verb tells.

    The nearest cue decides: one in the clause before one in the rest of the sentence, a past or a future before a present.
    """
    end += 2 * (text[end : end + 2].lower() in {"'s", "’s"})
    clause_begin, clause_end = _around(text, start, end, _CLAUSE_END)
    cues = _CUES[:2] if is_question(text, start) else _CUES
    ranked = [
        ((cue.end() <= clause_begin or cue.start() >= clause_end, tense is Tense.PRESENT, max(start - cue.end(), cue.start() - end)), tense)
        for pattern, tense in cues
        for cue in _matches(pattern, text, start, end)
    ]
    return min(ranked, key=itemgetter(0))[1] if ranked else None


def is_perfect(text: str, start: int) -> bool:
    """Whether the clause up to `start` says that something has gone on until now."""
    begin, _ = _around(text, start, start, _CLAUSE_END)
    return _PERFECT.search(text, begin, start) is not None


def is_question(text: str, start: int) -> bool:
    """Whether the sentence around `start` asks."""
    begin, end = _around(text, start, start, _SENTENCE_END)
    return text[begin:end].rstrip().endswith("?") or text[end : end + 1] == "?" or _QUESTION_WORD.match(text, begin, end) is not None


def _matches(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The matches of the sentence around `text[start:end]` that do not overlap it."""
    begin, stop = _around(text, start, end, _SENTENCE_END)
    yield from pattern.finditer(text, begin, start)
    yield from pattern.finditer(text, end, stop)


def _around(text: str, start: int, end: int, boundary: re.Pattern[str]) -> tuple[int, int]:
    begin = max(0, start - _REACH)
    for found in boundary.finditer(text, begin, start):
        begin = found.end()
    after = boundary.search(text, end, end + _REACH)
    return begin, after.start() if after else min(len(text), end + _REACH)
