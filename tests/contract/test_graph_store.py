"""The contract of every store, one test for each promise."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from mem0g.ports import GraphStore
from mem0g.stores.sqlite import SQLiteStore
from mem0g.testing import GRAPH_STORE_CHECKS, GraphStoreCheck, check_graph_store


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[GraphStore]:
    store = SQLiteStore(tmp_path / "memory.db")
    yield store
    store.close()


@pytest.mark.parametrize("check", GRAPH_STORE_CHECKS, ids=lambda check: check.__name__)
def test_sqlite_keeps_the_contract(check: GraphStoreCheck, sqlite_store: GraphStore) -> None:
    check(sqlite_store)


def test_all_checks_run_in_turn(tmp_path: Path) -> None:
    numbers = count()
    check_graph_store(lambda: SQLiteStore(tmp_path / f"{next(numbers)}.db"))
    assert next(numbers) == len(GRAPH_STORE_CHECKS)
