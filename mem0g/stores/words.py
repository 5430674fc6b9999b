"""How texts are indexed by their words, and what a word that is found counts: alike in every store. Pure."""

import math
import re
import unicodedata
from collections.abc import Mapping
from typing import TypeVar

from mem0g.model import normalise

_COMMON = 1_000
"""A word that more texts of a graph hold than this, and more than half of them, is common."""

_UNSPACED = re.compile("([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])")
_WORD = re.compile(r"[^\W_]+")
_ACCENTS = re.compile("[\u0300-\u036f]")

_Word = TypeVar("_Word")


def searchable(text: str) -> str:
    """`text` as it is indexed and looked up: normalised, each Chinese or Japanese character a word, for these write no spaces."""
    return _UNSPACED.sub(r" \1 ", normalise(text))


def plain_words(text: str) -> list[str]:
    """The words of `text`, without accents: letters and digits alone, so that none is ever taken for a sign of a query."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", searchable(text)))
    return _WORD.findall(unicodedata.normalize("NFC", bare))


def word_share(body: str) -> float:
    """How much a word found in `body` counts: 1 in a text of one word, half in one of ten."""
    return 1 / (1 + math.log10(max(len(body.split()), 1)))


def weights(texts: int, found: Mapping[_Word, int]) -> dict[_Word, float]:
    """How much each word tells: ln(1 + texts / texts that hold it).

    Words that no text holds are left out; common ones too, where a rarer one is found.

    Args:
        texts: how many the graph has.
        found: how many of them hold each word.
    """
    held = {word: count for word, count in found.items() if count}
    rare = {word: count for word, count in held.items() if count <= max(_COMMON, texts / 2)}
    return {word: rareness(texts, count) for word, count in (rare or held).items()}


def rareness(texts: int, holding: int) -> float:
    """How much a word tells that so many of the texts hold: ln(1 + texts / holding)."""
    return math.log(1 + texts / holding)
