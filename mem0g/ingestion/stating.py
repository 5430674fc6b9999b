"""A fact as a caller states it, without an extractor. Pure."""

import math
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from mem0g.errors import InvalidInput, InvalidTime
from mem0g.model import ClaimDraft, Kind, Mention, Value, checked_name, checked_words, predicate_name
from mem0g.period import BEGINNING, FOREVER, Period, TimeLike, quoted, read_period, show

ObjectLike = str | int | float | Decimal | date | Value | None
"""What may stand as an object: text names an entity; a number, a date or a `Value` is a literal."""


def state(
    subject: str,
    predicate: str,
    object: ObjectLike,
    *,
    valid_at: TimeLike | None = None,
    invalid_at: TimeLike | None = None,
    holder: str | None = None,
    text: str | None = None,
    negated: bool = False,
    event: bool = False,
    exclusive: bool | None = None,
    corrects: tuple[str, ...] = (),
) -> ClaimDraft:
    """The draft of a stated fact. A period given as `valid_at` or `invalid_at` means its start; an event fills its period.

    Raises:
        InvalidInput: a name or text that no store could keep, a number that is not finite, a flag that is neither True nor
            False, or no object where nothing is denied.
        InvalidTime: a time does not parse, or the interval ends before it begins.
    """
    for flag, given in {"negated": negated, "event": event, "exclusive": False if exclusive is None else exclusive}.items():
        _check_flag(given, flag)
    what = _object(object)
    if what is None and not negated:
        raise InvalidInput("object=None, and nothing is denied: give an object, or negated=True to deny any")
    who, name = checked_name(subject, "subject"), predicate_name(checked_name(predicate, "predicate"))
    return ClaimDraft(
        subject=Mention(who),
        predicate=name,
        object=what,
        text=checked_words(text, "text") if text is not None else sentence(who, name, what, negated=negated),
        holder=Mention(checked_name(holder, "holder")) if holder is not None else None,
        negated=negated,
        kind=Kind.EVENT if event else Kind.STATE,
        valid=_valid(valid_at, invalid_at, event=event),
        exclusive=exclusive,
        corrects=corrects,
    )


def sentence(subject: str, predicate: str, object: Mention | Value | None, *, negated: bool = False) -> str:
    """The triplet as plain words: "Alice lives in Lisbon."."""
    shown = "" if object is None else f" {object.name if isinstance(object, Mention) else object.text}"
    words = f"{subject} {predicate.replace('_', ' ')}{shown}."
    return f"Not so: {words}" if negated else words


def parameters(draft: ClaimDraft) -> Mapping[str, object]:
    """What the draft states, as JSON values: what makes two stated facts the same."""
    object = draft.object
    shown = {"name": object.name} if isinstance(object, Mention) else object and {"text": object.text, "datatype": object.datatype}
    valid = draft.valid
    return {
        "subject": draft.subject.name,
        "predicate": draft.predicate,
        "object": shown,
        "holder": draft.holder and draft.holder.name,
        "negated": draft.negated,
        "event": draft.kind == Kind.EVENT,
        "valid": valid and [valid.start.isoformat(), valid.end.isoformat(), valid.precision],
        "exclusive": draft.exclusive,
        "corrects": list(draft.corrects),
    }


def _object(object: ObjectLike) -> Mention | Value | None:
    match object:
        case None:
            return None
        case Value():
            return Value(checked_name(object.text, "object"), checked_name(object.datatype, "object.datatype"))
        case bool():
            return Value(str(object).lower(), "boolean")
        case int() | float() | Decimal():
            return Value(_number(object), "number")
        case date():
            return Value(object.isoformat(), "date")
        case _:
            return Mention(checked_name(object, "object"))


def _number(number: int | float | Decimal) -> str:
    if not (number.is_finite() if isinstance(number, Decimal) else isinstance(number, int) or math.isfinite(number)):
        raise InvalidInput(f"object={number} is no number that can hold: give a finite one, or text")
    try:
        return checked_name(str(number), "object")
    except ValueError as error:
        raise InvalidInput(f"object={quoted(number)} has too many digits: give a shorter number, or text") from error


def _check_flag(given: object, what: str) -> None:
    if not isinstance(given, bool):
        raise InvalidInput(f"{what}={quoted(given)} says neither yes nor no: give True or False")


def _valid(valid_at: TimeLike | None, invalid_at: TimeLike | None, *, event: bool) -> Period | None:
    if valid_at is None and invalid_at is None:
        return None
    begins = read_period(valid_at, "valid_at") if valid_at is not None else None
    ends = read_period(invalid_at, "invalid_at").start if invalid_at is not None else None
    if begins and event and ends is None:
        return begins
    start, end = begins.start if begins else BEGINNING, FOREVER if ends is None else ends
    if end <= start:
        raise InvalidTime(f"invalid_at={show(end)} is not after valid_at={show(start)}: a fact is valid over [valid_at, invalid_at)")
    return Period(start, end, begins.precision) if begins else Period(start, end)
