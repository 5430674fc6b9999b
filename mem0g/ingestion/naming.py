"""By which name an entity is shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from mem0g.ingestion.resolution import Identity
from mem0g.model import Entity, EntityId, Naming, Object, Value, normalise
from mem0g.ports import GraphStore


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
        """The names that these entities are shown by.

        Args:
            identity: where it was read already.
        """
        identity = identity or Identity.of(store.merges(graph))
        members = {member for id in set(ids) for member in identity.members(id)}
        return cls.among(store.entities(graph, ids=members), store.names(graph, members), identity)

    @classmethod
    def among(cls, entities: Iterable[Entity], namings: Iterable[Naming], identity: Identity) -> "Names":
        """The names that these entities are shown by: of all that they were called, the best by `_rank`.

        One that was never called anything, in a ledger from elsewhere, is shown by the name it was made with.

        Args:
            entities: with all that are one with them.
            namings: how they were called.
        """
        own = {entity.id: entity.name for entity in entities}
        ranked = sorted(namings, key=lambda naming: _rank(naming, own[identity.canonical(naming.entity)]), reverse=True)
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
