"""What every `GraphStore` promises, as checks that run on a fresh store. No test framework is needed.

A store passes when every function of `GRAPH_STORE_CHECKS` returns. One that breaks a promise makes it raise an `AssertionError`
that names the promise, what was found and what should have been.
"""

from collections.abc import Callable

from mem0g.ports import GraphStore
from mem0g.stores.contract import changes, facts, ledger, sharing, vectors, words

__all__ = ["GRAPH_STORE_CHECKS", "GraphStoreCheck", "check_graph_store"]

GraphStoreCheck = Callable[[GraphStore], None]
"""A check of one promise, on a store that holds nothing yet."""

GRAPH_STORE_CHECKS: tuple[GraphStoreCheck, ...] = (
    *changes.CHECKS,
    *ledger.CHECKS,
    *facts.CHECKS,
    *words.CHECKS,
    *vectors.CHECKS,
    *sharing.CHECKS,
)


def check_graph_store(open_store: Callable[[], GraphStore]) -> None:
    """Run every check, each on a store of its own, and close it.

    Args:
        open_store: opens a store that holds nothing yet; called once for each check.

    Raises:
        AssertionError: a promise is broken; the message names it.
    """
    for check in GRAPH_STORE_CHECKS:
        store = open_store()
        try:
            check(store)
        finally:
            store.close()
