"""Types that a graph keeps to: what a claim becomes, what is refused, and what an ontology may not say."""

import enum
from datetime import date
from types import new_class
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field, field_validator, model_validator

from mem0g.errors import InvalidInput
from mem0g.model import ClaimDraft, Mention, Value
from mem0g.ontology import (
    INVALID_VALUE,
    NOTED,
    RELATED_TO,
    UNKNOWN_PREDICATE,
    UNKNOWN_TYPE,
    WRONG_OBJECT,
    WRONG_SUBJECT,
    EntityType,
    Ontology,
    Refusal,
    RelationType,
)


class Diet(enum.Enum):
    VEGAN = "vegan"
    OMNIVORE = "omnivore"


class Person(EntityType):
    """A human being.

    Only the first paragraph is shown.
    """

    birthday: date | None = None
    email: list[str] = Field([])
    weight: float | None = Field(None, gt=0, description="In kilograms.")
    height: Annotated[float, Field(gt=0)] | None = None
    diet: Diet | None = None
    handedness: Literal["left", "right"] | None = None
    member: bool | None = None
    employer: "Company | None" = None
    nickname: str = ""

    @field_validator("nickname")
    @classmethod
    def shout(cls, nickname: str) -> str:
        return nickname.upper()


class Company(EntityType, aliases=["organization", "Firm"]):
    """Whoever employs people."""

    email: list[str] = Field([])
    founded_on: date | None = None


class City(EntityType, name="place"):
    pass


class WorksFor(RelationType, exclusive=True, aliases=["on_the_payroll_of"], inverses=["hires"]):
    """Who employs someone."""

    subject: Person
    object: Company


class LocatedIn(RelationType):
    subject: Person | Company
    object: City


class Mentioned(RelationType, exclusive=False):
    """Anything may be."""


TYPES = [Person, Company, City]
RELATIONS = [WorksFor, LocatedIn, Mentioned]
OPEN = Ontology(TYPES, RELATIONS)
CLOSED = Ontology(TYPES, RELATIONS, open=False)
GENERAL = Ontology(TYPES, RELATIONS, violations="generalise", open=False)

SENTENCE = "As it was said."


def draft(subject: str | Mention, predicate: str, object: str | Mention | Value | None, **more: object) -> ClaimDraft:
    who = Mention(subject) if isinstance(subject, str) else subject
    what = Mention(object) if isinstance(object, str) else object
    return ClaimDraft(who, predicate, what, SENTENCE, quote="said", **more)  # type: ignore[arg-type]


def conformed(said: ClaimDraft, ontology: Ontology = OPEN) -> ClaimDraft:
    found = ontology.conform(said)
    assert isinstance(found, ClaimDraft), found
    return found


def refused(said: ClaimDraft, ontology: Ontology = OPEN) -> Refusal:
    found = ontology.conform(said)
    assert isinstance(found, Refusal), found
    return found


# What fits


def test_an_entity_of_no_known_type_has_that_of_its_end() -> None:
    found = conformed(draft("Alice", "works_for", "Acme"))
    assert (found.subject, found.object) == (Mention("Alice", "person"), Mention("Acme", "company"))


def test_an_end_of_several_types_gives_none() -> None:
    assert conformed(draft("Alice", "located_in", "Oslo")).subject == Mention("Alice")


def test_types_and_predicates_have_their_own_names() -> None:
    said = draft(Mention("Alice", "person"), "On the payroll of", Mention("Acme", "firm"), replaces=Mention("Globex", "organization"))
    found = conformed(said)
    assert (found.predicate, found.object, found.replaces) == ("works_for", Mention("Acme", "company"), Mention("Globex", "company"))


def test_everything_else_stays_as_it_was_said() -> None:
    said = draft("Alice", "works_for", "Acme", negated=True, holder=Mention("Bob"), confidence=0.5)
    found = conformed(said)
    assert (found.text, found.quote, found.negated, found.holder, found.confidence) == (SENTENCE, "said", True, Mention("Bob"), 0.5)


@pytest.mark.parametrize(
    ("predicate", "object", "value"),
    [
        ("birthday", Value("1990-05-03", "text"), Value("1990-05-03", "date")),
        ("birthday", Mention("1990-05-03"), Value("1990-05-03", "date")),
        ("weight", Value("82.0"), Value("82", "number")),
        ("weight", Value("82.5", "amount"), Value("82.5", "number")),
        ("diet", Mention("vegan"), Value("vegan", "text")),
        ("handedness", Value("left"), Value("left", "text")),
        ("member", Value("yes"), Value("true", "boolean")),
        ("email", Value("alice@example.org", "email"), Value("alice@example.org", "email")),
        ("nickname", Mention("Al"), Value("AL", "text")),
    ],
)
def test_a_value_is_written_as_its_field_reads_it(predicate: str, object: Mention | Value, value: Value) -> None:
    found = conformed(draft(Mention("Alice", "person"), predicate, object))
    assert found.object == value


def test_a_field_may_be_an_entity() -> None:
    assert conformed(draft("Alice", "employer", "Acme")).object == Mention("Acme", "company")


def test_what_a_correction_names_as_wrong_is_read_alike_and_left_where_it_cannot_be() -> None:
    said = draft("Alice", "weight", Value("82"), correction=True, replaces=Value("80.0"))
    assert conformed(said).replaces == Value("80", "number")
    said = draft("Alice", "weight", Value("82"), correction=True, replaces=Value("a lot"))
    assert conformed(said).replaces == Value("a lot")


def test_what_is_said_from_the_other_end_is_turned_and_checked() -> None:
    found = conformed(draft("Acme", "hires", "Alice", exclusive=True))
    assert (found.subject, found.predicate, found.object) == (Mention("Alice", "person"), "works_for", Mention("Acme", "company"))
    assert refused(draft(Mention("Oslo", "place"), "hires", "Alice")).reason == WRONG_OBJECT


def test_a_denial_may_leave_its_object_open() -> None:
    assert conformed(draft("Alice", "works_for", None, negated=True)).subject == Mention("Alice", "person")
    assert conformed(draft("Acme", "hires", None, negated=True)).predicate == "hires"


@pytest.mark.parametrize(
    ("predicate", "stated", "exclusive"),
    [
        ("works_for", None, True),
        ("works_for", True, True),
        ("works_for", False, False),  # "I also work for Globex"
        ("birthday", None, True),
        ("email", None, False),
        ("email", True, False),
        ("mentioned", True, False),
        ("located_in", None, None),  # left to the text and the table
        ("located_in", True, True),
    ],
)
def test_cardinality_is_the_ontologys_and_one_only_where_nothing_says_otherwise(
    predicate: str, stated: bool | None, exclusive: bool | None
) -> None:
    object: Mention | Value = Value("1990-05-03") if predicate in {"birthday", "email"} else Mention("Acme")
    assert conformed(draft("Alice", predicate, object, exclusive=stated)).exclusive is exclusive


def test_what_two_types_have_is_of_no_type_until_one_is_known() -> None:
    assert conformed(draft("Acme", "email", Value("info@acme.example"))).subject == Mention("Acme")


@pytest.mark.parametrize(
    "said",
    [
        draft(Mention("Rex", "animal"), "chases", "cats"),  # no type and no predicate of it
        draft(Mention("Rex", "animal"), "birthday", Value("last spring")),  # a person's field, of what is none
    ],
)
def test_an_open_ontology_leaves_alone_what_it_does_not_name(said: ClaimDraft) -> None:
    assert conformed(said) == said


def test_a_base_that_is_not_listed_stands_for_the_types_that_have_it() -> None:
    class Agent(EntityType):
        phone: str = ""

    class Human(Agent):
        pass

    class Club(Agent):
        pass

    class Owes(RelationType):
        subject: Agent
        object: Agent

    ontology = Ontology([Human, Club], [Owes])
    assert conformed(draft(Mention("Chess", "club"), "owes", Mention("Alice", "human")), ontology).predicate == "owes"
    assert conformed(draft(Mention("Chess", "club"), "phone", Mention("555")), ontology).object == Value("555")


# What does not


REFUSED = [
    (draft(Mention("Acme", "company"), "works_for", "Globex"), WRONG_SUBJECT),
    (draft(Mention("Rex", "animal"), "works_for", "Acme"), WRONG_SUBJECT),
    (draft("Alice", "works_for", Mention("Oslo", "place")), WRONG_OBJECT),
    (draft("Alice", "works_for", Value("a bakery")), WRONG_OBJECT),
    (draft("Acme", "hires", Value("somebody")), WRONG_OBJECT),
    (draft(Mention("Acme", "company"), "birthday", Value("1990-05-03")), WRONG_SUBJECT),
    (draft("Alice", "birthday", Value("in spring")), INVALID_VALUE),
    (draft("Alice", "birthday", Value("1990")), INVALID_VALUE),  # no seconds since 1970
    (draft("Alice", "weight", Value("-3")), INVALID_VALUE),
    (draft("Alice", "height", Value("-3")), INVALID_VALUE),
    (draft("Alice", "weight", Value("inf")), INVALID_VALUE),
    (draft("Alice", "diet", Mention("paleo")), INVALID_VALUE),
    (draft("Alice", "nickname", Value(" ")), INVALID_VALUE),
]


@pytest.mark.parametrize(("said", "reason"), REFUSED)
def test_what_breaks_it_is_refused_with_the_reason(said: ClaimDraft, reason: str) -> None:
    refusal = refused(said)
    assert refusal.reason == reason
    assert "=" in refusal.detail


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (draft("Alice", "chases", "cats"), UNKNOWN_PREDICATE),
        (draft(Mention("Rex", "animal"), "mentioned", "Acme"), UNKNOWN_TYPE),
        (draft("Acme", "mentioned", Mention("Rex", "animal")), UNKNOWN_TYPE),
    ],
)
def test_a_closed_ontology_refuses_what_it_does_not_name(said: ClaimDraft, reason: str) -> None:
    assert refused(said, CLOSED).reason == reason
    assert "open=True" in refused(said, CLOSED).detail


def test_the_way_out_names_what_is_there() -> None:
    assert refused(draft("Alice", "works_for", Mention("Oslo", "place"))).detail == (
        "object='Oslo' has the type 'place', and the object of works_for is company: give one"
    )


# What is generalised


def test_an_unknown_type_is_left_away() -> None:
    found = conformed(draft(Mention("Rex", "animal"), "mentioned", "Acme"), GENERAL)
    assert (found.subject, found.predicate) == (Mention("Rex"), "mentioned")


@pytest.mark.parametrize(
    "said",
    [
        draft("Alice", "mentors", "Bob", exclusive=True, correction=True, replaces=Mention("Carl")),
        draft("Alice", "works_for", Mention("Oslo", "place"), exclusive=True),
        draft(Mention("Acme", "company"), "works_for", "Globex"),
    ],
)
def test_what_is_no_such_relation_is_related_and_ends_nothing(said: ClaimDraft) -> None:
    found = conformed(said, GENERAL)
    assert (found.predicate, found.exclusive, found.correction, found.replaces) == (RELATED_TO, False, False, None)
    assert (found.text, found.quote) == (SENTENCE, "said")
    assert isinstance(found.object, Mention)


@pytest.mark.parametrize(
    "said",
    [
        draft("Alice", "birthday", Value("in spring")),
        draft("Alice", "mentors", "Bob", negated=True),  # that they are not related at all would end too much
        draft("Alice", "mentors", None, negated=True),
        draft("Alice", "says", Value("hello")),
        draft("Alice", "weight", Mention("a lot")),
    ],
)
def test_what_is_no_relation_of_two_is_noted_as_its_sentence(said: ClaimDraft) -> None:
    found = conformed(said, GENERAL)
    assert (found.predicate, found.object, found.negated, found.exclusive) == (NOTED, Value(SENTENCE), False, False)


def test_what_was_generalised_fits() -> None:
    related = conformed(draft("Alice", "mentors", "Bob"), GENERAL)
    assert GENERAL.conform(related) == related


def test_what_has_no_sentence_to_note_is_refused() -> None:
    said = ClaimDraft(Mention("Alice"), "weight", Value("a lot"), " ")
    assert refused(said, GENERAL).reason == INVALID_VALUE


# In words


def test_it_is_shown_as_plain_text() -> None:
    assert OPEN.rendered() == "\n".join(
        [
            "Entity types:",
            "- person: A human being.",
            "- company (also: organization, Firm): Whoever employs people.",
            "- place",
            "Predicates:",
            "- works_for (also: on_the_payroll_of, hires from the other end): person -> company, one at a time. Who employs someone.",
            "- located_in: person or company -> place.",
            "- mentioned: anything -> anything, several. Anything may be.",
            "- birthday: person -> a date, one at a time.",
            "- email: person -> text, several; company -> text, several.",
            "- weight: person -> a number, one at a time. In kilograms.",
            "- height: person -> a number, one at a time.",
            "- diet: person -> one of vegan, omnivore, one at a time.",
            "- handedness: person -> one of left, right, one at a time.",
            "- member: person -> true or false, one at a time.",
            "- employer: person -> company, one at a time.",
            "- nickname: person -> text, one at a time.",
            "- founded_on: company -> a date, one at a time.",
        ]
    )
    assert CLOSED.rendered().startswith("Entity types (no others):\n")


def test_its_names_are_known() -> None:
    assert OPEN.types == ("person", "company", "place")
    assert OPEN.predicates[:4] == ("works_for", "located_in", "mentioned", "birthday")
    assert OPEN.wordings["hires"] == ("works_for", True)
    assert OPEN.wordings["on_the_payroll_of"] == ("works_for", False)
    assert OPEN.is_open
    assert not CLOSED.is_open


# What an ontology may not say


class Employee(Person):
    pass


class Human(EntityType, name="person"):
    pass


class Firm(EntityType):
    pass


class Capital(EntityType):
    Birthday: date | None = None


class Record(BaseModel):
    text: str


class Nested(EntityType):
    record: Record | None = None


class Listed(EntityType):
    names: list[list[str]] = Field([])


class Limited(EntityType):
    names: list[str] = Field([], max_length=2)


class Whole(EntityType):
    start: date | None = None

    @model_validator(mode="after")
    def check(self) -> "Whole":
        return self


class Frozen(EntityType, frozen=True):
    start: date | None = None


class Elsewhere(EntityType):
    other: "NowhereToBeFound | None" = None  # type: ignore[name-defined]  # noqa: F821


class Employer(RelationType):
    subject: Person
    object: Company


class Employs(RelationType, aliases=["works_for"]):
    pass


class Hires(RelationType, aliases=["takes_on"], inverses=["takes_on"]):
    pass


class Typed(RelationType):
    subject: str


class Many(RelationType):
    object: list[str]


class More(RelationType):
    subject: Person
    since: date


class Related(RelationType, name="related_to"):
    pass


@pytest.mark.parametrize(
    ("entities", "relations", "message"),
    [
        ([Person, Company, Employee], [], "Employee is a subclass of Person"),
        ([Person, Company, Human], [], "the type 'person' is there already"),
        ([Person, Company, Firm], [], "the type 'firm' is there already"),
        ([Capital], [], "Capital.Birthday is no name of a predicate: write 'birthday'"),
        ([Nested], [], "Nested.record is a record"),
        ([Listed], [], "Listed.names is a record or a list of lists"),
        ([Limited], [], "Limited.names limits how many"),
        ([Whole], [], "Whole checks a record as a whole"),
        ([Frozen], [], "Frozen checks a record as a whole"),
        ([Elsewhere], [], "Elsewhere names what is not there"),
        ([Person, Company], [Employer], "Person.employer is a relation too"),
        ([Person, Company], [WorksFor, WorksFor], "the predicate 'works_for' is there already"),
        ([Person, Company], [WorksFor, Employs], "'works_for' is both works_for and employs"),
        ([], [Hires], "'takes_on' is said from both ends"),
        ([Person], [WorksFor], "WorksFor.object names Company, which is none of the entity types"),
        ([], [Typed], "Typed.subject may only be an entity type"),
        ([], [Many], "Many.object is a list"),
        ([Person, Company], [More], "More.since is no end of a relation"),
        ([EntityType], [], "no subclass of EntityType"),
        ([Record], [], "no subclass of EntityType"),
        (Person, [], "is no list"),
    ],
)
def test_an_ontology_that_cannot_be_kept_is_refused(
    entities: list[type[EntityType]], relations: list[type[RelationType]], message: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        Ontology(entities, relations)
    assert message in str(caught.value)


def test_what_claims_are_generalised_to_is_taken() -> None:
    with pytest.raises(InvalidInput, match="'related_to' is what broken claims are generalised to"):
        Ontology([], [Related], violations="generalise")


def test_what_becomes_of_violations_is_one_of_two() -> None:
    with pytest.raises(InvalidInput, match="neither 'refuse' nor 'generalise'"):
        Ontology([], violations="ignore")  # type: ignore[arg-type]


def test_one_alias_is_given_as_a_list() -> None:
    with pytest.raises(InvalidInput, match="give a list"):

        class Wrong(RelationType, aliases="works_for"):
            pass


@pytest.mark.parametrize(
    ("kind", "arguments", "told"),
    [
        (RelationType, {"exclusive": "yes"}, "Made: exclusive='yes' says neither yes nor no: give True, False or None"),
        (RelationType, {"exclusive": 1}, "Made: exclusive=1 says neither yes nor no"),
        (RelationType, {"exclusiv": True}, "Made: exclusiv=True is no class argument that there is: give name, exclusive, aliases or"),
        (EntityType, {"alias": ["x"]}, "Made: alias=['x'] is no class argument that there is: give name or aliases, or a setting"),
        (EntityType, {"exclusive": True}, "Made: exclusive=True is no class argument that there is"),
        (RelationType, {"name": 3}, "Made: name=3 must be text"),
    ],
)  # fmt: skip
def test_a_class_argument_that_cannot_be_used_is_named(kind: type, arguments: dict[str, object], told: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        new_class("Made", (kind,), arguments)
    assert told in str(caught.value)


def test_a_setting_of_pydantic_is_a_class_argument_too() -> None:
    made = new_class("Made", (EntityType,), {"extra": "forbid"})
    assert made.model_config["extra"] == "forbid"  # type: ignore[attr-defined]  # a model of Pydantic's
