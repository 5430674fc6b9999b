"""Gold files: what is read, and what is refused, by file and line. The project's own are well-formed."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mem0g.errors import InvalidInput
from mem0g.evaluation.gold import WantedOperation, read_gold
from mem0g.model import Operation

from .gold_files import ACME, CATEGORIES, GOLD, LEEDS, MOVED, YORK, gold_file

HALVES = sorted(GOLD.glob("extraction*.jsonl"))


def test_a_case_is_read(tmp_path: Path) -> None:
    (case,) = read_gold(gold_file(tmp_path, "", MOVED))
    assert [given.ended for given in case.given] == [True, False]
    assert (case.said, case.role, case.recent) == (datetime(2025, 3, 5, 18, tzinfo=UTC), "user", ())
    (claim,) = case.claims
    assert (claim.valid_from, claim.valid_to) == (datetime(2025, 2, 24, tzinfo=UTC), None)
    assert claim.operations == (WantedOperation(Operation.UPDATE, 0),)


def test_a_text_that_stands_alone_is_read(tmp_path: Path) -> None:
    line = {"speaker": "Maya", "text": "I live in York.", "occurred_at": "2025-03-05T18:00:00Z", "claims": [{**YORK, "operations": []}]}
    (case,) = read_gold(gold_file(tmp_path, line))
    assert (case.id, case.category, case.owner, case.speaker) == ("line 1", "text", "Maya", "Maya")


def conversation(folder: Path, **changed: object) -> Path:
    said = [{"role": "user", "name": name, "occurred_at": f"2025-03-05T18:{place:02}:00Z", "content": f"Message {place}."}
            for place, name in enumerate(["Ben", "Maya"] * 7)]  # fmt: skip
    (folder / "chat.jsonl").write_text("".join(f"{json.dumps(message)}\n" for message in said), encoding="utf-8")
    gold = {"owner": "Maya", "conversation": "chat.jsonl", "claims": [{"message": 13, **YORK, "operations": []}], **changed}
    path = folder / "gold.json"
    path.write_text(json.dumps(gold), encoding="utf-8")
    return path


def test_each_message_of_a_conversation_is_a_case_with_ten_before_it(tmp_path: Path) -> None:
    cases = read_gold(conversation(tmp_path))
    assert [len(case.claims) for case in cases] == [*[0] * 13, 1]
    assert [earlier.text for earlier in cases[13].recent] == [f"Message {place}." for place in range(3, 13)]
    assert {case.owner for case in cases} == {"Maya"}
    assert cases[12].speaker == "Ben"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"conversation": None}, "no gold of a conversation: it names owner, conversation"),
        ({"conversation": "gone.jsonl"}, "gone.jsonl cannot be read: No such file"),
        ({"conversation": "gold.json"}, "gold.json, line 1: a message of a conversation has name, role, content, occurred_at: name, role"),
        ({"claims": [{"message": 14, **YORK}]}, "claims[0]: message=14 is none of the 14 messages, counted from 0"),
        ({"claims": [{"message": 2, **YORK}]}, "message 2: operations name the given fact 0, and there are 0"),
    ],
)
def test_a_conversation_that_cannot_be_used_is_refused(tmp_path: Path, changed: dict[str, object], told: str) -> None:
    with pytest.raises(InvalidInput) as error:
        read_gold(conversation(tmp_path, **changed))
    assert told in str(error.value)


def claim(**changed: object) -> dict[str, Any]:
    return {**MOVED, "claims": [{**YORK, **changed}]}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{not json", "not JSON: "),
        ("[" * 100_000, "not JSON that can be read"),
        ("[1]", "not a JSON object"),
        ({"id": "x"}, "category: Field required"),
        ({**MOVED, "mood": "good"}, "mood: Unexpected keyword argument"),
        ({**MOVED, "id": ""}, "id: name='' is empty"),
        ({**MOVED, "text": " "}, "text: text=' ' is empty"),
        ({**MOVED, "said": "soon"}, "said: time='soon' is no time"),
        ({**MOVED, "said": "2025-03-05T18:00:00"}, "has no UTC offset"),
        ({**MOVED, "said": 5}, "said: 5 is no time"),
        ({**MOVED, "role": "king"}, "role: Input should be"),
        ({**MOVED, "role": "system"}, "role='system' is never read: write user or assistant"),
        ({**MOVED, "given": [{**LEEDS, "ended": "yes"}, ACME]}, "given[0].ended: Input should be a valid boolean"),
        ({**MOVED, "given": [{**LEEDS, "said": "2025-04-01"}, ACME]}, "'Maya lives in Leeds.' is said 2025-04-01, not before the message"),
        ({"role": "user", "content": "I live in Oslo."}, "a message, and no case of a gold file, which has claims"),
        (claim(predicate="Lives in"), "claims[0].predicate: 'Lives in' is no predicate in snake_case: write 'lives_in'"),
        (claim(replaces="Leeds"), "claims[0]: replaces='Leeds' stands in no correction"),
        (claim(valid_from=None), "claims[0]: valid_from_until=2025-03-03 is not after valid_from=–"),
        (claim(valid_to="2025-01-01"), "claims[0]: valid_to=2025-01-01 is not after valid_from=2025-02-24"),
        (claim(operations=[{"operation": "REPLACE", "given": 0}]), "claims[0].operations[0].operation: 'REPLACE' is not a valid Operation"),
        (claim(operations=[{"operation": "UPDATE", "given": 2}]), "operations name the given fact 2, and there are 2, counted from 0"),
    ],
)  # fmt: skip
def test_a_bad_line_is_named(tmp_path: Path, line: object, told: str) -> None:
    path = gold_file(tmp_path, MOVED, line)
    with pytest.raises(InvalidInput) as error:
        read_gold(path)
    assert str(error.value).startswith(f"{path}, line 2: ")
    assert told in str(error.value)


def test_two_cases_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"two cases of the id 'm1', the 1\. and the 2\."):
        read_gold(gold_file(tmp_path, MOVED, MOVED))


def test_a_file_without_a_case_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="holds no case"):
        read_gold(gold_file(tmp_path, ""))


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b'{"text": "\xff"}')
    with pytest.raises(InvalidInput, match="is not UTF-8: byte 11"):
        read_gold(path)


def test_there_is_a_development_half() -> None:
    assert GOLD / "extraction.jsonl" in HALVES


@pytest.mark.parametrize("path", HALVES, ids=lambda path: path.name)
def test_a_half_of_the_gold_is_well_formed(path: Path) -> None:
    """Says counts and ids, never what stands in a case: one half is held out."""
    cases = read_gold(path)
    counted = Counter(case.category for case in cases)
    assert set(counted) == CATEGORIES
    assert min(counted.values()) >= 3
    assert sum(not case.claims for case in cases) * 4 >= len(cases)
    assert sum(bool(case.given) for case in cases) * 2 >= len(cases)
    assert [case.id for case in cases if case.category.startswith("nothing_") and case.claims] == []


@pytest.mark.parametrize("path", HALVES, ids=lambda path: path.name)
def test_a_given_fact_is_said_to_end_where_a_claim_ends_it(path: Path) -> None:
    adding = {Operation.ADD, Operation.NOOP}
    unlike = []
    for case in read_gold(path):
        ended = {each.given for claim in case.claims for each in claim.operations if each.operation not in adding}
        if ended != {index for index, given in enumerate(case.given) if given.ended}:
            unlike.append(case.id)
    assert unlike == []
