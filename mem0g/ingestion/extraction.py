"""From pending episodes to what an extractor reads in them."""

from collections.abc import Iterator, Sequence

from mem0g.errors import ExtractionError
from mem0g.ingestion.writing import Reading
from mem0g.model import Episode
from mem0g.ports import ExtractionRequest, Extractor, GraphStore

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


def read(store: GraphStore, extractor: Extractor, exchange: Sequence[Episode], owner: str) -> list[Reading]:
    """What the extractor reads in one exchange, with what was said before it in view.

    Raises:
        ExtractionError: it could not read all of it for now.
    """
    first = exchange[0]
    recent = store.episodes_before(first.graph, first.occurred_at, _RECENT)
    drafts = extractor.extract(ExtractionRequest(exchange, recent, owner))
    unread = tuple(episode.id for episode in exchange if episode.id not in drafts)
    if unread:
        raise ExtractionError(f"{extractor.name} gave no answer for {', '.join(unread)}", unread)
    return [Reading(episode, drafts[episode.id], extractor.name) for episode in exchange]
