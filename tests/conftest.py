"""What holds in every test: nothing of the developer's environment is read, and no host but this one is reached."""

import ipaddress
import os
import socket
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from neo4j_server import Neo4jProcess, Neo4jServer, choose, from_container, from_environment, from_jars

os.environ.update(
    HF_HUB_OFFLINE="1",
    OMP_NUM_THREADS="1",
    OPENBLAS_NUM_THREADS="1",
    MKL_NUM_THREADS="1",
    TOKENIZERS_PARALLELISM="false",
    TZ="Pacific/Kiritimati",  # 14 hours ahead of UTC: whatever reads the local time is far off, on every machine alike
)
for name in [*os.environ]:
    if name.startswith(("MEM0G_", "OPENAI_")) or name in {"COLUMNS", "FORCE_COLOR", "LINES", "NO_COLOR"}:
        del os.environ[name]
time.tzset()

# The one exception, on purpose: a server to test on. It is read here, for the fixtures below, and its host may be reached.
NEO4J = {name: os.environ.pop(name) for name in [*os.environ] if name.startswith("NEO4J_")}


def _addresses(uri: str) -> set[object]:
    """A URI's host, as it is written and as it is reached."""
    if not (host := urlsplit(uri).hostname):
        return set()
    try:
        return {host, *(found[4][0] for found in socket.getaddrinfo(host, None))}
    except socket.gaierror:
        return {host}  # `from_environment` says what is wrong with it


NEO4J_HOSTS = _addresses(NEO4J.get("NEO4J_URI", ""))


def _is_here(host: object) -> bool:
    if host in (None, "", "localhost", b"localhost") or host in NEO4J_HOSTS:
        return True
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else str(host)).is_loopback
    except ValueError:
        return False


def _host_reached(event: str, arguments: tuple[Any, ...]) -> object:
    """The host that an event of `socket` would reach; None where it stays on this machine, as a Unix socket does."""
    match event, arguments:
        case (("socket.connect" | "socket.sendto" | "socket.sendmsg"), (socket.SocketType(family=family), (host, *_))):
            return host if family in (socket.AF_INET, socket.AF_INET6) else None
        case (("socket.getaddrinfo" | "socket.gethostbyname" | "socket.gethostbyaddr"), (host, *_)):
            return host
        case "socket.getnameinfo", ((host, *_),):
            return host
    return None


def _refuse_other_hosts(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith("socket.") and not _is_here(host := _host_reached(event, arguments)):
        pytest.fail(f"a test reached for {host!r} ({event}): tests run without a network")


# An audit hook sees what patched methods do not: connect_ex, sendto, name resolution, sockets made in C, imports and threads. It cannot
# be taken off again. It does not follow into processes that a test starts.
sys.addaudithook(_refuse_other_hosts)


@pytest.fixture(scope="session")
def _neo4j_of_jars(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jProcess]:
    with from_jars(tmp_path_factory.mktemp("neo4j"), os.environ) as process:
        yield process


@pytest.fixture(scope="session")
def neo4j_server(request: pytest.FixtureRequest) -> Iterator[Neo4jServer]:
    """A Neo4j server, the same for the whole session: it may hold what other tests wrote."""
    match choose(NEO4J):
        case "environment":
            yield from_environment(NEO4J)
        case "container":
            with from_container() as server:
                yield server
        case "jars":
            yield request.getfixturevalue("_neo4j_of_jars").server


@pytest.fixture
def neo4j_process(_neo4j_of_jars: Neo4jProcess) -> Iterator[Neo4jProcess]:
    """A Neo4j server that a test may kill and start again; it runs again after the test. It may be that of `neo4j_server`."""
    yield _neo4j_of_jars
    if not _neo4j_of_jars.running:
        _neo4j_of_jars.start()


def pytest_addoption(parser: pytest.Parser) -> None:
    """An option for `make notebooks`."""
    parser.addoption("--rewrite-notebooks", action="store_true", help="write what the notebooks show now into them")


@pytest.fixture
def rewrite_notebooks(request: pytest.FixtureRequest) -> bool:
    """Whether what the notebooks show now is to be written into them."""
    return bool(request.config.getoption("--rewrite-notebooks"))
