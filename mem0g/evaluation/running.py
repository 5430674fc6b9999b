"""Cases put to a memory: each to a fresh one, in a file of its own that is gone afterwards."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from mem0g.errors import ExtractionError
from mem0g.evaluation.gold import Case, GivenFact
from mem0g.evaluation.scoring import Finding, Mark, Observation, ReadClaim, Score, by_category, mark, total
from mem0g.memory import Memory
from mem0g.model import Claim, ClaimDraft, EntityId, Kind, Operation, Scope, Value
from mem0g.period import TICK
from mem0g.ports import ExtractionRequest, GraphStore, OnProgress, Usage
from mem0g.results import Added, Decision
from mem0g.stores.opening import open_store

Opening = Callable[[GraphStore], Memory]
"""Makes the memory that is measured, on a store: with its extractor and its model."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a gold file gave.

    Attributes:
        name: of the file.
        extractor: the name of what read the messages.
        marks: one a case, in the order of the file.
        spent: what language models were asked.
    """

    name: str
    extractor: str
    marks: Sequence[Mark]
    spent: Usage = field(default_factory=Usage)

    @property
    def total(self) -> Score:
        """The score over all cases."""
        return total(self.marks)

    @property
    def categories(self) -> dict[str, Score]:
        """The score of each category, in the order they first come."""
        return by_category(self.marks)

    @property
    def findings(self) -> list[Finding]:
        """Everything that was wrong, in the order of the cases."""
        return [finding for mark in self.marks for finding in mark.findings]


def together(evaluations: Sequence[Evaluation]) -> Evaluation:
    """All of them as if they were of one file."""
    return Evaluation(
        name="together",
        extractor=", ".join(dict.fromkeys(each.extractor for each in evaluations)),
        marks=[mark for each in evaluations for mark in each.marks],
        spent=sum((each.spent for each in evaluations), start=Usage()),
    )


def open_configured(store: GraphStore) -> Memory:
    """A memory that reads as `Memory` does where nothing else is said: by the configured language model, else offline."""
    return Memory(store=store)


def evaluate(name: str, cases: Sequence[Case], opening: Opening = open_configured, progress: OnProgress | None = None) -> Evaluation:
    """Put every case to a memory, and compare.

    Args:
        progress: called after each case with how many are done, and how many there are.

    Raises:
        ExtractionError: none of the cases could be read.
    """
    marks, spent, extractor, failure = list[Mark](), Usage(), "", ""
    with TemporaryDirectory(prefix="mem0g-evaluation-") as folder:
        for number, case in enumerate(cases):
            store = open_store(Path(folder) / f"{number}.db")
            with opening(store) as memory:
                seen = observe(case, memory, store)
                spent, extractor, failure = spent + _spent(memory), memory.extractor.name, seen.failure or failure
            marks.append(mark(case, seen))
            if progress is not None:
                progress(number + 1, len(cases))
    if failure and all(each.score.unread for each in marks):
        raise ExtractionError(f"nothing of {name} could be read: {failure}")
    return Evaluation(name, extractor, marks, spent)


def observe(case: Case, memory: Memory, store: GraphStore) -> Observation:
    """What becomes of a case in a memory that holds nothing of its owner yet.

    Args:
        store: the one that the memory writes to.
    """
    graph = Scope.of(user_id=case.owner).graph
    telling = Memory(store=store, extractor=ReadsNothing("context"))
    for earlier in case.recent:
        telling.add(_message(earlier.speaker, earlier.role, earlier.text, earlier.said), user_id=case.owner)
    given = [_state(telling, fact, case.owner) for fact in case.given]
    before = _standing(telling, case, [added.episode_ids[0] for added in given])
    failure, added = "", Added()
    try:
        added = memory.add(_message(case.speaker, case.role, case.text, case.said), user_id=case.owner)
    except ExtractionError as error:
        failure = str(error)
    places = {added.claim_ids[0]: index for index, added in enumerate(given)}
    return Observation(
        claims=_read(store, graph, added, places),
        before=before,
        after=_standing(telling, case, [added.episode_ids[0] for added in given]),
        failure=failure,
    )


@dataclass(frozen=True, slots=True)
class ReadsNothing:
    """An `Extractor` that finds no claim: messages are kept, are seen by what reads the next one, and say nothing."""

    name: str

    def extract(self, request: ExtractionRequest) -> Mapping[str, Sequence[ClaimDraft]]:
        """No claims."""
        return {episode.id: () for episode in request.episodes}


def _message(speaker: str, role: str, text: str, said: datetime) -> dict[str, object]:
    return {"name": speaker, "role": role, "content": text, "occurred_at": said}


def _state(memory: Memory, fact: GivenFact, owner: str) -> Added:
    """State a given fact; one episode, and one claim."""
    return memory.add_fact(
        fact.subject,
        fact.predicate,
        fact.object if fact.value is None else Value(fact.object, fact.value),
        user_id=owner,
        valid_at=fact.valid_from,
        occurred_at=fact.said,
        holder=fact.holder,
        text=fact.text,
    )


def _standing(memory: Memory, case: Case, episodes: Sequence[str]) -> frozenset[int]:
    """Which given facts are believed just after the message, hold then, and until further notice: by the episodes that state them."""
    holders = {fact.holder for fact in case.given}
    facts = {holder: memory.facts(user_id=case.owner, as_of=case.said + TICK, holder=holder) for holder in holders}
    return frozenset(
        index
        for index, (given, episode) in enumerate(zip(case.given, episodes, strict=True))
        if any(episode in fact.episode_ids and fact.invalid_at is None for fact in facts[given.holder])
    )


def _read(store: GraphStore, graph: str, added: Added, places: Mapping[str, int]) -> list[ReadClaim]:
    """The claims that were read, by the names of their entities, with what they do to the given ones."""
    names = {entity.id: entity.name for entity in store.entities(graph)}
    claims = {claim.id: claim for claim in store.claims_by_id(graph, added.claim_ids)}
    return [_read_claim(claims[id], names, _operations(id, added.decisions, places)) for id in added.claim_ids]


def _read_claim(claim: Claim, names: Mapping[EntityId, str], operations: frozenset[tuple[Operation, int]]) -> ReadClaim:
    return ReadClaim(
        subject=names[claim.subject],
        predicate=claim.predicate,
        object=claim.object.text if isinstance(claim.object, Value) else claim.object and names[claim.object],
        negated=claim.negated,
        event=claim.kind is Kind.EVENT,
        holder=claim.holder and names[claim.holder],
        correction=claim.correction,
        valid_from=claim.valid_from,
        valid_to=claim.valid_to,
        operations=operations,
    )


def _operations(claim: str, decisions: Iterable[Decision], places: Mapping[str, int]) -> frozenset[tuple[Operation, int]]:
    made = (each for each in decisions if each.later_id == claim and each.earlier_id in places)
    return frozenset((each.operation, places[each.earlier_id]) for each in made if each.operation is not Operation.ADD)


def _spent(memory: Memory) -> Usage:
    """What a memory asked of language models."""
    return sum((usage for step, usage in memory.usage().items() if step != "embedding"), start=Usage())
