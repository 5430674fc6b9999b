"""Entities of the same letters are merged, those of like names once they have vectors; a merge is a record, and can be taken back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from mem0g import InvalidInput, Memory, ModelUnavailable, NotFound
from mem0g.model import ClaimDraft, Fact, Mention, Merge
from mem0g.period import BEGINNING, FOREVER, Period
from mem0g.ports import Vectors
from mem0g.testing import HashingEmbedder, ManualClock, ScriptedExtractor
from unit.samples import GRAPH, day

U: dict[str, Any] = {"user_id": "alice"}
NEAR = [
    ("NYC", "New York City"),
    ("LA", "Los Angeles", "Los Alamos"),
    ("Munich", "Berlin"),
    ("Pixel 8", "Pixel 9"),
]
"""Names that are near one another in meaning, as far as this model knows; all others are far apart."""


class Meanings(HashingEmbedder):
    """A model that knows which names mean the same."""

    fails = False

    def embed(self, texts: Sequence[str]) -> Vectors:
        if self.fails:
            raise ModelUnavailable("the embedder is down")
        return super().embed(texts)

    def _row(self, text: str) -> list[float]:
        near = [max(names) for names in NEAR if text in names]
        return super()._row(near[0] if near else text)


def lives(place: str, *, type: str = "place", subject: str = "Alice") -> list[ClaimDraft]:
    """That she lives there; the text is the place, too."""
    return [ClaimDraft(Mention(subject), "lives_in", Mention(place, type), f"{subject} lives in {place}.")]


SPELLINGS = ["St. John's", "St Johns", "StJohns"]
SCRIPT: Mapping[str, Sequence[ClaimDraft]] = {
    **{place: lives(place) for place in SPELLINGS},
    **{place: lives(place) for places in NEAR for place in places},
    "both": [*lives("NYC"), *lives("New York City", subject="Bob")],
    "a band": lives("NYC", type="organization"),
    "no type": lives("NYC", type=""),
    "never": [ClaimDraft(Mention("Alice"), "lives_in", Mention("NYC", "place"), "Never in NYC.", negated=True, correction=True)],
}
Opened = Callable[..., Memory]


@pytest.fixture
def opened(tmp_path: Path, clock: ManualClock) -> Iterator[Opened]:
    """Opens memories in files of their own."""
    with ExitStack() as stack:
        numbers = iter(range(99))

        def memory(embedder: HashingEmbedder | None) -> Memory:
            path = tmp_path / f"{next(numbers)}.db"
            return stack.enter_context(Memory(path, extractor=ScriptedExtractor(SCRIPT), embedder=embedder, clock=clock))

        yield memory


def told(memory: Memory, *texts: str) -> Memory:
    for number, text in enumerate(texts):
        memory.add(text, **U, occurred_at=day(number))
    return memory


def merges(memory: Memory) -> list[Merge]:
    return memory._store.merges(GRAPH)


def homes(memory: Memory) -> list[tuple[str, str]]:
    facts = memory.facts(**U, as_of=Period(BEGINNING, FOREVER), predicate="lives_in")
    return [(fact.subject, fact.object) for fact in facts]


def identity(facts: Sequence[Fact]) -> set[tuple[str, ...]]:
    return {(fact.id, fact.subject, fact.object) for fact in facts}


def test_like_names_of_one_type_are_merged_and_the_merge_says_why(opened: Opened) -> None:
    memory = told(opened(Meanings()), "NYC", "New York City")
    [merge] = merges(memory)
    assert merge.reason == "NYC is New York City: its initials, cosine 1.00"
    assert (merge.decider, merge.negated) == ("hashing-64", False)
    assert homes(memory) == [("Alice", "New York City")]
    [fact] = memory.facts(**U, object="NYC")
    assert [evidence.text for evidence in memory.why(fact.id, **U).evidence] == ["Alice lives in NYC.", "Alice lives in New York City."]


@pytest.mark.parametrize("texts", [("Munich", "Berlin"), ("Pixel 8", "Pixel 9"), ("New York City", "a band"), ("New York City", "no type")])
def test_what_is_near_in_meaning_alone_or_of_another_type_is_not_merged(opened: Opened, texts: tuple[str, str]) -> None:
    memory = told(opened(Meanings()), *texts)
    assert merges(memory) == []
    assert len(memory.timeline("Alice", **U)) > 1


def test_where_two_may_be_meant_nothing_is_merged(opened: Opened) -> None:
    assert merges(told(opened(Meanings()), "Los Alamos", "Los Angeles", "LA")) == []


def test_without_an_embedder_nothing_is_merged(opened: Opened) -> None:
    assert merges(told(opened(None), "NYC", "New York City")) == []


@pytest.mark.parametrize("embedder", [None, Meanings()], ids=["letters alone", "letters and meaning"])
def test_the_same_letters_need_no_embedder_and_no_order(opened: Opened, embedder: HashingEmbedder | None) -> None:
    found = set()
    for order in permutations(enumerate(SPELLINGS)):
        memory = opened(embedder)
        for said, text in order:
            memory.add(text, **U, occurred_at=day(said))
        assert {home for _, home in homes(memory)} == {"St. John's"}
        assert {merge.decider for merge in merges(memory)} == {"rule"}
        found.add(tuple(sorted(identity(memory.timeline("Alice", **U)))))
    assert len(found) == 1


def test_what_was_merged_is_told_and_listed(opened: Opened) -> None:
    memory = opened(Meanings())
    added = [
        memory.add(text, **U, occurred_at=day(said)).merged for said, text in enumerate(["St. John's", "St Johns", "NYC", "New York City"])
    ]
    assert [[(merged.name, merged.into, merged.decider) for merged in each] for each in added] == [
        [],
        [("St Johns", "St. John's", "rule")],
        [],
        [("NYC", "New York City", "hashing-64")],
    ]
    assert sorted(memory.merges(**U), key=str) == sorted([*added[1], *added[3]], key=str)
    assert memory.merges(user_id="bob") == []


def test_names_that_come_together_are_merged_too_and_an_add_asks_the_embedder_once(opened: Opened) -> None:
    embedder = Meanings()
    memory = told(opened(embedder), "both")
    assert len(merges(memory)) == embedder.calls == 1
    told(memory, "both", "Munich")
    assert (len(merges(memory)), embedder.calls) == (1, 2)


def test_the_order_of_arrival_is_no_matter(opened: Opened) -> None:
    found = set()
    for order in permutations([("NYC", 0), ("New York City", 1), ("Munich", 2), ("both", 3)]):
        memory = opened(Meanings())
        for text, said in order:
            memory.add(text, **U, occurred_at=day(said))
        found.add(tuple(sorted(identity(memory.timeline("Alice", **U)))))
    assert len(found) == 1


def test_a_ledger_with_merges_loads_the_same_without_a_model(opened: Opened, tmp_path: Path) -> None:
    memory = told(opened(Meanings()), "NYC", "New York City", "Munich")
    memory.export(tmp_path / "ledger.jsonl", **U)
    for embedder in (None, Meanings()):
        other = opened(embedder)
        other.load(tmp_path / "ledger.jsonl")
        assert identity(other.timeline("Alice", **U)) == identity(memory.timeline("Alice", **U))


def test_what_the_embedder_missed_is_made_up_for(opened: Opened) -> None:
    embedder = Meanings()
    memory = told(opened(embedder), "NYC")
    embedder.fails = True
    memory.add("New York City", **U, occurred_at=day(1))
    assert merges(memory) == []
    embedder.fails = False
    memory.embed(**U)
    assert homes(memory) == [("Alice", "New York City")]


def test_a_correction_takes_back_what_a_merge_makes_its_own(opened: Opened) -> None:
    memory = told(opened(Meanings()), "New York City", "never")
    assert homes(memory) == []
    assert [decision.operation for decision in memory.why(memory.timeline("Alice", **U)[0].id, **U).decisions] == ["CORRECTS"]


# Taking a merge back


def test_a_merge_that_is_taken_back_leaves_what_there_would_have_been_without_it(opened: Opened) -> None:
    texts = ["NYC", "New York City", "NYC", "Munich"]
    merged, apart = (told(opened(embedder), *texts) for embedder in (Meanings(), None))
    assert identity(merged.timeline("Alice", **U)) != identity(apart.timeline("Alice", **U))
    merged.unmerge("new york city", "NYC", reason="two places", **U)
    assert identity(merged.timeline("Alice", **U)) == identity(apart.timeline("Alice", **U))
    assert [(merge.reason, merge.decider) for merge in merges(merged) if merge.negated] == [("two places", "caller")]
    told(merged, *texts, "both")
    assert {city for _, city in homes(merged)} >= {"NYC", "New York City"}


def test_what_is_parted_stays_so_in_a_ledger_that_is_loaded(opened: Opened, tmp_path: Path) -> None:
    memory = told(opened(Meanings()), "NYC", "New York City")
    memory.unmerge("NYC", "New York City", reason="two places", **U)
    memory.export(tmp_path / "ledger.jsonl", **U)
    other = opened(Meanings())
    other.load(tmp_path / "ledger.jsonl")
    assert identity(other.timeline("Alice", **U)) == identity(memory.timeline("Alice", **U))


def test_who_leaves_one_of_three_leaves_the_third_too(opened: Opened) -> None:
    memory = told(opened(None), *SPELLINGS)
    added = memory.unmerge("StJohns", "St. John's", reason="a firm", **U)
    assert {home for _, home in homes(memory)} == {"St. John's", "StJohns"}
    assert list(added.merged) == []
    undone = {(merged.name, merged.into): merged.undone for merged in memory.merges(**U)}
    assert undone == {("StJohns", "St. John's"): "a firm", ("StJohns", "St Johns"): "a firm", ("St Johns", "St. John's"): None}
    assert {fact.object for fact in memory.facts(**U, object="StJohns", as_of=Period(BEGINNING, FOREVER))} == {"StJohns"}
    with pytest.raises(NotFound, match="holds no merge"):
        memory.unmerge("St Johns", "StJohns", reason="again", **U)
    assert merges(told(memory, *SPELLINGS)) == merges(memory)


@pytest.mark.parametrize("embedder", [None, Meanings()], ids=["letters alone", "letters and meaning"])
def test_what_is_parted_is_not_joined_by_another_spelling(opened: Opened, embedder: HashingEmbedder | None) -> None:
    memory = told(opened(embedder), "St. John's", "StJohns")
    memory.unmerge("StJohns", "St. John's", reason="two towns", **U)
    memory.add("St Johns", **U, occurred_at=day(3))
    assert {home for _, home in homes(memory)} == {"St. John's", "StJohns", "St Johns"}
    assert {merged.undone for merged in memory.merges(**U)} == {"two towns"}


@pytest.mark.parametrize("names", [("Paul A.", "Paula"), ("Tim O.", "Timo"), ("Eric A", "Erica"), ("Li Na", "Lina")])
@pytest.mark.parametrize("embedder", [None, Meanings()], ids=["letters alone", "letters and meaning"])
def test_two_people_of_the_same_letters_each_keep_a_home(tmp_path: Path, names: tuple[str, str], embedder: HashingEmbedder | None) -> None:
    homes = dict(zip(names, ("Beijing", "Oslo"), strict=True))
    script = {
        name: [ClaimDraft(Mention(name, "person"), "lives_in", Mention(home, "place"), f"{name} lives in {home}.")]
        for name, home in homes.items()
    }
    with Memory(tmp_path / "memory.db", extractor=ScriptedExtractor(script), embedder=embedder) as memory:
        for number, name in enumerate(names):
            memory.add(name, **U, occurred_at=day(number))
        assert {fact.subject: fact.object for fact in memory.facts(**U)} == homes


def test_what_was_never_merged_cannot_be_parted(opened: Opened) -> None:
    memory = told(opened(Meanings()), "NYC", "New York City", "Munich")
    for names in (("Munich", "NYC"), ("NYC", "NYC"), ("Paris", "NYC")):
        with pytest.raises(NotFound, match="holds no merge"):
            memory.unmerge(*names, reason="two places", **U)
    with pytest.raises(InvalidInput, match="reason"):
        memory.unmerge("NYC", "New York City", reason=" ", **U)
