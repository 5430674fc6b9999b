"""A model's verdicts within a write: when it is asked, how often, what it reads, and what comes of it."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from mem0g.errors import ModelUnavailable
from mem0g.ingestion.episodes import text_episode
from mem0g.ingestion.llm_judging import MOST, ModelJudge
from mem0g.ingestion.writing import Outcome, Reading, write_claims
from mem0g.model import Claim, ClaimDraft, Mention, Operation, Scope, Stage, Value
from mem0g.period import Period
from mem0g.ports import FactFilter, GraphStore
from mem0g.stores.sqlite import SQLiteStore
from mem0g.testing import ModelRequest, ScriptedModel, ScriptedReply
from unit.doubles import Meddled
from unit.samples import GRAPH, day, draft

SWITCHED = "I switched to padel."


def plays(what: str, quote: str = "", **others: Any) -> ClaimDraft:
    return draft(what, "plays", quote=quote, **others)


def reading(text: str, *drafts: ClaimDraft, said: float = 0, user: str = "alice") -> Reading:
    return Reading(text_episode(text, Scope.of(user), day(said), day(said)), drafts, "scripted")


TENNIS = reading("I play tennis.", plays("tennis"))
PADEL = reading(SWITCHED, plays("padel", SWITCHED), said=5)


def verdict(pair: int, operation: str, reason: str = "said so") -> dict[str, Any]:
    return {"pair": pair, "operation": operation, "reason": reason}


def verdicts(*operations: str) -> dict[str, Any]:
    """A reply about the pairs 1, 2, …"""
    return {"verdicts": [verdict(number, operation) for number, operation in enumerate(operations, start=1)]}


def always(operation: str) -> Callable[[ModelRequest], ScriptedReply]:
    """The same verdict on every pair asked about."""
    return lambda request: verdicts(*[operation] * len(request.text.splitlines()))


def write(store: GraphStore, model: ScriptedModel, *readings: Reading) -> Outcome:
    return write_claims(store, readings[0].episode.graph, readings, day(9), ModelJudge(model))


def asked(model: ScriptedModel, call: int = -1) -> list[tuple[str, str]]:
    """The objects of the pairs that the model read about: the later, the earlier."""
    pairs = [json.loads(line) for line in model.requests[call].text.splitlines()]
    return [(pair["later"]["object"], pair["earlier"]["object"]) for pair in pairs]


def held(store: GraphStore, at: float, graph: str = GRAPH) -> set[str]:
    """What holds on a day, as best known."""
    names = {entity.id: entity.name for entity in store.entities(graph)}
    versions = store.facts(graph, FactFilter(as_of=Period.instant(day(at))))
    return {names[version.object] for version in versions if not isinstance(version.object, Value)}


# What comes of a verdict


def test_an_update_ends_the_earlier_from_then_on(store: SQLiteStore) -> None:
    model = ScriptedModel([verdicts("UPDATE")])
    write(store, model, TENNIS)
    outcome = write(store, model, PADEL)
    assert (held(store, 4), held(store, 6)) == ({"tennis"}, {"padel"})
    [judgement] = outcome.judgements
    assert (judgement.operation, judgement.reason, judgement.recorded_at) == (Operation.UPDATE, "said so", day(9))
    assert judgement.decider == "llm:scripted-model:judging-1"


@pytest.mark.parametrize("operation", ["ADD", "NOOP"])
def test_these_verdicts_end_nothing_and_are_kept(store: SQLiteStore, operation: str) -> None:
    model = ScriptedModel([verdicts(operation)])
    write(store, model, TENNIS)
    [judgement] = write(store, model, PADEL).judgements
    assert held(store, 6) == {"tennis", "padel"}
    assert judgement.operation == operation


def test_a_deletion_takes_the_earlier_back(store: SQLiteStore) -> None:
    model = ScriptedModel([verdicts("DELETE")])
    write(store, model, TENNIS)
    write(store, model, PADEL)
    assert (held(store, 4), held(store, 6)) == (set(), {"padel"})


def test_without_a_verdict_both_are_kept(store: SQLiteStore) -> None:
    model = ScriptedModel([{"verdicts": []}])
    write(store, model, TENNIS)
    assert write(store, model, PADEL).judgements == []
    assert held(store, 6) == {"tennis", "padel"}


def test_without_a_judge_both_are_kept(store: SQLiteStore) -> None:
    assert write_claims(store, GRAPH, [TENNIS, PADEL], day(9)).judgements == []
    assert held(store, 6) == {"tennis", "padel"}


def test_a_reason_is_kept_as_one_short_line_that_every_store_keeps(store: SQLiteStore) -> None:
    model = ScriptedModel([{"verdicts": [verdict(1, "UPDATE", " no\0 more\n tennis " + "x" * 9_999)]}])
    write(store, model, TENNIS)
    [judgement] = write(store, model, PADEL).judgements
    assert judgement.reason.startswith("no more tennis xxx")
    assert len(judgement.reason) == 500


# When it is asked


def test_the_first_of_its_kind_asks_nothing(store: SQLiteStore) -> None:
    model = ScriptedModel([])
    write(store, model, PADEL)
    assert model.calls == 0


def test_what_the_rules_decide_asks_nothing(store: SQLiteStore) -> None:
    model = ScriptedModel([])
    write(store, model, reading("I live in Oslo.", draft("Oslo")))
    moved = "I moved to Porto now, Oslo no longer."
    outcome = write(store, model, reading(moved, draft("Porto", quote=moved), said=5))
    assert [(judgement.operation, judgement.decider) for judgement in outcome.judgements] == [(Operation.UPDATE, "rule")]
    denial = "I no longer play tennis."
    write(store, model, TENNIS)
    write(store, model, reading(denial, plays("tennis", denial, negated=True), said=6))
    assert held(store, 7) == {"Porto"}
    assert model.calls == 0


def test_many_pairs_are_asked_about_in_one_call(store: SQLiteStore) -> None:
    model = ScriptedModel(always("UPDATE"))
    write(store, model, reading("I play three.", plays("tennis"), plays("squash"), plays("badminton")))
    both = "I switched to padel, and now to golf."
    write(store, model, reading(both, plays("padel", both), plays("golf", "and now to golf"), said=5))
    assert model.calls == 1
    earlier = ["tennis", "squash", "badminton"]
    assert asked(model) == [*(("padel", each) for each in earlier), *(("golf", each) for each in [*earlier, "padel"])]
    assert held(store, 6) == {"golf"}


def test_what_rules_and_model_decide_stands_side_by_side(store: SQLiteStore) -> None:
    model = ScriptedModel([verdicts("UPDATE")])
    write(store, model, reading("Oslo, tennis.", draft("Oslo"), plays("tennis")))
    outcome = write(store, model, reading("Porto, padel.", draft("Porto"), plays("padel", SWITCHED), said=5))
    assert sorted(judgement.decider for judgement in outcome.judgements) == ["llm:scripted-model:judging-1", "rule"]
    assert held(store, 6) == {"Porto", "padel"}


def test_only_the_last_pairs_are_asked_about_and_the_others_coexist(store: SQLiteStore) -> None:
    model = ScriptedModel(always("UPDATE"))
    write(store, model, reading("I play all.", *(plays(f"game {number:02}") for number in range(MOST + 2))))
    write(store, model, PADEL)
    assert model.calls == 1
    assert held(store, 6) == {"game 00", "game 01", "padel"}


def test_what_was_judged_is_not_asked_about_again(store: SQLiteStore) -> None:
    model = ScriptedModel([verdicts("UPDATE"), verdicts("ADD", "UPDATE")])
    write(store, model, TENNIS)
    write(store, model, PADEL)
    write(store, model, PADEL)
    assert model.calls == 1
    golf = "Now I play golf."
    write(store, model, reading(golf, plays("golf", golf), said=6))
    assert asked(model) == [("golf", "tennis"), ("golf", "padel")]
    assert (held(store, 5.5), held(store, 7)) == ({"padel"}, {"golf"})


@pytest.mark.parametrize("times", [25, 60])
@pytest.mark.parametrize(("operation", "left"), [("UPDATE", {"padel"}), ("ADD", {"padel", "tennis"}), ("DELETE", {"padel"})])
def test_of_what_was_said_often_is_asked_once_and_the_verdict_holds_for_all(
    store: SQLiteStore, times: int, operation: str, left: set[str]
) -> None:
    model = ScriptedModel([verdicts(operation)])
    write(store, model, *(reading(f"I play tennis, {number}.", plays("tennis"), said=number / 100) for number in range(times)))
    judgements = write(store, model, PADEL).judgements
    assert asked(model) == [("padel", "tennis")]
    assert held(store, 6) == left
    assert [judgement.operation for judgement in judgements] == [operation] * times


def test_a_late_word_of_what_was_judged_is_judged_likewise_and_nothing_is_asked(store: SQLiteStore) -> None:
    model, other = ScriptedModel([verdicts("UPDATE")]), ScriptedModel([], "other")
    write(store, model, TENNIS)
    write(store, model, PADEL)
    [judgement] = write(store, other, reading("I play tennis, I do.", plays("tennis"), said=3)).judgements[1:]
    assert (judgement.operation, judgement.decider) == (Operation.UPDATE, "llm:scripted-model:judging-1")
    assert (held(store, 4), held(store, 6)) == ({"tennis"}, {"padel"})


@pytest.mark.parametrize("kind", ["holder", "subject"])
def test_another_holder_or_subject_is_no_pair(store: SQLiteStore, kind: str) -> None:
    model = ScriptedModel([])
    theirs = draft("tennis", "plays", "Bob") if kind == "subject" else plays("tennis", holder=Mention("Bob"))
    write(store, model, reading("Tennis is played.", theirs))
    write(store, model, PADEL)
    assert model.calls == 0


def test_other_graphs_are_not_looked_at(store: SQLiteStore) -> None:
    model = ScriptedModel([])
    write(store, model, reading("I play tennis.", plays("tennis"), user="bob"))
    write(store, model, PADEL)
    assert model.calls == 0
    assert (held(store, 6), held(store, 6, "user:bob")) == ({"padel"}, {"tennis"})


# What it reads


def test_it_reads_the_names_of_what_is_new_as_well(store: SQLiteStore) -> None:
    model = ScriptedModel([verdicts("ADD")])
    write(store, model, TENNIS)
    write(store, model, PADEL)
    [request] = model.requests
    shown = json.loads(request.text)
    assert (shown["subject"], shown["earlier"]["object"], shown["later"]["object"]) == ("Alice", "tennis", "padel")
    assert shown["later"]["quote"] == SWITCHED


def test_one_write_can_hold_both(store: SQLiteStore) -> None:
    model = ScriptedModel([verdicts("UPDATE")])
    write(store, model, TENNIS, PADEL)
    assert asked(model) == [("padel", "tennis")]
    assert (held(store, 4), held(store, 6)) == ({"tennis"}, {"padel"})


def test_an_entity_whose_type_is_learned_is_still_the_same(store: SQLiteStore) -> None:
    """The claim of the untyped Alice is one of the person Alice, whom the later write makes of her."""
    model = ScriptedModel([verdicts("UPDATE")])
    write(store, model, TENNIS)
    person = ClaimDraft(Mention("Alice", "person"), "plays", plays("padel").object, "Alice plays padel.", SWITCHED)
    write(store, model, reading(SWITCHED, person, said=5))
    assert asked(model) == [("padel", "tennis")]
    assert (held(store, 4), held(store, 6)) == ({"tennis"}, {"padel"})


# The order of arrival


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["in order", "late"])
def test_the_order_of_arrival_is_no_matter(store: SQLiteStore, order: tuple[int, int]) -> None:
    model = ScriptedModel([verdicts("UPDATE")])
    for place in order:
        write(store, model, (TENNIS, PADEL)[place])
    assert asked(model) == [("padel", "tennis")]
    assert (held(store, 4), held(store, 6)) == ({"tennis"}, {"padel"})


def test_what_arrives_between_two_is_judged_against_the_later(store: SQLiteStore) -> None:
    model = ScriptedModel([verdicts("UPDATE"), verdicts("ADD")])
    for each in (TENNIS, PADEL, reading("I play chess.", plays("chess"), said=2)):
        write(store, model, each)
    assert asked(model) == [("padel", "chess")]
    assert (held(store, 4), held(store, 6)) == ({"tennis", "chess"}, {"padel", "chess"})


# Losing a race


@pytest.fixture
def second(tmp_path: Path, store: SQLiteStore) -> Iterator[SQLiteStore]:
    """Another writer in the file of `store`."""
    with ExitStack() as stack:
        other = SQLiteStore(tmp_path / "store.db")
        stack.callback(other.close)
        yield other


def test_a_write_worked_out_anew_does_not_ask_twice(store: SQLiteStore, second: SQLiteStore) -> None:
    model = ScriptedModel([verdicts("UPDATE")])
    write(store, model, TENNIS)

    def meddle(commit: int) -> None:
        if commit <= 3:
            write_claims(second, GRAPH, [reading(f"Tea {commit}.", draft(f"tea {commit}", "likes"), said=commit)], day(9))

    meddled = Meddled(store, meddle)
    [judgement] = write(meddled, model, PADEL).judgements
    assert (meddled.commits, model.calls) == (4, 1)
    assert judgement.operation is Operation.UPDATE
    assert held(store, 6) == {"padel", "tea 1", "tea 2", "tea 3"}


def test_a_write_worked_out_anew_asks_of_new_pairs_only(store: SQLiteStore, second: SQLiteStore) -> None:
    model = ScriptedModel([verdicts("UPDATE"), verdicts("ADD")])
    write(store, model, TENNIS)
    squash = reading("I play squash.", plays("squash"), said=2)
    meddled = Meddled(store, lambda commit: void(write_claims(second, GRAPH, [squash], day(9))) if commit == 1 else None)
    write(meddled, model, PADEL)
    assert (asked(model, 0), asked(model, 1)) == ([("padel", "tennis")], [("padel", "squash")])
    assert held(store, 6) == {"padel", "squash"}


def test_a_pair_left_without_a_verdict_is_not_asked_about_again(store: SQLiteStore, second: SQLiteStore) -> None:
    model = ScriptedModel([{"verdicts": []}])
    write(store, model, TENNIS)
    tea = reading("Tea.", draft("tea", "likes"))
    meddled = Meddled(store, lambda commit: void(write_claims(second, GRAPH, [tea], day(9))) if commit == 1 else None)
    write(meddled, model, PADEL)
    assert (meddled.commits, model.calls) == (2, 1)


def test_what_another_writer_wrote_meanwhile_is_not_judged_again(store: SQLiteStore, second: SQLiteStore) -> None:
    """Both read the same episode: who is late writes nothing."""
    mine, theirs = ScriptedModel([verdicts("UPDATE")], "mine"), ScriptedModel([verdicts("UPDATE")], "theirs")
    write(store, mine, TENNIS)
    meddled = Meddled(store, lambda commit: void(write(second, theirs, PADEL)) if commit == 1 else None)
    assert write(meddled, mine, PADEL).judgements == []
    [judgement] = store.judgements(GRAPH, claims_of(store))
    assert judgement.decider == "llm:theirs:judging-1"


def void(_: object) -> None:
    """Nothing, of anything."""


def claims_of(store: GraphStore) -> list[str]:
    records = store.records(GRAPH)
    return [record.id for record in records if isinstance(record, Claim)]


# Failing


def test_where_the_model_fails_nothing_is_written(store: SQLiteStore) -> None:
    model = ScriptedModel([ModelUnavailable("too slow"), verdicts("UPDATE")])
    write(store, model, TENNIS)
    revision = store.revision(GRAPH)
    with pytest.raises(ModelUnavailable, match="too slow"):
        write(store, model, PADEL)
    assert store.revision(GRAPH) == revision
    assert held(store, 6) == {"tennis"}
    write(store, model, PADEL)
    assert held(store, 6) == {"padel"}
    assert {entry.stage for entry in store.progress(GRAPH)} == {Stage.EXTRACTED}
