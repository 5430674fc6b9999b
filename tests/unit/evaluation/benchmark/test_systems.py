"""What each system shows the model, and what it says."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import pytest
from small_locomo import scripted, small

from mem0g.errors import InvalidInput, MissingExtra
from mem0g.evaluation.benchmark.marking import NOTHING_SAID, gold, mark
from mem0g.evaluation.benchmark.systems import USUAL, Equipment, System, systems
from mem0g.evaluation.benchmark.telling import tokens, transcript
from mem0g.evaluation.locomo_data import Conversation, Question, read_conversations
from mem0g.ports import Embedder
from mem0g.prompts import extraction, summary
from mem0g.prompts.benchmark import ReadAnswer, answer_prompt, mark_prompt
from mem0g.testing import HashingEmbedder, ScriptedModel

ASKED = datetime(2025, 3, 11, tzinfo=UTC)
WHERE = "Where did Maya move?"


class Opened(Protocol):
    def __call__(self, name: str, embedder: Embedder | None = ...) -> System: ...


@pytest.fixture
def maya(tmp_path: Path) -> Conversation:
    return read_conversations(small(tmp_path))[0]


@pytest.fixture
def model() -> ScriptedModel:
    return ScriptedModel(scripted)


@pytest.fixture
def opened(tmp_path: Path, maya: Conversation, model: ScriptedModel) -> Iterator[Opened]:
    """Opens systems that have taken in the conversation; those of one name in one folder."""
    with ExitStack() as stack:

        def open_one(name: str, embedder: Embedder | None = None) -> System:
            folder = tmp_path / name
            folder.mkdir(exist_ok=True)
            system = stack.enter_context(systems([name])[name](Equipment(model, embedder, folder)))
            system.ingest(maya)
            return system

        yield open_one


def notes(model: ScriptedModel) -> str:
    """What the model was shown for its last answer."""
    asked = [request for request in model.requests if request.reply is ReadAnswer][-1]
    assert asked.instructions == answer_prompt().instructions
    head, _, question = asked.text.rpartition("\nQuestion: ")
    assert question == WHERE
    return head.removeprefix("Asked on 2025-03-11.\nNotes:\n")


def test_full_context_shows_everything(opened: Opened, model: ScriptedModel, maya: Conversation) -> None:
    answered = opened("full-context").answer(WHERE, ASKED)
    assert notes(model) == transcript(maya)
    assert (answered.text, answered.context_tokens, answered.search_seconds) == ("York", tokens(transcript(maya)), 0)


def test_no_memory_shows_nothing(opened: Opened, model: ScriptedModel) -> None:
    answered = opened("no-memory").answer(WHERE, ASKED)
    assert notes(model) == "(none)"
    assert (answered.text, answered.context_tokens) == ("not known", 0)


def test_rag_shows_the_two_passages_nearest_in_the_order_they_were_said(opened: Opened, model: ScriptedModel) -> None:
    answered = opened("rag-20", HashingEmbedder(256)).answer(WHERE, ASKED)
    dates = [line for line in notes(model).splitlines() if line.startswith("Said on")]
    assert "Maya: I moved to York last week." in notes(model)
    assert len(dates) == 2
    assert answered.text == "York"
    assert answered.context_tokens == tokens(notes(model))
    assert 0 < answered.search_seconds <= answered.total_seconds


def test_rag_needs_an_embedder(opened: Opened) -> None:
    with pytest.raises(MissingExtra, match="rag-512 compares meanings, and there is no embedder"):
        opened("rag-512")


@pytest.mark.parametrize("name", ["mem0g", "mem0"])
def test_a_memory_reads_each_session_once_and_shows_what_it_finds(name: str, opened: Opened, model: ScriptedModel) -> None:
    system = opened(name, HashingEmbedder())
    tasks = [request.instructions for request in model.requests]
    assert tasks == [extraction.prompt().instructions, summary.prompt().instructions] * 2
    answered = system.answer(WHERE, ASKED)
    assert answered.text == "York"
    assert notes(model).startswith("Facts:\n- ")
    assert "Maya, 2025-03-03 10:00Z: I moved to York last week." in notes(model)
    assert answered.context_tokens == tokens(notes(model))


def test_a_memory_that_is_opened_again_asks_nothing_for_what_it_read(opened: Opened, model: ScriptedModel) -> None:
    opened("mem0g")
    before = model.calls
    again = opened("mem0g")
    assert model.calls == before
    assert again.answer(WHERE, ASKED).text == "York"


def test_systems_are_named() -> None:
    assert tuple(systems()) == USUAL
    assert list(systems(["rag-64", "mem0"])) == ["rag-64", "mem0"]
    for wrong in ("rag-0", "rag-", "zep"):
        with pytest.raises(InvalidInput, match=f"there is no system '{wrong}'"):
            systems([wrong])


def test_judges_see_question_gold_and_answer_and_nothing_of_the_system(model: ScriptedModel) -> None:
    question = Question("What is new?", "pottery, a dog", (), 1)
    assert not mark(model, question, "a dog", "strict").correct
    assert mark(model, question, "a dog", "lenient").correct
    strict, lenient = model.requests
    assert (strict.instructions, lenient.instructions) == (mark_prompt("strict").instructions, mark_prompt("lenient").instructions)
    assert strict.text == lenient.text == '{"question": "What is new?", "gold answer": "pottery, a dog", "answer": "a dog"}'


def test_to_an_adversarial_question_the_right_answer_is_that_nothing_was_said(model: ScriptedModel) -> None:
    trap = Question("What is the name of Maya's cat?", "Pixel", (), 5)
    assert gold(trap) == NOTHING_SAID
    assert mark(model, trap, "not known", "strict").correct
    assert not mark(model, trap, "Pixel", "lenient").correct
