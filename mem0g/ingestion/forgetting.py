"""What has to go when something is forgotten: a source with all that stands on it, and nothing else."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from mem0g.model import Claim, Entity, EntityId, Episode, Merge, Record, Retraction, identifier, normalise
from mem0g.ports import GraphStore


@dataclass(frozen=True, slots=True)
class Erasure:
    """Ledger records to erase physically.

    Attributes:
        erased: all of them.
        rewritten: retractions that named erased claims among others, naming only the others.
    """

    erased: Sequence[Record] = ()
    rewritten: Sequence[Retraction] = ()

    def count(self, kind: type[Record]) -> int:
        """How many records of this kind go."""
        return sum(isinstance(record, kind) for record in self.erased)


def erasure_of_everything(store: GraphStore, graph: str) -> Erasure:
    """All the graph holds."""
    return Erasure(list(store.records(graph)))


def erasure_of_episodes(store: GraphStore, graph: str, episode_ids: Collection[str]) -> Erasure:
    """Episodes, their claims, what judges or retracts those, and the entities that nothing else speaks of."""
    episodes = store.episodes(graph, ids=episode_ids)
    claims = store.claims_of(graph, episodes=episode_ids) if episode_ids else []
    ids = {claim.id for claim in claims}
    judgements = store.judgements(graph, ids)
    retractions = store.retractions(graph, ids)
    orphans, merges = _orphans(store, graph, claims)
    erased: list[Record] = [*episodes, *claims, *judgements, *retractions, *orphans, *merges]
    return Erasure(erased, [rest for retraction in retractions if (rest := _without(retraction, ids))])


def episodes_about(store: GraphStore, graph: str, entities: Sequence[Entity]) -> set[str]:
    """The ids of every episode that speaks of these entities: by a claim, by its speaker, or by one of their names in its text."""
    ids = {entity.id for entity in entities}
    names = {normalise(name) for entity in entities for name in (entity.name, *entity.aliases)}
    claims = store.claims_of(graph, voices=ids, entities=ids)
    named = {episode.id for episode in store.episodes(graph) if _names(episode, names)}
    return named | {claim.episode_id for claim in claims}


def _names(episode: Episode, names: Iterable[str]) -> bool:
    text = f" {' '.join(_words(episode.content))} "
    return normalise(episode.speaker) in names or any(f" {' '.join(_words(name))} " in text for name in names)


def _words(text: str) -> list[str]:
    return "".join(character if character.isalnum() else " " for character in normalise(text)).split()


def _without(retraction: Retraction, claims: Collection[str]) -> Retraction | None:
    rest = tuple(id for id in retraction.claims if id not in claims)
    if not rest:
        return None
    key = identifier("retraction", retraction.graph, rest, retraction.said_at.isoformat(), retraction.reason)
    return Retraction(key, retraction.graph, rest, retraction.said_at, retraction.reason, retraction.recorded_at)


def _orphans(store: GraphStore, graph: str, claims: Sequence[Claim]) -> tuple[list[Entity], list[Merge]]:
    """The entities that only these claims speak of, and the merges that join them to one another."""
    gone = {claim.id for claim in claims}
    merges = store.merges(graph)
    linked = _linked({part for claim in claims for part in _entities(claim)}, merges)
    spoken_of = {
        part for claim in store.claims_of(graph, entities=linked, voices=linked) if claim.id not in gone for part in _entities(claim)
    }
    orphans = linked - _linked(spoken_of, merges)
    return store.entities(graph, ids=orphans), [merge for merge in merges if {merge.source, merge.target} & orphans]


def _entities(claim: Claim) -> set[EntityId]:
    """The entities a claim speaks of or is spoken by."""
    parts = (claim.speaker, claim.holder, claim.subject, claim.object, claim.replaces)
    return {part for part in parts if isinstance(part, str)}


def _linked(entities: set[EntityId], merges: Iterable[Merge]) -> set[EntityId]:
    """These entities and all that are merged with them."""
    pairs = [{merge.source, merge.target} for merge in merges]
    linked = set(entities)
    while grown := {id for pair in pairs if pair & linked for id in pair} - linked:
        linked |= grown
    return linked
