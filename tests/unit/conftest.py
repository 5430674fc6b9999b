"""A memory in a file of its own, whose clock stands still."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mem0g import Memory
from mem0g.stores.sqlite import SQLiteStore
from mem0g.testing import ManualClock, ScriptedAnswer, ScriptedExtractor

Scripted = Callable[[Mapping[str, ScriptedAnswer]], Memory]
"""Makes a memory whose extractor follows a script, in the one file of the test."""


@pytest.fixture
def clock() -> ManualClock:
    """It is 1 June 2026."""
    return ManualClock(datetime(2026, 6, 1, tzinfo=UTC))


@pytest.fixture
def memory(tmp_path: Path, clock: ManualClock) -> Iterator[Memory]:
    """One that nothing is extracted in."""
    with Memory(tmp_path / "memory.db", extractor=ScriptedExtractor({}), clock=clock) as memory:
        yield memory


@pytest.fixture
def scripted(tmp_path: Path, clock: ManualClock) -> Iterator[Scripted]:
    """Makes memories that follow a script; two of them are in one file."""
    with ExitStack() as stack:
        yield lambda answers: stack.enter_context(Memory(tmp_path / "memory.db", extractor=ScriptedExtractor(answers), clock=clock))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SQLiteStore]:
    """An empty one."""
    store = SQLiteStore(tmp_path / "store.db")
    yield store
    store.close()
