"""What a type checker tells users of the public API. mypy reads this file; nobody runs it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import assert_type

import networkx

from mem0g import (
    Added,
    Answer,
    AsyncMemory,
    Decision,
    Diff,
    Episode,
    Evidence,
    Fact,
    Forgotten,
    FoundEpisode,
    FoundFact,
    Memory,
    Operation,
    Period,
    Search,
    Superseded,
    TimeRead,
    TimeWords,
    Value,
    Why,
    read_time,
)
from mem0g.ports import Clock, Extractor, GraphStore
from mem0g.stores.neo4j import Limits, Neo4jStore
from mem0g.stores.sqlite import SQLiteStore
from mem0g.testing import ManualClock, ScriptedExtractor, check_graph_store


def writing(memory: Memory) -> None:
    assert_type(memory.add("I moved to Lisbon.", user_id="alice", occurred_at="2026-03-05T10:00:00Z"), Added)
    assert_type(memory.add({"role": "user", "content": "I moved to Lisbon."}, user_id="alice"), Added)
    talk: list[dict[str, str]] = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello", "name": "Bot"}]
    memory.add(talk, agent_id="tutor", run_id="7", metadata={"source": "mail"}, progress=print)
    added = memory.add_fact("Alice", "lives_in", "Lisbon", user_id="alice", valid_at=date(2026, 2, 26), occurred_at=datetime.now(UTC))
    assert_type(added, Added)
    assert_type(added.facts, list[Fact])
    assert_type(added.created, Sequence[Fact])
    assert_type(added.superseded, Sequence[Superseded])
    assert_type(added.decisions, Sequence[Decision])
    assert_type(added.decisions[0].operation, Operation)
    memory.add_fact("Alice", "weighs", 82.5, user_id="alice", exclusive=True, corrects=added.claim_ids)
    memory.add_fact("Alice", "paid", Value("12 EUR"), user_id="alice", event=True, holder="Bob")
    memory.add_fact("Alice", "lives_in", None, user_id="alice", negated=True)
    assert_type(memory.retry(user_id="alice"), Added)
    assert_type(memory.retract(added.facts[0].id, reason="a typing error", user_id="alice"), Added)
    assert_type(memory.forget(user_id="alice", entity="Bob", dry_run=True), Forgotten)


def reading(memory: Memory) -> None:
    facts = memory.facts(
        user_id="alice",
        subject="Alice",
        as_of="2026-02",
        known_at=Period(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)),
    )
    assert_type(facts, list[Fact])
    assert_type(facts[0].valid_at, datetime | None)
    assert_type(facts[0].created_at, datetime)
    assert_type(facts[0].holders, tuple[str, ...])
    assert_type(memory.timeline("Alice", user_id="alice"), list[Fact])
    assert_type(memory.episodes(run_id="7"), list[Episode])
    assert_type(memory.graphs(), list[str])
    assert_type(memory.graph(user_id="alice"), networkx.MultiDiGraph[str])
    assert_type(memory.export(Path("alice.jsonl"), user_id="alice"), int)
    assert_type(memory.load("alice.jsonl"), int)

    diff = memory.diff("2026-02-01", "2026-04-01", user_id="alice")
    assert_type(diff, Diff)
    assert_type(diff.began, Sequence[Fact])
    assert_type(diff.dropped[0].reason, str)

    why = memory.why(facts[0].id, user_id="alice")
    assert_type(why, Why)
    assert_type(why.fact, Fact | None)
    assert_type(why.evidence, Sequence[Evidence])
    assert_type(why.evidence[0].episode, Episode)

    found = memory.search("Where did Alice live in February?", user_id="alice", limit=3)
    assert_type(found, Search)
    assert_type(found.facts, Sequence[FoundFact])
    assert_type(found.facts[0].signals, Mapping[str, float])
    assert_type(found.episodes, Sequence[FoundEpisode])
    assert_type(found.time, TimeRead)
    assert_type(found.context(), str)

    answer = memory.answer("Where did Alice live in February?", user_id="alice", read_times=False)
    assert_type(answer, Answer)
    assert_type(answer.citations[0].fact, Fact | None)
    assert_type(answer.citations[0].quotes[0].episode, Episode)
    assert_type(answer.dates, Sequence[Period])
    assert_type(read_time("last week", datetime(2026, 1, 1, tzinfo=UTC)), list[TimeWords])


def parts(store: SQLiteStore, clock: ManualClock, extractor: ScriptedExtractor) -> None:
    as_store: GraphStore = store
    as_clock: Clock = clock
    as_extractor: Extractor = extractor
    with Memory(store=as_store, clock=as_clock, extractor=as_extractor) as memory:
        assert_type(memory, Memory)
    check_graph_store(lambda: SQLiteStore("memory.db"))


def on_a_server(password: str, token: str) -> None:
    limits = Limits(connections=20, acquisition_timeout=5, query_timeout=None)
    as_store: GraphStore = Neo4jStore("neo4j+s://db.example", user="mem0g", password=password, database="memories", limits=limits)
    assert_type(Memory(store=as_store), Memory)
    Neo4jStore("neo4j+s://db.example", token=token)
    Neo4jStore("neo4j+s://db.example", limits=20)  # type: ignore[arg-type]


async def in_an_event_loop() -> None:
    async with AsyncMemory("alice.db") as memory:
        assert_type(memory, AsyncMemory)
        assert_type(await memory.add_fact("Alice", "lives_in", "Lisbon", user_id="alice"), Added)
        assert_type(await memory.facts(user_id="alice"), list[Fact])
        assert_type(await memory.search("Where does Alice live?", user_id="alice"), Search)
        await memory.close()


async def mistakes(memory: Memory, in_loop: AsyncMemory) -> None:
    # Each line is refused: were it not, mypy would call its comment unused.
    memory.facts("alice")  # type: ignore[call-arg]
    memory.facts(user="alice")  # type: ignore[call-arg]
    memory.add_fact("Alice", "lives_in", ["Lisbon"], user_id="alice")  # type: ignore[arg-type]
    memory.facts(user_id="alice", as_of=2026)  # type: ignore[arg-type]
    memory.retract("id", user_id="alice")  # type: ignore[call-arg]
    await in_loop.facts(user="alice")  # type: ignore[call-arg]
    memory.facts(user_id="alice")[0].subject = "Bob"  # type: ignore[misc]
