"""What `add_fact` costs in graphs of 100, 10,000 and 100,000 facts, without and with an embedder, side by side in one run.

usage: OMP_NUM_THREADS=1 python benchmarks/add_fact.py [--sizes 100,10000,100000] [--adds 200]

Each graph is loaded from an exported ledger into a file of its own; then the same facts are added to all of them in turn, so
that whatever else the machine does falls on all alike. Half of the new facts are new people, half supersede a home. Then all is
embedded, and further facts are added with the embedder: that of `mem0g.testing`, which needs no model, so its own part is small.
"""

import argparse
import statistics
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from mem0g import Memory
from mem0g.ingestion.predicates import is_exclusive
from mem0g.ledger_file import Ledger, write_ledger
from mem0g.model import Claim, Entity, Episode, Progress, Record, Source, Stage
from mem0g.testing import HashingEmbedder

START = datetime(2020, 1, 1, tzinfo=UTC)
GRAPH = "user:benchmark"
PREDICATES = ("likes", "lives_in", "works_for", "knows")


def ledger(size: int) -> Ledger:
    """A ledger of `size` facts: a tenth as many people, who live, work, like and know."""
    records: dict[str, Record] = {}
    progress = []
    speaker = Entity.named(GRAPH, "benchmark", START)
    records[speaker.id] = speaker
    for number in range(size):
        said = START + timedelta(minutes=number)
        predicate = PREDICATES[number % len(PREDICATES)]
        subject = Entity.named(GRAPH, f"Person {number // 10}", START)
        object = Entity.named(GRAPH, f"Thing {number}", START)
        text = f"{subject.name} {predicate.replace('_', ' ')} {object.name}."
        episode = Episode(f"episode-{number}", GRAPH, text, said, START, "benchmark", source=Source.FACT, user_id="benchmark")
        claim = Claim(
            Claim.id_of(GRAPH, episode.id, 0), GRAPH, episode.id, 0, speaker.id, None, subject.id, predicate, object.id, said, text,
            exclusive=is_exclusive(predicate),
        )  # fmt: skip
        records |= {record.id: record for record in (subject, object, episode, claim)}
        progress.append(Progress(episode.id, Stage.EXTRACTED, extractor="benchmark"))
    return Ledger(GRAPH, list(records.values()), progress)


def loaded(folder: Path, size: int) -> Memory:
    """A memory of its own that holds so many facts."""
    file = folder / f"{size}.jsonl"
    write_ledger(file, ledger(size))
    memory = Memory(folder / f"{size}.db")
    began = time.perf_counter()
    memory.load(file)
    print(f"loaded {size:>7,} facts in {time.perf_counter() - began:7.1f} s")
    return memory


def add(memory: Memory, number: int) -> float:
    """The seconds one add takes."""
    person = f"Newcomer {number}" if number % 2 else "Person 3"
    said = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)
    began = time.perf_counter()
    memory.add_fact(person, "lives_in", f"Town {number}", user_id="benchmark", occurred_at=said)
    return time.perf_counter() - began


def embedded(folder: Path, size: int) -> Memory:
    """The memory of that size with an embedder, and all in it embedded."""
    memory = Memory(folder / f"{size}.db", embedder=HashingEmbedder())
    began = time.perf_counter()
    count = memory.embed(user_id="benchmark")
    print(f"embedded {count:>7,} texts in {time.perf_counter() - began:5.1f} s")
    return memory


def measure(memories: Mapping[int, Memory], numbers: Iterable[int]) -> dict[int, list[float]]:
    """The seconds each of the adds takes, by size."""
    seconds: dict[int, list[float]] = {size: [] for size in memories}
    for number in numbers:
        for size, memory in memories.items():
            seconds[size].append(add(memory, number))
    for memory in memories.values():
        memory.close()
    return seconds


def show(what: str, seconds: Mapping[int, list[float]]) -> None:
    """A line for each size."""
    least = statistics.median(seconds[min(seconds)])
    for size, took in seconds.items():
        middle, high = statistics.median(took), sorted(took)[int(0.95 * len(took))]
        print(f"{what:<18}{size:>9,}  {middle * 1000:7.2f}  {high * 1000:7.2f}  {middle / least:.2f}")


def main() -> None:
    """Load, add, embed, add, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="100,10000,100000")
    parser.add_argument("--adds", type=int, default=200)
    arguments = parser.parse_args()
    sizes, adds = [int(size) for size in arguments.sizes.split(",")], arguments.adds
    with TemporaryDirectory() as folder:
        plain = measure({size: loaded(Path(folder), size) for size in sizes}, range(adds))
        meaning = measure({size: embedded(Path(folder), size) for size in sizes}, range(adds, 2 * adds))
    print(f"{'an add':<18}{'facts':>9}  {'p50 ms':>7}  {'p95 ms':>7}  p50 against the smallest")
    show("without embedder", plain)
    show("with embedder", meaning)


if __name__ == "__main__":
    main()
