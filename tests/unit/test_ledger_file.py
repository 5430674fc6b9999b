"""The ledger as a file: the same bytes, whole or not at all, and nothing damaged gets in."""

import json
import re
from collections.abc import Callable
from dataclasses import fields
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from mem0g import Memory
from mem0g.errors import EpisodeConflict, InvalidInput, InvalidLedger, NotFound
from mem0g.ledger_file import Ledger, read_ledger, write_ledger
from mem0g.model import (
    Claim,
    Entity,
    Episode,
    Fact,
    Judgement,
    Kind,
    Merge,
    Naming,
    Operation,
    Progress,
    Record,
    Retraction,
    Source,
    Stage,
    Value,
    Wording,
)
from mem0g.period import Precision
from mem0g.testing import ManualClock

from .samples import ALICE, BOB, GRAPH, LISBON, PORTO, claim, day

LINES = 'a\u2028b\u2029c\x85d\x0be\x0cf\x1cg\r\nh\ti"j\\k 😀 \u200b 日本'
"""Whatever somebody takes for the end of a line, and what JSON has to escape."""


def entity(id: str, **others: Any) -> Entity:
    return Entity(id, GRAPH, id.title(), day(0), **others)  # type: ignore[arg-type]  # ids are of their own type


RECORDS: list[Record] = [
    Episode(
        "e", GRAPH, LINES, day(0.123456789), day(1), "Zoë", "assistant", Source.FACT, '{"subject": "\u2028"}', "alice", "a", "r",
        {"nested": {"list": [1, 2.5, None, True, LINES]}, "": "", "ключ": -1e300},
    ),
    Episode("f", GRAPH, "hello", day(-400_000), day(1), "Alice"),
    entity(ALICE, type="person", discriminator="the elder", aliases=("Ali", "Άλις")),
    entity(BOB),
    entity(LISBON),
    entity(PORTO, type="place"),
    Naming("n", GRAPH, BOB, LINES, "e", day(0), day(2), alias=True),
    Merge("m", GRAPH, LISBON, PORTO, LINES, day(2)),
    Merge("o", GRAPH, LISBON, PORTO, LINES, day(2), "a model", negated=True),
    Wording("w", GRAPH, "führt", "reports_to", LINES, day(2), "a model", inverse=True),
    claim("c", LISBON, episode_id="e"),
    claim(
        "d", Value("82 Kg", "amount"), 1, episode_id="e", index=3, holder=BOB, quote=LINES, kind=Kind.EVENT,
        valid_from=day(-3), valid_to=day(3), precision=Precision.WEEK, correction=True,
        replaces=Value("81", "number"), confidence=1 / 3, exclusive=False,
    ),
    claim("n", None, 2, episode_id="f", negated=True, replaces=PORTO),
    Judgement("j", GRAPH, "d", "c", Operation.CORRECTS, "because", day(3), "model-x"),
    Retraction("r", GRAPH, ("c", "d"), day(4), "wrong", day(5)),
]  # fmt: skip
PROGRESS = [Progress("e", Stage.FAILED, "no\nanswer", ""), Progress("f", Stage.EXTRACTED, "", "scripted")]
LEDGER = Ledger(GRAPH, RECORDS, PROGRESS)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.jsonl"


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def rewrite(path: Path, lines: list[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def edit(path: Path, number: int, **values: object) -> None:
    """Change values of the record on a line."""
    lines = lines_of(path)
    lines[number - 1] = json.dumps(json.loads(lines[number - 1]) | values)
    rewrite(path, lines)


def line_of(path: Path, **values: object) -> int:
    """The number of the first line that has these values."""
    return next(number for number, line in enumerate(lines_of(path), 1) if values.items() <= json.loads(line).items())


# What is written


def test_every_kind_of_record_comes_back_as_it_was(path: Path) -> None:
    assert write_ledger(path, LEDGER) == len(RECORDS) + len(PROGRESS)
    assert read_ledger(path) == LEDGER


def test_the_sample_holds_every_field_of_every_kind_with_a_value_of_its_own() -> None:
    """Else a field that is not written would not be missed."""
    for kind in {type(record) for record in (*RECORDS, *PROGRESS)}:
        same = [record for record in (*RECORDS, *PROGRESS) if type(record) is kind]
        for each in fields(kind):
            default = each.default
            assert any(getattr(record, each.name) not in (default, None, {}, ()) for record in same), (kind, each.name)


def test_the_same_ledger_gives_the_same_bytes(path: Path, tmp_path: Path) -> None:
    write_ledger(path, LEDGER)
    write_ledger(tmp_path / "again.jsonl", read_ledger(path))
    assert (tmp_path / "again.jsonl").read_bytes() == path.read_bytes()


def test_a_record_is_one_line_whatever_its_text_holds(path: Path) -> None:
    write_ledger(path, LEDGER)
    assert path.read_bytes().count(b"\n") == len(RECORDS) + len(PROGRESS) + 2
    assert b"\r" not in path.read_bytes()


def test_a_file_that_a_windows_editor_saved_is_read(path: Path) -> None:
    write_ledger(path, LEDGER)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_ledger(path) == LEDGER


def test_an_episode_as_long_as_may_be_comes_back(path: Path) -> None:
    long = Ledger(GRAPH, [Episode("e", GRAPH, "x" * 1_000_000, day(0), day(0), "Alice")], [])
    write_ledger(path, long)
    assert read_ledger(path) == long


def test_instants_of_another_offset_are_read_as_utc(path: Path) -> None:
    write_ledger(path, LEDGER)
    number = line_of(path, record="claim", id="d")
    local = day(1).astimezone(timezone(timedelta(hours=9)))
    edit(path, number, said_at=local.isoformat())
    [read] = [record for record in read_ledger(path).records if record.id == "d"]
    assert isinstance(read, Claim)
    assert (read.said_at, read.said_at.isoformat()) == (day(1), "2026-01-02T00:00:00+00:00")


@pytest.mark.parametrize("name", ["missing/ledger.jsonl", "nul\x00.jsonl", "file/ledger.jsonl", "folder"])
def test_a_path_that_cannot_be_written_is_named_and_nothing_is_left_beside_it(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("a file")
    (tmp_path / "folder").mkdir()
    with pytest.raises(InvalidInput) as refused:
        write_ledger(tmp_path / name, LEDGER)
    assert f"{tmp_path / name} cannot be written" in str(refused.value)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "folder"]


def test_a_ledger_that_is_written_again_replaces_the_file_whole(path: Path) -> None:
    write_ledger(path, LEDGER)
    write_ledger(path, Ledger(GRAPH, [entity(ALICE)], []))
    assert read_ledger(path).records == [entity(ALICE)]
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_file_of_before_there_were_wordings_is_read(path: Path) -> None:
    write_ledger(path, Ledger(GRAPH, [record for record in RECORDS if not isinstance(record, Wording)], PROGRESS))
    edit(path, 1, version=1)
    assert [type(record) for record in read_ledger(path).records] == [type(record) for record in RECORDS if not isinstance(record, Wording)]


# What is refused

Damage = Callable[[Path], None]


def damage_line(number: int, text: str) -> Damage:
    def damage(path: Path) -> None:
        lines = lines_of(path)
        lines[number - 1] = text
        rewrite(path, lines)

    return damage


def set_values(number: int, **values: object) -> Damage:
    return lambda path: edit(path, number, **values)


def keep_lines(count: int) -> Damage:
    return lambda path: rewrite(path, lines_of(path)[:count])


def repeat_line(number: int) -> Damage:
    def damage(path: Path) -> None:
        lines = lines_of(path)
        lines.insert(-1, lines[number - 1])
        lines[-1] = json.dumps({"end": len(lines) - 2})
        rewrite(path, lines)

    return damage


EPISODE, ALICE_LINE, NAMING, MERGE, WORDING, CLAIM, DENIAL, JUDGEMENT, RETRACTION, PROGRESS_LINE = 2, 4, 8, 9, 11, 12, 14, 15, 16, 17


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda path: path.unlink(), "cannot be read"),
        (lambda path: path.write_bytes(b""), "line 1: not JSON"),
        (lambda path: path.write_bytes(b"\xff\xfe\x00"), "cannot be read"),
        (lambda path: path.write_text('{"role": "user", "content": "hi"}\n'), "no exported ledger"),
        (lambda path: path.write_text("[1]\n"), "line 1: not an object"),
        (lambda path: path.write_text("[" * 100_000), "line 1: not JSON"),
        (damage_line(1, '{"format": "mem0g-ledger", "version": 3, "graph": "user:alice"}'), "of version 3, this mem0g reads up to 2"),
        (damage_line(1, '{"format": "mem0g-ledger", "version": 1}'), "line 1: graph=None names no graph"),
        (damage_line(1, '{"format": "mem0g-ledger", "version": 1, "graph": "alice"}'), "line 1: graph='alice' names no graph"),
        (damage_line(1, '{"format": "mem0g-ledger", "version": 1, "graph": "user:\\ud800"}'), "line 1: graph="),
        (keep_lines(18), "is cut short"),
        (keep_lines(8), "is cut short"),
        (keep_lines(1), "is cut short"),
        (damage_line(19, '{"end": 99}'), "is cut short"),
        (lambda path: path.write_bytes(path.read_bytes()[:-4]), "line 19: not JSON"),
        (damage_line(5, '{"record": "entity", "id": "bo'), "line 5: not JSON"),
        (damage_line(5, ""), "line 5: not JSON"),
        (damage_line(5, "null"), "line 5: not an object"),
        (damage_line(5, '{"record": "fact"}'), "line 5: unknown record type 'fact'"),
        (damage_line(5, "{}"), "line 5: unknown record type None"),
        (damage_line(5, '{"record": "entity"}'), "line 5: "),
        (set_values(EPISODE, content=5), "line 2: "),
        (set_values(EPISODE, occurred_at="2026-03-05T10:00:00"), "line 2: occurred_at="),
        (set_values(EPISODE, occurred_at="soon"), "line 2: "),
        (set_values(EPISODE, occurred_at="0001-01-01T00:00:00+09:00"), "line 2: occurred_at="),
        (set_values(EPISODE, content="a\x00b"), "line 2: episode='a\\x00b' holds the character U+0000"),
        (set_values(EPISODE, content="\ud800"), "line 2: episode='\\ud800' holds the character U+D800"),
        (set_values(EPISODE, metadata={"a": [{"\udfff": 1}]}), "line 2: episode='\\udfff' holds"),
        (set_values(EPISODE, source="rumour"), "line 2: "),
        (set_values(EPISODE, graph="user:bob"), "line 2: belongs to 'user:bob', the file is of 'user:alice'"),
        (set_values(NAMING, entity="nobody"), "line 8: names entity nobody, which is not in the file"),
        (set_values(NAMING, episode_id="gone"), "line 8: names episode gone, which is not in the file"),
        (set_values(MERGE, target="nobody"), "line 9: names entity nobody, which is not in the file"),
        (set_values(WORDING, inverse="yes"), "line 11: "),
        (set_values(CLAIM, subject="nobody"), "line 12: names entity nobody"),
        (set_values(CLAIM, subject="e"), "line 12: names entity e, which is not in the file"),
        (set_values(CLAIM, object="c"), "line 12: names entity c, which is not in the file"),
        (set_values(CLAIM, episode_id="alice"), "line 12: names episode alice"),
        (set_values(CLAIM, object=None), "line 12: object=null, and nothing is denied"),
        (
            set_values(CLAIM, valid_from="2026-03-05T00:00:00Z", valid_to="2026-03-04T00:00:00Z"),
            "line 12: a period must end after it begins",
        ),
        (set_values(CLAIM, confidence=float("nan")), "line 12: confidence=nan"),
        (set_values(CLAIM, kind="fate"), "line 12: "),
        (set_values(CLAIM, valid_from="2026-03-05"), "line 12: "),
        (set_values(DENIAL, replaces="nobody"), "line 14: names entity nobody"),
        (set_values(JUDGEMENT, earlier="e"), "line 15: names claim e, which is not in the file"),
        (set_values(JUDGEMENT, operation="MERGE"), "line 15: "),
        (set_values(RETRACTION, claims=["c", "gone"]), "line 16: names claim gone"),
        (set_values(PROGRESS_LINE, episode_id="gone"), "line 17: names episode gone"),
        (repeat_line(CLAIM), "line 19: claim c is in the file already"),
    ],
)
def test_a_damaged_file_is_refused_by_name_and_line_and_nothing_of_it_is_kept(
    memory: Memory, path: Path, damage: Damage, said: str
) -> None:
    write_ledger(path, LEDGER)
    damage(path)
    with pytest.raises(InvalidLedger) as refused:
        memory.load(path)
    assert str(refused.value).startswith(str(path))
    assert said in str(refused.value)
    assert memory.graphs() == []


# Through the public API


def told(memory: Memory) -> list[Fact]:
    """A graph with something of everything that can be said without an extractor."""
    memory.add_fact("Alice", "lives_in", "Oslo", user_id="alice", occurred_at="2026-01-01", text=LINES, metadata={"from": LINES})
    memory.add_fact("Alice", "lives_in", "Porto", user_id="alice", occurred_at="2026-02-01", run_id="7")
    memory.add_fact("Alice", "weighs", 82.5, user_id="alice", occurred_at="2026-02-02", valid_at="2026-01", invalid_at="2026-05")
    memory.add_fact("Alice", "visited", "Paris", user_id="alice", occurred_at="2026-02-03", valid_at="2026-01-03", event=True)
    memory.add_fact("Alice", "lives_in", "Rome", user_id="alice", occurred_at="2026-02-04", holder="Bob")
    wrong = memory.add_fact("Alice", "likes", "sushi", user_id="alice", occurred_at="2026-02-05").claim_ids[0]
    memory.retract(wrong, user_id="alice", reason="a joke", occurred_at="2026-02-06")
    memory.add("Plain text that is not read.", user_id="alice", occurred_at="2026-02-07")
    return memory.timeline("Alice", user_id="alice")


def test_a_loaded_ledger_gives_the_same_graph_and_the_same_file(memory: Memory, path: Path, tmp_path: Path, clock: ManualClock) -> None:
    facts = told(memory)
    written = memory.export(path, user_id="alice")
    with Memory(tmp_path / "other.db", clock=clock) as other:
        assert other.load(path) == written
        assert other.timeline("Alice", user_id="alice") == facts
        assert other.timeline("Alice", user_id="alice", holder="Bob") == memory.timeline("Alice", user_id="alice", holder="Bob")
        assert other.episodes(user_id="alice") == memory.episodes(user_id="alice")
        other.export(tmp_path / "again.jsonl", user_id="alice")
        assert (tmp_path / "again.jsonl").read_bytes() == path.read_bytes()


def test_a_ledger_loaded_over_itself_changes_nothing(memory: Memory, path: Path, tmp_path: Path) -> None:
    facts = told(memory)
    memory.export(path, user_id="alice")
    memory.load(path)
    memory.export(tmp_path / "again.jsonl", user_id="alice")
    assert memory.timeline("Alice", user_id="alice") == facts
    assert (tmp_path / "again.jsonl").read_bytes() == path.read_bytes()


def test_a_ledger_written_with_another_offset_gives_the_same_facts(memory: Memory, path: Path, tmp_path: Path, clock: ManualClock) -> None:
    facts = told(memory)
    memory.export(path, user_id="alice")
    ahead = timezone(timedelta(hours=9))
    stamp = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")
    text = stamp.sub(lambda found: datetime.fromisoformat(found[0]).astimezone(ahead).isoformat(), path.read_text(encoding="utf-8"))
    assert "+09:00" in text
    path.write_text(text, encoding="utf-8")
    with Memory(tmp_path / "other.db", clock=clock) as other:
        other.load(path)
        assert other.timeline("Alice", user_id="alice") == facts


def test_a_ledger_goes_into_a_graph_that_holds_something_already(memory: Memory, path: Path, tmp_path: Path, clock: ManualClock) -> None:
    memory.add_fact("Alice", "lives_in", "Oslo", user_id="alice", occurred_at="2026-01-01")
    memory.export(path, user_id="alice")
    with Memory(tmp_path / "other.db", clock=clock) as other:
        other.add_fact("Alice", "lives_in", "Porto", user_id="alice", occurred_at="2026-02-01")
        other.load(path)
        memory.add_fact("Alice", "lives_in", "Porto", user_id="alice", occurred_at="2026-02-01")
        assert other.timeline("Alice", user_id="alice") == memory.timeline("Alice", user_id="alice")


def test_an_episode_that_says_something_else_here_is_a_conflict_and_nothing_is_loaded(memory: Memory, path: Path, tmp_path: Path) -> None:
    memory.add_fact("Alice", "likes", "tea", user_id="alice", episode_id="e")
    memory.export(path, user_id="alice")
    with Memory(tmp_path / "other.db", clock=ManualClock()) as other:
        other.add_fact("Alice", "likes", "coffee", user_id="alice", episode_id="e")
        before = other.timeline("Alice", user_id="alice")
        with pytest.raises(EpisodeConflict, match=r"'e' already names 'Alice likes coffee\.'"):
            other.load(path)
        assert other.timeline("Alice", user_id="alice") == before


def test_an_episode_that_is_read_here_is_not_to_be_read_again_because_a_ledger_says_so(memory: Memory, path: Path) -> None:
    memory.add("Hello there.", user_id="alice", episode_id="e")
    memory.export(path, user_id="alice")
    number = line_of(path, record="progress", episode_id="e")
    edit(path, number, stage="pending", extractor="")
    memory.load(path)
    [progress] = memory._store.progress("user:alice")
    assert progress.stage is Stage.EXTRACTED


def test_there_is_nothing_to_export_in_a_graph_that_is_not_there(memory: Memory, path: Path) -> None:
    with pytest.raises(NotFound, match="user:nobody"):
        memory.export(path, user_id="nobody")
    assert not path.exists()


def test_what_is_exported_names_no_other_graph(memory: Memory, path: Path) -> None:
    told(memory)
    memory.add_fact("Bob", "likes", "secrets", user_id="bob")
    memory.export(path, user_id="alice")
    assert "secrets" not in path.read_text(encoding="utf-8")
    assert {json.loads(line)["graph"] for line in lines_of(path)[1:-1] if "graph" in json.loads(line)} == {"user:alice"}
