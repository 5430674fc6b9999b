"""What every store checks before it writes a change. Pure."""

from mem0g.errors import InvalidInput
from mem0g.ports import Change

_CLOSE = 1e-3
"""How far from one the squared length of a unit vector may be."""


def check_change(graph: str, change: Change) -> None:
    """Nothing, where all of `change` is of this graph and its vectors are of one model.

    Raises:
        InvalidInput: it holds something of another graph, vectors without a model, or one that is no unit vector of its dimension.
    """
    for one in (*change.records, *change.versions):
        if one.graph != graph:
            raise InvalidInput(f"a change to the graph {graph!r} holds something of {one.graph!r}")
    if change.embedding is None:
        if change.vectors or change.reembed:
            raise InvalidInput("vectors were given without their model: say Change(embedding=…)")
        return
    for text, vector in change.vectors.items():
        if vector.shape != (change.embedding.dimension,) or not abs(float(vector @ vector) - 1) <= _CLOSE:
            raise InvalidInput(f"the vector of {text[:40]!r} is no unit vector of {change.embedding.dimension} numbers")
