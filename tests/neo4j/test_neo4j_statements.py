"""Every file in `cypher/` is a statement that the server understands, and reads by an index."""

import neo4j
import pytest
from neo4j_server import Neo4jServer

from mem0g.stores.queries import names, statement

EXPLAINED = [name for folder in ("write", "read", "browser") for name in names(folder)]

OF_EVERY_GRAPH = {"read/graphs"}


def operators(plan: dict[str, object]) -> list[str]:
    children = plan.get("children", [])
    assert isinstance(children, list)
    return [str(plan["operatorType"]).split("@", maxsplit=1)[0], *(found for child in children for found in operators(child))]


@pytest.mark.parametrize("name", EXPLAINED)
def test_the_server_understands_it_and_scans_nothing(name: str, prepared: neo4j.Driver) -> None:
    asked = statement(name)
    text = asked.text.replace("CYPHER 25\n", "CYPHER 25 EXPLAIN\n", 1)
    summary = prepared.execute_query(text, dict.fromkeys(asked.parameters)).summary
    assert summary.plan is not None
    scans = {
        "AllNodesScan",
        "NodeByLabelScan",
        "DirectedAllRelationshipsScan",
        "UndirectedAllRelationshipsScan",
        "DirectedRelationshipTypeScan",
    }
    assert name in OF_EVERY_GRAPH or not scans & set(operators(summary.plan))


@pytest.mark.parametrize("name", names("schema"))
def test_the_server_understands_what_prepares_it(name: str, prepared: neo4j.Driver) -> None:
    parsed = prepared.execute_query(statement(name).text.replace("CYPHER 25\n", "CYPHER 25 EXPLAIN\n", 1), OPTIONS).summary
    assert parsed.plan is not None


OPTIONS = {"options": {"indexConfig": {"vector.dimensions": 3, "vector.similarity_function": "cosine"}}, "seconds": 1, "version": 1}


def test_every_index_is_there_and_online(database: neo4j.Driver, neo4j_server: Neo4jServer) -> None:
    found = database.execute_query("SHOW INDEXES YIELD name, state, owningConstraint RETURN name, state, owningConstraint").records
    states = {row["name"]: row["state"] for row in found}
    made = [name.removeprefix("schema/") for name in names("schema") if "CREATE" in statement(name).text]
    assert {states.get(name) for name in made} == {"ONLINE"}
