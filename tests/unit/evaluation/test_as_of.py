"""The suite of questions about time: what it draws, what it compares with, and how the memory fares."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from mem0g import Answer, Memory, QuestionKind, TimeRead
from mem0g.errors import InvalidInput
from mem0g.evaluation.as_of import (
    KINDS,
    NOW,
    AsOfScore,
    Ledger,
    Question,
    Statement,
    Stay,
    Tally,
    Template,
    draw_ledger,
    draw_question,
    evaluate_as_of,
    is_right,
    read_templates,
    tell,
)
from mem0g.period import FOREVER
from mem0g.testing import ManualClock, ScriptedExtractor


@pytest.fixture
def asked(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "memory.db", extractor=ScriptedExtractor({}), clock=ManualClock(NOW))


def chance(seed: object) -> Random:
    return Random(str(seed))  # noqa: S311 - the same for the same seed


def at(month: int, day: int = 1) -> datetime:
    return datetime(2025, month, day, tzinfo=UTC)


def test_questions_of_every_kind_are_answered_as_the_ledger_has_it(asked: Memory) -> None:
    score, *_ = evaluate_as_of(asked, seed=11, ledgers=1)
    assert score.templates == len(read_templates("as_of_templates.json")) >= 120
    assert score.total.asked >= 120
    assert all(tally.asked for tally in score.kinds.values())
    assert score.total.share >= 0.99, score.wrong
    assert asked.graphs() == []


def test_the_same_seed_draws_the_same(tmp_path: Path) -> None:
    one, other = (draw_ledger(chance("a seed")) for _ in range(2))
    assert one.statements == other.statements != draw_ledger(chance("another")).statements
    template = Template("t", "state", "lives_in", "Where did {subject} live in {month}?")
    assert draw_question(chance(1), one, template) == draw_question(chance(1), other, template)


def test_a_ledger_has_what_makes_questions_hard() -> None:
    told = [each for number in range(5) for each in draw_ledger(chance(number)).statements]
    assert any(each.corrects is not None for each in told)
    assert any(each.negated for each in told)
    assert any(each.holder for each in told)
    assert any(each.stated_end for each in told)
    assert any(each.stated is None for each in told)
    assert any((each.said - each.start).days > 150 for each in told)
    assert len({each.said for each in told if each.subject == told[0].subject}) > 1


def test_what_follows_from_a_ledger_is_what_the_memory_believes(asked: Memory) -> None:
    ledger = draw_ledger(chance("as believed"))
    tell(asked, ledger, "owner")
    for person in ledger.subjects["lives_in"]:
        stays = {(stay.object, stay.start, None if stay.end == FOREVER else stay.end) for stay in ledger.stays(person, "lives_in")}
        facts = asked.timeline(person, user_id="owner", predicate="lives_in")
        believed = {(fact.object, fact.valid_at, fact.invalid_at) for fact in facts if fact.expired_at is None}
        assert believed == stays


def test_the_oracle_by_hand() -> None:
    """Oslo from January; Bergen from March, told in June; never Rome, that was said in July and taken back in August."""

    def said(number: int, month: int, place: str, start: int, corrects: int | None = None) -> Statement:
        return Statement(number, at(month, 5), "Ana", "lives_in", place, at(start), corrects=corrects)

    ledger = Ledger([said(0, 1, "Oslo", 1), said(1, 6, "Bergen", 3), said(2, 7, "Rome", 7), said(3, 8, "Bergen", 7, corrects=2)])
    assert ledger.stays("Ana", "lives_in") == [Stay("Oslo", at(1), at(3)), Stay("Bergen", at(3), FOREVER)]
    assert ledger.stays("Ana", "lives_in", at(5)) == [Stay("Oslo", at(1), FOREVER)]
    assert ledger.stays("Ana", "lives_in", at(7, 20))[-1] == Stay("Rome", at(7), FOREVER)
    assert ledger.stays("Ana", "lives_in", holder="Bob") == []


def test_an_answer_is_right_by_what_it_cites(asked: Memory) -> None:
    asked.add_fact("Ana", "lives_in", "Oslo", user_id="owner", valid_at="2024-03", occurred_at="2024-04-01")
    answer = asked.answer("When did Ana move to Oslo?", user_id="owner")
    template = Template("t", "when", "lives_in", "When did {subject} move to {object}?")
    start = datetime(2024, 3, 1, tzinfo=UTC)
    question = Question(template, answer.question, "Ana", frozenset({"Oslo"}), frozenset({(start,)}))
    assert is_right(question, answer)
    assert not is_right(replace(question, dates=frozenset({(NOW,)})), answer)
    assert not is_right(replace(question, objects=frozenset({"Rome"})), answer)
    assert not is_right(replace(question, objects=frozenset(), dates=frozenset()), answer)
    silent = Answer("", "Not known.", (), TimeRead(QuestionKind.WHEN, "", None, None), True, NOW)
    assert not is_right(question, silent)
    assert is_right(replace(question, objects=frozenset(), dates=frozenset()), silent)


def test_templates_are_checked(tmp_path: Path) -> None:
    assert read_templates("no_such_file.json") == []
    templates = read_templates("as_of_templates.json")
    assert {template.kind for template in templates} == set(KINDS)
    assert len({template.id for template in templates}) == len(templates)
    assert len({(template.predicate, template.text) for template in templates}) == len(templates)
    with pytest.raises(InvalidInput, match="holds no templates"):
        read_templates("as_of.py")


def test_shares() -> None:
    assert Tally().share == 1
    score = AsOfScore("templates", 2, {"state": Tally(3, 2), "when": Tally(1, 1)}, [])
    assert (score.total, score.total.share) == (Tally(4, 3), 0.75)
