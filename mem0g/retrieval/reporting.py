"""What a write did, as the public API reports it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from mem0g.ingestion.resolution import Identity
from mem0g.ingestion.writing import Outcome
from mem0g.model import Merge, Version, object_key
from mem0g.period import FOREVER, Period
from mem0g.ports import GraphStore
from mem0g.results import Added, Merged
from mem0g.retrieval.presenting import present, present_decisions
from mem0g.retrieval.reasons import superseded


def report(store: GraphStore, graph: str, episode_ids: Sequence[str], outcome: Outcome) -> Added:
    """The episodes and claims of an `add`, and what became of the facts."""
    claims = store.claims_of(graph, episodes=episode_ids) if episode_ids else []
    ends = {id for judgement in outcome.judgements for id in (judgement.later, judgement.earlier)}
    joined = {claim.id: claim for claim in store.claims_by_id(graph, ends)}
    merges = store.merges(graph)
    identity = Identity.of(merges)
    return Added(
        episode_ids=tuple(episode_ids),
        claim_ids=tuple(claim.id for claim in claims),
        created=present(store, graph, _created(outcome), None, identity),
        confirmed=present(store, graph, _confirmed(outcome), None, identity),
        superseded=superseded(store, graph, _superseded(outcome), identity),
        decisions=present_decisions(outcome.judgements, joined),
        merged=present_merges(store, graph, outcome.merges, merges),
    )


def present_merges(store: GraphStore, graph: str, merges: Iterable[Merge], held: Iterable[Merge]) -> list[Merged]:
    """Merges, readable, in the order they were recorded; those that only say that two are not one are left out.

    Args:
        held: all of the graph: some of them may take back others.
    """
    made = [merge for merge in merges if not merge.negated]
    names = {
        entity.id: entity.name for entity in store.entities(graph, ids={end for merge in made for end in (merge.source, merge.target)})
    }
    undone = {frozenset({merge.source, merge.target}): merge.reason for merge in held if merge.negated}
    shown = [
        Merged(
            names[merge.source], names[merge.target], merge.reason, merge.decider, merge.recorded_at,
            undone.get(frozenset({merge.source, merge.target})),
        )
        for merge in made
    ]  # fmt: skip
    return sorted(shown, key=lambda merged: (merged.recorded_at, merged.name, merged.into))


def _created(outcome: Outcome) -> list[Version]:
    """Versions that are believed and say more than was believed: not what is left of one that was cut short."""
    before = [version for version in outcome.before.values() if version.is_believed]
    fresh = [version for id, version in outcome.after.items() if id not in outcome.before and version.is_believed]
    return [version for version in fresh if not any(_is_within(version, other) for other in before)]


def _confirmed(outcome: Outcome) -> list[Version]:
    """Versions that stand as they did, with more support."""
    kept = [(version, outcome.before[id]) for id, version in outcome.after.items() if id in outcome.before]
    return [version for version, before in kept if version.known == before.known and len(version.support) > len(before.support)]


def _superseded(outcome: Outcome) -> list[Version]:
    """Versions that were believed and are no longer, as they ended; one that went altogether, as if it ended at the first new word."""
    said = min((claim.said_at for claim in outcome.claims), default=FOREVER)
    believed = [version for version in (*outcome.before.values(), *outcome.passing.values()) if version.is_believed]
    ended = [outcome.after.get(version.id) or _ended(version, said) for version in believed]
    return [version for version in ended if not version.is_believed]


def _ended(version: Version, at: datetime) -> Version:
    return replace(version, known=Period(version.known.start, at)) if version.known.start < at < FOREVER else version


def _is_within(version: Version, other: Version) -> bool:
    """Whether the same triplet was believed over all of this version's validity."""
    same = (version.holder, version.subject, version.predicate, object_key(version.object), version.kind) == (
        other.holder, other.subject, other.predicate, object_key(other.object), other.kind,
    )  # fmt: skip
    return same and other.valid.start <= version.valid.start and version.valid.end <= other.valid.end
