"""A prepared Neo4j database for the benchmarks: that of `NEO4J_URI`, else one of their own, which ends with them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from mem0g.stores.neo4j import Neo4jStore
from tests.neo4j_server import Neo4jProcess, from_environment
from tests.neo4j_server.jars import cache, classpath, lock
from tests.neo4j_server.process import FOR_MEASURING


@contextmanager
def database(dimension: int, *, vector_indexes: bool = True) -> Iterator[str]:
    """The address of a database with indexes of this dimension. One of your own should be empty: nothing in it is deleted."""
    if os.environ.get("NEO4J_URI"):
        uri = from_environment(os.environ).uri_with_password
        Neo4jStore.init(uri, dimension=dimension, vector_indexes=vector_indexes)
        yield uri
        return
    with own_database(dimension, vector_indexes=vector_indexes) as uri:
        yield uri


@contextmanager
def own_database(dimension: int, *, vector_indexes: bool = True) -> Iterator[str]:
    """The same, always on a server of its own."""
    with TemporaryDirectory() as home, Neo4jProcess(Path(home), classpath(lock(), cache(os.environ)), jvm=FOR_MEASURING) as process:
        Neo4jStore.init(process.server.uri_with_password, dimension=dimension, vector_indexes=vector_indexes)
        yield process.server.uri_with_password
