"""The shape of an answer to a question: see `answering.md`."""

from typing import Final

from pydantic import BaseModel

from mem0g.prompts import Prompt, load

VERSION: Final = "1"
"""Raise it with every change of `answering.md` or of the model here."""


class ReadAnswer(BaseModel):
    """An answer, with the numbers of the entries that it rests on."""

    answer: str = ""
    cited: list[int] = []
    known: bool


def prompt() -> Prompt:
    """What an answering model is told."""
    return load("answering", VERSION)
