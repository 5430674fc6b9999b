"""A graph's ledger as a file of JSON Lines: a header, one record a line, and a last line that counts them.

The same ledger gives the same bytes. Facts, vectors and the summary are not in it: they are made from the ledger.
"""

import json
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from mem0g.errors import InvalidInput, InvalidLedger
from mem0g.model import Claim, Entity, Episode, Judgement, Merge, Naming, Progress, Record, Retraction, Wording, checked_json
from mem0g.period import BEGINNING, FOREVER, Period, utc

FORMAT: Final = "mem0g-ledger"
VERSION: Final = 2
"""Of what is written. Files of 1 hold no wordings, and are read too."""

_GRAPH: Final = re.compile(r"(user|agent|run):[^\x00\ud800-\udfff]+")
_Line = Record | Progress
_KINDS: Final[dict[str, type[_Line]]] = {
    "episode": Episode,
    "progress": Progress,
    "entity": Entity,
    "naming": Naming,
    "merge": Merge,
    "wording": Wording,
    "claim": Claim,
    "judgement": Judgement,
    "retraction": Retraction,
}
_ADAPTERS: Final[dict[str, TypeAdapter[Any]]] = {name: TypeAdapter(kind) for name, kind in _KINDS.items()}
_NAMES: Final = {kind: name for name, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class Ledger:
    """What one file holds.

    Attributes:
        records: in the order of the file.
        progress: how far the episodes have been read.
    """

    graph: str
    records: Sequence[Record]
    progress: Sequence[Progress]


def write_ledger(path: Path, ledger: Ledger) -> int:
    """Write the file whole or not at all; returns how many lines hold a record.

    Raises:
        InvalidInput: the path cannot be written.
    """
    lines = [*map(_dump, ledger.records), *map(_dump, ledger.progress)]
    header = {"format": FORMAT, "version": VERSION, "graph": ledger.graph}
    text = "".join(f"{line}\n" for line in (json.dumps(header), *lines, json.dumps({"end": len(lines)})))
    try:
        _replace(path, text)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise InvalidInput(f"{path} cannot be written: {reason}") from error
    return len(lines)


def _replace(path: Path, text: str) -> None:
    """Write beside the file and move it into place, so that no reader ever sees half of it."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _dump(record: _Line) -> str:
    name = _NAMES[type(record)]
    return json.dumps({"record": name, **_ADAPTERS[name].dump_python(record, mode="json")}, ensure_ascii=False)


def read_ledger(path: Path) -> Ledger:
    """The ledger that a file holds, checked whole before anything of it is used.

    Raises:
        InvalidLedger: it cannot be read, is of another format or a newer version, is cut short, or a line is damaged.
    """
    try:
        lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except (OSError, ValueError) as error:
        raise InvalidLedger(f"{path} cannot be read: {error}") from error
    graph = _header(path, lines[0])
    if len(lines) < 2 or _json(path, len(lines), lines[-1]) != {"end": len(lines) - 2}:
        raise InvalidLedger(f"{path} is cut short: its last line does not count its {max(len(lines) - 2, 0)} records; export it again")
    parsed = [_parse(path, number, line, graph) for number, line in enumerate(lines[1:-1], start=2)]
    _check_references(path, parsed)
    records = [record for record in parsed if not isinstance(record, Progress)]
    return Ledger(graph, records, [record for record in parsed if isinstance(record, Progress)])


def _header(path: Path, line: str) -> str:
    header = _json(path, 1, line)
    if header.get("format") != FORMAT:
        raise InvalidLedger(f"{path} is no exported ledger: its first line does not say {FORMAT}")
    if header.get("version") not in range(1, VERSION + 1):
        raise InvalidLedger(f"{path} is of version {header.get('version')!r}, this mem0g reads up to {VERSION}: install the newer mem0g")
    graph = header.get("graph")
    if not isinstance(graph, str) or not _GRAPH.fullmatch(graph):
        raise InvalidLedger(f"{path}, line 1: graph={graph!r} names no graph, as 'user:alice' does")
    return graph


def _json(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InvalidLedger(f"{path}, line {number}: not JSON: {error}") from error
    if not isinstance(value, dict):
        raise InvalidLedger(f"{path}, line {number}: not an object")
    return value


def _parse(path: Path, number: int, line: str, graph: str) -> _Line:
    value = _json(path, number, line)
    kind = value.pop("record", None)
    if kind not in _KINDS:
        raise InvalidLedger(f"{path}, line {number}: unknown record type {kind!r}")
    try:
        checked_json(value, kind)
        record = _in_utc(_ADAPTERS[kind].validate_json(json.dumps(value), strict=True))
        if isinstance(record, Claim):
            _check_claim(record)
    except (ValidationError, InvalidInput) as error:
        raise InvalidLedger(f"{path}, line {number}: {' '.join(str(error).split())[:300]}") from error
    if not isinstance(record, Progress) and record.graph != graph:
        raise InvalidLedger(f"{path}, line {number}: belongs to {record.graph!r}, the file is of {graph!r}")
    return record


def _in_utc(record: _Line) -> _Line:
    """The record with its instants in UTC, as every record of a store has them."""
    values = {each.name: getattr(record, each.name) for each in fields(record)}
    instants: dict[str, Any] = {name: utc(value, name) for name, value in values.items() if isinstance(value, datetime)}
    return replace(record, **instants)


def _check_claim(claim: Claim) -> None:
    """What the types of a claim do not say."""
    if claim.object is None and not claim.negated:
        raise InvalidInput("object=null, and nothing is denied")
    if not 0 <= claim.confidence <= 1:
        raise InvalidInput(f"confidence={claim.confidence!r} is not between 0 and 1")
    Period(claim.valid_from or BEGINNING, claim.valid_to or FOREVER)


def _check_references(path: Path, parsed: Sequence[_Line]) -> None:
    """Every id that a record names must be in the file, and each only once."""
    held: set[tuple[str, str]] = set()
    for number, record in enumerate(parsed, start=2):
        own = (_NAMES[type(record)], _id_of(record))
        if own in held:
            raise InvalidLedger(f"{path}, line {number}: {' '.join(own)} is in the file already")
        held.add(own)
    for number, record in enumerate(parsed, start=2):
        for named in _named_by(record):
            if named not in held:
                raise InvalidLedger(f"{path}, line {number}: names {' '.join(named)}, which is not in the file")


def _id_of(record: _Line) -> str:
    return record.episode_id if isinstance(record, Progress) else record.id


def _named_by(record: _Line) -> Iterator[tuple[str, str]]:
    """The records, by kind and id, that a record names."""
    match record:
        case Progress():
            yield ("episode", record.episode_id)
        case Naming():
            yield from (("episode", record.episode_id), ("entity", record.entity))
        case Claim():
            yield ("episode", record.episode_id)
            entities = (record.speaker, record.holder, record.subject, record.object, record.replaces)
            yield from (("entity", part) for part in entities if isinstance(part, str))
        case Judgement():
            yield from (("claim", record.later), ("claim", record.earlier))
        case Merge():
            yield from (("entity", record.source), ("entity", record.target))
        case Retraction():
            yield from (("claim", id) for id in record.claims)
        case _:
            return
