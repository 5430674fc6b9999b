"""Settings, and the one place that reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Self

from mem0g.errors import InvalidInput

Flavour = Literal["graph", "facts"]
"""See `mem0g.Memory`."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says.

    Attributes:
        database: where a `Memory` that is told nothing keeps things: a SQLite file, or the address of a Neo4j server; `MEM0G_DB`.
        openai_api_key: the key of the OpenAI-compatible endpoint, or None; `OPENAI_API_KEY`. Not shown by `repr`.
        openai_base_url: the address of the endpoint, None for OpenAI's own; `OPENAI_BASE_URL`.
        model: the language model asked there; `MEM0G_MODEL`.
        embedder: where the commands have texts embedded: "local", "openai" or "none"; None to use what is on this machine;
            `MEM0G_EMBEDDER`. A `Memory` is given its embedder, and reads none of these three.
        embedding_model: its model, or None for the usual one; `MEM0G_EMBEDDING_MODEL`.
        embedding_dimension: how many numbers a vector of that model has, for "openai"; `MEM0G_EMBEDDING_DIMENSION`.
        flavour: what the commands keep, "graph" or "facts"; `MEM0G_FLAVOUR`. A `Memory` is given its flavour.
    """

    database: str = field(default="mem0g.db", repr=False)
    openai_api_key: str | None = field(default=None, repr=False)
    openai_base_url: str | None = None
    model: str = "gpt-4o-mini"
    embedder: str | None = None
    embedding_model: str | None = None
    embedding_dimension: int | None = None
    flavour: Flavour = "graph"

    @property
    def has_model(self) -> bool:
        """Whether a language model is configured: there is a key or an address."""
        return bool(self.openai_api_key or self.openai_base_url)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read the variables; one that is empty counts as unset.

        Raises:
            InvalidInput: `MEM0G_EMBEDDING_DIMENSION` is no number of at least 1; `MEM0G_FLAVOUR` is no flavour.
        """
        given = {name: environment.get(variable) for name, variable in _VARIABLES.items()}
        dimension, flavour = environment.get(_DIMENSION), environment.get(_FLAVOUR)
        return cls(
            **{name: value for name, value in given.items() if value},
            embedding_dimension=_count(dimension) if dimension else None,
            flavour=_flavour(flavour) if flavour else "graph",
        )


_VARIABLES = {
    "database": "MEM0G_DB",
    "openai_api_key": "OPENAI_API_KEY",
    "openai_base_url": "OPENAI_BASE_URL",
    "model": "MEM0G_MODEL",
    "embedder": "MEM0G_EMBEDDER",
    "embedding_model": "MEM0G_EMBEDDING_MODEL",
}
_DIMENSION = "MEM0G_EMBEDDING_DIMENSION"
_FLAVOUR = "MEM0G_FLAVOUR"


def _flavour(text: str) -> Flavour:
    flavours: Mapping[str, Flavour] = {"graph": "graph", "facts": "facts"}
    if text not in flavours:
        raise InvalidInput(f"{_FLAVOUR}={text[:40]!r} is neither graph nor facts")
    return flavours[text]


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise InvalidInput(f"{_DIMENSION}={text[:40]!r} is no number of at least 1")
    return int(text)
