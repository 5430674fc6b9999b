"""Short ids: the first characters of one, as tables show them, for the whole."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, TypedDict

from mem0g.errors import InvalidInput
from mem0g.model import Fact
from mem0g.period import ALWAYS, BEGINNING, EVERYTHING_KNOWN

if TYPE_CHECKING:
    from mem0g.memory import Memory


class Ids(TypedDict):
    """Whose memory is meant, as `Memory`'s methods take it."""

    user_id: str | None
    agent_id: str | None
    run_id: str | None


SHORTEST = 8
_WHOLE = 36
"""Characters of a UUID."""


def whole(given: str, ids: Iterable[str]) -> str:
    """The one of `ids` that begins with `given`; `given` itself where it is an id, is too short to stand for one, or none begins so.

    Raises:
        InvalidInput: several do.
    """
    found = sorted({id for id in ids if id.startswith(given)}) if len(given) >= SHORTEST else []
    if len(found) > 1 and given not in found:
        raise InvalidInput(f"{given!r} begins {len(found)} ids: {', '.join(found[:3])}{', …' if len(found) > 3 else ''}; give more of it")
    return found[0] if len(found) == 1 else given


def whole_fact_id(given: str, memory: "Memory", ids: Ids, holder: str | None = None) -> str:
    """The id of a version of the record, or of what a holder has.

    Raises:
        InvalidInput: several begin with `given`.
    """
    return given if len(given) >= _WHOLE else whole(given, (fact.id for fact in _versions(memory, ids, holder)))


def _versions(memory: "Memory", ids: Ids, holder: str | None) -> Iterable[Fact]:
    if holder is None:
        return memory.diff(BEGINNING, EVERYTHING_KNOWN, **ids).learned
    subjects = {fact.subject for fact in memory.facts(**ids, holder=holder, as_of=ALWAYS)}
    return [fact for subject in sorted(subjects) for fact in memory.timeline(subject, **ids, holder=holder)]


def short(ids: Collection[str]) -> int:
    """How many characters tell these ids apart, eight at least."""
    return next((length for length in range(SHORTEST, _WHOLE) if len({id[:length] for id in ids}) == len(set(ids))), _WHOLE)
