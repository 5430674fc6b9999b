"""What the public API answers with, beside `Fact`. All are frozen; lists of facts are in the order their docstrings say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from mem0g.model import Episode, Fact, Operation
from mem0g.period import Period, show


@dataclass(frozen=True, slots=True)
class Decision:
    """A judgement, readable.

    Attributes:
        later, earlier: the facts' sentences; `later_id` and `earlier_id` their claims.
        said_at: when the later one was said: from then on it counts.
    """

    operation: Operation
    reason: str
    decider: str
    later: str
    earlier: str
    later_id: str
    earlier_id: str
    said_at: datetime
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Superseded:
    """A version that is no longer believed as it was.

    Attributes:
        fact: the version; its `expired_at` says from when on.
        reason: what was said that ended it, in words.
    """

    fact: Fact
    reason: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The recorded decision that two names are of one entity.

    Attributes:
        name, into: the names that the two were made with; facts are those of the second.
        reason: what shows that they are one.
        decider: "rule", or the name of the model.
        undone: why it was taken back; None where it stands.
    """

    name: str
    into: str
    reason: str
    decider: str
    recorded_at: datetime
    undone: str | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What an `add`, `add_fact`, `retract` or `unmerge` did.

    Attributes:
        episode_ids: the episodes it was given, in order.
        claim_ids: the claims that were read out of them, in order; what `corrects` and `why` take.
        created: facts that are believed and were not, or not over this valid time.
        confirmed: facts that were believed and have found more support.
        superseded: facts that are no longer believed as they were, each with the reason.
        decisions: the judgements made.
        refused: how many claims were read and left out, since no words of the text bear them or they break the ontology; by why.
        merged: the names that were found to be of one entity.
    """

    episode_ids: tuple[str, ...] = ()
    claim_ids: tuple[str, ...] = ()
    created: Sequence[Fact] = ()
    confirmed: Sequence[Fact] = ()
    superseded: Sequence[Superseded] = ()
    decisions: Sequence[Decision] = ()
    refused: Mapping[str, int] = field(default_factory=dict)
    merged: Sequence[Merged] = ()

    @property
    def facts(self) -> list[Fact]:
        """What was created, then what was confirmed."""
        return [*self.created, *self.confirmed]


@dataclass(frozen=True, slots=True)
class Diff:
    """What changed between two instants, `[start, end)`.

    Attributes:
        began: facts that began to hold in the world then, at best knowledge, by start; `ended` likewise, by end.
        learned: versions that came to be believed then, by when.
        dropped: versions that ceased to be believed then, by when, each with the reason.
    """

    start: datetime
    end: datetime
    began: Sequence[Fact]
    ended: Sequence[Fact]
    learned: Sequence[Fact]
    dropped: Sequence[Superseded]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim that speaks for a fact, with where it was said.

    Attributes:
        claim_id: what `corrects` takes.
        speaker: who said it; `holder` whose view it is, where it is attributed.
        text: the fact as a sentence; `quote` the words it stands on.
        since, until: the known instants over which it carries the fact; an `until` of None: it still does.
    """

    claim_id: str
    speaker: str
    holder: str | None
    text: str
    quote: str
    negated: bool
    said_at: datetime
    recorded_at: datetime
    since: datetime | None
    until: datetime | None
    episode: Episode


@dataclass(frozen=True, slots=True)
class Why:
    """Where a fact or a claim comes from.

    Attributes:
        fact: the version asked for; None where a claim was, and it carries no fact.
        evidence: the claims, as they were said.
        decisions: how those claims were judged against others.
        retractions: the reasons given for retracting them, each with when.
        superseded: versions that gave way when this one came to be believed.
        superseded_by: why it is no longer believed as it was; None where it still is.
    """

    fact: Fact | None
    evidence: Sequence[Evidence]
    decisions: Sequence[Decision]
    retractions: Sequence[tuple[datetime, str]]
    superseded: Sequence[Superseded]
    superseded_by: str | None


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was forgotten, or with `dry_run` would be: counts of ledger records."""

    episodes: int
    claims: int
    entities: int
    judgements: int
    retractions: int
    dry_run: bool


@dataclass(frozen=True, slots=True)
class Embedding:
    """How far a graph is embedded.

    Attributes:
        model: the name of the model that its vectors are of; None where it has none.
        dimension: how many numbers each has; None likewise.
        missing: how many of its texts have no vector.
    """

    model: str | None
    dimension: int | None
    missing: int

    def fits(self, model: str, dimension: int) -> bool:
        """Whether vectors of this model can be among its own."""
        return self.model is None or (self.model, self.dimension) == (model, dimension)


_DAY = timedelta(days=1)


class QuestionKind(StrEnum):
    """What a question asks for."""

    STATE = "state"
    """What holds now."""
    AS_OF = "as of"
    """What held, or will hold, at a time."""
    WHEN = "when"
    """When something was so: since when, until when."""
    DURATION = "duration"
    """For how long."""
    CHANGE = "change"
    """What began and what ended."""
    HISTORY = "history"
    """What was ever so."""
    BELIEF = "belief"
    """What someone believes, or what was known at a time."""

    @property
    def reads_all_time(self) -> bool:
        """Whether all valid time is read where the question names none."""
        return self in {QuestionKind.WHEN, QuestionKind.DURATION, QuestionKind.CHANGE, QuestionKind.HISTORY}


class Axis(StrEnum):
    """Which of the two times a question's words are about."""

    VALID = "valid time"
    KNOWN = "knowledge time"


@dataclass(frozen=True, slots=True)
class WordsRead:
    """Words of a question that were read as a time.

    Attributes:
        words: as they stand there.
        period: the stretch of time asked about, closed-open: "since 2019" is from 2019 until now.
        axis: which of the two times it is of.
    """

    words: str
    period: Period
    axis: Axis


@dataclass(frozen=True, slots=True)
class TimeRead:
    """How a question's time was understood.

    Attributes:
        kind: what the question asks for.
        words: the words the valid time was read from, else those of the known time; empty where it was given as a parameter or not at all.
        as_of: the valid time read; None for all of it.
        known_at: the known instant read; None for everything known.
        holder: whose view is asked for; None for the record.
        read: all words that were read as a time, in the order they stand in the question.
        note: what could not be read, in a sentence; empty where there is no such thing.
    """

    kind: QuestionKind
    words: str
    as_of: Period | None
    known_at: datetime | None
    holder: str | None = None
    read: Sequence[WordsRead] = ()
    note: str = ""

    def __str__(self) -> str:
        source = f"from {self.words!r}" if self.words else "as asked"
        valid = "all time" if self.as_of is None else show(self.as_of.start)
        if self.as_of is not None and not self.as_of.is_instant:
            valid = f"{show(self.as_of.start)} to {show(self.as_of.end)}"
        known = "everything known" if self.known_at is None else f"as known at {show(self.known_at)}"
        holder = "" if self.holder is None else f", as {self.holder} has it"
        return f"{self.kind}: {valid}, {known}{holder} ({source}){self.note and f'; {self.note}'}"


@dataclass(frozen=True, slots=True)
class FoundFact(Fact):
    """A fact that a search found.

    Attributes:
        score: the higher the better; comparable within one search only.
        signals: what found it, by name ("walk", "predicate", "text", "semantic", "linked"; "reranker", "mmr"), each with what it added to
            the score.
    """

    score: float = 0.0
    signals: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, fact: Fact, score: float, signals: Mapping[str, float]) -> Self:
        """The fact with how it was found."""
        return cls(**{name.name: getattr(fact, name.name) for name in fields(Fact)}, score=score, signals=signals)

    @property
    def sources(self) -> frozenset[str]:
        """The ids of the episodes that tell it."""
        return frozenset(self.episode_ids)

    def with_signal(self, name: str, worth: float) -> "FoundFact":
        """The same, found by one more signal."""
        return replace(self, score=self.score + worth, signals={**self.signals, name: worth})

    def line(self, now: datetime) -> str:
        """How `Search.context` shows it: the sentence, and when it holds."""
        return f"- {self.text} ({valid_words(self, now)})"


@dataclass(frozen=True, slots=True)
class FoundEpisode:
    """An episode that a search found; `score` and `signals` as for a `FoundFact`, with "anchor" for "walk" and "predicate"."""

    episode: Episode
    score: float
    signals: Mapping[str, float]

    @property
    def text(self) -> str:
        """What was said."""
        return self.episode.content

    @property
    def sources(self) -> frozenset[str]:
        """Its own id."""
        return frozenset({self.episode.id})

    def with_signal(self, name: str, worth: float) -> "FoundEpisode":
        """The same, found by one more signal."""
        return replace(self, score=self.score + worth, signals={**self.signals, name: worth})

    def line(self, now: datetime) -> str:
        """How `Search.context` shows it: who said it, when, and what."""
        return f"- {self.episode.speaker}, {show(self.episode.occurred_at)}: {self.episode.content}"


Hit = FoundFact | FoundEpisode
"""What a search finds."""


@dataclass(frozen=True, slots=True)
class Search:
    """What a search found.

    Attributes:
        facts: best first.
        episodes: best first.
        time: how the question's time was understood.
        hits: facts and episodes in one ranking, best first; but one whose episodes were all listed before, by facts or by themselves, comes
            behind those that tell something new.
        misspelt: names in the question that are nobody's and a letter off one that is, as written; each with the name it was read as.
    """

    question: str
    facts: Sequence[FoundFact]
    episodes: Sequence[FoundEpisode]
    time: TimeRead
    asked_at: datetime = field(repr=False)
    hits: Sequence[Hit] = ()
    misspelt: Mapping[str, str] = field(default_factory=dict)

    def context(self) -> str:
        """The facts, dated, what changed, and the quotes, as text for a prompt; newest state first."""
        ordered = sorted(self.facts, key=lambda fact: fact.valid.start, reverse=True)
        lines = [fact.line(self.asked_at) for fact in ordered]
        quotes = [hit.line(self.asked_at) for hit in self.episodes]
        parts = [("Facts:", lines), ("Changes:", self.changes()), ("Said:", quotes)]
        return "\n".join(line for title, body in parts if body for line in (title, *body))

    def changes(self) -> list[str]:
        """A line for each state that gave way to another: "- Alice lives in: Oslo until 2026-03-02, then Lisbon".

        One gave way to another where both are of one subject, predicate and holder, and the one ended as the other began.
        """
        states = sorted((fact for fact in self.facts if not fact.event), key=lambda fact: (fact.valid.start, fact.id))
        chains = list[list[Fact]]()
        for fact in states:
            chain = next((chain for chain in chains if _gives_way(chain[-1], fact)), None)
            if chain is None:
                chains.append([fact])
            else:
                chain.append(fact)
        return [_change(chain) for chain in chains if len(chain) > 1]


def _gives_way(one: Fact, other: Fact) -> bool:
    alike = (one.subject_id, one.predicate, one.holder) == (other.subject_id, other.predicate, other.holder)
    return alike and one.object != other.object and one.invalid_at is not None and one.invalid_at == other.valid_at


def _change(chain: Sequence[Fact]) -> str:
    *earlier, last = chain
    until = "" if last.invalid_at is None else f" until {show(last.invalid_at)}"
    told = ", then ".join([*(f"{fact.object} until {show(fact.invalid_at)}" for fact in earlier), last.object + until])
    return f"- {last.subject} {last.predicate.replace('_', ' ')}: {told}"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that an answer rests on, and where they were said.

    Attributes:
        words: of the episode; the fact as a sentence, where it was stated and not said.
        said_at: when.
    """

    words: str
    speaker: str
    said_at: datetime
    episode: Episode


@dataclass(frozen=True, slots=True)
class Citation:
    """What an answer rests on: a fact with what it was read out of, or a message alone.

    Attributes:
        fact: None where a message alone is cited.
        quotes: in the order they were said.
    """

    fact: Fact | None
    quotes: Sequence[Quote]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered to a question.

    Attributes:
        text: the answer; its dates come from the facts, at the precision they were stated with.
        citations: what it rests on, in the order of the text; empty where it is not known.
        time: how the question's time was understood: the time that is answered for.
        abstained: nothing that is known answers the question.
        asked_at: the present.
        dates: those that the answer gives to a question of when (its start or its end), for how long (its start and its end) or what
            changed, in the order of the text; a language model's are not listed.
    """

    question: str
    text: str
    citations: Sequence[Citation]
    time: TimeRead
    abstained: bool
    asked_at: datetime = field(repr=False)
    dates: Sequence[Period] = ()


def valid_words(fact: Fact, now: datetime) -> str:
    """When a fact holds, in words: "since 2026-03-02", "2019-11-18 to 2025-09-01, ended"."""
    start, end = show(fact.valid_at), show(fact.invalid_at)
    if fact.event:
        return f"on {start}" if fact.valid.end - fact.valid.start <= _DAY else f"{start} to {end}"
    if fact.invalid_at is None:
        return "start unknown" if fact.valid_at is None else f"since {start}" if fact.valid_at <= now else f"from {start} on"
    ended = ", ended" if fact.invalid_at <= now else ""
    return f"until {end}{ended}" if fact.valid_at is None else f"{start} to {end}{ended}"
