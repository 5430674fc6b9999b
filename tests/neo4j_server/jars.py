"""The jars of a Neo4j server: which ones (`jars.txt`), where they come from, and where they are kept.

`jars.txt` is the lock: a line is what `sha256sum` writes, the hash and the jar's path in any Maven repository. Whichever way a jar came, it
is kept only with that hash. The cache has the same paths, so `sha256sum --check` reads the lock there. After a change of `ROOTS`:
`python -m tests.neo4j_server lock`, which needs mvn.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path, PurePosixPath
from urllib.request import urlopen

VERSION = "2026.08.1"
ROOTS = (f"org.neo4j:neo4j:{VERSION}", f"org.neo4j.app:neo4j-server:{VERSION}", "org.neo4j.client:neo4j-browser:5.24.0")
LOCK = Path(__file__).with_name("jars.txt")
CENTRAL = "https://repo1.maven.org/maven2"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy-dependencies"
LINE = re.compile(r"(?P<sha256>[0-9a-f]{64})  (?P<path>([\w-][\w.-]*/){3,}[\w-][\w.-]*\.jar)")
ATTEMPTS = 3
AT_ONCE = 8


class JarsMissing(Exception):
    """The server's jars are not here, or are not those of the lock; the message says the way out."""


@dataclass(frozen=True)
class Jar:
    """A jar by its path in a Maven repository, and the SHA-256 that it must have."""

    path: str
    sha256: str

    def is_in(self, folder: Path) -> bool:
        """Whether the folder holds this very jar."""
        return sha256_of(folder / self.path) == self.sha256


Source = Callable[[Sequence[Jar], Path], None]
"""What brings jars into a folder, each at its path. It checks nothing."""


def sha256_of(file: Path) -> str | None:
    if not file.is_file():
        return None
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def read_lock(text: str) -> list[Jar]:
    return [_jar(number, line) for number, line in enumerate(text.splitlines(), start=1) if not line.startswith("#")]


def _jar(number: int, line: str) -> Jar:
    if not (parts := LINE.fullmatch(line)):
        raise ValueError(f"{LOCK.name}, line {number}: {line!r} is not a SHA-256, two spaces and the path of a jar")
    return Jar(parts["path"], parts["sha256"])


def lock() -> list[Jar]:
    return read_lock(LOCK.read_text())


def cache(environ: Mapping[str, str]) -> Path:
    """The folder that all clones of one user share."""
    return Path(environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mem0g" / f"neo4j-{VERSION}"


def classpath(jars: Iterable[Jar], folder: Path) -> str:
    """The jars as Java takes them.

    Raises:
        JarsMissing: one is not in the folder, or is not what the lock says.
    """
    if absent := [jar.path for jar in jars if not jar.is_in(folder)]:
        raise JarsMissing(
            f"{len(absent)} of the jars of Neo4j {VERSION} are not in {folder}, as {absent[0]}: fetch them with `make neo4j-files`"
        )
    return os.pathsep.join(str(folder / jar.path) for jar in jars)


def fetch(jars: Iterable[Jar], folder: Path, source: Source) -> int:
    """Bring into the folder what it lacks; say how many that were. A jar appears there whole and checked, or not at all.

    Raises:
        JarsMissing: the source failed, or brought another file than the lock names; nothing of it is kept.
    """
    wanted = [jar for jar in jars if not jar.is_in(folder)]
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".fetching-") as fresh:
        if wanted:
            source(wanted, Path(fresh))
        for jar in wanted:
            _check(jar, Path(fresh))
        for jar in wanted:
            (folder / jar.path).parent.mkdir(parents=True, exist_ok=True)
            Path(fresh, jar.path).replace(folder / jar.path)
    return len(wanted)


def _check(jar: Jar, folder: Path) -> None:
    if (found := sha256_of(folder / jar.path)) != jar.sha256:
        came = f"came with SHA-256 {found}" if found else "did not come"
        raise JarsMissing(
            f"{jar.path} {came}, and {LOCK.name} wants {jar.sha256}: nothing was kept. "
            f"Name another repository, as in `MAVEN_REPOSITORY={CENTRAL} make neo4j-files`"
        )


def usual_source(environ: Mapping[str, str]) -> Source:
    """The repository of `MAVEN_REPOSITORY`; else mvn, which knows the user's mirrors, and where it fails or is none, Maven Central."""
    if repository := environ.get("MAVEN_REPOSITORY"):
        return from_repository(repository)
    mvn = shutil.which("mvn", path=environ.get("PATH"))
    return first_of(from_maven(mvn), from_repository(CENTRAL)) if mvn else from_repository(CENTRAL)


def first_of(one: Source, other: Source) -> Source:
    """One source and, where it fails, the other; the failure is shown."""

    def bring(jars: Sequence[Jar], folder: Path) -> None:
        try:
            one(jars, folder)
        except JarsMissing as error:
            print(f"{error}\nTrying without it.", file=sys.stderr)
            other(jars, folder)

    return bring


def from_repository(url: str) -> Source:
    """A Maven repository over HTTP; `https_proxy` and the like are honoured."""

    def bring(jars: Sequence[Jar], folder: Path) -> None:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(lambda jar: _download(f"{url.rstrip('/')}/{jar.path}", folder / jar.path), jars))

    return bring


def _download(url: str, to: Path, attempts: int = ATTEMPTS) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        with urlopen(url, timeout=60) as reply, to.open("wb") as opened:  # noqa: S310  # a repository that the developer named
            shutil.copyfileobj(reply, opened)
    except (OSError, HTTPException) as error:
        if attempts == 1:
            way_out = "name a repository that can be reached, as in `MAVEN_REPOSITORY=https://… make neo4j-files`"
            raise JarsMissing(f"{url} could not be fetched ({error}): {way_out}") from error
        _download(url, to, attempts - 1)


def from_maven(mvn: str) -> Source:
    """Maven, with the mirrors, proxies and local repository of its settings."""

    def bring(jars: Sequence[Jar], folder: Path) -> None:
        _copy(mvn, _pom(map(_alone, jars)), folder)

    return bring


def write_lock(mvn: str) -> str:
    """The text of a lock: `ROOTS` and all they need to run, as Maven resolves it today."""
    with tempfile.TemporaryDirectory() as folder:
        _copy(mvn, _pom(map(_root, ROOTS)), Path(folder))
        jars = sorted(Path(folder).rglob("*.jar"))
        lines = [f"{sha256_of(jar)}  {jar.relative_to(folder).as_posix()}\n" for jar in jars]
    return "".join([f"# {' '.join(ROOTS)}: written by `python -m tests.neo4j_server lock`\n", *lines])


def _copy(mvn: str, pom: str, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as project:
        Path(project, "pom.xml").write_text(pom)
        options = [f"-DoutputDirectory={folder}", "-Dmdep.useRepositoryLayout=true", "-DincludeScope=runtime"]
        done = subprocess.run([mvn, "--batch-mode", "--quiet", COPY, *options], cwd=project, capture_output=True, text=True, check=False)
    if done.returncode:
        raise JarsMissing(f"{mvn} failed with status {done.returncode}:\n{(done.stdout + done.stderr).strip()[-2000:]}")


def _pom(dependencies: Iterable[str]) -> str:
    project = "<modelVersion>4.0.0</modelVersion><groupId>mem0g</groupId><artifactId>neo4j</artifactId><version>1</version>"
    return f'<project xmlns="http://maven.apache.org/POM/4.0.0">{project}<dependencies>{"".join(dependencies)}</dependencies></project>'


def _root(coordinates: str) -> str:
    return _dependency(*coordinates.split(":"))


def _alone(jar: Jar) -> str:
    *group, artifact, version, name = PurePosixPath(jar.path).parts
    classifier = name.removeprefix(f"{artifact}-{version}").removesuffix(".jar").removeprefix("-")
    nothing_else = "<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>"
    return _dependency(".".join(group), artifact, version, (f"<classifier>{classifier}</classifier>" if classifier else "") + nothing_else)


def _dependency(group: str, artifact: str, version: str, more: str = "") -> str:
    return f"<dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId><version>{version}</version>{more}</dependency>"
