"""The best hits in another order: read again by a model beside the question, or by how much each adds. Off unless a reranker is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from mem0g.errors import InvalidInput
from mem0g.ports import Reranker
from mem0g.results import Hit
from mem0g.retrieval.question import content_words

READ = 50
"""Hits that are read again, the best ones."""

COMPARED = 200
"""Hits that `MarginalRelevance` compares with one another, the best ones."""

WEIGHT = 2.0
"""What the reranker's best is worth: as much as words and meaning together."""


@dataclass(frozen=True, slots=True)
class MarginalRelevance:
    """Hits that say something new before those that say again what stands before them: `Memory(reranker=MarginalRelevance())`.

    Maximal marginal relevance (Carbonell and Goldstein, 1998): of what is left, the next is the one of greatest
    `relevance` · score − (1 − `relevance`) · likeness, the score as a share of the best, the likeness that to the most alike hit before it.
    Two texts are as alike as the cosine of their words, stop words apart. Each hit has a signal "mmr", what that took from its score.

    Attributes:
        relevance: the paper's λ, above 0; 1 leaves the order as it is.

    Raises:
        InvalidInput: `relevance` is no number, is not above 0, or is above 1.
    """

    relevance: float = 0.7

    def __post_init__(self) -> None:
        if isinstance(self.relevance, bool) or not isinstance(self.relevance, int | float) or not 0 < self.relevance <= 1:
            raise InvalidInput(f"relevance={self.relevance!r} cannot be used: give a number above 0, and 1 at most")


def reranked(reranker: Reranker | MarginalRelevance, question: str, hits: Sequence[Hit]) -> list[Hit]:
    """The hits in their new order, best first."""
    return _apart(reranker, hits) if isinstance(reranker, MarginalRelevance) else _read_again(reranker, question, hits)


def _apart(mmr: MarginalRelevance, hits: Sequence[Hit]) -> list[Hit]:
    """The first `COMPARED` hits as they are chosen, which is the order of their new scores: what is left of a score never grows."""
    cost = (1 - mmr.relevance) / mmr.relevance * max((hit.score for hit in hits), default=0.0)
    left = [(hit, frozenset(content_words(hit.text)), 0.0) for hit in hits[:COMPARED]]
    chosen = list[Hit]()
    while left:
        best = max(range(len(left)), key=lambda place: left[place][0].score - cost * left[place][2])
        hit, words, likeness = left.pop(best)
        chosen.append(hit.with_signal("mmr", -cost * likeness) if cost * likeness else hit)
        left = [(other, said, max(already, _likeness(words, said))) for other, said, already in left]
    return sorted([*chosen, *hits[COMPARED:]], key=lambda hit: -hit.score)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The cosine of two sets of words."""
    return len(one & other) / sqrt(len(one) * len(other)) if one and other else 0.0


def _read_again(reranker: Reranker, question: str, hits: Sequence[Hit]) -> list[Hit]:
    """Of the first `READ`, each with a signal "reranker" added to its score; the others after them.

    A reranker's scores have no zero and no unit, so they are scaled from the worst, 0, to the best.
    """
    read, others = hits[:READ], hits[READ:]
    scores = reranker.score(question, [hit.text for hit in read]) if read else []
    worst, best = min(scores, default=0.0), max(scores, default=0.0)
    if best == worst:
        return [*hits]
    again = [hit.with_signal("reranker", WEIGHT * (score - worst) / (best - worst)) for hit, score in zip(read, scores, strict=True)]
    return [*sorted(again, key=lambda hit: -hit.score), *others]
