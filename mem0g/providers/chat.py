"""What a chat endpoint is asked for a structured answer, in three ways, and what is to be read in what it sends. Without a network.

Endpoints differ in which of the ways they know, and many that know none take the question all the same and answer in words.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, Final, Generic

from pydantic import BaseModel, ValidationError

from mem0g.errors import InvalidReply, ModelUnavailable
from mem0g.ports import Reply

# Asking


class Mode(Enum):
    """A way to ask for a structured answer."""

    SCHEMA = "json_schema"
    TOOL = "tool"
    JSON = "json_object"


def modes(tool: str | None) -> tuple[Mode, ...]:
    """The ways to ask, the best one first: the call of a tool where one is named, else words of a schema. JSON mode is always the last."""
    return (Mode.SCHEMA, Mode.TOOL, Mode.JSON) if tool is None else (Mode.TOOL, Mode.SCHEMA, Mode.JSON)


@dataclass(frozen=True, slots=True)
class Question(Generic[Reply]):
    """What is asked of a model.

    Attributes:
        reply: the type of the answer.
        tool: the name of the tool that gives it, where it is asked for as one.
        again: the turns after the first answer; empty at first.
        in_words: whether the schema is told in words too; in JSON mode it always is.
    """

    instructions: str
    text: str
    reply: type[Reply]
    tool: str
    again: tuple[tuple[str, str], ...] = ()
    in_words: bool = False

    def asked_again(self, said: str, wrong: str) -> "Question[Reply]":
        """The same once more: what was wrong with what was said, and the schema in words, for an endpoint that did not show it."""
        turns = (("assistant", said), ("user", _WRONG.format(wrong))) if said.strip() else ()
        return replace(self, again=turns, in_words=True)

    def request(self, mode: Mode) -> dict[str, Any]:
        """What the endpoint is sent, beside the name of the model."""
        schema = strict_schema(self.reply)
        told = _TOLD[mode].format(tool=self.tool, schema=json.dumps(schema)) if self.in_words or mode is Mode.JSON else ""
        turns = (("system", self.instructions + told), ("user", self.text), *self.again)
        return {"messages": [{"role": role, "content": content} for role, content in turns], **self._form(mode, schema)}

    def _form(self, mode: Mode, schema: Mapping[str, Any]) -> dict[str, Any]:
        match mode:
            case Mode.SCHEMA:
                named = {"name": self.reply.__name__, "schema": schema, "strict": True}
                return {"response_format": {"type": "json_schema", "json_schema": named}}
            case Mode.TOOL:
                function = {"name": self.tool, "parameters": schema, "strict": True}
                chosen = {"type": "function", "function": {"name": self.tool}}
                return {"tools": [{"type": "function", "function": function}], "tool_choice": chosen}
            case Mode.JSON:
                return {"response_format": {"type": "json_object"}}


_WRONG: Final = "That does not fit: {}. Answer again, with the whole JSON and nothing else."
_JSON: Final = "\n\nAnswer with one JSON object and nothing else. It fits this JSON schema:\n{schema}"
_TOLD: Final = {
    Mode.SCHEMA: _JSON,
    Mode.TOOL: "\n\nCall the tool {tool} once. If you cannot call tools, answer with its arguments, as one JSON object and nothing else. "
    "They fit this JSON schema:\n{schema}",
    Mode.JSON: _JSON,
}


# Reading


@dataclass(frozen=True, slots=True)
class Answer:
    """What an endpoint said.

    Attributes:
        text: what should be JSON; empty where nothing was said.
        as_asked: whether it came in the way it was asked for: by the tool, where one was to be called.
        problem: why it is no answer, whatever its text; empty where it may be one.
    """

    text: str
    as_asked: bool = True
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Misfit:
    """An answer that is not of the type asked for.

    Attributes:
        wrong: what does not fit, in words for the model.
        unshaped: it is not of the shape that the schema describes, which no endpoint lets happen that holds its model to the schema.
    """

    wrong: str
    unshaped: bool


def fitting(answer: Answer, reply: type[Reply]) -> Reply | Misfit:
    """An answer as the type asked for, or what is wrong with it."""
    if answer.problem:
        return Misfit(answer.problem, unshaped=False)
    if not answer.text.strip():
        return Misfit("the answer is empty", unshaped=True)
    try:
        return reply.model_validate_json(json_object(answer.text) or answer.text)
    except ValidationError as error:
        wrong = [f"{'.'.join(map(str, each['loc'])) or 'the answer'}: {each['msg']}" for each in error.errors(include_url=False)]
        return Misfit(short("; ".join(wrong[:3])), any(_is_of_shape(each["type"]) for each in error.errors()))


def _is_of_shape(kind: str) -> bool:
    return kind in _OF_SHAPE or kind.endswith("_type")


_OF_SHAPE: Final = frozenset({"json_invalid", "missing", "literal_error", "enum", "extra_forbidden"})
"""With those that end so, pydantic's errors about what a JSON schema describes."""


def json_object(text: str) -> str | None:
    """The one JSON object in a text that says more: words or a Markdown fence around it, or what the model thought before it.

    None where it is not clear which part is the answer: the first brace begins no whole object, another brace follows it, or it is a
    part of something else.
    """
    said = text if text.lstrip().startswith("{") else text.rpartition("</think>")[2]
    start = said.find("{")
    if start < 0 or said[:start].rstrip().endswith(("[", '":')):
        return None
    try:
        _, end = json.JSONDecoder().raw_decode(said, start)
    except (ValueError, RecursionError):
        return None
    return None if "{" in said[end:] or "}" in said[end:] else said[start:end]


def short(error: object) -> str:
    """An error in one line of at most 300 characters."""
    line = " ".join(str(error).split())
    return line if len(line) <= 300 else f"{line[:300]}…"


# What the endpoint sends. Only what is read is checked, and everything may be missing: endpoints differ.


class _Function(BaseModel):
    name: str | None = None
    arguments: object = None

    @property
    def text(self) -> str:
        """The arguments as JSON: some endpoints send them as such."""
        said = self.arguments
        return said if isinstance(said, str) else "" if said is None else json.dumps(said)


class _ToolCall(BaseModel):
    function: _Function | None = None


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None
    tool_calls: Sequence[_ToolCall] | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class Tokens(BaseModel):
    """What an answer cost, as far as the endpoint says so."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class Completion(BaseModel):
    """The envelope of an answer."""

    choices: Sequence[_Choice] = ()
    usage: Tokens | None = None
    error: object = None


def completion_in(body: bytes) -> Completion:
    """The envelope in what an endpoint sent.

    Raises:
        InvalidReply: there is none.
        ModelUnavailable: it holds an error.
    """
    try:
        completion = Completion.model_validate_json(body)
    except ValidationError as error:
        raise InvalidReply(f"what the endpoint sent is no chat completion: {short(body.decode(errors='replace'))}") from error
    if completion.error is not None:
        raise ModelUnavailable(f"the endpoint reports an error: {short(completion.error)}")
    return completion


def answer_in(completion: Completion, mode: Mode, tool: str) -> Answer:
    """What the first choice says.

    Raises:
        InvalidReply: there is none, or not all of it, or a refusal. Asked again, the model would say the same.
    """
    if not completion.choices:
        raise InvalidReply("gave no answer: the endpoint sent no choices")
    choice = completion.choices[0]
    if choice.message.refusal:
        raise InvalidReply(f"refuses: {short(choice.message.refusal)}")
    if choice.finish_reason in _CUT_SHORT:
        raise InvalidReply(_CUT_SHORT[choice.finish_reason])
    return _called(choice.message, tool) if mode is Mode.TOOL else Answer(choice.message.content or "")


def _called(message: _Message, tool: str) -> Answer:
    """The arguments that the tool was called with, or the words said instead."""
    functions = (call.function for call in message.tool_calls or () if call.function)
    arguments = [function.text for function in functions if function.name == tool and function.text.strip()]
    match arguments:
        case []:
            return Answer(message.content or "", as_asked=False)
        case [once]:
            return Answer(once)
        case _:
            said = f"the tool {tool} was called {len(arguments)} times: it is called once, with everything"
            return Answer("\n".join(arguments), problem=said)


_CUT_SHORT: Final = {
    "length": "ran out of tokens in the middle of its answer",
    "content_filter": "was stopped by the endpoint's content filter",
}


# Schemas
def strict_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of `model` as strict structured output wants it: every property required, no other allowed, no defaults."""
    schema: dict[str, Any] = _strict(model.model_json_schema())
    return schema


def _strict(schema: Any) -> Any:
    """A schema, or a part of one, made strict."""
    if isinstance(schema, list):
        return [_strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    strict = {key: _strict(part) for key, part in schema.items() if key not in _NOISE}
    if "properties" in schema:
        properties = {name: _strict(part) for name, part in schema["properties"].items()}
        strict |= {"properties": properties, "required": [*properties], "additionalProperties": False}
    return strict


_NOISE: Final = frozenset({"default", "title", "description", "properties"})
"""What a schema says beside the shape; properties have any name, and are gone through one by one."""
