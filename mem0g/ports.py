"""The seams: small protocols that a store or an extractor fulfils. No vendor package is imported here.

`mem0g.testing` holds a test double for each, and the contract every store passes.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias, TypeVar, runtime_checkable

from mem0g.model import (
    Claim,
    ClaimDraft,
    Entity,
    EntityId,
    Episode,
    Judgement,
    Mention,
    Merge,
    Naming,
    Progress,
    Record,
    Retraction,
    Stage,
    Summary,
    Version,
    Wording,
)
from mem0g.period import EVERYTHING_KNOWN, Period

if TYPE_CHECKING:
    import numpy as np
    from pydantic import BaseModel

    from mem0g.ontology import Ontology

Clock = Callable[[], datetime]
"""Returns the present as an aware datetime."""

OnProgress = Callable[[int, int], None]
"""Called with how many are done, and how many there are: of episodes read, texts embedded, records written."""

Vector: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.float32]]"
"""One text's float32 numbers, of length one together."""


@dataclass(frozen=True, slots=True)
class EmbeddingModel:
    """Whose vectors they are: those of two models, or of two dimensions, are never compared.

    Attributes:
        dimension: how many numbers a vector has.
    """

    name: str
    dimension: int

    def __str__(self) -> str:
        return f"{self.name} ({self.dimension} numbers)"


@dataclass(frozen=True, slots=True)
class Change:
    """What one transaction writes to one graph. All of it is kept, or nothing.

    Attributes:
        records: ledger records; one whose id is there already is left as it is.
        progress: how far episodes have been read; replaces what was there.
        versions: facts, each with its support; replaces a fact of the same id. Its entities are there, or among `records`.
        dropped: ids of facts that are no more.
        erased: ids of ledger records to erase physically, with their progress: `forget` alone uses it. Where an episode is among them, the
            graph's summary goes too: it may tell what that one said.
        vectors: by text. A text that no fact, no episode and no entity of a known type has, once the rest is written, is passed over;
            one that has a vector keeps it. A vector goes with the last fact, episode or entity of its text.
        embedding: the model of `vectors`.
        reembed: drop the vectors of the graph first, of whatever model they are.
        summary: replaces the graph's summary; None leaves it as it is.
    """

    records: Sequence[Record] = ()
    progress: Sequence[Progress] = ()
    versions: Sequence[Version] = ()
    dropped: Collection[str] = ()
    erased: Collection[str] = ()
    vectors: Mapping[str, Vector] = field(default_factory=dict)
    embedding: EmbeddingModel | None = None
    reembed: bool = False
    summary: Summary | None = None


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Claims about one subject and predicate that could touch one another. Every attribute narrows the answer.

    Attributes:
        subjects: entity ids that are one entity.
        objects: object keys (see `mem0g.model.object_key`), of what is claimed or of what a correction replaces; None for
            every object. Claims whose object is open are returned whatever it says, and exclusive ones where `with_exclusive`.
    """

    subjects: Collection[EntityId]
    predicate: str
    objects: Collection[str] | None = None
    with_exclusive: bool = False


@dataclass(frozen=True, slots=True)
class FactFilter:
    """Which facts a read returns. Every attribute narrows the answer; the default is the record at best knowledge.

    Attributes:
        holder: None for the record.
        ids: fact ids.
        subjects, objects: entity ids, or object keys for `objects`; `touching`: entity ids on either side.
        as_of: None for all valid time. An instant: the states valid then and the events begun by then.
            A stretch of time: the states and events that overlap it.
        known_at: the facts believed then; None for every version that ever was.
        labels: agent_id, run_id: facts with a supporting claim, at `known_at`, from an episode of all these labels.
    """

    holder: EntityId | None = None
    any_holder: bool = False
    ids: Collection[str] | None = None
    subjects: Collection[EntityId] | None = None
    predicates: Collection[str] | None = None
    objects: Collection[str] | None = None
    touching: Collection[EntityId] | None = None
    as_of: Period | None = None
    known_at: datetime | None = EVERYTHING_KNOWN
    labels: Mapping[str, str] | None = None


class Link(NamedTuple):
    """A fact by its ends and its predicate alone: what ranking needs of it.

    Attributes:
        object: None for a literal.
        began: the start of its validity.
    """

    id: str
    subject: EntityId
    predicate: str
    object: EntityId | None
    began: datetime


class GraphStore(Protocol):
    """Stores and filters the ledger and the facts of many graphs. No law lives here.

    No method ever returns or changes anything of a graph other than the one it is given. Methods may be called from
    many threads and processes at once; writers wait for one another.

    Raises:
        StoreError: any method may raise one of its kinds; then nothing of the call was kept.
    """

    @property
    def waits(self) -> bool:
        """Whether a read waits for a server: several at once then take hardly longer than one."""

    def revision(self, graph: str, settled: bool = False) -> int:
        """How many changes the graph has seen; 0 for one that does not exist.

        Args:
            settled: wait for changes under way, so that what is read afterwards shows the whole of every change that is counted.
        """

    def commit(self, graph: str, change: Change, expected: int | None = None) -> int | None:
        """Write `change` in one durable transaction and return the new revision.

        None, and nothing is written, where the graph's revision is no longer `expected`. A change that brings nothing new
        (every record is there already, and the rest is empty) leaves the revision as it is.

        Raises:
            InvalidInput: it holds a record or a fact of another graph, or vectors without a model, or one that does not fit it.
            EmbeddingMismatch: the graph holds vectors of another model or dimension, and `change` does not drop them.
        """

    def graphs(self) -> list[str]:
        """The keys of all graphs that hold a record or a fact, sorted."""

    def records(self, graph: str) -> Iterator[Record]:
        """The whole ledger: episodes, entities, namings, merges, wordings, claims, judgements, retractions, each kind sorted by id."""

    def episodes(self, graph: str, ids: Collection[str] | None = None, stages: Collection[Stage] | None = None) -> list[Episode]:
        """Episodes in the order they were said (`occurred_at`, then id)."""

    def episodes_before(self, graph: str, before: datetime, limit: int) -> list[Episode]:
        """The last `limit` episodes said before `before`, in the order they were said."""

    def adjacent_episodes(
        self, graph: str, ids: Collection[str], known_at: datetime, within: timedelta, labels: Mapping[str, str] | None = None
    ) -> list[tuple[str, str]]:
        """Pairs of episodes said one right after the other, no further apart than `within`, both by `known_at`: their ids, sorted.

        Each pair holds one of `ids` at least; the first of a pair was said first, and of two said at once has the smaller id. What came of
        a stated fact (`Source.FACT`), or has not all of `labels`, is as if it were not there, and stands between no two others.
        """

    def progress(self, graph: str, episode_ids: Collection[str] | None = None) -> list[Progress]:
        """How far these episodes, or all, have been read, sorted by episode id."""

    def entities(self, graph: str, ids: Collection[EntityId] | None = None, names: Collection[str] | None = None) -> list[Entity]:
        """Entities by id, or by the normalised form of any of their names; all where both are None. Sorted by id.

        An entity's names are its `name`, its `aliases`, and those of its namings.
        """

    def names(self, graph: str, entities: Collection[EntityId]) -> list[Naming]:
        """How these entities are called: of each spelling, as a name and as an alias, the naming said first. Sorted by id.

        Of two said at once, the smaller id is the first.
        """

    def namings(self, graph: str, episodes: Collection[str]) -> list[Naming]:
        """The namings by these episodes, sorted by id."""

    def merges(self, graph: str) -> list[Merge]:
        """All merges, sorted by id."""

    def wordings(self, graph: str) -> list[Wording]:
        """All wordings, sorted by id."""

    def predicates(self, graph: str) -> dict[str, int]:
        """The predicates of all claims, as they are stored, each with how many claims have it."""

    def summary(self, graph: str) -> Summary | None:
        """The graph's summary; None where it has none, or where an episode was erased since it was written."""

    def claims(self, graph: str, where: Iterable[ClaimFilter]) -> list[Claim]:
        """The claims that at least one of the filters lets through, in said order (see `Claim.order`)."""

    def claims_by_id(self, graph: str, ids: Collection[str]) -> list[Claim]:
        """These claims, in said order; unknown ids are passed over."""

    def claims_of(
        self, graph: str, episodes: Collection[str] = (), voices: Collection[EntityId] = (), entities: Collection[EntityId] = ()
    ) -> list[Claim]:
        """The claims of these episodes, those these voices spoke or hold, and those these entities occur in, in said order.

        An entity occurs as subject, as object, or as the object that a correction replaces.
        """

    def judgements(self, graph: str, claim_ids: Collection[str]) -> list[Judgement]:
        """The judgements that join one of these claims to any other, sorted by id."""

    def retractions(self, graph: str, claim_ids: Collection[str]) -> list[Retraction]:
        """The retractions that name one of these claims, sorted by id."""

    def facts(self, graph: str, where: FactFilter, limit: int | None = None) -> list[Version]:
        """The facts that `where` lets through, sorted by start of validity, then of knowledge, then id."""

    def links(self, graph: str, where: FactFilter, each: int | None = None) -> list[Link]:
        """The facts that `where` lets through, by their ends: the latest start of validity first, of equals the larger id.

        Args:
            each: of each entity in `where.touching`, no more than its first so many.
        """

    def versions(self, graph: str, where: Iterable[ClaimFilter]) -> list[Version]:
        """Every version, of any holder, of the triplets that the filters name, sorted like `facts`.

        A filter's `subjects`, `predicate` and `objects` are read; `with_exclusive` is for claims.
        """

    def match_facts(self, graph: str, words: Collection[str], where: FactFilter, limit: int) -> list[tuple[str, float]]:
        """Facts whose text, subject, predicate or object holds one of `words`: (id, score), best first.

        A score is positive, grows with the rareness of the words found within this graph, and does not depend on any
        other graph. `words` are plain words, never a query syntax. One that most facts hold may be passed over where a rarer one is
        found, and of thousands of facts that hold only common words those written first.
        """

    def match_episodes(self, graph: str, words: Collection[str], known_at: datetime, limit: int) -> list[tuple[str, float]]:
        """Episodes said by `known_at` whose content holds one of `words`: (id, score), best first, scored likewise."""

    def embedding(self, graph: str) -> EmbeddingModel | None:
        """The model of the graph's vectors; None where it has none."""

    def missing_vectors(self, graph: str) -> list[str]:
        """The texts that are to have a vector, and have none; each once, sorted.

        They are those of facts, of episodes that were read or are kept only, and the names of entities of a known type.
        """

    def nearest_facts(self, graph: str, vector: Vector, where: FactFilter, limit: int) -> list[tuple[str, float]]:
        """Of the facts that `where` lets through and whose text has a vector, those nearest to `vector`: (id, cosine), best first.

        Exact, and filtered first: what `where` holds back takes no place among the `limit`. Of equals, the smaller id comes first.

        Raises:
            EmbeddingMismatch: `vector` is of another dimension than the graph's.
        """

    def nearest_episodes(self, graph: str, vector: Vector, known_at: datetime, limit: int) -> list[tuple[str, float]]:
        """Of the episodes said by `known_at`, those nearest to `vector`, likewise."""

    def nearest_entities(self, graph: str, vector: Vector, type: str, limit: int) -> list[tuple[EntityId, float]]:
        """Of the entities of this type, the known one that they were made with, those whose `name` is nearest to `vector`, likewise."""

    def scrub(self) -> None:
        """Make what `Change.erased` removed unrecoverable from the store's own files. May take long."""

    def close(self) -> None:
        """Release what the store holds. Every later call raises `StoreUnavailable`."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What models were asked, and what it took.

    Attributes:
        calls: requests answered, those whose answer did not fit included.
        prompt_tokens, completion_tokens: as the endpoint counts them; 0 where it does not.
        seconds: spent waiting for the answers; left out of a comparison.
    """

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = field(default=0.0, compare=False)

    def __add__(self, other: "Usage") -> "Usage":
        """What both took together."""
        return Usage(
            self.calls + other.calls,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.seconds + other.seconds,
        )


class Meter(Protocol):
    """Counts what one step asks of a model, and stops it where no call is left."""

    @property
    def allows(self) -> bool:
        """Whether one more call may be made on this path; a call that rules can do without is not made where it may not."""

    def begin(self) -> None:
        """Called once before each request that is to be answered, however often it is tried.

        One that is not answered in the end was begun all the same: what it cost is not known.

        Raises:
            ExtractionError: this path has no call left; `allows` says so before.
            BudgetExceeded: no call is left for it.
        """

    def end(self, usage: Usage) -> None:
        """Called after each request that was answered, with what that one took."""


class Unmetered:
    """A `Meter` that counts nothing and stops nothing."""

    @property
    def allows(self) -> bool:
        """Always."""
        return True

    def begin(self) -> None:
        """Nothing."""

    def end(self, usage: Usage) -> None:
        """Nothing."""


UNMETERED = Unmetered()


def not_told(reason: str) -> None:
    """Nothing: nobody asks what was refused."""


@dataclass(frozen=True, slots=True)
class ExtractionRequest:
    """What an extractor reads.

    Attributes:
        episodes: the new ones, in the order they were said. Each one's `speaker` is who "I" is. Of a long text read in parts, a part.
        recent: up to ten said before them, oldest first.
        owner: the name of the user whose memory this is.
        summary: of what was said before, in words; empty where there is none.
        names: entities of the graph that the new episodes may speak of, so that their names are used again.
        predicates: those that the graph has of them, likewise.
        ontology: the types to keep to; None for any.
        meter: counts the calls of a model, for an extractor that asks one.
        on_refused: called for each claim that was found and is left out, since the text does not bear it, with why.
    """

    episodes: Sequence[Episode]
    recent: Sequence[Episode] = ()
    owner: str = ""
    summary: str = ""
    names: Sequence[Mention] = ()
    predicates: Sequence[str] = ()
    ontology: "Ontology | None" = None
    meter: Meter = UNMETERED
    on_refused: Callable[[str], None] = not_told


class Extractor(Protocol):
    """Reads claims out of episodes. It says nothing rather than something wrong."""

    @property
    def name(self) -> str:
        """What `Progress.extractor` records."""

    def extract(self, request: ExtractionRequest) -> Mapping[str, Sequence[ClaimDraft]]:
        """The claims of each of `request.episodes`, by episode id, in the order they stand in its text.

        An episode that is not in the answer could not be read, and stays pending.

        Raises:
            ExtractionError: nothing could be read for now.
        """


@runtime_checkable
class ChunkExtractor(Extractor, Protocol):
    """An `Extractor` that takes many messages at once, and reads them with the names and predicates of the graph in view.

    One without a `chunk_size` is given a message and the answers to it at a time, whatever their length, and no `names` and `predicates`.
    """

    @property
    def chunk_size(self) -> int:
        """How many characters of messages it takes at once, 1 or more; a longer text is given to it in parts."""


Vectors: TypeAlias = "np.ndarray[tuple[int, int], np.dtype[np.float32]]"
"""Rows of float32, one a text; every row has length one."""


class Embedder(Protocol):
    """Turns texts into vectors whose inner product says how alike they mean."""

    @property
    def model(self) -> str:
        """The name of the model: vectors of two models are never compared."""

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, in the order given: shape (len(texts), dimension). None is ever zero, not even of an empty text.

        Raises:
            ModelError: no vectors can be had for now.
        """


class Reranker(Protocol):
    """Says how well texts answer a question, by reading each beside it."""

    @property
    def name(self) -> str:
        """The name of the model."""

    def score(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """One score a text, in the order given: the higher, the better. They are comparable within one call only.

        Raises:
            ModelError: no scores can be had for now.
        """


Reply = TypeVar("Reply", bound="BaseModel")


class LanguageModel(Protocol):
    """Answers a question with a value of the type asked for."""

    @property
    def name(self) -> str:
        """The name of the model: what `Judgement.decider` and `Progress.extractor` record."""

    def ask(self, instructions: str, text: str, reply: type[Reply], *, tool: str | None = None, meter: Meter = UNMETERED) -> Reply:
        """The model's answer, validated.

        Args:
            instructions: what to do: the system message.
            text: what to do it with: the user message.
            reply: a Pydantic model; the answer is an instance of it.
            tool: the name of a tool whose arguments the answer is, for a model that can call tools; None for an answer in words.
            meter: told before and after each request; two at most are answered.

        Raises:
            ModelUnavailable: no answer can be had for now.
            InvalidReply: there was an answer, and it does not validate.
            BudgetExceeded: the meter has no call left.
        """
