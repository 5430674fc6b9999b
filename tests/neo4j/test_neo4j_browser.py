"""The queries of `cypher/browser/` on the demo's graph, beside a graph of another user who says the same of himself."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import neo4j
import pytest
from neo4j.graph import Node, Relationship
from neo4j.graph import Path as Walked
from neo4j_server import Neo4jServer

from mem0g import Memory
from mem0g.cli.adding import add_messages
from mem0g.cli.browser import Asked, fill, literal
from mem0g.cli.demo import ALICE, example_file
from mem0g.cli.messages import read_messages
from mem0g.model import Fact, Merge, Scope, Summary
from mem0g.period import TICK
from mem0g.ports import Change
from mem0g.stores.neo4j import Neo4jStore
from mem0g.stores.queries import folder, names, statement

GRAPH = "user:alice"
AFTER = datetime(2026, 7, 24, tzinfo=UTC)
"""A day after the last message."""
ALL = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
"""As `known_at`, all that is known."""

PARAMETERS = {
    "graph": GRAPH,
    "as_of": AFTER,
    "known_at": ALL,
    "since": datetime(2000, 1, 1, tzinfo=UTC),
    "until": AFTER + timedelta(days=365),
    "entity": "alice",
    "fact": "",
}

Ask = Callable[..., list[neo4j.Record]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Memory]:
    """The demo's conversation in a file, as the answers to compare with."""
    with Memory(tmp_path_factory.mktemp("told") / "alice.db", clock=lambda: AFTER) as memory:
        add_messages(memory, read_messages(example_file(), Scope.of(**ALICE)), ALICE)
        yield memory


@pytest.fixture(scope="module")
def server_with_graphs(told: Memory, prepared: neo4j.Driver, neo4j_server: Neo4jServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the server, which holds that and the graphs of others."""
    ledger = tmp_path_factory.mktemp("ledger") / "alice.jsonl"
    told.export(ledger, **ALICE)
    prepared.execute_query("MATCH (n) WHERE NOT n:Schema AND NOT n:Tests DETACH DELETE n")
    with Memory(neo4j_server.uri_with_password) as memory:
        memory.load(ledger)
        memory.add_fact("Alice", "lives_in", "Lisbon", user_id="ben", occurred_at="2026-03-11")
        memory.add_fact("Alice", "lives_in", "Oslo", user_id="ben", occurred_at="2026-03-12")
        added = memory.add_fact("Carol", "owns", "a boat", user_id="carol", occurred_at="2026-01-01")
        memory.retract(added.created[0].id, user_id="carol", reason="a joke", occurred_at="2026-02-01")
        memory.add_fact("Robert", "lives_in", "Bergen", user_id="dora", occurred_at="2026-01-01")
        memory.add_fact("Bob", "owns", "a boat", user_id="dora", occurred_at="2026-01-01")
    with closing(Neo4jStore(neo4j_server.uri_with_password)) as store:
        summary = Summary("user:dora", "Bob has a boat.", AFTER, 1, "llm:none:summary-1", AFTER)
        store.commit("user:dora", Change(summary=summary))
    return neo4j_server.uri_with_password


@pytest.fixture
def ask(server_with_graphs: str, prepared: neo4j.Driver) -> Ask:
    """Asks a query of the demo's graph, unless told another."""
    assert server_with_graphs

    def answer(name: str, graph: str = GRAPH, **parameters: Any) -> list[neo4j.Record]:
        asked, given = statement(f"browser/{name}"), {"graph": graph, **parameters}
        asked.check(given)
        return prepared.execute_query(asked.text, given).records

    return answer


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def texts(rows: list[neo4j.Record]) -> list[str]:
    return sorted(row["text"] for row in rows)


def sentences(facts: list[Fact]) -> list[str]:
    return sorted(fact.text for fact in facts)


def drawn(rows: list[neo4j.Record]) -> set[tuple[str, str, str]]:
    """The edges that Browser draws of the columns: from, caption, to."""
    return {(row["subject"]["name"], row["f"]["caption"], row["object"].get("name") or row["object"]["text"]) for row in rows}


def struck(words: str) -> str:
    return "".join(f"{letter}\u0336" for letter in words)


def test_a_graph_now_is_what_facts_gives(ask: Ask, told: Memory) -> None:
    rows = ask("graph_now")
    assert texts(rows) == sentences(told.facts(**ALICE, as_of=datetime.now(UTC)))
    assert ("Alice", "lives in", "Porto") in drawn(rows)
    assert ("Alice", "diet", "vegetarian") in drawn(rows)
    assert not [caption for _, caption, _ in drawn(rows) if "\u0336" in caption or "–" in caption]


@pytest.mark.parametrize(("as_of", "known_at"), [("2026-02-20", "2026-02-20"), ("2026-03-05", "2026-03-10"), ("2026-03-05", "2026-07-24")])
def test_a_graph_as_of_a_date_is_what_facts_gives(ask: Ask, told: Memory, as_of: str, known_at: str) -> None:
    rows = ask("graph_as_of", as_of=day(as_of), known_at=day(known_at))
    instants = {"as_of": day(as_of), "known_at": day(known_at)}
    assert texts(rows) == sentences(told.facts(**ALICE, **instants))


def test_on_5_march_alice_lived_in_lisbon_but_nobody_knew(ask: Ask) -> None:
    then = drawn(ask("graph_as_of", as_of=day("2026-03-05"), known_at=day("2026-03-10")))
    now = drawn(ask("graph_as_of", as_of=day("2026-03-05"), known_at=ALL))
    assert {edge for edge in then if edge[0] == "Alice" and "live" in edge[1].replace("\u0336", "")} == {
        ("Alice", struck("lives in"), "Oslo"),
    }
    assert {edge for edge in now if edge[0] == "Alice" and "live" in edge[1]} == {("Alice", "lives in – 2026-09", "Lisbon")}


def test_what_changed_in_april(ask: Ask, told: Memory) -> None:
    rows = ask("changes", since=day("2026-04-01"), until=day("2026-05-01"))
    assert [(row["at"].to_native().date().isoformat(), row["change"], row["text"]) for row in rows] == [
        ("2026-04-01", "began", "Ben visited Rome."),
        ("2026-04-09", "ended", "Alice works for Brightwater."),
        ("2026-04-10", "dropped", "Alice works for Brightwater."),
        ("2026-04-10", "learned", "Alice works for Brightwater."),
        ("2026-04-10", "learned", "Alice works for Marisol Energy."),
        ("2026-04-10", "dropped", "Tom lives in Seville."),
        ("2026-04-10", "learned", "Tom lives in Granada."),
        ("2026-04-20", "began", "Alice works for Marisol Energy."),
    ]
    found = told.diff("2026-04-01", "2026-05-01", **ALICE)
    assert len(rows) == len(found.began) + len(found.ended) + len(found.learned) + len(found.dropped)


def test_superseded_facts_and_by_what(ask: Ask) -> None:
    rows = ask("superseded")
    assert [(row["text"], row["operation"], row["by"]) for row in rows] == [
        ("Alice lives in Oslo.", "UPDATE", "Alice lives in Lisbon."),
        ("Alice works for Brightwater.", "UPDATE", "Alice does not work for Brightwater."),
        ("Tom lives in Seville.", "CORRECTS", "Tom lives in Granada."),
        ("Alice weighs 72 kg.", "UPDATE", "Alice weighs 70 kg."),
        ("Alice likes coffee.", "UPDATE", "Alice does not like coffee."),
        ("Alice lives in Lisbon.", "UPDATE", "Alice lives in Porto."),
    ]
    assert rows[0]["reason"] == "lives_in has one object at a time"
    assert drawn(rows[:1]) == {("Alice", struck("lives in"), "Oslo")}
    assert {(edge["caption"], edge.end_node["name"]) for edge in rows[0]["instead"]} == {
        ("lives in – 2026-03", "Oslo"),
        ("lives in – 2026-09", "Lisbon"),
    }
    assert {object["name"] for object in rows[0]["objects"]} == {"Oslo", "Lisbon"}


def test_a_retracted_fact_shows_its_retraction(ask: Ask) -> None:
    (row,) = ask("superseded", "user:carol")
    assert (row["text"], row["operation"], row["reason"], row["by"]) == ("Carol owns a boat.", "RETRACTED", "a joke", None)


def test_the_provenance_of_a_fact_is_a_path_to_the_words(ask: Ask, told: Memory) -> None:
    (lisbon,) = [fact for fact in told.facts(**ALICE, as_of="2026-05-01", subject="Alice", predicate="lives_in") if fact.object == "Lisbon"]
    (row,) = ask("provenance", fact=lisbon.id[:8])
    assert (row["text"], row["speaker"], row["quote"]) == ("Alice lives in Lisbon.", "Alice", "I moved to Lisbon last week.")
    assert row["said"] == "Sorry, it's been chaos here! I moved to Lisbon last week."
    assert [walked.type for walked in row["source"].relationships] == ["ASSERTS", "ABOUT"]
    assert row["source"].end_node == row["fact"].start_node
    assert row["fact"].end_node["name"] == "Lisbon"
    assert row["merged"] is None


def test_who_believes_where_tom_lives(ask: Ask) -> None:
    rows = ask("beliefs", as_of=AFTER, known_at=ALL)
    assert {(row["who"], row["voice"], row["text"]) for row in rows if row["text"].startswith("Tom lives")} == {
        ("Alice", "said", "Tom lives in Granada."),
        ("Nora", "attributed", "Tom lives in Madrid."),
    }
    assert ("Ben", "said", "I live in Bergen now") in {(row["who"], row["voice"], row["quote"]) for row in rows}


def test_a_belief_is_of_those_who_had_said_it_by_then(ask: Ask) -> None:
    rows = ask("beliefs", as_of=day("2026-03-25"), known_at=day("2026-03-25"))
    assert {(row["who"], row["text"]) for row in rows if row["text"].startswith("Tom lives")} == {
        ("Alice", "Tom lives in Seville."),
        ("Nora", "Tom lives in Madrid."),
    }


def test_the_neighbourhood_of_a_pet(ask: Ask) -> None:
    rows = ask("neighbourhood", entity="rufus", as_of=AFTER, known_at=ALL)
    assert texts(rows) == [
        "Ben has a pet, Rufus.",
        "Ben knows Alice.",
        "Ben lives in Bergen.",
        "Ben visited Rome.",
        "Ben works as a nurse.",
        "Ben works for Haukeland.",
        "Rufus is a dog.",
    ]
    assert ask("neighbourhood", entity="rufus", as_of=AFTER, known_at=day("2026-01-31")) == []
    assert ask("neighbourhood", entity="nobody", as_of=AFTER, known_at=ALL) == []


def test_a_merged_entity_is_found_by_either_name_until_they_are_parted(ask: Ask, server_with_graphs: str) -> None:
    with closing(Neo4jStore(server_with_graphs)) as store:
        robert, bob = (store.entities("user:dora", names={name})[0] for name in ("robert", "bob"))
        for negated, found in ((False, ["Bob owns a boat."]), (True, [])):
            merge = Merge.of(robert, bob, "the same", AFTER, negated=negated)
            store.commit("user:dora", Change(records=(merge,)))
            rows = ask("neighbourhood", "user:dora", entity="robert", as_of=AFTER, known_at=ALL)
            assert [text for text in texts(rows) if text.startswith("Bob")] == found


@pytest.mark.parametrize("check", ["orphans", "duplicates"])
def test_a_sound_graph_has_none(ask: Ask, check: str) -> None:
    assert ask(check) == []


DAMAGE = {
    "orphans": {
        "a claim without its episode": "MATCH (:Episode {graph: $graph})-[edge:ASSERTS]->() DELETE edge",
        "a claim without its subject": "MATCH (:Claim {graph: $graph})-[edge:ABOUT]->() DELETE edge",
        "a judgement without both of its claims": "MATCH (:Judgement {graph: $graph})-[edge:LATER]->() DELETE edge",
        "a merge without both of its entities": "CREATE (:Merge {graph: $graph, id: 'x'})",
        "a naming without its episode or its entity": "MATCH (:Naming {graph: $graph})-[edge:OF]->() DELETE edge",
        "a name of no entity": "MATCH (:Name {graph: $graph})-[edge:NAMES]->() DELETE edge",
        "a literal without a fact": "CREATE (:Value {graph: $graph, id: 'x'})",
        "an entity without a name": "MATCH (entity:Entity {graph: $graph}) REMOVE entity.name",
        "a fact between other nodes than it says": "MATCH ()-[f:FACT {graph: $graph}]->() SET f.subject = 'x'",
        "a fact without all of its claims": "MATCH ()-[f:FACT {graph: $graph}]->() SET f.claims = f.claims + 'x'",
    },
    "duplicates": {
        "an entity": "MATCH (one:Entity {graph: $graph}) CREATE (two:Entity) SET two = one {.*, id: one.id + 'x'} "
        "WITH one, two MATCH (name:Name)-[:NAMES]->(one) CREATE (other:Name)-[:NAMES]->(two) SET other = name {.*, entity: two.id}",
        "a fact": "MATCH (one)-[f:FACT {graph: $graph}]->(two) CREATE (one)-[g:FACT]->(two) SET g = f {.*, id: f.id + 'x'}",
        "a claim": "MATCH (claim:Claim {graph: $graph}) CREATE (other:Claim) SET other = claim {.*, id: claim.id + 'x'}",
    },
}


@pytest.mark.parametrize(("check", "what"), [(check, what) for check, damages in DAMAGE.items() for what in damages])
def test_what_is_broken_is_found(check: str, what: str, server_with_graphs: str, prepared: neo4j.Driver) -> None:
    assert server_with_graphs
    with prepared.session() as session, session.begin_transaction() as transaction:
        transaction.run(DAMAGE[check][what], graph=GRAPH).consume()
        rows, others = (transaction.run(statement(f"browser/{check}").text, graph=graph).data() for graph in (GRAPH, "user:ben"))
        transaction.rollback()
    assert what in {row["what"] for row in rows}
    assert others == []


@pytest.mark.parametrize("name", [name.removeprefix("browser/") for name in names("browser") if not re.search("orphans|duplicates", name)])
def test_nothing_of_another_graph_is_shown(ask: Ask, name: str) -> None:
    given = {parameter: PARAMETERS[parameter] for parameter in statement(f"browser/{name}").parameters}
    shown = [value for row in ask(name, **given) for value in elements(row)]
    assert shown
    assert {value["graph"] for value in shown} == {GRAPH}
    assert ask(name, **{**given, "graph": "user:nobody"}) == []


def elements(row: neo4j.Record) -> Iterator[Node | Relationship]:
    """The nodes and edges in a row."""
    for value in row.values():
        if isinstance(value, Walked):
            yield from (*value.nodes, *(edge for edge in value.relationships if edge.type == "FACT"))
        else:
            yield from (element for element in (value if isinstance(value, list) else [value]) if isinstance(element, Node | Relationship))


def test_a_text_in_a_link_is_that_text(prepared: neo4j.Driver) -> None:
    """Whatever marks stand beside one another."""
    marks = ["'", "\\", "\\u0027", "//", "&", "#", ";", "$graph", '"', "`", "\n", "\0", "{", "%25", "+", "🐈", "é", " OR true "]
    texts = ["".join(some) for some in product(marks, repeat=3)]
    answer = prepared.execute_query(f"CYPHER 25 RETURN [{', '.join(map(literal, texts))}] AS texts").records[0]["texts"]
    assert answer == texts


@pytest.mark.parametrize("name", names("browser"))
def test_browser_has_nothing_to_warn_of(name: str, server_with_graphs: str, neo4j_server: Neo4jServer) -> None:
    assert server_with_graphs
    asked = statement(name)
    given = {parameter: PARAMETERS[parameter] for parameter in asked.parameters}
    with neo4j.GraphDatabase.driver(neo4j_server.uri, auth=neo4j_server.auth, warn_notification_severity="OFF") as driver:
        found = driver.execute_query(asked.text, given).summary.gql_status_objects
    assert [
        status.status_description for status in found if status.is_notification and "does not exist" not in status.status_description
    ] == []


@pytest.mark.parametrize("name", names("browser"))
def test_a_query_with_its_parameters_filled_in_answers_the_same(
    name: str, server_with_graphs: str, prepared: neo4j.Driver, ask: Ask
) -> None:
    assert server_with_graphs
    asked = Asked(GRAPH, as_of="2026-03-05", known_at="2026-03-10", since="2026-04", until="2026-05", entity="Miso", fact="a")
    told = {
        "as_of": day("2026-03-05"),
        "known_at": day("2026-03-11") - TICK,
        "since": day("2026-04-01"),
        "until": day("2026-05-01"),
        "entity": "miso",
        "fact": "a",
    }
    filled = prepared.execute_query(fill(statement(name).text, asked.parameters())).records
    expected = ask(name.removeprefix("browser/"), **{each: told[each] for each in statement(name).parameters - {"graph"}})
    assert [row.data() for row in filled] == [row.data() for row in expected]


STYLE = re.findall(
    r"(?:node|relationship)\.(\w+) \{[^}]*?caption: '\{(\w+)\}'", folder().joinpath("browser", "style.grass").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("label", "property"), STYLE)
def test_the_style_shows_a_text_that_is_there(label: str, property: str, server_with_graphs: str, prepared: neo4j.Driver) -> None:
    assert server_with_graphs
    edges = prepared.execute_query(f"MATCH ()-[f:{label}]->() RETURN f.{property} AS text LIMIT 10").records
    nodes = prepared.execute_query(f"MATCH (n:{label}) RETURN n.{property} AS text LIMIT 10").records
    shown = [row["text"] for row in (*edges, *nodes)]
    assert shown
    assert all(isinstance(text, str) and text for text in shown)


def test_the_style_has_what_a_link_can_carry() -> None:
    assert len(STYLE) > 3
