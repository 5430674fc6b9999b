"""A conversation in words: what every system is told of it, and what one that reads everything reads. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from mem0g.errors import InvalidInput
from mem0g.evaluation.locomo_data import Conversation, Turn

CHARACTERS: Final = 4
"""How many count as a token, wherever tokens are reckoned and no endpoint counts them."""


def tokens(text: str) -> int:
    """About how many tokens a text has: a quarter of its characters, rounded up."""
    return -(-len(text) // CHARACTERS)


def words(turn: Turn) -> str:
    """What a speaker said, and the caption of the picture shown with it."""
    return f"{turn.text} [shows a picture: {turn.caption}]" if turn.caption else turn.text


def asked_at(conversation: Conversation) -> datetime:
    """When its questions are asked: a minute after the last turn.

    Raises:
        InvalidInput: it has no turn.
    """
    turns = conversation.turns
    if not turns:
        raise InvalidInput(f"the conversation {conversation.id!r} has no turn: leave it out")
    return max(turn.said_at for turn in turns) + timedelta(minutes=1)


def transcript(conversation: Conversation) -> str:
    """All of it: a heading with the date of each session, then a line a turn."""
    return "\n".join(line for heading, lines in _sessions(conversation) for line in (heading, *lines))


def passages(conversation: Conversation, size: int) -> list[str]:
    """The transcript in parts of at most `size` tokens, in order; every part begins with the date of its first turn.

    A turn is never cut: one that is longer by itself is a part of its own.

    Raises:
        InvalidInput: `size` is below 1.
    """
    if size < 1:
        raise InvalidInput(f"a passage of {size} tokens holds no text: give 1 or more")
    parts: list[list[str]] = []
    for heading, lines in _sessions(conversation):
        for place, line in enumerate(lines):
            added = [line] if parts and place else [heading, line]
            if parts and tokens("\n".join([*parts[-1], *added])) <= size:
                parts[-1] += added
            else:
                parts.append([heading, line])
    return ["\n".join(part) for part in parts]


def _sessions(conversation: Conversation) -> Iterator[tuple[str, Sequence[str]]]:
    """The heading and the lines of each session that has turns."""
    for session in conversation.sessions:
        if session.turns:
            yield f"Said on {session.said_at:%A, %d %B %Y, %H:%M}:", [f"{turn.speaker}: {words(turn)}" for turn in session.turns]
