"""What every `Embedder` promises, as checks. No test framework is needed.

An embedder passes when every function of `EMBEDDER_CHECKS` returns. One that breaks a promise makes it raise an `AssertionError`
that names the promise.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from mem0g.ports import Embedder

__all__ = ["EMBEDDER_CHECKS", "EmbedderCheck", "check_embedder"]

EmbedderCheck = Callable[[Embedder], None]
"""A check of one promise."""

CLOSE = 1e-3
"""How far apart the same number may be: servers answer the same question not quite the same twice."""

TEXTS = [
    "Alice lives in Lisbon",
    "Alice is vegetarian",
    "The compiler reports a type error in line 7",
    "爱丽丝住在里斯本 🌅",
    "a\x00b",
    "?!",
    "word " * 1000,
]
BLANK_TEXTS = ["", " ", "\n\t ", "\u200b"]


def says_what_it_is(embedder: Embedder) -> None:
    """It has a name, and a dimension."""
    _promise(isinstance(embedder.model, str) and embedder.model != "", "the model has a name")
    _promise(isinstance(embedder.dimension, int) and embedder.dimension > 0, "a vector has at least one number")


def one_unit_vector_a_text(embedder: Embedder) -> None:
    """As many rows as texts, each of the dimension it names and of length one."""
    for texts in ([], TEXTS[:1], TEXTS, TEXTS * 12):
        vectors = embedder.embed(texts)
        _promise(vectors.shape == (len(texts), embedder.dimension), f"{len(texts)} texts give {len(texts)} rows of the dimension it names")
        _promise(vectors.dtype == np.float32, "vectors are of float32")
        _promise(_alike(np.linalg.norm(vectors, axis=1), np.ones(len(texts))), "every row has length one")


def rows_keep_the_order(embedder: Embedder) -> None:
    """A row belongs to the text at its place, however the texts are ordered, and however often one is given."""
    vectors = embedder.embed(TEXTS)
    for order in (range(len(TEXTS))[::-1], [1, 0, 1]):
        _promise(_alike(embedder.embed([TEXTS[place] for place in order]), vectors[list(order)]), "rows come in the order of their texts")


def no_vector_is_zero(embedder: Embedder) -> None:
    """Not even that of a text in which there is nothing to read; such texts all have the same one."""
    vectors = embedder.embed([*BLANK_TEXTS, TEXTS[0], BLANK_TEXTS[0]])
    _promise(_alike(np.linalg.norm(vectors, axis=1), np.ones(len(vectors))), "a blank text has a vector of length one")
    blank = [*range(len(BLANK_TEXTS)), len(vectors) - 1]
    _promise(_alike(vectors[blank], vectors[blank[0]]), "all blank texts have the same vector")
    _promise(not _alike(vectors[len(BLANK_TEXTS)], vectors[0]), "a text has another vector than a blank one")


def same_text_same_vector(embedder: Embedder) -> None:
    """A vector depends on its text alone: not on the call, nor on the texts beside it."""
    vectors = embedder.embed(TEXTS)
    _promise(_alike(embedder.embed(TEXTS), vectors), "the same texts have the same vectors in every call")
    for text, vector in zip(TEXTS, vectors, strict=True):
        _promise(_alike(embedder.embed([text])[0], vector), f"a text has the same vector alone as among others: {text[:40]!r}")


def like_texts_are_closer(embedder: Embedder) -> None:
    """The inner product says how alike texts mean."""
    question, like, unlike = embedder.embed(["Where does Alice live?", TEXTS[0], TEXTS[2]])
    _promise(bool(question @ like > question @ unlike), "a text is closer to one that speaks of the same")


def what_is_given_is_left_alone(embedder: Embedder) -> None:
    """The caller's texts are as before, and the answer is the caller's to change."""
    texts = TEXTS[:3]
    vectors = embedder.embed(texts)
    kept = vectors.copy()
    vectors[:] = 0
    _promise(texts == TEXTS[:3], "the caller's texts are left as they are")
    _promise(_alike(embedder.embed(texts), kept), "what a caller does to an answer changes no later one")


EMBEDDER_CHECKS: tuple[EmbedderCheck, ...] = (
    says_what_it_is,
    one_unit_vector_a_text,
    rows_keep_the_order,
    no_vector_is_zero,
    same_text_same_vector,
    like_texts_are_closer,
    what_is_given_is_left_alone,
)


def check_embedder(embedder: Embedder) -> None:
    """Run every check.

    Raises:
        AssertionError: a promise is broken; the message names it.
    """
    for check in EMBEDDER_CHECKS:
        check(embedder)


def _alike(one: ArrayLike, other: ArrayLike) -> bool:
    return np.allclose(one, other, rtol=0, atol=CLOSE)


def _promise(kept: bool, promise: str) -> None:
    if not kept:
        raise AssertionError(f"broken promise: {promise}")
