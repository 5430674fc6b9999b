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
    LAUGHING,
    MESSAGE_JOKES,
    OTHER_WORLDS,
    QUESTION_OPENERS,
    SECOND_PERSON,
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
_SEGMENT = re.compile(r"[^\n]*?(?:[!?]+[)\"']*(?=\s)|\n|\Z)")
_WORD = re.compile(r"[\w/']+")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a message to parse: at most a line.

    Attributes:
        text: as it is parsed: blanked, with straight quotation marks.
        start: where it begins in the message.
    """

    text: str
    start: int


def segments(content: str) -> Iterator[Segment]:
    """The stretches of `content` to parse, in order."""
    readable = blanked(content)
    for found in _SEGMENT.finditer(readable):
        text = found[0].rstrip()
        indent = len(text) - len(text.lstrip())
        for start, piece in _pieces(text.lstrip()):
            yield Segment(piece, found.start() + indent + start)


def blanked(content: str) -> str:
    """`content` with code, quotations, links and lyrics blanked out, character for character."""
    for pattern in _BLANKED:
        content = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), content)
    return content.translate(_STRAIGHT)


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
