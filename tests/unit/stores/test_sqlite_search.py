"""Full text in a SQLite store: every text scored as by hand, and what is scored where too many texts hold the words."""

import math
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mem0g.model import Value
from mem0g.ports import Change
from mem0g.stores.contract.samples import cast, version
from mem0g.stores.sqlite_filters import Condition
from mem0g.stores.sqlite_search import IN_FACTS, matches

from .files import opened

WORDS = ("amber", "birch", "cedar", "dune")
EVERY = Condition("facts.graph >= ?", (0,))

bodies = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5, unique=True), max_size=12)
graphs = (f"user:{number}" for number in count())


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("search") / "memory.db"


def kept(path: Path, texts: Sequence[Sequence[str]]) -> tuple[str, dict[str, Sequence[str]]]:
    """A new graph with a fact of each of these texts, in the order given, and the texts by the facts' ids."""
    graph = next(graphs)
    facts = [version(Value(f"n{number}"), text=" ".join(words), graph=graph) for number, words in enumerate(texts)]
    with opened(path) as store:
        store.commit(graph, Change(cast(graph), versions=facts))
    return graph, {fact.id: words for fact, words in zip(facts, texts, strict=True)}


def found(path: Path, graph: str, words: Sequence[str], limit: int, most: int = 0) -> dict[str, float]:
    with closing(sqlite3.connect(path)) as connection:
        (key,) = connection.execute("SELECT key FROM graphs WHERE name = ?", (graph,)).fetchone()
        listed = matches(connection, IN_FACTS, key, words, EVERY, limit, most)
    assert listed == sorted(listed, key=lambda one: (-one[1], one[0]))
    return dict(listed)


def by_hand(texts: Mapping[str, Sequence[str]], words: Sequence[str]) -> dict[str, float]:
    """Beside its text each fact has three words: its predicate and its two names."""
    held = {word: sum(word in text for text in texts.values()) for word in words}
    told = {id: sum(math.log(1 + len(texts) / held[word]) for word in words if word in text) for id, text in texts.items()}
    return {id: score / (1 + math.log10(len(texts[id]) + 3)) for id, score in told.items() if score}


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(bodies, st.sets(st.sampled_from(WORDS)).map(sorted), st.integers(1, 3), st.integers(1, 12))
def test_what_is_found_has_the_score_worked_out_by_hand(
    path: Path, texts: list[list[str]], words: list[str], limit: int, most: int
) -> None:
    """All are found where they are few enough. Where not, the best that hold the rarest word are, unless that alone is in too many."""
    graph, held = kept(path, texts)
    wanted = by_hand(held, words)
    assert found(path, graph, words, 99) == pytest.approx(wanted)
    some = found(path, graph, words, limit, most)
    assert some == pytest.approx({id: wanted[id] for id in some})
    assert len(some) >= min(1, len(wanted))
    counts = sorted((sum(word in text for text in texts), word) for word in words if any(word in text for text in texts))
    if counts and counts[0][0] <= most:
        assert max(some.values()) >= max(score for id, score in wanted.items() if counts[0][1] in held[id]) - 1e-9


def test_texts_of_the_rare_word_come_first_and_common_words_fill_up(path: Path) -> None:
    common = [["amber", "birch"], *[["amber"]] * 8, *[["birch"]] * 8]
    graph, held = kept(path, [["cedar", "amber"], *common, ["cedar"], *[["dune"]] * 4])
    ids = list(held)
    assert list(found(path, graph, ["amber", "birch", "cedar"], 2, most=5)) == [ids[0], ids[18]]
    assert list(found(path, graph, ["amber", "birch", "cedar"], 3, most=5)) == [ids[0], ids[18], ids[1]]


def test_of_too_many_texts_that_hold_the_common_words_the_last_written_are_found(path: Path) -> None:
    graph, held = kept(path, [["amber", "birch"]] * 9 + [["amber"]] * 9)
    assert set(found(path, graph, ["amber", "birch"], 3, most=3)) == set(list(held)[6:9])
    assert set(found(path, graph, ["amber"], 3, most=3)) == set(list(held)[15:])


def test_a_common_word_that_no_text_holds_with_the_others_is_left_out(path: Path) -> None:
    graph, held = kept(path, [*[["amber"]] * 5, *[["birch"]] * 9, *[["amber", "cedar"]] * 2, *[["cedar"]] * 6])
    assert set(found(path, graph, ["amber", "birch", "cedar"], 2, most=2)) == set(list(held)[14:16])


def test_what_the_condition_holds_back_takes_no_place(path: Path) -> None:
    graph, held = kept(path, [["amber"]] * 9)
    first = next(iter(held))
    with closing(sqlite3.connect(path)) as connection:
        (key,) = connection.execute("SELECT key FROM graphs WHERE name = ?", (graph,)).fetchone()
        only_first = Condition("facts.id = ?", (first,))
        assert [id for id, _ in matches(connection, IN_FACTS, key, ["amber"], only_first, 1, 1)] == [first]
