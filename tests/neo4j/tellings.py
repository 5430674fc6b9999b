"""What the tests of races and faults tell a memory, and what must come of it: what a memory in SQLite makes of the same, told in order."""

import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import neo4j

from mem0g import Memory
from mem0g.ingestion.episodes import Message
from mem0g.model import ClaimDraft, Judgement, Mention
from mem0g.ports import GraphStore
from mem0g.stores.contract.samples import EVERY_VERSION, whole
from mem0g.stores.queries import statement
from mem0g.stores.sqlite import SQLiteStore
from mem0g.testing import ScriptedExtractor

NOW = datetime(2026, 6, 1, tzinfo=UTC)
START = datetime(2026, 1, 1, tzinfo=UTC)

Telling = Callable[[Memory], object]


def clock() -> datetime:
    """It stands still: what is recorded when does not depend on who comes first."""
    return NOW


def fact(user: str, number: int, subject: str, predicate: str, object: str) -> Telling:
    """That Alice's memory is told a fact, as the episode of this number: told again it is the same episode."""
    at = START + timedelta(hours=number)
    return lambda memory: memory.add_fact(subject, predicate, object, user_id=user, occurred_at=at, episode_id=f"fact {number}")


def moved(user: str, number: int) -> Telling:
    """That Alice moved to another city: all of these are rivals."""
    return fact(user, number, "Alice", "lives_in", f"City {number}")


def message(user: str, number: int, content: str) -> Telling:
    """That a memory is told something in words, which its extractor reads."""
    given: Message = {"role": "user", "name": "Carl", "content": content, "id": f"message {number}"}
    return lambda memory: memory.add([given], user_id=user, occurred_at=START + timedelta(hours=number, minutes=30))


def extractor(writers: int) -> ScriptedExtractor:
    """Reads "n speaks of Zoe": everybody meets the same new person, under the same two names."""
    zoe = Mention("Zoe", "person", aliases=("Zo",))
    return ScriptedExtractor(
        {f"{n} speaks of Zoe": [ClaimDraft(zoe, "met", Mention(f"Guest {n}", "person"), f"Zoe met guest {n}")] for n in range(writers)}
    )


def in_sqlite(path: Path, tellings: Iterable[Telling], writers: int = 0) -> SQLiteStore:
    """What a memory in SQLite keeps of these, told one after another."""
    memory = Memory(store=SQLiteStore(path), clock=clock, extractor=extractor(writers))
    for tell in tellings:
        tell(memory)
    memory.close()
    return SQLiteStore(path)


def rebuilt(memory: Memory, user: str, folder: Path) -> SQLiteStore:
    """What SQLite makes of the ledger that the memory exports."""
    memory.export(folder / "exported.jsonl", user_id=user)
    with Memory(folder / "rebuilt.db", clock=clock) as there:
        there.load(folder / "exported.jsonl")
    return SQLiteStore(folder / "rebuilt.db")


def facts(store: GraphStore, user: str) -> Sequence[Any]:
    """Every version of everything, with its words and its support."""
    return sorted(whole(store.facts(f"user:{user}", EVERY_VERSION)), key=repr)


def said(store: GraphStore, user: str) -> Sequence[Any]:
    """The ledger, and how far it was read. Which earlier claim a judgement names depends on which were there."""
    graph = f"user:{user}"
    return [*(one for one in store.records(graph) if not isinstance(one, Judgement)), *store.progress(graph)]


@contextmanager
def held(driver: neo4j.Driver, graph: str) -> Iterator[neo4j.Transaction]:
    """The lock that writers of a graph take, held by another, who writes nothing unless the transaction is committed."""
    with driver.session() as session, session.begin_transaction() as transaction:
        transaction.run(statement("write/lock_graph").text, graph=graph).consume()
        yield transaction
        if not transaction.closed():
            transaction.rollback()


def at_once(works: Iterable[Callable[[], object]]) -> None:
    """Do all of these at once, each in a thread; the first error of any is raised."""
    errors: list[BaseException] = []

    def guarded(work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - raised below
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def main(uri: str, user: str, *numbers: str) -> None:
    """Tell a memory moves of Alice's, in a process of its own."""
    with Memory(uri, clock=clock) as memory:
        for number in map(int, numbers):
            moved(user, number)(memory)


if __name__ == "__main__":
    main(*sys.argv[1:])
