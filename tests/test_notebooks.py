"""The notebooks run from top to bottom and show what they were committed with; tests/neo4j runs the one that needs a server."""

import re
from pathlib import Path

import pytest
from nbformat import NotebookNode
from running_notebooks import FOLDER, check, code_cells, outputs, read

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
OFFLINE = ["01_a_first_memory", "02_time_travel"]

LARGEST_NOTEBOOK = 300_000
LARGEST_TEXT = 4_000
LONGEST_CELL = 16


def texts(output: NotebookNode) -> list[str]:
    """What it says, in each format."""
    return [output.text] if "text" in output else [text for kind, text in output.get("data", {}).items() if kind.startswith("text/")]


each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@pytest.mark.parametrize("name", OFFLINE)
def test_it_runs_and_shows_what_was_committed(name: str, tmp_path: Path, rewrite_notebooks: bool) -> None:
    check(FOLDER / f"{name}.ipynb", tmp_path, rewrite_notebooks)


def test_there_are_no_others() -> None:
    assert [path.stem for path in NOTEBOOKS] == [*OFFLINE, "03_neo4j"]


@each_notebook
def test_it_says_first_what_the_reader_will_be_able_to_do(path: Path) -> None:
    first = read(path).cells[0]
    assert first.cell_type == "markdown"
    assert re.match(r"# .+\n\nAfter this notebook you can\n\n- ", first.source)


@each_notebook
def test_it_is_small(path: Path) -> None:
    assert path.stat().st_size < LARGEST_NOTEBOOK
    assert [text for output in outputs(read(path)) for text in texts(output) if len(text) > LARGEST_TEXT] == []
    assert [cell.source for cell in code_cells(read(path)) if len(cell.source.splitlines()) > LONGEST_CELL] == []


@each_notebook
def test_it_shows_tables_and_pictures_and_no_bare_values_or_warnings(path: Path) -> None:
    bare = [output for output in outputs(read(path)) if output.output_type == "execute_result" and len(output.data) == 1]
    assert bare == []
    assert [output for output in outputs(read(path)) if output.output_type == "error" or output.get("name") == "stderr"] == []


@each_notebook
def test_it_tells_nothing_of_the_machine_that_ran_it(path: Path) -> None:
    told = "\n".join(text for output in outputs(read(path)) for text in texts(output))
    assert re.findall(r"(?:bolt|neo4j)(?:\+s|\+ssc)?://\S*|localhost\S*|127\.0\.0\.1\S*|/tmp/\S*|/home/\S*", told) == []


def test_the_readme_leads_to_each() -> None:
    readme = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\(notebooks/(\w+)\.ipynb\)", readme) == [path.stem for path in NOTEBOOKS]
