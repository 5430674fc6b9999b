"""Words as they are indexed and weighed, in every store."""

from math import log

import pytest

from mem0g.stores.words import plain_words, searchable, weights, word_share


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Alice's café, 42%", ["alice", "s", "cafe", "42"]),
        ("東京タワーへ", ["東", "京", "タ", "ワ", "ー", "へ"]),
        ("snake_case-word", ["snake", "case", "word"]),
        ('"*" (OR) ~', ["or"]),
        ("", []),
    ],
)
def test_words_are_letters_and_digits(text: str, words: list[str]) -> None:
    assert plain_words(text) == words


def test_characters_of_scripts_without_spaces_stand_alone() -> None:
    assert searchable("in 東京").split() == ["in", "東", "京"]


def test_a_word_counts_less_in_a_longer_text() -> None:
    assert (word_share("one"), word_share(" ".join(["word"] * 10)), word_share("")) == (1, 0.5, 1)


def test_rare_words_weigh_more_and_missing_ones_nothing() -> None:
    assert weights(8, {"rare": 1, "usual": 4, "missing": 0}) == {"rare": log(9), "usual": log(3)}


def test_common_words_count_only_where_no_rarer_one_is_found() -> None:
    assert weights(2_000, {"common": 1_500, "rare": 3}).keys() == {"rare"}
    assert weights(2_000, {"common": 1_500}).keys() == {"common"}
