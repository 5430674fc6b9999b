"""What a memory is measured against: words (BM25), meaning (vectors), and both by their ranks (RRF), over texts as they are."""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

import numpy as np

from mem0g.errors import MissingExtra
from mem0g.ports import Vectors

_RRF = 60
"""The constant of reciprocal rank fusion (Cormack and others, 2009)."""


def check_installed() -> None:
    """Nothing, where the baselines can be computed.

    Raises:
        MissingExtra: bm25s is not installed.
    """
    if find_spec("bm25s") is None:
        raise MissingExtra("the baselines need bm25s: pip install '/path/to/mem0g[evaluation]'")


def bm25(documents: Sequence[Sequence[str]], queries: Sequence[Sequence[str]]) -> list[list[float]]:
    """For each query the BM25 score of each document, in Lucene's form with k1 1.5 and b 0.75; both are given as words.

    Raises:
        MissingExtra: bm25s is not installed.
    """
    check_installed()
    library = import_module("bm25s")
    vocabulary = {word: number for number, word in enumerate(sorted({word for words in documents for word in words}))}
    if not vocabulary:
        return [[0.0] * len(documents) for _ in queries]
    index = library.BM25(k1=1.5, b=0.75, method="lucene")
    numbers = [[vocabulary[word] for word in words] for words in documents]
    index.index((numbers, vocabulary), create_empty_token=False, show_progress=False)
    known = [sorted({word for word in query if word in vocabulary}) for query in queries]
    return [index.get_scores(query).tolist() if query else [0.0] * len(documents) for query in known]


def dense(documents: Vectors, queries: Vectors) -> list[list[float]]:
    """For each query the cosine of each document; rows of length one are given."""
    scores: list[list[float]] = (queries @ documents.T).tolist()
    return scores


def order(scores: Sequence[float]) -> list[int]:
    """The places of the documents, best first; of equals the earlier."""
    return sorted(range(len(scores)), key=lambda place: -scores[place])


def rrf(*scored: Sequence[float]) -> list[float]:
    """Reciprocal rank fusion of several scores of the same documents."""
    fused = np.zeros(len(scored[0]))
    for scores in scored:
        for rank, place in enumerate(order(scores), 1):
            fused[place] += 1 / (_RRF + rank)
    fused_scores: list[float] = fused.tolist()
    return fused_scores
