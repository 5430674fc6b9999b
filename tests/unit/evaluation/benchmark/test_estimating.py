"""What a run will cost is known before, as far as it can be."""

from pathlib import Path

import numpy as np
import pytest
from small_locomo import scripted, small

from mem0g.evaluation.benchmark.estimating import Cost, RehearsalEmbedder, estimate
from mem0g.evaluation.benchmark.journal import Found
from mem0g.evaluation.benchmark.running import Plan, run
from mem0g.evaluation.benchmark.systems import systems
from mem0g.evaluation.benchmark.telling import tokens, transcript
from mem0g.evaluation.locomo_data import Conversation, read_conversations
from mem0g.ports import Usage
from mem0g.prompts.benchmark import answer_prompt
from mem0g.testing import HashingEmbedder, ScriptedModel, check_embedder


@pytest.fixture
def conversations(tmp_path: Path) -> list[Conversation]:
    return read_conversations(small(tmp_path))


def calls(cost: Cost) -> tuple[int, int, int]:
    return cost.ingesting.calls, cost.answering.calls, cost.judging.calls


def test_calls_are_those_that_the_run_makes(tmp_path: Path, conversations: list[Conversation]) -> None:
    plan = Plan(conversations, systems(["mem0g", "mem0", "full-context", "rag-20", "no-memory"]), runs=3)
    before = estimate(plan, Found())
    assert calls(before["no-memory"]) == (0, 18, 36)
    assert calls(before["mem0g"]) == (6, 18, 36)  # a message chunk and a summary for each of three sessions
    model = ScriptedModel(scripted)
    found = run(plan, model, HashingEmbedder(), tmp_path / "out")
    assert model.calls == sum(cost.total.calls for cost in before.values())
    assert estimate(plan, found) == dict.fromkeys(plan.systems, Cost())


def test_tokens_of_full_context_are_those_of_the_whole(conversations: list[Conversation]) -> None:
    maya = conversations[0]
    full = estimate(Plan([maya], systems(["full-context"])), Found())["full-context"]
    shown = full.answering.prompt_tokens / 5 - tokens(transcript(maya)) - tokens(answer_prompt().instructions)
    assert 10 <= shown <= 25  # the day, the headings and the question
    assert full.ingesting == Usage()


def test_what_is_done_is_not_estimated_again(tmp_path: Path, conversations: list[Conversation]) -> None:
    once = Plan(conversations, systems(["mem0g"]))
    found = run(once, ScriptedModel(scripted), None, tmp_path / "out")
    assert calls(estimate(Plan(conversations, systems(["mem0g"]), runs=2), found)["mem0g"]) == (0, 6, 12)


def test_nothing_is_left_behind(tmp_path: Path, conversations: list[Conversation]) -> None:
    before = sorted(tmp_path.rglob("*"))
    estimate(Plan(conversations, systems(["mem0g"])), Found())
    assert sorted(tmp_path.rglob("*")) == before


def test_the_embedder_of_a_rehearsal_is_one() -> None:
    check_embedder(RehearsalEmbedder())
    one, other = RehearsalEmbedder().embed(["one", "other"])
    assert abs(float(np.dot(one, other))) < 0.7
