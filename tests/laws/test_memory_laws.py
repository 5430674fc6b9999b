"""The laws of design.md §3 through the public API, on random streams of `add_fact`."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import permutations, zip_longest
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mem0g import Memory
from mem0g.errors import InvalidInput, NotFound
from mem0g.model import Fact, Kind
from mem0g.period import BEGINNING, FOREVER, Period

from .replay import Replay, in_play, interval
from .strategies import DAYS, day, days, law, moments
from .telling import NOW, OWNER, PEOPLE, Teller, Told, everything, in_order, memory_at, streams

Spoken = tuple[str, str, str, bool]
"""Subject, predicate, object, whether it happened."""


def spoken(fact: Fact) -> Spoken:
    return (fact.subject, fact.predicate, fact.object, fact.event)


def exported(memory: Memory, user_id: str = OWNER) -> str:
    with TemporaryDirectory() as folder:
        memory.export(Path(folder) / "ledger.jsonl", user_id=user_id)
        return (Path(folder) / "ledger.jsonl").read_text(encoding="utf-8")


def records(ledger: str) -> set[str]:
    """Its lines, without the first and the last, which count and name."""
    return set(ledger.splitlines()[1:-1])


@contextmanager
def loaded(ledger: str) -> Iterator[Memory]:
    """A fresh memory that holds what this file does."""
    with TemporaryDirectory() as folder, memory_at() as memory:
        (Path(folder) / "ledger.jsonl").write_text(ledger, encoding="utf-8")
        memory.load(Path(folder) / "ledger.jsonl")
        yield memory


def ids(facts: Iterable[Fact]) -> set[str]:
    return {fact.id for fact in facts}


def versions(memory: Memory, user_id: str = OWNER) -> dict[str, Fact]:
    return {fact.id: fact for person in PEOPLE for fact in memory.timeline(person, user_id=user_id)}


@law(15)
@given(stream=streams())
def test_law_1_every_ledger_record_stays_as_it_was_written(stream: list[Told]) -> None:
    with memory_at() as memory:
        teller, before = Teller(memory), set[str]()
        for one in stream:
            teller.tell([one])
            after = records(exported(memory))
            assert before <= after
            before = after


@law(15)
@given(stream=streams(corrections=False))
def test_law_1_the_latest_word_only_closes_what_was_believed(stream: list[Told]) -> None:
    with memory_at() as memory:
        teller = Teller(memory)
        for one in sorted(stream, key=lambda one: one.occurred_at):
            before = versions(memory)
            teller.tell([one])
            after = versions(memory)
            for id, old in before.items():
                if old.created_at < one.occurred_at:
                    assert after[id].expired_at in {old.expired_at, one.occurred_at}
            assert all(new.created_at == one.occurred_at for id, new in after.items() if id not in before)


@law(15)
@given(stream=streams())
def test_law_2_exported_and_loaded_it_is_the_same_graph(stream: list[Told]) -> None:
    with memory_at() as memory:
        Teller(memory).tell(stream)
        ledger = exported(memory)
        with loaded(ledger) as fresh:
            assert everything(fresh) == everything(memory)
            assert exported(fresh) == ledger


@law(30)
@given(stream=streams(), data=st.data())
def test_law_3_the_order_of_arrival_does_not_matter(stream: list[Told], data: st.DataObject) -> None:
    order = in_order(data.draw(st.permutations(stream)))
    with memory_at() as one, memory_at() as other:
        Teller(one).tell(stream)
        Teller(other).tell(order)
        assert everything(one) == everything(other)


def test_law_3_a_name_is_shown_alike_in_every_order_of_arrival() -> None:
    facts = [("Bob", "Oslo", day(0)), ("Alice", "OSLO", day(1)), ("Alice", "Oslo", day(2))]
    shown = set()
    for order in permutations(facts):
        with memory_at() as memory:
            for subject, object, said in order:
                memory.add_fact(subject, "lives_in", object, user_id="alice", occurred_at=said)
            shown.add(tuple(spoken(fact) for fact in memory.facts(user_id="alice")))
    assert len(shown) == 1


SPELLINGS = st.tuples(st.sampled_from(["alice", "Alice", "ALICE", "Bob"]), st.sampled_from(["oslo", "Oslo", "OSLO"]), days)


@law(30)
@given(told=st.lists(SPELLINGS, min_size=1, max_size=6, unique=True), data=st.data())
def test_law_3_and_11_spellings_follow_from_what_was_said_and_not_forgotten(
    told: list[tuple[str, str, datetime]], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(told))
    forgotten = data.draw(st.sets(st.sampled_from(told)))

    def tell(memory: Memory, facts: Iterable[tuple[str, str, datetime]]) -> dict[tuple[str, str, datetime], str]:
        said = partial(memory.add_fact, predicate="lives_in", user_id="alice")
        return {one: said(one[0], object=one[1], occurred_at=one[2]).episode_ids[0] for one in facts}

    with memory_at() as one, memory_at() as other, memory_at() as never:
        episodes = tell(one, told)
        tell(other, order)
        assert shown(one) == shown(other)
        for forgetting in forgotten:
            one.forget(user_id="alice", episode_id=episodes[forgetting])
        tell(never, [kept for kept in order if kept not in forgotten])
        assert shown(one) == shown(never)
        if forgotten != set(told):
            with loaded(exported(one, "alice")) as fresh:
                assert shown(fresh) == shown(one)


def shown(memory: Memory) -> list[object]:
    """What the names in a memory of Alice are shown as, wherever they are."""
    network = memory.graph(user_id="alice", as_of=Period(BEGINNING, FOREVER))
    facts = [fact for name in ("alice", "bob") for fact in memory.timeline(name, user_id="alice")]
    return [sorted(network), *((*spoken(fact), fact.holders) for fact in facts)]


@law(4)
@given(stream=streams(corrections=False))
def test_law_3_told_by_many_at_once_it_is_the_same(stream: list[Told]) -> None:
    with memory_at() as one, memory_at() as other, ThreadPoolExecutor(4) as threads:
        Teller(one).tell(stream)
        list(threads.map(lambda told: Teller(other).tell([told]), stream))
        assert everything(one) == everything(other)


@law(30)
@given(
    stream=streams(),
    retracted=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2)), max_size=2),
    random=st.randoms(use_true_random=True),
)
def test_law_4_states_are_the_replay_of_what_was_said(stream: list[Told], retracted: list[tuple[int, int]], random: Random) -> None:
    with memory_at() as memory:
        teller = Teller(memory).tell(stream)
        retractions = [teller.retract(stream[number % len(stream)], after) for number, after in retracted]
        for holder in (None, "Alice", "Bob"):
            replay = Replay(*teller.ledger(stream, holder), retractions)
            for _ in range(15):
                valid, known = random.choice(moments(replay.valid_breaks)), random.choice(moments(replay.known_breaks))
                asked = {"as_of": Period.instant(valid), "known_at": known, "holder": holder}
                answer = [spoken(fact) for fact in memory.facts(user_id=OWNER, **asked) if not fact.event]
                holding = replay.holding(valid, known)
                assert len(answer) == len(set(answer))
                assert set(answer) == {(*triplet[1:4], False) for triplet in holding if triplet[4] is Kind.STATE}, asked


@law(15)
@given(stream=streams(), known=days)
def test_law_4_events_are_those_begun(stream: list[Told], known: datetime) -> None:
    with memory_at() as memory:
        claims, judgements = Teller(memory).tell(stream).ledger(stream)
        playing = in_play(claims, judgements, [], known)
        for valid in (day(1), day(3), NOW):
            begun = {
                (claim.subject, claim.predicate, claim.object, True)
                for claim in claims
                if claim.id in playing and claim.kind is Kind.EVENT and not claim.negated
                if interval(claim, claims, judgements).start <= valid
            }
            assert {spoken(fact) for fact in memory.facts(user_id=OWNER, as_of=valid, known_at=known) if fact.event} == begun


@law(15)
@given(stream=streams(), number=st.integers(0, DAYS))
def test_law_7_without_times_it_is_what_holds_now_and_has_happened(stream: list[Told], number: int) -> None:
    now = day(number) + timedelta(hours=12)
    with memory_at(now) as memory:
        Teller(memory).tell(stream)
        believed = [fact for fact in versions(memory).values() if fact.expired_at is None]
        current = [fact for fact in believed if fact.valid.start <= now and (fact.event or now < fact.valid.end)]
        assert ids(memory.facts(user_id=OWNER)) == ids(current)
        assert memory.facts(user_id=OWNER) == memory.facts(user_id=OWNER, as_of=now) == memory.facts(user_id=OWNER, known_at=NOW)
        stretch = Period(day(number), day(number + 1))
        overlapping = [fact for fact in believed if fact.valid.overlaps(stretch)]
        assert ids(memory.facts(user_id=OWNER, as_of=stretch.start.date())) == ids(overlapping)


@law(20)
@given(stream=streams(), number=st.integers(0, 5))
def test_law_8_what_is_added_twice_changes_nothing(stream: list[Told], number: int) -> None:
    clock = [NOW]
    with memory_at(clock=lambda: clock[0]) as memory:
        teller = Teller(memory).tell(stream)
        told, before = dict(teller.claims), (exported(memory), everything(memory), memory._store.revision(f"user:{OWNER}"))
        clock[0] += timedelta(hours=1)
        teller.tell([stream[number % len(stream)]])
        assert teller.claims == told
        assert (exported(memory), everything(memory), memory._store.revision(f"user:{OWNER}")) == before


@law(20)
@given(stream=streams())
def test_law_8_a_file_loaded_twice_changes_nothing(stream: list[Told]) -> None:
    with memory_at() as memory, TemporaryDirectory() as folder:
        Teller(memory).tell(stream)
        memory.export(Path(folder) / "ledger.jsonl", user_id=OWNER)
        before = (everything(memory), memory._store.revision(f"user:{OWNER}"))
        memory.load(Path(folder) / "ledger.jsonl")
        assert (everything(memory), memory._store.revision(f"user:{OWNER}")) == before


@law(20)
@given(one=streams(max_size=4), other=streams(max_size=4))
def test_law_10_two_graphs_in_one_store_are_as_each_would_be_alone(one: list[Told], other: list[Told]) -> None:
    with memory_at() as shared, memory_at() as alone:
        alice, bob = Teller(shared), Teller(shared, "bob")
        for mine, theirs in zip_longest(one, other):
            alice.tell([mine] if mine else [])
            bob.tell([theirs] if theirs else [])
        Teller(alone).tell(one)
        assert everything(shared) == everything(alone)
        assert exported(shared) == exported(alone)


@law(15)
@given(one=streams(max_size=3), other=streams(max_size=3))
def test_law_10_no_id_of_another_graph_is_known(one: list[Told], other: list[Told]) -> None:
    with memory_at() as shared:
        alice, bob = Teller(shared).tell(one), Teller(shared, "bob").tell(other)
        ledger = exported(shared, "bob")
        theirs = [*bob.claims.values(), *versions(shared, "bob")]
        assert not set(theirs) & {*alice.claims.values(), *versions(shared)}
        for id in theirs:
            for call in (shared.why, partial(shared.retract, reason="not mine")):
                with pytest.raises(NotFound):
                    call(id, user_id=OWNER)
            with pytest.raises(NotFound):
                shared.add_fact("Alice", "lives_in", "Oslo", user_id=OWNER, occurred_at=NOW, corrects=id)
        for id in bob.episodes.values():
            with pytest.raises(NotFound):
                shared.forget(user_id=OWNER, episode_id=id)
        assert exported(shared, "bob") == ledger


@law(15)
@given(stream=streams(corrections=False), data=st.data())
def test_law_11_forgotten_is_as_if_it_had_not_been_said(stream: list[Told], data: st.DataObject) -> None:
    forgotten = set(data.draw(st.lists(st.sampled_from([one.number for one in stream]), unique=True)))
    with memory_at() as memory, memory_at() as never:
        teller = Teller(memory).tell(stream)
        before = everything(memory)
        for number in sorted(forgotten):
            memory.forget(user_id=OWNER, episode_id=teller.episodes[number])
        Teller(never).tell([one for one in stream if one.number not in forgotten])
        assert everything(memory) == everything(never)
        teller.tell([one for one in stream if one.number in forgotten])
        assert everything(memory) == before


@law(15)
@given(stream=streams(), data=st.data())
def test_law_11_the_rest_of_the_ledger_gives_the_graph_without_the_forgotten(stream: list[Told], data: st.DataObject) -> None:
    forgotten = data.draw(st.sampled_from([one.number for one in stream]))
    with memory_at() as memory:
        teller = Teller(memory).tell(stream)
        before = exported(memory)
        memory.forget(user_id=OWNER, episode_id=teller.episodes[forgotten])
        if len(stream) == 1:
            assert everything(memory) == []
            return
        rest = exported(memory)
        assert records(rest) <= records(before)
        assert teller.episodes[forgotten] not in rest
        assert f"told as number {forgotten}" not in rest
        with loaded(rest) as fresh:
            assert everything(fresh) == everything(memory)


@law(15)
@given(stream=streams(corrections=False), data=st.data())
def test_law_11_a_retracted_claim_counts_no_more_and_may_be_made_again(stream: list[Told], data: st.DataObject) -> None:
    wrong = data.draw(st.sampled_from(stream))
    with memory_at() as memory, memory_at() as never:
        teller = Teller(memory).tell(stream)
        memory.retract(teller.claims[wrong.number], user_id=OWNER, reason="a mistake", occurred_at=NOW)
        others = Teller(never).tell([one for one in stream if one is not wrong])
        assert current(memory) == current(never)
        again = replace(wrong, number=99, occurred_at=NOW + timedelta(hours=1))
        teller.tell([again])
        others.tell([again])
        assert current(memory) == current(never)


def test_law_11_what_a_correction_named_may_be_forgotten_and_the_correction_takes_back_nothing_else() -> None:
    def told(*, madrid_first: bool) -> list[Fact]:
        with memory_at() as memory:
            said = partial(memory.add_fact, "Alice", "lives_in", user_id=OWNER)
            lisbon = said("Lisbon", occurred_at=day(0))
            if madrid_first:
                said("Madrid", occurred_at=day(1))
            said("Porto", occurred_at=day(2), corrects=lisbon.claim_ids[0])
            memory.forget(user_id=OWNER, episode_id=lisbon.episode_ids[0])
            if not madrid_first:
                said("Madrid", occurred_at=day(1))
            return everything(memory)

    assert told(madrid_first=True) == told(madrid_first=False)


def test_what_is_attributed_to_another_never_touches_the_record() -> None:
    with memory_at() as memory:
        oslo = memory.add_fact("Alice", "lives_in", "Oslo", user_id=OWNER, occurred_at=day(0))
        with suppress(InvalidInput):
            memory.add_fact("Alice", "lives_in", "Rome", user_id=OWNER, occurred_at=day(1), holder="Bob", corrects=oslo.claim_ids[0])
        assert [fact.object for fact in memory.facts(user_id=OWNER)] == ["Oslo"]


def current(memory: Memory) -> list[tuple[object, ...]]:
    """What is believed at best knowledge, of all valid time."""
    always = {"user_id": OWNER, "as_of": Period(BEGINNING, FOREVER)}
    return sorted(
        ((*spoken(fact), fact.valid_at, fact.invalid_at, len(fact.episode_ids), fact.holders) for fact in memory.facts(**always)), key=str
    )
