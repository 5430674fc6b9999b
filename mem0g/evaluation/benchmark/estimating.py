"""What a run will ask of a language model, before it asks: its steps are rehearsed with a model that is none.

Each system takes in each conversation that it has still to take in, and answers some questions, in a folder that is gone afterwards. The
model of the rehearsal reads in a message what the data's own `observation` has of it (where the data has none: that it was said), and
answers anything else in a few words; four characters count as a token. So the calls are those that the code would make; a real model finds
other things to say, and leaves other doubts. What the journal of a run holds already is left out.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from mem0g.evaluation.benchmark.counting import CountedModel
from mem0g.evaluation.benchmark.journal import Found, Place
from mem0g.evaluation.benchmark.marking import JUDGES, mark
from mem0g.evaluation.benchmark.running import Plan, undone
from mem0g.evaluation.benchmark.systems import Equipment, System
from mem0g.evaluation.benchmark.telling import asked_at, tokens, words
from mem0g.evaluation.locomo_data import Conversation
from mem0g.ports import UNMETERED, Meter, Reply, Usage, Vectors
from mem0g.prompts.extraction import ReadMessages
from mem0g.prompts.summary import ReadSummary
from mem0g.providers.vectors import vectors_of

SAMPLE: Final = 10
"""How many questions of a conversation are rehearsed; the others are taken to cost as much."""

_QUOTED: Final = 60
"""How many characters of a message its rehearsed claims quote."""
_SUMMARY: Final = " ".join(["word"] * 150)
_WORDS: Final = "some words of an answer or of a reason"
_DIMENSION: Final = 32


@dataclass(frozen=True, slots=True)
class Cost:
    """What is asked of a model for one system; see `Usage`."""

    ingesting: Usage = field(default_factory=Usage)
    answering: Usage = field(default_factory=Usage)
    judging: Usage = field(default_factory=Usage)

    @property
    def total(self) -> Usage:
        """All of it."""
        return self.ingesting + self.answering + self.judging

    def __add__(self, other: "Cost") -> "Cost":
        """Of both together."""
        return Cost(self.ingesting + other.ingesting, self.answering + other.answering, self.judging + other.judging)


def estimate(plan: Plan, found: Found) -> dict[str, Cost]:
    """What is still to be asked for each system, by its name.

    Args:
        found: what was done before; it is left out.

    Raises:
        Mem0gError: a system cannot be rehearsed.
    """
    costs = dict.fromkeys(plan.systems, Cost())
    for name, conversation in plan.pairs():
        places = [place for place in plan.places(name, conversation) if undone(place, found)]
        if places:
            costs[name] += _rehearsed(plan, name, conversation, places, found)
    return costs


def _rehearsed(plan: Plan, name: str, conversation: Conversation, places: Sequence[Place], found: Found) -> Cost:
    model = CountedModel(RehearsalModel(conversation))
    asked = [place for place in places if place not in found.answers]
    marks = sum((place, judge) not in found.marks for place in places for judge in JUDGES)
    with TemporaryDirectory(prefix="mem0g-rehearsal-") as folder:
        equipment = Equipment(model, RehearsalEmbedder(), Path(folder), rehearsal=True)
        with plan.systems[name](equipment) as system:
            with model.tally() as ingesting:
                system.ingest(conversation)
            sample = _spread(places, SAMPLE)
            with model.tally() as answering:
                _answer(system, conversation, sample)
            with model.tally() as judging:
                _judge(model, conversation, sample)
    return Cost(
        Usage() if (name, places[0].conversation) in found.ingested else _whole(ingesting.usage),
        _scaled(answering.usage, len(asked), len(sample)),
        _scaled(judging.usage, marks, len(sample) * len(JUDGES)),
    )


def _answer(system: System, conversation: Conversation, places: Sequence[Place]) -> None:
    for place in places:
        system.answer(conversation.questions[place.question].text, asked_at(conversation))


def _judge(model: CountedModel, conversation: Conversation, places: Sequence[Place]) -> None:
    for place in places:
        for judge in JUDGES:
            mark(model, conversation.questions[place.question], _WORDS, judge)


def _spread(places: Sequence[Place], most: int) -> Sequence[Place]:
    """So many of them, at even distances: the questions of a conversation are sorted by kind."""
    step = -(-len(places) // most)
    return places[::step]


def _scaled(usage: Usage, wanted: int, seen: int) -> Usage:
    """What `wanted` cost where `seen` cost so much."""
    return Usage(*(round(part * wanted / seen) for part in (usage.calls, usage.prompt_tokens, usage.completion_tokens)))


def _whole(usage: Usage) -> Usage:
    return Usage(usage.calls, usage.prompt_tokens, usage.completion_tokens)


class RehearsalModel:
    """A `LanguageModel` that is none: see the module.

    Args:
        conversation: the one whose observations it reads.
    """

    name = "rehearsal"

    def __init__(self, conversation: Conversation) -> None:
        self._noted = _noted(conversation)

    def ask(self, instructions: str, text: str, reply: type[Reply], *, tool: str | None = None, meter: Meter = UNMETERED) -> Reply:
        """An answer of the type asked for."""
        meter.begin()
        said = self._said(text, reply)
        meter.end(Usage(1, tokens(instructions + text), tokens(json.dumps(said, ensure_ascii=False))))
        return reply.model_validate(said)

    def _said(self, text: str, reply: type[Any]) -> dict[str, Any]:
        if reply is ReadMessages:
            return {"claims": [{"message": message["message"], **claim} for message in _messages(text) for claim in self._claims(message)]}
        if reply is ReadSummary:
            return {"text": _SUMMARY}
        return {name: _plain(field.annotation) for name, field in reply.model_fields.items()}

    def _claims(self, message: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        said, speaker = message["text"], message.get("speaker") or "Somebody"
        for subject, fact in self._noted.get(said, ((speaker, said),)):
            yield {"quote": said[:_QUOTED], "subject": subject, "predicate": "noted", "value": fact, "text": fact}


def _noted(conversation: Conversation) -> dict[str, list[tuple[str, str]]]:
    """Speaker and fact of the observations on each message, by its words; none of any message where there are none at all."""
    told = {turn.id: words(turn) for turn in conversation.turns}
    noted: dict[str, list[tuple[str, str]]] = {}
    for seen in (seen for session in conversation.sessions for seen in session.observations):
        for turn in seen.turns[:1]:
            if turn in told:
                noted.setdefault(told[turn], []).append((seen.speaker, seen.text))
    return {words: noted.get(words, []) for words in told.values()} if noted else {}


def _messages(text: str) -> list[Any]:
    """The new messages in what an extractor is shown: a JSON value a line."""
    return [json.loads(line) for line in text.splitlines() if line.startswith('{"message":')]


def _plain(annotation: object) -> object:
    """The shortest answer for a field of a reply."""
    if annotation is bool:
        return False
    return _WORDS if annotation is str else []


class RehearsalEmbedder:
    """An `Embedder` without a model: texts that differ are unlike."""

    model = "rehearsal"
    dimension = _DIMENSION

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text; see `Embedder.embed`."""
        return vectors_of(texts, self.dimension, lambda readable: [_numbers(text) for text in readable])


def _numbers(text: str) -> list[float]:
    """As many as a vector has, that depend on the text alone."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIMENSION).digest()
    return [number - 127.5 for number in digest]
