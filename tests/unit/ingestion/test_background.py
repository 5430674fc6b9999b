"""Work beside the caller's: one graph after another, and nobody waits for it but `close`."""

import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from queue import Queue
from threading import Event, Thread, get_ident

import pytest

from mem0g.errors import ModelUnavailable
from mem0g.ingestion.background import Background

LONG = 60.0
"""Seconds that a test waits for what comes at once, before it fails."""

Open = Callable[[Callable[[str], bool]], Background]


@pytest.fixture
def background() -> Iterator[Open]:
    """Makes one for some work, and closes it."""
    with ExitStack() as stack:

        def open_one(work: Callable[[str], bool]) -> Background:
            made = Background(work, "counting")
            stack.callback(made.close)
            return made

        yield open_one


class Blocked:
    """Work that says when it has begun, and ends when it is told to.

    Attributes:
        begun: the graphs it has begun with, as they come.
        done: those it is through with.
    """

    def __init__(self) -> None:
        self.begun = Queue[str]()
        self.end = Event()
        self.done: list[str] = []

    def __call__(self, graph: str) -> bool:
        self.begun.put(graph)
        assert self.end.wait(LONG)
        self.done.append(graph)
        return False


def test_who_asks_does_not_wait(background: Open) -> None:
    work = Blocked()
    asked = background(work)
    asked.ask("a")
    assert work.begun.get(timeout=LONG) == "a"
    assert work.done == []
    work.end.set()


def test_it_is_done_in_one_thread_that_is_not_the_callers(background: Open) -> None:
    threads = Queue[int]()

    def work(graph: str) -> bool:
        threads.put(get_ident())
        return False

    asked = background(work)
    for graph in "abc":
        asked.ask(graph)
    found = {threads.get(timeout=LONG) for _ in "abc"}
    assert len(found) == 1
    assert get_ident() not in found


def test_one_that_waits_is_done_once_however_often_it_asks_and_one_that_has_begun_again(background: Open) -> None:
    work = Blocked()
    asked = background(work)
    asked.ask("a")
    work.begun.get(timeout=LONG)
    for graph in "bbabab":
        asked.ask(graph)
    work.end.set()
    assert [work.begun.get(timeout=LONG) for _ in "ba"] == ["b", "a"]
    asked.close()
    assert work.done == ["a", "b", "a"]


def test_more_of_it_is_done_after_the_others_had_their_turn(background: Open) -> None:
    left, done = {"a": 2, "b": 0}, Queue[str]()
    begun = Event()

    def work(graph: str) -> bool:
        assert begun.wait(LONG)
        done.put(graph)
        left[graph] -= 1
        return left[graph] >= 0

    asked = background(work)
    asked.ask("a")
    asked.ask("b")
    begun.set()
    assert [done.get(timeout=LONG) for _ in range(4)] == ["a", "b", "a", "a"]


@pytest.mark.parametrize("error", [ModelUnavailable("it is down"), ValueError("it is down"), AssertionError("it is down")], ids=type)
def test_what_it_raises_is_logged_and_the_next_is_done(background: Open, error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    done = Queue[str]()

    def work(graph: str) -> bool:
        if graph == "bad":
            raise error
        done.put(graph)
        return False

    asked = background(work)
    with caplog.at_level(logging.WARNING):
        for graph in ("bad", "good", "bad", "good"):
            asked.ask(graph)
            if graph == "good":
                assert done.get(timeout=LONG) == "good"
    assert [record.getMessage() for record in caplog.records] == ["counting of bad failed: it is down; the next add tries again"] * 2
    assert [bool(record.exc_info) for record in caplog.records] == [not isinstance(error, ModelUnavailable)] * 2


def test_close_waits_for_what_has_begun_and_begins_nothing_else(background: Open) -> None:
    work = Blocked()
    asked = background(work)
    asked.ask("a")
    work.begun.get(timeout=LONG)
    asked.ask("b")
    closing = Thread(target=asked.close)
    closing.start()
    while not asked.closed:
        pass
    assert work.done == []
    work.end.set()
    closing.join(LONG)
    asked.ask("c")
    asked.close()
    assert work.done == ["a"]
    assert work.begun.empty()


def test_close_has_what_was_asked_for_first_done_where_nothing_has_begun(background: Open) -> None:
    done: list[str] = []

    def work(graph: str) -> bool:
        done.append(graph)
        return True

    for _ in range(200):  # whether the thread or `close` comes first is a matter of chance
        done.clear()
        asked = background(work)
        asked.ask("a")
        asked.ask("b")
        asked.close()
        assert done[:1] == ["a"]


def test_what_goes_on_ends_with_close(background: Open) -> None:
    begun = Queue[str]()

    def work(graph: str) -> bool:
        begun.put(graph)
        return True

    asked = background(work)
    asked.ask("a")
    begun.get(timeout=LONG)
    asked.close()
    often = begun.qsize()
    asked.ask("a")
    asked.close()
    assert begun.qsize() == often


@pytest.mark.parametrize("goes_on", [True, False])
def test_a_program_that_ends_without_close_does_what_was_asked_for_and_ends(goes_on: bool) -> None:
    code = f"""
from mem0g.ingestion.background import Background

def work(graph):
    print(graph)
    return {goes_on}

asked = Background(work, "counting")
asked.ask("a")
asked.ask("b")
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=LONG)
    assert (set(ended.stdout.split()), ended.stderr) == ({"a", "b"}, "")
