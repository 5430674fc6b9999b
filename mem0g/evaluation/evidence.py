"""Evidence recall on LoCoMo without a language model: what mem0g finds, with each signal switched off in turn, beside the baselines.

All of it is measured in one run, over the same questions: those of the categories 1 to 4 that cite a turn.
"""

import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory

from mem0g.errors import InvalidInput
from mem0g.evaluation.baselines import bm25, check_installed, dense, order, rrf
from mem0g.evaluation.locomo_data import CATEGORIES, Conversation, Question, check_measurable
from mem0g.evaluation.recall import TOKEN, Recall, Unit, mean, recall
from mem0g.evaluation.telling import ObservationReader, message, spoken
from mem0g.memory import Memory
from mem0g.model import Scope
from mem0g.ports import Embedder, Extractor, GraphStore, OnProgress
from mem0g.results import FoundFact, Hit
from mem0g.retrieval.question import content_words
from mem0g.retrieval.reading import View
from mem0g.retrieval.search import WEIGHTS, Query, search
from mem0g.stores.opening import open_store

MEASURED = frozenset({1, 2, 3, 4})
"""The categories that count: adversarial questions have no evidence to find."""

DEPTH = 100
"""How many hits are asked for: 30 are looked at, and what 1,000 tokens hold."""

MEMORY = "mem0g"
BASELINES = (
    "turns, BM25", "turns, dense", "turns, RRF", "facts, RRF", "facts + turns, BM25", "facts + turns, RRF",
)  # fmt: skip
"""What mem0g is measured against: turns with their speaker's name, observations as facts, and both."""

OFF: Mapping[str, Mapping[str, object]] = {
    **{f"without {name}": {"weights": {**WEIGHTS, name: 0.0}} for name in WEIGHTS},
    "names left in": {"strips": False},
    "told again": {"once": False},
    "without entities": {"walks": False},
}
"""How each signal, and each other step, is switched off: by what `Query` then says. "told again": what was listed stays in its place."""

Asked = tuple[int, Recall]
"""The category of a question, and what was found of its evidence."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one method found.

    Attributes:
        categories: by name, in the order of their numbers.
        delta: against mem0g, of mem0g without something; None for the others.
    """

    name: str
    all: Recall
    categories: Mapping[str, Recall]
    delta: Recall | None = None


@dataclass(frozen=True, slots=True)
class Latency:
    """How long `Memory.search` took, the question's embedding apart, over the questions of a conversation: in milliseconds."""

    conversation: str
    turns: int
    facts: int
    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class EvidenceReport:
    """What was measured.

    Attributes:
        embedder: the name of the embedding model.
        questions: by category, how many.
        without: mem0g with one thing switched off each.
    """

    conversations: Sequence[str]
    embedder: str
    questions: Mapping[str, int]
    baselines: Sequence[Found]
    memory: Found
    without: Sequence[Found]
    latencies: Sequence[Latency]


@dataclass(frozen=True, slots=True)
class _Told:
    """A conversation in a memory of its own."""

    conversation: Conversation
    questions: Sequence[Question]
    memory: Memory
    store: GraphStore


@dataclass(slots=True)
class _Marks:
    """What every method found so far, question by question."""

    by_method: dict[str, list[Asked]] = field(default_factory=dict)

    def add(self, method: str, question: Question, ranked: Sequence[Unit]) -> None:
        self.by_method.setdefault(method, []).append((question.category, recall(ranked, question.evidence)))

    def found(self, method: str, against: Recall | None = None) -> Found:
        asked = self.by_method[method]
        total = mean([each for _, each in asked])
        numbers = sorted({category for category, _ in asked})
        categories = {CATEGORIES[number]: mean([each for category, each in asked if category == number]) for number in numbers}
        return Found(method, total, categories, None if against is None else total - against)


def measure(
    conversations: Sequence[Conversation], embedder: Embedder, reader: Extractor, progress: OnProgress | None = None
) -> EvidenceReport:
    """Tell each conversation to a memory in a temporary file, ask all of its questions, and compare.

    Args:
        embedder: is asked for some texts several times.
        reader: makes triplets of the observations' sentences.
        progress: called after each question with how many are done, and how many there are.

    Raises:
        InvalidInput: a conversation is given twice or has no turn, or no question of any cites a turn.
        MissingExtra: bm25s is not installed.
    """
    check_installed()
    check_measurable(conversations)
    asked = {conversation.id: _measured(conversation) for conversation in conversations}
    total, done = sum(map(len, asked.values())), 0
    if not total:
        raise InvalidInput("no question of categories 1 to 4 cites a turn: there is nothing to find")
    marks, latencies = _Marks(), list[Latency]()
    with TemporaryDirectory(prefix="mem0g-evidence-") as folder:
        for conversation in conversations:
            store = open_store(Path(folder) / f"{len(latencies)}.db")
            with _memory(conversation, store, embedder, reader) as memory:
                memory.add([message(turn) for turn in conversation.turns], user_id=conversation.id)
                told = _Told(conversation, asked[conversation.id], memory, store)
                _mark_baselines(told, embedder, marks)
                for _ in _mark_memory(told, embedder, marks):
                    done += 1
                    if progress is not None:
                        progress(done, total)
                latencies.append(_latency(told))
    return _report(conversations, embedder, marks, latencies)


def _measured(conversation: Conversation) -> list[Question]:
    return [question for question in conversation.questions if question.category in MEASURED and question.evidence]


def _memory(conversation: Conversation, store: GraphStore, embedder: Embedder, reader: Extractor) -> Memory:
    """A memory whose present is the end of the conversation."""
    now = conversation.turns[-1].said_at
    return Memory(store=store, extractor=ObservationReader.of(conversation, reader), embedder=embedder, clock=lambda: now)


def _mark_baselines(told: _Told, embedder: Embedder, marks: _Marks) -> None:
    turns = [(f"{turn.speaker}: {spoken(turn)}", frozenset({turn.id})) for turn in told.conversation.turns]
    seen = [observation for session in told.conversation.sessions for observation in session.observations]
    facts = [(observation.text, frozenset(observation.turns)) for observation in seen]
    asked = [question.text for question in told.questions]
    for name, texts in (("turns", turns), ("facts", facts), ("facts + turns", [*facts, *turns])):
        if not texts:
            continue
        words = bm25([content_words(text) for text, _ in texts], [content_words(text) for text in asked])
        meanings = dense(embedder.embed([text for text, _ in texts]), embedder.embed(asked))
        units = [Unit(sources, len(text) / TOKEN) for text, sources in texts]
        for question, by_words, by_meaning in zip(told.questions, words, meanings, strict=True):
            for method, scores in (("BM25", by_words), ("dense", by_meaning), ("RRF", rrf(by_words, by_meaning))):
                if f"{name}, {method}" in BASELINES:
                    marks.add(f"{name}, {method}", question, [units[place] for place in order(scores)])


def _mark_memory(told: _Told, embedder: Embedder, marks: _Marks) -> Iterator[None]:
    """Ask each question of the memory, and of the same search with one thing switched off each."""
    scope = Scope.of(user_id=told.conversation.id)
    view, now = View(told.store, scope.graph), told.conversation.turns[-1].said_at
    for question in told.questions:
        found = told.memory.search(question.text, user_id=told.conversation.id, limit=DEPTH)
        marks.add(MEMORY, question, units(found.hits))
        query = Query(question.text, scope.owner, now, None, None, {}, DEPTH, meaning=lambda text: embedder.embed([text])[0])
        for name, changed in OFF.items():
            marks.add(name, question, units(search(view, replace(query, **changed)).hits))  # type: ignore[arg-type]  # its attributes
        yield


def units(hits: Iterable[Hit]) -> list[Unit]:
    """What a search found as what is counted: a message is as long as with its speaker's name before it."""
    return [Unit(hit.sources, len(_text(hit)) / TOKEN) for hit in hits]


def _text(hit: Hit) -> str:
    return hit.text if isinstance(hit, FoundFact) else f"{hit.episode.speaker}: {hit.text}"


def _latency(told: _Told) -> Latency:
    """Each question asked once more, for what is asked for by default."""
    took = sorted(_spent(told, question) for question in told.questions)
    facts = told.memory.facts(user_id=told.conversation.id)
    return Latency(told.conversation.id, len(told.conversation.turns), len(facts), quantile(took, 0.5), quantile(took, 0.95))


def _spent(told: _Told, question: Question) -> float:
    """The milliseconds that a search takes beside waiting for the embedder."""
    waited, began = told.memory.usage()["embedding"].seconds, time.perf_counter()
    told.memory.search(question.text, user_id=told.conversation.id)
    return (time.perf_counter() - began - (told.memory.usage()["embedding"].seconds - waited)) * 1000


def quantile(values: Sequence[float], share: float) -> float:
    """The least of the sorted values that so great a share of them does not exceed."""
    return values[max(ceil(share * len(values)) - 1, 0)]


def _report(conversations: Sequence[Conversation], embedder: Embedder, marks: _Marks, latencies: Sequence[Latency]) -> EvidenceReport:
    memory = marks.found(MEMORY)
    numbers = [category for category, _ in marks.by_method[MEMORY]]
    return EvidenceReport(
        conversations=[conversation.id for conversation in conversations],
        embedder=embedder.model,
        questions={CATEGORIES[number]: numbers.count(number) for number in sorted(set(numbers))},
        baselines=[marks.found(name) for name in BASELINES if name in marks.by_method],
        memory=memory,
        without=[marks.found(name, memory.all) for name in OFF],
        latencies=latencies,
    )


def chosen(conversations: Sequence[Conversation], names: Collection[str] | None) -> list[Conversation]:
    """Those of these names; all for None.

    Raises:
        InvalidInput: one of the names is of none.
    """
    there = [conversation.id for conversation in conversations]
    if missing := sorted(set(names or ()) - set(there)):
        raise InvalidInput(f"there is no conversation {', '.join(missing)}: there are {', '.join(there)}")
    return [conversation for conversation in conversations if names is None or conversation.id in names]


def as_values(report: EvidenceReport) -> dict[str, object]:
    """The report for `--json`: what was measured of each method, in shares from 0 to 1; of mem0g without something also the difference."""
    return {
        "conversations": list(report.conversations),
        "embedder": report.embedder,
        "questions": dict(report.questions),
        "baselines": [_found(each) for each in report.baselines],
        "mem0g": _found(report.memory),
        "without": [_found(each) for each in report.without],
        "search_ms": [asdict(each) for each in report.latencies],
    }


def _found(found: Found) -> dict[str, object]:
    return {
        "method": found.name,
        **_recall(found.all),
        "categories": {name: _recall(each) for name, each in found.categories.items()},
        **({} if found.delta is None else {"difference": _recall(found.delta)}),
    }


def _recall(recall: Recall) -> dict[str, float]:
    return {
        "recall_at_5": recall.at_5,
        "recall_at_10": recall.at_10,
        "recall_at_30": recall.at_30,
        "mrr": recall.mrr,
        "recall_in_500_tokens": recall.in_500,
        "recall_in_1000_tokens": recall.in_1000,
    }
