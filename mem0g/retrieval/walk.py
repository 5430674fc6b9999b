"""The entity-centric signal: facts near the entities a question names, at most two hops away, over what is visible at the two times."""

from collections.abc import Callable, Collection, Sequence, Set

import networkx as nx

from mem0g.model import EntityId, Value, Version

HOPS = 2
LIMIT = 2_000
"""Facts read for one walk."""

Near = Callable[[Collection[EntityId], int], Sequence[Version]]
"""Reads up to so many visible facts that touch these entities."""


def walk(seeds: Set[EntityId], near: Near) -> dict[str, float]:
    """Facts by id, each with 1 / (hops from the nearest seed): a fact that touches a seed is one hop away."""
    versions = _surroundings(seeds, near)
    network = as_network(versions)
    present = seeds & set(network)
    if not present:
        return {}
    away = nx.multi_source_dijkstra_path_length(network.to_undirected(as_view=True), present, cutoff=HOPS, weight=None)
    nearest = {version.id: min(away.get(end, HOPS) for end in _ends(version)) for version in versions}
    return {id: 1 / (hops + 1) for id, hops in nearest.items() if hops < HOPS}


def as_network(versions: Sequence[Version]) -> "nx.MultiDiGraph[str]":
    """The facts as edges, keyed by their ids; a literal is a node of its own."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for version in versions:
        subject, object = _ends(version)
        network.add_edge(subject, object, key=version.id)
    return network


def _surroundings(seeds: Set[EntityId], near: Near) -> list[Version]:
    """The facts within reach of the seeds, hop by hop, until the limit."""
    found: dict[str, Version] = {}
    frontier, seen = set(seeds), set(seeds)
    for _ in range(HOPS):
        if not frontier or len(found) >= LIMIT:
            break
        found |= {version.id: version for version in near(frontier, LIMIT - len(found))}
        frontier = {end for version in found.values() for end in (version.subject, version.object) if not isinstance(end, Value)} - seen
        seen |= frontier
    return list(found.values())


def _ends(version: Version) -> tuple[str, str]:
    object = version.object
    return version.subject, f"value:{version.id}" if isinstance(object, Value) else object
