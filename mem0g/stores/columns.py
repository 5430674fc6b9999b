"""What every store keeps beside a record's own fields, and how: instants as numbers, texts by their digest. Pure."""

from datetime import datetime, timedelta
from hashlib import blake2b

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
