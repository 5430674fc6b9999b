"""Answers by a language model: one call over what search finds, and what it cites is checked."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mem0g import BudgetExceeded, Memory, ModelUnavailable
from mem0g.prompts.answering import ReadAnswer
from mem0g.testing import ManualClock, ScriptedExtractor, ScriptedModel, ScriptedReply

U: dict[str, Any] = {"user_id": "alice"}


def answering(tmp_path: Path, clock: ManualClock, llm: ScriptedModel, max_calls: int | None = None) -> Memory:
    memory = Memory(tmp_path / "memory.db", llm=llm, extractor=ScriptedExtractor({}), clock=clock, max_calls=max_calls)
    memory.add_fact("Alice", "lives_in", "Oslo", **U, valid_at="2022-03", occurred_at="2022-04-01")
    memory.add_fact("Alice", "lives_in", "Lisbon", **U, valid_at="2024-05-03", occurred_at="2024-06-01")
    memory.add("I wanted the sea, so I left Oslo last week.", **U, occurred_at="2024-05-10")
    return memory


@pytest.fixture
def told(tmp_path: Path, clock: ManualClock) -> Iterator[Memory]:
    with answering(tmp_path, clock, ScriptedModel([reply("Because she wanted the sea.", 1, 3, 99)])) as memory:
        yield memory


def reply(answer: str, *cited: int, known: bool = True) -> ScriptedReply:
    return {"answer": answer, "cited": list(cited), "known": known}


def test_it_is_asked_once_with_what_search_finds_numbered(tmp_path: Path, clock: ManualClock) -> None:
    llm = ScriptedModel([reply("In Oslo, from March 2022 until 3 May 2024.", 1)])
    with answering(tmp_path, clock, llm) as memory:
        answer = memory.answer("Where did Alice live in 2023?", **U)
        assert (answer.text, answer.abstained) == ("In Oslo, from March 2022 until 3 May 2024.", False)
        [citation] = answer.citations
        assert citation.fact is not None
        assert (citation.fact.object, citation.quotes[0].words) == ("Oslo", "Alice lives in Oslo.")
        assert set(memory.usage()) == {"answer"}
        assert memory.usage()["answer"].calls == 1
    [request] = llm.requests
    assert (request.reply, request.tool) == (ReadAnswer, "answer_question")
    assert request.text.splitlines()[:6] == [
        "Question: Where did Alice live in 2023?",
        "Present: 2026-06-01",
        "Read as: as of: 2023-01-01 to 2024-01-01, everything known (from '2023')",
        "",
        "Facts:",
        "[1] Alice lives in Oslo. (2022-03-01 to 2024-05-03, ended)",
    ]
    numbered = request.text.partition("Messages:\n")[2].splitlines()
    assert "alice, 2022-04-01: Alice lives in Oslo." in {line.partition("] ")[2] for line in numbered}
    assert [line.partition(" ")[0] for line in numbered] == ["[2]", "[3]"]


def test_numbers_that_it_was_not_shown_are_left_out(told: Memory) -> None:
    answer = told.answer("Why did Alice leave Oslo?", **U)
    assert answer.text == "Because she wanted the sea."
    assert [citation.fact is None for citation in answer.citations] == [False, True] or len(answer.citations) == 1
    assert all(citation.quotes for citation in answer.citations)


@pytest.mark.parametrize(
    "said", [reply("In Rome.", 99), reply("In Rome."), reply("In Rome.", 1, known=False), reply(" ", 1), reply("", known=False)]
)
def test_what_it_does_not_know_or_cannot_show_is_not_known(tmp_path: Path, clock: ManualClock, said: ScriptedReply) -> None:
    with answering(tmp_path, clock, ScriptedModel([said])) as memory:
        answer = memory.answer("Where does Alice live?", **U)
        assert (answer.text, answer.abstained, answer.citations) == ("Not known.", True, ())


def test_where_nothing_is_found_it_is_not_asked(tmp_path: Path, clock: ManualClock) -> None:
    llm = ScriptedModel([])
    with answering(tmp_path, clock, llm) as memory:
        assert memory.answer("Where does Alice live?", user_id="bob").abstained
    assert llm.calls == 0


def test_its_failures_are_told_and_the_budget_holds(tmp_path: Path, clock: ManualClock) -> None:
    with answering(tmp_path, clock, ScriptedModel([ModelUnavailable("the server is away")])) as memory, pytest.raises(ModelUnavailable):
        memory.answer("Where does Alice live?", **U)
    with answering(tmp_path, clock, ScriptedModel([]), max_calls=0) as memory, pytest.raises(BudgetExceeded):
        memory.answer("Where does Alice live?", **U)


def test_a_memory_with_an_extractor_and_no_model_answers_from_facts(
    tmp_path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    with Memory(tmp_path / "memory.db", extractor=ScriptedExtractor({}), clock=clock) as memory:
        memory.add_fact("Alice", "lives_in", "Oslo", **U, occurred_at="2022-04-01")
        assert memory.answer("Where does Alice live?", **U).text == "Alice has lived in Oslo since 1 April 2022 at the latest."
        assert memory.usage() == {}


def test_what_is_forgotten_while_the_model_thinks_is_not_answered(tmp_path: Path, clock: ManualClock) -> None:
    class Forgetting(ScriptedModel):
        def ask(self, *arguments: Any, **others: Any) -> Any:
            said = super().ask(*arguments, **others)
            memory.forget(**U, everything=True)
            return said

    with answering(tmp_path, clock, Forgetting([reply("In Lisbon.", 1)])) as memory:
        answer = memory.answer("Where does Alice live?", **U)
    assert (answer.text, answer.abstained, answer.citations) == ("Not known.", True, ())


def test_only_words_of_the_asked_labels_are_quoted(tmp_path: Path, clock: ManualClock) -> None:
    with answering(tmp_path, clock, ScriptedModel([reply("In Rome.", 1)])) as memory:
        for run in ("r1", "r2"):
            memory.add_fact("Alice", "visited", "Rome", **U, event=True, run_id=run, occurred_at="2024-06-02", text=f"To Rome, says {run}.")
        [citation] = memory.answer("Where was Alice?", **U, run_id="r1").citations
    assert [quote.words for quote in citation.quotes] == ["To Rome, says r1."]
    assert citation.fact is not None
    assert len(citation.fact.episode_ids) == 1
