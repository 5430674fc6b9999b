"""The wheel, installed away from the checkout, is all of mem0g: what a user gets from `pip install`."""

import os
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent
UV = Path(sys.executable).with_name("uv")
WAY_OUT = "It is installed from the cache of uv, without a network. `make clean test` makes the environment anew, and fills the cache."

ADD_AND_ASK = """
from mem0g import Memory, __file__ as where
with Memory("memory.db") as memory:
    memory.add_fact("Alice", "lives_in", "Lisbon", user_id="alice", occurred_at="2026-03-05")
    print(*[fact.object for fact in memory.facts(user_id="alice")], where)
"""


@dataclass(frozen=True)
class Installed:
    """mem0g with its offline extractor, in an environment of its own."""

    environment: Path
    folder: Path

    def run(self, program: str, *arguments: str) -> str:
        """Run a program of the environment in a folder that knows nothing of the checkout."""
        variables = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
        return output([self.environment / "bin" / program, *arguments], self.folder, variables)


def output(command: list[str | Path], folder: Path, environment: dict[str, str] | None = None, hint: str = "") -> str:
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False, encoding="utf-8")
    if done.returncode:
        pytest.fail(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}{hint}")
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the source distribution, and the wheel that is built from it."""
    folder = tmp_path_factory.mktemp("dist")
    output([sys.executable, "-m", "build", "--no-isolation", "--outdir", folder], ROOT)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (wheel,) = built.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("elsewhere")
    environment = folder / "venv"
    output([UV, "venv", "--quiet", "--python", sys.executable, environment], folder)
    python, pins = environment / "bin" / "python", ROOT / "constraints.txt"
    command: list[str | Path] = [
        UV,
        "pip",
        "install",
        "--quiet",
        "--offline",
        "--python",
        python,
        "--constraint",
        pins,
        f"{wheel}[offline]",
    ]
    output(command, folder, hint=WAY_OUT)
    return Installed(environment, folder)


def files_of(folder: str, name_in_wheel: str) -> set[str]:
    """Every file of a folder of the checkout, as the wheel should name it."""
    files = [path.relative_to(ROOT / folder) for path in (ROOT / folder).rglob("*") if path.is_file()]
    return {f"{name_in_wheel}/{file.as_posix()}" for file in files if "__pycache__" not in file.parts}


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == files_of("mem0g", "mem0g") | files_of("cypher", "mem0g/_cypher") | {"mem0g/_examples/alice.chat.jsonl"}
    assert "mem0g/py.typed" in held


def test_the_source_distribution_holds_what_the_tests_need(built: Path) -> None:
    (source,) = built.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "Makefile", "constraints.txt", "README.md", "examples/alice.chat.jsonl", "tests/test_wheel.py"} <= held
    assert not [name for name in held if name.startswith((".venv", ".git/")) or name.endswith((".db", ".pyc"))]


def test_it_remembers(installed: Installed) -> None:
    town, where = installed.run("python", "-c", ADD_AND_ASK).split()
    assert town == "Lisbon"
    assert Path(where).is_relative_to(installed.environment)


def test_its_command_helps(installed: Installed) -> None:
    assert "add" in installed.run("mem0g", "--help")


def test_its_command_shows_the_demo(installed: Installed) -> None:
    shown = installed.run("mem0g", "demo")
    assert "alice.chat.jsonl" in shown
    assert "Where did Alice live in February?" in shown
