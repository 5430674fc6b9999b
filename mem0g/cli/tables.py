"""Answers as tables and sentences for a person. The one module that imports Rich.

Times are shown to the day where the terminal is narrow, to the minute where it is wide; `--json` has them whole. What has
ended or is no longer believed is dim, and says until when.
"""

import io
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from mem0g.cli.ids import short
from mem0g.memory import system_clock
from mem0g.model import Episode, Fact, Summary
from mem0g.period import show
from mem0g.ports import Usage
from mem0g.results import Added, Answer, Decision, Diff, Embedding, Evidence, Forgotten, Merged, Search, Superseded, Why, valid_words

if TYPE_CHECKING:
    import networkx

    from mem0g.evaluation.as_of import AsOfScore
    from mem0g.evaluation.evidence import EvidenceReport, Found
    from mem0g.evaluation.recall import Recall
    from mem0g.evaluation.running import Evaluation
    from mem0g.evaluation.scoring import Counts, Score

_WIDE = 112
"""Columns from which times are shown to the minute."""
_PIPE = 120
"""Columns where nobody watches, and nothing says otherwise."""
_MEASURES = ("cases", "precision", "recall", "F1", "times", "operations", "wrongly retired", "still standing")
"""What an evaluation shows of each category; times of the right claims, operations as F1."""
_RECALLS = ("R@5", "R@10", "R@30", "MRR", "500 tokens", "1,000 tokens")
"""What is shown of a ranking."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_TIME_OF_DAY = re.compile(r" \d\d:\d\d(:\d\d)?Z")

Cell = str | Text


class TableScreen:
    """Writes to stdout.

    Args:
        now: the present: what is past of it has ended.
    """

    def __init__(self, now: datetime | None = None) -> None:
        self._console = _console()
        self._now = now or system_clock()
        self._headed = False

    def facts(self, facts: Sequence[Fact]) -> None:
        """A table, by subject."""
        if facts:
            self._facts(sorted(facts, key=lambda fact: (fact.subject, fact.predicate, fact.valid.start)))
        else:
            self.say("No fact fits: nothing of the kind is believed at the times asked for.")

    def timeline(self, entity: str, facts: Sequence[Fact]) -> None:
        """A table of all versions, each over both times."""
        if not facts:
            self.say(f"Nothing was ever believed of {entity}.")
            return
        self._timeline(entity, facts)
        expired = sum(fact.expired_at is not None for fact in facts)
        self.say(f"{count(len(facts), 'version')}; {expired} no longer believed as they were, since the day in “known to”.", style="dim")

    def diff(self, diff: Diff) -> None:
        """A table for each kind of change that there was."""
        parts = {"Began to hold": diff.began, "Ceased to hold": diff.ended, "Came to be believed": diff.learned}
        for title, facts in parts.items():
            if facts:
                self.heading(title)
                self._timeline("", facts)
        self._superseded("No longer believed as it was", diff.dropped)
        if not any((*parts.values(), diff.dropped)):
            self.say(f"Nothing changed between {show(diff.start)} and {show(diff.end)}.")

    def why(self, why: Why) -> None:
        """The fact, who said it in what words, and what became of it."""
        if why.fact is not None:
            self._line(self._triplet(why.fact), f"  {self._valid(why.fact)}")
            self._line(f"believed since {show(why.fact.created_at)}{_until(why.fact.expired_at)}; said by:", style="dim")
        for evidence in why.evidence:
            self._evidence(evidence)
        self._decisions(why.decisions)
        for at, reason in why.retractions:
            self._line(f"Retracted on {show(at)}: {reason}")
        for gone in why.superseded:
            self._line("Believed before in its place: ", self._triplet(gone.fact), f"  {self._valid(gone.fact)}")
            self._indented(gone.reason)
        if why.superseded_by is not None:
            self._line(f"No longer believed as it was: {why.superseded_by}", style="bold")

    def search(self, search: Search) -> None:
        """How the question was understood, the facts with their scores, and the messages."""
        self.found(search)
        for hit in search.episodes:
            self._quote(hit.episode, hit.episode.content)

    def context(self, search: Search) -> None:
        """The lines of the context, which are never folded."""
        for line in search.context().splitlines():
            self.command(line)

    def found(self, search: Search) -> None:
        """How the question's time was understood and its misspelt names were read, and the facts with their scores."""
        self.say(f"Asked: {search.time}", style="dim")
        if search.misspelt:
            self.say(f"Read: {', '.join(f'“{written}” as {name}' for written, name in search.misspelt.items())}", style="dim")
        if search.facts:
            self._found(search)
        else:
            self.say("No fact answers this." if search.episodes else "Nothing found: no fact and no message answers this.")

    def answered(self, answer: Answer, usage: Mapping[str, Usage] | None = None) -> None:
        """The answer, how the time was understood, and what it rests on."""
        self.say(answer.text, style="bold")
        self.say(f"Asked: {answer.time}", style="dim")
        for citation in answer.citations:
            if citation.fact is not None:
                self._line(self._triplet(citation.fact), f"  {self._valid(citation.fact)}")
            for quote in citation.quotes:
                self._quote(quote.episode, quote.words)
        self._spent(usage)

    def added(self, added: Added, usage: Mapping[str, Usage] | None = None) -> None:
        """The new facts, those that gave way with the reason, which names are one, what was left out, and counts."""
        if added.created:
            self.heading("New")
            self._facts(added.created)
        if added.confirmed:
            self.heading("Confirmed")
            self._facts(added.confirmed)
        self._superseded("No longer believed as it was", added.superseded)
        for merged in added.merged:
            if merged.name.casefold() != merged.into.casefold():
                self.say(f"Merged by {merged.decider}: {merged.reason}")
        for reason, claims in added.refused.items():
            self.say(f"Left out: {count(claims, 'claim')}: {reason}.")
        self.say(_summary(added))
        self._spent(usage)

    def summary(self, summary: Summary | None, usage: Mapping[str, Usage]) -> None:
        """The text, what it covers and who made it."""
        if summary is None:
            self.say("There is no summary yet: a language model makes one every 20 messages, and `mem0g summary --refresh` now.")
        else:
            self.say(summary.text)
            covered = f"{count(summary.episodes, 'message')} up to {show(summary.through)}"
            self.say(f"Of {covered}; by {summary.decider} on {show(summary.recorded_at.replace(microsecond=0))}.", style="dim")
        self._spent(usage)

    def _spent(self, usage: Mapping[str, Usage] | None) -> None:
        """What was asked of models, a line a step."""
        for step, spent in (usage or {}).items():
            self.say(f"{step}: {_spent(spent)}", style="dim")

    def embedded(self, made: int, embedding: Embedding) -> None:
        """A sentence."""
        self.say(f"{count(made, 'text')} embedded by {embedding.model}." if made else "Nothing to embed: every text has its vector.")

    def merges(self, merges: Sequence[Merged]) -> None:
        """A table; what was taken back is dim, with the reason."""
        if not merges:
            self.say("No two names were found to be of one thing.")
            return
        table = _table("name", "is", "since", "by", "because")
        for merged in merges:
            because = merged.reason if merged.undone is None else f"{merged.reason}. Taken back: {merged.undone}"
            cells = [merged.name, merged.into, self._at(merged.recorded_at), merged.decider, because]
            table.add_row(*map(plain, cells), style=None if merged.undone is None else "dim")
        self._console.print(table)

    def forgotten(self, forgotten: Forgotten) -> None:
        """The counts, in a sentence."""
        self.say(f"{'This would erase' if forgotten.dry_run else 'Erased'} {counts(forgotten)}.")

    def episodes(self, episodes: Sequence[Episode]) -> None:
        """What was said, with the ids."""
        for episode in episodes:
            self._quote(episode, episode.content, id=episode.id)
        if not episodes:
            self.say("Nothing was said.")

    def graphs(self, keys: Sequence[str]) -> None:
        """A key a line."""
        for key in keys:
            self._line(key)
        if not keys:
            self.say("No graph: the file is empty.")

    def network(self, graph: "networkx.MultiDiGraph[str]") -> None:
        """Each entity with what is said of it below."""
        for name in sorted(node for node in graph if graph.out_degree(node)):
            tree = Tree(Text(plain(name), style="bold"), guide_style="dim")
            for _, target, data in sorted(graph.out_edges(name, data=True), key=lambda edge: (edge[2]["predicate"], edge[1])):
                tree.add(Text.assemble((plain(data["predicate"]), "cyan"), " ", plain(target), (f"  {_since(data)}", "dim")))
            self._console.print(tree)
        if not graph:
            self.say("No fact: nothing is believed at the times asked for.")

    def prepared(self, where: str, dimension: int) -> None:
        """A sentence."""
        self.say(f"{where} is prepared, with vector indexes of {dimension} numbers.")

    def asked_as_of(self, scores: "Sequence[AsOfScore]", *, verbose: bool) -> None:
        """A table by kind for each set of templates; below it what was answered otherwise, or not at all."""
        for score in scores:
            self.heading(f"{score.name}: {count(score.templates, 'template')}")
            table = _table("kind", "asked", "right", "share", "asserted wrongly")
            asked = [(kind, tally) for kind, tally in score.kinds.items() if tally.asked]
            for kind, tally in (*asked, ("all", score.total)):
                cells = (kind, str(tally.asked), str(tally.right), f"{tally.share:.1%}", str(tally.asserted_wrongly))
                table.add_row(*cells, style="bold" if kind == "all" else None)
            self._console.print(table)
            for wrong in score.wrong if verbose else ():
                self._line(Text(wrong.template, style="bold"), f"  {wrong.question}")
                verb = "asserted wrongly" if wrong.asserted else "answered"
                self._indented(f"expected {wrong.expected}; {verb}: {wrong.answered}", style="dim")

    def rows(self, title: str, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table of text below a heading."""
        self.heading(title)
        table = _table(*headers)
        for row in rows:
            table.add_row(*map(plain, row))
        self._console.print(table)

    def moved(self, what: str, records: int, path: Path) -> None:
        """A sentence."""
        self.say(f"{count(records, 'record')} {what} {'to' if what == 'exported' else 'from'} {path}.")

    def evaluated(self, evaluations: "Sequence[Evaluation]", *, verbose: bool) -> None:
        """A table by category for each file, and one for all; below each what operations, facts and silence came to."""
        from mem0g.evaluation.running import together  # noqa: PLC0415 - for this command only

        for each in evaluations:
            self._evaluation(each)
            for finding in each.findings if verbose else ():
                self._line(Text(finding.fault, style="bold"), f"  {finding.case}  {finding.what}")
                self._indented(f"“{finding.message}”", style="dim")
        if len(evaluations) > 1:
            self._evaluation(together(evaluations))

    def recalled(self, report: "EvidenceReport") -> None:
        """Recall by method; by category; what each signal is worth; how long a search takes."""
        asked = ", ".join(f"{number} {name}" for name, number in report.questions.items())
        self.say(f"Conversations {', '.join(report.conversations)}; questions: {asked}; meanings by {report.embedder}.", style="dim")
        self.heading("Evidence found, in %")
        methods = [*report.baselines, report.memory]
        self._recall(methods)
        shares = [(found.name, *(_percent(found.categories[name].at_10) for name in report.questions)) for found in methods]
        self.rows("Recall@10 by category, in %", ("method", *report.questions), shares)
        self.heading("mem0g with one thing switched off: the difference, in points")
        table = _table("switched off", *_RECALLS, "multi-hop R@10")
        for found in report.without:
            hops = [each.categories["multi-hop"].at_10 for each in (found, report.memory) if "multi-hop" in each.categories]
            cells = [f"{100 * one:+.1f}" for one in _recalls(found.delta)] if found.delta else []
            table.add_row(found.name, *cells, f"{100 * (hops[0] - hops[1]):+.1f}" if hops else "–")
        self._console.print(table)
        took = [(each.conversation, str(each.turns), str(each.facts), f"{each.p50:.0f}", f"{each.p95:.0f}") for each in report.latencies]
        self.rows("A search without its embedding, in ms", ("conversation", "turns", "facts", "p50", "p95"), took)

    # For the demo

    def chapter(self, title: str) -> None:
        """A line across the screen, with a title."""
        self._console.print()
        self._console.rule(Text(title, style="bold"), align="left", style="dim")

    def heading(self, text: str) -> None:
        """A line that stands out, with space above where it is not the first."""
        if self._headed:
            self._console.print()
        self._headed = True
        self._line(text, style="bold")

    def say(self, text: str, style: str = "") -> None:
        """A sentence, folded between words."""
        self._line(text, style=style)

    def command(self, text: str) -> None:
        """A line to copy, which is never folded."""
        self._console.print(Text(plain(text)), soft_wrap=True)

    def reason(self, fact: Fact, reason: str) -> None:
        """A fact, and below it what there is to say of it."""
        self._line(self._triplet(fact))
        self._indented(reason)

    def compare(self, facts: Sequence[tuple[Fact | None, Fact | None]], titles: tuple[str, str]) -> None:
        """Facts side by side, as they were believed at two times; None where one was not."""
        table = _table("fact", *titles)
        for first, second in facts:
            cells = [("–" if fact is None else self._valid(fact)) for fact in (first, second)]
            shown = first or second
            table.add_row(self._triplet(shown) if shown else "", *cells, style=None if cells[0] != cells[1] else "dim")
        self._console.print(table)

    # Parts

    def _recall(self, found: "Sequence[Found]") -> None:
        table = _table("method", *_RECALLS)
        for each in found:
            table.add_row(each.name, *map(_percent, _recalls(each.all)), style="bold" if each is found[-1] else None)
        self._console.print(table)

    def _evaluation(self, evaluation: "Evaluation") -> None:
        score = evaluation.total
        self.heading(f"{evaluation.name}: {count(score.cases, 'case')}, read by {evaluation.extractor}")
        table = _table("category", *_MEASURES)
        for name, part in evaluation.categories.items():
            table.add_row(plain(name), *_measures(part))
        table.add_row("all", *_measures(score), style="bold")
        self._console.print(table)
        if score.operations:
            operations = _table("operation", "precision", "recall", "F1")
            for name, counts in (*score.operations.items(), ("together", score.judged)):
                operations.add_row(name, *_shares(counts), style="bold" if name == "together" else None)
            self._console.print(operations)
        self.say(f"False retirements: {score.retired} of {count(score.standing, 'given fact')} that had to stand.", style="bold")
        self.say(f"Still standing: {score.overdue} of {count(score.ending, 'given fact')} that had to end.")
        self.say(f"Something was read: in {score.broken} of {count(score.silent, 'message')} that say nothing.")
        if score.unread:
            self.say(f"Could not be read: {count(score.unread, 'message')}; what they say counts as missed.")
        if evaluation.spent.calls:
            spent = evaluation.spent
            self.say(
                f"The model was asked {count(spent.calls, 'time')}: {spent.prompt_tokens:,} tokens in, {spent.completion_tokens:,} out."
            )

    def _line(self, *parts: Cell, style: str = "") -> None:
        self._console.print(Text.assemble(*(plain(part) if isinstance(part, str) else part for part in parts), style=style))

    def _facts(self, facts: Sequence[Fact]) -> None:
        length = short({fact.id for fact in facts})
        table = _table("fact", "valid from", "valid to", "said by", "id")
        for fact in facts:
            cells = [self._at(fact.valid_at), self._end(fact), plain(", ".join(fact.holders)), fact.id[:length]]
            table.add_row(self._triplet(fact), *cells, style=self._style(fact))
        self._console.print(table)

    def _timeline(self, entity: str, facts: Sequence[Fact]) -> None:
        length = short({fact.id for fact in facts})
        table = _table("fact", "valid from", "valid to", "known from", "known to", "id")
        for fact in facts:
            times = [self._at(at) for at in (fact.valid_at, fact.invalid_at, fact.created_at, fact.expired_at)]
            table.add_row(self._triplet(fact, omit=entity), *times, fact.id[:length], style=self._style(fact))
        self._console.print(table)

    def _found(self, search: Search) -> None:
        length = short({fact.id for fact in search.facts})
        table = _table("fact", "valid", "score", "id")
        for fact in search.facts:
            table.add_row(self._triplet(fact), self._valid(fact), f"{fact.score:.2f}", fact.id[:length], style=self._style(fact))
        self._console.print(table)

    def _superseded(self, title: str, gone: Sequence[Superseded]) -> None:
        if gone:
            self.heading(title)
        for one in gone:
            self._line(self._triplet(one.fact), f"  {self._valid(one.fact)}", style="dim")
            self._indented(one.reason)

    def _evidence(self, evidence: Evidence) -> None:
        if evidence.holder is not None:
            self._line(f"{evidence.holder}’s view, as {evidence.speaker} gives it:")
        self._quote(evidence.episode, evidence.episode.content or evidence.text)
        self._indented(f"claim {evidence.claim_id}", style="dim")
        self._indented(f"episode {evidence.episode.id}, stored {show(evidence.recorded_at.replace(microsecond=0))}", style="dim")

    def _quote(self, episode: Episode, words: str, id: str = "") -> None:
        who = (plain(f"{episode.speaker}, {show(episode.occurred_at)}"), "cyan")
        self._line("  ", Text.assemble(who, (f"  {plain(id)}" if id else "", "dim")))
        self._indented(f"“{words}”")

    def _decisions(self, decisions: Iterable[Decision]) -> None:
        for decision in decisions:
            self._line(f"{decision.operation} by {decision.decider} on {show(decision.said_at)}: {decision.reason}")
            self._indented(f"“{decision.later}” after “{decision.earlier}”", style="dim")

    def _indented(self, text: str, style: str = "") -> None:
        """Text, folded, each line after four spaces."""
        for line in Text(plain(text), style=style).wrap(self._console, max(20, self._console.width - 4)):
            line.rstrip()
            self._console.print(Text("    ") + line)

    def _valid(self, fact: Fact) -> str:
        """When a fact holds, in words; to the day where there is little room."""
        words = valid_words(fact, self._now)
        return words if self._wide else _TIME_OF_DAY.sub("", words)

    def _triplet(self, fact: Fact, omit: str = "") -> Text:
        if fact.object == fact.text:  # the flavour "facts": the sentence says all of it
            return Text(plain(fact.text), "bold")
        subject = "" if fact.subject.casefold() == omit.casefold() else f"{plain(fact.subject)} "
        return Text.assemble(subject, (plain(fact.predicate), "cyan"), " ", (plain(fact.object), "bold"))

    def _style(self, fact: Fact) -> str | None:
        ended = not fact.event and fact.valid.end <= self._now
        return "dim" if ended or fact.expired_at is not None else None

    def _end(self, fact: Fact) -> str:
        if fact.event:
            return "event"
        ended = fact.invalid_at is not None and fact.invalid_at <= self._now
        return self._at(fact.invalid_at) + (" ended" if ended else "")

    def _at(self, at: datetime | None) -> str:
        return show(at) if at is None or self._wide else at.date().isoformat()

    @property
    def _wide(self) -> bool:
        return self._console.width >= _WIDE


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr, moved by calling what it gives with how many are done and how many there are."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def plain(text: str) -> str:
    """`text` without control characters, which could steer a terminal."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def count(number: int, what: str) -> str:
    """How many there are: "1 fact", "2 facts", "2 entities"."""
    if number == 1:
        return f"1 {what}"
    return f"{number:,} {what[:-1]}ies" if what.endswith("y") else f"{number:,} {what}s"


def counts(forgotten: Forgotten) -> str:
    """What was forgotten, in words."""
    parts = {
        "episode": forgotten.episodes,
        "claim": forgotten.claims,
        "entity": forgotten.entities,
        "judgement": forgotten.judgements,
        "retraction": forgotten.retractions,
    }
    shown = [count(number, what) for what, number in parts.items() if number]
    return ", ".join(shown) or "nothing"


def _console() -> Console:
    """A console on stdout that never fails on a character its encoding lacks."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    watched = sys.stdout.isatty()
    return Console(highlight=False, width=None if watched else shutil.get_terminal_size((_PIPE, 0)).columns)


def _table(first: str, *others: str) -> Table:
    """A table whose first column takes what room there is."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    table.add_column(first, overflow="fold", ratio=None)
    for title in others:
        table.add_column(title, overflow="fold", no_wrap=title == "id")
    return table


def _recalls(recall: "Recall") -> tuple[float, ...]:
    """The numbers under `_RECALLS`."""
    return (recall.at_5, recall.at_10, recall.at_30, recall.mrr, recall.in_500, recall.in_1000)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def _measures(score: "Score") -> list[str]:
    """The cells of a row under `_MEASURES`."""
    facts = [f"{score.retired} of {score.standing}", f"{score.overdue} of {score.ending}"]
    return [str(score.cases), *_shares(score.triplets), _share(score.times), _share(score.judged.f1), *facts]


def _shares(counts: "Counts") -> list[str]:
    return [_share(counts.precision), _share(counts.recall), _share(counts.f1)]


def _share(part: float | None) -> str:
    return "–" if part is None else f"{part:.2f}"


def _summary(added: Added) -> str:
    told = count(len(added.episode_ids), "episode")
    if not added.created and not added.confirmed and not added.superseded:
        return f"{told}: nothing new was read." if added.episode_ids else "Nothing changed."
    gone = f"no longer believed as {'it was' if len(added.superseded) == 1 else 'they were'}"
    parts = {"new": added.created, "confirmed": added.confirmed, gone: added.superseded}
    said = ", ".join(f"{count(len(facts), 'fact')} {became}" for became, facts in parts.items() if facts)
    return f"{told}: {said}." if added.episode_ids else f"{said}."


def _spent(usage: Usage) -> str:
    """What was asked of a model, in words. An embedder counts no tokens."""
    tokens = f", {usage.prompt_tokens:,} tokens in, {usage.completion_tokens:,} out" if usage.prompt_tokens else ""
    return f"{count(usage.calls, 'call')}{tokens}, {usage.seconds:.1f} s"


def _until(at: datetime | None) -> str:
    return "" if at is None else f" and until {show(at)}"


def _since(data: dict[str, datetime | None]) -> str:
    begin, end = data["valid_at"], data["invalid_at"]
    return "" if begin is None and end is None else f"{show(begin)} – {'' if end is None else show(end)}".rstrip()
