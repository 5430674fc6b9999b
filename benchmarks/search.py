"""What `search` costs in graphs of 100, 10,000 and 100,000 facts, side by side in one run, and the share of each of its parts.

usage: OMP_NUM_THREADS=1 python benchmarks/search.py [--sizes 100,10000,100000] [--rounds 10]

Each graph is written into a file of its own: facts with random vectors of 384 numbers, half as many episodes, an owner who is in
three facts of ten, a city in one of ten, some twenty facts a person, words that most facts hold and words that few do; one state of
five ended after a month. Every question of `QUESTIONS` is asked of what holds now and of what held in a month past, of each graph in
turn, so that whatever else the machine does falls on all alike. The question's own embedding costs nothing here: it is drawn
beforehand. Times are of the wall, and cpu those of the processor, which others on the
machine delay less; best is the least that a question took over its rounds, of the worst question.
"""

import argparse
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from mem0g import Memory
from mem0g.model import Entity, Episode, Kind, Version
from mem0g.period import FOREVER, Period
from mem0g.ports import Change, EmbeddingModel, GraphStore, Vectors
from mem0g.stores.sqlite import SQLiteStore
from mem0g.testing import ScriptedExtractor

GRAPH = "user:benchmark"
START = datetime(2026, 1, 1, tzinfo=UTC)
NOW = START + timedelta(days=400)
PAST = "2026-01"
VERBS = ("likes", "visited", "knows", "works_for", "owns", "lives_in", "reads", "plays")
COMMON = {"coffee": 0.3, "project": 0.6, "really": 0.05}
"""Words, and how many of the facts hold each."""
MODEL = EmbeddingModel("random", 384)
BATCH = 5_000
PARTS = ("entities", "links", "match_facts", "nearest_facts", "facts", "match_episodes", "nearest_episodes", "episodes")
"""Reads of the store that make up most of a search; what is left is the walk and the rest."""

QUESTIONS = {
    "a hub": "What does Owner like?",
    "a hub and a rare word": "Does Owner know w123?",
    "a hub and a common word": "Does Owner like coffee?",
    "a hub and a rare entity": "How does Owner know Person 2?",
    "another hub": "Who lives in Metropolis?",
    "a rare entity": "What does Person 3 play?",
    "a rare entity and word": "What does Person 1 say about w77?",
    "common words alone": "Is there coffee for the project?",
    "everything at once": "Tell me about the project and the coffee with Owner in Metropolis, really",
    "nothing there is": "something else entirely",
}


class Drawn:
    """An embedder that knows no text, and answers at once."""

    model = MODEL.name
    dimension = MODEL.dimension

    def __init__(self) -> None:
        self._vectors = unit_rows(np.random.default_rng(1), 100)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One of a hundred vectors a text."""
        return self._vectors[[len(text) % 100 for text in texts]]


class Timed:
    """A store that keeps how many seconds were spent in each of its reads.

    Attributes:
        spent: by name, since it was last cleared.
    """

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self.spent: dict[str, float] = defaultdict(float)

    def __getattr__(self, name: str) -> Any:
        read = getattr(self._store, name)
        if not callable(read):
            return read

        def timed(*arguments: Any, **named: Any) -> Any:
            began = time.perf_counter()
            found = read(*arguments, **named)
            self.spent[name] += time.perf_counter() - began
            return found

        return timed


def unit_rows(random: np.random.Generator, count: int) -> Vectors:
    """So many vectors of length one."""
    rows = random.standard_normal((count, MODEL.dimension), dtype=np.float32)
    unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def store_of(path: Path, size: int) -> SQLiteStore:
    """A store that holds so many facts."""
    random = np.random.default_rng(0)
    people = [Entity.named(GRAPH, f"Person {number}", START) for number in range(max(4, size // 20))]
    hubs = [Entity.named(GRAPH, name, START) for name in ("Owner", "Metropolis")]
    store = SQLiteStore(path)
    store.commit(GRAPH, Change([*people, *hubs]))
    for begin in range(0, size, BATCH):
        facts = [fact(people, hubs, number, random) for number in range(begin, min(begin + BATCH, size))]
        said = [episode(version) for version in facts[::2]]
        texts = [*(version.text for version in facts), *(one.content for one in said)]
        vectors = dict(zip(texts, unit_rows(random, len(texts)), strict=True))
        store.commit(GRAPH, Change(said, versions=facts, vectors=vectors, embedding=MODEL))
    return store


def fact(people: Sequence[Entity], hubs: Sequence[Entity], number: int, random: np.random.Generator) -> Version:
    """A fact of two people, or of the hubs, with two of 5,000 words and some common ones beside."""
    one, other, first, second = random.integers([len(people), len(people), 5_000, 5_000])
    subject = hubs[0] if random.random() < 0.3 else people[one]
    object = hubs[1] if random.random() < 0.1 else people[other]
    beside = " ".join(word for word, share in COMMON.items() if random.random() < share)
    verb, said = VERBS[number % len(VERBS)], START + timedelta(minutes=number)
    text = f"{subject.name} {verb} {object.name} {beside} w{first} w{second} {number}."
    valid = Period(said, said + timedelta(days=30) if random.random() < 0.2 else FOREVER)
    return Version(GRAPH, None, subject.id, verb, object.id, Kind.STATE, valid, Period(said, FOREVER), text, support=())


def episode(version: Version) -> Episode:
    """Where it was said."""
    said = version.known.start
    return Episode(f"of {version.id}", GRAPH, f"You know what? {version.text}", said, said, "Owner")


def quantile(values: Sequence[float], share: float) -> float:
    """The least value that so great a share of them does not exceed."""
    return sorted(values)[min(int(share * len(values)), len(values) - 1)]


def main() -> None:
    """Write, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="100,10000,100000")
    parser.add_argument("--rounds", type=int, default=10)
    arguments = parser.parse_args()
    sizes = [int(size) for size in arguments.sizes.split(",")]
    took: dict[int, dict[tuple[str, str | None], list[float]]] = {size: defaultdict(list) for size in sizes}
    worked: dict[int, list[float]] = {size: [] for size in sizes}
    parts: dict[int, dict[str, float]] = {size: defaultdict(float) for size in sizes}
    first: dict[int, float] = {}
    with TemporaryDirectory() as folder:
        stores = {size: Timed(written(Path(folder) / f"{size}.db", size)) for size in sizes}
        memories = {size: memory_of(store) for size, store in stores.items()}
        for size, memory in memories.items():
            first[size] = ask(memory, QUESTIONS["a hub"], None)
        for _ in range(arguments.rounds):
            for name, question in QUESTIONS.items():
                for as_of in (None, PAST):
                    for size, memory in memories.items():
                        stores[size].spent.clear()
                        began = time.process_time()
                        seconds = ask(memory, question, as_of)
                        worked[size].append(time.process_time() - began)
                        took[size][name, as_of].append(seconds)
                        spent = {part: stores[size].spent[part] for part in PARTS}
                        for part, share in (spent | {"walk and rest": seconds - sum(spent.values())}).items():
                            parts[size][part] += share
        for memory in memories.values():
            memory.close()
    show_search(sizes, first, took, worked)
    show_parts(sizes, parts)
    show_questions(sizes[-1], took[sizes[-1]])


def written(path: Path, size: int) -> SQLiteStore:
    """A new store of so many facts, and how long it took."""
    began = time.perf_counter()
    store = store_of(path, size)
    print(f"wrote {size:>7,} facts in {time.perf_counter() - began:6.1f} s")
    return store


def memory_of(store: Any) -> Memory:
    """A memory over that store."""
    return Memory(store=store, extractor=ScriptedExtractor({}), embedder=Drawn(), clock=lambda: NOW)


def ask(memory: Memory, question: str, as_of: str | None) -> float:
    """The seconds one search takes."""
    began = time.perf_counter()
    memory.search(question, user_id="benchmark", as_of=as_of)
    return time.perf_counter() - began


def show_search(
    sizes: Sequence[int],
    first: dict[int, float],
    took: dict[int, dict[tuple[str, str | None], list[float]]],
    worked: dict[int, list[float]],
) -> None:
    """What a whole search takes, by size."""
    every = {size: [seconds for several in took[size].values() for seconds in several] for size in sizes}
    least = statistics.median(every[sizes[0]])
    titles = ("first ms", "p50 ms", "p95 ms", "best ms", "cpu p50", "cpu p95")
    print(f"\n{'facts':>9}" + "".join(f"{title:>10}" for title in titles) + "  p50 against the smallest")
    for size in sizes:
        middle, best = statistics.median(every[size]), max(min(several) for several in took[size].values())
        cpu = statistics.median(worked[size]), quantile(worked[size], 0.95)
        shown = (first[size], middle, quantile(every[size], 0.95), best, *cpu)
        print(f"{size:>9,}" + "".join(f"{one * 1000:>10.1f}" for one in shown) + f"  {middle / least:.2f}")


def show_parts(sizes: Sequence[int], parts: dict[int, dict[str, float]]) -> None:
    """How a search's time is shared, by size."""
    print(f"\n{'share of a search':<20}" + "".join(f"{size:>10,}" for size in sizes))
    for part in (*PARTS, "walk and rest"):
        print(f"{part:<20}" + "".join(f"{parts[size][part] / sum(parts[size].values()):>10.0%}" for size in sizes))


def show_questions(size: int, took: dict[tuple[str, str | None], list[float]]) -> None:
    """What each question takes in the largest graph."""
    print(f"\n{f'of {size:,} facts':<28}{'as of':>9}{'best ms':>9}{'p50 ms':>9}{'most ms':>9}")
    for (name, as_of), several in took.items():
        print(
            f"{name:<28}{as_of or 'now':>9}"
            + "".join(f"{one * 1000:>9.1f}" for one in (min(several), statistics.median(several), max(several)))
        )


if __name__ == "__main__":
    main()
