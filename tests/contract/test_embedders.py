"""The contract of every embedder, one test for each promise."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from llm_server import Body, LLMServer, Reply, as_json

from mem0g.ports import Embedder, Vectors
from mem0g.providers.caching import CachingEmbedder
from mem0g.providers.contract import EmbedderCheck
from mem0g.providers.minilm import MiniLMEmbedder
from mem0g.providers.openai_embeddings import OpenAIEmbedder
from mem0g.providers.sentence_transformers import SentenceTransformerEmbedder
from mem0g.testing import EMBEDDER_CHECKS, HashingEmbedder, check_embedder

every_check = pytest.mark.parametrize("check", EMBEDDER_CHECKS, ids=lambda check: check.__name__)


@pytest.fixture
def over_http() -> Iterator[Embedder]:
    """OpenAI's protocol, spoken by a server that hashes, and whose vectors are not of length one."""
    hashing = HashingEmbedder()

    def embeddings(body: Body) -> Reply:
        rows = (hashing.embed(body["input"]) * 3).tolist()
        return as_json({"data": [{"index": index, "embedding": row} for index, row in enumerate(rows)]})

    with LLMServer(embedding=[embeddings]) as server:
        embedder = OpenAIEmbedder("hashing", hashing.dimension, base_url=server.url)
        yield embedder
        embedder.close()


@pytest.fixture(scope="module")
def minilm() -> Embedder:
    return MiniLMEmbedder()


@pytest.fixture(scope="module")
def all_minilm() -> Embedder:
    return SentenceTransformerEmbedder(batch_size=16)


@every_check
@pytest.mark.parametrize("dimension", [16, 64, 384])
def test_hashing_keeps_the_contract(check: EmbedderCheck, dimension: int) -> None:
    check(HashingEmbedder(dimension))


@every_check
def test_caching_keeps_the_contract(check: EmbedderCheck) -> None:
    check(CachingEmbedder(HashingEmbedder(), size=3))


@every_check
def test_openai_keeps_the_contract(check: EmbedderCheck, over_http: Embedder) -> None:
    check(over_http)


@every_check
def test_minilm_keeps_the_contract(check: EmbedderCheck, minilm: Embedder) -> None:
    check(minilm)


@pytest.mark.local
@every_check
def test_sentence_transformers_keep_the_contract(check: EmbedderCheck, all_minilm: Embedder) -> None:
    check(all_minilm)


def test_all_checks_run_in_turn() -> None:
    check_embedder(HashingEmbedder())


class Changed(HashingEmbedder):
    """Does something to the rows of each answer, which it may know the texts of."""

    def __init__(self, change: Callable[[list[str], Vectors], Vectors]) -> None:
        super().__init__()
        self._change = change

    def embed(self, texts: list[str]) -> Vectors:  # type: ignore[override]  # the contract gives lists
        return self._change(texts, super().embed(texts))


class Shared(HashingEmbedder):
    """Gives every caller the same rows."""

    def __init__(self) -> None:
        super().__init__()
        self._answers: dict[tuple[str, ...], Vectors] = {}

    def embed(self, texts: list[str]) -> Vectors:  # type: ignore[override]  # the contract gives lists
        return self._answers.setdefault(tuple(texts), super().embed(texts))


def where(texts: list[str], change: Callable[[str], bool], factor: float) -> Vectors:
    """What to multiply rows by: the factor, where the text is to be changed."""
    return np.array([factor if change(text) else 1 for text in texts], dtype=np.float32).reshape(-1, 1)


BROKEN: dict[str, tuple[Embedder, str]] = {
    "a row is missing": (Changed(lambda _, rows: rows[:-1]), "1 texts give 1 rows"),
    "of another dimension": (Changed(lambda _, rows: rows[:, :-1]), "rows of the dimension"),
    "of float64": (Changed(lambda _, rows: rows.astype(np.float64)), "float32"),
    "not of length one": (Changed(lambda _, rows: rows * 2), "length one"),
    "zero where blank": (Changed(lambda texts, rows: rows * where(texts, lambda text: not text.strip(), 0)), "blank text"),
    "unlike where blank": (Changed(lambda texts, rows: rows * where(texts, lambda text: text == " ", -1)), "all blank texts"),
    "in another order": (Changed(lambda _, rows: rows[::-1]), "order"),
    "dependent on the others": (Changed(lambda texts, rows: rows if len(texts) == 1 else -rows), "alone as among others"),
    "the same for all texts": (Changed(lambda _, rows: rows * 0 + np.eye(1, 64, dtype=np.float32)), "than a blank one"),
    "far where alike": (Changed(lambda texts, rows: rows * where(texts, lambda text: "Lisbon" in text, -1)), "closer"),
    "shared with the last caller": (Shared(), "no later one"),
}


@pytest.mark.parametrize(("embedder", "promise"), BROKEN.values(), ids=BROKEN)
def test_what_breaks_a_promise_is_found(embedder: Embedder, promise: str) -> None:
    with pytest.raises(AssertionError, match=f"broken promise: .*{promise}"):
        check_embedder(embedder)
