import pytest

from mem0g.addresses import is_server, without_password


@pytest.mark.parametrize("where", ["neo4j://host", "bolt+s://ann:secret@host:7687", "NEO4J+SSC://host"])
def test_an_address_is_no_file(where: str) -> None:
    assert is_server(where)


@pytest.mark.parametrize("where", ["mem0g.db", "/home/ann/neo4j.db", "neo4j.db", "https://host", "", None])
def test_what_else_there_is_is_no_server(where: object) -> None:
    assert not is_server(where)


@pytest.mark.parametrize("password", ["secret", "s@cret", "s/cret", "s:cr@et", "s?c#ret@"])
def test_no_part_of_a_password_is_shown(password: str) -> None:
    assert without_password(f"neo4j://ann:{password}@host:7687") == "neo4j://…@host:7687"


@pytest.mark.parametrize("where", ["neo4j://host:7687", "mem0g.db", "/home/ann@work/mem0g.db"])
def test_what_holds_none_is_shown_as_it_is(where: str) -> None:
    assert without_password(where) == where
