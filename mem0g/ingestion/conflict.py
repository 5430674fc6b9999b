"""Conflict detection by rule: how a new claim stands to what was said before it, and after it. Pure.

Rivals by cardinality and by denial follow from the claims themselves (see `timeline`); a judgement of them restates that
for the history. CORRECTS is decided here: "never" takes back every earlier claim of what it denies, "I meant X, not Y" the
belief in Y that stood last.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from operator import attrgetter

from mem0g.ingestion.timeline import rivals, timeline, validity
from mem0g.model import Claim, Judgement, Kind, Operation, object_key
from mem0g.period import FOREVER

RULE = "rule"
CALLER = "caller"
"""The decider of a correction whose target the caller named: rules add nothing to it."""

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
        for judgement in _judgements_of(claim, peers, list(made.values()), now):
            if judgement.id not in made:
                made[judgement.id] = judgement
                fresh.append(judgement)
    return fresh


def correct(later: Claim, earlier: Claim, now: datetime, decider: str = RULE) -> Judgement:
    """The judgement that `earlier` was never so."""
    reason = _NEVER if later.negated else _REASONS[Operation.CORRECTS]
    return Judgement.between(later, earlier, Operation.CORRECTS, reason, now, decider)


def _comparable(one: Claim, other: Claim) -> bool:
    return one.id != other.id and (one.holder, one.subject, one.predicate) == (other.holder, other.subject, other.predicate)


def _judgements_of(claim: Claim, peers: Sequence[Claim], judgements: Sequence[Judgement], now: datetime) -> Iterator[Judgement]:
    """What is judged of one claim: what it takes back, what takes it back, and its neighbours in the order things were said."""
    before = [peer for peer in peers if peer.order < claim.order]
    after = [peer for peer in peers if peer.order > claim.order]
    taken_back = _taken_back(claim, before, judgements)
    yield from (correct(claim, earlier, now) for earlier in taken_back)
    for later in after:
        if claim in _taken_back(later, [*before, claim], judgements):
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


def _taken_back(correction: Claim, earlier: Sequence[Claim], judgements: Sequence[Judgement]) -> list[Claim]:
    """The earlier claims that a correction says were never so."""
    if not correction.correction or any(judgement.later == correction.id and judgement.decider == CALLER for judgement in judgements):
        return []
    held = [claim for claim in earlier if not claim.negated]
    if correction.negated:
        return [claim for claim in held if correction.object is None or object_key(claim.object) == object_key(correction.object)]
    return _last_belief([claim for claim in held if _meant_wrongly(claim, correction)], earlier, judgements)


def _meant_wrongly(claim: Claim, correction: Claim) -> bool:
    if correction.replaces is None:
        return rivals(claim, correction)
    return object_key(claim.object) == object_key(correction.replaces)


def _last_belief(wrong: Sequence[Claim], earlier: Sequence[Claim], judgements: Sequence[Judgement]) -> list[Claim]:
    """The one of `wrong` said last, and those that carried the same belief; an older belief in the same object stays."""
    if not wrong:
        return []
    last = wrong[-1]
    for version in timeline(earlier, judgements):
        carrying = {support.claim_id for support in version.support if support.until == FOREVER}
        if last.id in carrying:
            return [claim for claim in wrong if claim.id in carrying]
    return [last]
