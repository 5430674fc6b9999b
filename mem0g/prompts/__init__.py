"""What language models are told: one short Markdown file a task, beside the shape of its reply.

A prompt is a constant: dates and names are values of the text it is asked about. Its version is part of what the ledger records, so
words and version change together; a snapshot test holds them to it.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

MODEL = "llm:"
"""How the name of a decider begins that is a language model."""

_REASON_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Prompt:
    """The instructions of one task.

    Attributes:
        task: the name of its file.
        version: raised whenever a word or the shape of the reply changes.
        instructions: the system message.
    """

    task: str
    version: str
    instructions: str

    @property
    def name(self) -> str:
        """Task and version, as the ledger records them: "extraction-3"."""
        return f"{self.task}-{self.version}"

    def decider(self, model: str) -> str:
        """Who decides by it, as the ledger records it: "llm:gpt-4o-mini:update-1"."""
        return f"{MODEL}{model}:{self.name}"


@cache
def load(task: str, version: str) -> Prompt:
    """The prompt in the file of this name."""
    return Prompt(task, version, files(__name__).joinpath(f"{task}.md").read_text(encoding="utf-8").strip())


def one_line(reason: str) -> str:
    """A reason that a model gives as every store keeps it, at most 500 characters: a model may write anything."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in reason).split())[:_REASON_LIMIT]
