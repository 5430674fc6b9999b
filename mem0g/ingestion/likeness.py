"""Whether two names may be two spellings of one: what their letters show. Pure; what they mean is for vectors to say.

Both are needed. Letters alone make one of "Granada" and "Grenada", meaning alone of "Munich" and "Berlin", or of "Pixel 8" and
"Pixel 9". The threshold was measured on all-MiniLM-L6-v2 with the pairs of `tests/gold/names.json`: see docs/decisions.md.
"""

import re
import unicodedata
from collections.abc import Sequence

THRESHOLD = 0.7
"""The least cosine of two names of one entity."""

_WORD = re.compile(r"[^\s.,'`\u00b4\u2019\"()/_\u2010-\u2015-]+")
"""Between words are spaces and the signs that are written or not as one likes; "C++" and "C#" are other words than "C"."""
_NUMBER = re.compile(r"\d+")
_PERSON, _ORGANIZATION = "person", "organization"
_LEGAL_FORMS = frozenset({
    "ab", "ag", "bv", "co", "company", "corp", "corporation", "gmbh", "inc", "limited", "llc", "ltd", "nv", "oy", "plc", "sa",
})  # fmt: skip
_SMALL_WORDS = frozenset({"and", "de", "for", "of", "the"})
_LONG = 7
"""How many letters a word needs, for one that is a letter off to be the same word mistyped."""


def evidence(one: str, other: str, type: str) -> str | None:
    """What in the letters of two names of this type shows that they may be one; None where nothing does.

    Numbers must agree. A person is never taken for one of a like name: "Roberta Smith" is not Robert, "Andersen" not Anderson, and "Alice"
    may be another than "Alice Smith". A single word is never taken for a mistyped one: "Kingston" and "Kingstone" are nearer in meaning
    than many a slip of the keyboard.
    """
    words, others = _words(one), _words(other)
    if not words or _NUMBER.findall(one) != _NUMBER.findall(other):
        return None
    if "".join(words) == "".join(others):
        return "the same letters"
    if type == _PERSON:
        return None
    if type == _ORGANIZATION and (_without_legal_form(words) == others or words == _without_legal_form(others)):
        return "the same but for the legal form"
    if _is_acronym(one, others) or _is_acronym(other, words):
        return "its initials"
    return "a letter apart" if _mistyped(words, others) else None


def _words(name: str) -> list[str]:
    """The words of a name without case, accents and signs."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return _WORD.findall(plain.casefold())


def _without_legal_form(words: Sequence[str]) -> list[str]:
    return [word for index, word in enumerate(words) if index == 0 or word not in _LEGAL_FORMS]


def _is_acronym(short: str, words: Sequence[str]) -> bool:
    """Whether `short` is written as initials, "NYC" or "U.K.", and they are those of the words, with or without the small ones."""
    letters = short.replace(".", "")
    initials = {"".join(word[0] for word in words), "".join(word[0] for word in words if word not in _SMALL_WORDS)}
    return len(words) > 1 and len(letters) > 1 and letters.isupper() and letters.casefold() in initials


def _mistyped(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether one long word is a letter off, and the others, of which there are some, are the same."""
    differing = [pair for pair in zip(words, others, strict=False) if pair[0] != pair[1]]
    return 1 < len(words) == len(others) and len(differing) == 1 and _a_letter_apart(*differing[0])


def _a_letter_apart(one: str, other: str) -> bool:
    """Whether two long words of one first letter differ by a letter that is missing, wrong, or in its neighbour's place."""
    short, long = sorted((one, other), key=len)
    if len(short) < _LONG or short[0] != long[0]:
        return False
    start = next((index for index, letter in enumerate(short) if letter != long[index]), len(short))
    rest, other_rest = short[start:], long[start:]
    swapped = rest[1::-1] + rest[2:]
    return rest == other_rest[1:] or (rest[1:] == other_rest[1:] and len(short) == len(long)) or swapped == other_rest
