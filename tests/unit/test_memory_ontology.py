"""A memory that keeps to types: what is read, what is stated, and what is told of what was left out."""

import asyncio
import logging
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol

import pytest
from pydantic import Field

from mem0g import AsyncMemory, InvalidInput, Memory
from mem0g.model import Mention, Stage, Value
from mem0g.ontology import INVALID_VALUE, WRONG_SUBJECT, EntityType, Ontology, RelationType
from mem0g.stores.sqlite import SQLiteStore
from mem0g.testing import ManualClock, ScriptedAnswer, ScriptedExtractor

from .samples import draft, objects, triplets


class Person(EntityType):
    """A human being."""

    birthday: date | None = None
    email: list[str] = Field([])
    title: str = ""


class Company(EntityType, aliases=["organization"]):
    """Whoever employs people."""


class WorksFor(RelationType, exclusive=True, inverses=["hires"]):
    """Who employs someone."""

    subject: Person
    object: Company


REFUSING = Ontology([Person, Company], [WorksFor])
GENERALISING = Ontology([Person, Company], [WorksFor], violations="generalise")


class Typed(Protocol):
    def __call__(self, ontology: Ontology, answers: dict[str, ScriptedAnswer] | None = None) -> Memory: ...


@pytest.fixture
def typed(store: SQLiteStore, clock: ManualClock) -> Typed:
    """Makes memories that keep to an ontology, in one store."""
    return lambda ontology, answers=None: Memory(store=store, extractor=ScriptedExtractor(answers or {}), clock=clock, ontology=ontology)


def test_an_attribute_is_a_fact_with_times_and_is_never_overwritten(typed: Typed) -> None:
    memory = typed(REFUSING)
    memory.add_fact("Alice", "title", Value("engineer"), user_id="alice", occurred_at="2026-01-01")
    memory.add_fact("Alice", "title", Value("manager"), user_id="alice", occurred_at="2026-03-01")
    assert objects(memory.facts(user_id="alice")) == ["manager"]
    assert objects(memory.facts(user_id="alice", as_of="2026-02-01")) == ["engineer"]


def test_a_list_has_several_values_at_a_time(typed: Typed) -> None:
    memory = typed(REFUSING)
    for address in ("alice@work.example", "alice@home.example"):
        memory.add_fact("Alice", "email", Value(address, "email"), user_id="alice")
    assert set(objects(memory.facts(user_id="alice"))) == {"alice@work.example", "alice@home.example"}


def test_a_stated_date_is_a_date(typed: Typed) -> None:
    memory = typed(REFUSING)
    for born in (date(1990, 5, 3), "1990-05-03", Value("3 May 1990")):
        memory.add_fact("Alice", "birthday", born, user_id="alice")
    assert objects(memory.facts(user_id="alice")) == ["1990-05-03"]


def test_the_ontologys_cardinality_ends_what_came_before(typed: Typed, store: SQLiteStore) -> None:
    memory = typed(REFUSING, {"joined": [draft("Globex", "works_for")], "hired": [draft("Alice", "hires", subject="Acme")]})
    memory.add("joined", user_id="alice", occurred_at="2026-01-01")
    added = memory.add("hired", user_id="alice", occurred_at="2026-03-01")
    assert triplets(memory.facts(user_id="alice")) == {("Alice", "works_for", "Acme")}
    assert [gone.fact.object for gone in added.superseded] == ["Globex"]
    entities = {(entity.name, entity.type) for entity in store.entities("user:alice")}
    assert {("Alice", "person"), ("Acme", "company"), ("Globex", "company")} <= entities


def test_what_breaks_it_is_left_out_counted_and_logged(typed: Typed, caplog: pytest.LogCaptureFixture) -> None:
    read = [draft(Value("in spring"), "birthday"), draft("Acme", "works_for"), draft(Value("soon"), "birthday", subject="Bob")]
    memory = typed(REFUSING, {"told": read})
    with caplog.at_level(logging.DEBUG, "mem0g"):
        added = memory.add("told", user_id="alice")
    assert added.refused == {INVALID_VALUE: 2}
    assert triplets(memory.facts(user_id="alice")) == {("Alice", "works_for", "Acme")}
    (counted,) = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert counted.endswith(f"{{{INVALID_VALUE!r}: 2}}")  # what somebody said is for the finest level alone
    assert "object='in spring' is no birthday" in caplog.text


def test_an_episode_of_which_nothing_fits_is_read_all_the_same(typed: Typed, store: SQLiteStore) -> None:
    memory = typed(REFUSING, {"told": [draft(Value("in spring"), "birthday")]})
    assert memory.add("told", user_id="alice").claim_ids == ()
    assert memory.retry(user_id="alice").refused == {}
    assert [entry.stage for entry in store.progress("user:alice")] == [Stage.EXTRACTED]


def test_an_extractor_is_shown_the_ontology(tmp_path: Path, clock: ManualClock) -> None:
    extractor = ScriptedExtractor({})
    with Memory(tmp_path / "typed.db", extractor=extractor, clock=clock, ontology=REFUSING) as memory:
        memory.add("hello", user_id="alice")
    assert extractor.requests[0].ontology is REFUSING


def test_a_stated_fact_that_breaks_it_is_refused_with_the_way_out(typed: Typed) -> None:
    memory = typed(REFUSING)
    with pytest.raises(InvalidInput, match="object='in spring' is no birthday"):
        memory.add_fact("Alice", "birthday", Value("in spring"), user_id="alice")
    with pytest.raises(InvalidInput, match="exclusive=True, and by the ontology there may be several of 'email'"):
        memory.add_fact("Alice", "email", Value("alice@home.example"), exclusive=True, user_id="alice")
    assert memory.episodes(user_id="alice") == []


def test_a_stated_fact_that_breaks_it_is_generalised_where_that_was_asked_for(typed: Typed) -> None:
    memory = typed(GENERALISING)
    memory.add_fact("Alice", "birthday", Value("in spring"), text="Alice was born in spring.", user_id="alice")
    assert triplets(memory.facts(user_id="alice")) == {("Alice", "noted", "Alice was born in spring.")}


def test_the_same_statement_again_changes_nothing_whatever_the_ontology_makes_of_it(typed: Typed) -> None:
    memory = typed(GENERALISING)
    first = memory.add_fact("Acme", "hires", "Alice", user_id="alice", occurred_at="2026-01-01")
    again = memory.add_fact("Acme", "hires", "Alice", user_id="alice", occurred_at="2026-01-01")
    assert again.episode_ids == first.episode_ids
    assert (again.created, again.confirmed) == ([], [])


def test_what_is_of_another_type_is_refused(typed: Typed) -> None:
    memory = typed(REFUSING, {"told": [replace(draft("Acme", "works_for"), subject=Mention("Rex", "animal"))]})
    assert memory.add("told", user_id="alice").refused == {WRONG_SUBJECT: 1}


def test_a_memory_for_an_event_loop_takes_it_too(tmp_path: Path) -> None:
    async def stated() -> list[str]:
        async with AsyncMemory(tmp_path / "typed.db", ontology=REFUSING) as memory:
            await memory.add_fact("Alice", "birthday", "1990-05-03", user_id="alice")
            return objects(await memory.facts(user_id="alice"))

    assert asyncio.run(stated()) == ["1990-05-03"]
