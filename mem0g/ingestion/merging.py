"""Entities whose names are alike in letters and in meaning are merged, once both names have a vector. A merge can be taken back.

It happens after the write that made them, so that names are embedded in one call with all else that was written. What was decided is
kept: a ledger that is loaded elsewhere needs no model, and nothing is decided of it again.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from mem0g.ingestion.embedding import Embedded
from mem0g.ingestion.likeness import THRESHOLD, evidence
from mem0g.ingestion.resolution import Identity, contradicts
from mem0g.ingestion.writing import Outcome, write_merges
from mem0g.model import Entity, Merge, normalise
from mem0g.ports import GraphStore, Vector

_NEAREST = 50
"""How many of the nearest names are looked at."""


def merge_alike(store: GraphStore, graph: str, embedded: Embedded, now: datetime) -> Outcome:
    """Merge the entities whose names were just embedded with the one other that each is alike.

    Raises:
        WriteConflict: the graph kept changing under the write.
    """
    outcome = Outcome()
    for entity, vector in embedded.named:
        if merges := list(_merge_of(store, graph, entity, vector, embedded.model, now)):
            outcome = outcome.then(write_merges(store, graph, merges, now))
    return outcome


def _merge_of(store: GraphStore, graph: str, entity: Entity, vector: Vector, model: str, now: datetime) -> Iterator[Merge]:
    """The merge with the one entity of a like name; none where two are that, or where the two were parted."""
    if not (found := list(_alike(store, graph, entity, vector))):
        return
    identity = Identity.of(merges := store.merges(graph))
    if len({identity.canonical(other.id) for other, _ in found} - {identity.canonical(entity.id)}) == 1:
        other, reason = next(pair for pair in found if identity.canonical(pair[0].id) != identity.canonical(entity.id))
        source, target = sorted((entity, other), key=lambda one: (len(one.name.split()), one is other))
        merge = Merge.of(source, target, f"{source.name} is {target.name}: {reason}", now, model)
        if not contradicts(merge, merges):
            yield merge


def _alike(store: GraphStore, graph: str, entity: Entity, vector: Vector) -> Iterator[tuple[Entity, str]]:
    """The other entities of a like name and the same type, nearest first, each with what shows it."""
    near = {id: cosine for id, cosine in store.nearest_entities(graph, vector, entity.type, _NEAREST) if cosine >= THRESHOLD}
    others = {other.id: other for other in store.entities(graph, ids=near.keys() - {entity.id})}
    for id, cosine in near.items():
        if id in others and (shown := evidence(entity.name, others[id].name, entity.type)):
            yield others[id], f"{shown}, cosine {cosine:.2f}"


def types_learned(store: GraphStore, graph: str, now: datetime) -> list[Merge]:
    """The merges of names of no type into the first of the same name that has one, as far as nothing was decided of them.

    Reading records them as it goes; they are missing where a ledger comes to a graph that knew the name otherwise.
    """
    merges = store.merges(graph)
    decided = {merge.source for merge in merges if not merge.negated}
    parted = {frozenset({merge.source, merge.target}) for merge in merges if merge.negated}
    bearers: dict[str, list[Entity]] = defaultdict(list)
    for entity in sorted(store.entities(graph), key=lambda entity: (entity.recorded_at, entity.type, entity.id)):
        bearers[normalise(entity.name)].append(entity)
    met = [(entity, typed) for same in bearers.values() for entity in same if not entity.type and (typed := _first_typed(same))]
    return [
        Merge.of(entity, typed, f"{entity.name} is the {typed.type} of that name", now)
        for entity, typed in met
        if entity.id not in decided and frozenset({entity.id, typed.id}) not in parted
    ]


def _first_typed(entities: Sequence[Entity]) -> Entity | None:
    return next((entity for entity in entities if entity.type), None)


def parting(store: GraphStore, graph: str, entities: Sequence[Entity], others: Sequence[Entity], reason: str, now: datetime) -> list[Merge]:
    """What takes back that these entities are the others; nothing where they are not.

    Where the two are one through a third, these entities leave it too: "St Johns" parted from "StJohns" is no longer "St. John's" either.
    """
    merges = store.merges(graph)
    identity = Identity.of(merges)
    joined = [(one, other) for one in entities for other in others if one.id != other.id and _are_one(identity, one, other)]
    apart = [Merge.of(one, other, reason, now, "caller", negated=True) for one, other in joined]
    pairs_apart = {frozenset({merge.source, merge.target}) for merge in apart}
    after = Identity.of(merge for merge in merges if frozenset({merge.source, merge.target}) not in pairs_apart)
    if any(_are_one(after, one, other) for one, other in joined):
        direct = {frozenset({merge.source, merge.target}) for merge in merges if not merge.negated}
        own = {entity.id for entity in entities}
        thirds = store.entities(graph, ids={member for id in own for member in identity.members(id)} - own)
        pairs = [(one, third) for one in entities for third in thirds if {one.id, third.id} in direct]
        apart = [*apart, *(Merge.of(one, third, reason, now, "caller", negated=True) for one, third in pairs if (one, third) not in joined)]
    return apart


def _are_one(identity: Identity, one: Entity, other: Entity) -> bool:
    return identity.canonical(one.id) == identity.canonical(other.id)
