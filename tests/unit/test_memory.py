"""The public API, with an extractor that follows a script."""

import json
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count, cycle
from pathlib import Path
from threading import Barrier, Event
from typing import Any

import pytest

from mem0g import Memory
from mem0g.errors import (
    EpisodeConflict,
    ExtractionError,
    InvalidInput,
    InvalidTime,
    MissingExtra,
    MissingGraph,
    NotFound,
    StoreUnavailable,
)
from mem0g.model import Fact, Naming, Operation, Stage, Wording
from mem0g.period import FOREVER, TICK, Period
from mem0g.stores.sqlite import SQLiteStore
from mem0g.testing import ManualClock, ScriptedAnswer, ScriptedExtractor

from .conftest import Scripted
from .doubles import Disturbed
from .samples import day, draft, event, objects, triplets

U: dict[str, Any] = {"user_id": "alice"}
GRAPH = "user:alice"

LISBON, PORTO, TEA = "I live in Lisbon.", "I moved to Porto.", "I like tea."
SCRIPT: dict[str, ScriptedAnswer] = {LISBON: [draft("Lisbon")], PORTO: [draft("Porto")], TEA: [draft("tea", "likes")]}


def stages(memory: Memory) -> Counter[Stage]:
    return Counter(entry.stage for entry in memory._store.progress(GRAPH))


def ledger(memory: Memory, folder: Path) -> str:
    memory.export(folder / "export.jsonl", **U)
    return (folder / "export.jsonl").read_text(encoding="utf-8")


# Adding text


def test_what_is_read_is_believed_from_when_it_was_said(scripted: Scripted) -> None:
    memory = scripted(SCRIPT)
    added = memory.add(LISBON, **U, occurred_at="2026-03-05T10:00:00Z")
    [fact] = memory.facts(**U)
    assert list(added.created) == [fact] == added.facts
    assert (fact.subject, fact.predicate, fact.object, fact.text) == ("Alice", "lives_in", "Lisbon", "Alice lives_in Lisbon.")
    assert fact.valid_at == fact.created_at == datetime(2026, 3, 5, 10, tzinfo=UTC)
    assert (fact.invalid_at, fact.expired_at, fact.event) == (None, None, False)
    assert fact.episode_ids == added.episode_ids
    assert len(added.claim_ids) == 1


def test_what_was_said_without_a_time_was_said_now(scripted: Scripted, clock: ManualClock) -> None:
    memory = scripted(SCRIPT)
    memory.add(LISBON, **U)
    [episode] = memory.episodes(**U)
    assert (episode.occurred_at, episode.recorded_at) == (clock.now, clock.now)


def test_a_change_reports_what_it_superseded_and_why(scripted: Scripted) -> None:
    memory = scripted(SCRIPT)
    memory.add(LISBON, **U, occurred_at=day(0))
    added = memory.add(PORTO, **U, occurred_at=day(5))
    assert objects(list(added.created)) == ["Porto"]
    assert list(added.confirmed) == []
    [superseded] = added.superseded
    assert (superseded.fact.object, superseded.fact.expired_at) == ("Lisbon", day(5))
    assert superseded.reason == "superseded on 2026-01-06: “Alice lives_in Porto.”"
    [decision] = added.decisions
    assert (decision.operation, decision.later, decision.earlier) == (Operation.UPDATE, "Alice lives_in Porto.", "Alice lives_in Lisbon.")
    assert (decision.reason, decision.decider, decision.said_at) == ("lives_in has one object at a time", "rule", day(5))


def test_the_same_word_again_confirms_and_creates_nothing(scripted: Scripted) -> None:
    memory = scripted(SCRIPT)
    first = memory.add(LISBON, **U, occurred_at=day(0))
    added = memory.add(LISBON, **U, occurred_at=day(5))
    assert (list(added.created), list(added.superseded)) == ([], [])
    [confirmed] = added.confirmed
    assert confirmed.episode_ids == (*first.episode_ids, *added.episode_ids)
    assert [decision.operation for decision in added.decisions] == [Operation.NOOP]


def test_a_value_that_comes_back_is_believed_again(scripted: Scripted) -> None:
    """Elsewhere Oslo, Bergen, Oslo ends in Bergen."""
    memory = scripted(SCRIPT)
    for number, text in enumerate([LISBON, PORTO, LISBON]):
        memory.add(text, **U, occurred_at=day(number))
    [fact] = memory.facts(**U)
    assert (fact.object, fact.valid_at) == ("Lisbon", day(2))
    history = memory.facts(**U, as_of="2026")
    assert [(each.object, each.valid_at, each.invalid_at) for each in history] == [
        ("Lisbon", day(0), day(1)), ("Porto", day(1), day(2)), ("Lisbon", day(2), None),
    ]  # fmt: skip


def test_of_two_statements_of_one_time_one_is_believed(scripted: Scripted) -> None:
    memory = scripted({"both": [draft("Lisbon"), draft("Porto")]})
    memory.add("both", **U, occurred_at=day(0))
    assert objects(memory.facts(**U)) == ["Porto"]


def test_a_conversation_is_read_in_exchanges_and_reported_as_one(scripted: Scripted) -> None:
    memory = scripted(SCRIPT)
    seen: list[tuple[int, int]] = []
    added = memory.add(
        [
            {"role": "system", "content": LISBON},
            {"role": "user", "content": LISBON},
            {"role": "assistant", "content": "Nice!"},
            {"role": "user", "content": PORTO},
        ],
        **U, occurred_at=day(0), progress=lambda done, of: seen.append((done, of)),
    )  # fmt: skip
    assert len(added.episode_ids) == 4
    assert seen == [(2, 3), (3, 3)]
    assert objects(list(added.created)) == ["Lisbon", "Porto"]
    assert stages(memory) == {Stage.KEPT: 1, Stage.EXTRACTED: 3}
    assert [episode.occurred_at for episode in memory.episodes(**U)] == [day(0) + number * TICK for number in range(4)]


def test_one_message_is_a_conversation(scripted: Scripted) -> None:
    memory = scripted(SCRIPT)
    added = memory.add({"role": "user", "content": LISBON}, **U, episode_id="e-1")
    assert added.episode_ids == ("e-1",)
    assert objects(list(added.created)) == ["Lisbon"]


def test_an_extractor_sees_pairs_as_they_were_given_even_where_their_times_are_equal(tmp_path: Path, clock: ManualClock) -> None:
    extractor = ScriptedExtractor({})
    with Memory(tmp_path / "memory.db", extractor=extractor, clock=clock) as memory:
        conversation = [
            {"role": role, "content": f"{role} {number}", "occurred_at": "2026-01-01"}
            for number in range(8)
            for role in ("user", "assistant")
        ]
        memory.add(conversation, **U)
    asked = [[episode.content for episode in request.episodes] for request in extractor.requests]
    assert asked == [[f"user {number}", f"assistant {number}"] for number in range(8)]


def test_an_extractor_sees_the_ten_episodes_before_and_who_the_owner_is(tmp_path: Path, clock: ManualClock) -> None:
    extractor = ScriptedExtractor({})
    with Memory(tmp_path / "memory.db", extractor=extractor, clock=clock) as memory:
        for number in range(12):
            memory.add(f"Message {number}", **U, occurred_at=day(number))
        memory.add("Of another graph.", user_id="bob", occurred_at=day(11))
    recent = [[episode.content for episode in request.recent] for request in extractor.requests]
    assert recent[11] == [f"Message {number}" for number in range(1, 11)]
    assert recent[12] == []
    assert [request.owner for request in extractor.requests] == ["alice"] * 12 + ["bob"]


@pytest.mark.parametrize("messages", [5, None, 1.5, True])
def test_what_is_neither_text_nor_messages_is_refused(memory: Memory, messages: Any) -> None:
    with pytest.raises(InvalidInput, match="messages="):
        memory.add(messages, **U)


@pytest.mark.parametrize(
    ("messages", "said"), [(["hello"], "messages[0]='hello'"), ("", "content is empty"), ([{"content": "a"}, {}], "messages[1]")]
)
@pytest.mark.parametrize("episode_id", [None, "e"])
def test_a_conversation_with_one_bad_message_is_refused_whole(memory: Memory, messages: Any, said: str, episode_id: str | None) -> None:
    with pytest.raises(InvalidInput) as refused:
        memory.add(messages, **U, episode_id=episode_id)
    assert said in str(refused.value) or "names one episode, not 2" in str(refused.value)
    assert memory.graphs() == []


def test_an_empty_conversation_is_nothing(memory: Memory) -> None:
    assert memory.add([], **U).episode_ids == ()
    assert memory.graphs() == []


def test_one_id_cannot_name_many_messages(memory: Memory) -> None:
    with pytest.raises(InvalidInput, match="names one episode, not 2"):
        memory.add([{"content": "a"}, {"content": "b"}], **U, episode_id="e")


# Idempotence


@pytest.mark.parametrize("given", [{}, {"episode_id": "e"}])
def test_the_same_episode_added_again_changes_nothing_and_is_not_read_again(
    tmp_path: Path, clock: ManualClock, given: dict[str, str]
) -> None:
    extractor = ScriptedExtractor(SCRIPT)
    with Memory(tmp_path / "memory.db", extractor=extractor, clock=clock) as memory:
        first = memory.add(LISBON, **U, occurred_at=day(0), **given)
        before = ledger(memory, tmp_path)
        clock.advance(days=1)
        again = memory.add(LISBON, **U, occurred_at=day(0), metadata={"new": True}, run_id="7", **given)
        assert (again.episode_ids, again.claim_ids) == (first.episode_ids, first.claim_ids)
        assert (again.facts, list(again.superseded), list(again.decisions)) == ([], [], [])
        assert ledger(memory, tmp_path) == before
        assert extractor.calls == 1


def test_an_episode_given_twice_in_one_conversation_is_read_once(tmp_path: Path, clock: ManualClock) -> None:
    extractor = ScriptedExtractor(SCRIPT)
    with Memory(tmp_path / "memory.db", extractor=extractor, clock=clock) as memory:
        message = {"content": LISBON, "occurred_at": day(0)}
        added = memory.add([message, message], **U)
        assert len(set(added.episode_ids)) == 1
        assert len(memory.episodes(**U)) == 1
        assert extractor.calls == 1


@pytest.mark.parametrize(
    "other",
    [
        {"messages": PORTO},
        {"occurred_at": day(1)},
        {"messages": [{"content": LISBON, "name": "Bob"}]},
        {"messages": [{"content": LISBON, "role": "system"}]},
    ],
)
def test_an_id_names_one_episode_for_good(scripted: Scripted, tmp_path: Path, other: dict[str, Any]) -> None:
    memory = scripted(SCRIPT)
    memory.add(LISBON, **U, occurred_at=day(0), episode_id="e")
    before = ledger(memory, tmp_path)
    with pytest.raises(EpisodeConflict, match=r"'e' already names 'I live in Lisbon\.', said 2026-01-01"):
        memory.add(**({"messages": LISBON, "occurred_at": day(0)} | other), **U, episode_id="e")
    assert ledger(memory, tmp_path) == before


def test_one_id_twice_in_a_conversation_of_different_words_is_refused_before_anything_is_stored(scripted: Scripted) -> None:
    memory = scripted(SCRIPT)
    with pytest.raises(EpisodeConflict):
        memory.add([{"content": LISBON, "id": "e"}, {"content": PORTO, "id": "e"}], **U)
    assert memory.graphs() == []


def test_an_id_of_another_graph_is_free(scripted: Scripted) -> None:
    memory = scripted(SCRIPT)
    memory.add(LISBON, **U, episode_id="e")
    memory.add(PORTO, user_id="bob", episode_id="e")
    assert objects(memory.facts(**U)) == ["Lisbon"]
    assert objects(memory.facts(user_id="bob")) == ["Porto"]


def test_a_fact_stated_twice_is_stated_once(memory: Memory, tmp_path: Path) -> None:
    first = memory.add_fact("Alice", "lives_in", "Lisbon", **U, occurred_at=day(0))
    before = ledger(memory, tmp_path)
    again = memory.add_fact("Alice", "Lives in", "  Lisbon ", **U, occurred_at=day(0))
    assert (again.episode_ids, again.claim_ids, again.facts) == (first.episode_ids, first.claim_ids, [])
    assert ledger(memory, tmp_path) == before
    with pytest.raises(EpisodeConflict):
        memory.add_fact("Alice", "lives_in", "Porto", **U, occurred_at=day(0), episode_id=first.episode_ids[0])


# Law 9: nothing acknowledged is lost


FAILURES = [ExtractionError("overloaded"), TimeoutError("no answer in 30 s"), ValueError("a broken reply"), KeyError("x")]


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: type(failure).__name__)
def test_what_could_not_be_read_is_stored_and_pending_and_read_later(scripted: Scripted, failure: Exception) -> None:
    broken = scripted({LISBON: failure})
    with pytest.raises(type(failure)):
        broken.add(LISBON, **U, occurred_at=day(0))
    assert [episode.content for episode in broken.episodes(**U)] == [LISBON]
    assert not stages(broken).keys() & {Stage.EXTRACTED, Stage.KEPT}
    assert broken.facts(**U) == []
    added = scripted(SCRIPT).retry(**U)
    assert objects(list(added.created)) == ["Lisbon"]
    assert stages(broken) == {Stage.EXTRACTED: 1}
    assert objects(broken.facts(**U)) == ["Lisbon"]


def test_what_fails_does_not_keep_the_rest_of_a_batch_from_being_read(tmp_path: Path, clock: ManualClock) -> None:
    failure = ExtractionError("overloaded")
    broken = ScriptedExtractor({**SCRIPT, "first": failure, "last": failure})
    with Memory(tmp_path / "memory.db", extractor=broken, clock=clock) as memory:
        with pytest.raises(ExtractionError, match="overloaded; 2 of 4 episodes are stored and pending: retry reads them") as raised:
            memory.add([{"content": text, "id": text} for text in ("first", LISBON, TEA, "last")], **U, occurred_at=day(0))
        assert raised.value.episode_ids == ("first", "last")
        assert objects(memory.facts(**U)) == ["Lisbon", "tea"]
        assert stages(memory) == {Stage.FAILED: 2, Stage.EXTRACTED: 2}
        assert {entry.error for entry in memory._store.progress(GRAPH) if entry.stage is Stage.FAILED} == {"overloaded"}
    mended = ScriptedExtractor({**SCRIPT, "first": [draft("milk", "likes")], "last": []})
    with Memory(tmp_path / "memory.db", extractor=mended, clock=clock) as memory:
        assert memory.retry(**U).episode_ids == ("first", "last")
        assert {episode.content for request in mended.requests for episode in request.episodes} == {"first", "last"}
        assert stages(memory) == {Stage.EXTRACTED: 4}
        assert memory.retry(**U).episode_ids == ()


def test_adding_it_again_reads_what_was_pending(scripted: Scripted) -> None:
    with pytest.raises(ExtractionError):
        scripted({LISBON: ExtractionError("overloaded")}).add(LISBON, **U, occurred_at=day(0))
    memory = scripted(SCRIPT)
    assert objects(list(memory.add(LISBON, **U, occurred_at=day(0)).created)) == ["Lisbon"]
    assert len(memory.episodes(**U)) == 1


def test_only_what_was_not_answered_stays_pending(tmp_path: Path, clock: ManualClock) -> None:
    pair = [{"role": "user", "content": LISBON, "id": "u"}, {"role": "assistant", "content": "And the tea?", "id": "a"}]
    half = ScriptedExtractor({**SCRIPT, "And the tea?": None}, name="model-x")
    with Memory(tmp_path / "memory.db", extractor=half, clock=clock) as memory:
        with pytest.raises(ExtractionError, match="model-x gave no answer; 1 of 2 episodes") as raised:
            memory.add(pair, **U, occurred_at=day(0))
        assert raised.value.episode_ids == ("a",)
        assert objects(memory.facts(**U)) == ["Lisbon"]
        assert stages(memory) == {Stage.EXTRACTED: 1, Stage.FAILED: 1}
    whole = ScriptedExtractor({})
    with Memory(tmp_path / "memory.db", extractor=whole, clock=clock) as memory:
        memory.retry(**U)
        assert [[episode.id for episode in request.episodes] for request in whole.requests] == [["a"]]


def test_a_malformed_reply_loses_nothing_and_writes_nothing(scripted: Scripted) -> None:
    memory = scripted({**SCRIPT, "bad": [draft("Rome"), draft(None)], "worse": [draft("Rome", predicate="->")]})
    with pytest.raises(ExtractionError, match="2 of 3 episodes"):
        memory.add([{"content": text} for text in ("bad", "worse", LISBON)], **U, occurred_at=day(0))
    assert objects(memory.facts(**U)) == ["Lisbon"]
    assert stages(memory) == {Stage.FAILED: 2, Stage.EXTRACTED: 1}
    memory.add_fact("Alice", "lives_in", "Porto", **U, occurred_at=day(5))
    assert objects(memory.facts(**U)) == ["Porto"]


def test_what_was_read_before_a_crash_stays_read_and_what_came_after_is_pending(tmp_path: Path, clock: ManualClock) -> None:
    crash = ScriptedExtractor({**SCRIPT, "crash": ZeroDivisionError("a bug")})
    with Memory(tmp_path / "memory.db", extractor=crash, clock=clock) as memory:
        with pytest.raises(ZeroDivisionError):
            memory.add([{"content": text} for text in (LISBON, "crash", TEA)], **U, occurred_at=day(0))
        assert objects(memory.facts(**U)) == ["Lisbon"]
        assert stages(memory) == {Stage.EXTRACTED: 1, Stage.PENDING: 2}
    with Memory(tmp_path / "memory.db", extractor=ScriptedExtractor(SCRIPT), clock=clock) as memory:
        memory.retry(**U)
        assert objects(memory.facts(**U)) == ["Lisbon", "tea"]


def test_an_episode_is_stored_before_the_extractor_is_called(tmp_path: Path, clock: ManualClock) -> None:
    seen: list[list[str]] = []

    class Looking(ScriptedExtractor):
        def extract(self, request: Any) -> Any:
            with Memory(tmp_path / "memory.db", clock=clock) as other:
                seen.append([episode.content for episode in other.episodes(**U)])
            return super().extract(request)

    with Memory(tmp_path / "memory.db", extractor=Looking({}), clock=clock) as memory:
        memory.add([{"content": "a"}, {"content": "b"}], **U)
    assert seen == [["a", "b"], ["a", "b"]]


def test_retry_of_a_graph_where_nothing_is_pending_calls_nobody(tmp_path: Path, clock: ManualClock) -> None:
    extractor = ScriptedExtractor(SCRIPT)
    with Memory(tmp_path / "memory.db", extractor=extractor, clock=clock) as memory:
        memory.add([{"role": "system", "content": "Be kind."}, {"content": " "}], **U)
        memory.retry(**U)
        assert extractor.calls == 0


# Graphs and labels


CALLS: list[tuple[str, Callable[..., object]]] = [
    ("add", lambda memory, **ids: memory.add("text", **ids)),
    ("add_fact", lambda memory, **ids: memory.add_fact("a", "b", "c", **ids)),
    ("retry", lambda memory, **ids: memory.retry(**ids)),
    ("retract", lambda memory, **ids: memory.retract("x", reason="y", **ids)),
    ("forget", lambda memory, **ids: memory.forget(everything=True, **ids)),
    ("facts", lambda memory, **ids: memory.facts(**ids)),
    ("timeline", lambda memory, **ids: memory.timeline("a", **ids)),
    ("diff", lambda memory, **ids: memory.diff("2026", "2027", **ids)),
    ("why", lambda memory, **ids: memory.why("x", **ids)),
    ("search", lambda memory, **ids: memory.search("x", **ids)),
    ("episodes", lambda memory, **ids: memory.episodes(**ids)),
    ("graph", lambda memory, **ids: memory.graph(**ids)),
    ("export", lambda memory, **ids: memory.export("x", **ids)),
]


@pytest.mark.parametrize(("name", "call"), CALLS, ids=[name for name, _ in CALLS])
def test_no_call_has_a_graph_that_everybody_shares(memory: Memory, name: str, call: Callable[..., object]) -> None:
    with pytest.raises(MissingGraph):
        call(memory)
    for ids in ({"user_id": ""}, {"user_id": "  "}, {"user_id": "alice", "run_id": ""}, {"user_id": []}, {"user_id": "a\x00"}):
        with pytest.raises(InvalidInput):
            call(memory, **ids)
    assert memory.graphs() == []


def test_a_star_is_a_name_like_any_other(memory: Memory) -> None:
    memory.add_fact("Alice", "lives_in", "Lisbon", **U)
    for star in ("*", "%", "user:alice", "alice*", "_lice", "ALICE"):
        assert memory.facts(user_id=star) == []
        assert memory.episodes(user_id=star) == []
    memory.add_fact("Star", "lives_in", "Porto", user_id="*")
    memory.forget(user_id="*", everything=True)
    assert objects(memory.facts(**U)) == ["Lisbon"]
    assert memory.graphs() == [GRAPH]


def test_a_user_an_agent_and_a_run_of_one_name_are_three_graphs(memory: Memory) -> None:
    for kind in ("user_id", "agent_id", "run_id"):
        memory.add_fact("Somebody", "is", kind, **{kind: "x"})
    assert memory.graphs() == ["agent:x", "run:x", "user:x"]
    for kind in ("user_id", "agent_id", "run_id"):
        assert objects(memory.facts(**{kind: "x"})) == [kind]


def test_labels_filter_what_is_read_and_never_what_is_believed(memory: Memory) -> None:
    memory.add_fact("Alice", "lives_in", "Lisbon", **U, run_id="1", occurred_at=day(0))
    memory.add_fact("Alice", "lives_in", "Porto", **U, run_id="2", occurred_at=day(5))
    assert objects(memory.facts(**U)) == ["Porto"]
    assert memory.facts(**U, run_id="1") == []
    assert objects(memory.facts(**U, run_id="1", as_of=day(1))) == ["Lisbon"]
    assert objects(memory.facts(**U, run_id="2")) == ["Porto"]
    assert {fact.object for fact in memory.timeline("Alice", **U, run_id="1")} == {"Lisbon"}
    assert len(memory.episodes(**U, run_id="1")) == 1
    assert memory.episodes(**U, run_id="3") == []


def test_a_fact_of_two_runs_shows_in_each_what_was_said_there(memory: Memory) -> None:
    one = memory.add_fact("Alice", "lives_in", "Lisbon", **U, run_id="1", occurred_at=day(0)).episode_ids
    other = memory.add_fact("Alice", "lives_in", "Lisbon", **U, run_id="2", occurred_at=day(5)).episode_ids
    for run, ids in (("1", one), ("2", other)):
        changes = memory.diff("2020", "2030", **U, run_id=run)
        facts = [
            *memory.facts(**U, run_id=run),
            *memory.timeline("Alice", **U, run_id=run),
            *memory.search("Where does Alice live?", **U, run_id=run).facts,
            *changes.began,
            *changes.learned,
        ]
        assert len(facts) == 5
        assert {tuple(fact.episode_ids) for fact in facts} == {tuple(ids)}
    assert set(memory.facts(**U)[0].episode_ids) == {*one, *other}


def test_a_label_never_widens_to_another_graph(memory: Memory) -> None:
    memory.add_fact("Bob", "lives_in", "Oslo", user_id="bob", agent_id="kit")
    assert memory.facts(**U, agent_id="kit") == []
    assert memory.facts(agent_id="kit") == []


def test_ids_of_another_graph_are_unknown_here(memory: Memory) -> None:
    theirs = memory.add_fact("Bob", "lives_in", "Oslo", user_id="bob")
    memory.add_fact("Bob", "likes", "tea", **U)
    for id in (theirs.created[0].id, theirs.claim_ids[0]):
        for call in (memory.why, partial(memory.retract, reason="no")):
            with pytest.raises(NotFound, match="user:alice"):
                call(id, **U)
        with pytest.raises(NotFound):
            memory.add_fact("Bob", "lives_in", "Rome", **U, corrects=id)
    with pytest.raises(NotFound, match="user:alice holds no episode"):
        memory.forget(**U, episode_id=theirs.episode_ids[0])
    assert objects(memory.facts(user_id="bob")) == ["Oslo"]


# Reading


def test_facts_are_narrowed_by_subject_predicate_and_object(memory: Memory) -> None:
    memory.add_fact("Alice", "lives_in", "Lisbon", **U)
    memory.add_fact("Alice", "likes", "Lisbon", **U)
    memory.add_fact("Bob", "likes", "tea", **U)
    memory.add_fact("Bob", "age", 42, **U)
    assert triplets(memory.facts(**U, subject="ALICE ")) == {("Alice", "lives_in", "Lisbon"), ("Alice", "likes", "Lisbon")}
    assert triplets(memory.facts(**U, predicate="Lives in")) == {("Alice", "lives_in", "Lisbon")}
    assert triplets(memory.facts(**U, object="lisbon", predicate="likes")) == {("Alice", "likes", "Lisbon")}
    assert triplets(memory.facts(**U, object="42")) == {("Bob", "age", "42")}
    assert memory.facts(**U, subject="Carol") == memory.facts(**U, object="Carol") == memory.timeline("Carol", **U) == []


def test_a_period_asked_about_is_what_overlaps_it_and_a_known_period_its_last_instant(memory: Memory) -> None:
    memory.add_fact("Alice", "lives_in", "Lisbon", **U, occurred_at="2026-03-31T23:59:59.999999Z")
    memory.add_fact("Alice", "lives_in", "Porto", **U, occurred_at="2026-04-01")
    assert objects(memory.facts(**U, known_at="2026-03")) == ["Lisbon"]
    assert objects(memory.facts(**U, known_at="2026-04-01")) == ["Porto"]
    assert objects(memory.facts(**U, as_of="2026-03")) == ["Lisbon"]
    assert objects(memory.facts(**U, as_of=date(2026, 4, 1))) == ["Porto"]
    assert objects(memory.facts(**U, as_of=Period(day(0), FOREVER))) == ["Lisbon", "Porto"]


def test_a_timeline_has_every_version_over_both_times(scripted: Scripted) -> None:
    memory = scripted({"paris": [event("Paris", valid=Period(day(1), day(2)))]})
    memory.add_fact("Alice", "lives_in", "London Road", **U, occurred_at="2019-11-18")
    memory.add_fact("Alice", "lives_in", "Bank Street", **U, occurred_at="2025-08-13", valid_at="2025-09-01")
    memory.add("paris", **U, occurred_at=day(3))
    told, moved = datetime(2025, 8, 13, tzinfo=UTC), datetime(2025, 9, 1, tzinfo=UTC)
    assert [(fact.object, fact.expired_at, fact.invalid_at, fact.event) for fact in memory.timeline("Alice", **U)] == [
        ("London Road", told, None, False),
        ("London Road", None, moved, False),
        ("Bank Street", None, None, False),
        ("Paris", None, day(2), True),
    ]
    assert objects(memory.timeline("Alice", **U, predicate="visited")) == ["Paris"]


@pytest.mark.parametrize("naive", [datetime(2026, 3, 5), "2026-03-05T10:00"])  # noqa: DTZ001 - the point
def test_a_naive_time_is_refused_wherever_a_time_is_taken(memory: Memory, naive: Any) -> None:
    fact = memory.add_fact("Alice", "lives_in", "Lisbon", **U).created[0].id
    calls: list[Callable[[], object]] = [
        lambda: memory.add("text", **U, occurred_at=naive),
        lambda: memory.add([{"content": "text", "occurred_at": naive}], **U),
        lambda: memory.add_fact("a", "b", "c", **U, occurred_at=naive),
        lambda: memory.add_fact("a", "b", "c", **U, valid_at=naive),
        lambda: memory.add_fact("a", "b", "c", **U, invalid_at=naive),
        lambda: memory.retract(fact, **U, reason="no", occurred_at=naive),
        lambda: memory.facts(**U, as_of=naive),
        lambda: memory.facts(**U, known_at=naive),
        lambda: memory.search("a", **U, as_of=naive),
        lambda: memory.search("a", **U, known_at=naive),
        lambda: memory.graph(**U, as_of=naive),
        lambda: memory.diff(naive, "2027", **U),
        lambda: memory.diff("2025", naive, **U),
    ]
    for call in calls:
        with pytest.raises(InvalidTime, match="UTC offset"):
            call()
    assert len(memory.episodes(**U)) == 1


def test_a_clock_without_an_offset_is_refused(tmp_path: Path) -> None:
    with Memory(tmp_path / "memory.db", clock=lambda: datetime(2026, 1, 1)) as memory, pytest.raises(InvalidTime, match=r"clock\(\)="):  # noqa: DTZ001 - the point
        memory.add("text", **U)


def test_a_question_has_a_length(memory: Memory) -> None:
    assert memory.search("x " * 5_000, **U).facts == []
    with pytest.raises(InvalidInput, match=r"question=.* 10,001 characters"):
        memory.search("x" * 10_001, **U)


# Stating facts


def test_a_fact_that_ends_before_it_begins_is_refused_and_nothing_is_stored(memory: Memory) -> None:
    with pytest.raises(InvalidTime, match=r"invalid_at=2026-02-01 is not after valid_at=2026-03-01"):
        memory.add_fact("Alice", "lives_in", "Lisbon", **U, valid_at="2026-03", invalid_at="2026-02")
    assert memory.graphs() == []


def test_two_adds_by_hand_of_one_thing_compete_only_where_one_object_is_kept(memory: Memory) -> None:
    for number, dish in enumerate(["tea", "coffee"]):
        memory.add_fact("Alice", "likes", dish, **U, occurred_at=day(number))
        memory.add_fact("Alice", "best_dish", dish, **U, occurred_at=day(number), exclusive=True)
        memory.add_fact("Alice", "lives_in", dish, **U, occurred_at=day(number), exclusive=False)
    assert Counter(fact.predicate for fact in memory.facts(**U)) == {"likes": 2, "best_dish": 1, "lives_in": 2}


def test_a_correction_names_a_fact_or_a_claim_and_takes_over_its_time(memory: Memory) -> None:
    for by_claim in (False, True):
        graph = {"user_id": f"{by_claim}"}
        wrong = memory.add_fact("Alice", "lives_in", "Lisbon", **graph, occurred_at=day(5), valid_at=day(2))
        id = wrong.claim_ids[0] if by_claim else wrong.created[0].id
        added = memory.add_fact("Alice", "lives_in", "Porto", **graph, occurred_at=day(9), corrects=[id])
        [fact] = memory.facts(**graph)
        assert (fact.object, fact.valid_at, fact.created_at) == ("Porto", day(2), day(9))
        assert [each.reason for each in added.superseded] == ["corrected on 2026-01-10: “Alice lives in Porto.”"]
        assert objects(memory.facts(**graph, known_at=day(8))) == ["Lisbon"]
        assert memory.facts(**graph, as_of=day(3), object="Lisbon") == []


def test_what_corrects_nothing_known_is_refused_and_nothing_is_stored(memory: Memory) -> None:
    with pytest.raises(NotFound, match="'nothing' names no fact and no claim"):
        memory.add_fact("Alice", "lives_in", "Porto", **U, corrects="nothing")
    assert memory.graphs() == []


# Retracting


def test_what_is_retracted_is_no_longer_believed_and_still_was(memory: Memory) -> None:
    fact = memory.add_fact("Alice", "lives_in", "Lisbon", **U, occurred_at=day(0)).created[0]
    done = memory.retract(fact.id, **U, reason="a joke", occurred_at=day(5))
    assert [(each.fact.object, each.fact.expired_at, each.reason) for each in done.superseded] == [("Lisbon", day(5), "retracted: a joke")]
    assert memory.facts(**U) == []
    assert objects(memory.facts(**U, known_at=day(4))) == ["Lisbon"]


def test_retracting_the_later_brings_back_the_earlier(memory: Memory) -> None:
    memory.add_fact("Alice", "lives_in", "Lisbon", **U, occurred_at=day(0))
    wrong = memory.add_fact("Alice", "lives_in", "Porto", **U, occurred_at=day(5)).claim_ids[0]
    done = memory.retract(wrong, **U, reason="wrong", occurred_at=day(9))
    assert objects(list(done.created)) == ["Lisbon"]
    assert objects(memory.facts(**U)) == ["Lisbon"]


def test_a_retraction_is_of_claims_so_the_same_said_anew_is_believed(memory: Memory) -> None:
    fact = memory.add_fact("Alice", "lives_in", "Lisbon", **U, occurred_at=day(0)).created[0]
    memory.retract(fact.id, **U, reason="wrong", occurred_at=day(5))
    memory.add_fact("Alice", "lives_in", "Lisbon", **U, occurred_at=day(0))
    assert memory.facts(**U) == []
    memory.add_fact("Alice", "lives_in", "Lisbon", **U, occurred_at=day(6))
    assert objects(memory.facts(**U)) == ["Lisbon"]


def test_nothing_is_retracted_before_it_was_said(memory: Memory) -> None:
    fact = memory.add_fact("Alice", "lives_in", "Lisbon", **U, occurred_at=day(5)).created[0]
    with pytest.raises(InvalidTime, match=r"occurred_at=2026-01-02 is before what is retracted was said, 2026-01-06"):
        memory.retract(fact.id, **U, reason="wrong", occurred_at=day(1))
    assert objects(memory.facts(**U)) == ["Lisbon"]


def test_what_was_said_ahead_of_the_clock_is_retracted_from_then_on(memory: Memory) -> None:
    fact = memory.add_fact("Alice", "lives_in", "Lisbon", **U, occurred_at="2030").created[0]
    memory.retract(fact.id, **U, reason="wrong")
    assert memory.facts(**U, as_of="2031") == []


@pytest.mark.parametrize("reason", ["\x00", "\ud800", 5, None])
def test_a_reason_is_text(memory: Memory, reason: Any) -> None:
    fact = memory.add_fact("Alice", "lives_in", "Lisbon", **U).created[0]
    with pytest.raises(InvalidInput, match="reason="):
        memory.retract(fact.id, **U, reason=reason)


# Forgetting


@pytest.fixture
def known(scripted: Scripted) -> Memory:
    """Lisbon, then Porto, then what Bob likes; Bob speaks once."""
    memory = scripted({**SCRIPT, "Hello from me.": []})
    memory.add(LISBON, **U, occurred_at=day(0), episode_id="lisbon")
    memory.add(PORTO, **U, occurred_at=day(5), episode_id="porto")
    memory.add_fact("Bob", "likes", "tea", **U, occurred_at=day(6), episode_id="bob")
    memory.add([{"content": "Hello from me.", "name": "Bob", "id": "hello"}], **U, occurred_at=day(7))
    return memory


def counted(memory: Memory, **what: Any) -> dict[str, int]:
    forgotten = memory.forget(**U, **what)
    return {name: getattr(forgotten, name) for name in ("episodes", "claims", "entities", "judgements", "retractions")}


@pytest.mark.parametrize(
    ("what", "counts", "left"),
    [
        ({"episode_id": "porto"}, (1, 1, 1, 1, 0), {"Lisbon", "tea"}),
        ({"episode_id": "lisbon"}, (1, 1, 1, 1, 0), {"Porto", "tea"}),
        ({"entity": "bob"}, (2, 1, 2, 0, 0), {"Porto"}),
        ({"entity": "Porto"}, (1, 1, 1, 1, 0), {"Lisbon", "tea"}),
        ({"entity": "Alice"}, (3, 3, 5, 1, 0), set()),
        ({"everything": True}, (4, 3, 5, 1, 0), set()),
    ],
)
def test_what_is_forgotten_is_counted_first_and_gone_after(
    known: Memory, what: dict[str, Any], counts: tuple[int, ...], left: set[str]
) -> None:
    names = ("episodes", "claims", "entities", "judgements", "retractions")
    before = list(known._store.records(GRAPH))
    assert known.forget(**U, **what, dry_run=True).dry_run
    assert counted(known, **what, dry_run=True) == dict(zip(names, counts, strict=True))
    assert list(known._store.records(GRAPH)) == before
    assert counted(known, **what) == dict(zip(names, counts, strict=True))
    assert set(objects(known.facts(**U))) == left
    gone = {record.id for record in before} - {record.id for record in known._store.records(GRAPH)}
    assert sum(record.id in gone for record in before if not isinstance(record, Naming | Wording)) == sum(counts)


def test_what_is_forgotten_is_found_by_no_read(known: Memory, tmp_path: Path) -> None:
    fact = known.facts(**U, object="Porto")[0]
    known.forget(**U, episode_id="porto")
    assert "Porto" not in ledger(known, tmp_path)
    assert [hit.episode.id for hit in known.search("moved to Porto", **U).episodes] == []
    assert {each.object for each in known.timeline("Alice", **U)} == {"Lisbon"}
    assert all("Porto" not in each.reason for each in known.diff("2026", "2027", **U).dropped)
    with pytest.raises(NotFound):
        known.why(fact.id, **U)


def test_a_graph_that_is_forgotten_is_gone_and_others_stay(known: Memory) -> None:
    known.add_fact("Eve", "likes", "milk", user_id="eve")
    known.forget(**U, everything=True)
    assert known.graphs() == ["user:eve"]
    assert (known.facts(**U), known.episodes(**U)) == ([], [])
    known.add(LISBON, **U, occurred_at=day(0))
    assert objects(known.facts(**U)) == ["Lisbon"]


def test_what_is_forgotten_and_added_again_is_believed_even_where_it_had_been_retracted(known: Memory) -> None:
    [fact] = known.facts(**U, object="Porto")
    known.retract(fact.id, **U, reason="wrong", occurred_at=day(8))
    assert known.add(PORTO, **U, occurred_at=day(5), episode_id="porto").facts == []
    assert objects(known.facts(**U, subject="Alice")) == ["Lisbon"]
    assert known.forget(**U, episode_id="porto").retractions == 1
    assert known.add(PORTO, **U, occurred_at=day(5), episode_id="porto").created
    assert objects(known.facts(**U, subject="Alice")) == ["Porto"]


def test_a_retraction_of_several_claims_still_counts_for_those_that_stay(memory: Memory) -> None:
    first = memory.add_fact("Alice", "likes", "tea", **U, occurred_at=day(0)).episode_ids[0]
    memory.add_fact("Alice", "likes", "tea", **U, occurred_at=day(1))
    memory.retract(memory.facts(**U)[0].id, **U, reason="wrong", occurred_at=day(5))
    memory.forget(**U, episode_id=first)
    assert memory.facts(**U) == []
    assert [fact.created_at for fact in memory.facts(**U, known_at=day(4))] == [day(1)]
    memory.add_fact("Alice", "likes", "tea", **U, occurred_at=day(0))
    assert len(memory.facts(**U)[0].episode_ids) == 1


@pytest.mark.parametrize("what", [{}, {"episode_id": "a", "entity": "b"}, {"entity": "a", "everything": True}, {"everything": False}])
def test_what_to_forget_is_said_once_and_clearly(known: Memory, what: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput, match="exactly one"):
        known.forget(**U, **what)


@pytest.mark.parametrize(
    "what", [{"episode_id": "nothing"}, {"episode_id": ""}, {"episode_id": "*"}, {"entity": "Nobody"}, {"entity": "Lis"}]
)
@pytest.mark.parametrize("dry_run", [False, True])
def test_what_is_not_there_is_not_forgotten(known: Memory, what: dict[str, Any], dry_run: bool) -> None:
    with pytest.raises(NotFound):
        known.forget(**U, **what, dry_run=dry_run)
    assert len(known.episodes(**U)) == 4


def test_a_late_episode_of_the_past_gives_the_graph_its_order_of_saying_gives(
    scripted: Scripted, tmp_path: Path, clock: ManualClock
) -> None:
    memory = scripted(SCRIPT)
    memory.add(PORTO, **U, occurred_at=day(5))
    memory.add(LISBON, **U, occurred_at=day(0))
    with Memory(tmp_path / "other.db", extractor=ScriptedExtractor(SCRIPT), clock=clock) as other:
        other.add(LISBON, **U, occurred_at=day(0))
        other.add(PORTO, **U, occurred_at=day(5))
        assert memory.timeline("Alice", **U) == other.timeline("Alice", **U)


# The file


def test_a_memory_is_of_a_path_or_of_a_store(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="both given"):
        Memory(tmp_path / "memory.db", store=SQLiteStore(tmp_path / "other.db"))


def test_a_closed_memory_says_so(memory: Memory) -> None:
    memory.close()
    for call in (lambda: memory.facts(**U), lambda: memory.add("text", **U), memory.graphs):
        with pytest.raises(StoreUnavailable):
            call()


def test_two_memories_on_one_file_see_what_the_other_wrote(scripted: Scripted) -> None:
    one, other = scripted(SCRIPT), scripted(SCRIPT)
    one.add(LISBON, **U, occurred_at=day(0))
    assert objects(other.facts(**U)) == ["Lisbon"]
    other.add(PORTO, **U, occurred_at=day(5))
    assert objects(one.facts(**U)) == ["Porto"]
    one.forget(**U, everything=True)
    assert other.facts(**U) == []


# Many at once


def at_once(tasks: list[Callable[[], object]]) -> list[object]:
    """Run all of them at the same time, each in a thread of its own."""
    gate = Barrier(len(tasks))

    def run(task: Callable[[], object]) -> object:
        gate.wait()
        return task()

    with ThreadPoolExecutor(len(tasks)) as threads:
        return list(threads.map(run, tasks))


def told(exported: str) -> list[str]:
    """The records of a ledger without judgements: which neighbours of a claim are judged depends on who is there yet."""
    return [line for line in exported.splitlines() if json.loads(line).get("record") in {"episode", "entity", "merge", "claim", "progress"}]


def believed(memory: Memory) -> list[Fact]:
    return [fact for name in ("Alice", "Newcomer") for fact in memory.timeline(name, **U)]


def test_threads_leave_the_graph_that_one_after_another_leaves(scripted: Scripted, tmp_path: Path, clock: ManualClock) -> None:
    """The same fact, different facts, rivals and the same new entity, on one file through two memories."""
    script: dict[str, ScriptedAnswer] = {**SCRIPT, "new": [draft("Newcomer", "knows"), draft("tea", "likes", subject="Newcomer")]}

    def tasks(*memories: Memory) -> list[Callable[[], object]]:
        each: list[Callable[[Memory], object]] = []
        for number in range(4):
            each += [
                lambda memory: memory.add(LISBON, **U, occurred_at=day(0)),
                lambda memory, number=number: memory.add_fact("Alice", "likes", f"dish {number}", **U, occurred_at=day(number)),
                lambda memory, number=number: memory.add_fact("Alice", "lives_in", f"city {number}", **U, occurred_at=day(10 - number)),
                lambda memory, number=number: memory.add([{"content": "new", "name": f"Speaker {number % 2}"}], **U, occurred_at=day(7)),
            ]
        return [partial(task, memory) for task, memory in zip(each, cycle(memories), strict=False)]

    at_once(tasks(scripted(script), scripted(script)))
    together = scripted(script)
    with Memory(tmp_path / "sequential.db", extractor=ScriptedExtractor(script), clock=clock) as sequential:
        for task in tasks(sequential):
            task()
        assert believed(together) == believed(sequential)
        assert told(ledger(together, tmp_path)) == told(ledger(sequential, tmp_path))
    assert objects(together.facts(**U, predicate="lives_in")) == ["city 0"]
    assert len(together._store.entities(GRAPH, names=["newcomer"])) == 1


def test_one_fact_added_by_many_at_once_is_stored_once(memory: Memory) -> None:
    at_once([lambda: memory.add_fact("Alice", "lives_in", "Lisbon", **U, occurred_at=day(0))] * 16)
    [fact] = memory.timeline("Alice", **U)
    assert len(fact.episode_ids) == 1
    assert len(memory.episodes(**U)) == 1


def test_an_episode_given_by_many_at_once_is_believed_once_however_often_it_was_read(tmp_path: Path, clock: ManualClock) -> None:
    extractor = ScriptedExtractor(SCRIPT)
    with Memory(tmp_path / "memory.db", extractor=extractor, clock=clock) as memory:
        reports = at_once([lambda: memory.add(LISBON, **U, occurred_at=day(0))] * 8)
        [fact] = memory.facts(**U)
        assert len(fact.episode_ids) == 1
        assert sum(len(report.created) for report in reports) == 1  # type: ignore[attr-defined]  # what `add` returns
        calls = extractor.calls
        memory.add(LISBON, **U, occurred_at=day(0))
        assert extractor.calls == calls


def test_graphs_written_at_once_do_not_mix(memory: Memory) -> None:
    at_once([lambda number=number: memory.add_fact("Alice", "lives_in", f"city {number}", user_id=f"user {number}") for number in range(8)])
    for number in range(8):
        assert objects(memory.facts(user_id=f"user {number}")) == [f"city {number}"]


def test_what_is_forgotten_while_it_is_read_disturbs_no_reader(scripted: Scripted) -> None:
    memory = scripted({f"text {number}": [draft(f"dish {number}", "likes")] for number in range(25)})
    done = Event()

    def churn() -> None:
        for number in range(25):
            [id] = memory.add(f"text {number}", **U, occurred_at=day(number)).episode_ids
            memory.forget(**U, episode_id=id)
        done.set()

    def look() -> int:
        looks = 0
        while not done.is_set():
            seen = [
                *memory.facts(**U),
                *memory.timeline("Alice", **U),
                *memory.search("dish", **U).facts,
                *memory.diff("2026", "2027", **U).learned,
            ]
            assert all(fact.subject == "Alice" and fact.object.startswith("dish") and fact.holders for fact in seen)
            looks += 1
        return looks

    assert sum(int(str(looks)) for looks in at_once([churn, look, look])[1:]) > 0


def test_an_export_taken_while_others_write_can_be_loaded(scripted: Scripted, tmp_path: Path, clock: ManualClock) -> None:
    script: dict[str, ScriptedAnswer] = {f"text {number}": [draft(f"dish {number}", "likes")] for number in range(30)}
    memory = scripted(script)
    memory.add("text 0", **U, occurred_at=day(0))
    done = Event()

    def write() -> None:
        for number in range(1, 30):
            memory.add(f"text {number}", **U, occurred_at=day(number))
        done.set()

    def export() -> list[str]:
        taken = []
        while not done.is_set():
            taken.append(ledger(memory, tmp_path))
        return taken

    _, taken = at_once([write, export])
    for number, text in enumerate(list(taken)[-5:]):  # type: ignore[call-overload]  # what `export` returns
        (tmp_path / "taken.jsonl").write_text(text, encoding="utf-8")
        with Memory(tmp_path / f"{number}.db", extractor=ScriptedExtractor(script), clock=clock) as other:
            other.load(tmp_path / "taken.jsonl")
            other.retry(**U)
            read = sum(json.loads(line).get("record") == "episode" for line in text.splitlines())
            assert len(other.facts(**U)) == read


def test_the_clock_is_asked_and_not_the_system(memory: Memory, clock: ManualClock) -> None:
    memory.add_fact("Alice", "lives_in", "Lisbon", **U, occurred_at="2026-01-01", invalid_at="2026-07-01")
    assert objects(memory.facts(**U)) == ["Lisbon"]
    clock.now += timedelta(days=30)
    assert memory.facts(**U) == []


# What cannot be used


@pytest.mark.parametrize("limit", ["a", 2.5, 0, -1, None, True])
def test_a_limit_is_a_whole_number(scripted: Scripted, limit: Any) -> None:
    with pytest.raises(InvalidInput, match=f"limit={limit!r} "):
        scripted({}).search("tea", **U, limit=limit)


@pytest.mark.parametrize("corrects", [5, 2.5, object()])
def test_what_corrects_names_no_id_is_refused(scripted: Scripted, corrects: Any) -> None:
    with pytest.raises(InvalidInput, match="corrects="):
        scripted({}).add_fact("Alice", "likes", "tea", **U, corrects=corrects)


def test_a_blank_reason_is_refused(scripted: Scripted) -> None:
    memory = scripted({})
    [fact] = memory.add_fact("Alice", "likes", "tea", **U).created
    for reason in ("", " \n"):
        with pytest.raises(InvalidInput, match="reason="):
            memory.retract(fact.id, **U, reason=reason)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_metadata_that_json_lacks_is_named(scripted: Scripted, number: float) -> None:
    with pytest.raises(InvalidInput, match=f"metadata holds the number {json.dumps(number)}"):
        scripted(SCRIPT).add(LISBON, **U, metadata={"scores": [1.0, number]})


@pytest.mark.parametrize("entity", ["", "nul\x00", 5])
def test_a_timeline_names_its_entity(scripted: Scripted, entity: Any) -> None:
    with pytest.raises(InvalidInput, match=r"^entity="):
        scripted({}).timeline(entity, **U)


def test_a_long_predicate_is_refused_when_asked_for(scripted: Scripted) -> None:
    with pytest.raises(InvalidInput, match=r"predicate=.*… has 1,048,576 characters; at most 1,000 "):
        scripted({}).facts(**U, predicate="x" * 2**20)


@pytest.mark.parametrize("path", [5, b"memory.db", "", "nul\x00", "x\ud800.db", "x" * 2**20])
def test_a_path_that_names_no_file_is_refused_everywhere(scripted: Scripted, path: Any) -> None:
    memory = scripted(SCRIPT)
    memory.add(LISBON, **U)
    for use in (Memory, partial(memory.export, **U), memory.load):
        with pytest.raises(InvalidInput, match=r"^path=.*(names no file: |no path is longer)") as raised:
            use(path)
        assert len(str(raised.value)) < 200


@pytest.mark.parametrize("episode_id", [5, b"x", "x" * 2**20])
def test_an_episode_to_forget_is_named_by_text(scripted: Scripted, episode_id: Any) -> None:
    with pytest.raises(InvalidInput, match=r"^episode_id="):
        scripted({}).forget(**U, episode_id=episode_id)


def test_text_that_wants_a_package_that_is_missing_is_kept_and_pending(scripted: Scripted) -> None:
    memory = scripted({LISBON: MissingExtra("openai is not installed: pip install '/path/to/mem0g[openai]'")})
    with pytest.raises(ExtractionError, match=r"openai is not installed.*stored and pending"):
        memory.add(LISBON, **U, occurred_at=day(0))
    assert [episode.content for episode in memory.episodes(**U)] == [LISBON]


# Read while another writes


def moving(path: Path, clock: ManualClock, times: int) -> tuple[Memory, Disturbed]:
    """Alice's memory, in which another moves her just after each of so many reads of facts; she moved there before once."""
    other = Memory(path, clock=clock)
    moves = (other.add_fact("Alice", "lives_in", f"City {number}", user_id="alice", occurred_at=day(number)) for number in count(1))
    next(moves)
    disturbed = Disturbed(SQLiteStore(path), "facts", lambda read: next(moves) if read <= times else None)
    return Memory(store=disturbed, clock=clock), disturbed


def test_what_changed_while_it_was_read_is_read_again(tmp_path: Path, clock: ManualClock) -> None:
    memory, store = moving(tmp_path / "memory.db", clock, times=1)
    clock.now = day(9)
    assert [fact.object for fact in memory.facts(**U)] == ["City 2"]
    assert store.reads == 2


def test_what_changes_all_the_time_is_read_a_few_times(tmp_path: Path, clock: ManualClock) -> None:
    memory, store = moving(tmp_path / "memory.db", clock, times=100)
    clock.now = day(90)
    assert [fact.object for fact in memory.facts(**U)] == ["City 3"]
    assert store.reads == 3


@pytest.mark.parametrize("part", ["store", "extractor", "llm", "embedder", "ontology", "clock"])
def test_what_is_no_such_part_is_refused_at_once(part: str) -> None:
    with pytest.raises(InvalidInput, match=rf"{part}='gpt-4o' cannot be used: it has no method"):
        Memory(**({} if part == "store" else {"path": ":memory:"}), **{part: "gpt-4o"})  # type: ignore[arg-type]
