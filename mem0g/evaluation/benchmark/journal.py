"""What a benchmark has found so far: a file to which every answer and every mark is added as soon as it is there.

A JSON value a line. The first line says what all of them are of; a start with anything else of it is refused, for the answers of two
models do not make one mean. A last line that was cut off, as by a power failure, is dropped and done again.
"""

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import IO, Annotated, Final, Literal, Self

from pydantic import Field, TypeAdapter, ValidationError

from mem0g.errors import InvalidInput
from mem0g.evaluation.benchmark.marking import Mark
from mem0g.evaluation.benchmark.systems import Answered
from mem0g.ports import Usage
from mem0g.prompts.benchmark import Strictness

FILE: Final = "journal.jsonl"

Step = Literal["ingested", "answer", "mark"]
"""What is done one after another: a conversation is taken in, a question answered, an answer judged."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What all answers and marks of a journal have in common.

    Attributes:
        model: what reads, answers and judges.
        embedder: the name of its model; None where there is none.
        prompts: the version of the prompts of answering and judging.
    """

    model: str
    embedder: str | None
    prompts: str
    kind: Literal["settings"] = "settings"


@dataclass(frozen=True, slots=True)
class Place:
    """Which answer is meant.

    Attributes:
        conversation: its key (see `running.key`): another one after every change of its data.
        question: its place among the conversation's, from 0.
        run: from 0.
    """

    system: str
    conversation: str
    question: int
    run: int


@dataclass(frozen=True, slots=True)
class IngestedLine:
    """A system has taken in a conversation."""

    system: str
    conversation: str
    seconds: float
    usage: Usage
    kind: Literal["ingested"] = "ingested"


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A system has answered."""

    place: Place
    answered: Answered
    usage: Usage
    kind: Literal["answer"] = "answer"


@dataclass(frozen=True, slots=True)
class MarkLine:
    """A judge has judged the answer."""

    place: Place
    judge: Strictness
    mark: Mark
    usage: Usage
    kind: Literal["mark"] = "mark"


@dataclass(frozen=True, slots=True)
class FailureLine:
    """Something was not done. It is tried again at the next start; what it cost is counted.

    Attributes:
        step: of a system, for one conversation.
    """

    step: Step
    system: str
    conversation: str
    error: str
    usage: Usage
    kind: Literal["failure"] = "failure"


Line = Settings | IngestedLine | AnswerLine | MarkLine | FailureLine
_LINE: Final[TypeAdapter[Line]] = TypeAdapter(Annotated[Line, Field(discriminator="kind")])


@dataclass(slots=True)
class Found:
    """What a journal holds. Of two lines for one place the first counts.

    Attributes:
        ingested: by system and conversation.
        failures: all there ever were, oldest first.
    """

    settings: Settings | None = None
    ingested: dict[tuple[str, str], IngestedLine] = field(default_factory=dict)
    answers: dict[Place, AnswerLine] = field(default_factory=dict)
    marks: dict[tuple[Place, Strictness], MarkLine] = field(default_factory=dict)
    failures: list[FailureLine] = field(default_factory=list)

    def add(self, line: Line) -> None:
        """Take in one line more."""
        match line:
            case Settings():
                self.settings = self.settings or line
            case IngestedLine():
                self.ingested.setdefault((line.system, line.conversation), line)
            case AnswerLine():
                self.answers.setdefault(line.place, line)
            case MarkLine():
                self.marks.setdefault((line.place, line.judge), line)
            case FailureLine():
                self.failures.append(line)


def read_journal(folder: Path) -> Found:
    """What the journal of a folder holds; nothing where there is none.

    Raises:
        InvalidInput: a line is no line of a journal; the error names file, line and what is wrong.
    """
    path = folder / FILE
    found = Found()
    for number, line in enumerate(_whole_lines(path), start=1):
        try:
            found.add(_LINE.validate_json(line))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            wrong = f"{path}, line {number} is no line of a journal: {first['msg']}"
            raise InvalidInput(f"{wrong}; move the file away, or name another --out") from error
    return found


def _whole_lines(path: Path) -> list[bytes]:
    return path.read_bytes().split(b"\n")[:-1] if path.exists() else []


class Journal:
    """A journal that is added to, from many threads. Use it in a `with` statement.

    Args:
        folder: is made where it is not there.
        settings: of what is added.

    Attributes:
        found: what it holds.

    Raises:
        InvalidInput: it cannot be read, or holds what was found with other settings.
    """

    def __init__(self, folder: Path, settings: Settings) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.found = read_journal(folder)
        check_settings(self.found, settings, folder)
        self._lock = Lock()
        self._file: IO[bytes] = _cleaned(folder / FILE)
        if self.found.settings is None:
            self.add(settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()

    def add(self, line: Line) -> None:
        """Keep a line: it is in the file when this returns."""
        with self._lock:
            self.found.add(line)
            self._file.write(_LINE.dump_json(line) + b"\n")
            self._file.flush()


def check_settings(found: Found, settings: Settings, folder: Path) -> None:
    """Refuse to go on with other settings.

    Raises:
        InvalidInput: what was found was found with others.
    """
    if found.settings not in {None, settings}:
        held, meant = _shown(found.settings), _shown(settings)
        raise InvalidInput(f"{folder} holds answers of {held}, and these would be of {meant}: name another --out")


def _shown(settings: Settings | None) -> str:
    return "nothing" if settings is None else f"{settings.model} (embedder {settings.embedder or 'none'}, prompts {settings.prompts})"


def _cleaned(path: Path) -> IO[bytes]:
    """The file, open to be added to, without a last line that was cut off."""
    whole = sum(len(line) + 1 for line in _whole_lines(path))
    file = path.open("ab")
    file.truncate(whole)
    return file
