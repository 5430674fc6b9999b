"""Facts as bars over valid time: what held when, by what is known."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Any

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from mem0g.errors import InvalidInput
from mem0g.memory import system_clock
from mem0g.model import Fact
from mem0g.notebook.picture import HATCH, PALE, Picture, colours, cut
from mem0g.period import BEGINNING, EVERYTHING_KNOWN, FOREVER, TimeLike, read_period, show
from mem0g.results import valid_words

_THICK = 0.56
"""Of a bar, where rows are 1 apart."""
_MARGIN = 0.07
"""Of the time drawn, a day at least, on either side: where open ends run out."""


class Standing(StrEnum):
    """How a fact stands to the present."""

    HOLDS = "holds"
    ENDED = "ended"
    LATER = "begins later"
    EVENT = "event"


def draw_valid_time(facts: Iterable[Fact], *, known_at: TimeLike | None = None, now: TimeLike | None = None) -> Picture:
    """A bar for each fact that is believed, over the time in which it holds: what `Memory.timeline` returns, as a picture.

    Facts of one triplet share a row. Ended ones are pale, hatched and closed at their end; open ends run out of the picture.

    Args:
        known_at: what was believed then is drawn; by all that is known, by default. A period means its last instant.
        now: what has ended is past of it; the present, by default. A period means its start.

    Raises:
        InvalidInput: none of the facts is believed then.
        InvalidTime: `known_at` or `now` is no time.
    """
    known = EVERYTHING_KNOWN if known_at is None else read_period(known_at, "known_at").last
    present = system_clock() if now is None else read_period(now, "now").start
    rows = rows_of(believed(facts, known))
    if not rows:
        at = "by all that is known" if known_at is None else f"at known_at={show(known)}"
        raise InvalidInput(f"none of the facts is believed {at}: give those of Memory.timeline, and a time at which there were some")
    picture = Picture(10, 1.3 + 0.42 * len(rows))
    axes = picture.add_subplot()
    _prepare(axes, [fact for row in rows for fact in row], present)
    colour = colours([row[0].predicate for row in rows])
    for place, row in enumerate(rows):
        _draw_row(axes, place, row, present, colour[row[0].predicate])
    axes.set_yticks(range(len(rows)), [cut(row[0].text.rstrip("."), 48) for row in rows], parse_math=False)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    standings = {standing(fact, present) for row in rows for fact in row}
    picture.legend(handles=[*_legend(standings), _now_line(present)], loc="outside lower center", ncols=5, frameon=False, fontsize=9)
    return picture


def believed(facts: Iterable[Fact], known: datetime) -> list[Fact]:
    """Those that are believed at an instant."""
    return [fact for fact in facts if fact.created_at <= known and (fact.expired_at is None or known < fact.expired_at)]


def rows_of(facts: Iterable[Fact]) -> list[list[Fact]]:
    """The facts of each triplet; by subject, by predicate, then by when each triplet first held."""
    triplets = [list(row) for _, row in groupby(sorted(facts, key=lambda fact: (*_triplet(fact), fact.valid.start)), key=_triplet)]
    return sorted(triplets, key=lambda row: (row[0].subject, row[0].predicate, row[0].valid.start))


def standing(fact: Fact, now: datetime) -> Standing:
    """How a fact stands to the present."""
    if fact.event:
        return Standing.EVENT
    if fact.valid.end <= now:
        return Standing.ENDED
    return Standing.HOLDS if fact.valid.start <= now else Standing.LATER


def _triplet(fact: Fact) -> tuple[str, str, str, bool]:
    return (fact.subject, fact.predicate, fact.object, fact.event)


def _prepare(axes: Axes, facts: list[Fact], now: datetime) -> None:
    """Set the time that is drawn, and draw the present."""
    stated = [now, *(at for fact in facts for at in (fact.valid_at, fact.invalid_at) if at is not None)]
    first, last = date2num(min(stated)), date2num(max(stated))
    margin = max(_MARGIN * (last - first), 1)
    axes.set_xlim(max(first - margin, date2num(BEGINNING)), min(last + margin, date2num(FOREVER) - 1))  # matplotlib ends there
    locator = AutoDateLocator()
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    axes.grid(axis="x", color="#dddddd", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0, pad=10)
    axes.spines[["left", "right", "top"]].set_visible(False)
    axes.axvline(date2num(now), color="black", linewidth=1, linestyle=":")


def _draw_row(axes: Axes, place: int, row: list[Fact], now: datetime, colour: str) -> None:
    for fact in row:
        _draw_fact(axes, place, fact, standing(fact, now), colour)
    words = "; ".join(valid_words(fact, now) for fact in row)
    axes.annotate(words, (1.025, place), xycoords=("axes fraction", "data"), va="center", fontsize=9, color="#333333")


def _draw_fact(axes: Axes, place: int, fact: Fact, how: Standing, colour: str) -> None:
    left, right = axes.get_xlim()
    start = left if fact.valid_at is None else date2num(fact.valid_at)
    end = right if fact.invalid_at is None else date2num(fact.invalid_at)
    if how is Standing.EVENT:
        axes.barh(place, end - start, left=start, height=0.12, color=colour)
        axes.plot(start, place, marker="D", markersize=8, color=colour)
        return
    axes.barh(place, end - start, left=start, height=_THICK, **_style(how, colour))
    ends = [(left, "<", fact.valid_at), (right, ">", fact.invalid_at)]
    for edge, marker, at in ends:
        if at is None:
            axes.plot(edge, place, marker=marker, markersize=9, color=colour, clip_on=False)
    if how is Standing.ENDED:
        axes.vlines(end, place - 0.4, place + 0.4, color=colour, linewidth=3)


def _style(how: Standing, colour: str) -> dict[str, Any]:
    """How the bar of a state looks, as arguments of matplotlib."""
    match how:
        case Standing.ENDED:
            return {"facecolor": (colour, PALE), "edgecolor": colour, "hatch": HATCH, "linewidth": 0}
        case Standing.LATER:
            return {"facecolor": "none", "edgecolor": colour, "linestyle": "--", "linewidth": 1.5}
    return {"color": colour}


def _legend(standings: set[Standing]) -> list[Patch | Line2D]:
    grey = "#555555"
    event = Line2D([], [], marker="D", markersize=7, linestyle="none", color=grey, label=Standing.EVENT)
    return [event if how is Standing.EVENT else Patch(**_style(how, grey), label=how) for how in Standing if how in standings]


def _now_line(now: datetime) -> Line2D:
    return Line2D([], [], color="black", linewidth=1, linestyle=":", label=f"now: {show(now)}")
