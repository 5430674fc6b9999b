"""The shape of what a model decides of candidates beside the facts they may touch: see `update.md`."""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator

from mem0g.prompts import Prompt, load

VERSION: Final = "1"
"""Raise it with every change of `update.md` or of the models here."""

TOOL: Final = "update_memory"
"""The tool whose arguments the reply is."""


def _text(number: object) -> object:
    return str(number) if isinstance(number, int) else number


class ReadDecision(BaseModel):
    """What one candidate does to one fact. The reason comes first, so that a model that writes field by field concludes from it."""

    candidate: Annotated[str, BeforeValidator(_text)]
    fact: int
    reason: str = ""
    operation: Literal["ADD", "UPDATE", "DELETE", "NOOP"]


class ReadUpdate(BaseModel):
    """What is decided of the pairs of one request."""

    decisions: list[ReadDecision]


def prompt() -> Prompt:
    """What an updating model is told."""
    return load("update", VERSION)
