"""Whether what a model quotes stands in the text, and where. Pure.

A quote is found whatever its spacing, its punctuation and its capitals; what is kept is the text's own words.
"""

import re
from dataclasses import dataclass

_SENTENCE = re.compile(r"\S.*?(?:[.!?…]+(?=\s|$)|$)", re.MULTILINE)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a text, as they stand there.

    Attributes:
        start: where they begin.
    """

    words: str
    start: int

    @property
    def end(self) -> int:
        """The offset after the last character."""
        return self.start + len(self.words)


def find(words: str, text: str) -> Quote | None:
    """`words` as they stand in `text`, one after another; None where they do not, or are no words."""
    wanted = [word.casefold() for word in _WORD.findall(words)]
    there = list(_WORD.finditer(text))
    row = f" {' '.join(word[0].casefold() for word in there)} "
    at = row.find(f" {' '.join(wanted)} ") if wanted else -1
    if at < 0:
        return _within_a_word(words.strip(), text)
    first = row.count(" ", 0, at)
    start, end = there[first].start(), there[first + len(wanted) - 1].end()
    return Quote(text[start:end], start)


def _within_a_word(words: str, text: str) -> Quote | None:
    """For scripts that put no space between words: the very characters, wherever they stand."""
    at = -1 if not words or words.isascii() else text.find(words)
    return Quote(words, at) if at >= 0 else None


def sentence_around(quote: Quote, text: str) -> Quote:
    """The quote, widened to the sentences it stands in."""
    spans = [found.span() for found in _SENTENCE.finditer(text) if found.start() < quote.end and found.end() > quote.start]
    start, end = min([quote.start, *(span[0] for span in spans)]), max([quote.end, *(span[1] for span in spans)])
    return Quote(text[start:end], start)
