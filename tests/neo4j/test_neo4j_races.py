"""Many writers and readers at once, on a Neo4j server: what they leave is what one writer alone would."""

import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from pathlib import Path

import neo4j
import tellings
from neo4j_server import Neo4jServer
from tellings import Telling, at_once, clock, extractor, fact, facts, held, in_sqlite, message, moved, rebuilt, said

from mem0g import Memory
from mem0g.errors import NotFound
from mem0g.model import Claim, Episode
from mem0g.ports import Change
from mem0g.stores.contract.samples import GRAPH, claim, episode
from mem0g.stores.neo4j import Neo4jStore
from mem0g.stores.neo4j_server import Limits

WRITERS = 16


def told_by(writer: int, user: str) -> list[Telling]:
    """What everybody says, what only this one says and what contradicts it, and a person that nobody knew."""
    return [
        fact(user, 0, "Alice", "likes", "tea"),
        moved(user, 100 + writer),
        message(user, writer, f"{writer} speaks of Zoe"),
    ]


def tell(memory: Memory, told: Iterable[Telling]) -> None:
    for one in told:
        one(memory)


def test_sixteen_writers_leave_what_one_leaves(database: neo4j.Driver, neo4j_server: Neo4jServer, tmp_path: Path) -> None:
    with ExitStack() as stack:
        memories = [
            stack.enter_context(Memory(neo4j_server.uri_with_password, clock=clock, extractor=extractor(WRITERS))) for _ in range(WRITERS)
        ]
        at_once(lambda memory=memory, n=n: tell(memory, told_by(n, "sixteen")) for n, memory in enumerate(memories))
        alone = in_sqlite(tmp_path / "alone.db", [one for n in range(WRITERS) for one in told_by(n, "sixteen")], WRITERS)
        store = memories[0]._store
        assert facts(store, "sixteen") == facts(alone, "sixteen")
        assert said(store, "sixteen") == said(alone, "sixteen")
        assert facts(rebuilt(memories[0], "sixteen", tmp_path), "sixteen") == facts(store, "sixteen")
        assert twice(database) == []


def twice(driver: neo4j.Driver) -> list[object]:
    """What stands twice in the database, by what it is: no constraint is asked."""
    nodes = "MATCH (n) WHERE NOT n:Schema AND NOT n:Tests WITH labels(n) AS what, properties(n) AS held"
    keys = "[held.graph, held.key, held.id, held.name, held.entity, held.alias]"
    found = driver.execute_query(f"{nodes} WITH what, {keys} AS key, count(*) AS times WHERE times > 1 RETURN what, key").records
    edges = driver.execute_query("MATCH ()-[f]->() WITH type(f) AS what, startNode(f) AS a, endNode(f) AS b, f.id AS id, count(*) AS times "
                                 "WHERE times > 1 RETURN what, id").records  # fmt: skip
    return [*found, *edges]


def test_writers_of_several_processes_leave_what_one_leaves(store: Neo4jStore, neo4j_server: Neo4jServer, tmp_path: Path) -> None:
    told = [range(start, 12, 3) for start in range(3)]
    command = [sys.executable, tellings.__file__, neo4j_server.uri_with_password, "processes"]
    writers = [subprocess.Popen([*command, *map(str, numbers)]) for numbers in told]
    assert [writer.wait(120) for writer in writers] == [0, 0, 0]
    alone = in_sqlite(tmp_path / "alone.db", [moved("processes", number) for number in range(12)])
    assert facts(store, "processes") == facts(alone, "processes")
    assert said(store, "processes") == said(alone, "processes")


def test_writers_of_two_graphs_do_not_wait_for_each_other(database: neo4j.Driver, neo4j_server: Neo4jServer) -> None:
    with Memory(store=Neo4jStore(neo4j_server.uri_with_password, limits=Limits(query_timeout=20)), clock=clock) as memory:
        moved("waiting", 1)(memory)
        before = facts(memory._store, "waiting")
        with held(database, "user:waiting"):
            moved("free", 2)(memory)
            assert len(facts(memory._store, "free")) == 1
        assert facts(memory._store, "waiting") == before


def test_a_settled_revision_waits_for_a_change_under_way(database: neo4j.Driver, store: Neo4jStore) -> None:
    """Else a writer could read the new revision and not yet all that it counts: a plan made of half would be let through."""
    store.commit(GRAPH, Change([episode()]))
    found: list[int] = []
    asking = threading.Thread(target=lambda: found.append(store.revision(GRAPH, settled=True)))
    with held(database, GRAPH) as transaction:
        asking.start()
        while asking.is_alive() and not waiting(database):
            time.sleep(0.01)
        transaction.run("MATCH (g:Graph {key: $graph}) SET g.revision = 7", graph=GRAPH).consume()
        transaction.commit()
    asking.join()
    assert found == [7]


def waiting(driver: neo4j.Driver) -> bool:
    return any(row["status"].startswith("Blocked") for row in driver.execute_query("SHOW TRANSACTIONS YIELD status RETURN status").records)


def test_a_settled_revision_makes_no_graph(store: Neo4jStore, database: neo4j.Driver) -> None:
    assert store.revision("user:nobody", settled=True) == 0
    assert database.execute_query("MATCH (g:Graph) RETURN count(g) AS graphs").records[0]["graphs"] == 0


def during(writing: Callable[[], object], reading: Callable[[], object]) -> None:
    """Read again and again for as long as something is written."""
    done = threading.Event()

    def write() -> None:
        try:
            writing()
        finally:
            done.set()

    def read() -> None:
        while not done.is_set():
            reading()

    at_once([write, read, read])


def test_a_ledger_is_read_whole(store: Neo4jStore) -> None:
    def write() -> None:
        for turn in range(12):
            store.commit(GRAPH, Change([*(episode(f"{turn}-{n}") for n in range(40)), *(claim(f"{turn}-{n}") for n in range(40))]))

    seen: set[tuple[int, int]] = set()

    def read() -> None:
        kinds = Counter(type(record) for record in store.records(GRAPH))
        seen.add((kinds[Episode], kinds[Claim]))

    during(write, read)
    read()
    assert seen <= {(40 * turns, 40 * turns) for turns in range(13)}
    assert (480, 480) in seen


def test_nobody_trips_over_what_is_said_and_forgotten_meanwhile(store: Neo4jStore, tmp_path: Path) -> None:
    with Memory(store=store, clock=clock) as memory:
        moved("forgetful", 0)(memory)

        def write() -> None:
            for number in range(1, 7):
                moved("forgetful", number)(memory)
                memory.forget(user_id="forgetful", episode_id=f"fact {number}")

        def read() -> None:
            memory.facts(user_id="forgetful")
            memory.search("Where does Alice live?", user_id="forgetful")
            for told in memory.timeline("Alice", user_id="forgetful"):
                with suppress(NotFound):  # it was forgotten since
                    memory.why(told.id, user_id="forgetful")
            memory.export(tmp_path / f"{threading.get_ident()}.jsonl", user_id="forgetful")

        during(write, read)
        assert facts(store, "forgetful") == facts(in_sqlite(tmp_path / "alone.db", [moved("forgetful", 0)]), "forgetful")
