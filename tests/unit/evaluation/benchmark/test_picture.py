"""The picture shows what the report has."""

from io import BytesIO
from pathlib import Path

from small_locomo import scripted, small

from mem0g.evaluation.benchmark.journal import Found
from mem0g.evaluation.benchmark.picture import draw
from mem0g.evaluation.benchmark.report import report
from mem0g.evaluation.benchmark.running import Plan, run
from mem0g.evaluation.benchmark.systems import systems
from mem0g.evaluation.locomo_data import read_conversations
from mem0g.testing import ScriptedModel


def test_systems_stand_in_order_with_both_judges(tmp_path: Path) -> None:
    plan = Plan(read_conversations(small(tmp_path)), systems(["full-context", "no-memory"]))
    found = run(plan, ScriptedModel(scripted), None, tmp_path / "out")
    picture = draw(report(plan, found, seed=0))
    by_system, by_tokens = picture.axes
    assert [label.get_text() for label in by_system.get_yticklabels()] == ["full-context", "no-memory"]
    points = {bars.get_label(): list(bars.lines[0].get_xdata()) for bars in by_system.containers}
    assert points == {"strict": [60, 0], "lenient": [100, 0]}
    assert sorted(text.get_text() for text in by_tokens.texts) == ["full-context", "no-memory"]
    assert "LoCoMo maya, per, scripted-model, runs: 1" in picture.get_suptitle()
    file = BytesIO()
    picture.savefig(file)
    assert file.getvalue().startswith(b"\x89PNG")


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    plan = Plan(read_conversations(small(tmp_path)), systems(["no-memory"]))
    picture = draw(report(plan, Found(), seed=0))
    assert "6 answers missing" in picture.get_suptitle()
    assert [label.get_text() for label in picture.axes[0].get_yticklabels()] == ["no-memory"]
