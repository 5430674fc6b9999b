"""Versions as the public API shows them: names for ids, and the support they have at the asked known instant."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mem0g.ingestion.resolution import Identity
from mem0g.model import Claim, EntityId, Fact, Judgement, Naming, Object, Support, Value, Version, normalise
from mem0g.period import BEGINNING, FOREVER
from mem0g.ports import GraphStore
from mem0g.results import Decision


@dataclass(frozen=True, slots=True)
class Names:
    """The names of entities.

    Attributes:
        entities: by id; of those that a merge made one, the one that stands for them.
        identity: who is who.
    """

    entities: Mapping[EntityId, str]
    identity: Identity

    @classmethod
    def read(cls, store: GraphStore, graph: str, ids: Iterable[EntityId], identity: Identity | None = None) -> "Names":
        """The names that these entities are shown by: of all that they were called, the best by `_rank`.

        One that was never called anything, in a ledger from elsewhere, is shown by the name it was made with.

        Args:
            identity: where it was read already.
        """
        identity = identity or Identity.of(store.merges(graph))
        members = {member for id in set(ids) for member in identity.members(id)}
        own = {entity.id: entity.name for entity in store.entities(graph, ids=members)}
        ranked = sorted(store.names(graph, members), key=lambda naming: _rank(naming, own[identity.canonical(naming.entity)]), reverse=True)
        made = {id: name for id, name in own.items() if identity.canonical(id) == id}
        return cls(made | {identity.canonical(naming.entity): naming.name for naming in ranked}, identity)

    def of(self, object: Object | None) -> str:
        """The entity's name, or the value's text; empty for an object left open."""
        if object is None:
            return ""
        return object.text if isinstance(object, Value) else self.entities[self.identity.canonical(object)]


def _rank(naming: Naming, own: str) -> tuple[bool, bool, bool, datetime, str]:
    """Which name is shown, the least first: no alias; the name of the one that stands; a capitalised one; the one said first.

    A function of what was said, whatever arrived first; `own` counts only as normalised, which its id says too.
    """
    return (naming.alias, normalise(naming.name) != normalise(own), naming.name == normalise(naming.name), naming.said_at, naming.name)


def present(
    store: GraphStore, graph: str, versions: Sequence[Version], known_at: datetime | None, identity: Identity | None = None
) -> list[Fact]:
    """Versions as facts, in the order given.

    Args:
        known_at: the instant whose support counts; None for all the support a version ever had.
        identity: who is who, where it was read already.
    """
    if not versions:
        return []
    counted = {version.id: [support.claim_id for support in version.support if counts(support, known_at)] for version in versions}
    claims = {claim.id: claim for claim in store.claims_by_id(graph, {id for ids in counted.values() for id in ids})}
    voices = {claim.holder or claim.speaker for claim in claims.values()}
    spoken = {part for version in versions for part in (version.subject, version.object) if not isinstance(part, Value)}
    holders = {version.holder for version in versions if version.holder}
    names = Names.read(store, graph, voices | spoken | holders, identity)
    return [
        _fact(version, sorted((claims[id] for id in counted[version.id]), key=lambda claim: claim.order), names) for version in versions
    ]


def counts(support: Support, known_at: datetime | None) -> bool:
    """Whether the claim carries its version at the known instant; at any, for None."""
    return known_at is None or support.since <= known_at < support.until


def _fact(version: Version, claims: Sequence[Claim], names: Names) -> Fact:
    return Fact(
        id=version.id,
        subject=names.of(version.subject),
        predicate=version.predicate,
        object=names.of(version.object),
        text=version.text,
        valid_at=_stated(version.valid.start),
        invalid_at=_stated(version.valid.end),
        created_at=version.known.start,
        expired_at=_stated(version.known.end),
        holders=tuple(dict.fromkeys(names.of(claim.holder or claim.speaker) for claim in claims)),
        episode_ids=tuple(dict.fromkeys(claim.episode_id for claim in claims)),
        confidence=max((claim.confidence for claim in claims), default=0.0),
        event=version.kind == "event",
        subject_id=version.subject,
        object_id=None if isinstance(version.object, Value) else version.object,
        holder=names.of(version.holder) or None,
    )


def _stated(at: datetime) -> datetime | None:
    return None if at in (BEGINNING, FOREVER) else at


def present_decisions(judgements: Iterable[Judgement], claims: Mapping[str, Claim]) -> list[Decision]:
    """Judgements, readable, in the order the later claims were said.

    Args:
        claims: by id, those the judgements join.
    """
    decisions = [
        Decision(
            judgement.operation, judgement.reason, judgement.decider, claims[judgement.later].text, claims[judgement.earlier].text,
            judgement.later, judgement.earlier, claims[judgement.later].said_at, judgement.recorded_at,
        )
        for judgement in judgements
    ]  # fmt: skip
    return sorted(decisions, key=lambda decision: (decision.said_at, decision.later_id, decision.earlier_id))
