"""Where answers go: tables for a person, JSON for a program. Both take the same answers."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from mem0g.cli.machine import MachineScreen
from mem0g.cli.tables import TableScreen
from mem0g.model import Episode, Fact, Summary
from mem0g.ports import Usage
from mem0g.results import Added, Answer, Diff, Embedding, Forgotten, Merged, Search, Why

if TYPE_CHECKING:
    import networkx

    from mem0g.evaluation.as_of import AsOfScore
    from mem0g.evaluation.evidence import EvidenceReport
    from mem0g.evaluation.running import Evaluation


class Screen(Protocol):
    """Shows what `Memory` answers with."""

    def facts(self, facts: Sequence[Fact]) -> None:
        """What holds at the two times asked for."""

    def timeline(self, entity: str, facts: Sequence[Fact]) -> None:
        """Every version of the facts about an entity."""

    def diff(self, diff: Diff) -> None:
        """What changed between two instants."""

    def why(self, why: Why) -> None:
        """Where a fact or a claim comes from."""

    def search(self, search: Search) -> None:
        """What answers a question."""

    def context(self, search: Search) -> None:
        """The same as text for a prompt, and nothing else."""

    def answered(self, answer: Answer, usage: Mapping[str, Usage] | None = None) -> None:
        """What is answered to a question, what it rests on, and what it asked of models, by step."""

    def added(self, added: Added, usage: Mapping[str, Usage] | None = None) -> None:
        """What a write did, and what it asked of models, by step."""

    def summary(self, summary: Summary | None, usage: Mapping[str, Usage]) -> None:
        """What was said so far; None where there is no summary. And what was asked of models, by step."""

    def embedded(self, made: int, embedding: Embedding) -> None:
        """How many vectors were made, and how the graph stands then."""

    def merges(self, merges: Sequence[Merged]) -> None:
        """The names that were found to be of one thing."""

    def forgotten(self, forgotten: Forgotten) -> None:
        """What was erased, or would be."""

    def episodes(self, episodes: Sequence[Episode]) -> None:
        """What was said."""

    def graphs(self, keys: Sequence[str]) -> None:
        """The graphs of a file."""

    def network(self, graph: "networkx.MultiDiGraph[str]") -> None:
        """A graph as text."""

    def prepared(self, where: str, dimension: int) -> None:
        """That a database is prepared for vectors of so many numbers."""

    def evaluated(self, evaluations: "Sequence[Evaluation]", *, verbose: bool) -> None:
        """How well gold files were read, apart and together; every fault, where `verbose`."""

    def asked_as_of(self, scores: "Sequence[AsOfScore]", *, verbose: bool) -> None:
        """How questions about time were answered, by set and kind; every wrong one, where `verbose`."""

    def recalled(self, report: "EvidenceReport") -> None:
        """What search found of the evidence of questions."""

    def moved(self, what: str, records: int, path: Path) -> None:
        """That so many records were exported to or loaded from a file."""


def open_screen(*, as_json: bool) -> Screen:
    """The one for programs, or the one for people."""
    return MachineScreen() if as_json else TableScreen()
