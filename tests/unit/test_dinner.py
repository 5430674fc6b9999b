"""What search by meaning is for, with the real model: a question of dinner finds a diet that shares no word with it.

The vegetarian is that of the first figure of the Mem0 paper (arXiv 2504.19413): said in session one, an hour of code talk between,
asked in session two. The talk is tests/gold/code_talk.chat.jsonl; its first message tells the diet.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from mem0g import Memory
from mem0g.cli import main
from mem0g.ports import Extractor
from mem0g.providers.minilm import MiniLMEmbedder
from mem0g.providers.offline import OfflineExtractor
from mem0g.testing import ManualClock, ScriptedExtractor

from .samples import draft, objects

TALK = Path(__file__).parents[1] / "gold" / "code_talk.chat.jsonl"
MESSAGES = [json.loads(line) for line in TALK.read_text(encoding="utf-8").splitlines()]
TOLD = MESSAGES[0]["content"]
DIET = {"vegetarian", "dairy"}
QUESTIONS = [
    "Can you suggest something for dinner tonight?",
    "What should I cook for dinner tonight?",
    "Any ideas for dinner?",
    "What can I eat tonight?",
]

READ = {
    # What a language model reads out of the talk, by the place of the message: the diet is two facts of twenty.
    0: [draft("vegetarian", "diet", text="Alice is vegetarian."), draft("dairy", "avoids", text="Alice avoids dairy.")],
    4: [draft("FastAPI", "uses", text="Alice uses FastAPI."), draft("orders", "works_on", text="Alice works on an endpoint for orders.")],
    8: [draft("pytest", "uses", text="Alice uses pytest."), draft("tests", "owns", text="Alice has a test suite that takes four minutes.")],
    11: [draft("SQLAlchemy", "uses", text="Alice uses SQLAlchemy.")],
    15: [draft("Redis", "uses", text="Alice uses Redis.")],
    17: [
        draft("Postgres", "uses", text="Alice uses Postgres in production."),
        draft("SQLite", "uses", text="Alice uses SQLite in her tests."),
    ],
    19: [draft("Docker", "uses", text="Alice's CI has Docker.")],
    21: [draft("query", "optimises", text="Alice makes the query that lists the orders faster.")],
    23: [draft("index", "plans", text="Alice plans to add an index on the customers of orders.")],
    27: [draft("Alembic", "uses", text="Alice uses Alembic for migrations.")],
    29: [
        draft("rebase", "prefers", text="Alice prefers a rebase."),
        draft("squash", "prefers", "Her colleague", text="Her colleague prefers squash commits."),
    ],
    31: [draft("Rust", "studies", text="Alice is learning Rust.")],
    35: [draft("image", "owns", text="Alice has a Docker image of 1.9 GB.")],
    39: [draft("release", "plans", text="Alice plans a release for tomorrow.")],
    41: [draft("programming", "works_in", text="Alice works as a programmer.")],
}


@pytest.fixture(scope="module")
def minilm() -> MiniLMEmbedder:
    return MiniLMEmbedder()


@pytest.fixture(params=["a script", "offline rules"])
def session_two(request: pytest.FixtureRequest, tmp_path: Path, minilm: MiniLMEmbedder) -> Iterator[Memory]:
    """A memory on the evening after the talk, which a script of a model, or the offline extractor, has read."""
    script = ScriptedExtractor({MESSAGES[place]["content"]: drafts for place, drafts in READ.items()})
    extractor: Extractor = script if request.param == "a script" else OfflineExtractor()
    clock = ManualClock(datetime(2026, 3, 3, 18, tzinfo=UTC))
    with Memory(tmp_path / "memory.db", extractor=extractor, embedder=minilm, clock=clock) as memory:
        memory.add(MESSAGES, user_id="alice")
        yield memory


def test_an_hour_of_code_lies_between() -> None:
    times = [datetime.fromisoformat(message["occurred_at"]) for message in MESSAGES]
    assert (times[-1] - times[2]).total_seconds() >= 3600
    assert len(MESSAGES) >= 40
    assert sum(map(len, READ.values())) == 20


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_diet_comes_first(session_two: Memory, question: str) -> None:
    found = session_two.search(question, user_id="alice")
    assert set(objects(list(found.facts[:3]))) >= DIET
    assert found.facts[0].object in DIET
    assert found.episodes[0].episode.content == TOLD
    assert TOLD in found.context()


def test_the_commands_find_it_too(tmp_path: Path) -> None:
    shell = CliRunner(env={"COLUMNS": "100", "MEM0G_DB": str(tmp_path / "memory.db")})
    added = shell.invoke(main, ["add", str(TALK), "--user", "alice"])
    assert "Meanings by all-MiniLM-L6-v2, on this machine." in added.stderr
    found = shell.invoke(main, ["search", QUESTIONS[0], "--user", "alice", "--json"])
    assert found.exit_code == 0, found.output
    answer = json.loads(found.stdout)
    assert {fact["object"] for fact in answer["facts"][:3]} >= DIET
    assert answer["episodes"][0]["episode"]["content"] == TOLD


def test_what_to_cook_for_alice_of_the_demo(tmp_path: Path) -> None:
    """Her diet is among the first three facts, in the demo and asked afterwards."""
    file = str(tmp_path / "demo.db")
    shell = CliRunner(env={"COLUMNS": "100"})
    question = "What should I cook for Alice tonight?"
    shown = shell.invoke(main, ["demo", "--db", file]).stdout
    rows = shown.partition(f"{question} ─")[2].partition("─\n")[2].partition("──\n")[2].splitlines()
    assert any("Alice diet vegetarian" in row for row in rows[:3]), rows
    found = shell.invoke(main, ["search", question, "--user", "alice", "--db", file, "--json"])
    assert "vegetarian" in [fact["object"] for fact in json.loads(found.stdout)["facts"][:3]]
