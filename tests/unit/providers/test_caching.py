"""The embedder that remembers."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from mem0g.providers.caching import CachingEmbedder
from mem0g.testing import HashingEmbedder


def test_it_is_the_model_it_asks() -> None:
    caching = CachingEmbedder(HashingEmbedder(32))
    assert (caching.model, caching.dimension) == ("hashing-32", 32)


def test_only_what_is_new_is_asked_for_once_and_at_once() -> None:
    hashing = HashingEmbedder()
    caching = CachingEmbedder(hashing)
    caching.embed(["one", "two", "one"])
    caching.embed(["two", "three", "four", "three"])
    caching.embed(["four", "one"])
    assert hashing.requests == [["one", "two"], ["three", "four"]]


def test_the_rows_are_those_of_the_embedder() -> None:
    hashing = HashingEmbedder()
    caching = CachingEmbedder(hashing)
    caching.embed(["two"])
    assert np.array_equal(caching.embed(["one", "two", "one"]), hashing.embed(["one", "two", "one"]))


def test_nothing_is_asked_for_nothing() -> None:
    hashing = HashingEmbedder()
    assert CachingEmbedder(hashing).embed([]).shape == (0, 64)
    assert hashing.calls == 0


def test_what_was_used_longest_ago_is_dropped() -> None:
    hashing = HashingEmbedder()
    caching = CachingEmbedder(hashing, size=2)
    for texts in (["one"], ["two"], ["one"], ["three"], ["one"], ["two"]):
        caching.embed(texts)
    assert hashing.requests == [["one"], ["two"], ["three"], ["two"]]


def test_a_call_may_be_larger_than_the_cache() -> None:
    texts = [f"text {number}" for number in range(10)]
    hashing = HashingEmbedder()
    caching = CachingEmbedder(hashing, size=2)
    assert np.array_equal(caching.embed(texts), HashingEmbedder().embed(texts))
    caching.embed(texts[-2:])
    assert hashing.calls == 1


def test_many_threads() -> None:
    caching = CachingEmbedder(HashingEmbedder(), size=5)
    calls = [[f"text {number % 7}", f"text {number % 11}"] for number in range(200)]
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(caching.embed, calls))
    wanted = HashingEmbedder()
    assert all(np.array_equal(answer, wanted.embed(texts)) for answer, texts in zip(answers, calls, strict=True))
