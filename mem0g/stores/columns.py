"""What every store keeps beside a record's own fields, and how: instants as numbers, texts by their digest, labels. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import blake2b

from mem0g.errors import InvalidInput
from mem0g.period import TICK, utc

_EPOCH = utc(datetime.fromisoformat("1970-01-01T00:00:00Z"))


def microseconds(at: datetime) -> int:
    """`at` as whole microseconds since 1970, exactly."""
    return (at - _EPOCH) // TICK


def instant(number: int) -> datetime:
    """The instant that `microseconds` gives `number` for."""
    return _EPOCH + timedelta(microseconds=number)


def digest(text: str) -> bytes:
    """16 bytes by which a text is found."""
    return blake2b(text.encode(), digest_size=16).digest()


LABELS = ("user_id", "agent_id", "run_id")
"""What an episode may be labelled by."""


def all_labels(labels: Mapping[str, str] | None) -> dict[str, str | None]:
    """Every label with what is asked of it; None for anything.

    Raises:
        InvalidInput: there is no such label.
    """
    for name in labels or ():
        if name not in LABELS:
            raise InvalidInput(f"label {name!r} is none of {', '.join(LABELS)}")
    return {name: (labels or {}).get(name) for name in LABELS}
