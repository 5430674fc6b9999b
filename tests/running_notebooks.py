"""How the tests run a notebook, and what they compare of it.

With `--rewrite-notebooks`, as `make notebooks` gives it, what a notebook shows now is written into it.
"""

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from matplotlib import font_manager
from nbclient import NotebookClient
from nbformat import NotebookNode
from traitlets.config import Config

FOLDER = Path(__file__).parent.parent / "notebooks"
METADATA = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
"""Of a notebook as it is committed: the same whoever ran it."""


def read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


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


def check(path: Path, folder: Path, rewrite: bool, variables: dict[str, str] | None = None) -> None:
    """Run it from top to bottom: it shows what it was committed with, and leaves nothing behind in `folder`."""
    ran = _run(path, folder, variables or {})
    if rewrite:
        nbformat.write(ran, path)
    committed = read(path)
    for new, old in zip(code_cells(ran), code_cells(committed), strict=True):
        assert [shown(output) for output in new.outputs] == [shown(output) for output in old.outputs], f"{new.source}\n`make notebooks`?"
    assert [cell.execution_count for cell in code_cells(committed)] == [*range(1, len(code_cells(committed)) + 1)]
    assert committed.metadata == METADATA
    assert [*(folder / "tmp").iterdir()] == []


def _run(path: Path, folder: Path, given: dict[str, str]) -> NotebookNode:
    """The notebook after a kernel of its own ran it, which kept everything in `folder`, and opened no port."""
    font_manager.findfont("DejaVu Sans")  # matplotlib lists a machine's fonts once, and says so where it takes long: not in the notebook
    for name in ("home", "tmp"):
        (folder / name).mkdir()
    home, temporary = str(folder / "home"), str(folder / "tmp")
    own = {"IPYTHONDIR": home, "JUPYTER_CONFIG_DIR": home, "JUPYTER_DATA_DIR": home, "TMPDIR": temporary}
    notebook = read(path)
    with TemporaryDirectory() as short:  # the path of a Unix socket has at most 107 characters
        kernel = {"transport": "ipc", "connection_file": f"{short}/kernel.json"}
        client = NotebookClient(notebook, timeout=120, record_timing=False, coalesce_streams=True, config=Config({"KernelManager": kernel}))
        client.execute(env=os.environ | own | given, cwd=temporary)
    notebook.metadata = NotebookNode(METADATA)
    return notebook
