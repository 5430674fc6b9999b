"""A ledger brought over, interrupted and gone on with; and vectors loaded before there is an index for them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import neo4j
import numpy as np
import pytest
from neo4j_server import Neo4jServer
from unit.samples import day

from mem0g import Memory
from mem0g.errors import StoreNotReady
from mem0g.model import Episode
from mem0g.period import EVERYTHING_KNOWN
from mem0g.ports import Change, EmbeddingModel
from mem0g.stores.neo4j import Neo4jStore
from mem0g.stores.queries import statement
from mem0g.testing import HashingEmbedder

GRAPH = "user:alice"
NORTH = np.array([1, 0, 0], dtype=np.float32)
CHANGE = Change([Episode("one", GRAPH, "north", day(1), day(1), "alice")], vectors={"north": NORTH}, embedding=EmbeddingModel("drawn", 3))


@pytest.fixture
def without_indexes(database: neo4j.Driver, neo4j_server: Neo4jServer) -> Iterator[str]:
    """The address of the database, which lacks its vector indexes until the test ends."""
    for kind in ("fact", "episode", "entity"):
        database.execute_query(statement(f"schema/drop_{kind}_vectors").text)
    yield neo4j_server.uri_with_password
    Neo4jStore.init(neo4j_server.uri_with_password, dimension=3)


def test_vectors_loaded_without_an_index_are_found_by_it_once_it_is_made(
    without_indexes: str, open_store: Callable[..., Neo4jStore]
) -> None:
    Neo4jStore.init(without_indexes, dimension=3, vector_indexes=False)
    open_store().commit(GRAPH, CHANGE)
    searching = open_store(exact_up_to=0)
    with pytest.raises(StoreNotReady, match="mem0g init"):
        searching.nearest_episodes(GRAPH, NORTH, EVERYTHING_KNOWN, 1)
    Neo4jStore.init(without_indexes, dimension=3)
    assert searching.nearest_episodes(GRAPH, NORTH, EVERYTHING_KNOWN, 1) == [("one", pytest.approx(1))]


def test_a_store_that_searches_an_index_takes_no_vectors_without_one(without_indexes: str, open_store: Callable[..., Neo4jStore]) -> None:
    with pytest.raises(StoreNotReady, match="mem0g init"):
        open_store(exact_up_to=0).commit(GRAPH, CHANGE)


class Interrupted(Exception):
    pass


def interrupt(done: int, of: int) -> None:
    raise Interrupted(f"at {done} of {of}")


def test_a_ledger_is_loaded_embedded_and_found_by_meaning_though_each_step_was_interrupted(
    open_store: Callable[..., Neo4jStore], tmp_path: Path
) -> None:
    with Memory(tmp_path / "here.db") as here:
        for number in range(600):  # more texts than are embedded at once
            here.add_fact("Alice", "likes", f"Thing {number}", user_id="alice", occurred_at=day(1))
        here.export(tmp_path / "ledger.jsonl", user_id="alice")
    with Memory(store=open_store(exact_up_to=0)) as there:
        with pytest.raises(Interrupted, match="at 2000 of"):
            there.load(tmp_path / "ledger.jsonl", progress=interrupt)
        assert there.facts(user_id="alice") == []
        there.load(tmp_path / "ledger.jsonl")
        there.export(tmp_path / "again.jsonl", user_id="alice")
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "ledger.jsonl").read_bytes()
    embedder = HashingEmbedder(3)
    with Memory(store=open_store(exact_up_to=0), embedder=embedder) as there:
        with pytest.raises(Interrupted, match="at 512 of"):
            there.embed(user_id="alice", progress=interrupt)
        missing = there.embedding(user_id="alice").missing
        assert missing > 0
        assert there.embed(user_id="alice") == missing
        assert there.embedding(user_id="alice").missing == 0
        found = there.search("Alice likes Thing 599.", user_id="alice", limit=1)
        assert found.facts[0].signals["semantic"] > 0
