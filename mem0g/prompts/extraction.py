"""The shape of what is read out of messages: see `extraction.md`."""

from typing import Annotated, Final, Literal, get_args

from pydantic import BaseModel, BeforeValidator

from mem0g.prompts import Prompt, load

VERSION: Final = "2"
"""Raise it with every change of `extraction.md` or of the models here."""

EntityType = Literal["person", "place", "organization", "animal", "other"]
"""Few on purpose: two types of one name are two entities."""

Datatype = Literal["text", "number", "amount", "date", "boolean", "email", "phone", "age"]


def _known_type(type: object) -> object:
    return type if type in get_args(EntityType) else "other"


def _known_datatype(datatype: object) -> object:
    return datatype if datatype is None or datatype in get_args(Datatype) else "text"


# What a model may leave out has a default: strict structured output requires every field all the same. The words of the text come
# first in a claim, so that a model that writes field by field has quoted before it concludes.


class ReadEntity(BaseModel):
    """Something the claims name."""

    name: str
    type: Annotated[EntityType, BeforeValidator(_known_type)] = "other"
    aliases: list[str] = []


class ReadClaim(BaseModel):
    """What one message asserts. Dates are partial ISO dates; both ends are within the validity."""

    message: int
    quote: str
    time_words: str | None = None
    subject: str
    predicate: str
    object: str | None = None
    value: str | None = None
    datatype: Annotated[Datatype | None, BeforeValidator(_known_datatype)] = None
    holder: str | None = None
    negated: bool = False
    ended: bool = False
    kind: Literal["state", "event"] = "state"
    valid_from: str | None = None
    valid_to: str | None = None
    correction: bool = False
    replaces: str | None = None
    exclusive: bool | None = None
    text: str = ""
    confidence: float = 1.0


class ReadMessages(BaseModel):
    """Everything read out of some messages."""

    entities: list[ReadEntity] = []
    claims: list[ReadClaim]


def prompt() -> Prompt:
    """What an extracting model is told."""
    return load("extraction", VERSION)
