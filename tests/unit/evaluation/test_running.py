"""Cases put to a memory: with extractors that follow a script, and offline on the project's own gold."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mem0g import Memory
from mem0g.errors import ExtractionError, MissingExtra
from mem0g.evaluation.gold import Case, WantedClaim, read_gold
from mem0g.evaluation.running import Evaluation, Opening, evaluate, observe, together
from mem0g.evaluation.scoring import Counts, Fault
from mem0g.model import ClaimDraft, Kind, Mention, Operation, Source, Stage, Value
from mem0g.period import BEGINNING, FOREVER, Period
from mem0g.ports import Extractor, Usage
from mem0g.providers.offline import OfflineExtractor
from mem0g.stores.opening import open_store
from mem0g.testing import ScriptedAnswer, ScriptedExtractor

from .gold_files import ACME, GOLD, LEEDS, MOVED, gold_file


def message(id: str, text: str, *claims: dict[str, Any], **changed: object) -> dict[str, Any]:
    return {**MOVED, "id": id, "text": text, "claims": list(claims), **changed}


def claim(object: str, predicate: str = "lives_in", operation: str = "", given: int = 0, **more: object) -> dict[str, Any]:
    operations = [{"operation": operation, "given": given}] if operation else []
    return {"subject": "Maya", "predicate": predicate, "object": object, "operations": operations, **more}


ROME = claim("Rome", "visited", event=True, valid_from="2025-03-03", valid_to="2025-03-04")
CASES: tuple[dict[str, Any], ...] = (
    MOVED,
    message("m2", "I still live in Leeds.", claim("Leeds", operation="NOOP"), given=[LEEDS], category="repeat"),
    message(
        "m3", "I meant York, not Leeds.", claim("York", operation="CORRECTS", correction=True, replaces="Leeds"), category="correction"
    ),
    message(
        "m4", "I quit Acme.", claim("Acme", "works_for", "UPDATE", 1, negated=True),
        given=[LEEDS, {**ACME, "ended": True}], category="denial",
    ),
    message("m5", "Ben thinks I live in Rome.", claim("Rome", holder="Ben"), given=[LEEDS], category="hearsay"),
    message("m6", "I visited Rome on 3 March.", ROME, given=[LEEDS], category="time_past"),
    message("m7", "Should I move?", given=[LEEDS], category="nothing_question"),
)  # fmt: skip
"""Lines of a gold file, with each operation that rules decide."""


@pytest.fixture
def cases(tmp_path: Path) -> list[Case]:
    return read_gold(gold_file(tmp_path, *CASES))


def draft(claim: WantedClaim) -> ClaimDraft:
    """A gold claim as a perfect extractor reads it."""
    object = claim.object or ""
    stated = claim.valid_from is not None or claim.valid_to is not None
    return ClaimDraft(
        Mention(claim.subject),
        claim.predicate,
        _object(object, claim.value),
        text=f"{claim.subject} {claim.predicate} {object}.",
        holder=None if claim.holder is None else Mention(claim.holder),
        negated=claim.negated,
        kind=Kind.EVENT if claim.event else Kind.STATE,
        valid=Period(claim.valid_from or BEGINNING, claim.valid_to or FOREVER) if stated else None,
        correction=claim.correction,
        replaces=None if claim.replaces is None else _object(claim.replaces, claim.value),
    )


def _object(text: str, datatype: str | None) -> Mention | Value:
    return Mention(text) if datatype is None else Value(text, datatype)


def perfect(cases: Sequence[Case], **changed: ScriptedAnswer) -> ScriptedExtractor:
    """Reads what the gold has; of the cases of these ids something else."""
    gold = {case.text: changed.get(case.id, [draft(claim) for claim in case.claims]) for case in cases}
    return ScriptedExtractor(gold)


def reading_with(extractor: Extractor) -> Opening:
    return lambda store: Memory(store=store, extractor=extractor)


def measured(cases: Sequence[Case], **changed: ScriptedAnswer) -> Evaluation:
    return evaluate("gold", cases, reading_with(perfect(cases, **changed)))


def told(evaluation: Evaluation) -> list[tuple[Fault, str, str]]:
    return [(finding.fault, finding.case, finding.what) for finding in evaluation.findings]


def test_a_perfect_reader_scores_one_everywhere(cases: list[Case]) -> None:
    evaluation = measured(cases)
    score = evaluation.total
    assert evaluation.extractor == "scripted"
    assert told(evaluation) == []
    assert (score.triplets.precision, score.triplets.recall, score.times, score.judged.f1) == (1, 1, 1, 1)
    assert {operation: counts.right for operation, counts in score.operations.items()} == {
        Operation.ADD: 2, Operation.UPDATE: 2, Operation.CORRECTS: 1, Operation.NOOP: 1,
    }  # fmt: skip
    assert (score.retired, score.standing, score.overdue, score.ending) == (0, 7, 0, 3)
    assert (score.silent, score.broken, score.unread) == (1, 0, 0)


def test_one_that_reads_nothing_misses_all_and_ends_nothing(cases: list[Case]) -> None:
    score = evaluate("gold", cases, reading_with(ScriptedExtractor({}))).total
    assert (score.triplets, score.operations, score.retired, score.overdue) == (Counts(missed=6), {}, 0, 3)


def test_one_that_invents_is_wrong_and_breaks_silence(cases: list[Case]) -> None:
    invented = replace(draft(cases[0].claims[0]), predicate="likes", valid=None)
    evaluation = measured(cases, m7=[invented])
    assert told(evaluation) == [(Fault.WRONG, "m7", "Maya likes York")]
    assert (evaluation.total.broken, evaluation.total.retired, evaluation.total.triplets) == (1, 0, Counts(right=6, wrong=1))


def test_one_that_retires_wrongly_is_found_out(cases: list[Case]) -> None:
    evaluation = measured(cases, m5=[replace(draft(cases[4].claims[0]), holder=None)])
    assert (Fault.RETIRED, "m5", "Maya lives in Leeds.") in told(evaluation)
    assert evaluation.total.retired == 1
    assert evaluation.categories["hearsay"].retired == 1


def test_one_that_denies_a_question_is_found_out(cases: list[Case]) -> None:
    evaluation = measured(cases, m7=[ClaimDraft(Mention("Maya"), "lives_in", Mention("Leeds"), "Maya left Leeds.", negated=True)])
    assert told(evaluation) == [(Fault.WRONG, "m7", "Maya not lives_in Leeds"), (Fault.RETIRED, "m7", "Maya lives in Leeds.")]


def test_a_fact_that_is_to_end_on_a_stated_day_no_longer_stands_open(cases: list[Case]) -> None:
    announced = replace(draft(cases[0].claims[0]), valid=Period(cases[0].said.replace(month=9), FOREVER))
    assert (Fault.OVERDUE, "m1", "Maya lives in Leeds.") not in told(measured(cases, m1=[announced]))
    assert (Fault.RETIRED, "m5", "Maya lives in Leeds.") in told(measured(cases, m5=[announced]))


def test_one_that_mistimes_is_counted_apart(cases: list[Case]) -> None:
    evaluation = measured(cases, m1=[replace(draft(cases[0].claims[0]), valid=None)])
    assert [(fault, case) for fault, case, _ in told(evaluation)] == [(Fault.MISTIMED, "m1")]
    assert (evaluation.total.triplets, evaluation.total.timed) == (Counts(right=6), 5)


def test_one_that_adds_what_should_take_a_place_misjudges(cases: list[Case]) -> None:
    evaluation = measured(cases, m1=[replace(draft(cases[0].claims[0]), exclusive=False)])
    assert [fault for fault, _, _ in told(evaluation)] == [Fault.MISJUDGED, Fault.OVERDUE]
    assert evaluation.total.operations[Operation.UPDATE] == Counts(right=1, missed=1)


def test_what_was_said_before_is_in_view_and_says_nothing(tmp_path: Path) -> None:
    earlier = {"speaker": "Ben", "role": "user", "text": "I quit Acme.", "said": "2025-03-05T17:00:00Z"}
    (case,) = read_gold(gold_file(tmp_path, {**MOVED, "recent": [earlier]}))
    extractor = ScriptedExtractor({})
    with Memory(store=(store := open_store(tmp_path / "memory.db")), extractor=extractor) as memory:
        seen = observe(case, memory, store)
        unread = store.episodes("user:Maya", stages={Stage.PENDING, Stage.FAILED, Stage.KEPT})
    (request,) = extractor.requests
    assert [(episode.speaker, episode.content) for episode in request.recent if episode.source is Source.MESSAGE] == [
        ("Ben", "I quit Acme.")
    ]
    assert request.owner == "Maya"
    assert unread == []
    assert (seen.before, seen.after, seen.claims) == ({0, 1}, {0, 1}, [])


def test_a_message_that_cannot_be_read_is_told_and_the_others_go_on(cases: list[Case]) -> None:
    evaluation = measured(cases, m1=ExtractionError("the model is asleep"))
    assert [fault for fault, case, _ in told(evaluation) if case == "m1"] == [Fault.UNREAD, Fault.MISSED, Fault.OVERDUE]
    assert "the model is asleep" in evaluation.findings[0].what
    assert (evaluation.total.unread, evaluation.total.triplets) == (1, Counts(right=5, missed=1))


def test_where_nothing_can_be_read_there_is_no_score(cases: list[Case]) -> None:
    asleep = {case.id: MissingExtra("install it") for case in cases}
    with pytest.raises(ExtractionError, match="nothing of gold could be read: install it"):
        measured(cases, **asleep)


def test_how_far_it_is_is_told(cases: list[Case]) -> None:
    calls: list[tuple[int, int]] = []
    evaluate("gold", cases[:2], reading_with(perfect(cases)), lambda done, total: calls.append((done, total)))
    assert calls == [(1, 2), (2, 2)]


def test_what_a_model_was_asked_adds_up(cases: list[Case]) -> None:
    class Counting(Memory):
        def usage(self) -> Mapping[str, Usage]:
            return {"extraction": Usage(1, 100, 10), "update": Usage(1, 50, 5), "embedding": Usage(1)}

    evaluation = evaluate("gold", cases[:2], lambda store: Counting(store=store, extractor=perfect(cases)))
    assert evaluation.spent == Usage(4, 300, 30)
    assert together([evaluation, evaluation]).spent == Usage(8, 600, 60)


def test_files_together_are_as_one(cases: list[Case]) -> None:
    first, second = measured(cases[:3]), measured(cases[3:])
    both = together([first, second])
    assert both.total == measured(cases).total == first.total + second.total
    assert both.extractor == "scripted"


# Offline


@pytest.fixture(scope="module")
def development() -> Evaluation:
    return evaluate("extraction.jsonl", read_gold(GOLD / "extraction.jsonl"), reading_with(OfflineExtractor()))


def test_offline_nothing_is_retired_wrongly(development: Evaluation) -> None:
    assert [finding.what for finding in development.findings if finding.fault is Fault.RETIRED] == []
    assert development.total.standing == 75


def test_offline_what_is_read_is_right_and_most_of_what_ended_ends(development: Evaluation) -> None:
    score = development.total
    assert score.triplets.precision == 1
    assert (score.triplets.recall or 0) >= 0.95
    assert score.overdue <= 2


def test_offline_no_message_that_says_nothing_is_read_as_something(development: Evaluation) -> None:
    assert (development.total.broken, development.total.silent) == (0, 19)


def test_offline_the_example_conversation_is_read_without_a_fault() -> None:
    score = evaluate("alice.json", read_gold(GOLD / "alice.json"), reading_with(OfflineExtractor())).total
    assert score.triplets.precision == 1
    assert (score.triplets.recall or 0) >= 0.9
    assert score.times == 1
