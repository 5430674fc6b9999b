"""Evidence recall of a ranking, by hand; and the baselines."""

import math
import sys

import pytest

from mem0g.errors import MissingExtra
from mem0g.evaluation.baselines import bm25, check_installed, dense, order, rrf
from mem0g.evaluation.evidence import quantile
from mem0g.evaluation.recall import Recall, Unit, mean, recall
from mem0g.testing import HashingEmbedder


def unit(*sources: str, tokens: float = 10) -> Unit:
    return Unit(frozenset(sources), tokens)


def test_each_turn_of_the_evidence_counts_where_it_is_first_told() -> None:
    ranked = [unit("x"), unit("a", "x"), *[unit("x")] * 4, unit("b"), unit("a")]
    assert recall(ranked, ["a", "b"]) == Recall(at_5=0.5, at_10=1.0, at_30=1.0, mrr=0.5, in_500=1.0, in_1000=1.0)
    assert recall(ranked, ["a", "c"]) == Recall(0.5, 0.5, 0.5, 0.5, 0.5, 0.5)
    assert recall(ranked, ["c"]) == recall([], ["c"]) == Recall(0, 0, 0, 0, 0, 0)


def test_what_is_longer_than_the_budget_ends_it() -> None:
    ranked = [unit("a", tokens=500), unit("b", tokens=499.5), unit("c", tokens=1), unit("d", tokens=0)]
    found = recall(ranked, ["a", "b", "c", "d"])
    assert (found.in_500, found.in_1000) == (0.25, 0.5)


def test_thirty_are_looked_at() -> None:
    ranked = [unit("x", tokens=0)] * 29
    assert recall([*ranked, unit("a")], ["a"]).at_30 == 1
    assert recall([*ranked, unit("x"), unit("a")], ["a"]).at_30 == 0


def test_means_and_differences() -> None:
    one, other = Recall(1, 1, 1, 1, 1, 1), Recall(0, 0, 0.5, 0.5, 1, 1)
    assert mean([one, other]) == Recall(0.5, 0.5, 0.75, 0.75, 1, 1)
    assert other - one == Recall(-1, -1, -0.5, -0.5, 0, 0)


def test_bm25_is_that_of_lucene() -> None:
    documents = [["tea", "tea", "cup"], ["cup"], ["dog"]]
    [scores, none, twice] = bm25(documents, [["tea"], ["cat"], ["cup", "cup"]])
    idf, length = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5)), 3 / (5 / 3)
    assert scores == pytest.approx([idf * 2 / (2 + 1.5 * (0.25 + 0.75 * length)), 0, 0], rel=1e-5)
    assert none == [0, 0, 0]
    assert twice[1] > twice[0] > twice[2] == 0
    assert bm25([[], []], [["tea"]]) == [[0.0, 0.0]]


def test_without_its_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bm25s", None)
    with pytest.raises(MissingExtra, match=r"pip install '/path/to/mem0g\[evaluation\]'"):
        check_installed()


def test_cosines_and_their_order() -> None:
    embedder = HashingEmbedder()
    [scores] = dense(embedder.embed(["dogs bark", "tea"]), embedder.embed(["tea"]))
    assert scores[1] == pytest.approx(1)
    assert order(scores) == [1, 0]
    assert order([1.0, 2.0, 1.0]) == [1, 0, 2]


def test_ranks_are_fused_by_their_reciprocals() -> None:
    assert rrf([3.0, 2.0, 1.0], [1.0, 3.0, 2.0]) == pytest.approx([1 / 61 + 1 / 63, 1 / 62 + 1 / 61, 1 / 63 + 1 / 62])


def test_a_quantile_is_one_of_the_values() -> None:
    assert [quantile([1, 2, 3, 4], share) for share in (0.0, 0.5, 0.95, 1.0)] == [1, 2, 4, 4]
    assert quantile([7], 0.5) == 7
