"""The write path: one transaction, worked out again when another writer was faster."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mem0g import Memory
from mem0g.errors import InvalidInput, NotFound, StoreFull, WriteConflict
from mem0g.ingestion.episodes import text_episode
from mem0g.ingestion.writing import Outcome, Reading, write_claims, write_episodes, write_failures
from mem0g.model import ClaimDraft, Kind, Operation, Progress, Scope, Stage, Version
from mem0g.period import FOREVER, Period
from mem0g.ports import Change, GraphStore
from mem0g.stores.sqlite import SQLiteStore
from mem0g.testing import ManualClock
from unit.doubles import Disturbed, Meddled
from unit.samples import ALICE, GRAPH, LISBON, OSLO, PORTO, day, draft, objects, triplets

U: dict[str, Any] = {"user_id": "alice"}


def reading(text: str, *drafts: ClaimDraft, said: float = 0) -> Reading:
    return Reading(text_episode(text, Scope.of("alice"), day(said), day(said)), drafts, "scripted")


def write(store: GraphStore, *readings: Reading) -> Outcome:
    return write_claims(store, GRAPH, readings, day(9))


# Claims


def test_a_reading_is_written_with_its_episode_its_entities_and_that_it_was_read(store: SQLiteStore) -> None:
    read = reading("I live in Lisbon.", draft("Lisbon", quote="live in Lisbon"))
    [claim] = write(store, read).claims
    [episode] = store.episodes(GRAPH)
    assert episode == read.episode
    assert store.progress(GRAPH) == [Progress(episode.id, Stage.EXTRACTED, extractor="scripted")]
    assert {entity.name for entity in store.entities(GRAPH)} == {"Alice", "Lisbon"}
    assert (claim.said_at, claim.index, claim.quote, claim.exclusive) == (day(0), 0, "live in Lisbon", True)
    assert (claim.valid_from, claim.valid_to, claim.precision) == (None, None, None)
    assert store.claims_by_id(GRAPH, [claim.id]) == [claim]


def test_the_ends_that_were_stated_are_kept_as_stated(store: SQLiteStore) -> None:
    month = Period(day(0), day(31))
    [claim, other] = write(store, reading("x", draft("Lisbon", valid=month), draft("Porto", valid=Period(day(0), FOREVER)))).claims
    assert (claim.valid_from, claim.valid_to, claim.precision) == (month.start, month.end, month.precision)
    assert (other.valid_from, other.valid_to) == (day(0), None)


def test_what_does_not_fit_together_because_another_wrote_is_read_again(store: SQLiteStore) -> None:
    def forgotten_meanwhile(read: int) -> None:
        if read == 1:
            store.commit(GRAPH, Change([reading("y").episode]))
            raise KeyError("a claim that a judgement names")

    disturbed = Disturbed(store, "merges", forgotten_meanwhile)
    assert len(write(disturbed, reading("x", draft("Lisbon"))).claims) == 1
    assert disturbed.reads == 2


def test_what_does_not_fit_together_by_itself_is_an_error(store: SQLiteStore) -> None:
    def damaged(_: int) -> None:
        raise KeyError("a claim that a judgement names")

    disturbed = Disturbed(store, "merges", damaged)
    with pytest.raises(KeyError, match="a judgement names"):
        write(disturbed, reading("x", draft("Lisbon")))
    assert disturbed.reads == 1


def test_an_episode_that_was_read_is_passed_over(store: SQLiteStore) -> None:
    write(store, reading("x", draft("Lisbon")))
    revision = store.revision(GRAPH)
    again = write(store, reading("x", draft("Porto")))
    assert (list(again.claims), dict(again.after), store.revision(GRAPH)) == ([], {}, revision)


def test_one_that_holds_nothing_is_marked_as_read(store: SQLiteStore) -> None:
    read = reading("Hello.")
    assert list(write(store, read).claims) == []
    assert [entry.stage for entry in store.progress(GRAPH)] == [Stage.EXTRACTED]
    assert store.entities(GRAPH) == []


def test_what_is_said_of_something_gives_it_its_spelling_and_not_the_speakers_name(store: SQLiteStore) -> None:
    write(store, reading("x", draft("Lisbon", subject="Alice")))
    assert "alice" not in {entity.name for entity in store.entities(GRAPH)}


@pytest.mark.parametrize(("corrects", "error"), [("nothing", NotFound), ("later", InvalidInput)])
def test_a_correction_names_something_said_before_it(store: SQLiteStore, corrects: str, error: type[Exception]) -> None:
    [later] = write(store, reading("later", draft("Porto"), said=5)).claims
    ids = {"nothing": "nothing", "later": later.id}
    revision = store.revision(GRAPH)
    with pytest.raises(error, match=ids[corrects]):
        write(store, reading("I meant Oslo", draft("Oslo", corrects=(ids[corrects],)), said=1))
    assert store.revision(GRAPH) == revision


def test_a_correction_may_not_name_a_claim_of_another_graph(store: SQLiteStore) -> None:
    bob = Reading(text_episode("x", Scope.of("bob"), day(0), day(0)), [draft("Lisbon")])
    [theirs] = write_claims(store, "user:bob", [bob], day(0)).claims
    with pytest.raises(NotFound):
        write(store, reading("I meant Oslo", draft("Oslo", corrects=(theirs.id,)), said=1))


def test_what_the_caller_corrects_is_decided_by_the_caller(store: SQLiteStore) -> None:
    [wrong] = write(store, reading("Lisbon", draft("Lisbon"))).claims
    outcome = write(store, reading("Porto", draft("Porto", corrects=(wrong.id,)), said=1))
    judged = {(judgement.operation, judgement.decider) for judgement in outcome.judgements if judgement.earlier == wrong.id}
    assert judged == {(Operation.CORRECTS, "caller")}


# Episodes


def test_an_episode_that_is_there_is_left_as_it_is_and_so_is_its_progress(store: SQLiteStore) -> None:
    episode = text_episode("x", Scope.of("alice"), day(0), day(0), "e")
    write_episodes(store, GRAPH, [episode], [Progress("e", Stage.PENDING)])
    write(store, Reading(episode, [draft("Lisbon")]))
    write_episodes(store, GRAPH, [replace(episode, content="other")], [Progress("e", Stage.PENDING)])
    assert store.episodes(GRAPH) == [episode]
    assert [entry.stage for entry in store.progress(GRAPH)] == [Stage.EXTRACTED]


def test_an_episode_given_twice_is_stored_once(store: SQLiteStore) -> None:
    episode = text_episode("x", Scope.of("alice"), day(0), day(0))
    write_episodes(store, GRAPH, [episode, episode], [Progress(episode.id, Stage.PENDING)] * 2)
    assert store.episodes(GRAPH) == [episode]


def test_a_failure_does_not_undo_what_another_writer_has_read(store: SQLiteStore) -> None:
    read = reading("x", draft("Lisbon"))
    write(store, read)
    write_failures(store, GRAPH, [Progress(read.episode.id, Stage.FAILED, "late news")])
    assert [entry.stage for entry in store.progress(GRAPH)] == [Stage.EXTRACTED]


# Other writers


def lives(memory: Memory, city: str, said: str) -> None:
    memory.add_fact("Alice", "lives_in", city, **U, occurred_at=said)


def test_a_write_that_lost_the_race_is_worked_out_against_what_is_there_now(tmp_path: Path, clock: ManualClock) -> None:
    store = SQLiteStore(tmp_path / "memory.db")
    other = Memory(store=store, clock=clock)

    def meddle(commit: int) -> None:
        if commit <= 3:
            lives(other, f"City {commit}", f"2026-0{commit}-01")

    meddled = Meddled(store, meddle)
    with Memory(store=meddled, clock=clock) as memory, Memory(tmp_path / "quiet.db", clock=clock) as quiet:
        lives(memory, "Lisbon", "2026-02-15")
        for city, said in [("City 1", "2026-01-01"), ("City 2", "2026-02-01"), ("City 3", "2026-03-01"), ("Lisbon", "2026-02-15")]:
            lives(quiet, city, said)
        assert meddled.commits == 4
        assert memory.timeline("Alice", **U) == quiet.timeline("Alice", **U)
        assert objects(memory.facts(**U)) == ["City 3"]


def test_what_was_added_twice_at_once_is_there_once(tmp_path: Path, clock: ManualClock) -> None:
    store = SQLiteStore(tmp_path / "memory.db")
    other = Memory(store=store, clock=clock)
    with Memory(store=Meddled(store, lambda commit: lives(other, "Lisbon", "2026-01-01") if commit == 1 else None), clock=clock) as memory:
        lives(memory, "Lisbon", "2026-01-01")
        [fact] = memory.facts(**U)
        assert len(fact.episode_ids) == 1
        assert len(list(store.claims_of(GRAPH, episodes=fact.episode_ids))) == 1


def test_an_entity_that_another_writer_made_meanwhile_is_not_made_again(tmp_path: Path, clock: ManualClock) -> None:
    store = SQLiteStore(tmp_path / "memory.db")
    other = Memory(store=store, clock=clock)

    def meddle(commit: int) -> None:
        if commit == 1:
            other.add_fact("alice", "likes", "LISBON", **U, occurred_at="2026-01-01")

    with Memory(store=Meddled(store, meddle), clock=clock) as memory:
        lives(memory, "Lisbon", "2026-01-02")
        assert len(store.entities(GRAPH)) == 2
        assert {fact.object_id for fact in memory.facts(**U)} == {store.entities(GRAPH, names=["lisbon"])[0].id}


def test_a_graph_that_keeps_changing_is_given_up_with_nothing_written(tmp_path: Path, clock: ManualClock) -> None:
    store = SQLiteStore(tmp_path / "memory.db")

    def meddle(commit: int) -> None:
        episode = text_episode(f"note {commit}", Scope.of("alice"), day(commit), day(0))
        store.commit(GRAPH, Change([episode], [Progress(episode.id, Stage.KEPT)]))

    meddled = Meddled(store, meddle)
    with Memory(store=meddled, clock=clock) as memory:
        with pytest.raises(WriteConflict, match=r"user:alice changed 200 times .* try again"):
            lives(memory, "Lisbon", "2026-01-01")
        assert meddled.commits == 200
        assert memory.facts(**U) == []
        assert not any("Lisbon" in episode.content for episode in memory.episodes(**U))


def test_an_error_of_the_store_leaves_nothing_half_written(tmp_path: Path, clock: ManualClock) -> None:
    store = SQLiteStore(tmp_path / "memory.db")

    def fail(commit: int) -> None:
        if commit == 2:
            raise StoreFull("no room")

    with Memory(store=Meddled(store, fail), clock=clock) as memory:
        lives(memory, "Lisbon", "2026-01-01")
        before = list(store.records(GRAPH))
        with pytest.raises(StoreFull):
            lives(memory, "Porto", "2026-02-01")
        assert list(store.records(GRAPH)) == before
        assert objects(memory.facts(**U)) == ["Lisbon"]
        lives(memory, "Porto", "2026-02-01")
        assert objects(memory.facts(**U)) == ["Porto"]


def test_the_graphs_of_others_do_not_count_as_other_writers(tmp_path: Path, clock: ManualClock) -> None:
    store = SQLiteStore(tmp_path / "memory.db")
    other = Memory(store=store, clock=clock)
    meddled = Meddled(store, lambda commit: other.add_fact("Bob", "likes", f"dish {commit}", user_id="bob") and None)
    with Memory(store=meddled, clock=clock) as memory:
        lives(memory, "Lisbon", "2026-01-01")
        assert meddled.commits == 1
        assert triplets(memory.facts(**U)) == {("Alice", "lives_in", "Lisbon")}


# What several writes did together


def version(object: Any, known_from: float = 0, known_to: float | None = None) -> Version:
    known = Period(day(known_from), FOREVER if known_to is None else day(known_to))
    return Version(GRAPH, None, ALICE, "lives_in", object, Kind.STATE, Period(day(0), FOREVER), known, "text", ())


def outcome(before: list[Version], after: list[Version]) -> Outcome:
    return Outcome(before={each.id: each for each in before}, after={each.id: each for each in after})


def test_two_writes_together_go_from_before_the_first_to_after_the_second() -> None:
    oslo, oslo_ended, lisbon = version(OSLO), version(OSLO, 0, 1), version(LISBON, 1)
    lisbon_ended, porto = version(LISBON, 1, 2), version(PORTO, 2)
    both = outcome([oslo], [oslo_ended, lisbon]).then(outcome([lisbon], [lisbon_ended, porto]))
    assert set(both.before.values()) == {oslo}
    assert set(both.after.values()) == {oslo_ended, lisbon_ended, porto}
    assert list(both.passing.values()) == [lisbon]


def test_a_version_that_a_later_write_takes_away_is_not_there_after() -> None:
    both = outcome([], [version(LISBON)]).then(outcome([version(LISBON)], []))
    assert (both.before, both.after) == ({}, {})
    assert list(both.passing.values()) == [version(LISBON)]
