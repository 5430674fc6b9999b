"""The shape of a verdict on doubtful pairs: see `judging.md`."""

from typing import Final, Literal

from pydantic import BaseModel

from mem0g.prompts import Prompt, load

VERSION: Final = "1"
"""Raise it with every change of `judging.md` or of the models here."""


class ReadVerdict(BaseModel):
    """What the later claim of one pair does to the earlier one."""

    pair: int
    reason: str = ""
    operation: Literal["ADD", "UPDATE", "DELETE", "NOOP"]


class ReadVerdicts(BaseModel):
    """A verdict for each pair."""

    verdicts: list[ReadVerdict]


def prompt() -> Prompt:
    """What a judging model is told."""
    return load("judging", VERSION)
