"""Several signals, one ranking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mem0g.retrieval.fusion import bests, fuse, told_once

WEIGHTS = {"walk": 1.0, "text": 2.0}


def test_each_signal_adds_its_share_of_its_best_times_its_weight() -> None:
    fused = fuse({"walk": {"a": 1.0, "b": 0.5}, "text": {"b": 8.0, "c": 2.0}}, WEIGHTS)
    assert fused == {"a": {"walk": 1.0}, "b": {"walk": 0.5, "text": 2.0}, "c": {"text": 0.5}}


def test_what_two_signals_find_is_before_what_one_finds_alike() -> None:
    fused = fuse({"walk": {"a": 1.0, "b": 1.0}, "text": {"b": 0.1, "c": 1.0}}, {"walk": 1.0, "text": 1.0})
    assert max(fused, key=lambda found: sum(fused[found].values())) == "b"


@pytest.mark.parametrize("signals", [{}, {"walk": {}}, {"walk": {}, "text": {}}, {"walk": {"a": 0.0}}])
def test_signals_that_find_nothing_give_nothing(signals: dict[str, dict[str, float]]) -> None:
    assert fuse(signals, WEIGHTS) == {}


@given(st.dictionaries(st.text(max_size=3), st.floats(0.01, 1e6), min_size=1), st.floats(0.01, 1e3))
def test_the_unit_of_a_signal_does_not_matter(scores: dict[str, float], unit: float) -> None:
    fused = fuse({"text": scores}, WEIGHTS)
    scaled = fuse({"text": {id: score * unit for id, score in scores.items()}}, WEIGHTS)
    assert all(scaled[id]["text"] == pytest.approx(fused[id]["text"]) for id in scores)
    assert max(signals["text"] for signals in fused.values()) == pytest.approx(WEIGHTS["text"])


def test_a_signal_without_weight_finds_nothing() -> None:
    assert fuse({"walk": {"a": 1.0}, "text": {"a": 1.0}}, {"walk": 0.0, "text": 1.0}) == {"a": {"text": 1.0}}


def test_facts_and_episodes_are_scaled_by_the_best_of_both() -> None:
    facts, episodes = {"text": {"f": 4.0}}, {"text": {"e": 2.0}, "anchor": {"e": 1.0}}
    best = bests(facts, episodes)
    assert best == {"text": 4.0, "anchor": 1.0}
    assert fuse(episodes, {"text": 1.0, "anchor": 0.5}, best) == {"e": {"text": 0.5, "anchor": 0.5}}


def test_what_was_told_goes_behind() -> None:
    sources = {"f1": {"a"}, "a": {"a"}, "f2": {"a", "b"}, "b": {"b"}, "none": set[str]()}
    assert told_once(["f1", "a", "f2", "b", "none"], lambda hit: sources[hit]) == ["f1", "f2", "none", "a", "b"]
    assert told_once(["a", "f1", "f2"], lambda hit: sources[hit]) == ["a", "f2", "f1"]
