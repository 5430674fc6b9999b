"""Texts, messages and stated facts as episodes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from mem0g.errors import InvalidInput, InvalidTime
from mem0g.ingestion.episodes import fact_episode, first_stage, message_episodes, text_episode
from mem0g.model import Episode, Scope, Source, Stage
from mem0g.period import EVERYTHING_KNOWN, TICK
from unit.samples import day

ALICE = Scope.of(user_id="alice")


def messages(*given: Mapping[str, object], scope: Scope = ALICE, **others: Any) -> list[Episode]:
    return message_episodes(given, scope, day(0), day(9), **others)


def only(**message: object) -> Episode:
    [episode] = messages(message)
    return episode


def test_text_is_said_by_the_owner_of_the_graph() -> None:
    episode = text_episode("I live in Lisbon.", ALICE, day(0), day(9))
    assert (episode.speaker, episode.role, episode.source) == ("alice", "user", Source.TEXT)
    assert (episode.occurred_at, episode.recorded_at, episode.graph) == (day(0), day(9), "user:alice")


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_empty_text_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="content is empty"):
        text_episode(text, ALICE, day(0), day(9))


@pytest.mark.parametrize("text", ["a\x00", "\ud800", "x" * 1_000_001, 5, None])
def test_text_that_no_store_keeps_is_refused(text: Any) -> None:
    with pytest.raises(InvalidInput, match="content="):
        text_episode(text, ALICE, day(0), day(9))
    with pytest.raises(InvalidInput, match=r"messages\[0\]\['content'\]="):
        only(role="user", content=text)


def test_all_other_text_is_kept_to_the_character() -> None:
    text = "  a\u2028b\x85 😀\r\n"
    assert text_episode(text, ALICE, day(0), day(9)).content == text
    assert only(role="user", content=text).content == text


# Who speaks


@pytest.mark.parametrize(
    ("message", "scope", "speaker"),
    [
        ({"role": "user"}, ALICE, "alice"),
        ({}, ALICE, "alice"),
        ({"role": "user", "name": " Alice Miller "}, ALICE, "Alice Miller"),
        ({"role": "assistant"}, ALICE, "assistant"),
        ({"role": "assistant"}, Scope.of("alice", "planner"), "planner"),
        ({"role": "assistant", "name": "Kit"}, Scope.of("alice", "planner"), "Kit"),
        ({"role": "system"}, Scope.of("alice", "planner"), "system"),
        ({"role": "tool", "name": "search"}, ALICE, "search"),
        ({"role": "user"}, Scope.of(agent_id="planner"), "planner"),
        ({"role": "user", "name": None}, ALICE, "alice"),
    ],
)
def test_the_speaker_is_the_name_given_or_follows_from_the_role(message: dict[str, object], scope: Scope, speaker: str) -> None:
    [episode] = messages({"content": "hello", **message}, scope=scope)
    assert episode.speaker == speaker


@pytest.mark.parametrize("name", ["", " ", 5, ["Alice"], "a\x00", "x" * 1_001])
def test_a_name_that_is_none_is_refused_and_not_passed_over(name: object) -> None:
    with pytest.raises(InvalidInput, match=r"messages\[0\]\['name'\]="):
        only(role="user", content="hello", name=name)


@pytest.mark.parametrize("role", ["", "User", "function", None, 5, ["user"]])
def test_an_unknown_role_is_refused_with_the_known_ones(role: object) -> None:
    with pytest.raises(InvalidInput, match=r"messages\[0\]\['role'\]=.* user, assistant, system, tool, developer"):
        only(role=role, content="hello")


@pytest.mark.parametrize(
    ("role", "content", "stage"),
    [
        ("user", "hello", Stage.PENDING),
        ("assistant", "hello", Stage.PENDING),
        ("user", "  ", Stage.KEPT),
        ("assistant", "", Stage.KEPT),
        ("system", "hello", Stage.KEPT),
        ("tool", "hello", Stage.KEPT),
        ("developer", "hello", Stage.KEPT),
    ],
)
def test_what_user_and_assistant_say_is_read_and_all_else_kept(role: str, content: str, stage: Stage) -> None:
    assert first_stage(only(role=role, content=content)) is stage


# Content


def test_the_text_parts_of_a_list_are_its_text() -> None:
    parts = [
        {"type": "text", "text": "I live"},
        {"type": "image_url", "image_url": {"url": "https://example.org/a.png"}},
        {"type": "input_text", "text": "in Lisbon."},
    ]
    assert only(role="user", content=parts).content == "I live\nin Lisbon."


@pytest.mark.parametrize("parts", [[], [{"type": "image_url", "image_url": {}}], [{"type": "input_audio"}]])
def test_a_message_of_pictures_and_sounds_is_kept_without_text(parts: list[object]) -> None:
    assert only(role="user", content=parts).content == ""


@pytest.mark.parametrize("text", [None, 5, ["a"], "a\x00", "\ud800"])
def test_a_text_part_whose_text_is_none_is_refused(text: object) -> None:
    with pytest.raises(InvalidInput, match=r"messages\[0\]\['content'\]="):
        only(role="user", content=[{"type": "text", "text": text}])


def test_parts_too_long_together_are_refused() -> None:
    part = {"type": "text", "text": "x" * 600_000}
    with pytest.raises(InvalidInput, match="1,200,001 characters"):
        only(role="user", content=[part, part])


def test_a_call_of_a_tool_has_no_content() -> None:
    calls = [{"id": "1", "type": "function", "function": {"name": "search", "arguments": "{}"}}]
    assert only(role="assistant", content=None, tool_calls=calls).content == ""
    assert only(role="assistant", tool_calls=calls).content == ""


@pytest.mark.parametrize(
    "message", [{"role": "user"}, {"content": None}, {"content": 5}, {"content": b"hello"}, {"content": {"type": "text"}}, {}]
)
def test_a_message_without_content_is_refused(message: dict[str, object]) -> None:
    with pytest.raises(InvalidInput, match=r"messages\[1\]\['content'\]="):
        messages({"content": "first"}, message)


@pytest.mark.parametrize("message", ["hello", 5, None, ["user", "hello"]])
def test_what_is_no_message_is_refused_by_its_place(message: Any) -> None:
    with pytest.raises(InvalidInput, match=r"messages\[1\]="):
        messages({"content": "first"}, message)


# Times


def test_a_message_without_a_time_was_said_one_microsecond_after_the_one_before_it() -> None:
    episodes = messages({"content": "a"}, {"content": "b"}, {"content": "c", "occurred_at": day(5)}, {"content": "d"})
    assert [episode.occurred_at for episode in episodes] == [day(0), day(0) + TICK, day(5), day(5) + TICK]


def test_a_time_of_its_own_goes_first_whatever_its_form() -> None:
    times = ["2026-03-05", "2026-03-05T10:00:00+02:00", day(3), day(3).date()]
    episodes = messages(*({"content": "a", "occurred_at": time} for time in times))
    assert [episode.occurred_at for episode in episodes] == [day(63), day(63) + timedelta(hours=8), day(3), day(3)]


@pytest.mark.parametrize("time", ["soon", "", 5, datetime(2026, 3, 5), "2026-03-05T10:00"])  # noqa: DTZ001 - the point
def test_a_time_that_is_none_is_refused_by_the_place_of_its_message(time: object) -> None:
    with pytest.raises(InvalidTime, match=r"messages\[1\]\['occurred_at'\]="):
        messages({"content": "first"}, {"content": "second", "occurred_at": time})


def test_time_ends_with_the_year_9999() -> None:
    last = {"content": "last", "occurred_at": EVERYTHING_KNOWN}
    assert only(**last).occurred_at == EVERYTHING_KNOWN
    with pytest.raises(InvalidTime, match=r"messages\[1\]\['occurred_at'\]=.* outside the years 1 to 9999"):
        messages(last, {"content": "one microsecond later"})


# Ids


def test_the_same_words_of_the_same_speaker_at_the_same_time_are_one_episode() -> None:
    once, again = only(role="user", content="hello"), only(role="user", content="hello", name="alice")
    assert once.id == again.id
    assert text_episode("hello", ALICE, day(0), day(5)).id == once.id


def test_any_other_speaker_role_time_words_or_graph_makes_another_episode() -> None:
    others = [
        only(content="hello"),
        only(content="hello!"),
        only(content="hello", name="Bob"),
        only(content="hello", role="assistant", name="alice"),
        only(content="hello", occurred_at=day(1)),
        *messages({"content": "hello"}, scope=Scope.of("bob")),
        *messages({"content": "hello", "name": "alice"}, scope=Scope.of(agent_id="alice")),
        fact_episode("hello", {}, ALICE, day(0), day(0)),
        fact_episode("hello", {"object": "a"}, ALICE, day(0), day(0)),
    ]
    assert len({episode.id for episode in others}) == len(others)


def test_a_message_may_name_itself() -> None:
    assert only(content="hello", id="m-1").id == "m-1"
    assert only(content="hello", id=17).id == "17"
    assert only(content="hello", id=None).id == only(content="hello").id


@pytest.mark.parametrize("id", ["", " ", "a\x00", {"a": 1}, 1.5, "x" * 1_001])
def test_an_id_that_is_no_name_is_refused(id: object) -> None:
    with pytest.raises(InvalidInput, match=r"messages\[0\]\['id'\]="):
        only(content="hello", id=id)


# What is kept with them


def test_an_episode_keeps_the_ids_it_was_added_under() -> None:
    [episode] = messages({"content": "hello"}, scope=Scope.of("alice", "planner", "7"))
    assert (episode.user_id, episode.agent_id, episode.run_id) == ("alice", "planner", "7")


def test_metadata_is_kept_as_json_keeps_it() -> None:
    given = {"tags": ("a", "b"), "nested": {"n": None, "x": 1.5}, 1: "one"}
    [episode] = messages({"content": "hello"}, metadata=given)
    assert episode.metadata == {"tags": ["a", "b"], "nested": {"n": None, "x": 1.5}, "1": "one"}
    given["later"] = True
    assert "later" not in episode.metadata


def deep(levels: int) -> list[object]:
    nested: list[object] = []
    for _ in range(levels):
        nested = [nested]
    return nested


@pytest.mark.parametrize(
    "metadata",
    [
        {"at": day(0)},
        {"x": float("nan")},
        {"x": float("inf")},
        {"s": {1, 2}},
        {(1, 2): 3},
        5,
        "text",
        {"a": "\ud800"},
        {"a": ["\x00"]},
        {"deep": deep(99_999)},
    ],
)
def test_metadata_that_json_or_a_store_cannot_keep_is_refused(metadata: Any) -> None:
    with pytest.raises(InvalidInput, match="metadata"):
        messages({"content": "hello"}, metadata=metadata)
