"""New names that may be of one entity: what rules leave in doubt, a language model is asked in one question, once."""

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from mem0g import Memory, Merged, ModelUnavailable
from mem0g.errors import InvalidReply
from mem0g.ingestion.doubtful_names import Doubt, Waiting, without_contradiction
from mem0g.ingestion.llm_resolution import MOST
from mem0g.model import ClaimDraft, Entity, Mention, Merge
from mem0g.ports import ExtractionRequest, Usage
from mem0g.prompts.resolution import ReadSamenesses
from mem0g.testing import HashingEmbedder, ManualClock, ModelRequest, ScriptedExtractor, ScriptedModel, ScriptedReply

from .samples import GRAPH, day, objects

U: dict[str, Any] = {"user_id": "alice"}
DECIDER = "llm:scripted-model:resolution-1"


def knows(name: str, other: str = "Alice", type: str = "person") -> ClaimDraft:
    return ClaimDraft(Mention(other, "person"), "knows", Mention(name, type), f"{other} knows {name}.", quote=name)


def works(person: str, place: str, type: str = "organization") -> ClaimDraft:
    return ClaimDraft(Mention(person, "person"), "works_for", Mention(place, type), f"{person} works for {place}.", quote=place)


SCRIPT: Mapping[str, Sequence[ClaimDraft]] = {
    "Bob": [knows("Bob"), works("Bob", "Acme")],
    "Bob again": [knows("Bob"), works("Bob", "Initech")],
    "Bob Miller": [knows("Bob Miller"), works("Bob Miller", "Globex")],
    "Bob Jones": [knows("Bob Jones")],
    "Bobby": [knows("Bobby")],
    "Robert": [knows("Robert")],
    "Barcelona": [works("Eve", "Barcelona", "place")],
    "Barcelone": [works("Eve", "Barcelone", "place")],
    "San Francisco": [works("Eve", "San Francisco", "place")],
    "LA": [works("Eve", "LA", "place")],
    "Los Angeles": [works("Eve", "Los Angeles", "place")],
    "all Bobs": [knows("Bob Miller"), knows("Bob"), knows("Bob Jones")],
    "many": [knows(f"Bob {chr(letter)}x") for letter in range(ord("A"), ord("Z"))],
}


def is_about_names(request: ModelRequest) -> bool:
    return request.reply is ReadSamenesses


def pairs(request: ModelRequest) -> list[tuple[str, str]]:
    """The names of each pair of a question."""
    rows = [json.loads(line) for line in request.text.splitlines()]
    assert [row["pair"] for row in rows] == [*range(1, len(rows) + 1)]
    return [(row["one"]["names"][0], row["other"]["names"][0]) for row in rows]


def says(*same: object) -> dict[str, Any]:
    """An answer to each pair, in order."""
    return {"answers": [{"pair": number, "reason": "so it is", "same": each} for number, each in enumerate(same, start=1)]}


Opened = Callable[..., Memory]


@pytest.fixture
def opened(tmp_path: Path, clock: ManualClock) -> Iterator[Opened]:
    """Opens memories in files of their own."""
    with ExitStack() as stack:
        numbers = count()

        def memory(llm: ScriptedModel | None, embedder: HashingEmbedder | None = None, max_calls: int | None = None) -> Memory:
            path = tmp_path / f"{next(numbers)}.db"
            given = Memory(path, extractor=ScriptedExtractor(SCRIPT), llm=llm, embedder=embedder, max_calls=max_calls, clock=clock)
            return stack.enter_context(given)

        yield memory


def tell(memory: Memory, *texts: str) -> None:
    for number, text in enumerate(texts):
        memory.add(text, **U, occurred_at=day(number))


def people(memory: Memory) -> set[str]:
    return {fact.object for fact in memory.facts(**U, predicate="knows")}


# Asking


def test_a_part_of_a_name_is_asked_about_and_merged_where_the_model_says_so(opened: Opened) -> None:
    llm = ScriptedModel([says("true")])
    memory = opened(llm)
    memory.add("Bob", **U, occurred_at=day(0))
    added = memory.add("Bob Miller", **U, occurred_at=day(1))
    assert list(added.merged) == memory.merges(**U)
    [merged] = added.merged
    assert (merged.name, merged.into, merged.reason) == ("Bob", "Bob Miller", "Bob is Bob Miller: so it is")
    assert (merged.decider, merged.undone) == (DECIDER, None)
    assert people(memory) == {"Bob Miller"}
    assert memory.usage().keys() == {"resolution"}


def test_the_model_sees_types_names_and_facts(opened: Opened) -> None:
    llm = ScriptedModel([says("true")])
    tell(opened(llm), "Bob", "Bob again", "Bob Miller")
    [request] = llm.requests
    assert json.loads(request.text) == {
        "pair": 1,
        "one": {"type": "person", "names": ["Bob Miller"], "facts": ["Bob Miller works for Globex.", "Alice knows Bob Miller."]},
        "other": {"type": "person", "names": ["Bob"], "facts": ["Bob works for Initech.", "Alice knows Bob."]},
    }
    assert request.tool == "resolve_names"


def test_all_doubts_of_an_add_are_one_question(opened: Opened) -> None:
    llm = ScriptedModel([says("false", "false")])
    memory = opened(llm)
    tell(memory, "all Bobs")
    [request] = llm.requests
    assert sorted(map(sorted, pairs(request))) == [["Bob", "Bob Jones"], ["Bob", "Bob Miller"]]
    assert people(memory) == {"Bob", "Bob Miller", "Bob Jones"}


@pytest.mark.parametrize("texts", [("Bob", "Bobby"), ("Bob", "Robert"), ("Barcelona", "San Francisco"), ("Bob", "Bob again")])
def test_where_nothing_is_in_doubt_nothing_is_asked(opened: Opened, texts: tuple[str, str]) -> None:
    memory = opened(ScriptedModel([]), HashingEmbedder())
    tell(memory, *texts)
    assert memory.merges(**U) == []


class Alike(HashingEmbedder):
    """A model to which all places mean much the same."""

    def _row(self, text: str) -> list[float]:
        return super()._row("place" if text in {"Barcelona", "Barcelone", "San Francisco", "Los Angeles"} else text)


@pytest.mark.parametrize("texts", [("Barcelona", "Barcelone"), ("Barcelona", "San Francisco")])
def test_what_is_near_in_meaning_is_asked_about(opened: Opened, texts: tuple[str, str]) -> None:
    llm = ScriptedModel([says("true")])
    memory = opened(llm, Alike())
    tell(memory, *texts)
    assert [pairs(request) for request in llm.requests] == [[texts[::-1]]]
    assert len(memory.merges(**U)) == 1


@pytest.mark.parametrize("texts", [("LA", "Los Angeles"), ("Bob Miller", "Bob"), ("Bob", "Bob Miller")])
def test_parts_and_initials_are_found_without_an_embedder(opened: Opened, texts: tuple[str, str]) -> None:
    llm = ScriptedModel([says("unsure")])
    tell(opened(llm), *texts)
    assert llm.calls == 1


def test_more_than_one_question_holds_waits(opened: Opened) -> None:
    llm = ScriptedModel(lambda request: says(*["false"] * len(pairs(request))))
    memory = opened(llm)
    tell(memory, "Bob", "many", "Barcelona")
    assert [len(pairs(request)) for request in llm.requests] == [MOST, 25 - MOST]


# What was decided


def test_what_is_not_one_is_never_asked_again(opened: Opened, tmp_path: Path) -> None:
    memory = opened(ScriptedModel([says("false")]))
    tell(memory, "Bob", "Bob Miller", "Bob", "Bob again", "Bob Miller")
    assert memory.merges(**U) == []
    [kept] = memory._store.merges(GRAPH)
    assert (kept.negated, kept.decider, kept.reason) == (True, DECIDER, "Bob is not Bob Miller: so it is")
    memory.export(tmp_path / "ledger.jsonl", **U)
    other = opened(ScriptedModel([]))
    other.load(tmp_path / "ledger.jsonl")
    tell(other, "Bob", "Bob Miller", "Barcelona")
    assert people(other) == {"Bob", "Bob Miller"}


@pytest.mark.parametrize("answer", [says("unsure"), {"answers": []}, {"answers": [{"pair": 7, "same": "true"}]}])
def test_what_is_unsure_is_left_as_it_is_and_not_asked_again(opened: Opened, answer: ScriptedReply) -> None:
    memory = opened(ScriptedModel([answer]))
    tell(memory, "Bob", "Bob Miller", "Bob", "Barcelona")
    assert memory._store.merges(GRAPH) == []


def test_booleans_are_answers_too(opened: Opened) -> None:
    memory = opened(ScriptedModel([says(True)]))
    tell(memory, "Bob", "Bob Miller")
    assert people(memory) == {"Bob Miller"}


def test_one_that_is_said_to_be_two_others_is_neither(opened: Opened) -> None:
    memory = opened(ScriptedModel([says("true", "true")]))
    tell(memory, "all Bobs")
    assert memory.merges(**U) == []


def test_what_is_parted_may_be_one_with_another(opened: Opened) -> None:
    memory = opened(ScriptedModel([says("true"), says("true")]))
    tell(memory, "Bob", "Bob Miller")
    memory.unmerge("Bob", "Bob Miller", reason="two people", **U)
    tell(memory, "Bob Jones")
    found = {(merged.name, merged.into, merged.undone) for merged in memory.merges(**U)}
    assert found == {("Bob", "Bob Miller", "two people"), ("Bob", "Bob Jones", None)}


def test_merges_that_contradict_what_is_known_are_left_out() -> None:
    one, two, three = (Entity.named(GRAPH, name, day(0), "person") for name in ("Bob", "Bob Miller", "Bob Jones"))
    apart = Merge.of(two, three, "two people", day(0), negated=True)
    first, second = (Merge.of(one, other, "", day(0)) for other in (two, three))
    assert without_contradiction([first, second], [apart]) == [first]
    assert without_contradiction([second, apart], [first]) == [apart]
    assert without_contradiction([second], [first]) == [second]


def test_a_merge_that_is_taken_back_brings_back_what_was_said(opened: Opened) -> None:
    memory = opened(ScriptedModel([says("true")]))
    tell(memory, "Bob", "Bob Miller")
    assert {fact.subject for fact in memory.facts(**U, predicate="works_for")} == {"Bob Miller"}
    memory.unmerge("Bob Miller", "Bob", reason="father and son", **U)
    assert {(fact.subject, fact.object) for fact in memory.facts(**U, predicate="works_for")} == {("Bob", "Acme"), ("Bob Miller", "Globex")}
    [merged] = memory.merges(**U)
    assert merged == Merged("Bob", "Bob Miller", merged.reason, DECIDER, merged.recorded_at, "father and son")
    tell(memory, "Bob", "Bob again", "Bob Miller")
    assert people(memory) == {"Bob", "Bob Miller"}


def test_a_ledger_keeps_what_was_decided_without_a_model(opened: Opened, tmp_path: Path) -> None:
    memory = opened(ScriptedModel([says("true")]))
    tell(memory, "Bob", "Bob Miller")
    memory.export(tmp_path / "ledger.jsonl", **U)
    other = opened(None)
    other.load(tmp_path / "ledger.jsonl")
    assert other.merges(**U) == memory.merges(**U)
    assert other.facts(**U) == memory.facts(**U)


# Where nothing can be asked


@pytest.mark.parametrize("failure", [ModelUnavailable("it is down"), InvalidReply("no JSON"), {"answers": "none"}])
def test_a_model_that_fails_loses_no_add_and_is_asked_again_by_the_next(
    opened: Opened, failure: ScriptedReply, caplog: pytest.LogCaptureFixture
) -> None:
    llm = ScriptedModel([failure, says("true")])
    memory = opened(llm)
    with caplog.at_level(logging.WARNING, "mem0g"):
        tell(memory, "Bob", "Bob Miller")
    assert "names that may be of one thing" in caplog.text
    assert people(memory) == {"Bob", "Bob Miller"}
    tell(memory, "Barcelona")
    assert people(memory) == {"Bob Miller"}
    assert [pairs(request) for request in llm.requests] == [[("Bob Miller", "Bob")]] * 2


def test_a_spent_budget_leaves_names_as_they_are(opened: Opened) -> None:
    memory = opened(ScriptedModel([]), max_calls=0)
    tell(memory, "Bob", "Bob Miller")
    assert people(memory) == {"Bob", "Bob Miller"}
    assert memory.usage() == {}


class TwoCalls(ScriptedExtractor):
    """Asks a model twice to read of Bob."""

    def extract(self, request: ExtractionRequest) -> dict[str, Sequence[ClaimDraft]]:
        for _ in range(2 if "Bob" in request.episodes[0].content else 1):
            request.meter.begin()
            request.meter.end(Usage(1))
        return super().extract(request)


def test_where_the_calls_of_an_add_are_used_up_the_question_waits_for_the_next(tmp_path: Path, clock: ManualClock) -> None:
    llm = ScriptedModel([says("true")])
    with Memory(tmp_path / "memory.db", extractor=TwoCalls(SCRIPT), llm=llm, clock=clock) as memory:
        tell(memory, "Bob", "Bob Miller")
        assert llm.calls == 0
        assert people(memory) == {"Bob", "Bob Miller"}
        tell(memory, "Barcelona")
        assert {step: usage.calls for step, usage in memory.usage().items()} == {"extraction": 5, "resolution": 1}
        assert people(memory) == {"Bob Miller"}


def test_without_a_model_nothing_is_decided(opened: Opened) -> None:
    memory = opened(None)
    tell(memory, "Bob", "Bob Miller")
    assert memory._store.merges(GRAPH) == []


def test_of_the_doubts_that_wait_the_latest_are_kept() -> None:
    waiting = Waiting()
    entities = [Entity.named(GRAPH, f"Bob {number}", day(0)) for number in range(300)]
    doubts = [Doubt(entities[0], other, "") for other in entities]
    waiting.keep(GRAPH, doubts)
    waiting.keep("user:bob", doubts[:1])
    assert waiting.take(GRAPH) == doubts[100:]
    assert waiting.take(GRAPH) == []
    assert len(waiting.take("user:bob")) == 1


def test_a_ledger_that_knows_a_type_meets_a_graph_that_knew_none(tmp_path: Path, clock: ManualClock) -> None:
    """What was stated of "Alice" and what was read of the person Alice are of one, whichever was there first."""
    told = ClaimDraft(Mention("Alice", "person"), "lives_in", Mention("Porto"), "Alice lives in Porto.")
    with Memory(tmp_path / "read.db", extractor=ScriptedExtractor({"Porto it is.": [told]}), clock=clock) as read:
        read.add("Porto it is.", user_id="alice", occurred_at=day(5))
        read.export(tmp_path / "read.jsonl", user_id="alice")
    with Memory(tmp_path / "stated.db", clock=clock) as stated:
        stated.add_fact("Alice", "lives_in", "Oslo", user_id="alice", occurred_at=day(0))
        stated.load(tmp_path / "read.jsonl")
        assert objects(stated.facts(user_id="alice", as_of=day(6))) == ["Porto"]
        assert objects(stated.facts(user_id="alice", as_of=day(2))) == ["Oslo"]
        before = stated.merges(user_id="alice")
        stated.load(tmp_path / "read.jsonl")
        assert stated.merges(user_id="alice") == before
