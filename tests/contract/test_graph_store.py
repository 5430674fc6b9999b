"""The contract of every store, one test for each promise; and that it names the promise that a store breaks."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from mem0g.period import EVERYTHING_KNOWN, Period
from mem0g.ports import Change, ClaimFilter, FactFilter, GraphStore
from mem0g.stores.sqlite import SQLiteStore
from mem0g.testing import GRAPH_STORE_CHECKS, GraphStoreCheck, check_graph_store


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[GraphStore]:
    store = SQLiteStore(tmp_path / "memory.db")
    yield store
    store.close()


@pytest.mark.parametrize("check", GRAPH_STORE_CHECKS, ids=lambda check: check.__name__)
def test_sqlite_keeps_the_contract(check: GraphStoreCheck, sqlite_store: GraphStore) -> None:
    check(sqlite_store)


def new_files(folder: Path, kind: Callable[[Path], GraphStore]) -> Callable[[], GraphStore]:
    numbers = count()
    return lambda: kind(folder / f"{next(numbers)}.db")


def test_all_checks_run_in_turn(tmp_path: Path) -> None:
    check_graph_store(new_files(tmp_path, SQLiteStore))
    assert len([*tmp_path.iterdir()]) == len(GRAPH_STORE_CHECKS)


def filtered(method: str, **forgotten: Any) -> dict[str, Any]:
    """A read that passes over a part of its filter."""
    original = getattr(SQLiteStore, method)

    def read(store: SQLiteStore, *arguments: Any, **named: Any) -> Any:
        narrowed = [replace(one, **forgotten) if isinstance(one, FactFilter) else one for one in arguments]
        return original(store, *narrowed, **named)

    return {method: read}


def answering(method: str, change: Callable[[Any], Any]) -> dict[str, Any]:
    """A read whose answer is changed."""
    original = getattr(SQLiteStore, method)
    return {method: lambda store, *arguments, **named: change(original(store, *arguments, **named))}


def commit_blindly(store: SQLiteStore, graph: str, change: Change, expected: int | None = None) -> int | None:
    return SQLiteStore.commit(store, graph, change)


def commit_but_keep_facts(store: SQLiteStore, graph: str, change: Change, expected: int | None = None) -> int | None:
    return SQLiteStore.commit(store, graph, replace(change, dropped=()), expected)


def commit_but_keep_records(store: SQLiteStore, graph: str, change: Change, expected: int | None = None) -> int | None:
    return SQLiteStore.commit(store, graph, replace(change, erased=()), expected)


def commit_but_keep_namings(store: SQLiteStore, graph: str, change: Change, expected: int | None = None) -> int | None:
    held = {naming.id for naming in store.namings(graph, ["e"])}
    kept = [id for id in change.erased if id not in held]
    return SQLiteStore.commit(store, graph, replace(change, erased=kept), expected)


def commit_but_keep_the_summary(store: SQLiteStore, graph: str, change: Change, expected: int | None = None) -> int | None:
    kept = change.summary or SQLiteStore.summary(store, graph)
    return SQLiteStore.commit(store, graph, replace(change, summary=kept if change.erased else change.summary), expected)


def nearest_of_any_type(store: SQLiteStore, graph: str, vector: Any, type: str, limit: int) -> Any:
    found = [one for type in ("person", "place") for one in SQLiteStore.nearest_entities(store, graph, vector, type, limit)]
    return sorted(found, key=lambda one: -one[1])[:limit]


def narrowed_claims(store: SQLiteStore, graph: str, where: list[ClaimFilter]) -> Any:
    return SQLiteStore.claims(store, graph, [replace(one, with_exclusive=False) for one in where])


def facts_of_stretches(store: SQLiteStore, graph: str, where: FactFilter, limit: int | None = None) -> Any:
    stretch = where.as_of and Period(where.as_of.start, where.as_of.end)
    return SQLiteStore.facts(store, graph, replace(where, as_of=stretch), limit)


def unlimited_matches(store: SQLiteStore, graph: str, words: Any, where: FactFilter, limit: int) -> Any:
    return SQLiteStore.match_facts(store, graph, words, where, 99)


def timeless_matches(store: SQLiteStore, graph: str, words: Any, known_at: Any, limit: int) -> Any:
    return SQLiteStore.match_episodes(store, graph, words, EVERYTHING_KNOWN, limit)


def nearest_then_filtered(store: SQLiteStore, graph: str, vector: Any, where: FactFilter, limit: int) -> Any:
    near = SQLiteStore.nearest_facts(store, graph, vector, FactFilter(any_holder=True, known_at=None), limit)
    passed = {version.id for version in store.facts(graph, where)}
    return [one for one in near if one[0] in passed]


def timeless_nearest(store: SQLiteStore, graph: str, vector: Any, known_at: Any, limit: int) -> Any:
    return SQLiteStore.nearest_episodes(store, graph, vector, EVERYTHING_KNOWN, limit)


def commit_but_mix_models(store: SQLiteStore, graph: str, change: Change, expected: int | None = None) -> int | None:
    held = SQLiteStore.embedding(store, graph)
    named = held if held and change.embedding and held.dimension == change.embedding.dimension else change.embedding
    return SQLiteStore.commit(store, graph, replace(change, embedding=named), expected)


def backwards(found: Any) -> Any:
    return [*found][::-1]


BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "a revision off by one": (answering("revision", lambda revision: revision + 1), "does not exist is 0"),
    "writes in spite of a newer revision": ({"commit": commit_blindly}, "a graph that does not exist is at revision 0"),
    "keeps dropped facts": ({"commit": commit_but_keep_facts}, "revision"),
    "keeps erased records": ({"commit": commit_but_keep_records}, "holds nothing any more"),
    "lists graphs backwards": (answering("graphs", backwards), "sorted"),
    "loses a record": (answering("records", lambda records: [*records][1:]), "takes nothing away"),
    "gives records backwards": (answering("records", lambda records: iter(backwards(records))), "record"),
    "gives episodes backwards": (answering("episodes", backwards), "episode"),
    "gives the last episodes backwards": (answering("episodes_before", backwards), "oldest first"),
    "gives adjacent episodes backwards": (
        answering("adjacent_episodes", backwards),
        "beside",
    ),
    "gives entities backwards": (answering("entities", backwards), "sorted by id"),
    "gives names backwards": (answering("names", backwards), "names are told by the naming said first"),
    "gives namings backwards": (answering("namings", backwards), "sorted by id"),
    "keeps names that are gone": ({"commit": commit_but_keep_namings}, "are gone"),
    "gives merges backwards": (answering("merges", backwards), "a merge comes back|merges come sorted by id"),
    "gives wordings backwards": (answering("wordings", backwards), "a wording comes back|wordings come sorted by id"),
    "loses predicates": (answering("predicates", lambda predicates: {}), "predicates are those of claims"),
    "has no summary": (answering("summary", lambda summary: None), "a summary comes back as it was"),
    "keeps the summary of what is forgotten": ({"commit": commit_but_keep_the_summary}, "a summary goes with an erased episode"),
    "gives claims backwards": (answering("claims", backwards), "said order"),
    "passes over exclusive claims": ({"claims": narrowed_claims}, "claims lets through"),
    "gives judgements backwards": (answering("judgements", backwards), "judgements"),
    "gives retractions backwards": (answering("retractions", backwards), "retractions"),
    "gives facts backwards": (answering("facts", backwards), "facts"),
    "gives versions backwards": (answering("versions", backwards), "versions"),
    "forgets the holder": (filtered("facts", any_holder=True), "holder"),
    "forgets the time of knowledge": (filtered("facts", known_at=None), "best knowledge"),
    "forgets the time of validity": (filtered("facts", as_of=None), "as of the instant"),
    "takes instants for stretches": ({"facts": facts_of_stretches}, "events begun"),
    "forgets labels": (filtered("facts", labels=None), "label"),
    "forgets subjects": (filtered("facts", subjects=None), "subjects"),
    "forgets what is touched": (filtered("facts", touching=None), "touching"),
    "finds facts that the filter holds back": (filtered("match_facts", holder=None, as_of=None), "passes the filter"),
    "gives the worst matches first": (answering("match_facts", backwards), "rarer words comes first"),
    "gives too many matches": ({"match_facts": unlimited_matches}, "a limit"),
    "finds episodes before they were said": ({"match_episodes": timeless_matches}, "said"),
    "gives the farthest first": (answering("nearest_facts", backwards), "nearest come first"),
    "filters what is nearest afterwards": ({"nearest_facts": nearest_then_filtered}, "passed the filter before the limit"),
    "is near to the wrong holder": (filtered("nearest_facts", any_holder=True), "passed the filter before the limit"),
    "is near to what was unknown": (filtered("nearest_facts", known_at=None), "passed the filter before the limit|known no more"),
    "is near to what had ended": (filtered("nearest_facts", as_of=None), "passed the filter before the limit"),
    "is near to other labels": (filtered("nearest_facts", labels=None), "passed the filter before the limit"),
    "is near to episodes before they were said": ({"nearest_episodes": timeless_nearest}, "said"),
    "is near to entities of any type": ({"nearest_entities": nearest_of_any_type}, "of the type"),
    "mixes models": ({"commit": commit_but_mix_models}, "another model or dimension are refused"),
    "has no model": (answering("embedding", lambda embedding: None), "a graph with vectors has their model"),
    "never misses a vector": (answering("missing_vectors", lambda texts: []), "are missing"),
    "stays open": ({"close": lambda store: None}, "after close"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_promise_is_named(name: str, tmp_path: Path) -> None:
    methods, promise = BROKEN[name]
    opened: list[SQLiteStore] = []

    def broken(path: Path) -> GraphStore:
        opened.append(type("BrokenStore", (SQLiteStore,), methods)(path))
        return opened[-1]

    with pytest.raises(AssertionError, match=f"broken promise: .*{promise}"):
        check_graph_store(new_files(tmp_path, broken))
    for store in opened:
        SQLiteStore.close(store)
