"""Facts as a NetworkX graph."""

from collections import Counter
from collections.abc import Mapping, Sequence

import networkx as nx

from mem0g.model import Entity, EntityId, Fact


def as_graph(facts: Sequence[Fact], entities: Mapping[EntityId, Entity]) -> "nx.MultiDiGraph[str]":
    """Facts as edges between names, keyed by fact id; see `Memory.graph` for the attributes."""
    labels = _labels(entities)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for fact in facts:
        graph.add_node(labels[fact.subject_id], kind="entity", id=fact.subject_id)
        literal = f"{fact.object} (value)" if fact.object in labels.values() else fact.object
        object = labels[fact.object_id] if fact.object_id else literal
        if fact.object_id:
            graph.add_node(object, kind="entity", id=fact.object_id)
        elif object not in graph:
            graph.add_node(object, kind="value")
        graph.add_edge(
            labels[fact.subject_id], object, key=fact.id, predicate=fact.predicate, text=fact.text, event=fact.event,
            valid_at=fact.valid_at, invalid_at=fact.invalid_at, created_at=fact.created_at, expired_at=fact.expired_at,
        )  # fmt: skip
    return graph


def _labels(entities: Mapping[EntityId, Entity]) -> dict[EntityId, str]:
    """A name for each entity that no other has: its own, its own with its type, or with its id."""
    named = Counter(entity.name for entity in entities.values())
    typed = Counter((entity.name, entity.type) for entity in entities.values())

    def label(entity: Entity) -> str:
        if named[entity.name] == 1:
            return entity.name
        return f"{entity.name} ({entity.type if typed[entity.name, entity.type] == 1 and entity.type else entity.id})"

    return {id: label(entity) for id, entity in entities.items()}
