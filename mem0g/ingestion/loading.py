"""A ledger from elsewhere, cut into batches that can be written one after another. Pure.

After each of them the graph is what follows from the part of the ledger that is there: a load that is interrupted leaves no half
of a fact, and goes on where it stopped when it is asked again.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from mem0g.model import Claim, Entity, Episode, Judgement, Merge, Naming, Record, Retraction, Wording

_Item = TypeVar("_Item")

SIZE = 2_000
"""Records of one batch, beside the judgements and retractions that go with its claims."""


def batches(records: Sequence[Record], size: int = SIZE) -> Iterator[list[Record]]:
    """What is said of whom first, then who is who and how predicates are said, then the claims in the order they were said.

    A judgement comes with the later of its claims, a retraction with the last of those it names.
    """
    first: list[Record] = [record for record in records if isinstance(record, Episode | Entity | Naming)]
    yield from _cut(first, size)
    if decided := [record for record in records if isinstance(record, Merge | Wording)]:
        yield [*decided]
    claims = sorted((record for record in records if isinstance(record, Claim)), key=lambda claim: claim.order)
    place = {claim.id: number // size for number, claim in enumerate(claims)}
    following = _following(records, place)
    for number, batch in enumerate(_cut(claims, size)):
        yield [*batch, *following.pop(number, ())]
    if left := following.pop(-1, []):
        yield left


def _following(records: Sequence[Record], place: Mapping[str, int]) -> dict[int, list[Record]]:
    """Judgements and retractions by the number of the batch they come with; -1 for those that name no claim of the ledger."""
    following: dict[int, list[Record]] = {}
    for record in records:
        if isinstance(record, Judgement | Retraction):
            named = record.claims if isinstance(record, Retraction) else (record.later, record.earlier)
            following.setdefault(max((place.get(id, -1) for id in named), default=-1), []).append(record)
    return following


def _cut(items: Sequence[_Item], size: int) -> Iterator[list[_Item]]:
    """`items` in pieces of this size, the last one of what is left."""
    return (list(items[start : start + size]) for start in range(0, len(items), size))
