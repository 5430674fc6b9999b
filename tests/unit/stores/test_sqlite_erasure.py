"""What was erased leaves no trace in the files."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mem0g.errors import StoreUnavailable
from mem0g.model import EntityId, Progress, Stage, Value
from mem0g.ports import Change
from mem0g.stores.contract.samples import (
    EVERY_VERSION,
    GRAPH,
    cast,
    claim,
    entity,
    episode,
    fill,
    ids,
    judgement,
    merge,
    naming,
    one_of_each,
    retraction,
    summary,
    supported,
    version,
    wording,
)

from .files import bytes_in, opened

WORD = "xylocarp"
"""What must not be found afterwards."""


def secret_change() -> Change:
    """The secret in every text there is."""
    say = f"the {WORD} story"
    return Change(
        [
            *cast(),
            episode("s", say, payload=f'{{"x": "{WORD}"}}', metadata={WORD: WORD}, user_id=WORD),
            entity(EntityId("s-entity"), WORD.title(), aliases=(f"the {WORD}",)),
            claim("s-claim", Value(say), quote=say, replaces=Value(WORD), predicate=WORD),
            naming("s-naming", name=WORD),
            merge("s-merge", EntityId(WORD)),
            wording("s-wording", WORD),
            retraction("s-retraction", WORD),
            judgement("s-judgement", WORD, "c"),
        ],
        [Progress("s", Stage.FAILED, error=say)],
        [version(Value(say), text=say, support=(supported(WORD),), predicate=WORD)],
        summary=summary(say),
    )


def erasure(change: Change) -> Change:
    return Change(erased=ids(change.records), dropped=ids(change.versions))


def traces(path: Path) -> list[str]:
    """The files that hold the secret still, in any case."""
    return [name for name, content in bytes_in(path.parent).items() if WORD.encode() in content.lower()]


def test_nothing_erased_is_left_in_the_files(path: Path) -> None:
    with opened(path) as store:
        fill(store, GRAPH)
        store.commit(GRAPH, secret_change())
        assert traces(path)
        store.commit(GRAPH, erasure(secret_change()))
        store.scrub()
        assert traces(path) == []
        assert ids(store.facts(GRAPH, EVERY_VERSION)) == [version().id]
    assert traces(path) == []


def test_nothing_erased_is_left_among_much_that_stays(path: Path) -> None:
    with opened(path) as store:
        for number in range(30):
            store.commit(GRAPH, Change([episode(f"e{number}-{turn}", f"some words {number} {turn} " * 9) for turn in range(30)]))
            if number == 15:
                store.commit(GRAPH, secret_change())
        store.commit(GRAPH, erasure(secret_change()))
        store.scrub()
    assert traces(path) == []


def test_replaced_text_is_scrubbed_too(path: Path) -> None:
    with opened(path) as store:
        store.commit(GRAPH, Change(cast(), [Progress("e", Stage.FAILED, WORD)], [version(text=WORD)]))
        store.commit(GRAPH, Change(progress=[Progress("e", Stage.EXTRACTED)], versions=[version(text="another")]))
        store.scrub()
    assert traces(path) == []


def test_scrubbing_waits_for_readers_and_says_when_they_stay(path: Path) -> None:
    with opened(path, timeout=0.05) as store:
        fill(store, GRAPH)
        store.commit(GRAPH, secret_change())
        reader = store.records(GRAPH)
        next(reader)
        store.commit(GRAPH, erasure(secret_change()))
        with pytest.raises(StoreUnavailable, match="in use by readers"):
            store.scrub()
        assert len(list(reader)) == len(one_of_each()) + len(secret_change().records) - 2 - 1
        store.scrub()
        assert traces(path) == []


def test_a_scrub_waits_for_a_reader_to_finish(path: Path) -> None:
    with opened(path) as store, ThreadPoolExecutor(1) as pool:
        fill(store, GRAPH)
        store.commit(GRAPH, secret_change())
        reader = store.records(GRAPH)
        next(reader)
        store.commit(GRAPH, erasure(secret_change()))
        scrub = pool.submit(store.scrub)
        assert store.revision(GRAPH) == 3
        list(reader)
        scrub.result()
        assert traces(path) == []
