"""What was read, under the names that the graph keeps predicates under, and as the user's ontology has it.

What a graph takes a predicate for is decided once, where it first appears, and recorded beside the claims that needed it.
"""

import logging
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from mem0g.ingestion.predicates import applied, decide
from mem0g.ingestion.writing import Reading
from mem0g.model import ClaimDraft, Wording, predicate_name
from mem0g.ports import GraphStore

if TYPE_CHECKING:
    from mem0g.ontology import Ontology, Refusal

_LOG = logging.getLogger(__name__)


def worded(store: GraphStore, reading: Reading, ontology: "Ontology | None", now: datetime, *, stated: bool = False) -> Reading:
    """The reading as it is to be written, with the decisions that it is the first to need, and a count of what the ontology refuses.

    Args:
        stated: a caller states it, and is told what is refused.

    Raises:
        InvalidInput: it is stated, and breaks an ontology that refuses what does.
    """
    recorded = {wording.name: wording for wording in store.wordings(reading.episode.graph)}
    fresh = _decided(reading, recorded, ontology, now)
    known = {**recorded, **{wording.name: wording for wording in fresh}}
    drafts, refusals, used = list[ClaimDraft](), list["Refusal"](), set[str]()
    for draft in reading.drafts:
        kept, refused = _as_kept(draft, known, ontology, reading.episode.occurred_at, stated=stated)
        drafts += kept
        refusals += refused
        used |= _needed(predicate_name(draft.predicate), {each.predicate for each in kept}, known)
    _log(reading, refusals)
    wordings = [wording for wording in fresh if wording.name in used]
    return replace(reading, drafts=drafts, wordings=wordings, refused=Counter(refusal.reason for refusal in refusals))


def _needed(said: str, kept: Set[str], known: Mapping[str, Wording]) -> set[str]:
    """The names whose wordings were needed to keep a claim; what an ontology generalised needed none."""
    return {said, known[said].canonical} if kept & {said, known[said].canonical} else set()


def _decided(reading: Reading, recorded: Mapping[str, Wording], ontology: "Ontology | None", now: datetime) -> list[Wording]:
    said = (predicate_name(draft.predicate) for draft in reading.drafts)
    decisions = decide(said, recorded, {} if ontology is None else ontology.wordings)
    graph = reading.episode.graph
    return [Wording.of(graph, each.name, each.canonical, each.reason, now, each.decider, each.inverse) for each in decisions]


def _as_kept(
    draft: ClaimDraft, known: Mapping[str, Wording], ontology: "Ontology | None", said: datetime, *, stated: bool
) -> tuple[Sequence[ClaimDraft], Sequence["Refusal"]]:
    if ontology is None:
        return applied(draft, known, stated=stated), ()
    from mem0g.ingestion.conforming import conformed, conformed_or_error  # noqa: PLC0415 - loads pydantic

    if stated:
        return conformed_or_error(draft, ontology, said, known), ()
    done = conformed([draft], ontology, said, known)
    return done.drafts, done.refusals


def _log(reading: Reading, refusals: Sequence["Refusal"]) -> None:
    """How many claims were refused; at its finest level which."""
    if refusals:
        counts = dict(Counter(refusal.reason for refusal in refusals))
        _LOG.warning("episode %s: left out, since the ontology has no such claim: %s", reading.episode.id, counts)
    for refusal in refusals:
        _LOG.debug("episode %s: %s", reading.episode.id, refusal.detail)
