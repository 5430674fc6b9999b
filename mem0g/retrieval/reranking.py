"""The best hits read again, beside the question, by a model that reads both at once. Off unless a `Reranker` is given."""

from collections.abc import Sequence

from mem0g.ports import Reranker
from mem0g.results import Hit

READ = 50
"""Hits that are read again, the best ones."""

WEIGHT = 2.0
"""What the reranker's best is worth: as much as words and meaning together."""


def reranked(reranker: Reranker, question: str, hits: Sequence[Hit]) -> list[Hit]:
    """The hits in their new order: of the first `READ`, each with a signal "reranker" added to its score; the others after them.

    A reranker's scores have no zero and no unit, so they are scaled from the worst, 0, to the best.
    """
    read, others = hits[:READ], hits[READ:]
    scores = reranker.score(question, [hit.text for hit in read]) if read else []
    worst, best = min(scores, default=0.0), max(scores, default=0.0)
    if best == worst:
        return [*hits]
    again = [hit.with_signal("reranker", WEIGHT * (score - worst) / (best - worst)) for hit, score in zip(read, scores, strict=True)]
    return [*sorted(again, key=lambda hit: -hit.score), *others]
