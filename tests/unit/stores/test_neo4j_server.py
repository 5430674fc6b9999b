"""Addresses, limits, and what the driver's errors become: without a server."""

import neo4j
import pytest
from neo4j import exceptions

from mem0g import errors
from mem0g.stores.neo4j_server import Address, Limits, Server, release, translated

URI = "bolt://here:7687"
TOKEN = "hidden"  # noqa: S105 - nobody's


def of_server(code: str) -> exceptions.Neo4jError:
    """What the driver makes of a server's code."""
    return exceptions.Neo4jError._hydrate_neo4j(code=code, message="It said so.")


@pytest.mark.parametrize(
    ("given", "uri", "user", "password"),
    [
        ("neo4j://alice:secret@db.example:7688", "neo4j://db.example:7688", "alice", "secret"),
        ("bolt+ssc://db.example", "bolt+ssc://db.example", None, None),
        ("neo4j+s://al%40ice:p%3Aa%2Fss%25@db.example", "neo4j+s://db.example", "al@ice", "p:a/ss%"),
        ("bolt://alice:secret@[::1]:7687", "bolt://[::1]:7687", "alice", "secret"),
        ("bolt://[2001:db8::7]", "bolt://[2001:db8::7]", None, None),
        ("neo4j://db.example/?region=eu", "neo4j://db.example?region=eu", None, None),
    ],
)
def test_an_address_is_read(given: str, uri: str, user: str | None, password: str | None) -> None:
    address = Address.of(given)
    assert (address.uri, address.user, address.password) == (uri, user, password)


def test_what_is_given_beside_the_address_wins() -> None:
    address = Address.of("bolt://alice:secret@here", "bob", "other", database="people")
    assert (address.user, address.password, address.database) == ("bob", "other", "people")
    assert address.auth == neo4j.basic_auth("bob", "other")


def test_a_token_lets_in_alone() -> None:
    assert Address.of("bolt://here", token=TOKEN).auth == neo4j.bearer_auth(TOKEN)
    assert Address.of("bolt://here").auth is None


@pytest.mark.parametrize(
    ("scheme", "encrypted", "trusting"),
    [
        ("bolt", False, None),
        ("neo4j", False, None),
        ("bolt+s", True, neo4j.TrustSystemCAs),
        ("neo4j+s", True, neo4j.TrustSystemCAs),
        ("bolt+ssc", True, neo4j.TrustAll),
        ("neo4j+ssc", True, neo4j.TrustAll),
    ],
)
def test_the_driver_has_the_address_the_encryption_and_the_token(scheme: str, encrypted: bool, trusting: type | None) -> None:
    server = Server(Address.of(f"{scheme}://here:7688", token=TOKEN), Limits())
    made, pool = server._driver, server._driver._pool
    assert type(made) is (neo4j.Neo4jDriver if scheme.startswith("neo4j") else neo4j.BoltDriver)
    assert pool.address == ("here", 7688)
    assert made.encrypted is encrypted
    assert trusting is None or type(pool.pool_config.trusted_certificates) is trusting
    assert pool.pool_config.auth.get_auth() == neo4j.bearer_auth(TOKEN)
    server.close()


def test_the_driver_has_the_limits() -> None:
    server = Server(Address.of("bolt://alice:secret@here"), Limits(3, 4, 5, 6, 7))
    pool, waiting = server._driver._pool.pool_config, server._driver._default_workspace_config
    assert (pool.max_connection_pool_size, pool.connection_timeout, waiting.connection_acquisition_timeout) == (3, 5, 4)
    assert waiting.max_transaction_retry_time == 6
    assert pool.auth.get_auth() == neo4j.basic_auth("alice", "secret")
    server.close()


@pytest.mark.parametrize("given", ["bolt://alice:secret@here", "bolt://alice@here"])
def test_a_token_and_a_user_are_refused(given: str) -> None:
    with pytest.raises(errors.InvalidInput, match="token= and a user"):
        Address.of(given, token=TOKEN)


def test_neither_password_nor_token_is_shown() -> None:
    shown = repr(Address.of("bolt://alice:secret@here")) + repr(Address.of("bolt://here", token=TOKEN))
    assert "secret" not in shown
    assert TOKEN not in shown


@pytest.mark.parametrize(
    "given",
    [
        "", "here:7687", "http://alice:secret@here", "bolt://", "bolt://alice:secret@", "neo4j:here", "bolt://alice:secret@here:99999",
        "bolt://alice:secret@here:x", "bolt://alice:secret@[::1", "bolt://alice:secret@here/people", "neo4j://alice:secret@here#people",
        "bolt://alice:secret/1@here", "bolt://alice:1/secret@here", "bolt://alice:1?secret@here", "bolt://alice:1#secret@here",
    ],
)  # fmt: skip
def test_what_names_no_server_is_refused_without_showing_the_password(given: str) -> None:
    with pytest.raises(errors.InvalidInput, match="uri=") as refused:
        Address.of(given)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "given", [{"connections": 0}, {"acquisition_timeout": 0}, {"connection_timeout": -1}, {"retry_timeout": 0}, {"query_timeout": 0}]
)
def test_limits_are_above_zero(given: dict[str, int]) -> None:
    with pytest.raises(errors.InvalidInput, match="limits above zero"):
        Limits(**given)


def test_no_limit_of_a_query_leaves_it_to_the_server() -> None:
    assert Limits(query_timeout=None).query_timeout is None


@pytest.mark.parametrize(
    ("agent", "found"),
    [("Neo4j/2026.08.1", (2026, 8)), ("Neo4j/5.26.0", (5, 26)), ("Neo4j/2026.01.0-SNAPSHOT", (2026, 1)), ("other", (0, 0))],
)
def test_the_release_is_read(agent: str, found: tuple[int, int]) -> None:
    assert release(agent) == found


SERVER = {
    "Neo.ClientError.Security.Unauthorized": errors.StoreUnavailable,
    "Neo.ClientError.Security.AuthenticationRateLimit": errors.StoreUnavailable,
    "Neo.ClientError.Security.CredentialsExpired": errors.StoreUnavailable,
    "Neo.ClientError.Security.TokenExpired": errors.StoreUnavailable,
    "Neo.ClientError.Security.AuthorizationExpired": errors.StoreUnavailable,
    "Neo.ClientError.Security.Forbidden": errors.StoreReadOnly,
    "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase": errors.StoreReadOnly,
    "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase": errors.StoreReadOnly,
    "Neo.ClientError.Cluster.NotALeader": errors.StoreUnavailable,
    "Neo.ClientError.Database.DatabaseNotFound": errors.StoreNotReady,
    "Neo.ClientError.Database.HomeDatabaseNotFound": errors.StoreNotReady,
    "Neo.ClientError.Schema.IndexNotFound": errors.StoreNotReady,
    "Neo.ClientError.Schema.ConstraintValidationFailed": errors.WriteConflict,
    "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration": errors.StoreUnavailable,
    "Neo.ClientError.Transaction.TransactionTimedOut": errors.StoreUnavailable,
    "Neo.TransientError.Transaction.LockClientStopped": errors.StoreUnavailable,
    "Neo.TransientError.Transaction.Terminated": errors.StoreUnavailable,
    "Neo.TransientError.Transaction.DeadlockDetected": errors.StoreUnavailable,
    "Neo.TransientError.Transaction.BookmarkTimeout": errors.StoreUnavailable,
    "Neo.TransientError.General.DatabaseUnavailable": errors.StoreUnavailable,
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError": errors.StoreUnavailable,
    "Neo.DatabaseError.Database.UnableToStartDatabase": errors.StoreUnavailable,
    "Neo.DatabaseError.General.StorageDamageDetected": errors.StoreCorrupt,
    "Neo.DatabaseError.General.IndexCorruptionDetected": errors.StoreCorrupt,
    "Neo.DatabaseError.General.UnknownError": errors.StoreError,
    "Neo.DatabaseError.Transaction.TransactionCommitFailed": errors.StoreError,
    "Neo.ClientError.Statement.SyntaxError": errors.StoreError,
    "Neo.ClientError.Statement.TypeError": errors.StoreError,
    "of another kind": errors.StoreError,
}

DRIVER = [
    (exceptions.ServiceUnavailable("x"), errors.StoreUnavailable),
    (exceptions.SessionExpired("x"), errors.StoreUnavailable),
    (exceptions.RoutingServiceUnavailable("x"), errors.StoreUnavailable),
    (exceptions.WriteServiceUnavailable("x"), errors.StoreUnavailable),
    (exceptions.ConnectionAcquisitionTimeoutError("x"), errors.StoreUnavailable),
    (exceptions.IncompleteCommit("x"), errors.StoreUnavailable),
    (exceptions.UnsupportedServerProduct("x"), errors.StoreNotReady),
    (exceptions.CertificateConfigurationError("x"), errors.InvalidInput),
    (exceptions.AuthConfigurationError("x"), errors.InvalidInput),
    (exceptions.BrokenRecordError("x"), errors.StoreError),
    (exceptions.ResultConsumedError(None, "x"), errors.StoreError),
    (exceptions.TransactionError(None, "x"), errors.StoreError),
]


@pytest.mark.parametrize(("code", "kind"), SERVER.items())
def test_what_the_server_says_is_of_its_kind(code: str, kind: type[errors.Mem0gError]) -> None:
    found = translated(of_server(code), URI)
    assert type(found) is kind
    assert str(found).startswith(f"{URI}: It said so")


@pytest.mark.parametrize(("error", "kind"), DRIVER, ids=lambda one: type(one).__name__)
def test_what_the_driver_says_is_of_its_kind(error: exceptions.DriverError, kind: type[errors.Mem0gError]) -> None:
    found = translated(error, URI)
    assert type(found) is kind
    assert str(found).startswith((f"{URI}: x", f"{URI} cannot be reached: x (is the server running"))


@pytest.mark.parametrize(
    "error",
    [of_server(code) for code in SERVER] + [error for error, _ in DRIVER],
    ids=lambda error: getattr(error, "code", type(error).__name__),
)
def test_what_the_driver_would_try_again_is_worth_trying_again(error: exceptions.Neo4jError | exceptions.DriverError) -> None:
    read_only = "ReadOnly" in str(getattr(error, "code", ""))
    assert not error.is_retryable() or read_only or isinstance(translated(error, URI), errors.StoreUnavailable)


def test_a_lost_answer_to_a_commit_is_told_as_it_is() -> None:
    assert "whether this was written is not known" in str(translated(exceptions.IncompleteCommit("x"), URI))
    assert str(translated(exceptions.IncompleteCommit("x"), URI, writing=False)) == f"{URI}: x"


def test_who_may_not_even_read_is_refused() -> None:
    assert type(translated(of_server("Neo.ClientError.Security.Forbidden"), URI, writing=False)) is errors.StoreUnavailable


@pytest.mark.parametrize(
    ("code", "way_out"),
    [
        ("Neo.ClientError.Database.DatabaseNotFound", "create it, or name another"),
        ("Neo.ClientError.Schema.IndexNotFound", "mem0g init"),
        ("Neo.ClientError.Cluster.NotALeader", "neo4j://"),
        ("Neo.ClientError.Security.Unauthorized", "user, password or token"),
    ],
)
def test_the_way_out_is_named(code: str, way_out: str) -> None:
    assert way_out in str(translated(of_server(code), URI))


def test_a_reason_on_a_second_line_is_told() -> None:
    found = str(translated(exceptions.ServiceUnavailable("Couldn't connect:\n  refused"), URI))
    assert found == f"{URI} cannot be reached: Couldn't connect: refused (is the server running, and are host and port right?)"


def test_what_the_driver_does_not_take_is_refused_at_once() -> None:
    with pytest.raises(errors.InvalidInput, match=r"bolt://here\?region=eu: Routing context"):
        Server(Address.of("bolt://here?region=eu"), Limits())


def test_a_closed_server_says_so() -> None:
    server = Server(Address.of("bolt://alice:secret@127.0.0.1:9"), Limits())
    server.close()
    with pytest.raises(errors.StoreUnavailable, match=r"bolt://127\.0\.0\.1:9 was closed: open it again"):
        server.rows("read/graphs")
