"""Versions as the public API shows them: names for ids, and the support they have at the asked known instant."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from mem0g.ingestion.naming import Names
from mem0g.ingestion.resolution import Identity
from mem0g.model import Claim, Fact, Judgement, Support, Value, Version
from mem0g.period import BEGINNING, FOREVER
from mem0g.ports import GraphStore
from mem0g.results import Decision


def present(
    store: GraphStore,
    graph: str,
    versions: Sequence[Version],
    known_at: datetime | None,
    identity: Identity | None = None,
    labels: Mapping[str, str] | None = None,
) -> list[Fact]:
    """Versions as facts, in the order given.

    Args:
        known_at: the instant whose support counts; None for all the support a version ever had.
        identity: who is who, where it was read already.
        labels: those of the episodes that are shown; the support of others is left out. None shows all.
    """
    if not versions:
        return []
    counted = {version.id: [support.claim_id for support in version.support if counts(support, known_at)] for version in versions}
    claims = {claim.id: claim for claim in store.claims_by_id(graph, {id for ids in counted.values() for id in ids})}
    if labels:
        episodes = {
            each.id for each in store.episodes(graph, ids={claim.episode_id for claim in claims.values()}) if each.has_labels(labels)
        }
        claims = {id: claim for id, claim in claims.items() if claim.episode_id in episodes}
    voices = {claim.holder or claim.speaker for claim in claims.values()}
    spoken = {part for version in versions for part in (version.subject, version.object) if not isinstance(part, Value)}
    holders = {version.holder for version in versions if version.holder}
    names = Names.read(store, graph, voices | spoken | holders, identity)
    return [
        _fact(version, sorted((claims[id] for id in counted[version.id] if id in claims), key=lambda claim: claim.order), names)
        for version in versions
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
