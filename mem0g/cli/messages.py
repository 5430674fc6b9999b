"""A conversation in a file: JSON Lines, one message a line. All of it is checked before anything is written."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from mem0g.errors import InvalidInput
from mem0g.ingestion.episodes import message_episodes
from mem0g.model import Scope

_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_FORM = '{"role": "user", "content": "…", "name": "Alice", "occurred_at": "2026-03-05T10:00:00Z"}'


def read_messages(path: Path, scope: Scope) -> list[dict[str, object]]:
    """The messages of the file at `path`.

    Raises:
        InvalidInput: a line is no message; the error names file and line.
    """
    with path.open("rb") as file:
        return read_stream(file, str(path), scope)


def read_stream(file: IO[bytes], name: str, scope: Scope) -> list[dict[str, object]]:
    """The messages of an open file; blank lines are passed over.

    Raises:
        InvalidInput: a line is no message; the error names file and line.
    """
    messages = list(_messages(file, name, scope))
    if not messages:
        raise InvalidInput(f"{name} holds no message: write one a line, as {_FORM}")
    return messages


def _messages(lines: Iterable[bytes], name: str, scope: Scope) -> Iterator[dict[str, object]]:
    for number, line in enumerate(lines, start=1):
        try:
            text = _decoded(line)
            if text.strip():
                yield _message(text, scope)
        except InvalidInput as error:
            raise InvalidInput(f"{name}, line {number}: {error}") from error


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(f"not UTF-8: byte {error.start + 1} cannot be read; save the file as UTF-8") from error


def _message(line: str, scope: Scope) -> dict[str, object]:
    message = _json(line)
    if isinstance(message, list):
        raise InvalidInput(f"no message: one line is one JSON object, not a list; write one as {_FORM}")
    if not isinstance(message, dict) or "content" not in message:
        raise InvalidInput(f"no message: write one as {_FORM}")
    try:
        message_episodes([message], scope, _ANY_TIME, _ANY_TIME)
    except InvalidInput as error:
        raise InvalidInput(str(error).replace("messages[0]", "message")) from error
    return message


def _json(line: str) -> object:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        raise InvalidInput(
            f"not JSON: {error.msg} at column {error.colno}; one line is one JSON object. A plain text is given with --text"
        ) from error
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"not JSON that can be read: {error}") from error
