"""`mem0g browser` prints links that carry the queries; `make browser-shot` opens them."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from mem0g.cli.browser import fill, literal, style
from mem0g.stores.queries import names, statement

from .shell import Shell

SERVER = ("--db", "neo4j+s://ann:s3cret@127.0.0.1:1")


def editor(link: str) -> str:
    """What Browser 5.24 puts into its editor: it takes + for a blank, decodes the whole address, and then splits it."""
    url = parse_qs(urlsplit(link).query)
    (found,) = re.findall(r"[?&]arg=([^&#]*)", re.sub(r"%([0-9A-F]{2})", lambda code: chr(int(code[1], 16)), link.replace("+", " ")))
    assert url["cmd"] == ["edit"]
    return str(found)


def test_it_shows_where_browser_is_and_no_password(shell: Shell) -> None:
    shown = shell.text("browser", *SERVER)
    assert "s3cret" not in shown + shell.text("browser", *SERVER, "--json")
    address = shell.json("browser", *SERVER)["address"]
    assert address.startswith("https://127.0.0.1:7473/browser/?")
    assert parse_qs(urlsplit(address).query)["dbms"] == ["neo4j+s://ann@127.0.0.1:1"]


@pytest.mark.parametrize(
    ("db", "http", "address", "dbms"),
    [
        ("bolt://127.0.0.1", None, "http://127.0.0.1:7474", "bolt://127.0.0.1:7687"),
        ("neo4j://neo4j:x@[::1]:17687", None, "http://[::1]:7474", "neo4j://neo4j@[::1]:17687"),
        ("bolt://127.0.0.1", "http://localhost:17474/", "http://localhost:17474", "bolt://127.0.0.1:7687"),
    ],
)
def test_the_addresses(shell: Shell, db: str, http: str | None, address: str, dbms: str) -> None:
    shown = shell.json("browser", "--db", db, *(["--http", http] if http else []))["address"]
    assert shown.partition("/browser/?")[0] == address
    assert parse_qs(urlsplit(shown).query)["dbms"] == [dbms]


def test_a_link_holds_the_query_with_its_parameters_filled_in(shell: Shell) -> None:
    times = ("--as-of", "2026-03", "--known-at", "2026-03-10T12:00Z")
    queries = {query["name"]: query for query in shell.json("browser", *SERVER, *times)["queries"]}
    shown = editor(queries["graph_as_of"]["link"])
    assert "f.graph = 'user:alice' AND" in shown
    assert "f.valid_at <= datetime('2026-03-01T00:00:00Z')" in shown
    assert "f.created_at <= datetime('2026-03-10T12:00:00Z')" in shown
    assert "$" not in re.sub("//.*", "", shown)
    assert queries["graph_as_of"]["text"] == statement("browser/graph_as_of").text


def test_every_query_has_a_link_once_all_is_said(shell: Shell) -> None:
    some = shell.json("browser", *SERVER)["queries"]
    assert {query["name"]: query["missing"] for query in some if query["link"] is None} == {
        "neighbourhood": ["--entity"],
        "provenance": ["--fact"],
    }
    given = ("--entity", "Miso", "--fact", "1fe1ea18", "--since", "2026-03", "--until", "2026-04")
    queries = shell.json("browser", *SERVER, *given)["queries"]
    assert [query["name"] for query in queries] == [name.removeprefix("browser/") for name in names("browser")]
    for query in queries:
        assert editor(query["link"]).splitlines()[:4] == query["text"].splitlines()[:4]
        assert "$" not in re.sub("//.*", "", editor(query["link"]))
    assert "'miso'" in editor(queries[5]["link"])


def test_the_style_comes_through_a_link_whole(shell: Shell) -> None:
    shown = shell.json("browser", *SERVER)
    assert editor(shown["style"]) == f":style {style()}"
    assert editor(shown["only_the_result"]) == ":config autoComplete: false"


def test_a_name_cannot_become_cypher_or_end_a_link(shell: Shell) -> None:
    shown = shell.json("browser", *SERVER, user="a' OR true //&#;\\u0027 $graph")
    (link,) = [query["link"] for query in shown["queries"] if query["name"] == "graph_now"]
    assert "'user:a\\' OR true \\u002f\\u002f\\u0026\\u0023\\u003b\\\\u0027 \\u0024graph'" in editor(link)
    assert editor(link).endswith("ORDER BY f.valid_at, f.id")


def test_letters_are_written_as_they_are_and_all_else_by_number() -> None:
    assert literal("Åsa-1 🐈'") == "'Åsa-1 \\ud83d\\udc08\\''"
    assert fill("// $a\nRETURN $a, $b", {"a": "1", "b": "'$a'"}) == "// $a\nRETURN 1, '$a'"


def test_a_server_that_cannot_be_asked_is_told_of_and_the_links_are_printed_all_the_same(shell: Shell) -> None:
    shown = shell.run("browser", *SERVER)
    assert shown.exit_code == 0
    assert shown.stderr.startswith("mem0g: whether it holds user:alice was not found out: neo4j+s://127.0.0.1:1 cannot be reached: ")
    assert "graph_now:" in shown.stdout


def test_changes_lie_in_a_time_that_begins_before_it_ends(shell: Shell) -> None:
    told = shell.error("browser", *SERVER, "--since", "2026-04", "--until", "2026-04-01")
    assert "--since '2026-04' is not before --until '2026-04-01'" in told
    queries = {query["name"]: query for query in shell.json("browser", *SERVER, "--until", "2020")["queries"]}
    assert "f.valid_at >= datetime('2020-01-01T00:00:00Z') - duration('P1M')" in editor(queries["changes"]["link"])


def test_a_file_cannot_be_shown(shell: Shell) -> None:
    told = shell.error("browser")
    assert f"{shell.db} is a file, and Neo4j Browser shows a Neo4j server" in told
    assert "mem0g load" in told


@pytest.mark.parametrize("http", ["localhost:7474", "ftp://localhost", "http://neo4j:s3cret@localhost", "http://localhost/?x"])
def test_what_is_no_address_of_browser_is_refused(shell: Shell, http: str) -> None:
    told = shell.error("browser", *SERVER, "--http", http)
    assert "is no address of Neo4j Browser: give one such as http://localhost:7474" in told
    assert "s3cret" not in told
