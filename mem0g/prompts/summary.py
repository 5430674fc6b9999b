"""The shape of a summary: see `summary.md`."""

from typing import Final

from pydantic import BaseModel

from mem0g.prompts import Prompt, load

VERSION: Final = "1"
"""Raise it with every change of `summary.md` or of the model here."""


class ReadSummary(BaseModel):
    """What was said, in a few words."""

    text: str


def prompt() -> Prompt:
    """What a summarising model is told."""
    return load("summary", VERSION)
