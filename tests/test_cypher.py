"""The files in `cypher/`: what their headers say is so, each is used, and each reads and writes one graph at two times."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from mem0g.stores.queries import Statement, names, statement

ROOT = Path(__file__).parent.parent
FOLDERS = ("schema", "write", "read", "browser")
ALL = [name for folder in FOLDERS for name in names(folder)]

OF_NO_GRAPH = {
    "read/graphs": "lists them all",
    "read/count_facts_with": "each expression begins with the token of its graph",
    "read/count_episodes_with": "each expression begins with the token of its graph",
}
OF_NO_TIME = {
    "read/versions": "what was ever believed, for the write path to compare",
    "read/held_facts": "of an id, for the write path",
    "read/lacking_vectors": "of a text, whoever has it",
    "read/held_vectors": "of a text, whoever has it",
    "read/missing_vectors": "of a text, whoever has it",
    "read/has_vectors": "asks whether there is any",
}


def code(text: str) -> str:
    """Without comments and without literals."""
    return re.sub(r"'[^']*'", "''", re.sub(r"//.*", "", text))


def used(text: str) -> set[str]:
    return set(re.findall(r"\$(\w+)", code(text)))


def returned(text: str) -> list[str]:
    """The names of the columns of the last RETURN or YIELD."""
    last = re.split(r"\bRETURN\b(?: DISTINCT)?", code(text))
    if len(last) == 1 or "}" in re.sub(r"\{[^{}]*\}", "", last[-1]):
        return []
    listed = re.sub(r"\b(ORDER BY|LIMIT)\b.*", "", re.sub(r"\{[^{}]*\}|\([^()]*\)|\[[^\[\]]*\]", "", last[-1]), flags=re.DOTALL)
    return [re.split(r"\bAS\b", column)[-1].strip() for column in listed.split(",")]


def asked_in_python() -> Iterator[str]:
    """Patterns of the names that the package asks for."""
    for path in (ROOT / "mem0g").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield re.escape(node.value)
            elif isinstance(node, ast.JoinedStr):
                yield "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+" for part in node.values)


@pytest.mark.parametrize("name", ALL)
def test_the_header_names_the_parameters_that_are_used(name: str) -> None:
    assert statement(name).parameters == used(statement(name).text)


@pytest.mark.parametrize("name", ALL)
def test_the_header_names_the_columns_that_are_returned(name: str) -> None:
    assert list(statement(name).columns) == returned(statement(name).text)


@pytest.mark.parametrize("name", ALL)
def test_a_file_holds_one_statement(name: str) -> None:
    assert ";" not in code(statement(name).text)
    assert statement(name).what.endswith(".")


def test_no_file_is_unused() -> None:
    patterns = re.compile("|".join(sorted(set(asked_in_python()), key=len)))
    assert [name for name in ALL if not name.startswith(("schema/", "browser/")) and not patterns.fullmatch(name)] == []


@pytest.mark.parametrize("name", [name for name in ALL if not name.startswith("schema/") and name not in OF_NO_GRAPH])
def test_every_node_and_edge_is_of_the_graph_asked(name: str) -> None:
    assert "graph" in statement(name).parameters
    for subquery in re.split(r"\bUNION\b(?: ALL)?", code(statement(name).text)):
        if re.search(r"\b(MATCH|MERGE|CREATE)\b", subquery):
            assert re.search(r"graph: \$graph|graph = \$graph|key: \$graph", subquery), subquery


@pytest.mark.parametrize("name", [name for name in names("read") if ":FACT" in statement(name).text or "f.id" in statement(name).text])
def test_facts_are_read_at_two_times(name: str) -> None:
    if name in OF_NO_TIME:
        return
    text = statement(name).text
    for condition in ("f.valid_at <= $", "f.invalid_at > $", "f.created_at <= $known_until", "f.expired_at > $known_after"):
        assert condition in text


@pytest.mark.parametrize("name", [name for name in names("browser") if "history by design" not in statement(name).what.lower()])
def test_facts_are_shown_at_two_times(name: str) -> None:
    text = code(statement(name).text)
    edges = set(re.findall(r"\[(\w+):FACT\]", text))
    assert edges
    for edge in edges:
        assert re.search(rf"{edge}\.valid_at <= (\$as_of|datetime\(\)) AND \({edge}\.invalid_at > (\$as_of|datetime\(\)) OR", text)
        assert re.search(rf"{edge}\.created_at <= \$known_at AND {edge}\.expired_at > \$known_at|{edge}\.expired_at = datetime\(''\)", text)


def test_the_filter_of_facts_is_the_same_everywhere() -> None:
    """It stands in several files, because a file is one whole statement."""
    found = set()
    for name in names("read"):
        text = " ".join(code(statement(name).text).split())
        found |= set(re.findall(r"WHERE f\.graph = \$graph AND \(\$any_holder .*?\}\s*\)", text))
    assert len(found) == 1


def test_a_file_without_a_header_is_refused() -> None:
    with pytest.raises(ValueError, match=r"cypher/read/x\.cypher does not begin"):
        Statement.of("read/x", "MATCH (n) RETURN n")


def test_parameters_that_do_not_fit_are_refused() -> None:
    with pytest.raises(TypeError, match=r"cypher/read/revision\.cypher takes \['graph'\], and was given \['grap'\]"):
        statement("read/revision").check({"grap": "user:alice"})
