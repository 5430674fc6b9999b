"""Every way in which a model's endpoint can fail a memory, over real HTTP: nothing is lost or half-written, and a retry completes it.

What is read and judged here is that of `test_memory_llm`; nothing depends on the words of a prompt.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from llm_server import (
    Body,
    LLMServer,
    Reply,
    Step,
    answer,
    broken_json,
    cut_off,
    drip,
    error_with_status_200,
    failure,
    filtered,
    form,
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

from mem0g import ExtractionError, Memory
from mem0g.model import Stage
from mem0g.providers.openai import OpenAIModel
from mem0g.testing import ManualClock

from .samples import day
from .test_memory_llm import PADEL, TEA, TENNIS, U, judged, read_claim, stages

SAID = {TENNIS: day(0), PADEL: day(5), TEA: day(7)}
SILENT_FOR_GOOD = {"hang", "slow drip", "cut off"}

FAULTS: dict[str, Step] = {
    "refusal": refusal(),
    "truncation": truncated(),
    "content filter": filtered(),
    "prose": answer("Sure, I will remember that!"),
    "invalid JSON": answer('{"claims": ['),
    "wrong schema twice": answer("[1, 2]"),
    "empty answer": answer(""),
    "empty tool call": lambda body: tool_call(asked_tool(body), "") if form(body) == "tool" else answer(""),
    "another tool": lambda body: tool_call("something_else", {}) if form(body) == "tool" else answer(""),
    "no choices": no_choices(),
    "web page": web_page(),
    "broken envelope": broken_json(),
    "error with status 200": error_with_status_200(),
    "429 for good": rate_limited(0.01),
    "429 for long": rate_limited(1000),
    "500": failure(500, **{"retry-after": "0.01"}),
    "401": failure(401, "no such key"),
    "400": failure(400, "no such thing"),
    "hang": hang(),
    "slow drip": drip(answer("never whole"), 0.05),
    "cut off": cut_off(answer("never whole"), 20),
}
"""What an endpoint does for good, until it is well again."""

HICCUPS: dict[str, Callable[[Step], Sequence[Step]]] = {
    "wrong schema then right": lambda right: [answer("[1, 2]"), right],
    "prose then right": lambda right: [answer("Sure, I will remember that!"), right],
    "invalid JSON then right": lambda right: [answer('{"claims": ['), right],
    "nothing, then right": lambda right: [answer(""), right],
    "429 with Retry-After then right": lambda right: [rate_limited(0.01), right],
    "503 then right": lambda right: [failure(503, **{"retry-after": "0.01"}), right],
    "no json_schema": lambda right: [refusing("json_schema", otherwise=right)],
    "no json_schema and no tools": lambda right: [refusing("json_schema", "tool", otherwise=right)],
    "silently dropped json_schema": lambda right: [ignoring("json_schema", otherwise=right)],
    "silently dropped tools": lambda right: [refusing("json_schema", otherwise=ignoring("tool", otherwise=right))],
    "empty tool call": lambda right: [
        refusing("json_schema", otherwise=lambda body: tool_call(asked_tool(body), "") if form(body) == "tool" else given(right, body))
    ],
}
"""What an endpoint does that a memory gets over at once: it ends with the right answer."""


def asked_tool(body: Body) -> str:
    name: str = body["tools"][0]["function"]["name"]
    return name


def given(step: Step, body: Body) -> Reply:
    return step if isinstance(step, Reply) else step(body)


def schema_asked(body: Body) -> Any:
    """What the answer is to fit, however it is asked for."""
    match form(body):
        case "json_schema":
            return body["response_format"]["json_schema"]["schema"]
        case "tool":
            return body["tools"][0]["function"]["parameters"]
        case _:
            return json.loads(body["messages"][0]["content"].rpartition("\n")[2])


class Endpoint:
    """What is behind the server: a script for each thing that a memory asks a model for. Its last step stays."""

    def __init__(self) -> None:
        self._scripts: dict[str, list[Step]] = {}

    def __call__(self, body: Body) -> Reply:
        steps = self._scripts["reading" if "claims" in schema_asked(body)["properties"] else "judging"]
        return given(steps.pop(0) if len(steps) > 1 else steps[0], body)

    def serve(self, text: str, **faults: Sequence[Step]) -> None:
        """Read this text from now on, and judge; or do as the faults say instead."""
        self._scripts = {name: list(steps) for name, steps in ({"reading": [reading(text)], "judging": [JUDGING]} | faults).items()}


def reading(text: str) -> Step:
    return obliging({"claims": [read_claim(text)]})


JUDGING = obliging(judged("UPDATE"))

Opened = Callable[..., Memory]
Expected = Callable[..., list[Any]]


@pytest.fixture(scope="module")
def endpoint() -> Endpoint:
    return Endpoint()


@pytest.fixture(scope="module")
def server(endpoint: Endpoint) -> Iterator[LLMServer]:
    with LLMServer(endpoint) as server:
        yield server


@pytest.fixture(scope="module")
def well(server: LLMServer) -> Iterator[OpenAIModel]:
    """A model that no fault is shown to. Clients are slow to make."""
    model = OpenAIModel("scripted", base_url=server.url)
    yield model
    model.close()


@pytest.fixture
def memory(tmp_path: Path, well: OpenAIModel, clock: ManualClock) -> Iterator[Memory]:
    with Memory(tmp_path / "memory.db", llm=well, clock=clock) as memory:
        yield memory


@pytest.fixture
def ailing(tmp_path: Path, server: LLMServer, clock: ManualClock) -> Iterator[Opened]:
    """Makes memories in the same file, each with a client of its own."""
    with ExitStack() as stack:

        def start(timeout: float = 20) -> Memory:
            model = OpenAIModel("scripted", base_url=server.url, timeout=timeout, retries=1)
            stack.callback(model.close)
            return stack.enter_context(Memory(tmp_path / "memory.db", llm=model, clock=clock))

        yield start


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, endpoint: Endpoint, well: OpenAIModel) -> Expected:
    """Says what is believed where nothing fails."""

    @cache
    def expected(*texts: str) -> list[Any]:
        clock = ManualClock(datetime(2026, 6, 1, tzinfo=UTC))
        with Memory(tmp_path_factory.mktemp("undisturbed") / "memory.db", llm=well, clock=clock) as memory:
            for text in texts:
                tell(memory, text, endpoint)
            return believed(memory)

    return expected


def tell(memory: Memory, text: str, endpoint: Endpoint, **faults: Sequence[Step]) -> None:
    """Add it, with an endpoint that reads it, or fails."""
    endpoint.serve(text, **faults)
    memory.add(messages(text), **U)


def messages(*texts: str) -> list[dict[str, str]]:
    return [{"role": "user", "content": text, "occurred_at": SAID[text].isoformat()} for text in texts]


def retry(memory: Memory, text: str, endpoint: Endpoint) -> None:
    """Read what is left, with an endpoint that is well."""
    endpoint.serve(text)
    memory.retry(**U)


def believed(memory: Memory) -> list[Any]:
    """All that is believed, was believed, and why."""
    versions = memory.timeline("Alice", **U)
    return [versions, memory.facts(**U), [memory.why(fact.id, **U) for fact in versions]]


READING = [(fault, "reading") for fault in FAULTS]
JUDGED = [(fault, "judging") for fault in ("refusal", "wrong schema twice", "empty tool call", "no choices", "429 for good", "500", "hang")]


@pytest.mark.parametrize(("fault", "at"), READING + JUDGED)
def test_what_fails_is_kept_and_a_retry_completes_it(
    memory: Memory, ailing: Opened, endpoint: Endpoint, undisturbed: Expected, fault: str, at: str
) -> None:
    expected = undisturbed(TENNIS, PADEL)
    tell(memory, TENNIS, endpoint)
    before = believed(memory)

    timeout = 20 if fault not in SILENT_FOR_GOOD else 0.3 if at == "reading" else 1
    with pytest.raises(ExtractionError, match="1 of 1 episodes are stored and pending: retry reads them") as failed:
        tell(ailing(timeout), PADEL, endpoint, **{at: [FAULTS[fault]]})
    assert believed(memory) == before
    [kept] = [episode for episode in memory.episodes(**U) if episode.content == PADEL]
    assert failed.value.episode_ids == (kept.id,)
    assert stages(memory) == {TENNIS: Stage.EXTRACTED, PADEL: Stage.FAILED}

    retry(memory, PADEL, endpoint)
    assert believed(memory) == expected
    assert stages(memory) == {TENNIS: Stage.EXTRACTED, PADEL: Stage.EXTRACTED}


@pytest.mark.parametrize("hiccup", HICCUPS)
def test_what_fails_once_is_got_over(memory: Memory, ailing: Opened, endpoint: Endpoint, undisturbed: Expected, hiccup: str) -> None:
    expected = undisturbed(TENNIS, TEA)
    tell(memory, TENNIS, endpoint)
    tell(ailing(), TEA, endpoint, reading=HICCUPS[hiccup](reading(TEA)))
    assert believed(memory) == expected
    assert stages(memory) == {TENNIS: Stage.EXTRACTED, TEA: Stage.EXTRACTED}


def test_the_client_that_failed_completes_it(memory: Memory, ailing: Opened, endpoint: Endpoint, undisturbed: Expected) -> None:
    """Whatever it has come to know of the endpoint since."""
    expected = undisturbed(TENNIS, PADEL)
    tell(memory, TENNIS, endpoint)
    failing = ailing()
    for _ in range(2):
        with pytest.raises(ExtractionError):
            tell(failing, PADEL, endpoint, reading=[answer("Sure, I will remember that!")])
    retry(failing, PADEL, endpoint)
    assert believed(memory) == expected


def test_of_several_messages_the_others_are_read(memory: Memory, ailing: Opened, endpoint: Endpoint, undisturbed: Expected) -> None:
    expected = undisturbed(TENNIS, PADEL, TEA)
    endpoint.serve(TEA, reading=[refusal(), reading(PADEL), reading(TEA)])
    with pytest.raises(ExtractionError, match="1 of 3 episodes"):
        ailing().add(messages(TENNIS, PADEL, TEA), **U)
    assert stages(memory) == {TENNIS: Stage.FAILED, PADEL: Stage.EXTRACTED, TEA: Stage.EXTRACTED}
    retry(memory, TENNIS, endpoint)
    assert believed(memory) == expected
