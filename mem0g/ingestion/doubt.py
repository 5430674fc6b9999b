"""Which pairs of claims rules leave in doubt, so that a language model is asked what the later does to the earlier. Pure.

Both are of one subject, as one holder sees it; the earlier is a state that stood when the later was said. In doubt is

- a state whose words show a change ("now", "instead", "switched", …) and no "also", beside another object of its predicate, where one
  can have several: "I switched to padel" after "I play tennis";
- the same beside what another predicate says, where the two are alike: "I live in Bergen now" after "I'm based in Oslo";
- a denial that ends nothing by rule, beside what is alike: "I gave up yoga" after "I practise yoga".

Rules decide the rest: rivals by cardinality, denials that meet their object, repeats, corrections, events, and what one episode says at
once. Where a rule ends something of the later claim's own predicate, the change that its words show is found, and is not looked for
in others; likewise where its episode itself denies the earlier claim.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from mem0g.ingestion.conflict import CALLER, RULE
from mem0g.ingestion.timeline import rivals, validity
from mem0g.model import Claim, Judgement, Kind, Operation, object_key

MOST = 20
"""How many topics are asked about in one call at most: those said last."""
EACH = 10
"""How many facts a candidate is held beside at most: as in the Mem0 paper (arXiv 2504.19413)."""

_CHANGE = re.compile(
    r"\b(?:now|nowadays|these days|instead|rather than|anymore|any more|no longer|switch(?:ed|ing)?|chang(?:ed|ing)|replac(?:ed|ing)|new|"
    r"moved (?:on|over|from)|swapped|gave up|given up|giving up|traded|quit|stopped)\b",
    re.IGNORECASE,
)
_ALSO = re.compile(r"\b(?:also|too|as well|another|additionally|both|besides|still)\b", re.IGNORECASE)

Key = tuple[str, str]
"""The predicate of a claim and the key of its object: which fact of its subject and holder it speaks of."""

Alike = Callable[[Claim, Claim], bool]
"""Whether a later claim and an earlier one are near enough in meaning, or share a word, for the one to be able to end the other."""


Near = Callable[[Claim, Claim], tuple[bool, float]]
"""Whether the words of a later claim name the object of an earlier one, and the cosine of the two; 0 where it is not known."""


class Topic(NamedTuple):
    """What a verdict is about: a later claim, by its id, and a fact of its subject and holder."""

    later: str
    predicate: str
    object: str


class Ruling(NamedTuple):
    """What a model ruled on a topic."""

    operation: Operation
    reason: str
    decider: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims in doubt, in the order they were said."""

    later: Claim
    earlier: Claim

    @property
    def topic(self) -> Topic:
        """What a verdict is about."""
        return Topic(self.later.id, *key_of(self.earlier))

    @property
    def crosses(self) -> bool:
        """Whether the two have different predicates."""
        return self.later.predicate != self.earlier.predicate

    @property
    def order(self) -> tuple[object, object]:
        """Its place among all pairs: by when the later was said, then the earlier."""
        return (self.later.order, self.earlier.order)


def key_of(claim: Claim) -> Key:
    """Which fact of its subject and holder a claim speaks of."""
    return (claim.predicate, object_key(claim.object))


def is_candidate(claim: Claim) -> bool:
    """Whether a claim may do something to an earlier one that rules do not see: a state that shows a change, or a denial."""
    return _is_plain(claim) and (claim.negated or shows_change(claim))


def shows_change(claim: Claim) -> bool:
    """Whether its words show a change, and do not say that something is added or remains."""
    words = f"{claim.quote}\n{claim.text}"
    return bool(_CHANGE.search(words)) and not _ALSO.search(words)


def pairs_in_doubt(new: Iterable[Claim], known: Iterable[Claim], standing: Mapping[str, Set[Key]], alike: Alike) -> list[Pair]:
    """The pairs in doubt of new claims with one another and with those known, in the order they were said.

    Where one claim of a fact is in doubt, every claim of it is: a verdict holds for all of them.

    Args:
        new, known: with canonical ids.
        standing: by candidate, the facts of its subject and holder that were visible when it was said. A claim that is new, or beside
            a candidate that is not among these, is taken to stand.
    """
    fresh = {claim.id: claim for claim in new}
    everything = {claim.id: claim for claim in known} | fresh
    said = _Said([*everything.values()], frozenset(fresh), standing)
    found = [pair for later in everything.values() if is_candidate(later) for pair in said.pairs(later, alike)]
    doubted = {pair.topic for pair in found if said.stands(pair.later, pair.earlier)}
    return sorted((pair for pair in found if pair.topic in doubted), key=attrgetter("order"))


@dataclass(frozen=True, slots=True)
class _Said:
    """What is at hand, and what of it is new."""

    claims: list[Claim]
    fresh: Set[str]
    standing: Mapping[str, Set[Key]]

    def stands(self, later: Claim, earlier: Claim) -> bool:
        return earlier.id in self.fresh or later.id not in self.standing or key_of(earlier) in self.standing[later.id]

    def pairs(self, later: Claim, alike: Alike) -> Iterable[Pair]:
        """The doubtful pairs of this candidate that hold a new claim."""
        peers = [claim for claim in self.claims if _same_view(claim, later)]
        before = [claim for claim in peers if claim.order < later.order and not claim.negated and _meet(later, claim)]
        found_by_rule = any(_rule_ends(later, claim) and self.stands(later, claim) for claim in before)
        denied = {key_of(claim) for claim in peers if claim.negated and claim.episode_id == later.episode_id}
        for earlier in before:
            of_new = later.id in self.fresh or earlier.id in self.fresh
            is_denied = key_of(earlier) in denied or (earlier.predicate, "") in denied
            if of_new and not is_denied and _in_doubt(later, earlier, alike, found_by_rule):
                yield Pair(later, earlier)


def _same_view(one: Claim, other: Claim) -> bool:
    return one.id != other.id and (one.holder, one.subject) == (other.holder, other.subject) and _is_plain(one)


def _meet(later: Claim, earlier: Claim) -> bool:
    """Whether both can hold at some time, by what two episodes say."""
    return later.episode_id != earlier.episode_id and validity(earlier).overlaps(validity(later))


def _rule_ends(later: Claim, earlier: Claim) -> bool:
    return earlier.predicate == later.predicate and rivals(later, earlier)


def _in_doubt(later: Claim, earlier: Claim, alike: Alike, found_by_rule: bool) -> bool:
    if later.predicate == earlier.predicate and not later.negated:
        return object_key(later.object) != object_key(earlier.object) and not rivals(later, earlier)
    return not found_by_rule and validity(later).end > later.said_at and alike(later, earlier)


def _is_plain(claim: Claim) -> bool:
    return claim.kind is Kind.STATE and not claim.correction


def asked_about(pairs: Iterable[Pair], near: Near) -> list[Pair]:
    """What is asked about in one call: of pairs in the order they were said, the last of each topic.

    No more than `EACH` beside one candidate: what its words name first, then what is of its own predicate, then the nearest in meaning,
    then what was said last. `MOST` in all, those said last.
    """
    beside: dict[str, list[Pair]] = {}
    for pair in {pair.topic: pair for pair in pairs}.values():
        beside.setdefault(pair.later.id, []).append(pair)

    def place(pair: Pair) -> tuple[bool, bool, float, object]:
        named, cosine = near(pair.later, pair.earlier)
        return (named, not pair.crosses, cosine, pair.earlier.order)

    kept = [pair for each in beside.values() for pair in sorted(each, key=place, reverse=True)[:EACH]]
    return sorted(kept, key=attrgetter("order"))[-MOST:]


def is_models(judgement: Judgement) -> bool:
    """Whether a model made it."""
    return judgement.decider not in {RULE, CALLER}


def rulings(judgements: Iterable[Judgement], claims: Mapping[str, Claim]) -> dict[Topic, Ruling]:
    """What models have ruled already, as far as it is of these claims, by id."""
    return {
        Topic(judgement.later, *key_of(claims[judgement.earlier])): Ruling(judgement.operation, judgement.reason, judgement.decider)
        for judgement in judgements
        if is_models(judgement) and judgement.earlier in claims
    }


def ruled_already(new: Iterable[Claim], claims: Mapping[str, Claim], ruled: Mapping[Topic, Ruling]) -> list[tuple[Pair, Ruling]]:
    """The new claims of a fact that a later claim was ruled to touch when it was heard of before, with that ruling."""
    earlier = [claim for claim in new if _is_plain(claim) and not claim.negated]
    return [
        (Pair(claims[topic.later], claim), ruling)
        for topic, ruling in ruled.items()
        for claim in earlier
        if topic.later in claims and key_of(claim) == topic[1:] and _follows(claims[topic.later], claim)
    ]


def _follows(later: Claim, claim: Claim) -> bool:
    return _same_view(later, claim) and claim.order < later.order and validity(claim).overlaps(validity(later))
