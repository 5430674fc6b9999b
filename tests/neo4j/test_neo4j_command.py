"""The command on a Neo4j server: prepared, the whole demo with the answers it gives on a file, and a ledger brought over and back."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import neo4j
import pytest
from neo4j_server import Neo4jServer

WITHOUT_MEANINGS = {"MEM0G_EMBEDDER": "none", "PYTHONIOENCODING": "utf-8", "COLUMNS": "140"}


@pytest.fixture
def mem0g(database: neo4j.Driver, neo4j_server: Neo4jServer) -> Callable[..., str]:
    """Runs the command on the server, or on the `db` that is given, and returns what it wrote."""

    def run(*arguments: str, db: str = neo4j_server.uri_with_password) -> str:
        environment = WITHOUT_MEANINGS | {"MEM0G_DB": db}
        done = subprocess.run(
            [sys.executable, "-m", "mem0g", *arguments], env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def comparable(shown: str) -> list[str]:
    """Without where it is kept and how long it took; ids stay, for they follow from what was said."""
    return [re.sub(r"read in [\d.]+ s", "read", line) for line in shown.splitlines() if "--db" not in line]


def test_init_prepares_a_database_and_may_be_asked_again(mem0g: Callable[..., str], neo4j_server: Neo4jServer) -> None:
    for _ in range(2):
        shown = mem0g("init", "--dimension", "3")
        assert "is prepared, with vector indexes of 3 numbers" in shown
        assert neo4j_server.password not in shown


def test_the_demo_gives_the_same_answers_as_on_a_file(mem0g: Callable[..., str], neo4j_server: Neo4jServer, tmp_path: Path) -> None:
    here, there = mem0g("demo", "--db", neo4j_server.uri_with_password), mem0g("demo", "--db", str(tmp_path / "demo.db"))
    assert comparable(here) == comparable(there)
    assert neo4j_server.password not in here
    for question in ("What should I cook for Alice tonight?", "Where did Alice live in February?", "Where does Ben live?"):
        asked = ("search", question, "--user", "alice", "--json")
        found, wanted = (json.loads(mem0g(*asked, db=db)) for db in (neo4j_server.uri_with_password, str(tmp_path / "demo.db")))
        assert found["facts"]
        assert (found["facts"], found["episodes"]) == (wanted["facts"], wanted["episodes"])


def test_browser_says_where_the_server_holds_no_such_graph(mem0g: Callable[..., str], neo4j_server: Neo4jServer) -> None:
    mem0g("add-fact", "Alice", "lives_in", "Oslo", "--user", "alice")
    environment = WITHOUT_MEANINGS | {"MEM0G_DB": neo4j_server.uri_with_password}
    for user, told in (("alice", ""), ("nobody", "holds nothing of user:nobody; it holds user:alice")):
        command = [sys.executable, "-m", "mem0g", "browser", "--user", user]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=True)
        assert (told in done.stderr, bool(done.stderr)) == (True, bool(told))
        assert neo4j_server.password not in done.stderr
        assert "graph_now:" in done.stdout


def test_a_ledger_goes_from_a_file_to_the_server_and_back(mem0g: Callable[..., str], tmp_path: Path) -> None:
    file = str(tmp_path / "demo.db")
    mem0g("demo", "--db", file)
    mem0g("export", str(tmp_path / "there.jsonl"), "--user", "alice", db=file)
    mem0g("load", str(tmp_path / "there.jsonl"))
    mem0g("export", str(tmp_path / "here.jsonl"), "--user", "alice")
    assert (tmp_path / "here.jsonl").read_bytes() == (tmp_path / "there.jsonl").read_bytes()
    for asked in (("timeline", "Alice"), ("facts",), ("graph", "--format", "json"), ("diff", "2026-01", "2026-12")):
        assert mem0g(*asked, "--user", "alice", "--json") == mem0g(*asked, "--user", "alice", "--json", db=file)
