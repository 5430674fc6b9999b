"""`mem0g add`: a conversation from a file, from standard input, or a text; and what is wrong with them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from llm_server import Body, LLMServer, Reply, answer

from .shell import Shell

MESSAGES = (
    {"role": "user", "name": "Alice", "content": "I live in Oslo.", "occurred_at": "2026-01-12T10:00:00Z"},
    {"name": "Alice", "content": "I moved to Lisbon.", "occurred_at": "2026-03-02T10:00:00Z"},
    {"role": "system", "content": "Be kind.", "occurred_at": "2026-03-02T11:00:00Z"},
)


def lines(*messages: object) -> str:
    return "".join(f"{message if isinstance(message, str) else json.dumps(message)}\n" for message in messages)


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    path = tmp_path / "chat.jsonl"
    path.write_text(lines(*MESSAGES), encoding="utf-8")
    return path


def test_add_a_file_tells_what_it_read_and_with_what(shell: Shell, chat: Path) -> None:
    result = shell.run("add", str(chat))
    assert result.exit_code == 0
    assert result.stderr.count("\n") == 1
    assert "offline rules" in result.stderr
    assert "language model" in result.stderr
    assert "Alice lives_in Lisbon" in result.stdout
    assert "superseded on 2026-03-02 10:00Z: “Alice lives in Lisbon.”" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("3 episodes: ")
    assert [fact["object"] for fact in shell.json("facts")] == ["Lisbon"]


def test_a_terminal_gets_a_progress_bar(shell: Shell, chat: Path) -> None:
    shown = shell.on_a_terminal("add", str(chat))
    assert "reading" in shown
    assert "2/2" in shown


def test_add_the_same_file_again_changes_nothing(shell: Shell, chat: Path) -> None:
    shell.text("add", str(chat))
    assert shell.text("add", str(chat)) == "3 episodes: nothing new was read.\n"


def test_add_from_standard_input_in_json(shell: Shell) -> None:
    added = shell.json("add", "-", stdin=lines(*MESSAGES))
    assert set(added) == {"episode_ids", "claim_ids", "created", "confirmed", "superseded", "decisions", "merged", "refused", "usage"}
    assert len(added["episode_ids"]) == 3
    assert added["superseded"][0]["fact"]["object"] == "Oslo"


def test_blank_lines_and_a_byte_order_mark_are_passed_over(shell: Shell) -> None:
    assert len(shell.json("add", "-", stdin="\ufeff" + lines("", MESSAGES[0], "  "))["episode_ids"]) == 1


def test_add_a_text(shell: Shell) -> None:
    added = shell.json("add", "--text", "I live in Oslo.", "--occurred-at", "2026-01-12", "--episode-id", "e1", "--metadata", '{"a": 1}')
    assert added["episode_ids"] == ["e1"]
    assert [fact["created_at"] for fact in added["created"]] == ["2026-01-12T00:00:00Z"]


def test_retry_with_nothing_pending(shell: Shell, chat: Path) -> None:
    shell.text("add", str(chat))
    assert shell.text("retry") == "Nothing changed.\n"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{not json", "not JSON"),
        ("[", "one line is one JSON object"),
        ("[1]", "one line is one JSON object, not a list"),
        ('{"role": "user"}', "no message"),
        ('{"role": "king", "content": "x"}', "message['role']='king' is unknown"),
        ('{"content": 5}', "message['content']=5 is no content"),
        ('{"content": "x", "occurred_at": "yesterday"}', "message['occurred_at']='yesterday' is no time"),
        ('{"content": "x", "occurred_at": "2026-01-01T10:00:00"}', "has no UTC offset"),
        ('{"content": "\\u0000"}', "U+0000"),
        ('{"content": "\\ud800"}', "U+D800"),
        ("[" * 100_000, "not JSON that can be read"),
    ],
)  # fmt: skip
def test_a_bad_line_is_named_before_anything_is_written(shell: Shell, tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "chat.jsonl"
    path.write_text(lines(MESSAGES[0], line), encoding="utf-8")
    error = shell.error("add", str(path))
    assert error.startswith(f"mem0g: error: {path}, line 2: ")
    assert told in error
    assert error.count("\n") == 1
    assert not shell.db.exists()


def test_a_file_that_is_not_utf_8_is_named(shell: Shell) -> None:
    assert "standard input, line 1: not UTF-8" in shell.error("add", "-", stdin=b'{"content": "\xff"}')


def test_a_file_without_messages_is_refused(shell: Shell) -> None:
    assert "standard input holds no message" in shell.error("add", "-", stdin="\n")


def reading(body: Body) -> Reply:
    """What a model would answer: the name of the place, where the new message has one."""
    said = json.loads(body["messages"][-1]["content"].splitlines()[-1])["text"]
    place = said.split()[-1].rstrip(".")
    return answer({"claims": [{"message": 1, "quote": said, "subject": "I", "predicate": "lives_in", "object": place}]})


@pytest.fixture
def modelled(tmp_path: Path) -> Iterator[Shell]:
    """A shell whose text is read by a model on loopback."""
    with LLMServer(reading) as server:
        yield Shell(tmp_path / "memory.db", environment={"MEM0G_EMBEDDER": "none", "OPENAI_BASE_URL": server.url})


def test_what_a_model_was_asked_is_told(modelled: Shell) -> None:
    assert modelled.text("add", "--text", "I live in Oslo.").splitlines()[-1].startswith("extraction: 1 call, 11 tokens in, 7 out, ")
    usage = modelled.json("add", "--text", "I moved to Bergen.")["usage"]
    assert usage["extraction"]["calls"] == 1
    assert usage["extraction"]["prompt_tokens"] == 11


def reading_too_much(body: Body) -> Reply:
    """The place, a claim that stands on no words of the message, and one of a message that was not asked about."""
    said = json.loads(body["messages"][-1]["content"].splitlines()[-1])["text"]
    place = {"message": 1, "quote": said, "subject": "I", "predicate": "lives_in", "object": said.split()[-1].rstrip(".")}
    made_up = {**place, "quote": "I love jazz.", "predicate": "likes", "object": "jazz"}
    return answer({"claims": [place, made_up, made_up, {**place, "message": 7}]})


def test_claims_that_are_left_out_are_told_by_why(tmp_path: Path) -> None:
    with LLMServer(reading_too_much) as server:
        shell = Shell(tmp_path / "memory.db", environment={"MEM0G_EMBEDDER": "none", "OPENAI_BASE_URL": server.url})
        lines = shell.text("add", "--text", "I live in Oslo.").splitlines()
        assert lines[-4:-1] == [
            "Left out: 2 claims: no words of the message say it.",
            "Left out: 1 claim: no such message.",
            "1 episode: 1 fact new.",
        ]
        refused = shell.json("add", "--text", "I live in Bergen.")["refused"]
    assert refused == {"no words of the message say it": 2, "no such message": 1}


def test_a_spent_budget_is_told_and_the_rest_read_later(modelled: Shell, chat: Path) -> None:
    error = modelled.error("add", str(chat), "--max-calls", "1")
    assert "--max-calls 1 is spent" in error
    assert "1 of 3 episodes are stored and pending" in error
    assert [fact["object"] for fact in modelled.json("facts")] == ["Oslo"]
    modelled.text("retry", "--max-calls", "1")
    assert [fact["object"] for fact in modelled.json("facts")] == ["Lisbon"]
