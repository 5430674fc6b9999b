"""What an extractor reads at once: messages with the answers to them, as many as it takes; a part of a text that is too long. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from mem0g.model import Episode
from mem0g.ports import ChunkExtractor, Extractor

MOST_MESSAGES = 12
"""How many messages a chunk holds at most."""

_ENDS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"[.!?…]+[\"'”’)\]]*\s+|[。！？]"), re.compile(r"\s"))  # noqa: RUF001
"""Where a text may be parted, the best first: after a paragraph, a line, a sentence, a word."""


def exchanges(episodes: Iterable[Episode]) -> Iterator[list[Episode]]:
    """The episodes in pairs as they were said: a message, and the assistant's answers to it."""
    exchange: list[Episode] = []
    for episode in episodes:
        if exchange and episode.role != "assistant":
            yield exchange
            exchange = []
        exchange.append(episode)
    if exchange:
        yield exchange


def chunks(episodes: Iterable[Episode], extractor: Extractor, failed: Collection[str] = ()) -> Iterator[list[Episode]]:
    """The episodes as the extractor is to read them, in the order they were said.

    One that has no `chunk_size` gets exchanges. Any other gets consecutive exchanges of one day (UTC) together, up to so many characters
    and `MOST_MESSAGES`. A pair stays together whatever it holds; a larger exchange, or one with a text that is too long by itself, is
    taken message by message. A text that is too long comes alone, and is read in `parts`.

    Args:
        failed: ids of episodes that could not be read before. Their exchanges come by themselves: what a model chokes on is to keep no
            other messages back for ever.
    """
    if not isinstance(extractor, ChunkExtractor):
        yield from exchanges(episodes)
        return
    chunk: list[Episode] = []
    for piece in _pieces(episodes, extractor.chunk_size):
        both = [*chunk, *piece]
        if chunk and (not _is_one(both, extractor.chunk_size) or any(episode.id in failed for episode in both)):
            yield chunk
            both = piece
        chunk = both
    if chunk:
        yield chunk


def _pieces(episodes: Iterable[Episode], size: int) -> Iterator[list[Episode]]:
    """The exchanges; message by message, where one is larger than a chunk."""
    for exchange in exchanges(episodes):
        is_pair = len(exchange) <= 2 and all(len(episode.content) <= size for episode in exchange)
        if is_pair or _is_one(exchange, size):
            yield exchange
        else:
            yield from ([episode] for episode in exchange)


def _is_one(episodes: Sequence[Episode], size: int) -> bool:
    """Whether these may be one chunk."""
    days = {episode.occurred_at.date() for episode in episodes}
    return len(days) == 1 and len(episodes) <= MOST_MESSAGES and sum(len(episode.content) for episode in episodes) <= size


def is_too_long(chunk: Sequence[Episode], extractor: ChunkExtractor) -> bool:
    """Whether it is a text by itself that is read in `parts`."""
    return len(chunk) == 1 and len(chunk[0].content) > extractor.chunk_size


def calls(chunk: Sequence[Episode], extractor: Extractor) -> int:
    """How often the extractor is called for a chunk: once, or once for each part of a text that is too long."""
    if not isinstance(extractor, ChunkExtractor) or not is_too_long(chunk, extractor):
        return 1
    return sum(1 for _ in parts(chunk[0].content, extractor))


def parts(text: str, extractor: ChunkExtractor) -> Iterator[str]:
    """The text in parts that the extractor takes at once, cut where a paragraph, a line, a sentence or a word ends. Together they are it.

    A part ends where the best of these ends last, unless that leaves less than half of what it may hold.
    """
    start = 0
    while len(text) - start > extractor.chunk_size:
        end = start + _end(text[start : start + extractor.chunk_size])
        yield text[start:end]
        start = end
    yield text[start:]


def _end(window: str) -> int:
    """Where the first part of a text that goes on ends."""
    for end in _ENDS:
        last = max((found.end() for found in end.finditer(window)), default=0)
        if 2 * last >= len(window):
            return last
    return len(window)
