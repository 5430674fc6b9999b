"""`timeline` is the rule of design.md §3: equal to its naive form at every point and as a whole, on random ledgers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mem0g.ingestion.timeline import timeline
from mem0g.model import Claim, EntityId, Judgement, Operation, Retraction, Version, object_key
from mem0g.period import FOREVER, Period

from .replay import Triplet, in_any_order
from .strategies import DAYS, GRAPH, Ledger, day, law, ledgers, ledgers_and_the_latest_word, ledgers_before_and_after, moments

POINTS_PER_LEDGER = 80


def triplet_of(version: Version) -> Triplet:
    return (version.holder, version.subject, version.predicate, object_key(version.object), version.kind)


def supporters_at(version: Version, known: datetime) -> set[str]:
    return {support.claim_id for support in version.support if support.since <= known < support.until}


def random_points(ledger: Ledger, random: Random) -> Iterator[tuple[datetime, datetime]]:
    """Points of valid and known time: on the breaks, just before and after them, and anywhere."""

    def anywhere() -> datetime:
        return day(0) + timedelta(microseconds=random.randrange((DAYS + 1) * 86_400_000_000))

    valid, known = moments(ledger.replay.valid_breaks), moments(ledger.replay.known_breaks)
    for _ in range(POINTS_PER_LEDGER):
        yield (
            random.choice(valid) if random.random() < 0.8 else anywhere(),
            random.choice(known) if random.random() < 0.8 else anywhere(),
        )


def known_before(versions: list[Version], instant: datetime) -> set[tuple[object, ...]]:
    """What the versions tell of the known instants before `instant`."""
    told = set()
    for version in versions:
        if version.known.start < instant:
            support = frozenset((s.claim_id, s.since, min(s.until, instant)) for s in version.support if s.since < instant)
            told.add((version.id, version.text, version.valid, version.known.start, min(version.known.end, instant), support))
    return told


def said(on: int, place: str) -> Claim:
    """That Alice lives in a place, said on a day."""
    alice = EntityId("alice")
    id = Claim.id_of(GRAPH, f"day-{on}", 0)
    return Claim(id, GRAPH, f"day-{on}", 0, alice, None, alice, "lives_in", EntityId(place), day(on), "", exclusive=True)


def test_law_4_every_point_of_the_two_axes_is_the_replay_of_the_claims() -> None:
    points_asked = 0

    @law(150)
    @given(ledger=ledgers(), random=st.randoms(use_true_random=True))
    def holds(ledger: Ledger, random: Random) -> None:
        nonlocal points_asked
        versions, replay = timeline(*ledger.inputs), ledger.replay
        for valid, known in random_points(ledger, random):
            points_asked += 1
            covering = [version for version in versions if version.valid.covers(valid) and version.known.covers(known)]
            believed = [triplet_of(version) for version in covering]
            assert len(believed) == len(set(believed)), "one triplet, believed twice at one point"
            assert set(believed) == replay.holding(valid, known), f"at valid {valid}, known {known}"
            for version in covering:
                assert supporters_at(version, known) == replay.supporters(triplet_of(version), version.valid, known)

    holds()
    assert points_asked >= 10_000


@law(150)
@given(ledger=ledgers())
def test_law_2_the_versions_text_and_support_are_those_of_the_naive_form(ledger: Ledger) -> None:
    assert in_any_order(timeline(*ledger.inputs)) == in_any_order(ledger.replay.versions())


def touching(one: Period, other: Period) -> bool:
    return one.end == other.start or other.end == one.start


@law(150)
@given(ledger=ledgers())
def test_law_2_versions_are_canonical(ledger: Ledger) -> None:
    versions = timeline(*ledger.inputs)
    for number, one in enumerate(versions):
        for other in versions[number + 1 :]:
            if triplet_of(one) != triplet_of(other):
                continue
            assert not (one.known == other.known and touching(one.valid, other.valid)), "two that are one valid interval"
            assert not (one.valid == other.valid and touching(one.known, other.known)), "two that are one run of known instants"
            assert not (one.valid.overlaps(other.valid) and one.known.overlaps(other.known)), "two that overlap"


@law(150)
@given(ledger=ledgers())
def test_law_2_a_version_has_support_at_each_known_instant_of_it_and_at_no_other(ledger: Ledger) -> None:
    for version in timeline(*ledger.inputs):
        for support in version.support:
            assert version.known.start <= support.since < support.until <= version.known.end
            assert not any(
                other is not support
                and other.claim_id == support.claim_id
                and other.since <= support.until
                and support.since <= other.until
                for other in version.support
            ), "the support of one claim, cut in two"
        assert all(
            supporters_at(version, known) for known in [version.known.start, *ledger.replay.known_breaks] if version.known.covers(known)
        )


@law(150)
@given(ledger=ledgers())
def test_law_2_the_ids_of_versions_are_unique(ledger: Ledger) -> None:
    ids = [version.id for version in timeline(*ledger.inputs)]
    assert len(ids) == len(set(ids))


@law(100)
@given(ledger=ledgers(), data=st.data())
def test_law_3_the_order_of_the_records_does_not_matter(ledger: Ledger, data: st.DataObject) -> None:
    shuffled = (data.draw(st.permutations(records)) for records in ledger.inputs)
    one, other = timeline(*ledger.inputs), timeline(*shuffled)
    assert one == other
    assert [(version.text, version.support) for version in one] == [(version.text, version.support) for version in other]


@law(150)
@given(ledgers_and_the_latest_word())
def test_law_1_the_latest_word_only_closes_what_was_believed(case: tuple[Ledger, Ledger, datetime]) -> None:
    before, after, said = case
    now = {version.id: version for version in timeline(*after.inputs)}
    for version in timeline(*before.inputs):
        if version.known.start >= said:
            continue  # came to be believed at the very instant of the new word: closed then, it is empty, and dropped
        assert version.id in now
        # one closed at the very instant of the new word may stay open: what closed it is undone as it is said
        assert now[version.id].known.end in ({said, FOREVER} if version.known.end in {said, FOREVER} else {version.known.end})
    old = {version.id for version in timeline(*before.inputs)}
    assert all(version.known.start == said for version in now.values() if version.id not in old)


@law(150)
@given(ledgers_before_and_after())
def test_law_1_a_late_record_never_changes_what_was_known_before_it_was_said(case: tuple[Ledger, Ledger, datetime]) -> None:
    before, after, since = case
    assert known_before(timeline(*before.inputs), since) == known_before(timeline(*after.inputs), since)


@law(200)
@given(ledgers_before_and_after())
def test_the_incremental_timeline_is_the_full_one(case: tuple[Ledger, Ledger, datetime]) -> None:
    before, after, since = case
    full = timeline(*after.inputs)
    incremental = timeline(*after.inputs, since=since, before=timeline(*before.inputs))
    assert incremental == full
    assert in_any_order(incremental) == in_any_order(full)


LISBON = said(0, "lisbon")
SAID_TWICE = replace(LISBON, id="said-twice")
CONFIRMED = replace(said(1, "lisbon"), valid_from=day(0))
NEVER = replace(said(1, "lisbon"), id="never", negated=True, correction=True)


@pytest.mark.parametrize(
    ("claims", "undone"),
    [([LISBON, NEVER], NEVER), ([LISBON, SAID_TWICE, replace(NEVER, predicate="stays_in")], NEVER), ([LISBON, CONFIRMED], CONFIRMED)],
    ids=["a closed version is open again", "a claim carries it again", "a claim carries it no more"],
)
def test_the_incremental_timeline_lets_a_word_undo_another_of_the_very_same_instant(claims: list[Claim], undone: Claim) -> None:
    judgements = [Judgement.between(NEVER, LISBON, Operation.CORRECTS, "", day(1))]
    retraction = Retraction("retraction", GRAPH, (undone.id,), day(1), "", day(1))
    before = timeline(claims, judgements)
    after = timeline(claims, judgements, [retraction], since=day(1), before=before)
    assert in_any_order(after) == in_any_order(timeline(claims, judgements, [retraction]))


@law(100)
@given(ledger=ledgers())
def test_law_4_claims_that_never_touch_may_be_computed_apart_or_together(ledger: Ledger) -> None:
    groups: dict[tuple[str, str], list[str]] = {}
    for claim in ledger.claims:
        groups.setdefault((claim.subject, claim.predicate), []).append(claim.id)
    outside = [{claim.id for claim in ledger.claims} - set(ids) for ids in groups.values()]
    joined = {judgement.id for judgement in ledger.judgements for ids in outside if len({judgement.later, judgement.earlier} & ids) == 1}
    whole = ledger.without(joined)
    apart = [version for ids in outside for version in timeline(*whole.without(ids).inputs)]
    assert in_any_order(apart) == in_any_order(timeline(*whole.inputs))


def test_no_claim_no_fact() -> None:
    assert timeline([]) == []
