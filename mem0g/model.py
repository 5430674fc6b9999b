"""The values mem0g is made of: what the ledger records, and what follows from it. All are frozen.

Ledger records — `Episode`, `Entity`, `Naming`, `Wording`, `Claim`, `Judgement`, `Merge`, `Retraction` — are written once and never
changed. A `Version` is derived from them by `mem0g.ingestion.timeline`; a `Fact` is a version as the public API shows it. A `Summary`
is derived from episodes by a language model.

Instants are aware datetimes in UTC. Ids are UUIDs of version 5 over what makes a record itself, so the same
thing recorded twice has the same id, on every store and in every arrival order.
"""

import json
import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, NewType, Self
from uuid import UUID, uuid5

from mem0g.errors import InvalidInput, MissingGraph
from mem0g.period import BEGINNING, FOREVER, Period, Precision, quoted

EntityId = NewType("EntityId", str)

_NAMESPACE = UUID("6d656d30-6700-5000-8000-000000000000")
_NAME_LIMIT = 1_000
_TEXT_LIMIT = 1_000_000
_PATH_LIMIT = 4_096
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def identifier(*parts: object) -> str:
    """The UUID (version 5) of `parts`, which must be JSON values."""
    return str(uuid5(_NAMESPACE, json.dumps(parts, ensure_ascii=False)))


def normalise(name: str) -> str:
    """`name` as names are compared: compatibility-composed, case-folded, white space collapsed."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def predicate_name(predicate: str) -> str:
    """`predicate` in snake_case: "Lives in" and "lives-in" are `lives_in`.

    Raises:
        InvalidInput: nothing of it is a letter or a digit.
    """
    name = "_".join(re.findall(r"\w+", normalise(predicate).replace("_", " ")))
    if not name:
        raise InvalidInput(f"predicate={quoted(predicate)} has no letter or digit: give a name such as 'lives_in'")
    return checked_text(name, "predicate", limit=_NAME_LIMIT)


def checked_text(text: str, what: str, limit: int = _TEXT_LIMIT) -> str:
    """`text`, fit for every store.

    Raises:
        InvalidInput: it is no text, is longer than `limit` characters, or holds NUL or a lone surrogate.
    """
    if not isinstance(text, str):
        raise InvalidInput(f"{what}={quoted(text)} must be text")
    if len(text) > limit:
        raise InvalidInput(f"{what}={quoted(text)} has {len(text):,} characters; at most {limit:,} are kept")
    if found := _UNSTORABLE.search(text):
        raise InvalidInput(f"{what}={quoted(text)} holds the character U+{ord(found[0]):04X} at {found.start()}, which no store keeps")
    return text


def checked_words(text: str, what: str) -> str:
    """`text`, fit for every store, and not blank.

    Raises:
        InvalidInput: as for `checked_text`, or there is nothing but white space.
    """
    if not checked_text(text, what).strip():
        raise InvalidInput(f"{what}={quoted(text)} is empty: give words")
    return text


def checked_path(path: str | os.PathLike[str], what: str = "path") -> str:
    """`path` as text that can name a file.

    Raises:
        InvalidInput: it is no path, is empty, is over 4,096 characters, or holds a character that no file's name has.
    """
    try:
        text = os.fspath(path)
        named = isinstance(text, str) and bool(text) and b"\x00" not in os.fsencode(text)
    except (TypeError, UnicodeEncodeError) as error:
        raise InvalidInput(f"{what}={quoted(path)} names no file: {_reason(error)}") from error
    if len(text) > _PATH_LIMIT:
        raise InvalidInput(f"{what}={quoted(text)} has {len(text):,} characters: no path is longer than {_PATH_LIMIT:,}")
    if not named:
        raise InvalidInput(f"{what}={quoted(path)} names no file: give its path as text")
    return text


def _reason(error: TypeError | UnicodeEncodeError) -> str:
    if isinstance(error, TypeError):
        return "give its path as text"
    return f"it holds the character U+{ord(error.object[error.start]):04X} at {error.start}, which no file's name has"


def checked_json(value: object, what: str) -> None:
    """Check every text in a JSON value.

    Raises:
        InvalidInput: one of them is not fit for every store.
    """
    left = [value]
    while left:
        match left.pop():
            case str() as text:
                checked_text(text, what)
            case Mapping() as mapping:
                left += [*mapping.keys(), *mapping.values()]
            case list() as values:
                left += values


def checked_name(name: str, what: str) -> str:
    """`name` without outer white space, fit for every store.

    Raises:
        InvalidInput: it is empty, no text, over 1,000 characters, or holds NUL or a lone surrogate.
    """
    stripped = checked_text(name, what, limit=_NAME_LIMIT).strip()
    if not stripped:
        raise InvalidInput(f"{what}={quoted(name)} is empty: give a name")
    return stripped


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose memory is meant: the graph, and the labels that episodes carry and that filter reads by their support.

    Attributes:
        graph: the tenant's key, of the kind and value of the first id given: `user:alice`.
        user_id: as given, or None; `agent_id` and `run_id` likewise.
    """

    graph: str
    user_id: str | None = None
    agent_id: str | None = None
    run_id: str | None = None

    @classmethod
    def of(cls, user_id: str | None = None, agent_id: str | None = None, run_id: str | None = None) -> Self:
        """The scope of the ids given.

        Raises:
            MissingGraph: all three are None.
            InvalidInput: one of them is empty or no text.
        """
        given = {"user_id": user_id, "agent_id": agent_id, "run_id": run_id}
        checked = {name: checked_name(value, name) for name, value in given.items() if value is not None}
        if not checked:
            raise MissingGraph("give one of user_id, agent_id, run_id: it names whose memory is meant")
        name, value = next(iter(checked.items()))
        return cls(f"{name.removesuffix('_id')}:{value}", **checked)

    @property
    def owner(self) -> str:
        """The name of the one whose memory this is, until a message says otherwise."""
        return self.graph.partition(":")[2]

    @property
    def labels(self) -> dict[str, str]:
        """The ids beyond the one that names the graph: they filter reads by support."""
        given = {"user_id": self.user_id, "agent_id": self.agent_id, "run_id": self.run_id}
        own = self.graph.partition(":")[0] + "_id"
        return {name: value for name, value in given.items() if value is not None and name != own}


class Source(StrEnum):
    """What an episode was ingested from."""

    MESSAGE = "message"
    TEXT = "text"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Episode:
    """One ingested unit.

    Attributes:
        id: given by the caller, or made from graph, speaker, content, payload and time.
        content: the text as given.
        occurred_at: when it was said: the anchor of "yesterday", and the said time of its claims.
        recorded_at: when it was stored.
        role: the message's role; "user" for plain text.
        speaker: the name of the one who speaks.
        payload: for `Source.FACT`, the stated parameters as JSON; else empty.
        user_id, agent_id, run_id: the ids it was added under.
        metadata: the caller's own JSON values.
    """

    id: str
    graph: str
    content: str
    occurred_at: datetime
    recorded_at: datetime
    speaker: str
    role: str = "user"
    source: Source = Source.TEXT
    payload: str = ""
    user_id: str | None = None
    agent_id: str | None = None
    run_id: str | None = None
    metadata: Mapping[str, object] = field(default_factory=dict)

    def has_labels(self, labels: Mapping[str, str]) -> bool:
        """Whether it was added under all of these ids; see `Scope.labels`."""
        return all(getattr(self, name) == value for name, value in labels.items())

    def same_as(self, other: "Episode") -> bool:
        """Whether both say the same at the same time: adding the second would change nothing."""
        return (self.content, self.payload, self.speaker, self.role, self.occurred_at) == (
            other.content, other.payload, other.speaker, other.role, other.occurred_at,
        )  # fmt: skip


class Stage(StrEnum):
    """How far the reading of an episode has come."""

    PENDING = "pending"
    EXTRACTED = "extracted"
    FAILED = "failed"
    KEPT = "kept"
    """Stored and searchable, and never extracted: system, tool and developer messages."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading of one episode has come. The one thing beside the ledger that changes in place.

    Attributes:
        error: what went wrong last, for `Stage.FAILED`.
        extractor: the name of the extractor that read it, for `Stage.EXTRACTED`.
    """

    episode_id: str
    stage: Stage
    error: str = ""
    extractor: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A resolved node. Its key is (graph, normalised name, type, discriminator).

    Attributes:
        name: as first written.
        type: "person", "place", …; empty where unknown.
        discriminator: tells apart two of one name and type; usually empty.
        aliases: other forms of its name that it is found by.
    """

    id: EntityId
    graph: str
    name: str
    recorded_at: datetime
    type: str = ""
    discriminator: str = ""
    aliases: tuple[str, ...] = ()

    @classmethod
    def named(cls, graph: str, name: str, recorded_at: datetime, type: str = "", discriminator: str = "") -> Self:
        """The entity of this key, with the id that follows from it."""
        key = identifier("entity", graph, normalise(name), type, discriminator)
        return cls(EntityId(key), graph, name, recorded_at, type, discriminator)


@dataclass(frozen=True, slots=True)
class Naming:
    """That an episode calls an entity by a name. It is found by each of its names, and shown by one of them.

    Attributes:
        name: exactly as spelled.
        said_at: the episode's `occurred_at`.
        alias: the episode gives it as a further name ("Robert, whom everyone calls Bob"), and does not speak of the entity by it.
    """

    id: str
    graph: str
    entity: EntityId
    name: str
    episode_id: str
    said_at: datetime
    recorded_at: datetime
    alias: bool = False

    @classmethod
    def by(cls, episode: Episode, entity: EntityId, name: str, recorded_at: datetime, alias: bool = False) -> Self:
        """The naming by this episode, with the id that follows from it."""
        key = identifier("naming", episode.graph, entity, name, episode.id)
        return cls(key, episode.graph, entity, name, episode.id, episode.occurred_at, recorded_at, alias)


SENTENCE = "sentence:"
"""How the type of a value begins that is a whole fact, in the flavour "facts"; the rest of it says what of."""


@dataclass(frozen=True, slots=True)
class Value:
    """A literal object: "82 kg", a date, an amount, free text. Two values are one where type and normalised text agree.

    Two sentences are one where they say it of one object, whatever their words: where their types agree.

    Attributes:
        text: as shown.
        datatype: "text", "number", "amount", "date", …
    """

    text: str
    datatype: str = "text"

    @property
    def key(self) -> str:
        """What makes two values one object."""
        return self.datatype if self.datatype.startswith(SENTENCE) else f"{self.datatype}:{normalise(self.text)}"

    @property
    def about(self) -> str:
        """Its text; of a sentence, the name or text that the sentence says it of."""
        return self.datatype.removeprefix(SENTENCE).partition(":")[2] if self.datatype.startswith(SENTENCE) else self.text


Object = EntityId | Value
"""A triplet's third part: an entity, by its id, or a literal."""


def object_key(object: Object | None) -> str:
    """What makes two objects one: an entity's id, a value's key; empty for the open object of a denial."""
    match object:
        case None:
            return ""
        case Value():
            return f"value:{object.key}"
        case _:
            return object


class Kind(StrEnum):
    """A state lasts; an event happened over the period it is said to have happened in, and never competes."""

    STATE = "state"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Claim:
    """What one episode asserts. Immutable.

    Attributes:
        index: its place in the episode, from 0.
        speaker: who said it.
        holder: whose view it is, where the text or the caller attributes it; None for the record.
        object: an entity's id, a value, or None for a denial that leaves it open.
        negated: it does not hold (polarity −).
        valid_from, valid_to: the valid interval as stated, closed-open; None where unstated.
        precision: how finely the interval was stated; None where it was not.
        said_at: the episode's `occurred_at`.
        text: the fact as a sentence; `quote`: the words of the episode it stands on.
        exclusive: cardinality one, as it was when the claim was made.
        correction: its words say that something said before was never so ("never", "I meant").
        replaces: the object that a correction names as wrong, if it names one; of a denial its own, where what was lately said is wrong.
        confidence: 0 to 1.
    """

    id: str
    graph: str
    episode_id: str
    index: int
    speaker: EntityId
    holder: EntityId | None
    subject: EntityId
    predicate: str
    object: Object | None
    said_at: datetime
    text: str
    quote: str = ""
    negated: bool = False
    kind: Kind = Kind.STATE
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    precision: Precision | None = None
    exclusive: bool = False
    correction: bool = False
    replaces: Object | None = None
    confidence: float = 1.0

    @staticmethod
    def id_of(graph: str, episode_id: str, index: int) -> str:
        """The id of the claim at this place."""
        return identifier("claim", graph, episode_id, index)

    @property
    def order(self) -> tuple[datetime, int, str]:
        """Its place among all claims: said time, then place in the episode, then id."""
        return (self.said_at, self.index, self.id)


class Operation(StrEnum):
    """What a later claim does to an earlier one: the four operations of the Mem0 paper (arXiv 2504.19413), and CORRECTS."""

    ADD = "ADD"
    """The two coexist."""
    UPDATE = "UPDATE"
    """The two are rivals."""
    DELETE = "DELETE"
    """The earlier is retracted."""
    CORRECTS = "CORRECTS"
    """The earlier was never so."""
    NOOP = "NOOP"
    """The later confirms the earlier."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How two claims stand to one another; takes effect at the later one's said time.

    Attributes:
        later, earlier: claim ids, in the order they were said, whichever arrived first.
        decider: "rule", "caller", or the name of the model.
    """

    id: str
    graph: str
    later: str
    earlier: str
    operation: Operation
    reason: str
    recorded_at: datetime
    decider: str = "rule"

    @classmethod
    def between(cls, later: Claim, earlier: Claim, operation: Operation, reason: str, recorded_at: datetime, decider: str = "rule") -> Self:
        """The judgement of this pair. A pair is judged once: its id does not depend on the outcome."""
        key = identifier("judgement", later.graph, later.id, earlier.id)
        return cls(key, later.graph, later.id, earlier.id, operation, reason, recorded_at, decider)


@dataclass(frozen=True, slots=True)
class Merge:
    """The recorded decision that one entity is another. Timeless: it applies to the whole history.

    Attributes:
        target: the one that stands for both.
        decider: "rule", "caller", or the name of the model.
        negated: the two are not one, whatever says that they are.
    """

    id: str
    graph: str
    source: EntityId
    target: EntityId
    reason: str
    recorded_at: datetime
    decider: str = "rule"
    negated: bool = False

    @classmethod
    def of(cls, source: Entity, target: Entity, reason: str, recorded_at: datetime, decider: str = "rule", negated: bool = False) -> Self:
        """The merge of one entity into another. A pair is merged once, and parted once: its id depends on nothing else."""
        key = identifier("merge", source.graph, source.id, target.id, *["negated"] * negated)
        return cls(key, source.graph, source.id, target.id, reason, recorded_at, decider, negated)


@dataclass(frozen=True, slots=True)
class Wording:
    """The recorded decision how a predicate is said in this graph: `employed_by` as `works_for`. Timeless, as a merge is.

    Attributes:
        name: the predicate as it was read or stated, in snake_case.
        canonical: the predicate that stands for it; may be the same.
        decider: "rule", "caller", or the name of the model.
        inverse: subject and object change places: "manages" is `reports_to` the other way round.
    """

    id: str
    graph: str
    name: str
    canonical: str
    reason: str
    recorded_at: datetime
    decider: str = "rule"
    inverse: bool = False

    @classmethod
    def of(
        cls, graph: str, name: str, canonical: str, reason: str, recorded_at: datetime, decider: str = "rule", inverse: bool = False
    ) -> Self:
        """The wording of this predicate. It is decided once, where the predicate first appears: its id does not depend on the outcome."""
        return cls(identifier("wording", graph, name), graph, name, canonical, reason, recorded_at, decider, inverse)


@dataclass(frozen=True, slots=True)
class Retraction:
    """The recorded wish to stop believing claims, from `said_at` on.

    Attributes:
        claims: the ids of the claims meant.
    """

    id: str
    graph: str
    claims: tuple[str, ...]
    said_at: datetime
    reason: str
    recorded_at: datetime


Record = Episode | Entity | Naming | Wording | Claim | Judgement | Merge | Retraction
"""What the ledger holds."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What was said so far, in a few words of a language model. Derived, replaced by the next one, and no part of the ledger.

    Attributes:
        through: the messages it covers were said up to then.
        episodes: how many messages went into it, and into those before it that it was made from.
        decider: the model and the version of its prompt: "llm:gpt-4o-mini:summary-1".
    """

    graph: str
    text: str
    through: datetime
    episodes: int
    decider: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Support:
    """That a claim carries a version, over the known instants `[since, until)`."""

    claim_id: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """A believed triplet over a rectangle of two times. Derived from claims; the edge in Neo4j.

    Attributes:
        holder: None for the record.
        valid: when it holds in the world.
        known: when we believed it, on the time things were said.
        text: the sentence of the earliest said claim that carried it when it came to be believed.
        support: the claims that carry it, each with when; not part of the version's identity.
        id: a UUID over holder, triplet, valid interval and when it came to be believed.
    """

    graph: str
    holder: EntityId | None
    subject: EntityId
    predicate: str
    object: Object
    kind: Kind
    valid: Period
    known: Period
    text: str = field(compare=False)
    support: tuple[Support, ...] = field(compare=False)
    id: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        key = identifier(
            "fact", self.graph, self.holder, self.subject, self.predicate, object_key(self.object), self.kind,
            self.valid.start.isoformat(), self.valid.end.isoformat(), self.known.start.isoformat(),
        )  # fmt: skip
        object.__setattr__(self, "id", key)

    @property
    def order(self) -> tuple[datetime, datetime, str]:
        """Its place among all versions: start of validity, then of knowledge, then id."""
        return (self.valid.start, self.known.start, self.id)

    @property
    def is_believed(self) -> bool:
        """Whether it is believed by all that is known."""
        return self.known.end == FOREVER


@dataclass(frozen=True, slots=True)
class Fact:
    """A believed triplet over two times, as the public API shows it.

    Attributes:
        id: of the version; what `why` and `retract` take.
        subject: the entity's name; `object` likewise, or the literal's text.
        text: a sentence saying it.
        valid_at, invalid_at: when it holds in the world, closed-open; None: unknown start, open end.
        created_at, expired_at: when it was believed, closed-open; an `expired_at` of None: still is.
        holders: who says so: the speakers of its claims, or the one they are attributed to.
        episode_ids: where it was said, in the order it was said.
        confidence: 0 to 1: of its most confident claim.
        event: it happened, where a state lasts.
        subject_id, object_id: entity ids; `object_id` is None for a literal.
        holder: whose view it is, where it is attributed; None for the record.
    """

    id: str
    subject: str
    predicate: str
    object: str
    text: str
    valid_at: datetime | None
    invalid_at: datetime | None
    created_at: datetime
    expired_at: datetime | None
    holders: tuple[str, ...]
    episode_ids: tuple[str, ...]
    confidence: float
    event: bool
    subject_id: EntityId
    object_id: EntityId | None
    holder: str | None = None

    @property
    def valid(self) -> Period:
        """`valid_at` and `invalid_at` as a period."""
        return Period(self.valid_at or BEGINNING, self.invalid_at or FOREVER)


@dataclass(frozen=True, slots=True)
class Mention:
    """A thing as written in an episode.

    Attributes:
        type: "person", "place", …; empty where unknown.
        aliases: other names that the episode gives it.
    """

    name: str
    type: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """What an extractor reads out of an episode: a claim before resolution.

    Attributes:
        object: None only for a denial that leaves it open ("I don't eat anything").
        valid: the stated interval; `BEGINNING` and `FOREVER` for an end that was not stated; None where neither was.
        exclusive: whether the text shows cardinality one; None leaves it to ontology and table.
        correction: the text says that something said before was never so ("never", "I meant").
        replaces: the object that a correction names as wrong, if it names one; of a denial its own, where what was lately said is wrong.
        corrects: ids of the claims corrected, where the caller knows them.

    The other attributes are those of `Claim`.
    """

    subject: Mention
    predicate: str
    object: Mention | Value | None
    text: str
    quote: str = ""
    holder: Mention | None = None
    negated: bool = False
    kind: Kind = Kind.STATE
    valid: Period | None = None
    exclusive: bool | None = None
    correction: bool = False
    replaces: Mention | Value | None = None
    corrects: tuple[str, ...] = ()
    confidence: float = 1.0


RoleName = Literal["user", "assistant", "system", "tool", "developer"]

DATATYPES = ("text", "number", "amount", "date", "boolean", "email", "phone", "age")
"""The types of literal that mem0g itself writes."""
