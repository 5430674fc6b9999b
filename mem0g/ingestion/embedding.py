"""Vectors for what was written: derived data, filled in after the write that needs them, outside any transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mem0g.errors import EmbeddingMismatch
from mem0g.ingestion.writing import Reading
from mem0g.model import Entity, Mention, Stage, normalise
from mem0g.ports import Change, Embedder, EmbeddingModel, FactFilter, GraphStore, OnProgress, Vector

_BATCH = 512
"""How many texts are embedded and written at once, so that a failure loses no more."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """What was embedded.

    Attributes:
        model: its name.
        texts: how many.
        named: the entities of a known type whose name was among them, each with its vector.
    """

    model: str
    texts: int = 0
    named: Sequence[tuple[Entity, Vector]] = ()


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
        raise EmbeddingMismatch(f"the vectors of {graph} are of {held}, and the embedder is {given}: use that embedder, or reembed it")
    return held


def embed_missing(store: GraphStore, graph: str, embedder: Embedder, progress: OnProgress | None = None) -> Embedded:
    """Embed every text that has no vector, in one call where they are few.

    Raises:
        ModelError: the embedder failed; what it had embedded before is kept.
        EmbeddingMismatch: the graph's vectors are of another model or dimension.
    """
    texts, named = store.missing_vectors(graph), list[tuple[Entity, Vector]]()
    for vectors in _embedded(texts, embedder, progress):
        store.commit(graph, Change(vectors=vectors, embedding=model_of(embedder)))
        named += _named(store, graph, vectors)
    return Embedded(embedder.model, len(texts), named)


def _named(store: GraphStore, graph: str, vectors: Mapping[str, Vector]) -> Iterable[tuple[Entity, Vector]]:
    """The entities of a known type that have one of these texts for a name."""
    bearers = store.entities(graph, names={normalise(text) for text in vectors})
    return [(entity, vectors[entity.name]) for entity in bearers if entity.type and entity.name in vectors]


def texts_of(readings: Iterable[Reading]) -> Iterator[str]:
    """The texts that are to have a vector once these readings are written."""
    for reading in readings:
        yield reading.episode.content
        if reading.drafts:
            yield reading.episode.speaker
        for draft in reading.drafts:
            yield draft.text
            yield from (
                part.name for part in (draft.subject, draft.object, draft.holder, draft.replaces) if isinstance(part, Mention) and part.type
            )


def embed_anew(store: GraphStore, graph: str, embedder: Embedder, progress: OnProgress | None = None) -> int:
    """Replace every vector of the graph in one transaction; returns how many there are.

    Raises:
        ModelError: the embedder failed; the graph's vectors are as they were.
    """
    texts = _texts(store, graph)
    vectors = {text: vector for batch in _embedded(texts, embedder, progress) for text, vector in batch.items()}
    store.commit(graph, Change(vectors=vectors, embedding=model_of(embedder), reembed=True))
    return len(texts) + embed_missing(store, graph, embedder).texts


def _texts(store: GraphStore, graph: str) -> list[str]:
    """What is to have a vector: see `GraphStore.missing_vectors`."""
    facts = store.facts(graph, FactFilter(any_holder=True, known_at=None))
    episodes = store.episodes(graph, stages={Stage.EXTRACTED, Stage.KEPT})
    names = {entity.name for entity in store.entities(graph) if entity.type}
    return sorted({*(fact.text for fact in facts), *(episode.content for episode in episodes), *names})


def _embedded(texts: Sequence[str], embedder: Embedder, progress: OnProgress | None) -> Iterator[dict[str, Vector]]:
    """The vectors of some of the texts, then of some more."""
    for start in range(0, len(texts), _BATCH):
        batch = texts[start : start + _BATCH]
        yield dict(zip(batch, embedder.embed(batch), strict=True))
        if progress is not None:
            progress(start + len(batch), len(texts))
