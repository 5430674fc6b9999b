"""The command `mem0g`. Rich, NetworkX, spaCy and the rest load when a command needs them, and not for `--help`."""

from mem0g.cli.commands import main

__all__ = ["main"]
