"""Words that name a predicate wherever they stand, or hint at one: of clauses of time, and to tell common words from names. Pure.

Which predicate a question asks for is said by its verb, in `mem0g.retrieval.lexicon`.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mem0g.ingestion.predicates import canonical
from mem0g.retrieval.question import STOP_WORDS

_LONGEST = 3
"""Words of the longest predicate that is looked for."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How a predicate is asked for.

    Attributes:
        cues: words of which one is enough to name it.
        hints: words that name it where nothing else is named.
    """

    cues: frozenset[str]
    hints: frozenset[str] = frozenset()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


WORDINGS = {
    "lives_in": Wording(
        _words(
            "live lives lived living reside resides resided residing residence residences resident residency dwell dwells dwelt "
            "dwelling home homes hometown address addresses inhabit inhabits inhabited inhabiting abode housed settle settles "
            "settled settling based base domicile domiciled whereabouts stationed roof lodging lodgings"
        ),
        _words(
            "city cities town towns village country countries move moves moved moving relocate relocates relocated relocating "
            "relocation located stay stays stayed staying place places location locations found arrive arrived arriving spot"
        ),
    ),
    "works_for": Wording(
        _words(
            "work works worked working employ employs employed employing employer employers employment employee employees job jobs "
            "company companies firm firms payroll workplace workplaces hire hires hired hiring staff organisation organization "
            "career careers workforce colleagues"
        ),
        _words(
            "join joins joined joining position positions role salary wages paycheck business businesses professionally "
            "professional resign resigned resigning post onboard team earn earns earned earning living paid pays pay paying "
            "paychecks"
        ),
    ),
    "drives": Wording(
        _words(
            "drive drives drove driven driving car cars vehicle vehicles wheel wheels automobile automobiles motor ride rides "
            "driver garage driveway behind"
        ),
        _words("model models own owns owned owning"),
    ),
    "plays": Wording(
        _words("play plays played playing player instrument instruments sport sports game games"),
        _words(
            "music musical musically practise practises practised practising practice practices practiced practicing hobby hobbies "
            "pastime pastimes activity activities athletic pursuit pursuits learn learns learned learnt learning pick picked "
            "picking"
        ),
    ),
    "married_to": Wording(
        _words(
            "married marry marries marrying marriage marriages spouse spouses husband husbands wife wives wed weds wedded wedding "
            "hitched divorce divorced divorces divorcing knot matrimony spousal marital"
        ),
        _words("partner partners separate separated separating union together vows"),
    ),
}
"""By predicate: the words of a question that name it."""

BEGINS = _words(
    "start starts started starting begin begins began begun beginning move moves moved moving join joins joined joining "
    "become becomes became becoming buy buys bought buying get gets got getting marry marries acquire acquired acquires "
    "relocate relocated relocates settle settled hired hire hires take takes took taken taking pick picked picks arrive "
    "arrived arrives came come comes switch switched switches first onset initially learn learned adopt adopted new sign "
    "signed enter entered commence commenced set tie tied"
)
"""Words that ask for, or name, a beginning."""

ENDS = _words(
    "leave leaves left leaving quit quits quitting stop stops stopped stopping end ends ended ending until till finish "
    "finishes finished cease ceases ceased give gives gave giving given sell sells sold selling divorce divorced divorces "
    "separate separated split splits away out last conclude concluded close goodbye resign resigns resigned drop drops "
    "dropped dropping abandon abandoned depart departs departed ditch ditched retire retired rid longer final finally part "
    "parted parting break broke dissolve dissolved terminate terminated lose lost trade traded dispose disposed wrap "
    "wrapped lay laid hang hung off over expire expired vacate vacated discontinue discontinued through latest ran scrap "
    "scrapped replace replaced"
)
"""Words that ask for, or name, an end."""


def tokens(text: str) -> list[str]:
    """The words of a text, in lower case, without a possessive s."""
    return [re.sub(r"['’]s?$", "", word) for word in re.findall(r"\w+(?:['’]\w+)*['’]?", text.lower())]


class Edge(StrEnum):
    """Which part of a stay some words are about."""

    START = "start"
    END = "end"
    WHOLE = "whole"


def named_by_cues(words: Iterable[str]) -> set[str]:
    """The predicates of the table that the words name."""
    said = set(words)
    return {predicate for predicate, wording in WORDINGS.items() if wording.cues & said}


def hinted(words: Iterable[str]) -> set[str]:
    """The predicates of the table that the words hint at."""
    said = set(words)
    return {predicate for predicate, wording in WORDINGS.items() if wording.hints & said}


def named_by_wording(words: Sequence[str]) -> dict[str, frozenset[str]]:
    """Wordings that the built-in table of predicates knows, each with the words that it takes; the longest first."""
    found: dict[str, frozenset[str]] = {}
    for size in range(_LONGEST, 0, -1):
        for start in range(len(words) - size + 1):
            run = words[start : start + size]
            name = "_".join(run)
            if (
                canonical(name).name != name
                and not (size == 1 and name in STOP_WORDS)
                and not any(set(run) <= taken for taken in found.values())
            ):
                found[name] = frozenset(run)
    return found


def named_by_stems(words: Sequence[str], predicates: Collection[str]) -> dict[str, frozenset[str]]:
    """Of these predicates those whose every telling word stands among the words in some form, each with the words that it takes."""
    stems = {word: stem(word) for word in words}
    found: dict[str, frozenset[str]] = {}
    for predicate in predicates:
        own = {stem(part) for part in predicate.split("_") if part not in STOP_WORDS}
        if own and own <= set(stems.values()):
            found[predicate] = frozenset(word for word, root in stems.items() if root in own)
    return found


def stem(word: str) -> str:
    """The word without the endings of a verb or a plural; good enough to know "visited" and "visits" for one."""
    for ending in ("ies", "ied"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + "i"
    for ending in ("ing", "ed", "es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return (
                re.sub(r"(.)\1$", r"\1", word[: -len(ending)])
                if ending in {"ing", "ed"}
                else word[: -len(ending)] + ("i" if ending == "y" else "")
            )
    return word
