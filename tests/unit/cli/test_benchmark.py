"""`mem0g evaluate locomo-answers`: from a file to answers, marks, tables and files, against a scripted server."""

import json
import os
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from llm_server import Body, LLMServer, Reply, failure
from small_locomo import served, small

from mem0g.cli import main
from mem0g.evaluation.benchmark.systems import USUAL
from mem0g.prompts.benchmark import answer_prompt


@pytest.fixture
def server() -> Iterator[LLMServer]:
    with LLMServer(served) as server:
        yield server


def run(folder: Path, *arguments: object, server: LLMServer | None = None, **environment: str) -> Result:
    """The command on the small data, with all that it keeps in `folder`."""
    data = folder / "small.json" if (folder / "small.json").exists() else small(folder)
    here = {"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "test"} if server else {}
    options = ["--data", str(data), "--out", str(folder / "out"), *map(str, arguments)]
    runner = CliRunner(env={"COLUMNS": "140", "MEM0G_EMBEDDER": "none", **here, **environment})
    return runner.invoke(main, ["evaluate", "locomo-answers", *options])


def done(folder: Path, *arguments: object, server: LLMServer | None = None, **environment: str) -> Result:
    result = run(folder, *arguments, server=server, **environment)
    assert result.exit_code == 0, result.output
    return result


def rows(result: Result, first: int = 0) -> dict[str, list[str]]:
    """The cells of the table that begins after so many others, by system."""
    tables = result.stdout.split("\n\n")
    return {line.split()[0]: line.split()[1:] for line in tables[first].splitlines()[3:] if line.split()}


def chats(server: LLMServer) -> list[Any]:
    return [asked for asked in server.requests if asked.path.endswith("/chat/completions")]


def test_all_systems_from_a_file_to_tables_and_files(tmp_path: Path, server: LLMServer) -> None:
    meanings = {"MEM0G_EMBEDDER": "openai", "MEM0G_EMBEDDING_MODEL": "scripted", "MEM0G_EMBEDDING_DIMENSION": "8"}
    result = done(tmp_path, "--runs", 2, server=server, **meanings)
    scores = rows(result)
    assert list(scores) == list(USUAL)
    assert scores["full-context"][:2] == ["60.0", "[20.0–100.0]"]
    assert scores["no-memory"][:4] == ["0.0", "[0.0–0.0]", "0.0", "[0.0–0.0]"]
    assert scores["rag-2048"][:4] == scores["full-context"][:4] == scores["mem0g"][:4]  # all of a small conversation is found
    assert {row[-1] for row in scores.values()} == {"0"}
    values = json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))
    assert values["settings"] == {"model": "gpt-4o-mini", "embedder": "scripted", "prompts": "1", "kind": "settings"}
    assert (tmp_path / "out" / "results.png").read_bytes().startswith(b"\x89PNG")
    assert f"Written: {tmp_path}/out/results.json, {tmp_path}/out/results.png." in result.stderr
    # What the server says each call took: 11 tokens in, 7 out. Of each of three sessions one reading and one summary.
    per_system = {name: each["cost"] for name, each in values["systems"].items()}
    assert per_system["mem0g"]["ingesting"]["calls"] == per_system["mem0"]["ingesting"]["calls"] == 6
    assert {each["answering"]["prompt_tokens"] for each in per_system.values()} == {12 * 11}
    assert {each["judging"]["completion_tokens"] for each in per_system.values()} == {24 * 7}
    assert len(chats(server)) == 7 * (12 + 24) + 2 * 6
    told = next(line for line in result.stderr.splitlines() if line.startswith("To be asked: "))
    assert told.startswith(f"To be asked: {len(chats(server))} calls, about ")


def test_the_judges_disagree_where_an_answer_says_only_part(tmp_path: Path, server: LLMServer) -> None:
    result = done(tmp_path, "--systems", "full-context", "--json", server=server)
    score = json.loads(result.stdout)["systems"]["full-context"]["all"]
    assert (score["judged"]["strict"]["mean"], score["judged"]["lenient"]["mean"]) == (0.6, 1.0)
    assert (score["only_lenient"], score["only_strict"]) == (2, 0)


def test_tables_by_category_by_time_and_by_cost_follow(tmp_path: Path, server: LLMServer) -> None:
    result = done(tmp_path, "--systems", "full-context,no-memory", server=server)
    by_category = "".join(rows(result, 1)["full-context"])
    assert by_category == "0.0/100.0" + "100.0/100.0" + "0.0/100.0" + "100.0/100.0" + "100.0/100.0"
    assert rows(result, 2)["full-context"][1:3] == ["100.0", "%"]
    assert rows(result, 3)["together"][0] == "36"


def test_what_was_broken_off_is_gone_on_with(tmp_path: Path, server: LLMServer) -> None:
    left = [9]

    def until_refused(body: Body) -> Reply:
        left[0] -= 1
        return served(body) if left[0] >= 0 else failure(403, "no credit is left")

    server.script(until_refused)
    stopped = run(tmp_path, "--systems", "full-context", "--runs", 5, "--concurrency", 1, server=server)
    assert stopped.exit_code == 1
    assert "20 calls in a row failed, the last one so: " in stopped.stderr
    assert "no credit is left" in stopped.stderr
    server.script(served)
    before = len(server.requests)
    result = done(tmp_path, "--systems", "full-context", "--runs", 5, server=server)
    assert len(server.requests) - before == 30 * 3 - 9
    assert rows(result)["full-context"][:2] == ["60.0", "[20.0–100.0]"]
    assert rows(result)["full-context"][-1] == "0"
    again = done(tmp_path, "--systems", "full-context", "--runs", 5, server=server)
    assert len(server.requests) - before == 30 * 3 - 9
    assert again.stdout == result.stdout


def test_ctrl_c_keeps_what_was_found(tmp_path: Path, server: LLMServer) -> None:
    left = [9]

    def interrupting(body: Body) -> Reply:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGINT)
        return served(body)

    server.script(interrupting)
    stopped = run(tmp_path, "--systems", "full-context", "--runs", 20, "--concurrency", 1, server=server)
    assert stopped.exit_code == 130
    assert stopped.stderr.endswith(f"mem0g: stopped: what was found is kept in {tmp_path}/out; start again to go on\n")
    kept = (tmp_path / "out" / "journal.jsonl").read_bytes().count(b'"kind":"answer"')
    assert 3 <= kept < 120
    assert rows(done(tmp_path, "--systems", "full-context", server=server))["full-context"][-2:] == ["5", "0"]


def test_what_fails_is_missing_and_never_wrong(tmp_path: Path, server: LLMServer) -> None:
    def no_answer_about_york(body: Body) -> Reply:
        instructions, asked = (message["content"] for message in body["messages"][:2])
        refused = instructions.startswith(answer_prompt().instructions) and asked.endswith("Where did Maya move?")
        return failure(403, "not about York") if refused else served(body)

    server.script(no_answer_about_york)
    result = done(tmp_path, "--systems", "full-context", server=server)
    assert rows(result)["full-context"][:2] == ["50.0", "[0.0–100.0]"]  # two of four, not two of five
    assert rows(result)["full-context"][-2:] == ["5", "1"]
    assert "Missing, or without a mark: 1 answer, which no mean counts." in result.stderr
    assert "not about York" in result.stderr
    server.script(served)
    assert rows(done(tmp_path, "--systems", "full-context", server=server))["full-context"][-2:] == ["5", "0"]


def test_no_more_calls_are_under_way_than_are_allowed(tmp_path: Path, server: LLMServer) -> None:
    done(tmp_path, "--systems", "full-context,no-memory", "--runs", 3, "--concurrency", 2, server=server)
    assert server.most_at_once <= 2


def test_an_estimate_needs_no_model_and_writes_nothing(tmp_path: Path) -> None:
    result = done(tmp_path, "--systems", "mem0g,rag-20", "--estimate")
    assert {name: row[0] for name, row in rows(result).items()} == {"mem0g": "24", "rag-20": "18", "together": "42"}
    values = json.loads(done(tmp_path, "--systems", "mem0g", "--estimate", "--json").stdout)
    assert values["mem0g"]["ingesting"]["calls"] == 6
    assert not (tmp_path / "out").exists()


def test_only_the_conversations_that_are_named(tmp_path: Path, server: LLMServer) -> None:
    done(tmp_path, "--systems", "full-context", "--conversations", "per", server=server)
    assert Counter(asked.path for asked in server.requests) == {"/v1/chat/completions": 3}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--conversations", "anna"), "the data holds no conversation 'anna': it holds maya, per"),
        (("--systems", "zep"), "there is no system 'zep': name mem0g, "),
        (("--systems", " , "), "names nothing"),
        (("--runs", "0"), "--runs"),
        ((), "there is no language model: set OPENAI_API_KEY"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    result = run(tmp_path, *arguments)
    assert result.exit_code in {1, 2}
    assert says in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_rag_without_an_embedder_is_refused_before_anything_is_asked(tmp_path: Path, server: LLMServer) -> None:
    result = run(tmp_path, "--systems", "full-context,rag-128", server=server)
    assert (result.exit_code, server.requests) == (1, [])
    assert "rag-128 compares meanings, and there is no embedder" in result.stderr


def test_another_model_needs_another_folder(tmp_path: Path, server: LLMServer) -> None:
    done(tmp_path, "--systems", "no-memory", server=server)
    result = run(tmp_path, "--systems", "no-memory", server=server, MEM0G_MODEL="other")
    assert result.exit_code == 1
    assert "holds answers of gpt-4o-mini" in result.stderr
