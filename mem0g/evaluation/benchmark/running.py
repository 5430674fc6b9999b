"""A benchmark is run: every system takes in every conversation, answers every question, and has its answers judged twice."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, CancelledError, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from time import perf_counter
from typing import Final, Generic, TypeVar

from mem0g.errors import ExtractionError, InvalidInput, ModelError, ModelUnavailable
from mem0g.evaluation.benchmark.counting import CountedModel
from mem0g.evaluation.benchmark.journal import AnswerLine, FailureLine, Found, IngestedLine, Journal, MarkLine, Place, Settings, Step
from mem0g.evaluation.benchmark.marking import JUDGES, mark
from mem0g.evaluation.benchmark.systems import Equipment, Opening, System
from mem0g.evaluation.benchmark.telling import asked_at
from mem0g.evaluation.locomo_data import Conversation, Question
from mem0g.ports import Embedder, LanguageModel, OnProgress, Usage
from mem0g.prompts.benchmark import VERSION, Strictness

GIVE_UP: Final = 20
"""After how many failures in a row a run ends: the endpoint is down, or refuses everything."""

_FOR_NOW = (ModelError, ExtractionError)
"""What is worth trying again at the next start. Anything else ends the run."""

_UNUSUAL: Final = re.compile(r"[^\w.-]")
"""What does not go into the name of a folder: names come from the data."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be measured.

    Attributes:
        systems: by name, in the order tables show them.
        runs: how often each question is answered and judged. A conversation is taken in once for all of them.
    """

    conversations: Sequence[Conversation]
    systems: Mapping[str, Opening]
    runs: int = 1

    def __post_init__(self) -> None:
        if self.runs < 1:
            raise InvalidInput(f"runs={self.runs} measures nothing: give 1 or more")
        if not self.systems or not self.conversations:
            raise InvalidInput("there is nothing to measure: name a system, and a conversation")
        keys = [key(conversation) for conversation in self.conversations]
        if len(set(keys)) < len(keys):
            raise InvalidInput("a conversation is given twice: give each once")

    def places(self, system: str, conversation: Conversation) -> list[Place]:
        """Every answer that there is to be of a system about a conversation."""
        name = key(conversation)
        return [Place(system, name, question, run) for run in range(self.runs) for question in range(len(conversation.questions))]

    def pairs(self) -> Iterator[tuple[str, Conversation]]:
        """Every system with every conversation."""
        return ((system, conversation) for system in self.systems for conversation in self.conversations)


def key(conversation: Conversation) -> str:
    """The id of a conversation with a fingerprint of all that is in it."""
    told = json.dumps(asdict(conversation), default=str, ensure_ascii=False)
    return f"{conversation.id}-{hashlib.sha256(told.encode()).hexdigest()[:8]}"


def settings_of(model: LanguageModel, embedder: Embedder | None) -> Settings:
    """What all answers of a run have in common."""
    return Settings(model.name, None if embedder is None else embedder.model, VERSION)


def undone(place: Place, found: Found) -> bool:
    """Whether an answer, or a mark of it, is still missing."""
    return place not in found.answers or any((place, judge) not in found.marks for judge in JUDGES)


def run(
    plan: Plan,
    model: LanguageModel,
    embedder: Embedder | None,
    folder: Path,
    *,
    concurrency: int = 8,
    progress: OnProgress | None = None,
) -> Found:
    """Do what is not done yet, and keep it in the folder's journal.

    What fails for now is noted, and is not done; the next start tries it again.

    Args:
        folder: of the journal, and of what systems keep. It is made where it is not there.
        concurrency: how many threads work at once. A client's own limit of calls holds beside it.
        progress: called after each answer with how many are done, and how many there are to do.

    Returns:
        All that the journal holds now.

    Raises:
        InvalidInput: the folder holds what was found with another model, embedder or prompt.
        ModelUnavailable: `GIVE_UP` calls in a row failed. What was found is kept.
        MissingExtra: a system needs an embedder.
    """
    with Journal(folder, settings_of(model, embedder)) as journal, ExitStack() as stack:
        work = _Work(journal, CountedModel(model), progress)
        opened, searching = [], Lock()
        for name, conversation in plan.pairs():
            places = [place for place in plan.places(name, conversation) if undone(place, journal.found)]
            if places:
                room = folder / "systems" / _UNUSUAL.sub("_", f"{name}-{places[0].conversation}")
                room.mkdir(parents=True, exist_ok=True)
                system = stack.enter_context(plan.systems[name](Equipment(work.model, embedder, room, searching)))
                opened.append(_Pair((name, places[0].conversation), system, conversation, places))
        work.todo = sum(len(pair.places) for pair in opened)
        taken = _all_of(concurrency, [partial(work.ingest, pair) for pair in opened], work.model.stop)
        ready = [pair for pair, done in zip(opened, taken, strict=True) if done]
        _all_of(concurrency, [partial(work.answer, pair, place) for pair in ready for place in pair.places], work.model.stop)
        return journal.found


def _all_of(concurrency: int, tasks: Sequence[Callable[[], bool]], stop: Callable[[], None]) -> list[bool]:
    """What the tasks give, in their order. The first error of one keeps those from beginning that have not begun, and stops the others."""
    with ThreadPoolExecutor(concurrency, thread_name_prefix="mem0g-benchmark") as pool:
        futures = [pool.submit(task) for task in tasks]
        try:
            wait(futures, return_when=FIRST_EXCEPTION)
        finally:
            if not all(future.done() for future in futures):  # an error, or the user's Ctrl-C
                stop()
                pool.shutdown(wait=False, cancel_futures=True)
    errors = [error for future in futures if not future.cancelled() and (error := future.exception())]
    if errors:
        raise min(errors, key=lambda error: isinstance(error, CancelledError))
    return [future.result() for future in futures]


@dataclass(frozen=True, slots=True)
class _Pair:
    """A system, open for a conversation, and the answers that it still owes. The key is what a journal calls both."""

    key: tuple[str, str]
    system: System
    conversation: Conversation
    places: Sequence[Place]


@dataclass(frozen=True, slots=True)
class _Done(Generic[_T]):
    """What a step gave, and what it took."""

    value: _T
    seconds: float
    usage: Usage


class _Work:
    """The steps, each of which may be done in any thread."""

    def __init__(self, journal: Journal, model: CountedModel, progress: OnProgress | None) -> None:
        self.model = model
        self.todo = 0
        self._journal = journal
        self._found = journal.found
        self._progress = progress
        self._done = 0
        self._failed = 0
        self._lock = Lock()

    def ingest(self, pair: _Pair) -> bool:
        """Have a conversation taken in; whether it was."""
        done = self._tried("ingested", pair.key, lambda: pair.system.ingest(pair.conversation))
        if done is not None and pair.key not in self._found.ingested:
            self._journal.add(IngestedLine(*pair.key, done.seconds, done.usage))
        return done is not None

    def answer(self, pair: _Pair, place: Place) -> bool:
        """Have a question answered, and the answer judged, as far as that is not done; whether it is."""
        question = pair.conversation.questions[place.question]
        answer = self._answer(pair, place, question)
        marked = [answer is not None and self._mark(pair, place, question, answer, judge) for judge in JUDGES]
        with self._lock:
            self._done += 1
            if self._progress is not None:
                self._progress(self._done, self.todo)
        return all(marked)

    def _answer(self, pair: _Pair, place: Place, question: Question) -> str | None:
        if place not in self._found.answers:
            done = self._tried("answer", pair.key, lambda: pair.system.answer(question.text, asked_at(pair.conversation)))
            if done is None:
                return None
            self._journal.add(AnswerLine(place, done.value, done.usage))
        return self._found.answers[place].answered.text

    def _mark(self, pair: _Pair, place: Place, question: Question, answer: str, judge: Strictness) -> bool:
        if (place, judge) in self._found.marks:
            return True
        done = self._tried("mark", pair.key, lambda: mark(self.model, question, answer, judge))
        if done is None:
            return False
        self._journal.add(MarkLine(place, judge, done.value, done.usage))
        return True

    def _tried(self, step: Step, where: tuple[str, str], act: Callable[[], _T]) -> _Done[_T] | None:
        """What `act` gives; None, and a line in the journal, where it fails for now."""
        began = perf_counter()
        with self.model.tally() as spent:
            try:
                value = act()
            except _FOR_NOW as error:
                self._journal.add(FailureLine(step, *where, str(error), spent.usage))
                self._note_failure(error)
                return None
            except CancelledError as error:
                if spent.usage.calls:
                    self._journal.add(FailureLine(step, *where, str(error), spent.usage))
                raise
        with self._lock:
            self._failed = 0
        return _Done(value, perf_counter() - began, spent.usage)

    def _note_failure(self, error: Exception) -> None:
        with self._lock:
            self._failed += 1
            failed = self._failed
        if failed >= GIVE_UP:
            self.model.stop()
            raise ModelUnavailable(
                f"{failed} calls in a row failed, the last one so: {error}; what was found is kept, start again to go on"
            ) from error
