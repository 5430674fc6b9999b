"""Means with 95 % confidence intervals, and quantiles, of scores that are given as numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

RESAMPLES: Final = 2_000
_EDGES: Final = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean, and what it would be with other runs and other questions of the kind.

    Attributes:
        low, high: of 95 %, by bootstrap.
        deviation: the standard deviation of the runs' means, as the Mem0 paper gives it; None of one run.
    """

    mean: float
    low: float
    high: float
    deviation: float | None = None


def interval(runs: Sequence[Sequence[float | None]], seed: int, resamples: int = RESAMPLES) -> Interval | None:
    """The mean over all scores, with its interval; None where there is no score.

    The bootstrap has two stages: runs are drawn with replacement, and questions likewise. With one run it is over questions alone. That
    questions of one conversation have something in common is not accounted for.

    Args:
        runs: of each run a score for each question, in the same order; None where it is missing, and left out of the mean.
        seed: of the drawing. The same scores and seed give the same interval.
    """
    table = np.array([[np.nan if score is None else score for score in run] for run in runs], dtype=np.float64)
    known = ~np.isnan(table)
    if not known.any():
        return None
    scores = np.where(known, table, 0.0)
    drawn = np.random.default_rng(seed)
    rows, columns = (drawn.multinomial(count, np.full(count, 1 / count), size=resamples) for count in scores.shape)
    sums, counts = ((rows @ part * columns).sum(axis=1) for part in (scores, known.astype(np.float64)))
    low, high = np.percentile(sums[counts > 0] / counts[counts > 0], _EDGES)
    means = [float(run[there].mean()) for run, there in zip(scores, known, strict=True) if there.any()]
    deviation = float(np.std(means, ddof=1)) if len(means) > 1 else None
    return Interval(float(scores.sum() / known.sum()), float(low), float(high), deviation)


def quantile(values: Sequence[float], share: float) -> float | None:
    """The value that so great a share lies below, between two neighbours in proportion; None of no values."""
    return float(np.quantile(values, share)) if values else None
