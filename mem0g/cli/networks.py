"""A graph in the forms other programs read."""

import json
from io import BytesIO
from typing import TYPE_CHECKING

from mem0g.cli.machine import as_json

if TYPE_CHECKING:
    import networkx


def graphml(graph: "networkx.MultiDiGraph[str]") -> str:
    """GraphML, as NetworkX writes it; it has no null, so unstated ends are left out."""
    from networkx import write_graphml  # noqa: PLC0415 - slow to import

    written = BytesIO()
    write_graphml(_plain(graph), written, named_key_ids=True)
    return written.getvalue().decode()


def dot(graph: "networkx.MultiDiGraph[str]") -> str:
    """The DOT language of Graphviz: names, and predicates with when they hold from."""
    edges = [
        f"  {_quoted(source)} -> {_quoted(target)} [label={_quoted(data['predicate'])}];" for source, target, data in graph.edges(data=True)
    ]
    return "\n".join(["digraph mem0g {", *(f"  {_quoted(name)};" for name in graph), *edges, "}"])


def _plain(graph: "networkx.MultiDiGraph[str]") -> "networkx.MultiDiGraph[str]":
    """The graph with attributes that GraphML has types for."""
    copy = graph.copy()
    for data in [data for _, data in copy.nodes(data=True)] + [data for *_, data in copy.edges(data=True)]:
        stated = {key: as_json(value) for key, value in data.items() if value is not None}
        data.clear()
        data.update(stated)
    return copy


def _quoted(text: str) -> str:
    return json.dumps(text.replace("\\", "\\\\"), ensure_ascii=False).replace("\\\\\\\\", "\\\\")
