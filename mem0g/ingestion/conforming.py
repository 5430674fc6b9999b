"""Drafts as an ontology has them, before they are written. Pure; imported only where there is an ontology, since it loads Pydantic."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from mem0g.errors import InvalidInput
from mem0g.ingestion.predicates import Recorded, applied, decide
from mem0g.model import ClaimDraft, Value, predicate_name
from mem0g.ontology import NOTED, RELATED_TO, Ontology, Refusal
from mem0g.period import Precision
from mem0g.time_expressions import read_time

_YEAR = re.compile(r"\b\d{4}\b")


@dataclass(frozen=True, slots=True)
class Conformed:
    """What is to be written, and what is not."""

    drafts: list[ClaimDraft] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)


def conformed(
    drafts: Iterable[ClaimDraft],
    ontology: Ontology,
    said: datetime,
    recorded: Mapping[str, Recorded] | None = None,
    *,
    stated: bool = False,
) -> Conformed:
    """The drafts as the ontology has them, and why the others are none.

    Args:
        said: when it was said: the anchor of a date in words.
        recorded: what the graph takes predicates for, by name; of others, the ontology's wordings and the built-in tables decide.
        stated: a caller states them.

    Raises:
        InvalidInput: one is stated to be the only one, and is said from the other end.
    """
    done = Conformed()
    for draft in drafts:
        for turned in applied(draft, _recorded(draft, ontology, recorded or {}), stated=stated, exclusive=None):
            found = _conformed(turned, ontology, said)
            if isinstance(found, Refusal):
                done.refusals.append(found)
            else:
                several = turned.subject != draft.subject and found.exclusive is None
                done.drafts.append(replace(found, exclusive=False) if several else found)
    return done


def conformed_or_error(
    draft: ClaimDraft, ontology: Ontology, said: datetime, recorded: Mapping[str, Recorded] | None = None
) -> list[ClaimDraft]:
    """What a caller stated, as the ontology has it; see `conformed`.

    Raises:
        InvalidInput: it breaks the ontology, and that refuses what does; or it is said to be the only one of what there may be several of.
    """
    done = conformed([draft], ontology, said, recorded, stated=True)
    if done.refusals:
        raise InvalidInput(done.refusals[0].detail)
    if draft.exclusive and any(kept.exclusive is False and kept.predicate not in {RELATED_TO, NOTED} for kept in done.drafts):
        raise InvalidInput(f"exclusive=True, and by the ontology there may be several of {draft.predicate!r}: leave it out")
    return done.drafts


def _recorded(draft: ClaimDraft, ontology: Ontology, recorded: Mapping[str, Recorded]) -> Mapping[str, Recorded]:
    """The decisions, and what would be decided of the draft's predicate where nothing is, if it is one that the ontology names."""
    decided = decide([predicate_name(draft.predicate)], recorded, ontology.wordings)
    return {**recorded, **{each.name: each for each in decided if each.canonical in ontology.predicates}}


def _conformed(draft: ClaimDraft, ontology: Ontology, said: datetime) -> ClaimDraft | Refusal:
    """The draft as the ontology has it; a date in words as a date, where it only fits so."""
    found = ontology.conform(draft)
    if not _is_broken(found) or not isinstance(draft.object, Value) or not (day := _day(draft.object.text, said)):
        return found
    dated = ontology.conform(replace(draft, object=Value(day, "date")))
    return found if _is_broken(dated) else dated


def _is_broken(found: ClaimDraft | Refusal) -> bool:
    return isinstance(found, Refusal) or found.predicate == NOTED


def _day(text: str, said: datetime) -> str:
    """The day that the whole of a text names, with its year: "1990-05-03" of "3 May 1990"; empty for any other text."""
    times = read_time(text, said) if _YEAR.search(text) else []
    if len(times) != 1 or times[0].words != text.strip() or times[0].period.precision is not Precision.DAY:
        return ""
    return times[0].period.start.date().isoformat()
