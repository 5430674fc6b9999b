"""Work that nobody waits for: one graph after another, in one thread beside the caller's."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Lock

from mem0g.errors import BudgetExceeded, Mem0gError

_LOG = logging.getLogger(__name__)


class Background:
    """Does a piece of work for each graph that asks for it. May be asked from many threads; the thread starts with the first work.

    What the work raises is logged, and the work is done again when the graph asks again. Where a program ends without `close`, what
    was asked for is still done, once each.

    Args:
        work: does it for a graph, and says whether there is more of it to do at once.
        name: of the work, for the log: "refreshing the summary".
    """

    def __init__(self, work: Callable[[str], bool], name: str) -> None:
        self._work = work
        self._name = name
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="mem0g")
        self._asked: set[str] = set()
        self._working = False
        self._closed = False
        self._one_more = False
        self._lock = Lock()

    @property
    def closed(self) -> bool:
        """Whether no other work is taken on."""
        return self._closed

    def ask(self, graph: str) -> None:
        """Have the work done for a graph, soon. Nothing where it has asked and is waiting, or after `close`."""
        with self._lock:
            if self._closed or graph in self._asked:
                return
            with suppress(RuntimeError):  # the program is ending: nothing is begun any more
                self._thread.submit(self._do, graph).add_done_callback(partial(self._note, graph))
                self._asked.add(graph)

    def close(self) -> None:
        """Wait for one piece of work: the one that has begun, or else the one asked for first. What waits behind it is not done."""
        with self._lock:
            self._one_more = not self._closed and not self._working
            self._closed = True
        self._thread.shutdown()

    def _do(self, graph: str) -> None:
        with self._lock:
            self._asked.discard(graph)
            if self._closed and not self._one_more:
                return
            self._one_more, self._working = False, True
        try:
            goes_on = self._work(graph)
        finally:
            with self._lock:
                self._working = False
        if goes_on:
            self.ask(graph)

    def _note(self, graph: str, done: Future[None]) -> None:
        """Log what the work raised, with where it did where that is no error of ours. That a budget is spent is told to who adds."""
        error = done.exception()
        if error is not None and not isinstance(error, BudgetExceeded):
            trace = None if isinstance(error, Mem0gError) else error
            _LOG.warning("%s of %s failed: %s; the next add tries again", self._name, graph, error, exc_info=trace)
