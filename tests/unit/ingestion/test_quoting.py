"""Whether a quote stands in a text, and where."""

import pytest

from mem0g.ingestion.quoting import find, sentence_around

TEXT = "Hi there. I moved to  Porto last week! My rent is 3.50, cheap\nI don’t eat meat. 我住在里斯本已经三年了"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("moved to Porto last week", "moved to  Porto last week"),
        ("MOVED TO PORTO", "moved to  Porto"),
        ("there, I moved", "there. I moved"),
        ("I don't eat meat.", "I don’t eat meat"),
        ("3.50", "3.50"),
        ("里斯本", "里斯本"),
        ("Hi", "Hi"),
        ("moved Porto", None),
        ("Port", None),
        ("week moved", None),
        ("", None),
        ("…", None),
    ],
)
def test_a_quote_is_found_by_its_words(words: str, found: str | None) -> None:
    quote = find(words, TEXT)
    assert (quote and quote.words) == found
    assert quote is None or TEXT[quote.start : quote.end] == quote.words


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Porto", "I moved to  Porto last week!"),
        ("3.50", "My rent is 3.50, cheap"),
        ("there. I moved", "Hi there. I moved to  Porto last week!"),
        ("meat", "I don’t eat meat."),
        ("Lisbon", None),
    ],
)
def test_its_sentence_is_found(words: str, sentence: str | None) -> None:
    quote = find(words, TEXT)
    assert (quote and sentence_around(quote, TEXT).words) == sentence


def test_a_long_text_is_searched_at_once() -> None:
    assert find("a " * 900 + "b", "a " * 200_000) is None
