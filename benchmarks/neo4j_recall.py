"""How much of the exact answer the filtered vector index of Neo4j finds, and from how many facts on it is faster than comparing all.

usage: OMP_NUM_THREADS=1 python -m benchmarks.neo4j_recall [--facts 100000] [--graphs 200] [--questions 40] [--crossover 500,…]

It runs on the server of `NEO4J_URI`, else on one of its own. Facts are written into one graph, and as many again over many graphs;
then each question is asked of the index, and what it finds is compared with the exact answer, worked out here. Vectors are no
model's: 384 numbers, drawn around 300 topics of ten matters each, so that most of what is near a question is near everything else
that is near it, as sentences are; two texts of one matter have a cosine of 0.75, of one topic 0.6, of any two 0.05. A fifth of the
facts are superseded after 30 days, and leave two versions; a tenth are events.

The crossover is measured in graphs of several sizes of the same database; both ways are asked each question in turn.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import numpy as np

from benchmarks.neo4j_here import database
from mem0g.model import EntityId, Kind, Version
from mem0g.period import EVERYTHING_KNOWN, FOREVER, Period
from mem0g.ports import Change, EmbeddingModel, FactFilter, Vector, Vectors
from mem0g.stores.neo4j import Neo4jStore

MODEL = EmbeddingModel("drawn around topics", 384)
START = datetime(2020, 1, 1, tzinfo=UTC)
SPAN = timedelta(days=1_800)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
PAST = START + SPAN / 10
TOPICS, MATTERS = 300, 10
BATCH = 2_000
FOUND = 10
ASKED = 200
"""How many facts a search of mem0g asks for."""

FILTERS = {
    "now": FactFilter(as_of=Period.instant(NOW), known_at=EVERYTHING_KNOWN),
    "as of the past": FactFilter(as_of=Period.instant(PAST), known_at=EVERYTHING_KNOWN),
    "known in the past": FactFilter(as_of=Period.instant(PAST), known_at=PAST),
}


class Drawn:
    """Draws vectors around topics."""

    def __init__(self, seed: int) -> None:
        places = np.random.default_rng(0)
        self._random = np.random.default_rng(seed)
        self._common = _unit(places.standard_normal((1, MODEL.dimension)))
        self._topics = _unit(places.standard_normal((TOPICS, MODEL.dimension)))
        self._matters = _unit(places.standard_normal((TOPICS * MATTERS, MODEL.dimension)))

    def vectors(self, count: int) -> Vectors:
        """So many unit vectors."""
        matters = self._random.integers(0, TOPICS * MATTERS, count)
        own = _unit(self._random.standard_normal((count, MODEL.dimension)))
        near: Vectors = _unit(0.3 * self._common + self._topics[matters // MATTERS] + 0.5 * self._matters[matters] + 0.65 * own)
        return near


def _unit(rows: "np.ndarray[tuple[int, int], np.dtype[np.float64]]") -> Vectors:
    unit: Vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit


@dataclass(frozen=True, slots=True)
class Written:
    """A graph that was written: the versions, and the vector of each."""

    graph: str
    versions: Sequence[Version]
    vectors: Vectors

    def nearest(self, vector: Vector, where: FactFilter) -> set[str]:
        """The ids of the facts that are nearest."""
        visible = np.flatnonzero([_is_visible(version, where) for version in self.versions])
        cosines = self.vectors[visible] @ vector
        return {self.versions[visible[place]].id for place in np.argsort(-cosines, kind="stable")[:FOUND]}


def _is_visible(version: Version, where: FactFilter) -> bool:
    valid, known = where.as_of or Period.instant(NOW), where.known_at or EVERYTHING_KNOWN
    holds = version.valid.start <= valid.start if version.kind is Kind.EVENT else version.valid.covers(valid.start)
    return holds and version.known.covers(known)


def versions(graph: str, count: int) -> Iterator[Version]:
    """So many versions, fewer facts."""
    number = made = 0
    while made < count:
        said = START + SPAN * (made / count)
        kind = Kind.EVENT if number % 10 == 3 else Kind.STATE
        ended = said + timedelta(days=30)
        if number % 5 == 1 and made + 1 < count:
            stays = [(Period(said, FOREVER), Period(said, ended)), (Period(said, ended), Period(ended, FOREVER))]
        else:
            stays = [(Period(said, said + timedelta(days=1) if kind is Kind.EVENT else FOREVER), Period(said, FOREVER))]
        for valid, known in stays:
            yield Version(
                graph, None, EntityId(f"s{number % 1000}"), "says", EntityId(f"o{number}"), kind, valid, known, f"{graph} {number}", ()
            )
        number, made = number + 1, made + len(stays)


def write(store: Neo4jStore, graph: str, count: int, drawn: Drawn) -> Written:
    """A new graph of so many versions; those of one fact share its vector."""
    made = list(versions(graph, count))
    texts = list(dict.fromkeys(version.text for version in made))
    by_text = dict(zip(texts, drawn.vectors(len(texts)), strict=True))
    for start in range(0, count, BATCH):
        batch = made[start : start + BATCH]
        store.commit(graph, Change(versions=batch, vectors={one.text: by_text[one.text] for one in batch}, embedding=MODEL))
    return Written(graph, made, np.stack([by_text[version.text] for version in made]))


class Measured(NamedTuple):
    """What questions found of the exact answer, on average, and how long one took."""

    recall: float
    milliseconds: float


def measure(store: Neo4jStore, graphs: Sequence[Written], where: FactFilter, questions: Vectors, limit: int) -> Measured:
    """Each question asked of one of the graphs."""
    shares, took = [], []
    for number, vector in enumerate(questions):
        written = graphs[number % len(graphs)]
        exact = written.nearest(vector, where)
        began = time.perf_counter()
        found = store.nearest_facts(written.graph, vector, where, limit)
        took.append(time.perf_counter() - began)
        shares.append(len(exact & {id for id, _ in found[:FOUND]}) / len(exact))
    return Measured(statistics.mean(shares), 1000 * statistics.median(took))


def show_recall(store: Neo4jStore, what: str, graphs: Sequence[Written], questions: Vectors) -> None:
    """A line for each pair of times."""
    for name, where in FILTERS.items():
        few, many = (measure(store, graphs, where, questions, limit) for limit in (FOUND, ASKED))
        print(f"{what:<22}{name:<20}{few.recall:>9.3f}{few.milliseconds:>9.1f}{many.recall:>10.3f}{many.milliseconds:>9.1f}", flush=True)


def show_crossover(searching: Neo4jStore, comparing: Neo4jStore, graphs: Sequence[Written], questions: Vectors) -> None:
    """A line for each graph: the median of both ways, asked in turn."""
    print(f"\n{'facts of the graph':<20}{'exact ms':>10}{'index ms':>10}{'exact/index':>13}")
    for written in graphs:
        ways = [_timed(store, written.graph) for store in (comparing, searching)]
        for vector in questions[:5]:
            [way(vector) for way in ways]
        exact, index = (statistics.median(took) for took in zip(*([way(vector) for way in ways] for vector in questions), strict=True))
        print(f"{len(written.versions):<20,}{exact:>10.1f}{index:>10.1f}{exact / index:>13.2f}", flush=True)


def _timed(store: Neo4jStore, graph: str) -> Callable[[Vector], float]:
    def ask(vector: Vector) -> float:
        began = time.perf_counter()
        store.nearest_facts(graph, vector, FILTERS["now"], ASKED)
        return 1000 * (time.perf_counter() - began)

    return ask


def main() -> None:
    """Write, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--facts", type=int, default=100_000)
    parser.add_argument("--graphs", type=int, default=200)
    parser.add_argument("--questions", type=int, default=40)
    parser.add_argument("--crossover", default="500,1000,2000,5000,10000,20000")
    options = parser.parse_args()
    questions, drawn = Drawn(1).vectors(options.questions), Drawn(2)
    with database(MODEL.dimension, vector_indexes=False) as uri:
        searching, comparing = Neo4jStore(uri, exact_up_to=0), Neo4jStore(uri, exact_up_to=None)
        began = time.perf_counter()
        one = [write(comparing, "user:one", options.facts, drawn)]
        many = [write(comparing, f"user:{number}", options.facts // options.graphs, drawn) for number in range(options.graphs)]
        sized = [write(comparing, f"user:of {size}", int(size), drawn) for size in options.crossover.split(",")]
        written = sum(len(graph.versions) for graph in (*one, *many, *sized))
        print(f"{written:,} facts with vectors written in {time.perf_counter() - began:.0f} s", flush=True)
        began = time.perf_counter()
        Neo4jStore.init(uri, dimension=MODEL.dimension)
        print(f"their index built in {time.perf_counter() - began:.0f} s", flush=True)
        show_crossover(searching, comparing, sized, questions)
        print(f"\n{'recall of the first 10':<42}{'asked 10':>9}{'ms':>9}{'asked 200':>10}{'ms':>9}")
        show_recall(searching, "one graph", one, questions)
        show_recall(searching, f"{options.graphs} graphs", many, questions)
        searching.close()
        comparing.close()


if __name__ == "__main__":
    main()
