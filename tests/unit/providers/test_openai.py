"""A language model over real HTTP: every way an endpoint can answer, and what becomes of it. Then a memory that reads by one."""

import gzip
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from llm_server import (
    LLMServer,
    Step,
    answer,
    broken_json,
    cut_off,
    drip,
    error_with_status_200,
    failure,
    filtered,
    hang,
    no_choices,
    rate_limited,
    refusal,
    tool_call,
    truncated,
    web_page,
    without_json_schema,
    without_structured_output,
)
from pydantic import BaseModel

from mem0g import ExtractionError, InvalidInput, InvalidReply, Memory, MissingExtra, ModelError, ModelUnavailable
from mem0g.ingestion.llm_extraction import LLMExtractor
from mem0g.model import Stage
from mem0g.ports import FactFilter, LanguageModel, Usage
from mem0g.providers.openai import OpenAIModel, openai_client, strict_schema
from mem0g.stores.sqlite import SQLiteStore
from mem0g.testing import ManualClock


class Colour(BaseModel):
    """What the models are asked for here."""

    name: str
    shades: list[str] = []


BLUE = answer({"name": "blue", "shades": ["navy"]})
WRONG = answer({"title": "blue"})
WHAT_IS_WRONG = "That does not fit: name: Field required. Answer again, with the whole JSON and nothing else."


Served = Callable[..., tuple[LLMServer, OpenAIModel]]


@pytest.fixture
def served() -> Iterator[Served]:
    """Makes a server that follows a script, and a model behind it."""
    with ExitStack() as stack:

        def start(*script: Step, **settings: Any) -> tuple[LLMServer, OpenAIModel]:
            server = stack.enter_context(LLMServer(*script))
            model = OpenAIModel("scripted", base_url=server.url, **({"timeout": 20, "retries": 1} | settings))
            stack.callback(model.close)
            return server, model

        yield start


def ask(model: LanguageModel) -> Colour:
    return model.ask("Name a colour.", "of the sky", Colour)


def test_an_answer_is_a_value_of_the_type_asked_for(served: Served) -> None:
    server, model = served(BLUE)
    assert ask(model) == Colour(name="blue", shades=["navy"])
    (asked,) = server.requests
    assert asked.messages == ["Name a colour.", "of the sky"]
    assert asked.body["model"] == model.name == "scripted"
    assert asked.body["temperature"] == 0
    assert "stream" not in asked.body
    assert asked.body["response_format"]["json_schema"] == {"name": "Colour", "schema": strict_schema(Colour), "strict": True}


def test_what_it_cost_is_counted(served: Served) -> None:
    _, model = served(BLUE, WRONG, BLUE, failure(401))
    assert model.usage == Usage()
    ask(model)
    assert model.usage == Usage(calls=1, prompt_tokens=11, completion_tokens=7)
    ask(model)
    assert model.usage == Usage(calls=3, prompt_tokens=33, completion_tokens=21)
    with pytest.raises(ModelUnavailable):
        ask(model)
    assert model.usage.calls == 3


def test_it_may_be_asked_from_many_threads(served: Served) -> None:
    _, model = served(BLUE)
    with ThreadPoolExecutor(4) as threads:
        assert {colour.name for colour in threads.map(lambda _: ask(model), range(12))} == {"blue"}
    assert model.usage.calls == 12


def test_the_temperature_may_be_left_to_the_endpoint(served: Served) -> None:
    server, model = served(BLUE, temperature=None)
    ask(model)
    assert "temperature" not in server.requests[0].body


# Structured output


def test_json_mode_is_taken_where_schemas_are_refused_and_remembered(served: Served) -> None:
    server, model = served(without_json_schema(BLUE))
    assert ask(model) == ask(model)
    assert server.formats == ["json_schema", "json_object", "json_object"]
    instructions, text = server.requests[-1].messages
    assert instructions.startswith("Name a colour.\n")
    assert '"shades"' in instructions
    assert text == "of the sky"


def test_what_the_endpoint_refuses_for_another_reason_is_not_remembered(served: Served) -> None:
    server, model = served(without_structured_output(BLUE))
    with pytest.raises(ModelUnavailable, match="400"):
        ask(model)
    server.script(BLUE)
    ask(model)
    assert server.formats == ["json_schema", "json_object", "json_schema"]


@pytest.mark.parametrize("wrong", [answer("Blue, I think."), answer("{"), WRONG, answer({"name": "blue", "shades": "navy"})])
def test_an_answer_that_does_not_fit_is_asked_for_once_more(served: Served, wrong: Step) -> None:
    server, model = served(wrong, BLUE)
    assert ask(model).name == "blue"
    again = server.requests[1].messages
    assert again[:2] == ["Name a colour.", "of the sky"]
    assert "That does not fit" in again[3]


def test_it_is_told_what_does_not_fit(served: Served) -> None:
    server, model = served(WRONG, BLUE)
    ask(model)
    assert server.requests[1].messages[2:] == ['{"title": "blue"}', WHAT_IS_WRONG]


def test_a_second_answer_that_does_not_fit_is_the_last(served: Served) -> None:
    server, model = served(WRONG)
    with pytest.raises(InvalidReply, match="twice with what does not fit: name: Field required"):
        ask(model)
    assert len(server.requests) == 2


# What goes wrong


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (refusal("I will not."), "scripted refuses: I will not"),
        (truncated(), "ran out of tokens"),
        (filtered(), "content filter"),
        (no_choices(), "no choices"),
        (answer(""), "an empty answer"),
        (tool_call("remember", {}), "an empty answer"),
        (web_page(), "no chat completion: <html>"),
        (broken_json(), "no chat completion"),
    ],
)
def test_what_is_no_answer_is_an_invalid_reply(served: Served, step: Step, told: str) -> None:
    server, model = served(step)
    with pytest.raises(InvalidReply, match=told):
        ask(model)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("step", "told", "tries"),
    [
        (failure(500), "answered 500", 2),
        (failure(503), "answered 503", 2),
        (rate_limited(0.01), "answered 429", 2),
        (failure(401, "no such key"), "answered 401.*no such key", 1),
        (failure(404, "no such model"), "answered 404.*no such model", 1),
        (error_with_status_200("upstream is down"), "upstream is down", 1),
    ],
)
def test_an_endpoint_that_does_not_serve_is_unavailable(served: Served, step: Step, told: str, tries: int) -> None:
    server, model = served(step)
    with pytest.raises(ModelUnavailable, match=told):
        ask(model)
    assert len(server.requests) == tries


@pytest.mark.parametrize("step", [rate_limited(0.01), failure(500), failure(503)])
def test_a_passing_failure_is_tried_again(served: Served, step: Step) -> None:
    server, model = served(step, BLUE)
    assert ask(model).name == "blue"
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    "step", [hang(), drip(BLUE, 0.05), cut_off(BLUE, 20), cut_off(BLUE, 0)], ids=["hang", "drip", "cut off", "no body"]
)
def test_time_is_what_a_call_may_take_in_all(served: Served, step: Step) -> None:
    server, model = served(step, timeout=0.3, retries=2)
    with pytest.raises(ModelUnavailable, match="no answer in time"):
        ask(model)
    assert len(server.requests) == 1


def test_a_slow_answer_in_time_is_an_answer(served: Served) -> None:
    _, model = served(drip(BLUE, 0.0001))
    assert ask(model).name == "blue"


def test_a_compressed_answer_is_an_answer(served: Served) -> None:
    compressed = replace(BLUE, body=gzip.compress(BLUE.body), headers={**BLUE.headers, "content-encoding": "gzip"})
    _, model = served(compressed)
    assert ask(model).name == "blue"


def test_a_wait_longer_than_the_time_left_is_not_begun(served: Served) -> None:
    server, model = served(rate_limited(30), BLUE, timeout=5)
    with pytest.raises(ModelUnavailable, match="429"):
        ask(model)
    assert len(server.requests) == 1


def test_an_endpoint_that_is_not_there() -> None:
    with LLMServer() as server:
        url = server.url
    model = OpenAIModel(base_url=url, timeout=5, retries=0)
    with pytest.raises(ModelUnavailable, match="cannot be reached"):
        ask(model)
    model.close()


def test_a_model_works_again_after_each_failure(served: Served) -> None:
    _, model = served(refusal(), truncated(), failure(401), web_page(), BLUE)
    for _ in range(4):
        with pytest.raises(ModelError):
            ask(model)
    assert ask(model).name == "blue"


# Keys and addresses


def test_a_key_or_an_address_is_needed() -> None:
    with pytest.raises(InvalidInput, match="api_key= is missing"):
        openai_client()


def test_openai_itself_is_the_default_address() -> None:
    client = openai_client(api_key="sk-test")
    assert str(client.base_url) == "https://api.openai.com/v1/"
    client.close()


def test_the_environment_is_not_read(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-environment")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://192.0.2.1/v1")
    server, model = served(BLUE)
    ask(model)
    assert server.requests[0].headers["authorization"] == "Bearer none"


def test_a_key_is_sent(served: Served) -> None:
    server, model = served(BLUE, api_key="sk-test")
    ask(model)
    assert server.requests[0].headers["authorization"] == "Bearer sk-test"


def test_the_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openai", None)
    with pytest.raises(MissingExtra, match=r"mem0g\[openai\]"):
        openai_client(api_key="sk-test")


# A memory that reads by a model


PORTO = {
    "message": 1,
    "quote": "moved to Porto last week",
    "time_words": "last week",
    "subject": "I",
    "predicate": "lives_in",
    "object": "Porto",
}
READ = answer({"entities": [{"name": "Porto", "type": "place", "aliases": []}], "claims": [PORTO]})
SAID = "Hello! I moved to Porto last week."


class Reader:
    """A memory over a server, and the store behind both."""

    def __init__(self, folder: Path, server: LLMServer, model: OpenAIModel, clock: ManualClock) -> None:
        self.server = server
        self.extractor = LLMExtractor(model)
        self.store = SQLiteStore(folder / "read.db")
        self.memory = Memory(store=self.store, extractor=self.extractor, clock=clock)

    def stages(self) -> list[Stage]:
        return [entry.stage for entry in self.store.progress("user:alice")]


@pytest.fixture
def reader(tmp_path: Path, served: Served, clock: ManualClock) -> Iterator[Callable[..., Reader]]:
    with ExitStack() as stack:

        def start(*script: Step, **settings: Any) -> Reader:
            made = Reader(tmp_path, *served(*script, **settings), clock)
            stack.callback(made.memory.close)
            return made

        yield start


def test_what_is_added_becomes_facts_in_one_call(reader: Callable[..., Reader]) -> None:
    read = reader(READ)
    answer_to_it = {"role": "assistant", "content": "Lovely! You should visit Matosinhos."}
    added = read.memory.add([{"role": "user", "content": SAID}, answer_to_it], user_id="alice", occurred_at="2026-03-05")
    (fact,) = read.memory.facts(user_id="alice")
    assert (fact.subject, fact.predicate, fact.object, str(fact.valid_at)[:10]) == ("alice", "lives_in", "Porto", "2026-02-23")
    assert [found.id for found in added.facts] == [fact.id]
    assert len(read.server.requests) == 1
    assert read.memory.why(fact.id, user_id="alice").evidence[0].quote == "moved to Porto last week"
    assert {entry.extractor for entry in read.store.progress("user:alice")} == {"llm:scripted:extraction-3"}


FAILURES = {
    "refusal": refusal(), "truncation": truncated(), "no JSON": answer("Sure!"), "a wrong shape": answer({"claims": [{}]}),
    "no choices": no_choices(), "500": failure(500), "429": rate_limited(0.01), "401": failure(401), "hang": hang(),
    "drip": drip(READ, 0.05), "a web page": web_page(), "an empty tool call": tool_call("remember", ""),
}  # fmt: skip


@pytest.mark.parametrize("step", FAILURES.values(), ids=FAILURES)
def test_a_failed_reading_loses_nothing_and_a_retry_completes_it(reader: Callable[..., Reader], step: Step) -> None:
    read = reader(step, timeout=0.4)
    with pytest.raises(ExtractionError) as failed:
        read.memory.add(SAID, user_id="alice", occurred_at="2026-03-05")
    (kept,) = read.memory.episodes(user_id="alice")
    assert (failed.value.episode_ids, kept.content, read.stages()) == ((kept.id,), SAID, [Stage.FAILED])
    assert read.store.facts("user:alice", FactFilter()) == []
    later = reader(READ)
    later.memory.retry(user_id="alice")
    assert [fact.object for fact in later.memory.facts(user_id="alice")] == ["Porto"]
    assert later.stages() == [Stage.EXTRACTED]


def test_an_episode_that_was_read_is_not_read_again(reader: Callable[..., Reader]) -> None:
    read = reader(READ)
    for _ in range(2):
        read.memory.add(SAID, user_id="alice", occurred_at="2026-03-05")
    read.memory.retry(user_id="alice")
    assert len(read.server.requests) == 1
