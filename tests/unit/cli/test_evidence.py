"""`mem0g evaluate locomo`, end to end on a conversation made by hand, with the real embedder and the offline extractor."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mem0g.cli import main
from unit.evaluation.locomo_file import write_sample


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_sample(tmp_path / "tiny.json")


def run(*arguments: object, **environment: str) -> Result:
    return CliRunner(env={"COLUMNS": "120", **environment}).invoke(main, ["evaluate", "locomo", *map(str, arguments)])


def test_a_person_sees_tables(data: Path) -> None:
    shown = run("--data", data)
    assert shown.exit_code == 0, shown.output
    lines = [" ".join(line.split()) for line in shown.stdout.splitlines()]
    assert lines[0].startswith("Conversations tiny; questions: 1 multi-hop, 1 temporal, 1 single-hop; meanings by all-MiniLM-L6-v2")
    assert "method R@5 R@10 R@30 MRR 500 tokens 1,000 tokens" in lines
    assert any(line.startswith("mem0g 100.0 100.0 100.0 ") for line in lines)
    assert "mem0g 100.0 100.0 100.0" in lines
    assert any(line.startswith("without walk +0.0 +0.0 +0.0") for line in lines)
    assert any(line.startswith("tiny 5 3 ") for line in lines)


@pytest.mark.parametrize("environment", [{}, {"OPENAI_API_KEY": "sk-test"}])
def test_the_half_that_asks_a_model_is_named(data: Path, environment: dict[str, str]) -> None:
    shown = run("--data", data, **environment)
    assert f"`mem0g evaluate locomo-answers --data {data} --estimate` says what they cost." in shown.stderr.splitlines()[-1]


def test_a_program_gets_json(data: Path) -> None:
    answer = json.loads(run("--data", data, "--conversations", "tiny", "--json").stdout)
    assert answer["questions"] == {"multi-hop": 1, "temporal": 1, "single-hop": 1}
    assert answer["mem0g"]["recall_at_10"] == 1
    assert answer["mem0g"]["categories"]["multi-hop"]["recall_at_5"] == 1
    assert {each["method"] for each in answer["without"]} >= {"without walk", "without semantic", "names left in"}
    assert set(answer["without"][0]["difference"]) == set(answer["mem0g"]) - {"method", "categories"}
    assert answer["search_ms"][0]["conversation"] == "tiny"


@pytest.mark.parametrize(
    ("arguments", "environment", "words"),
    [
        (["--conversations", "conv-1"], {}, "there is no conversation conv-1: there are tiny"),
        ([], {"MEM0G_EMBEDDER": "none"}, "there is no embedder"),
    ],
)
def test_what_cannot_be_measured_is_said(data: Path, arguments: list[str], environment: dict[str, str], words: str) -> None:
    result = run("--data", data, *arguments, **environment)
    assert result.exit_code == 1
    assert words in result.stderr


def test_a_file_that_is_no_conversation_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}")
    assert run("--data", tmp_path / "x.json").exit_code == 1
    assert run("--data", tmp_path / "none.json").exit_code == 2
