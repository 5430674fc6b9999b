"""What models are asked is counted by step, and held to a budget that loses nothing."""

from pathlib import Path
from typing import Any

import pytest

from mem0g import BudgetExceeded, ExtractionError, InvalidInput, Memory
from mem0g.model import Stage
from mem0g.ports import Usage
from mem0g.spending import Allowance, Spending
from mem0g.stores.sqlite import SQLiteStore
from mem0g.testing import HashingEmbedder, ManualClock, ModelRequest, ScriptedModel

from .samples import day, objects

U: dict[str, Any] = {"user_id": "alice"}
TEA, COFFEE = "I like tea.", "I like coffee."


def reader(request: ModelRequest) -> dict[str, Any]:
    said = next(text for text in (TEA, COFFEE) if text in request.text.splitlines()[-1])
    object = said.removesuffix(".").split()[-1]
    return {"claims": [{"message": 1, "quote": said, "subject": "I", "predicate": "likes", "object": object}]}


def test_each_step_is_counted_by_itself() -> None:
    spending = Spending()
    spending.on("extraction").end(Usage(1, 10, 5, 0.5))
    spending.on("extraction").end(Usage(1, 20, 5, 0.25))
    spending.on("update").end(Usage(1, 7, 3, 0.1))
    assert spending.usage() == {"extraction": Usage(2, 30, 10), "update": Usage(1, 7, 3)}
    assert spending.usage()["extraction"].seconds == 0.75


def test_a_budget_holds_all_steps_together() -> None:
    spending = Spending(most=2)
    spending.on("extraction").begin()
    spending.on("update").begin()
    with pytest.raises(BudgetExceeded, match="max_calls=2 is spent"):
        spending.on("extraction").begin()


def test_an_allowance_is_shared_by_the_steps_of_one_path_alone() -> None:
    spending, path = Spending(), Allowance(1)
    extraction, update, elsewhere = spending.on("extraction", path), spending.on("update", path), spending.on("update", Allowance(1))
    assert update.allows
    extraction.begin()
    assert not update.allows
    assert elsewhere.allows
    with pytest.raises(ExtractionError, match="as often as one add may"):
        update.begin()


def test_a_memory_says_what_it_asked_of_its_models(tmp_path: Path, clock: ManualClock) -> None:
    with Memory(tmp_path / "memory.db", llm=ScriptedModel(reader), embedder=HashingEmbedder(), clock=clock) as memory:
        assert memory.usage() == {}
        memory.add(TEA, **U)
        memory.add(COFFEE, **U)
        usage = memory.usage()
    assert list(usage) == ["extraction", "embedding"]
    assert usage["extraction"].calls == usage["embedding"].calls == 2
    assert usage["extraction"].prompt_tokens > usage["extraction"].completion_tokens > 0
    assert usage["embedding"].prompt_tokens == 0


def test_a_spent_budget_loses_nothing(tmp_path: Path, clock: ManualClock) -> None:
    path = tmp_path / "memory.db"
    with Memory(path, llm=ScriptedModel(reader), max_calls=1, clock=clock) as memory:
        with pytest.raises(BudgetExceeded, match=r"max_calls=1 is spent.*1 of 2 episodes") as raised:
            memory.add([{"content": TEA, "occurred_at": day(0)}, {"content": COFFEE, "occurred_at": day(1)}], **U)
        assert objects(memory.facts(**U)) == ["tea"]
        [pending] = [episode for episode in memory.episodes(**U) if episode.content == COFFEE]
        assert raised.value.episode_ids == (pending.id,)
    with Memory(path, llm=ScriptedModel(reader), max_calls=1, clock=clock) as memory:
        memory.retry(**U)
        assert objects(memory.facts(**U)) == ["tea", "coffee"]


def test_a_budget_of_none_reads_nothing_and_keeps_all(tmp_path: Path, clock: ManualClock) -> None:
    store = SQLiteStore(tmp_path / "memory.db")
    with Memory(store=store, llm=ScriptedModel(reader), max_calls=0, clock=clock) as memory:
        with pytest.raises(BudgetExceeded):
            memory.add(TEA, **U)
        [progress] = store.progress("user:alice")
        assert (progress.stage, progress.error) == (Stage.PENDING, "")


@pytest.mark.parametrize("count", [-1, 1.5, True, "3"])
def test_a_budget_that_is_no_count_is_refused(tmp_path: Path, count: Any) -> None:
    with pytest.raises(InvalidInput, match="max_calls="):
        Memory(tmp_path / "memory.db", max_calls=count)
