"""The entity-centric signal: where a random walk from the entities a question names passes, over what is visible at the two times.

Personalised PageRank from the question's entities is how HippoRAG (arXiv 2405.14831) finds what belongs together; half of the
walk's steps go back to the start, as there. What follows for a fact from the PageRank of its ends is ours: see `walk`.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence, Set

import networkx as nx

from mem0g.model import EntityId
from mem0g.ports import Link

DAMPING = 0.5
"""How likely the walk goes on at each step, rather than back to a seed."""

READ = 500
"""Facts read for one hop, an equal part of each entity's, the latest ones."""

ENTITIES = 50
"""Entities whose facts are read for one hop."""

_TOLERANCE = 1e-9

Near = Callable[[Sequence[EntityId], int], Sequence[Link]]
"""Reads the visible facts that touch these entities, up to so many of each."""


def surroundings(seeds: Set[EntityId], near: Near) -> list[Link]:
    """The facts up to two hops away: those of the seeds, and those of the entities that these lead to most."""
    first = _hop(sorted(seeds), near)
    return [*first, *_hop(_reached(seeds, first), near)]


def _hop(entities: Sequence[EntityId], near: Near) -> Sequence[Link]:
    nearest = entities[:ENTITIES]
    return near(nearest, READ // len(nearest)) if nearest else []


def _reached(seeds: Set[EntityId], links: Collection[Link]) -> list[EntityId]:
    """The entities one hop from the seeds, those first that a step from a seed is likeliest to reach."""
    steps = [step for link in links if link.object for step in ((link.subject, link.object), (link.object, link.subject))]
    ways = Counter(start for start, _ in steps)
    reached = defaultdict[EntityId, float](float)
    for start, end in steps:
        if start in seeds and end not in seeds:
            reached[end] += 1 / ways[start]
    return sorted(reached, key=lambda entity: (-reached[entity], entity))


def walk(seeds: Set[EntityId], links: Iterable[Link]) -> dict[str, float]:
    """Facts by id, each with a score above zero; a fact that no way leads to from a seed has none.

    The walk goes along facts, in both directions, from a seed drawn evenly; a literal is a place of its own. A fact's score is
    what passes along it from its nearer end, PageRank / number of facts there, times one plus the PageRank of its farther end;
    the nearer end is the one that makes this more. So what is said of a seed of few facts counts more than what is said of one of
    thousands, and what leads to a place that the walk reaches in other ways too counts more than what leads nowhere. From one
    seed, each of its facts scores above every other fact: from no other place does more than half as much pass along a fact.
    """
    ends = {link.id: (link.subject, link.object or f"value:{link.id}") for link in sorted(links, key=lambda link: link.id)}
    network = as_network(ends.values())
    started = sorted(seeds & set(network))
    if not started:
        return {}
    start: dict[str, float] = dict.fromkeys(started, 1 / len(started))
    rank = nx.pagerank(network, DAMPING, personalization=start, nstart=start, tol=_TOLERANCE)
    facts = Counter(end for pair in ends.values() for end in set(pair))

    def passing(near: str, far: str) -> float:
        return rank[near] / facts[near] * (1 + rank[far])

    scores = {id: max(passing(one, other), passing(other, one)) for id, (one, other) in ends.items()}
    return {id: score for id, score in scores.items() if score > 0}


def as_network(ends: Iterable[tuple[str, str]]) -> "nx.Graph[str]":
    """One edge between two places, weighing as many facts as join them."""
    network: nx.Graph[str] = nx.Graph()
    joined = Counter((min(pair), max(pair)) for pair in ends)
    network.add_weighted_edges_from((one, other, number) for (one, other), number in joined.items())
    return network
