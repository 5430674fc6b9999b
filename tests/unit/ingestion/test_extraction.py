"""From pending episodes to what an extractor reads in them."""

from dataclasses import replace
from typing import Any

import pytest

from mem0g import Memory
from mem0g.errors import ExtractionError
from mem0g.ingestion.extraction import read
from mem0g.model import ClaimDraft, Episode, Mention, Value
from mem0g.ontology import Ontology
from mem0g.ports import Change
from mem0g.spending import Spending
from mem0g.stores.sqlite import SQLiteStore
from mem0g.testing import ManualClock, ScriptedAnswer, ScriptedExtractor
from unit.doubles import Chunked, Counted
from unit.samples import GRAPH, day, draft


def episode(id: str, role: str = "user", said: float = 0) -> Episode:
    return Episode(id, GRAPH, f"content of {id}", day(said), day(said), "alice", role)


@pytest.fixture
def memory(store: SQLiteStore, clock: ManualClock) -> Memory:
    return Memory(store=store, extractor=ScriptedExtractor({}), clock=clock)


def test_an_extractor_sees_the_ten_episodes_said_before_oldest_first(store: SQLiteStore) -> None:
    said = [episode(f"{number:02}", said=number) for number in range(20)]
    store.commit(GRAPH, Change([*reversed(said)]))
    extractor = ScriptedExtractor({})
    read(store, extractor, said[15:17], "alice")
    [request] = extractor.requests
    assert list(request.episodes) == said[15:17]
    assert list(request.recent) == said[5:15]
    assert request.owner == "alice"


def test_it_sees_nothing_of_another_graph(store: SQLiteStore) -> None:
    store.commit("user:bob", Change([replace(episode("theirs", said=-1), graph="user:bob")]))
    store.commit(GRAPH, Change([episode("mine")]))
    extractor = ScriptedExtractor({})
    read(store, extractor, [episode("mine")], "alice")
    assert list(extractor.requests[0].recent) == []


def test_what_was_read_is_by_episode_in_the_order_of_the_exchange(store: SQLiteStore) -> None:
    one, other = episode("b"), episode("a", "assistant", 1)
    script: dict[str, ScriptedAnswer] = {one.content: [draft("Lisbon"), draft("Porto")], other.content: [draft("Oslo")]}
    readings = read(store, ScriptedExtractor(script, "reader"), [one, other], "alice")
    assert [(reading.episode, list(reading.drafts), reading.extractor) for reading in readings] == [
        (one, [draft("Lisbon"), draft("Porto")], "reader"),
        (other, [draft("Oslo")], "reader"),
    ]


def test_an_episode_without_an_answer_is_left_out_and_the_others_are_read(store: SQLiteStore) -> None:
    one, other = episode("a"), episode("b", "assistant", 1)
    [reading] = read(store, ScriptedExtractor({one.content: None, other.content: [draft("Oslo")]}), [one, other], "alice")
    assert reading.episode == other


def test_what_an_extractor_raises_is_raised(store: SQLiteStore) -> None:
    for error in (ExtractionError("overloaded"), ZeroDivisionError("a bug")):
        with pytest.raises(type(error), match=str(error)):
            read(store, ScriptedExtractor({episode("a").content: error}), [episode("a")], "alice")


LIVES = draft("Lisbon")
UNKEEPABLE: list[tuple[dict[str, Any], str]] = [
    ({"subject": Mention("")}, "name=''"),
    ({"subject": Mention("x" * 1_001)}, "1,001 characters"),
    ({"subject": Mention("Alice", "per\ud800son")}, "U+D800"),
    ({"object": Mention("Lis\x00bon")}, "U+0000"),
    ({"object": Value("\ud800")}, "U+D800"),
    ({"object": Value("82", "am\x00ount")}, "U+0000"),
    ({"object": None}, "denies nothing"),
    ({"holder": Mention(" ")}, "is empty"),
    ({"replaces": Mention("\udfff")}, "U+DFFF"),
    ({"predicate": "->"}, "no letter or digit"),
    ({"predicate": "lives\x00in"}, "U+0000"),
    ({"text": "\ud800"}, "U+D800"),
    ({"quote": "\x00"}, "U+0000"),
    ({"text": None}, "must be text"),
    ({"confidence": float("nan")}, "confidence=nan"),
    ({"confidence": 1.5}, "confidence=1.5"),
]


@pytest.mark.parametrize(("broken", "said"), UNKEEPABLE)
def test_what_cannot_be_kept_counts_as_not_read(store: SQLiteStore, broken: dict[str, Any], said: str) -> None:
    malformed: ClaimDraft = replace(LIVES, **broken)
    with pytest.raises(ExtractionError) as refused:
        read(store, ScriptedExtractor({episode("a").content: [LIVES, malformed]}, "model-x"), [episode("a")], "alice")
    assert "model-x read what cannot be kept" in str(refused.value)
    assert said in str(refused.value)


# What only an extractor that takes much at once sees


def test_an_extractor_that_takes_exchanges_is_shown_nothing_of_the_graph_and_nothing_is_read_for_it(
    memory: Memory, store: SQLiteStore
) -> None:
    memory.add_fact("Alice", "likes", "tea", user_id="alice", occurred_at=day(0))
    counted, extractor = Counted(store), ScriptedExtractor({})
    read(counted, extractor, [episode("a", said=1)], "alice")
    [request] = extractor.requests
    assert (request.names, request.predicates, request.summary) == ((), (), "")
    assert counted.reads.keys().isdisjoint({"entities", "facts", "links", "match_facts", "merges", "names"})


def test_one_that_takes_much_at_once_is_shown_what_the_graph_calls_things(memory: Memory, store: SQLiteStore) -> None:
    memory.add_fact("Alice", "likes", "Earl Grey", user_id="alice", occurred_at=day(0))
    extractor = Chunked(4_000)
    read(store, extractor, [replace(episode("a", said=1), content="More Earl Grey!")], "alice")
    [request] = extractor.requests
    assert [mention.name for mention in request.names] == ["Alice", "Earl Grey"]
    assert request.predicates == ["likes"]


@pytest.mark.parametrize("extractor", [ScriptedExtractor({}), Chunked(4_000), Chunked(10)], ids=["exchanges", "chunks", "parts"])
def test_what_is_given_for_the_extractor_is_passed_on(store: SQLiteStore, extractor: ScriptedExtractor) -> None:
    ontology, meter = Ontology.__new__(Ontology), Spending().on("extraction")
    read(store, extractor, [episode("a")], "alice", ontology=ontology, meter=meter)
    assert all(request.ontology is ontology and request.meter is meter for request in extractor.requests)
    assert extractor.requests


# A text in parts

LONG = replace(episode("long", said=1), content="I live in Oslo, Norway.\n\nBob lives in Rome.\n\nI live in Oslo, Norway.")
OSLO, ROME = draft("Oslo"), draft("Rome", subject="Bob")
PARTS: dict[str, ScriptedAnswer] = {
    "I live in Oslo, Norway.\n\n": [OSLO],
    "Bob lives in Rome.\n\n": [ROME],
    "I live in Oslo, Norway.": [OSLO],
}


def test_a_long_text_is_read_in_parts_and_its_claims_are_those_of_one_episode(store: SQLiteStore) -> None:
    extractor = Chunked(30, PARTS)
    [reading] = read(store, extractor, [LONG], "alice")
    assert (reading.episode, list(reading.drafts)) == (LONG, [OSLO, ROME])
    assert [[each.content for each in request.episodes] for request in extractor.requests] == [[part] for part in PARTS]


def test_each_part_is_read_with_the_one_before_it_and_the_names_of_all_before_it_in_view(store: SQLiteStore) -> None:
    store.commit(GRAPH, Change([episode("before")]))
    extractor = Chunked(30, PARTS)
    read(store, extractor, [LONG], "alice")
    first, second, third = extractor.requests
    assert [[each.content for each in request.recent] for request in extractor.requests] == [
        ["content of before"],
        ["content of before", "…I live in Oslo, Norway.\n\n"],
        ["content of before", "…Bob lives in Rome.\n\n"],
    ]
    assert [[mention.name for mention in request.names] for request in (first, second, third)] == [
        [],
        ["Alice", "Oslo"],
        ["Alice", "Oslo", "Bob", "Rome"],
    ]


def test_a_blank_part_is_not_read(store: SQLiteStore) -> None:
    extractor = Chunked(30)
    read(store, extractor, [replace(LONG, content=f"Hello.{' ' * 100}Bye.")], "alice")
    assert [request.episodes[0].content.strip() for request in extractor.requests] == ["Hello.", "Bye."]


def test_a_part_that_cannot_be_read_leaves_the_whole_text_unread(store: SQLiteStore) -> None:
    last = [*PARTS][-1]
    assert read(store, Chunked(30, PARTS | {last: None}), [LONG], "alice") == []
    with pytest.raises(ExtractionError, match="overloaded"):
        read(store, Chunked(30, PARTS | {last: ExtractionError("overloaded")}), [LONG], "alice")
