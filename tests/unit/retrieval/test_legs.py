"""Reads at once: the same answers, the same errors."""

from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from mem0g import Memory
from mem0g.errors import StoreError
from mem0g.retrieval.legs import legs
from mem0g.stores.sqlite import SQLiteStore
from mem0g.testing import HashingEmbedder, ManualClock
from unit.doubles import Remote
from unit.samples import day

U: dict[str, Any] = {"user_id": "alice"}


def failing() -> str:
    raise StoreError("gone")


def test_answers_are_had_in_the_order_they_are_asked_for() -> None:
    for at_once in (False, True):
        with legs(at_once=at_once) as start:
            one, other = start(lambda: 1), start(lambda: "two")
            assert (other(), one()) == ("two", 1)


def test_reads_of_a_server_run_at_once() -> None:
    meeting = Barrier(2, timeout=30)
    with legs(at_once=True) as start:
        one, other = start(meeting.wait), start(meeting.wait)
        assert {one(), other()} == {0, 1}


def test_others_run_where_they_are_asked_for() -> None:
    ran = []
    with legs(at_once=False) as start:
        one, other = start(lambda: ran.append("one")), start(lambda: ran.append("other"))
        other()
        one()
    assert ran == ["other", "one"]


@pytest.mark.parametrize("at_once", [False, True])
def test_what_a_read_raises_is_raised(at_once: bool) -> None:
    with pytest.raises(StoreError, match="gone"), legs(at_once=at_once) as start:
        start(failing)()


def test_all_reads_have_ended_after_an_error() -> None:
    answered: list[str] = []
    meeting = Barrier(2, timeout=30)

    def slow() -> None:
        meeting.wait()
        answered.append("slow")

    def fail() -> None:
        meeting.wait()
        failing()

    with pytest.raises(StoreError), legs(at_once=True) as start:  # noqa: PT012  # both are started before either fails
        start(slow)
        start(fail)()
    assert answered == ["slow"]


@pytest.mark.parametrize("question", ["Where does Alice live?", "What does Bob like?", "Who likes sushi in Lisbon?", "nothing there is"])
def test_a_search_at_once_finds_what_one_after_another_finds(tmp_path: Path, question: str) -> None:
    clock, embedder = ManualClock(day(150)), HashingEmbedder()
    with Memory(tmp_path / "memory.db", embedder=embedder, clock=clock) as memory:
        for said, (subject, predicate, object) in enumerate(
            [("Alice", "lives_in", "Lisbon"), ("Bob", "likes", "sushi"), ("Bob", "lives_in", "Lisbon"), ("Alice", "knows", "Bob")], 1
        ):
            memory.add_fact(subject, predicate, object, **U, occurred_at=f"2026-01-{said:02}")
        with Memory(store=Remote(SQLiteStore(tmp_path / "memory.db")), embedder=embedder, clock=clock) as remote:
            assert remote.search(question, **U) == memory.search(question, **U)


def test_a_search_at_once_raises_what_a_read_raises(tmp_path: Path) -> None:
    store = SQLiteStore(tmp_path / "memory.db")
    with Memory(store=Remote(store), clock=ManualClock(day(150))) as memory:
        memory.add_fact("Alice", "likes", "sushi", **U)
        store.close()
        with pytest.raises(StoreError, match="closed"):
            memory.search("What does Alice like?", **U)
