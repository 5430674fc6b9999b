"""The words of a question, ready to be read as a form: slots for names, and nothing of its times and views."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mem0g.model import EntityId
from mem0g.retrieval.asking import Asked
from mem0g.retrieval.mentions import outside
from mem0g.retrieval.question import Given, times_in
from mem0g.retrieval.rewording import without_lead
from mem0g.retrieval.viewpoints import Viewpoint, viewpoint
from mem0g.retrieval.wordings import named_by_cues

_BEFORE_TIME = re.compile(
    r"(?:\b(?:way|back|as|late|early|right|some ?time|just|only|exactly|precisely)\s+)*"
    r"(?:\b(?:(?:in|on|at|over|during|for|throughout) the (?:course|month|year|week|day|date|whole)(?: of)?|no later than|later than"
    r"|prior to|up to|in|on|at|during|by|for|of|since|until|till|before|after|following|from|to|and|between|through|throughout|within|with"
    r"|over|around|about|circa|come|towards|than|versus|vs\.?)\s+)?(?:exactly\s+|precisely\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_BEFORE_VIEW = re.compile(r"\b(?:in|from|by|to|as per|per|on)\s+(?:the\s+)?$", re.IGNORECASE)
_CONTRACTED = re.compile(r"\b(who|where|what|when|how|she|he|it|that)'s\b(?! @)")
_WHOLE = re.compile(
    r"\b(?:throughout|through|all of|whole|entire|since|until|till|up to|from|between|by|for|to|and|as long as)\b", re.IGNORECASE
)
_DOES = re.compile(r"(?:do|does|did|has|have|had|is|was)\b", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:wh|how\b)")
_HOW_LONG = re.compile(r"\bhow (?:long|many|much)|\b(?:since|until|till|from) when", re.IGNORECASE)
_WHEN = re.compile(r"\bwhen\b", re.IGNORECASE)
_LONGEST_BEFORE = 60
"""Characters before a time, or before the words of a view, in which words may stand that go with it."""
_THAT_TIME = re.compile(r"\b(?:on |in |at )?that (?:very |same )?(?:day|date|month|year|time|point|moment)(?= *[?.!]*$)", re.IGNORECASE)
"""At the end of a question that names a time: that time."""
_OPINION = re.compile(r"\b(?:think|thinks|thought|thinking|opinions?|views?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words of a question, as forms are read.

    Attributes:
        words: with slots for names, without times and views.
        ends: by slot, who or what it is.
        ours: it asks for what was known; `held`: for what someone believes, and not for an opinion.
        stated: it asks whether someone believes what its words say.
        put_aside: it names a time that the caller's goes before.
        throughout: its time is meant as a whole: "since 2019", "from 2019 to 2021", "until March".
        asks_of_view: "since when" or "how long" may be said of the believing: "Since when does Bob think so?".
    """

    words: str
    ends: Mapping[str, frozenset[EntityId]]
    ours: bool
    held: bool
    stated: bool
    put_aside: bool
    throughout: bool
    asks_of_view: bool


def spoken_words(asked: Asked, question: str, now: datetime, given: Given) -> Spoken:
    """The words of a question, as forms are read.

    Args:
        given: what the caller fixed; with `read_times` off no word is left out for a time or a view.
    """
    view = viewpoint(question) if given.read_times else None
    of_times = [] if asked.occasion is None else [(asked.occasion.start, asked.occasion.end)]
    of_views = [] if view is None or view.holder is None else [(_before(_BEFORE_VIEW, question, view.start), view.end)]
    of_times += _times(question, now, (*of_times, *of_views)) if given.read_times else []
    slotted, ends = _slotted(asked, question, (*of_times, *of_views))
    slotted = _THAT_TIME.sub(" ", slotted) if of_times else slotted
    words = _CONTRACTED.sub(r"\1 is", slotted.lower().replace("’", "'"))
    words = without_lead(" ".join(re.sub(r"[^\w\s@'-]|'(?!s\b)", " ", words).split()))
    ours = view is not None and view.holder is None
    for pattern, ids in ((r"i|me", None if ours else asked.owner), (r"she|he|they", _referent(asked, question, view, ends))):
        if ids:
            words, ends = _named(words, pattern, ids, ends)
    timed = bool(of_times) and (given.as_of is not None or given.known_at is not None)
    return Spoken(
        words,
        ends,
        ours=ours,
        held=view is not None and view.holder is not None and not _OPINION.search(question[view.start : view.end]),
        stated=view is not None and _DOES.match(question[view.start :]) is not None and not _ASKS.search(words),
        put_aside=timed or (view is not None and given.holder is not None),
        throughout=any(_WHOLE.search(question[start:end]) for start, end in of_times),
        asks_of_view=view is not None and _is_of_view(question[: view.start], past=view.past),
    )


def _times(question: str, now: datetime, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where times stand outside the parts that are taken, with the words before them that go with them; a length is no time."""
    return [
        (_before(_BEFORE_TIME, question, time.start), time.end)
        for time in times_in(question, now)
        if not time.words.lower().startswith("for ") and not any(start <= time.start < end for start, end in taken)
    ]


def _before(pattern: re.Pattern[str], question: str, start: int) -> int:
    """Where the words that go with what starts there begin."""
    found = pattern.search(question[:start], max(0, start - _LONGEST_BEFORE))
    return found.start() if found else start


def _slotted(asked: Asked, question: str, left_out: Sequence[tuple[int, int]]) -> tuple[str, dict[str, frozenset[EntityId]]]:
    """The question with a slot for each name, and without some of its parts."""
    ends: dict[str, frozenset[EntityId]] = {}
    spans = [(start, end, " ") for start, end in left_out]
    for mention in outside(asked.mentions, left_out):
        slot = next((slot for slot, ids in ends.items() if ids == mention.ids), f"@{len(ends)}")
        ends[slot] = mention.ids
        owns = re.search(r"['’]s?$", question[mention.start : mention.end]) or re.match(r"['’]", question[mention.end :])
        spans.append((mention.start, mention.end, f" {slot}'s " if owns else f" {slot} "))
    for start, end, meant in sorted(spans, reverse=True):
        question = question[:start] + meant + question[end:]
    return question, ends


def _is_of_view(asking: str, *, past: bool) -> bool:
    """Whether what stands before the words of a view asks when, or how long, somebody believed it."""
    return _HOW_LONG.search(asking) is not None or (past and _WHEN.search(asking) is not None)


def _named(
    words: str, pronoun: str, ids: frozenset[EntityId], ends: dict[str, frozenset[EntityId]]
) -> tuple[str, dict[str, frozenset[EntityId]]]:
    """The words with a slot for a pronoun, and for the possessive that goes with it."""
    slot = next((slot for slot, each in ends.items() if each == ids), f"@{len(ends)}")
    possessive = {"i|me": "my"}.get(pronoun, "his|her|their")
    said = re.sub(rf"(?<![\w@])(?:{possessive})(?= \w)", f"{slot}'s", re.sub(rf"(?<![\w@'])(?:{pronoun})(?![\w'])", slot, words))
    return (words, ends) if said == words else (said, {**ends, slot: ids})


def _referent(asked: Asked, question: str, view: Viewpoint | None, ends: Mapping[str, frozenset[EntityId]]) -> frozenset[EntityId] | None:
    """Who "she" is: the holder, or the one whom the clause of time speaks of, where nobody else is named."""
    if ends:
        return None
    if view is not None and view.holder is not None:
        own = [each.ids for each in asked.mentions if each.within((view.name_start, view.name_start + len(view.holder)))]
        return own[0] if len(own) == 1 else None
    if asked.occasion is None or named_by_cues(asked.occasion.clause.lower().split()) - {"lives_in", "works_for", "drives", "plays"}:
        return None
    inside = [each for each in asked.mentions if each.within((asked.occasion.start, asked.occasion.end))]
    begins = inside and question[asked.occasion.start : inside[0].start].strip().lower() == asked.occasion.word
    return inside[0].ids if begins and re.search(r"\b(?:to|in|for|at)(?: \S+|(?: [^\W\d_a-z]\S*){1,3})$", asked.occasion.clause) else None
