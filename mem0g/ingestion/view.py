"""Keeps the facts in step with the ledger: what a write touches is read once, worked out anew, and compared."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime

from mem0g.ingestion.conflict import RULE
from mem0g.ingestion.resolution import Identity
from mem0g.ingestion.timeline import timeline
from mem0g.model import Claim, EntityId, Judgement, Object, Operation, Retraction, Version, object_key
from mem0g.period import BEGINNING
from mem0g.ports import ClaimFilter, GraphStore

Key = tuple[EntityId, str]
"""A canonical subject and a predicate."""


@dataclass(slots=True)
class Reach:
    """How far among the objects of one subject and predicate a write can be felt.

    Attributes:
        objects: object keys; None for all of them.
        exclusive: every object claimed with cardinality one is among them.
    """

    objects: set[str] | None = field(default_factory=set)
    exclusive: bool = False

    @property
    def extent(self) -> tuple[int, bool]:
        """How much it covers: it only ever grows."""
        return (-1 if self.objects is None else len(self.objects), self.exclusive)

    def covers(self, object: Object | None) -> bool:
        """Whether triplets of this object are touched."""
        return self.objects is None or object_key(object) in self.objects


@dataclass(slots=True)
class Neighbourhood:
    """Everything that has a say in what a write touches, with canonical ids.

    Attributes:
        claims, judgements, retractions: by id.
        reach: by subject and predicate, the triplets whose versions may change.
    """

    claims: dict[str, Claim] = field(default_factory=dict)
    judgements: dict[str, Judgement] = field(default_factory=dict)
    retractions: dict[str, Retraction] = field(default_factory=dict)
    reach: dict[Key, Reach] = field(default_factory=dict)

    def versions(self, since: datetime = BEGINNING, before: Iterable[Version] = ()) -> list[Version]:
        """What follows for the triplets in reach."""
        derived = timeline(self.claims.values(), self.judgements.values(), self.retractions.values(), since=since, before=before)
        return [version for version in derived if self.reaches(version)]

    def reaches(self, version: Version) -> bool:
        """Whether this version's triplet may have changed."""
        reach = self.reach.get((version.subject, version.predicate))
        return reach is not None and reach.covers(version.object)


def neighbourhood(
    store: GraphStore,
    graph: str,
    identity: Identity,
    touched: Iterable[Claim],
    judgements: Iterable[Judgement] = (),
    retractions: Iterable[Retraction] = (),
    whole: Iterable[Key] = (),
) -> Neighbourhood:
    """Read what has a say in the triplets of `touched`, which need not be stored yet.

    Args:
        touched: with canonical ids.
        judgements, retractions: new ones, not stored yet.
        whole: subjects and predicates of which everything is touched.
    """
    near = Neighbourhood(reach={key: Reach(None) for key in whole})
    filters = [_filter(key, reach, identity) for key, reach in sorted(near.reach.items())]
    stored = store.claims(graph, filters) if filters else []
    near.judgements = {judgement.id: judgement for judgement in judgements}
    near.retractions = {retraction.id: retraction for retraction in retractions}
    affected: set[str] = set()
    fresh = {claim.id: claim for claim in (*map(identity.claim, stored), *touched)}
    while fresh:
        affected |= fresh.keys()
        near.claims |= fresh
        _read_rivals(store, graph, identity, near, fresh.values())
        fresh = {id: near.claims[id] for id in _moved_by(affected, near) - affected}
    for retraction in store.retractions(graph, near.claims.keys()):
        near.retractions[retraction.id] = retraction
    return near


def _moved_by(affected: Set[str], near: Neighbourhood) -> set[str]:
    """The claims that come into or out of play with others, and the corrections that take over the validity of others."""
    moved = set()
    for judgement in near.judgements.values():
        if judgement.later in affected and judgement.operation in {Operation.CORRECTS, Operation.DELETE}:
            moved.add(judgement.earlier)
        if judgement.earlier in affected and judgement.operation is Operation.CORRECTS:
            moved.add(judgement.later)
    return moved & near.claims.keys()


def _read_rivals(store: GraphStore, graph: str, identity: Identity, near: Neighbourhood, affected: Iterable[Claim]) -> None:
    """Read the units that the affected claims belong to, and widen the reach to them, until it grows no more."""
    widened = {_include(near, claim) for claim in affected}
    read: set[str] = set()
    while widened:
        filters = [_filter(key, near.reach[key], identity) for key in sorted(widened)]
        near.claims |= {claim.id: identity.claim(claim) for claim in store.claims(graph, filters)}
        _read_judged(store, graph, identity, near, read)
        widened = _widened(near)


def _include(near: Neighbourhood, claim: Claim) -> Key:
    """Bring a claim's own triplet into reach, and the one it says was meant wrongly; a denial of every object brings them all."""
    key = (claim.subject, claim.predicate)
    reach = near.reach.setdefault(key, Reach())
    if claim.object is None:
        reach.objects = None
    elif reach.objects is not None:
        reach.objects |= {object_key(part) for part in (claim.object, claim.replaces) if part is not None}
        reach.exclusive |= claim.exclusive and not claim.negated
    return key


def _widened(near: Neighbourhood) -> set[Key]:
    """Bring into reach what competes with the objects in it, by cardinality or by a judgement; the keys where that is more."""
    rivalling = [judgement for judgement in near.judgements.values() if judgement.operation is Operation.UPDATE]
    joined = [(near.claims.get(judgement.later), near.claims.get(judgement.earlier)) for judgement in rivalling]
    pairs = [(one, other) for one, other in joined if one and other]
    before = {key: reach.extent for key, reach in near.reach.items()}
    for claim in near.claims.values():
        _widen_by_cardinality(near, claim)
    for one, other in (*pairs, *((other, one) for one, other in pairs)):
        reach = near.reach.get((one.subject, one.predicate))
        if reach and reach.objects is not None and reach.covers(one.object) and _same_key(one, other):
            reach.objects.add(object_key(other.object))
    return {key for key, reach in near.reach.items() if reach.extent != before[key]}


def _widen_by_cardinality(near: Neighbourhood, claim: Claim) -> None:
    reach = near.reach.get((claim.subject, claim.predicate))
    competes = claim.exclusive and not claim.negated
    if reach and reach.objects is not None and competes and (reach.exclusive or reach.covers(claim.object)):
        reach.exclusive = True
        reach.objects.add(object_key(claim.object))


def _same_key(one: Claim, other: Claim) -> bool:
    return (one.subject, one.predicate) == (other.subject, other.predicate) and other.object is not None


def _read_judged(store: GraphStore, graph: str, identity: Identity, near: Neighbourhood, read: set[str]) -> None:
    """Read how the claims at hand are judged, and the claims on the other side that no filter finds, and how those are judged."""
    while unread := near.claims.keys() - read:
        near.judgements |= {judgement.id: judgement for judgement in store.judgements(graph, unread)}
        read |= unread
        reaching = [judgement for judgement in near.judgements.values() if _reaches_beyond(judgement)]
        joined = {id for judgement in reaching for id in (judgement.later, judgement.earlier)}
        others = store.claims_by_id(graph, joined - near.claims.keys())
        near.claims |= {claim.id: identity.claim(claim) for claim in others}


def _reaches_beyond(judgement: Judgement) -> bool:
    """Whether it joins claims that are no rivals by cardinality or denial: what a rule calls an UPDATE are."""
    if judgement.operation is Operation.UPDATE:
        return judgement.decider != RULE
    return judgement.operation in {Operation.CORRECTS, Operation.DELETE}


def _filter(key: Key, reach: Reach, identity: Identity) -> ClaimFilter:
    objects = None if reach.objects is None else identity.object_keys(reach.objects)
    return ClaimFilter(identity.members(key[0]), key[1], objects, reach.exclusive)


def changes(near: Neighbourhood, stored: Sequence[Version], since: datetime = BEGINNING) -> tuple[list[Version], list[str]]:
    """The versions to write, and the ids of those to drop, so that the stored ones become what follows.

    Args:
        stored: every version of the triplets in reach, of whatever holder.
        since: see `timeline`.
    """
    derived = {version.id: version for version in near.versions(since, stored if since > BEGINNING else ())}
    before = {version.id: version for version in stored}
    written = [version for id, version in derived.items() if id not in before or not _same(version, before[id])]
    return written, [id for id in before if id not in derived]


def stored_versions(store: GraphStore, graph: str, identity: Identity, near: Neighbourhood) -> list[Version]:
    """Every stored version of the triplets in reach, of whatever holder."""
    return store.versions(graph, [_filter(key, reach, identity) for key, reach in near.reach.items()])


def _same(one: Version, other: Version) -> bool:
    return (one, one.text, one.support) == (other, other.text, other.support)
