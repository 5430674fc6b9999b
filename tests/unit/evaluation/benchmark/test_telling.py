"""A conversation in words."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from small_locomo import small

from mem0g.errors import InvalidInput
from mem0g.evaluation.benchmark.telling import asked_at, passages, tokens, transcript
from mem0g.evaluation.locomo_data import Conversation, read_conversations

WHOLE = """Said on Monday, 03 March 2025, 10:00:
Maya: I moved to York last week.
Noor: I adopted a dog, Pixel. [shows a picture: a brown dog]
Said on Monday, 10 March 2025, 18:30:
Maya: I started pottery on Saturday.
Noor: Pixel ran away yesterday, but he is back."""


@pytest.fixture
def maya(tmp_path: Path) -> Conversation:
    return read_conversations(small(tmp_path))[0]


def test_four_characters_are_a_token() -> None:
    assert [tokens(text) for text in ("", "a", "abcd", "abcde")] == [0, 1, 1, 2]


def test_a_transcript_has_the_date_of_each_session_and_a_line_a_turn(maya: Conversation) -> None:
    assert transcript(maya) == WHOLE


def test_passages_are_as_long_as_they_may_be_and_begin_with_a_date(maya: Conversation) -> None:
    assert passages(maya, 1_000) == [WHOLE]
    lines = WHOLE.splitlines()
    assert passages(maya, tokens("\n".join(lines[:5]))) == ["\n".join(lines[:5]), "\n".join([lines[3], lines[5]])]
    assert passages(maya, tokens("\n".join(lines[:3]))) == ["\n".join(lines[:3]), "\n".join(lines[3:])]


def test_a_turn_is_never_cut(maya: Conversation) -> None:
    dated = [(0, 1), (0, 2), (3, 4), (3, 5)]
    lines = WHOLE.splitlines()
    assert passages(maya, 1) == [f"{lines[date]}\n{lines[turn]}" for date, turn in dated]


def test_a_passage_without_room_is_refused(maya: Conversation) -> None:
    with pytest.raises(InvalidInput, match="a passage of 0 tokens"):
        passages(maya, 0)


def test_questions_are_asked_after_the_last_turn(maya: Conversation) -> None:
    assert asked_at(maya) == datetime(2025, 3, 10, 18, 32, tzinfo=UTC)
    with pytest.raises(InvalidInput, match="'maya' has no turn"):
        asked_at(replace(maya, sessions=()))
