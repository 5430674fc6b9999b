"""What every store checks, before it writes a change and before it compares vectors. Pure."""

from mem0g.errors import EmbeddingMismatch, InvalidInput
from mem0g.ports import Change, EmbeddingModel, Vector

_CLOSE = 1e-3
"""How far from one the squared length of a unit vector may be."""


def check_change(graph: str, change: Change) -> None:
    """Nothing, where all of `change` is of this graph and its vectors are of one model.

    Raises:
        InvalidInput: it holds something of another graph, vectors without a model, or one that is no unit vector of its dimension.
    """
    for one in (*change.records, *change.versions, *([change.summary] if change.summary else ())):
        if one.graph != graph:
            raise InvalidInput(f"a change to the graph {graph!r} holds something of {one.graph!r}")
    if change.embedding is None:
        if change.vectors or change.reembed:
            raise InvalidInput("vectors were given without their model: say Change(embedding=…)")
        return
    for text, vector in change.vectors.items():
        if vector.shape != (change.embedding.dimension,) or not abs(float(vector @ vector) - 1) <= _CLOSE:
            raise InvalidInput(f"the vector of {text[:40]!r} is no unit vector of {change.embedding.dimension} numbers")


def check_embedding(graph: str, held: EmbeddingModel | None, change: Change) -> None:
    """Nothing, where the vectors of `change` may stand beside those that the graph holds, of the model `held`.

    Raises:
        EmbeddingMismatch: they are of another model or dimension.
    """
    if held is not None and change.embedding is not None and not change.reembed and held != change.embedding:
        raise EmbeddingMismatch(f"the vectors of {graph} are of {held}, not of {change.embedding}: use that model, or reembed the graph")


def check_asked(held: EmbeddingModel, vector: Vector) -> None:
    """Nothing, where `vector` can be compared with those of the model `held`.

    Raises:
        EmbeddingMismatch: it is of another dimension.
    """
    if vector.shape != (held.dimension,):
        raise EmbeddingMismatch(f"a vector of {vector.size} numbers is asked for among those of {held}")
