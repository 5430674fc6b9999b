"""A ledger in batches: every record once, in an order that can be written, and the same graph whatever their size."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws.strategies import law
from laws.telling import OWNER, Teller, Told, memory_at, streams

from mem0g import Memory
from mem0g.errors import StoreUnavailable
from mem0g.ingestion.loading import batches
from mem0g.ingestion.writing import write_records
from mem0g.ledger_file import read_ledger
from mem0g.model import Claim, Judgement, Merge, Retraction, Wording
from mem0g.ports import Change, FactFilter, GraphStore
from mem0g.stores.contract.samples import GRAPH, claim, judgement, merge, one_of_each, retraction
from mem0g.stores.sqlite import SQLiteStore
from unit.samples import day

EVERY_VERSION = FactFilter(any_holder=True, known_at=None)


def test_every_record_comes_once() -> None:
    records = one_of_each()
    for size in range(1, 9):
        found = [record for batch in batches(records, size) for record in batch]
        assert len(found) == len(records)
        assert all(record in found for record in records)


def test_who_is_who_and_how_predicates_are_said_is_known_before_the_first_claim() -> None:
    kinds = [{type(record) for record in batch} for batch in batches(one_of_each(), 3)]
    assert kinds[2] == {Merge, Wording}
    assert all(Claim not in kind for kind in kinds[:3])


def test_claims_come_in_the_order_they_were_said() -> None:
    said = [claim("late", said=3), claim("early", said=1), claim("middle", said=2)]
    assert [[record.id for record in batch] for batch in batches(said, 2)] == [["early", "middle"], ["late"]]


def test_a_judgement_comes_with_the_later_and_a_retraction_with_the_last_of_its_claims() -> None:
    claims = [claim(f"c{number}", said=number) for number in range(4)]
    records = [*claims, judgement("j", "c2", "c1"), retraction("r", "c0", "c3"), judgement("k", "c1", "c0")]
    assert [[record.id for record in batch] for batch in batches(records, 2)] == [["c0", "c1", "k"], ["c2", "c3", "j", "r"]]


def test_what_names_no_claim_comes_last() -> None:
    assert [[record.id for record in batch] for batch in batches([retraction("r"), merge("m"), claim("c")], 2)] == [["m"], ["c"], ["r"]]


@law(10)
@given(stream=streams(), size=st.integers(1, 5))
def test_the_graph_is_the_same_whatever_the_size_of_the_batches(
    stream: list[Told], size: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("ledger")
    with memory_at() as memory:
        teller = Teller(memory)
        teller.tell(stream)
        teller.retract(stream[0], 2)
        memory.export(folder / "ledger.jsonl", user_id=OWNER)
        whole = memory._store
        ledger = read_ledger(folder / "ledger.jsonl")
        store = SQLiteStore(folder / "loaded.db")
        for batch in batches(ledger.records, size):
            write_records(store, ledger.graph, batch)
        assert described(store, ledger.graph) == described(whole, ledger.graph)
        assert list(store.records(ledger.graph)) == list(whole.records(ledger.graph))
        store.close()


def described(store: GraphStore, graph: str) -> list[tuple[object, ...]]:
    """Facts with what their equality leaves out."""
    return [(one, one.text, one.support) for one in store.facts(graph, EVERY_VERSION)]


class Interrupted(SQLiteStore):
    """Fails at its commit of this number, once."""

    fails_at = 0

    def commit(self, graph: str, change: Change, expected: int | None = None) -> int | None:
        self.fails_at -= 1
        if self.fails_at == 0:
            raise StoreUnavailable("gone")
        return super().commit(graph, change, expected)


def test_a_load_that_was_interrupted_goes_on_when_it_is_asked_again(tmp_path: Path) -> None:
    with Memory(tmp_path / "whole.db", clock=lambda: day(100)) as memory:
        for number in range(12):
            memory.add_fact("Alice", "lives_in", f"City {number}", user_id="alice", occurred_at=day(number))
        memory.export(tmp_path / "ledger.jsonl", user_id="alice")
        ledger = read_ledger(tmp_path / "ledger.jsonl")
        cut = list(batches(ledger.records, 5))
        store = Interrupted(tmp_path / "interrupted.db")
        store.fails_at = len(cut)
        with pytest.raises(StoreUnavailable):
            load(store, ledger.graph, cut)
        held = store.claims_by_id(GRAPH, [record.id for record in ledger.records if isinstance(record, Claim)])
        assert len(held) == 10
        assert store.facts(GRAPH, FactFilter())
        load(store, ledger.graph, cut)
        assert described(store, GRAPH) == described(memory._store, GRAPH)
        store.close()


def load(store: GraphStore, graph: str, cut: list[list[Claim | Judgement | Retraction]]) -> None:
    for batch in cut:
        write_records(store, graph, batch)


def test_progress_is_told_as_batches_are_written(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with Memory(tmp_path / "a.db") as one, Memory(tmp_path / "b.db") as other:
        one.add_fact("Alice", "lives_in", "Lisbon", user_id="alice", occurred_at=day(1))
        one.export(tmp_path / "ledger.jsonl", user_id="alice")
        number = other.load(tmp_path / "ledger.jsonl", progress=lambda done, of: told.append((done, of)))
    assert told
    assert told == sorted(told)
    assert all(done <= of == number for done, of in told)
    assert told[-1] == (number, number)
