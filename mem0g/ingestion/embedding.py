"""Vectors for what was written: derived data, filled in after the write that needs them, outside any transaction."""

from collections.abc import Iterator, Sequence

from mem0g.errors import EmbeddingMismatch
from mem0g.model import Stage
from mem0g.ports import Change, Embedder, EmbeddingModel, FactFilter, GraphStore

_BATCH = 4096
"""How many texts are embedded and written at once, so that a failure loses no more."""


def model_of(embedder: Embedder) -> EmbeddingModel:
    """What a graph records of the embedder."""
    return EmbeddingModel(embedder.model, embedder.dimension)


def check_model(store: GraphStore, graph: str, embedder: Embedder) -> EmbeddingModel | None:
    """The model of the graph's vectors, which is the embedder's; None where it has none.

    Raises:
        EmbeddingMismatch: they are of another model or dimension.
    """
    held, given = store.embedding(graph), model_of(embedder)
    if held is not None and held != given:
        raise EmbeddingMismatch(f"the vectors of {graph} are of {held}, and the embedder is {given}: use that embedder, or call reembed()")
    return held


def embed_missing(store: GraphStore, graph: str, embedder: Embedder) -> int:
    """Embed every text that has no vector, in one call where they are few; returns how many.

    Raises:
        ModelError: the embedder failed; what it had embedded before is kept.
        EmbeddingMismatch: the graph's vectors are of another model or dimension.
    """
    texts = store.missing_vectors(graph)
    for batch in _batches(texts):
        vectors = dict(zip(batch, embedder.embed(batch), strict=True))
        store.commit(graph, Change(vectors=vectors, embedding=model_of(embedder)))
    return len(texts)


def embed_anew(store: GraphStore, graph: str, embedder: Embedder) -> int:
    """Replace every vector of the graph in one transaction; returns how many there are.

    Raises:
        ModelError: the embedder failed; the graph's vectors are as they were.
    """
    texts = _texts(store, graph)
    vectors = {text: vector for batch in _batches(texts) for text, vector in zip(batch, embedder.embed(batch), strict=True)}
    store.commit(graph, Change(vectors=vectors, embedding=model_of(embedder), reembed=True))
    return len(texts) + embed_missing(store, graph, embedder)


def _texts(store: GraphStore, graph: str) -> list[str]:
    """What is to have a vector: the texts of all facts, and of the episodes that were read or are kept only."""
    facts = store.facts(graph, FactFilter(any_holder=True, known_at=None))
    episodes = store.episodes(graph, stages={Stage.EXTRACTED, Stage.KEPT})
    return sorted({*(fact.text for fact in facts), *(episode.content for episode in episodes)})


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    yield from (texts[start : start + _BATCH] for start in range(0, len(texts), _BATCH))
