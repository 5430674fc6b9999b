"""Search by meaning in a file: exact as the naive form, fresh for every process, bounded, and without a trace of what was erased."""

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from mem0g.model import Progress, Stage, Value, Version
from mem0g.period import EVERYTHING_KNOWN
from mem0g.ports import Change, EmbeddingModel, FactFilter, Vector
from mem0g.stores import sqlite_nearest
from mem0g.stores.contract.samples import BOB, EVERY_VERSION, GRAPH, at, cast, day, days, episode, ids, unit, version
from mem0g.stores.sqlite import SQLiteStore

from .files import opened, told_by

DIMENSION = 8
MODEL = EmbeddingModel("random", DIMENSION)


def vector_of(text: str) -> Vector:
    numbers = np.random.default_rng(list(text.encode())).standard_normal(DIMENSION)
    return unit(*numbers)


def write(store: SQLiteStore, *versions: Version, graph: str = GRAPH) -> None:
    vectors = {one.text: vector_of(one.text) for one in versions}
    store.commit(graph, Change(cast(graph), versions=versions, vectors=vectors, embedding=MODEL))


def fact(number: int, text: str = "", **others: object) -> Version:
    return version(Value(f"n{number}"), text=text or f"text {number}", **others)


def near(store: SQLiteStore, vector: Vector, where: FactFilter = EVERY_VERSION, limit: int = 10, graph: str = GRAPH) -> list[str]:
    return [id for id, _ in store.nearest_facts(graph, vector, where, limit)]


def naive(store: SQLiteStore, vector: Vector, where: FactFilter, limit: int) -> list[str]:
    scored = [(-float(vector_of(one.text) @ vector), one.id) for one in store.facts(GRAPH, where)]
    return [id for _, id in sorted(scored)[:limit]]


FILTERS = [
    FactFilter(),
    FactFilter(holder=BOB),
    EVERY_VERSION,
    FactFilter(as_of=at(4)),
    FactFilter(as_of=days(3, 5), known_at=day(4)),
    FactFilter(as_of=days(3, 5), known_at=day(4), any_holder=True),
    FactFilter(objects=["n1", "n2"], known_at=None),
]


@pytest.mark.parametrize("seed", range(5))
def test_it_finds_what_comparing_everything_finds_through_any_history(store: SQLiteStore, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    held: dict[str, Version] = {}
    for turn in range(30):
        new = [
            fact(
                turn * 10 + number,
                text=f"text {turn} {number}",
                valid=days(chance.randrange(5), chance.choice([None, 6, 8])),
                known=days(chance.randrange(5), chance.choice([None, 5, 9])),
                holder=chance.choice([None, None, BOB]),
            )
            for number in range(chance.randrange(4))
        ]
        closed = [
            version(one.object, one.valid, days(0, 20), one.text, holder=one.holder) for one in held.values() if chance.random() < 0.02
        ]
        write(store, *new, *closed)
        held |= {one.id: one for one in (*new, *closed)}
        dropped = [id for id in held if chance.random() < 0.01]
        store.commit(GRAPH, Change(dropped=dropped))
        held = {id: one for id, one in held.items() if id not in dropped}
        asked = vector_of(f"question {turn}")
        for where in FILTERS:
            assert near(store, asked, where, 7) == naive(store, asked, where, 7)


def test_what_another_process_writes_is_found(path: Path) -> None:
    code = """
        from mem0g.ports import EmbeddingModel
        from mem0g.stores.contract.samples import keep_facts, unit, version
        store = SQLiteStore(path)
        keep_facts(store, version(text="theirs"))
        store.commit(GRAPH, Change(vectors={"theirs": unit(*[1] * 8)}, embedding=EmbeddingModel("random", 8)))
        store.close()
    """
    with opened(path) as store:
        write(store, fact(1))
        assert len(near(store, vector_of("x"))) == 1
        told_by(code, path)
        assert near(store, unit(*[1] * DIMENSION), limit=1) == [version().id]


def test_readers_and_writers_at_once_see_whole_states(store: SQLiteStore) -> None:
    write(store, fact(0))

    def read(_: int) -> int:
        return len(near(store, vector_of("x"), limit=999))

    with ThreadPoolExecutor(4) as pool:
        reads = [pool.submit(read, number) for number in range(60)]
        for number in range(1, 21):
            write(store, fact(2 * number), fact(2 * number + 1))
        counts = [one.result() for one in reads]
    assert all(count % 2 == 1 for count in counts)
    assert read(0) == 41


def test_only_the_graphs_searched_last_are_kept(store: SQLiteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_nearest, "_MOST", 3 * DIMENSION * 4)
    graphs = [f"user:{number}" for number in range(6)]
    for graph in graphs:
        write(store, fact(1, graph=graph), graph=graph)
    for _ in range(2):
        for graph in graphs:
            assert near(store, vector_of("x"), graph=graph) == [fact(1, graph=graph).id]
    assert store._nearest is not None
    assert len(store._nearest._kept) == 3


def test_equals_at_the_limit_come_by_id(store: SQLiteStore) -> None:
    facts = [fact(number, text="the same") for number in range(20)]
    write(store, *facts)
    assert near(store, vector_of("x"), limit=5) == sorted(ids(facts))[:5]


def test_nothing_of_an_erased_vector_is_left_in_the_file_or_the_process(path: Path) -> None:
    secret = vector_of("secret").astype("<f4").tobytes()
    with opened(path) as store:
        write(store, fact(1), fact(2, text="secret"))
        store.commit(GRAPH, Change([episode("e", "secret")], [Progress("e", Stage.EXTRACTED)]))
        near(store, vector_of("x"))
        assert any(secret in file.read_bytes() for file in path.parent.iterdir())
        store.commit(GRAPH, Change(erased=["e"], dropped=[fact(2).id]))
        assert store._nearest is not None
        assert not store._nearest._kept
        store.scrub()
        assert not any(secret in file.read_bytes() for file in path.parent.iterdir())
        assert near(store, vector_of("x")) == [fact(1).id]
        assert store.nearest_episodes(GRAPH, vector_of("secret"), EVERYTHING_KNOWN, 9) == []


def test_a_vector_that_comes_after_its_text_was_erased_is_not_kept(store: SQLiteStore) -> None:
    """It was being embedded while it was forgotten."""
    write(store, fact(1), fact(2))
    store.commit(GRAPH, Change(dropped=[fact(2).id]))
    revision = store.revision(GRAPH)
    assert store.commit(GRAPH, Change(vectors={"text 2": vector_of("text 2")}, embedding=MODEL)) == revision
