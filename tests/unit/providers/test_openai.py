"""A language model over real HTTP: every way an endpoint can answer, and what becomes of it. Then a memory that reads by one."""

import gzip
import json
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path
from threading import Barrier
from time import monotonic
from typing import Any

import pytest
from llm_server import (
    Body,
    LLMServer,
    Reply,
    Step,
    answer,
    broken_json,
    completion,
    cut_off,
    drip,
    error_with_status_200,
    failure,
    filtered,
    hang,
    ignoring,
    no_choices,
    obliging,
    rate_limited,
    refusal,
    refusing,
    tool_call,
    truncated,
    web_page,
)
from pydantic import BaseModel, field_validator

from mem0g import BudgetExceeded, InvalidInput, InvalidReply, Memory, MissingExtra, ModelError, ModelUnavailable
from mem0g.ingestion.llm_extraction import LLMExtractor
from mem0g.model import Stage
from mem0g.ports import LanguageModel, Usage
from mem0g.providers.chat import strict_schema
from mem0g.providers.openai import OpenAIModel, openai_client
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


# The ways to ask


PROSE = answer("Blue, I think.")
COLOUR = {"name": "blue", "shades": ["navy"]}
ALL = ("json_schema", "tool", "json_object")


def call(model: LanguageModel) -> Colour:
    return model.ask("Name a colour.", "of the sky", Colour, tool="paint")


def test_a_tool_is_called_where_one_is_named(served: Served) -> None:
    server, model = served(obliging(COLOUR))
    assert call(model) == Colour(name="blue", shades=["navy"])
    (asked,) = server.requests
    assert asked.messages == ["Name a colour.", "of the sky"]
    function = {"name": "paint", "parameters": strict_schema(Colour), "strict": True}
    assert asked.body["tools"] == [{"type": "function", "function": function}]
    assert asked.body["tool_choice"] == {"type": "function", "function": {"name": "paint"}}
    assert "response_format" not in asked.body


def test_in_json_mode_the_schema_is_told_in_words(served: Served) -> None:
    server, model = served(refusing("json_schema", "tool", otherwise=BLUE))
    assert ask(model).name == "blue"
    instructions, text = server.requests[-1].messages
    assert instructions.startswith("Name a colour.\n")
    assert '"shades"' in instructions
    assert text == "of the sky"


@pytest.mark.parametrize("status", [400, 422])
@pytest.mark.parametrize(
    ("asking", "refused", "asked"),
    [
        (ask, ["json_schema"], ["json_schema", "tool", "tool"]),
        (ask, ["json_schema", "tool"], ["json_schema", "tool", "json_object", "json_object"]),
        (call, ["tool"], ["tool", "json_schema", "json_schema"]),
        (call, ["json_schema", "tool"], ["tool", "json_schema", "json_object", "json_object"]),
    ],
)
def test_what_the_endpoint_refuses_is_not_tried_again(
    served: Served, asking: Callable[[LanguageModel], Colour], refused: list[str], asked: list[str], status: int
) -> None:
    server, model = served(refusing(*refused, otherwise=obliging(COLOUR), status=status))
    assert asking(model) == asking(model)
    assert server.forms == asked
    assert model.usage.calls == 2


@pytest.mark.parametrize(
    ("asking", "ignored", "asked"),
    [
        (ask, "json_schema", ["json_schema", "tool", "tool"]),
        (call, "tool", ["tool", "json_schema", "json_schema"]),
    ],
)
def test_what_the_endpoint_does_not_follow_is_not_tried_again(
    served: Served, asking: Callable[[LanguageModel], Colour], ignored: str, asked: list[str]
) -> None:
    server, model = served(ignoring(ignored, otherwise=obliging(COLOUR)))
    assert asking(model) == asking(model)
    assert server.forms == asked


def test_after_two_forms_that_are_not_followed_the_third_is_the_first(served: Served) -> None:
    server, model = served(ignoring("json_schema", "tool", otherwise=obliging(COLOUR)))
    with pytest.raises(InvalidReply, match="twice"):
        ask(model)
    assert ask(model).name == "blue"
    assert server.forms == ["json_schema", "tool", "json_object"]


@pytest.mark.parametrize("asking", [ask, call])
def test_an_endpoint_that_follows_no_form_reads_the_schema_in_words(served: Served, asking: Callable[[LanguageModel], Colour]) -> None:
    """Its model sees the messages alone."""

    def step(body: Body) -> Reply:
        return BLUE if '"shades"' in body["messages"][0]["content"] else PROSE

    server, model = served(step)
    answered = [0]
    for _ in range(4):
        assert asking(model).name == "blue"
        answered.append(len(server.requests))
    assert all(after - before <= 2 for before, after in pairwise(answered))
    assert server.forms[-2:] == ["json_object", "json_object"]


def test_what_the_endpoint_refuses_for_another_reason_is_not_remembered(served: Served) -> None:
    server, model = served(refusing(*ALL, otherwise=BLUE))
    with pytest.raises(ModelUnavailable, match=r"400.*json_object is not supported"):
        ask(model)
    server.script(BLUE)
    ask(model)
    assert server.forms == [*ALL, "json_schema"]


@pytest.mark.parametrize(
    "dropped",
    [
        BLUE,
        answer(f"Here it is:\n```json\n{json.dumps(COLOUR, indent=2)}\n```"),
        completion({"content": json.dumps(COLOUR), "tool_calls": []}),
    ],
)
def test_words_that_fit_are_the_answer_of_a_tool_that_was_dropped(served: Served, dropped: Step) -> None:
    server, model = served(dropped, BLUE)
    assert call(model) == call(model)
    assert server.forms == ["tool", "json_schema"]


@pytest.mark.parametrize(
    "dropped",
    [PROSE, answer(""), tool_call("paint", ""), tool_call("paint", "  "), tool_call("wash", COLOUR), completion({"content": None})],
    ids=["words", "nothing", "no arguments", "blank arguments", "another tool", "no content"],
)
def test_a_tool_that_was_dropped_is_noticed(served: Served, dropped: Step) -> None:
    server, model = served(dropped, BLUE)
    assert call(model).name == call(model).name == "blue"
    assert server.forms == ["tool", "json_schema", "json_schema"]


def test_arguments_that_do_not_fit_are_asked_for_once_more(served: Served) -> None:
    server, model = served(tool_call("paint", {"title": "blue"}), obliging(COLOUR))
    assert call(model).name == "blue"
    assert server.forms == ["tool", "tool"]
    assert server.requests[1].messages[2:] == ['{"title": "blue"}', WHAT_IS_WRONG]


def test_a_tool_is_called_once(served: Served) -> None:
    function = {"type": "function", "function": {"name": "paint", "arguments": json.dumps(COLOUR)}}
    server, model = served(completion({"content": None, "tool_calls": [function, function]}), obliging(COLOUR))
    assert call(model).name == "blue"
    assert server.forms == ["tool", "tool"]
    assert "the tool paint was called 2 times: it is called once, with everything" in server.requests[1].messages[-1]


def test_arguments_may_come_as_an_object(served: Served) -> None:
    server, model = served(completion({"tool_calls": [{"function": {"name": "paint", "arguments": COLOUR}}]}))
    assert call(model).shades == ["navy"]
    assert len(server.requests) == 1


# Answers that do not fit


@pytest.mark.parametrize("wrong", [PROSE, answer("{"), WRONG, answer({"name": "blue", "shades": "navy"})])
def test_an_answer_that_does_not_fit_is_asked_for_once_more(served: Served, wrong: Step) -> None:
    server, model = served(wrong, BLUE)
    assert ask(model).name == "blue"
    instructions, text, *again = server.requests[1].messages
    assert instructions.startswith("Name a colour.\n")
    assert '"shades"' in instructions
    assert (text, "That does not fit" in again[1]) == ("of the sky", True)


def test_it_is_told_what_does_not_fit(served: Served) -> None:
    server, model = served(WRONG, BLUE)
    ask(model)
    assert server.requests[1].messages[2:] == ['{"title": "blue"}', WHAT_IS_WRONG]


def test_nothing_said_is_asked_for_once_more(served: Served) -> None:
    server, model = served(answer(""), BLUE)
    assert ask(model).name == "blue"
    assert len(server.requests[1].messages) == 2


class Even(BaseModel):
    """A number that a schema cannot describe."""

    number: int

    @field_validator("number")
    @classmethod
    def is_even(cls, number: int) -> int:
        if number % 2:
            raise ValueError("it is odd")
        return number


def test_an_answer_of_the_shape_of_the_schema_says_nothing_against_the_endpoint(served: Served) -> None:
    server, model = served(answer({"number": 1}), answer({"number": 2}))
    assert model.ask("Name an even number.", "", Even).number == 2
    assert server.forms == ["json_schema", "json_schema"]


@pytest.mark.parametrize("step", [WRONG, PROSE, answer("")])
@pytest.mark.parametrize("asking", [ask, call])
def test_a_second_answer_that_does_not_fit_is_the_last(served: Served, asking: Callable[[LanguageModel], Colour], step: Step) -> None:
    server, model = served(step)
    for asked in (2, 4, 6):
        with pytest.raises(InvalidReply, match="scripted answered twice with what does not fit: "):
            asking(model)
        assert len(server.requests) == asked


# Counting


class Counted:
    """A meter that allows so many calls, and keeps what it is told."""

    def __init__(self, most: int) -> None:
        self.left = most
        self.told: list[Usage | None] = []

    @property
    def allows(self) -> bool:
        return self.left > 0

    def begin(self) -> None:
        if not self.allows:
            raise BudgetExceeded("no call is left")
        self.left -= 1
        self.told.append(None)

    def end(self, usage: Usage) -> None:
        self.told.append(usage)


ONE = [None, Usage(1, 11, 7)]
"""What a meter is told of one answered request."""


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ([BLUE], ONE),
        ([refusing("json_schema", "tool", otherwise=BLUE)], ONE),
        ([rate_limited(0.01), BLUE], ONE),
        ([WRONG, BLUE], ONE + ONE),
        ([PROSE, refusing("tool", otherwise=BLUE)], ONE + ONE),
        ([failure(400), PROSE, BLUE], ONE + ONE),
    ],
)
def test_each_request_that_is_answered_is_one_call(served: Served, script: list[Step], told: list[Usage | None]) -> None:
    _, model = served(*script)
    meter = Counted(2)
    assert model.ask("Name a colour.", "of the sky", Colour, meter=meter).name == "blue"
    assert meter.told == told
    assert model.usage.calls == len(told) // 2


@pytest.mark.parametrize(
    ("step", "told"), [(refusal(), ONE), (truncated(), ONE), (failure(401), [None]), (refusing(*ALL, otherwise=BLUE), [None])]
)
def test_a_call_that_fails_was_begun_once(served: Served, step: Step, told: list[Usage | None]) -> None:
    _, model = served(step)
    meter = Counted(2)
    with pytest.raises(ModelError):
        model.ask("Name a colour.", "of the sky", Colour, meter=meter)
    assert meter.told == told


def test_where_no_call_is_left_nothing_is_asked(served: Served) -> None:
    server, model = served(BLUE)
    with pytest.raises(BudgetExceeded):
        model.ask("Name a colour.", "of the sky", Colour, meter=Counted(0))
    assert server.requests == []


def test_where_no_call_is_left_to_ask_again_it_says_what_was_wrong(served: Served) -> None:
    server, model = served(WRONG)
    with pytest.raises(InvalidReply, match="no call is left to ask again: name: Field required"):
        model.ask("Name a colour.", "of the sky", Colour, meter=Counted(1))
    assert len(server.requests) == 1


# Many at once


def test_no_more_requests_are_under_way_than_allowed(served: Served) -> None:
    """Each is answered once three are there: so three there are, and no more."""
    together = Barrier(3)

    def step(body: Body) -> Reply:
        together.wait(timeout=20)
        return BLUE

    server, model = served(step, concurrency=3)
    with ThreadPoolExecutor(12) as threads:
        assert [colour.name for colour in threads.map(lambda _: ask(model), range(12))] == ["blue"] * 12
    assert server.most_at_once == 3


def test_a_failed_request_gives_its_turn_back(served: Served) -> None:
    _, model = served(failure(401), refusal(), web_page(), BLUE, concurrency=1)
    for _ in range(3):
        with pytest.raises(ModelError):
            ask(model)
    assert ask(model).name == "blue"


@pytest.mark.parametrize("concurrency", [0, -1, 1.5, True, "8"])
def test_a_limit_lets_at_least_one_through(concurrency: Any) -> None:
    with pytest.raises(InvalidInput, match="concurrency="):
        OpenAIModel(api_key="sk-test", concurrency=concurrency)


# What goes wrong


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (refusal("I will not."), "scripted refuses: I will not"),
        (truncated(), "ran out of tokens"),
        (filtered(), "content filter"),
        (no_choices(), "no choices"),
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
        (failure(500), "answered 500[^(]*$", 2),
        (failure(503), "answered 503", 2),
        (rate_limited(0.01), "answered 429", 2),
        (failure(401, "no such key"), "answered 401.*no such key.*of OPENAI_API_KEY, unless", 1),
        (failure(404, "no such model"), "answered 404.*no such model.*of OPENAI_BASE_URL and MEM0G_MODEL, unless", 1),
        (error_with_status_200("upstream is down"), "upstream is down", 1),
    ],
)
def test_an_endpoint_that_does_not_serve_is_unavailable(served: Served, step: Step, told: str, tries: int) -> None:
    server, model = served(step)
    with pytest.raises(ModelUnavailable, match=told):
        ask(model)
    assert len(server.requests) == tries


SOON = {"retry-after": "0.01"}


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 504])
def test_a_passing_failure_is_tried_again_as_often_as_allowed(served: Served, status: int) -> None:
    server, model = served(failure(status, **SOON), failure(status, **SOON), BLUE, failure(status, **SOON), retries=2)
    assert ask(model).name == "blue"
    assert len(server.requests) == 3
    with pytest.raises(ModelUnavailable, match=f"answered {status}"):
        ask(model)
    assert len(server.requests) == 6
    assert model.usage.calls == 1


@pytest.mark.parametrize("step", [rate_limited(0.01), failure(500), failure(503)])
def test_a_passing_failure_is_tried_again(served: Served, step: Step) -> None:
    server, model = served(step, BLUE)
    assert ask(model).name == "blue"
    assert len(server.requests) == 2


@pytest.mark.parametrize("how", ["seconds", "milliseconds", "date"])
def test_an_endpoint_is_given_the_time_it_asks_for(served: Served, how: str) -> None:
    """It fails for good whoever comes back sooner than it said: later than half a second, after which the package would."""
    busy = Busy(1.0 if how == "date" else 0.7, how)
    server, model = served(busy, retries=1)
    assert ask(model).name == "blue"
    assert len(server.requests) == 2


class Busy:
    """An endpoint that is so for some seconds after the first request, and takes offence at a second one before."""

    def __init__(self, seconds: float, how: str) -> None:
        self._seconds = seconds
        self._how = how
        self._over: float | None = None

    def __call__(self, body: Body) -> Reply:
        if self._over is None:
            self._over = monotonic() + self._seconds
            return failure(429, "slow down", **self._asking())
        return BLUE if monotonic() >= self._over else failure(403, "too soon")

    def _asking(self) -> dict[str, str]:
        match self._how:
            case "seconds":
                return {"retry-after": str(self._seconds)}
            case "milliseconds":
                return {"retry-after-ms": str(1000 * self._seconds)}
            case _:
                return dated(self._seconds)


def dated(seconds: float) -> dict[str, str]:
    """Headers that ask for a wait by a date. The clock of the endpoint is wrong."""
    sent = datetime(2020, 1, 1, tzinfo=UTC)
    return {"date": format_datetime(sent, usegmt=True), "retry-after": format_datetime(sent + timedelta(seconds=seconds), usegmt=True)}


@pytest.mark.parametrize("step", [hang(), drip(BLUE, 0.05)], ids=["hang", "drip"])
def test_a_try_that_takes_half_of_the_time_is_given_up_and_made_again(served: Served, step: Step) -> None:
    server, model = served(step, BLUE, timeout=3)
    assert ask(model).name == "blue"
    assert len(server.requests) == 2


@pytest.mark.parametrize("retries", [0, 2])
@pytest.mark.parametrize(
    "step", [hang(), drip(BLUE, 0.05), cut_off(BLUE, 20), cut_off(BLUE, 0)], ids=["hang", "drip", "cut off", "no body"]
)
def test_time_is_what_a_call_may_take_in_all(served: Served, step: Step, retries: int) -> None:
    server, model = served(step, timeout=0.3, retries=retries)
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


@pytest.mark.parametrize(
    ("headers", "timeout"),
    [({"retry-after": "30"}, 5), ({"retry-after-ms": "30000"}, 5), (dated(30), 5), ({}, 0.3), ({"retry-after": "nan"}, 0.3)],
    ids=["seconds", "milliseconds", "date", "not said", "no number"],
)
def test_a_wait_longer_than_the_time_left_is_not_begun(served: Served, headers: dict[str, str], timeout: float) -> None:
    server, model = served(failure(429, "slow down", **headers), BLUE, timeout=timeout)
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


def test_an_episode_that_was_read_is_not_read_again(reader: Callable[..., Reader]) -> None:
    read = reader(READ)
    for _ in range(2):
        read.memory.add(SAID, user_id="alice", occurred_at="2026-03-05")
    read.memory.retry(user_id="alice")
    assert len(read.server.requests) == 1
