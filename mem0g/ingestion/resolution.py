"""Which entity a mention denotes: exact name or alias, never a likeness. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter

from mem0g.model import Claim, Entity, EntityId, Mention, Merge, Object, Value, identifier, normalise


@dataclass(frozen=True, slots=True)
class Identity:
    """What the merges of a graph say about who is who.

    Attributes:
        target: by merged entity, the one that stands for it.
        merged: by the one that stands, all that are it, itself included.
    """

    target: Mapping[EntityId, EntityId]
    merged: Mapping[EntityId, frozenset[EntityId]]

    @classmethod
    def of(cls, merges: Iterable[Merge]) -> "Identity":
        """Follow every merge to its end."""
        step: dict[EntityId, EntityId] = {}
        for merge in sorted(merges, key=attrgetter("id")):
            source, end = _follow(step, merge.source), _follow(step, merge.target)
            if source != end:
                step[source] = end
        target = {source: _follow(step, source) for source in step}
        merged: dict[EntityId, frozenset[EntityId]] = {}
        for source, end in target.items():
            merged[end] = merged.get(end, frozenset({end})) | {source}
        return cls(target, merged)

    def canonical(self, entity: EntityId) -> EntityId:
        """The entity that stands for this one."""
        return self.target.get(entity, entity)

    def members(self, entity: EntityId) -> frozenset[EntityId]:
        """Every id that is this entity, itself included."""
        end = self.canonical(entity)
        return self.merged.get(end, frozenset({end}))

    def object_keys(self, keys: Iterable[str]) -> frozenset[str]:
        """Object keys, with those of every entity that is one of the objects."""
        return frozenset(member for key in keys for member in self.members(EntityId(key)))

    def claim(self, claim: Claim) -> Claim:
        """The claim as said of canonical entities."""
        if not self.target:
            return claim
        return replace(
            claim,
            speaker=self.canonical(claim.speaker),
            holder=None if claim.holder is None else self.canonical(claim.holder),
            subject=self.canonical(claim.subject),
            object=self._object(claim.object),
            replaces=self._object(claim.replaces),
        )

    def _object(self, object: Object | None) -> Object | None:
        return object if object is None or isinstance(object, Value) else self.canonical(object)


def _follow(target: Mapping[EntityId, EntityId], entity: EntityId) -> EntityId:
    while entity in target:
        entity = target[entity]
    return entity


@dataclass(frozen=True, slots=True)
class Resolution:
    """What mentions denote, and what has to be recorded for it."""

    entities: Mapping[Mention, EntityId]
    created: tuple[Entity, ...]
    merges: tuple[Merge, ...]


def resolve(mentions: Iterable[Mention], known: Iterable[Entity], merges: Iterable[Merge], graph: str, now: datetime) -> Resolution:
    """Find or make the entity of every mention.

    Names are compared case-folded. A mention whose type is unknown denotes what bears its name; one whose type is known
    denotes the entity of that type. When a type is learned for a name that had none, a merge records that the two are one,
    so the outcome does not depend on which was said first.

    Args:
        known: the entities that bear one of the mentions' names, as name or as alias.
        merges: those of the graph.
    """
    identity = Identity.of(merges)
    named: dict[str, dict[EntityId, Entity]] = {}
    for entity in known:
        for name in (entity.name, *entity.aliases):
            named.setdefault(normalise(name), {})[entity.id] = entity
    found: dict[Mention, EntityId] = {}
    created: list[Entity] = []
    recorded: list[Merge] = []
    for mention in mentions:
        bearers = named.setdefault(normalise(mention.name), {})
        entity = _bearer(mention, bearers.values()) or Entity.named(graph, mention.name, now, mention.type)
        if entity.id not in bearers:
            created.append(entity)
            recorded += _typed_at_last(entity, bearers.values(), now)
            bearers[entity.id] = entity
        found[mention] = entity.id
    identity = Identity.of([*merges, *recorded])
    return Resolution({mention: identity.canonical(id) for mention, id in found.items()}, tuple(created), tuple(recorded))


def _bearer(mention: Mention, bearers: Iterable[Entity]) -> Entity | None:
    """The bearer of the name that a mention denotes: of its type, or of no type before any other where it has none."""
    fitting = [entity for entity in bearers if not mention.type or entity.type == mention.type]
    return min(fitting, key=lambda entity: (entity.type, entity.discriminator, entity.id), default=None)


def _typed_at_last(entity: Entity, bearers: Iterable[Entity], now: datetime) -> Iterable[Merge]:
    """The merge of an entity of no type into the first of its name that has one."""
    bearers = list(bearers)
    if entity.type and all(not bearer.type for bearer in bearers):
        for bearer in bearers:
            reason = f"{bearer.name} is the {entity.type} of that name"
            yield Merge(identifier("merge", entity.graph, bearer.id, entity.id), entity.graph, bearer.id, entity.id, reason, now)
