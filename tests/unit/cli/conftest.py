"""A small memory in a file."""

from pathlib import Path

import pytest

from mem0g import Memory

from .shell import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """On a file that does not exist yet."""
    return Shell(tmp_path / "memory.db")


@pytest.fixture
def alice(shell: Shell) -> Shell:
    """On a file that knows where Alice lives, what she weighs and where Bob thinks she lives."""
    with Memory(shell.db) as memory:
        memory.add_fact("Alice", "lives_in", "London Road", user_id="alice", occurred_at="2019-11-18", text="I live in London Road.")
        memory.add_fact("Alice", "lives_in", "84 Bank Street", user_id="alice", occurred_at="2025-08-13", valid_at="2025-09-01")
        memory.add_fact("Alice", "weighs", 82, user_id="alice", occurred_at="2025-08-14")
        memory.add_fact("Alice", "lives_in", "Paris", user_id="alice", occurred_at="2025-08-15", holder="Bob")
        memory.add_fact("Alice", "visited", "Rome", user_id="alice", occurred_at="2025-08-16", valid_at="2025-05", event=True)
    return shell
