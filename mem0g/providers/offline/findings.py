"""What a reading finds in a clause, before its tense, polarity and times have been brought to bear."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mem0g.model import Mention, Value

if TYPE_CHECKING:
    from mem0g.providers.offline.clauses import Clause


class Sense(StrEnum):
    """What a verb says of the state or event it names."""

    STATE = "state"
    """As in "lives in": it lasts."""
    BEGINS = "begins"
    """As in "moved to": the state holds from then on."""
    ENDS = "ends"
    """As in "left": the state does not hold from then on."""
    HAPPENS = "happens"
    """As in "visited": an event."""
    PLANNED = "planned"
    """As in "thinking of": somebody has it in mind."""
    NAMED = "named"
    """As in "my sister Anna": stated by a name alone, whatever the clause says of it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a clause says.

    Attributes:
        phrase: the object with its article, for the sentence; the object's name where empty.
        place: the place of the word it was read from, in the sentence's parse.
        negated: the words themselves deny it ("I have no car").
    """

    subject: Mention
    predicate: str
    object: Mention | Value | None
    sense: Sense
    clause: Clause | None
    place: int
    phrase: str = ""
    negated: bool = False
