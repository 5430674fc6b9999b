"""The suite of questions about time: what it draws, what it compares with, and how the memory fares."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
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
from mem0g.period import FOREVER, read_period
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
    assert score.templates == len(read_templates("as_of_templates.json")) >= 240
    assert score.total.asked >= 240
    assert all(tally.asked for tally in score.kinds.values())
    settled = [score.kinds[kind] for kind in ("state_now", "state", "when", "until", "duration", "change", "known", "holder")]
    assert sum(settled, Tally()).share >= 0.95, score.wrong
    assert score.total.asserted_wrongly == 0, score.wrong
    assert len(score.wrong) == score.total.asked - score.total.right
    assert sum(wrong.asserted for wrong in score.wrong) == score.total.asserted_wrongly
    assert all(wrong.asserted != wrong.answered.startswith("Not known") for wrong in score.wrong)
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
    new = [template for template in templates if template.kind in {"yes", "ever", "before", "while", "began", "ended", "nothing"}]
    assert len(new) >= 40
    assert sum(template.kind == "nothing" for template in new) >= 12
    assert {template.predicate for template in new} == {"lives_in", "works_for", "drives", "plays", "married_to"}


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("sometimes", "Where does {subject} live?", "is of kind 'sometimes'"),
        ("state", "Where did {subject} live on {weekday}?", "slots that are not filled: weekday"),
        ("state", "Where did {subject} live when in {town}?", "slots that are not filled: town"),
        ("yes", "Does {subject} live?", "no {object}"),
        ("before", "Where did {subject} live before?", "no {object}"),
        ("holder", "Where does {subject} live?", "no {holder}"),
        ("began", "Where did {subject} move?", "not one slot of time"),
        ("ended", "Where did {subject} leave between {month} and {month2}?", "not one slot of time"),
        ("before", "Where did {holder} think {subject} lived before {object}?", "is of the record, and has a {holder}"),
        ("while", "Where did {subject} live then?", "not one slot of another predicate"),
        ("while", "Where did {subject} live while in {town}?", "not one slot of another predicate"),
    ],
)
def test_a_template_has_the_slots_of_its_kind(tmp_path: Path, kind: str, text: str, said: str) -> None:
    file = tmp_path / "templates.json"
    file.write_text(json.dumps([{"id": "x1", "kind": kind, "predicate": "lives_in", "text": text}]), encoding="utf-8")
    with pytest.raises(InvalidInput, match="x1") as raised:
        read_templates(str(file))
    assert said in str(raised.value)


def test_shares() -> None:
    assert Tally().share == 1
    score = AsOfScore("templates", 2, {"state": Tally(5, 2, 1), "when": Tally(1, 1), "yes": Tally(2, 1, 1)}, [])
    assert (score.total, score.total.share) == (Tally(8, 4, 2), 0.5)


# Kinds that are drawn of a ledger told by hand


def _of_ana(number: int, predicate: str, object: str, stated: str, *, negated: bool = False) -> Statement:
    start = read_period(stated).start
    return Statement(number, start + timedelta(days=1), "Ana", predicate, object, start, stated=stated, negated=negated)


ANA = Ledger(
    [
        _of_ana(0, "lives_in", "Oslo", "2025-01"),
        _of_ana(1, "lives_in", "Bergen", "2025-03-10"),
        _of_ana(2, "works_for", "Acme", "2025-02"),
        _of_ana(3, "works_for", "Acme", "2025-06-20", negated=True),
        _of_ana(4, "plays", "piano", "2025-01"),
        _of_ana(5, "plays", "chess", "2025-05"),
    ]
)
"""Ana lived in Oslo from January, and lives in Bergen since 10 March; worked for Acme from February to 20 June; plays piano and chess."""


def drawn(kind: str, predicate: str, text: str, ledger: Ledger = ANA) -> dict[str, Question]:
    """What 150 draws make of a template, by the text of the question."""
    questions = [draw_question(chance(seed), ledger, Template("t", kind, predicate, text)) for seed in range(150)]
    return {question.text: question for question in questions if question is not None}


def expected(kind: str, predicate: str, text: str, ledger: Ledger = ANA) -> dict[str, set[str]]:
    return {asked: set(question.objects) for asked, question in drawn(kind, predicate, text, ledger).items()}


def test_whether_something_is_so_is_drawn_of_what_was_had_and_of_what_never_was() -> None:
    lives = drawn("yes", "lives_in", "Does {subject} live in {object}?")
    assert lives["Does Ana live in Bergen?"].objects == {"Bergen"}
    assert lives["Does Ana live in Oslo?"].objects == lives["Does Ana live in Porto?"].objects == frozenset()
    draws = [draw_question(chance(seed), ANA, Template("t", "ever", "plays", "Has {subject} ever played {object}?")) for seed in range(300)]
    assert 110 <= sum(bool(question and question.objects) for question in draws) <= 190


def test_whether_something_was_so_in_a_time_is_whether_it_overlaps_that() -> None:
    then = drawn("yes", "lives_in", "Did {subject} live in {object} in {year}?")
    assert then["Did Ana live in Oslo in 2025?"].objects == {"Oslo"}
    assert then["Did Ana live in Bergen in 2025?"].objects == {"Bergen"}
    assert all(not question.objects for text, question in then.items() if "2025" not in text)
    march = drawn("yes", "works_for", "Did {subject} work for {object} in {bare_month}?")
    assert march["Did Ana work for Acme in March?"].objects == frozenset()


def test_no_follows_only_where_the_ledger_says_otherwise() -> None:
    lives = drawn("yes", "lives_in", "Does {subject} live in {object}?")
    assert (lives["Does Ana live in Porto?"].refuted, lives["Does Ana live in Bergen?"].refuted) == (True, False)
    works = drawn("yes", "works_for", "Does {subject} work for {object}?")
    assert works["Does Ana work for Acme?"].refuted, "she left"
    assert not works["Does Ana work for Globex?"].refuted, "nobody knows where she works since"
    assert not drawn("yes", "plays", "Does {subject} play {object}?")["Does Ana play cello?"].refuted
    earlier = drawn("yes", "lives_in", "Did {subject} live in {object} in {year}?")
    assert not any(question.refuted for text, question in earlier.items() if "2025" not in text), "nothing is known of earlier years"
    lately = drawn("yes", "lives_in", "Did {subject} live in {object} in {bare_month}?")
    assert {question.refuted for text, question in lately.items() if "Bergen" not in text} == {True}, "she lived in Bergen all the time"


def test_whether_something_ever_was_so() -> None:
    ever = drawn("ever", "lives_in", "Has {subject} ever lived in {object}?")
    assert ever["Has Ana ever lived in Oslo?"].objects == {"Oslo"}
    assert (ever["Has Ana ever lived in Porto?"].objects, ever["Has Ana ever lived in Porto?"].refuted) == (frozenset(), False)


def test_before_is_all_that_held_before_what_began_once() -> None:
    text = "What did {subject} play before {object}?"
    assert expected("before", "plays", text) == {"What did Ana play before piano?": set(), "What did Ana play before chess?": {"piano"}}
    returned = Ledger(
        [
            *(replace(each, subject="Bea") for each in ANA.statements[:2]),
            replace(_of_ana(2, "lives_in", "Oslo", "2025-04"), subject="Bea"),
        ]
    )
    text = "Where did {subject} live before {object}?"
    assert expected("before", "lives_in", text, returned) == {"Where did Bea live before Bergen?": {"Oslo"}}
    assert expected("before", "works_for", text, returned) == {}


def test_another_subject_is_drawn_where_one_has_nothing_that_held_once() -> None:
    twice = [
        replace(_of_ana(10 + month, "lives_in", place, f"2025-0{month}"), subject="Cleo")
        for month, place in enumerate(("Oslo", "Bergen", "Oslo", "Bergen"), 1)
    ]
    both = Ledger([*ANA.statements, *twice])
    assert {question.subject for question in drawn("before", "lives_in", "Where was {subject} before {object}?", both).values()} == {"Ana"}
    assert expected("before", "lives_in", "Where was {subject} before {object}?", Ledger(twice)) == {}


def test_while_is_what_overlapped_something_else() -> None:
    assert expected("while", "lives_in", "Where did {subject} live while at {employer}?") == {
        "Where did Ana live while at Acme?": {"Oslo", "Bergen"}
    }
    assert expected("while", "plays", "What did {subject} play in {town}?") == {
        "What did Ana play in Oslo?": {"piano"},
        "What did Ana play in Bergen?": {"piano", "chess"},
    }
    assert expected("while", "plays", "What did {subject} play while married to {spouse}?") == {}


def test_what_began_and_what_ended_in_a_time() -> None:
    moved = expected("began", "lives_in", "Where did {subject} move in {month}?")
    assert moved["Where did Ana move in March 2025?"] == {"Bergen"}
    assert moved["Where did Ana move in January 2025?"] == {"Oslo"}
    assert sum(bool(objects) for objects in moved.values()) == 2 < len(moved)
    assert expected("began", "plays", "What did {subject} take up in {year}?")["What did Ana take up in 2025?"] == {"piano", "chess"}
    left = expected("ended", "works_for", "Which job did {subject} leave on {day}?")
    assert left["Which job did Ana leave on 20 June 2025?"] == {"Acme"}
    assert expected("ended", "lives_in", "Where did {subject} leave in {year}?")["Where did Ana leave in 2025?"] == {"Oslo"}
    assert not any(expected("ended", "plays", "What did {subject} give up in {year}?").values())


def test_what_was_not_stated_so_finely_is_not_asked_of_a_finer_time() -> None:
    assert ANA.is_stated("Ana", "lives_in", at(3, 10), read_period("2025-03"))
    assert not ANA.is_stated("Ana", "lives_in", at(1), read_period("2025-01-01")), "it was in January"
    moved = expected("began", "lives_in", "Where did {subject} move on {day}?")
    assert "Where did Ana move on 10 March 2025?" in moved
    assert "Where did Ana move on 1 January 2025?" not in moved
    told_late = Ledger([Statement(0, at(3), "Ana", "lives_in", "Oslo", at(3))])
    assert "Where did Ana move in 2025?" not in drawn("began", "lives_in", "Where did {subject} move in {year}?", told_late)


def test_what_a_ledger_cannot_answer_is_asked_of_what_it_holds() -> None:
    assert expected("nothing", "lives_in", "Why did {subject} leave {object}?") == {
        "Why did Ana leave Oslo?": set(),
        "Why did Ana leave Bergen?": set(),
    }
    assert expected("nothing", "lives_in", "Where does {subject}'s sister live?") == {"Where does Ana's sister live?": set()}


def test_the_ledgers_have_what_every_template_asks_for() -> None:
    ledger = draw_ledger(chance("as asked"))
    for template in read_templates("as_of_templates.json"):
        assert draw_question(chance(template.id), ledger, template) is not None, template


# Judging answers made up


@pytest.fixture
def oslo(asked: Memory) -> Answer:
    """Cites that Ana lives in Oslo."""
    asked.add_fact("Ana", "lives_in", "Oslo", user_id="owner", valid_at="2024-03", occurred_at="2024-04-01")
    return asked.answer("Where does Ana live?", user_id="owner")


def question(kind: str, *objects: str, refuted: bool = False) -> Question:
    return Question(Template("t", kind, "lives_in", "?"), "?", "Ana", frozenset(objects), refuted=refuted)


SILENT = Answer("?", "Not known.", (), TimeRead(QuestionKind.STATE, "", None, None), True, NOW)


@pytest.mark.parametrize("kind", ["yes", "ever"])
def test_what_was_so_is_answered_with_yes(kind: str, oslo: Answer) -> None:
    yes = replace(oslo, text="Yes: Ana lives in Oslo.")
    assert is_right(question(kind, "Oslo"), yes)
    assert not is_right(question(kind, "Oslo"), oslo), "it does not begin with Yes"
    assert not is_right(question(kind, "Oslo"), replace(yes, text="Yes, she does.")), "Oslo is not named"
    assert not is_right(question(kind, "Oslo"), replace(yes, text="No: Ana lives in Oslo."))
    assert not is_right(question(kind, "Oslo"), replace(yes, citations=())), "nothing is cited"
    assert not is_right(question(kind, "Rome"), replace(yes, text="Yes: Ana lives in Oslo, and in Rome."))
    assert not is_right(question(kind, "Oslo"), SILENT)


def test_what_was_not_so_is_not_known_or_no_where_that_follows(oslo: Answer) -> None:
    no = replace(oslo, text="No: Ana lives in Oslo.")
    assert is_right(question("yes"), SILENT)
    assert is_right(question("yes", refuted=True), SILENT)
    assert is_right(question("yes", refuted=True), no)
    assert not is_right(question("yes"), no), "that nothing is known is no no"
    assert not is_right(question("yes", refuted=True), replace(no, text="No, she does not.")), "Oslo is cited and not named"
    assert not is_right(question("yes", refuted=True), replace(no, text="Yes: Ana lives in Oslo."))
    assert not is_right(question("yes", refuted=True), replace(no, text="Nobody knows, but Ana lives in Oslo."))


@pytest.mark.parametrize("kind", ["state", "before", "while", "began", "ended"])
def test_other_answers_name_what_they_cite_and_do_not_begin_with_yes(kind: str, oslo: Answer) -> None:
    assert is_right(question(kind, "Oslo"), oslo)
    assert not is_right(question(kind, "Oslo"), replace(oslo, text="Ana lives there."))
    assert not is_right(question(kind, "Oslo"), replace(oslo, text="Yes: Ana lives in Oslo."))
    assert not is_right(question(kind, "Oslo", "Bergen"), oslo)
    assert not is_right(question(kind), oslo)
    assert is_right(question(kind), SILENT)


def test_whether_something_changed_may_be_answered_with_yes(oslo: Answer) -> None:
    window = read_period("2024")
    changed = replace(question("change", "Oslo"), dates=frozenset({(window.start,)}), window=window)
    assert is_right(changed, replace(oslo, text="Yes: Ana moved to Oslo.", dates=(window,)))
    assert is_right(replace(changed, objects=frozenset()), replace(oslo, text="No change is known then. Ana lives in Oslo."))


def test_what_cannot_be_answered_is_right_only_where_nothing_is_asserted(oslo: Answer) -> None:
    assert is_right(question("nothing"), SILENT)
    for text in ("Ana lives in Oslo.", "Yes: Ana lives in Oslo.", "No: Ana lives in Oslo.", "No."):
        assert not is_right(question("nothing"), replace(oslo, text=text))
