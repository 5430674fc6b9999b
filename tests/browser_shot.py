"""`make browser-shot`: the demo's graph in Neo4j Browser, as pictures in docs/.

Starts a server, loads the demo's graph, and has Chromium open the very links that `mem0g browser` prints. What it cannot do, it says:
a link that fills in something else, a query that fails, a picture with other facts than the query gives.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import which
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright

from mem0g import Memory
from mem0g.cli.adding import add_messages
from mem0g.cli.demo import ALICE, example_file
from mem0g.cli.messages import read_messages
from mem0g.model import Scope
from mem0g.stores.neo4j import Neo4jStore

from .neo4j_server import Neo4jServer, from_jars

DOCS = Path(__file__).parent.parent / "docs"
SIZE = {"width": 860, "height": 860}
SHARPNESS = 2
SETTLED = 4_000
"""Milliseconds until the nodes of a picture stand still."""


@dataclass(frozen=True)
class Shot:
    """One picture: what `mem0g browser` is asked, which of its queries is opened, and what must be written in the picture."""

    file: str
    query: str
    options: tuple[str, ...]
    shown: tuple[str, ...]
    hidden: tuple[str, ...] = ()


def struck(words: str) -> str:
    return "".join(f"{letter}\u0336" for letter in words)


LISBON = "1fe1ea18"
"""That Alice lives in Lisbon, until September. The same ledger gives the same ids."""

SHOTS = (
    Shot("browser.png", "graph_now", (), ("lives in", "diet", "vegetarian", "Porto"), ("Oslo", struck("lives in"))),
    Shot("browser-superseded.png", "superseded", (), (struck("lives in"), "Oslo", "lives in – 2026-03")),
    Shot("browser-provenance.png", "provenance", ("--fact", LISBON), ("lives in – 2026-09", "ASSERTS", "ABOUT", "Lisbon")),
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.browser_shot", description=__doc__)
    parser.add_argument("--out", type=Path, default=DOCS, help="the folder of the pictures")
    parser.add_argument("--all", action="store_true", help="a picture of every query, not of those in docs/ alone")
    options = parser.parse_args()
    chromium = which("chromium") or which("google-chrome") or which("chrome")
    if chromium is None:
        sys.exit("there is no Chromium here: install one (Debian, Ubuntu: apt install chromium)")
    with tempfile.TemporaryDirectory(prefix="mem0g-shot-") as folder, from_jars(Path(folder)) as process:
        load_demo(process.server)
        with browser(chromium) as page:
            take(page, process.server, every_query(process.server) if options.all else SHOTS, options.out)


def load_demo(server: Neo4jServer) -> None:
    """The demo's graph, whose clock stands at its last message."""
    messages = read_messages(example_file(), Scope.of(**ALICE))
    last = max(datetime.fromisoformat(str(message["occurred_at"])) for message in messages)
    Neo4jStore.init(server.uri_with_password)
    with Memory(server.uri_with_password, clock=lambda: last) as memory:
        add_messages(memory, messages, ALICE)


def every_query(server: Neo4jServer) -> tuple[Shot, ...]:
    """A picture of each query that `mem0g browser` prints, with nothing demanded of it."""
    options = ("--entity", "Miso", "--fact", LISBON, "--since", "2026-04", "--until", "2026-05", "--as-of", "2026-03-05")
    return tuple(Shot(f"browser-{query['name']}.png", query["name"], options, ()) for query in printed(server)["queries"])


@contextmanager
def browser(chromium: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        started = playwright.chromium.launch(executable_path=chromium, args=sandbox)
        try:
            yield started.new_page(viewport=SIZE, device_scale_factor=SHARPNESS, color_scheme="light")
        finally:
            started.close()


def take(page: Page, server: Neo4jServer, shots: tuple[Shot, ...], out: Path) -> None:
    """Log in, set Browser up as `mem0g browser` says, and take each picture."""
    once = printed(server)
    page.goto(once["style"])
    page.get_by_test_id("password").fill(server.password)
    page.get_by_test_id("connect").click()
    expect(page.get_by_test_id("password")).to_have_count(0)
    run(page)
    page.goto(once["only_the_result"])
    run(page)
    for shot in shots:
        (query,) = [query for query in printed(server, *shot.options)["queries"] if query["name"] == shot.query]
        page.goto(query["link"])
        run(page)
        picture(page, shot, out / shot.file)
        print(out / shot.file)


def picture(page: Page, shot: Shot, file: Path) -> None:
    frame = page.get_by_test_id("frame").first
    frame.get_by_title("Fullscreen").click()
    page.wait_for_timeout(SETTLED)
    if frame.get_by_label("zoom-to-fit").count():  # what has no rows, or no node in any, is a table
        page.get_by_title("Collapse the node properties display").click()
        page.get_by_label("zoom-to-fit").click()
        page.wait_for_timeout(SETTLED)
    assert not frame.get_by_text("Neo.ClientError").count(), f"{file}: {frame.inner_text()}"
    written = {text.strip() for text in frame.locator("svg text").all_text_contents()}
    page.screenshot(path=file)
    for words in shot.shown:
        assert words in written, f"{file}: {words!r} is not in the picture, which has {sorted(written)}"
    for words in shot.hidden:
        assert words not in written, f"{file}: {words!r} is in the picture"


def run(page: Page) -> None:
    """Press Run, as who opened the link does."""
    page.get_by_test_id("editor-Run").click()
    page.wait_for_timeout(SETTLED)


def printed(server: Neo4jServer, *options: str) -> Any:
    """What `mem0g browser --json` prints."""
    command = [sys.executable, "-m", "mem0g", "browser", "--user", "alice", "--json", "--http", str(server.http), *options]
    environment = {**os.environ, "MEM0G_DB": server.uri_with_password}
    return json.loads(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)


if __name__ == "__main__":
    main()
