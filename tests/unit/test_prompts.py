"""The prompts: short, and of another version whenever a word or the shape of a reply changes."""

import hashlib
import json
import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from mem0g.model import DATATYPES, Operation
from mem0g.prompts import Prompt, extraction, update
from mem0g.prompts.extraction import Datatype, ReadMessages
from mem0g.prompts.update import ReadDecision, ReadUpdate
from mem0g.providers.openai import strict_schema

PROMPTS: list[tuple[Prompt, type[BaseModel], int]] = [
    # With its reply, and how many tokens it may have; a token of English is about four characters.
    (extraction.prompt(), ReadMessages, 900),
    (update.prompt(), ReadUpdate, 500),
]

SNAPSHOTS = {
    # By the name that the ledger records. Changed on purpose? Raise VERSION beside the prompt, and write its new line here.
    "extraction-2": "8d69fc3dfb7f0184",
    "update-1": "762c869af93603bd",
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


@pytest.mark.parametrize(("prompt", "reply", "tokens"), PROMPTS, ids=lambda value: getattr(value, "name", ""))
def test_a_prompt_names_every_field_of_its_reply(prompt: Prompt, reply: type[BaseModel], tokens: int) -> None:
    fields = {name for model in strict_schema(reply)["$defs"].values() for name in model["properties"]}
    assert fields - set(re.findall(r"\w+", prompt.instructions)) == set()


def test_a_prompt_stands_beside_its_reply() -> None:
    folder = Path(extraction.__file__).parent
    assert {path.stem for path in folder.glob("*.md")} == {prompt.task for prompt, _, _ in PROMPTS}


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
