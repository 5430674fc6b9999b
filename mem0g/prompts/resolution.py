"""The shape of what is said of doubtful names: see `resolution.md`."""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator

from mem0g.prompts import Prompt, load

VERSION: Final = "1"
"""Raise it with every change of `resolution.md` or of the models here."""


def _in_words(same: object) -> object:
    return str(same).casefold() if isinstance(same, bool | str) else same


class ReadSameness(BaseModel):
    """Whether the two entries of one pair are one."""

    pair: int
    reason: str = ""
    same: Annotated[Literal["true", "false", "unsure"], BeforeValidator(_in_words)]


class ReadSamenesses(BaseModel):
    """An answer for each pair."""

    answers: list[ReadSameness]


def prompt() -> Prompt:
    """What a model that tells names apart is told."""
    return load("resolution", VERSION)
