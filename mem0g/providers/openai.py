"""Language models behind any OpenAI-compatible endpoint: OpenAI, Ollama, vLLM, LM Studio. The one module that knows `openai`.

The package is imported when a client is first made. Nothing here reads the environment for a key or an address: `Settings` does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cache
from importlib import import_module
from threading import Lock, local
from time import monotonic
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ValidationError

from mem0g.errors import InvalidInput, InvalidReply, MissingExtra, ModelUnavailable
from mem0g.ports import UNMETERED, Meter, Reply, Usage

if TYPE_CHECKING:
    from openai import OpenAI

OPENAI: Final = "https://api.openai.com/v1"
_NO_KEY: Final = "none"
"""What is sent where an endpoint of one's own needs no key: the package insists on one."""

_Messages = list[dict[str, str]]


# Clients


def openai_client(base_url: str | None = None, api_key: str | None = None, timeout: float = 60.0, retries: int = 2) -> OpenAI:
    """A client for which `timeout` is what one call may take in all.

    The package's own timeout is the silence allowed between two bytes, and begins anew with every try.

    Args:
        base_url: of the endpoint, up to and with "/v1"; OpenAI's own by default.
        api_key: required for OpenAI's own; an endpoint of one's own may need none.
        timeout: seconds, tries and the waits between them included. It is looked at whenever bytes arrive: an endpoint that falls silent
            in the middle of an answer can hold a call for up to as long again.
        retries: how often a call is tried again after 408, 409, 429, 5xx and broken connections, waiting as Retry-After says.

    Raises:
        MissingExtra: `openai` is not installed.
        InvalidInput: there is neither a key nor an address.
    """
    if not api_key and not base_url:
        raise InvalidInput("api_key= is missing: OpenAI needs one; or give base_url= of an endpoint of your own")
    client: OpenAI = _package().OpenAI(
        base_url=base_url or OPENAI,
        api_key=api_key or _NO_KEY,
        timeout=timeout,
        max_retries=retries,
        http_client=_punctual_client()(timeout),
    )
    return client


def _package() -> ModuleType:
    """The package itself.

    Raises:
        MissingExtra: it is not installed.
    """
    try:
        return import_module("openai")
    except ImportError as error:
        raise MissingExtra("openai is not installed: pip install 'mem0g[openai]'") from error


@cache
def _punctual_client() -> Callable[[float], Any]:
    """The HTTP client to put under the package's own."""
    openai = _package()

    class PunctualClient(openai.DefaultHttpxClient):  # type: ignore[misc, name-defined]  # known once it is imported
        """Counts the time of a call from its first try on."""

        def __init__(self, seconds: float) -> None:
            super().__init__(timeout=seconds)
            self._seconds = seconds
            self._call = local()

        def __del__(self) -> None:
            if not self.is_closed:
                self.close()

        def send(self, request: Any, *, stream: bool = False, **options: Any) -> Any:
            """Send one try, in what is left of the call's time."""
            if request.headers.get("x-stainless-retry-count", "0") == "0":
                self._call.ends = monotonic() + self._seconds
            ends: float = self._call.ends
            request.extensions["timeout"] = dict.fromkeys(("connect", "read", "write", "pool"), _left(ends, request))
            response = super().send(request, stream=True, **options)
            if _wait_asked(response.headers) >= ends - monotonic():
                response.headers["x-should-retry"] = "false"
            return response if stream else _whole(response, ends)

    return PunctualClient


def _left(ends: float, request: Any) -> float:
    """The seconds until a call is over; the package's own error where it is."""
    left = ends - monotonic()
    if left <= 0:
        raise _package().APITimeoutError(request=request)
    return left


def _whole(response: Any, ends: float) -> Any:
    """The response with all of its body, read before the call is over."""
    with closing(response):
        body = b"".join(part for part in response.iter_raw() if _left(ends, response.request))
    return type(response)(
        response.status_code, headers=response.headers, content=body, request=response.request, extensions=response.extensions
    )


def _wait_asked(headers: Mapping[str, str]) -> float:
    """How many seconds a response asks to wait before the next try."""
    try:
        return float(headers.get("retry-after", "0"))
    except ValueError:
        return 0


@contextmanager
def mapped_errors() -> Iterator[None]:
    """What the `openai` package raises inside, as mem0g's errors.

    Raises:
        ModelUnavailable: the endpoint cannot be reached, is too slow, or refuses the call.
        InvalidReply: what it sent is no answer.
    """
    import openai  # noqa: PLC0415 - an extra, and slow to load

    try:
        yield
    except openai.APITimeoutError as error:
        raise ModelUnavailable(f"{error.request.url} gave no answer in time") from error
    except openai.APIConnectionError as error:
        raise ModelUnavailable(f"{error.request.url} cannot be reached: {error.__cause__ or error}") from error
    except openai.APIStatusError as error:
        raise ModelUnavailable(f"{error.request.url} answered {error.status_code}: {_short(error.message)}") from error
    except (openai.OpenAIError, json.JSONDecodeError) as error:
        raise InvalidReply(f"what the endpoint sent is no answer: {_short(error)}") from error


def _short(error: object) -> str:
    """An error in one line of at most 300 characters."""
    line = " ".join(str(error).split())
    return line if len(line) <= 300 else f"{line[:300]}…"


# The model


class OpenAIModel:
    """A `LanguageModel` behind an OpenAI-compatible endpoint. May be asked from many threads.

    Answers come as structured output of a JSON schema. Where the endpoint refuses that and takes JSON mode, it is asked in JSON mode
    from then on. An answer that does not fit is asked for once more, with what is wrong with it.

    Args:
        model: its name at the endpoint.
        base_url, api_key, timeout, retries: as for `openai_client`. An answer asked for once more has time of its own.
        temperature: None leaves it to the endpoint; some models take no other.

    Raises:
        MissingExtra: `openai` is not installed.
        InvalidInput: there is neither a key nor an address.
    """

    def __init__(
        self,
        model: str = "gpt-4o-mini",
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        timeout: float = 60.0,
        retries: int = 2,
        temperature: float | None = 0,
    ) -> None:
        self._model = model
        self._client = openai_client(base_url, api_key, timeout, retries)
        self._settings: dict[str, Any] = {} if temperature is None else {"temperature": temperature}
        self._takes_schema = True
        self._usage = Usage()
        self._counting = Lock()

    @property
    def name(self) -> str:
        """The name of the model."""
        return self._model

    @property
    def usage(self) -> Usage:
        """What it has been asked so far."""
        return self._usage

    def close(self) -> None:
        """Close its connections."""
        self._client.close()

    def ask(self, instructions: str, text: str, reply: type[Reply], *, tool: str | None = None, meter: Meter = UNMETERED) -> Reply:
        """The model's answer, validated.

        Raises:
            ModelUnavailable: the endpoint cannot be reached, is too slow, or refuses the call.
            InvalidReply: the model refuses, is cut short, says nothing, or its second answer does not fit either.
            BudgetExceeded: the meter has no call left.
        """
        messages = [{"role": "system", "content": instructions}, {"role": "user", "content": text}]
        content = self._answer(messages, reply, meter)
        try:
            return reply.model_validate_json(content)
        except ValidationError as error:
            again = [{"role": "assistant", "content": content}, {"role": "user", "content": _WRONG.format(_what_is_wrong(error))}]
        content = self._answer([*messages, *again], reply, meter)
        try:
            return reply.model_validate_json(content)
        except ValidationError as error:
            raise InvalidReply(f"{self.name} answered twice with what does not fit: {_what_is_wrong(error)}") from error

    def _answer(self, messages: _Messages, reply: type[BaseModel], meter: Meter) -> str:
        """The text of one answer."""
        with mapped_errors():
            return self._structured(messages, reply, meter) if self._takes_schema else self._in_json_mode(messages, reply, meter)

    def _structured(self, messages: _Messages, reply: type[BaseModel], meter: Meter) -> str:
        from openai import BadRequestError, UnprocessableEntityError  # noqa: PLC0415 - an extra, and slow to load

        schema = {"name": reply.__name__, "schema": strict_schema(reply), "strict": True}
        try:
            return self._complete(messages, {"type": "json_schema", "json_schema": schema}, meter)
        except (BadRequestError, UnprocessableEntityError):
            content = self._in_json_mode(messages, reply, meter)
        self._takes_schema = False
        return content

    def _in_json_mode(self, messages: _Messages, reply: type[BaseModel], meter: Meter) -> str:
        system, *others = messages
        told = {**system, "content": _JSON_MODE.format(system["content"], json.dumps(strict_schema(reply)))}
        return self._complete([told, *others], {"type": "json_object"}, meter)

    def _complete(self, messages: _Messages, response_format: Mapping[str, object], meter: Meter) -> str:
        completions: Any = self._client.chat.completions.with_raw_response
        meter.begin()
        began = monotonic()
        raw = completions.create(model=self._model, messages=messages, response_format=response_format, **self._settings)
        completion = _read(raw.content)
        tokens = completion.usage or _Tokens()
        self._count(meter, Usage(1, tokens.prompt_tokens or 0, tokens.completion_tokens or 0, monotonic() - began))
        return _content(completion, self.name)

    def _count(self, meter: Meter, usage: Usage) -> None:
        meter.end(usage)
        with self._counting:
            self._usage += usage


_WRONG: Final = "That does not fit: {}. Answer again, with the whole JSON and nothing else."
_JSON_MODE: Final = "{}\n\nAnswer with one JSON object and nothing else. It fits this JSON schema:\n{}"


def _what_is_wrong(error: ValidationError) -> str:
    """The first three things that do not fit, and where."""
    found = [f"{'.'.join(map(str, each['loc'])) or 'the answer'}: {each['msg']}" for each in error.errors(include_url=False)[:3]]
    return _short("; ".join(found))


# What the endpoint sends. Only what is read is checked, and everything may be missing: endpoints differ.


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Tokens(BaseModel):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Completion(BaseModel):
    choices: Sequence[_Choice] = ()
    usage: _Tokens | None = None
    error: object = None


def _read(body: bytes) -> _Completion:
    try:
        completion = _Completion.model_validate_json(body)
    except ValidationError as error:
        raise InvalidReply(f"what the endpoint sent is no chat completion: {_short(body.decode(errors='replace'))}") from error
    if completion.error is not None:
        raise ModelUnavailable(f"the endpoint reports an error: {_short(completion.error)}")
    return completion


def _content(completion: _Completion, model: str) -> str:
    """The text of the first choice.

    Raises:
        InvalidReply: there is none, or not all of it.
    """
    if not completion.choices:
        raise InvalidReply(f"{model} gave no answer: the endpoint sent no choices")
    choice = completion.choices[0]
    if choice.message.refusal:
        raise InvalidReply(f"{model} refuses: {_short(choice.message.refusal)}")
    if choice.finish_reason in _CUT_SHORT:
        raise InvalidReply(f"{model} {_CUT_SHORT[choice.finish_reason]}")
    if not choice.message.content:
        raise InvalidReply(f"{model} gave an empty answer")
    return choice.message.content


_CUT_SHORT: Final = {
    "length": "ran out of tokens in the middle of its answer",
    "content_filter": "was stopped by the endpoint's content filter",
}


# Schemas


def strict_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of `model` as strict structured output wants it: every property required, no other allowed, no defaults."""
    schema: dict[str, Any] = _strict(model.model_json_schema())
    return schema


def _strict(schema: Any) -> Any:
    """A schema, or a part of one, made strict."""
    if isinstance(schema, list):
        return [_strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    strict = {key: _strict(part) for key, part in schema.items() if key not in _NOISE}
    if "properties" in schema:
        properties = {name: _strict(part) for name, part in schema["properties"].items()}
        strict |= {"properties": properties, "required": [*properties], "additionalProperties": False}
    return strict


_NOISE: Final = frozenset({"default", "title", "description", "properties"})
"""What a schema says beside the shape; properties have any name, and are gone through one by one."""
