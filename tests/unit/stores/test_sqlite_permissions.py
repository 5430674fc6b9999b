"""Files and folders that can only be read. Programs of the user nobody read them: root may write whatever the permissions say."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from mem0g.ports import Change
from mem0g.stores.contract.samples import GRAPH, episode, fill, one_of_each

from .files import Program, bytes_in, keep, make_older, names_in, opened, told_by

READ_ALL = """
    become_nobody()
    store = SQLiteStore(path)
    print(len(list(store.records(GRAPH))), len(store.facts(GRAPH, EVERY_VERSION)))
    print(store.match_episodes(GRAPH, ["hello"], FOREVER, 1)[0][0])
    for write in (lambda: store.commit(GRAPH, Change([episode("new")])), lambda: store.commit(GRAPH, Change(dropped=["x"])), store.scrub):
        try:
            write()
        except StoreReadOnly as error:
            print("permissions" in str(error))
    store.close()
"""
READ_IT = f"{len(one_of_each())} 1\nf\nTrue\nTrue\nTrue"


"""Programs of the user nobody, for root may write whatever the permissions say."""


@pytest.fixture
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)
        Path(folder).chmod(0o777)


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o777), (0o644, 0o555), (0o444, 0o555)])
def test_what_can_only_be_read_is_read_and_left_as_it_is(folder: Path, file_mode: int, folder_mode: int) -> None:
    path = folder / "memory.db"
    keep(path)
    before = bytes_in(folder)
    path.chmod(file_mode)
    folder.chmod(folder_mode)
    assert told_by(READ_ALL, path) == READ_IT
    assert bytes_in(folder) == before
    assert oct(path.stat().st_mode & 0o777) == oct(file_mode)


def test_what_can_only_be_read_is_not_brought_up_to_date(folder: Path) -> None:
    path = folder / "memory.db"
    keep(path)
    make_older(path)
    before = bytes_in(folder)
    path.chmod(0o444)
    folder.chmod(0o555)
    code = """
        become_nobody()
        try:
            SQLiteStore(path)
        except StoreReadOnly as error:
            print("tables 2" in str(error))
    """
    assert told_by(code, path) == "True"
    assert bytes_in(folder) == before


def test_a_reader_sees_what_a_writer_of_another_user_has_in_its_log(folder: Path) -> None:
    path = folder / "memory.db"
    with opened(path) as store:
        fill(store, GRAPH)
        folder.chmod(0o555)
        for file in folder.iterdir():
            file.chmod(0o444)
        assert told_by(READ_ALL, path) == READ_IT


def test_a_reader_follows_a_writer_of_another_user(folder: Path) -> None:
    path = folder / "memory.db"
    keep(path)
    folder.chmod(0o755)
    code = """
    become_nobody()
    store = SQLiteStore(path)
    for _ in range(3):
        print(len(store.episodes(GRAPH)), flush=True)
        sys.stdin.readline()
    store.close()
    """
    with Program(code, path) as reader:
        seen = [reader.line()]
        with opened(path) as store:
            for number in range(2):
                store.commit(GRAPH, Change([episode(f"new {number}")]))
                reader.go_on()
                seen.append(reader.line())
        reader.finish()
    assert seen == ["2", "3", "4"]


def test_a_log_that_cannot_be_read_is_not_passed_over(folder: Path) -> None:
    path = folder / "memory.db"
    with opened(path) as store:
        fill(store, GRAPH)
        for end in ("", "-wal"):  # as if the writer had been killed
            shutil.copy(f"{path}{end}", folder / f"copy.db{end}")
    folder.chmod(0o555)
    code = """
    become_nobody()
    try:
        SQLiteStore(path)
    except StoreUnavailable as error:
        print(error)
    """
    assert "copy.db-wal beside it" in told_by(code, folder / "copy.db")


def test_a_file_that_cannot_be_read_is_named(folder: Path) -> None:
    path = folder / "memory.db"
    keep(path)
    path.chmod(0)
    code = """
    become_nobody()
    try:
        SQLiteStore(path)
    except StoreUnavailable as error:
        print(error)
    """
    assert "check the permissions" in told_by(code, path)


def test_no_store_can_be_made_where_nobody_may_write(folder: Path) -> None:
    folder.chmod(0o555)
    code = """
    become_nobody()
    try:
        SQLiteStore(path)
    except StoreError as error:
        print(type(error).__name__)
    """
    assert told_by(code, folder / "memory.db") == "StoreUnavailable"
    assert names_in(folder) == []
