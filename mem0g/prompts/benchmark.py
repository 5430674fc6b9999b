"""The shapes of an answer and of a mark in a benchmark: see `benchmark_answer.md`, `benchmark_strict.md` and `benchmark_lenient.md`."""

from typing import Final, Literal

from pydantic import BaseModel

from mem0g.prompts import Prompt, load

VERSION: Final = "1"
"""Raise it with every change of one of the three files, or of the models here: answers and marks of two versions are not compared."""

Strictness = Literal["strict", "lenient"]
"""How much an answer has to say to be correct."""


class ReadAnswer(BaseModel):
    """An answer, as short as it can be."""

    text: str


class ReadMark(BaseModel):
    """Whether an answer is correct. The reason comes first: a model that writes field by field has given it before it decides."""

    reason: str = ""
    correct: bool


def answer_prompt() -> Prompt:
    """What a model is told that answers, whatever found its notes."""
    return load("benchmark_answer", VERSION)


def mark_prompt(strictness: Strictness) -> Prompt:
    """What a judging model is told."""
    return load(f"benchmark_{strictness}", VERSION)
