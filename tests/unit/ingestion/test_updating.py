"""A model's decisions within a write: when it is asked, how often, what it reads, and what comes of it."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from mem0g.errors import ModelUnavailable
from mem0g.ingestion.doubt import EACH, MOST
from mem0g.ingestion.episodes import text_episode
from mem0g.ingestion.updating import ModelJudge
from mem0g.ingestion.writing import Outcome, Reading, write_claims
from mem0g.model import Claim, ClaimDraft, Mention, Operation, Scope, Stage, Value
from mem0g.period import Period
from mem0g.ports import FactFilter, GraphStore
from mem0g.prompts.update import ReadUpdate
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


def decision(fact: object, operation: str, reason: str = "said so", candidate: object = "c1") -> dict[str, Any]:
    return {"candidate": candidate, "fact": fact, "operation": operation, "reason": reason}


def decided(*operations: str) -> dict[str, Any]:
    """A reply about the first candidate and the facts 1, 2, …"""
    return {"decisions": [decision(number, operation) for number, operation in enumerate(operations, start=1)]}


def always(operation: str) -> Callable[[ModelRequest], ScriptedReply]:
    """The same decision on every pair asked about."""
    return lambda request: {
        "decisions": [
            decision(fact, operation, candidate=line["candidate"]) for line in lines(request.text) for fact in line.get("facts", ())
        ]
    }


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def write(store: GraphStore, model: ScriptedModel, *readings: Reading, **given: Any) -> Outcome:
    return write_claims(store, readings[0].episode.graph, readings, day(9), ModelJudge(model, **given))


def asked(model: ScriptedModel, call: int = -1) -> list[tuple[str, str]]:
    """The objects of the pairs that the model read about: the candidate's, the fact's."""
    read = lines(model.requests[call].text)
    facts = {line["fact"]: line["object"] for line in read if "fact" in line}
    return [(line["object"], facts[number]) for line in read if "candidate" in line for number in line["facts"]]


def held(store: GraphStore, at: float, graph: str = GRAPH) -> set[str]:
    """What holds on a day, as best known."""
    names = {entity.id: entity.name for entity in store.entities(graph)}
    versions = store.facts(graph, FactFilter(as_of=Period.instant(day(at))))
    return {names[version.object] for version in versions if not isinstance(version.object, Value)}


# What comes of a verdict


def test_an_update_ends_the_earlier_from_then_on(store: SQLiteStore) -> None:
    model = ScriptedModel([decided("UPDATE")])
    write(store, model, TENNIS)
    outcome = write(store, model, PADEL)
    assert (held(store, 4), held(store, 6)) == ({"tennis"}, {"padel"})
    [judgement] = outcome.judgements
    assert (judgement.operation, judgement.reason, judgement.recorded_at) == (Operation.UPDATE, "said so", day(9))
    assert judgement.decider == "llm:scripted-model:update-1"


@pytest.mark.parametrize("operation", ["ADD", "NOOP"])
def test_these_verdicts_end_nothing_and_are_kept(store: SQLiteStore, operation: str) -> None:
    model = ScriptedModel([decided(operation)])
    write(store, model, TENNIS)
    [judgement] = write(store, model, PADEL).judgements
    assert held(store, 6) == {"tennis", "padel"}
    assert judgement.operation == operation


def test_a_deletion_takes_the_earlier_back(store: SQLiteStore) -> None:
    model = ScriptedModel([decided("DELETE")])
    write(store, model, TENNIS)
    write(store, model, PADEL)
    assert (held(store, 4), held(store, 6)) == (set(), {"padel"})


def test_without_a_verdict_both_are_kept(store: SQLiteStore) -> None:
    model = ScriptedModel([{"decisions": []}])
    write(store, model, TENNIS)
    assert write(store, model, PADEL).judgements == []
    assert held(store, 6) == {"tennis", "padel"}


def test_without_a_judge_both_are_kept(store: SQLiteStore) -> None:
    assert write_claims(store, GRAPH, [TENNIS, PADEL], day(9)).judgements == []
    assert held(store, 6) == {"tennis", "padel"}


def test_a_reason_is_kept_as_one_short_line_that_every_store_keeps(store: SQLiteStore) -> None:
    model = ScriptedModel([{"decisions": [decision(1, "UPDATE", " no\0 more\n tennis " + "x" * 9_999)]}])
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
    assert asked(model) == [*(("padel", each) for each in earlier), *(("golf", each) for each in earlier)]
    assert [line["fact"] for line in lines(model.requests[0].text) if "fact" in line] == [1, 2, 3]
    assert held(store, 6) == {"padel", "golf"}, "what one message says holds together"


def test_what_rules_and_model_decide_stands_side_by_side(store: SQLiteStore) -> None:
    model = ScriptedModel([decided("UPDATE")])
    write(store, model, reading("Oslo, tennis.", draft("Oslo"), plays("tennis")))
    outcome = write(store, model, reading("Porto, padel.", draft("Porto"), plays("padel", SWITCHED), said=5))
    assert sorted(judgement.decider for judgement in outcome.judgements) == ["llm:scripted-model:update-1", "rule"]
    assert held(store, 6) == {"Porto", "padel"}


def test_beside_one_candidate_the_last_are_asked_about_and_the_others_coexist(store: SQLiteStore) -> None:
    model = ScriptedModel(always("UPDATE"))
    write(store, model, reading("I play all.", *(plays(f"game {number:02}") for number in range(EACH + 2))))
    write(store, model, PADEL)
    assert model.calls == 1
    assert held(store, 6) == {"game 00", "game 01", "padel"}


def test_what_its_words_name_is_asked_about_however_long_ago_it_was_said(store: SQLiteStore) -> None:
    model = ScriptedModel(always("ADD"))
    write(store, model, reading("I play all.", plays("tennis"), *(plays(f"game {number:02}") for number in range(EACH + 2))))
    quote = "I switched from tennis to padel."
    write(store, model, reading(quote, plays("padel", quote), said=5))
    assert len(asked(model)) == EACH
    assert ("padel", "tennis") in asked(model)


def test_no_more_than_so_many_are_asked_about_in_one_call(store: SQLiteStore) -> None:
    model = ScriptedModel(always("ADD"))
    write(store, model, reading("I play all.", *(plays(f"game {number:02}") for number in range(EACH))))
    three = [
        reading(f"I switched to {what}.", plays(what, f"I switched to {what}."), said=5 + at) for at, what in enumerate(("a", "b", "c"))
    ]
    write(store, model, *three)
    assert len(asked(model)) == MOST
    assert {later for later, _ in asked(model)} == {"b", "c"}


def test_what_was_judged_is_not_asked_about_again(store: SQLiteStore) -> None:
    model = ScriptedModel([decided("UPDATE"), decided("UPDATE")])
    write(store, model, TENNIS)
    write(store, model, PADEL)
    write(store, model, PADEL)
    assert model.calls == 1
    golf = "Now I play golf."
    write(store, model, reading(golf, plays("golf", golf), said=6))
    assert asked(model) == [("golf", "padel")], "tennis was over"
    assert (held(store, 5.5), held(store, 7)) == ({"padel"}, {"golf"})


@pytest.mark.parametrize("times", [25, 60])
@pytest.mark.parametrize(("operation", "left"), [("UPDATE", {"padel"}), ("ADD", {"padel", "tennis"}), ("DELETE", {"padel"})])
def test_of_what_was_said_often_is_asked_once_and_the_verdict_holds_for_all(
    store: SQLiteStore, times: int, operation: str, left: set[str]
) -> None:
    model = ScriptedModel([decided(operation)])
    write(store, model, *(reading(f"I play tennis, {number}.", plays("tennis"), said=number / 100) for number in range(times)))
    judgements = write(store, model, PADEL).judgements
    assert asked(model) == [("padel", "tennis")]
    assert held(store, 6) == left
    assert [judgement.operation for judgement in judgements] == [operation] * times


def test_a_late_word_of_what_was_judged_is_judged_likewise_and_nothing_is_asked(store: SQLiteStore) -> None:
    model, other = ScriptedModel([decided("UPDATE")]), ScriptedModel([], "other")
    write(store, model, TENNIS)
    write(store, model, PADEL)
    [judgement] = write(store, other, reading("I play tennis, I do.", plays("tennis"), said=3)).judgements[1:]
    assert (judgement.operation, judgement.decider) == (Operation.UPDATE, "llm:scripted-model:update-1")
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
    model = ScriptedModel([decided("ADD")])
    write(store, model, TENNIS)
    write(store, model, PADEL)
    [request] = model.requests
    assert lines(request.text) == [
        {
            "fact": 1, "subject": "Alice", "predicate": "plays", "object": "tennis", "said": "2026-01-01",
            "sentence": "Alice plays tennis.",
        },
        {
            "candidate": "c1", "facts": [1], "subject": "Alice", "predicate": "plays", "object": "padel", "said": "2026-01-06",
            "sentence": "Alice plays padel.", "quote": SWITCHED,
        },
    ]  # fmt: skip
    assert (request.tool, request.reply) == ("update_memory", ReadUpdate)


def test_it_reads_holders_dates_and_what_is_denied(store: SQLiteStore) -> None:
    bob = Mention("Bob")
    model = ScriptedModel([decided("ADD", "UPDATE")])
    stay = Period(day(1), day(90))
    write(store, model, reading("Bob thinks she runs.", draft("yoga", "practises", holder=bob, valid=stay), said=1))
    quote = "Bob thinks she gave up yoga."
    write(store, model, reading(quote, draft("yoga", "does", holder=bob, negated=True, quote=quote), said=5))
    fact, candidate = lines(model.requests[0].text)
    assert (fact["holder"], fact["from"], fact["until"]) == ("Bob", "2026-01-02", "2026-04-01")
    assert (candidate["holder"], candidate["denies"]) == ("Bob", True)


def test_one_write_can_hold_both(store: SQLiteStore) -> None:
    model = ScriptedModel([decided("UPDATE")])
    write(store, model, TENNIS, PADEL)
    assert asked(model) == [("padel", "tennis")]
    assert (held(store, 4), held(store, 6)) == ({"tennis"}, {"padel"})


def test_an_entity_whose_type_is_learned_is_still_the_same(store: SQLiteStore) -> None:
    """The claim of the untyped Alice is one of the person Alice, whom the later write makes of her."""
    model = ScriptedModel([decided("UPDATE")])
    write(store, model, TENNIS)
    person = ClaimDraft(Mention("Alice", "person"), "plays", plays("padel").object, "Alice plays padel.", SWITCHED)
    write(store, model, reading(SWITCHED, person, said=5))
    assert asked(model) == [("padel", "tennis")]
    assert (held(store, 4), held(store, 6)) == ({"tennis"}, {"padel"})


# The order of arrival


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["in order", "late"])
def test_the_order_of_arrival_is_no_matter(store: SQLiteStore, order: tuple[int, int]) -> None:
    model = ScriptedModel([decided("UPDATE")])
    for place in order:
        write(store, model, (TENNIS, PADEL)[place])
    assert asked(model) == [("padel", "tennis")]
    assert (held(store, 4), held(store, 6)) == ({"tennis"}, {"padel"})


def test_what_arrives_between_two_is_judged_against_the_later(store: SQLiteStore) -> None:
    model = ScriptedModel([decided("UPDATE"), decided("ADD")])
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
    model = ScriptedModel([decided("UPDATE")])
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
    model = ScriptedModel([decided("UPDATE"), decided("ADD")])
    write(store, model, TENNIS)
    squash = reading("I play squash.", plays("squash"), said=2)
    meddled = Meddled(store, lambda commit: void(write_claims(second, GRAPH, [squash], day(9))) if commit == 1 else None)
    write(meddled, model, PADEL)
    assert (asked(model, 0), asked(model, 1)) == ([("padel", "tennis")], [("padel", "squash")])
    assert held(store, 6) == {"padel", "squash"}


def test_a_pair_left_without_a_verdict_is_not_asked_about_again(store: SQLiteStore, second: SQLiteStore) -> None:
    model = ScriptedModel([{"decisions": []}])
    write(store, model, TENNIS)
    tea = reading("Tea.", draft("tea", "likes"))
    meddled = Meddled(store, lambda commit: void(write_claims(second, GRAPH, [tea], day(9))) if commit == 1 else None)
    write(meddled, model, PADEL)
    assert (meddled.commits, model.calls) == (2, 1)


def test_what_another_writer_wrote_meanwhile_is_not_judged_again(store: SQLiteStore, second: SQLiteStore) -> None:
    """Both read the same episode: who is late writes nothing."""
    mine, theirs = ScriptedModel([decided("UPDATE")], "mine"), ScriptedModel([decided("UPDATE")], "theirs")
    write(store, mine, TENNIS)
    meddled = Meddled(store, lambda commit: void(write(second, theirs, PADEL)) if commit == 1 else None)
    assert write(meddled, mine, PADEL).judgements == []
    [judgement] = store.judgements(GRAPH, claims_of(store))
    assert judgement.decider == "llm:theirs:update-1"


def void(_: object) -> None:
    """Nothing, of anything."""


def claims_of(store: GraphStore) -> list[str]:
    records = store.records(GRAPH)
    return [record.id for record in records if isinstance(record, Claim)]


# Failing


def test_where_the_model_fails_nothing_is_written(store: SQLiteStore) -> None:
    model = ScriptedModel([ModelUnavailable("too slow"), decided("UPDATE")])
    write(store, model, TENNIS)
    revision = store.revision(GRAPH)
    with pytest.raises(ModelUnavailable, match="too slow"):
        write(store, model, PADEL)
    assert store.revision(GRAPH) == revision
    assert held(store, 6) == {"tennis"}
    write(store, model, PADEL)
    assert held(store, 6) == {"padel"}
    assert {entry.stage for entry in store.progress(GRAPH)} == {Stage.EXTRACTED}
