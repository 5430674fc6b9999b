"""Which pairs rules leave in doubt."""

from collections.abc import Mapping, Set
from typing import Any

import pytest

from mem0g.ingestion.doubt import EACH, MOST, Key, Pair, Topic, asked_about, is_candidate, pairs_in_doubt, ruled_already, rulings
from mem0g.model import Claim, Judgement, Kind, Operation, Value
from unit.samples import BOB, LISBON, OSLO, PORTO, claim, day

SWITCHED = "I switched from sushi to ramen."


def liked(id: str, object: Any, said: float = 0, quote: str = "", **others: Any) -> Claim:
    return claim(id, object, said, **({"predicate": "likes", "exclusive": False, "quote": quote} | others))


def alike(later: Claim, earlier: Claim) -> bool:
    return True


def unlike(later: Claim, earlier: Claim) -> bool:
    return False


def found(*new: Claim, known: tuple[Claim, ...] = (), standing: Mapping[str, Set[Key]] | None = None, near: bool = True) -> list[Any]:
    """The ids of the pairs in doubt."""
    pairs = pairs_in_doubt(new, known, standing or {}, alike if near else unlike)
    return [(pair.later.id, pair.earlier.id) for pair in pairs]


def doubtful(earlier: Claim, later: Claim, near: bool = True) -> bool:
    return bool(found(earlier, later, near=near))


EARLIER = liked("earlier", OSLO)
LATER = liked("later", PORTO, 5, SWITCHED)


@pytest.mark.parametrize(
    "quote",
    [
        SWITCHED, "I like ramen now.", "Ramen instead of sushi.", "I don't want sushi anymore, ramen it is.", "My new favourite is ramen.",
        "I changed to ramen.", "I swapped sushi for ramen.", "These days it is ramen.",
    ],
)  # fmt: skip
def test_a_change_of_one_of_several_is_in_doubt(quote: str) -> None:
    assert doubtful(EARLIER, liked("later", PORTO, 5, quote))


def test_the_sentence_may_show_the_change_too() -> None:
    assert doubtful(EARLIER, liked("later", PORTO, 5, text="Alice now likes ramen."))


@pytest.mark.parametrize(
    "quote",
    ["I like ramen.", "I know ramen.", "I renew my like of ramen.", "Now I also like ramen.", "A new one, too.", "I still like ramen now."],
)
def test_without_a_change_or_with_an_also_there_is_no_doubt(quote: str) -> None:
    assert not doubtful(EARLIER, liked("later", PORTO, 5, quote))


def test_the_order_they_are_given_in_is_no_matter() -> None:
    assert doubtful(LATER, EARLIER)
    assert not doubtful(liked("earlier", OSLO, 0, SWITCHED), liked("later", PORTO, 5))


@pytest.mark.parametrize(
    "other",
    [
        {"object": OSLO},
        {"holder": BOB},
        {"subject": BOB},
        {"kind": Kind.EVENT},
        {"correction": True},
        {"valid_from": day(-9), "valid_to": day(-8)},
        {"object": None, "negated": True},
    ],
    ids=str,
)
def test_what_rules_decide_or_what_does_not_meet_is_no_doubt(other: dict[str, Any]) -> None:
    assert not doubtful(EARLIER, liked("later", other.pop("object", PORTO), 5, SWITCHED, **other))


def test_rivals_by_cardinality_are_decided() -> None:
    assert not doubtful(claim("earlier", OSLO), claim("later", PORTO, 5, quote="I moved to Porto now."))
    assert doubtful(claim("earlier", OSLO), claim("later", PORTO, 5, quote="I moved to Porto now.", exclusive=False))


# Another predicate


EATS = liked("eats", OSLO, predicate="eats")


def test_a_change_is_in_doubt_beside_another_predicate_that_is_alike() -> None:
    assert doubtful(EATS, LATER)
    assert not doubtful(EATS, LATER, near=False)
    assert doubtful(EARLIER, LATER, near=False), "of one predicate, likeness is not asked for"


@pytest.mark.parametrize(
    "later",
    [
        {"quote": "I like ramen."},
        {"holder": BOB},
        {"subject": BOB},
        {"kind": Kind.EVENT},
        {"correction": True},
        {"valid_from": day(-9), "valid_to": day(-8)},
        {"valid_from": day(-9), "valid_to": day(4)},
        {"episode_id": "episode of eats"},
    ],
    ids=str,
)
def test_no_doubt_of_another_predicate(later: dict[str, Any]) -> None:
    assert not doubtful(EATS, liked("later", PORTO, 5, **({"quote": SWITCHED} | later)))


def test_one_object_may_be_spoken_of_in_two_ways() -> None:
    assert doubtful(EATS, liked("later", OSLO, 5, SWITCHED))


def test_where_a_rule_ends_something_the_change_is_found() -> None:
    home, moved = claim("home", LISBON), claim("moved", PORTO, 5, quote="I live in Porto now.")
    assert found(moved, known=(EATS,)) == [("moved", "eats")]
    assert found(moved, known=(EATS, home)) == []
    over = {"moved": {("eats", OSLO)}}
    assert found(moved, known=(EATS, home), standing=over) == [("moved", "eats")], "it was over already"


# Denials


def denied(object: Any = PORTO, predicate: str = "does", **others: Any) -> Claim:
    return liked("denied", object, 5, predicate=predicate, negated=True, **others)


def test_a_denial_that_ends_nothing_is_in_doubt_beside_what_is_alike() -> None:
    assert doubtful(EARLIER, denied())
    assert doubtful(EARLIER, denied(None))
    assert doubtful(EARLIER, denied(predicate="likes"))
    assert not doubtful(EARLIER, denied(), near=False)


def test_a_denial_that_meets_its_object_is_decided() -> None:
    assert not doubtful(EARLIER, denied(OSLO, "likes"))
    assert not doubtful(EARLIER, denied(None, "likes"))
    assert found(denied(OSLO, "likes"), known=(EARLIER, EATS)) == []


def test_a_denial_of_what_is_over_is_in_doubt_beside_the_rest() -> None:
    assert found(denied(OSLO, "likes"), known=(EARLIER, EATS), standing={"denied": {("eats", OSLO)}}) == [("denied", "eats")]


def test_a_denial_ends_no_denial_and_a_correction_is_decided() -> None:
    assert not doubtful(liked("earlier", OSLO, negated=True), denied())
    assert not doubtful(EARLIER, denied(correction=True))


def test_what_its_own_episode_denies_is_decided() -> None:
    own = denied(OSLO, "likes", episode_id="episode of later", index=1)
    assert found(LATER, own, known=(EARLIER,)) == []
    assert found(LATER, denied(None, "likes", episode_id="episode of later"), known=(EARLIER,)) == []


# Pairs


def test_new_claims_are_paired_with_those_known_and_with_one_another() -> None:
    second = liked("second", LISBON, 6, "Now it is Lisbon.")
    assert found(LATER, second, known=(EARLIER, LATER)) == [("later", "earlier"), ("second", "earlier"), ("second", "later")]


def test_what_is_known_is_not_judged_again() -> None:
    assert found(known=(EARLIER, LATER)) == []


def test_a_late_claim_is_the_earlier_of_its_pair() -> None:
    assert found(EARLIER, known=(LATER,)) == [("later", "earlier")]


def test_what_was_over_when_it_was_said_is_no_doubt() -> None:
    assert found(LATER, known=(EARLIER,), standing={"later": set()}) == []
    assert found(LATER, known=(EARLIER,), standing={"later": {("likes", OSLO)}}) == [("later", "earlier")]


def test_only_candidates_are_looked_at() -> None:
    assert is_candidate(LATER)
    assert is_candidate(denied())
    assert not is_candidate(EARLIER)
    assert not is_candidate(liked("event", OSLO, 0, SWITCHED, kind=Kind.EVENT))


# What is asked about


def near(later: Claim, earlier: Claim) -> tuple[bool, float]:
    return (earlier.id == "named", 0.0)


def test_beside_one_candidate_the_last_are_asked_about_and_what_is_named() -> None:
    many = [liked(f"claim {number:02}", Value(str(number)), number / 100) for number in range(EACH + 5)]
    pairs = [Pair(LATER, each) for each in [liked("named", OSLO, -1), *many]]
    assert [pair.earlier.id for pair in asked_about(pairs, near)] == ["named", *(each.id for each in many[6:])]


def test_its_own_predicate_goes_before_others() -> None:
    many = [liked(f"claim {number:02}", Value(str(number)), number / 100, predicate="eats") for number in range(EACH)]
    pairs = [Pair(LATER, each) for each in [EARLIER, *many]]
    assert asked_about(pairs, near)[0].earlier == EARLIER


def test_no_more_than_so_many_at_once() -> None:
    candidates = [liked(f"candidate {number}", PORTO, number + 1, SWITCHED) for number in range(MOST + 2)]
    assert [pair.later for pair in asked_about([Pair(each, EARLIER) for each in candidates], near)] == candidates[2:]


def test_what_was_said_often_is_asked_about_once_as_it_was_said_last() -> None:
    often = [liked(f"claim {number:02}", OSLO, number / 100) for number in range(25)]
    pairs = pairs_in_doubt([LATER], [*often, liked("other", LISBON, 1)], {}, alike)
    assert len(pairs) == 26
    assert [pair.earlier.id for pair in asked_about(pairs, near)] == ["claim 24", "other"]


# What was ruled


def test_what_a_model_ruled_holds_for_what_is_said_of_the_same() -> None:
    again, other = liked("again", OSLO, 1), liked("other", LISBON)
    made = [
        Judgement.between(LATER, EARLIER, Operation.UPDATE, "switched", day(5), "a model"),
        Judgement.between(LATER, other, Operation.NOOP, "says it again", day(5)),
        Judgement.between(LATER, liked("far", BOB), Operation.ADD, "of what is not at hand", day(5), "a model"),
    ]
    claims = {each.id: each for each in (EARLIER, again, LATER, other)}
    ruled = rulings(made, claims)
    assert ruled == {Topic("later", "likes", OSLO): (Operation.UPDATE, "switched", "a model")}
    [(pair, ruling)] = ruled_already([again, other, liked("after", OSLO, 7)], claims, ruled)
    assert (pair, ruling.reason) == (Pair(LATER, again), "switched")
