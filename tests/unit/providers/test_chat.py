"""What is read in the answer of a model that does not keep to JSON, and what is not."""

import pytest
from pydantic import BaseModel

from mem0g.providers.chat import Answer, Misfit, fitting, json_object

OBJECT = '{"name": "blue", "shades": ["{", "```"]}'


@pytest.mark.parametrize(
    "text",
    [
        OBJECT,
        f"\n {OBJECT} \n",
        f"```json\n{OBJECT}\n```",
        f"```\n{OBJECT}\n```\nI hope that helps!",
        f"Sure! Here is the JSON: {OBJECT}",
        f"{OBJECT}\nNothing else was said [as far as I see].",
        f'<think>Perhaps {{"name": "red"}}? No.</think>\n\n{OBJECT}',
    ],
)
def test_the_object_in_what_was_said(text: str) -> None:
    assert json_object(text) == OBJECT


def test_what_a_model_quotes_is_no_thought_of_its_own() -> None:
    quoting = '{"name": "</think>", "shades": []}'
    assert json_object(quoting) == quoting


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Blue, I think.",
        '{"name": "blue", "shades": [{"name": "navy"}',
        f"{OBJECT}\n{OBJECT}",
        f"[{OBJECT}]",
        f"[\n  {OBJECT}\n]",
        f'"colour": {OBJECT}}}',
        f'"colour": {OBJECT}',
        f"{OBJECT}}}",
        "The set {a, b} is " + OBJECT,
        '{"a":' * 100_000,
    ],
    ids=lambda text: text[:20],
)
def test_nothing_is_read_where_it_is_not_clear_what_the_answer_is(text: str) -> None:
    assert json_object(text) is None


class Colour(BaseModel):
    """All of it may be left out: so a part of an answer would pass for the whole."""

    name: str = ""
    shades: list["Colour"] = []


@pytest.mark.parametrize("text", ['{"name": "blue", "shades": [{"name": "navy"}, {"na', '[{"name": "blue"}]', '{"name": "blue"'])
def test_a_part_of_an_answer_is_no_answer(text: str) -> None:
    found = fitting(Answer(text), Colour)
    assert isinstance(found, Misfit)
    assert found.unshaped


def test_an_answer_with_words_around_it_fits() -> None:
    assert fitting(Answer('Here: {"name": "blue"}.'), Colour) == Colour(name="blue")


def test_what_is_wrong_is_told_in_short() -> None:
    found = fitting(Answer('{"name": 1, "shades": 2}'), Colour)
    assert found == Misfit("name: Input should be a valid string; shades: Input should be a valid array", unshaped=True)
