"""What an extractor reads at once."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mem0g.ingestion.chunking import MOST_MESSAGES, calls, chunks, exchanges, parts
from mem0g.model import Episode
from mem0g.ports import ChunkExtractor, Extractor
from mem0g.testing import ScriptedExtractor
from unit.doubles import Chunked
from unit.samples import GRAPH, day

ROLES = {"u": "user", "a": "assistant"}
ONE_BY_ONE = ScriptedExtractor({})


def chunked(size: int) -> ChunkExtractor:
    """One that takes so many characters at once."""
    return Chunked(size)


def conversation(roles: str, *, content: str = "x", days: str = "") -> list[Episode]:
    """A message for each letter, `content` in each, on the days of January that the digits say."""
    said = [day(int(each)) + timedelta(minutes=place) for place, each in enumerate(days or "0" * len(roles))]
    return [
        Episode(f"{place}", GRAPH, content, said[place], day(0), "alice", ROLES[role]) for place, role in enumerate(roles)
    ]  # fmt: skip


def shapes(parts: list[list[Episode]]) -> list[str]:
    return ["".join(each.role[0] for each in part) for part in parts]


@pytest.mark.parametrize(
    ("roles", "parts"),
    [
        ("", []),
        ("u", ["u"]),
        ("ua", ["ua"]),
        ("uaua", ["ua", "ua"]),
        ("uaa", ["uaa"]),
        ("uua", ["u", "ua"]),
        ("au", ["a", "u"]),
        ("aaua", ["aa", "ua"]),
        ("uuu", ["u", "u", "u"]),
    ],
)
def test_an_exchange_is_a_message_with_the_answers_to_it(roles: str, parts: list[str]) -> None:
    episodes = conversation(roles)
    found = list(exchanges(episodes))
    assert shapes(found) == parts
    assert [each for part in found for each in part] == episodes
    assert list(chunks(episodes, ONE_BY_ONE)) == found


def test_an_extractor_says_how_much_it_takes_at_once() -> None:
    extractors: list[Extractor] = [ONE_BY_ONE, chunked(100)]
    assert [isinstance(extractor, ChunkExtractor) for extractor in extractors] == [False, True]


@pytest.mark.parametrize(
    ("roles", "found"),
    [
        ("", []),
        ("u", ["u"]),
        ("uaua", ["uaua"]),
        ("uauaua", ["uaua", "ua"]),
        ("uuuuuua", ["uuuuu", "ua"]),  # an exchange stays together
        ("uaaaa", ["uaaaa"]),
        ("uaaaaaa", ["uaaaa", "aa"]),  # one that is too large does not
        ("auaaaaaa", ["auaaa", "aaa"]),
    ],
)
def test_exchanges_are_taken_together_up_to_a_size(roles: str, found: list[str]) -> None:
    episodes = conversation(roles, content="0123456789")
    made = list(chunks(episodes, chunked(50)))
    assert shapes(made) == found
    assert [each for chunk in made for each in chunk] == episodes


def test_a_chunk_holds_no_more_than_so_many_messages() -> None:
    made = list(chunks(conversation("ua" * 13), chunked(4_000)))
    assert [len(chunk) for chunk in made] == [MOST_MESSAGES, MOST_MESSAGES, 2]


def test_a_pair_stays_together_whatever_it_holds() -> None:
    assert shapes(list(chunks(conversation("uaua", content="0123456789"), chunked(10)))) == ["ua", "ua"]


def test_a_text_that_is_too_long_comes_alone() -> None:
    short, long, *more = conversation("uaua")
    long = Episode(long.id, GRAPH, "x" * 11, long.occurred_at, day(0), "bot", "assistant")
    assert list(chunks([short, long, *more], chunked(10))) == [[short], [long], more]


def test_a_chunk_is_of_one_day() -> None:
    made = list(chunks(conversation("uauuuu", days="000122"), chunked(4_000)))
    assert shapes(made) == ["uau", "u", "uu"]
    assert shapes(list(chunks(conversation("uaua", days="0111"), chunked(4_000)))) == ["ua", "ua"]


def test_what_could_not_be_read_before_comes_by_itself() -> None:
    episodes = conversation("uauauau")
    assert shapes(list(chunks(episodes, chunked(4_000), failed={"3"}))) == ["ua", "ua", "uau"]
    assert shapes(list(chunks(episodes, chunked(4_000), failed={each.id for each in episodes}))) == ["ua", "ua", "ua", "u"]


@given(st.text("ua", max_size=30), st.integers(1, 60), st.lists(st.integers(0, 40), min_size=30, max_size=30))
def test_every_episode_is_in_one_chunk_in_order(roles: str, size: int, lengths: list[int]) -> None:
    episodes = [
        Episode(each.id, GRAPH, "x" * length, each.occurred_at, day(0), "alice", each.role)
        for each, length in zip(conversation(roles), lengths, strict=False)
    ]
    made = list(chunks(episodes, chunked(size)))
    assert [each for chunk in made for each in chunk] == episodes
    for chunk in made:
        assert len(chunk) <= 2 or (sum(len(each.content) for each in chunk) <= size and len(chunk) <= MOST_MESSAGES)
        assert len(chunk) == 1 or all(len(each.content) <= size for each in chunk)


# Parts of a text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [""]),
        ("Short.", ["Short."]),
        ("First one.\n\nSecond one, longer.", ["First one.\n\n", "Second one, longer."]),
        ("One line here.\nAnother line.", ["One line here.\n", "Another line."]),
        ("It rains. It is cold. It snows.", ["It rains. ", "It is cold. ", "It snows."]),
        ("It rains all day long over there.", ["It rains all day ", "long over there."]),
        ("x" * 45, ["x" * 20, "x" * 20, "x" * 5]),
        ("Hi.\n\nIt rains. It is cold.", ["Hi.\n\nIt rains. ", "It is cold."]),  # a part is at least half full
        ("彼は東京に住んでいる。彼女は大阪に住んでいる。", ["彼は東京に住んでいる。", "彼女は大阪に住んでいる。"]),
        ("He said “it rains.” Then he went off.", ["He said “it rains.” ", "Then he went off."]),
    ],
)
def test_a_text_is_parted_where_it_ends_best(text: str, found: list[str]) -> None:
    assert list(parts(text, chunked(20))) == found


@given(st.text("ab .\n。!”", max_size=200), st.integers(1, 30))
def test_the_parts_are_the_text(text: str, size: int) -> None:
    found = list(parts(text, chunked(size)))
    assert "".join(found) == text
    assert all(0 < len(part) <= size for part in found) or found == [""]


def test_a_chunk_takes_a_call_and_a_long_text_one_for_each_part() -> None:
    [long] = conversation("u", content="It rains. It is cold. It snows.")
    assert calls([long], chunked(20)) == 3
    assert calls([long], chunked(31)) == 1
    assert calls(conversation("uaua"), chunked(2)) == 1
    assert calls([long], ONE_BY_ONE) == 1
