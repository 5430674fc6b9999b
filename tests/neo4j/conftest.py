"""A Neo4j database that the tests have to themselves: what it holds is deleted before each of them."""

from collections.abc import Callable, Iterator

import neo4j
import pytest
from neo4j_server import Neo4jServer

from mem0g.stores.neo4j import Neo4jStore

DIMENSION = 3
"""Of the vector indexes, as the contract's vectors have it."""


@pytest.fixture(scope="session")
def prepared(neo4j_server: Neo4jServer) -> Iterator[neo4j.Driver]:
    """The server's database, prepared; the test run fails where it holds what no test of ours wrote."""
    with neo4j.GraphDatabase.driver(neo4j_server.uri, auth=neo4j_server.auth, notifications_min_severity="OFF") as driver:
        counted = driver.execute_query("MATCH (n) WHERE NOT EXISTS { MATCH (:Tests) } RETURN count(n) AS others").records[0]
        if counted["others"]:
            pytest.fail(f"{neo4j_server.uri} holds {counted['others']} nodes, and tests delete everything: name an empty database")
        driver.execute_query("MERGE (:Tests {note: 'tests of mem0g delete everything here'})")
        Neo4jStore.init(neo4j_server.uri_with_password, dimension=DIMENSION, replace=True)
        yield driver


@pytest.fixture
def empty(prepared: neo4j.Driver) -> Callable[[], None]:
    """Deletes everything but the schema."""

    def delete() -> None:
        with prepared.session() as session:
            session.run("MATCH (n) WHERE NOT n:Schema AND NOT n:Tests CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()

    return delete


@pytest.fixture
def database(prepared: neo4j.Driver, empty: Callable[[], None]) -> neo4j.Driver:
    """The database, empty but for its schema."""
    empty()
    return prepared


@pytest.fixture
def open_store(database: neo4j.Driver, neo4j_server: Neo4jServer) -> Iterator[Callable[..., Neo4jStore]]:
    """Opens stores on the empty database, and closes them."""
    opened: list[Neo4jStore] = []

    def open_one(*, exact_up_to: int | None = None) -> Neo4jStore:
        opened.append(Neo4jStore(neo4j_server.uri_with_password, exact_up_to=exact_up_to))
        return opened[-1]

    yield open_one
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[..., Neo4jStore]) -> Neo4jStore:
    """A store on the empty database; it compares vectors one by one."""
    return open_store()
