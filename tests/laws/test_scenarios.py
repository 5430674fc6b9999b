"""The worked examples of `scenarios.py`, told to a `Memory` in every order in which they can arrive."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from mem0g import Memory
from mem0g.model import Fact
from mem0g.period import Period, read_period

from .scenarios import SCENARIOS, Believed, Row, Scenario, Step
from .telling import OWNER, memory_at

ORDERS_AT_MOST = 12


def possible_orders(steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    """Every order in which each step comes after those it names."""
    for order in permutations(steps):
        told: set[str] = set()
        for step in order:
            if not step.needs <= told:
                break
            told.add(step.name)
        else:
            yield order


class Teller:
    """Tells steps to a memory, and keeps the ids of what was written for the steps that name it."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.claims: dict[str, str] = {}
        self.episodes: dict[str, str] = {}

    def tell(self, step: Step) -> None:
        arguments: dict[str, Any] = dict(step.arguments)
        match step.call:
            case "add_fact":
                if "corrects" in arguments:
                    arguments["corrects"] = self.claims[arguments["corrects"]]
                added = self.memory.add_fact(
                    arguments.pop("subject"), arguments.pop("predicate"), arguments.pop("object"), user_id=OWNER, **arguments
                )
                (self.claims[step.name],) = added.claim_ids
                (self.episodes[step.name],) = added.episode_ids
            case "retract":
                self.memory.retract(self.claims[arguments.pop("claim_of")], user_id=OWNER, **arguments)
            case "forget":
                self.memory.forget(user_id=OWNER, episode_id=self.episodes[arguments.pop("episode_of")])
            case _:
                raise AssertionError(step.call)


def shown(at: datetime | None) -> str | None:
    """As the scenarios write times."""
    if at is None:
        return None
    return at.date().isoformat() if at.time() == datetime.min.time() else at.isoformat().replace("+00:00", "Z")


def believed(fact: Fact) -> Believed:
    return (fact.subject, fact.predicate, fact.object, shown(fact.valid_at), shown(fact.invalid_at))


def row(fact: Fact) -> Row:
    return (fact.object, shown(fact.created_at), shown(fact.expired_at), shown(fact.valid_at), shown(fact.invalid_at))


def as_period(query: dict[str, Any]) -> dict[str, Any]:
    """`as_of` given as two ends is the stretch between them."""
    if isinstance(query.get("as_of"), tuple):
        start, end = query["as_of"]
        query["as_of"] = Period(read_period(start).start, read_period(end).start)
    return query


def check(memory: Memory, scenario: Scenario) -> None:
    for question in scenario.asked:
        answer = [believed(fact) for fact in memory.facts(user_id=OWNER, **as_period(dict(question.query)))]
        assert sorted(answer, key=str) == sorted(question.answer, key=str), f"asked {dict(question.query)}"
    if scenario.versions is not None:
        rows = [row(fact) for fact in memory.timeline("Alice", user_id=OWNER, predicate=scenario.predicate)]
        assert sorted(rows, key=str) == sorted(scenario.versions, key=str)


@contextmanager
def told(scenario: Scenario, order: tuple[Step, ...]) -> Iterator[Memory]:
    with memory_at(read_period(scenario.now).start) as memory:
        teller = Teller(memory)
        for step in order:
            teller.tell(step)
        yield memory


by_name = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)


@by_name
def test_scenario_as_it_was_said(scenario: Scenario) -> None:
    with told(scenario, scenario.steps) as memory:
        check(memory, scenario)


@by_name
def test_law_3_scenario_in_every_order_of_arrival(scenario: Scenario) -> None:
    orders = list(possible_orders(scenario.steps))
    for order in orders[1 :: max(1, len(orders) // ORDERS_AT_MOST)]:
        with told(scenario, order) as memory:
            check(memory, scenario)


@by_name
def test_law_2_scenario_exported_and_loaded(scenario: Scenario, tmp_path: Path) -> None:
    with told(scenario, scenario.steps) as memory:
        memory.export(tmp_path / "alice.jsonl", user_id=OWNER)
    with memory_at(read_period(scenario.now).start) as fresh:
        fresh.load(tmp_path / "alice.jsonl")
        check(fresh, scenario)
