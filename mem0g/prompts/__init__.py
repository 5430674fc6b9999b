"""What language models are told: one short Markdown file a task, beside the shape of its reply.

A prompt is a constant: dates and names are values of the text it is asked about. Its version is part of what the ledger records, so
words and version change together; a snapshot test holds them to it.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


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


@cache
def load(task: str, version: str) -> Prompt:
    """The prompt in the file of this name."""
    return Prompt(task, version, files(__name__).joinpath(f"{task}.md").read_text(encoding="utf-8").strip())
