"""`mem0g demo`: the example conversation, through the very path of a user's file, and what can then be asked of it.

The clock stands one day after the last message, so that the answers are the same on any date.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from shlex import quote
from shutil import which
from typing import Final

from mem0g.addresses import without_password
from mem0g.cli.adding import add_messages
from mem0g.cli.ids import Ids
from mem0g.cli.meanings import open_memory
from mem0g.cli.messages import read_messages
from mem0g.cli.tables import TableScreen, count
from mem0g.errors import NotFound
from mem0g.memory import Memory
from mem0g.model import Fact, Scope
from mem0g.period import BEGINNING, EVERYTHING_KNOWN, read_period, show
from mem0g.results import Added

ALICE: Final = Ids(user_id="alice", agent_id=None, run_id=None)
_NAME = "alice.chat.jsonl"
_PACKED = "_examples"
"""The folder of the example in an installed package."""


@dataclass(frozen=True, slots=True)
class Demo:
    """A memory that holds the example, the screen it is shown on, and where both come from.

    Attributes:
        example: the conversation's file.
        database: the file or the server of the memory, where it is kept.
    """

    memory: Memory
    screen: TableScreen
    example: Path
    database: Path | str | None

    def show(self, added: Added, seconds: float) -> None:
        """All of it."""
        self.believed_now()
        self.timeline()
        self.february()
        self.march()
        self.dinner()
        self.counts(added, seconds)
        self.next_steps()

    def believed_now(self) -> None:
        """The facts that hold on the demo's day."""
        self.screen.chapter("What is believed now")
        self.screen.facts(self.memory.facts(**ALICE))

    def timeline(self) -> None:
        """Every version of the facts about Alice."""
        self.screen.chapter("Alice's timeline: what held when, and what was known when")
        self.screen.timeline("Alice", self.memory.timeline("Alice", **ALICE))

    def february(self) -> None:
        """A question with a time in its words, and the sources of its answer."""
        question = "Where did Alice live in February?"
        self.screen.chapter(question)
        found = self.memory.search(question, **ALICE, limit=3)
        self.screen.found(found)
        for best in found.facts[:1]:
            self.screen.chapter(f"Where “{best.text}” comes from")
            self.screen.why(self.memory.why(best.id, **ALICE))

    def march(self) -> None:
        """What Alice believed in March, as it was known then and as it is known now, and why the two differ."""
        then = self.memory.facts(**ALICE, as_of="2026-03", known_at="2026-03", holder="Alice")
        now = self.memory.facts(**ALICE, as_of="2026-03", holder="Alice")
        pairs = side_by_side(then, now)
        self.screen.chapter("What did Alice believe in March?")
        self.screen.compare(pairs, ("as known then", "as known now"))
        self.screen.chapter("Why the two differ")
        for first, second in pairs:
            if (first and first.valid) != (second and second.valid):
                self._difference(first, second)

    def dinner(self) -> None:
        """A question that names no fact."""
        question = "What should I cook for Alice tonight?"
        self.screen.chapter(question)
        self.screen.found(self.memory.search(question, **ALICE))

    def counts(self, added: Added, seconds: float) -> None:
        """How much there is, and how long it took."""
        ever = self.memory.diff(BEGINNING, EVERYTHING_KNOWN, **ALICE)
        believed, now = len(ever.learned) - len(ever.dropped), len(self.memory.facts(**ALICE))
        self.screen.chapter("In numbers")
        self.screen.say(f"{count(len(added.episode_ids), 'message')}, read in {seconds:.1f} s.")
        gone = count(len(ever.dropped), "fact")
        self.screen.say(f"{count(believed, 'fact')} believed, {now} of them now; {gone} superseded, denied or corrected.")

    def next_steps(self) -> None:
        """Commands that work from here."""
        mem0g, kept = program(), f" --db {quote(without_password(str(self.database)))}" if self.database else ""
        october = f'{mem0g} search "Where will Alice live in October?" --user alice{kept}'
        self.screen.say("")
        for command in (
            october if kept else f"{mem0g} add {quote(shown_path(self.example, Path.cwd()))} --user alice",
            f"{mem0g} timeline Alice --predicate lives_in --user alice{kept}",
            f"{mem0g} facts --as-of 2026-03 --known-at 2026-03 --holder Alice --user alice{kept}",
        ):
            self.screen.command(f"next: {command}")

    def _difference(self, then: Fact | None, now: Fact | None) -> None:
        """Why a fact is not believed now as it was then, in what was said since."""
        if then is not None:
            self.screen.reason(then, self.memory.why(then.id, **ALICE).superseded_by or "")
        elif now is not None:
            first = self.memory.why(now.id, **ALICE).evidence[0]
            self.screen.reason(now, f"first said on {show(first.said_at)}: “{first.quote}”")


def show_demo(database: Path | str | None) -> None:
    """Ingest the example into `database`, or into a temporary file, and show what can be asked of it.

    Raises:
        NotFound: the example is not installed.
    """
    from mem0g.providers.offline import OfflineExtractor  # noqa: PLC0415 - an extra

    example = example_file()
    messages = read_messages(example, Scope.of(**ALICE))
    last = max(read_period(str(message["occurred_at"])).start for message in messages)
    now = last + timedelta(days=1)
    screen = TableScreen(now)
    with _file(database) as path, open_memory(path, ALICE, "made", extractor=OfflineExtractor(), clock=_fixed(now)) as memory:
        screen.say(f"{len(messages)} messages of {shown_path(example, Path.cwd())}; today is {show(now)}.")
        began = time.perf_counter()
        added = add_messages(memory, messages, ALICE)
        Demo(memory, screen, example, database).show(added, time.perf_counter() - began)


def example_file() -> Path:
    """The example conversation: in the installed package, or in the checkout.

    Raises:
        NotFound: it is in neither.
    """
    package = Path(str(files("mem0g")))
    places = (package / _PACKED / _NAME, package.parent / "examples" / _NAME)
    for place in places:
        if place.is_file():
            return place
    raise NotFound(f"the example {_NAME} is not installed: it should be at {places[0]}; install mem0g again")


def side_by_side(then: Sequence[Fact], now: Sequence[Fact]) -> list[tuple[Fact | None, Fact | None]]:
    """The facts of two answers, each with the other's of the same triplet that overlaps it; those that one lacks come first."""
    left = list(now)
    pairs: list[tuple[Fact | None, Fact | None]] = []
    for fact in then:
        same = next((other for other in left if _triplet(other) == _triplet(fact) and other.valid.overlaps(fact.valid)), None)
        pairs.append((fact, same))
        left = [other for other in left if other is not same]
    pairs += [(None, fact) for fact in left]
    return sorted(pairs, key=_likeness)


def _likeness(pair: tuple[Fact | None, Fact | None]) -> int:
    """How alike the two are: 0 where one is not there, 2 where both hold over the same time."""
    first, second = pair
    return 0 if first is None or second is None else 1 + (first.valid == second.valid)


def program() -> str:
    """How the user calls mem0g."""
    called = sys.argv[0]
    if Path(called).name == "__main__.py":
        return "python -m mem0g"
    return "mem0g" if Path(called).name != "mem0g" or _is_on_path(called) else called


def _is_on_path(called: str) -> bool:
    found = which("mem0g")
    return found is not None and Path(found).resolve() == Path(called).resolve()


def _triplet(fact: Fact) -> tuple[str, str, str]:
    return (fact.subject, fact.predicate, fact.object)


def shown_path(path: Path, folder: Path) -> str:
    """The example's path: from `folder` where that is the checkout it lies in; whole where it lies in an installed package."""
    return str(path.relative_to(folder) if path.is_relative_to(folder) and path.parent.name != _PACKED else path)


def _fixed(at: datetime) -> Callable[[], datetime]:
    return lambda: at


@contextmanager
def _file(database: Path | str | None) -> Iterator[Path | str]:
    if database is not None:
        yield database
        return
    with tempfile.TemporaryDirectory(prefix="mem0g-") as folder:
        yield Path(folder) / "demo.db"
