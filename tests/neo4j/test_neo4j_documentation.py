"""What docs/scale.md shows of Neo4j is what happens: its example is run on the server, its table compared with the program."""

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

from neo4j_server import Neo4jServer

from mem0g import Memory
from mem0g.stores.neo4j import Limits, Neo4jStore

SCALE = (Path(__file__).parents[2] / "docs" / "scale.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"```python\n(.*?)```", re.DOTALL)
LIMIT = re.compile(r"^\| `(\w+)` \| (\d+)", re.MULTILINE)


def test_the_example_of_what_can_be_set_runs_on_a_server(open_store: Callable[..., Neo4jStore], neo4j_server: Neo4jServer) -> None:
    (code,) = EXAMPLE.findall(SCALE)
    for written, meant in (
        ("neo4j://localhost:7687", neo4j_server.uri.replace("bolt", "neo4j")),
        ('user="neo4j"', f"user={neo4j_server.user!r}"),
        ('"choose-one"', repr(neo4j_server.password)),
    ):
        assert code.count(written) == 1
        code = code.replace(written, meant)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with Memory(store=open_store()) as memory:
        assert [fact.object for fact in memory.facts(user_id="alice")] == ["Lisbon"]


def test_the_table_of_limits_has_every_one_and_what_it_is_unless_said() -> None:
    assert {name: float(value) for name, value in LIMIT.findall(SCALE)} == {one.name: one.default for one in fields(Limits)}
