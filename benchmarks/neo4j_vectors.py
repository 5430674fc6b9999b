"""Whether vectors are better written into Neo4j with their index online, or with the index made afterwards.

usage: OMP_NUM_THREADS=1 python -m benchmarks.neo4j_vectors [--facts 10000]

Two servers of its own hold the same facts without vectors, each of a text of its own. Vectors of 384 numbers, drawn as for
`benchmarks/neo4j_recall.py`, are then written to both in batches of 512 texts in turn, as `mem0g embed` writes them: so both have the same
neighbours on a busy machine. One server has the index already, on the other it is made at the end. Then both are asked.
"""

import argparse
import statistics
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from benchmarks.neo4j_here import own_database
from benchmarks.neo4j_recall import FILTERS, FOUND, MODEL, Drawn, versions
from mem0g.ports import Change, Vectors
from mem0g.stores.neo4j import Neo4jStore

GRAPH = "user:one"
FACTS_AT_ONCE, TEXTS_AT_ONCE = 2_000, 512


class Asked(NamedTuple):
    """What the index takes for a question, median, and how much of the exact answer it finds, on average."""

    milliseconds: float
    recall: float


def write(stores: Sequence[Neo4jStore], changes: Iterable[Change]) -> list[float]:
    """Write each change to each store in turn; the seconds that each of them took."""
    took = [0.0 for _ in stores]
    for change in changes:
        for place, store in enumerate(stores):
            began = time.perf_counter()
            store.commit(GRAPH, change)
            took[place] += time.perf_counter() - began
    return took


def ask(uri: str, questions: Vectors) -> Asked:
    """Ask the index, and compare with all."""
    searching, comparing = Neo4jStore(uri, exact_up_to=0), Neo4jStore(uri, exact_up_to=None)
    took, shares = list[float](), list[float]()
    for vector in questions:
        began = time.perf_counter()
        found = searching.nearest_facts(GRAPH, vector, FILTERS["now"], FOUND)
        took.append(1000 * (time.perf_counter() - began))
        exact = comparing.nearest_facts(GRAPH, vector, FILTERS["now"], FOUND)
        shares.append(len({id for id, _ in found} & {id for id, _ in exact}) / FOUND)
    searching.close()
    comparing.close()
    return Asked(statistics.median(took), statistics.mean(shares))


def pieces(count: int, size: int) -> Iterator[slice]:
    """So many things in pieces of this size."""
    return (slice(start, start + size) for start in range(0, count, size))


def main() -> None:
    """Write, index, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--facts", type=int, default=10_000)
    options = parser.parse_args()
    made = list(versions(GRAPH, options.facts))
    texts = list(dict.fromkeys(version.text for version in made))
    vectors = dict(zip(texts, Drawn(2).vectors(len(texts)), strict=True))
    with own_database(MODEL.dimension) as here, own_database(MODEL.dimension, vector_indexes=False) as there:
        stores = Neo4jStore(here, exact_up_to=None), Neo4jStore(there, exact_up_to=None)
        facts = write(stores, (Change(versions=made[piece]) for piece in pieces(len(made), FACTS_AT_ONCE)))
        print(f"{len(made):,} facts without vectors: {facts[0]:.1f} s with the empty index there, {facts[1]:.1f} s without", flush=True)
        batches = ({text: vectors[text] for text in texts[piece]} for piece in pieces(len(texts), TEXTS_AT_ONCE))
        online, bare = write(stores, (Change(vectors=batch, embedding=MODEL) for batch in batches))
        began = time.perf_counter()
        Neo4jStore.init(there, dimension=MODEL.dimension)
        built = time.perf_counter() - began
        print(f"their {len(texts):,} vectors: {online:.1f} s with the index online; {bare:.1f} s without, {built:.1f} s to build it then")
        for what, uri in (("online", here), ("built", there)):
            print(f"{what}: {ask(uri, Drawn(1).vectors(20))}", flush=True)
        for store in stores:
            store.close()


if __name__ == "__main__":
    main()
