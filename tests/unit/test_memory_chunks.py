"""A session, or a long text, is read in chunks: one call each."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from llm_server import LLMServer, Reply, answer

from mem0g import Memory
from mem0g.errors import ExtractionError, InvalidReply, ModelUnavailable
from mem0g.ingestion.llm_extraction import LLMExtractor
from mem0g.model import Operation, Stage
from mem0g.period import TICK
from mem0g.prompts.extraction import LOOK_AGAIN
from mem0g.prompts.update import ReadUpdate
from mem0g.providers.openai import OpenAIModel
from mem0g.testing import ManualClock, ModelRequest, ScriptedModel, ScriptedReply

from .samples import day, objects

U: dict[str, Any] = {"user_id": "alice"}
READ: dict[str, dict[str, Any]] = {
    "I live in Oslo.": {"predicate": "lives_in", "object": "Oslo"},
    "I moved to Bergen.": {"predicate": "lives_in", "object": "Bergen"},
    "I meant Porto, not Oslo.": {"predicate": "lives_in", "object": "Porto", "correction": True, "replaces": "Oslo"},
    "I don't live in Oslo any more.": {"predicate": "lives_in", "object": "Oslo", "negated": True},
    "I play tennis.": {"predicate": "plays", "object": "tennis"},
    "I switched to padel.": {"predicate": "plays", "object": "padel"},
    "I like tea.": {"predicate": "likes", "object": "tea"},
}
"""What the model reads in a sentence."""


def messages(text: str) -> list[dict[str, Any]]:
    """The new messages of a request."""
    lines = text.splitlines()
    return [json.loads(line) for line in lines[lines.index("NEW messages:") + 1 :]]


def claims(text: str) -> dict[str, Any]:
    """What the model answers to a request: a claim for each sentence that it knows."""
    found = [
        {"message": message["message"], "quote": sentence, "subject": "I", **READ[sentence]}
        for message in messages(text)
        for sentence in READ
        if sentence in message["text"]
    ]
    return {"claims": found}


def reading(request: ModelRequest) -> ScriptedReply:
    """Reads, and says of what is in doubt that the later takes the place of the earlier."""
    if request.reply is ReadUpdate:
        return {"decisions": [{"candidate": "c1", "fact": 1, "operation": "UPDATE", "reason": "it took its place"}]}
    return claims(request.text)


def session(*texts: str) -> list[dict[str, str]]:
    """The user says these, and the assistant says "Fine." to each."""
    return [message for text in texts for message in ({"role": "user", "content": text}, {"role": "assistant", "content": "Fine."})]


Open = Callable[[ScriptedModel, int], Memory]


@pytest.fixture
def reading_with(tmp_path: Path, clock: ManualClock) -> Iterator[Open]:
    """Makes memories of one file, that a model reads for and judges, so many characters at once."""
    with ExitStack() as stack:

        def start(llm: ScriptedModel, size: int = 4_000) -> Memory:
            memory = Memory(tmp_path / "memory.db", llm=llm, extractor=LLMExtractor(llm, size), clock=clock)
            return stack.enter_context(memory)

        yield start


def stages(memory: Memory) -> Mapping[str, Stage]:
    entries = {entry.episode_id: entry.stage for entry in memory._store.progress("user:alice")}
    return {episode.content: entries[episode.id] for episode in memory.episodes(**U)}


# A session


def test_a_session_is_read_in_one_call(reading_with: Open) -> None:
    llm = ScriptedModel(reading)
    memory = reading_with(llm, 4_000)
    added = memory.add(session("I live in Oslo.", "I like tea.", "I play tennis."), **U, occurred_at=day(0))
    assert llm.calls == 1
    assert [message["message"] for message in messages(llm.requests[0].text)] == [1, 2, 3, 4, 5, 6]
    assert sorted(objects(memory.facts(**U))) == ["Oslo", "tea", "tennis"]
    assert len(added.claim_ids) == 3
    assert set(stages(memory).values()) == {Stage.EXTRACTED}


def test_what_is_said_later_in_a_chunk_ends_what_was_said_earlier_in_it(reading_with: Open) -> None:
    memory = reading_with(ScriptedModel(reading), 4_000)
    added = memory.add(session("I live in Oslo.", "I moved to Bergen."), **U, occurred_at=day(0))
    assert objects(memory.facts(**U)) == ["Bergen"]
    moved = day(0) + 2 * TICK
    history = [(fact.object, fact.valid_at, fact.invalid_at) for fact in memory.timeline("Alice", **U) if fact.expired_at is None]
    assert history == [("Oslo", day(0), moved), ("Bergen", moved, None)]
    assert [decision.operation for decision in added.decisions] == [Operation.UPDATE]


def test_it_comes_to_the_same_as_one_message_after_another(reading_with: Open, tmp_path: Path, clock: ManualClock) -> None:
    texts = ("I live in Oslo.", "I play tennis.", "I moved to Bergen.", "I switched to padel.", "I like tea.", "I meant Porto, not Oslo.")
    memory = reading_with(ScriptedModel(reading), 4_000)
    memory.add(session(*texts), **U, occurred_at=day(0))
    llm = ScriptedModel(reading)
    with Memory(tmp_path / "other.db", llm=llm, extractor=LLMExtractor(llm, 30), clock=clock) as other:
        other.add(session(*texts), **U, occurred_at=day(0))
        assert llm.calls > 6
        assert other.timeline("Alice", **U) == memory.timeline("Alice", **U)


def test_a_correction_takes_back_what_was_said_in_the_same_chunk(reading_with: Open) -> None:
    memory = reading_with(ScriptedModel(reading), 4_000)
    memory.add(session("I live in Oslo.", "I meant Porto, not Oslo."), **U, occurred_at=day(0))
    [porto] = memory.facts(**U, as_of="2026")
    assert (porto.object, porto.valid_at) == ("Porto", day(0))


def test_a_denial_ends_what_was_said_in_the_same_chunk(reading_with: Open) -> None:
    memory = reading_with(ScriptedModel(reading), 4_000)
    memory.add(session("I live in Oslo.", "I don't live in Oslo any more."), **U, occurred_at=day(0))
    assert memory.facts(**U) == []


def test_what_a_chunk_leaves_in_doubt_is_judged_in_one_more_call(reading_with: Open) -> None:
    llm = ScriptedModel(reading)
    memory = reading_with(llm, 4_000)
    memory.add(session("I play tennis.", "I switched to padel."), **U, occurred_at=day(0))
    assert llm.calls == 2
    assert objects(memory.facts(**U)) == ["padel"]


def test_a_pair_is_one_call_as_before(reading_with: Open) -> None:
    llm = ScriptedModel(reading)
    memory = reading_with(llm, 4_000)
    for number, text in enumerate(("I live in Oslo.", "I like tea.")):
        memory.add(session(text), **U, occurred_at=day(number))
    assert llm.calls == 2
    assert "Known names: " in llm.requests[1].text
    assert "Known predicates: lives_in" in llm.requests[1].text.splitlines()


def test_a_chunk_that_fails_is_stored_and_read_again_exchange_by_exchange(reading_with: Open) -> None:
    texts = ("I live in Oslo.", "I like tea.", "I play tennis.")

    def chokes(request: ModelRequest) -> ScriptedReply:
        return InvalidReply("a refusal") if "I like tea." in request.text.split("NEW messages:")[1] else reading(request)

    memory = reading_with(ScriptedModel(chokes), 4_000)
    with pytest.raises(ExtractionError, match="a refusal; 6 of 6 episodes"):
        memory.add(session(*texts), **U, occurred_at=day(0))
    assert memory.facts(**U) == []
    with pytest.raises(ExtractionError, match="a refusal; 2 of 6 episodes"):
        memory.retry(**U)
    assert sorted(objects(memory.facts(**U))) == ["Oslo", "tennis"]
    reading_with(ScriptedModel(reading), 4_000).retry(**U)
    assert sorted(objects(memory.facts(**U))) == ["Oslo", "tea", "tennis"]


# A long text

PARTS: Sequence[str] = ("I live in Oslo. It is dark.\n\n", "I like tea. And so on.\n\n", "I moved to Bergen. The end.")
TEXT = "".join(PARTS)


def test_a_long_text_is_read_in_one_call_a_part(reading_with: Open) -> None:
    llm = ScriptedModel(reading)
    memory = reading_with(llm, 30)
    memory.add(TEXT, **U, occurred_at=day(0))
    assert [messages(request.text)[0]["text"] for request in llm.requests] == list(PARTS)
    assert sorted(objects(memory.facts(**U))) == ["Bergen", "tea"]
    [episode] = memory.episodes(**U)
    assert episode.content == TEXT
    [tea] = [fact for fact in memory.facts(**U) if fact.object == "tea"]
    assert memory.why(tea.id, **U).evidence[0].quote == "I like tea"


def test_a_part_that_fails_leaves_all_of_the_text_pending(reading_with: Open) -> None:
    failing = ScriptedModel(lambda request: ModelUnavailable("too slow") if "The end." in request.text else reading(request))
    memory = reading_with(failing, 30)
    with pytest.raises(ExtractionError, match="too slow; 1 of 1"):
        memory.add(TEXT, **U, occurred_at=day(0))
    assert failing.calls == 3
    assert memory.facts(**U) == []
    assert stages(memory) == {TEXT: Stage.FAILED}
    reading_with(ScriptedModel(reading), 30).retry(**U)
    assert sorted(objects(memory.facts(**U))) == ["Bergen", "tea"]


def test_every_part_may_be_looked_at_again(reading_with: Open) -> None:
    llm = ScriptedModel(lambda request: reading(request) if request.instructions.endswith(LOOK_AGAIN) else {"claims": []})
    memory = reading_with(llm, 30)
    memory.add("I live in Oslo. It is dark.\n\nI moved to Bergen. The end.\n\nI went from Porto to Rome.", **U, occurred_at=day(0))
    assert llm.calls == 6
    assert objects(memory.facts(**U)) == ["Bergen"]


# Over HTTP


def test_an_endpoint_that_drops_what_it_found_is_asked_once_more(tmp_path: Path, clock: ManualClock) -> None:
    def serve(body: Mapping[str, Any]) -> Reply:
        system, user = body["messages"]
        return answer(claims(user["content"]) if LOOK_AGAIN in system["content"] else {"claims": []})

    with LLMServer(serve) as server:
        llm = OpenAIModel("llama", base_url=server.url)
        with Memory(tmp_path / "memory.db", llm=llm, clock=clock) as memory:
            memory.add(session("I live in Oslo.", "I like tea."), **U, occurred_at=day(0))
            assert sorted(objects(memory.facts(**U))) == ["Oslo", "tea"]
            assert memory.usage()["extraction"].calls == 2
        assert len(server.requests) == 2


def test_where_the_configured_model_cannot_be_had_everything_is_kept_and_pending(tmp_path: Path) -> None:
    code = """
import sys
sys.modules["openai"] = None
from mem0g import Memory
from mem0g.errors import ExtractionError
with Memory(sys.argv[1]) as memory:
    memory.add({"role": "system", "content": "Be kind."}, user_id="alice")
    try:
        memory.add("I live in Oslo.", user_id="alice")
    except ExtractionError as error:
        print(error, len(memory.episodes(user_id="alice")))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "memory.db")],
        env={**os.environ, "OPENAI_API_KEY": "key"}, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert "mem0g[openai]" in done.stdout
    assert "1 of 1 episodes are stored and pending: retry reads them 2\n" in done.stdout
