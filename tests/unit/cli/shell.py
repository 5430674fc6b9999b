"""A way to run commands on one file."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from mem0g.cli import main


@dataclass(frozen=True)
class Shell:
    """Runs `mem0g` in this process, on one file; without meanings, unless `environment` says otherwise."""

    db: Path
    columns: int = 100
    environment: Mapping[str, str | None] = field(default_factory=lambda: {"MEM0G_EMBEDDER": "none"})

    def run(self, *arguments: str, user: str | None = "alice", stdin: str | bytes | None = None) -> Result:
        ids = ["--user", user] if user else []
        file = [] if "--db" in arguments else ["--db", str(self.db)]
        return CliRunner(env={"COLUMNS": str(self.columns), **self.environment}).invoke(main, [*arguments, *ids, *file], input=stdin)

    def text(self, *arguments: str, **more: Any) -> str:
        result = self.run(*arguments, **more)
        assert result.exit_code == 0, result.stderr
        return result.stdout

    def json(self, *arguments: str, **more: Any) -> Any:
        return json.loads(self.text(*arguments, "--json", **more))

    def on_a_terminal(self, *arguments: str, user: str | None = "alice") -> str:
        """What a person who watches stderr sees, of the command in a process of its own."""
        ids = ["--user", user] if user else []
        command = [sys.executable, "-m", "mem0g", *arguments, *ids, "--db", str(self.db)]
        terminal, side = os.openpty()
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=side) as process:
            os.close(side)
            shown = b"".join(read_terminal(terminal)).decode()
        os.close(terminal)
        assert process.returncode == 0, shown
        return shown

    def error(self, *arguments: str, code: int = 1, **more: Any) -> str:
        result = self.run(*arguments, **more)
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return result.stderr


def read_terminal(terminal: int) -> Iterator[bytes]:
    """What is written to a terminal, until its last writer is gone."""
    with suppress(OSError):
        while data := os.read(terminal, 4096):
            yield data
