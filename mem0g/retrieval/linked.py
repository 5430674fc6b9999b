"""The signal "linked": what the best hits lead to, over entities, facts and episodes. Pure.

A fact leads to its entities and to the messages that tell it, a message to its speaker and to the messages beside it. The walk starts at
what words and meaning find best, as that of HippoRAG 2 (arXiv 2502.14802) does at facts and passages; so a message gains by the fact
that was read out of it, and an answer by the question before it. What a program stated is its fact said twice, and lends it nothing.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from mem0g.model import Episode, Fact, Source, normalise
from mem0g.retrieval.anchors import Anchor
from mem0g.retrieval.walk import brought

FACTS = 30
"""Facts that are walked over, the best ones."""

STARTS = 20
"""Hits that the walk starts at, the best by words and meaning."""

Parts = Mapping[str, Mapping[str, float]]
"""What each signal adds, by id."""


def linked(
    facts: Sequence[Fact],
    episodes: Mapping[str, Episode],
    pairs: Iterable[tuple[str, str]],
    anchors: Iterable[Anchor],
    found: tuple[Parts, Parts],
) -> tuple[dict[str, float], dict[str, float]]:
    """What the walk brings to facts, and to episodes, by id.

    Args:
        pairs: the ids of episodes beside one another.
        found: what the signals add to facts, and to episodes.
    """
    said = {id: episode for id, episode in episodes.items() if episode.source is not Source.FACT}
    named = _leading_on({*_of_ends(facts), *_of_speakers(facts, said, anchors)})
    ties = {*named, *_of_sources(facts, said), *((_episode(one), _episode(other)) for one, other in pairs)}
    by_facts, by_episodes = found
    starts = {_fact(fact.id): _worth(by_facts.get(fact.id, {})) for fact in facts}
    starts |= {_episode(id): _worth(by_episodes.get(id, {})) for id in said}
    best = sorted(starts, key=lambda place: (-starts[place], place))[:STARTS]
    scores = brought({place: starts[place] for place in best if starts[place] > 0}, ties)
    return (
        {fact.id: scores[_fact(fact.id)] for fact in facts if _fact(fact.id) in scores},
        {id: scores[_episode(id)] for id in said if _episode(id) in scores},
    )


def _of_ends(facts: Iterable[Fact]) -> Iterable[tuple[str, str]]:
    return ((_fact(fact.id), _entity(id)) for fact in facts for _, id in _ends(fact))


def _of_sources(facts: Iterable[Fact], episodes: Mapping[str, Episode]) -> Iterable[tuple[str, str]]:
    return ((_fact(fact.id), _episode(id)) for fact in facts for id in fact.episode_ids if id in episodes)


def _leading_on(ties: Collection[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """The ties to what is named more than once: the rest would but give back to a fact what it brought."""
    times = Counter(name for _, name in ties)
    return (tie for tie in ties if times[tie[1]] > 1)


def _of_speakers(facts: Iterable[Fact], episodes: Mapping[str, Episode], anchors: Iterable[Anchor]) -> Iterable[tuple[str, str]]:
    """Each message with its speaker: an entity of the facts or an anchor, where one is called so, else a place of their own."""
    called = {normalise(name): _entity(id) for fact in facts for name, id in _ends(fact)}
    called |= {name: _entity(anchor.id) for anchor in anchors for name in anchor.names}
    for id, episode in episodes.items():
        name = normalise(episode.speaker)
        yield _episode(id), called.get(name, f"name:{name}")


def _ends(fact: Fact) -> Iterable[tuple[str, str]]:
    return ((name, id) for name, id in ((fact.subject, fact.subject_id), (fact.object, fact.object_id)) if id)


def _worth(parts: Mapping[str, float]) -> float:
    return parts.get("text", 0.0) + parts.get("semantic", 0.0)


def _fact(id: str) -> str:
    return f"fact:{id}"


def _episode(id: str) -> str:
    return f"episode:{id}"


def _entity(id: str) -> str:
    return f"entity:{id}"
