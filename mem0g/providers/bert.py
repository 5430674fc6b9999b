"""BERT's encoder (Devlin et al., arXiv 1810.04805) as a pure function over numpy arrays.

In the shapes below, `texts` is how many are read at once, `tokens` the length of the longest, `width` how many numbers a token has.
"""

from collections.abc import Mapping
from itertools import count, takewhile
from typing import TypeAlias

import numpy as np

Array: TypeAlias = "np.ndarray[tuple[int, ...], np.dtype[np.float32]]"
Ids: TypeAlias = "np.ndarray[tuple[int, int], np.dtype[np.int64]]"
Weights: TypeAlias = Mapping[str, Array]
"""By the names that the Hugging Face files give them."""

_EPSILON = np.float32(1e-12)
_HALF, _ROOT = np.float32(0.5), np.float32(0.5**0.5)
_HIDDEN_AWAY = np.float32(-1e9)


def encode(weights: Weights, ids: Ids, mask: Ids, heads: int) -> Array:
    """What each token means among the others: (texts, tokens) ids of the vocabulary to (texts, tokens, width).

    Args:
        mask: 1 where a token is, 0 where a text has ended.
    """
    hidden = _embedded(weights, ids)
    hide = np.where(mask[:, np.newaxis, np.newaxis, :] == 1, np.float32(0), _HIDDEN_AWAY)
    for layer in takewhile(lambda name: f"{name}output.dense.weight" in weights, (f"encoder.layer.{number}." for number in count())):
        hidden = _layer(weights, layer, hidden, hide, heads)
    return hidden


def mean(hidden: Array, mask: Ids) -> Array:
    """One vector a text, the mean of its tokens: (texts, tokens, width) to (texts, width)."""
    there = mask[:, :, np.newaxis].astype(np.float32)
    pooled: Array = (hidden * there).sum(axis=1) / there.sum(axis=1)
    return pooled


def _embedded(weights: Weights, ids: Ids) -> Array:
    words = weights["embeddings.word_embeddings.weight"][ids]
    places = weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
    return _normed(weights, "embeddings.LayerNorm", words + places + weights["embeddings.token_type_embeddings.weight"][0])


def _layer(weights: Weights, layer: str, hidden: Array, hide: Array, heads: int) -> Array:
    """Each token takes in the others, then is worked over by itself."""
    attended = _linear(weights, f"{layer}attention.output.dense", _attention(weights, f"{layer}attention.self.", hidden, hide, heads))
    hidden = _normed(weights, f"{layer}attention.output.LayerNorm", hidden + attended)
    inner = _gelu(_linear(weights, f"{layer}intermediate.dense", hidden))
    return _normed(weights, f"{layer}output.LayerNorm", hidden + _linear(weights, f"{layer}output.dense", inner))


def _attention(weights: Weights, name: str, hidden: Array, hide: Array, heads: int) -> Array:
    query, key, value = (_by_head(_linear(weights, f"{name}{part}", hidden), heads) for part in ("query", "key", "value"))
    likeness = query @ key.swapaxes(2, 3) / np.float32(query.shape[-1] ** 0.5) + hide
    return (_softmax(likeness) @ value).swapaxes(1, 2).reshape(hidden.shape)


def _by_head(hidden: Array, heads: int) -> Array:
    """(texts, tokens, width) to (texts, heads, tokens, width / heads)."""
    texts, tokens, width = hidden.shape
    return hidden.reshape(texts, tokens, heads, width // heads).swapaxes(1, 2)


def _linear(weights: Weights, name: str, hidden: Array) -> Array:
    """All tokens of all texts in one product: a product a text, which numpy makes of three axes, is slower."""
    moved: Array = hidden.reshape(-1, hidden.shape[-1]) @ weights[f"{name}.weight"].T
    moved += weights[f"{name}.bias"]
    return moved.reshape(*hidden.shape[:-1], -1)


def _normed(weights: Weights, name: str, hidden: Array) -> Array:
    """Each token's numbers with mean 0 and variance 1, scaled and moved as was learned."""
    centred = hidden - hidden.mean(axis=-1, keepdims=True)
    spread = np.sqrt(np.square(centred).mean(axis=-1, keepdims=True) + _EPSILON)
    normed: Array = centred / spread * weights[f"{name}.weight"] + weights[f"{name}.bias"]
    return normed


def _softmax(scores: Array) -> Array:
    exponents = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: Array = exponents / exponents.sum(axis=-1, keepdims=True)
    return shares


def _gelu(hidden: Array) -> Array:
    from scipy.special import erf  # type: ignore[import-untyped]  # noqa: PLC0415 - loads when a text is first read

    bent: Array = _HALF * hidden * (1 + erf(hidden * _ROOT))
    return bent
