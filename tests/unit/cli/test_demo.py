"""The demo runs through the path of a user's file, and its key answers are those of tests/gold/alice.json."""

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mem0g.cli import main
from mem0g.cli.demo import example_file, shown_path

from .shell import Shell

GOLD = json.loads((Path(__file__).parents[2] / "gold" / "alice.json").read_text(encoding="utf-8"))
QUESTIONS = {(question["question"], question.get("reading")): question for question in GOLD["questions"]}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "demo.db"


@pytest.fixture(scope="module")
def shown(kept: Path) -> Result:
    return CliRunner(env={"COLUMNS": "100"}).invoke(main, ["demo", "--db", str(kept)])


def chapter(shown: Result, title: str) -> str:
    """What stands between this title and the next."""
    parts = re.split(r"^(.*) ─+$", shown.stdout, flags=re.MULTILINE)
    return parts[parts.index(title) + 1]


def named(fact: dict[str, str]) -> str:
    return f"{fact['subject']} {fact['predicate']} {fact['object']}"


def test_it_runs_and_speaks_of_its_clock(shown: Result) -> None:
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.startswith("79 messages of")
    assert "today is 2026-07-23 21:12Z" in shown.stdout
    assert max(map(len, shown.stdout.splitlines()[:-3])) <= 100


@pytest.mark.parametrize("predicate", ["lives_in", "diet", "allergic_to", "works_for"])
def test_what_is_believed_now(shown: Result, predicate: str) -> None:
    told, gold = chapter(shown, "What is believed now"), QUESTIONS["What is believed now?", None]
    for fact in gold["facts"]:
        if fact["predicate"] == predicate:
            assert named(fact) in told
    for subject, name, object in gold["not"]:
        assert f"{subject} {name} {object}" not in told


def test_where_alice_lived_in_february(shown: Result) -> None:
    told, gold = chapter(shown, "Where did Alice live in February?"), QUESTIONS["Where did Alice live in February?", None]
    assert f"Alice lives_in {gold['answer']}" in told
    for fact in gold["not"]:
        assert " ".join(fact) not in told


def test_the_sources_of_the_answer_are_quoted(shown: Result) -> None:
    assert "I've lived in Oslo since 2021" in " ".join(chapter(shown, "Where “Alice lives in Oslo.” comes from").split())


def test_what_alice_believed_in_march_then_and_now(shown: Result) -> None:
    told = chapter(shown, "What did Alice believe in March?")
    rows = {line.split("  ")[0]: line for line in told.splitlines()}
    assert re.search(r"since 2026-02-01 +–", rows["Tom lives_in Seville"])
    assert re.search(r"– +since 2026-02-01", rows["Tom lives_in Granada"])
    assert re.search(r"– +since 2019-01-01", rows["Alice owns piano"])
    assert "Madrid" not in told


def test_why_the_two_differ(shown: Result) -> None:
    told = chapter(shown, "Why the two differ")
    assert re.search(r"Tom lives_in Seville\n    corrected on 2026-04-10 12:31Z: “.*Granada", told)
    assert re.search(r"Alice owns piano\n    first said on 2026-06-14 11:15Z: “I've had a piano since 2019", told)


def test_what_to_cook(shown: Result) -> None:
    assert "Alice diet vegetarian" in chapter(shown, "What should I cook for Alice tonight?")


def test_the_numbers(shown: Result) -> None:
    assert re.search(
        r"79 messages, read in [\d.]+ s\.\n\d+ facts believed, \d+ of them now; \d+ facts superseded, denied or corrected\.", shown.stdout
    )


def test_the_commands_it_ends_with_work(shown: Result, kept: Path) -> None:
    commands = [line.removeprefix("next: ") for line in shown.stdout.splitlines() if line.startswith("next: ")]
    assert len(commands) == 3
    for command in commands:
        result = CliRunner().invoke(main, shlex.split(command)[1:])
        assert result.exit_code == 0, result.output
        assert str(kept) in command


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/here/examples/alice.chat.jsonl", "examples/alice.chat.jsonl"),
        ("/there/examples/alice.chat.jsonl", "/there/examples/alice.chat.jsonl"),
        ("/here/.venv/mem0g/_examples/alice.chat.jsonl", "/here/.venv/mem0g/_examples/alice.chat.jsonl"),
    ],
)
def test_the_example_of_an_installed_package_is_named_whole(path: str, shown: str) -> None:
    assert shown_path(Path(path), Path("/here")) == shown


def test_it_is_the_path_of_a_users_file(shown: Result, kept: Path) -> None:
    assert shown.exit_code == 0
    assert Shell(kept).text("add", str(example_file())) == "79 episodes: nothing new was read.\n"
