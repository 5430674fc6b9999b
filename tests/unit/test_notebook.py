"""Facts as tables and pictures."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from mem0g import InvalidInput, InvalidTime, Memory
from mem0g.model import EntityId, Fact
from mem0g.notebook import Picture, draw_two_times, draw_valid_time, table
from mem0g.notebook.bars import Standing, believed, rows_of, standing
from mem0g.notebook.plane import Scale, panels_of
from unit.samples import day

USER = {"user_id": "Alice"}


def fact(
    object: str = "Lisbon", start: float | None = 0, end: float | None = None, known: float = 0, until: float | None = None, **given: Any
) -> Fact:
    """That Alice lives somewhere from one day to another, believed from one day to another."""
    times = {
        "valid_at": None if start is None else day(start), "invalid_at": None if end is None else day(end),
        "created_at": day(known), "expired_at": None if until is None else day(until),
    }  # fmt: skip
    others: dict[str, Any] = {"subject": "Alice", "predicate": "lives_in", "text": f"Alice lives in {object}.", "event": False, **given}
    return Fact(
        id="", object=object, holders=("Alice",), episode_ids=(), confidence=1.0, subject_id=EntityId(""), object_id=None, **times, **others
    )


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    """The worked example of the design, and a correction."""
    with Memory(tmp_path / "address.db") as memory:
        memory.add_fact("Alice", "lives_in", "London Road", occurred_at="2019-11-18", **USER)
        added = memory.add_fact("Alice", "lives_in", "84 Bank Street", occurred_at="2025-08-13", valid_at="2025-09-01", **USER)
        memory.add_fact("Alice", "lives_in", "48 Bank Street", occurred_at="2025-08-20", corrects=added.claim_ids, **USER)
        yield memory


# Tables


def test_a_table_has_a_row_for_each_version(memory: Memory) -> None:
    assert table(memory.timeline("Alice", **USER)).rows == [
        ("Alice lives in London Road.", "2019-11-18", "–", "2019-11-18", "2025-08-13", "Alice"),
        ("Alice lives in London Road.", "2019-11-18", "2025-09-01", "2025-08-13", "–", "Alice"),
        ("Alice lives in 84 Bank Street.", "2025-09-01", "–", "2025-08-13", "2025-08-20", "Alice"),
        ("Alice lives in 48 Bank Street.", "2025-09-01", "–", "2025-08-20", "–", "Alice"),
    ]


def test_a_table_is_text_in_columns() -> None:
    assert repr(table([fact(text="A.")])).splitlines() == [
        "fact  valid from  valid to  known from  known to  said by",
        "────  ──────────  ────────  ──────────  ────────  ───────",
        "A.    2026-01-01  –         2026-01-01  –         Alice",
    ]


def test_what_was_said_is_no_html() -> None:
    shown = table([fact(text="<script>alert(1)</script> & more")])._repr_html_()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in shown
    assert "<script" not in shown


def test_a_table_of_nothing_has_its_headers() -> None:
    assert len(repr(table([])).splitlines()) == 2
    assert table([])._repr_html_().count("<tr>") == 1


# Bars


@pytest.mark.parametrize(
    ("given", "now", "expected"),
    [
        (fact(start=0, end=9), 5, Standing.HOLDS),
        (fact(start=0, end=9), 9, Standing.ENDED),
        (fact(start=6), 5, Standing.LATER),
        (fact(start=6), 6, Standing.HOLDS),
        (fact(start=None, end=None), 0, Standing.HOLDS),
        (fact(start=0, end=1, event=True), 5, Standing.EVENT),
    ],
)
def test_how_a_fact_stands_to_the_present(given: Fact, now: float, expected: Standing) -> None:
    assert standing(given, day(now)) is expected


def test_what_is_believed_at_an_instant() -> None:
    facts = [fact("Lisbon", known=1, until=3), fact("Porto", known=3)]
    assert [[known.object for known in believed(facts, day(at))] for at in (0, 1, 2.9, 3)] == [[], ["Lisbon"], ["Lisbon"], ["Porto"]]


def test_facts_of_one_triplet_share_a_row_and_rows_are_in_the_order_of_time() -> None:
    facts = [fact("Porto", 5), fact("Lisbon", 7), fact("Lisbon", 1, 5), fact("tea", 0, predicate="likes"), fact("Oslo", None, 1)]
    assert [[(each.object, each.valid_at) for each in row] for row in rows_of(facts)] == [
        [("tea", day(0))],
        [("Oslo", None)],
        [("Lisbon", day(1)), ("Lisbon", day(7))],
        [("Porto", day(5))],
    ]


def words(picture: Picture) -> list[str]:
    """What is written into the first panel."""
    return [text.get_text() for text in picture.axes[0].texts]


def test_bars_are_labelled_and_dated(memory: Memory) -> None:
    picture = draw_valid_time(memory.timeline("Alice", **USER), now="2026-01-15")
    assert [label.get_text() for label in picture.axes[0].get_yticklabels()] == [
        "Alice lives in London Road",
        "Alice lives in 48 Bank Street",
    ]
    assert words(picture) == ["2019-11-18 to 2025-09-01, ended", "since 2025-09-01"]
    assert [text.get_text() for text in picture.legends[0].get_texts()] == ["holds", "ended", "now: 2026-01-15"]


def test_bars_of_what_was_believed_then(memory: Memory) -> None:
    picture = draw_valid_time(memory.timeline("Alice", **USER), known_at="2025-08-15", now="2025-08-15")
    assert words(picture) == ["2019-11-18 to 2025-09-01", "from 2025-09-01 on"]


def test_an_ended_bar_is_hatched_and_an_open_one_reaches_the_edge() -> None:
    axes = draw_valid_time([fact("Oslo", 0, 5), fact("Lisbon", 5)], now=day(9)).axes[0]
    ended, current = axes.patches
    assert (ended.get_hatch(), current.get_hatch()) == ("///", None)
    assert current.get_extents().x1 == pytest.approx(axes.bbox.x1)


@pytest.mark.parametrize(
    "facts",
    [
        [fact(start=None)],
        [fact(start=None, end=0)],
        [fact(start=0, end=1, event=True)],
        [fact(start=0, end=1e-9, event=True), fact("Porto", 1e-9)],
        [fact(start=-739_000, end=2_900_000)],
        [fact("a" * 500, text="b" * 500)],
        [fact("$5^^ or $6", text="$5^^ or $6", subject="$_^^$")],
        [fact(str(number), number, number + 1) for number in range(40)],
    ],
    ids=["always", "start unknown", "event", "at once", "ages", "long", "dollars", "many"],
)
def test_every_kind_of_fact_is_drawn(facts: list[Fact]) -> None:
    for picture in (draw_valid_time(facts, now=day(2)), draw_two_times(facts)):
        assert picture._repr_png_().startswith(b"\x89PNG")


@pytest.mark.parametrize(("facts", "known"), [([], None), ([fact(known=0, until=1)], None), ([fact(known=3)], day(2))])
def test_nothing_believed_is_no_picture(facts: list[Fact], known: datetime | None) -> None:
    with pytest.raises(InvalidInput, match="none of the facts is believed"):
        draw_valid_time(facts, known_at=known, now=day(0))


def test_a_time_that_does_not_parse_is_named() -> None:
    with pytest.raises(InvalidTime, match="now='soon'"):
        draw_valid_time([fact()], now="soon")
    with pytest.raises(InvalidTime, match="known_at='then'"):
        draw_two_times([fact()], asked={"A": ("2026", "then")})


# The plane of the two times


def rectangles(picture: Picture) -> list[tuple[float, float, float, float]]:
    """Left, right, bottom and top of each rectangle."""
    return [(*patch.get_bbox().intervalx, *patch.get_bbox().intervaly) for patch in picture.axes[0].patches]  # type: ignore[attr-defined]


def test_each_version_is_a_rectangle(memory: Memory) -> None:
    picture = draw_two_times(memory.timeline("Alice", predicate="lives_in", **USER))
    ticks = [label.get_text() for label in picture.axes[0].get_yticklabels()]
    assert ticks == ["2019-11-18", "2025-08-13", "2025-08-20", "2025-09-01", "still believed"]
    assert words(picture) == ["London Road", "London Road", "84 Bank Street", "48 Bank Street"]
    beyond = 5  # the last change is at 3, the edge at 4
    assert rectangles(picture) == [(0, beyond, 0, 1), (0, 3, 1, beyond), (3, beyond, 1, 2), (3, beyond, 2, beyond)]


def test_a_question_lies_in_the_rectangle_of_its_answer(memory: Memory) -> None:
    versions = memory.timeline("Alice", predicate="lives_in", **USER)
    scale, drawn = Scale.of(versions), rectangles(draw_two_times(versions))
    days = ["2018-01-01", "2019-11-18", "2022-01-01", "2025-08-12", "2025-08-13", "2025-08-20", "2025-09-01", "2030-01-01"]
    for valid, known in product([datetime.fromisoformat(f"{each}T00:00Z") for each in days], repeat=2):
        x, y = scale.question(valid), scale.question(known)
        answers = [
            version.id for version, (left, right, low, high) in zip(versions, drawn, strict=True) if left < x < right and low < y < high
        ]
        assert answers == [found.id for found in memory.facts(as_of=valid, known_at=known, **USER)]


def test_questions_are_drawn_with_their_labels(memory: Memory) -> None:
    picture = draw_two_times(memory.timeline("Alice", **USER), asked={"then": ("2025-10", "2025-08-13")})
    assert words(picture)[-1] == "then"
    ((x, y),) = picture.axes[0].lines[-1].get_xydata()
    assert (x, 1 < y < 2) == (3.5, True)  # known_at a day is its last instant: what was said on that day is known


def test_objects_that_can_hold_at_once_have_panels_of_their_own() -> None:
    apart, together = [fact("Oslo", 0, 5), fact("Lisbon", 5)], [fact("tea", 0), fact("milk", 3), fact("tea", -5, -2)]
    assert panels_of(apart) == [apart]
    assert panels_of(together) == [[together[0], together[2]], [together[1]]]
    assert panels_of([fact("Oslo", 0, until=5), fact("Lisbon", 0, known=5)]) == [[fact("Oslo", 0, until=5), fact("Lisbon", 0, known=5)]]
    assert len(draw_two_times(together).axes) == 2


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ([], "facts of nothing"),
        ([fact(), fact(predicate="likes")], "Alice likes, Alice lives_in"),
        ([fact(), fact(subject="Ben")], "Ben lives_in"),
    ],
)
def test_one_picture_is_of_one_subject_and_predicate(facts: list[Fact], named: str) -> None:
    with pytest.raises(InvalidInput, match=named):
        draw_two_times(facts)


@pytest.mark.parametrize("module", ["mem0g.notebook", "mem0g.evaluation.benchmark.picture"])
def test_without_matplotlib_the_way_out_is_named(module: str) -> None:
    code = f"import sys; sys.modules['matplotlib'] = None; import {module}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1].startswith("mem0g.errors.MissingExtra: ")
    assert "pip install '/path/to/mem0g[notebook]'" in done.stderr
