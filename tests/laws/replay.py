"""The rule of design.md §3 in its naive form: one point at a time, sentence by sentence, nothing clever.

`mem0g.ingestion.timeline` must give the same at every point. Written from the design text alone.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise

from mem0g.model import Claim, Judgement, Kind, Operation, Retraction, Support, Version, object_key
from mem0g.period import BEGINNING, FOREVER, TICK, Period

Triplet = tuple[str | None, str, str, str, Kind]
"""Holder, subject, predicate, object key, state or event."""


def triplet(claim: Claim) -> Triplet:
    return (claim.holder, claim.subject, claim.predicate, object_key(claim.object), claim.kind)


def in_play(claims: Collection[Claim], judgements: Collection[Judgement], retractions: Collection[Retraction], known: datetime) -> set[str]:
    """The ids of the claims said by `known`, less those corrected or retracted by a record in play.

    Decided from the latest said down, so a correction that is itself corrected has no force.
    """
    out = {claim_id for retraction in retractions if retraction.said_at <= known for claim_id in retraction.claims}
    kept = set()
    for claim in sorted(claims, key=lambda claim: claim.order, reverse=True):
        if claim.said_at > known or claim.id in out:
            continue
        kept.add(claim.id)
        for judgement in judgements:
            if judgement.later == claim.id and judgement.operation in {Operation.CORRECTS, Operation.DELETE}:
                out.add(judgement.earlier)
    return kept


def interval(claim: Claim, claims: Collection[Claim], judgements: Collection[Judgement]) -> Period:
    """When it is valid: as stated, or as follows from what it corrects and from the time it was said."""
    if claim.correction and claim.valid_from is None and claim.valid_to is None:
        wrong = {j.earlier for j in judgements if j.later == claim.id and j.operation is Operation.CORRECTS}
        inherited = [interval(other, claims, judgements) for other in claims if other.id in wrong]
        if inherited:
            return Period(min(period.start for period in inherited), max(period.end for period in inherited))
    if claim.valid_from is not None:
        start = claim.valid_from
    elif claim.valid_to is not None and claim.valid_to <= claim.said_at:
        start = BEGINNING
    else:
        start = claim.said_at
    if claim.valid_to is not None:
        end = claim.valid_to
    elif claim.kind is Kind.EVENT:
        end = start + TICK
    else:
        end = FOREVER
    return Period(start, end)


def rank(claim: Claim, period: Period, valid: datetime) -> tuple[datetime, tuple[datetime, int, str]]:
    """Its rank at `valid`, where `period` is its interval: the higher wins."""
    speaks_of_its_present = period.start <= claim.said_at < period.end
    start = max(period.start, claim.said_at) if speaks_of_its_present and valid >= claim.said_at else period.start
    return (start, claim.order)


def rivals(one: Claim, other: Claim, judgements: Collection[Judgement]) -> bool:
    """Whether the two cannot both hold where they overlap."""
    alike = (one.holder, one.subject, one.predicate) == (other.holder, other.subject, other.predicate)
    if not alike or Kind.EVENT in {one.kind, other.kind}:
        return False
    judged = {j.operation for j in judgements if {j.later, j.earlier} == {one.id, other.id}}
    if judged & {Operation.ADD, Operation.UPDATE}:
        return Operation.ADD not in judged
    if one.negated == other.negated:
        return not one.negated and one.exclusive and other.exclusive and object_key(one.object) != object_key(other.object)
    return one.object is None or other.object is None or object_key(one.object) == object_key(other.object)


@dataclass(frozen=True)
class Replay:
    """A ledger, asked point by point."""

    claims: Collection[Claim]
    judgements: Collection[Judgement] = ()
    retractions: Collection[Retraction] = ()

    @cached_property
    def intervals(self) -> dict[str, Period]:
        return {claim.id: interval(claim, self.claims, self.judgements) for claim in self.claims}

    @cached_property
    def rivals_of(self) -> dict[str, list[Claim]]:
        return {
            one.id: [other for other in self.claims if other.id != one.id and rivals(one, other, self.judgements)] for one in self.claims
        }

    def holding_claims(self, valid: datetime, known: datetime) -> list[Claim]:
        """The claims, not negated, that hold at the point."""
        playing = in_play(self.claims, self.judgements, self.retractions, known)
        return [claim for claim in self.claims if not claim.negated and self._holds(claim, valid, playing)]

    def _holds(self, claim: Claim, valid: datetime, playing: set[str]) -> bool:
        if claim.id not in playing or not self.intervals[claim.id].covers(valid):
            return False
        own = rank(claim, self.intervals[claim.id], valid)
        return not any(
            rank(rival, self.intervals[rival.id], valid) > own
            for rival in self.rivals_of[claim.id]
            if rival.id in playing and self.intervals[rival.id].covers(valid)
        )

    def holding(self, valid: datetime, known: datetime) -> set[Triplet]:
        """The triplets believed at the point."""
        return {triplet(claim) for claim in self.holding_claims(valid, known)}

    @cached_property
    def valid_breaks(self) -> list[datetime]:
        """Every valid instant at which an answer may change."""
        ends = {end for period in self.intervals.values() for end in (period.start, period.end)}
        return sorted((ends | {claim.said_at for claim in self.claims} | {BEGINNING}) - {FOREVER})

    @cached_property
    def known_breaks(self) -> list[datetime]:
        """Every known instant at which an answer may change."""
        return sorted({record.said_at for record in (*self.claims, *self.retractions)})

    def supporters(self, triplet_: Triplet, valid: Period, known: datetime) -> set[str]:
        """The ids of the claims of this triplet that hold at some instant of `valid`, as known at `known`."""
        instants = {valid.start, *(at for at in self.valid_breaks if valid.covers(at))}
        return {claim.id for at in instants for claim in self.holding_claims(at, known) if triplet(claim) == triplet_}

    def versions(self) -> list[Version]:
        """Every version: at each known instant the maximal valid intervals, each over the maximal known run that has exactly it."""
        runs: dict[tuple[Triplet, Period], list[tuple[Period, set[str]]]] = {}
        for known in _cells(self.known_breaks):
            for triplet_, valid in self._maximal_intervals(known.start):
                row = (known, self.supporters(triplet_, valid, known.start))
                runs.setdefault((triplet_, valid), []).append(row)
        return [version for (_, valid), cells in runs.items() for version in self._versions_of(valid, cells)]

    def _maximal_intervals(self, known: datetime) -> Iterator[tuple[Triplet, Period]]:
        believed: dict[Triplet, list[Period]] = {}
        for cell in _cells(self.valid_breaks):
            for triplet_ in self.holding(cell.start, known):
                believed.setdefault(triplet_, []).append(cell)
        for triplet_, cells in believed.items():
            yield from ((triplet_, valid) for valid in _joined(cells))

    def _versions_of(self, valid: Period, cells: list[tuple[Period, set[str]]]) -> Iterator[Version]:
        by_id = {claim.id: claim for claim in self.claims}
        for known in _joined([cell for cell, _ in cells]):
            within = [(cell, claim_ids) for cell, claim_ids in cells if known.covers(cell.start)]
            first = min((by_id[claim_id] for claim_id in within[0][1]), key=lambda claim: claim.order)
            assert first.object is not None
            support = tuple(
                Support(claim_id, run.start, run.end)
                for claim_id in {claim_id for _, claim_ids in within for claim_id in claim_ids}
                for run in _joined([cell for cell, claim_ids in within if claim_id in claim_ids])
            )
            yield Version(
                first.graph, first.holder, first.subject, first.predicate, first.object, first.kind, valid, known, first.text, support
            )  # fmt: skip


def in_any_order(versions: Iterable[Version]) -> set[tuple[object, ...]]:
    """All that a version says, its text and support included, whatever the order of the list and of the support."""
    return {
        (v.id, v.graph, v.holder, v.subject, v.predicate, object_key(v.object), v.kind, v.valid, v.known, v.text, frozenset(v.support))
        for v in versions
    }


def _cells(breaks: list[datetime]) -> list[Period]:
    return [Period(start, end) for start, end in pairwise([*breaks, FOREVER])]


def _joined(cells: list[Period]) -> list[Period]:
    """Cells in order, those that touch made one."""
    joined: list[Period] = []
    for cell in cells:
        if joined and joined[-1].end == cell.start:
            joined[-1] = Period(joined[-1].start, cell.end)
        else:
            joined.append(cell)
    return joined
