"""Several signals, one ranking. Pure."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Id = TypeVar("Id", bound=Hashable)


def fuse(signals: Mapping[str, Mapping[Id, float]], weights: Mapping[str, float]) -> dict[Id, dict[str, float]]:
    """What each signal adds to each id: its score as a share of the signal's best, times the signal's weight.

    Scores are scaled and not ranked, so a signal that finds all things alike does not order them.
    """
    fused: dict[Id, dict[str, float]] = {}
    for name, scores in signals.items():
        best = max(scores.values(), default=0.0)
        for id, score in scores.items():
            if best > 0:
                fused.setdefault(id, {})[name] = weights[name] * score / best
    return fused
