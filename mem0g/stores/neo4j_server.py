"""One Neo4j database over Bolt: the one module that knows the driver. Its errors become ours here."""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit, urlunsplit

import neo4j
from neo4j import exceptions
from neo4j import vector as neo4j_vector

from mem0g.addresses import without_password
from mem0g.errors import (
    InvalidInput,
    Mem0gError,
    StoreCorrupt,
    StoreError,
    StoreNotReady,
    StoreReadOnly,
    StoreUnavailable,
    WriteConflict,
)
from mem0g.period import quoted
from mem0g.ports import Vector
from mem0g.stores.queries import statement as statement_of

OLDEST = (2026, 1)
"""The first release whose vector indexes filter inside: SEARCH with WHERE."""

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")

_SUCH_AS = "give one such as neo4j://user:password@localhost:7687, with / ? # @ in a password as %2F %3F %23 %40"

logging.getLogger("neo4j").addHandler(
    logging.NullHandler()
)  # what it logs of errors is in ours; without a handler it would be on stderr too

_Answer = TypeVar("_Answer")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is, and how to get in.

    Attributes:
        uri: without user and password.
        user, password: for basic authentication; `token` is for a bearer's. Neither is shown by `repr`.
        database: None for the user's home database.
    """

    uri: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)
    database: str | None = None

    @classmethod
    def of(
        cls, uri: str, user: str | None = None, password: str | None = None, token: str | None = None, database: str | None = None
    ) -> "Address":
        """Read `uri`, which may hold user and password ("neo4j://user:password@host:7687"); what is given beside it wins.

        Raises:
            InvalidInput: it names no Neo4j server, or says who comes in two ways.
        """
        try:
            parts = urlsplit(uri)
            host = parts.hostname and (f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname)
            port = parts.port
        except ValueError:  # which may name a part of the password
            raise InvalidInput(f"uri={quoted(without_password(uri))} names no Neo4j server: {_SUCH_AS}") from None
        if parts.scheme not in SCHEMES or not host:
            raise InvalidInput(f"uri={quoted(without_password(uri))} names no Neo4j server: {_SUCH_AS}")
        if parts.path.strip("/") or parts.fragment or "@" in parts.query:
            raise InvalidInput(f"uri={quoted(without_password(uri))} goes on after the host: {_SUCH_AS}, and a database as database=")
        if token is not None and (user or password or parts.username):
            raise InvalidInput("token= and a user were both given: one of them lets you in")
        bare = urlunsplit((parts.scheme, host if port is None else f"{host}:{port}", "", parts.query, ""))
        return cls(bare, user or _decoded(parts.username), password or _decoded(parts.password), token, database)

    @property
    def auth(self) -> neo4j.Auth | None:
        """As the driver takes it."""
        if self.token is not None:
            return neo4j.bearer_auth(self.token)
        return None if self.user is None else neo4j.basic_auth(self.user, self.password or "")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait and how many connections to keep. Times are in seconds.

    Attributes:
        connections: the most there are at once.
        acquisition_timeout: to wait for one of them.
        connection_timeout: to wait for the server to answer a new one.
        retry_timeout: to try a transaction again that failed for a passing reason.
        query_timeout: after which the server gives a transaction up, also one that waits for a writer that hangs; None for the server's
            own limit, which may be none.
    """

    connections: int = 100
    acquisition_timeout: float = 60.0
    connection_timeout: float = 10.0
    retry_timeout: float = 30.0
    query_timeout: float | None = 600.0

    def __post_init__(self) -> None:
        given = (self.connections, self.acquisition_timeout, self.connection_timeout, self.retry_timeout)
        if min(given) <= 0 or (self.query_timeout is not None and self.query_timeout <= 0):
            raise InvalidInput(f"{self}: give limits above zero")


class Transaction:
    """A transaction under way. Statements run in the order they are asked."""

    def __init__(self, transaction: neo4j.ManagedTransaction) -> None:
        self._transaction = transaction

    def rows(self, statement: str, **parameters: Any) -> list[Row]:
        """What the statement of this file finds."""
        return [*self._run(statement, parameters).data()]

    def created(self, statement: str, **parameters: Any) -> int:
        """Run the statement of this file, and say how many nodes it made."""
        return self._run(statement, parameters).consume().counters.nodes_created

    def _run(self, statement: str, parameters: dict[str, Any]) -> neo4j.Result:
        asked = statement_of(statement)
        asked.check(parameters)
        return self._transaction.run(asked.text, parameters)


class Server:
    """One database. May be used from many threads; each call is a transaction of its own, tried again where that can help.

    Later calls see what earlier ones wrote, on a cluster too.

    Raises:
        InvalidInput: the driver refuses the address, a certificate or the way to authenticate.
        StoreUnavailable: (every call) the server cannot be reached, refuses the user, or stayed busy. Where the answer to a commit was
            lost, whether it was written is not known.
        StoreReadOnly: (writing) this user or this server may not write.
        StoreNotReady: it is older than mem0g needs, or there is no such database, or an index is missing.
        WriteConflict: (writing) another writer, who did not wait, made the same.
        StoreCorrupt: the server says that its files are damaged.
    """

    def __init__(self, address: Address, limits: Limits) -> None:
        self._address = address
        self._timeout = limits.query_timeout
        self._closed = False
        with self._errors(writing=False):
            self._driver = neo4j.GraphDatabase.driver(
                address.uri,
                auth=address.auth,
                max_connection_pool_size=limits.connections,
                connection_acquisition_timeout=limits.acquisition_timeout,
                connection_timeout=limits.connection_timeout,
                max_transaction_retry_time=limits.retry_timeout,
                user_agent="mem0g",
                notifications_min_severity="OFF",
            )

    def check_version(self) -> None:
        """Nothing, where the server is new enough."""
        with self._errors(writing=False):
            agent = self._driver.get_server_info().agent
        if release(agent) < OLDEST:
            raise StoreNotReady(f"{self._address.uri} is {agent}; mem0g needs Neo4j {OLDEST[0]}.{OLDEST[1]:02} or newer")

    def rows(self, statement: str, **parameters: Any) -> list[Row]:
        """What the statement of this file finds, in a transaction that reads. It begins in the round trip that asks."""
        asked = statement_of(statement)
        asked.check(parameters)
        with self._errors(writing=False):
            return self._driver.execute_query(
                neo4j.Query(asked.text, timeout=self._timeout),
                parameters,
                routing_=neo4j.RoutingControl.READ,
                database_=self._address.database,
                result_transformer_=lambda result: [*result.data()],
            )

    def write(self, work: Callable[[Transaction], _Answer]) -> _Answer:
        """Do `work` in one transaction that writes. It may be done more than once; what it raises rolls everything back."""

        @neo4j.unit_of_work(timeout=self._timeout)
        def unit(transaction: neo4j.ManagedTransaction) -> _Answer:
            return work(Transaction(transaction))

        with self._errors(), self._session() as session:
            return session.execute_write(unit)

    def define(self, statement: str, **parameters: Any) -> None:
        """Run a statement that changes the schema."""
        asked = statement_of(statement)
        asked.check(parameters)
        with self._errors(), self._session() as session:
            session.run(asked.text, parameters).consume()

    def close(self) -> None:
        """Close every connection. Every later call raises `StoreUnavailable`."""
        self._closed = True
        self._driver.close()

    def check_open(self) -> None:
        """Raises `StoreUnavailable` after `close`."""
        if self._closed:
            raise StoreUnavailable(f"{self._address.uri} was closed: open it again")

    @contextmanager
    def _session(self) -> Iterator[neo4j.Session]:
        bookmarks = self._driver.execute_query_bookmark_manager
        with self._driver.session(database=self._address.database, bookmark_manager=bookmarks) as session:
            yield session

    @contextmanager
    def _errors(self, *, writing: bool = True) -> Iterator[None]:
        """The driver's errors as ours, with the address."""
        self.check_open()
        try:
            yield
        except (exceptions.Neo4jError, exceptions.DriverError) as error:
            self.check_open()
            raise translated(error, self._address.uri, writing=writing) from error


def parameter(vector: Vector) -> neo4j_vector.Vector:
    """`vector` as a parameter that takes four bytes a number: a list of floats takes nine, and ten times as long to write."""
    return neo4j_vector.Vector.from_numpy(vector)


def release(agent: str) -> tuple[int, int]:
    """The release that a server names itself by: (2026, 8) of "Neo4j/2026.08.1"; (0, 0) where it does not say."""
    found = re.search(r"(\d+)\.(\d+)", agent)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def translated(error: exceptions.Neo4jError | exceptions.DriverError, uri: str, *, writing: bool = True) -> Mem0gError:
    """An error of the driver's or the server's as one of ours: what happened, where, and the way out.

    Args:
        uri: without user and password.
        writing: whether it came up while something was to be written.
    """
    said = f"{uri}: {_sentence(error)}"
    match error:
        case exceptions.IncompleteCommit() if writing:
            return StoreUnavailable(
                f"{said} (whether this was written is not known; repeating it is safe: with the same id and time it is written once)"
            )
        case exceptions.UnsupportedServerProduct():
            return StoreNotReady(f"{said} (mem0g needs Neo4j {OLDEST[0]}.{OLDEST[1]:02} or newer)")
        case exceptions.ConfigurationError():
            return InvalidInput(said)
        case exceptions.SessionExpired() | exceptions.ServiceUnavailable() | exceptions.ConnectionPoolError():
            unreached = isinstance(error, exceptions.ServiceUnavailable) and not isinstance(error, exceptions.IncompleteCommit)
            return StoreUnavailable(f"{uri} cannot be reached: {_sentence(error)}{_UNREACHED}" if unreached else said)
        case exceptions.Neo4jError():
            return _kind(error, writing=writing)(f"{said}{_way_out(error)}")
        case _:
            return StoreError(said)


_KINDS: Mapping[str, type[StoreError]] = {
    # The last part of the server's codes, where it tells more than the class of the error. The whole list is in the server's manual,
    # https://neo4j.com/docs/status-codes/current/errors/all-errors/
    "DatabaseNotFound": StoreNotReady,
    "HomeDatabaseNotFound": StoreNotReady,
    "IndexNotFound": StoreNotReady,
    "ForbiddenOnReadOnlyDatabase": StoreReadOnly,
    "ReadOnly": StoreReadOnly,
    "WriteOnReadOnlyAccessDatabase": StoreReadOnly,
    "IndexCorruptionDetected": StoreCorrupt,
    "SchemaCorruptionDetected": StoreCorrupt,
    "StorageDamageDetected": StoreCorrupt,
    "UnableToStartDatabase": StoreUnavailable,
}

_WAYS_OUT: Mapping[str, str] = {
    # By the same parts of codes.
    "DatabaseNotFound": " (this server has no such database: create it, or name another)",
    "IndexNotFound": " (`mem0g init` makes what is missing)",
    "NotALeader": " (bolt:// asks one server alone: neo4j:// finds the one that may write)",
    "Unauthorized": " (user, password or token is missing or refused)",
    "LockClientStopped": " (Limits.query_timeout says how long to wait)",
    "TransactionTimedOutClientConfiguration": " (Limits.query_timeout says how long to wait)",
    "CredentialsExpired": " (the password of this user is to be changed first)",
}


_UNREACHED = " (is the server running, and are host and port right?)"


def _kind(error: exceptions.Neo4jError, *, writing: bool) -> type[StoreError]:
    """Which of ours an error of the server's is: by its code "Neo.<class>.<category>.<name>"."""
    category, name = _parts(error)
    if name in _KINDS:
        return _KINDS[name]
    if isinstance(error, exceptions.Forbidden):
        return StoreReadOnly if writing else StoreUnavailable
    if isinstance(error, exceptions.ConstraintError):
        return WriteConflict
    passing = isinstance(error, exceptions.TransientError | exceptions.AuthError) or error.is_retryable()
    client = isinstance(error, exceptions.ClientError) and category in {"Security", "Transaction"}
    return StoreUnavailable if passing or client else StoreError


def _way_out(error: exceptions.Neo4jError) -> str:
    return _WAYS_OUT.get(_parts(error)[1], "")


def _parts(error: exceptions.Neo4jError) -> tuple[str, str]:
    """Category and name of the server's code; empty where it is none."""
    parts = (error.code or "").split(".")
    return (parts[2], parts[3]) if len(parts) == 4 else ("", "")


def _sentence(error: exceptions.Neo4jError | exceptions.DriverError) -> str:
    """What it says, in one line; the driver gives the reason after the first."""
    message = error.message if isinstance(error, exceptions.Neo4jError) else str(error)
    return " ".join((message or type(error).__name__).split()).rstrip(".")


def _decoded(text: str | None) -> str | None:
    return None if text is None else unquote(text)
