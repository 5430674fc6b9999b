"""`Memory(llm=...)`: a language model reads, and judges what rules leave in doubt."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from llm_server import LLMServer, Reply, answer, failure

from mem0g import Memory
from mem0g.errors import ExtractionError, InvalidReply, ModelUnavailable
from mem0g.model import Operation, Stage
from mem0g.prompts.update import ReadUpdate
from mem0g.stores.sqlite import SQLiteStore
from mem0g.testing import HashingEmbedder, ManualClock, ModelRequest, ScriptedAnswer, ScriptedExtractor, ScriptedModel, ScriptedReply

from .doubles import Meddled
from .samples import day, draft, objects

U: dict[str, Any] = {"user_id": "alice"}
GRAPH = "user:alice"
TENNIS, PADEL, TEA = "I play tennis.", "I switched to padel.", "I like tea."
READ = {TENNIS: ("plays", "tennis"), PADEL: ("plays", "padel"), TEA: ("likes", "tea")}
"""What the model reads in a message."""


def read_claim(text: str) -> dict[str, Any]:
    predicate, object = READ[text]
    return {"message": 1, "quote": text, "subject": "I", "predicate": predicate, "object": object}


def read_claims(text: str) -> dict[str, Any]:
    """What the model answers to a request that ends with a new message."""
    said = json.loads(text.splitlines()[-1])["text"]
    return {"claims": [read_claim(said)] if said in READ else []}


def judged(operation: str, reason: str = "padel took its place") -> dict[str, Any]:
    return {"decisions": [{"candidate": "c1", "fact": 1, "operation": operation, "reason": reason}]}


def is_judging(request: ModelRequest) -> bool:
    return request.reply is ReadUpdate


def model(*verdicts: ScriptedReply) -> ScriptedModel:
    """One that reads by `READ`, and judges by what is given, one a call; asked once more, it fails the test."""
    left = iter(verdicts)
    return ScriptedModel(lambda request: next(left) if is_judging(request) else read_claims(request.text))


def judging_calls(llm: ScriptedModel) -> int:
    return sum(is_judging(request) for request in llm.requests)


Open = Callable[[ScriptedModel], Memory]


@pytest.fixture
def reading_with(tmp_path: Path, clock: ManualClock) -> Iterator[Open]:
    """Makes memories that a model reads for, in the one file of the test."""
    with ExitStack() as stack:
        yield lambda llm: stack.enter_context(Memory(tmp_path / "memory.db", llm=llm, clock=clock))


def tell(memory: Memory, *told: tuple[str, datetime], user: str = "alice") -> None:
    for text, said in told:
        memory.add(text, user_id=user, occurred_at=said)


BOTH = ((TENNIS, day(0)), (PADEL, day(5)))


def valid_times(memory: Memory, user: str = "alice") -> dict[str, tuple[datetime | None, datetime | None]]:
    """What is believed now of each object: from when until when it holds."""
    versions = memory.timeline(user.title(), user_id=user)
    return {fact.object: (fact.valid_at, fact.invalid_at) for fact in versions if fact.expired_at is None}


CHANGED = {"tennis": (day(0), day(5)), "padel": (day(5), None)}


# Reading and judging


def test_the_model_reads_and_its_verdict_ends_what_held(reading_with: Open) -> None:
    llm = model(judged("UPDATE"))
    memory = reading_with(llm)
    tell(memory, *BOTH)
    assert memory.extractor.name == "llm:scripted-model:extraction-3"
    assert valid_times(memory) == CHANGED
    assert objects(memory.facts(**U)) == ["padel"]
    assert objects(memory.facts(**U, as_of=day(3))) == ["tennis"]
    assert objects(memory.facts(**U, as_of=day(6), known_at=day(3))) == ["tennis"]
    assert llm.calls == 3


def test_what_was_decided_is_told(reading_with: Open) -> None:
    memory = reading_with(model(judged("UPDATE")))
    memory.add(TENNIS, **U, occurred_at=day(0))
    added = memory.add(PADEL, **U, occurred_at=day(5))
    assert [superseded.fact.object for superseded in added.superseded] == ["tennis"]
    [fact] = memory.facts(**U)
    assert list(added.decisions) == list(memory.why(fact.id, **U).decisions)
    [decision] = added.decisions
    assert (decision.operation, decision.decider) == (Operation.UPDATE, "llm:scripted-model:update-1")
    assert (decision.reason, decision.said_at) == ("padel took its place", day(5))
    assert (decision.later, decision.earlier) == ("alice plays padel.", "alice plays tennis.")


def test_both_are_kept_where_the_model_says_so(reading_with: Open) -> None:
    memory = reading_with(model(judged("ADD", "one can play both")))
    tell(memory, *BOTH)
    assert valid_times(memory) == {"tennis": (day(0), None), "padel": (day(5), None)}
    [fact] = [fact for fact in memory.facts(**U) if fact.object == "padel"]
    assert [decision.reason for decision in memory.why(fact.id, **U).decisions] == ["one can play both"]


SCRIPT = {text: [draft(object, predicate, quote=text)] for text, (predicate, object) in READ.items()}


def test_without_a_model_both_are_kept(tmp_path: Path, clock: ManualClock) -> None:
    with Memory(tmp_path / "memory.db", extractor=ScriptedExtractor(SCRIPT), clock=clock) as memory:
        tell(memory, *BOTH)
        assert valid_times(memory) == {"tennis": (day(0), None), "padel": (day(5), None)}


def test_an_extractor_reads_and_a_model_given_beside_it_judges(tmp_path: Path, clock: ManualClock) -> None:
    llm = model(judged("UPDATE"))
    with Memory(tmp_path / "memory.db", extractor=ScriptedExtractor(SCRIPT), llm=llm, clock=clock) as memory:
        tell(memory, *BOTH)
        assert memory.extractor.name == "scripted"
        assert valid_times(memory) == CHANGED
    assert llm.calls == judging_calls(llm) == 1


def test_what_was_read_is_not_read_again(reading_with: Open) -> None:
    llm = model(judged("UPDATE"))
    memory = reading_with(llm)
    tell(memory, *BOTH, *BOTH)
    memory.retry(**U)
    assert llm.calls == 3


@pytest.mark.parametrize("places", [(0, 1), (1, 0)], ids=["in order", "late"])
def test_the_order_of_arrival_is_no_matter(reading_with: Open, places: tuple[int, int]) -> None:
    llm = model(judged("UPDATE"))
    memory = reading_with(llm)
    tell(memory, *(BOTH[place] for place in places))
    assert valid_times(memory) == CHANGED
    assert judging_calls(llm) == 1


def test_graphs_are_kept_apart(reading_with: Open) -> None:
    llm = model(judged("UPDATE"))
    memory = reading_with(llm)
    tell(memory, (TENNIS, day(0)), user="bob")
    tell(memory, (PADEL, day(5)))
    assert judging_calls(llm) == 0
    tell(memory, (TENNIS, day(0)))
    assert valid_times(memory) == CHANGED
    assert valid_times(memory, "bob") == {"tennis": (day(0), None)}
    assert not any("Bob" in request.text for request in llm.requests[1:])


def test_a_write_worked_out_anew_neither_reads_nor_judges_twice(tmp_path: Path, clock: ManualClock) -> None:
    llm = model(judged("UPDATE"))
    store = SQLiteStore(tmp_path / "memory.db")
    other = Memory(store=store, clock=clock)

    def meddle(commit: int) -> None:
        other.add_fact("Alice", "visited", f"City {commit}", **U, occurred_at="2026-01-01")

    with Memory(store=store, llm=llm, clock=clock) as memory:
        memory.add(TENNIS, **U, occurred_at=day(0))
        left = iter(range(4))
        meddled = Memory(
            store=Meddled(store, lambda commit: meddle(commit) if next(left, None) is not None else None), llm=llm, clock=clock
        )
        meddled.add(PADEL, **U, occurred_at=day(5))
        assert llm.calls == 3
        assert {name: time for name, time in valid_times(memory).items() if name in CHANGED} == CHANGED


# Failing


def stages(memory: Memory) -> Mapping[str, Stage]:
    entries = {entry.episode_id: entry.stage for entry in memory._store.progress(GRAPH)}
    return {episode.content: entries[episode.id] for episode in memory.episodes(**U)}


def test_what_could_not_be_judged_stays_pending_and_is_completed(reading_with: Open) -> None:
    memory = reading_with(model(InvalidReply("no JSON"), ModelUnavailable("too slow"), judged("UPDATE")))
    tell(memory, (TENNIS, day(0)))
    with pytest.raises(ExtractionError, match=r"no JSON; 1 of 1 episodes are stored and pending: retry") as failed:
        tell(memory, (PADEL, day(5)))
    assert stages(memory) == {TENNIS: Stage.EXTRACTED, PADEL: Stage.FAILED}
    assert failed.value.episode_ids == tuple(episode.id for episode in memory.episodes(**U) if episode.content == PADEL)
    assert objects(memory.facts(**U)) == ["tennis"]
    with pytest.raises(ExtractionError, match="too slow"):
        memory.retry(**U)
    assert len(memory.retry(**U).claim_ids) == 1
    assert set(stages(memory).values()) == {Stage.EXTRACTED}
    assert valid_times(memory) == CHANGED
    assert [len(memory.why(fact.id, **U).evidence) for fact in memory.timeline("Alice", **U) if fact.object == "padel"] == [1]


def test_what_could_not_be_read_stays_pending_and_is_completed(reading_with: Open) -> None:
    down = [True]
    llm = ScriptedModel(lambda request: ModelUnavailable("it is down") if down else read_claims(request.text))
    memory = reading_with(llm)
    with pytest.raises(ExtractionError, match="it is down; 1 of 1"):
        tell(memory, (TENNIS, day(0)))
    assert stages(memory) == {TENNIS: Stage.FAILED}
    assert memory.facts(**U) == []
    down.clear()
    assert objects(list(memory.retry(**U).created)) == ["tennis"]
    assert memory.retry(**U).claim_ids == ()


def test_a_verdict_that_fails_keeps_no_other_exchange_back(reading_with: Open) -> None:
    memory = reading_with(model(ModelUnavailable("too slow"), judged("UPDATE")))
    conversation = [{"role": "user", "content": text, "occurred_at": day(at).isoformat()} for at, text in enumerate((TENNIS, PADEL, TEA))]
    with pytest.raises(ExtractionError, match="1 of 3"):
        memory.add(conversation, **U)
    assert sorted(objects(memory.facts(**U))) == ["tea", "tennis"]
    memory.retry(**U)
    assert sorted(objects(memory.facts(**U))) == ["padel", "tea"]


# The ledger keeps what was decided


def test_a_decision_is_exported_and_loaded_without_a_model(reading_with: Open, tmp_path: Path, clock: ManualClock) -> None:
    memory = reading_with(model(judged("UPDATE")))
    tell(memory, *BOTH)
    memory.export(tmp_path / "ledger.jsonl", **U)
    with Memory(tmp_path / "loaded.db", extractor=ScriptedExtractor({}), clock=clock) as loaded:
        loaded.load(tmp_path / "ledger.jsonl")
        assert loaded.timeline("Alice", **U) == memory.timeline("Alice", **U)
        [fact] = loaded.facts(**U)
        assert loaded.why(fact.id, **U) == memory.why(fact.id, **U)
        [decision] = loaded.why(fact.id, **U).decisions
        assert decision.decider == "llm:scripted-model:update-1"
        loaded.export(tmp_path / "again.jsonl", **U)
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "ledger.jsonl").read_bytes()


def test_what_the_forgotten_ended_holds_again(reading_with: Open) -> None:
    memory = reading_with(model(judged("UPDATE")))
    tell(memory, *BOTH)
    [padel] = [episode for episode in memory.episodes(**U) if episode.content == PADEL]
    assert memory.forget(**U, episode_id=padel.id).judgements == 1
    assert valid_times(memory) == {"tennis": (day(0), None)}


# What another predicate says

YOGA, NO_YOGA = "I practise yoga.", "I gave up yoga."
GIVING_UP: Mapping[str, ScriptedAnswer] = {
    YOGA: [draft("yoga", "practises", quote=YOGA)],
    NO_YOGA: [draft("yoga", "does", quote=NO_YOGA, negated=True, text="Alice does no yoga.")],
}


@pytest.fixture
def giving_up(tmp_path: Path, clock: ManualClock) -> Iterator[Memory]:
    """One that was told of yoga, then that it is over in other words, which a model understands."""
    with Memory(tmp_path / "memory.db", extractor=ScriptedExtractor(GIVING_UP), llm=model(judged("UPDATE")), clock=clock) as memory:
        memory.add(YOGA, **U, occurred_at=day(0))
        yield memory


def test_an_end_told_in_other_words_is_a_claim_of_its_own(giving_up: Memory) -> None:
    added = giving_up.add(NO_YOGA, **U, occurred_at=day(5))
    assert valid_times(giving_up) == {"yoga": (day(0), day(5))}
    [superseded] = added.superseded
    assert (superseded.fact.object, superseded.reason) == ("yoga", "denied on 2026-01-06: “Alice no longer practises yoga.”")
    _, denial = added.claim_ids
    why = giving_up.why(denial, **U)
    assert [(piece.text, piece.quote, piece.negated) for piece in why.evidence] == [("Alice no longer practises yoga.", NO_YOGA, True)]
    assert [(each.operation, each.decider, each.reason) for each in why.decisions] == [
        (Operation.UPDATE, "llm:scripted-model:update-1", "padel took its place")
    ]
    assert list(why.decisions) == list(added.decisions)


def test_it_is_the_same_where_the_ledger_is_loaded(giving_up: Memory, tmp_path: Path, clock: ManualClock) -> None:
    giving_up.add(NO_YOGA, **U, occurred_at=day(5))
    giving_up.export(tmp_path / "ledger.jsonl", **U)
    with Memory(tmp_path / "loaded.db", extractor=ScriptedExtractor({}), clock=clock) as loaded:
        loaded.load(tmp_path / "ledger.jsonl")
        assert loaded.timeline("Alice", **U) == giving_up.timeline("Alice", **U)


def test_it_is_forgotten_with_its_episode(giving_up: Memory) -> None:
    added = giving_up.add(NO_YOGA, **U, occurred_at=day(5))
    forgotten = giving_up.forget(**U, episode_id=added.episode_ids[0])
    assert (forgotten.claims, forgotten.judgements) == (2, 1)
    assert valid_times(giving_up) == {"yoga": (day(0), None)}


def test_similar_facts_are_found_by_meaning_where_there_is_an_embedder(tmp_path: Path, clock: ManualClock) -> None:
    llm, embedder = model(judged("UPDATE")), HashingEmbedder()
    with Memory(tmp_path / "memory.db", extractor=ScriptedExtractor(GIVING_UP), llm=llm, embedder=embedder, clock=clock) as memory:
        tell(memory, (YOGA, day(0)), (NO_YOGA, day(5)))
        assert valid_times(memory) == {"yoga": (day(0), day(5))}
        assert any("Alice does no yoga." in request for request in embedder.requests)


# The model that the environment configures


def serve(body: Mapping[str, Any]) -> Reply:
    """What an endpoint answers: a reading, or the verdict on a pair."""
    text = body["messages"][-1]["content"]
    return answer(judged("UPDATE") if '"candidate"' in text else read_claims(text))


def run(arguments: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    """A process of its own, without meanings."""
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "MEM0G_EMBEDDER": "none", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def cli_add(db: Path, text: str, said: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return run(["-m", "mem0g", "add", "--text", text, "--occurred-at", said, "--user", "alice", "--db", str(db)], **environment)


def test_the_configured_model_reads_and_judges(tmp_path: Path) -> None:
    db = tmp_path / "memory.db"
    with LLMServer(serve) as server:
        configured = {"OPENAI_BASE_URL": server.url, "MEM0G_MODEL": "llama"}
        runs = [cli_add(db, text, said, **configured) for text, said in ((TENNIS, "2026-01-01"), (PADEL, "2026-01-06"))]
        assert [(each.returncode, each.stderr) for each in runs] == [(0, f"Reading with llm:llama:extraction-3, at {server.url}.\n")] * 2
        assert [asked.body["model"] for asked in server.requests] == ["llama"] * 3
    with Memory(db) as memory:
        assert valid_times(memory) == CHANGED
        [fact] = memory.facts(**U)
        assert [decision.decider for decision in memory.why(fact.id, **U).decisions] == ["llm:llama:update-1"]


def test_a_configured_model_that_refuses_leaves_the_episode_pending(tmp_path: Path) -> None:
    db = tmp_path / "memory.db"
    with LLMServer(failure(401, "no such key")) as server:
        failed = cli_add(db, TENNIS, "2026-01-01", OPENAI_BASE_URL=server.url)
        assert failed.returncode == 1
        assert "1 of 1 episodes are stored and pending" in failed.stderr
        assert "Traceback" not in failed.stderr
        server.script(serve)
        retried = run(["-m", "mem0g", "retry", "--user", "alice", "--db", str(db)], OPENAI_BASE_URL=server.url)
        assert (retried.returncode, retried.stderr) == (0, f"Reading with llm:gpt-4o-mini:extraction-3, at {server.url}.\n")
    with Memory(db) as memory:
        assert objects(memory.facts(**U)) == ["tennis"]


def test_without_a_model_the_offline_rules_read(tmp_path: Path) -> None:
    told = cli_add(tmp_path / "memory.db", "I live in Oslo.", "2026-01-01", OPENAI_API_KEY="", OPENAI_BASE_URL="")
    assert told.returncode == 0
    assert told.stderr.startswith("Reading with the offline rules (spaCy, English).")
    assert told.stderr.count("\n") == 1


GIVEN = """
from mem0g import Memory
from mem0g.testing import ScriptedExtractor, ScriptedModel
from unit.test_memory_llm import BOTH, SCRIPT, model, tell, valid_times

with Memory({db!r}, {given}) as memory:
    tell(memory, *BOTH)
    print(memory.extractor.name, len(memory.facts(user_id="alice")))
"""


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("extractor=ScriptedExtractor(SCRIPT)", "scripted 2\n"),
        ("llm=model({'decisions': []})", "llm:scripted-model:extraction-3 2\n"),
    ],
    ids=["extractor", "llm"],
)
def test_what_is_given_is_used_instead_of_what_is_configured(tmp_path: Path, given: str, printed: str) -> None:
    tests = Path(__file__).parent.parent
    with LLMServer(serve) as server:
        script = GIVEN.format(db=str(tmp_path / "memory.db"), given=given)
        path = os.pathsep.join([str(tests), str(tests.parent)])
        done = run(["-c", script], OPENAI_BASE_URL=server.url, OPENAI_API_KEY="sk-test", PYTHONPATH=path)
        assert (done.stdout, done.stderr) == (printed, "")
        assert server.requests == []


def test_a_judgement_that_never_fits_keeps_nothing_back_for_ever(reading_with: Open) -> None:
    memory = reading_with(model(InvalidReply("no JSON"), InvalidReply("no JSON again")))
    tell(memory, (TENNIS, day(0)))
    with pytest.raises(ExtractionError, match="no JSON"):
        tell(memory, (PADEL, day(5)))
    memory.retry(**U)
    assert objects(memory.facts(**U)) == ["tennis", "padel"]
    assert set(stages(memory).values()) == {Stage.EXTRACTED}
