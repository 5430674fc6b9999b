"""Whose file it is, what is damaged, and what has no room."""

import shutil
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

import pytest

from mem0g import stores
from mem0g.errors import InvalidInput, StoreCorrupt, StoreError, StoreFull, StoreTooNew, StoreUnavailable
from mem0g.model import Wording
from mem0g.period import EVERYTHING_KNOWN
from mem0g.ports import Change, FactFilter
from mem0g.stores.contract.samples import GRAPH, episode, fill, ids, one_of_each, reads
from mem0g.stores.sqlite import SQLiteStore

from .files import bytes_in, keep, make_older, names_in, opened, run_sql, told_by

PAGE = 4096


def test_a_store_is_made_where_there_is_none(path: Path) -> None:
    with opened(path) as store:
        assert store.graphs() == []
    assert path.exists()


def test_no_placeholder_is_numbered() -> None:
    modules = Path(stores.__file__).parent.glob("*.py")
    assert [module.name for module in modules if "?1" in module.read_text("utf-8")] == [], "Python 3.14 binds no sequence to these"


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    path.touch()
    keep(path)
    with opened(path) as store:
        assert store.graphs() == [GRAPH]


def test_what_was_written_is_there_after_reopening(path: Path) -> None:
    with opened(path) as store:
        fill(store, GRAPH)
        before = dict(reads(store, GRAPH))
    with opened(path) as store:
        assert dict(reads(store, GRAPH)) == before


@pytest.mark.parametrize("name", ["spaced name.db", "a?b#c%41.db", "日本.db", "it's;--.db", ":memory", "file:x.db", "-.db"])
def test_a_path_is_taken_as_it_is_written(tmp_path: Path, name: str) -> None:
    keep(tmp_path / name)
    assert names_in(tmp_path) == [name]


def test_a_relative_path_stays_where_it_was_when_the_working_folder_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with opened(Path("memory.db")) as store:
        monkeypatch.chdir("/")
        fill(store, GRAPH)
    assert (tmp_path / "memory.db").exists()


@pytest.mark.parametrize("content", [b"Dear diary,\n" * 1000, b"x", b"SQLite format 3\x00", bytes(range(256)) * 32])
def test_a_file_of_another_kind_is_left_as_it_is(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreCorrupt, match=r"memory\.db"):
        SQLiteStore(path)
    assert bytes_in(path.parent) == {path.name: content}


def test_a_database_of_another_program_is_left_as_it_is(path: Path) -> None:
    run_sql(path, "PRAGMA application_id = 77", "CREATE TABLE claims (x)", "INSERT INTO claims VALUES (1)")
    before = bytes_in(path.parent)
    with pytest.raises(StoreCorrupt, match="no mem0g store"):
        SQLiteStore(path)
    assert bytes_in(path.parent) == before


def test_the_log_of_another_program_is_left_as_it_is(path: Path, tmp_path: Path) -> None:
    busy = tmp_path / "busy.db"
    with closing(sqlite3.connect(busy, isolation_level=None)) as connection:
        for statement in ("PRAGMA journal_mode = WAL", "CREATE TABLE notes (x)", "INSERT INTO notes VALUES ('only in the log')"):
            connection.execute(statement)
        for end in ("", "-wal"):  # as if its program had been killed
            shutil.copy(f"{busy}{end}", f"{path}{end}")
    before = bytes_in(path.parent)
    with pytest.raises(StoreCorrupt, match="no mem0g store"):
        SQLiteStore(path)
    assert bytes_in(path.parent) == before


def test_a_store_of_a_newer_version_is_left_as_it_is(path: Path) -> None:
    keep(path)
    run_sql(path, "PRAGMA user_version = 99")
    before = bytes_in(path.parent)
    with pytest.raises(StoreTooNew, match="upgrade"):
        SQLiteStore(path)
    assert bytes_in(path.parent) == before


def test_a_newer_version_is_seen_while_it_stands_only_in_the_log(path: Path) -> None:
    keep(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as newer:
        newer.execute("PRAGMA user_version = 99")
        with pytest.raises(StoreTooNew):
            SQLiteStore(path)


def schema(path: Path) -> tuple[set[tuple[str, ...]], int]:
    with closing(sqlite3.connect(path)) as connection:
        made = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {tuple(row) for row in made}, connection.execute("PRAGMA user_version").fetchone()[0]


def test_a_store_of_an_older_version_is_brought_up_to_date_with_all_it_holds(path: Path, tmp_path: Path) -> None:
    keep(tmp_path / "new.db")
    old = [record for record in one_of_each() if not isinstance(record, Wording)]
    with opened(path) as store:
        store.commit(GRAPH, Change(old))
    make_older(path)
    with opened(path) as store:
        assert list(store.records(GRAPH)) == old
        assert (store.wordings(GRAPH), store.summary(GRAPH)) == ([], None)
        fill(store, GRAPH)
        assert list(store.records(GRAPH)) == one_of_each()
    assert schema(path) == schema(tmp_path / "new.db")


def test_of_two_that_bring_a_store_up_to_date_one_does(path: Path) -> None:
    keep(path)
    make_older(path)
    with ThreadPoolExecutor(4) as pool:
        for store in pool.map(lambda _: SQLiteStore(path), range(4)):
            assert store.revision(GRAPH) == 1
            store.close()


def test_a_store_of_before_the_first_release_is_left_as_it_is(path: Path) -> None:
    keep(path)
    run_sql(path, "PRAGMA user_version = 1")
    before = bytes_in(path.parent)
    with pytest.raises(StoreCorrupt, match="before the first release"):
        SQLiteStore(path)
    assert bytes_in(path.parent) == before


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match=r"no folder .*nowhere: make it"):
        SQLiteStore(tmp_path / "nowhere" / "memory.db")
    assert names_in(tmp_path) == []


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="is a folder"):
        SQLiteStore(tmp_path)


def test_a_file_is_no_folder(path: Path) -> None:
    path.touch()
    with pytest.raises(StoreUnavailable, match="cannot be opened"):
        SQLiteStore(path / "memory.db")


@pytest.mark.parametrize("path", ["", ":memory:", "a\x00b", b"bytes"])
def test_a_path_must_name_a_file(path: str) -> None:
    with pytest.raises(InvalidInput, match="names no file"):
        SQLiteStore(path)


@pytest.mark.parametrize("limits", [{"timeout": -1}, {"max_pages": 0}])
def test_limits_are_above_zero(path: Path, limits: dict[str, int]) -> None:
    with pytest.raises(InvalidInput, match="above zero"):
        SQLiteStore(path, **limits)
    assert not path.exists()


def test_a_timeout_may_be_endless(path: Path) -> None:
    with opened(path, timeout=float("inf")) as store:
        fill(store, GRAPH)


def test_a_truncated_store_is_told_and_left_as_it_is(path: Path) -> None:
    keep(path)
    path.write_bytes(path.read_bytes()[: 3 * PAGE])
    before = path.read_bytes()
    with pytest.raises(StoreCorrupt, match="damaged"):
        SQLiteStore(path)
    assert path.read_bytes() == before


def test_damaged_pages_are_told_by_the_calls_that_meet_them(path: Path) -> None:
    keep(path)
    content = path.read_bytes()
    path.write_bytes(content[:PAGE] + b"\xff" * (len(content) - PAGE))
    with pytest.raises(StoreCorrupt, match="damaged"), opened(path) as store:
        list(store.records(GRAPH))


def test_lost_tables_are_told(path: Path) -> None:
    keep(path)
    run_sql(path, "DROP TABLE claims")
    with opened(path) as store, pytest.raises(StoreCorrupt, match="damaged"):
        store.claims_by_id(GRAPH, ["c"])


def test_a_store_whose_making_was_cut_short_is_made_anew(path: Path) -> None:
    """The program is killed when the file grows beyond a limit, in the middle of writing the tables."""
    killed = """
        import resource, signal
        if os.fork() == 0:
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            SQLiteStore(path)
        print(os.WTERMSIG(os.wait()[1]) == signal.SIGXFSZ)
    """
    assert told_by(killed, path) == "True"
    assert names_in(path.parent) == [path.name, f"{path.name}-journal"]
    assert path.stat().st_size > 0
    keep(path)
    with opened(path) as store:
        assert list(store.records(GRAPH)) == one_of_each()


def test_text_that_no_store_keeps_is_refused(path: Path) -> None:
    with opened(path) as store:
        with pytest.raises(InvalidInput, match="lone surrogate"):
            store.commit(GRAPH, Change([episode(), episode("\ud800")]))
        assert store.graphs() == []


def test_an_unknown_label_is_refused(path: Path) -> None:
    with opened(path) as store, pytest.raises(InvalidInput, match="mood"):
        store.facts(GRAPH, FactFilter(labels={"mood": "x"}))


def test_every_error_is_one_of_the_store(path: Path) -> None:
    """A file that goes from under the store: whatever happens, it is told as the store's."""
    with opened(path) as store:
        fill(store, GRAPH)
        path.write_bytes(b"gone")
        calls: list[Callable[[], object]] = [lambda: list(store.records(GRAPH)), lambda: store.commit(GRAPH, Change([episode("x")]))]
        for call in calls:
            with suppress(StoreError):
                call()


def test_of_a_write_that_finds_no_room_nothing_is_kept(path: Path) -> None:
    with opened(path, max_pages=120) as store:
        kept = fill_up(store)
        assert ids(store.episodes(GRAPH)) == kept
        assert store.revision(GRAPH) == len(kept)
        assert store.match_episodes(GRAPH, ["rare"], EVERYTHING_KNOWN, 9) == []
    run_sql(path, "PRAGMA integrity_check")
    with opened(path) as store:
        assert ids(store.episodes(GRAPH)) == kept
        assert store.commit(GRAPH, Change([episode("then")])) == len(kept) + 1


def test_there_is_room_again_after_forgetting(path: Path) -> None:
    with opened(path, max_pages=120) as store:
        kept = fill_up(store)
        store.commit(GRAPH, Change(erased=kept[1:]))
        store.commit(GRAPH, Change([episode("then", "x" * PAGE)]))
        assert ids(store.episodes(GRAPH)) == sorted([kept[0], "then"])


def test_no_store_is_made_without_room(path: Path) -> None:
    with pytest.raises(StoreFull):
        SQLiteStore(path, max_pages=3)
    keep(path)


def test_a_failing_disk_keeps_nothing_of_a_write(path: Path) -> None:
    """A limit on the size of files stands for the disk: SQLite sees an error of input and output."""
    code = """
        import resource
        store = SQLiteStore(path)
        store.commit(GRAPH, Change([episode("kept")]))
        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
        try:
            store.commit(GRAPH, Change([episode("lost", "x" * 900_000)]))
        except StoreError as error:
            print(type(error).__name__)
        print(len(store.episodes(GRAPH)))
        store.close()
    """
    assert told_by(code, path) == "StoreUnavailable\n1"
    with opened(path) as store:
        assert ids(store.episodes(GRAPH)) == ["kept"]


def fill_up(store: SQLiteStore) -> list[str]:
    """Commit episodes until one finds no room; the ids of those that did."""
    kept: list[str] = []
    with suppress(StoreFull):
        while len(kept) < 1000:
            id = f"e{len(kept):03}"
            store.commit(GRAPH, Change([episode(id, f"{id} " * 500)]))
            kept.append(id)
    with pytest.raises(StoreFull):
        store.commit(GRAPH, Change([episode("small", "rare"), episode("large", "word " * 200_000)]))
    return kept


def test_a_path_too_long_is_quoted_in_part(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable) as raised:
        SQLiteStore(tmp_path / ("x" * 1_000))
    assert len(str(raised.value)) < 200
