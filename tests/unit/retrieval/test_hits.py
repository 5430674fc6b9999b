"""Facts and episodes in one ranking: which come first, how many, and how they are shown."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mem0g import MarginalRelevance, Memory
from mem0g.errors import InvalidInput, ModelUnavailable
from mem0g.model import EntityId, Fact
from mem0g.results import FoundEpisode, FoundFact, Hit, Search
from mem0g.retrieval.reranking import COMPARED, READ, reranked
from mem0g.testing import HashingEmbedder, ManualClock, ScriptedExtractor
from unit.samples import day, draft, event

U: dict[str, Any] = {"user_id": "alice"}


def message(content: str, said: float, speaker: str = "alice") -> dict[str, Any]:
    return {"role": "user", "name": speaker, "content": content, "occurred_at": day(0) + timedelta(minutes=said)}


def texts(hits: Sequence[Hit]) -> list[str]:
    return [hit.text for hit in hits]


@pytest.fixture
def alice(scripted: Any) -> Memory:
    """A talk of three minutes: a question, its answer, from which a fact was read, and something else; a day later one more."""
    memory: Memory = scripted({"A clarinet, since last year.": [draft("clarinet", "plays", text="Alice plays the clarinet.")]})
    memory.add([
        message("Which instrument do you play?", 0, "Bob"),
        message("A clarinet, since last year.", 1),
        message("How lovely.", 2, "Bob"),
        message("Rain again.", 1_442),
    ], **U)  # fmt: skip
    return memory


def test_both_are_in_one_ranking_and_what_was_told_goes_behind(alice: Memory) -> None:
    found = alice.search("Is it a clarinet, Alice?", **U)
    assert texts(found.hits)[0] == "A clarinet, since last year."
    assert texts(found.hits)[-1] == "Alice plays the clarinet."
    assert texts(found.facts) == ["Alice plays the clarinet."]
    assert set(texts(found.episodes)) == set(texts(found.hits)) - {"Alice plays the clarinet."}
    assert all(hit.score == pytest.approx(sum(hit.signals.values())) for hit in found.hits)


def test_the_answer_to_a_question_is_found_by_the_words_of_the_question(alice: Memory) -> None:
    """A message beside one that was found is found by its neighbour; not one of another day."""
    scores = {hit.text: hit.signals for hit in alice.search("instrument", **U).episodes}
    assert scores["A clarinet, since last year."]["text"] == pytest.approx(scores["Which instrument do you play?"]["text"] / 2)
    assert set(scores) == {"Which instrument do you play?", "A clarinet, since last year."}
    beside = {hit.text: set(hit.signals) for hit in alice.search("clarinet", **U).episodes}
    assert beside["Which instrument do you play?"] == {"linked"}
    assert beside["How lovely."] == {"text", "linked"}
    assert "Rain again." not in beside


def test_what_was_said_after_the_known_time_lends_nothing(alice: Memory) -> None:
    known_at = (day(0) + timedelta(minutes=1)).isoformat()
    signals = {hit.text: hit.signals for hit in alice.search("lovely clarinet", **U, known_at=known_at).episodes}
    assert set(signals) == {"A clarinet, since last year.", "Which instrument do you play?"}
    alone = alice.search("lovely", **U, known_at=known_at)
    assert list(alone.hits) == []


def test_a_neighbour_of_another_run_lends_nothing(memory: Memory) -> None:
    memory.add("Tea?", **U, run_id="1", occurred_at=day(0))
    memory.add("Yes.", **U, run_id="2", occurred_at=day(0) + timedelta(minutes=1))
    assert texts(memory.search("tea", **U).hits) == ["Tea?", "Yes."]
    assert texts(memory.search("tea", **U, run_id="1").hits) == ["Tea?"]
    assert texts(memory.search("tea", **U, run_id="2").hits) == []
    memory.add("No.", **U, run_id="1", occurred_at=day(0) + timedelta(seconds=30))
    assert texts(memory.search("tea", **U, run_id="1").hits) == ["Tea?", "No."]


def test_the_limit_holds_for_each_list(memory: Memory) -> None:
    for number in range(5):
        memory.add_fact("Alice", "likes", f"tea {number}", **U, occurred_at=day(number))
    found = memory.search("tea", **U, limit=3)
    assert (len(found.facts), len(found.episodes), len(found.hits)) == (3, 3, 3)


def test_a_budget_of_tokens_holds_what_fits(memory: Memory) -> None:
    memory.add("Tea " * 100, **U, occurred_at=day(0))
    for number in range(30):
        memory.add_fact("Alice", "likes", f"tea {number}", **U, occurred_at=day(number))
    found = memory.search("tea", **U, token_budget=60)
    assert 3 <= len(found.hits) < 30
    assert len(found.context()) <= 240
    assert set(texts(found.facts)) | set(texts(found.episodes)) == set(texts(found.hits))
    assert len(memory.search("tea", **U, token_budget=100_000).hits) > 30
    assert list(memory.search("tea", **U, token_budget=1).hits) == []


def test_what_a_program_stated_comes_as_the_fact(memory: Memory) -> None:
    for number in range(3):
        memory.add_fact("Alice", "likes", f"tea {number}", **U, occurred_at=day(number))
    hits = memory.search("tea", **U).hits
    assert [isinstance(hit, FoundFact) for hit in hits] == [True] * 3 + [False] * 3


def test_what_changed_is_in_the_budget(memory: Memory) -> None:
    for number, town in enumerate(["Oslo", "Lisbon", "Porto", "Bergen", "Ghent"]):
        memory.add_fact("Alice", "lives_in", town, **U, occurred_at=day(number), exclusive=True)
    for budget in (50, 60, 70, 80, 100, 200, 400):
        found = memory.search("Where has Alice ever lived?", **U, token_budget=budget)
        assert found.hits
        assert len(found.context()) <= budget * 4
    assert "Changes:" in found.context()
    with pytest.raises(InvalidInput, match="limit=-2"):
        memory.search("tea", **U, limit=-2, token_budget=100)


def test_what_many_others_hold_hides_nothing_that_a_holder_does(memory: Memory) -> None:
    memory.add_fact("Zoe", "likes", "green tea from Japan", **U, holder="Bob", occurred_at=day(0))
    for number in range(260):
        memory.add_fact(f"P{number}", "likes", "tea", **U, occurred_at=day(1))
    assert texts(memory.search("Who likes tea?", **U, holder="Bob").facts) == ["Zoe likes green tea from Japan."]


def test_another_run_stands_between_no_neighbours(memory: Memory) -> None:
    memory.add("Tea?", **U, run_id="1", occurred_at=day(0))
    memory.add("Rain.", **U, run_id="2", occurred_at=day(0) + timedelta(seconds=20))
    memory.add_fact("Alice", "likes", "milk", **U, run_id="1", occurred_at=day(0) + timedelta(seconds=30))
    memory.add("Yes.", **U, run_id="1", occurred_at=day(0) + timedelta(seconds=40))
    assert texts(memory.search("tea", **U, run_id="1").hits) == ["Tea?", "Yes."]


@pytest.mark.parametrize("budget", [0, -1, True])
def test_a_budget_that_holds_nothing_is_refused(memory: Memory, budget: int) -> None:
    with pytest.raises(InvalidInput, match="token_budget="):
        memory.search("tea", **U, token_budget=budget)


def test_names_are_left_out_of_what_is_compared(tmp_path: Path, clock: ManualClock) -> None:
    embedder = HashingEmbedder()
    with Memory(tmp_path / "m.db", extractor=ScriptedExtractor({}), embedder=embedder, clock=clock) as memory:
        memory.add_fact("alice", "likes", "tea", **U)
        memory.search("What does Alice like?", **U)
        assert embedder.requests[-1] == ["What does like?"]
        memory.search("What does Bob like?", **U)
        assert embedder.requests[-1] == ["What does Bob like?"]
    with Memory(tmp_path / "f.db", extractor=ScriptedExtractor({}), embedder=embedder, clock=clock, flavour="facts") as memory:
        memory.add_fact("alice", "likes", "tea", **U)
        memory.search("What does Alice like?", **U)
        assert embedder.requests[-1] == ["What does Alice like?"]


# How they are shown


def test_a_state_that_gave_way_is_shown_as_a_change(memory: Memory) -> None:
    for city, said in (("Oslo", "2026-01-01"), ("Lisbon", "2026-03-01"), ("Porto", "2026-05-01")):
        memory.add_fact("Alice", "lives_in", city, **U, occurred_at=said)
    memory.add_fact("Alice", "likes", "tea", **U, occurred_at="2026-01-01", invalid_at="2026-03-01")
    memory.add_fact("Alice", "likes", "milk", **U, occurred_at="2026-04-01")
    memory.add_fact("Alice", "visited", "Rome", **U, occurred_at="2026-04-01", valid_at="2026-02-01", event=True)
    memory.add_fact("Alice", "visited", "Bern", **U, occurred_at="2026-04-01", valid_at="2026-02-02", event=True)
    found = memory.search("When did Alice live in Lisbon, and what did she like?", **U)
    assert found.changes() == ["- Alice lives in: Oslo until 2026-03-01, then Lisbon until 2026-05-01, then Porto"]
    assert "\nChanges:\n- Alice lives in: Oslo" in found.context()
    assert "Changes:" not in memory.search("Where does Alice live?", **U).context()


# Read again


class ByLength:
    """A reranker to which the longest is the best."""

    name = "by length"

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def score(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        self.asked.append((question, len(texts)))
        return [len(text) - 1_000.0 for text in texts]


class Down(ByLength):
    def score(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        raise ModelUnavailable("the reranker is down")


def asked_with(reranker: ByLength, folder: Path, clock: ManualClock) -> Search:
    with Memory(folder / "m.db", extractor=ScriptedExtractor({}), reranker=reranker, clock=clock) as memory:
        memory.add_fact("Alice", "likes", "tea", **U, text="Tea.", occurred_at=day(0))
        memory.add_fact("Alice", "likes", "green tea", **U, text="Green tea, whatever anybody says.", occurred_at=day(1))
        return memory.search("What of tea?", **U)


def test_a_reranker_puts_what_it_likes_first(tmp_path: Path, clock: ManualClock) -> None:
    reranker = ByLength()
    found = asked_with(reranker, tmp_path, clock)
    assert reranker.asked == [("What of tea?", 4)]
    assert texts(found.hits)[0] == found.facts[0].text == found.episodes[0].text == "Green tea, whatever anybody says."
    assert found.hits[0].signals["reranker"] == 2.0
    assert found.hits[0].score == pytest.approx(sum(found.hits[0].signals.values()))


def test_a_reranker_that_fails_says_so(tmp_path: Path, clock: ManualClock) -> None:
    with pytest.raises(ModelUnavailable, match="the reranker is down"):
        asked_with(Down(), tmp_path, clock)


def test_the_first_ones_alone_are_read_again(alice: Memory) -> None:
    [hit, *_] = alice.search("clarinet", **U).episodes
    assert isinstance(hit, FoundEpisode)
    reranker = ByLength()
    assert len(reranked(reranker, "x", [hit] * (READ + 9))) == READ + 9
    assert reranked(reranker, "x", []) == []
    assert reranker.asked == [("x", READ)]


# Without repetition


def fact(text: str, score: float) -> FoundFact:
    found = Fact(text, "Alice", "noted", text, text, day(0), None, day(0), None, (), (), 1.0, False, EntityId("alice"), None, None)
    return FoundFact.of(found, score, {"text": score})


def test_two_that_say_the_same_do_not_both_stand_at_the_top() -> None:
    """The second of them goes behind what is new; the others stay in their order."""
    hits = [fact("Alice plays the clarinet", 1.0), fact("Alice plays a clarinet now", 0.95), fact("Bob sings", 0.8), fact("Rain came", 0.7)]
    kept = reranked(MarginalRelevance(), "x", hits)
    assert texts(kept) == ["Alice plays the clarinet", "Bob sings", "Rain came", "Alice plays a clarinet now"]
    assert [hit.score for hit in kept] == sorted((hit.score for hit in kept), reverse=True)
    assert all(hit.score == pytest.approx(sum(hit.signals.values())) for hit in kept)
    assert [hit.text for hit in kept if "mmr" in hit.signals] == ["Alice plays a clarinet now"]


def test_the_more_relevance_counts_the_less_is_moved() -> None:
    hits = [fact("Alice plays the clarinet", 1.0), fact("Alice plays a clarinet now", 0.95), fact("Bob sings", 0.5)]
    assert reranked(MarginalRelevance(1), "x", hits) == hits
    assert texts(reranked(MarginalRelevance(0.9), "x", hits)) == texts(hits)
    assert texts(reranked(MarginalRelevance(0.5), "x", hits)) == ["Alice plays the clarinet", "Bob sings", "Alice plays a clarinet now"]


def test_the_first_ones_alone_are_compared() -> None:
    hits = [fact("the same", 2.0 - number / 1_000) for number in range(COMPARED + 9)]
    kept = reranked(MarginalRelevance(), "x", hits)
    assert sum("mmr" in hit.signals for hit in kept) == COMPARED - 1
    assert kept[1:10] == hits[COMPARED:]


def test_what_has_no_words_is_like_nothing() -> None:
    hits = [fact("…", 1.0), fact("…", 0.9)]
    assert reranked(MarginalRelevance(0.1), "x", hits) == hits
    assert reranked(MarginalRelevance(), "x", []) == []


@given(st.lists(st.tuples(st.text("ab c", min_size=1), st.floats(0, 3)), max_size=12), st.floats(0.01, 1))
def test_the_scores_are_in_the_order_of_the_hits_and_none_is_lost(given: list[tuple[str, float]], relevance: float) -> None:
    hits = sorted((fact(*each) for each in given), key=lambda hit: -hit.score)
    kept = reranked(MarginalRelevance(relevance), "x", hits)
    assert sorted(texts(kept)) == sorted(texts(hits))
    assert all(one.score >= other.score - 1e-9 for one, other in pairwise(kept))


@pytest.mark.parametrize("relevance", [0, -0.1, 1.1, float("nan"), True, "high"])
def test_a_relevance_that_is_no_share_is_refused(relevance: Any) -> None:
    with pytest.raises(InvalidInput, match=f"relevance={relevance!r} cannot be used"):
        MarginalRelevance(relevance)


def test_a_memory_may_be_asked_without_repetition(tmp_path: Path, clock: ManualClock) -> None:
    with Memory(tmp_path / "m.db", extractor=ScriptedExtractor({}), clock=clock, reranker=MarginalRelevance(0.5)) as memory:
        for number, object in enumerate(("green tea", "tea that is green", "tea with milk")):
            memory.add_fact("Alice", "likes", object, **U, occurred_at=day(number))
        found = memory.search("What tea, green tea?", **U)
    assert [fact.object for fact in found.facts][:2] in (["green tea", "tea with milk"], ["tea that is green", "tea with milk"])
    assert found.hits[-1].signals["mmr"] < 0


def test_an_event_gives_way_to_nothing(scripted: Any) -> None:
    memory: Memory = scripted({"Rome, then Bern.": [event("Rome"), event("Bern")]})
    memory.add("Rome, then Bern.", **U)
    assert memory.search("When did Alice visit Rome?", **U).changes() == []
