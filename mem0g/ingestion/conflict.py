"""Conflict detection by rule: how a new claim stands to what was said before it, and after it. Pure.

Rivals by cardinality and by denial follow from the claims themselves (see `timeline`); a judgement of them restates that
for the history. CORRECTS is decided here: "never" takes back every earlier claim of what it denies, "I meant X, not Y" what
was lately said of Y; so does a denial that names its own object as wrong. A correction that names nothing as wrong is taken for a
change.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from operator import attrgetter

from mem0g.ingestion.timeline import rivals, validity
from mem0g.model import Claim, Judgement, Kind, Operation, object_key

RULE = "rule"
CALLER = "caller"
"""The decider of a correction whose target the caller named."""

LATELY = timedelta(days=90)
"""How long ago what "I meant X, not Y" takes back may have been said; an older belief in Y is another belief, and stays."""

_REASONS = {
    Operation.UPDATE: "{predicate} has one object at a time",
    Operation.CORRECTS: "the earlier was meant otherwise",
    Operation.NOOP: "says it again",
}
_DENIED = "says that it does not hold"
_NEVER = "says that it never held"


def judge(new: Sequence[Claim], nearby: Iterable[Claim], judgements: Sequence[Judgement], now: datetime) -> list[Judgement]:
    """The judgements that rules make of new claims.

    Args:
        new: with canonical ids.
        nearby: the other claims that could touch them.
        judgements: those already made; a pair is judged once.
        now: when the judgements are recorded.
    """
    made = {judgement.id: judgement for judgement in judgements}
    claims = {claim.id: claim for claim in (*nearby, *new)}
    fresh: list[Judgement] = []
    for claim in sorted(new, key=attrgetter("order")):
        peers = sorted((other for other in claims.values() if _comparable(claim, other)), key=attrgetter("order"))
        for judgement in _judgements_of(claim, peers, now):
            if judgement.id not in made:
                made[judgement.id] = judgement
                fresh.append(judgement)
    return fresh


def correct(later: Claim, earlier: Claim, now: datetime, decider: str = RULE) -> Judgement:
    """The judgement that `earlier` was never so."""
    reason = _NEVER if later.negated and later.replaces is None else _REASONS[Operation.CORRECTS]
    return Judgement.between(later, earlier, Operation.CORRECTS, reason, now, decider)


def _comparable(one: Claim, other: Claim) -> bool:
    return one.id != other.id and (one.holder, one.subject, one.predicate) == (other.holder, other.subject, other.predicate)


def _judgements_of(claim: Claim, peers: Sequence[Claim], now: datetime) -> Iterator[Judgement]:
    """What is judged of one claim: what it takes back, what takes it back, and its neighbours in the order things were said."""
    before = [peer for peer in peers if peer.order < claim.order]
    after = [peer for peer in peers if peer.order > claim.order]
    taken_back = _taken_back(claim, before)
    yield from (correct(claim, earlier, now) for earlier in taken_back)
    for later in after:
        if claim in _taken_back(later, [claim]):
            yield correct(later, claim, now)
    standing = [peer for peer in before if peer not in taken_back]
    yield from _neighbour(claim, reversed(standing), now)
    yield from _neighbour(claim, after, now)


def _neighbour(claim: Claim, peers: Iterable[Claim], now: datetime) -> Iterator[Judgement]:
    """The judgement of the claim and the nearest peer that rivals or repeats it."""
    for peer in peers:
        if claim.kind is peer.kind is Kind.STATE and validity(claim).overlaps(validity(peer)):
            later, earlier = (claim, peer) if peer.order < claim.order else (peer, claim)
            if rivals(claim, peer):
                reason = _DENIED if claim.negated != peer.negated else _REASONS[Operation.UPDATE].format(predicate=claim.predicate)
                yield Judgement.between(later, earlier, Operation.UPDATE, reason, now)
                return
            if object_key(claim.object) == object_key(peer.object):
                yield Judgement.between(later, earlier, Operation.NOOP, _REASONS[Operation.NOOP], now)
                return


def _taken_back(correction: Claim, earlier: Iterable[Claim]) -> list[Claim]:
    """The earlier claims that a correction says were never so. Each pair is decided by itself, so no order of arrival matters."""
    if not correction.correction:
        return []
    return [claim for claim in earlier if not claim.negated and _is_taken_back(claim, correction)]


def _is_taken_back(claim: Claim, correction: Claim) -> bool:
    if correction.negated and correction.replaces is None:
        return correction.object is None or object_key(claim.object) == object_key(correction.object)
    wrong = correction.replaces is not None and object_key(claim.object) == object_key(correction.replaces)
    return wrong and correction.said_at - claim.said_at <= LATELY
