"""Threads and processes at one file, and the end of a store."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mem0g.errors import StoreUnavailable
from mem0g.ports import Change
from mem0g.stores.contract.samples import GRAPH, claim, episode, fill, ids, one_of_each
from mem0g.stores.sqlite import SQLiteStore

from .files import HOLD_LOCK, Program, names_in, opened, told_by


def test_a_writer_waits_for_another_process(path: Path) -> None:
    with opened(path) as store, Program(HOLD_LOCK, path) as other, ThreadPoolExecutor(1) as pool:
        assert other.line() == "locked"
        revision = pool.submit(store.commit, GRAPH, Change([episode()]))
        assert store.episodes(GRAPH) == []
        other.finish()
        assert revision.result() == 1


def test_a_writer_gives_up_after_its_timeout(path: Path) -> None:
    with opened(path, timeout=0.05) as store, Program(HOLD_LOCK, path) as other:
        assert other.line() == "locked"
        with pytest.raises(StoreUnavailable, match="locked"):
            store.commit(GRAPH, Change([episode()]))
        other.finish()
        assert store.commit(GRAPH, Change([episode()])) == 1


def test_a_writer_of_the_same_store_gives_up_after_its_timeout(path: Path) -> None:
    with opened(path, timeout=0.05) as store, Program(HOLD_LOCK, path) as other:
        assert other.line() == "locked"
        with ThreadPoolExecutor(4) as pool:
            writes = [pool.submit(store.commit, GRAPH, Change([episode()])) for _ in range(4)]
        assert {type(write.exception()) for write in writes} == {StoreUnavailable}
        other.finish()


def test_processes_lose_no_write(path: Path) -> None:
    code = """
        store = SQLiteStore(path)
        for turn in range(20):
            while store.commit(GRAPH, Change([episode(f"{sys.argv[2]}{turn:02}")]), store.revision(GRAPH)) is None:
                pass
        store.close()
    """
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(told_by, [code, code], [path, path], ["a", "b"]))
    with opened(path) as store:
        assert store.revision(GRAPH) == 40
        assert ids(store.records(GRAPH)) == [f"{name}{turn:02}" for name in "ab" for turn in range(20)]


def test_what_was_acknowledged_outlives_a_killed_process(path: Path) -> None:
    code = """
        store = SQLiteStore(path)
        for number in range(100_000):
            store.commit(GRAPH, Change([episode(f"e{number:06}"), claim(f"c{number:06}")]))
            print(number, flush=True)
    """
    with Program(code, path) as writer:
        acknowledged = [writer.line() for _ in range(25)]
    with opened(path) as store:
        kept = ids(store.episodes(GRAPH))
        assert len(kept) >= len(acknowledged)
        assert kept == [f"e{number:06}" for number in range(len(kept))]
        assert ids(store.claims_of(GRAPH, ["e"])) == [f"c{number:06}" for number in range(len(kept))]
        assert store.revision(GRAPH) == len(kept)


def test_threads_that_open_one_new_file_all_get_it(path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: commit_once(path, f"e{number}"), range(8)))
    with opened(path) as store:
        assert ids(store.records(GRAPH)) == [f"e{number}" for number in range(8)]


def test_threads_lose_no_write(path: Path) -> None:
    with opened(path) as store, ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: commit_in_turn(store, f"e{number:03}"), range(80)))
        assert store.revision(GRAPH) == 80
        assert len(store.episodes(GRAPH)) == 80


def test_records_are_of_one_moment(path: Path) -> None:
    with opened(path) as store:
        fill(store, GRAPH)
        records = store.records(GRAPH)
        first = next(records)
        store.commit(GRAPH, Change([episode("late"), claim("late")], erased=["r"]))
        assert [first, *records] == one_of_each()
        assert len(list(store.records(GRAPH))) == len(one_of_each()) + 1


def test_a_thread_may_read_and_write_while_it_reads_the_ledger(path: Path) -> None:
    with opened(path) as store:
        fill(store, GRAPH)
        for record in store.records(GRAPH):
            store.commit(GRAPH, Change([episode(f"copy of {record.id}")]))
        assert len(store.episodes(GRAPH)) == 2 + len({one.id for one in one_of_each()})


def test_a_forked_process_must_open_the_store_itself(path: Path) -> None:
    code = """
        store = SQLiteStore(path)
        store.commit(GRAPH, Change([episode()]))
        if os.fork() == 0:
            try:
                store.episodes(GRAPH)
            except StoreUnavailable as error:
                print("open it again" in str(error), flush=True)
            store.close()
            os._exit(0)
        os.wait()
        print(len(store.episodes(GRAPH)))
        store.close()
    """
    assert told_by(code, path) == "True\n1"


def test_closing_waits_for_the_calls_under_way(path: Path) -> None:
    """A thousand calls from many threads: each is answered, or told that the store is closed."""
    store = SQLiteStore(path)
    fill(store, GRAPH)
    with ThreadPoolExecutor(64) as pool:
        calls = [pool.submit(answer, store, number) for number in range(1000)]
        store.close()
        left = names_in(path.parent)
        answers = [call.result() for call in calls]
    assert left == [path.name]
    assert set(answers) <= {"answered", "closed"}


def test_threads_that_close_at_once_all_return(path: Path) -> None:
    store = SQLiteStore(path)
    fill(store, GRAPH)
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda _: store.close(), range(64)))
    assert names_in(path.parent) == [path.name]


def test_a_read_that_was_left_off_holds_nothing_up(path: Path) -> None:
    store = SQLiteStore(path)
    fill(store, GRAPH)
    records = store.records(GRAPH)
    next(records)
    store.close()
    with pytest.raises(StoreUnavailable, match="closed"):
        next(records)
    assert names_in(path.parent) == [path.name]


def commit_once(path: Path, id: str) -> None:
    with opened(path) as store:
        store.commit(GRAPH, Change([episode(id)]))


def commit_in_turn(store: SQLiteStore, id: str) -> None:
    while store.commit(GRAPH, Change([episode(id)]), expected=store.revision(GRAPH)) is None:
        pass


def answer(store: SQLiteStore, number: int) -> str:
    try:
        if number % 10:
            assert len(store.claims_by_id(GRAPH, ["c", "d"])) == 2
        else:
            store.commit(GRAPH, Change([episode(f"e{number}")]))
    except StoreUnavailable:
        return "closed"
    return "answered"
