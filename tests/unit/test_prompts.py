"""The prompts: short, and of another version whenever a word or the shape of a reply changes."""

import hashlib
import json
import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from mem0g.model import DATATYPES, Operation
from mem0g.prompts import Prompt, answering, benchmark, extraction, resolution, summary, update
from mem0g.prompts.answering import ReadAnswer
from mem0g.prompts.extraction import LOOK_AGAIN, Datatype, ReadClaim, ReadEntity, ReadMessages, ReadTypedMessages
from mem0g.prompts.resolution import ReadSamenesses
from mem0g.prompts.summary import ReadSummary
from mem0g.prompts.update import ReadDecision, ReadUpdate
from mem0g.providers.chat import strict_schema

PROMPTS: list[tuple[Prompt, type[BaseModel], int]] = [
    # With its reply, and how many tokens it may have; a token of English is about four characters.
    (extraction.prompt(), ReadMessages, 1_000),
    (update.prompt(), ReadUpdate, 500),
    (summary.prompt(), ReadSummary, 400),
    (resolution.prompt(), ReadSamenesses, 500),
    (answering.prompt(), ReadAnswer, 500),
    (benchmark.answer_prompt(), benchmark.ReadAnswer, 500),
    (benchmark.mark_prompt("strict"), benchmark.ReadMark, 500),
    (benchmark.mark_prompt("lenient"), benchmark.ReadMark, 500),
]

FILES = sorted(Path(extraction.__file__).parent.glob("*.md"))

SNAPSHOTS = {
    # By the name that the ledger records. Changed on purpose? Raise VERSION beside the prompt, and write its new line here.
    "extraction-3": "7c30a6afd87bc63d",
    "update-1": "762c869af93603bd",
    "summary-1": "9b7eac1bb7c24998",
    "answering-1": "96ea063394e42bb7",
    "resolution-1": "7038a64c6062ee27",
    "benchmark_answer-1": "6e3f637a75914f0a",
    "benchmark_strict-1": "25056b63ee9edc17",
    "benchmark_lenient-1": "7cd18c467f927b11",
}


def snapshot(prompt: Prompt, reply: type[BaseModel]) -> str:
    """A fingerprint of the words and of the shape of the reply."""
    told = json.dumps([prompt.instructions, strict_schema(reply)], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def test_words_and_version_change_together() -> None:
    assert {prompt.name: snapshot(prompt, reply) for prompt, reply, _ in PROMPTS} == SNAPSHOTS


@pytest.mark.parametrize(("prompt", "reply", "tokens"), PROMPTS, ids=lambda value: getattr(value, "name", ""))
def test_prompts_are_short(prompt: Prompt, reply: type[BaseModel], tokens: int) -> None:
    assert len(prompt.instructions) / 4 <= tokens


def test_what_else_is_said_of_extraction_changes_with_its_version() -> None:
    told = json.dumps([LOOK_AGAIN, strict_schema(ReadTypedMessages)], ensure_ascii=False)
    assert {extraction.VERSION: hashlib.sha256(told.encode()).hexdigest()[:16]} == {"3": "62b545cfe26b2fa5"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_prompt_has_more_than_1200_tokens_before_its_context(file: Path) -> None:
    assert 0 < len(file.read_text(encoding="utf-8")) / 4 <= 1_200


@pytest.mark.parametrize(("prompt", "reply", "tokens"), PROMPTS, ids=lambda value: getattr(value, "name", ""))
def test_a_prompt_names_every_field_of_its_reply(prompt: Prompt, reply: type[BaseModel], tokens: int) -> None:
    schema = strict_schema(reply)
    fields = {name for model in (schema, *schema.get("$defs", {}).values()) for name in model["properties"]}
    assert fields - set(re.findall(r"\w+", prompt.instructions)) == set()


def test_a_prompt_stands_beside_its_reply() -> None:
    assert {file.stem for file in FILES} == {prompt.task for prompt, _, _ in PROMPTS}


def test_the_same_words_every_time() -> None:
    assert extraction.prompt() is extraction.prompt()
    assert extraction.prompt().instructions.startswith("You turn chat messages into claims")


def test_datatypes_are_those_of_the_model() -> None:
    assert get_args(Datatype) == DATATYPES


def test_operations_are_the_four_of_the_paper() -> None:
    operations = get_args(ReadDecision.model_fields["operation"].annotation)
    assert {Operation(name) for name in operations} == set(Operation) - {Operation.CORRECTS}


def test_strict_schemas_require_everything_and_allow_nothing_else() -> None:
    schema = strict_schema(ReadMessages)
    for shape in (schema, *schema["$defs"].values()):
        assert shape["required"] == [*shape["properties"]]
        assert shape["additionalProperties"] is False
    assert not {"default", "title"} & set(json.dumps(schema).replace('"', " ").split())


def test_a_reading_holds_what_a_memory_needs_of_a_claim() -> None:
    assert set(ReadEntity.model_fields) == {"name", "type", "aliases"}
    assert set(ReadClaim.model_fields) == {
        "message", "holder", "subject", "predicate", "object", "value", "datatype",
        "text", "quote",
        "time_words", "valid_from", "valid_to", "ended",
        "negated", "kind", "correction", "replaces",
        "exclusive",  # its cardinality
        "confidence",
    }  # fmt: skip


def test_both_shapes_of_a_reading_hold_the_same() -> None:
    assert set(ReadTypedMessages.model_fields) == set(ReadMessages.model_fields)
