"""Evidence recall: is the turn that answers a question among the sources of what was found? Pure; no model.

A fact counts for the turns it came from, a turn for itself. What is measured is a ranking of such units, whoever made it.
"""

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass, fields
from itertools import accumulate
from statistics import fmean
from typing import NamedTuple

TOKEN = 4
"""Characters that count as a token."""


class Unit(NamedTuple):
    """One thing in a ranking.

    Attributes:
        sources: the ids of the turns it tells of.
        tokens: how long it is.
    """

    sources: frozenset[str]
    tokens: float


@dataclass(frozen=True, slots=True)
class Recall:
    """How much of the evidence was found: shares from 0 to 1, of one question or the means over several.

    Attributes:
        at_5: of the evidence, what is among the first five units; `at_10` and `at_30` likewise.
        mrr: one divided by the place of the first unit that holds any evidence; 0 where none does.
        in_500: of the evidence, what is among the first units that take 500 tokens together; `in_1000` likewise.
    """

    at_5: float
    at_10: float
    at_30: float
    mrr: float
    in_500: float
    in_1000: float

    def __sub__(self, other: "Recall") -> "Recall":
        """What the first found more than the other."""
        return Recall(*(getattr(self, each.name) - getattr(other, each.name) for each in fields(self)))


def recall(ranked: Sequence[Unit], evidence: Collection[str]) -> Recall:
    """What a ranking, best first, has of a question's evidence, which is one turn or more."""
    wanted = set(evidence)
    places = _places(ranked, wanted)
    ends = list(accumulate(unit.tokens for unit in ranked))

    def within(count: int) -> float:
        return sum(place <= count for place in places.values()) / len(wanted)

    def in_tokens(budget: int) -> float:
        return within(sum(end <= budget for end in ends))

    first = min(places.values(), default=None)
    return Recall(within(5), within(10), within(30), 0.0 if first is None else 1 / first, in_tokens(500), in_tokens(1000))


def _places(ranked: Sequence[Unit], wanted: Set[str]) -> dict[str, int]:
    """Of each turn that is wanted and found, the place of the first unit that tells of it; the best has 1."""
    places: dict[str, int] = {}
    for place, unit in enumerate(ranked, 1):
        for turn in unit.sources & wanted:
            places.setdefault(turn, place)
    return places


def mean(recalls: Sequence[Recall]) -> Recall:
    """The means over questions, of which there is one at least."""
    return Recall(*(fmean(getattr(each, field.name) for each in recalls) for field in fields(Recall)))
