"""The scripted language model of the public test kit."""

import pytest
from pydantic import BaseModel

from mem0g import InvalidReply, ModelUnavailable
from mem0g.ports import LanguageModel
from mem0g.testing import ModelRequest, ScriptedModel


class Colour(BaseModel):
    """What is asked for here."""

    name: str


def ask(model: LanguageModel, text: str = "of the sky") -> str:
    return model.ask("Name a colour.", text, Colour).name


def test_answers_come_in_order() -> None:
    model = ScriptedModel([{"name": "blue"}, '{"name": "grey"}'])
    assert [ask(model), ask(model)] == ["blue", "grey"]
    assert model.calls == 2


def test_an_answer_may_depend_on_what_is_asked() -> None:
    model = ScriptedModel(lambda request: {"name": request.text.upper()})
    assert ask(model, "blue") == "BLUE"


def test_what_was_asked_is_recorded() -> None:
    model = ScriptedModel([{"name": "blue"}])
    ask(model)
    assert model.requests == [ModelRequest("Name a colour.", "of the sky", Colour)]


@pytest.mark.parametrize("answer", [{"title": "blue"}, "blue", "{"])
def test_an_answer_that_does_not_fit_is_invalid(answer: dict[str, object] | str) -> None:
    with pytest.raises(InvalidReply, match="scripted-model"):
        ask(ScriptedModel([answer]))


def test_an_error_is_raised_and_the_script_goes_on() -> None:
    model = ScriptedModel([ModelUnavailable("too slow"), {"name": "blue"}])
    with pytest.raises(ModelUnavailable, match="too slow"):
        ask(model)
    assert ask(model) == "blue"


def test_a_script_that_is_over_says_so() -> None:
    with pytest.raises(AssertionError, match="asked 1 times, and its script has 0 answers"):
        ask(ScriptedModel([]))


def test_it_has_a_name() -> None:
    assert ScriptedModel([], name="gpt-test").name == "gpt-test"
