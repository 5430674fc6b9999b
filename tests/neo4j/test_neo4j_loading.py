"""Vectors loaded before there is an index for them."""

from collections.abc import Callable, Iterator

import neo4j
import numpy as np
import pytest
from neo4j_server import Neo4jServer
from unit.samples import day

from mem0g.errors import StoreNotReady
from mem0g.model import Episode
from mem0g.period import EVERYTHING_KNOWN
from mem0g.ports import Change, EmbeddingModel
from mem0g.stores.neo4j import Neo4jStore
from mem0g.stores.queries import statement

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
