"""Random streams of `add_fact`, told to a `Memory`; and the claims they must have become, written down independently."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st

from mem0g import Memory
from mem0g.model import Claim, EntityId, Fact, Judgement, Kind, Operation, Retraction
from mem0g.ports import Clock, Extractor, GraphStore
from mem0g.stores.sqlite import SQLiteStore

from .strategies import DAYS, day, days, stated_intervals

NOW = day(DAYS + 1)
OWNER = "Alice"
PEOPLE = ("Alice", "Carol")
PLACES = ("Oslo", "Lisbon", "Porto")
EXCLUSIVE = {"lives_in"}

OPEN: ContextVar[Callable[[Path], GraphStore]] = ContextVar("OPEN", default=SQLiteStore)
"""What opens a store that holds nothing yet: the laws are asked of every kind."""


@contextmanager
def memory_at(now: datetime = NOW, *, clock: Clock | None = None, extractor: Extractor | None = None) -> Iterator[Memory]:
    """A memory in a store of its own, whose clock stands still unless one is given."""
    with TemporaryDirectory() as folder:
        store = OPEN.get()(Path(folder) / "memory.db")
        with Memory(store=store, clock=clock or (lambda: now), extractor=extractor) as memory:
            yield memory


@dataclass(frozen=True)
class Told:
    """One `add_fact`. `corrects` is the number of one told of earlier times."""

    number: int
    subject: str
    predicate: str
    object: str | None
    occurred_at: datetime
    valid_at: datetime | None
    invalid_at: datetime | None
    holder: str | None
    negated: bool
    event: bool
    exclusive: bool | None
    corrects: int | None = None

    @property
    def arguments(self) -> dict[str, Any]:
        names = ("subject", "predicate", "object", "occurred_at", "valid_at", "invalid_at", "holder", "negated", "event", "exclusive")
        return {name: getattr(self, name) for name in names} | {"text": f"told as number {self.number}"}


@st.composite
def told(draw: st.DrawFn, number: int) -> Told:
    valid_at, invalid_at = draw(stated_intervals())
    event = draw(st.sampled_from([False] * 5 + [True]))
    if event:
        valid_at, invalid_at = sorted(draw(st.lists(days, min_size=2, max_size=2, unique=True)))
    negated = draw(st.sampled_from([False, False, False, True]))
    return Told(
        number=number,
        subject=draw(st.sampled_from(["Alice", "Alice", "Alice", "Carol"])),
        predicate="visited" if event else draw(st.sampled_from(["lives_in", "lives_in", "likes"])),
        object=None if negated and draw(st.booleans()) else draw(st.sampled_from(PLACES)),
        occurred_at=draw(days),
        valid_at=valid_at,
        invalid_at=invalid_at,
        holder=draw(st.sampled_from([None, None, None, "Bob"])),
        negated=negated,
        event=event,
        exclusive=draw(st.sampled_from([None, None, True, False])),
    )


@st.composite
def streams(draw: st.DrawFn, max_size: int = 6, corrections: bool = True) -> list[Told]:
    """In no order of time, each after what it corrects."""
    stream: list[Told] = []
    for number in range(draw(st.integers(1, max_size))):
        new = draw(told(number))
        wrong = [old for old in stream if old.occurred_at < new.occurred_at and old.holder == new.holder and old.event == new.event]
        if corrections and wrong and draw(st.integers(0, 2)) == 0:
            times = {} if draw(st.booleans()) or new.event else {"valid_at": None, "invalid_at": None}
            new = Told(**{**vars(new), **times, "corrects": draw(st.sampled_from(wrong)).number})
        stream.append(new)
    return stream


def in_order(order: Sequence[Told]) -> list[Told]:
    """In this order, but for what must come after what it corrects."""
    arrived: dict[int | None, Told] = {}
    waiting = list(order)
    while waiting:
        ready = next(one for one in waiting if one.corrects is None or one.corrects in arrived)
        waiting.remove(ready)
        arrived[ready.number] = ready
    return list(arrived.values())


@dataclass
class Teller:
    """Tells a stream, and keeps what each `add_fact` answered: ids by number."""

    memory: Memory
    user_id: str = OWNER
    claims: dict[int, str] = field(default_factory=dict)
    episodes: dict[int, str] = field(default_factory=dict)

    def tell(self, stream: Iterable[Told]) -> "Teller":
        for one in stream:
            corrects = {} if one.corrects is None or one.corrects not in self.claims else {"corrects": self.claims[one.corrects]}
            added = self.memory.add_fact(user_id=self.user_id, **one.arguments, **corrects)
            (self.claims[one.number],) = added.claim_ids
            (self.episodes[one.number],) = added.episode_ids
        return self

    def retract(self, one: Told, days_after: int) -> Retraction:
        """Retract what was told, some days after."""
        at = one.occurred_at + timedelta(days=days_after)
        self.memory.retract(self.claims[one.number], user_id=self.user_id, reason="a mistake", occurred_at=at)
        return Retraction("", f"user:{self.user_id}", (self.claims[one.number],), at, "a mistake", at)

    def ledger(self, stream: Iterable[Told], holder: str | None = None) -> tuple[list[Claim], list[Judgement]]:
        """The claims these must have become, names standing for ids, as the timeline of `holder` reads them.

        What nobody is named for is Alice's own voice: hers is the memory.
        """
        voices = {None: {None}, "Alice": {None, "Alice"}, "Bob": {"Bob"}}[holder]
        claims = {one.number: self._claim(one) for one in stream if one.holder in voices}
        judgements = [
            Judgement.between(claims[one.number], claims[one.corrects], Operation.CORRECTS, "", one.occurred_at)
            for one in stream
            if one.corrects in claims and one.number in claims
        ]
        return list(claims.values()), judgements

    def _claim(self, one: Told) -> Claim:
        return Claim(
            id=self.claims[one.number],
            graph=f"user:{self.user_id}",
            episode_id=self.episodes[one.number],
            index=0,
            speaker=EntityId(self.user_id),
            holder=None,
            subject=EntityId(one.subject),
            predicate=one.predicate,
            object=None if one.object is None else EntityId(one.object),
            said_at=one.occurred_at,
            text=one.arguments["text"],
            negated=one.negated,
            kind=Kind.EVENT if one.event else Kind.STATE,
            valid_from=one.valid_at,
            valid_to=one.invalid_at,
            exclusive=one.predicate in EXCLUSIVE if one.exclusive is None else one.exclusive,
            correction=one.corrects is not None,
        )


def everything(memory: Memory, user_id: str = OWNER) -> list[Fact]:
    """All that can be asked: every version of everybody, and answers of every voice at several points of the two times."""
    points = [(None, None), (day(1), day(3)), (day(DAYS), day(2))]
    asked = [
        fact
        for holder in (None, "Alice", "Bob")
        for as_of, known_at in points
        for fact in memory.facts(user_id=user_id, as_of=as_of, known_at=known_at, holder=holder)
    ]
    told = [fact for holder in (None, "Bob") for person in PEOPLE for fact in memory.timeline(person, user_id=user_id, holder=holder)]
    return told + asked
