"""Names in a question that are a letter off: which are read as whom, and which are left as they are."""

from pathlib import Path
from typing import Any

import pytest

from mem0g import Memory
from mem0g.model import ClaimDraft, Mention
from mem0g.retrieval.misspelling import spellings
from mem0g.stores.sqlite import SQLiteStore
from mem0g.testing import HashingEmbedder, ManualClock, ScriptedExtractor, ScriptedModel
from unit.doubles import Counted

U: dict[str, Any] = {"user_id": "owner"}
SAID: dict[str, Any] = {**U, "occurred_at": "2026-01-01"}


@pytest.fixture
def town(memory: Memory) -> Memory:
    """Some people and places; Marco and Marta, Lena and Lene are a letter apart from one another or from what else is asked."""
    for subject, predicate, object in (
        ("Alice", "lives_in", "Lisbon"), ("Alice", "sister", "Berta"), ("Berta", "likes", "tea"), ("John", "plays", "chess"),
        ("Carl Smith", "drives", "Volvo"), ("Marco", "likes", "salt"), ("Rosa", "likes", "ink"), ("Lena", "likes", "jazz"),
        ("Lene", "likes", "blues"), ("Bob", "likes", "fish"), ("Caroline", "likes", "rain"), ("Zoë", "likes", "sand"),
    ):  # fmt: skip
        memory.add_fact(subject, predicate, object, **SAID)
    memory.add([{"role": "user", "content": "The rose is red, says Karl to Marko and Marco.", "occurred_at": "2026-01-02"}], **U)
    return memory


# Spellings


def test_spellings_are_one_slip_away() -> None:
    near = spellings("alise")
    assert {"alice", "alie", "aalise", "alisew", "ailse", "laise", "alies"} <= set(near)
    assert {"alise", "blise", "lise", "balise", "alic", "aliec"}.isdisjoint(near)
    assert len(near) == len(set(near)) == 4 + 4 + 4 * 25 + 5 * 26 - len(duplicates("alise"))


def duplicates(word: str) -> list[str]:
    """Of a word of different letters: a letter put in before or after its like is the same."""
    return [f"{word[:place]}{letter}{word[place:]}" for place, letter in enumerate(word) if place]


def test_spellings_have_the_letters_of_the_word_itself() -> None:
    assert {"zoë", "zoëë"} <= set(spellings("zoëe"))
    assert "zoé" not in spellings("zoë")


@pytest.mark.parametrize("word", ["a", "ab", "aa", "é", ""])
def test_a_short_word_has_spellings_too(word: str) -> None:
    assert word not in spellings(word)


# What is read as whom


@pytest.mark.parametrize(
    ("question", "misspelt"),
    [
        ("Where does Alise live?", {"Alise": "Alice"}),
        ("Where does Alcie live?", {"Alcie": "Alice"}),
        ("Where does Alicce live?", {"Alicce": "Alice"}),
        ("Where does Alce live?", {"Alce": "Alice"}),
        ("Where does Laice live?", {"Laice": "Alice"}),
        ("WHERE DOES ALISE LIVE?", {"ALISE": "Alice"}),
        ("Alise lives where?", {"Alise": "Alice"}),
        ("what does jhon play", {"jhon": "John"}),
        ("What does jhon play? And I?", {"jhon": "John"}),
        ("What is Alise's home?", {"Alise": "Alice"}),
        ("Who are Alise’s people?", {"Alise": "Alice"}),
        ("What does Carl Smth drive?", {"Carl Smth": "Carl Smith"}),
        ("what does carl smiht drive", {"carl smiht": "Carl Smith"}),
        ("Who lives in Lisbn, Alise or Jhon?", {"Lisbn": "Lisbon", "Alise": "Alice", "Jhon": "John"}),
        ("What does Carolin like?", {"Carolin": "Caroline"}),
    ],
)
def test_a_name_that_is_a_letter_off_is_read_as_the_one_it_may_be(town: Memory, question: str, misspelt: dict[str, str]) -> None:
    found = town.search(question, **U)
    assert dict(found.misspelt) == misspelt
    assert list(found.misspelt) == list(misspelt)
    assert found.question == question


@pytest.mark.parametrize(
    "question",
    [
        "Where does Alice live?",
        "Where does Elice live?",  # the first letter is never wrong
        "Where does Aliise live?",  # two letters off
        "What does Len like?",  # too short
        "What does Leni like?",  # Lena, or Lene
        "What did Alice do in March?",  # not Marco: a time
        "What does Karl Smith drive?",  # another first letter
        "What does Karl say?",  # said in a message
        "What does Marko like?",  # the same, beside Marco
        "what colour is rose",  # said in a message, and not Rosa
        "Does Rose say so?",
        "what does the jhon do",  # a jhon is no name
        "what is alice's jhon",
        "Does jhon play with Alice?",  # names have capitals here
        "what does mary marry",  # a word that questions are made of
        "What does J0hn play?",
        "which gamess are they",
        "Does Chesss count?",  # chess is written without a capital, and so is no name
        "Where does Alice, Carl or Smth live?",  # not one after the other
    ],
)
def test_what_may_be_another_is_left_as_it_is(town: Memory, question: str) -> None:
    assert dict(town.search(question, **U).misspelt) == {}


def test_a_misspelt_name_finds_what_the_name_finds(town: Memory) -> None:
    for question in ("Where does {} live?", "What does {}'s sister like?", "According to {}, who lives in Lisbon?"):
        right, wrong = (town.search(question.format(name), **U) for name in ("Alice", "Alise"))
        assert [(hit.text, hit.score) for hit in wrong.hits] == [(hit.text, hit.score) for hit in right.hits]
        assert wrong.time == right.time
    assert "Berta likes tea." in {fact.text for fact in town.search("What does Alise's sister like?", **U).facts[:2]}


def test_of_a_person_the_misspelt_word_is_not_looked_for(tmp_path: Path, clock: ManualClock) -> None:
    embedder = HashingEmbedder()
    with Memory(tmp_path / "memory.db", embedder=embedder, extractor=ScriptedExtractor({}), clock=clock) as memory:
        memory.add_fact("Alice", "lives_in", "Lisbon", user_id="Alice", occurred_at="2026-01-01")
        memory.search("Where does Alise live?", user_id="Alice")
        memory.search("Who lives in Lisbn?", user_id="Alice")
    assert embedder.requests[-2:] == [["Where does live?"], ["Who lives in Lisbon?"]]


def test_a_name_that_is_known_costs_no_read_more(town: Memory, tmp_path: Path, clock: ManualClock) -> None:
    """Only a word that is nobody's name is looked for in other spellings."""
    store = Counted(SQLiteStore(tmp_path / "memory.db"))
    with Memory(store=store, extractor=ScriptedExtractor({}), clock=clock) as memory:
        read = dict[str, int]()
        for name in ("Alice", "Alise"):
            store.reads.clear()
            memory.search(f"Where does {name} live?", **U)
            read[name] = store.reads["entities"]
    assert read["Alise"] == read["Alice"] + 2  # the other spellings, and whom the question names with the right one


def test_entities_that_are_one_are_one(scripted: Any) -> None:
    places = [Mention(name, "place") for name in ("Malmö", "Malmo")]
    memory: Memory = scripted(
        {f"{place.name}!": [ClaimDraft(Mention("Ann"), "visited", place, f"Ann visited {place.name}.")] for place in places}
    )
    for place in places:
        memory.add(f"{place.name}!", **SAID)
    assert memory.merges(**U)
    assert dict(memory.search("Who visited Malmöo?", **U).misspelt) == {"Malmöo": "Malmo"}
    memory.unmerge("Malmö", "Malmo", reason="two places", **U)
    assert dict(memory.search("Who visited Malmöo?", **U).misspelt) == {}


def test_a_person_and_the_owner_need_no_capital(scripted: Any) -> None:
    memory: Memory = scripted({"hi": [ClaimDraft(Mention("robin", "person"), "plays", Mention("go"), "robin plays go.")]})
    memory.add("hi", **SAID)
    memory.add_fact("owner", "plays", "chess", **SAID)
    assert dict(memory.search("what do robbin and ownre play", **U).misspelt) == {"robbin": "robin", "ownre": "owner"}


def test_nothing_is_read_as_a_name_of_another_graph(town: Memory) -> None:
    town.add_fact("Xavier", "likes", "tea", user_id="other", occurred_at="2026-01-01")
    assert dict(town.search("What does Xavyer like?", **U).misspelt) == {}
    assert dict(town.search("What does Xavyer like?", user_id="other").misspelt) == {"Xavyer": "Xavier"}


def test_the_flavour_without_entities_reads_no_name(tmp_path: Path, clock: ManualClock) -> None:
    with Memory(tmp_path / "facts.db", extractor=ScriptedExtractor({}), clock=clock, flavour="facts") as memory:
        memory.add_fact("Alice", "lives_in", "Oslo", **SAID)
        assert dict(memory.search("Where does Alise live?", **U).misspelt) == {}


@pytest.mark.parametrize("question", ["ﷺﷺﷺﷺ abcd", "word " * 1_999, "Alise Jhon " * 900, "? " * 4_999 + "a", "'''' ’’’’ ____", "ⅷⅷⅷⅷ ²²²²"])
def test_strange_and_long_questions_are_read(town: Memory, question: str) -> None:
    assert town.search(question, **U).question == question


# Answers


@pytest.mark.parametrize(
    "question",
    [
        "Where does Alise live?",
        "where does alise live",
        "Who lives in Lisbn?",
        "Does Alise live in Lisbon?",
        "What does Bob like, according to Alise?",
        "What did Bob like when Alise lived in Lisbon?",
    ],
)
def test_without_a_model_a_misspelt_name_is_not_answered(town: Memory, question: str) -> None:
    """Search shows what it takes a name for, an answer would not: so it has none."""
    assert town.search(question, **U).misspelt
    assert town.answer(question, **U).abstained


def test_with_the_name_the_same_question_is_answered(town: Memory) -> None:
    for question in ("Where does Alice live?", "Who lives in Lisbon?", "What did Bob like when Alice lived in Lisbon?"):
        assert not town.answer(question, **U).abstained


def test_a_model_is_told_whom_a_name_was_taken_for(tmp_path: Path, clock: ManualClock) -> None:
    llm = ScriptedModel([{"answer": "Alice lives in Oslo.", "cited": [1], "known": True}])
    with Memory(tmp_path / "memory.db", llm=llm, extractor=ScriptedExtractor({}), clock=clock) as memory:
        memory.add_fact("Alice", "lives_in", "Oslo", **SAID)
        assert memory.answer("Where does Alise live?", **U).citations
    lines = llm.requests[0].text.splitlines()
    assert lines[0] == "Question: Where does Alise live?"
    assert lines[3:5] == ["Misspelt: 'Alise' is read as Alice", ""]
