"""Whether messages look as if they told something."""

import pytest

from mem0g.ingestion.telling import looks_telling
from mem0g.model import Episode
from unit.samples import GRAPH, day


def said(text: str, speaker: str = "Alice", role: str = "user") -> Episode:
    return Episode(text, GRAPH, text, day(0), day(0), speaker, role)


@pytest.mark.parametrize(
    "text",
    [
        "I moved to Porto last week.",
        "Tom lives in Seville.",
        "Eva has met Ben Hansen.",
        "We walked from Oslo, and it rained.",
        "My weight is 82 kg.",
        "i weigh 82.5 kg now",
        "I’ve been at Acme for a year.",
        "Guess what: Tom and Eva are back!",
        "Hello! How are you? I started at Bosch.",
        "In Paris it rained. The train to Lyon was late.",
        "If only. I left Acme.",
    ],
)
def test_telling(text: str) -> None:
    assert looks_telling([said(text)])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Thanks, see you!",
        "Good morning. Nice weather today.",
        "I love tea.",
        "Did I tell you that I moved to Porto?",
        "Is 82.5 kg too much for me?",
        "Where do Tom and Eva live?",
        "If I lived in Porto, I'd sing.",
        "I'll see you on Monday, or in May.",
        "OK, I will.",
        "Everyone loves Porto.",
        "It rains in Oslo.",
        "That is Oslo. It rains in Oslo.",
        "12 + 30 is 42",
        "def main(): return 42",
        "Alice, I said!",
        "今日は東京に行きました。",
    ],
)
def test_not_telling(text: str) -> None:
    assert not looks_telling([said(text)])


def test_only_what_users_say_counts() -> None:
    assert not looks_telling([said("Hi!"), said("I would visit Porto with Tom and Eva.", "Bot", "assistant")])


def test_names_of_those_who_speak_tell_nothing() -> None:
    assert not looks_telling([said("I thank you, Ben!"), said("I thank you, Alice.", "Ben Hansen")])
    assert looks_telling([said("I thank you, Ben!"), said("I thank you, Alice.", "Tom")])


def test_two_names_may_stand_in_two_messages() -> None:
    assert looks_telling([said("Greetings from Porto!"), said("Or rather from Braga.", "Bob")])
