"""`mem0g evaluate locomo`: LoCoMo conversations told to memories, and what search finds again of the evidence of their questions."""

from collections.abc import Sequence
from pathlib import Path

from mem0g.cli.adding import progress_of
from mem0g.cli.meanings import NO_EMBEDDER, choose
from mem0g.errors import MissingExtra
from mem0g.evaluation.evidence import EvidenceReport, chosen, measure
from mem0g.evaluation.locomo_data import read_conversations
from mem0g.providers.caching import CachingEmbedder
from mem0g.providers.offline import OfflineExtractor
from mem0g.settings import Settings

_REMEMBERED = 100_000
"""Texts whose vectors are kept: all of LoCoMo's, so that each is embedded once."""


def measure_evidence(data: Path, names: Sequence[str] | None) -> EvidenceReport:
    """What is found of the conversations of these names, or of all; how far it is, is shown to a person.

    Raises:
        InvalidInput: the data is no LoCoMo file, there is no such conversation, or nothing to find in it.
        MissingExtra: there is no embedder, no English pipeline, or no bm25s.
    """
    embedder = choose(Settings.from_environment()).embedder
    if embedder is None:
        raise MissingExtra(NO_EMBEDDER)
    conversations = chosen(read_conversations(data), names)
    with progress_of("asking") as progress:
        return measure(conversations, CachingEmbedder(embedder, _REMEMBERED), OfflineExtractor(), progress)
