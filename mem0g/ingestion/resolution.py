"""Which entity a mention denotes: by exact name, then by what an entity was called, then by the same letters. Pure.

Names that are merely alike are for `mem0g.ingestion.merging`, which knows what they mean, and for a model.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import attrgetter

from mem0g.ingestion.likeness import letters
from mem0g.model import Claim, Entity, EntityId, Mention, Merge, Naming, Object, Value, normalise


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
        """Follow every merge to its end, but for one that would make one of two that a negated merge parts, also through others.

        They are followed in the order of their ids, so that the order of arrival is no matter.
        """
        step: dict[EntityId, EntityId] = {}
        merged: dict[EntityId, set[EntityId]] = {}
        merges = sorted(merges, key=attrgetter("id"))
        apart = _parted(merges)
        for merge in merges:
            source, end = _follow(step, merge.source), _follow(step, merge.target)
            if merge.negated or source == end or apart.get(source, set()) & merged.get(end, {end}):
                continue
            step[source] = end
            merged.setdefault(end, {end}).update(merged.pop(source, {source}))
            apart.setdefault(end, set()).update(apart.pop(source, ()))
        target = {source: _follow(step, source) for source in step}
        return cls(target, {end: frozenset(members) for end, members in merged.items()})

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


def contradicts(merge: Merge, held: Sequence[Merge]) -> bool:
    """Whether a merge would make one, also through others, of two that are known not to be one.

    Args:
        held: what is known.
    """
    parted = [apart for apart in held if apart.negated]
    if not parted:
        return False
    identity = Identity.of(held)
    pair = {identity.canonical(merge.source), identity.canonical(merge.target)}
    return any({identity.canonical(apart.source), identity.canonical(apart.target)} == pair for apart in parted)


def _parted(merges: Iterable[Merge]) -> dict[EntityId, set[EntityId]]:
    """By entity, those that it is known not to be."""
    apart: dict[EntityId, set[EntityId]] = {}
    for merge in merges:
        if merge.negated:
            apart.setdefault(merge.source, set()).add(merge.target)
            apart.setdefault(merge.target, set()).add(merge.source)
    return apart


def _follow(target: Mapping[EntityId, EntityId], entity: EntityId) -> EntityId:
    while entity in target:
        entity = target[entity]
    return entity


@dataclass(frozen=True, slots=True)
class Resolution:
    """What mentions denote, and what has to be recorded for it.

    Attributes:
        entities: the entity that each names; merges apply when a claim is read, so that they can be taken back.
    """

    entities: Mapping[Mention, EntityId]
    created: tuple[Entity, ...]
    merges: tuple[Merge, ...]


def resolve(
    mentions: Iterable[Mention], known: Iterable[Entity], merges: Iterable[Merge], graph: str, now: datetime, names: Iterable[Naming] = ()
) -> Resolution:
    """Find or make the entity of every mention.

    Names are compared case-folded. A mention whose type is unknown denotes what bears its name; one whose type is known
    denotes the entity of that type. Where none bears the name, it denotes the one that was called so. When a type is learned for a
    name that had none, a merge records that the two are one, so the outcome does not depend on which was said first; likewise where
    a mention's alias is the name of another entity, and where two names of one type have the same letters.

    Args:
        known: the entities that are found by one of `names_of` the mentions, and those merged with them.
        merges: those of the graph.
        names: how `known` were called.
    """
    bearers = _Bearers([*merges])
    for entity in known:
        bearers.add(entity)
    for naming in names:
        bearers.call(naming.entity, naming.name)
    found: dict[Mention, EntityId] = {}
    created: list[Entity] = []
    for mention in mentions:
        entity = bearers.of(mention) or _made(mention, graph, now)
        if entity.id not in bearers.entities:
            created.append(entity)
            bearers.merge(_typed_at_last(entity, bearers.own(entity.name), now))
            bearers.merge(_same_letters(entity, bearers.of_letters(entity), now))
            bearers.add(entity)
        found[mention] = entity.id
        for alias in mention.aliases:
            bearers.merge(_also_called(entity, alias, bearers, now))
            bearers.call(entity.id, alias)
    return Resolution(found, tuple(created), tuple(bearers.recorded))


def names_of(mention: Mention) -> set[str]:
    """The normalised names by which a store finds what a mention may denote: its own, its aliases, the form that its spellings share."""
    return {*map(normalise, (mention.name, *mention.aliases)), *_forms(mention)}


def _made(mention: Mention, graph: str, now: datetime) -> Entity:
    """The entity that a mention is the first of. It is found by its letters too."""
    return replace(Entity.named(graph, mention.name, now, mention.type), aliases=tuple(_forms(mention)))


def _forms(mention: Mention) -> Iterator[str]:
    """The form that all spellings of a mention's name share, where the name is not that form itself."""
    form = letters(mention.name, mention.type)
    if form and form != normalise(mention.name):
        yield form


@dataclass(slots=True)
class _Bearers:
    """The entities at hand, by what they are named and by what they were called.

    Attributes:
        recorded: the merges that are new.
    """

    merges: list[Merge]
    entities: dict[EntityId, Entity] = field(default_factory=dict)
    recorded: list[Merge] = field(default_factory=list)
    _named: dict[str, set[EntityId]] = field(default_factory=dict)
    _called: dict[str, set[EntityId]] = field(default_factory=dict)
    _lettered: dict[tuple[str, ...], set[EntityId]] = field(default_factory=dict)

    def add(self, entity: Entity) -> None:
        self.entities[entity.id] = entity
        form = letters(entity.name, entity.type)
        without_gaps = letters(entity.name, "place")  # by which earlier versions found it, whatever its type
        for name in (entity.name, *(alias for alias in entity.aliases if alias not in {form, without_gaps})):
            self._named.setdefault(normalise(name), set()).add(entity.id)
        if form:
            self._lettered.setdefault((form, entity.type, entity.discriminator), set()).add(entity.id)

    def call(self, entity: EntityId, name: str) -> None:
        self._called.setdefault(normalise(name), set()).add(entity)

    def merge(self, merges: Iterable[Merge]) -> None:
        """Record these, but for what would make one of two that are known to be apart."""
        for merge in merges:
            if not contradicts(merge, [*self.merges, *self.recorded]):
                self.recorded.append(merge)

    def own(self, name: str) -> list[Entity]:
        """Those whose own name this is, of no type first."""
        found = [self.entities[id] for id in self._named.get(normalise(name), ())]
        return sorted(found, key=lambda entity: (entity.type, entity.discriminator, entity.id))

    def of_letters(self, entity: Entity) -> list[Entity]:
        """Those of the same type whose names have the same letters; none where two of them are known to be apart: it may be either."""
        found = sorted(self._lettered.get((letters(entity.name, entity.type), entity.type, entity.discriminator), ()))
        if len(found) < 2:
            return [self.entities[id] for id in found]
        identity = Identity.of([*self.merges, *self.recorded])
        ends = {identity.canonical(id) for id in found}
        held = [merge for merge in self.merges if merge.negated]
        apart = any({identity.canonical(merge.source), identity.canonical(merge.target)} <= ends for merge in held)
        return [] if apart else [self.entities[id] for id in found]

    def others(self, name: str, entity: Entity) -> dict[EntityId, Set[EntityId]]:
        """Those named or called so that may be this one by their type, and are not: by the one that stands, which of them."""
        identity = Identity.of([*self.merges, *self.recorded])
        normal = normalise(name)
        found: dict[EntityId, set[EntityId]] = {}
        for id in sorted(self._named.get(normal, set()) | self._called.get(normal, set())):
            if identity.canonical(id) != identity.canonical(entity.id) and self._fits(identity.members(id), entity.type):
                found.setdefault(identity.canonical(id), set()).add(id)
        return dict(found)

    def of(self, mention: Mention) -> Entity | None:
        """The one whose name it is: of its type, or of no type before any other where it has none; else the only one called so."""
        fitting = [entity for entity in self.own(mention.name) if not mention.type or entity.type == mention.type]
        return fitting[0] if fitting else self._only_one_called(mention)

    def _only_one_called(self, mention: Mention) -> Entity | None:
        name = normalise(mention.name)
        called = self._called.get(name, set()) - self._named.get(name, set())
        if not called:
            return None
        identity = Identity.of([*self.merges, *self.recorded])
        fitting = sorted(id for id in called if self._fits(identity.members(id), mention.type))
        return self.entities[fitting[0]] if len({identity.canonical(id) for id in fitting}) == 1 else None

    def _fits(self, members: Set[EntityId], type: str) -> bool:
        """Whether what these are may be of this type: as far as both are known, they agree."""
        types = {self.entities[id].type for id in members if id in self.entities} - {""}
        return not type or not types or type in types


def _typed_at_last(entity: Entity, bearers: Iterable[Entity], now: datetime) -> Iterator[Merge]:
    """The merge of an entity of no type into the first of its name that has one."""
    bearers = list(bearers)
    if entity.type and all(not bearer.type for bearer in bearers):
        for bearer in bearers:
            yield Merge.of(bearer, entity, f"{bearer.name} is the {entity.type} of that name", now)


def _same_letters(entity: Entity, others: Iterable[Entity], now: datetime) -> Iterator[Merge]:
    """The merges of an entity with those of the same letters: into the one that is spelled with more accents and signs."""
    for other in others:
        source, target = sorted((entity, other), key=lambda one: (len(unicodedata.normalize("NFKD", normalise(one.name))), one.id))
        yield Merge.of(source, target, f"{source.name} is {target.name}: the same letters", now)


def _also_called(entity: Entity, alias: str, bearers: _Bearers, now: datetime) -> Iterator[Merge]:
    """The merge of the entity of this name into one that is said to be called so too, where nobody else may be meant."""
    others = bearers.others(alias, entity)
    if len(others) == 1:
        for id in sorted(*others.values()):
            if bearers.entities[id] in bearers.own(alias):
                yield Merge.of(bearers.entities[id], entity, f"{entity.name} is also called {alias}", now)
