"""A benchmark as a picture: J by system with its intervals, and J by the tokens that an answer takes. Needs the extra `notebook`."""

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes

from mem0g.evaluation.benchmark.intervals import Interval
from mem0g.evaluation.benchmark.marking import JUDGES
from mem0g.evaluation.benchmark.report import Report, SystemReport
from mem0g.notebook.picture import COLOURS, Picture
from mem0g.prompts.benchmark import Strictness

_MARKERS: Final = {"strict": "o", "lenient": "s"}
_APART: Final = 0.18
"""How far the two judges of a system are drawn from its line, where lines are 1 apart."""
_FEW: Final = 100
"""Tokens up to which the axis is linear: no memory takes none, and a logarithm of none there is not."""


def draw(report: Report) -> Picture:
    """Two panels: J by system, strict and lenient, with 95 % intervals; and J by the tokens shown for an answer.

    A system without a mark is named, and has no point.
    """
    picture = Picture(11, 1.6 + 0.5 * max(4, len(report.systems)))
    by_system, by_tokens = picture.subplots(1, 2)
    for place, judge in enumerate(JUDGES):
        colour, shift = COLOURS[place], _APART * (1 - 2 * place)
        marked = [(row, system, found) for row, system in enumerate(report.systems) if (found := system.all.judged[judge])]
        _intervals(by_system, judge, [(row - shift, found) for row, _, found in marked], colour)
        _points(by_tokens, judge, [(system, found) for _, system, found in marked], colour)
    by_system.set_yticks(range(len(report.systems)), [system.name for system in report.systems])
    by_system.invert_yaxis()
    by_system.set(xlabel="J, % (categories 1–4)", xlim=(0, 100))
    by_tokens.set_xscale("symlog", linthresh=_FEW)
    by_tokens.set(xlabel="tokens shown for an answer", ylabel="J, %", ylim=(0, 100))
    for axes in (by_system, by_tokens):
        axes.grid(alpha=0.3)
    by_system.legend(loc="best", title="judge")
    picture.suptitle(_title(report))
    return picture


def _intervals(axes: Axes, judge: Strictness, found: Sequence[tuple[float, Interval]], colour: str) -> None:
    means = [100 * each.mean for _, each in found]
    below = [100 * max(0.0, each.mean - each.low) for _, each in found]
    above = [100 * max(0.0, each.high - each.mean) for _, each in found]
    rows = [row for row, _ in found]
    axes.errorbar(means, rows, xerr=(below, above), fmt=_MARKERS[judge], color=colour, capsize=3, label=judge)


def _points(axes: Axes, judge: Strictness, found: Sequence[tuple[SystemReport, Interval]], colour: str) -> None:
    for system, each in found:
        if system.context_tokens is not None:
            axes.plot(system.context_tokens, 100 * each.mean, _MARKERS[judge], color=colour)
            axes.annotate(system.name, (system.context_tokens, 100 * each.mean), xytext=(4, 4), textcoords="offset points", fontsize=8)


def _title(report: Report) -> str:
    model = "" if report.settings is None else f", {report.settings.model}"
    missing = sum(system.missing for system in report.systems)
    left_out = f", {missing:,} answers missing" if missing else ""
    return f"LoCoMo {', '.join(report.conversations)}{model}, runs: {report.runs}{left_out}"
