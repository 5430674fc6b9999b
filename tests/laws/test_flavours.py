"""The worked examples of `scenarios.py`, told to a memory of the flavour "facts": what holds is what holds in the graph, as sentences."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from mem0g import Memory
from mem0g.model import Fact
from mem0g.period import read_period

from .scenarios import SCENARIOS, Scenario
from .telling import OWNER
from .test_scenarios import Teller, as_period, believed, row


def unsaid(fact: Fact) -> Fact:
    """The fact with what its sentence says of the object alone; it is no entity."""
    assert fact.object == fact.text
    assert fact.object_id is None
    said = fact.object.partition(f" {fact.predicate.replace('_', ' ')} ")[2]
    return replace(fact, object=said.removesuffix("."))


@contextmanager
def told(scenario: Scenario) -> Iterator[Memory]:
    with (
        TemporaryDirectory() as folder,
        Memory(Path(folder) / "memory.db", clock=lambda: read_period(scenario.now).start, flavour="facts") as memory,
    ):
        teller = Teller(memory)
        for step in scenario.steps:
            teller.tell(step)
        yield memory


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_the_same_holds_in_sentences(scenario: Scenario) -> None:
    with told(scenario) as memory:
        for question in scenario.asked:
            facts = memory.facts(user_id=OWNER, **as_period(dict(question.query)))
            assert sorted((believed(unsaid(fact)) for fact in facts), key=str) == sorted(question.answer, key=str)
        if scenario.versions is not None:
            rows = [row(unsaid(fact)) for fact in memory.timeline("Alice", user_id=OWNER, predicate=scenario.predicate)]
            assert sorted(rows, key=str) == sorted(scenario.versions, key=str)
