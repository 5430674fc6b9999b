"""The two flavours of a memory: a graph of entities, or the base Mem0 memory (arXiv 2504.19413) of sentences. Pure.

Both write the same claims and follow the same rule. In the flavour "facts" the object of a claim is its sentence, and no entity; what the
sentence says it of stays in the value's type, so that repeats, denials and rivals are found as in the graph.
"""

from dataclasses import replace
from typing import Literal

from mem0g.ingestion.stating import sentence
from mem0g.model import DATATYPES, SENTENCE, ClaimDraft, Mention, Value, normalise, object_key

Flavour = Literal["graph", "facts"]


def as_sentence(draft: ClaimDraft) -> ClaimDraft:
    """The draft with its sentence as its object; everything else stays, and a denial that leaves its object open stays open."""
    if draft.object is None:
        return draft
    shown = draft.text.strip() or sentence(draft.subject.name, draft.predicate, draft.object, negated=draft.negated)
    replaces = None if draft.replaces is None else Value(_shown(draft.replaces), _datatype(draft.replaces))
    return replace(draft, object=Value(shown, _datatype(draft.object)), text=shown, replaces=replaces)


def sentences_about(object: str) -> frozenset[str]:
    """The object keys of the sentences that say something of what a caller's text may mean: an entity, or a literal."""
    meant: tuple[Mention | Value, ...] = (Mention(object), *(Value(object, datatype) for datatype in DATATYPES))
    return frozenset(object_key(Value(object, _datatype(each))) for each in meant)


def _datatype(object: Mention | Value) -> str:
    """The type of a sentence about this object."""
    return f"{SENTENCE}{f'entity:{normalise(object.name)}' if isinstance(object, Mention) else object.key}"


def _shown(object: Mention | Value) -> str:
    return object.name if isinstance(object, Mention) else object.text
