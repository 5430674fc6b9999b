"""Claims that an extractor reads twice out of one episode. Pure."""

from collections.abc import Iterable

from mem0g.model import ClaimDraft


def once(drafts: Iterable[ClaimDraft]) -> list[ClaimDraft]:
    """The drafts, each of what they claim once: the first, with its words."""
    first: dict[tuple[object, ...], ClaimDraft] = {}
    for draft in drafts:
        first.setdefault((draft.subject, draft.predicate, draft.object, draft.negated, draft.holder, draft.kind, draft.valid), draft)
    return list(first.values())
