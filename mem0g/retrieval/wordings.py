"""Words that name a predicate wherever they stand, or hint at one, and words that questions are made of. Pure.

They help to find: clauses of time, names among common words. Which predicate is asked for, so that it can be answered, is said by the verb:
`mem0g.retrieval.lexicon`.
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

SYMMETRIC = frozenset({"married_to"})
"""Predicates of the table that say the same from either end."""

_ALSO = {
    # By predicate: words that go with it and name nothing.
    "lives_in": _words("call called calls down town city place part world where up made make set sleep sleeps own"),
    "works_for": _words("place with at under business earn earning living make made career worker sign signs signed hold held holds"),
    "drives": _words(
        "belong belongs belonged behind get gets getting around use used uses using kind kinds sort model make own owns owned "
        "owning of possession set park parked parking sit sits sitting"
    ),
    "plays": _words("kind kinds sort free time spare active do does doing tune musical music"),
    "married_to": _words("couple tie tied ties get gets got getting whom partner life other half exchange exchanged"),
}

BEGINS = _words(
    "start starts started starting begin begins began begun beginning move moves moved moving join joins joined joining "
    "become becomes became becoming buy buys bought buying get gets got getting marry marries acquire acquired acquires "
    "relocate relocated relocates relocating settle settled hired hire hires take takes took taken taking pick picked picks picking arrive "
    "arrived arrives came come comes switch switched switches switching first onset initially learn learned adopt adopted new sign "
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

_FILLERS = STOP_WORDS | _words(
    "still now currently current presently present today moment nowadays days day dates date month months year years week "
    "weeks time times point points stage period periods long much many exact exactly precise precisely specific "
    "specifically please name names named thing things something anything anyone anybody someone somebody person people all "
    "any both various list lists listed give show find question answer answers ever once previously formerly earlier back "
    "used use using during between across over within throughout through around circa since for actually really right just "
    "here there up down again far yet already same such some each every following under per via with without who's whos "
    "where's what's when's how's s t d ll m re ve may shall going go goes went gone latest recently recent particular "
    "certain known knows believe believes believed believing think thinks thinking thought say says saying said claim "
    "claims claimed claiming according view views opinion mind eyes belief beliefs account version words telling "
    "understanding understood perspective standpoint assume assumes assumed assuming assumption suppose supposes supposed "
    "reckon reckons reckoned maintain maintains maintained imagine imagines imagined guess guesses guessed suspect suspects "
    "suspected presume presumed presumes convinced sure impression conviction assessment state states stated ask asked "
    "asking tell told tells aware record records recorded file knowledge memory information notes picture data books graph "
    "ledger system documented informed noted best concerned understand assumptions heard learned would have been had as of "
    "stood stand situation status case true answerable one our own we us including include whole entire full span stretch "
    "duration length amount total lasted last lasts lasting spend spends spent spending begin beginning occur occurred "
    "happen happened happens take taken took place fact be being exist remained remain remains remaining continue continued "
    "tenure stint look looking looks like looked refer life lives course sometime anytime end middle start either else's "
    "also plus overall timeline history past so somewhere somehow able ones summarise summarize kind sort type which "
    "whichever whatever consider considered regarding concerning terms regards respect"
)
_ASK_MORE = frozenset({"why", "how", "if", "must", "might", "should"})
"""Stop words that ask for something else, or of something else than what was told."""
_CHANGES = (
    BEGINS
    | ENDS
    | _words(
        "change changes changed changing differ differs differed different differently difference differences compare compares "
        "compared comparing comparison versus vs happen happened happens development developments transition transitions update "
        "updates turnover swap swapped swaps switch switches switched replace replaced replaces new old shift shifted shifts "
        "evolve evolved alter altered alters next later instead pick picked up give gave drop dropped trade traded go went "
        "through did earlier other another"
    )
)
_EDGES = _words(
    "came come comes brought made make makes set put has go went way ways say goodbye walk walked doing turned sort good "
    "pack packed stay stays stayed staying keep keeps kept keeping stick sticks stuck hold holds held spell chapter run era "
    "phase ownership employment land landed found residence foot turn call calls called quits gain gains gained lose lost "
    "win share shared shares fully officially completely altogether roughly about"
)

ORDINARY = (
    _FILLERS
    | BEGINS
    | ENDS
    | _CHANGES
    | _EDGES
    | frozenset().union(*(wording.cues | wording.hints for wording in WORDINGS.values()), *_ALSO.values())
)
"""The words that questions are made of, whoever they are about."""


def says_no_more(word: str) -> bool:
    """Whether a word changes nothing of what is asked, whatever that is: "current"."""
    return word in _FILLERS and word not in _ASK_MORE


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
