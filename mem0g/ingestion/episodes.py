"""What a caller hands in — text, a message, a list of messages, a stated fact — as episodes. Pure."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NoReturn, get_args

from mem0g.errors import InvalidInput
from mem0g.model import Episode, RoleName, Scope, Source, Stage, checked_json, checked_name, checked_text, identifier
from mem0g.period import TICK, TimeLike, quoted, read_period

Message = Mapping[str, object]
"""`role` and `content`, and optionally `name`, `occurred_at` and `id`; content is text or a list of OpenAI parts."""

_ROLES = get_args(RoleName)
_EXTRACTED_ROLES = frozenset({"user", "assistant"})


def text_episode(
    text: str,
    scope: Scope,
    occurred_at: datetime,
    now: datetime,
    episode_id: str | None = None,
    metadata: Mapping[str, object] | None = None,
) -> Episode:
    """Plain text, said by the owner of the graph.

    Raises:
        InvalidInput: it is empty, or no store could keep it.
    """
    if not checked_text(text, "content").strip():
        raise InvalidInput("content is empty: give the text to remember")
    return _episode(scope, text, scope.owner, occurred_at, now, source=Source.TEXT, episode_id=episode_id, metadata=metadata)


def message_episodes(
    messages: Sequence[Message], scope: Scope, occurred_at: datetime, now: datetime, metadata: Mapping[str, object] | None = None
) -> list[Episode]:
    """A conversation. A message without a time of its own was said one microsecond after the one before it.

    Raises:
        InvalidInput: a message has no content or an unknown role, or no store could keep it.
        InvalidTime: its time does not parse, or is beyond the year 9999.
    """
    return list(_messages(messages, scope, occurred_at, now, metadata))


def _messages(
    messages: Sequence[Message], scope: Scope, occurred_at: datetime, now: datetime, metadata: Mapping[str, object] | None
) -> Iterator[Episode]:
    said = occurred_at
    for index, message in enumerate(messages):
        what = f"messages[{index}]"
        if not isinstance(message, Mapping):
            raise InvalidInput(f"{what}={quoted(message)} is no message: give a dict with role and content")
        role = _role(message, what)
        said = _said_at(message, said, what)
        speaker = _given(message, "name", what) or _speaker_of(role, scope)
        number = message.get("id")
        episode_id = str(number) if isinstance(number, int) else _given(message, "id", what)
        yield _episode(scope, _content(message, what), speaker, said, now, role=role, episode_id=episode_id, metadata=metadata)
        said += TICK


def fact_episode(
    text: str,
    parameters: Mapping[str, object],
    scope: Scope,
    occurred_at: datetime,
    now: datetime,
    episode_id: str | None = None,
    metadata: Mapping[str, object] | None = None,
) -> Episode:
    """A fact stated by the owner's program; `parameters` are kept with it, and are part of what it says."""
    payload = json.dumps(parameters, ensure_ascii=False, sort_keys=True)
    return _episode(
        scope, text, scope.owner, occurred_at, now, source=Source.FACT, payload=payload, episode_id=episode_id, metadata=metadata
    )  # fmt: skip


def first_stage(episode: Episode) -> Stage:
    """Whether an episode is to be read, or kept only."""
    return Stage.PENDING if episode.role in _EXTRACTED_ROLES and episode.content.strip() else Stage.KEPT


def _episode(
    scope: Scope,
    content: str,
    speaker: str,
    occurred_at: datetime,
    now: datetime,
    *,
    role: str = "user",
    source: Source = Source.MESSAGE,
    payload: str = "",
    episode_id: str | None = None,
    metadata: Mapping[str, object] | None = None,
) -> Episode:
    made = identifier("episode", scope.graph, role, speaker, content, payload, occurred_at.isoformat())
    id = made if episode_id is None else checked_name(episode_id, "episode_id")
    return Episode(
        id, scope.graph, content, occurred_at, now, speaker, role, source, payload,
        scope.user_id, scope.agent_id, scope.run_id, _json_object(metadata or {}),
    )  # fmt: skip


def _json_object(metadata: Mapping[str, object]) -> Mapping[str, object]:
    """`metadata` as JSON would keep it."""
    try:
        text = json.dumps(dict(metadata), ensure_ascii=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidInput(f"metadata cannot be written as JSON: {error}") from error
    kept: Mapping[str, object] = json.loads(checked_text(text, "metadata"), parse_constant=_refuse_constant)
    checked_json(kept, "metadata")
    return kept


def _refuse_constant(name: str) -> NoReturn:
    raise InvalidInput(f"metadata holds the number {name}, which JSON does not have: give a finite number, or None")


def _given(message: Message, name: str, what: str) -> str | None:
    """A name that a message may give."""
    given = message.get(name)
    return None if given is None else checked_name(_text(given), f"{what}[{name!r}]")


def _text(value: object) -> str:
    return value  # type: ignore[return-value]  # `checked_text` refuses what is none, and says so


def _role(message: Message, what: str) -> str:
    role = message.get("role", "user")
    if role not in _ROLES:
        raise InvalidInput(f"{what}['role']={quoted(role)} is unknown: one of {', '.join(_ROLES)}")
    return str(role)


def _speaker_of(role: str, scope: Scope) -> str:
    if role == "user":
        return scope.owner
    return scope.agent_id or role if role == "assistant" else role


def _said_at(message: Message, default: datetime, what: str) -> datetime:
    given = message.get("occurred_at")
    return instant(default if given is None else given, f"{what}['occurred_at']")


def instant(value: object, what: str) -> datetime:
    """The instant a caller's time names; the start of a period.

    Raises:
        InvalidTime: it does not parse, or has no offset.
    """
    return read_period(_time_like(value), what).start


def _time_like(value: object) -> TimeLike:
    return value  # type: ignore[return-value]  # `read_period` refuses what is none, and says so


def _content(message: Message, what: str) -> str:
    """The text of a message: as it is, or the text parts of OpenAI's list."""
    content = message.get("content")
    if content is None and message.get("tool_calls"):
        return ""
    if isinstance(content, str):
        return checked_text(content, f"{what}['content']")
    if isinstance(content, Sequence) and not isinstance(content, bytes):
        texts = [part.get("text") for part in content if isinstance(part, Mapping) and part.get("type") in {"text", "input_text"}]
        return checked_text("\n".join(checked_text(_text(text), f"{what}['content']") for text in texts), f"{what}['content']")
    raise InvalidInput(
        f"{what}['content']={quoted(content)} is no content: give text, or a list of parts such as {{'type': 'text', 'text': …}}"
    )
