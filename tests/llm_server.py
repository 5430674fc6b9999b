"""An OpenAI-compatible server on loopback that follows a script: real HTTP, and no model.

```python
with LLMServer(answer({"claims": []}), rate_limited(after=0)) as server:
    OpenAIModel(base_url=server.url, api_key="test")
```

Each request to `/chat/completions` takes the next step of the script; the last step stays. `/embeddings` has a script of its own, and gives
vectors that depend on the text alone.
"""

import base64
import hashlib
import json
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any, Self

Body = Mapping[str, Any]


@dataclass(frozen=True)
class Reply:
    """What the server sends.

    Attributes:
        after: seconds of silence before the first byte; None: it never comes.
        pace: seconds between two bytes of the body; 0 sends it whole.
        cut: how many bytes of the body come before it falls silent; None: all of them.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    after: float | None = 0
    pace: float = 0
    cut: int | None = None


Step = Reply | Callable[[Body], Reply]
"""A reply, or what makes one of the request's body."""


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    path: str
    headers: Mapping[str, str]
    body: Body

    @property
    def form(self) -> str | None:
        """How a structured answer was asked for: "tool", or the type of `response_format`."""
        return form(self.body)

    @property
    def messages(self) -> list[str]:
        """What the messages say, in order."""
        return [message["content"] for message in self.body["messages"]]


def form(body: Body) -> str | None:
    """How a request asks for a structured answer: "tool", or the type of `response_format`; None where it does not."""
    return "tool" if "tools" in body else body.get("response_format", {}).get("type")


def as_json(value: object, status: int = 200, **headers: str) -> Reply:
    """Any JSON value."""
    return Reply(json.dumps(value).encode(), status, {"content-type": "application/json", **headers})


def completion(message: Mapping[str, object], finish_reason: str = "stop") -> Reply:
    """One choice; it costs 11 tokens in and 7 out."""
    choice = {"index": 0, "finish_reason": finish_reason, "message": {"role": "assistant", **message}}
    return as_json({**_envelope("chat.completion"), "choices": [choice], "usage": _USAGE})


def answer(content: str | Mapping[str, Any]) -> Reply:
    """Success: text as it is, anything else as JSON."""
    return completion({"content": content if isinstance(content, str) else json.dumps(content)})


def tool_call(name: str, arguments: Mapping[str, Any] | str) -> Reply:
    """The call of one tool, instead of words."""
    text = arguments if isinstance(arguments, str) else json.dumps(arguments)
    call = {"id": "call_1", "type": "function", "function": {"name": name, "arguments": text}}
    return completion({"content": None, "tool_calls": [call]}, "tool_calls")


def refusal(words: str = "I cannot help with that.") -> Reply:
    return completion({"content": None, "refusal": words})


def truncated(content: str = '{"claims": [') -> Reply:
    return completion({"content": content}, "length")


def filtered() -> Reply:
    return completion({"content": ""}, "content_filter")


def no_choices() -> Reply:
    return as_json({**_envelope("chat.completion"), "choices": [], "usage": _USAGE})


def failure(status: int = 500, message: str = "something broke", **headers: str) -> Reply:
    return as_json({"error": {"message": message, "type": "server_error", "param": None, "code": None}}, status, **headers)


def rate_limited(after: float) -> Reply:
    """429, with the wish to be asked again after so many seconds."""
    return failure(429, "slow down", **{"retry-after": str(after)})


def error_with_status_200(message: str = "upstream is down") -> Reply:
    return as_json({"error": {"message": message, "code": 502}})


def web_page() -> Reply:
    return Reply(b"<html>Welcome to the proxy</html>", 200, {"content-type": "text/html"})


def broken_json() -> Reply:
    """The envelope itself does not parse."""
    return Reply(b'{"choices": [', 200, {"content-type": "application/json"})


def hang() -> Reply:
    return Reply(after=None)


def drip(reply: Reply, pace: float) -> Reply:
    """Byte after byte."""
    return replace(reply, pace=pace)


def cut_off(reply: Reply, after: int) -> Reply:
    """So many bytes, and then silence."""
    return replace(reply, cut=after)


def obliging(content: str | Mapping[str, Any]) -> Callable[[Body], Reply]:
    """An endpoint that does as it is asked: it calls the tool, where there is one, and answers in words, where there is none."""

    def step(body: Body) -> Reply:
        return tool_call(body["tools"][0]["function"]["name"], content) if form(body) == "tool" else answer(content)

    return step


def refusing(*forms: str, otherwise: "Step", status: int = 400) -> Callable[[Body], Reply]:
    """An endpoint that does not know these forms, and says so."""
    return _where(forms, lambda asked: failure(status, f"{asked} is not supported"), otherwise)


def ignoring(*forms: str, otherwise: "Step", says: Reply | None = None) -> Callable[[Body], Reply]:
    """An endpoint that takes these forms and does not follow them: it says something in words instead."""
    return _where(forms, lambda _: says or answer("Sure, I will remember that!"), otherwise)


def _where(forms: Sequence[str], then: Callable[[str], Reply], otherwise: "Step") -> Callable[[Body], Reply]:
    def step(body: Body) -> Reply:
        asked = form(body)
        if asked in forms:
            return then(asked)
        return otherwise if isinstance(otherwise, Reply) else otherwise(body)

    return step


_USAGE = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}


def _envelope(kind: str) -> dict[str, object]:
    return {"id": "scripted-1", "object": kind, "created": 1_767_225_600, "model": "scripted"}


def vector(text: str, dimensions: int = 8) -> list[float]:
    """Numbers between -1 and 1 that depend on the text alone; never all zero."""
    digest = hashlib.shake_256(text.encode()).digest(2 * dimensions)
    return [number / 32_768 or 0.5 for (number,) in struct.iter_unpack("<h", digest)]


def embeddings(body: Body) -> Reply:
    """A vector for each text, as floats or in base64."""
    texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
    vectors = (vector(text, body.get("dimensions", 8)) for text in texts)
    encoded = (_base64(each) if body.get("encoding_format") == "base64" else each for each in vectors)
    data = [{"object": "embedding", "index": index, "embedding": each} for index, each in enumerate(encoded)]
    return as_json({"object": "list", "data": data, "model": body["model"], "usage": {"prompt_tokens": 5, "total_tokens": 5}})


def _base64(numbers: Sequence[float]) -> str:
    return base64.b64encode(struct.pack(f"<{len(numbers)}f", *numbers)).decode()


class LLMServer:
    """The server, up from `__enter__` to `__exit__`.

    Args:
        chat: the script of `/chat/completions`.
        embedding: the script of `/embeddings`.

    Attributes:
        requests: everything asked so far, oldest first.
        most_at_once: how many requests were under way together at most; one is over when its answer is about to be sent.
    """

    def __init__(self, *chat: Step, embedding: Sequence[Step] = (embeddings,)) -> None:
        self._scripts = {"/v1/chat/completions": list(chat), "/v1/embeddings": list(embedding)}
        self._lock = Lock()
        self.over = Event()
        self.requests: list[Asked] = []
        self.most_at_once = 0
        self._at_once = 0
        self._http = _Server(("127.0.0.1", 0), _Handler)
        self._http.scripted = self

    def __enter__(self) -> Self:
        Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.over.set()
        self._http.shutdown()
        self._http.server_close()

    @property
    def url(self) -> str:
        """What to give as `base_url`."""
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    @property
    def forms(self) -> list[str | None]:
        """How each request asked for a structured answer."""
        return [asked.form for asked in self.requests]

    def script(self, *chat: Step) -> None:
        """Go on with these steps instead."""
        with self._lock:
            self._scripts["/v1/chat/completions"] = list(chat)

    def take(self, asked: Asked) -> Reply:
        """Record a request, and say what to send."""
        with self._lock:
            self.requests.append(asked)
            steps = self._scripts.get(asked.path)
            if not steps:
                return failure(404, f"nothing is scripted for {asked.path}")
            step = steps.pop(0) if len(steps) > 1 else steps[0]
        with self._under_way():
            return step if isinstance(step, Reply) else step(asked.body)

    @contextmanager
    def _under_way(self) -> Iterator[None]:
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        yield
        with self._lock:
            self._at_once -= 1


class _Server(ThreadingHTTPServer):
    scripted: LLMServer
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that gave up is no error here."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self._send(self.server.scripted.take(Asked(self.path, {name.lower(): value for name, value in self.headers.items()}, body)))

    def _send(self, reply: Reply) -> None:
        if reply.after is None or (reply.after and self.server.scripted.over.wait(reply.after)):
            self.server.scripted.over.wait()
            return
        if "date" in reply.headers:
            self.send_response_only(reply.status)
        else:
            self.send_response(reply.status)
        for name, value in {**reply.headers, "content-length": str(len(reply.body))}.items():
            self.send_header(name, value)
        self.end_headers()
        for part in _parts(reply):
            self.wfile.write(part)
            if reply.pace and self.server.scripted.over.wait(reply.pace):
                return
        if reply.cut is not None:
            self.server.scripted.over.wait()

    def log_message(self, format: str, *arguments: object) -> None:
        """Silence."""


def _parts(reply: Reply) -> Iterator[bytes]:
    body = reply.body[: reply.cut]
    if reply.pace:
        yield from (body[index : index + 1] for index in range(len(body)))
    else:
        yield body
