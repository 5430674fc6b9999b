"""The contract of every store, on a Neo4j server."""

from collections.abc import Callable

import pytest

from mem0g.stores.contract import vectors
from mem0g.stores.neo4j import Neo4jStore
from mem0g.testing import GRAPH_STORE_CHECKS, GraphStoreCheck

OF_SEVERAL_DIMENSIONS = {vectors.models_are_never_mixed, vectors.embedded_anew, vectors.vectors_of_one_graph}
"""A vector index is of one dimension."""

OF_EQUALS = {vectors.nearest_first}
"""Of equally near ones an index finds any."""

BY_INDEX = [check for check in vectors.CHECKS if check not in OF_SEVERAL_DIMENSIONS | OF_EQUALS]


@pytest.mark.parametrize("check", GRAPH_STORE_CHECKS, ids=lambda check: check.__name__)
def test_neo4j_keeps_the_contract(check: GraphStoreCheck, store: Neo4jStore) -> None:
    check(store)


@pytest.mark.parametrize("check", BY_INDEX, ids=lambda check: check.__name__)
def test_the_vector_index_finds_what_comparing_one_by_one_does(check: GraphStoreCheck, open_store: Callable[..., Neo4jStore]) -> None:
    check(open_store(exact_up_to=0))
