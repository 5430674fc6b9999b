"""Settings, and the one place that reads the environment."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says.

    Attributes:
        database: where a `Memory` that is told nothing keeps things: a SQLite file, or the address of a Neo4j server; `MEM0G_DB`.
        openai_api_key: the key of the OpenAI-compatible endpoint, or None; `OPENAI_API_KEY`. Not shown by `repr`.
        openai_base_url: the address of the endpoint, None for OpenAI's own; `OPENAI_BASE_URL`.
        model: the language model asked there; `MEM0G_MODEL`.
    """

    database: str = field(default="mem0g.db", repr=False)
    openai_api_key: str | None = field(default=None, repr=False)
    openai_base_url: str | None = None
    model: str = "gpt-4o-mini"

    @property
    def has_model(self) -> bool:
        """Whether a language model is configured: there is a key or an address."""
        return bool(self.openai_api_key or self.openai_base_url)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read the variables; one that is empty counts as unset."""
        given = {name: environment.get(variable) for name, variable in _VARIABLES.items()}
        return cls(**{name: value for name, value in given.items() if value})


_VARIABLES = {
    "database": "MEM0G_DB",
    "openai_api_key": "OPENAI_API_KEY",
    "openai_base_url": "OPENAI_BASE_URL",
    "model": "MEM0G_MODEL",
}


def is_server(where: object) -> bool:
    """Whether this is the address of a Neo4j server, and no file: neo4j:// or bolt://, also with +s or +ssc."""
    return isinstance(where, str) and re.match(r"(neo4j|bolt)(\+s|\+ssc)?://", where, re.IGNORECASE) is not None


def without_password(where: str) -> str:
    """An address of a server as it may be shown; a file as it is."""
    return re.sub(r"//[^@/]*@", "//", where) if is_server(where) else where
