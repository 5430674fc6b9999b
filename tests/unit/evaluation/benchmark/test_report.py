"""The figures of a report, worked out by hand."""

import json
from math import exp
from pathlib import Path

import pytest
from small_locomo import scripted, small

from mem0g.cli.benchmark_tables import of_report
from mem0g.evaluation.benchmark.estimating import Cost
from mem0g.evaluation.benchmark.intervals import Interval
from mem0g.evaluation.benchmark.journal import AnswerLine, FailureLine, Found, IngestedLine, MarkLine, Place, Settings
from mem0g.evaluation.benchmark.marking import Mark
from mem0g.evaluation.benchmark.report import Report, Score, Seconds, SystemReport, as_values, report
from mem0g.evaluation.benchmark.running import Plan, key, run
from mem0g.evaluation.benchmark.systems import Answered, systems
from mem0g.evaluation.benchmark.telling import tokens, transcript
from mem0g.evaluation.locomo_data import Conversation, read_conversations
from mem0g.ports import Usage
from mem0g.testing import ScriptedModel

# What full context says: York; 9 March 2025; pottery and a dog; yes; cello. Strict, the third ("pottery, a dog") and the fourth ("Likely
# yes") are wrong. To the question about a cat, in category 5, it says "not known".
F1 = [1, 1, 4 / 5, 2 / 3, 1]
BLEU1 = [1, 1, 2 / 3, exp(-1), 1]


@pytest.fixture
def conversations(tmp_path: Path) -> list[Conversation]:
    return read_conversations(small(tmp_path))


@pytest.fixture
def plan(conversations: list[Conversation]) -> Plan:
    return Plan(conversations, systems(["full-context", "no-memory"]), runs=2)


@pytest.fixture
def found(tmp_path: Path, plan: Plan) -> Found:
    return run(plan, ScriptedModel(scripted), None, tmp_path / "out")


def mean(interval: Interval | None) -> float:
    assert interval is not None
    return interval.mean


def test_scores_leave_adversarial_questions_out(plan: Plan, found: Found) -> None:
    full, none = report(plan, found, seed=0).systems
    assert (full.all.questions, full.all.answers, full.missing) == (5, 10, 0)
    assert mean(full.all.judged["strict"]) == pytest.approx(3 / 5)
    assert full.all.judged["lenient"] == Interval(1, 1, 1, deviation=0)
    assert mean(full.all.f1) == pytest.approx(sum(F1) / 5)
    assert mean(full.all.bleu1) == pytest.approx(sum(BLEU1) / 5)
    assert [mean(none.all.judged[judge]) for judge in ("strict", "lenient")] == [0, 0]
    assert mean(none.all.f1) == 0


def test_both_runs_were_alike_so_what_is_uncertain_is_the_questions(plan: Plan, found: Found) -> None:
    strict = report(plan, found, seed=0).systems[0].all.judged["strict"]
    assert strict is not None
    assert (strict.low, strict.high, strict.deviation) == (pytest.approx(0.2), 1, 0)  # of five drawn at 3/5, one to five are right


def test_categories_and_adversarial_are_told_apart(plan: Plan, found: Found) -> None:
    full, none = report(plan, found, seed=0).systems
    strict = {name: (score.questions, mean(score.judged["strict"])) for name, score in full.categories.items()}
    assert strict == {"multi-hop": (1, 0), "temporal": (1, 1), "open-domain": (1, 0), "single-hop": (2, 1)}
    for system in (full, none):
        assert (system.adversarial.questions, mean(system.adversarial.judged["strict"])) == (1, 1)
        assert (system.adversarial.f1, system.adversarial.bleu1) == (None, None)


def test_where_the_judges_differ_is_counted(plan: Plan, found: Found) -> None:
    full, none = report(plan, found, seed=0).systems
    assert (full.all.only_lenient, full.all.only_strict) == (2 * 2, 0)  # two questions, two runs
    assert (none.all.only_lenient, none.all.only_strict) == (0, 0)


def test_tokens_are_those_of_an_answer_beside_the_whole_conversation(plan: Plan, found: Found, conversations: list[Conversation]) -> None:
    full, none = report(plan, found, seed=0).systems
    maya, per = (tokens(transcript(each)) for each in conversations)
    assert full.context_tokens == pytest.approx((4 * maya + per) / 5)
    assert (full.context_share, none.context_tokens, none.context_share) == (1, 0, 0)


def test_costs_are_what_the_model_was_asked(plan: Plan, found: Found) -> None:
    full, _ = report(plan, found, seed=0).systems
    assert (full.cost.ingesting.calls, full.cost.answering.calls, full.cost.judging.calls) == (0, 12, 24)
    answered = [line.usage for place, line in found.answers.items() if place.system == "full-context"]
    assert full.cost.answering == sum(answered, Usage())
    assert full.cost.answering.prompt_tokens > 12 * full.context_tokens * 0.8


# A journal written by hand


def a_journal(conversation: Conversation) -> Found:
    """Three answers of two runs about the first two questions of Maya's conversation; the fourth is missing, and one lacks a mark."""
    found, name = Found(settings=Settings("gpt", None, "1")), key(conversation)
    found.add(IngestedLine("mem0g", name, 9, Usage(4, 400, 40)))
    told = {
        (0, 0): ("York", True, True, 0.1, 1.0),
        (0, 1): ("Leeds", False, True, 0.3, 2.0),
        (1, 0): ("9 March 2025", True, None, 0.2, 3.0),
    }
    for (question, number), (text, strict, lenient, search, total) in told.items():
        place = Place("mem0g", name, question, number)
        found.add(AnswerLine(place, Answered(text, 20, search, total), Usage(1, 100, 5)))
        found.add(MarkLine(place, "strict", Mark(strict, ""), Usage(1, 50, 2)))
        if lenient is not None:
            found.add(MarkLine(place, "lenient", Mark(lenient, ""), Usage(1, 50, 2)))
    found.add(FailureLine("ingested", "mem0g", name, "full", Usage(1, 7, 1)))
    found.add(FailureLine("mark", "mem0g", name, "slow", Usage(1, 9, 0)))
    found.add(FailureLine("mark", "mem0g", "another", "old", Usage(1, 9, 0)))
    return found


def test_a_journal_in_figures(conversations: list[Conversation]) -> None:
    plan = Plan(conversations[:1], systems(["mem0g"]), runs=2)
    (system,) = report(plan, a_journal(conversations[0]), seed=0).systems
    whole = tokens(transcript(conversations[0]))
    score = system.all
    assert (score.questions, score.answers, score.unanswered, score.unmarked) == (4, 8, 5, 1)
    assert (system.missing, system.failures, system.untaken) == (6 + 2, 2, 0)  # the two are the question about a cat
    assert mean(score.judged["strict"]) == pytest.approx(2 / 3)
    assert mean(score.judged["lenient"]) == 1
    assert score.judged["strict"] is not None
    assert score.judged["strict"].deviation == pytest.approx(0.5**0.5)  # the runs' means are 1 and 0
    assert (score.only_lenient, score.only_strict) == (1, 0)
    assert mean(score.f1) == pytest.approx(2 / 3)
    assert (system.search, system.total) == (Seconds(0.2, pytest.approx(0.29)), Seconds(2.0, pytest.approx(2.9)))
    assert (system.context_tokens, system.context_share) == (20, pytest.approx(20 / whole))
    assert system.cost == Cost(Usage(5, 407, 41), Usage(3, 300, 15), Usage(6, 259, 10))
    assert system.categories["multi-hop"].judged == {"strict": None, "lenient": None}


def test_values_are_plain(conversations: list[Conversation]) -> None:
    plan = Plan(conversations[:1], systems(["mem0g"]), runs=2)
    values = json.loads(json.dumps(as_values(report(plan, a_journal(conversations[0]), seed=0))))
    assert (values["missing"], values["last_failure"], values["conversations"], values["runs"]) == (8, "old", ["maya"], 2)
    mem0g = values["systems"]["mem0g"]
    assert mem0g["all"]["judged"]["strict"]["mean"] == pytest.approx(2 / 3)
    assert mem0g["cost"]["ingesting"]["calls"] == 5
    assert mem0g["total_against_full_context"] == {"p50": None, "p95": None}


def no_score() -> Score:
    return Score(0, 0, 0, 0, {"strict": None, "lenient": None}, None, None, 0, 0)


def timed(name: str, p50: float, p95: float) -> SystemReport:
    nothing = no_score()
    return SystemReport(name, nothing, {}, nothing, None, None, Seconds(None, None), Seconds(p50, p95), 0, Cost(), 0)


def test_times_are_set_beside_reading_everything() -> None:
    mine, everything = timed("mem0g", 0.5, 1), timed("full-context", 2, 10)
    both = Report(None, [], 1, 0, [mine, everything], "")
    assert both.against_everything(mine) == {"p50": 0.25, "p95": 0.1}
    assert both.against_everything(everything) == {"p50": 1, "p95": 1}
    assert of_report(both)[2].rows[0] == ("mem0g", "–", "–", "– / –", "0.500 / 1.000", "25.0 % / 10.0 %")


def test_tables_show_the_same(conversations: list[Conversation]) -> None:
    plan = Plan(conversations[:1], systems(["mem0g"]), runs=2)
    found = report(plan, a_journal(conversations[0]), seed=0)
    scores, categories, takes, costs = of_report(found)
    assert scores.title == "LoCoMo maya with gpt, runs: 2; categories 1–4, in %"
    assert scores.rows[0][:3] == ("mem0g", "66.7 [0.0–100.0]", "100.0 [100.0–100.0]")
    assert scores.rows[0][5:] == ("1", "0", "8", "6")
    assert categories.rows[0] == ("mem0g", "– / –", "100.0 / –", "– / –", "50.0 / 100.0", "– / –")
    assert takes.rows[0][1:5] == ("20", "31.2 %", "0.200 / 0.290", "2.000 / 2.900")
    assert costs.rows == [(name, "14", "407 / 41", "300 / 15", "259 / 10") for name in ("mem0g", "together")]
    for table in (scores, categories, takes, costs):
        assert {len(row) for row in table.rows} == {len(table.headers)}
