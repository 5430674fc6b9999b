"""The notebook that keeps its memory on a server."""

from pathlib import Path

import neo4j
from neo4j_server import Neo4jServer
from running_notebooks import FOLDER, check, read


def test_it_shows_what_was_committed_and_leaves_the_database_empty(
    database: neo4j.Driver, neo4j_server: Neo4jServer, tmp_path: Path, rewrite_notebooks: bool
) -> None:
    check(FOLDER / "03_neo4j.ipynb", tmp_path, rewrite_notebooks, {"MEM0G_DB": neo4j_server.uri_with_password})
    left = database.execute_query("MATCH (n) WHERE NOT n:Schema AND NOT n:Tests AND NOT n:Graph RETURN count(n) AS nodes").records
    assert [record["nodes"] for record in left] == [0]


def test_it_holds_no_password(neo4j_server: Neo4jServer) -> None:
    assert neo4j_server.password not in "".join(str(cell) for cell in read(FOLDER / "03_neo4j.ipynb").cells)
