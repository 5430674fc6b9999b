"""From pending episodes to what an extractor reads in them."""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from mem0g.errors import ExtractionError, InvalidInput
from mem0g.ingestion.writing import Reading
from mem0g.model import ClaimDraft, Episode, Mention, Value, checked_name, checked_text, predicate_name
from mem0g.ports import UNMETERED, ExtractionRequest, Extractor, GraphStore, Meter

if TYPE_CHECKING:
    from mem0g.ontology import Ontology

_LOG = logging.getLogger(__name__)

_RECENT = 10
"""How many episodes before the new ones an extractor sees: as in the Mem0 paper (arXiv 2504.19413)."""


def exchanges(episodes: Sequence[Episode]) -> Iterator[list[Episode]]:
    """The episodes in pairs as they were said: a message, and the assistant's answers to it."""
    exchange: list[Episode] = []
    for episode in episodes:
        if exchange and episode.role != "assistant":
            yield exchange
            exchange = []
        exchange.append(episode)
    if exchange:
        yield exchange


def read(
    store: GraphStore,
    extractor: Extractor,
    exchange: Sequence[Episode],
    owner: str,
    *,
    ontology: "Ontology | None" = None,
    meter: Meter = UNMETERED,
) -> list[Reading]:
    """What the extractor reads in one exchange, with what was said before it in view. What it gives no answer for is left out.

    Args:
        ontology: what the extractor is asked to keep to, and what its claims must fit.

    Raises:
        ExtractionError: it could not read it for now, or what it read cannot be kept.
    """
    first = exchange[0]
    recent = store.episodes_before(first.graph, first.occurred_at, _RECENT)
    summary = _summary_before(store, first)
    drafts = extractor.extract(ExtractionRequest(exchange, recent, owner, summary, ontology=ontology, meter=meter))
    answered = [episode for episode in exchange if episode.id in drafts]
    try:
        readings = [Reading(episode, [_checked(draft) for draft in drafts[episode.id]], extractor.name) for episode in answered]
    except InvalidInput as error:
        raise ExtractionError(f"{extractor.name} read what cannot be kept: {error}") from error
    return readings if ontology is None else [_conformed(reading, ontology) for reading in readings]


def _conformed(reading: Reading, ontology: "Ontology") -> Reading:
    """The reading without what breaks the ontology, which is counted; the log tells how many, and at its finest level which."""
    from mem0g.ingestion.conforming import conformed  # noqa: PLC0415 - loads pydantic

    done = conformed(reading.drafts, ontology, reading.episode.occurred_at)
    refused = Counter(refusal.reason for refusal in done.refusals)
    if refused:
        _LOG.warning("episode %s: left out, since the ontology has no such claim: %s", reading.episode.id, dict(refused))
    for refusal in done.refusals:
        _LOG.debug("episode %s: %s", reading.episode.id, refusal.detail)
    return replace(reading, drafts=done.drafts, refused=refused)


def _summary_before(store: GraphStore, episode: Episode) -> str:
    """The summary's text, where it tells only of what was said before."""
    held = store.summary(episode.graph)
    return held.text if held and held.through < episode.occurred_at else ""


def _checked(draft: ClaimDraft) -> ClaimDraft:
    """The draft, fit for every store: an extractor's word is no better checked than a caller's."""
    for text, what in ((draft.predicate, "predicate"), (draft.text, "text"), (draft.quote, "quote")):
        checked_text(text, what)
    if draft.object is None and not draft.negated:
        raise InvalidInput(f"object=None, and {draft.text[:60]!r} denies nothing")
    if not 0 <= draft.confidence <= 1:
        raise InvalidInput(f"confidence={draft.confidence!r} is not between 0 and 1")
    for part in (draft.subject, draft.object, draft.holder, draft.replaces):
        match part:
            case Mention(name=name, type=type, aliases=aliases):
                for one in (name, *aliases):
                    checked_name(one, "name")
                checked_text(type, "type")
            case Value(text=text, datatype=datatype):
                checked_text(text, "value")
                checked_text(datatype, "datatype")
    predicate_name(draft.predicate)
    return draft
