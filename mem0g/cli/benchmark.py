"""`mem0g evaluate locomo-answers`: what it is asked, what it says before and after, and the files it writes."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mem0g.cli.adding import progress_of
from mem0g.cli.benchmark_tables import Rows, of_costs, of_report
from mem0g.cli.failures import Interrupted
from mem0g.cli.machine import as_json as shown_in_json
from mem0g.cli.machine import write
from mem0g.cli.meanings import Choice, choose
from mem0g.cli.tables import TableScreen, count
from mem0g.errors import InvalidInput, MissingExtra
from mem0g.evaluation.benchmark.estimating import Cost, estimate
from mem0g.evaluation.benchmark.journal import check_settings, read_journal
from mem0g.evaluation.benchmark.report import Report, as_values, cost_values, report
from mem0g.evaluation.benchmark.running import Plan, run, settings_of
from mem0g.evaluation.benchmark.systems import USUAL, systems
from mem0g.evaluation.locomo_data import Conversation, read_conversations
from mem0g.settings import Settings

if TYPE_CHECKING:
    from mem0g.providers.openai import OpenAIModel


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command is asked.

    Attributes:
        conversations, systems: by name; None for all, and for the usual ones.
    """

    data: Path
    conversations: Sequence[str] | None
    systems: Sequence[str] | None
    runs: int
    out: Path
    concurrency: int
    seed: int

    def plan(self) -> Plan:
        """What is to be measured.

        Raises:
            InvalidInput: the data is no LoCoMo data, or does not hold a conversation that is named, or there is no such system.
        """
        return Plan(_chosen(read_conversations(self.data), self.conversations), systems(self.systems or USUAL), self.runs)


def measure(asked: Asked, *, only_estimate: bool, as_json: bool) -> None:
    """Estimate, run and report; or only estimate.

    Raises:
        InvalidInput: as `Asked.plan`; or the folder holds what was found with another model.
        MissingExtra: a system needs what is not installed.
        ModelUnavailable: the model gives no answers. What was found is kept.
    """
    plan = asked.plan()
    if only_estimate:
        _tell_costs(estimate(plan, read_journal(asked.out)), as_json=as_json)
        return
    settings = Settings.from_environment()
    with closing(_model(settings, asked.concurrency)) as model, _chosen_embedder(settings) as choice:
        found = read_journal(asked.out)
        check_settings(found, settings_of(model, choice.embedder), asked.out)
        click.echo(f"Reading, answering and judging with {model.name}. {choice.words}".strip(), err=True)
        _tell_before(estimate(plan, found))
        try:
            with progress_of("answering") as progress:
                found = run(plan, model, choice.embedder, asked.out, concurrency=asked.concurrency, progress=progress)
        except KeyboardInterrupt as error:
            raise Interrupted(f"what was found is kept in {asked.out}; start again to go on") from error
    _tell(report(plan, found, asked.seed), asked.out, as_json=as_json)


def _chosen(conversations: Sequence[Conversation], names: Sequence[str] | None) -> list[Conversation]:
    """Those of these names, in the order of the data."""
    there = [each.id for each in conversations]
    unknown = [name for name in names or () if name not in there]
    if unknown:
        raise InvalidInput(f"the data holds no conversation {unknown[0]!r}: it holds {', '.join(there)}")
    return [each for each in conversations if names is None or each.id in names]


def _model(settings: Settings, concurrency: int) -> "OpenAIModel":
    """The one that is configured.

    Raises:
        InvalidInput: there is none.
        MissingExtra: its package is not installed.
    """
    if not settings.has_model:
        raise InvalidInput("there is no language model: set OPENAI_API_KEY, or OPENAI_BASE_URL, and MEM0G_MODEL; --estimate needs none")
    from mem0g.providers.openai import OpenAIModel  # noqa: PLC0415 - an extra, and slow to load

    return OpenAIModel(settings.model, base_url=settings.openai_base_url, api_key=settings.openai_api_key, concurrency=concurrency)


@contextmanager
def _chosen_embedder(settings: Settings) -> Iterator[Choice]:
    """The embedder that the settings say; one that holds connections is closed in the end."""
    choice = choose(settings)
    try:
        yield choice
    finally:
        getattr(choice.embedder, "close", lambda: None)()


# What it says


def _tell_costs(costs: Mapping[str, Cost], *, as_json: bool) -> None:
    if as_json:
        write(cost_values(costs))
    else:
        _show([of_costs("To be asked of the model", costs)])


def _tell_before(costs: Mapping[str, Cost]) -> None:
    """One line on stderr: what is still to be asked."""
    total = sum(costs.values(), Cost()).total
    tokens = f"about {total.prompt_tokens:,} tokens in, {total.completion_tokens:,} out"
    click.echo(f"To be asked: {count(total.calls, 'call')}, {tokens}. --estimate says it by system.", err=True)


def _tell(found: Report, out: Path, *, as_json: bool) -> None:
    """The results, in files and on the screen."""
    values = as_values(found)
    (out / "results.json").write_text(json.dumps(shown_in_json(values), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    written = [out / "results.json", *_drawn(found, out)]
    if as_json:
        write(values)
    else:
        _show(of_report(found))
    _tell_missing(found)
    click.echo(f"Written: {', '.join(map(str, written))}.", err=True)


def _drawn(found: Report, out: Path) -> list[Path]:
    """The picture's file; none where it cannot be drawn, and why is said."""
    try:
        from mem0g.evaluation.benchmark.picture import draw  # noqa: PLC0415 - an extra, and slow to load
    except MissingExtra as error:
        click.echo(f"Without a picture: {error}", err=True)
        return []
    path = out / "results.png"
    draw(found).savefig(path)
    return [path]


def _tell_missing(found: Report) -> None:
    if found.missing:
        why = f" The last failure: {found.last_failure}." if found.last_failure else ""
        missing = count(found.missing, "answer")
        click.echo(f"Missing, or without a mark: {missing}, which no mean counts.{why} Start again to have it done.", err=True)


def _show(tables: Sequence[Rows]) -> None:
    screen = TableScreen()
    for table in tables:
        screen.rows(table.title, table.headers, table.rows)
