"""Which pairs rules leave in doubt, and what a language model is asked about them."""

import json
from typing import Any

import pytest

from mem0g import InvalidReply, ModelUnavailable
from mem0g.ingestion.llm_judging import MOST, Pair, decider, doubtful, doubtful_pairs, judge_doubtful, one_a_topic, rendered, rulings
from mem0g.model import Claim, Judgement, Kind, Operation, Value
from mem0g.testing import ScriptedModel
from unit.samples import ALICE, BOB, LISBON, OSLO, PORTO, claim, day

SWITCHED = "I switched from sushi to ramen."


def liked(id: str, object: Any, said: float = 0, quote: str = "", **others: Any) -> Claim:
    return claim(id, object, said, **({"predicate": "likes", "exclusive": False, "quote": quote} | others))


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
    "quote", ["I like ramen.", "I know ramen.", "I renew my like of ramen.", "Now I also like ramen.", "A new one, too."]
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
        {"predicate": "eats"},
        {"kind": Kind.EVENT},
        {"negated": True},
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


# Pairs


def test_new_claims_are_paired_with_those_nearby_and_with_one_another() -> None:
    second = liked("second", LISBON, 6, "Now it is Lisbon.")
    pairs = doubtful_pairs([LATER, second], [EARLIER, LATER], {})
    assert [(pair.later.id, pair.earlier.id) for pair in pairs] == [("later", "earlier"), ("second", "earlier"), ("second", "later")]


def test_a_late_claim_is_the_earlier_of_its_pair() -> None:
    (pair,) = doubtful_pairs([EARLIER], [LATER], {})
    assert (pair.later, pair.earlier) == (LATER, EARLIER)


def test_only_the_last_are_asked_about() -> None:
    many = [liked(f"claim {number:02}", Value(str(number)), number / 100) for number in range(MOST + 5)]
    pairs = doubtful_pairs([LATER], many, {})
    assert [pair.earlier.id for pair in one_a_topic(pairs)] == [each.id for each in many[5:]]


def test_what_was_said_often_is_asked_about_once_as_it_was_said_last() -> None:
    often = [liked(f"claim {number:02}", OSLO, number / 100) for number in range(25)]
    pairs = doubtful_pairs([LATER], [*often, liked("other", LISBON, 1)], {})
    assert len(pairs) == 26
    assert [pair.earlier.id for pair in one_a_topic(pairs)] == ["claim 24", "other"]


def test_what_a_model_ruled_holds_for_what_is_said_of_the_same() -> None:
    again = liked("again", OSLO, 1)
    made = [
        Judgement.between(LATER, EARLIER, Operation.UPDATE, "switched", day(5), "a model"),
        Judgement.between(LATER, liked("other", LISBON), Operation.NOOP, "says it again", day(5)),
        Judgement.between(LATER, liked("far", BOB), Operation.ADD, "of what is not at hand", day(5), "a model"),
    ]
    assert rulings(made, [EARLIER, again, LATER, liked("other", LISBON)]) == {("later", OSLO): (Operation.UPDATE, "switched", "a model")}


def test_a_pair_is_judged_once() -> None:
    made = Judgement.between(LATER, EARLIER, Operation.ADD, "said so", day(5))
    assert doubtful_pairs([LATER], [EARLIER], {}, [made]) == []


# Verdicts

PAIRS = [Pair(LATER, EARLIER), Pair(liked("third", LISBON, 6), EARLIER), Pair(liked("third", LISBON, 6), LATER)]


def verdict(pair: int, operation: str = "ADD", reason: str = "said so") -> dict[str, Any]:
    return {"pair": pair, "operation": operation, "reason": reason}


def test_all_pairs_are_judged_in_one_call() -> None:
    model = ScriptedModel([{"verdicts": [verdict(3, "NOOP"), verdict(1, "UPDATE", " switched "), verdict(2)]}])
    found = judge_doubtful(model, PAIRS)
    assert [(each.pair, each.operation, each.reason) for each in found] == [
        (PAIRS[0], Operation.UPDATE, "switched"),
        (PAIRS[1], Operation.ADD, "said so"),
        (PAIRS[2], Operation.NOOP, "said so"),
    ]
    assert model.calls == 1


def test_without_pairs_nothing_is_asked() -> None:
    model = ScriptedModel([])
    assert judge_doubtful(model, []) == []
    assert model.calls == 0


def test_what_is_said_of_no_pair_or_twice_is_passed_over() -> None:
    model = ScriptedModel([{"verdicts": [verdict(0), verdict(9), verdict(2, "DELETE"), verdict(2, "ADD")]}])
    (found,) = judge_doubtful(model, PAIRS)
    assert (found.pair, found.operation) == (PAIRS[1], Operation.DELETE)


def test_a_correction_is_not_the_models_to_make() -> None:
    with pytest.raises(InvalidReply):
        judge_doubtful(ScriptedModel([{"verdicts": [verdict(1, "CORRECTS")]}]), PAIRS)


def test_a_model_that_fails_says_so() -> None:
    with pytest.raises(ModelUnavailable):
        judge_doubtful(ScriptedModel([ModelUnavailable("too slow")]), PAIRS)


def test_the_model_reads_names_dates_holders_and_sentences() -> None:
    later = liked("later", Value("ramen"), 5, SWITCHED, holder=BOB, valid_from=day(4), valid_to=day(9), text="Alice likes ramen.")
    pair = Pair(later, liked("earlier", OSLO, holder=BOB), {ALICE: "Alice", BOB: "Bob", OSLO: "Oslo"})
    assert json.loads(rendered([pair])) == {
        "pair": 1,
        "subject": "Alice",
        "predicate": "likes",
        "holder": "Bob",
        "earlier": {"object": "Oslo", "said": "2026-01-01", "sentence": "text of earlier"},
        "later": {
            "object": "ramen", "said": "2026-01-06", "from": "2026-01-05", "until": "2026-01-10", "sentence": "Alice likes ramen.",
            "quote": SWITCHED,
        },
    }  # fmt: skip


def test_pairs_are_numbered_by_small_integers() -> None:
    assert [json.loads(line)["pair"] for line in rendered(PAIRS).splitlines()] == [1, 2, 3]
    assert "holder" not in rendered(PAIRS)


def test_the_decider_is_the_model_and_the_prompt() -> None:
    assert decider(ScriptedModel([])) == "llm:scripted-model:judging-1"
