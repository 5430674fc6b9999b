"""`AsyncMemory`: the same methods as `Memory`, as coroutines, in a running event loop."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from mem0g import AsyncMemory, Memory
from mem0g.errors import ExtractionError, MissingGraph, NotFound, StoreUnavailable
from mem0g.testing import ManualClock, ScriptedExtractor

from .samples import day, draft, objects

U: dict[str, Any] = {"user_id": "alice"}
SCRIPT = {"I live in Lisbon.": [draft("Lisbon")], "I moved to Porto.": [draft("Porto")], "broken": ExtractionError("overloaded")}


def public_methods(of: type) -> dict[str, Callable[..., Any]]:
    return {name: method for name, method in inspect.getmembers(of, callable) if not name.startswith("_")}


def test_it_has_the_methods_of_memory_and_no_others() -> None:
    assert public_methods(AsyncMemory).keys() == public_methods(Memory).keys()


@pytest.mark.parametrize("name", sorted(public_methods(Memory)))
def test_each_is_a_coroutine_of_the_same_parameters_and_says_the_same_of_itself(name: str) -> None:
    method, coroutine = public_methods(Memory)[name], public_methods(AsyncMemory)[name]
    assert inspect.iscoroutinefunction(coroutine)
    assert inspect.signature(coroutine) == inspect.signature(method)
    assert inspect.getdoc(coroutine) == inspect.getdoc(method)


def test_it_is_made_like_a_memory() -> None:
    assert inspect.signature(AsyncMemory.__init__) == inspect.signature(Memory.__init__)


async def story(call: Callable[..., Awaitable[Any]], folder: Path) -> list[Any]:
    """One of everything, and what it answered; ids and paths are the same on both sides."""
    told = [
        await call("add", "I live in Lisbon.", **U, occurred_at=day(0), episode_id="e"),
        await call("add", [{"content": "I moved to Porto."}], **U, occurred_at=day(5)),
        await call("add_fact", "Alice", "likes", "tea", **U, occurred_at=day(6)),
        await call("retry", **U),
    ]
    porto = told[1].created[0].id
    return [
        *told,
        await call("facts", **U),
        await call("facts", **U, as_of=day(1), known_at=day(2)),
        await call("timeline", "Alice", **U),
        await call("diff", "2026", "2027", **U),
        await call("why", porto, **U),
        await call("search", "Where does Alice live?", **U),
        await call("episodes", **U),
        await call("graphs"),
        sorted((await call("graph", **U)).edges(keys=True)),
        await call("export", folder / "ledger.jsonl", **U),
        await call("retract", porto, **U, reason="no", occurred_at=day(9)),
        await call("forget", **U, episode_id="e"),
        await call("load", folder / "ledger.jsonl"),
        await call("facts", **U),
    ]


def test_it_answers_what_memory_answers(tmp_path: Path, clock: ManualClock) -> None:
    async def of_async() -> list[Any]:
        async with AsyncMemory(tmp_path / "async.db", extractor=ScriptedExtractor(SCRIPT), clock=clock) as memory:
            return await story(lambda name, *args, **kwargs: getattr(memory, name)(*args, **kwargs), tmp_path)

    async def of_sync() -> list[Any]:
        with Memory(tmp_path / "sync.db", extractor=ScriptedExtractor(SCRIPT), clock=clock) as memory:

            async def call(name: str, *args: Any, **kwargs: Any) -> Any:
                return getattr(memory, name)(*args, **kwargs)

            return await story(call, tmp_path)

    assert asyncio.run(of_async()) == asyncio.run(of_sync())


def test_it_raises_what_memory_raises(tmp_path: Path, clock: ManualClock) -> None:
    async def check() -> None:
        memory = AsyncMemory(tmp_path / "memory.db", extractor=ScriptedExtractor(SCRIPT), clock=clock)
        with pytest.raises(MissingGraph):
            await memory.facts()
        with pytest.raises(NotFound):
            await memory.why("nothing", **U)
        with pytest.raises(ExtractionError) as raised:
            await memory.add("broken", **U, episode_id="e")
        assert raised.value.episode_ids == ("e",)
        await memory.close()
        with pytest.raises(StoreUnavailable):
            await memory.facts(**U)

    asyncio.run(check())


def test_the_loop_runs_on_while_a_method_works(tmp_path: Path, clock: ManualClock) -> None:
    """The extractor waits for what only the running loop can do."""

    async def check() -> list[str]:
        loop, asked, answered = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()

        class Waiting(ScriptedExtractor):
            def extract(self, request: Any) -> Any:
                loop.call_soon_threadsafe(asked.set)
                asyncio.run_coroutine_threadsafe(answered.wait(), loop).result(30)
                return super().extract(request)

        async with AsyncMemory(tmp_path / "memory.db", extractor=Waiting(SCRIPT), clock=clock) as memory:
            adding = asyncio.create_task(memory.add("I live in Lisbon.", **U))
            await asked.wait()
            assert [episode.content for episode in await memory.episodes(**U)] == ["I live in Lisbon."]
            assert await memory.facts(**U) == []
            answered.set()
            return objects(list((await adding).created))

    assert asyncio.run(check()) == ["Lisbon"]


def test_many_calls_at_once_leave_what_one_after_another_leaves(tmp_path: Path, clock: ManualClock) -> None:
    async def check() -> None:
        async with AsyncMemory(tmp_path / "memory.db", clock=clock) as memory:
            await asyncio.gather(
                *(memory.add_fact("Alice", "likes", f"dish {number}", **U, occurred_at=day(0)) for number in range(10)),
                *(memory.add_fact("Alice", "lives_in", f"city {number}", **U, occurred_at=day(number)) for number in range(5)),
                *(memory.add_fact("Alice", "likes", "tea", **U, occurred_at=day(1)) for _ in range(5)),
            )
            facts = await memory.facts(**U)
        assert sorted(objects(facts)) == sorted([*(f"dish {number}" for number in range(10)), "city 4", "tea"])
        assert all(len(fact.episode_ids) == 1 for fact in facts)

    asyncio.run(check())
