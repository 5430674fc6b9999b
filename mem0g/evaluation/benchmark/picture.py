"""A benchmark as a picture: J by system with its intervals, and J by the tokens that an answer takes. Needs the extra `notebook`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from mem0g.evaluation.benchmark.intervals import Interval
from mem0g.evaluation.benchmark.marking import JUDGES
from mem0g.evaluation.benchmark.report import Report, SystemReport
from mem0g.notebook.picture import COLOURS, Picture
from mem0g.prompts.benchmark import Strictness

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MARKERS: Final = {"strict": "o", "lenient": "s"}
_APART: Final = 0.18
"""How far the two judges of a system are drawn from its line, where lines are 1 apart."""
_PERCENT: Final = (-4, 104)
"""Of an axis: a point on its edge is seen whole."""
_FEW: Final = 100
"""Tokens up to which the axis is linear: no memory takes none, and a logarithm of none there is not."""


def draw(report: Report) -> Picture:
    """Two panels: J by system, strict and lenient, with 95 % intervals; and J by the tokens shown for an answer.

    A system without a mark is named, and has no point.
    """
    picture = Picture(12, 2 + 0.5 * max(4, len(report.systems)))
    by_system, by_tokens = picture.subplots(1, 2)
    for place, judge in enumerate(JUDGES):
        shift = _APART * (1 - 2 * place)
        found = [(row - shift, each.all.judged[judge]) for row, each in enumerate(report.systems)]
        _intervals(by_system, place, judge, [(row, interval) for row, interval in found if interval])
    for system in report.systems:
        _points(by_tokens, system)
    by_system.set_yticks(range(len(report.systems)), [system.name for system in report.systems])
    by_system.invert_yaxis()
    by_system.set(xlabel="J, % (categories 1–4)", xlim=_PERCENT)
    by_tokens.set_xscale("symlog", linthresh=_FEW)
    by_tokens.xaxis.set_major_formatter("{x:,.0f}")
    by_tokens.set(xlabel="tokens shown for an answer", ylabel="J, %", ylim=_PERCENT)
    by_tokens.margins(x=0.15)
    for axes in (by_system, by_tokens):
        axes.grid(alpha=0.3)
    picture.legend(*by_system.get_legend_handles_labels(), loc="outside lower center", ncols=len(JUDGES), title="judge")
    picture.suptitle(_title(report))
    return picture


def _intervals(axes: "Axes", place: int, judge: Strictness, found: Sequence[tuple[float, Interval]]) -> None:
    means = [100 * each.mean for _, each in found]
    below = [100 * max(0.0, each.mean - each.low) for _, each in found]
    above = [100 * max(0.0, each.high - each.mean) for _, each in found]
    rows = [row for row, _ in found]
    axes.errorbar(means, rows, xerr=(below, above), fmt=_MARKERS[judge], color=COLOURS[place], capsize=3, label=judge)


def _points(axes: "Axes", system: SystemReport) -> None:
    """A point a judge, joined by a line, and the name beside the higher one."""
    found = [(place, judge, 100 * each.mean) for place, judge in enumerate(JUDGES) if (each := system.all.judged[judge])]
    if not found or system.context_tokens is None:
        return
    heights = [height for _, _, height in found]
    axes.vlines(system.context_tokens, min(heights), max(heights), color="0.7", zorder=1)
    for place, judge, height in found:
        axes.plot(system.context_tokens, height, _MARKERS[judge], color=COLOURS[place])
    axes.annotate(system.name, (system.context_tokens, max(heights)), xytext=(5, 3), textcoords="offset points", fontsize=8)


def _title(report: Report) -> str:
    model = "" if report.settings is None else f", {report.settings.model}"
    left_out = f", {report.missing:,} answers missing" if report.missing else ""
    return f"LoCoMo {', '.join(report.conversations)}{model}, runs: {report.runs}{left_out}"
