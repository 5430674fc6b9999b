"""The rule: which triplets hold at which valid instants, as known at which instants. Pure.

A claim is *in play* at the known instants from when it was said, less those at which something that corrects, deletes or
retracts it is in play. At a valid instant a claim in play that covers it *holds* unless a rival that covers it ranks
higher, whether or not that rival is itself beaten. What holds is cut into versions: one maximal valid interval
by the maximal run of known instants at which exactly it is there.

`tests/laws/replay.py` holds the naive form of the same rule; the two are compared at random points of random ledgers.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from operator import attrgetter

from mem0g.model import Claim, EntityId, Judgement, Kind, Object, Operation, Retraction, Support, Version, object_key
from mem0g.period import BEGINNING, FOREVER, TICK, Period

Rank = tuple[datetime, datetime, int, str]
"""The start that counts at a valid instant, then the claim's place among all claims. The higher one holds."""


def timeline(
    claims: Iterable[Claim],
    judgements: Iterable[Judgement] = (),
    retractions: Iterable[Retraction] = (),
    *,
    since: datetime = BEGINNING,
    before: Iterable[Version] = (),
) -> list[Version]:
    """Every version that follows from the claims, sorted by knowledge, validity and id.

    Args:
        claims: with canonical ids, of any number of subjects and predicates. All that could touch one another must
            be among them: rivals, and whatever corrects or deletes them.
        judgements: those between the claims.
        retractions: those that name them.
        since: nothing said before this instant is new, so only what was known from it on is worked out.
        before: the versions of the same triplets without what is new.
    """
    ledger = _Ledger.of(claims, judgements, retractions)
    earlier = defaultdict(list)
    for version in before:
        earlier[_triplet_of_version(version)].append(version)
    versions: list[Version] = []
    for unit in _units(ledger):
        triplets = {_triplet(standing.claim) for standing in unit if not standing.claim.negated}
        versions += _versions(unit, ledger, since, [version for triplet in triplets for version in earlier[triplet]])
    return sorted(versions, key=lambda version: (version.known.start, version.valid.start, version.id))


def validity(claim: Claim, corrected: Sequence[Period] = ()) -> Period:
    """The valid interval of a claim: as stated, and what is left unstated filled in.

    Args:
        corrected: the intervals of the claims it corrects; a correction that states no time takes them over.
    """
    start, end = claim.valid_from, claim.valid_to
    if start is None and end is None and corrected:
        return Period(min(period.start for period in corrected), max(period.end for period in corrected))
    if start is None:
        start = BEGINNING if end is not None and end <= claim.said_at else claim.said_at
    if end is None:
        end = start + TICK if claim.kind is Kind.EVENT else FOREVER
    return Period(start, end)


def rivals(one: Claim, other: Claim) -> bool:
    """Whether two states of equal holder, subject and predicate cannot both hold, judgements apart."""
    same_object = object_key(one.object) == object_key(other.object)
    if one.negated != other.negated:
        return same_object or one.object is None or other.object is None
    return not one.negated and one.exclusive and other.exclusive and not same_object


Triplet = tuple[str, str, str, str, str]


def _triplet(claim: Claim) -> Triplet:
    return (claim.holder or "", claim.subject, claim.predicate, object_key(claim.object), claim.kind)


def _triplet_of_version(version: Version) -> Triplet:
    return (version.holder or "", version.subject, version.predicate, object_key(version.object), version.kind)


@dataclass(frozen=True, slots=True)
class _Standing:
    """A claim with what the ledger makes of it: its validity, and the known instants at which it is in play."""

    claim: Claim
    valid: Period
    play: tuple[Period, ...]

    def in_play(self, known: datetime) -> bool:
        return any(period.covers(known) for period in self.play)

    def tenures(self) -> Iterator[tuple[Rank, Period]]:
        """The rank it has, over each part of its validity."""
        said, start, end = self.claim.said_at, self.valid.start, self.valid.end
        place = self.claim.order
        if not start < said < end:
            yield (start, *place), self.valid
            return
        yield (start, *place), Period(start, said)
        yield (said, *place), Period(said, end)


@dataclass(frozen=True, slots=True)
class _Ledger:
    """The claims as they stand, and which pairs judgements make rivals that were none, or unmake."""

    standings: Mapping[str, _Standing]
    coexisting: Mapping[str, set[str]]
    rivalling: Mapping[str, set[str]]

    @classmethod
    def of(cls, claims: Iterable[Claim], judgements: Iterable[Judgement], retractions: Iterable[Retraction]) -> "_Ledger":
        ordered = {claim.id: claim for claim in sorted(claims, key=attrgetter("order"))}
        joined: dict[Operation, list[Judgement]] = defaultdict(list)
        for judgement in judgements:
            if judgement.later in ordered and judgement.earlier in ordered:
                joined[judgement.operation].append(judgement)
        valid = _validities(ordered, joined[Operation.CORRECTS])
        play = _plays(ordered, joined[Operation.CORRECTS] + joined[Operation.DELETE], retractions)
        standings = {id: _Standing(claim, valid[id], play[id]) for id, claim in ordered.items()}
        rivalling = [pair for pair in joined[Operation.UPDATE] if not rivals(ordered[pair.later], ordered[pair.earlier])]
        return cls(standings, _pairs(joined[Operation.ADD]), _pairs(rivalling))


def _pairs(judgements: Iterable[Judgement]) -> dict[str, set[str]]:
    partners: dict[str, set[str]] = defaultdict(set)
    for judgement in judgements:
        partners[judgement.later].add(judgement.earlier)
        partners[judgement.earlier].add(judgement.later)
    return partners


def _validities(ordered: Mapping[str, Claim], corrections: Iterable[Judgement]) -> dict[str, Period]:
    """By claim id, from the earliest said up: a correction takes over what it corrects, which may itself be a correction."""
    corrected: dict[str, list[str]] = defaultdict(list)
    for judgement in corrections:
        corrected[judgement.later].append(judgement.earlier)
    valid: dict[str, Period] = {}
    for id, claim in ordered.items():
        valid[id] = validity(claim, [valid[earlier] for earlier in corrected[id] if earlier in valid])
    return valid


def _plays(ordered: Mapping[str, Claim], against: Iterable[Judgement], retractions: Iterable[Retraction]) -> dict[str, tuple[Period, ...]]:
    """By claim id, from the latest said down: what is itself out of play has no force."""
    opposed: dict[str, list[str]] = defaultdict(list)
    for judgement in against:
        opposed[judgement.earlier].append(judgement.later)
    retracted: dict[str, datetime] = {}
    for retraction in retractions:
        for id in retraction.claims:
            retracted[id] = min(retraction.said_at, retracted.get(id, FOREVER))
    play: dict[str, tuple[Period, ...]] = {}
    for id, claim in reversed(list(ordered.items())):
        said = [Period(claim.said_at, FOREVER)]
        if id in retracted:
            said = _less(said, Period(retracted[id], FOREVER))
        for later in opposed[id]:
            for period in play.get(later, ()):
                said = _less(said, period)
        play[id] = tuple(said)
    return play


def _less(periods: Iterable[Period], taken: Period) -> list[Period]:
    """What is left of `periods` without `taken`."""
    left = []
    for period in periods:
        if not period.overlaps(taken):
            left.append(period)
            continue
        if period.start < taken.start:
            left.append(Period(period.start, taken.start))
        if taken.end < period.end:
            left.append(Period(taken.end, period.end))
    return left


def _units(ledger: _Ledger) -> Iterator[list[_Standing]]:
    """The claims, parted so that no claim has a rival outside its unit. A denial of every object stands in many."""
    groups: dict[tuple[EntityId | None, EntityId, str, Kind], list[_Standing]] = defaultdict(list)
    for standing in ledger.standings.values():
        claim = standing.claim
        groups[claim.holder, claim.subject, claim.predicate, claim.kind].append(standing)
    for group in groups.values():
        yield from _part(group, ledger)


def _part(group: list[_Standing], ledger: _Ledger) -> Iterator[list[_Standing]]:
    """One group of equal holder, subject, predicate and kind, parted by the objects that compete."""
    open_denials = [standing for standing in group if standing.claim.object is None]
    competing = _competing(group, ledger)
    parts: dict[str, list[_Standing]] = defaultdict(list)
    for standing in group:
        if standing.claim.object is not None:
            parts[competing[object_key(standing.claim.object)]].append(standing)
    for part in parts.values():
        yield part + open_denials


def _competing(group: Iterable[_Standing], ledger: _Ledger) -> dict[str, str]:
    """By object, one that stands for all it competes with: by cardinality one, or by a judgement."""
    objects = {standing.claim.id: object_key(standing.claim.object) for standing in group}
    exclusive = [objects[standing.claim.id] for standing in group if standing.claim.exclusive and not standing.claim.negated]
    judged = [(objects[id], objects[partner]) for id in objects for partner in ledger.rivalling.get(id, ()) if partner in objects]
    standing_for = {object: object for object in objects.values()} | dict.fromkeys(exclusive, next(iter(exclusive), ""))
    for one, other in judged:
        kept, left = standing_for[one], standing_for[other]
        if kept != left:
            standing_for |= {object: kept for object, stands in standing_for.items() if stands == left}
    return standing_for


@dataclass(slots=True)
class _Run:
    """A version while the last known instant of it is still open."""

    graph: str
    holder: EntityId | None
    subject: EntityId
    predicate: str
    object: Object
    kind: Kind
    valid: Period
    since: datetime
    text: str
    ended: list[Support] = field(default_factory=list)
    carried: dict[str, datetime] = field(default_factory=dict)

    @classmethod
    def begin(cls, claims: Sequence[Claim], valid: Period, known: datetime) -> "_Run":
        first = min(claims, key=attrgetter("order"))
        if first.object is None:
            raise AssertionError("a claim that leaves its object open is a denial, and denials carry nothing")
        return cls(first.graph, first.holder, first.subject, first.predicate, first.object, first.kind, valid, known, first.text)

    @classmethod
    def resume(cls, version: Version, since: datetime) -> "_Run":
        """The run of a version known just before `since`, as if nothing had been said from then on."""
        ended = [support for support in version.support if support.until < since]
        carried = {support.claim_id: support.since for support in version.support if support.since < since <= support.until}
        return cls(
            version.graph, version.holder, version.subject, version.predicate, version.object, version.kind,
            version.valid, version.known.start, version.text, ended, carried,
        )  # fmt: skip

    def carry(self, claims: Iterable[Claim], known: datetime) -> None:
        """From `known` on these claims carry it, and no others."""
        ids = {claim.id for claim in claims}
        for id in self.carried.keys() - ids:
            self.ended.append(Support(id, self.carried.pop(id), known))
        for id in ids - self.carried.keys():
            self.carried[id] = known

    def end(self, known: datetime) -> Version:
        """The version this came to, no longer believed from `known` on."""
        self.carry((), known)
        support = tuple(sorted(self.ended, key=attrgetter("since", "claim_id")))
        period = Period(self.since, known)
        return Version(
            self.graph, self.holder, self.subject, self.predicate, self.object, self.kind, self.valid, period, self.text, support
        )  # fmt: skip


def _versions(unit: Sequence[_Standing], ledger: _Ledger, since: datetime, before: Iterable[Version]) -> Iterator[Version]:
    """What is believed at each known instant, joined into versions."""
    runs: dict[tuple[Triplet, Period], _Run] = {}
    for version in before:
        if version.known.end < since:
            yield version
        elif version.known.start < since:
            runs[_triplet_of_version(version), version.valid] = _Run.resume(version, since)
    for known in _known_instants(unit, since):
        believed = _believed([standing for standing in unit if standing.in_play(known)], ledger)
        for key in runs.keys() - believed.keys():
            yield runs.pop(key).end(known)
        for key, claims in believed.items():
            if key not in runs:
                runs[key] = _Run.begin(claims, key[1], known)
            runs[key].carry(claims, known)
    for run in runs.values():
        yield run.end(FOREVER)


def _known_instants(unit: Sequence[_Standing], since: datetime) -> list[datetime]:
    """The instants from `since` on at which what is in play may change."""
    ends = {end for standing in unit for period in standing.play for end in (period.start, period.end)}
    return sorted(end for end in ends | {since} if since <= end < FOREVER)


def _believed(standings: Sequence[_Standing], ledger: _Ledger) -> dict[tuple[Triplet, Period], list[Claim]]:
    """Each triplet's maximal valid intervals at one known instant, with the claims that carry them."""
    held: dict[Triplet, list[tuple[Period, Claim]]] = defaultdict(list)
    for period, claim in _held(standings, ledger):
        held[_triplet(claim)].append((period, claim))
    return {(triplet, period): claims for triplet, pieces in held.items() for period, claims in _joined(pieces)}


def _joined(pieces: Iterable[tuple[Period, Claim]]) -> Iterator[tuple[Period, list[Claim]]]:
    """Pieces that overlap or touch, as one."""
    start = end = FOREVER
    claims: dict[str, Claim] = {}
    for period, claim in sorted(pieces, key=lambda piece: (piece[0].start, piece[0].end)):
        if claims and period.start > end:
            yield Period(start, end), list(claims.values())
            claims = {}
        if not claims:
            start, end = period.start, period.end
        end = max(end, period.end)
        claims[claim.id] = claim
    if claims:
        yield Period(start, end), list(claims.values())


def _held(standings: Sequence[_Standing], ledger: _Ledger) -> Iterator[tuple[Period, Claim]]:
    """Where each claim holds: a sweep over valid time. Events hold wherever they are claimed."""
    if standings and standings[0].claim.kind is Kind.EVENT:
        yield from ((standing.valid, standing.claim) for standing in standings if not standing.claim.negated)
        return
    changes: dict[datetime, list[tuple[bool, Rank]]] = defaultdict(list)
    for standing in standings:
        for rank, period in standing.tenures():
            changes[period.start].append((True, rank))
            changes[period.end].append((False, rank))
    claims = {standing.claim.id: standing.claim for standing in standings}
    judged = any(id in ledger.coexisting or id in ledger.rivalling for id in claims)
    active: list[Rank] = []
    for start, end in pairwise(sorted(changes)):
        _apply(changes[start], active)
        ranked = (claims[rank[-1]] for rank in reversed(active))
        winners = _unbeaten_among_judged(ranked, ledger) if judged else _unbeaten(ranked)
        yield from ((Period(start, end), claim) for claim in winners)


def _apply(changes: Iterable[tuple[bool, Rank]], active: list[Rank]) -> None:
    """Let claims enter and leave the ranking, which stays sorted."""
    for enters, rank in changes:
        if enters:
            insort(active, rank)
        else:
            del active[bisect_left(active, rank)]


def _rivals(one: Claim, other: Claim, ledger: _Ledger) -> bool:
    """Whether two claims of a unit are rivals, with what is judged of them."""
    if other.id in ledger.coexisting.get(one.id, ()):
        return False
    return other.id in ledger.rivalling.get(one.id, ()) or rivals(one, other)


def _unbeaten_among_judged(ranked: Iterable[Claim], ledger: _Ledger) -> Iterator[Claim]:
    """The claims that hold, of claims in order of rank, the highest first: each is held against all above it."""
    above: list[Claim] = []
    for claim in ranked:
        if not claim.negated and not any(_rivals(claim, higher, ledger) for higher in above):
            yield claim
        above.append(claim)


def _unbeaten(ranked: Iterable[Claim]) -> Iterator[Claim]:
    """The same where no judgement makes or unmakes rivals: it is enough to know which objects were seen above."""
    exclusive: set[str] = set()
    denied: set[str] = set()
    for claim in ranked:
        object = object_key(claim.object)
        if claim.negated:
            denied.add(object)
            if claim.object is None:
                return
            continue
        if object not in denied and not (claim.exclusive and exclusive - {object}):
            yield claim
        if claim.exclusive:
            exclusive.add(object)
