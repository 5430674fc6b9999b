"""Checks of what many share: graphs beside one another, threads, long lists of ids, and the end."""

import threading
from collections.abc import Callable
from datetime import timedelta

from mem0g.errors import StoreUnavailable
from mem0g.model import EntityId
from mem0g.period import EVERYTHING_KNOWN
from mem0g.ports import Change, ClaimFilter, FactFilter, GraphStore
from mem0g.stores.contract.promises import agree, refuses
from mem0g.stores.contract.samples import (
    ALICE,
    GRAPH,
    OTHER,
    cast,
    day,
    episode,
    fill,
    ids,
    one_of_each,
    reads,
    unit,
    version,
)

_WRITERS = 4
_TURNS = 5


def graphs_do_not_touch(store: GraphStore) -> None:
    """Two graphs may hold the same ids, names and words; no read or write of one shows in the other."""
    fill(store, GRAPH)
    before = dict(reads(store, GRAPH))
    fill(store, OTHER)
    agree(dict(reads(store, GRAPH)), before, "what another graph holds under the same ids shows in no read")
    store.commit(OTHER, Change(erased=ids(one_of_each(OTHER)), dropped=[version(graph=GRAPH).id, version(graph=OTHER).id]))
    store.scrub()
    agree(dict(reads(store, GRAPH)), before, "what another graph erases and drops stays here")
    agree([name for name, found in reads(store, OTHER) if found], [], "what a graph erases and drops is gone from it")
    agree(store.revision(GRAPH), 1, "the revision of a graph counts its own changes")


def racing_writers_lose_nothing(store: GraphStore) -> None:
    """Of the writers that expect one revision exactly one is let through, and what was acknowledged is there."""
    writers = [threading.Thread(target=_write_in_turns, args=(store, f"w{number}")) for number in range(_WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    wanted = [f"w{number}-{turn}" for number in range(_WRITERS) for turn in range(_TURNS)]
    agree(ids(store.records(GRAPH)), wanted, "no acknowledged write is lost")
    agree(store.revision(GRAPH), len(wanted), "of the writers that expect one revision exactly one is let through")


def reads_are_of_one_moment(store: GraphStore) -> None:
    """Nobody sees half a change: two episodes that come in one commit are seen together."""
    writer = threading.Thread(target=_write_pairs, args=(store,))
    writer.start()
    while writer.is_alive():
        agree(len(store.episodes(GRAPH)) % 2, 0, "a read sees all of a change, or nothing")
    writer.join()
    agree(len(store.episodes(GRAPH)), 2 * _TURNS, "all that was written is there")


def long_lists_of_ids(store: GraphStore) -> None:
    """A choice may hold tens of thousands of ids."""
    fill(store, GRAPH)
    many = [f"id{number}" for number in range(40_000)]
    agree(ids(store.episodes(GRAPH, ids=[*many, "e"])), ["e"], "episodes takes a long list")
    agree(ids(store.claims_by_id(GRAPH, [*many, "c"])), ["c"], "claims_by_id takes a long list")
    agree(ids(store.judgements(GRAPH, [*many, "c"])), ["j"], "judgements takes a long list")
    agree(ids(store.entities(GRAPH, ids=[EntityId(id) for id in [*many, ALICE]])), [ALICE], "entities takes a long list")
    agree(ids(store.claims(GRAPH, [ClaimFilter([ALICE], "lives_in", many)])), ["d"], "claims takes a long list")
    agree(store.facts(GRAPH, FactFilter(ids=[*many, version().id])), [version()], "facts takes a long list")
    store.commit(GRAPH, Change(erased=[*many, "e"], dropped=[*many, version().id]))
    agree((ids(store.episodes(GRAPH)), store.facts(GRAPH, FactFilter())), (["f"], []), "a change takes a long list")


def closed_store_refuses(store: GraphStore) -> None:
    """After `close` every call raises `StoreUnavailable`, but for `close` itself."""
    fill(store, GRAPH)
    begun = store.records(GRAPH)
    next(begun)
    store.close()
    store.close()
    for name, call in _calls(store).items():
        refuses(StoreUnavailable, call, f"after close, {name} raises StoreUnavailable")
    refuses(StoreUnavailable, lambda: list(begun), "after close, records that were being read raise StoreUnavailable")


def _write_in_turns(store: GraphStore, name: str) -> None:
    for turn in range(_TURNS):
        change = Change([episode(f"{name}-{turn}")])
        while store.commit(GRAPH, change, expected=store.revision(GRAPH)) is None:
            pass


def _write_pairs(store: GraphStore) -> None:
    for turn in range(_TURNS):
        store.commit(GRAPH, Change([*cast(), episode(f"{turn}-a"), episode(f"{turn}-b")]))


def _calls(store: GraphStore) -> dict[str, Callable[[], object]]:
    return {
        "revision": lambda: store.revision(GRAPH),
        "commit": lambda: store.commit(GRAPH, Change([episode("late")])),
        "graphs": store.graphs,
        "records": lambda: list(store.records(GRAPH)),
        "episodes": lambda: store.episodes(GRAPH),
        "episodes_before": lambda: store.episodes_before(GRAPH, day(9), 9),
        "adjacent_episodes": lambda: store.adjacent_episodes(GRAPH, ["e"], day(9), timedelta(days=9)),
        "progress": lambda: store.progress(GRAPH),
        "entities": lambda: store.entities(GRAPH),
        "names": lambda: store.names(GRAPH, [ALICE]),
        "namings": lambda: store.namings(GRAPH, ["e"]),
        "merges": lambda: store.merges(GRAPH),
        "wordings": lambda: store.wordings(GRAPH),
        "predicates": lambda: store.predicates(GRAPH),
        "summary": lambda: store.summary(GRAPH),
        "claims": lambda: store.claims(GRAPH, [ClaimFilter([ALICE], "lives_in")]),
        "claims_by_id": lambda: store.claims_by_id(GRAPH, ["c"]),
        "claims_of": lambda: store.claims_of(GRAPH, ["e"]),
        "judgements": lambda: store.judgements(GRAPH, ["c"]),
        "retractions": lambda: store.retractions(GRAPH, ["c"]),
        "facts": lambda: store.facts(GRAPH, FactFilter()),
        "versions": lambda: store.versions(GRAPH, [ClaimFilter([ALICE], "lives_in")]),
        "match_facts": lambda: store.match_facts(GRAPH, ["lisbon"], FactFilter(), 9),
        "match_episodes": lambda: store.match_episodes(GRAPH, ["hello"], EVERYTHING_KNOWN, 9),
        "embedding": lambda: store.embedding(GRAPH),
        "missing_vectors": lambda: store.missing_vectors(GRAPH),
        "nearest_facts": lambda: store.nearest_facts(GRAPH, unit(1, 0, 0), FactFilter(), 9),
        "nearest_episodes": lambda: store.nearest_episodes(GRAPH, unit(1, 0, 0), day(9), 9),
        "nearest_entities": lambda: store.nearest_entities(GRAPH, unit(1, 0, 0), "person", 9),
        "scrub": store.scrub,
    }


CHECKS = (graphs_do_not_touch, racing_writers_lose_nothing, reads_are_of_one_moment, long_lists_of_ids, closed_store_refuses)
