"""The shape of what is read out of messages: see `extraction.md`."""

from typing import Annotated, Final, Literal, get_args

from pydantic import BaseModel, BeforeValidator

from mem0g.prompts import Prompt, load

VERSION: Final = "3"
"""Raise it with every change of `extraction.md`, of `LOOK_AGAIN` or of the models here."""

LOOK_AGAIN: Final = (
    "Your last answer held no claims, though these messages name people, things or numbers. Look again, message by message: claim what the "
    "users assert in them. If they only ask, wish, suppose or joke, empty lists are right."
)
"""What is added where an empty answer is not believed."""

OTHER: Final = "other"
"""No type."""

EntityType = Literal["person", "place", "organization", "animal", "other"]
"""Few on purpose: two types of one name are two entities."""

Datatype = Literal["text", "number", "amount", "date", "boolean", "email", "phone", "age"]


def _known_type(type: object) -> object:
    return type if type in get_args(EntityType) else OTHER


def _any_type(type: object) -> object:
    return type.strip() or OTHER if isinstance(type, str) else OTHER


def _known_datatype(datatype: object) -> object:
    return datatype if datatype is None or datatype in get_args(Datatype) else "text"


# What a model may leave out has a default: strict structured output requires every field all the same. The words of the text come
# first in a claim, so that a model that writes field by field has quoted before it concludes.


class ReadTypedEntity(BaseModel):
    """Something the claims name, of a type of the user's ontology."""

    name: str
    type: Annotated[str, BeforeValidator(_any_type)] = OTHER
    aliases: list[str] = []


class ReadEntity(ReadTypedEntity):
    """Something the claims name."""

    type: Annotated[EntityType, BeforeValidator(_known_type)] = OTHER


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


class ReadTypedMessages(BaseModel):
    """Everything read out of some messages, where an ontology says which types there are."""

    entities: list[ReadTypedEntity] = []
    claims: list[ReadClaim]


def prompt() -> Prompt:
    """What an extracting model is told."""
    return load("extraction", VERSION)
