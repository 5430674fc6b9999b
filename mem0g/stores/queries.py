"""The Cypher statements of `cypher/`, one a file. No Cypher stands in Python."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

_CHECKOUT = Path(__file__).parents[2] / "cypher"


@cache
def query(name: str) -> str:
    """The statement of a file, by its path without ending: "read/facts"."""
    return folder().joinpath(*f"{name}.cypher".split("/")).read_text(encoding="utf-8")


def folder() -> Traversable:
    """Where the statements lie: inside an installed package, else in the checkout."""
    installed = files("mem0g").joinpath("_cypher")
    return installed if installed.is_dir() else _CHECKOUT
