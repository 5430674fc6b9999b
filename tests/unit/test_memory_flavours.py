"""A memory of sentences, and one of entities: the same calls, told apart by what a fact's object is and by what search goes by."""

import json
from pathlib import Path
from typing import Any

import pytest

from mem0g import InvalidInput, Memory, Operation, Value
from mem0g.cli.tables import TableScreen
from mem0g.prompts.update import ReadUpdate
from mem0g.testing import HashingEmbedder, ManualClock, ModelRequest, ScriptedExtractor, ScriptedModel

from .samples import day, draft, objects

TOLD = {
    "I live in Oslo.": [draft("Oslo", text="Alice lives in Oslo.")],
    "Oslo is still home.": [draft("Oslo", text="Alice still lives in Oslo.")],
    "I moved to Lisbon.": [draft("Lisbon", text="Alice lives in Lisbon.")],
    "I left Lisbon.": [draft("Lisbon", text="Alice no longer lives in Lisbon.", negated=True)],
    "Lisbon? I meant Porto.": [draft("Porto", text="Alice lives in Porto.", correction=True, replaces=draft("Lisbon").object)],
    "Bob is in Lisbon.": [draft("Lisbon", subject="Bob", text="Bob lives in Lisbon.")],
}


@pytest.fixture
def sentences(tmp_path: Path, clock: ManualClock) -> Memory:
    extractor = ScriptedExtractor(TOLD)
    return Memory(tmp_path / "facts.db", extractor=extractor, clock=clock, embedder=HashingEmbedder(), flavour="facts")


def told(memory: Memory, *messages: str) -> list[list[Operation]]:
    """The operations of each message, told a day after the one before."""
    return [
        [decision.operation for decision in memory.add(message, user_id="Alice", occurred_at=day(number)).decisions]
        for number, message in enumerate(messages)
    ]


def test_a_fact_is_its_sentence(sentences: Memory) -> None:
    told(sentences, "I live in Oslo.")
    (fact,) = sentences.facts(user_id="Alice")
    assert (fact.subject, fact.predicate, fact.object, fact.text) == ("Alice", "lives_in", "Alice lives in Oslo.", "Alice lives in Oslo.")
    assert fact.object_id is None


def test_the_four_operations_are_those_of_the_graph(sentences: Memory, tmp_path: Path, clock: ManualClock) -> None:
    messages = ["I live in Oslo.", "Oslo is still home.", "I moved to Lisbon.", "I left Lisbon."]
    with Memory(tmp_path / "graph.db", extractor=ScriptedExtractor(TOLD), clock=clock) as graph:
        expected = told(graph, *messages)
    assert told(sentences, *messages) == expected == [[], [Operation.NOOP], [Operation.UPDATE], [Operation.UPDATE]]
    assert sentences.facts(user_id="Alice") == []
    assert objects(sentences.facts(user_id="Alice", as_of=day(2.5))) == ["Alice lives in Lisbon."]
    assert objects(sentences.facts(user_id="Alice", as_of=day(0.5))) == ["Alice lives in Oslo."]


def test_a_correction_finds_the_sentence_that_was_wrong(sentences: Memory) -> None:
    assert told(sentences, "I moved to Lisbon.", "Lisbon? I meant Porto.") == [[], [Operation.CORRECTS]]
    assert objects(sentences.facts(user_id="Alice", as_of=day(0.5))) == ["Alice lives in Porto."]


def test_other_words_for_it_confirm_even_where_they_arrive_late(sentences: Memory) -> None:
    sentences.add("Oslo is still home.", user_id="Alice", occurred_at=day(1))
    late = sentences.add("I live in Oslo.", user_id="Alice", occurred_at=day(0))
    assert objects(list(late.created)) == ["Alice lives in Oslo."]
    (fact,) = sentences.facts(user_id="Alice")
    assert len(fact.episode_ids) == 2


def test_facts_are_asked_for_by_what_they_are_about(sentences: Memory) -> None:
    told(sentences, "I moved to Lisbon.", "Bob is in Lisbon.")
    assert set(objects(sentences.facts(user_id="Alice", object="lisbon"))) == {"Alice lives in Lisbon.", "Bob lives in Lisbon."}


def test_search_goes_by_words_and_meaning_and_does_not_walk(sentences: Memory) -> None:
    told(sentences, "I moved to Lisbon.", "Bob is in Lisbon.")
    found = sentences.search("Where does Alice live?", user_id="Alice")
    assert found.facts[0].object == "Alice lives in Lisbon."
    assert {signal for fact in found.facts for signal in fact.signals} == {"text", "semantic"}
    assert found.context().startswith("Facts:\n- Bob lives in Lisbon. (since 2026-01-02)\n- Alice lives in Lisbon. (since 2026-01-01)")


def test_a_stated_literal_is_a_sentence_too(sentences: Memory) -> None:
    for weight in (82, 79):
        sentences.add_fact("Alice", "weighs", weight, user_id="Alice", occurred_at=day(100 - weight))
    sentences.add_fact("Alice", "says", Value("hello"), user_id="Alice")
    assert set(objects(sentences.facts(user_id="Alice"))) == {"Alice weighs 79.", "Alice says hello."}


def test_a_table_shows_the_sentence_once(sentences: Memory, capsys: pytest.CaptureFixture[str], clock: ManualClock) -> None:
    told(sentences, "I live in Oslo.")
    screen = TableScreen(clock.now)
    screen.facts(sentences.facts(user_id="Alice"))
    screen.timeline("Alice", sentences.timeline("Alice", user_id="Alice"))
    shown = capsys.readouterr().out
    assert shown.count("Alice lives in Oslo.") == 2
    assert "lives_in" not in shown


def test_it_is_exported_and_loaded_as_it_is(sentences: Memory, tmp_path: Path, clock: ManualClock) -> None:
    told(sentences, "I live in Oslo.", "I moved to Lisbon.")
    sentences.export(tmp_path / "alice.jsonl", user_id="Alice")
    with Memory(tmp_path / "again.db", clock=clock, flavour="facts") as again:
        again.load(tmp_path / "alice.jsonl")
        assert again.timeline("Alice", user_id="Alice") == sentences.timeline("Alice", user_id="Alice")


def test_there_are_two_flavours(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="flavour='vanilla' is neither 'graph' nor 'facts'"):
        Memory(tmp_path / "none.db", flavour="vanilla")  # type: ignore[arg-type]


def test_a_model_ends_a_sentence_of_another_predicate_in_plain_words(tmp_path: Path, clock: ManualClock) -> None:
    """Both sentences begin with the name of their subject, which is no reason to ask; the object is."""
    read = {"I practise yoga.": ("practises", "yoga"), "I gave up yoga.": ("does", "yoga"), "I now like tea.": ("likes", "tea")}

    def answer(request: ModelRequest) -> dict[str, Any]:
        if request.reply is ReadUpdate:
            return {"decisions": [{"candidate": "c1", "fact": 1, "operation": "UPDATE", "reason": "gave it up"}]}
        said = json.loads(request.text.splitlines()[-1])["text"]
        predicate, object = read[said]
        claim = {"message": 1, "quote": said, "subject": "I", "predicate": predicate, "object": object, "negated": "gave up" in said}
        return {"claims": [claim]}

    llm = ScriptedModel(answer)
    with Memory(tmp_path / "facts.db", llm=llm, clock=clock, flavour="facts") as memory:
        for number, message in enumerate(("I practise yoga.", "I now like tea.", "I gave up yoga.")):
            added = memory.add(message, user_id="Alice", occurred_at=day(number))
        assert [request.reply for request in llm.requests].count(ReadUpdate) == 1
        assert [superseded.fact.object for superseded in added.superseded] == ["Alice practises yoga."]
        assert objects(memory.facts(user_id="Alice")) == ["Alice likes tea."]
        told_of = [evidence.text for id in added.claim_ids for evidence in memory.why(id, user_id="Alice").evidence]
        assert "Alice no longer practises yoga." in told_of
