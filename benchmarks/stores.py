"""What an add and a search cost in SQLite and in Neo4j, side by side, and where the time of a search goes.

usage: OMP_NUM_THREADS=1 python -m benchmarks.stores [--sizes 1000 10000 100000] [--adds 50] [--rounds 5]

One ledger a size is made, exported, loaded into both stores and embedded there, each with its own embedder of 384 numbers that
needs no model. Then the same facts are added to both in turn, and the same questions asked of both in turn, so that whatever else the
machine does falls on both alike. Neo4j is that of `NEO4J_URI`, else a server that ends with this; each size has a graph of its own in
its one database, beside the smaller ones.

A search's legs run at once in Neo4j, so their times are shares of the work and add up to more than the search takes.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.neo4j_here import database
from benchmarks.search import COMMON, NOW, PAST, QUESTIONS, START, VERBS, Timed, quantile
from mem0g import Memory
from mem0g.ledger_file import Ledger, write_ledger
from mem0g.model import Claim, Entity, Episode, Progress, Record, Source, Stage
from mem0g.ports import GraphStore
from mem0g.stores.neo4j import Neo4jStore
from mem0g.stores.sqlite import SQLiteStore
from mem0g.testing import HashingEmbedder, ScriptedExtractor

LEGS = {
    "text": ("match_facts",),
    "semantic": ("nearest_facts",),
    "walk": ("merges", "entities", "links"),
    "episodes": ("match_episodes", "nearest_episodes", "episodes"),
    "presenting": ("facts", "claims_by_id", "names"),
}
"""The reads of the store that each leg of a search makes. Reading the entities that are shown is counted as walk."""


@dataclass
class Side:
    """A memory in one of the stores, and how long things took in it, in seconds."""

    memory: Memory
    store: Timed
    adds: list[float] = field(default_factory=list)
    searches: list[float] = field(default_factory=list)
    legs: dict[str, float] = field(default_factory=lambda: defaultdict(float))


def owner(size: int) -> str:
    """Whose graph it is."""
    return f"owner of {size}"


def ledger(size: int) -> Ledger:
    """A ledger of so many facts, as in benchmarks/search.py: two hubs, common words and rare ones.

    Each has an episode of its own, and few are said twice.
    """
    graph, random = f"user:{owner(size)}", np.random.default_rng(0)
    people = [Entity.named(graph, f"Person {number}", START) for number in range(max(4, size // 20))]
    hubs = [Entity.named(graph, name, START) for name in ("Owner", "Metropolis")]
    speaker = Entity.named(graph, owner(size), START)
    records: list[Record] = [*people, *hubs, speaker]
    for number in range(size):
        one, other, first, second = random.integers([len(people), len(people), 5_000, 5_000])
        subject = hubs[0] if random.random() < 0.3 else people[one]
        object = hubs[1] if random.random() < 0.1 and subject is not hubs[0] else people[other]
        beside = " ".join(word for word, share in COMMON.items() if random.random() < share)
        verb, said = VERBS[number % len(VERBS)], START + timedelta(minutes=number)
        text = f"{subject.name} {verb} {object.name} {beside} w{first} w{second} {number}."
        episode = Episode(f"episode-{number}", graph, text, said, START, speaker.name, source=Source.FACT, user_id=owner(size))
        ended = said + timedelta(days=30) if random.random() < 0.2 else None
        id = Claim.id_of(graph, episode.id, 0)
        claim = Claim(id, graph, episode.id, 0, speaker.id, None, subject.id, verb, object.id, said, text, exclusive=False, valid_to=ended)
        records += [episode, claim]
    return Ledger(graph, records, [Progress(f"episode-{number}", Stage.EXTRACTED, extractor="benchmark") for number in range(size)])


def side(what: str, store: GraphStore, file: Path, size: int) -> Side:
    """A memory over that store, with the ledger loaded and embedded."""
    timed = Timed(store)
    began = time.perf_counter()
    with_vectors = Memory(store=timed, extractor=ScriptedExtractor({}), embedder=HashingEmbedder(dimension=384), clock=lambda: NOW)
    Memory(store=store, extractor=ScriptedExtractor({}), clock=lambda: NOW).load(file)
    loaded = time.perf_counter()
    embedded = with_vectors.embed(user_id=owner(size))
    took = time.perf_counter() - loaded
    print(f"{what:<8}{size:>9,} facts loaded in {loaded - began:7.1f} s, {embedded:,} texts embedded in {took:7.1f} s", flush=True)
    return Side(with_vectors, timed)


def add(side: Side, size: int, number: int) -> None:
    """Add one fact: half of them of newcomers, half superseding a home."""
    person = f"Newcomer {number}" if number % 2 else "Person 3"
    said = datetime(2026, 6, 1, tzinfo=UTC) + timedelta(days=number)
    began = time.perf_counter()
    side.memory.add_fact(person, "moved_to", f"Town {number}", user_id=owner(size), occurred_at=said, exclusive=True)
    side.adds.append(time.perf_counter() - began)


def ask(side: Side, size: int, question: str, as_of: str | None) -> None:
    """One search, and what its legs took of it."""
    side.store.spent.clear()
    began = time.perf_counter()
    side.memory.search(question, user_id=owner(size), as_of=as_of)
    side.searches.append(time.perf_counter() - began)
    for leg, reads in LEGS.items():
        side.legs[leg] += sum(side.store.spent[read] for read in reads)


def measure(sides: Iterable[Side], size: int, adds: int, rounds: int) -> None:
    """The same of each in turn. The first adds and the first round of questions are not counted: servers compile what they run often."""
    sides = list(sides)
    for number in range(adds + 20):
        for side in sides:
            add(side, size, number)
    for side in sides:
        del side.adds[:20]
    for _ in range(rounds + 1):
        for question in QUESTIONS.values():
            for as_of in (None, PAST):
                for side in sides:
                    ask(side, size, question, as_of)
    for side in sides:
        del side.searches[: 2 * len(QUESTIONS)]


def show(sides: Mapping[str, Side], size: int) -> None:
    """Median and 95th percentile of both, the ratio of the medians, and what share of the work of a search each leg is."""
    print(f"\n{'ms':<8}{'facts':>9}" + "".join(f"{f'{name} p50':>12}{'p95':>9}" for name in sides) + f"{'ratio':>8}")
    for what in ("adds", "searches"):
        took = [[1000 * seconds for seconds in getattr(side, what)] for side in sides.values()]
        shown = "".join(f"{quantile(several, 0.5):>12.1f}{quantile(several, 0.95):>9.1f}" for several in took)
        print(f"{what:<8}{size:>9,}{shown}{quantile(took[1], 0.5) / quantile(took[0], 0.5):>8.1f}")
    print(f"\n{'shares':<8}{'facts':>9}" + "".join(f"{leg:>12}" for leg in LEGS))
    for name, side in sides.items():
        print(f"{name:<8}{size:>9,}" + "".join(f"{side.legs[leg] / sum(side.legs.values()):>12.0%}" for leg in LEGS))
    print(flush=True)


def main() -> None:
    """Load, add, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--adds", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        uri = stack.enter_context(database(384))
        for size in options.sizes:
            file = folder / f"{size}.jsonl"
            write_ledger(file, ledger(size))
            stores: dict[str, GraphStore] = {"sqlite": SQLiteStore(folder / f"{size}.db"), "neo4j": Neo4jStore(uri)}
            sides = {name: side(name, store, file, size) for name, store in stores.items()}
            measure(sides.values(), size, options.adds, options.rounds)
            show(sides, size)
            for one in sides.values():
                one.memory.close()


if __name__ == "__main__":
    main()
