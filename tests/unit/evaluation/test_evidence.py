"""A LoCoMo conversation told to a memory, its observations standing in for an extractor, and what is found again."""

from pathlib import Path

import pytest

from mem0g import Memory, Value
from mem0g.errors import InvalidInput
from mem0g.evaluation.evidence import BASELINES, OFF, EvidenceReport, chosen, measure
from mem0g.evaluation.locomo_data import Conversation, read_conversations
from mem0g.evaluation.telling import ObservationReader, message
from mem0g.testing import HashingEmbedder, ScriptedExtractor
from unit.samples import draft

from .locomo_file import write_sample

LEEDS = ScriptedExtractor({"Ben lives in Leeds.": [draft("Leeds", subject="Ben", text="Ben is of Leeds.", quote="Leeds")]})


@pytest.fixture
def tiny(tmp_path: Path) -> Conversation:
    [conversation] = read_conversations(write_sample(tmp_path / "tiny.json"))
    return conversation


@pytest.fixture
def report(tiny: Conversation) -> EvidenceReport:
    return measure([tiny], HashingEmbedder(), LEEDS)


def test_observations_are_what_is_read_of_the_turns_they_cite(tiny: Conversation, tmp_path: Path) -> None:
    """What yields a triplet is one, under the observation's sentence; what yields none is noted whole."""
    with Memory(tmp_path / "m.db", extractor=ObservationReader.of(tiny, LEEDS), clock=lambda: tiny.turns[-1].said_at) as memory:
        memory.add([message(turn) for turn in tiny.turns], user_id="tiny")
        facts = {fact.text: fact for fact in memory.facts(user_id="tiny")}
        assert [episode.id for episode in memory.episodes(user_id="tiny")] == ["D1:1", "D1:2", "D1:3", "D2:1", "D2:2"]
        assert memory.episodes(user_id="tiny")[2].content == "The clarinet, for years. [a photo of a clarinet]"
    assert {text: (fact.subject, fact.predicate, fact.episode_ids) for text, fact in facts.items()} == {
        "Ann attended a pottery class on 7 May 2023.": ("Ann", "noted", ("D1:1",)),
        "Ann has made music since her youth.": ("Ann", "noted", ("D1:3",)),
        "Ben lives in Leeds.": ("Ben", "lives_in", ("D2:1",)),
    }


def test_an_observation_of_two_turns_is_one_fact_with_both_as_sources(tmp_path: Path) -> None:
    observed = {"session_1_observation": {"Ann": [["Ann plays in a band.", "D1:1, D1:3"]]}}
    [conversation] = read_conversations(write_sample(tmp_path / "tiny.json", observation=observed))
    reader = ObservationReader.of(conversation, ScriptedExtractor({}))
    with Memory(tmp_path / "m.db", extractor=reader, clock=lambda: conversation.turns[-1].said_at) as memory:
        memory.add([message(turn) for turn in conversation.turns], user_id="tiny")
        [fact] = memory.facts(user_id="tiny")
    assert (fact.object, fact.episode_ids) == (Value("Ann plays in a band.").text, ("D1:1", "D1:3"))


def test_the_questions_that_cite_a_turn_are_asked_of_every_method(report: EvidenceReport) -> None:
    assert report.questions == {"multi-hop": 1, "temporal": 1, "single-hop": 1}
    assert [found.name for found in report.baselines] == list(BASELINES)
    assert [found.name for found in report.without] == list(OFF)
    assert report.memory.name == "mem0g"
    assert [(each.conversation, each.turns, each.facts) for each in report.latencies] == [("tiny", 5, 3)]
    assert (report.conversations, report.embedder) == (["tiny"], "hashing-64")


def test_what_is_found_is_counted(report: EvidenceReport) -> None:
    """Five turns: the first five of them are all there is."""
    by_name = {found.name: found for found in report.baselines}
    assert by_name["turns, BM25"].all.at_5 == by_name["turns, dense"].all.at_10 == 1
    assert by_name["facts, RRF"].all.at_5 == 1
    assert report.memory.all.at_10 == report.memory.all.in_500 == 1
    assert set(report.memory.categories) == {"multi-hop", "temporal", "single-hop"}
    assert all(found.delta == found.all - report.memory.all for found in report.without)


def test_it_tells_how_far_it_is(tiny: Conversation) -> None:
    told: list[tuple[int, int]] = []
    measure([tiny], HashingEmbedder(), LEEDS, lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_without_observations_there_are_no_baselines_over_facts(tmp_path: Path) -> None:
    [conversation] = read_conversations(write_sample(tmp_path / "tiny.json", observation={}))
    report = measure([conversation], HashingEmbedder(), LEEDS)
    assert "facts, RRF" not in [found.name for found in report.baselines]
    assert report.memory.all.at_10 == 1


def test_nothing_to_find_is_refused(tmp_path: Path) -> None:
    [conversation] = read_conversations(write_sample(tmp_path / "tiny.json", qa=[]))
    with pytest.raises(InvalidInput, match="nothing to find"):
        measure([conversation], HashingEmbedder(), LEEDS)


def test_a_conversation_that_is_given_twice_or_was_not_held_is_refused(tiny: Conversation, tmp_path: Path) -> None:
    unheld = {"speaker_a": "Ann", "speaker_b": "Ben"}
    [silent] = read_conversations(write_sample(tmp_path / "silent.json", sample_id="silent", conversation=unheld, observation={}))
    with pytest.raises(InvalidInput, match="'silent' has no turn: leave it out"):
        measure([tiny, silent], HashingEmbedder(), LEEDS)
    with pytest.raises(InvalidInput, match="given twice"):
        measure([tiny, tiny], HashingEmbedder(), LEEDS)


def test_conversations_are_chosen_by_name(tiny: Conversation) -> None:
    assert chosen([tiny], None) == chosen([tiny], ["tiny"]) == [tiny]
    with pytest.raises(InvalidInput, match="there is no conversation conv-1: there are tiny"):
        chosen([tiny], ["conv-1"])
