"""F1 and BLEU-1 on examples worked out by hand."""

from math import exp

import pytest

from mem0g.evaluation.benchmark.overlap import bleu1, f1, normalised


def test_words_are_compared_as_squad_does() -> None:
    assert normalised("The  Eiffel-Tower, a tower; an EYE!") == ["eiffeltower", "tower", "eye"]
    assert normalised("theatre and banana") == ["theatre", "and", "banana"]


@pytest.mark.parametrize(
    ("answer", "gold", "share"),
    [
        ("York", "York.", 1),
        ("the York", "york", 1),
        ("Leeds", "York", 0),
        ("pottery and a dog", "pottery, a dog", 4 / 5),  # 2 of 3 words said, 2 of 2 wanted
        ("yes", "Likely yes", 2 / 3),
        ("dog dog", "dog", 2 / 3),  # the second one is not wanted
        ("", "York", 0),
        ("York", "a", 0),
        ("", "the", 1),
    ],
)
def test_f1(answer: str, gold: str, share: float) -> None:
    assert f1(answer, gold) == pytest.approx(share)


@pytest.mark.parametrize(
    ("answer", "gold", "share"),
    [
        ("York", "York.", 1),
        ("Leeds", "York", 0),
        ("pottery and a dog", "pottery, a dog", 2 / 3),
        ("yes", "Likely yes", exp(1 - 2)),  # all of it right, and half as long
        ("dog dog dog", "dog", 1 / 3),
        ("", "York", 0),
        ("a", "the", 1),
    ],
)
def test_bleu1(answer: str, gold: str, share: float) -> None:
    assert bleu1(answer, gold) == pytest.approx(share)
