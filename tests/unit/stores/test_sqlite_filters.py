"""What a filter lets through equals what its docstring says, on random facts; and finding it costs the same in graphs of any size."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mem0g.model import Claim, Episode, Kind, Support, Value, Version, object_key
from mem0g.period import BEGINNING, EVERYTHING_KNOWN, FOREVER, TICK, Period
from mem0g.ports import Change, ClaimFilter, FactFilter
from mem0g.retrieval.reading import latest
from mem0g.stores import sqlite_statements as sql
from mem0g.stores.columns import instant, microseconds
from mem0g.stores.contract.samples import ALICE, BOB, GRAPH, LISBON, PORTO, cast, claim, day, days, episode, version
from mem0g.stores.sqlite import SQLiteStore
from mem0g.stores.sqlite_filters import Condition, claim_conditions, fact_condition, version_condition

from .files import opened

SUSHI = Value("Sushi")
PEOPLE, OBJECTS, PREDICATES = (ALICE, BOB), (LISBON, BOB, SUSHI), ("lives_in", "likes")
LABELLED = [
    episode("e0"), episode("e1", agent_id="a"), episode("e2", agent_id="a", run_id="r"), episode("e3", run_id="r"),
]  # fmt: skip

moments = st.sampled_from([BEGINNING, day(0), day(1) - TICK, day(1), day(2), day(3), EVERYTHING_KNOWN])
periods = st.tuples(st.sampled_from([None, 0, 1, 2]), st.sampled_from([None, 3, 4])).map(lambda ends: days(*ends))
supports = st.builds(
    lambda number, since: Support(f"c{number}", since, FOREVER), st.integers(0, 3), st.sampled_from([BEGINNING, day(1), day(2)])
)
versions = st.builds(
    version,
    st.sampled_from(OBJECTS),
    valid=periods,
    known=periods,
    subject=st.sampled_from(PEOPLE),
    predicate=st.sampled_from(PREDICATES),
    holder=st.sampled_from([None, BOB]),
    kind=st.sampled_from(Kind),
    support=st.lists(supports, max_size=2).map(tuple),
)


def choices(values: tuple[str, ...]) -> st.SearchStrategy[list[str] | None]:
    return st.none() | st.lists(st.sampled_from(values), max_size=2)


filters = st.builds(
    FactFilter,
    holder=st.sampled_from([None, BOB, ALICE]),
    any_holder=st.booleans(),
    subjects=choices(PEOPLE),
    predicates=choices(PREDICATES),
    objects=choices((LISBON, PORTO, object_key(SUSHI))),
    touching=choices((ALICE, BOB, LISBON)),
    as_of=st.none() | moments.map(Period.instant) | periods,
    known_at=st.none() | moments,
    labels=st.none() | st.fixed_dictionaries({}, optional={"agent_id": st.sampled_from("ab"), "run_id": st.just("r")}),
)


def lets_through(where: FactFilter, fact: Version) -> bool:
    """The docstring of `FactFilter`, in Python."""
    return (
        (where.any_holder or fact.holder == where.holder)
        and (where.ids is None or fact.id in where.ids)
        and (where.subjects is None or fact.subject in where.subjects)
        and (where.predicates is None or fact.predicate in where.predicates)
        and (where.objects is None or object_key(fact.object) in where.objects)
        and (where.touching is None or fact.subject in where.touching or fact.object in where.touching)
        and (where.as_of is None or stands(where.as_of, fact))
        and (where.known_at is None or fact.known.covers(where.known_at))
        and (not where.labels or any(labelled(where, support) for support in fact.support))
    )


def stands(as_of: Period, fact: Version) -> bool:
    if not as_of.is_instant:
        return fact.valid.overlaps(as_of)
    return fact.valid.start <= as_of.start if fact.kind is Kind.EVENT else fact.valid.covers(as_of.start)


def labelled(where: FactFilter, support: Support) -> bool:
    carries = where.known_at is None or support.since <= where.known_at < support.until
    said: Episode = LABELLED[int(support.claim_id[1:])]
    return carries and all(getattr(said, name) == value for name, value in (where.labels or {}).items())


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SQLiteStore]:
    with opened(tmp_path_factory.mktemp("filters") / "memory.db") as store:
        yield store


def of_graph(graph: str, one: Any) -> Any:
    return replace(one, graph=graph)


graphs = (f"user:{number}" for number in count())


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.lists(versions, max_size=12), st.lists(filters, min_size=1, max_size=12))
def test_a_filter_lets_through_what_its_docstring_says(store: SQLiteStore, facts: list[Version], wheres: list[FactFilter]) -> None:
    graph = next(graphs)
    facts = list({fact.id: fact for fact in (of_graph(graph, fact) for fact in facts)}.values())
    claims = [claim(f"c{number}", episode_id=f"e{number}", graph=graph) for number in range(4)]
    said = [of_graph(graph, one) for one in LABELLED]
    store.commit(graph, Change([*cast(graph), *said, *claims], versions=facts))
    for where in [*wheres, *(FactFilter(ids=[fact.id], any_holder=True, known_at=None) for fact in facts)]:
        wanted = [fact for fact in facts if lets_through(where, fact)]
        found = store.facts(graph, where)
        assert found == sorted(wanted, key=lambda fact: (fact.valid.start, fact.known.start, fact.id))
        assert store.links(graph, where) == latest(wanted, None, None)
        assert store.links(graph, where, 2) == latest(wanted, where.touching, 2)
        words = [id for id, _ in store.match_facts(graph, ["text"], where, 99)]
        assert sorted(words) == sorted(fact.id for fact in wanted)


@given(st.datetimes(timezones=st.just(UTC)) | st.sampled_from([BEGINNING, FOREVER, EVERYTHING_KNOWN, BEGINNING + TICK]))
def test_instants_are_exact(at: datetime) -> None:
    assert instant(microseconds(at)) == at


FINDING: dict[str, tuple[str, Callable[[int], Condition]]] = {
    "claims": (sql.SELECT_CLAIMS, lambda graph: next(claim_conditions(graph, ClaimFilter([ALICE], "likes", ["value:text:n7"])))),
    "replaced claims": (sql.SELECT_CLAIMS, lambda graph: [*claim_conditions(graph, ClaimFilter([ALICE], "likes", [PORTO]))][1]),
    "exclusive claims": (sql.SELECT_CLAIMS, lambda graph: [*claim_conditions(graph, ClaimFilter([ALICE], "likes", [PORTO], True))][2]),
    "claims of another predicate": (sql.SELECT_CLAIMS, lambda graph: next(claim_conditions(graph, ClaimFilter([ALICE], "lives_in")))),
    "versions": (sql.SELECT_FACTS, lambda graph: version_condition(graph, ClaimFilter([ALICE], "likes", ["value:text:n7"]))),
    "facts of a subject": (sql.SELECT_FACTS, lambda graph: fact_condition(graph, FactFilter(subjects=[BOB]))),
    "facts of a predicate": (sql.SELECT_FACTS, lambda graph: fact_condition(graph, FactFilter(subjects=[ALICE], predicates=["x"]))),
    "facts of an object": (sql.SELECT_FACTS, lambda graph: fact_condition(graph, FactFilter(objects=["value:text:n7"]))),
    "facts that touch": (sql.SELECT_FACTS, lambda graph: fact_condition(graph, FactFilter(touching=[BOB, LISBON]))),
    "facts by id": (sql.SELECT_FACTS, lambda graph: fact_condition(graph, FactFilter(ids=["x"], known_at=None))),
}


def work(path: Path, statement: str, parameters: Sequence[object]) -> int:
    """How many steps SQLite's machine takes."""
    steps = count()
    with closing(sqlite3.connect(path)) as connection:
        connection.set_progress_handler(lambda: next(steps) < 0, 1)
        connection.execute(statement, parameters).fetchall()
    return next(steps)


def grown(path: Path, size: int) -> Path:
    """A store with a graph of so many facts about one subject, and claims behind them."""
    numbers = [Value(f"n{number}") for number in range(size)]
    claims: list[Claim] = [claim(object.text, object, predicate="likes") for object in numbers]
    with opened(path) as store:
        store.commit(GRAPH, Change([*cast(), *claims], versions=[version(object, predicate="likes") for object in numbers]))
    return path


@pytest.fixture(scope="module")
def sizes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("sizes")
    return grown(folder / "small.db", 30), grown(folder / "large.db", 3000)


@pytest.mark.parametrize(("statement", "entity"), [(sql.LINKS_OF_SUBJECT, ALICE), (sql.LINKS_OF_OBJECT, BOB)])
def test_the_latest_links_of_an_entity_take_no_more_work_where_it_has_thousands(statement: str, entity: str, tmp_path: Path) -> None:
    known = fact_condition(1, FactFilter())
    found = f"{sql.SELECT_LINKS} {statement.format(known.sql)} {sql.LATEST_FIRST}"
    small, large = (work(crowd(tmp_path, size), found, (1, entity, *known.parameters, 20)) for size in (30, 3000))
    assert large <= 1.1 * small


def crowd(folder: Path, size: int) -> Path:
    """A store in which Alice knows Bob so many times."""
    path = folder / f"{size}.db"
    with opened(path) as store:
        store.commit(GRAPH, Change(cast(), versions=[version(BOB, days(number, None), predicate="knows") for number in range(size)]))
    return path


@pytest.mark.parametrize("name", FINDING)
def test_finding_takes_no_more_work_in_a_large_graph(name: str, sizes: tuple[Path, Path]) -> None:
    statement, condition = FINDING[name]
    found = condition(1)
    small, large = (work(path, f"{statement} WHERE {found.sql}", found.parameters) for path in sizes)
    assert large <= 1.1 * small
