"""LoCoMo conversations (Maharana et al. 2024, arXiv 2402.17753), read from their own JSON files. The data is never part of mem0g.

A file is a list of samples, such as `locomo10.json` of snap-research/LoCoMo, or one conversation of it. Session dates have no zone:
they are taken as UTC. A turn's time is its session's, plus a minute for each turn before it: the data says no more.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from mem0g.errors import InvalidInput

CATEGORIES: Final = {1: "multi-hop", 2: "temporal", 3: "open-domain", 4: "single-hop", 5: "adversarial"}
"""By the number that a question has; the means of the paper leave the last out."""

_SESSION: Final = re.compile(r"session_(\d+)")
_TURN: Final = re.compile(r"D\d+:\d+")
_WHEN: Final = "%I:%M %p on %d %B, %Y"
_PAUSE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker said at once.

    Attributes:
        id: such as "D1:3": session and place.
        caption: of the picture that was shown with it; empty where there was none.
    """

    id: str
    speaker: str
    text: str
    said_at: datetime
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """A fact that a language model once extracted, with the turns it stands on."""

    speaker: str
    text: str
    turns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Session:
    """Turns of one day, in order, and the facts extracted from them."""

    number: int
    said_at: datetime
    turns: tuple[Turn, ...]
    observations: tuple[Observation, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its gold answer.

    Attributes:
        answer: as text; of an adversarial question, the wrong answer that it is after.
        evidence: the ids of the turns that answer it.
        category: a key of `CATEGORIES`.
    """

    text: str
    answer: str
    evidence: tuple[str, ...]
    category: int


@dataclass(frozen=True, slots=True)
class Conversation:
    """Two people over months, and what is asked about them.

    Attributes:
        id: the sample's, or the name of its file.
        malformed: how many evidence ids name no turn, and were left out.
    """

    id: str
    speakers: tuple[str, str]
    sessions: tuple[Session, ...]
    questions: tuple[Question, ...]
    malformed: int = 0

    @property
    def turns(self) -> list[Turn]:
        """Every turn, in order."""
        return [turn for session in self.sessions for turn in session.turns]


def read_conversations(path: Path) -> list[Conversation]:
    """The conversations in a file, or in every JSON file of a folder, sorted by name.

    Raises:
        InvalidInput: there is none, or it is no LoCoMo file.
    """
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    found = [conversation for file in files for conversation in _of_file(file)]
    if not found:
        raise InvalidInput(f"{path} holds no LoCoMo conversation: give locomo10.json, or a folder of conversations")
    return found


def _of_file(path: Path) -> Iterator[Conversation]:
    try:
        samples = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error}") from error
    except ValueError as error:
        raise InvalidInput(f"{path} is no JSON, as LoCoMo's data is: {error}") from error
    try:
        yield from (_conversation(sample, path.stem) for sample in samples)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InvalidInput(f"{path} is no LoCoMo file: {error!r}") from error


def _conversation(sample: Mapping[str, Any], name: str) -> Conversation:
    told = sample["conversation"]
    numbers = sorted(int(found[1]) for key in told if (found := _SESSION.fullmatch(key)))
    sessions = tuple(_session(number, told, sample.get("observation", {})) for number in numbers)
    turns = {turn.id for session in sessions for turn in session.turns}
    read = [_question(each, turns) for each in sample["qa"]]
    questions, malformed = tuple(question for question, _ in read), sum(left_out for _, left_out in read)
    speakers = (told["speaker_a"], told["speaker_b"])
    return Conversation(str(sample.get("sample_id", name)), speakers, sessions, questions, malformed)


def check_measurable(conversations: Sequence[Conversation]) -> None:
    """That each is there once, and was held.

    Raises:
        InvalidInput: one is given twice, or has no turn.
    """
    ids = [conversation.id for conversation in conversations]
    if len(set(ids)) < len(ids):
        raise InvalidInput("a conversation is given twice: give each once")
    for conversation in conversations:
        if not conversation.turns:
            raise InvalidInput(f"the conversation {conversation.id!r} has no turn: leave it out")


def _session(number: int, told: Mapping[str, Any], observed: Mapping[str, Any]) -> Session:
    began = datetime.strptime(told[f"session_{number}_date_time"], _WHEN).replace(tzinfo=UTC)
    turns = tuple(
        Turn(turn["dia_id"], turn["speaker"], turn["text"], began + place * _PAUSE, turn.get("blip_caption", ""))
        for place, turn in enumerate(told[f"session_{number}"])
    )
    by_speaker = observed.get(f"session_{number}_observation", {})
    observations = tuple(
        Observation(speaker, text, tuple(_turn_ids(source))) for speaker, facts in by_speaker.items() for text, source in facts
    )
    return Session(number, began, turns, observations)


def _question(asked: Mapping[str, Any], turns: set[str]) -> tuple[Question, int]:
    """The question, and how many of its evidence ids name no turn. "D8:6; D9:17" names two."""
    evidence = asked.get("evidence", [])
    named = [id for id in dict.fromkeys(_turn_ids(evidence)) if id in turns]
    malformed = sum(not set(_turn_ids(each)) <= turns or not _TURN.search(each) for each in evidence)
    answer = asked.get("answer", asked.get("adversarial_answer", ""))
    return Question(asked["question"], str(answer), tuple(named), asked["category"]), malformed


def _turn_ids(source: str | Sequence[str]) -> list[str]:
    return _TURN.findall(source if isinstance(source, str) else " ".join(source))
