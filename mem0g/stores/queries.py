"""The Cypher statements of `cypher/`, one a file. No Cypher stands in Python."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

_CHECKOUT = Path(__file__).parents[2] / "cypher"
_HEADER = re.compile(r"CYPHER\ 25\n((?://.*\n)+)// parameters: (.+)\n// columns: (.+)\n")


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement and what its header says of it.

    Attributes:
        name: the path of its file without the ending: "read/facts".
        text: the file as it is.
        what: what it does, in one sentence or two.
        parameters: the names of all that must be given.
        columns: of what it returns, in their order.
    """

    name: str
    text: str
    what: str
    parameters: frozenset[str]
    columns: tuple[str, ...]

    @classmethod
    def of(cls, name: str, text: str) -> "Statement":
        """Read the header.

        Raises:
            ValueError: it has none as all these files have it.
        """
        found = _HEADER.match(text)
        if found is None:
            raise ValueError(f"cypher/{name}.cypher does not begin as all of them do: `CYPHER` 25, what it does, parameters, columns")
        what = " ".join(line.removeprefix("//").strip() for line in found[1].splitlines())
        return cls(name, text, what, frozenset(_listed(found[2])), tuple(_listed(found[3])))

    def check(self, given: Mapping[str, object]) -> None:
        """Nothing, where exactly its parameters are given.

        Raises:
            TypeError: some are missing or unknown.
        """
        if given.keys() != self.parameters:
            raise TypeError(f"cypher/{self.name}.cypher takes {sorted(self.parameters)}, and was given {sorted(given)}")


@cache
def statement(name: str) -> Statement:
    """The statement of a file, by its path without ending."""
    return Statement.of(name, folder().joinpath(*f"{name}.cypher".split("/")).read_text(encoding="utf-8"))


def names(of: str) -> list[str]:
    """The names of all statements in a folder: "read", "write", "schema" or "browser"."""
    return sorted(f"{of}/{path.name.removesuffix('.cypher')}" for path in folder().joinpath(of).iterdir() if path.name.endswith(".cypher"))


def folder() -> Traversable:
    """Where the statements lie: inside an installed package, else in the checkout."""
    installed = files("mem0g").joinpath("_cypher")
    return installed if installed.is_dir() else _CHECKOUT


def _listed(words: str) -> Iterable[str]:
    return [] if words == "none" else words.split(", ")
