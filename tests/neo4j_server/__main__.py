"""`python -m tests.neo4j_server`: a Neo4j server to look at, until Ctrl-C; `files` fetches its jars, `lock` writes `jars.txt` anew."""

import argparse
import os
import sys
import tempfile
import threading
from pathlib import Path

from .jars import LOCK, JarsMissing, cache, classpath, fetch, lock, usual_source, write_lock
from .process import FOR_MEASURING, FOR_TESTS, Neo4jProcess, NoServer


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.neo4j_server", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["start", "files", "lock"], default="start")
    parser.add_argument("--home", type=Path, help="a folder for the server's data, which is kept; without it, a temporary one")
    parser.add_argument("--ports", type=int, nargs=2, metavar=("BOLT", "HTTP"), help="free ones where not given")
    parser.add_argument("--measuring", action="store_true", help="start slowly and run fast: all of Java's compilers, 2 GB of heap")
    options = parser.parse_args()
    try:
        {"start": lambda: start(options), "files": files, "lock": write}[options.what]()
    except (JarsMissing, NoServer) as error:
        sys.exit(str(error))


def start(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(prefix="mem0g-neo4j-") as temporary:
        home = (options.home or Path(temporary)).resolve()
        ports = tuple(options.ports) if options.ports else None
        with Neo4jProcess(home, classpath(lock(), cache(os.environ)), ports, FOR_MEASURING if options.measuring else FOR_TESTS) as process:
            print(process.server.uri_with_password, f"Browser: {process.server.http}", sep="\n")
            print(f"process {process.pid}, data in {home}; Ctrl-C ends it", flush=True)
            wait_for_interrupt()


def wait_for_interrupt() -> None:
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        print()


def files() -> None:
    folder = cache(os.environ)
    jars = lock()
    if any(not jar.is_in(folder) for jar in jars):
        print(f"Fetching Neo4j's files into {folder} (170 MB, once).", flush=True)
        fetch(jars, folder, usual_source(os.environ))


def write() -> None:
    LOCK.write_text(write_lock("mvn"))


main()
