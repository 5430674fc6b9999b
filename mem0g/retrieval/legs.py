"""Reads that do not depend on one another: at once where a store waits for a server, else one after another."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Protocol, TypeVar

_MOST = 8
"""Reads under way at once."""

_Answer = TypeVar("_Answer")


class Start(Protocol):
    """Starts a read."""

    def __call__(self, read: Callable[[], _Answer]) -> Callable[[], _Answer]:
        """What gives the answer when it is called, once, and raises what the read raises."""


@contextmanager
def legs(*, at_once: bool) -> Iterator[Start]:
    """What starts the reads of one answer. All of them have ended when this has.

    Args:
        at_once: on threads; else each runs where its answer is asked for.
    """
    if not at_once:
        yield lambda read: read
        return
    with ThreadPoolExecutor(_MOST) as threads:
        yield lambda read: threads.submit(read).result
