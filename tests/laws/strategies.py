"""Random ledgers, small and crowded: few instants and few names, so that ties, coincidences and chains are common."""

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import combinations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from mem0g.model import Claim, EntityId, Judgement, Kind, Object, Operation, Precision, Retraction, Value
from mem0g.period import BEGINNING, FOREVER, TICK

from .replay import Replay

GRAPH = "user:alice"
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 5
OBJECTS: tuple[Object, ...] = (EntityId("oslo"), EntityId("lisbon"), EntityId("porto"), Value("82 kg", "amount"))
SEARCH = int(os.environ.get("LAW_SEARCH", "0"))
"""How many times the examples a hunt for new failures tries, at random; 0 for the runs that must be repeatable."""


def law(examples: int) -> settings:
    """The settings of a law test.

    Derandomized: the same tree gives the same verdict on every machine, so a red run points at the change that caused it.
    `LAW_SEARCH=20 pytest tests/laws` tries twenty times as many, new at each run, and prints what reproduces a failure.
    """
    return settings(
        max_examples=examples * max(SEARCH, 1),
        derandomize=not SEARCH,
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def day(number: int) -> datetime:
    return EPOCH + timedelta(days=number)


@dataclass(frozen=True)
class Ledger:
    """What `timeline` reads. Judgements and retractions may name claims that are not in it: they were forgotten."""

    claims: tuple[Claim, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    retractions: tuple[Retraction, ...] = ()

    @property
    def replay(self) -> Replay:
        return Replay(*self.inputs)

    @property
    def inputs(self) -> tuple[tuple[Claim, ...], tuple[Judgement, ...], tuple[Retraction, ...]]:
        return (self.claims, self.judgements, self.retractions)

    @property
    def records(self) -> list[Claim | Judgement | Retraction]:
        return [*self.claims, *self.judgements, *self.retractions]

    def said(self, record: Claim | Judgement | Retraction) -> datetime:
        """When a record takes effect: a judgement with the later of its claims."""
        if isinstance(record, Judgement):
            return next(claim.said_at for claim in self.claims if claim.id == record.later)
        return record.said_at

    def without(self, missing: set[str]) -> "Ledger":
        """Less the records of these ids, and the judgements on a claim among them."""
        return Ledger(
            tuple(claim for claim in self.claims if claim.id not in missing),
            tuple(j for j in self.judgements if not {j.id, j.later, j.earlier} & missing),
            tuple(retraction for retraction in self.retractions if retraction.id not in missing),
        )


days = st.integers(0, DAYS).map(day)


@st.composite
def stated_intervals(draw: st.DrawFn) -> tuple[datetime | None, datetime | None]:
    """Both ends, one, or neither; in the past, the present or the future of whoever says so."""
    if draw(st.booleans()):
        return (None, None)
    start, end = sorted(draw(st.lists(days, min_size=2, max_size=2, unique=True)))
    return draw(st.sampled_from([(start, None), (start, end), (None, end)]))


@dataclass(frozen=True)
class Crowd:
    """What the claims of one ledger are drawn from: many of them about one thing, or of all sorts."""

    subjects: tuple[str, ...] = ("alice", "alice", "alice", "carol")
    predicates: tuple[str, ...] = ("lives_in", "lives_in", "lives_in", "likes")
    objects: tuple[Object, ...] = OBJECTS
    holders: tuple[EntityId | None, ...] = (None, None, None, EntityId("bob"))
    kinds: tuple[Kind, ...] = (Kind.STATE, Kind.STATE, Kind.STATE, Kind.STATE, Kind.EVENT)


CROWDS = (
    Crowd(),
    Crowd(subjects=("alice",), predicates=("lives_in",), holders=(None,), kinds=(Kind.STATE,)),
    Crowd(subjects=("alice",), predicates=("lives_in",), objects=OBJECTS[2:], kinds=(Kind.STATE, Kind.EVENT)),
)


@st.composite
def claims(draw: st.DrawFn, number: int, crowd: Crowd) -> Claim:
    valid_from, valid_to = draw(stated_intervals())
    kind = draw(st.sampled_from(crowd.kinds))
    if kind is Kind.EVENT and valid_from is None and draw(st.booleans()):
        valid_from = draw(days)
        valid_to = valid_from + timedelta(days=draw(st.integers(1, 3)))
    negated = draw(st.sampled_from([False, False, False, True]))
    open_denial = negated and draw(st.booleans())
    episode = f"episode-{number // 2}"
    index = draw(st.integers(0, 1)) * 2 + number % 2
    return Claim(
        id=Claim.id_of(GRAPH, episode, index),
        graph=GRAPH,
        episode_id=episode,
        index=index,
        speaker=EntityId("alice"),
        holder=draw(st.sampled_from(crowd.holders)),
        subject=EntityId(draw(st.sampled_from(crowd.subjects))),
        predicate=draw(st.sampled_from(crowd.predicates)),
        object=None if open_denial else draw(st.sampled_from(crowd.objects)),
        said_at=draw(days),
        text=f"said as number {number}",
        negated=negated,
        kind=kind,
        valid_from=valid_from,
        valid_to=valid_to,
        precision=None if valid_from is valid_to else Precision.SPAN,
        exclusive=draw(st.sampled_from([True, True, False])),
    )


@st.composite
def ledgers(draw: st.DrawFn, max_claims: int = 8) -> Ledger:
    """Claims; judgements of all five operations, chains of corrections among them; retractions."""
    crowd = draw(st.sampled_from(CROWDS))
    said = [draw(claims(number, crowd)) for number in range(draw(st.integers(1, max_claims)))]
    said.sort(key=lambda claim: claim.order)
    pairs = list(combinations(range(len(said)), 2))
    judgements = []
    for earlier, later in draw(st.lists(st.sampled_from(pairs), max_size=5, unique=True)) if pairs else []:
        operation = draw(st.sampled_from([Operation.CORRECTS, Operation.CORRECTS, *Operation]))
        if operation is Operation.CORRECTS and draw(st.integers(0, 4)):
            said[later] = replace(said[later], correction=True)
            if draw(st.booleans()):
                said[later] = replace(said[later], valid_from=None, valid_to=None, precision=None)
        judgements.append(Judgement.between(said[later], said[earlier], operation, "", said[later].said_at))
    return Ledger(tuple(draw(st.permutations(said))), tuple(judgements), tuple(draw(retractions(said))))


@st.composite
def retractions(draw: st.DrawFn, said: list[Claim]) -> list[Retraction]:
    made = []
    for number in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
        meant = draw(st.lists(st.sampled_from(said), min_size=1, max_size=2, unique_by=lambda claim: claim.id))
        at = max(claim.said_at for claim in meant) + timedelta(days=draw(st.integers(0, 2)))
        ids = tuple(claim.id for claim in meant)
        made.append(Retraction(f"retraction-{number}", GRAPH, ids, at, "", at))
    return made


@st.composite
def ledgers_before_and_after(draw: st.DrawFn) -> tuple[Ledger, Ledger, datetime]:
    """A ledger, the same with one or more records added, and an instant no later than when any of the new was said."""
    after = draw(ledgers())
    since = draw(st.sampled_from(sorted({after.said(record) for record in after.records})))
    candidates = [record.id for record in after.records if after.said(record) >= since]
    new = set(draw(st.lists(st.sampled_from(candidates), min_size=1, unique=True)))
    return (after.without(new), after, since)


@st.composite
def ledgers_and_the_latest_word(draw: st.DrawFn) -> tuple[Ledger, Ledger, datetime]:
    """A ledger, the same with one claim or retraction added (with the claim's judgements), said no earlier than all the rest."""
    after = draw(ledgers())
    records = [*after.claims, *after.retractions]
    latest = max(record.said_at for record in records)
    new = draw(st.sampled_from([record for record in records if record.said_at == latest]))
    return (after.without({new.id}), after, latest)


def moments(breaks: list[datetime]) -> list[datetime]:
    """Each break, with the instants just before and just after it, where there are such."""
    near = {at + shift for at in breaks if BEGINNING < at < FOREVER for shift in (-TICK, timedelta(), TICK)}
    return sorted(near | {BEGINNING, FOREVER - TICK})
