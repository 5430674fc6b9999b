"""Embeddings over HTTP: OpenAI's, and those of any server that speaks its protocol (Ollama, vLLM, LM Studio)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from pydantic import BaseModel, FiniteFloat, ValidationError

from mem0g.errors import InvalidReply, ModelUnavailable
from mem0g.ports import Vectors
from mem0g.providers.openai import mapped_errors, openai_client, turns
from mem0g.providers.vectors import vectors_of

if TYPE_CHECKING:
    import openai

MAX_TEXTS = 2048
"""How many texts one request may hold."""

MAX_BYTES = 300_000
"""How long the texts of one request may be together: the protocol allows as many tokens, and a token has at least one byte."""

MAX_TEXT_BYTES = 8_000
"""How much of a text is read: the models read up to 8,191 tokens, and refuse a text that has more."""

SHORTENED = "text-embedding-3-"
"""The models that give vectors of the dimension asked for."""


class OpenAIEmbedder:
    """An `Embedder` behind OpenAI's `/embeddings`. Of a text the first 8,000 bytes are read.

    Args:
        model: its name, as the server knows it.
        dimension: how many numbers its vectors have. OpenAI's third generation gives as many as are asked for.
        client: the one to use; without it one is made of the rest.
        base_url: where the server is, up to `/v1`; OpenAI's own where it is not given.
        api_key: what the server asks for; servers on this machine often ask for none.
        timeout: seconds that one request may take, further tries and the waits before them included; see `openai_client`.
        concurrency: how many requests may be under way at once, of all threads. Others wait for their turn; their time begins with it.

    Raises:
        MissingExtra: the `openai` package is not installed.
        InvalidInput: there is neither a key, nor an address, nor a client, or `concurrency` is no whole number of at least 1.
    """

    def __init__(
        self,
        model: str = "text-embedding-3-small",
        dimension: int = 1536,
        *,
        client: openai.OpenAI | None = None,
        base_url: str | None = None,
        api_key: str | None = None,
        timeout: float = 30.0,
        concurrency: int = 8,
    ) -> None:
        self._turns = turns(concurrency)
        self._client = openai_client(base_url, api_key, timeout) if client is None else client
        self._model = model
        self._dimension = dimension

    @property
    def model(self) -> str:
        """The name of the model, as the server knows it."""
        return self._model

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return self._dimension

    def close(self) -> None:
        """Close its connections."""
        self._client.close()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, in the order given; see `Embedder.embed`. Blank texts are not sent.

        Raises:
            ModelUnavailable: the server cannot be reached, refuses, or is too slow.
            InvalidReply: its vectors are not as many, or not as long, as they should be.
        """
        return vectors_of(texts, self._dimension, self._embed)

    def _embed(self, texts: list[str]) -> list[list[float]]:
        return list(chain.from_iterable(self._ask(batch) for batch in _batches(texts)))

    def _ask(self, texts: list[str]) -> list[list[float]]:
        dimensions = {"dimensions": self._dimension} if self._model.startswith(SHORTENED) else {}
        with self._turns, mapped_errors("MEM0G_EMBEDDING_MODEL"):
            answer = self._client.embeddings.with_raw_response.create(
                model=self._model, input=texts, encoding_format="float", extra_body=dimensions
            )
        try:
            reply = _Reply.model_validate_json(answer.content)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            raise InvalidReply(f"what {self._model} sent is no list of embeddings: {first['loc']}: {first['msg']}") from error
        if reply.error is not None:
            raise ModelUnavailable(f"the endpoint reports an error: {str(reply.error)[:300]}")
        return self._checked(reply, len(texts))

    def _checked(self, reply: _Reply, count: int) -> list[list[float]]:
        by_index = {each.index: each.embedding for each in reply.data}
        if len(reply.data) != count or set(by_index) != set(range(count)):
            raise InvalidReply(f"{self._model} was given {count} texts, and its {len(reply.data)} vectors are not numbered as they are")
        if wrong := {len(row) for row in by_index.values()} - {self._dimension}:
            raise InvalidReply(f"{self._model} answered with vectors of dimension {sorted(wrong)}, not {self._dimension}")
        return [by_index[index] for index in range(count)]


class _Embedding(BaseModel):
    index: int
    embedding: list[FiniteFloat]


class _Reply(BaseModel):
    data: Sequence[_Embedding] = ()
    error: object = None


def _batches(texts: list[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        beginning = text.encode()[:MAX_TEXT_BYTES]
        if batch and (len(batch) == MAX_TEXTS or size + len(beginning) > MAX_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(beginning.decode(errors="ignore"))
        size += len(beginning)
    if batch:
        yield batch
