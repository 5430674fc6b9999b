"""One SQLite file: its connections, its locks and its faults. The one module that imports sqlite3.

A connection serves one call at a time. Calls under way share at most `_CONNECTIONS` of them; those between two calls wait in a
list. Writers of one process queue for a lock of the process, and those of several for SQLite's own.
"""

import errno
import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from sqlite3 import Connection
from stat import S_ISDIR
from urllib.parse import quote

from mem0g.errors import InvalidInput, StoreCorrupt, StoreError, StoreFull, StoreReadOnly, StoreTooNew, StoreUnavailable
from mem0g.period import quoted
from mem0g.stores.sqlite_schema import APPLICATION_ID, SCHEMA, UPGRADES, VERSION

__all__ = ["Connection", "SQLiteFile"]

_CONNECTIONS = 32
_PAUSE = 0.01
_LONGEST = 1_000_000.0
"""The longest timeout, in seconds, that locks can be given."""
_ROOM = 1_000_000
"""Where a disk has fewer bytes left than this, an input/output error is taken for a full disk."""

_SETTINGS = (
    "PRAGMA synchronous = FULL",  # a commit is on the disk when it returns
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten
    "PRAGMA trusted_schema = OFF",  # nothing in the file is run
)
_SCRUB = (
    "INSERT INTO fact_words (fact_words) VALUES ('rebuild')",
    "INSERT INTO episode_words (episode_words) VALUES ('rebuild')",
    "VACUUM",
)


_MEANINGS: dict[int, tuple[type[StoreError], str]] = {
    sqlite3.SQLITE_BUSY: (StoreUnavailable, "stayed locked by others beyond its timeout: try again"),
    sqlite3.SQLITE_LOCKED: (StoreUnavailable, "stayed locked by others beyond its timeout: try again"),
    sqlite3.SQLITE_PROTOCOL: (StoreUnavailable, "stayed locked by others beyond its timeout: try again"),
    sqlite3.SQLITE_READONLY: (StoreReadOnly, "can only be read: check the permissions of the file and of its folder"),
    sqlite3.SQLITE_FULL: (StoreFull, "has no room left; nothing of the write was kept"),
    sqlite3.SQLITE_CORRUPT: (StoreCorrupt, "is damaged: restore a copy"),
    sqlite3.SQLITE_NOTADB: (StoreCorrupt, "is no mem0g store: give another path"),
    sqlite3.SQLITE_CANTOPEN: (StoreUnavailable, "cannot be opened"),
}
"""What SQLite's errors mean, by their primary code."""


class SQLiteFile:
    """The file at `path`, made where there is none.

    Args:
        path: in a folder that exists.
        timeout: seconds to wait for other writers, and for readers where a call must have the file for itself.
        max_pages: the most pages of 4096 bytes the file may have; None for no limit but the disk's.

    Raises:
        StoreError: it cannot be opened, is damaged, is no store of ours or a newer one. Then it is as it was.
    """

    def __init__(self, path: str, timeout: float, max_pages: int | None) -> None:
        self._path = path
        self._timeout = min(timeout, _LONGEST)
        self._max_pages = max_pages
        self._process = os.getpid()
        self._idle: list[Connection] = []
        self._slots = threading.BoundedSemaphore(_CONNECTIONS)
        self._writers = threading.Lock()
        self._closers = threading.Lock()
        self._closed = False
        self._open()

    def check_open(self) -> None:
        """Nothing, in a store that is open and belongs to this process.

        Raises:
            StoreUnavailable: it is closed, or was carried into a forked process.
        """
        if self._closed:
            raise StoreUnavailable(f"the store {self._path} is closed: open it again")
        if self._process != os.getpid():
            raise StoreUnavailable(f"the store {self._path} was opened in another process: open it again in this one")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the file throughout."""
        with self._connection() as connection:
            connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection whose writes are all kept at the end, or none where an error leaves the block."""
        with self._turn(), self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection of its own, for a read that lasts: it holds up neither other calls nor `close`."""
        self.check_open()
        with self._faults(), closing(self._connect()) as connection:
            connection.execute("BEGIN")
            yield connection

    def scrub(self) -> None:
        """Write the file anew without what was deleted, and empty its log.

        Raises:
            StoreUnavailable: a reader kept the log in use for longer than the timeout.
        """
        with self._turn(), self._connection() as connection:
            for statement in _SCRUB:
                connection.execute(statement)
            self._empty_log(connection)

    def close(self) -> None:
        """Refuse every new call, wait for those under way and close all connections."""
        self._closed = True
        if self._process != os.getpid():
            return
        with self._closers, self._all_slots():
            while self._idle:
                self._idle.pop().close()

    def _open(self) -> None:
        is_new = self._is_new()
        if not is_new:
            self._check_ours()
        with self._faults(), closing(self._connected("rwc") if is_new else self._connect()) as connection:
            if not _tables(connection):
                _make_tables(connection)
            self._check_header(connection)
            self._upgrade(connection)
            self._use_log(connection)

    def _use_log(self, connection: Connection) -> None:
        """Keep a write-ahead log from here on. Of several that open a new store at once, SQLite refuses some without waiting."""
        deadline = time.perf_counter() + self._timeout
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL").fetchone()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.perf_counter() > deadline:
                    raise
                time.sleep(_PAUSE)
            else:
                return

    def _is_new(self) -> bool:
        """Whether there is nothing at the path, or an empty file."""
        try:
            found = Path(self._path).stat()
        except FileNotFoundError:
            return True
        except OSError as error:
            shown = quoted(self._path) if error.errno == errno.ENAMETOOLONG else self._path
            raise StoreUnavailable(f"{shown} cannot be opened: {error.strerror}") from error
        if S_ISDIR(found.st_mode):
            raise StoreUnavailable(f"{self._path} is a folder: give the path of a file in it")
        return found.st_size == 0

    def _check_ours(self) -> None:
        """Read the header without a lock, a log or any other trace: the file may be someone else's."""
        with self._faults(), closing(self._bare("ro&immutable=1")) as connection:
            connection.execute("PRAGMA writable_schema = ON")  # lets the header be read while another process writes the rest
            self._check_header(connection)

    def _check_header(self, connection: Connection) -> None:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        version = _version(connection)
        if application != APPLICATION_ID or version < 1:
            raise StoreCorrupt(f"{self._path} is a database, and no mem0g store: give another path")
        if version < VERSION and version not in UPGRADES:
            raise StoreCorrupt(f"{self._path} was written by a mem0g from before the first release (tables {version}): export it with that")
        if version > VERSION:
            raise StoreTooNew(f"{self._path} was written by a newer mem0g (tables {version}, known here {VERSION}): upgrade mem0g")

    def _upgrade(self, connection: Connection) -> None:
        """Bring tables of an older version up to date, unless another process was faster."""
        if _version(connection) == VERSION:
            return
        if self._is_frozen():
            raise StoreReadOnly(
                f"{self._path} was written by an older mem0g (tables {_version(connection)}, now {VERSION}), and can only be read: "
                "open it once where it may be written"
            )
        connection.execute("BEGIN IMMEDIATE")
        for statement in UPGRADES.get(_version(connection), ()):
            connection.execute(statement)
        connection.execute("COMMIT")

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        with self._slots, self._faults():
            connection = self._taken()
            try:
                yield connection
            except BaseException:
                connection.close()  # which rolls back
                raise
            self._put_back(connection)

    def _taken(self) -> Connection:
        self.check_open()
        try:
            return self._idle.pop()
        except IndexError:
            return self._connect()

    def _put_back(self, connection: Connection) -> None:
        if self._is_frozen():
            connection.close()
        else:
            self._idle.append(connection)

    def _connect(self) -> Connection:
        return self._connected("ro&immutable=1" if self._is_frozen() else "rw")

    def _connected(self, mode: str) -> Connection:
        connection = self._bare(mode)
        try:
            self._set_up(connection)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _set_up(self, connection: Connection) -> None:
        for setting in _SETTINGS:
            connection.execute(setting)
        if self._max_pages is not None:
            connection.execute(f"PRAGMA max_page_count = {self._max_pages}").fetchone()

    def _bare(self, mode: str) -> Connection:
        address = f"file:{quote(os.fsencode(self._path))}?mode={mode}"
        return sqlite3.connect(address, timeout=self._timeout, isolation_level=None, check_same_thread=False, uri=True)

    def _is_frozen(self) -> bool:
        """Whether nobody is writing the file, and this process may not.

        Such a file is read in a mode without lock and log, because their files could not be made beside it, or would be left
        behind. A writer would show by its log, so this is asked anew for every call.
        """
        return not (_may_write(self._path) and _may_write(str(Path(self._path).parent))) and not _size(f"{self._path}-wal")

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """This process's turn to write."""
        if not self._writers.acquire(timeout=self._timeout):
            raise StoreUnavailable(f"{self._path} stayed locked by others beyond its timeout of {self._timeout:g} seconds: try again")
        try:
            yield
        finally:
            self._writers.release()

    @contextmanager
    def _all_slots(self) -> Iterator[None]:
        for _ in range(_CONNECTIONS):
            self._slots.acquire()
        try:
            yield
        finally:
            self._slots.release(_CONNECTIONS)

    def _empty_log(self, connection: Connection) -> None:
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise StoreUnavailable(
                f"{self._path} stayed in use by readers for {self._timeout:g} seconds: what was erased may be in its log"
            )

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """What SQLite raises, as the error of ours that it means."""
        try:
            yield
        except sqlite3.Error as error:
            raise self._meant_by(error) from error
        except UnicodeEncodeError as error:
            raise InvalidInput(f"{error.object[:40]!r} holds a lone surrogate, which no store keeps") from error

    def _meant_by(self, error: sqlite3.Error) -> StoreError:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code == sqlite3.SQLITE_IOERR:
            return self._failed_disk(error)
        kind, saying = _MEANINGS.get(code) or _meant_by_text(str(error))
        return kind(f"{self._path} {saying} ({error})" + (f": {self._obstacle()}" if code == sqlite3.SQLITE_CANTOPEN else ""))

    def _obstacle(self) -> str:
        path = Path(self._path)
        if not path.parent.is_dir():
            return f"there is no folder {path.parent}: make it, or give another path"
        return f"check the permissions of the file, of {path.name}-wal beside it and of the folder"

    def _failed_disk(self, error: sqlite3.Error) -> StoreError:
        with suppress(OSError):
            if shutil.disk_usage(Path(self._path).parent).free < _ROOM:
                return StoreFull(f"the disk of {self._path} is full ({error}); nothing of the write was kept")
        return StoreUnavailable(f"the disk of {self._path} failed: {error}")


def _meant_by_text(text: str) -> tuple[type[StoreError], str]:
    """What an error without a code of its own means."""
    if "no such module" in text:
        return StoreUnavailable, "needs SQLite's FTS5, which this Python was built without"
    if "no such" in text or "decode" in text:
        return StoreCorrupt, "is damaged: restore a copy"
    return StoreError, "could not do it"


def _make_tables(connection: Connection) -> None:
    """Make the tables. The log comes only after them, so that the header says from the first whose file this is."""
    connection.execute("BEGIN IMMEDIATE")
    if not _tables(connection):
        for statement in SCHEMA:
            connection.execute(statement)
    connection.execute("COMMIT")


def _tables(connection: Connection) -> int:
    row: tuple[int] = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return row[0]


def _version(connection: Connection) -> int:
    row: tuple[int] = connection.execute("PRAGMA user_version").fetchone()
    return row[0]


def _may_write(path: str) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0
