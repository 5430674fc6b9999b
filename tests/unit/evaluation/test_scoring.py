"""What counts as right, wrong, missed, mistimed, misjudged and wrongly retired."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mem0g.evaluation.gold import WantedClaim, WantedOperation
from mem0g.evaluation.scoring import Counts, Fault, Mark, Observation, ReadClaim, Score, by_category, is_same, is_timed, mark, total
from mem0g.model import Operation

from .gold_files import SAID, case, given

READ = ReadClaim("Maya", "lives_in", "York")
WANTED = WantedClaim("Maya", "lives_in", "York")


def day(number: int, month: int = 3) -> datetime:
    return datetime(2025, month, number, tzinfo=UTC)


def faults(found: Mark) -> list[Fault]:
    return [finding.fault for finding in found.findings]


@pytest.mark.parametrize(
    ("read", "wanted", "same"),
    [
        (READ, WANTED, True),
        (replace(READ, subject="maya", object="YORK"), WANTED, True),
        (replace(READ, object="the York"), WANTED, True),
        (replace(READ, object="New York"), WANTED, False),
        (replace(READ, object=None), WANTED, False),
        (replace(READ, subject="Ben"), WANTED, False),
        (replace(READ, predicate="visited"), WANTED, False),
        (replace(READ, negated=True), WANTED, False),
        (replace(READ, event=True), WANTED, False),
        (replace(READ, holder="Ben"), WANTED, False),
        (replace(READ, correction=True), WANTED, False),
        (ReadClaim("Maya", "plans", "move"), WantedClaim("Maya", "plans", "move to York"), True),
        (ReadClaim("Maya", "plans", "buy a car"), WantedClaim("Maya", "plans", "move to York"), False),
        (ReadClaim("Maya", "plans", None), WantedClaim("Maya", "plans", "move to York"), False),
        (ReadClaim("Maya", "bought", "red bike", event=True), WantedClaim("Maya", "bought", "bike", event=True), True),
        (ReadClaim("Maya", "owns", "red bike"), WantedClaim("Maya", "owns", "bike"), False),
        (ReadClaim("Maya", "likes", "+"), WantedClaim("Maya", "likes", "–"), False),
    ],
)
def test_claims_are_compared_by_all_but_their_times(read: ReadClaim, wanted: WantedClaim, same: bool) -> None:
    assert is_same(read, wanted) is same


@pytest.mark.parametrize(
    ("read", "wanted", "timed"),
    [
        (READ, WANTED, True),
        (replace(READ, valid_from=SAID), WANTED, True),
        (replace(READ, valid_from=day(1)), WANTED, False),
        (replace(READ, valid_from=day(1)), replace(WANTED, valid_from=day(1)), True),
        (READ, replace(WANTED, valid_from=day(1)), False),
        (replace(READ, valid_from=day(1)), replace(WANTED, valid_from=day(1), valid_to=day(9)), False),
        (replace(READ, valid_from=day(2)), replace(WANTED, valid_from=day(1), valid_from_until=day(3)), True),
        (replace(READ, valid_from=day(3)), replace(WANTED, valid_from=day(1), valid_from_until=day(3)), False),
        (replace(READ, valid_from=day(2), valid_to=day(9)), replace(WANTED, valid_from=day(1), valid_from_until=day(3)), False),
        (replace(READ, valid_to=day(1)), replace(WANTED, valid_to=day(1)), True),
        (replace(READ, valid_from=SAID), replace(WANTED, valid_to=day(1)), False),
        (replace(READ, event=True, valid_from=SAID), replace(WANTED, event=True), False),
        (replace(READ, correction=True), replace(WANTED, correction=True, valid_from=day(1)), True),
        (replace(READ, correction=True, valid_from=day(2)), replace(WANTED, correction=True, valid_from=day(1)), False),
    ],
)
def test_times_are_compared_closed_open(read: ReadClaim, wanted: WantedClaim, timed: bool) -> None:
    assert is_timed(read, wanted, SAID) is timed


def test_what_is_read_as_the_gold_has_it_is_right() -> None:
    found = mark(case(WANTED), Observation([READ]))
    assert (found.score.triplets, found.score.timed, found.findings) == (Counts(right=1), 1, ())


def test_an_invented_claim_is_wrong_and_one_not_read_missed() -> None:
    found = mark(case(WANTED), Observation([replace(READ, object="Leeds")]))
    assert found.score.triplets == Counts(wrong=1, missed=1)
    assert faults(found) == [Fault.WRONG, Fault.MISSED]
    assert [finding.what for finding in found.findings] == ["Maya lives_in Leeds", "Maya lives_in York"]


def test_a_claim_said_once_is_right_once() -> None:
    assert mark(case(WANTED), Observation([READ, READ])).score.triplets == Counts(right=1, wrong=1)


def test_optional_claims_count_neither_way() -> None:
    optional = replace(WANTED, object="Leeds", optional=True)
    unread = mark(case(WANTED, optional), Observation([READ]))
    noted = mark(case(WANTED, optional), Observation([READ, replace(READ, object="Leeds")]))
    assert (unread.score.triplets, unread.score.optional) == (noted.score.triplets, 0) == (Counts(right=1), 0)
    assert noted.score.optional == 1
    assert noted.findings == unread.findings == ()


def test_of_two_gold_claims_that_fit_the_needed_one_is_taken_and_then_the_one_of_the_same_time() -> None:
    early, late = replace(WANTED, valid_from=day(1)), replace(WANTED, valid_from=day(2))
    assert mark(case(early, late), Observation([replace(READ, valid_from=day(2)), replace(READ, valid_from=day(1))])).score.timed == 2
    assert mark(case(replace(WANTED, optional=True), WANTED), Observation([READ])).score.triplets == Counts(right=1)


def test_a_right_claim_with_another_time_is_mistimed() -> None:
    found = mark(case(replace(WANTED, valid_from=day(1), valid_from_until=day(3))), Observation([READ]))
    assert (found.score.triplets, found.score.timed, found.score.times) == (Counts(right=1), 0, 0.0)
    (finding,) = found.findings
    assert finding.fault is Fault.MISTIMED
    assert finding.what == "Maya lives_in York; gold: Maya lives_in York (2025-03-01 to –) (start before 2025-03-03)"


UPDATES = replace(WANTED, operations=(WantedOperation(Operation.UPDATE, 0),))


@pytest.mark.parametrize(
    ("wanted", "operations", "counted"),
    [
        (UPDATES, {(Operation.UPDATE, 0)}, {Operation.UPDATE: Counts(right=1)}),
        (UPDATES, set(), {Operation.ADD: Counts(wrong=1), Operation.UPDATE: Counts(missed=1)}),
        (UPDATES, {(Operation.UPDATE, 1)}, {Operation.UPDATE: Counts(wrong=1, missed=1)}),
        (WANTED, set(), {Operation.ADD: Counts(right=1)}),
        (WANTED, {(Operation.NOOP, 0)}, {Operation.ADD: Counts(missed=1), Operation.NOOP: Counts(wrong=1)}),
        (replace(WANTED, operations=(WantedOperation(Operation.ADD, 0),)), set(), {Operation.ADD: Counts(right=1)}),
    ],
)
def test_operations_are_counted_against_each_given_fact(
    wanted: WantedClaim, operations: set[tuple[Operation, int]], counted: dict[Operation, Counts]
) -> None:
    facts = (given("Leeds", ended=True), given("Bath"))
    found = mark(case(wanted, given=facts), Observation([replace(READ, operations=frozenset(operations))], frozenset({1}), frozenset({1})))
    assert found.score.operations == counted
    assert (Fault.MISJUDGED in faults(found)) == any(counts.wrong or counts.missed for counts in counted.values())


def test_operations_of_wrong_and_optional_claims_and_of_cases_without_given_facts_do_not_count() -> None:
    assert mark(case(WANTED), Observation([READ])).score.operations == {}
    facts = (given("Leeds"),)
    assert mark(case(given=facts), Observation([READ])).score.operations == {}
    assert mark(case(replace(WANTED, optional=True), given=facts), Observation([READ])).score.operations == {}


def test_a_given_fact_that_goes_and_should_not_is_wrongly_retired() -> None:
    facts = (given("Leeds", ended=True), given("Acme", "works_for"))
    found = mark(case(given=facts), Observation((), frozenset({0, 1}), frozenset()))
    assert (found.score.retired, found.score.standing, found.score.overdue, found.score.ending) == (1, 1, 0, 1)
    assert [(finding.fault, finding.what) for finding in found.findings] == [(Fault.RETIRED, "Maya works_for Acme.")]


def test_a_given_fact_that_stands_and_should_not_is_told() -> None:
    facts = (given("Leeds", ended=True), given("Acme", "works_for"))
    found = mark(case(given=facts), Observation((), frozenset({0, 1}), frozenset({0, 1})))
    assert (found.score.retired, found.score.standing, found.score.overdue, found.score.ending) == (0, 1, 1, 1)
    assert [(finding.fault, finding.what) for finding in found.findings] == [(Fault.OVERDUE, "Maya lives_in Leeds.")]


def test_a_given_fact_that_did_not_stand_before_cannot_be_retired() -> None:
    found = mark(case(given=(given("Leeds"),)), Observation((), frozenset(), frozenset()))
    assert (found.score.retired, found.score.standing) == (0, 0)


def test_a_message_that_says_nothing_is_to_be_left_alone() -> None:
    assert (mark(case(), Observation()).score.silent, mark(case(), Observation()).score.broken) == (1, 0)
    assert (mark(case(), Observation([READ])).score.silent, mark(case(), Observation([READ])).score.broken) == (1, 1)


def test_what_could_not_be_read_is_missed_and_told() -> None:
    found = mark(case(WANTED), Observation(failure="the model is asleep"))
    assert (found.score.unread, found.score.triplets) == (1, Counts(missed=1))
    assert faults(found) == [Fault.UNREAD, Fault.MISSED]


def test_precision_recall_and_f1() -> None:
    counts = Counts(right=6, wrong=2, missed=6)
    assert (counts.precision, counts.recall, counts.f1) == (0.75, 0.5, 0.6)


def test_of_nothing_there_is_no_share() -> None:
    assert (Counts().precision, Counts().recall, Counts().f1, Score().times) == (None, None, None, None)
    assert (Counts(missed=1).precision, Counts(missed=1).f1) == (None, 0.0)


def test_scores_add_up_by_category() -> None:
    facts = (given("Leeds", ended=True),)
    right = mark(case(UPDATES, given=facts), Observation([replace(READ, operations=frozenset({(Operation.UPDATE, 0)}))], frozenset({0})))
    wrong = replace(mark(case(), Observation([READ])), category="nothing_other")
    assert [(name, score.cases, score.triplets) for name, score in by_category([right, wrong, right]).items()] == [
        ("change", 2, Counts(right=2)), ("nothing_other", 1, Counts(wrong=1)),
    ]  # fmt: skip
    both = total([right, wrong])
    assert (both.cases, both.triplets, both.judged, both.ending, both.silent) == (2, Counts(right=1, wrong=1), Counts(right=1), 1, 1)
