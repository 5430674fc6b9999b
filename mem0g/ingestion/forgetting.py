"""What has to go when something is forgotten: a source with all that stands on it, and nothing else."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from mem0g.ingestion.doubt import is_models
from mem0g.model import (
    Claim,
    Entity,
    EntityId,
    Episode,
    Merge,
    Naming,
    Operation,
    Record,
    Retraction,
    Wording,
    identifier,
    normalise,
)
from mem0g.ports import GraphStore
from mem0g.prompts import MODEL


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
    """Episodes, their claims, what judges or retracts those, what only they call anything, and the entities nothing else speaks of.

    A wording goes with the claims it was for: see `_unused`.
    """
    episodes = store.episodes(graph, ids=episode_ids)
    claims = store.claims_of(graph, episodes=episode_ids) if episode_ids else []
    claims += _denials_of(store, graph, {claim.id for claim in claims})
    ids = {claim.id for claim in claims}
    judgements = store.judgements(graph, ids)
    retractions = store.retractions(graph, ids)
    namings = store.namings(graph, episode_ids)
    orphans = _orphans(store, graph, claims)
    merges = {merge.id: merge for merge in (*_unfounded(store, graph, orphans, namings, episode_ids), *_told_by(store, graph, claims))}
    wordings = _unused(store, graph, claims)
    erased: list[Record] = [*episodes, *claims, *judgements, *retractions, *orphans, *namings, *merges.values(), *wordings]
    return Erasure(erased, [rest for retraction in retractions if (rest := _without(retraction, ids))])


def _denials_of(store: GraphStore, graph: str, ids: Collection[str]) -> list[Claim]:
    """The denials that a model's verdict came to (see `updating`) and that deny nothing but these claims: they tell what those told."""
    ended = [judgement for judgement in store.judgements(graph, ids) if is_models(judgement) and judgement.operation is Operation.UPDATE]
    later = store.claims_by_id(graph, {judgement.later for judgement in ended if judgement.earlier in ids} - {*ids})
    denials = {claim.id: claim for claim in later if claim.negated}
    deciding = [judgement for judgement in store.judgements(graph, denials.keys()) if judgement.operation is Operation.UPDATE]
    kept = {judgement.later for judgement in deciding if judgement.earlier not in ids}
    return [claim for id, claim in denials.items() if id not in kept]


def episodes_about(store: GraphStore, graph: str, entities: Sequence[Entity]) -> set[str]:
    """The ids of every episode that speaks of these entities: by a claim, by its speaker, or by one of their names in its text."""
    ids = {entity.id for entity in entities}
    own = {normalise(name) for entity in entities for name in (entity.name, *entity.aliases)}
    names = own | {normalise(naming.name) for naming in store.names(graph, ids)}
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


def _orphans(store: GraphStore, graph: str, claims: Sequence[Claim]) -> list[Entity]:
    """The entities that only these claims speak of. What a merge says is theirs does not keep them: it is said by another name."""
    gone = {claim.id for claim in claims}
    named = {part for claim in claims for part in _entities(claim)}
    rest = [claim for claim in store.claims_of(graph, entities=named, voices=named) if claim.id not in gone]
    return store.entities(graph, ids=named - {part for claim in rest for part in _entities(claim)})


def _unfounded(
    store: GraphStore, graph: str, orphans: Sequence[Entity], namings: Sequence[Naming], episode_ids: Collection[str]
) -> list[Merge]:
    """The merges of what goes, and those that stand on an alias that nothing else gives."""
    gone = {entity.id for entity in orphans}
    lost = {(naming.entity, normalise(naming.name)) for naming in namings if naming.alias}
    lost -= _aliases(store, graph, {entity for entity, _ in lost}, episode_ids)
    merges = store.merges(graph)
    own = {entity.id: normalise(entity.name) for entity in store.entities(graph, ids={merge.source for merge in merges} if lost else ())}
    return [merge for merge in merges if {merge.source, merge.target} & gone or (merge.target, own.get(merge.source)) in lost]


def _told_by(store: GraphStore, graph: str, claims: Sequence[Claim]) -> list[Merge]:
    """The merges that a model decided of what these claims speak of: its reason may tell what they told."""
    named = {part for claim in claims for part in _entities(claim)}
    return [merge for merge in store.merges(graph) if merge.decider.startswith(MODEL) and {merge.source, merge.target} & named]


def _unused(store: GraphStore, graph: str, claims: Sequence[Claim]) -> list[Wording]:
    """The wordings of the predicates of these claims whose names no other claim has: the name may be a word of what is forgotten.

    A claim that is stored by the canonical predicate does not tell by which name it was said, so every other name of that goes. None
    of it changes a fact: where such a name appears again, how it is said is decided again.
    """
    gone = Counter(claim.predicate for claim in claims)
    near = [wording for wording in store.wordings(graph) if {wording.name, wording.canonical} & gone.keys()] if gone else []
    held = store.predicates(graph) if near else {}
    return [wording for wording in near if held.get(wording.name, 0) <= gone[wording.name]]


def _aliases(store: GraphStore, graph: str, entities: Collection[EntityId], without: Collection[str]) -> set[tuple[EntityId, str]]:
    """The aliases that other episodes than these give: they do so where a claim speaks of the entity."""
    speaking = {claim.episode_id for claim in store.claims_of(graph, entities=entities, voices=entities)} if entities else set()
    return {(naming.entity, normalise(naming.name)) for naming in store.namings(graph, speaking - {*without}) if naming.alias}


def _entities(claim: Claim) -> set[EntityId]:
    """The entities a claim speaks of or is spoken by."""
    parts = (claim.speaker, claim.holder, claim.subject, claim.object, claim.replaces)
    return {part for part in parts if isinstance(part, str)}
