"""What goes wrong around a Neo4j server: it dies, hangs, is cut off, is busy, is another than was meant. Nothing acknowledged is lost,
nothing is written twice or in part, and the error says what to do.
"""

import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import neo4j
import pytest
from neo4j_server import Neo4jProcess, Neo4jServer, from_jars
from tellings import Telling, at_once, clock, extractor, facts, held, in_sqlite, message, moved, rebuilt, said
from wire import Wire

from mem0g import Memory
from mem0g.errors import EmbeddingMismatch, StoreNotReady, StoreReadOnly, StoreTooNew, StoreUnavailable
from mem0g.ports import Change, EmbeddingModel, FactFilter
from mem0g.stores.contract.samples import GRAPH, MODEL, episode, fill, unit
from mem0g.stores.neo4j import Neo4jStore
from mem0g.stores.neo4j_server import Limits

DIMENSION = 3
IMPATIENT = Limits(retry_timeout=0.5, connection_timeout=2)


def memory_on(uri: str, limits: Limits | None = None, writers: int = 0) -> Memory:
    return Memory(store=Neo4jStore(uri, limits=limits), clock=clock, extractor=extractor(writers))


# The server dies

WRITERS = 2
EACH = 12
KILLS = 3


def told_by(writer: int) -> list[Telling]:
    """Moves of Alice's, and now and then a person whom nobody knew."""
    numbers = range(writer * EACH, (writer + 1) * EACH)
    return [message("killed", n, f"{n} speaks of Zoe") if n % 4 == 0 else moved("killed", n) for n in numbers]


class Tellers:
    """Several writers of one graph, each telling its own; they go on from the first that was not acknowledged.

    Attributes:
        acknowledged: how many each has told that was acknowledged.
    """

    def __init__(self, uri: str) -> None:
        self._uri = uri
        self.acknowledged = [0] * WRITERS

    @property
    def are_done(self) -> bool:
        return self.acknowledged == [EACH] * WRITERS

    def go_on(self) -> None:
        """Until all is told, or the server is gone."""
        at_once(lambda writer=writer: self._tell(writer) for writer in range(WRITERS))

    def _tell(self, writer: int) -> None:
        try:
            with memory_on(self._uri, IMPATIENT, WRITERS * EACH) as memory:
                for tell in told_by(writer)[self.acknowledged[writer] :]:
                    tell(memory)
                    self.acknowledged[writer] += 1
        except StoreUnavailable:
            pass  # what it was telling may be there, or not: it is told again


def test_a_server_that_dies_loses_nothing_acknowledged(database: neo4j.Driver, neo4j_process: Neo4jProcess, tmp_path: Path) -> None:
    uri = neo4j_process.server.uri_with_password
    Neo4jStore.init(uri, dimension=DIMENSION)
    tellers, chance = Tellers(uri), random.Random(5)  # noqa: S311 - the same moments in every run
    for kill in range(KILLS):
        until = sum(tellers.acknowledged) + chance.randint(1, 4)
        telling = threading.Thread(target=tellers.go_on)
        telling.start()
        while telling.is_alive() and sum(tellers.acknowledged) < until:
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.05))
        neo4j_process.kill()
        telling.join()
        neo4j_process.start()
        assert not tellers.are_done
        with memory_on(uri) as memory:
            folder = tmp_path / str(kill)
            folder.mkdir()
            kept = {one.id for one in memory.episodes(user_id="killed")}
            assert kept >= {f"{kind} {n}" for kind, n in tellers_acknowledged(tellers)}
            assert facts(memory._store, "killed") == facts(rebuilt(memory, "killed", folder), "killed")
    tellers.go_on()
    with memory_on(uri, writers=WRITERS * EACH) as memory:
        alone = in_sqlite(tmp_path / "alone.db", [tell for n in range(WRITERS) for tell in told_by(n)], WRITERS * EACH)
        assert tellers.are_done
        assert facts(memory._store, "killed") == facts(alone, "killed")
        assert said(memory._store, "killed") == said(alone, "killed")


def tellers_acknowledged(tellers: Tellers) -> Iterator[tuple[str, int]]:
    for writer, told in enumerate(tellers.acknowledged):
        for number in range(writer * EACH, writer * EACH + told):
            yield ("message" if number % 4 == 0 else "fact"), number


# A writer hangs


def test_who_waits_too_long_for_another_writer_is_told(database: neo4j.Driver, neo4j_server: Neo4jServer) -> None:
    uri = neo4j_server.uri_with_password
    with memory_on(uri) as memory, memory_on(uri, Limits(query_timeout=0.5)) as impatient:
        moved("waiting", 1)(memory)
        before = said(memory._store, "waiting")
        with held(database, "user:waiting"), pytest.raises(StoreUnavailable, match=f"^{neo4j_server.uri}: .*has been terminated"):
            moved("waiting", 2)(impatient)
        assert said(memory._store, "waiting") == before
        moved("waiting", 2)(memory)
        assert len(memory.timeline("Alice", user_id="waiting")) == 3


def test_reads_do_not_wait_for_a_writer(database: neo4j.Driver, neo4j_server: Neo4jServer) -> None:
    with memory_on(neo4j_server.uri_with_password, Limits(query_timeout=60)) as memory:
        moved("reading", 1)(memory)
        with held(database, "user:reading"):
            assert len(memory.facts(user_id="reading")) == 1
            assert memory.search("Where does Alice live?", user_id="reading").facts


def test_an_exhausted_pool_is_told(database: neo4j.Driver, neo4j_server: Neo4jServer) -> None:
    limits = Limits(connections=1, acquisition_timeout=0.2)
    with closing(Neo4jStore(neo4j_server.uri_with_password, limits=limits)) as store:
        with held(database, GRAPH):
            writing = threading.Thread(target=store.commit, args=(GRAPH, Change([episode()])))
            writing.start()
            with pytest.raises(StoreUnavailable, match=f"^{neo4j_server.uri}: .*connection from the pool"):
                ask_while(writing, store)
        writing.join()
        assert store.revision(GRAPH) == 1


def ask_while(writing: threading.Thread, store: Neo4jStore) -> None:
    while writing.is_alive():
        store.graphs()


# The connection is lost

WRITING = b"MERGE (claim:Claim"
"""Stands in what a writer says, and no reader."""


@pytest.fixture
def wire(neo4j_server: Neo4jServer) -> Iterator[Wire]:
    with Wire(neo4j_server.uri) as wire:
        yield wire


@pytest.fixture
def through(wire: Wire, database: neo4j.Driver, neo4j_server: Neo4jServer) -> Iterator[Memory]:
    """A memory whose every word goes through the wire."""
    with memory_on(wire.of(neo4j_server.uri_with_password), IMPATIENT) as memory:
        moved("cut", 1)(memory)
        yield memory


def test_a_connection_lost_in_a_transaction_is_made_again(through: Memory, wire: Wire, tmp_path: Path) -> None:
    wire.cut_at(WRITING)
    moved("cut", 2)(through)
    assert wire.cuts == 1
    alone = in_sqlite(tmp_path / "alone.db", [moved("cut", 1), moved("cut", 2)])
    assert said(through._store, "cut") == said(alone, "cut")


def test_a_commit_whose_answer_is_lost_is_told_and_may_be_repeated(through: Memory, wire: Wire, tmp_path: Path) -> None:
    wire.cut_after_commit(of=WRITING)
    with pytest.raises(StoreUnavailable, match="whether this was written is not known"):
        moved("cut", 2)(through)
    assert wire.cuts == 1
    alone = in_sqlite(tmp_path / "alone.db", [moved("cut", 1), moved("cut", 2)])
    assert said(through._store, "cut") == said(alone, "cut")
    moved("cut", 2)(through)
    assert said(through._store, "cut") == said(alone, "cut")
    assert facts(through._store, "cut") == facts(alone, "cut")


def test_a_server_that_is_out_of_reach_is_told_and_found_again(through: Memory, wire: Wire) -> None:
    with wire.down(), pytest.raises(StoreUnavailable, match=r"127\.0\.0\.1"):
        through.facts(user_id="cut")
    assert len(through.facts(user_id="cut")) == 1


# It is another than was meant


def test_a_wrong_password_is_told_without_it(neo4j_server: Neo4jServer) -> None:
    uri = neo4j_server.uri.replace("://", "://nobody:secret@")
    with pytest.raises(StoreUnavailable, match=f"^{neo4j_server.uri}: .*user, password or token") as refused:
        Neo4jStore(uri)
    assert "secret" not in str(refused.value)


def test_a_port_where_nobody_listens_is_told() -> None:
    with pytest.raises(StoreUnavailable, match=r"^bolt://127\.0\.0\.1:9 cannot be reached: .*refused") as refused:
        Neo4jStore("bolt://alice:secret@127.0.0.1:9")
    assert "secret" not in str(refused.value)


def test_a_port_that_speaks_another_language_is_told(neo4j_server: Neo4jServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        threading.Thread(target=answer_in_http, args=[other]).start()
        with pytest.raises(StoreUnavailable, match="looks like HTTP"):
            Neo4jStore(f"bolt://127.0.0.1:{other.getsockname()[1]}")


def answer_in_http(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection:
        connection.recv(100)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def test_an_unknown_database_is_told(neo4j_server: Neo4jServer) -> None:
    with pytest.raises(StoreNotReady, match=r"nowhere.*create it, or name another"):
        Neo4jStore(neo4j_server.uri_with_password, database="nowhere")


# It is not prepared, or for another


@pytest.fixture
def schema(database: neo4j.Driver, neo4j_server: Neo4jServer) -> Iterator[Callable[[str], object]]:
    """Runs statements that spoil the schema, which is made whole again."""
    yield database.execute_query
    database.execute_query("MATCH (s:Schema) SET s.version = 1")
    Neo4jStore.init(neo4j_server.uri_with_password, dimension=DIMENSION, replace=True)


def test_a_database_without_schema_is_told(schema: Callable[[str], object], neo4j_server: Neo4jServer) -> None:
    schema("MATCH (s:Schema) DELETE s")
    with pytest.raises(StoreNotReady, match="`mem0g init` makes them"):
        Neo4jStore(neo4j_server.uri_with_password)


def test_a_schema_of_before_is_told(schema: Callable[[str], object], neo4j_server: Neo4jServer) -> None:
    schema("MATCH (s:Schema) SET s.version = 0")
    with pytest.raises(StoreNotReady, match="`mem0g init` makes them"):
        Neo4jStore(neo4j_server.uri_with_password)


@pytest.mark.parametrize("open_it", [Neo4jStore, Neo4jStore.init])
def test_a_schema_of_a_newer_mem0g_is_told(
    open_it: Callable[[str], object], schema: Callable[[str], object], neo4j_server: Neo4jServer
) -> None:
    schema("MATCH (s:Schema) SET s.version = 99")
    with pytest.raises(StoreTooNew, match="schema 99"):
        open_it(neo4j_server.uri_with_password)


def test_vectors_of_another_dimension_than_the_index_are_told(open_store: Callable[..., Neo4jStore], neo4j_server: Neo4jServer) -> None:
    store = open_store(exact_up_to=0)
    change = Change([episode()], vectors={"hello": unit(1, 0)}, embedding=EmbeddingModel("two", 2))
    with pytest.raises(EmbeddingMismatch, match=r"`mem0g init --dimension 2 --replace`"):
        store.commit(GRAPH, change)
    with pytest.raises(EmbeddingMismatch, match=r"`mem0g init --dimension 2 --replace`"):
        Neo4jStore.init(neo4j_server.uri_with_password, dimension=2)
    assert store.revision(GRAPH) == 0


def test_a_missing_vector_index_is_told(open_store: Callable[..., Neo4jStore], schema: Callable[[str], object]) -> None:
    store = open_store(exact_up_to=0)
    fill(store, GRAPH)
    schema("DROP INDEX fact_vectors")
    with pytest.raises(StoreNotReady, match="mem0g init"):
        store.nearest_facts(GRAPH, unit(1, 0, 0), FactFilter(), 5)
    with pytest.raises(StoreNotReady, match="mem0g init"):
        store.commit(GRAPH, Change(vectors={"hello": unit(0, 1, 0)}, embedding=MODEL))


def test_a_database_that_may_only_be_read_is_read_and_says_so_when_written(tmp_path: Path) -> None:
    with from_jars(tmp_path / "home") as process:
        uri = process.server.uri_with_password
        Neo4jStore.init(uri, dimension=DIMENSION)
        with memory_on(uri) as memory:
            memory.add_fact("Alice", "lives_in", "Lisbon", user_id="alice")
        process.stop()
        with (tmp_path / "home" / "conf" / "neo4j.conf").open("a") as configuration:
            configuration.write("server.databases.read_only=neo4j\n")
        process.start()
        with memory_on(uri) as memory:
            assert [fact.object for fact in memory.facts(user_id="alice")] == ["Lisbon"]
            assert [fact.object for fact in memory.search("Where does Alice live?", user_id="alice").facts] == ["Lisbon"]
            assert memory.export(tmp_path / "ledger.jsonl", user_id="alice")
            with pytest.raises(StoreReadOnly, match="read"):
                memory.add_fact("Alice", "lives_in", "Porto", user_id="alice")
            with pytest.raises(StoreReadOnly, match="read"):
                memory.load(tmp_path / "ledger.jsonl")
        with pytest.raises(StoreReadOnly, match="read"):
            Neo4jStore.init(uri, dimension=DIMENSION)
