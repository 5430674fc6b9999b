"""How much of what a clause says holds without what stands beside it: the guard of everything that may end a fact.

"I don't work for Acme on Fridays" denies Fridays and not Acme, "I moved to Berlin as a child" tells of another time, "I live in Berlin
during the week" leaves room for a second home. What was not read is therefore looked at, and where it may take something away, the claim
is left out, or said to leave room for others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from mem0g.providers.offline.clauses import Clause, Form, Polarity, Turn, child, lemma
from mem0g.providers.offline.findings import Finding, Sense
from mem0g.providers.offline.vocabulary import HARMLESS_ADVERBS, PASSING_ADVERBS, PERIODS, SOMETIMES

if TYPE_CHECKING:
    from mem0g.providers.offline.parser import Token


class Extent(StrEnum):
    """How much of a claim its clause states."""

    WHOLE = "whole"
    PART = "part"
    """Not always, or not only: others may hold beside it."""
    UNCLEAR = "unclear"
    """It may be over, or never have been meant: better nothing."""


ONE_AT_A_TIME: Final = frozenset(
    {"lives_in", "lives_at", "works_for", "works_as", "married_to", "engaged_to", "diet", "studies_at", "pays_rent"}
)
_JOBS: Final = frozenset({"works_for", "works_as"})
_SIDE_JOBS: Final = frozenset(
    {"second", "side", "another", "extra", "additional", "temporary", "part-time", "summer", "weekend", "evening", "internship", "part"}
)
_MEASURED: Final = frozenset({"age", "weighs", "height"})
_BESIDE: Final = frozenset({"prep", "advmod", "npadvmod", "advcl", "agent", "relcl", "acl", "acomp", "oprd", "xcomp"})
_OF_THE_OBJECT: Final = frozenset({"prep", "relcl", "acl", "advmod", "npadvmod", "advcl"})
_NAME_PARTS: Final = frozenset({"of", "de", "da", "called", "named"})
_REASONS: Final = frozenset({"because", "since", "cause", "cos", "coz", "as", "so", "although", "though"})
_AT_THAT_TIME: Final = frozenset({"when", "whenever", "after", "before", "while", "as", "until", "till", "once"})
_IDIOMS: Final = frozenset(
    {
        "at all", "at the moment", "at any point", "at present", "by the way", "for the record", "for sure", "in fact", "in my life",
        "in my whole life", "in my entire life", "in all my life", "of course", "on earth", "to be honest", "to be clear", "to be fair",
        "in the end", "after all", "these days", "as a matter of fact", "for that matter",
    }
)  # fmt: skip
"""What stands beside a denial, or a number, and takes nothing from it."""

_TIMELESS: Final = frozenset({"to", "from", "with", "without", "because", "due", "into", "near", "by", "of", "for", "at", "as", "thanks"})
_UNDONE: Final = re.compile(
    r"\b(?:came|come|went|gone|go|moved|move|hired|took|taken|be|been|am|'m|is|'s|are|'re|was|were|got) (?:\w+ )?back\b"
    r"|(?<=\W)back (?:to|in|home|again)\b|\breturned\b|\bchanged (?:my|our|his|her|their) minds?\b|\b(?:kidding|joking)\b|\bfell through\b"
    r"|\bit (?:only )?lasted\b|\b(?:didn't|did not) (?:last|work out)\b",
    re.IGNORECASE,
)


def extent(finding: Finding, clause: Clause, sense: Sense, denied: bool, dated: Set[int]) -> Extent:
    """How much of `finding` its clause states.

    Args:
        denied: whether it says that it does not hold, or no longer.
        dated: the places of the words that were read as a time.
    """
    beside = [word for word in _beside(finding, clause) if not _is_dated(word, dated)]
    if sense is Sense.HAPPENS:
        return Extent.WHOLE
    if sense in {Sense.BEGINS, Sense.ENDS} and _UNDONE.search(_rest(clause)):
        return Extent.UNCLEAR
    if denied:
        return _of_denial(finding, clause, sense, beside)
    if finding.predicate in _MEASURED:
        return Extent.WHOLE if all(_is_harmless(word) or _is_aside(word) for word in beside) else Extent.UNCLEAR
    return _of_one_at_a_time(finding, clause, sense, beside) if finding.predicate in ONE_AT_A_TIME else Extent.WHOLE


def _of_denial(finding: Finding, clause: Clause, sense: Sense, beside: Sequence[Token]) -> Extent:
    left = sense is Sense.ENDS and clause.turn is Turn.PLAIN
    leaves = _leaves_an_end if left else _leaves_a_denial
    clear = all(leaves(word, clause) or _is_aside(word) for word in beside)
    return Extent.WHOLE if clear and (left or not _is_narrowed(finding, clause)) else Extent.UNCLEAR


def _of_one_at_a_time(finding: Finding, clause: Clause, sense: Sense, beside: Sequence[Token]) -> Extent:
    if sense is Sense.STATE and clause.form is Form.PAST:
        return Extent.WHOLE
    ahead = clause.form in {Form.PRESENT, Form.FUTURE}
    if any(_is_of_another_time(word, ahead) if sense is Sense.BEGINS else _is_passing(word) for word in beside):
        return Extent.UNCLEAR
    on_the_side = finding.predicate in _JOBS and any(word.lower_ in _SIDE_JOBS for word in clause.words())
    return Extent.PART if on_the_side or any(_is_sometimes(word) for word in beside) else Extent.WHOLE


def _rest(clause: Clause) -> str:
    """What follows the verb, without the "back" of "moved back to Riga"."""
    return clause.top.doc[clause.top.i + 1 :].text.removeprefix("back ")


def _beside(finding: Finding, clause: Clause) -> Iterator[Token]:
    """What stands in the clause beside verb, subject and object, each by its topmost word."""
    head, thing = clause.head, clause.head.doc[finding.place]
    holders = [clause.top, head, thing, *(word for word in head.children if word.dep_ in {"attr", "acomp", "prt"})]
    if finding.predicate in _MEASURED | _JOBS:
        holders += [word for word in head.children if word.dep_ in {"dobj", "npadvmod"}]
    if clause.subject is not None and clause.subject.pos_ == "PRON":
        holders.append(clause.subject)
    taken = {thing.i, *(word.i for word in thing.ancestors), -1 if clause.subject is None else clause.subject.i}
    for word in (inner for holder in {holder.i: holder for holder in holders}.values() for inner in holder.children):
        within = word.head.i not in {clause.top.i, head.i} and word.i < word.head.i
        if word.dep_ in _BESIDE and word.i not in taken and not within and not _is_heading(word) and word.lower_ != "according":
            yield word


def _is_heading(word: Token) -> bool:
    """As in "Correction: I weigh 72 kg"."""
    return word.i + 1 < len(word.doc) and word.nbor().text == ":"


def _is_dated(word: Token, dated: Set[int]) -> bool:
    """Whether it is a time that was read; "for the weekend" and "for January" are stays, and no dates of a change."""
    if word.lower_ == "for" and word.i not in dated:
        return False
    return any(inner.i in dated for inner in word.subtree)


def _is_harmless(word: Token) -> bool:
    if _is_idiom(word):
        return True
    if word.dep_ == "advmod" and word.lower_ in HARMLESS_ADVERBS:
        return all(_is_harmless(inner) for inner in word.children if inner.dep_ in _BESIDE)
    return word.dep_ == "npadvmod" and word.lower_ in {"days", "thank", "god"}


def _is_idiom(word: Token) -> bool:
    return " ".join(inner.lower_ for inner in word.subtree) in _IDIOMS


def _leaves_a_denial(word: Token, clause: Clause) -> bool:
    """As in "I no longer work there because …"; but "I don't work there because of the money" says that one does."""
    if _is_harmless(word):
        return True
    ended = clause.polarity is Polarity.ENDED or clause.turn is Turn.ENDS
    if word.dep_ == "advcl":
        return ended and _mark(word) in _REASONS
    return ended and word.lower_ in {"because", "due", "thanks"}


def _leaves_an_end(word: Token, clause: Clause) -> bool:
    """As in "I quit Acme for Globex", "for good"; not "left for the day", "left at five"."""
    if word.dep_ == "advcl":
        return _mark(word) in _REASONS or not _mark(word)
    if word.dep_ != "prep":
        return word.dep_ == "xcomp" or _is_harmless(word) or word.dep_ in {"agent", "oprd"}
    thing = child(word, "pobj")
    if word.lower_ == "for":
        if thing is None or _is_stretch(thing):
            return thing is not None and thing.lower_ == "good"
        return thing.tag_ in {"NNP", "NNPS"} or thing.lower_ in {"good", "job", "position", "reasons"}
    if word.lower_ in {"at", "in", "after"}:
        number = thing is None or thing.tag_ == "CD" or any(inner.tag_ == "CD" for inner in thing.lefts) or thing.lower_ in PERIODS
        return not number if word.lower_ != "after" else thing is not None and thing.lower_ in {"years", "months", "decades"}
    return word.lower_ not in {"before", "until", "till", "during", "over", "on"} and lemma(clause.head) != "leave"


def _is_narrowed(finding: Finding, clause: Clause) -> bool:
    """Whether more is said of the object than its name holds: "tea with milk", "Acme's office"."""
    token = clause.head.doc[finding.place]
    beyond = (word for word in token.children if word.i > token.i and word.dep_ in _OF_THE_OBJECT)
    return any(word.lower_ not in _NAME_PARTS and not _is_harmless(word) and not _is_aside(word) for word in beyond)


def _is_aside(word: Token) -> bool:
    """Whether a comma parts it from what was said before: "Fiat, that was my cousin", "not 34"."""
    parted = word.left_edge.i > 0 and word.left_edge.nbor(-1).is_punct
    marks = _AT_THAT_TIME | _REASONS | {"if", "unless", "except", "at"}
    return parted and word.i > word.head.i and _mark(word) not in marks and word.lower_ not in marks


def _is_of_another_time(word: Token, ahead: bool) -> bool:
    """As in "moved to Berlin as a child", "for a year", "when I was ten"; what lies ahead has its own date."""
    if word.dep_ == "advcl":
        return _mark(word) in _AT_THAT_TIME
    if _is_idiom(word):
        return False
    if word.dep_ != "prep":
        return word.lower_ in PASSING_ADVERBS or any(inner.lower_ == "back" for inner in word.children)
    return _is_other_time(word, child(word, "pobj"), ahead)


def _is_other_time(word: Token, thing: Token | None, ahead: bool) -> bool:
    if word.lower_ == "for":
        return _is_stretch(thing)
    if word.lower_ == "after" and thing is not None:
        return thing.lemma_.lower() not in {"year", "month", "decade"}
    if word.lower_ in {"at", "as"}:
        return thing is None or thing.tag_ == "CD" or thing.lower_ in PERIODS or word.head.pos_ == "PRON"
    return not ahead and word.lower_ not in _TIMELESS


def _is_stretch(thing: Token | None) -> bool:
    """Whether "for …" says how long: "three months", "the summer", "now"."""
    if thing is None:
        return True
    return thing.lemma_.lower() in PERIODS or thing.lower_ in PERIODS or thing.ent_type_ in {"DATE", "TIME"}


def _is_passing(word: Token) -> bool:
    if word.dep_ == "advcl":
        return _mark(word) in _AT_THAT_TIME - {"as"}
    thing = child(word, "pobj") if word.dep_ == "prep" else None
    return word.lower_ == "for" and thing is not None and _is_stretch(thing) and not _is_part_of(thing)


def _is_part_of(thing: Token) -> bool:
    return thing.lower_ in {"half", "part", "now", "most"}


def _is_sometimes(word: Token) -> bool:
    """As in "on Fridays", "during the week", "half the year", "part-time"."""
    if word.dep_ != "prep":
        return any(inner.lower_ in SOMETIMES for inner in word.subtree)
    thing = child(word, "pobj")
    if word.lower_ in {"during", "between", "besides", "alongside"}:
        return True
    if thing is None:
        return False
    return word.lower_ in {"on", "at", "in", "for", "over"} and (
        thing.lemma_.lower() in PERIODS or any(inner.lower_ in SOMETIMES for inner in thing.subtree)
    )


def _mark(word: Token) -> str:
    return next((inner.lower_ for inner in word.children if inner.i < word.i and inner.dep_ in {"mark", "advmod", "prep"}), "")
