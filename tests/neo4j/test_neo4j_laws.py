"""The laws of design.md §3 on a Neo4j server: each as for SQLite, with fewer examples; and the same answers as SQLite gives.

Where a law opens a second memory beside the first, that one is in SQLite: so what one store exports the other loads.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import test_memory_laws as laws
from laws.scenarios import SCENARIOS, Scenario
from laws.strategies import law
from laws.telling import NOW, OPEN, OWNER, Teller, Told, everything, memory_at, streams
from laws.test_scenarios import check, told
from neo4j_server import Neo4jServer

from mem0g import Memory
from mem0g.ports import GraphStore
from mem0g.stores.neo4j import Neo4jStore
from mem0g.stores.sqlite import SQLiteStore

EXAMPLES = 4
"""Of each law: a law costs about a second an example here. The comparison with SQLite below tries 25."""


@pytest.fixture(autouse=True)
def first_in_neo4j(empty: Callable[[], None], neo4j_server: Neo4jServer) -> Iterator[None]:
    """The first memory that is open at a time is in Neo4j, which holds nothing else; others are in SQLite."""
    open_now: list[Neo4jStore] = []

    class Only(Neo4jStore):
        def close(self) -> None:
            super().close()
            open_now[:] = [store for store in open_now if store is not self]

    def open_one(path: Path) -> GraphStore:
        if open_now:
            return SQLiteStore(path)
        empty()
        open_now.append(Only(neo4j_server.uri_with_password, exact_up_to=None))
        return open_now[0]

    token = OPEN.set(open_one)
    yield
    OPEN.reset(token)


def few(test: Callable[..., None]) -> Callable[..., None]:
    """The same law with few examples."""
    handle: Any = getattr(test, "hypothesis", None)
    return test if handle is None else law(EXAMPLES)(given(**handle._given_kwargs)(handle.inner_test))


LAWS = {name: few(test) for name, test in vars(laws).items() if name.startswith("test_")}


@pytest.mark.parametrize("name", LAWS)
def test_law(name: str) -> None:
    LAWS[name]()


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_scenario(scenario: Scenario) -> None:
    with told(scenario, scenario.steps) as memory:
        check(memory, scenario)


@law(25)
@given(stream=streams(), loaded=st.integers(0, 6))
def test_both_stores_say_the_same(stream: list[Told], loaded: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Some of what is said is loaded, the rest told one by one."""
    folder = tmp_path_factory.mktemp("both")
    with memory_at() as here, Memory(folder / "memory.db", clock=lambda: NOW) as there:
        teller = Teller(there).tell(stream[:loaded])
        if stream[:loaded]:
            there.export(folder / "some.jsonl", user_id=OWNER)
            here.load(folder / "some.jsonl")
        Teller(here, claims=dict(teller.claims), episodes=dict(teller.episodes)).tell(stream[loaded:])
        teller.tell(stream[loaded:])
        assert everything(here) == everything(there)
        for memory, name in ((here, "here"), (there, "there")):
            memory.export(folder / f"{name}.jsonl", user_id=OWNER)
        assert (folder / "here.jsonl").read_text() == (folder / "there.jsonl").read_text()
