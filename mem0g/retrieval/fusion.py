"""Several signals, one ranking. Pure."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from typing import TypeVar

Id = TypeVar("Id", bound=Hashable)
Hit = TypeVar("Hit")


def bests(*found: Mapping[str, Mapping[Id, float]]) -> dict[str, float]:
    """The best score of each signal over all that was found: what facts and episodes are scaled by, so that they can be compared."""
    best: dict[str, float] = {}
    for signals in found:
        for name, scores in signals.items():
            best[name] = max(best.get(name, 0.0), *scores.values(), 0.0)
    return best


def fuse(
    signals: Mapping[str, Mapping[Id, float]], weights: Mapping[str, float], best: Mapping[str, float] | None = None
) -> dict[Id, dict[str, float]]:
    """What each signal adds to each id: its score as a share of the signal's best, times the signal's weight.

    Scores are scaled and not ranked, so a signal that finds all things alike does not order them. One of no weight finds nothing.

    Args:
        best: of each signal; by default the best among `signals`.
    """
    tops = bests(signals) if best is None else best
    fused: dict[Id, dict[str, float]] = {}
    for name, scores in signals.items():
        if tops[name] > 0 and weights[name] > 0:
            for id, score in scores.items():
                fused.setdefault(id, {})[name] = weights[name] * score / tops[name]
    return fused


def told_once(ranked: Sequence[Hit], sources: Callable[[Hit], Collection[str]]) -> list[Hit]:
    """The same hits, those whose sources were all listed before them behind the others; else in their order."""
    seen: set[str] = set()
    first, behind = list[Hit](), list[Hit]()
    for hit in ranked:
        told = set(sources(hit))
        (behind if told and told <= seen else first).append(hit)
        seen |= told
    return [*first, *behind]
