"""Stores that do what another store does, and something besides; and an extractor that takes much at once."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from mem0g.model import Claim
from mem0g.ports import Change, ClaimFilter, GraphStore
from mem0g.testing import ScriptedAnswer, ScriptedExtractor


class Meddled:
    """A store that another writer gets at just before each commit.

    Attributes:
        commits: how many commits were tried.
    """

    def __init__(self, store: GraphStore, meddle: Callable[[int], None]) -> None:
        self._store = store
        self._meddle = meddle
        self.commits = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def commit(self, graph: str, change: Change, expected: int | None = None) -> int | None:
        """Let the other writer through first, then commit."""
        self.commits += 1
        self._meddle(self.commits)
        return self._store.commit(graph, change, expected)


class Disturbed:
    """A store that another writer gets at just after each read of one kind.

    Attributes:
        reads: how many there were.
    """

    def __init__(self, store: GraphStore, read: str, disturb: Callable[[int], object]) -> None:
        self._store = store
        self._read = read
        self._disturb = disturb
        self.reads = 0

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        return partial(self._disturbed, found) if name == self._read else found

    def _disturbed(self, read: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        answer = read(*arguments, **named)
        self.reads += 1
        self._disturb(self.reads)
        return answer


class Watched:
    """A store that keeps which claims were read by subject and predicate."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self.read: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def claims(self, graph: str, where: Iterable[ClaimFilter]) -> list[Claim]:
        """Read, and keep what was read."""
        found = self._store.claims(graph, where)
        self.read |= {claim.text for claim in found}
        return found

    def claims_by_id(self, graph: str, ids: Iterable[str]) -> list[Claim]:
        """Read, and keep what was read."""
        found = self._store.claims_by_id(graph, list(ids))
        self.read |= {claim.text for claim in found}
        return found


class Remote:
    """A store that is read like one behind a server."""

    waits = True

    def __init__(self, store: GraphStore) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


class Chunked(ScriptedExtractor):
    """A scripted extractor that takes several messages at once.

    Args:
        chunk_size: how many characters it takes.
        answers: by the content of an episode, or of a part of one.
    """

    def __init__(self, chunk_size: int, answers: Mapping[str, ScriptedAnswer] | None = None) -> None:
        super().__init__(answers or {})
        self.chunk_size = chunk_size


class Counted:
    """A store that counts the reads of each kind, and what they gave."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self.reads: Counter[str] = Counter()
        self.given: Counter[str] = Counter()

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        return partial(self._counted, name, found) if callable(found) else found

    def _counted(self, name: str, read: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        answer = read(*arguments, **named)
        self.reads[name] += 1
        self.given[name] += len(answer) if isinstance(answer, list) else 0
        return answer
