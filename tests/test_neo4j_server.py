"""The server that tests run on: where it comes from, that it comes back, and that nothing is left of it."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from neo4j import GraphDatabase
from neo4j_server import VERSION, Neo4jProcess, Neo4jServer, NoServer, choose, container, docker_answers, from_environment, from_jars
from neo4j_server.jars import ROOTS, Jar, JarsMissing, classpath, fetch, first_of, from_maven, from_repository, lock, read_lock
from neo4j_server.process import KEEPER, PASSWORD, USER

COMPOSE = Path(__file__).parents[1] / "docker-compose.neo4j.yml"
AN_API = {"version": "1.45"}  # of an engine's, which is then not asked for its own
NOBODY = "http://127.0.0.1:9"  # the port of `discard`
EVERYWHERE = "org/mem0g/tested/1/tested-1.jar"
ON_LINUX = "org/mem0g/tested/1/tested-1-linux-x86_64.jar"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing: the tests' output is their own."""


def executable(file: Path, script: str) -> str:
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return str(file)


def jar(path: str, content: bytes | None = None) -> Jar:
    return Jar(path, hashlib.sha256(content or path.encode()).hexdigest())


JARS = [jar(EVERYWHERE), jar(ON_LINUX)]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A folder laid out as a Maven repository; a jar's content is its path."""
    folder = tmp_path / "repository"
    for path in (EVERYWHERE, ON_LINUX):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path)
    return folder


@pytest.fixture
def repository_url(repository: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(repository))) as server:
        threading.Thread(target=server.serve_forever, args=[0.01]).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_the_lock_names_the_server_and_each_jar_once() -> None:
    paths = [jar.path for jar in lock()]
    assert len(set(paths)) == len(paths)
    for group, name, version in (root.split(":") for root in ROOTS):
        assert f"{group.replace('.', '/')}/{name}/{version}/{name}-{version}.jar" in paths


@pytest.mark.parametrize("line", ["", f"{'0' * 64} org/a/1/a-1.jar", f"{'0' * 64}  org/../../a.jar", f"{'0' * 63}  org/a/1/a-1.jar"])
def test_a_line_that_is_not_of_a_lock_is_named(line: str) -> None:
    with pytest.raises(ValueError, match=r"jars\.txt, line 2: "):
        read_lock(f"# a lock\n{line}\n")


def test_jars_come_over_http_once(repository_url: str, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert [fetch(JARS, cache, from_repository(repository_url)), fetch(JARS, cache, from_repository(NOBODY))] == [2, 0]
    assert files_in(cache) == {EVERYWHERE, ON_LINUX}
    assert classpath(JARS, cache) == f"{cache / EVERYWHERE}{os.pathsep}{cache / ON_LINUX}"


def test_a_jar_of_another_hash_is_refused_by_name(repository_url: str, tmp_path: Path) -> None:
    wanted = [jar(EVERYWHERE), jar(ON_LINUX, b"another")]
    with pytest.raises(JarsMissing, match=f"{ON_LINUX} came with SHA-256 {jar(ON_LINUX).sha256}, and jars.txt wants {wanted[1].sha256}"):
        fetch(wanted, tmp_path / "cache", from_repository(repository_url))
    assert files_in(tmp_path / "cache") == set()


def test_a_jar_that_was_changed_in_the_cache_is_not_run_and_is_fetched_again(repository_url: str, tmp_path: Path) -> None:
    fetch(JARS, tmp_path / "cache", from_repository(repository_url))
    (tmp_path / "cache" / EVERYWHERE).write_text("changed")
    with pytest.raises(JarsMissing, match=f"1 of the jars .*{EVERYWHERE}: fetch them with `make neo4j-files`"):
        classpath(JARS, tmp_path / "cache")
    assert fetch(JARS, tmp_path / "cache", from_repository(repository_url)) == 1
    assert classpath(JARS, tmp_path / "cache")


def test_a_repository_without_the_jar_is_named_with_the_way_out(repository_url: str, tmp_path: Path) -> None:
    with pytest.raises(JarsMissing, match=rf"{repository_url}/org/no/1/no-1\.jar could not be fetched .*MAVEN_REPOSITORY="):
        fetch([jar("org/no/1/no-1.jar")], tmp_path / "cache", from_repository(repository_url))


def test_mvn_is_asked_for_those_jars_alone(repository: Path, tmp_path: Path) -> None:
    copy = f'cp pom.xml {tmp_path}; for option; do case $option in -DoutputDirectory=*) cp -r {repository}/. "${{option#*=}}";; esac; done'
    assert fetch(JARS, tmp_path / "cache", from_maven(executable(tmp_path / "mvn", copy))) == 2
    inside = {"": "http://maven.apache.org/POM/4.0.0"}
    asked = ElementTree.parse(tmp_path / "pom.xml").iterfind(".//dependency", inside)  # noqa: S314  # our own
    parts = [[each.findtext(part, None, inside) for part in ("groupId", "artifactId", "version", "classifier")] for each in asked]
    assert parts == [["org.mem0g", "tested", "1", None], ["org.mem0g", "tested", "1", "linux-x86_64"]]


def test_where_mvn_fails_its_words_are_shown_and_the_jars_come_without_it(
    repository_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mvn = executable(tmp_path / "mvn", "echo no Java here; exit 3")
    assert fetch(JARS, tmp_path / "cache", first_of(from_maven(mvn), from_repository(repository_url))) == 2
    assert "failed with status 3:\nno Java here" in capsys.readouterr().err


def test_an_address_comes_before_docker_and_docker_before_the_jars(tmp_path: Path) -> None:
    engine, client_alone = executable(tmp_path / "engine", "exit 0"), executable(tmp_path / "client", "exit 1")
    address = {"NEO4J_URI": "bolt://127.0.0.1:7687"}
    assert [choose(address, engine), choose({}, engine), choose({}, client_alone), choose({}, str(tmp_path / "none"))] == [
        "environment",
        "container",
        "jars",
        "jars",
    ]


def test_a_docker_that_does_not_answer_is_none(tmp_path: Path) -> None:
    assert not docker_answers(executable(tmp_path / "docker", "exec sleep 60"), seconds=0.2)


def test_without_the_jars_it_fails_and_says_every_way_out(tmp_path: Path) -> None:
    with (
        pytest.raises(NoServer, match=r"of the jars of Neo4j .* are not in .*NEO4J_URI.* Docker.* `make neo4j-files`"),
        from_jars(tmp_path, {"XDG_CACHE_HOME": str(tmp_path)}),
    ):
        pytest.fail("a server without its files")


def test_a_server_that_ends_while_it_starts_shows_its_log(tmp_path: Path) -> None:
    process = Neo4jProcess(tmp_path, classpath="nothing")
    with pytest.raises(NoServer, match=r"(?s)ended while it started.*console\.log.*ClassNotFoundException"):
        process.start()
    assert not process.running


def test_the_environment_names_a_server(neo4j_process: Neo4jProcess) -> None:
    server = neo4j_process.server
    expected = Neo4jServer(server.uri, server.user, server.password)
    assert from_environment({"NEO4J_URI": server.uri_with_password}) == expected
    assert from_environment({"NEO4J_URI": server.uri, "NEO4J_USER": server.user, "NEO4J_PASSWORD": server.password}) == expected
    with pytest.raises(NoServer, match="does not let 'neo4j' in"):
        from_environment({"NEO4J_URI": server.uri, "NEO4J_PASSWORD": "another"})


def test_an_address_without_a_password_or_a_server_is_named() -> None:
    with pytest.raises(NoServer, match=r"names bolt://127\.0\.0\.1:9, and no password is given: set NEO4J_PASSWORD"):
        from_environment({"NEO4J_URI": "bolt://neo4j@127.0.0.1:9"})
    with pytest.raises(NoServer, match=r"the server of NEO4J_URI, bolt://127\.0\.0\.1:9, "):
        from_environment({"NEO4J_URI": "bolt://127.0.0.1:9", "NEO4J_PASSWORD": "password"})


def test_an_address_carries_user_and_password_whatever_they_hold() -> None:
    server = Neo4jServer("neo4j+s://host:7687", "a/b", "p@ss:word")
    assert server.uri_with_password == "neo4j+s://a%2Fb:p%40ss%3Aword@host:7687"  # noqa: S105  # of nobody


def test_what_was_acknowledged_outlives_a_kill(neo4j_process: Neo4jProcess) -> None:
    server, first = neo4j_process.server, neo4j_process.pid
    with GraphDatabase.driver(server.uri, auth=server.auth) as driver:
        driver.execute_query("CREATE (:Survivor)")
    neo4j_process.kill()
    assert not alive(first)
    neo4j_process.start()
    with GraphDatabase.driver(server.uri, auth=server.auth) as driver:
        assert driver.execute_query("MATCH (s:Survivor) DELETE s RETURN count(*) AS n").records[0]["n"] == 1
    assert neo4j_process.pid != first


def test_the_server_of_the_session_answers(neo4j_server: Neo4jServer) -> None:
    with GraphDatabase.driver(neo4j_server.uri, auth=neo4j_server.auth) as driver:
        (found,) = driver.execute_query(
            "CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0] AS version"
        ).records
    assert tuple(map(int, found["version"].split(".")[:2])) >= (2026, 1)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def eventually_dead(pid: int) -> bool:
    end = time.monotonic() + 30
    while alive(pid) and time.monotonic() < end:
        time.sleep(0.02)
    return not alive(pid)


HOLDER = """
import subprocess, sys, time
keeper = subprocess.Popen([sys.executable, *sys.argv[1:]], stdin=subprocess.PIPE, start_new_session=True)
time.sleep(600)
"""


@pytest.mark.parametrize("command", [["sleep", "600"], ["sh", "-c", "trap '' TERM; while :; do sleep 0.1; done"]], ids=["willing", "deaf"])
def test_what_is_kept_ends_with_a_parent_that_is_killed(command: list[str]) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(KEEPER), "0.2", *command], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        kept = int(parent.stdout.readline())
        assert alive(kept)
        parent.send_signal(signal.SIGKILL)
        assert eventually_dead(kept)


def compose() -> Any:
    """The one service of the compose file, with $$ as Docker hands it on."""
    return yaml.safe_load(COMPOSE.read_text().replace("$$", "$"))["services"]["neo4j"]


def test_compose_starts_the_same_version_for_this_machine_alone_and_with_a_password() -> None:
    service = compose()
    assert service["image"] == f"neo4j:{VERSION}"
    assert f"neo4j-{VERSION}.jar" in {Path(jar.path).name for jar in lock()}
    assert service["ports"] == ["127.0.0.1:7687:7687", "127.0.0.1:7474:7474"]
    assert service["environment"]["NEO4J_AUTH"].startswith("neo4j/${NEO4J_PASSWORD:?")


def test_compose_keeps_what_the_image_writes() -> None:
    file = yaml.safe_load(COMPOSE.read_text())
    kept = dict(volume.split(":") for volume in file["services"]["neo4j"]["volumes"])
    assert {*kept} == {*file["volumes"]}
    assert {*kept.values()} == {"/data", "/logs"}


def test_the_health_check_of_compose_asks_with_the_password_of_the_container(tmp_path: Path) -> None:
    executable(tmp_path / "cypher-shell", 'echo "$NEO4J_PASSWORD $*"')
    kind, script = compose()["healthcheck"]["test"]
    assert kind == "CMD-SHELL"
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "NEO4J_AUTH": "neo4j/a 'word' of $5"}
    told = subprocess.run(["/bin/sh", "-c", script], env=environment, capture_output=True, text=True, check=True).stdout
    assert told == "a 'word' of $5 --username neo4j RETURN 1\n"


def settings(environment: Iterable[str]) -> set[str]:
    """What the entry point of Neo4j's image makes of variables: a setting of each, but of those that it knows itself."""
    bare = [name.removeprefix("NEO4J_") for name in environment if name != "NEO4J_AUTH"]
    return {name.replace("_", ".").replace("..", "_") for name in bare}


def test_what_compose_and_the_container_set_are_settings_of_the_server(neo4j_server: Neo4jServer) -> None:
    given = settings(compose()["environment"]) | settings(container(docker_client_kw=AN_API).env)
    assert given == {"server.memory.heap.initial_size", "server.memory.heap.max_size", "server.memory.pagecache.size"}
    with GraphDatabase.driver(neo4j_server.uri, auth=neo4j_server.auth) as driver:
        known = {row["name"] for row in driver.execute_query("SHOW SETTINGS YIELD name").records}
    assert given <= known


def test_the_container_is_of_the_same_version_and_opens_both_ports() -> None:
    made = container(docker_client_kw=AN_API)
    assert made.image == f"neo4j:{VERSION}"
    assert {str(port).partition("/")[0] for port in made.ports} == {"7687", "7474"}
    assert (made.username, made.password) == (USER, PASSWORD)
