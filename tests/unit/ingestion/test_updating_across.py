"""What a model decides of facts of another predicate: a denial of its own, that any ledger keeps without a model."""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, permutations
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from mem0g.errors import ModelUnavailable
from mem0g.ingestion import forgetting
from mem0g.ingestion.doubt import EACH
from mem0g.ingestion.embedding import embed_missing
from mem0g.ingestion.loading import batches
from mem0g.ingestion.similar import NEAR
from mem0g.ingestion.writing import Reading, write_claims, write_erasure, write_merges, write_records
from mem0g.model import Claim, ClaimDraft, Entity, Judgement, Mention, Merge, Operation, Record, Retraction, Version
from mem0g.period import FOREVER, Period
from mem0g.ports import FactFilter, GraphStore, Vectors
from mem0g.stores.sqlite import SQLiteStore
from mem0g.testing import ModelRequest, ScriptedModel, ScriptedReply
from unit.doubles import Meddled
from unit.ingestion.test_updating import always, asked, decided, decision, held, lines, reading, write
from unit.samples import GRAPH, day, draft, event

GAVE_UP = "I gave up yoga."
YOGA = reading("I practise yoga.", draft("yoga", "practises"))
NO_YOGA = reading(GAVE_UP, draft("yoga", "does", negated=True, quote=GAVE_UP), said=5)

INSTEAD = "I go running instead of yoga."
RUNS = reading(INSTEAD, draft("running", "does", quote=INSTEAD), said=5)


def records(store: GraphStore, kind: type[Record]) -> list[Any]:
    return [record for record in store.records(GRAPH) if isinstance(record, kind)]


def denials(store: GraphStore) -> list[Claim]:
    """The claims that no text was read into: they stand behind those that were."""
    return [claim for claim in records(store, Claim) if claim.negated and claim.text.startswith("Alice no longer")]


def versions(store: GraphStore) -> dict[str, tuple[Version, object]]:
    """The graph, with its support."""
    return {version.id: (version, version.support) for version in store.facts(GRAPH, FactFilter(any_holder=True, known_at=None))}


def rebuilt(store: GraphStore, path: Path) -> dict[str, tuple[Version, object]]:
    """The graph that the ledger alone gives, elsewhere and without a model."""
    other = SQLiteStore(path)
    for batch in batches([*store.records(GRAPH)], size=3):
        write_records(other, GRAPH, batch)
    found = versions(other)
    other.close()
    return found


def forget(store: GraphStore, *readings: Reading) -> None:
    ids = {each.episode.id for each in readings}
    write_erasure(store, GRAPH, lambda: forgetting.erasure_of_episodes(store, GRAPH, ids))


# What comes of a decision


@pytest.mark.parametrize("operation", ["UPDATE", "DELETE"])
def test_a_denial_in_other_words_ends_what_it_means_and_history_stays(store: SQLiteStore, operation: str) -> None:
    model = ScriptedModel([decided(operation)])
    write(store, model, YOGA)
    outcome = write(store, model, NO_YOGA)
    assert (held(store, 4), held(store, 6)) == ({"yoga"}, set())
    [denial] = denials(store)
    assert (denial.text, denial.quote, denial.predicate) == ("Alice no longer practises yoga.", GAVE_UP, "practises")
    assert (denial.episode_id, denial.index, denial.said_at) == (NO_YOGA.episode.id, 1, day(5))
    [judgement] = outcome.judgements
    assert (judgement.later, judgement.operation, judgement.reason) == (denial.id, Operation.UPDATE, "said so")
    assert judgement.decider == "llm:scripted-model:update-1"
    assert denial.id in {claim.id for claim in outcome.claims}


def test_a_state_that_replaces_what_another_predicate_says_ends_it(store: SQLiteStore) -> None:
    model = ScriptedModel([decided("UPDATE")])
    write(store, model, YOGA)
    write(store, model, RUNS)
    assert (held(store, 4), held(store, 6)) == ({"yoga"}, {"running"})
    assert [denial.text for denial in denials(store)] == ["Alice no longer practises yoga."]


def test_it_ends_for_as_long_as_the_later_is_said_to_hold(store: SQLiteStore) -> None:
    model = ScriptedModel([decided("UPDATE")])
    write(store, model, YOGA)
    write(store, model, reading(INSTEAD, draft("running", "does", quote=INSTEAD, valid=Period(day(6), day(20))), said=5))
    assert [held(store, at) for at in (5.5, 7, 21)] == [{"yoga"}, {"running"}, {"yoga"}]


@pytest.mark.parametrize("operation", ["ADD", "NOOP"])
def test_these_decisions_have_no_effect_and_are_kept(store: SQLiteStore, operation: str, tmp_path: Path) -> None:
    model = ScriptedModel([decided(operation)])
    write(store, model, YOGA)
    [judgement] = write(store, model, RUNS).judgements
    assert (judgement.operation, judgement.reason) == (operation, "said so")
    assert held(store, 6) == {"yoga", "running"}
    assert denials(store) == []
    assert rebuilt(store, tmp_path / "other.db") == versions(store)


def test_a_deletion_takes_back_what_another_predicate_says(store: SQLiteStore, tmp_path: Path) -> None:
    model = ScriptedModel([decided("DELETE")])
    write(store, model, YOGA)
    write(store, model, RUNS)
    assert (held(store, 4), held(store, 6)) == (set(), {"running"})
    assert [version.known for version, _ in versions(store).values() if version.predicate == "practises"] == [Period(day(0), day(5))]
    assert rebuilt(store, tmp_path / "other.db") == versions(store)
    forget(store, RUNS)
    assert held(store, 6) == {"yoga"}


def test_what_was_deleted_by_what_is_retracted_is_believed_again(store: SQLiteStore, tmp_path: Path) -> None:
    model = ScriptedModel([decided("DELETE")])
    write(store, model, YOGA)
    [claim] = write(store, model, RUNS).claims
    retraction = Retraction("retraction", GRAPH, (claim.id,), day(7), "a joke", day(9))
    write_records(store, GRAPH, [retraction])
    assert held(store, 6) == {"yoga"}
    assert rebuilt(store, tmp_path / "other.db") == versions(store)


def test_one_denial_ends_what_was_said_often_and_what_two_claims_end(store: SQLiteStore) -> None:
    model = ScriptedModel(always("UPDATE"))
    write(store, model, *(reading(f"I practise yoga, {number}.", draft("yoga", "practises"), said=number) for number in range(3)))
    quote = "I run and swim now instead of yoga."
    outcome = write(store, model, reading(quote, draft("running", "does", quote=quote), draft("swimming", "loves", quote=quote), said=5))
    assert asked(model) == [("running", "yoga"), ("swimming", "yoga")]
    [denial] = denials(store)
    assert denial.index == 2
    assert [judgement.later for judgement in outcome.judgements] == [denial.id] * 3
    assert held(store, 6) == {"running", "swimming"}


def test_without_a_decision_both_are_kept(store: SQLiteStore) -> None:
    model = ScriptedModel([{"decisions": []}])
    write(store, model, YOGA)
    assert write(store, model, NO_YOGA).judgements == []
    assert held(store, 6) == {"yoga"}


def test_numbers_that_name_nothing_are_passed_over_and_letters_may_be_left_out(store: SQLiteStore) -> None:
    said = [decision(9, "DELETE"), decision(1, "DELETE", candidate="c9"), decision(1, "UPDATE", candidate=1), decision(1, "DELETE")]
    model = ScriptedModel([{"decisions": said}])
    write(store, model, YOGA)
    [judgement] = write(store, model, RUNS).judgements
    assert judgement.operation is Operation.UPDATE


# When it is asked


def test_only_what_is_alike_is_asked_about(store: SQLiteStore) -> None:
    model = ScriptedModel([])
    write(store, model, reading("I practise judo.", draft("judo", "practises")))
    write(store, model, RUNS)
    assert model.calls == 0


@pytest.mark.parametrize(
    "before",
    [
        [reading("Bob practises yoga.", draft("yoga", "practises", "Bob"))],
        [reading("Bob says so.", draft("yoga", "practises", holder=Mention("Bob")))],
        [reading("I went to yoga.", event("yoga", "visited"))],
        [reading("I practise yoga.", draft("yoga", "practises", valid=Period(day(0), day(3))))],
        [reading("I practise yoga.", draft("yoga", "practises"), said=7)],
        [YOGA, reading("No longer.", draft("yoga", "practises", negated=True), said=2)],
    ],
    ids=["another subject", "another holder", "an event", "over", "said later", "denied"],
)
def test_what_is_not_visible_to_it_is_not_asked_about(store: SQLiteStore, before: Sequence[Reading]) -> None:
    model = ScriptedModel([])
    for each in before:
        write(store, model, each)
    write(store, model, NO_YOGA)
    assert model.calls == 0


def test_what_its_own_episode_denies_asks_nothing(store: SQLiteStore) -> None:
    model = ScriptedModel([])
    write(store, model, YOGA)
    both = reading(INSTEAD, draft("yoga", "practises", negated=True), draft("running", "does", quote=INSTEAD), said=5)
    write(store, model, both)
    assert (model.calls, held(store, 6)) == (0, {"running"})


class Spent:
    """A meter that allows nothing, and fails where it is used all the same."""

    allows = False

    def begin(self) -> None:
        raise AssertionError("no call was left")

    def end(self, usage: object) -> None:
        raise AssertionError("no call was left")


def test_where_no_call_is_left_rules_stand_alone(store: SQLiteStore) -> None:
    model = ScriptedModel([])
    write(store, model, YOGA)
    assert write(store, model, NO_YOGA, meter=Spent()).judgements == []
    assert held(store, 6) == {"yoga"}


# Meaning


class Compass:
    """An embedder of two dimensions, by the angle given to a text; others point down."""

    model, dimension = "compass", 2

    def __init__(self, cosines: Mapping[str, float]) -> None:
        self._cosines = cosines
        self.requests: list[list[str]] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.requests.append([*texts])
        rows = [(cosine, (1 - cosine**2) ** 0.5) for cosine in (self._cosines.get(text, -1.0) for text in texts)]
        return np.array(rows, dtype=np.float32).reshape(len(texts), 2)


BASED = reading("I'm based in Oslo.", draft("Oslo", "based_in"))
BERGEN = "I live in Bergen now."
LIVES = reading(BERGEN, draft("Bergen", "lives_in", quote=BERGEN), said=5)


@pytest.mark.parametrize(("cosine", "calls"), [(NEAR + 0.01, 1), (NEAR - 0.01, 0)])
def test_what_is_near_in_meaning_is_asked_about(store: SQLiteStore, cosine: float, calls: int) -> None:
    compass = Compass({"Alice lives_in Bergen.": 1.0, "Alice based_in Oslo.": cosine})
    model = ScriptedModel([decided("UPDATE")])
    write(store, model, BASED, embedder=compass)
    embed_missing(store, GRAPH, compass)
    write(store, model, LIVES, embedder=compass)
    assert model.calls == calls
    assert held(store, 6) == ({"Bergen"} if calls else {"Bergen", "Oslo"})


def test_two_new_claims_are_compared_by_their_own_vectors(store: SQLiteStore) -> None:
    compass = Compass({"Alice lives_in Bergen.": 1.0, "Alice based_in Oslo.": 0.9})
    model = ScriptedModel([decided("UPDATE")])
    write(store, model, BASED, LIVES, embedder=compass)
    assert asked(model) == [("Bergen", "Oslo")]
    assert len(compass.requests) == 1


def test_a_text_without_a_vector_is_compared_by_its_words(store: SQLiteStore) -> None:
    model = ScriptedModel([decided("UPDATE")])
    write(store, model, YOGA)
    embed_missing(store, GRAPH, Compass({}))
    write(store, model, NO_YOGA)
    assert held(store, 6) == set()


class Down(Compass):
    """One that gives no vectors for now."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        raise ModelUnavailable("it is down")


def test_an_embedder_that_fails_keeps_nothing_from_being_written(store: SQLiteStore, caplog: pytest.LogCaptureFixture) -> None:
    model = ScriptedModel([decided("UPDATE")])
    write(store, model, YOGA)
    write(store, model, NO_YOGA, embedder=Down({}))
    assert held(store, 6) == set()
    assert "by their words alone: it is down" in caplog.text


def test_nothing_is_embedded_where_nothing_can_be_in_doubt(store: SQLiteStore) -> None:
    compass = Compass({})
    write(store, ScriptedModel([]), YOGA, embedder=compass)
    assert compass.requests == []


def test_a_denial_says_nothing_of_another_object_of_its_predicate_however_near(store: SQLiteStore) -> None:
    compass = Compass(dict.fromkeys(["Alice lives_in Porto.", "Alice lives_in Lisbon."], 1.0))
    model = ScriptedModel([])
    write(store, model, reading("I live in Porto.", draft("Porto")), embedder=compass)
    embed_missing(store, GRAPH, compass)
    write(store, model, reading("No longer in Lisbon.", draft("Lisbon", negated=True), said=5), embedder=compass)
    assert model.calls == 0


def test_a_denial_of_nearly_the_same_object_is_asked_about(store: SQLiteStore) -> None:
    model = ScriptedModel([decided("UPDATE")])
    write(store, model, reading("I play guitar.", draft("guitar", "plays")))
    write(store, model, reading("I stopped playing the guitar.", draft("the guitar", "plays", negated=True), said=5))
    assert held(store, 6) == set()


def test_no_more_than_ten_are_shown(store: SQLiteStore) -> None:
    model = ScriptedModel(always("ADD"))
    write(store, model, reading("I do all.", *(draft("yoga", f"does_{number:02}") for number in range(EACH + 5))))
    write(store, model, NO_YOGA)
    assert len(asked(model)) == EACH


# The order of arrival


def meaning_of(request: ModelRequest) -> ScriptedReply:
    """A model that ends yoga and keeps the rest, whatever is beside it."""
    read = lines(request.text)
    facts = {line["fact"]: line for line in read if "fact" in line}
    return {
        "decisions": [
            decision(fact, "UPDATE" if facts[fact]["object"] == "yoga" else "ADD", candidate=line["candidate"])
            for line in read
            for fact in line.get("facts", ())
        ]
    }


TOLD = [
    YOGA,
    reading("I practise yoga, I do.", draft("yoga", "practises"), said=2),
    RUNS,
    reading("I practise yoga again.", draft("yoga", "practises"), said=8),
]


def test_a_late_word_of_what_was_ended_is_ended_too(store: SQLiteStore) -> None:
    model, other = ScriptedModel([decided("UPDATE")]), ScriptedModel([], "other")
    for each in (YOGA, RUNS):
        write(store, model, each)
    write(store, other, TOLD[1])
    assert (held(store, 4), held(store, 6)) == ({"yoga"}, {"running"})
    assert len(denials(store)) == 1


def test_a_late_word_of_what_was_deleted_is_deleted_too(store: SQLiteStore) -> None:
    model, other = ScriptedModel([decided("DELETE")]), ScriptedModel([], "other")
    for each in (YOGA, RUNS):
        write(store, model, each)
    [judgement] = [judgement for judgement in write(store, other, TOLD[1]).judgements if judgement.operation is Operation.DELETE]
    assert (judgement.decider, held(store, 6)) == ("llm:scripted-model:update-1", {"running"})


@pytest.mark.parametrize("order", list(permutations(range(4))), ids=str)
def test_in_whatever_order_they_arrive_the_facts_are_the_same(store: SQLiteStore, tmp_path: Path, order: Sequence[int]) -> None:
    for place in order:
        write(store, ScriptedModel(meaning_of), TOLD[place])
    assert [held(store, at) for at in (1, 4, 6, 9)] == [{"yoga"}, {"yoga"}, {"running"}, {"yoga", "running"}]
    assert len(denials(store)) == 1
    assert rebuilt(store, tmp_path / "other.db") == versions(store)


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (2, 3, 1, 0)], ids=str)
def test_whatever_is_forgotten_the_rest_is_as_if_told_alone(store: SQLiteStore, tmp_path: Path, order: Sequence[int]) -> None:
    for number, gone in enumerate(gone for count in range(1, 5) for gone in combinations(range(4), count)):
        kept, alone = SQLiteStore(tmp_path / f"kept {number}.db"), SQLiteStore(tmp_path / f"alone {number}.db")
        for place in order:
            write(kept, ScriptedModel(meaning_of), TOLD[place])
            if place not in gone:
                write(alone, ScriptedModel(meaning_of), TOLD[place])
        forget(kept, *(TOLD[place] for place in gone))
        assert versions(kept) == versions(alone)
        assert rebuilt(kept, tmp_path / f"rebuilt {number}.db") == versions(kept)
        assert {claim.id for claim in records(kept, Claim)} == {claim.id for claim in records(alone, Claim)}
        kept.close()
        alone.close()


def test_forgetting_what_it_ended_leaves_no_word_of_it(store: SQLiteStore) -> None:
    """The denial tells what the forgotten episode told, and no other episode does."""
    write(store, ScriptedModel([]), reading("I practise Ashtanga yoga.", draft("Ashtanga yoga", "practises")))
    write(store, ScriptedModel([decided("UPDATE")]), NO_YOGA)
    assert "Ashtanga yoga" in {entity.name for entity in records(store, Entity)}
    forget(store, reading("I practise Ashtanga yoga.", draft("Ashtanga yoga", "practises")))
    assert [claim.text for claim in records(store, Claim)] == [NO_YOGA.drafts[0].text]
    assert "Ashtanga yoga" not in {entity.name for entity in records(store, Entity)}


def test_what_is_told_again_after_it_was_forgotten_is_judged_again(store: SQLiteStore) -> None:
    for each in (YOGA, RUNS):
        write(store, ScriptedModel(meaning_of), each)
    forget(store, YOGA)
    write(store, ScriptedModel(meaning_of), YOGA)
    assert (held(store, 4), held(store, 6)) == ({"yoga"}, {"running"})


def test_the_same_episode_twice_changes_nothing(store: SQLiteStore) -> None:
    for each in (YOGA, RUNS):
        write(store, ScriptedModel(meaning_of), each)
    revision = store.revision(GRAPH)
    model = ScriptedModel([])
    write(store, model, RUNS)
    assert (store.revision(GRAPH), model.calls) == (revision, 0)


GAMES = ("yoga", "judo")


def random_readings(random: Random) -> list[Reading]:
    """States and denials of two things in three predicates, in words that name them all, on different days."""
    days = random.sample(range(20), 7)
    return [reading(f"Day {said}.", *{one.predicate: one for one in map(random_draft, [random] * 2)}.values(), said=said) for said in days]


def random_draft(random: Random) -> ClaimDraft:
    quote = random.choice(["I switched from yoga to judo.", "I stopped yoga and judo.", "Yoga, judo."])
    stated = random.choice([None, None, Period(day(3), day(12)), Period(day(6), FOREVER)])
    predicate, negated = random.choice(["practises", "does", "loves"]), random.random() < 0.3
    return draft(random.choice(GAMES), predicate, quote=quote, negated=negated, valid=stated)


def deciding_by(random: Random) -> Callable[[ModelRequest], ScriptedReply]:
    """A model of no principles."""
    return lambda request: {
        "decisions": [
            decision(fact, random.choice(["ADD", "UPDATE", "DELETE", "NOOP"]), candidate=line["candidate"])
            for line in lines(request.text)
            for fact in line.get("facts", ())
        ]
    }


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_decided_the_ledger_alone_gives_the_same_graph(store: SQLiteStore, tmp_path: Path, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - the same ledgers every time
    told = random_readings(random)
    model = ScriptedModel(deciding_by(random))
    seen: set[str] = set()
    for number, each in enumerate(told):
        write(store, model, each)
        ledger = {record.id for record in store.records(GRAPH)}
        assert seen <= ledger, "nothing of the ledger goes"
        seen = ledger
        if number % 3 == 2:
            assert rebuilt(store, tmp_path / f"rebuilt {number}.db") == versions(store)
    model = ScriptedModel([], "none is asked")
    write(store, model, *told)
    forget(store, *random.sample(told, 2))
    assert rebuilt(store, tmp_path / "rebuilt.db") == versions(store)
    kept = {claim.id for claim in records(store, Claim)}
    assert {id for judgement in records(store, Judgement) for id in (judgement.later, judgement.earlier)} <= kept


# Losing a race


def test_a_write_worked_out_anew_writes_the_same_denial_and_asks_once(store: SQLiteStore) -> None:
    write(store, ScriptedModel([]), YOGA)

    def meddle(commit: int) -> None:
        if commit <= 3:
            write_claims(store, GRAPH, [reading(f"Tea {commit}.", draft(f"tea {commit}", "likes"), said=commit)], day(9))

    model = ScriptedModel([decided("UPDATE")])
    meddled = Meddled(store, meddle)
    outcome = write(meddled, model, RUNS)
    assert (meddled.commits, model.calls) == (4, 1)
    [denial] = denials(store)
    assert denial.id == Claim.id_of(GRAPH, RUNS.episode.id, 1)
    assert [claim.id for claim in outcome.claims] == [Claim.id_of(GRAPH, RUNS.episode.id, index) for index in (0, 1)]


# Who is who


def test_a_denial_is_of_the_entities_that_the_words_named(store: SQLiteStore) -> None:
    """Merges apply when it is read, so it stays right when one is taken back."""
    write(store, ScriptedModel([]), YOGA)
    entities = {entity.name: entity for entity in records(store, Entity)}
    ally = reading(INSTEAD, draft("running", "does", "Ally", quote=INSTEAD), said=5)
    write(store, ScriptedModel([]), reading("Ally.", draft("tea", "likes", "Ally"), said=1))
    one, other = {entity.name: entity for entity in records(store, Entity)}["Ally"], entities["Alice"]
    write_merges(store, GRAPH, [Merge.of(one, other, "the same", day(9))], day(9))
    write(store, ScriptedModel(meaning_of), ally)
    assert held(store, 6) == {"tea", "running"}
    [denial] = denials(store)
    assert denial.subject == one.id
    write_merges(store, GRAPH, [Merge.of(one, other, "two", day(9), "caller", negated=True)], day(9))
    assert held(store, 6) == {"tea", "running", "yoga"}
