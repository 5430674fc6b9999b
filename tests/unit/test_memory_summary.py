"""`Memory.summary`: made in the background, never waited for, and never of what was forgotten."""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from queue import Queue
from threading import Event, Thread
from typing import Any

import pytest

from mem0g import Memory
from mem0g.errors import ExtractionError, InvalidInput, MissingGraph, ModelUnavailable, StoreUnavailable
from mem0g.prompts.summary import ReadSummary
from mem0g.stores.sqlite import SQLiteStore
from mem0g.testing import ManualClock, ModelRequest, ScriptedExtractor, ScriptedModel, ScriptedReply

from .samples import day

U: dict[str, Any] = {"user_id": "alice"}
LONG = 60.0
"""Seconds that a test waits for what comes at once, before it fails."""

Open = Callable[..., Memory]


@pytest.fixture
def opened(tmp_path: Path, clock: ManualClock) -> Iterator[Open]:
    """Opens memories on the one file of the test; `llm=` summarises, and what is said holds no claims."""
    with ExitStack() as stack:

        def open_one(llm: Any = None, extractor: Any = None, every: int | None = 2) -> Memory:
            reads = extractor or ScriptedExtractor({})
            return stack.enter_context(Memory(tmp_path / "memory.db", extractor=reads, llm=llm, clock=clock, summary_every=every))

        yield open_one


def tell(memory: Memory, *numbers: int, user: str = "alice") -> None:
    """Add a message for each number, said on that day."""
    for number in numbers:
        memory.add(f"word {number}", user_id=user, occurred_at=day(number))


def shown(request: ModelRequest) -> list[str]:
    """The messages that a request shows."""
    lines = (json.loads(line) for line in request.text.splitlines() if line.startswith("{"))
    return [line["text"] for line in lines]


def saying(*numbers: int) -> list[str]:
    return [f"word {number}" for number in numbers]


def text_of(memory: Memory, user: str = "alice") -> str | None:
    found = memory.summary(user_id=user)
    return found and found.text


class BlockedModel(ScriptedModel):
    """A model that says when it is asked, and answers when it is told to.

    Attributes:
        asked: the messages of each request, as they come.
        answer: answers come once this is set.
    """

    def __init__(self, *answers: ScriptedReply) -> None:
        left = iter(answers)
        self.asked = Queue[list[str]]()
        self.answer = Event()

        def reply(request: ModelRequest) -> ScriptedReply:
            self.asked.put(shown(request))
            assert self.answer.wait(LONG)
            return next(left)

        super().__init__(reply)

    def next_asked(self) -> list[str]:
        return self.asked.get(timeout=LONG)


def said(text: str) -> dict[str, object]:
    return {"text": text}


# In the background


def test_add_returns_before_the_summary_is_there(opened: Open) -> None:
    llm = BlockedModel(said("Two words."))
    memory = opened(llm)
    tell(memory, 0, 1)
    assert llm.next_asked() == saying(0, 1)
    assert memory.summary(**U) is None
    assert memory.add("word 2", **U, occurred_at=day(2)).episode_ids
    llm.answer.set()
    memory.close()
    again = opened()
    found = again.summary(**U)
    assert found is not None
    assert (found.text, found.through, found.episodes) == ("Two words.", day(1), 2)
    assert (found.decider, found.recorded_at) == ("llm:scripted-model:summary-1", again._now())


def test_none_is_made_before_there_are_enough_messages(opened: Open) -> None:
    llm = ScriptedModel([])
    memory = opened(llm, every=20)
    tell(memory, *range(19))
    memory.close()
    assert llm.calls == 0


def test_after_a_restart_it_goes_on_where_it_was(opened: Open) -> None:
    first = opened(ScriptedModel([]), every=20)
    tell(first, 0, 1, 2)
    first.close()
    llm = BlockedModel(said("Four words."))
    llm.answer.set()
    second = opened(llm)
    tell(second, 3)
    assert llm.next_asked() == saying(0, 1, 2, 3)
    second.close()
    third = BlockedModel(said("Six words."))
    third.answer.set()
    memory = opened(third)
    tell(memory, 4, 5)
    assert third.next_asked() == saying(4, 5)
    memory.close()
    assert text_of(opened()) == "Six words."


@pytest.mark.parametrize("error", [ModelUnavailable("it is down"), ValueError("it is down")], ids=type)
def test_a_refresh_that_fails_is_logged_and_tried_again_after_the_next_add(
    opened: Open, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    llm = BlockedModel(error, said("Three words."))
    llm.answer.set()
    memory = opened(llm)
    with caplog.at_level(logging.WARNING):
        tell(memory, 0, 1)
        assert llm.next_asked() == saying(0, 1)
        tell(memory, 2)
        assert llm.next_asked() == saying(0, 1, 2)
        memory.close()
    [record] = caplog.records
    assert record.getMessage() == "refreshing the summary of user:alice failed: it is down; the next add tries again"
    assert text_of(opened()) == "Three words."


def test_what_is_forgotten_meanwhile_is_in_no_summary(opened: Open) -> None:
    llm = BlockedModel(said("Two words, one of them secret."), said("One word and another."))
    memory = opened(llm)
    tell(memory, 0, 1)
    llm.next_asked()
    [first, _] = memory.episodes(**U)
    memory.forget(**U, episode_id=first.id)
    llm.answer.set()
    tell(memory, 2)
    assert llm.next_asked() == saying(1, 2)
    memory.close()
    assert text_of(opened()) == "One word and another."


def test_close_waits_for_the_summary_that_is_being_made_and_begins_no_other(opened: Open) -> None:
    llm = BlockedModel(said("Two words."))
    memory = opened(llm)
    tell(memory, 0, 1)
    llm.next_asked()
    tell(memory, 2, 3)
    tell(memory, 0, 1, user="bob")
    closing = Thread(target=memory.close)
    closing.start()
    while not memory._background.closed:
        pass
    llm.answer.set()
    closing.join(LONG)
    memory.close()
    again = opened()
    assert (text_of(again), text_of(again, "bob"), llm.calls) == ("Two words.", None, 1)
    with pytest.raises(StoreUnavailable):
        memory.summary(**U)


def test_two_graphs_have_a_summary_each(opened: Open) -> None:
    llm = BlockedModel(said("Of Alice."), said("Of Bob."))
    memory = opened(llm)
    tell(memory, 0, 1)
    llm.next_asked()
    tell(memory, 10, 11, user="bob")
    llm.answer.set()
    assert llm.next_asked() == saying(10, 11)
    memory.close()
    again = opened()
    assert (text_of(again), text_of(again, "bob")) == ("Of Alice.", "Of Bob.")


def test_a_long_conversation_is_caught_up_with(opened: Open) -> None:
    llm = BlockedModel(said("Half of it."), said("All of it."))
    memory = opened(llm, every=10)
    memory.add([{"role": "user", "content": f"word {number}"} for number in range(60)], **U, occurred_at=day(0))
    llm.answer.set()
    assert [len(llm.next_asked()) for _ in range(2)] == [40, 20]
    memory.close()
    assert text_of(opened()) == "All of it."


def test_what_could_not_be_read_keeps_no_summary_back(opened: Open) -> None:
    llm = BlockedModel(said("Two words."))
    llm.answer.set()
    memory = opened(llm, ScriptedExtractor({"word 1": None}))
    tell(memory, 0)
    with pytest.raises(ExtractionError, match="pending"):
        memory.add([{"content": "word 1"}, {"content": "word 2"}], **U, occurred_at=day(1))
    assert llm.next_asked() == saying(0, 2)


def test_without_a_model_or_where_it_is_switched_off_there_is_none(opened: Open) -> None:
    tell(opened(), 0, 1)
    llm = ScriptedModel([])
    memory = opened(llm, every=None)
    tell(memory, 2, 3)
    memory.close()
    assert llm.calls == 0
    assert opened().summary(**U) is None


@pytest.mark.parametrize("every", [0, -1, 1.5, "2", True])
def test_after_how_many_messages_is_a_whole_number(opened: Open, tmp_path: Path, every: Any) -> None:
    with pytest.raises(InvalidInput, match=r"summary_every=.* cannot be used"):
        opened(every=every)
    assert list(tmp_path.iterdir()) == []


# Now


def test_it_is_made_now_on_request(opened: Open) -> None:
    llm = ScriptedModel([said(f"{number}") for number in range(9)])
    memory = opened(llm, every=None)
    assert memory.summarise(**U) is None
    tell(memory, *range(50))
    found = memory.summarise(**U)
    assert found is not None
    assert (found.text, found.episodes, found) == ("1", 50, memory.summary(**U))
    assert memory.summarise(**U) == found
    assert llm.calls == 2


def test_its_errors_are_raised(opened: Open) -> None:
    memory = opened(ScriptedModel([ModelUnavailable("it is down")]), every=None)
    tell(memory, 0)
    with pytest.raises(ModelUnavailable, match="it is down"):
        memory.summarise(**U)
    with pytest.raises(InvalidInput, match="no language model"):
        opened().summarise(**U)
    for method in (memory.summary, memory.summarise):
        with pytest.raises(MissingGraph):
            method()


# What it is for, and how it goes


def test_the_extractor_is_shown_it_with_what_was_said_after_it(opened: Open) -> None:
    extractor = ScriptedExtractor({})
    memory = opened(ScriptedModel([said("Three words.")]), extractor, every=None)
    tell(memory, 0, 2, 4)
    memory.summarise(**U)
    tell(memory, 5, 3)
    assert [request.summary for request in extractor.requests] == ["", "", "", "Three words.", ""]


def test_it_is_made_of_what_a_language_model_read(tmp_path: Path, clock: ManualClock) -> None:
    llm = ScriptedModel(lambda request: said("A word.") if request.reply is ReadSummary else {"claims": []})
    with Memory(tmp_path / "memory.db", llm=llm, clock=clock, summary_every=None) as memory:
        tell(memory, 0)
        assert memory.summarise(**U) is not None


@pytest.mark.parametrize("what", [{"everything": True}, {"episode_id": "e"}, {"entity": "Bob"}], ids=str)
def test_it_goes_with_whatever_is_forgotten(opened: Open, tmp_path: Path, what: dict[str, Any]) -> None:
    memory = opened(ScriptedModel([said("Alice dates Xylocarp.")]), every=None)
    memory.add("I met him.", **U, occurred_at=day(0), episode_id="e")
    memory.add_fact("Bob", "likes", "tea", **U, occurred_at=day(1))
    memory.summarise(**U)
    memory.retract(memory.facts(**U)[0].id, **U, reason="wrong")
    assert memory.forget(**U, **what, dry_run=True).dry_run
    assert text_of(memory) == "Alice dates Xylocarp."
    memory.forget(**U, **what)
    assert memory.summary(**U) is None
    memory.close()
    assert not any(b"Xylocarp" in path.read_bytes() for path in tmp_path.iterdir())


def test_it_is_not_exported(opened: Open, tmp_path: Path) -> None:
    memory = opened(ScriptedModel([said("Alice dates Xylocarp.")]), every=None)
    tell(memory, 0)
    memory.summarise(**U)
    memory.export(tmp_path / "ledger.jsonl", **U)
    assert "Xylocarp" not in (tmp_path / "ledger.jsonl").read_text(encoding="utf-8")
    store = SQLiteStore(tmp_path / "other.db")
    with Memory(store=store, extractor=ScriptedExtractor({})) as other:
        other.load(tmp_path / "ledger.jsonl")
        assert other.summary(**U) is None
