"""A graph's ledger as a file of JSON Lines: a header, one record a line, and a last line that counts them.

The same ledger gives the same bytes. Facts are not in it: they follow from the ledger.
"""

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from mem0g.errors import InvalidInput, InvalidLedger
from mem0g.model import Claim, Entity, Episode, Judgement, Merge, Progress, Record, Retraction, checked_text
from mem0g.period import utc

FORMAT: Final = "mem0g-ledger"
VERSION: Final = 1

_Line = Record | Progress
_KINDS: Final[dict[str, type[_Line]]] = {
    "episode": Episode,
    "progress": Progress,
    "entity": Entity,
    "merge": Merge,
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
    except OSError as error:
        raise InvalidInput(f"{path} cannot be written: {error.strerror}") from error
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
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidLedger(f"{path} cannot be read: {error}") from error
    graph = _header(path, lines)
    if len(lines) < 2 or _json(path, len(lines), lines[-1]) != {"end": len(lines) - 2}:
        raise InvalidLedger(f"{path} is cut short: its last line does not count its {max(len(lines) - 2, 0)} records; export it again")
    parsed = [_parse(path, number, line, graph) for number, line in enumerate(lines[1:-1], start=2)]
    records = [record for record in parsed if not isinstance(record, Progress)]
    _check_references(path, records)
    return Ledger(graph, records, [record for record in parsed if isinstance(record, Progress)])


def _header(path: Path, lines: Sequence[str]) -> str:
    header = _json(path, 1, lines[0]) if lines else {}
    if header.get("format") != FORMAT or not isinstance(header.get("graph"), str):
        raise InvalidLedger(f"{path} is no exported ledger: its first line does not say {FORMAT}")
    if header.get("version") != VERSION:
        raise InvalidLedger(f"{path} is of version {header.get('version')!r}, this mem0g reads {VERSION}: install the newer mem0g")
    return checked_text(str(header["graph"]), "graph")


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
    if kind not in _ADAPTERS:
        raise InvalidLedger(f"{path}, line {number}: unknown record type {kind!r}")
    try:
        record: _Line = _ADAPTERS[kind].validate_json(json.dumps(value), strict=True)
        _check_instants(record)
        checked_text(json.dumps(value, ensure_ascii=False), f"line {number}")
    except (ValidationError, InvalidInput) as error:
        raise InvalidLedger(f"{path}, line {number}: {' '.join(str(error).split())[:300]}") from error
    if not isinstance(record, Progress) and record.graph != graph:
        raise InvalidLedger(f"{path}, line {number}: belongs to {record.graph!r}, the file is of {graph!r}")
    return record


def _check_instants(record: _Line) -> None:
    """Every instant must have an offset."""
    for name in record.__dataclass_fields__:
        value = getattr(record, name)
        if isinstance(value, datetime):
            utc(value, name)


def _check_references(path: Path, records: Sequence[Record]) -> None:
    """Every id that a record names must be in the file."""
    ids = {record.id for record in records}
    for record in records:
        for name in _named_by(record):
            if name not in ids:
                raise InvalidLedger(f"{path}: {_NAMES[type(record)]} {record.id} names {name}, which is not in the file")


def _named_by(record: Record) -> Iterator[str]:
    match record:
        case Claim():
            named = (record.episode_id, record.speaker, record.holder, record.subject, record.object, record.replaces)
            yield from (part for part in named if isinstance(part, str))
        case Judgement():
            yield from (record.later, record.earlier)
        case Merge():
            yield from (record.source, record.target)
        case Retraction():
            yield from record.claims
        case _:
            return
