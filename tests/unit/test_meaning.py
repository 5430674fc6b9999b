"""A memory with an embedder: what is embedded and when, what failure costs, and what search makes of it."""

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from mem0g import AsyncMemory, Embedding, Memory
from mem0g.errors import EmbeddingMismatch, ExtractionError, InvalidInput, MissingExtra, ModelError, ModelUnavailable
from mem0g.ports import Vectors
from mem0g.testing import HashingEmbedder, ManualClock, ScriptedExtractor

from .samples import day, draft, objects

U: dict[str, Any] = {"user_id": "alice"}
SCRIPT = {
    "I live in Lisbon, and I eat no meat.": [draft("Lisbon"), draft("vegetarian", "is", text="Alice is a vegetarian.")],
    "I moved to Porto.": [draft("Porto")],
    "broken": ExtractionError("overloaded"),
}


class FailingEmbedder(HashingEmbedder):
    """One that can be out of order."""

    fails = False
    error: Exception = ModelUnavailable("the embedder is down")

    def embed(self, texts: Sequence[str]) -> Vectors:
        if self.fails:
            raise self.error
        return super().embed(texts)


@pytest.fixture
def embedder() -> FailingEmbedder:
    return FailingEmbedder()


def opened(folder: Path, clock: ManualClock, embedder: HashingEmbedder | None) -> Memory:
    return Memory(folder / "memory.db", extractor=ScriptedExtractor(SCRIPT), embedder=embedder, clock=clock)


@pytest.fixture
def alice(tmp_path: Path, clock: ManualClock, embedder: FailingEmbedder) -> Iterator[Memory]:
    with opened(tmp_path, clock, embedder) as memory:
        yield memory


def semantic(memory: Memory, question: str, **others: Any) -> list[str]:
    """What was found by its meaning."""
    return [fact.object for fact in memory.search(question, **(U | others)).facts if "semantic" in fact.signals]


# When


def test_an_add_embeds_its_facts_and_episodes_in_one_call(alice: Memory, embedder: FailingEmbedder) -> None:
    alice.add("I live in Lisbon, and I eat no meat.", **U)
    texts = ["Alice is a vegetarian.", "Alice lives_in Lisbon.", "I live in Lisbon, and I eat no meat."]
    assert [sorted(request) for request in embedder.requests] == [texts]


def test_a_text_is_embedded_once(alice: Memory, embedder: FailingEmbedder) -> None:
    for _ in range(2):
        alice.add_fact("Alice", "likes", "tea", **U)
        alice.add("I moved to Porto.", **U, occurred_at=day(0))
    texts = [text for request in embedder.requests for text in request]
    assert len(texts) == len(set(texts))
    assert alice.embed(**U) == 0


def test_each_graph_is_embedded_for_itself(alice: Memory, embedder: FailingEmbedder) -> None:
    alice.add_fact("Alice", "likes", "tea", **U)
    alice.add_fact("Alice", "likes", "tea", user_id="bob")
    assert embedder.requests[0] == embedder.requests[1]
    assert semantic(alice, "tea", user_id="carol") == []


def test_what_another_extraction_failed_on_keeps_no_vector_back(alice: Memory, embedder: FailingEmbedder) -> None:
    with pytest.raises(ExtractionError):
        alice.add([{"role": "user", "content": "I moved to Porto."}, {"role": "user", "content": "broken"}], **U)
    assert semantic(alice, "moved to Porto") == ["Porto"]
    assert "broken" not in [text for request in embedder.requests for text in request]


def test_a_loaded_ledger_is_embedded(alice: Memory, tmp_path: Path) -> None:
    alice.add("I moved to Porto.", **U)
    alice.export(tmp_path / "ledger.jsonl", **U)
    assert b"vector" not in (tmp_path / "ledger.jsonl").read_bytes()
    with Memory(tmp_path / "other.db", embedder=HashingEmbedder(32)) as other:
        other.load(tmp_path / "ledger.jsonl")
        assert semantic(other, "moved to Porto") == ["Porto"]
        assert other.embed(**U) == 0


# Failure


@pytest.mark.parametrize("error", [ModelUnavailable("the embedder is down"), MissingExtra("its package is down")])
def test_a_failed_embedder_loses_nothing_and_the_next_add_makes_up_for_it(
    alice: Memory, embedder: FailingEmbedder, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    embedder.fails, embedder.error = True, error
    assert objects(list(alice.add("I moved to Porto.", **U).created)) == ["Porto"]
    assert "is down" in caplog.text
    assert objects(list(alice.search("Where does Alice live?", **U).facts)) == ["Porto"]
    embedder.fails = False
    assert semantic(alice, "moved to Porto") == []
    alice.add_fact("Alice", "likes", "tea", **U)
    assert sorted(semantic(alice, "Alice")) == ["Porto", "tea"]


def test_embed_makes_up_for_it_too_and_says_why_it_cannot(alice: Memory, embedder: FailingEmbedder) -> None:
    embedder.fails = True
    alice.add("I moved to Porto.", **U)
    with pytest.raises(ModelError, match="down"):
        alice.embed(**U)
    embedder.fails = False
    assert alice.embed(**U) == 2
    assert semantic(alice, "moved to Porto") == ["Porto"]


def test_a_search_goes_on_without_meanings(alice: Memory, embedder: FailingEmbedder, caplog: pytest.LogCaptureFixture) -> None:
    alice.add("I moved to Porto.", **U)
    embedder.fails = True
    [hit] = alice.search("Where does Alice live?", **U).facts
    assert set(hit.signals) == {"walk", "predicate", "text"}
    assert "searched without meanings" in caplog.text


def test_how_far_a_graph_is_embedded(alice: Memory, embedder: FailingEmbedder) -> None:
    assert alice.embedding(**U) == Embedding(None, None, 0)
    embedder.fails = True
    alice.add("I moved to Porto.", **U)
    assert alice.embedding(**U) == Embedding(None, None, 2)
    embedder.fails = False
    alice.embed(**U)
    assert alice.embedding(**U) == Embedding("hashing-64", 64, 0)
    assert [alice.embedding(**U).fits(*model) for model in (("hashing-64", 64), ("hashing-64", 32), ("other", 64))] == [True, False, False]


def test_embedding_tells_how_far_it_is(tmp_path: Path, clock: ManualClock, embedder: FailingEmbedder) -> None:
    with opened(tmp_path, clock, None) as without:
        without.add([{"content": f"Message {number}."} for number in range(600)], **U)
    told: list[tuple[int, int]] = []
    with opened(tmp_path, clock, embedder) as memory:
        assert memory.embed(**U, progress=lambda done, of: told.append((done, of))) == 600
        assert memory.reembed(**U, progress=lambda done, of: told.append((done, of))) == 600
    assert told == [(512, 600), (600, 600)] * 2


# Models


def test_another_model_is_refused_until_the_graph_is_reembedded(alice: Memory, tmp_path: Path, clock: ManualClock) -> None:
    alice.add("I moved to Porto.", **U, occurred_at=day(0))
    with opened(tmp_path, clock, HashingEmbedder(32)) as other:
        ledger = tmp_path / "ledger.jsonl"
        other.export(ledger, **U)
        calls = [
            lambda: other.add("More.", **U),
            lambda: other.add_fact("Alice", "likes", "tea", **U),
            lambda: other.search("Alice", **U),
            lambda: other.retry(**U),
            lambda: other.embed(**U),
            lambda: other.load(ledger),
        ]
        for call in calls:
            with pytest.raises(EmbeddingMismatch, match=r"hashing-64 .*hashing-32 .*reembed"):
                call()
        assert len(other.episodes(**U)) == 1
        assert len(other.facts(**U)) == 1
        assert other.reembed(**U) == 2
        assert semantic(other, "moved to Porto") == ["Porto"]
    with pytest.raises(EmbeddingMismatch):
        alice.search("Alice", **U)


def test_a_reembedding_that_fails_leaves_the_vectors(alice: Memory, tmp_path: Path, clock: ManualClock) -> None:
    alice.add("I moved to Porto.", **U)
    broken = FailingEmbedder(32)
    broken.fails = True
    with opened(tmp_path, clock, broken) as other, pytest.raises(ModelError):
        other.reembed(**U)
    assert semantic(alice, "moved to Porto") == ["Porto"]


def test_without_an_embedder_there_is_nothing_to_embed_with(tmp_path: Path, clock: ManualClock) -> None:
    with opened(tmp_path, clock, None) as memory:
        memory.add("I moved to Porto.", **U)
        for call in (memory.embed, memory.reembed):
            with pytest.raises(InvalidInput, match="no embedder"):
                call(**U)
        [hit] = memory.search("Where does Alice live?", **U).facts
        assert set(hit.signals) == {"walk", "predicate", "text"}


def test_async_memory_has_it_too(tmp_path: Path) -> None:
    async def check() -> list[str]:
        async with AsyncMemory(tmp_path / "a.db", extractor=ScriptedExtractor(SCRIPT), embedder=HashingEmbedder()) as memory:
            await memory.add("I moved to Porto.", **U)
            assert await memory.reembed(**U) == 2
            assert await memory.embed(**U) == 0
            return [fact.object for fact in (await memory.search("Porto", **U)).facts if "semantic" in fact.signals]

    assert asyncio.run(check()) == ["Porto"]


# Search


def test_what_no_word_or_name_finds_is_found_by_its_meaning(alice: Memory) -> None:
    alice.add("I live in Lisbon, and I eat no meat.", **U)
    [best, *_] = alice.search("vegeterian", **U).facts
    assert best.object == "vegetarian"
    assert set(best.signals) - {"linked"} == {"semantic"}
    assert best.score == pytest.approx(sum(best.signals.values()))


def test_episodes_are_found_by_their_meaning(alice: Memory) -> None:
    alice.add("I moved to Porto.", **U, occurred_at=day(0))
    [hit] = alice.search("moving", **U).episodes
    assert hit.episode.content == "I moved to Porto."
    assert set(hit.signals) <= {"text", "semantic"}
    assert hit.score == pytest.approx(sum(hit.signals.values()))
    assert list(alice.search("moving", **U, known_at="2025").episodes) == []


def test_both_times_labels_and_holders_hold_for_meanings(alice: Memory) -> None:
    alice.add_fact("Alice", "lives_in", "Oslo", **U, occurred_at=day(0), run_id="1")
    alice.add_fact("Alice", "lives_in", "Porto", **U, occurred_at=day(30))
    alice.add_fact("Alice", "lives_in", "Paris", **U, occurred_at=day(31), holder="Bob")
    asked = "Alice lives in"
    assert semantic(alice, asked) == ["Porto"]
    assert semantic(alice, asked, as_of=day(5)) == ["Oslo"]
    assert semantic(alice, asked, known_at=day(5)) == ["Oslo"]
    assert semantic(alice, asked, as_of="2025") == []
    assert semantic(alice, asked, as_of=day(5), run_id="1") == ["Oslo"]
    assert semantic(alice, asked, as_of=day(5), run_id="2") == []
    assert semantic(alice, asked, holder="Bob") == ["Paris"]
    assert semantic(alice, asked, holder="alice") == ["Porto"]


def test_what_is_forgotten_has_no_vector(alice: Memory) -> None:
    alice.add("I moved to Porto.", **U, episode_id="e")
    alice.forget(**U, everything=True)
    assert alice.embed(**U) == 0
    answer = alice.search("moved to Porto", **U)
    assert (list(answer.facts), list(answer.episodes)) == ([], [])
