"""Means and intervals on tables worked out by hand."""

import pytest

from mem0g.evaluation.benchmark.intervals import Interval, interval, quantile


def test_scores_that_are_all_alike_leave_no_doubt() -> None:
    assert interval([[1, 1, 1], [1, 1, 1]], seed=0) == Interval(1, 1, 1, deviation=0)


def test_of_two_questions_one_right_anything_may_be() -> None:
    # Drawing two of them gives 0, 1/2, 1/2 or 1, a quarter of the time each.
    assert interval([[0, 1]], seed=0) == Interval(0.5, 0, 1)


def test_more_questions_make_the_interval_narrower() -> None:
    # A share of 1/2 over 400: 1.96 standard errors of 0.025 on either side.
    found = interval([[0, 1] * 200], seed=0)
    assert found is not None
    assert (found.mean, found.deviation) == (0.5, None)
    assert found.low == pytest.approx(0.45, abs=0.01)
    assert found.high == pytest.approx(0.55, abs=0.01)


def test_runs_that_differ_widen_it() -> None:
    # One question, wrong in one run and right in the other: drawing two runs gives 0, 1/2, 1/2 or 1.
    found = interval([[0.0], [1.0]], seed=0)
    assert found is not None
    assert (found.mean, found.low, found.high) == (0.5, 0, 1)
    assert found.deviation == pytest.approx(0.5**0.5)


def test_the_deviation_is_that_of_the_runs_means() -> None:
    found = interval([[1, 1, 0, 0], [1, 1, 1, 0], [1, 1, 1, 1]], seed=0)
    assert found is not None
    assert (found.mean, found.deviation) == (0.75, 0.25)


def test_what_is_missing_is_in_no_mean() -> None:
    found = interval([[1, None, 0, 1], [1, None, None, 1]], seed=0)
    assert found is not None
    assert found.mean == 4 / 5
    assert found.deviation == pytest.approx(((1 - 5 / 6) ** 2 * 2) ** 0.5)
    assert interval([[None, None]], seed=0) is None
    assert interval([[None], [1]], seed=0) == Interval(1, 1, 1)


def test_the_seed_decides() -> None:
    table = [[place**0.5 for place in range(50)]]
    assert interval(table, seed=1) == interval(table, seed=1)
    assert interval(table, seed=1) != interval(table, seed=2)


def test_quantiles() -> None:
    assert quantile([3, 1, 2], 0.5) == 2
    assert quantile([0, 1], 0.95) == pytest.approx(0.95)
    assert quantile([], 0.5) is None
