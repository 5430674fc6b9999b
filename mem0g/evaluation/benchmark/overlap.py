"""How much of an answer's words are those of the gold answer: F1 and BLEU-1, between 0 and 1. Pure."""

import re
import string
from collections import Counter
from math import exp

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normalised(text: str) -> list[str]:
    """The words as SQuAD compares them (Rajpurkar et al. 2016, arXiv 1606.05250): small letters, no ASCII punctuation, no articles."""
    return _ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split()


def f1(answer: str, gold: str) -> float:
    """The harmonic mean of precision and recall over words. Where one has no words: 1 if neither has, else 0."""
    said, wanted = normalised(answer), normalised(gold)
    if not said or not wanted:
        return float(said == wanted)
    return 2 * _shared(said, wanted) / (len(said) + len(wanted))


def bleu1(answer: str, gold: str) -> float:
    """BLEU of single words (Papineni et al. 2002), not smoothed: no word in common is 0. Where one has no words: 1 if neither has, else 0.

    It is the share of the answer's words that are the gold answer's, each as often as there, times the penalty for a shorter answer.
    """
    said, wanted = normalised(answer), normalised(gold)
    if not said or not wanted:
        return float(said == wanted)
    penalty = 1.0 if len(said) >= len(wanted) else exp(1 - len(wanted) / len(said))
    return penalty * _shared(said, wanted) / len(said)


def _shared(said: list[str], wanted: list[str]) -> int:
    return (Counter(said) & Counter(wanted)).total()
