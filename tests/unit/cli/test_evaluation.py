"""`mem0g evaluate extraction`: the scores of gold files, for a person and for a program."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from llm_server import LLMServer, answer

from mem0g.cli import main
from mem0g.evaluation.running import Evaluation
from mem0g.evaluation.scoring import Mark, Score
from mem0g.ports import Usage

LEEDS = {"subject": "Maya", "predicate": "lives_in", "object": "Leeds", "said": "2025-01-10", "text": "Maya lives in Leeds."}
ACME = {"subject": "Maya", "predicate": "works_for", "object": "Acme", "said": "2025-01-10", "text": "Maya works for Acme."}
YORK = {
    "subject": "Maya", "predicate": "lives_in", "object": "York", "valid_from": "2025-02-24", "valid_from_until": "2025-03-03",
    "operations": [{"operation": "UPDATE", "given": 0}],
}  # fmt: skip
MOVED = {
    "id": "m1", "category": "change", "owner": "Maya", "speaker": "Maya", "said": "2025-03-05T18:00:00Z",
    "text": "I moved to York last week.", "given": [{**LEEDS, "ended": True}, ACME], "claims": [YORK],
}  # fmt: skip
LIVES = {**MOVED, "id": "m2", "category": "repeat", "text": "I live in Leeds.", "claims": []}
"""Gold that does not have what is read: the facts of a wrong answer."""


def gold(path: Path, *cases: object) -> Path:
    path.write_text("".join(f"{json.dumps(case)}\n" for case in cases), encoding="utf-8")
    return path


def run(*arguments: object, **environment: str) -> Result:
    return CliRunner(env={"COLUMNS": "120", **environment}).invoke(main, ["evaluate", "extraction", *map(str, arguments)])


def text(*arguments: object, **environment: str) -> str:
    result = run(*arguments, **environment)
    assert result.exit_code == 0, result.output
    return result.stdout


def machine(*arguments: object, **environment: str) -> Any:
    return json.loads(text(*arguments, "--json", **environment))


def test_a_file_is_measured_for_a_person(tmp_path: Path) -> None:
    result = run(gold(tmp_path / "gold.jsonl", MOVED))
    assert result.exit_code == 0
    assert "offline rules" in result.stderr
    assert result.stdout.splitlines()[0] == f"{tmp_path / 'gold.jsonl'}: 1 case, read by offline-spacy"
    rows = {line.split()[0]: line.split()[1:] for line in result.stdout.splitlines() if line.split()}
    assert rows["change"] == rows["all"] == ["1", "1.00", "1.00", "1.00", "1.00", "1.00", "0", "of", "1", "0", "of", "1"]
    assert rows["UPDATE"] == rows["together"] == ["1.00", "1.00", "1.00"]
    assert "False retirements: 0 of 1 given fact that had to stand." in result.stdout
    assert "model" not in result.stdout


def test_a_file_is_measured_for_a_program(tmp_path: Path) -> None:
    told = machine(gold(tmp_path / "gold.jsonl", MOVED))
    (file,) = told["files"]
    one = {"right": 1, "wrong": 0, "missed": 0, "precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert file == {
        "file": str(tmp_path / "gold.jsonl"),
        "extractor": "offline-spacy",
        "cases": 1,
        "unread": 0,
        "triplets": one,
        "optional": 0,
        "times": {"right": 1, "of": 1, "share": 1.0},
        "operations": {"UPDATE": one, "together": one},
        "false_retirements": {"count": 0, "of": 1},
        "still_standing": {"count": 0, "of": 1},
        "broken_silence": {"count": 0, "of": 0},
        "categories": {"change": {name: file[name] for name in file if name not in {"file", "extractor", "categories", "model"}}},
        "model": {"calls": 0, "prompt_tokens": 0, "completion_tokens": 0},
    }
    assert told["together"] == {name: file[name] for name in file if name != "file"}


def test_files_are_told_apart_and_together(tmp_path: Path) -> None:
    files = [gold(tmp_path / "one.jsonl", MOVED), gold(tmp_path / "two.jsonl", LIVES)]
    told = machine(*files)
    assert [file["file"] for file in told["files"]] == [str(file) for file in files]
    assert [part["cases"] for part in (*told["files"], told["together"])] == [1, 1, 2]
    assert set(told["together"]["categories"]) == {"change", "repeat"}
    headings = [line for line in text(*files).splitlines() if "read by" in line]
    assert headings[-1] == "together: 2 cases, read by offline-spacy"
    assert len(headings) == 3


def test_verbose_names_every_fault(tmp_path: Path) -> None:
    wrong = {**MOVED, "id": "m3", "claims": [{**YORK, "object": "Hull"}]}
    path = gold(tmp_path / "gold.jsonl", LIVES, wrong)
    shown = text(path, "--verbose")
    assert "wrong  m2  Maya lives_in Leeds" in shown
    assert "still standing  m2  Maya lives in Leeds." in shown
    assert "“I live in Leeds.”" in shown
    assert "missed  m3  Maya lives_in Hull (2025-02-24 to –) (start before 2025-03-03)" in shown
    assert "Maya lives_in Hull" not in text(path)
    (file,) = machine(path, "--verbose")["files"]
    assert [(each["case"], each["fault"]) for each in file["findings"]] == [
        ("m2", "wrong"), ("m2", "still standing"), ("m3", "wrong"), ("m3", "missed"),
    ]  # fmt: skip
    assert "findings" not in machine(path)["files"][0]


def test_a_configured_model_reads_instead(tmp_path: Path) -> None:
    with LLMServer(answer({"entities": [], "claims": []})) as server:
        told = machine(gold(tmp_path / "gold.jsonl", MOVED), OPENAI_BASE_URL=server.url, OPENAI_API_KEY="test")
    assert told["together"]["extractor"].startswith("llm:")
    assert told["together"]["triplets"]["missed"] == 1


def test_what_the_model_was_asked_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    from mem0g.cli.tables import TableScreen  # noqa: PLC0415 - for this test only

    TableScreen().evaluated([Evaluation("gold", "llm:m", [Mark("change", Score(cases=1))], Usage(2, 1500, 30))], verbose=False)
    assert "The model was asked 2 times: 1,500 tokens in, 30 out." in capsys.readouterr().out


def test_a_bad_file_is_named_before_anything_is_read(tmp_path: Path) -> None:
    bad = gold(tmp_path / "bad.jsonl", MOVED, {**MOVED, "id": "m2", "said": "soon"})
    result = run(gold(tmp_path / "good.jsonl", MOVED), bad)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"mem0g: error: {bad}, line 2: said: ")
    assert result.stderr.count("\n") == 1


def test_a_file_has_to_be_named(tmp_path: Path) -> None:
    assert "Missing argument 'FILE...'" in run().stderr
    assert "does not exist" in run(tmp_path / "gone.jsonl").stderr
    assert "mem0g evaluate extraction tests/gold/extraction.jsonl" in text("--help")
