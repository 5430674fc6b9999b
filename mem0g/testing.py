"""The public test kit: a clock that stands still, an extractor and a language model that follow a script, an embedder, and the contracts.

`check_graph_store` is the contract of every store, `check_embedder` that of every embedder.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING

from mem0g.errors import InvalidReply
from mem0g.model import ClaimDraft
from mem0g.period import utc
from mem0g.ports import UNMETERED, ExtractionRequest, Meter, Reply, Usage, Vectors
from mem0g.providers.contract import EMBEDDER_CHECKS, check_embedder
from mem0g.providers.vectors import vectors_of
from mem0g.stores.contract import GRAPH_STORE_CHECKS, GraphStoreCheck, check_graph_store

if TYPE_CHECKING:
    from pydantic import BaseModel

__all__ = [
    "EMBEDDER_CHECKS",
    "GRAPH_STORE_CHECKS",
    "GraphStoreCheck",
    "HashingEmbedder",
    "ManualClock",
    "ModelRequest",
    "ScriptedAnswer",
    "ScriptedExtractor",
    "ScriptedModel",
    "ScriptedReply",
    "check_embedder",
    "check_graph_store",
]

ScriptedAnswer = Sequence[ClaimDraft] | Exception | None
"""What is read out of an episode; an exception, to be raised; or None: it could not be read, and is left out of the answer."""


class ManualClock:
    """A `Clock` that stands still until it is set or advanced.

    Args:
        now: where it starts, aware.
    """

    def __init__(self, now: datetime = datetime(2026, 1, 1, tzinfo=UTC)) -> None:
        self.now = now

    @property
    def now(self) -> datetime:
        """The time it shows, in UTC. Setting it to a naive datetime raises `InvalidTime`."""
        return self._now

    @now.setter
    def now(self, at: datetime) -> None:
        self._now = utc(at, "now")

    def __call__(self) -> datetime:
        """The time it shows."""
        return self._now

    def advance(self, **parts: float) -> datetime:
        """Move on by `parts`, as `timedelta` takes them (`days=1, hours=2`), and return the new time."""
        self._now += timedelta(**parts)
        return self._now


class ScriptedExtractor:
    """An `Extractor` that answers by the content of each episode, without a model.

    Args:
        answers: by the content of an episode. Content that is not in it holds no claims.
        name: what `Progress.extractor` records.

    Attributes:
        requests: every request so far, oldest first.
    """

    def __init__(self, answers: Mapping[str, ScriptedAnswer], name: str = "scripted") -> None:
        self._answers = dict(answers)
        self._name = name
        self.requests: list[ExtractionRequest] = []

    @property
    def name(self) -> str:
        """What `Progress.extractor` records."""
        return self._name

    @property
    def calls(self) -> int:
        """How often it was asked."""
        return len(self.requests)

    def extract(self, request: ExtractionRequest) -> dict[str, Sequence[ClaimDraft]]:
        """The scripted claims of each episode, by its id.

        Raises:
            Exception: the first one scripted for an episode of the request.
        """
        self.requests.append(request)
        answers = {episode.id: self._answer(episode.content) for episode in request.episodes}
        return {id: answer for id, answer in answers.items() if answer is not None}

    def _answer(self, content: str) -> Sequence[ClaimDraft] | None:
        answer = self._answers.get(content, ())
        if isinstance(answer, Exception):
            raise answer
        return answer


class HashingEmbedder:
    """An `Embedder` without a model: texts that share words, or parts of words, are close. The same in every process.

    Args:
        dimension: how many numbers a vector has. The fewer, the more often unlike words fall together.

    Attributes:
        requests: the texts of every call so far, oldest first.
    """

    def __init__(self, dimension: int = 64) -> None:
        self._dimension = dimension
        self.requests: list[list[str]] = []

    @property
    def model(self) -> str:
        """A name for each dimension."""
        return f"hashing-{self._dimension}"

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return self._dimension

    @property
    def calls(self) -> int:
        """How often it was asked."""
        return len(self.requests)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, in the order given; see `Embedder.embed`."""
        self.requests.append(list(texts))
        return vectors_of(texts, self._dimension, lambda readable: [self._row(text) for text in readable])

    def _row(self, text: str) -> list[float]:
        row = [0.0] * self._dimension
        for piece, weight in _pieces(text):
            number = int.from_bytes(blake2b(piece.encode(), digest_size=8).digest())
            row[number // 2 % self._dimension] += weight if number % 2 else -weight
        return row


def _pieces(text: str) -> Iterator[tuple[str, float]]:
    """The words of a text, and the trigrams of each, which together weigh as much as the word; with their weights."""
    for word in re.findall(r"\w+|[^\w\s]", text.casefold()):
        yield word, 1.0
        padded = f"<{word}>"
        trigrams = [padded[at : at + 3] for at in range(len(padded) - 2)]
        yield from ((trigram, len(trigrams) ** -0.5) for trigram in trigrams)


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """What a language model was asked.

    Attributes:
        reply: the type of answer asked for.
        tool: the name of the tool whose arguments the answer is to be; None for an answer in words.
    """

    instructions: str
    text: str
    reply: "type[BaseModel]"
    tool: str | None = None


ScriptedReply = Mapping[str, object] | str | Exception
"""A language model's answer, as a mapping or as JSON text; or an exception, to be raised."""


class ScriptedModel:
    """A `LanguageModel` that follows a script, without a network.

    Args:
        answers: one a call, in order; or what makes an answer of the request.
        name: what `Judgement.decider` and `Progress.extractor` record.

    Attributes:
        requests: every request so far, oldest first.
    """

    def __init__(self, answers: Sequence[ScriptedReply] | Callable[[ModelRequest], ScriptedReply], name: str = "scripted-model") -> None:
        self._answers = answers
        self._name = name
        self.requests: list[ModelRequest] = []

    @property
    def name(self) -> str:
        """The name of the model."""
        return self._name

    @property
    def calls(self) -> int:
        """How often it was asked."""
        return len(self.requests)

    def ask(self, instructions: str, text: str, reply: type[Reply], *, tool: str | None = None, meter: Meter = UNMETERED) -> Reply:
        """The scripted answer, validated. Four characters count as a token.

        Raises:
            InvalidReply: it does not fit `reply`.
            AssertionError: the script has no more answers.
            Exception: the one scripted for this request.
        """
        meter.begin()
        request = ModelRequest(instructions, text, reply, tool)
        self.requests.append(request)
        answer = self._answers(request) if callable(self._answers) else self._next(self._answers)
        if isinstance(answer, Exception):
            raise answer
        said = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
        meter.end(Usage(1, _tokens(instructions + text), _tokens(said)))
        try:
            return reply.model_validate_json(answer) if isinstance(answer, str) else reply.model_validate(answer)
        except ValueError as error:
            raise InvalidReply(f"{self.name} answered with what does not fit: {error}") from error

    def _next(self, answers: Sequence[ScriptedReply]) -> ScriptedReply:
        if self.calls > len(answers):
            raise AssertionError(f"{self.name} was asked {self.calls} times, and its script has {len(answers)} answers")
        return answers[self.calls - 1]


def _tokens(text: str) -> int:
    return -(-len(text) // 4)
