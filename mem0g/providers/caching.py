"""An embedder that remembers what it was asked."""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from mem0g.ports import Embedder, Vectors

if TYPE_CHECKING:
    Vector = np.ndarray[tuple[int], np.dtype[np.float32]]


class CachingEmbedder:
    """Asks another `Embedder` only for texts it has not seen of late: at most one call for each call, and each text once in it.

    May be used from many threads. Two that ask for the same new text at once may both have it embedded.

    Args:
        embedder: the one to ask.
        size: how many texts are remembered; those used longest ago are dropped first. 4,096 vectors of 384 numbers take 6 MB.
    """

    def __init__(self, embedder: Embedder, size: int = 4096) -> None:
        self._embedder = embedder
        self._size = size
        self._seen: OrderedDict[str, Vector] = OrderedDict()
        self._lock = Lock()

    @property
    def model(self) -> str:
        """The name of the model that is asked."""
        return self._embedder.model

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return self._embedder.dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, in the order given; see `Embedder.embed`."""
        vectors = self._recall(texts)
        unseen = [text for text in dict.fromkeys(texts) if text not in vectors]
        if unseen:
            fresh = dict(zip(unseen, self._embedder.embed(unseen), strict=True))
            self._remember(fresh)
            vectors |= fresh
        rows: Vectors = np.array([vectors[text] for text in texts], dtype=np.float32).reshape(len(texts), self.dimension)
        return rows

    def _recall(self, texts: Sequence[str]) -> dict[str, "Vector"]:
        with self._lock:
            found = {text: self._seen[text] for text in texts if text in self._seen}
            for text in found:
                self._seen.move_to_end(text)
        return found

    def _remember(self, vectors: dict[str, "Vector"]) -> None:
        with self._lock:
            for text, vector in vectors.items():
                self._seen[text] = vector.copy()
                self._seen.move_to_end(text)
            while len(self._seen) > self._size:
                self._seen.popitem(last=False)
