"""Language models behind any OpenAI-compatible endpoint: OpenAI, Ollama, vLLM, LM Studio. The one module that knows `openai`.

The package is imported when a client is first made. Nothing here reads the environment for a key or an address: `Settings` does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from email.utils import parsedate_to_datetime
from functools import cache
from importlib import import_module
from math import inf
from threading import BoundedSemaphore, Lock, local
from time import monotonic
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from mem0g.errors import InvalidInput, InvalidReply, MissingExtra, ModelUnavailable
from mem0g.ports import UNMETERED, Meter, Reply, Usage
from mem0g.providers.chat import Answer, Completion, Misfit, Mode, Question, Tokens, answer_in, completion_in, fitting, modes, short

if TYPE_CHECKING:
    from openai import OpenAI

OPENAI: Final = "https://api.openai.com/v1"
_NO_KEY: Final = "none"
"""What is sent where an endpoint of one's own needs no key: the package insists on one."""


# Clients


def openai_client(base_url: str | None = None, api_key: str | None = None, timeout: float = 120.0, retries: int = 2) -> OpenAI:
    """A client for which `timeout` is what one call may take in all.

    The package's own timeout is the silence allowed between two bytes, and begins anew with every try.

    Args:
        base_url: of the endpoint, up to and with "/v1"; OpenAI's own by default.
        api_key: required for OpenAI's own; an endpoint of one's own may need none.
        timeout: seconds, tries and the waits between them included. It is looked at whenever bytes arrive: an endpoint that falls silent
            in the middle of an answer can hold a call for up to as long again.
        retries: how often a call is tried again after 408, 409, 429, 5xx, broken connections, and a try without an answer in half of
            `timeout`: after as long as Retry-After says, else after half a second, doubled with every try up to 8 seconds, less up to
            a quarter by chance. A wait that the call has no time left for is not begun.

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
        http_client=_punctual_client()(timeout, retries),
    )
    return client


def turns(concurrency: int) -> BoundedSemaphore:
    """What is held while a request is under way, by at most so many threads at once.

    Raises:
        InvalidInput: it is no whole number of at least 1.
    """
    if isinstance(concurrency, bool) or not isinstance(concurrency, int) or concurrency < 1:
        raise InvalidInput(f"concurrency={short(repr(concurrency))} lets no request through: give a whole number, 1 or more")
    return BoundedSemaphore(concurrency)


def _package() -> ModuleType:
    """The package itself.

    Raises:
        MissingExtra: it is not installed.
    """
    try:
        return import_module("openai")
    except ImportError as error:
        raise MissingExtra("openai is not installed: pip install '/path/to/mem0g[openai]'") from error


def _http() -> ModuleType:
    """The HTTP package that it stands on."""
    return import_module(_package().DefaultHttpxClient.__base__.__module__.partition(".")[0])


@cache
def _punctual_client() -> Callable[[float, int], Any]:
    """The HTTP client to put under the package's own."""
    openai = _package()
    http = _http()

    class PunctualClient(openai.DefaultHttpxClient):  # type: ignore[misc, name-defined]  # known once it is imported
        """Counts the time of a call from its first try on.

        The package tries again, and waits before it does; it is stopped where the wait would outlast the call.
        """

        def __init__(self, seconds: float, retries: int) -> None:
            super().__init__(timeout=seconds)
            self._seconds = seconds
            self._retries = retries
            self._call = local()

        def __del__(self) -> None:
            if not self.is_closed:
                self.close()

        def send(self, request: Any, *, stream: bool = False, **options: Any) -> Any:
            """Send one try, in half of the call's time, or in what is left of it where that leaves none for another try."""
            tries, now = int(request.headers.get("x-stainless-retry-count", "0")), monotonic()
            if tries == 0:
                self._call.ends = now + self._seconds
            ends: float = self._call.ends
            wait, half = _longest_backoff(tries), now + self._seconds / 2
            until = half if tries < self._retries and half + wait < ends else ends
            try:
                response = self._sent(request, until, stream, options)
            except http.RequestError as error:
                if monotonic() + wait < ends:
                    raise
                over = openai.APITimeoutError if isinstance(error, http.TimeoutException) else openai.APIConnectionError
                raise over(request=request) from error
            asked = _wait_asked(response.headers)
            response.headers.update(_waiting(asked, too_long=monotonic() + (asked or wait) >= ends))
            return response

        def _sent(self, request: Any, until: float, stream: bool, options: Mapping[str, Any]) -> Any:
            """The response to one try, with all of its body where it is not streamed."""
            request.extensions["timeout"] = dict.fromkeys(("connect", "read", "write", "pool"), _left(until, request))
            response = super().send(request, stream=True, **options)
            return response if stream else _whole(response, until)

    return PunctualClient


def _left(until: float, request: Any) -> float:
    """The seconds until then.

    Raises:
        ReadTimeout: of the HTTP package, where it is past.
    """
    seconds = until - monotonic()
    if seconds <= 0:
        raise _http().ReadTimeout("no answer in time", request=request)
    return seconds


def _whole(response: Any, until: float) -> Any:
    """The response with all of its body, read before then."""
    with closing(response):
        body = b"".join(part for part in response.iter_raw() if _left(until, response.request))
    return type(response)(
        response.status_code, headers=response.headers, content=body, request=response.request, extensions=response.extensions
    )


def _longest_backoff(tries: int) -> float:
    """How many seconds the package waits at most after so many tries and one more, where the endpoint does not say how long."""
    return float(min(0.5 * 2**tries, 8))


def _waiting(asked: float, too_long: bool) -> dict[str, str]:
    """The headers by which the package waits so many seconds before it tries again, its own way where none; or does not try again."""
    if too_long:
        return {"x-should-retry": "false"}
    return {"retry-after-ms": str(1000 * asked)} if asked else {}


def _wait_asked(headers: Mapping[str, str]) -> float:
    """How many seconds a response asks to wait before the next try; 0 where it does not. A date counts from the one it was sent at."""
    asked = headers.get("retry-after", "")
    for told, unit in ((headers.get("retry-after-ms", ""), 0.001), (asked, 1.0)):
        with suppress(ValueError):
            seconds = float(told) * unit
            return seconds if 0 < seconds < inf else 0
    with suppress(ValueError, TypeError):
        return max(0.0, (parsedate_to_datetime(asked) - parsedate_to_datetime(headers.get("date", ""))).total_seconds())
    return 0


@contextmanager
def mapped_errors(variable: str = "MEM0G_MODEL") -> Iterator[None]:
    """What the `openai` package raises inside, as mem0g's errors.

    Args:
        variable: the environment's, that names the model where the caller names none.

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
        raise ModelUnavailable(
            f"{error.request.url} answered {error.status_code}: {short(error.message)}{_way_out(error.status_code, variable)}"
        ) from error
    except (openai.OpenAIError, json.JSONDecodeError) as error:
        raise InvalidReply(f"what the endpoint sent is no answer: {short(error)}") from error


def _way_out(status: int, variable: str) -> str:
    """What to look at where the endpoint refuses the key, or does not know the address or the model."""
    match status:
        case 401 | 403:
            return " (the key is that of OPENAI_API_KEY, unless one was given)"
        case 404:
            return f" (address and model are those of OPENAI_BASE_URL and {variable}, unless they were given)"
        case _:
            return ""


# The model


class OpenAIModel:
    """A `LanguageModel` behind an OpenAI-compatible endpoint. May be asked from many threads.

    An answer is asked for as words that fit a JSON schema, else as the call of a tool, else in JSON mode; where `ask` names a tool, its
    call comes first. What the endpoint really does decides, and is remembered: a way it refuses (400, 422), takes and does not follow (it
    answers in prose, of another shape, or without calling the tool) is not tried again. JSON in words or in a Markdown fence is read.
    An answer that does not fit is asked for once more, in the next way that is left, with what is wrong with it and the schema in words.

    Args:
        model: its name at the endpoint.
        base_url, api_key, timeout, retries: as for `openai_client`. An answer asked for once more has time of its own.
        temperature: None leaves it to the endpoint; some models take no other.
        concurrency: how many calls may be under way at once, of all threads. Others wait for their turn; their time begins with it.

    Raises:
        MissingExtra: `openai` is not installed.
        InvalidInput: there is neither a key nor an address, or `concurrency` is no whole number of at least 1.
    """

    def __init__(
        self,
        model: str = "gpt-4o-mini",
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        timeout: float = 120.0,
        retries: int = 2,
        temperature: float | None = 0,
        concurrency: int = 8,
    ) -> None:
        self._model = model
        self._turns = turns(concurrency)
        self._client = openai_client(base_url, api_key, timeout, retries)
        self._settings: dict[str, Any] = {} if temperature is None else {"temperature": temperature}
        self._useless: frozenset[Mode] = frozenset()
        self._usage = Usage()
        self._noting = Lock()

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
        """The model's answer, validated. At most two requests are answered for it, and the meter is told of each.

        Raises:
            ModelUnavailable: the endpoint cannot be reached, is too slow, or refuses the call.
            InvalidReply: the model refuses or is cut short; its second answer does not fit either, or the meter allows none.
            BudgetExceeded: the meter has no call left.
        """
        preferred = modes(tool)
        question = Question(instructions, text, reply, tool or reply.__name__)
        answer, first = self._asked(question, preferred, meter)
        if not isinstance(first, Misfit):
            return first
        if not meter.allows:
            raise InvalidReply(f"{self.name} answered with what does not fit, and no call is left to ask again: {first.wrong}")
        _, second = self._asked(question.asked_again(answer.text, first.wrong), preferred, meter)
        if isinstance(second, Misfit):
            raise InvalidReply(f"{self.name} answered twice with what does not fit: {second.wrong}")
        return second

    def _asked(self, question: Question[Reply], preferred: Sequence[Mode], meter: Meter) -> tuple[Answer, Reply | Misfit]:
        """One answer, and what is to be made of it. What it shows of the endpoint is noted."""
        meter.begin()
        with self._turns:
            mode, completion = self._complete(question, preferred, meter)
        try:
            answer = answer_in(completion, mode, question.tool)
        except InvalidReply as error:
            raise InvalidReply(f"{self.name} {error}") from error
        read = fitting(answer, question.reply)
        unheld = mode is Mode.SCHEMA and isinstance(read, Misfit) and read.unshaped
        if unheld or not answer.as_asked:
            self._note_useless(mode)
        return answer, read

    def _complete(self, question: Question[Reply], preferred: Sequence[Mode], meter: Meter) -> tuple[Mode, Completion]:
        """What the endpoint sends, asked in the first way that it does not refuse."""
        *others, last = (mode for mode in preferred if mode not in self._useless)
        refused = []
        with mapped_errors():
            for mode in others:
                if completion := self._unless_refused(question, mode, meter):
                    break
                refused.append(mode)
            else:
                mode, completion = last, self._send(question.request(last), meter)
        self._note_useless(*refused)
        return mode, completion

    def _unless_refused(self, question: Question[Reply], mode: Mode, meter: Meter) -> Completion | None:
        """What the endpoint sends; None where it does not take what it is asked, which need not be for the way it is asked."""
        from openai import BadRequestError, UnprocessableEntityError  # noqa: PLC0415 - an extra, and slow to load

        try:
            return self._send(question.request(mode), meter)
        except (BadRequestError, UnprocessableEntityError):
            return None

    def _send(self, request: Mapping[str, Any], meter: Meter) -> Completion:
        completions: Any = self._client.chat.completions.with_raw_response
        began = monotonic()
        raw = completions.create(model=self._model, **request, **self._settings)
        completion = completion_in(raw.content)
        tokens = completion.usage or Tokens()
        usage = Usage(1, tokens.prompt_tokens or 0, tokens.completion_tokens or 0, monotonic() - began)
        meter.end(usage)
        with self._noting:
            self._usage += usage
        return completion

    def _note_useless(self, *found: Mode) -> None:
        """Note ways that the endpoint does not know. JSON mode, the last, is none of them: there is no other to go to."""
        with self._noting:
            self._useless |= frozenset(found) - {Mode.JSON}
