"""Gold files: texts with the claims that a careful human reader finds in them. Read and checked whole before anything is measured.

A gold file has one case a line, as JSON (`Case`). Two older forms are read too: a line may be a text that stands alone, with speaker,
text, occurred_at and claims; and a `.json` file may name a conversation, with the claims of its messages by their number.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, ConfigDict, TypeAdapter, ValidationError

from mem0g.errors import InvalidInput
from mem0g.ingestion.predicates import canonical
from mem0g.model import Operation, RoleName, checked_name, checked_words, predicate_name
from mem0g.period import quoted, read_period, show

_RECENT = 10
"""How many messages of a conversation stand before each of its cases: as many as `Memory` shows an extractor."""

_STRICT = ConfigDict(extra="forbid", strict=True)


def _instant(value: object) -> datetime:
    """The start of the period that ISO text names."""
    if not isinstance(value, str):
        raise InvalidInput(f'{quoted(value)} is no time: write "2026-03-05" or "2026-03-05T10:00:00Z"')
    return read_period(value).start


def _name(value: object) -> str:
    return checked_name(value, "name")  # type: ignore[arg-type]  # refuses what is no text, and says so


def _words(value: object) -> str:
    return checked_words(value, "text")  # type: ignore[arg-type]  # likewise


def _predicate(value: object) -> str:
    name = predicate_name(_name(value))
    if name != value:
        raise InvalidInput(f"{quoted(value)} is no predicate in snake_case: write {name!r}")
    return name


Instant = Annotated[datetime, BeforeValidator(_instant)]
Name = Annotated[str, BeforeValidator(_name)]
Words = Annotated[str, BeforeValidator(_words)]
Predicate = Annotated[str, BeforeValidator(_predicate)]


@dataclass(frozen=True, slots=True)
class GivenFact:
    """What the memory believes before the message.

    Attributes:
        said: when it was stated.
        text: the fact as a sentence.
        value: the datatype where the object is a literal; None where it is an entity.
        valid_from: from when on it holds; None: from when it was said.
        ended: the message ends, corrects or retracts it. Nothing else may stop it from standing.
    """

    __pydantic_config__ = _STRICT

    subject: Name
    predicate: Predicate
    object: Name
    said: Instant
    text: Words
    value: Name | None = None
    holder: Name | None = None
    valid_from: Instant | None = None
    ended: bool = False


@dataclass(frozen=True, slots=True)
class EarlierMessage:
    """What was said before the message: context, of which nothing is scored."""

    __pydantic_config__ = _STRICT

    speaker: Name
    role: RoleName
    text: Words
    said: Instant


@dataclass(frozen=True, slots=True)
class WantedOperation:
    """What a claim does to a given fact.

    Attributes:
        given: the fact's place among the given ones, from 0.
    """

    __pydantic_config__ = _STRICT

    operation: Annotated[Operation, BeforeValidator(Operation)]
    given: int


@dataclass(frozen=True, slots=True)
class WantedClaim:
    """A claim that a careful reader finds.

    Attributes:
        object: None where the text leaves it open.
        value: the datatype where the object is a literal; it is not compared.
        valid_from, valid_to: closed-open; None where the text states none.
        valid_from_until: any start in [valid_from, valid_from_until) is right.
        replaces: the object that a correction names as wrong; it is not compared.
        optional: a reader may note it, and none needs to.
        operations: what it does to given facts; none: it stands beside them (ADD).
    """

    __pydantic_config__ = _STRICT

    subject: Name
    predicate: Predicate
    object: Name | None
    value: Name | None = None
    negated: bool = False
    event: bool = False
    holder: Name | None = None
    correction: bool = False
    replaces: Name | None = None
    valid_from: Instant | None = None
    valid_from_until: Instant | None = None
    valid_to: Instant | None = None
    optional: bool = False
    operations: tuple[WantedOperation, ...] = ()

    def __post_init__(self) -> None:
        if self.replaces is not None and not self.correction:
            raise InvalidInput(f"replaces={quoted(self.replaces)} stands in no correction: set correction, or leave it out")
        if self.valid_from_until is not None and (self.valid_from is None or self.valid_from_until <= self.valid_from):
            raise InvalidInput(f"valid_from_until={show(self.valid_from_until)} is not after valid_from={show(self.valid_from)}")
        if self.valid_from is not None and self.valid_to is not None and self.valid_to <= self.valid_from:
            raise InvalidInput(f"valid_to={show(self.valid_to)} is not after valid_from={show(self.valid_from)}")


@dataclass(frozen=True, slots=True)
class Case:
    """One message, what is believed and was said before it, and what is to be read out of it.

    Attributes:
        category: what the case is about; scores are given for each.
        owner: whose memory it is.
        given: stated in this order.
        recent: oldest first.
        claims: none where nothing is to be read.
    """

    __pydantic_config__ = _STRICT

    id: Name
    category: Name
    owner: Name
    speaker: Name
    said: Instant
    text: Words
    claims: tuple[WantedClaim, ...]
    role: RoleName = "user"
    given: tuple[GivenFact, ...] = ()
    recent: tuple[EarlierMessage, ...] = ()

    def __post_init__(self) -> None:
        if self.role not in {"user", "assistant"}:
            raise InvalidInput(f"role={quoted(self.role)} is never read: write user or assistant")
        for earlier in _before(self):
            if earlier.said >= self.said:
                raise InvalidInput(f"{quoted(earlier.text)} is said {show(earlier.said)}, not before the message: {show(self.said)}")
        for operation in (each for claim in self.claims for each in claim.operations):
            if not 0 <= operation.given < len(self.given):
                raise InvalidInput(f"operations name the given fact {operation.given}, and there are {len(self.given)}, counted from 0")


def _before(case: Case) -> Iterator[GivenFact | EarlierMessage]:
    yield from case.given
    yield from case.recent


_CASE = TypeAdapter(Case)
_Told = TypeVar("_Told", GivenFact, WantedClaim)


def read_gold(path: Path) -> list[Case]:
    """The cases of a gold file, in its order.

    Raises:
        InvalidInput: it cannot be read, holds no case, or something in it is no case; the error names file, line and what is wrong.
    """
    cases = _conversation(path) if path.suffix == ".json" else [_case(line, where, number) for number, line, where in _lines(path)]
    if not cases:
        raise InvalidInput(f"{path} holds no case: write one a line, as JSON")
    first: dict[str, int] = {}
    for place, case in enumerate(cases, start=1):
        if first.setdefault(case.id, place) != place:
            raise InvalidInput(f"{path} has two cases of the id {case.id!r}, the {first[case.id]}. and the {place}.: give each its own")
    return [_in_canonical_words(case) for case in cases]


def _in_canonical_words(case: Case) -> Case:
    """The case with its predicates under the names that a fresh memory keeps them under, so that words for one are one."""
    return replace(case, claims=tuple(map(_canonical, case.claims)), given=tuple(map(_canonical, case.given)))


def _canonical(told: _Told) -> _Told:
    name, inverse = canonical(told.predicate)
    if not inverse:
        return replace(told, predicate=name)
    if told.object is None or told.value is not None:
        return told
    return replace(told, subject=told.object, predicate=name, object=told.subject)


def _lines(path: Path) -> Iterator[tuple[int, str, str]]:
    """The lines that are not blank: number, text, and the place in words."""
    for number, line in enumerate(_text(path).splitlines(), start=1):
        if line.strip():
            yield number, line, f"{path}, line {number}"


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{path} is not UTF-8: byte {error.start + 1} cannot be read") from error


def _case(line: str, where: str, number: int) -> Case:
    value = _object(line, where)
    if "content" in value and "claims" not in value:
        raise InvalidInput(f"{where}: a message, and no case of a gold file, which has claims beside its text; see mem0g.evaluation.gold")
    return _checked(_alone(value, number) if "occurred_at" in value else value, where)


def _alone(value: Mapping[str, Any], number: int) -> dict[str, Any]:
    """A text that stands alone, of the older form, as a case."""
    rest = {name: part for name, part in value.items() if name != "occurred_at"}
    return {"id": f"line {number}", "category": "text", "owner": value.get("speaker"), "said": value["occurred_at"], **rest}


def _conversation(path: Path) -> list[Case]:
    """The messages of a conversation, each a case, with those before it in view."""
    gold = _object(_text(path), str(path))
    chat, owner, claims = (gold.get(name) for name in ("conversation", "owner", "claims"))
    if not (isinstance(chat, str) and isinstance(owner, str) and isinstance(claims, list)):
        raise InvalidInput(f"{path} is no gold of a conversation: it names owner, conversation (its file, from here) and claims")
    messages = [_message(line, where) for _, line, where in _lines(path.parent / chat)]
    by_message = _by_message(claims, len(messages), path)
    return [
        _checked(
            {"id": f"message {number}", "category": "conversation", "owner": owner, "recent": messages[max(0, number - _RECENT) : number],
             "claims": by_message.get(number, []), **message},
            f"{path}, message {number}",
        )
        for number, message in enumerate(messages)
    ]  # fmt: skip


def _message(line: str, where: str) -> dict[str, Any]:
    value = _object(line, where)
    names = {"speaker": "name", "role": "role", "text": "content", "said": "occurred_at"}
    missing = [name for name in names.values() if name not in value]
    if missing:
        raise InvalidInput(f"{where}: a message of a conversation has {', '.join(names.values())}: {', '.join(missing)} is missing")
    return {name: value[theirs] for name, theirs in names.items()}


def _by_message(claims: Sequence[Any], messages: int, path: Path) -> dict[int, list[dict[str, Any]]]:
    grouped: dict[int, list[dict[str, Any]]] = {}
    for place, claim in enumerate(claims):
        number = claim.get("message") if isinstance(claim, dict) else None
        if not isinstance(number, int) or not 0 <= number < messages:
            raise InvalidInput(f"{path}, claims[{place}]: message={quoted(number)} is none of the {messages} messages, counted from 0")
        grouped.setdefault(number, []).append({name: part for name, part in claim.items() if name != "message"})
    return grouped


def _object(text: str, where: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise InvalidInput(f"{where}: not JSON: {error.msg} at column {error.colno}") from error
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"{where}: not JSON that can be read: {error}") from error
    if not isinstance(value, dict):
        raise InvalidInput(f"{where}: not a JSON object")
    return value


def _checked(value: Mapping[str, Any], where: str) -> Case:
    try:
        return _CASE.validate_json(json.dumps(value))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise InvalidInput(f"{where}: {_place(first['loc'])}{first['msg'].removeprefix('Value error, ')}") from error


def _place(steps: Iterable[int | str]) -> str:
    """Where in a case something is wrong: "claims[0].operations: "."""
    shown = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")
    return f"{shown}: " if shown else ""
