"""Answers as JSON on stdout: the attributes of what the API answers with, times as ISO text, None where nobody stated one."""

import json
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mem0g.model import Episode, Fact, Summary
from mem0g.period import BEGINNING, FOREVER
from mem0g.ports import Usage
from mem0g.results import Added, Answer, Diff, Embedding, Forgotten, Merged, Search, Why

if TYPE_CHECKING:
    import networkx

    from mem0g.evaluation.as_of import AsOfScore
    from mem0g.evaluation.evidence import EvidenceReport
    from mem0g.evaluation.running import Evaluation


class MachineScreen:
    """Writes one JSON value for each answer."""

    def facts(self, facts: Sequence[Fact]) -> None:
        """A list of facts."""
        write(facts)

    def timeline(self, entity: str, facts: Sequence[Fact]) -> None:
        """A list of facts."""
        write(facts)

    def diff(self, diff: Diff) -> None:
        """An object of `Diff`'s attributes."""
        write(diff)

    def why(self, why: Why) -> None:
        """An object of `Why`'s attributes."""
        write(why)

    def search(self, search: Search) -> None:
        """An object of `Search`'s attributes, and `context`."""
        write({**_attributes(search), "context": search.context()})

    def context(self, search: Search) -> None:
        """The same object."""
        self.search(search)

    def answered(self, answer: Answer, usage: Mapping[str, Usage] | None = None) -> None:
        """An object of `Answer`'s attributes, and `usage`: what was asked of models, by step."""
        write({**_attributes(answer), "usage": usage or {}})

    def added(self, added: Added, usage: Mapping[str, Usage] | None = None) -> None:
        """An object of `Added`'s attributes, and `usage`: what was asked of models, by step."""
        write({**_attributes(added), "usage": usage or {}})

    def summary(self, summary: Summary | None, usage: Mapping[str, Usage]) -> None:
        """An object with the `summary`, which is null where there is none, and `usage`: what was asked of models, by step."""
        write({"summary": summary, "usage": usage})

    def embedded(self, made: int, embedding: Embedding) -> None:
        """An object of `Embedding`'s attributes, and `made`."""
        write({"made": made, **_attributes(embedding)})

    def merges(self, merges: Sequence[Merged]) -> None:
        """A list of merges."""
        write(merges)

    def forgotten(self, forgotten: Forgotten) -> None:
        """An object of `Forgotten`'s attributes."""
        write(forgotten)

    def episodes(self, episodes: Sequence[Episode]) -> None:
        """A list of episodes."""
        write(episodes)

    def graphs(self, keys: Sequence[str]) -> None:
        """A list of keys."""
        write(keys)

    def network(self, graph: "networkx.MultiDiGraph[str]") -> None:
        """NetworkX's node-link form."""
        nodes = [{**data, "name": name} for name, data in graph.nodes(data=True)]
        edges = [{**data, "id": key, "source": source, "target": target} for source, target, key, data in graph.edges(keys=True, data=True)]
        write({"nodes": nodes, "edges": edges})

    def prepared(self, where: str, dimension: int) -> None:
        """An object with the place and the dimension."""
        write({"prepared": where, "dimension": dimension})

    def evaluated(self, evaluations: "Sequence[Evaluation]", *, verbose: bool) -> None:
        """An object with a list of `files`, and all `together`."""
        from mem0g.evaluation.report import as_values  # noqa: PLC0415 - for this command only

        write(as_values(evaluations, findings=verbose))

    def asked_as_of(self, scores: "Sequence[AsOfScore]", *, verbose: bool) -> None:
        """A list of sets, each with its kinds, its total and its share; `wrong`, where `verbose`."""
        write([_as_of(score, verbose=verbose) for score in scores])

    def recalled(self, report: "EvidenceReport") -> None:
        """An object with the `baselines`, `mem0g`, and mem0g `without` each signal."""
        from mem0g.evaluation.evidence import as_values  # noqa: PLC0415 - for this command only

        write(as_values(report))

    def moved(self, what: str, records: int, path: Path) -> None:
        """An object with the number of records."""
        write({what: records, "file": str(path)})


def as_json(value: object) -> object:
    """`value` as JSON has it: attributes by name, instants as ISO text, unstated ends as null."""
    match value:
        case datetime():
            return None if value in (BEGINNING, FOREVER) else value.isoformat().replace("+00:00", "Z")
        case None | str() | int() | float():
            return value
        case Mapping():
            return {key: as_json(part) for key, part in value.items()}
        case Collection():
            return [as_json(part) for part in value]
        case _ if is_dataclass(value):
            return as_json(_attributes(value))
        case _:
            return str(value)


def _as_of(score: "AsOfScore", *, verbose: bool) -> dict[str, object]:
    shown = {"name": score.name, "templates": score.templates, "kinds": score.kinds, "total": score.total, "share": score.total.share}
    return {**shown, "wrong": score.wrong} if verbose else shown


def _attributes(value: object) -> dict[str, object]:
    """A dataclass's attributes, in the order they are written down."""
    return {field.name: getattr(value, field.name) for field in fields(value)}  # type: ignore[arg-type]  # asked of dataclasses only


def write(value: object) -> None:
    """Print it as JSON, in letters that the terminal has."""
    click.echo(json.dumps(as_json(value), indent=2, ensure_ascii=not _writes_unicode()))


def _writes_unicode() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
