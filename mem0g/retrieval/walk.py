"""The entity-centric signal: where a random walk from the entities a question names passes, over what is visible at the two times.

Personalised PageRank from the question's entities is how HippoRAG (arXiv 2405.14831) finds what belongs together; half of the
walk's steps go back to the start, as there. What follows for a fact from the PageRank of its ends is ours: see `walk`.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set

import networkx as nx

from mem0g.model import EntityId
from mem0g.ports import Link

DAMPING = 0.5
"""How likely the walk goes on at each step, rather than back to a seed."""

READ = 500
"""Facts read for one hop, an equal part of each entity's, the latest ones."""

ENTITIES = 50
"""Entities whose facts are read for one hop."""

STEPS = 10
"""Steps after which a walk from hits is at rest: one in a thousand goes on so long."""

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

    A walk from each seed goes along facts, in both directions; a literal is a place of its own. A fact's score is what passes along
    it from its nearer end, the end's PageRank by the number of facts there, summed over the walks. So what is said of a seed of few
    facts counts more than what is said of one of thousands, and what lies near two seeds more than what lies near one of them.
    From one seed, its own facts score alike, and twice as much as any other at least: in a walk on undirected edges, PageRank by
    degree falls by the damping or more from the seed to any other place.
    """
    ends = {link.id: (link.subject, link.object or f"value:{link.id}") for link in sorted(links, key=lambda link: link.id)}
    network = as_network(ends.values())
    facts = Counter(end for pair in ends.values() for end in set(pair))
    scores = dict.fromkeys(ends, 0.0)
    for seed in sorted(seeds & facts.keys()):
        start: dict[str, float] = {seed: 1.0}
        rank = nx.pagerank(network, DAMPING, personalization=start, nstart=start, tol=_TOLERANCE)
        for id, (one, other) in ends.items():
            scores[id] += max(rank[one] / facts[one], rank[other] / facts[other])
    return {id: score for id, score in scores.items() if score > 0}


def brought(starts: Mapping[str, float], ties: Iterable[tuple[str, str]]) -> dict[str, float]:
    """What a walk that starts anew at these places, as often as each is worth, brings to each place along its ties, by their number.

    What lies at a place for having started there is not counted: a start has only what others bring. A place to which nothing comes, and
    a start without ties among them, has no score.

    Args:
        starts: above zero.
        ties: pairs of places, each once.
    """
    beside = defaultdict[str, list[str]](list)
    for one, other in sorted(ties):
        beside[one].append(other)
        beside[other].append(one)
    worth = {place: starts[place] for place in sorted(starts) if place in beside}
    begun = {place: (1 - DAMPING) * each / sum(worth.values()) for place, each in worth.items()}
    rank, come = dict(begun), dict[str, float]()
    for _ in range(STEPS):
        come = defaultdict(float)
        for place, share in rank.items():
            for end in beside[place]:
                come[end] += DAMPING * share / len(beside[place])
        rank = {place: come.get(place, 0.0) + begun.get(place, 0.0) for place in {**begun, **come}}
    return {place: score / len(beside[place]) for place, score in come.items()}


def as_network(ends: Iterable[tuple[str, str]]) -> "nx.Graph[str]":
    """One edge between two places, weighing as many facts as join them."""
    network: nx.Graph[str] = nx.Graph()
    joined = Counter((min(pair), max(pair)) for pair in ends)
    network.add_weighted_edges_from((one, other, number) for (one, other), number in joined.items())
    return network
