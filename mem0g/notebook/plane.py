"""The versions of a fact over both times: a rectangle each, valid time to the right, knowledge time upwards.

Both axes show the same instants, those at which something changed, one step apart: distances are not to scale, so that nineteen
days beside six years can be seen. On the diagonal lies what was believed of its own present.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from textwrap import fill
from typing import Any, Self

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from mem0g.errors import InvalidInput
from mem0g.model import Fact
from mem0g.notebook.picture import HATCH, PALE, Picture, colours, cut
from mem0g.period import TimeLike, read_period, show

_LETTERS = 14
"""How many letters of a label fit into one step of the valid axis."""
_LEVEL = 8
"""How many steps have that much room: with more of them, the picture grows no wider, and dates are written aslant."""
_CLEAR = 0.2
"""How far a question is drawn from a change, at least, in steps: it lies on one side of it."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Where instants stand on both axes: the nth change at n.

    Attributes:
        instants: those at which something changed, in order; at least one.
        beginning: where an axis begins: a step before the first change if some start is unknown.
    """

    instants: Sequence[datetime]
    beginning: float

    @classmethod
    def of(cls, facts: Sequence[Fact]) -> Self:
        """The scale on which all of them can be drawn."""
        bounds = {at for fact in facts for at in (fact.valid_at, fact.invalid_at, fact.created_at, fact.expired_at)}
        return cls(sorted(at for at in bounds if at is not None), -1 if any(fact.valid_at is None for fact in facts) else -0.3)

    @property
    def end(self) -> float:
        """Where an axis ends: a step after the last change."""
        return len(self.instants)

    @property
    def letters(self) -> float:
        """How many letters of a label fit into one step."""
        return _LETTERS * min(1, _LEVEL / len(self.instants))

    def change(self, at: datetime) -> float:
        """Where a change stands."""
        return self.instants.index(at)

    def question(self, at: datetime) -> float:
        """Where any instant stands: between its neighbours, and clear of both."""
        before = bisect_right(self.instants, at)
        if before == 0:
            return self.beginning / 2
        if before == len(self.instants):
            return before - 0.5
        since, until = self.instants[before - 1], self.instants[before]
        return before - 1 + min(max((at - since) / (until - since), _CLEAR), 1 - _CLEAR)


def draw_two_times(facts: Iterable[Fact], *, asked: Mapping[str, tuple[TimeLike, TimeLike]] | None = None) -> Picture:
    """A rectangle for each version, over when it holds (to the right) and when it was believed (upwards).

    A question is a point in this plane, and its answer the rectangle it lies in. Where versions overlap, since several objects can
    hold at once, each object has a panel of its own.

    Args:
        facts: of one subject and predicate: what `Memory.timeline(..., predicate=...)` returns.
        asked: questions to draw, each as label: (as_of, known_at). Of a period, `as_of` is drawn at its start and `known_at` at its
            last instant.

    Raises:
        InvalidInput: there is no fact, or they are of several subjects or predicates.
        InvalidTime: a time of `asked` is no time.
    """
    versions = _of_one_predicate(facts)
    scale = Scale.of(versions)
    panels = panels_of(versions)
    points = {
        label: (scale.question(read_period(valid, "as_of").start), scale.question(read_period(known, "known_at").last))
        for label, (valid, known) in (asked or {}).items()
    }
    colour = colours([fact.object for fact in versions])
    picture = Picture(3.5 + 1.25 * min(scale.end, _LEVEL), 1.4 + len(panels) * (0.8 + 0.75 * min(scale.end, 2 * _LEVEL)))
    for axes, panel in zip(picture.subplots(len(panels), squeeze=False, sharex=True)[:, 0], panels, strict=True):
        _prepare(axes, scale, min(scale.change(fact.created_at) for fact in versions))
        for fact in panel:
            _draw_version(axes, scale, fact, colour[fact.object])
        _draw_questions(axes, points)
    axes.set_xlabel("valid time: when it holds in the world →")
    picture.supylabel("knowledge time: when it was believed →", fontsize=10)
    picture.suptitle(f"{versions[0].subject} {versions[0].predicate.replace('_', ' ')} …", fontsize=12, parse_math=False)
    picture.legend(handles=_legend(versions), loc="outside lower center", ncols=3, frameon=False, fontsize=9)
    return picture


def panels_of(versions: Sequence[Fact]) -> list[list[Fact]]:
    """The versions together where no two overlap, else those of each object."""
    if not any(_overlap(one, other) for one, other in combinations(versions, 2)):
        return [list(versions)]
    return [[fact for fact in versions if fact.object == object] for object in dict.fromkeys(fact.object for fact in versions)]


def _overlap(one: Fact, other: Fact) -> bool:
    """Whether some point of the two times lies in both."""
    return one.valid.overlaps(other.valid) and _known_at_once(one, other) and _known_at_once(other, one)


def _known_at_once(one: Fact, other: Fact) -> bool:
    return other.expired_at is None or one.created_at < other.expired_at


def _of_one_predicate(facts: Iterable[Fact]) -> list[Fact]:
    versions = list(facts)
    found = sorted({f"{fact.subject} {fact.predicate}" for fact in versions})
    if len(found) != 1:
        raise InvalidInput(
            f"facts of {', '.join(found[:5]) or 'nothing'} were given: one picture shows one subject and predicate, "
            "as Memory.timeline(..., predicate=...) returns them"
        )
    return versions


def _prepare(axes: Axes, scale: Scale, known_from: float) -> None:
    dates, places = [show(at) for at in scale.instants], range(len(scale.instants))
    level = len(dates) <= _LEVEL
    axes.set_xticks([*places, scale.end], [*dates, "until further\nnotice"], rotation=0 if level else 30, ha="center" if level else "right")
    axes.set_yticks([*places, scale.end], [*dates, "still believed"])
    axes.set_xlim(scale.beginning, scale.end)
    axes.set_ylim(known_from - 0.3, scale.end)
    axes.grid(color="#dddddd", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines[["right", "top"]].set_visible(False)
    axes.axline((0, 0), slope=1, color="black", linewidth=1, linestyle=":", zorder=3)


def _draw_version(axes: Axes, scale: Scale, fact: Fact, colour: str) -> None:
    """Draw it, with open ends beyond the edges: so they have no border."""
    left = scale.beginning - 1 if fact.valid_at is None else scale.change(fact.valid_at)
    right = scale.end + 1 if fact.invalid_at is None else scale.change(fact.invalid_at)
    bottom = scale.change(fact.created_at)
    top = scale.end + 1 if fact.expired_at is None else scale.change(fact.expired_at)
    axes.add_patch(Rectangle((left, bottom), right - left, top - bottom, **_style(fact.expired_at is None, colour)))
    corner = max(left, scale.beginning)
    width = max(1, int(scale.letters * (min(right, scale.end) - corner)))
    axes.text(
        corner + 0.1, min(top, scale.end) - 0.15, fill(cut(fact.object, 3 * width), width), ha="left", va="top", parse_math=False,
        zorder=4, bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 2},
    )  # fmt: skip


def _draw_questions(axes: Axes, points: Mapping[str, tuple[float, float]]) -> None:
    for label, (x, y) in points.items():
        axes.plot(x, y, marker="o", markersize=9, color="black", markeredgecolor="white", zorder=5)
        axes.annotate(label, (x, y), xytext=(8, -1), textcoords="offset points", va="center", fontweight="bold", zorder=5, parse_math=False)


def _style(is_believed: bool, colour: str) -> dict[str, Any]:
    """How a rectangle looks, as arguments of matplotlib."""
    if is_believed:
        return {"facecolor": (colour, 0.6), "edgecolor": colour, "linewidth": 2}
    return {"facecolor": (colour, PALE / 2), "edgecolor": colour, "linewidth": 1, "hatch": HATCH}


def _legend(versions: Sequence[Fact]) -> list[Patch | Line2D]:
    names = {True: "still believed", False: "no longer believed"}
    standings = [is_believed for is_believed in names if any((fact.expired_at is None) is is_believed for fact in versions)]
    patches = [Patch(**_style(is_believed, "#555555"), label=names[is_believed]) for is_believed in standings]
    return [*patches, Line2D([], [], color="black", linewidth=1, linestyle=":", label="the present, as it passes")]
