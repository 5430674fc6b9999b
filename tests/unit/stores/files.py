"""Stores in files, and programs that use one at the same time."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from textwrap import dedent

from mem0g.stores.contract.samples import GRAPH, fill
from mem0g.stores.sqlite import SQLiteStore

ROOT = Path(__file__).parents[3]

_BEGINNING = """
import hashlib, os, sqlite3, sys  # hashlib is what uuid5 loads when first called: nobody may not read root's Python
from pathlib import Path
from mem0g.errors import *
from mem0g.ports import Change
from mem0g.stores.contract.samples import *
from mem0g.stores.sqlite import SQLiteStore

path = Path(sys.argv[1])

def become_nobody():
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
"""

HOLD_LOCK = """
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    print("locked", flush=True)
    sys.stdin.readline()
    connection.execute("COMMIT")
    connection.close()
"""


@contextmanager
def opened(path: Path, timeout: float = 30.0, max_pages: int | None = None) -> Iterator[SQLiteStore]:
    with closing(SQLiteStore(path, timeout=timeout, max_pages=max_pages)) as store:
        yield store


def keep(path: Path) -> None:
    """Write something for every read to find."""
    with opened(path) as store:
        fill(store, GRAPH)


def run_sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement).fetchall()


def make_older(path: Path) -> None:
    """Take away what the tables of version 2 did not have."""
    run_sql(path, "DROP TABLE wordings", "DROP TABLE summaries", "DROP INDEX claims_by_predicate", "PRAGMA user_version = 2")


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def names_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


class Program:
    """Python code in a process of its own; `path` and the further arguments are the strings given."""

    def __init__(self, code: str, *arguments: object) -> None:
        command = [sys.executable, "-c", _BEGINNING + dedent(code), *map(str, arguments)]
        self._process = subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __enter__(self) -> "Program":
        return self

    def __exit__(self, *_: object) -> None:
        with self._process:
            self._process.kill()

    def line(self) -> str:
        """The next line it prints."""
        assert self._process.stdout
        return self._process.stdout.readline().strip()

    def go_on(self) -> None:
        """Give it a line to read."""
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def finish(self) -> str:
        """Wait for its end; what it printed since."""
        output, _ = self._process.communicate("\n")
        assert self._process.returncode == 0
        return output.strip()


def told_by(code: str, *arguments: object) -> str:
    """All that a program prints."""
    with Program(code, *arguments) as program:
        return program.finish()
