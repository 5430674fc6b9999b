"""A journal survives whoever wrote it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mem0g.errors import InvalidInput
from mem0g.evaluation.benchmark.journal import (
    FILE,
    AnswerLine,
    FailureLine,
    Found,
    IngestedLine,
    Journal,
    Line,
    MarkLine,
    Place,
    Settings,
    read_journal,
)
from mem0g.evaluation.benchmark.marking import Mark
from mem0g.evaluation.benchmark.systems import Answered
from mem0g.ports import Usage

SETTINGS = Settings("gpt", "MiniLM", "1")
PLACE = Place("mem0g", "maya-1", 0, 1)
USAGE = Usage(1, 20, 3, 0.5)
INGESTED = IngestedLine("mem0g", "maya-1", 2.5, USAGE)
ANSWER = AnswerLine(PLACE, Answered("York – “Jórvík”\n\u2028", 12, 0.01, 0.6), USAGE)
MARK = MarkLine(PLACE, "strict", Mark(correct=True, reason="the same"), USAGE)
FAILURE = FailureLine("mark", "mem0g", "maya-1", "too slow", USAGE)
LINES: list[Line] = [INGESTED, ANSWER, MARK, FAILURE]


def written(folder: Path, *lines: Line, settings: Settings = SETTINGS) -> Found:
    with Journal(folder, settings) as journal:
        for line in lines:
            journal.add(line)
        return journal.found


def test_what_is_added_is_read_again(tmp_path: Path) -> None:
    found = written(tmp_path / "new" / "folder", *LINES)
    assert read_journal(tmp_path / "new" / "folder") == found
    assert found.settings == SETTINGS
    assert found.ingested == {("mem0g", "maya-1"): INGESTED}
    assert found.answers == {PLACE: ANSWER}
    assert found.marks == {(PLACE, "strict"): MARK}
    assert found.failures == [FAILURE]
    assert found.ingested["mem0g", "maya-1"].usage.seconds == 0.5


def test_a_second_start_adds_to_the_first(tmp_path: Path) -> None:
    written(tmp_path, INGESTED)
    assert written(tmp_path, ANSWER).ingested
    assert (tmp_path / FILE).read_bytes().count(b"\n") == 3


@pytest.mark.parametrize("kept", range(1, 60, 7))
def test_a_last_line_that_was_cut_off_is_done_again(tmp_path: Path, kept: int) -> None:
    written(tmp_path, INGESTED, ANSWER)
    whole = (tmp_path / FILE).read_bytes()
    start = whole.index(b"\n", whole.index(b"\n") + 1) + 1
    (tmp_path / FILE).write_bytes(whole[: start + kept])
    assert read_journal(tmp_path).answers == {}
    assert written(tmp_path, ANSWER).answers == {PLACE: ANSWER}
    assert (tmp_path / FILE).read_bytes() == whole


def test_a_journal_cut_off_in_its_first_line_begins_anew(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b'{"model":"g')
    assert written(tmp_path, INGESTED).settings == SETTINGS


def test_another_model_is_refused(tmp_path: Path) -> None:
    written(tmp_path, ANSWER)
    with pytest.raises(InvalidInput, match=r"answers of gpt \(embedder MiniLM, prompts 1\), and .* of gpt \(embedder none, prompts 1\)"):
        written(tmp_path, settings=Settings("gpt", None, "1"))


def test_a_line_that_is_none_is_named(tmp_path: Path) -> None:
    written(tmp_path, INGESTED)
    with (tmp_path / FILE).open("ab") as file:
        file.write(b'{"kind": "dream"}\n')
    with pytest.raises(InvalidInput, match=r"journal\.jsonl, line 3 is no line of a journal"):
        read_journal(tmp_path)


def test_of_two_lines_for_one_place_the_first_counts(tmp_path: Path) -> None:
    other = AnswerLine(PLACE, Answered("Leeds", 1, 0, 0), USAGE)
    assert written(tmp_path, ANSWER, other).answers == {PLACE: ANSWER}


def test_threads_write_whole_lines(tmp_path: Path) -> None:
    places = [Place("mem0g", "maya-1", number, 0) for number in range(200)]
    with Journal(tmp_path, SETTINGS) as journal, ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda place: journal.add(AnswerLine(place, ANSWER.answered, USAGE)), places))
    assert set(read_journal(tmp_path).answers) == set(places)
