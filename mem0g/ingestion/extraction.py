"""From pending episodes to what an extractor reads in them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from mem0g.errors import ExtractionError, InvalidInput
from mem0g.ingestion.chunking import is_too_long, parts
from mem0g.ingestion.once import once
from mem0g.ingestion.vocabulary import MOST_NAMES, near
from mem0g.ingestion.writing import Reading
from mem0g.model import ClaimDraft, Episode, Mention, Value, checked_name, checked_text, normalise, predicate_name
from mem0g.ports import UNMETERED, ChunkExtractor, ExtractionRequest, Extractor, GraphStore, Meter, not_told

if TYPE_CHECKING:
    from mem0g.ontology import Ontology

_RECENT = 10
"""How many episodes before the new ones an extractor sees: as in the Mem0 paper (arXiv 2504.19413)."""

_TAIL = 600
"""How many characters of the part before are shown with the next part of a long text."""


def read(
    store: GraphStore,
    extractor: Extractor,
    chunk: Sequence[Episode],
    owner: str,
    *,
    ontology: "Ontology | None" = None,
    meter: Meter = UNMETERED,
    on_refused: Callable[[str], None] = not_told,
) -> list[Reading]:
    """What the extractor reads in one chunk, with what was said before it in view. What it gives no answer for is left out.

    A `ChunkExtractor` sees the names and predicates of the graph near the text too; a text that is too long for it is read in parts, and
    where one part cannot be read, nothing of it is.

    Args:
        ontology: what the extractor is asked to keep to.
        on_refused: see `ExtractionRequest`.

    Raises:
        ExtractionError: it could not read it for now, or what it read cannot be kept.
    """
    first = chunk[0]
    recent = store.episodes_before(first.graph, first.occurred_at, _RECENT)
    summary = _summary_before(store, first)
    request = ExtractionRequest(chunk, recent, owner, summary, ontology=ontology, meter=meter, on_refused=on_refused)
    drafts = _drafts(store, extractor, request)
    answered = [episode for episode in chunk if episode.id in drafts]
    try:
        return [Reading(episode, [_checked(draft) for draft in drafts[episode.id]], extractor.name) for episode in answered]
    except InvalidInput as error:
        raise ExtractionError(f"{extractor.name} read what cannot be kept: {error}") from error


def _summary_before(store: GraphStore, episode: Episode) -> str:
    """The summary's text, where it tells only of what was said before."""
    held = store.summary(episode.graph)
    return held.text if held and held.through < episode.occurred_at else ""


def _drafts(store: GraphStore, extractor: Extractor, request: ExtractionRequest) -> Mapping[str, Sequence[ClaimDraft]]:
    """The extractor's answer."""
    if not isinstance(extractor, ChunkExtractor):
        return extractor.extract(request)
    if is_too_long(request.episodes, extractor):
        return _joined(store, extractor, request)
    return extractor.extract(_with_vocabulary(store, request))


def _joined(store: GraphStore, extractor: ChunkExtractor, request: ExtractionRequest) -> Mapping[str, Sequence[ClaimDraft]]:
    """The answers to each part of a long text as one, in order; none where a part has none."""
    [episode] = request.episodes
    drafts: list[ClaimDraft] = []
    recent = request.recent
    for part in parts(episode.content, extractor):
        if not part.strip():
            continue
        asked = _with_vocabulary(store, replace(request, episodes=[replace(episode, content=part)], recent=recent))
        answer = extractor.extract(replace(asked, names=[*asked.names, *_new_names(drafts, asked.names)]))
        if episode.id not in answer:
            return {}
        drafts += answer[episode.id]
        recent = [*request.recent, replace(episode, content=f"…{part[-_TAIL:]}")][-_RECENT:]
    return {episode.id: once(drafts)}


def _new_names(drafts: Sequence[ClaimDraft], names: Sequence[Mention]) -> list[Mention]:
    """What the parts before name, and the graph does not know yet: the last of them, each once."""
    known = {normalise(mention.name) for mention in names}
    ends = (end for draft in drafts for end in (draft.subject, draft.object, draft.holder) if isinstance(end, Mention))
    found = {normalise(end.name): end for end in ends}
    return [mention for name, mention in found.items() if name not in known][-MOST_NAMES:]


def _with_vocabulary(store: GraphStore, request: ExtractionRequest) -> ExtractionRequest:
    """The request with the names and predicates that the graph has near its messages."""
    last = request.episodes[-1]
    text = "\n".join(episode.content for episode in request.episodes)
    voices = [request.owner, *(episode.speaker for episode in request.episodes)]
    found = near(store, last.graph, text, voices, last.occurred_at)
    return replace(request, names=found.names, predicates=found.predicates)


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
