"""What of a message is read at all: quotations, code and links are blanked out, then it is cut into sentences.

Blanking keeps every character's place, so that a sentence can be quoted from the message as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mem0g.providers.offline.vocabulary import (
    ASKING_VERBS,
    GIVEN_NAMES,
    JOKES,
    KNOWN_PLACES,
    LANGUAGES,
    LAUGHING,
    LOWER_WORDS,
    MESSAGE_JOKES,
    OTHER_WORLDS,
    QUESTION_OPENERS,
    SECOND_PERSON,
    UNMISTAKABLE_NAMES,
)

_LONGEST = 2_000
_BLANKED = (
    re.compile(r"```.*?(?:```|\Z)", re.DOTALL),
    re.compile(r"`[^`\n]*`"),
    re.compile(r"^[ \t]*>.*$", re.MULTILINE),
    re.compile(
        r"^[ \t]*(?:" + "|".join(sorted({"me", "him", "her", "them", "user", "assistant", *GIVEN_NAMES})) + r")[ \t]*:.*$",
        re.MULTILINE | re.IGNORECASE,
    ),
    re.compile(r"https?://\S+|www\.\S+"),
    re.compile(r'"[^"\n]{12,}"'),
    re.compile(r"“[^”\n]{12,}”"),
    re.compile(r"«[^»\n]{12,}»"),
    re.compile(r"(?<!\w)'[^'\n]{12,}'(?!\w)"),
    re.compile(r"[♪♫].*?(?:[♪♫]|$)", re.MULTILINE),
)
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "*": " ", "\t": " ", "\u00a0": " ", "…": "."})  # noqa: RUF001
_OPENING = re.compile(
    r"(?:^|(?<=[.!?]\s)|(?<=\n))[ \t]*(?:(?:so|and|but|oh|ok|okay|well|hey|hi|hello|anyway|also|um|ah|please|just),? )*"
    r"(?:"
    r"(?:guess what|fyi|btw|by the way|for your information|one more thing|another thing|in short|long story short|believe it or not"
    r"|just so you know|in case you (?:wondered|were wondering)|as you (?:(?:may|might|probably) )?know|confession|fun fact|true story"
    r"|well,? it happened|it's official|note to self|for (?:your|the) (?:notes?|records?)|p\.?s\.?"
    r"|(?:(?:big|good|great|bad|sad|my|some|small|quick|happy|exciting|life|little|short|other|today's) )*(?:news|updates?|note))"
    r"(?:[ \t]*[,:!–—-]+|(?<=fyi)|(?<=btw))"
    r"|what a (?:week|year|day|month)[,:!]"
    r"|(?:the (?:truth|thing|fact|good news|bad news) is|(?:it )?turns out|you should know|i can (?:tell you|confirm)"
    r"|i(?:'m| am) (?:happy|glad|proud|sad|sorry|pleased|excited|thrilled) to (?:say|report|announce|tell you)"
    r"|i(?: just)? (?:wanted|want|have|need|forgot) to (?:tell you|let you know|mention|say that|say,)|i should (?:mention|add)"
    r"|(?:a )?(?:quick |small |gentle |friendly )?reminder)(?:,? that|[,:])?"
    r")(?=\s)",
    re.IGNORECASE,
)
"""Words that only lead up to what is said: "Big news: …", "I wanted to tell you that …"."""

_CLOSING = re.compile(
    r"(?:,| [–—-]|\()[ \t]*"
    r"(?:in case you (?:wondered|were wondering|care|didn't know|forgot)|if you must know|believe it or not|just so you know"
    r"|can you believe it\??|by the way|fyi|btw|thank god|thank goodness|finally|at last|long story|tbh)\)?[ \t]*(?=[.!…)]|\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
"""Words that only follow what was said."""

_LOWERED = re.compile(
    r"\bi(?='|\b)|\b(?:"
    + "|".join(sorted(KNOWN_PLACES - LOWER_WORDS | UNMISTAKABLE_NAMES - LOWER_WORDS | LANGUAGES - LOWER_WORDS, key=len))
    + r")\b"
)
"""What has a capital letter even where a writer uses none."""

_LEFT_OUT = re.compile(
    r"^(?P<lead>(?:(?:just|still|finally|recently|already|now|also|officially|currently)[ ]+)*)"
    r"(?:(?P<done>(?:moved (?:to|back|out|in|into|from)|started (?:working|a new job|at)|joined|quit my|left my|resigned|stopped"
    r"|gave up|got (?:a|my|the|married|engaged|divorced|promoted|hired|fired|laid)|went (?:vegan|vegetarian)|turned \d|became an?"
    r"|bought|sold|adopted|switched|lost my|signed up|visited|married|dropped out)\b)"
    r"|(?P<doing>(?:living (?:in|at|with)|working (?:for|at|as)|thinking (?:of|about)|planning (?:to|on)|hoping to|learning|studying"
    r"|considering)\b))",
    re.IGNORECASE,
)
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f]")
_SEGMENT = re.compile(r"[^\n]*?(?:[!?]+[)\"']*(?=\s)|\n|\Z)")
_WORD = re.compile(r"[\w/']+")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a message to parse: at most a line.

    Attributes:
        text: as it is parsed: blanked, with straight quotation marks.
        start: where it begins in the message; before its beginning, by the length of a subject that was put before it.
    """

    text: str
    start: int


def segments(content: str) -> Iterator[Segment]:
    """The stretches of `content` to parse, in order."""
    readable = blanked(content)
    if readable == readable.lower():
        readable = _LOWERED.sub(lambda found: found[0].title(), readable)
    for found in _SEGMENT.finditer(readable):
        text = found[0].rstrip()
        indent = len(text) - len(text.lstrip())
        for start, piece in _pieces(text.lstrip()):
            yield Segment(piece, found.start() + indent + start)


def with_subject(segment: Segment) -> Segment | None:
    """`segment` with the "I" that is left out of "Just moved to Leeds!" and "Still living in Leeds"; None where none is."""
    found = _LEFT_OUT.match(segment.text)
    if found is None:
        return None
    subject = "I " if found["done"] else "I'm "
    return Segment(subject + segment.text[0].lower() + segment.text[1:], segment.start - len(subject))


def blanked(content: str) -> str:
    """`content` with code, quotations, links, lyrics and words of passing talk blanked out, character for character."""
    for pattern in _BLANKED:
        content = pattern.sub(_spaces, content)
    content = _EMOJI.sub(lambda found: found[0] if found[0] in LAUGHING else " ", content).translate(_STRAIGHT)
    for pattern in (_OPENING, _CLOSING):
        content = pattern.sub(_spaces, content)
    return content


def _spaces(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def is_joke(content: str) -> bool:
    """Whether the whole message is marked as not meant."""
    lowered = content.casefold().replace("’", "'").rstrip()
    return lowered.endswith("/s") or any(mark in lowered for mark in MESSAGE_JOKES[1:]) or "jk" in _WORD.findall(lowered)


def is_asserted(sentence: str) -> bool:
    """Whether the surface of a sentence lets it assert anything: no question, no laughter, no other world."""
    lowered = " ".join(sentence.casefold().split())
    words = _WORD.findall(lowered)
    if not words or "?" in lowered or LAUGHING & set(sentence) or JOKES & set(words):
        return False
    return not _asks(words) and OTHER_WORLDS.search(lowered) is None


def _asks(words: list[str]) -> bool:
    while words and words[0] in {"and", "but", "so", "or", "well", "hey", "oh", "ok", "okay", "hi", "um", "wow"}:
        words = words[1:]
    if not words:
        return False
    if words[0] in QUESTION_OPENERS:
        return True
    if words[:2] == ["don't", "forget"]:
        return False
    if words[0] in ASKING_VERBS:
        return True
    return words[0] == "when" and len(words) > 1 and words[1] in ASKING_VERBS | SECOND_PERSON


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    while len(text) - start > _LONGEST:
        cut = text.rfind(" ", start, start + _LONGEST)
        end = cut if cut > start else start + _LONGEST
        yield start, text[start:end]
        start = end
    if text[start:].strip():
        yield start, text[start:]
