"""A run does what is not done yet, whatever became of the one before."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from threading import Barrier, Lock

import pytest
from small_locomo import PER, scripted, small

from mem0g.errors import ExtractionError, InvalidInput, ModelUnavailable
from mem0g.evaluation.benchmark.journal import FILE, read_journal
from mem0g.evaluation.benchmark.report import report
from mem0g.evaluation.benchmark.running import GIVE_UP, Plan, key, run
from mem0g.evaluation.benchmark.systems import Answered, Equipment, System, systems
from mem0g.evaluation.locomo_data import Conversation, read_conversations
from mem0g.ports import Usage
from mem0g.prompts import extraction
from mem0g.prompts.benchmark import ReadAnswer, ReadMark
from mem0g.testing import ModelRequest, ScriptedModel, ScriptedReply

SLOW = ModelUnavailable("too slow")


@pytest.fixture
def conversations(tmp_path: Path) -> list[Conversation]:
    return read_conversations(small(tmp_path))


def plan(conversations: list[Conversation], *names: str, runs: int = 1) -> Plan:
    return Plan(conversations, systems(names), runs)


class Failing:
    """A script that fails at some requests: those whose number, from 0, is in `at`."""

    def __init__(self, *at: int, error: BaseException = SLOW) -> None:
        self.at = at
        self.error = error
        self.asked = 0
        self._lock = Lock()

    def __call__(self, request: ModelRequest) -> ScriptedReply:
        with self._lock:
            number = self.asked
            self.asked += 1
        if number in self.at:
            raise self.error
        return scripted(request)


def asked_for(model: ScriptedModel) -> Counter[str]:
    return Counter(request.reply.__name__ for request in model.requests)


def test_every_question_is_answered_and_marked_twice(tmp_path: Path, conversations: list[Conversation]) -> None:
    model, seen = ScriptedModel(scripted), list[tuple[int, int]]()
    both = plan(conversations, "full-context", "no-memory", runs=2)
    found = run(both, model, None, tmp_path / "out", progress=lambda done, total: seen.append((done, total)))
    assert len(found.answers) == 2 * 2 * 6
    assert len(found.marks) == 2 * len(found.answers)
    assert set(found.ingested) == {(name, key(each)) for name, each in both.pairs()}
    assert asked_for(model) == {"ReadAnswer": 24, "ReadMark": 48}
    assert sorted(seen) == [(done, 24) for done in range(1, 25)]
    assert read_journal(tmp_path / "out") == found


def test_a_second_start_asks_nothing(tmp_path: Path, conversations: list[Conversation]) -> None:
    two = plan(conversations, "mem0g", "full-context")
    found = run(two, ScriptedModel(scripted), None, tmp_path / "out")
    again = ScriptedModel([])
    assert run(two, again, None, tmp_path / "out") == found
    assert again.calls == 0


def test_more_runs_systems_and_conversations_are_added_to_what_is_there(tmp_path: Path, conversations: list[Conversation]) -> None:
    run(plan(conversations[:1], "full-context"), ScriptedModel(scripted), None, tmp_path / "out")
    model = ScriptedModel(scripted)
    found = run(plan(conversations, "full-context", "no-memory", runs=2), model, None, tmp_path / "out")
    assert len(found.answers) == 24
    assert asked_for(model)["ReadAnswer"] == 24 - 5


def test_what_fails_is_missing_and_is_done_at_the_next_start(tmp_path: Path, conversations: list[Conversation]) -> None:
    one = plan(conversations, "full-context")
    found = run(one, ScriptedModel(Failing(0, 3)), None, tmp_path / "out", concurrency=1)
    assert [line.step for line in found.failures] == ["answer", "mark"]
    assert (len(found.answers), len(found.marks)) == (5, 9)
    (system,) = report(one, found, seed=0).systems
    assert (system.missing, system.failures, system.all.unanswered, system.all.unmarked) == (2, 2, 1, 1)
    again = ScriptedModel(scripted)
    found = run(one, again, None, tmp_path / "out")
    assert asked_for(again) == {"ReadAnswer": 1, "ReadMark": 2 + 1}
    (system,) = report(one, found, seed=0).systems
    assert (system.missing, system.failures) == (0, 2)


@pytest.mark.parametrize("at", [0, 1, 3, 7, 12])
def test_a_run_that_is_broken_off_is_gone_on_with(tmp_path: Path, conversations: list[Conversation], at: int) -> None:
    two = plan(conversations, "mem0g", "full-context")
    whole = run(two, ScriptedModel(scripted), None, tmp_path / "whole")
    with pytest.raises(KeyboardInterrupt):
        run(two, ScriptedModel(Failing(at, error=KeyboardInterrupt())), None, tmp_path / "out", concurrency=2)
    before = read_journal(tmp_path / "out")
    model = ScriptedModel(scripted)
    found = run(two, model, None, tmp_path / "out")
    assert asked_for(model)["ReadAnswer"] == len(whole.answers) - len(before.answers)
    assert asked_for(model)["ReadMark"] == len(whole.marks) - len(before.marks)
    assert {place: line.answered.text for place, line in found.answers.items()} == {
        place: line.answered.text for place, line in whole.answers.items()
    }
    assert {at: line.mark for at, line in found.marks.items()} == {at: line.mark for at, line in whole.marks.items()}


def test_a_conversation_that_is_half_read_is_read_to_its_end(tmp_path: Path, conversations: list[Conversation]) -> None:
    one = plan(conversations[:1], "mem0g")
    found = run(one, ScriptedModel(Failing(2)), None, tmp_path / "out")  # the second session
    assert (found.ingested, found.answers) == ({}, {})
    assert found.failures[0].step == "ingested"
    assert "too slow" in found.failures[0].error
    assert found.failures[0].usage.calls == 2
    (system,) = report(one, found, seed=0).systems
    assert (system.untaken, system.missing, system.all.judged) == (1, 5, {"strict": None, "lenient": None})
    model = ScriptedModel(scripted)
    found = run(one, model, None, tmp_path / "out")
    reads = [request for request in model.requests if request.instructions == extraction.prompt().instructions]
    assert all("pottery" in request.text for request in reads)
    (system,) = report(one, found, seed=0).systems
    assert (system.untaken, system.missing) == (0, 0)
    assert system.cost.ingesting.calls == 2 + len(reads) + 1


def test_a_last_line_that_was_cut_off_costs_one_step(tmp_path: Path, conversations: list[Conversation]) -> None:
    one = plan(conversations, "full-context")
    run(one, ScriptedModel(scripted), None, tmp_path / "out")
    journal = tmp_path / "out" / FILE
    journal.write_bytes(journal.read_bytes()[:-10])
    model = ScriptedModel(scripted)
    found = run(one, model, None, tmp_path / "out")
    assert model.calls == 1
    assert len(found.marks) == 12


def test_an_endpoint_that_is_down_ends_the_run(tmp_path: Path, conversations: list[Conversation]) -> None:
    model = ScriptedModel(lambda _: SLOW)
    many = plan(conversations, "full-context", runs=10)
    with pytest.raises(
        ModelUnavailable, match=f"({GIVE_UP}|{GIVE_UP + 1}) calls in a row failed, the last one so: too slow; what was found is kept"
    ):
        run(many, model, None, tmp_path / "out", concurrency=2)
    assert GIVE_UP <= model.calls <= GIVE_UP + 1
    assert run(many, ScriptedModel(scripted), None, tmp_path / "out").answers


def test_failures_in_a_row_are_forgotten_at_a_success(tmp_path: Path, conversations: list[Conversation]) -> None:
    def script(request: ModelRequest) -> ScriptedReply:
        return SLOW if request.reply is ReadMark and "York" not in request.text else scripted(request)

    found = run(plan(conversations, "full-context", runs=10), ScriptedModel(script), None, tmp_path / "out", concurrency=1)
    assert len(found.failures) > 2 * GIVE_UP


def test_what_is_wrong_for_good_ends_the_run(tmp_path: Path, conversations: list[Conversation]) -> None:
    with pytest.raises(ZeroDivisionError):
        run(plan(conversations, "full-context"), ScriptedModel(Failing(3, error=ZeroDivisionError())), None, tmp_path / "out")


def test_another_model_is_refused(tmp_path: Path, conversations: list[Conversation]) -> None:
    one = plan(conversations, "no-memory")
    run(one, ScriptedModel(scripted), None, tmp_path / "out")
    with pytest.raises(InvalidInput, match="holds answers of scripted-model"):
        run(one, ScriptedModel(scripted, name="other"), None, tmp_path / "out")


def test_changed_data_is_asked_anew(tmp_path: Path, conversations: list[Conversation]) -> None:
    one = plan(conversations, "no-memory")
    run(one, ScriptedModel(scripted), None, tmp_path / "out")
    changed = [replace(conversations[0], speakers=("Maya", "Nora")), conversations[1]]
    model = ScriptedModel(scripted)
    run(plan(changed, "no-memory"), model, None, tmp_path / "out")
    assert asked_for(model)["ReadAnswer"] == 5


def test_a_name_in_the_data_leads_to_no_other_folder(tmp_path: Path) -> None:
    (escaping,) = read_conversations(small(tmp_path, {**PER, "sample_id": "../../per"}))
    run(plan([escaping], "mem0g"), ScriptedModel(scripted), None, tmp_path / "in" / "out")
    (database,) = tmp_path.rglob("memory.db")
    assert database.parent.parent == tmp_path / "in" / "out" / "systems"


def test_so_many_threads_work_at_once(tmp_path: Path, conversations: list[Conversation]) -> None:
    together = Barrier(6)  # breaks, and with it the run, where fewer than six come

    def script(request: ModelRequest) -> ScriptedReply:
        if request.reply is ReadAnswer:
            together.wait(30)
        return scripted(request)

    assert len(run(plan(conversations, "full-context"), ScriptedModel(script), None, tmp_path / "out", concurrency=6).answers) == 6


@dataclass
class Parrot:
    """A system of somebody else's: it answers with what was said last, and asks no model."""

    name: str = "parrot"
    heard: list[str] = field(default_factory=list)

    def ingest(self, conversation: Conversation) -> None:
        if conversation.id == "per":
            raise ExtractionError("Per is not understood")
        self.heard.append(conversation.turns[-1].text)

    def answer(self, question: str, asked_at: datetime) -> Answered:
        return Answered(self.heard[-1], 10, 0.25, 0.5)


@contextmanager
def open_parrot(equipment: Equipment) -> Iterator[System]:
    assert equipment.folder.is_dir()
    yield Parrot()


def test_any_other_system_can_be_added(tmp_path: Path, conversations: list[Conversation]) -> None:
    mine = Plan(conversations, {"parrot": open_parrot, **systems(["no-memory"])})
    found = run(mine, ScriptedModel(scripted), None, tmp_path / "out")
    parrot, _ = report(mine, found, seed=0).systems
    assert {line.answered.text for place, line in found.answers.items() if place.system == "parrot"} == {
        "Pixel ran away yesterday, but he is back."
    }
    assert (parrot.untaken, parrot.missing, parrot.cost.answering) == (1, 1, Usage())
    assert parrot.all.questions == 5


@pytest.mark.parametrize(
    ("wrong", "message"),
    [({"runs": 0}, "runs=0"), ({"systems": {}}, "nothing to measure"), ({"conversations": []}, "nothing to measure")],
)
def test_a_plan_without_a_measure_is_refused(conversations: list[Conversation], wrong: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        replace(plan(conversations, "mem0"), **wrong)  # type: ignore[arg-type]  # what a caller may get wrong
    with pytest.raises(InvalidInput, match="given twice"):
        plan([*conversations, conversations[0]], "mem0")
