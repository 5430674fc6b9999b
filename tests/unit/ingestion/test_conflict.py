"""How a new claim stands to the others, by rule."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mem0g.ingestion.conflict import CALLER, RULE, correct, judge
from mem0g.ingestion.predicates import is_exclusive
from mem0g.model import Claim, Judgement, Kind, Operation, Value
from unit.samples import ALICE, BOB, LISBON, OSLO, PORTO, claim, day


def judged(new: Claim, *nearby: Claim, judgements: Sequence[Judgement] = ()) -> set[tuple[str, Operation, str]]:
    """What is judged of a new claim: the later, the operation, the earlier."""
    return {(each.later, each.operation, each.earlier) for each in judge([new], nearby, judgements, day(9))}


def test_another_object_of_an_exclusive_predicate_updates() -> None:
    [judgement] = judge([claim("b", PORTO, 1)], [claim("a", LISBON, 0)], [], day(9))
    assert (judgement.later, judgement.operation, judgement.earlier) == ("b", Operation.UPDATE, "a")
    assert judgement.reason == "lives_in has one object at a time"
    assert (judgement.decider, judgement.recorded_at) == (RULE, day(9))


def test_a_late_claim_is_judged_against_what_was_said_after_it() -> None:
    assert judged(claim("b", PORTO, 1), claim("a", LISBON, 0), claim("c", OSLO, 2)) == {
        ("b", Operation.UPDATE, "a"),
        ("c", Operation.UPDATE, "b"),
    }


def test_the_same_again_confirms() -> None:
    assert judged(claim("b", LISBON, 1), claim("a", LISBON, 0)) == {("b", Operation.NOOP, "a")}


def test_the_nearest_is_judged_and_not_the_whole_chain() -> None:
    chain = [claim(f"a{number}", LISBON if number % 2 else PORTO, number) for number in range(20)]
    assert judged(claim("b", OSLO, 20), *chain) == {("b", Operation.UPDATE, "a19")}


@pytest.mark.parametrize(
    "other",
    [
        claim("a", LISBON, 0, exclusive=False),
        claim("a", LISBON, 0, predicate="works_in"),
        claim("a", LISBON, 0, subject=BOB),
        claim("a", LISBON, 0, holder=BOB),
        claim("a", LISBON, 0, kind=Kind.EVENT),
        claim("a", LISBON, 0, valid_from=day(-9), valid_to=day(1)),
    ],
)
def test_claims_that_can_both_hold_are_not_judged(other: Claim) -> None:
    assert judged(claim("b", PORTO, 1), other) == set()


def test_attributed_claims_are_judged_within_their_holder() -> None:
    assert judged(claim("b", PORTO, 1, holder=BOB), claim("a", LISBON, 0, holder=BOB)) == {("b", Operation.UPDATE, "a")}


def test_a_denial_updates_what_it_denies_and_nothing_else() -> None:
    lisbon = claim("a", LISBON, 0, exclusive=False)
    porto = claim("b", PORTO, 1, exclusive=False)
    assert judged(claim("c", LISBON, 2, negated=True, exclusive=False), lisbon, porto) == {("c", Operation.UPDATE, "a")}
    [judgement] = judge([claim("c", LISBON, 2, negated=True)], [lisbon], [], day(9))
    assert judgement.reason == "says that it does not hold"


def test_a_denial_of_every_object_updates_the_last_of_them() -> None:
    assert judged(claim("c", None, 2, negated=True), claim("a", LISBON, 0), claim("b", PORTO, 1)) == {("c", Operation.UPDATE, "b")}


def test_never_takes_back_every_earlier_claim_of_what_it_denies() -> None:
    never = claim("d", LISBON, 3, negated=True, correction=True)
    nearby = [claim("a", LISBON, 0), claim("b", PORTO, 1), claim("c", LISBON, 2), claim("e", LISBON, 4)]
    found = judged(never, *nearby)
    assert {("d", Operation.CORRECTS, "a"), ("d", Operation.CORRECTS, "c")} <= found
    assert not {(later, earlier) for later, operation, earlier in found if operation is Operation.CORRECTS} & {("d", "b"), ("d", "e")}


def test_never_anything_takes_back_all_of_it() -> None:
    found = judged(claim("c", None, 2, negated=True, correction=True), claim("a", LISBON, 0), claim("b", PORTO, 1))
    assert found == {("c", Operation.CORRECTS, "a"), ("c", Operation.CORRECTS, "b")}


def test_i_meant_that_names_nothing_as_wrong_is_taken_for_a_change() -> None:
    found = judged(claim("c", PORTO, 2, correction=True), claim("a", OSLO, 0), claim("b", LISBON, 1))
    assert found == {("c", Operation.UPDATE, "b")}


def test_i_meant_takes_back_every_claim_that_carried_the_same_belief() -> None:
    meant = claim("c", PORTO, 3, correction=True, replaces=LISBON)
    found = judged(meant, claim("a", LISBON, 0), claim("b", LISBON, 1))
    assert {("c", Operation.CORRECTS, "a"), ("c", Operation.CORRECTS, "b")} <= found


def test_i_meant_leaves_what_was_said_of_it_long_ago() -> None:
    meant = claim("d", PORTO, 160, correction=True, replaces=LISBON)
    found = judged(meant, claim("a", LISBON, 0), claim("b", OSLO, 100), claim("c", LISBON, 150))
    assert ("d", Operation.CORRECTS, "c") in found
    assert ("d", Operation.CORRECTS, "a") not in found


def test_a_correction_that_names_what_was_wrong_leaves_the_rest() -> None:
    meant = claim("c", Value("83", "number"), 2, correction=True, replaces=Value("82", "number"), exclusive=False)
    nearby = [claim("a", Value("82", "number"), 0, exclusive=False), claim("b", Value("90", "number"), 1, exclusive=False)]
    assert judged(meant, *nearby) == {("c", Operation.CORRECTS, "a")}


def test_a_correction_does_not_take_back_a_denial_or_what_comes_after() -> None:
    meant = claim("c", PORTO, 2, correction=True)
    found = judged(meant, claim("a", LISBON, 0, negated=True), claim("d", LISBON, 3))
    assert not any(operation is Operation.CORRECTS for _, operation, _ in found)


@pytest.mark.parametrize(
    ("correction", "denial"),
    [
        (claim("c", LISBON, 2, negated=True, correction=True), claim("a", LISBON, 0, negated=True)),
        (claim("c", PORTO, 2, correction=True), claim("a", None, 0, negated=True)),
        (claim("c", PORTO, 2, correction=True, replaces=LISBON), claim("a", LISBON, 0, negated=True)),
    ],
)
def test_a_denial_is_never_taken_back(correction: Claim, denial: Claim) -> None:
    assert ("c", Operation.CORRECTS, "a") not in judged(correction, denial)


def test_what_arrives_late_is_taken_back_by_the_correction_that_is_there() -> None:
    assert ("c", Operation.CORRECTS, "a") in judged(claim("a", LISBON, 0), claim("c", LISBON, 2, negated=True, correction=True))


def test_where_the_caller_named_the_target_rules_add_none() -> None:
    lisbon, oslo, meant = claim("a", LISBON, 0), claim("b", OSLO, 1), claim("c", PORTO, 2, correction=True)
    stated = correct(meant, lisbon, day(9), decider=CALLER)
    assert (stated.decider, stated.operation, stated.reason) == ("caller", Operation.CORRECTS, "the earlier was meant otherwise")
    found = judged(meant, lisbon, oslo, judgements=[stated])
    assert not any(operation is Operation.CORRECTS for _, operation, _ in found)


def test_the_reason_of_a_never_is_another_than_that_of_a_meant() -> None:
    assert correct(claim("b", LISBON, 1, negated=True), claim("a", LISBON), day(9)).reason == "says that it never held"


def test_a_pair_is_judged_once() -> None:
    nearby = [claim("a", LISBON, 0), claim("c", OSLO, 2)]
    made = judge([claim("b", PORTO, 1)], nearby, [], day(9))
    assert judge([claim("b", PORTO, 1)], nearby, made, day(10)) == []


def test_claims_of_one_episode_are_judged_among_themselves_by_their_place() -> None:
    first, second = claim("z", LISBON, 1, index=0), claim("a", PORTO, 1, index=1)
    [judgement] = judge([second, first], [], [], day(9))
    assert (judgement.later, judgement.earlier) == ("a", "z")


@given(st.permutations([claim("a", LISBON, 0), claim("b", PORTO, 1), claim("c", LISBON, 2), claim("d", None, 3, negated=True)]))
def test_what_is_new_is_judged_alike_in_whatever_order_it_is_given(new: list[Claim]) -> None:
    expected = judge(
        [claim("a", LISBON, 0), claim("b", PORTO, 1), claim("c", LISBON, 2), claim("d", None, 3, negated=True)], [], [], day(9)
    )
    assert {each.id for each in judge(new, [], [], day(9))} == {each.id for each in expected}


@pytest.mark.parametrize("holder", [None, ALICE])
def test_what_is_judged_does_not_depend_on_the_speaker(holder: str | None) -> None:
    nearby = [replace(claim("a", LISBON, 0, holder=holder), speaker=BOB)]
    assert judged(claim("b", PORTO, 1, holder=holder), *nearby) == {("b", Operation.UPDATE, "a")}


# Which predicates have one object at a time


@pytest.mark.parametrize("predicate", ["lives_in", "works_for", "weighs", "diet", "favorite_colour", "favourite_book", "current_project"])
def test_what_people_have_one_of_is_exclusive(predicate: str) -> None:
    assert is_exclusive(predicate)
    assert not is_exclusive(predicate, stated=False)


@pytest.mark.parametrize("predicate", ["likes", "speaks", "email", "plans", "friend_of", "allergic_to", "visited", "favourite", "current"])
def test_what_people_have_several_of_is_not(predicate: str) -> None:
    assert not is_exclusive(predicate)
    assert is_exclusive(predicate, stated=True)
