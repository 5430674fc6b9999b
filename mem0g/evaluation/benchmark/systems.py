"""The systems that are measured: whatever takes in a conversation and answers questions about it.

Another system is added by an object with the methods of `System` and a function that opens it (`Opening`):

```python
@contextmanager
def open_mine(equipment: Equipment) -> Iterator[System]:
    yield Mine(equipment.model)

run(Plan(conversations, {**systems(["mem0g", "full-context"]), "mine": open_mine}, runs=3), …)
```
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Lock
from time import perf_counter
from typing import Final, Protocol

import numpy as np

from mem0g.errors import InvalidInput, MissingExtra
from mem0g.evaluation.benchmark.telling import passages, tokens, transcript, words
from mem0g.evaluation.locomo_data import Conversation, Session
from mem0g.ingestion.flavours import Flavour
from mem0g.memory import Memory
from mem0g.period import show
from mem0g.ports import UNMETERED, Embedder, GraphStore, LanguageModel, Usage, Vectors
from mem0g.prompts.benchmark import ReadAnswer, answer_prompt
from mem0g.stores.opening import open_store

PASSAGES: Final = 2
"""How many passages retrieval-augmented generation shows, as in the Mem0 paper."""

_RAG: Final = re.compile(r"rag-([1-9]\d{0,6})")


Turn = AbstractContextManager[object]
"""What is held by one thread at a time."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a system says to a question.

    Attributes:
        text: the answer.
        context_tokens: how much of the conversation, or of what was made of it, the model was shown; a quarter of its characters.
        search_seconds: until that was found; 0 where nothing is searched.
        total_seconds: with the model's answer; without waiting for a turn at its endpoint.
    """

    text: str
    context_tokens: int
    search_seconds: float
    total_seconds: float


class System(Protocol):
    """Takes in one conversation, and answers questions about it."""

    @property
    def name(self) -> str:
        """What tables call it."""

    def ingest(self, conversation: Conversation) -> None:
        """Take in the conversation. It is called at every start: what is there already is not paid for again.

        Raises:
            ModelError, ExtractionError: it cannot be done for now; it is tried again at the next start.
        """

    def answer(self, question: str, asked_at: datetime) -> Answered:
        """Answer a question about it. May be called from many threads.

        Raises:
            ModelError, ExtractionError: there is no answer for now.
        """


@dataclass(frozen=True, slots=True)
class Equipment:
    """What a system may use for one conversation.

    Attributes:
        model: the language model. Its calls are counted in the thread that makes them.
        embedder: None where there is none.
        folder: is there, is the system's own, and is kept from start to start.
        searching: held while something is searched, by the systems here: each search has the machine to itself when it is timed.
        rehearsal: costs are only estimated: the model is none, and nothing outside this process is to be asked.
    """

    model: LanguageModel
    embedder: Embedder | None
    folder: Path
    searching: Turn = field(default_factory=Lock)
    rehearsal: bool = False


Opening = Callable[[Equipment], AbstractContextManager[System]]
"""Opens a system for one conversation, and closes it."""


def respond(model: LanguageModel, context: str, question: str, asked_at: datetime, search_seconds: float = 0.0) -> Answered:
    """The answer of a model that is shown `context`: the one prompt for all systems.

    Raises:
        ModelError: there is none for now.
    """
    meter = _Waited()
    shown = f"Asked on {show(asked_at)[:10]}.\nNotes:\n{context or '(none)'}\nQuestion: {question}"
    said = model.ask(answer_prompt().instructions, shown, ReadAnswer, meter=meter).text.strip()
    return Answered(said, tokens(context), search_seconds, search_seconds + meter.usage.seconds)


@dataclass(slots=True)
class _Waited:
    """A `Meter` that keeps what one answer took."""

    usage: Usage = field(default_factory=Usage)

    @property
    def allows(self) -> bool:
        """Always."""
        return UNMETERED.allows

    def begin(self) -> None:
        """Nothing."""

    def end(self, usage: Usage) -> None:
        """Keep it."""
        self.usage += usage


def _timed(turn: Turn, search: Callable[[], str]) -> tuple[str, float]:
    """What the search gives, and its seconds; the wait for the turn is none of them."""
    with turn:
        began = perf_counter()
        return search(), perf_counter() - began


# The systems


@dataclass(slots=True)
class Told:
    """A `System` that shows the model the same text whatever is asked.

    Args:
        render: what of the conversation is shown.
    """

    name: str
    model: LanguageModel
    render: Callable[[Conversation], str]
    _context: str = ""

    def ingest(self, conversation: Conversation) -> None:
        """See `System`."""
        self._context = self.render(conversation)

    def answer(self, question: str, asked_at: datetime) -> Answered:
        """See `System`."""
        return respond(self.model, self._context, question, asked_at)


class Rag:
    """A `System` that shows the model the passages nearest to the question, in the order they were said.

    Args:
        size: of a passage, in tokens.
        k: how many passages are shown.
    """

    def __init__(self, name: str, model: LanguageModel, embedder: Embedder, searching: Turn, size: int, k: int = PASSAGES) -> None:
        self._name = name
        self._model = model
        self._embedder = embedder
        self._searching = searching
        self._size = size
        self._k = k
        self._passages: list[str] = []
        self._vectors: Vectors = np.zeros((0, embedder.dimension), dtype=np.float32)

    @property
    def name(self) -> str:
        """What tables call it."""
        return self._name

    def ingest(self, conversation: Conversation) -> None:
        """See `System`."""
        self._passages = passages(conversation, self._size)
        self._vectors = self._embedder.embed(self._passages)

    def answer(self, question: str, asked_at: datetime) -> Answered:
        """See `System`."""
        context, seconds = _timed(self._searching, lambda: self._nearest(question))
        return respond(self._model, context, question, asked_at, seconds)

    def _nearest(self, question: str) -> str:
        likeness = self._vectors @ self._embedder.embed([question])[0]
        nearest = sorted(np.argsort(-likeness, kind="stable")[: self._k].tolist())
        return "\n".join(self._passages[place] for place in nearest)


class Remembering:
    """A `System` that tells the conversation to a `Memory`, session by session, and searches it. Each message is read once.

    After each session the summary is brought up to date, as it is in the background where one talks; here it is waited for, so that
    every run reads with the same one.

    Args:
        equipment: its model reads the conversation; its folder is not looked at.
        store: of this conversation alone; it is not closed.
        limit: how many facts, and how many episodes, are shown at most.
    """

    def __init__(self, name: str, equipment: Equipment, store: GraphStore, flavour: Flavour, limit: int = 10) -> None:
        self._name = name
        self._model = equipment.model
        self._store = store
        self._flavour: Flavour = flavour
        self._embedder = equipment.embedder
        self._searching = equipment.searching
        self._limit = limit
        self._user = ""

    @property
    def name(self) -> str:
        """What tables call it."""
        return self._name

    def ingest(self, conversation: Conversation) -> None:
        """See `System`."""
        self._user = conversation.id
        memory = Memory(store=self._store, llm=self._model, embedder=self._embedder, flavour=self._flavour, summary_every=None)
        for session in conversation.sessions:
            if session.turns:
                memory.add(_messages(session), user_id=self._user)
                memory.summarise(user_id=self._user)

    def answer(self, question: str, asked_at: datetime) -> Answered:
        """See `System`."""
        memory = Memory(store=self._store, embedder=self._embedder, flavour=self._flavour, clock=lambda: asked_at)
        context, seconds = _timed(self._searching, lambda: memory.search(question, user_id=self._user, limit=self._limit).context())
        return respond(self._model, context, question, asked_at, seconds)


def _messages(session: Session) -> list[dict[str, object]]:
    """Both speakers are people whose words count: neither is an assistant."""
    return [{"id": turn.id, "name": turn.speaker, "content": words(turn), "occurred_at": turn.said_at} for turn in session.turns]


# By name


@contextmanager
def _open_told(name: str, render: Callable[[Conversation], str], equipment: Equipment) -> Iterator[System]:
    yield Told(name, equipment.model, render)


@contextmanager
def _open_rag(name: str, size: int, equipment: Equipment) -> Iterator[System]:
    if equipment.embedder is None:
        raise MissingExtra(f"{name} compares meanings, and there is no embedder: set MEM0G_EMBEDDER to local or openai, or leave it out")
    yield Rag(name, equipment.model, equipment.embedder, equipment.searching, size)


@contextmanager
def _open_memory(name: str, flavour: Flavour, equipment: Equipment) -> Iterator[System]:
    store = open_store(equipment.folder / "memory.db")
    try:
        yield Remembering(name, equipment, store, flavour)
    finally:
        store.close()


_NAMED: Final[Mapping[str, Opening]] = {
    "mem0g": partial(_open_memory, "mem0g", "graph"),
    "mem0": partial(_open_memory, "mem0", "facts"),
    "full-context": partial(_open_told, "full-context", transcript),
    "no-memory": partial(_open_told, "no-memory", lambda _: ""),
}

USUAL: Final = ("mem0g", "mem0", "full-context", "rag-128", "rag-512", "rag-2048", "no-memory")
"""The systems that are measured where none is named."""


def systems(names: Sequence[str] = USUAL) -> dict[str, Opening]:
    """How to open each of them, by name: "mem0g", "mem0", "full-context", "no-memory", and "rag-512" or of any other number of tokens.

    Raises:
        InvalidInput: there is none of a name.
    """
    return {name: _opening(name) for name in names}


def _opening(name: str) -> Opening:
    if found := _RAG.fullmatch(name):
        return partial(_open_rag, name, int(found[1]))
    if name not in _NAMED:
        raise InvalidInput(f"there is no system {name!r}: name {', '.join(_NAMED)} or rag-SIZE, SIZE in tokens")
    return _NAMED[name]
