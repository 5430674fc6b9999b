"""What every embedder does around its model: unit vectors, and one for texts in which there is nothing to read."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from mem0g.ports import Vectors

Embed = Callable[[list[str]], ArrayLike]
"""Turns one or more texts, none of them blank, into one row each, of any length."""


def is_blank(text: str) -> bool:
    """Whether it holds nothing that could be read: only spaces, controls and marks without a width."""
    return not any(character.isprintable() and not character.isspace() for character in text)


def unit_vectors(rows: ArrayLike) -> Vectors:
    """The rows, each divided by its length. One of length zero becomes the unit vector along the first axis."""
    vectors = np.array(rows, dtype=np.float64)
    lengths = np.linalg.norm(vectors, axis=1)
    vectors[lengths == 0, 0] = lengths[lengths == 0] = 1
    unit: Vectors = (vectors / lengths[:, np.newaxis]).astype(np.float32)
    return unit


def vectors_of(texts: Sequence[str], dimension: int, embed: Embed) -> Vectors:
    """One unit vector a text. Blank texts all get the same one, and `embed` is not asked about them."""
    rows = np.zeros((len(texts), dimension))
    readable = [place for place, text in enumerate(texts) if not is_blank(text)]
    if readable:
        rows[readable] = embed([texts[place] for place in readable])
    return unit_vectors(rows)
