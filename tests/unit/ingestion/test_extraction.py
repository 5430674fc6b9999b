"""From pending episodes to what an extractor reads in them."""

from dataclasses import replace
from typing import Any

import pytest

from mem0g.errors import ExtractionError
from mem0g.ingestion.extraction import read
from mem0g.model import ClaimDraft, Episode, Mention, Value
from mem0g.ports import Change
from mem0g.stores.sqlite import SQLiteStore
from mem0g.testing import ScriptedAnswer, ScriptedExtractor
from unit.samples import GRAPH, day, draft


def episode(id: str, role: str = "user", said: float = 0) -> Episode:
    return Episode(id, GRAPH, f"content of {id}", day(said), day(said), "alice", role)


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
