"""What README shows is what happens: its examples are run, and its table and its commands are compared with the program."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from mem0g import Memory
from mem0g.cli import main
from mem0g.period import show

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"```python\n(?P<code>.*?)```\n\n```text\n(?P<output>.*?)```", re.DOTALL)
BANK_STREET = re.compile(r"```python\n(?P<code>[^`]*address\.db.*?)```", re.DOTALL)
EMBEDDER = re.compile(r"```python\n(?P<code>[^`]*MiniLMEmbedder[^`]*)```")
ONTOLOGY = re.compile(r"```python\n(?P<code>[^`]*typed\.db.*?)```", re.DOTALL)
TABLE_ROW = re.compile(r"^\| (?!fact)(.+?) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def run(code: str, folder: Path) -> str:
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_first_example_prints_what_the_readme_says(tmp_path: Path) -> None:
    example = EXAMPLE.search(README)
    assert example is not None
    assert len(example["code"].splitlines()) == 12
    assert run(example["code"], tmp_path) == example["output"]


def test_the_example_of_questions_prints_what_it_says(tmp_path: Path) -> None:
    example = EXAMPLE.search((Path(__file__).parent.parent / "docs" / "asking.md").read_text(encoding="utf-8"))
    assert example is not None
    assert run(example["code"], tmp_path) == example["output"]


def test_the_table_of_the_two_times_is_the_timeline(tmp_path: Path) -> None:
    example = BANK_STREET.search(README)
    assert example is not None
    run(example["code"], tmp_path)
    with Memory(tmp_path / "address.db") as memory:
        versions = memory.timeline("Alice", user_id="alice")
    rows = [(fact.object, *map(show, (fact.created_at, fact.expired_at, fact.valid_at, fact.invalid_at))) for fact in versions]
    assert rows == TABLE_ROW.findall(README)
    assert len(rows) == 3


def test_the_example_of_an_embedder_runs(tmp_path: Path) -> None:
    example = EMBEDDER.search(README)
    assert example is not None
    assert run(example["code"] + "\nprint(memory.embedding(user_id='alice').missing)", tmp_path) == "0\n"


def test_the_example_of_an_ontology_keeps_to_it(tmp_path: Path) -> None:
    example = ONTOLOGY.search(README)
    assert example is not None
    shown = 'for fact in memory.facts(user_id="alice"): print(fact.subject, fact.predicate, fact.object)'
    assert run(f"{example['code']}\n{shown}", tmp_path) == "Alice works_for Acme\nAlice birthday 1990-05-03\n"


def commands_named() -> list[str]:
    return sorted({name for name in re.findall(r"mem0g ([a-z][a-z-]+)(?= |`)", README) if name != "import"})


@pytest.mark.parametrize("name", commands_named())
def test_every_command_of_the_readme_exists(name: str) -> None:
    assert name in main.commands


def test_every_command_is_in_the_readme() -> None:
    assert set(main.commands) == set(commands_named())


def test_every_option_of_the_readme_exists() -> None:
    named = set(re.findall(r"(?<![\w-])(--[a-z][a-z-]*)", README)) - {
        "--help",
        "--no-deps",
        "--wait",
    }  # pip's, and Docker's
    commands = [command for each in main.commands.values() for command in (each, *getattr(each, "commands", {}).values())]
    options = {option for command in commands for parameter in command.params for option in parameter.opts}
    assert named <= options


@pytest.mark.parametrize("path", re.findall(r"(mem0g/[a-z_/]+(?:\.py)?|examples/[a-z.]+)", README))
def test_every_path_of_the_readme_exists(path: str) -> None:
    assert (Path(__file__).parent.parent / path).exists()
