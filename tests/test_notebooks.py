"""The notebooks run from top to bottom, and show what they were committed with.

`make notebooks` runs this too, with --rewrite-notebooks: the outputs are then written into the notebooks.
"""

import os
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
import pytest
from matplotlib import font_manager
from nbclient import NotebookClient
from nbformat import NotebookNode
from neo4j_server import Neo4jServer
from traitlets.config import Config

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
METADATA = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
"""Of a notebook as it is committed: the same whoever ran it."""

LARGEST_NOTEBOOK = 300_000
LARGEST_TEXT = 4_000
LONGEST_CELL = 16

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def run(path: Path, folder: Path, given: dict[str, str]) -> NotebookNode:
    """The notebook, run from top to bottom by a kernel of its own that keeps everything in `folder`, and opens no port."""
    for name in ("home", "tmp"):
        (folder / name).mkdir()
    home, temporary = str(folder / "home"), str(folder / "tmp")
    variables = {"IPYTHONDIR": home, "JUPYTER_CONFIG_DIR": home, "JUPYTER_DATA_DIR": home, "TMPDIR": temporary}
    notebook = read(path)
    with TemporaryDirectory() as short:  # the path of a Unix socket has at most 107 characters
        kernel = {"transport": "ipc", "connection_file": f"{short}/kernel.json"}
        client = NotebookClient(notebook, timeout=120, record_timing=False, config=Config({"KernelManager": kernel}))
        client.execute(env=os.environ | variables | given, cwd=temporary)
    notebook.metadata = NotebookNode(METADATA)
    return notebook


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def outputs(notebook: NotebookNode) -> list[NotebookNode]:
    return [output for cell in code_cells(notebook) for output in cell.outputs]


def shown(output: NotebookNode) -> Any:
    """An output as it is compared: its text; of a picture, that it is there."""
    match output.output_type:
        case "stream":
            return (output.name, output.text)
        case "error":
            return (output.ename, output.evalue)
    return "a picture" if "image/png" in output.data else dict(output.data)


@pytest.fixture(scope="session")
def _fonts() -> None:
    """Matplotlib lists the fonts of a machine once, and says so where it is slow: it has done so before a notebook runs."""
    font_manager.findfont("DejaVu Sans")


@pytest.mark.usefixtures("_fonts")
@each_notebook
def test_it_runs_and_shows_what_is_committed(path: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    given = {}
    if "neo4j" in path.stem:
        server: Neo4jServer = request.getfixturevalue("neo4j_server")
        given = {"MEM0G_DB": server.uri_with_password}
    ran = run(path, tmp_path, given)
    if request.config.getoption("--rewrite-notebooks"):
        nbformat.write(ran, path)
    committed = read(path)
    for new, old in zip(code_cells(ran), code_cells(committed), strict=True):
        assert [shown(output) for output in new.outputs] == [shown(output) for output in old.outputs], f"{new.source}\n`make notebooks`?"
    assert [cell.execution_count for cell in code_cells(committed)] == [*range(1, len(code_cells(committed)) + 1)]
    assert committed.metadata == METADATA
    assert [*(tmp_path / "tmp").iterdir()] == [], "it cleans up after itself"


@each_notebook
def test_it_says_first_what_the_reader_will_be_able_to_do(path: Path) -> None:
    first = read(path).cells[0]
    assert first.cell_type == "markdown"
    assert re.match(r"# .+\n\nAfter this notebook you can", first.source)


@each_notebook
def test_it_is_small(path: Path) -> None:
    assert path.stat().st_size < LARGEST_NOTEBOOK
    assert [output for output in outputs(read(path)) if len(str(shown(output))) > LARGEST_TEXT] == []
    assert [cell.source for cell in code_cells(read(path)) if len(cell.source.splitlines()) > LONGEST_CELL] == []


@each_notebook
def test_it_shows_tables_and_pictures_and_no_bare_values_or_warnings(path: Path) -> None:
    bare = [output for output in outputs(read(path)) if output.output_type == "execute_result" and len(output.data) == 1]
    assert bare == []
    assert [output for output in outputs(read(path)) if output.output_type == "error" or output.get("name") == "stderr"] == []


@each_notebook
def test_it_names_no_server_of_the_one_who_ran_it(path: Path) -> None:
    texts = "".join(str(shown(output)) for output in outputs(read(path)))
    assert re.findall(r"(?:bolt|neo4j)(?:\+s|\+ssc)?://\S*|localhost\S*|127\.0\.0\.1\S*|/tmp/\S*|/home/\S*", texts) == []  # noqa: S108


def test_there_are_notebooks() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["01_a_first_memory", "02_time_travel", "03_neo4j"]


def test_the_readme_leads_to_each() -> None:
    assert re.findall(r"\(notebooks/(\w+)\.ipynb\)", (ROOT / "README.md").read_text(encoding="utf-8")) == [path.stem for path in NOTEBOOKS]
