"""A conversation into the memory, and its summary: what `mem0g add` does with a user's file, and the demo with its own; with progress."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click

from mem0g.addresses import without_password
from mem0g.cli.ids import Ids
from mem0g.cli.request import is_terminal
from mem0g.errors import InvalidInput, MissingExtra
from mem0g.memory import Memory, Messages
from mem0g.model import Summary
from mem0g.period import TimeLike
from mem0g.ports import OnProgress
from mem0g.results import Added
from mem0g.settings import Settings

OFFLINE = (
    "Reading with the offline rules (spaCy, English). A language model reads more: set OPENAI_API_KEY, or OPENAI_BASE_URL for any "
    "OpenAI-compatible server, and MEM0G_MODEL."
)


def add_messages(
    memory: Memory,
    messages: Messages,
    ids: Ids,
    *,
    occurred_at: TimeLike | None = None,
    episode_id: str | None = None,
    metadata: dict[str, object] | None = None,
) -> Added:
    """Remember messages, and say on stderr what reads them; a terminal gets a progress bar."""
    with watched(memory) as progress:
        return memory.add(messages, **ids, occurred_at=occurred_at, episode_id=episode_id, metadata=metadata, progress=progress)


def read_pending(memory: Memory, ids: Ids) -> Added:
    """Read what is stored and not yet read; told and watched likewise."""
    with watched(memory) as progress:
        return memory.retry(**ids, progress=progress)


def summarise(memory: Memory, ids: Ids) -> Summary | None:
    """Bring the summary up to the last message, and say on stderr what makes it.

    Raises:
        InvalidInput: no language model is configured.
    """
    settings = Settings.from_environment()
    if not settings.has_model:
        raise InvalidInput("there is no language model to make a summary: set OPENAI_API_KEY, or OPENAI_BASE_URL, and MEM0G_MODEL")
    click.echo(f"Summing up with {settings.model}, at {_server()}.", err=True)
    return memory.summarise(**ids)


@contextmanager
def watched(memory: Memory) -> Iterator[OnProgress | None]:
    """Say what reads, and show how far it is where a person watches."""
    with suppress(MissingExtra):  # reading will say so, with the text stored
        name = memory.extractor.name
        click.echo(f"Reading with {name}, at {_server()}." if name.startswith("llm:") else OFFLINE, err=True)
    with progress_of("reading") as progress:
        yield progress


def _server() -> str:
    """Where the text goes to be read."""
    return without_password(Settings.from_environment().openai_base_url or "api.openai.com")


@contextmanager
def progress_of(what: str) -> Iterator[OnProgress | None]:
    """What is told how far it is; None where no person watches."""
    if not is_terminal():
        yield None
        return
    from mem0g.cli.tables import progress_bar  # noqa: PLC0415 - Rich, for a person only

    with progress_bar(what) as progress:
        yield progress
