"""`mem0g summary`: what a language model on loopback says of what was said so far, and that `add` leaves none unmade."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from llm_server import Body, LLMServer, Reply, answer

from .shell import Shell


def reading_and_summing_up(body: Body) -> Reply:
    """No claims of messages; of those to be summed up, how many there are."""
    text = body["messages"][-1]["content"]
    if "Messages:" not in text and "Messages since:" not in text:
        return answer({"claims": []})
    return answer({"text": f"{text.count('said')} messages."})


@pytest.fixture
def modelled(tmp_path: Path) -> Iterator[Shell]:
    with LLMServer(reading_and_summing_up) as server:
        yield Shell(tmp_path / "memory.db", environment={"MEM0G_EMBEDDER": "none", "OPENAI_BASE_URL": server.url})


def chat(messages: int) -> str:
    return "".join(f'{{"content": "word {number}", "occurred_at": "2026-01-{number + 1:02}"}}\n' for number in range(messages))


def test_a_command_that_adds_and_ends_leaves_the_summary_made(modelled: Shell) -> None:
    added = modelled.json("add", "-", stdin=chat(20))
    assert added["usage"]["summary"]["calls"] == 1
    shown = modelled.json("summary")
    assert (shown["summary"]["text"], shown["summary"]["episodes"]) == ("20 messages.", 20)
    assert shown["summary"]["through"] == "2026-01-20T00:00:00Z"
    assert shown["usage"] == {}


def test_refresh_makes_it_now(modelled: Shell) -> None:
    modelled.text("add", "-", stdin=chat(3))
    assert modelled.text("summary").startswith("There is no summary yet: ")
    assert modelled.json("summary") == {"summary": None, "usage": {}}
    done = modelled.run("summary", "--refresh")
    assert done.stderr.startswith("Summing up with gpt-4o-mini, at http://")
    lines = done.stdout.splitlines()
    assert lines[0] == "3 messages."
    assert lines[1].startswith("Of 3 messages up to 2026-01-03; by llm:gpt-4o-mini:summary-1 on ")
    assert lines[2].startswith("summary: 1 call")
    assert modelled.text("summary").splitlines()[0] == "3 messages."


def test_without_a_model_none_is_made(alice: Shell) -> None:
    assert "set OPENAI_API_KEY, or OPENAI_BASE_URL, and MEM0G_MODEL" in alice.error("summary", "--refresh")
    assert alice.text("summary").startswith("There is no summary yet")
