"""Where facts come from, what changed, and why."""

from collections.abc import Sequence
from typing import Any

import pytest

from mem0g import Memory, Operation
from mem0g.errors import InvalidInput, InvalidTime, NotFound
from mem0g.model import Fact
from mem0g.results import Superseded
from mem0g.testing import ManualClock
from unit.conftest import Scripted
from unit.samples import day, draft, objects

U: dict[str, Any] = {"user_id": "alice"}


def lives(memory: Memory, city: str | None, said: float, **others: Any) -> str:
    """State where Alice lives, and return the claim's id."""
    return memory.add_fact("Alice", "lives_in", city, **U, occurred_at=day(said), **others).claim_ids[0]


def version_of(memory: Memory, city: str, **others: Any) -> Fact:
    """The first version of Alice living there."""
    return next(fact for fact in memory.timeline("Alice", **U, **others) if fact.object == city)


def reasons(given: Sequence[Superseded]) -> list[tuple[str, str]]:
    return [(each.fact.object, each.reason) for each in given]


# Why


def test_a_fact_comes_from_claims_of_somebody_in_their_words(scripted: Scripted, clock: ManualClock) -> None:
    memory = scripted({"I moved to Lisbon last week.": [draft("Lisbon", quote="moved to Lisbon")]})
    memory.add([{"content": "I moved to Lisbon last week.", "name": "Alice"}], **U, occurred_at=day(3), metadata={"app": "chat"})
    [fact] = memory.facts(**U)
    why = memory.why(fact.id, **U)
    assert why.fact == fact
    [piece] = why.evidence
    assert (piece.speaker, piece.holder, piece.quote, piece.text) == ("Alice", None, "moved to Lisbon", "Alice lives_in Lisbon.")
    assert (piece.said_at, piece.recorded_at, piece.since, piece.until) == (day(3), clock.now, day(3), None)
    assert (piece.episode.content, piece.episode.metadata) == ("I moved to Lisbon last week.", {"app": "chat"})
    assert (list(why.decisions), list(why.retractions), list(why.superseded), why.superseded_by) == ([], [], [], None)


def test_what_a_fact_superseded_and_what_superseded_it_is_said_with_the_reason(memory: Memory) -> None:
    lives(memory, "Oslo", 0)
    lives(memory, "Lisbon", 5)
    lives(memory, "Porto", 9)
    why = memory.why(version_of(memory, "Lisbon").id, **U)
    assert reasons(why.superseded) == [("Oslo", "superseded on 2026-01-06: “Alice lives in Lisbon.”")]
    assert why.superseded_by == "superseded on 2026-01-10: “Alice lives in Porto.”"
    assert [(each.operation, each.later, each.earlier) for each in why.decisions] == [
        (Operation.UPDATE, "Alice lives in Lisbon.", "Alice lives in Oslo."),
        (Operation.UPDATE, "Alice lives in Porto.", "Alice lives in Lisbon."),
    ]


def test_it_says_what_the_same_voice_said_and_not_what_else_was_said_that_moment(scripted: Scripted) -> None:
    hearsay = draft("Paris", holder=draft("x", subject="Bob").subject, text="Bob thinks she lives in Paris.")
    memory = scripted({"both": [hearsay, draft("Porto", text="Alice moved to Porto.")]})
    lives(memory, "Lisbon", 0)
    added = memory.add("both", **U, occurred_at=day(5))
    assert reasons(added.superseded) == [("Lisbon", "superseded on 2026-01-06: “Alice moved to Porto.”")]


def test_what_can_hold_beside_a_fact_is_no_reason_for_its_end(scripted: Scripted) -> None:
    memory = scripted({
        "likes": [draft("pizza", "likes"), draft("sushi", "likes")],
        "no more": [draft("ramen", "likes"), *(draft(dish, "likes", negated=True, text=f"No {dish}.") for dish in ("pizza", "sushi"))],
    })  # fmt: skip
    memory.add("likes", **U, occurred_at=day(0))
    memory.add("no more", **U, occurred_at=day(5))
    dropped = memory.diff(day(4), day(6), **U).dropped
    assert sorted(reasons(dropped)) == [("pizza", "denied on 2026-01-06: “No pizza.”"), ("sushi", "denied on 2026-01-06: “No sushi.”")]


def test_a_denial_a_correction_and_a_retraction_are_each_called_what_they_are(memory: Memory) -> None:
    lives(memory, "Oslo", 0)
    lives(memory, None, 1, negated=True, text="I moved out.")
    wrong = lives(memory, "Lisbon", 2)
    lives(memory, "Porto", 3, corrects=wrong, text="I meant Porto.")
    memory.retract(version_of(memory, "Porto").id, **U, reason="all a joke", occurred_at=day(4))
    said = {city: memory.why(version_of(memory, city).id, **U).superseded_by for city in ("Oslo", "Lisbon", "Porto")}
    assert said == {
        "Oslo": "denied on 2026-01-02: “I moved out.”",
        "Lisbon": "corrected on 2026-01-04: “I meant Porto.”",
        "Porto": "retracted: all a joke",
    }
    assert list(memory.why(version_of(memory, "Porto").id, **U).retractions) == [(day(4), "all a joke")]


def test_when_it_was_really_learned_is_kept_beside_when_it_was_said(memory: Memory, clock: ManualClock) -> None:
    lives(memory, "Lisbon", 0)
    clock.advance(days=10)
    lives(memory, "Lisbon", 5)
    evidence = memory.why(version_of(memory, "Lisbon").id, **U).evidence
    assert [(piece.said_at, piece.recorded_at) for piece in evidence] == [(day(0), day(151)), (day(5), day(161))]


def test_the_evidence_of_an_expired_version_says_until_when_it_carried_it(memory: Memory) -> None:
    lives(memory, "Oslo", 0)
    lives(memory, "Lisbon", 5)
    [piece] = memory.why(version_of(memory, "Oslo").id, **U).evidence
    assert (piece.since, piece.until) == (day(0), day(5))


def test_a_claim_that_carries_no_fact_has_a_source_too(memory: Memory) -> None:
    lives(memory, "Oslo", 0)
    denial = lives(memory, "Oslo", 5, negated=True)
    why = memory.why(denial, **U)
    assert why.fact is None
    [piece] = why.evidence
    assert (piece.claim_id, piece.negated, piece.since, piece.until) == (denial, True, None, None)
    assert [each.operation for each in why.decisions] == [Operation.UPDATE]


@pytest.mark.parametrize("id", ["", "nothing", "*", "'; --", "x" * 999])
def test_an_id_that_is_none_of_the_graph_is_not_found(memory: Memory, id: str) -> None:
    lives(memory, "Oslo", 0)
    with pytest.raises(NotFound, match="names no fact and no claim of user:alice"):
        memory.why(id, **U)
    with pytest.raises(NotFound):
        memory.retract(id, **U, reason="no")


@pytest.mark.parametrize("id", ["\x00", "\ud800", 5])
def test_an_id_that_is_no_text_is_refused(memory: Memory, id: Any) -> None:
    with pytest.raises(InvalidInput, match="id="):
        memory.why(id, **U)


# Holders


@pytest.fixture
def voices(scripted: Scripted) -> Memory:
    """Alice says Porto. Bob says Rome of himself, and so does Alice; Alice says that Bob thinks she lives in Paris."""
    hearsay = draft("Paris", holder=draft("x", subject="Bob").subject)
    memory = scripted({"porto": [draft("Porto")], "hearsay": [hearsay], "rome": [draft("Rome", subject="Bob")], "oslo": [draft("Oslo")]})
    memory.add([{"content": "porto", "name": "Alice"}], **U, occurred_at=day(0))
    memory.add([{"content": "hearsay", "name": "Alice"}], **U, occurred_at=day(1))
    memory.add([{"content": "rome", "name": "Bob"}], **U, occurred_at=day(2))
    return memory


def test_what_a_holder_believes_is_what_they_said_and_what_is_attributed_to_them(voices: Memory) -> None:
    assert sorted(objects(voices.facts(**U))) == ["Porto", "Rome"]
    assert sorted(objects(voices.facts(**U, holder="Bob"))) == ["Paris", "Rome"]
    assert objects(voices.facts(**U, holder="Alice")) == ["Porto"]
    assert voices.facts(**U, holder="Nobody") == []
    assert objects(voices.facts(**U, holder="bob", subject="Alice")) == ["Paris"]
    assert voices.facts(**U, holder="Bob", known_at=day(0.5)) == []
    assert objects(voices.timeline("Bob", **U, holder="Bob")) == ["Rome"]


def test_what_one_says_in_their_own_voice_competes_with_what_is_attributed_to_them(voices: Memory) -> None:
    voices.add([{"content": "oslo", "name": "Bob"}], **U, occurred_at=day(3))
    assert objects(voices.facts(**U, holder="Bob", subject="Alice")) == ["Oslo"]
    assert objects(voices.facts(**U, holder="Bob", subject="Alice", known_at=day(2))) == ["Paris"]
    assert objects(voices.facts(**U, subject="Alice")) == ["Oslo"]


def test_the_ids_of_a_holders_facts_are_taken_by_why(voices: Memory) -> None:
    for holder in ("Alice", "Bob"):
        for fact in voices.facts(**U, holder=holder):
            assert voices.why(fact.id, **U).fact == fact


@pytest.mark.parametrize(("holder", "city"), [("Alice", "Porto"), ("Bob", "Paris"), ("Bob", "Rome")])
def test_the_ids_of_a_holders_facts_are_taken_by_retract(voices: Memory, holder: str, city: str) -> None:
    [fact] = voices.facts(**U, holder=holder, object=city)
    voices.retract(fact.id, **U, reason="not so", occurred_at=day(9))
    assert voices.facts(**U, holder=holder, object=city) == []
    assert voices.facts(**U, object=city) == []


def test_a_holder_may_be_corrected_by_the_id_of_their_fact(voices: Memory) -> None:
    [fact] = voices.facts(**U, holder="Bob", object="Paris")
    voices.add_fact("Alice", "lives_in", "Nice", **U, holder="Bob", occurred_at=day(9), corrects=fact.id)
    assert set(objects(voices.facts(**U, holder="Bob"))) == {"Nice", "Rome"}


# Diff


@pytest.fixture
def year(memory: Memory) -> Memory:
    """Oslo, Lisbon from 1 February, Madrid on 1 March by mistake: it was Porto; and Rome from 1 September."""
    memory.add_fact("Alice", "lives_in", "Oslo", **U, occurred_at="2026-01-01")
    memory.add_fact("Alice", "lives_in", "Lisbon", **U, occurred_at="2026-02-10", valid_at="2026-02-01")
    wrong = memory.add_fact("Alice", "lives_in", "Madrid", **U, occurred_at="2026-03-01").claim_ids
    memory.add_fact("Alice", "lives_in", "Porto", **U, occurred_at="2026-03-10", corrects=wrong)
    memory.add_fact("Alice", "lives_in", "Rome", **U, occurred_at="2026-04-01", valid_at="2026-09-01")
    return memory


def test_what_began_and_ended_in_the_world_is_told_at_best_knowledge(year: Memory) -> None:
    diff = year.diff("2026-02-01", "2026-04-01", **U)
    assert objects(list(diff.began)) == ["Lisbon", "Porto"]
    assert objects(list(diff.ended)) == ["Oslo", "Lisbon"]
    later = year.diff("2026-09", "2026-10", **U)
    assert (objects(list(later.began)), objects(list(later.ended))) == (["Rome"], ["Porto"])


def test_what_was_learned_and_dropped_is_told_with_the_reasons(year: Memory) -> None:
    march = year.diff("2026-03-01", "2026-03-11", **U)
    assert [(fact.object, fact.created_at.day) for fact in march.learned] == [("Lisbon", 1), ("Madrid", 1), ("Porto", 10)]
    assert reasons(march.dropped) == [
        ("Lisbon", "superseded on 2026-03-01: “Alice lives in Madrid.”"),
        ("Madrid", "corrected on 2026-03-10: “Alice lives in Porto.”"),
    ]
    assert objects(list(march.began)) == ["Porto"]


def test_a_diff_holds_its_start_and_not_its_end(year: Memory) -> None:
    assert objects(list(year.diff("2026-01-01", "2026-02-01", **U).began)) == ["Oslo"]
    assert objects(list(year.diff("2026-01-01", "2026-02-01", **U).ended)) == []
    assert objects(list(year.diff("2026-02-01", "2026-02-02", **U).ended)) == ["Oslo"]
    assert objects(list(year.diff("2026-01-02", "2026-01-31", **U).learned)) == []


def test_a_diff_of_a_quiet_time_is_empty(year: Memory) -> None:
    diff = year.diff("2020", "2021", **U)
    assert (list(diff.began), list(diff.ended), list(diff.learned), list(diff.dropped)) == ([], [], [], [])
    assert list(year.diff("2026", "2027", user_id="bob").learned) == []


def test_what_is_attributed_is_no_part_of_a_diff(year: Memory) -> None:
    before = year.diff("2026", "2027", **U)
    year.add_fact("Alice", "lives_in", "Paris", **U, occurred_at="2026-05-01", holder="Bob")
    assert year.diff("2026", "2027", **U) == before


def test_labels_narrow_a_diff(memory: Memory) -> None:
    lives(memory, "Oslo", 0, run_id="1")
    lives(memory, "Lisbon", 5, run_id="2")
    one = memory.diff("2026", "2027", **U, run_id="1")
    assert objects(list(one.began)) == ["Oslo"]
    assert {fact.object for fact in one.learned} == {"Oslo"}
    assert objects(list(memory.diff("2026", "2027", **U, run_id="2").began)) == ["Lisbon"]
    assert list(memory.diff("2026", "2027", **U, run_id="3").learned) == []


@pytest.mark.parametrize(("start", "end"), [("2026-03", "2026-03"), ("2026-03-05", "2026-03"), ("2027", "2026")])
def test_a_diff_that_ends_before_it_begins_is_refused(memory: Memory, start: str, end: str) -> None:
    with pytest.raises(InvalidTime, match="is not after start="):
        memory.diff(start, end, **U)


def test_a_claim_tells_of_the_fact_it_carries_and_what_that_superseded(memory: Memory) -> None:
    lives(memory, "Oslo", 0)
    lisbon = lives(memory, "Lisbon", 5)
    why = memory.why(lisbon, **U)
    assert why.fact == version_of(memory, "Lisbon")
    assert [(piece.claim_id, piece.since, piece.until) for piece in why.evidence] == [(lisbon, day(5), None)]
    assert objects([each.fact for each in why.superseded]) == ["Oslo"]


def test_a_capitalised_spelling_of_one_who_is_merged_is_shown(scripted: Scripted) -> None:
    memory = scripted({"I moved.": [draft("Lisbon")]})
    memory.add_fact("Alice", "likes", "tea", **U, occurred_at=day(0))
    memory.add([{"content": "I moved."}], **U, occurred_at=day(1))
    assert {fact.subject for fact in memory.facts(**U)} == {"Alice"}
