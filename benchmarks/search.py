"""What `search` costs in graphs of 1,000, 10,000 and 100,000 facts, side by side in one run.

usage: OMP_NUM_THREADS=1 python benchmarks/search.py [--sizes 1000,10000,100000] [--questions 100]

Each graph is written into a file of its own with random vectors of 384 numbers. The same questions are then asked of all of them in
turn: of the store's exact search by meaning alone, of a whole search with meanings, and of one without an embedder. The
question's own embedding costs nothing here: it is drawn beforehand.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from mem0g import Memory
from mem0g.model import Entity, Kind, Version
from mem0g.period import FOREVER, Period
from mem0g.ports import Change, EmbeddingModel, FactFilter, Vectors
from mem0g.stores.sqlite import SQLiteStore
from mem0g.testing import ScriptedExtractor

GRAPH = "user:benchmark"
START = datetime(2026, 1, 1, tzinfo=UTC)
NOW = START + timedelta(days=400)
VERBS = ("likes", "visited", "knows", "works_for", "owns", "lives_in", "reads", "plays")
MODEL = EmbeddingModel("random", 384)


class Drawn:
    """An embedder that knows no text, and answers at once."""

    model = MODEL.name
    dimension = MODEL.dimension

    def __init__(self) -> None:
        self._vectors = unit_rows(np.random.default_rng(1), 100)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One of a hundred vectors a text."""
        return self._vectors[[len(text) % 100 for text in texts]]


def unit_rows(random: np.random.Generator, count: int) -> Vectors:
    """So many vectors of length one."""
    rows = random.standard_normal((count, MODEL.dimension), dtype=np.float32)
    unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def store_of(path: Path, size: int) -> SQLiteStore:
    """A store that holds so many facts about a twentieth as many people."""
    random = np.random.default_rng(0)
    people = [Entity.named(GRAPH, f"Person {number}", START) for number in range(max(2, size // 20))]
    store = SQLiteStore(path)
    store.commit(GRAPH, Change(people))
    for begin in range(0, size, 5_000):
        facts = [fact(people, number, random) for number in range(begin, min(begin + 5_000, size))]
        vectors = unit_rows(random, len(facts))
        texts = {version.text: vector for version, vector in zip(facts, vectors, strict=True)}
        store.commit(GRAPH, Change(versions=facts, vectors=texts, embedding=MODEL))
    return store


def fact(people: Sequence[Entity], number: int, random: np.random.Generator) -> Version:
    """A fact of two people, with two of 5,000 words beside."""
    one, other, first, second = random.integers([len(people), len(people), 5_000, 5_000])
    verb = VERBS[number % len(VERBS)]
    said = START + timedelta(minutes=number)
    text = f"{people[one].name} {verb} {people[other].name} w{first} w{second} {number}."
    return Version(
        GRAPH, None, people[one].id, verb, people[other].id, Kind.STATE, Period(said, FOREVER), Period(said, FOREVER), text, support=()
    )  # fmt: skip


def seconds(call: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def main() -> None:
    """Write, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--questions", type=int, default=100)
    arguments = parser.parse_args()
    random = np.random.default_rng(2)
    where = FactFilter(as_of=Period.instant(NOW))
    took: dict[tuple[str, int], list[float]] = {}
    with TemporaryDirectory() as folder:
        stores = {size: store_of(Path(folder) / f"{size}.db", size) for size in map(int, arguments.sizes.split(","))}
        for number in range(arguments.questions + 1):
            vector = unit_rows(random, 1)[0]
            question = f"What does Person {number} like about w{number}?"
            for size, store in stores.items():
                meaning = Memory(store=store, extractor=ScriptedExtractor({}), embedder=Drawn(), clock=lambda: NOW)
                plain = Memory(store=store, extractor=ScriptedExtractor({}), clock=lambda: NOW)
                calls: dict[str, Callable[[], object]] = {
                    "store, by meaning": lambda store=store, vector=vector: store.nearest_facts(GRAPH, vector, where, 200),
                    "search, with meanings": lambda memory=meaning, question=question: memory.search(question, user_id="benchmark"),
                    "search, without": lambda memory=plain, question=question: memory.search(question, user_id="benchmark"),
                }
                for name, call in calls.items():
                    took.setdefault((name, size), []).append(seconds(call))
        for store in stores.values():
            store.close()
    print(f"{'what':<24}{'facts':>9}{'first ms':>10}{'p50 ms':>9}{'p95 ms':>9}")
    for (name, size), (first, *rest) in sorted(took.items()):
        middle, high = statistics.median(rest), sorted(rest)[int(0.95 * len(rest))]
        print(f"{name:<24}{size:>9,}{first * 1000:>10.1f}{middle * 1000:>9.1f}{high * 1000:>9.1f}")


if __name__ == "__main__":
    main()
