"""What cannot be done is told in one line, with the way out and an exit code."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from mem0g.cli import main
from mem0g.cli.failures import Failure, Interrupted, one_line, told_in_one_line

from .shell import Shell

UNKNOWN = "11111111-1111-5111-8111-111111111111"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["facts", "--as-of", "soon"], "--as-of 'soon' is no time: write"),
        (["facts", "--known-at", "2026-01-01T10:00"], "'2026-01-01T10:00' has no UTC offset: write"),
        (["why", UNKNOWN], f"{UNKNOWN!r} names no fact and no claim"),
        (["why", "12345678"], "'12345678' names no fact and no claim"),
        (["diff", "2026", "2025"], "T2 2025-01-01 is not after T1 2026-01-01"),
        (["retract", UNKNOWN, "--reason", "x"], UNKNOWN),
        (["add-fact", "Alice", "lives_in", "Rome", "--valid-at", "2026", "--invalid-at", "2025"], "--invalid-at 2025-01-01 is not"),
        (["add-fact", "Alice", "lives_in"], "no OBJECT, and nothing is denied: give an object, or --negated to deny any"),
        (["add-fact", "", "lives_in", "Rome"], "SUBJECT '' is empty"),
        (["add-fact", "Acme", "employs", "Alice", "--exclusive"], "--exclusive, and 'employs' is kept as works_for from the other end"),
        (["forget", "--episode", "nothing", "--yes"], "holds no episode 'nothing'"),
        (["forget", "--entity", "Zoe", "--yes"], "knows no entity named 'Zoe'"),
        (["export", "/nowhere/at/all.jsonl"], "/nowhere/at/all.jsonl cannot be written"),
    ],
)  # fmt: skip
def test_an_error_is_one_line_with_the_way_out(alice: Shell, arguments: list[str], told: str) -> None:
    error = alice.error(*arguments)
    assert error.startswith("mem0g: error: ")
    assert told in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["facts", "--nonsense"],
        ["add"],
        ["add", "-", "--text", "both"],
        ["add", "/nowhere.jsonl"],
        ["forget"],
        ["forget", "--everything", "--entity", "Alice"],
        ["search", "x", "--limit", "0"],
        ["retract", "x"],
        ["load", "/nowhere.jsonl"],
        ["add-fact", "Alice", "lives_in", "Rome", "--metadata", "[]"],
        ["add-fact", "Alice", "lives_in", "Rome", "--metadata", "{"],
    ],
)
def test_wrong_usage_exits_with_2(alice: Shell, arguments: list[str]) -> None:
    error = alice.error(*arguments, code=2)
    assert error.startswith("mem0g: error: ")
    assert error.endswith(f" (see mem0g {arguments[0]} --help)\n")
    assert error.count("\n") == 1


@pytest.mark.parametrize("command", ["facts", "episodes", "retry", "graph"])
def test_whose_memory_must_be_said(alice: Shell, command: str) -> None:
    assert "give --user, --agent or --run" in alice.error(command, code=2, user=None)


def test_reading_a_file_that_is_not_there_makes_none(shell: Shell) -> None:
    assert shell.error("facts") == (
        f"mem0g: error: there is no file {shell.db}: name one with --db or MEM0G_DB, or begin one with `mem0g add`\n"
    )
    assert not shell.db.exists()


def test_a_file_that_is_no_memory(shell: Shell) -> None:
    shell.db.write_text("not a database at all, but long enough to look at" * 50)
    error = shell.error("facts")
    assert error.startswith("mem0g: error: ")
    assert str(shell.db) in error


def test_a_ledger_that_cannot_be_loaded(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_text("{}\n")
    assert shell.error("load", str(path), user=None).startswith(f"mem0g: error: {path} is no exported ledger")
    assert not shell.db.exists()


def test_a_ledger_that_is_cut_short_makes_no_memory(alice: Shell, tmp_path: Path) -> None:
    path, new = tmp_path / "ledger.jsonl", tmp_path / "new.db"
    alice.text("export", str(path))
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))
    assert "is cut short" in alice.error("load", str(path), "--db", str(new), user=None)
    assert not new.exists()


def test_a_ledger_that_is_not_there_makes_no_memory(shell: Shell, tmp_path: Path) -> None:
    assert "does not exist (see mem0g load --help)" in shell.error("load", str(tmp_path / "none"), code=2, user=None)
    assert not shell.db.exists()


@pytest.mark.parametrize("arguments", [["nonsense"], ["--nonsense"], ["--nonsense", "facts"]])
def test_a_command_that_there_is_not_is_one_line_too(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("mem0g: error: No such ")
    assert result.stderr.endswith(" (see mem0g --help)\n")
    assert result.stderr.count("\n") == 1


def test_without_a_command_the_help_is_shown() -> None:
    assert "Commands:" in CliRunner().invoke(main, []).output


def test_without_a_measure_all_of_them_are_listed() -> None:
    shown = CliRunner().invoke(main, ["evaluate"]).output
    _, _, told = shown.partition("Commands:")
    assert [line.split()[0] for line in told.strip().splitlines()] == ["as-of", "extraction", "locomo", "locomo-answers"]
    assert "..." not in told
    assert "mem0g: error" not in shown


def test_an_unknown_id_is_told_in_words_that_fit_a_shell(alice: Shell) -> None:
    assert (
        alice.error("why", "zzz") == "mem0g: error: 'zzz' names no fact and no claim of user:alice: facts, timeline and search show ids\n"
    )


def test_an_ambiguous_id_names_those_it_may_mean(alice: Shell) -> None:
    alice.text("add-fact", "Alice", "likes", "tea", "--episode-id", "session-2026-01")
    alice.text("add-fact", "Alice", "likes", "jazz", "--episode-id", "session-2026-02")
    error = alice.error("forget", "--episode", "session-2026", "--dry-run")
    assert "'session-2026' begins 2 ids: session-2026-01, session-2026-02; give more of it" in error


def test_control_characters_and_line_breaks_leave_an_error_in_one_line() -> None:
    assert one_line("a\nb\x1b[31m  c") == "a b [31m c"


def test_an_interrupt_is_told_and_exits_with_130() -> None:
    with pytest.raises(Interrupted) as raised, told_in_one_line():
        raise KeyboardInterrupt
    assert raised.value.exit_code == 130
    assert "retry" in raised.value.message


def test_an_error_of_the_system_is_one_line() -> None:
    with pytest.raises(Failure) as raised, told_in_one_line():
        raise PermissionError(13, "Permission denied", "/secret")
    assert raised.value.message == "/secret: Permission denied"


def test_a_reader_that_goes_away_is_no_error(alice: Shell) -> None:
    for number in range(30):
        alice.run("add-fact", "Alice", "likes", f"thing {number} {'x' * 900}")
    command = [sys.executable, "-m", "mem0g", "timeline", "Alice", "--user", "alice", "--json", "--db", str(alice.db)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""


def test_a_character_the_terminal_lacks_is_replaced(alice: Shell) -> None:
    environment = {"PYTHONIOENCODING": "ascii", "MEM0G_DB": str(alice.db)}
    command = [sys.executable, "-m", "mem0g", "timeline", "Alice", "--user", "alice"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "lives_in" in done.stdout


def test_the_help_says_of_every_command_what_it_does() -> None:
    _, _, told = CliRunner().invoke(main, ["--help"]).output.partition("Commands:")
    assert len(told.strip().splitlines()) == len(main.commands)
    assert "..." not in told


def test_the_help_of_every_command_is_readable() -> None:
    for name in main.commands:
        result = CliRunner().invoke(main, [name, "--help"])
        assert result.exit_code == 0
        assert max(map(len, result.output.splitlines())) <= 80
