"""What the best hits lead to, over entities, facts and episodes."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mem0g import Memory
from mem0g.model import EntityId, Episode, Fact, Source
from mem0g.retrieval.anchors import Anchor
from mem0g.retrieval.linked import STARTS, linked
from mem0g.retrieval.walk import brought
from unit.samples import day, draft

# What a walk brings

NAMES = st.sampled_from("abcdefgh")
TIES = st.sets(st.tuples(NAMES, NAMES).filter(lambda tie: tie[0] < tie[1]), max_size=20)


def test_what_is_nearer_to_a_start_has_more_brought_to_it() -> None:
    scores = brought({"a": 1.0}, [("a", "b"), ("b", "c"), ("c", "d")])
    assert scores["b"] > scores["c"] > scores["d"] > 0


def test_a_place_of_many_ties_has_less_of_what_each_brings() -> None:
    scores = brought({"a": 1.0}, [("a", "b"), ("a", "hub"), *(("hub", f"{number}") for number in range(50))])
    assert scores["b"] > 10 * scores["hub"]


def test_a_start_has_only_what_others_bring() -> None:
    alone, together = brought({"a": 1.0}, [("a", "b")]), brought({"a": 1.0, "b": 1.0}, [("a", "b")])
    assert alone["b"] > alone["a"]
    assert together["a"] == pytest.approx(together["b"])


@given(TIES, st.dictionaries(NAMES, st.floats(0.01, 10), max_size=4))
def test_only_what_ties_lead_to_from_a_start_has_a_score(ties: set[tuple[str, str]], starts: Mapping[str, float]) -> None:
    reached = set(starts)
    for _ in ties:
        reached |= {end for tie in ties if reached & {*tie} for end in tie}
    assert brought(starts, ties).keys() <= reached


@given(TIES, st.dictionaries(NAMES, st.floats(0.01, 10), max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_the_ties_does_not_matter(ties: set[tuple[str, str]], starts: Mapping[str, float], random: Any) -> None:
    assert brought(starts, random.sample(sorted(ties), len(ties))) == brought(starts, ties)


@pytest.mark.parametrize("starts", [{}, {"nowhere": 1.0}])
def test_without_a_start_that_has_ties_nothing_is_brought(starts: dict[str, float]) -> None:
    assert brought(starts, [("a", "b")]) == {}


# Over what it goes


def fact(id: str, subject: str, object: str, *episodes: str) -> Fact:
    return Fact(
        id, subject, "knows", object, id, day(0), None, day(0), None, (), episodes, 1.0, False, EntityId(subject), EntityId(object), None
    )


def said(*ids: str, speaker: str = "Eve", source: Source = Source.MESSAGE) -> dict[str, Episode]:
    return {id: Episode(id, "user:alice", id, day(0), day(0), speaker, source=source) for id in ids}


def found(facts: list[Fact], episodes: dict[str, Episode], *pairs: tuple[str, str], by: str, anchors: tuple[Anchor, ...] = ()) -> set[str]:
    """What the hit of this id leads to."""
    parts: Mapping[str, Mapping[str, float]] = {by: {"semantic": 1.0}}
    by_facts, by_episodes = linked(facts, episodes, pairs, anchors, (parts, parts))
    return {*by_facts, *by_episodes} - {by}


def test_a_fact_leads_to_the_messages_that_tell_it_and_they_to_what_was_said_beside_them() -> None:
    episodes = said("e", speaker="Eve") | said("f", speaker="Fred") | said("g", speaker="Gus") | said("h", speaker="Hal")
    assert found([fact("1", "a", "b", "e")], episodes, ("e", "f"), by="1") == {"e", "f"}
    assert found([fact("1", "a", "b", "e")], episodes, ("e", "f"), by="f") == {"e", "1"}


def test_a_fact_leads_to_the_facts_of_its_entities() -> None:
    facts = [fact("1", "a", "b"), fact("2", "b", "c"), fact("3", "c", "d"), fact("4", "x", "y")]
    assert found(facts, {}, by="1") == {"2", "3"}


def test_a_message_leads_to_its_speaker_and_to_the_facts_of_them() -> None:
    facts = [fact("1", "Eve", "tea"), fact("2", "Fred", "jam")]
    assert found(facts, said("e", "f", speaker="EVE"), by="e") == {"1", "f"}
    evelyn = Anchor(EntityId("Eve"), frozenset({"evelyn"}), True)
    assert found(facts, said("e", speaker="Evelyn"), by="e", anchors=(evelyn,)) == {"1"}


def test_what_is_named_once_leads_nowhere_not_even_back() -> None:
    assert found([fact("1", "a", "b")], {}, by="1") == set()
    assert linked([fact("1", "a", "b")], {}, (), (), ({"1": {"text": 1.0}}, {})) == ({}, {})


def test_what_a_program_stated_lends_nothing_to_its_fact() -> None:
    stated = said("e", source=Source.FACT)
    assert found([fact("1", "a", "b", "e")], stated, by="e") == set()
    assert found([fact("1", "a", "b", "e")], stated, by="1") == set()


def test_the_walk_starts_at_the_best_by_words_and_meaning() -> None:
    facts = [fact(f"{number:02}", f"{number}", f"{number} too") for number in range(STARTS + 1)]
    last = fact("last", f"{STARTS}", "else")
    by_facts = {each.id: {"text": 2.0 - number / 100} for number, each in enumerate(facts)} | {"last": {"walk": 9.0}}
    assert linked([*facts, last], {}, (), (), (by_facts, {})) == ({}, {})
    more = {**by_facts, f"{STARTS:02}": {"text": 3.0}}
    assert linked([*facts, last], {}, (), (), (more, {}))[0].keys() == {"last", f"{STARTS:02}"}


# Through the public API


def test_a_message_gains_by_the_fact_that_was_read_out_of_it(scripted: Any) -> None:
    """Of two that have one word of the question's, said by two people on two days, the one whose fact has the other word."""
    texts = ("A B flat one, since May.", "Rain since May, again.")
    for told in texts:
        memory: Memory = scripted({told: [draft("clarinet", "plays", text="Alice plays the clarinet.")]})
        for number, text in enumerate(texts):
            memory.add({"role": "user", "name": text[:4], "content": text, "occurred_at": day(number)}, user_id=told)
        found = memory.search("clarinet since when", user_id=told).episodes
        assert found[0].episode.content == told
        assert "linked" in found[0].signals
