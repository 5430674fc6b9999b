"""Whether two names may be two spellings of one: what their letters show. Pure; what they mean is for vectors to say.

Both are needed. Letters alone make one of "Granada" and "Grenada", meaning alone of "Munich" and "Berlin", or of "Pixel 8" and
"Pixel 9"; only the very same letters are enough by themselves. The thresholds were measured on all-MiniLM-L6-v2 with the pairs of
`tests/gold/names.json`: see docs/decisions.md.
"""

import re
import unicodedata
from collections.abc import Sequence

from mem0g.model import normalise

THRESHOLD = 0.7
"""The least cosine of two names of one entity, where their letters show it too."""
NEAR_IN_MEANING = 0.8
"""The least cosine of two names that may be of one entity whatever their letters show: for a model to say."""
NEAR_IN_LETTERS = 85
"""The least share of letters in common (rapidfuzz's `ratio`, in per cent) of two names that may be of one entity, likewise."""

_WORD = re.compile(r"[^\s.,'`\u00b4\u2019\"()/_\u2010-\u2015-]+")
"""Between words are spaces and the signs that are written or not as one likes; "C++" and "C#" are other words than "C"."""
_NUMBER = re.compile(r"\d+")
_BETWEEN_LETTERS = re.compile(r"(?<=\w)[.,'`\u00b4\u2019\"()/_\u2010-\u2015-](?=\w)|(?<=\w)[.,'`\u00b4\u2019](?=\s)")
"""The signs that mean nothing where a name may be of anything: those within words, "Rosé-Wein", and those in "St. John's"."""
_NEEDLESS_GAP = re.compile(r"(?<!\d) | (?!\d)")
"""A gap between two numbers tells them from one."""
_ACCENTS = ("\u0300", "\u036f")
_APOSTROPHE = re.compile(r"['`\u00b4\u2019]")
_HYPHEN_OR_POINT = re.compile(r"[.\u2010-\u2015-]")
_PERSON, _ORGANIZATION = "person", "organization"
_OF_PROPER_NAMES = frozenset({_PERSON, _ORGANIZATION, "place", "animal"})
"""The types whose names mean the same with and without accents: a rosé is no rose."""
_LEGAL_FORMS = frozenset({
    "ab", "ag", "bv", "co", "company", "corp", "corporation", "gmbh", "inc", "limited", "llc", "ltd", "nv", "oy", "plc", "sa",
})  # fmt: skip
_SMALL_WORDS = frozenset({"and", "de", "for", "of", "the"})
_LONG = 7
"""How many letters a word needs, for one that is a letter off to be the same word mistyped."""


def letters(name: str, type: str) -> str:
    """The letters of a name of a known type, which its spellings share: "St. John's" and "St Johns", "São Paulo" and "Sao Paulo".

    A function of the normalised name. Of a person's name the gaps stay, for "Paul A." is not Paula: it is without accents, apostrophes
    and points, and a hyphen is a gap. Accents stay where the type may have other names than proper ones, and so do the signs at a word's
    edge: the blood type "A-" is not "A". What stands between two numbers stays a gap. Empty where the name is made of signs, or its
    type is unknown.
    """
    return _form(name, type) if type else ""


def _form(name: str, type: str) -> str:
    """What all spellings of a name share, that need nothing else to be one."""
    if type == _PERSON:
        return " ".join(_HYPHEN_OR_POINT.sub(" ", _APOSTROPHE.sub("", _plain(name))).split())
    words = _words(name) if type in _OF_PROPER_NAMES else _BETWEEN_LETTERS.sub(" ", normalise(name)).split()
    return _NEEDLESS_GAP.sub("", " ".join(words))


def evidence(one: str, other: str, type: str) -> str | None:
    """What in the letters of two names of this type shows that they may be one; None where nothing does.

    Numbers must agree. A person is never taken for one of a like name: "Roberta Smith" is not Robert, "Andersen" not Anderson, and "Alice"
    may be another than "Alice Smith". A single word is never taken for a mistyped one: "Kingston" and "Kingstone" are nearer in meaning
    than many a slip of the keyboard.
    """
    words, others = _words(one), _words(other)
    if not words or not others or _NUMBER.findall(one) != _NUMBER.findall(other):
        return None
    if "".join(words) == "".join(others) and _form(one, type or _PERSON) == _form(other, type or _PERSON):
        return "the same letters"
    if type == _PERSON:
        return None
    if type == _ORGANIZATION and (_without_legal_form(words) == others or words == _without_legal_form(others)):
        return "the same but for the legal form"
    if _is_acronym(one, others) or _is_acronym(other, words):
        return "its initials"
    return "a letter apart" if _mistyped(words, others) else None


def doubt(one: str, other: str, type: str, cosine: float = 0.0) -> str | None:
    """What makes it thinkable that two names are of one entity of this type, for a model to decide; None where nothing does.

    More is thinkable than `evidence` shows; numbers must agree all the same, "Alice's sister" is not Alice, and what is written without a
    capital ("tea", "mint tea") is no name but a person's. Of persons, and of what may be one since its type is unknown, only the same
    letters with other gaps are, and a part of a name: "Jo Ann" may be Joann, and "Alice" Alice Smith, Alicia is not.

    Args:
        cosine: of their meanings; 0 where it is not known.
    """
    words, others = _words(one), _words(other)
    if not words or not others or _NUMBER.findall(one) != _NUMBER.findall(other) or _owned(one) != _owned(other):
        return None
    if type != _PERSON and (one.islower() or other.islower()):
        return None
    if "".join(words) == "".join(others):
        return "the same letters"
    if is_part(one, other):
        return "one is part of the other"
    return None if type in {"", _PERSON} else evidence(one, other, type) or _nearness(words, others, cosine)


def _nearness(words: Sequence[str], others: Sequence[str], cosine: float) -> str | None:
    """Whether two names are near, in letters or else in meaning."""
    if _share(words, others) >= NEAR_IN_LETTERS:
        return "nearly the same letters"
    return f"cosine {cosine:.2f}" if cosine >= NEAR_IN_MEANING else None


def _owned(name: str) -> bool:
    """Whether it names a thing by whose it is: "Alice's sister" is not Alice."""
    return re.search(r"['\u2019]s\s", name) is not None


def is_part(one: str, other: str) -> bool:
    """Whether the words of one name are among those of the other, an initial counting as the word: "Alice", "A. Smith", "Alice Smith"."""
    short, long = sorted((_words(one), _words(other)), key=lambda words: (len(words), len("".join(words))))
    found = [next((whole for whole in long if whole == word or (len(word) == 1 and whole[0] == word)), None) for word in short]
    in_full = any(len(word) > 1 and word in long for word in short)
    return in_full and None not in found and len(set(found)) == len(short) and short != long


def _share(words: Sequence[str], others: Sequence[str]) -> float:
    """How many of their letters two names have in common, in per cent."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - seldom needed, and slow to load

    return fuzz.ratio("".join(words), "".join(others))


def _words(name: str) -> list[str]:
    """The words of a name without case, accents and signs."""
    return _WORD.findall(_plain(name))


def _plain(name: str) -> str:
    """A name without case and accents. The marks of other scripts are letters: "だ" is not "た"."""
    decomposed = unicodedata.normalize("NFKD", normalise(name))
    return "".join(letter for letter in decomposed if not _ACCENTS[0] <= letter <= _ACCENTS[1])


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
    if min(len(one), len(other)) < _LONG or one[0] != other[0]:
        return False
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - seldom needed, and slow to load

    return OSA.distance(one, other, score_cutoff=1) == 1
