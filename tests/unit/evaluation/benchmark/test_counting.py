"""What is asked of a model is counted in the thread that asks."""

from concurrent.futures import CancelledError, ThreadPoolExecutor
from threading import Barrier

import pytest

from mem0g.errors import InvalidReply
from mem0g.evaluation.benchmark.counting import CountedModel
from mem0g.ports import Usage
from mem0g.prompts.benchmark import ReadAnswer
from mem0g.spending import Spending
from mem0g.testing import ScriptedModel


def model(**answer: object) -> CountedModel:
    return CountedModel(ScriptedModel(lambda _: answer))


def ask(model: CountedModel) -> None:
    assert model.ask("1234", "5678", ReadAnswer).text == "yes"


def test_a_tally_counts_what_is_asked_while_it_is_open() -> None:
    counted = model(text="yes")
    ask(counted)
    with counted.tally() as outer:
        ask(counted)
        with counted.tally() as inner:
            ask(counted)
    ask(counted)
    assert (outer.usage.calls, inner.usage) == (2, Usage(1, 2, 4))  # '{"text": "yes"}' has 15 characters
    assert counted.name == "scripted-model"


def test_a_call_that_fails_costs_too() -> None:
    counted = model(words="yes")
    with counted.tally() as tally, pytest.raises(InvalidReply):
        ask(counted)
    assert tally.usage.calls == 1


def test_the_callers_meter_is_told_as_well() -> None:
    spending = Spending()
    model(text="yes").ask("", "", ReadAnswer, meter=spending.on("answering"))
    assert spending.usage()["answering"].calls == 1


def test_threads_are_counted_apart() -> None:
    counted, both = model(text="yes"), Barrier(2)

    def asked(times: int) -> int:
        with counted.tally() as tally:
            both.wait(10)
            for _ in range(times):
                ask(counted)
            both.wait(10)
        return tally.usage.calls

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(asked, [1, 3])) == [1, 3]


def test_one_that_was_stopped_asks_no_more() -> None:
    counted = model(text="yes")
    counted.stop()
    with counted.tally() as tally, pytest.raises(CancelledError, match="the run was stopped"):
        ask(counted)
    assert tally.usage == Usage()
