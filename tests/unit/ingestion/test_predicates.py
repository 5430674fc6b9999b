"""One name for each predicate: what the tables say, what is decided and recorded, and what becomes of a claim."""

from dataclasses import replace
from typing import NamedTuple

import pytest

from mem0g.errors import InvalidInput
from mem0g.ingestion.predicates import Canonical, Decided, Recorded, applied, asked, canonical, decide, is_exclusive
from mem0g.model import ClaimDraft, Mention, Value
from mem0g.period import read_period


class Kept(NamedTuple):
    canonical: str
    inverse: bool = False


def recorded(*decisions: Decided) -> dict[str, Recorded]:
    return {each.name: Kept(each.canonical, each.inverse) for each in decisions}


def draft(subject: str, predicate: str, object: Mention | Value | str | None, **more: object) -> ClaimDraft:
    what = Mention(object) if isinstance(object, str) else object
    return ClaimDraft(Mention(subject), predicate, what, "As it was said.", quote="as it was said", **more)  # type: ignore[arg-type]


# The tables


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("works_for", "works_for"),
        ("employed_by", "works_for"),
        ("is_employed_by", "works_for"),
        ("works_at", "works_for"),
        ("is_working_for", "works_for"),
        ("currently_working_at", "works_for"),
        ("employer", "works_for"),
        ("current_employer", "works_for"),
        ("resides_in", "lives_in"),
        ("is_living_in", "lives_in"),
        ("has_been_living_in", "lives_in"),
        ("home_address", "lives_at"),
        ("spouse", "married_to"),
        ("is_married_to", "married_to"),
        ("speaks_language", "speaks"),
        ("is_fluent_in", "speaks"),
        ("attends_university", "studies_at"),
        ("has_allergy_to", "allergic_to"),
        ("is_allergic_to", "allergic_to"),
        ("date_of_birth", "birthday"),
        ("has_sister", "sister"),
        ("managed_by", "reports_to"),
        ("is_managed_by", "reports_to"),
        ("is_reporting_to", "reports_to"),
        ("boss", "reports_to"),
        ("has_manager", "reports_to"),
        ("like", "likes"),
        ("favourite_colour", "favorite_colour"),
    ],
)
def test_words_for_one_predicate_have_one_name(said: str, name: str) -> None:
    assert canonical(said) == (name, False)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("employs", "works_for"),
        ("manages", "reports_to"),
        ("is_managing", "reports_to"),
        ("supervises", "reports_to"),
        ("boss_of", "reports_to"),
        ("owned_by", "owns"),
        ("taught_by", "teaches"),
        ("has_parent", "child"),
        ("child_of", "child"),
        ("sister_of", "sister"),
        ("is_mother_of", "mother"),
        ("husband_of", "married_to"),
    ],
)
def test_words_from_the_other_end_are_inverse(said: str, name: str) -> None:
    assert canonical(said) == (name, True)


@pytest.mark.parametrize(
    "predicate",
    [
        "lives_at",  # an address is in a city, and does not end it
        "lived_in",  # over
        "was_employed_by",
        "used_to_work_for",
        "no_longer_works_for",
        "loves",  # more than likes
        "enjoys",
        "hates",
        "belongs_to",  # of a club's member, and of a car's owner
        "is_sister",  # from which end?
        "is_manager",
        "owner",
        "founder",
        "located_in",
        "dietary_restriction",  # one may have several
        "full_name",
        "is_tall",
        "has_dog",
        "rent",  # a car, too
        "relationship_status",
        "home_city",
        "address",  # of an e-mail?
        "has_address",
        "parent",  # who of whom?
        "teacher",
        "mentor",
        "knows",
        "is_",
        "",
    ],
)
def test_what_may_mean_something_else_is_left_alone(predicate: str) -> None:
    assert canonical(predicate) == (predicate, False)


def test_many_small_words_take_no_longer_than_few() -> None:
    assert canonical("is_" * 300 + "living_in") == ("lives_in", False)


@pytest.mark.parametrize(
    "predicate",
    [
        "lives_in",
        "resides_in",
        "lives_at",
        "home_address",
        "works_at",
        "employer",
        "weight",
        "monthly_rent",
        "born_on",
        "favourite_colour",
        "favorite_class",
    ],
)
def test_every_wording_of_what_one_has_one_of_is_exclusive(predicate: str) -> None:
    assert is_exclusive(predicate)


@pytest.mark.parametrize(
    "predicate",
    [
        "employs",
        "husband_of",
        "email_address",
        "speaks_language",
        "likes",
        "lived_in",
        "works_as",
        "reports_to",
        "boss",
        "born_in",
        "favorite_movies",
        "current_projects",
    ],
)
def test_what_is_said_from_the_other_end_or_may_be_several_is_not(predicate: str) -> None:
    assert not is_exclusive(predicate)


# What is decided


def test_a_predicate_is_decided_when_it_is_first_seen() -> None:
    first, target = decide(["employed_by"], {})
    assert first == ("employed_by", "works_for", False, "another word for works_for", "rule")
    assert target[:3] == ("works_for", "works_for", False)


def test_one_that_no_table_knows_is_decided_as_itself() -> None:
    assert decide(["sails"], {}) == [Decided("sails", "sails", False, "its own name", "rule")]


def test_what_is_recorded_is_not_decided_again() -> None:
    assert decide(["employed_by", "works_for"], {"employed_by": Kept("employed_by"), "works_for": Kept("works_for")}) == []


def test_a_name_is_decided_once_however_often_it_is_seen() -> None:
    assert [each.name for each in decide(["lives_in", "resides_in", "lives_in"], {})] == ["lives_in", "resides_in"]


def test_a_new_wording_follows_what_was_recorded() -> None:
    earlier = {"works_for": Kept("employed_by"), "employed_by": Kept("employed_by")}
    (new,) = decide(["works_at"], earlier)
    assert new[:3] == ("works_at", "employed_by", False)


def test_a_new_wording_follows_a_recorded_inverse() -> None:
    earlier = {"manages": Kept("reports_to", inverse=True), "reports_to": Kept("reports_to")}
    assert decide(["boss"], earlier)[0][:3] == ("boss", "reports_to", False)
    assert decide(["supervises"], earlier)[0][:3] == ("supervises", "reports_to", True)


def test_the_ontology_goes_before_the_tables() -> None:
    named = {"employed_by": ("employed_by", False), "on_the_payroll_of": ("employed_by", False), "hires": ("employed_by", True)}
    decided = {
        each.name: each for each in decide(["on_the_payroll_of", "hires", "works_at", "employs", "works_for", "lives_in"], {}, named)
    }
    assert {name: each[1:3] for name, each in decided.items()} == {
        "on_the_payroll_of": ("employed_by", False),
        "employed_by": ("employed_by", False),
        "hires": ("employed_by", True),
        "works_at": ("employed_by", False),
        "employs": ("employed_by", True),
        "works_for": ("employed_by", False),
        "lives_in": ("lives_in", False),
    }
    assert decided["works_at"].decider == "ontology"
    assert decided["lives_in"].decider == "rule"


def test_an_ontology_may_name_the_inverse() -> None:
    decided = decide(["works_at", "employs"], {}, {"employs": ("employs", False)})
    assert {each.name: each[1:3] for each in decided} == {"works_at": ("employs", True), "employs": ("employs", False)}


# What becomes of a claim


def test_a_claim_is_kept_under_the_one_name_with_its_words_as_they_were() -> None:
    (kept,) = applied(draft("Alice", "employed by", "Acme"), recorded(*decide(["employed_by"], {})))
    assert kept == draft("Alice", "works_for", "Acme")


def test_a_claim_from_the_other_end_is_turned() -> None:
    (kept,) = applied(draft("Alice", "manages", "Bob", negated=True), recorded(*decide(["manages"], {})))
    assert kept == draft("Bob", "reports_to", "Alice", negated=True, exclusive=False)


@pytest.mark.parametrize(("type", "is_turned"), [("", True), ("person", True), ("organization", False), ("place", False), ("team", False)])
def test_what_manages_anything_but_a_person_is_left_as_said(type: str, is_turned: bool) -> None:
    said = draft("Alice", "manages", Mention("Sales", type))
    (kept,) = applied(said, recorded(*decide(["manages"], {})))
    turned = replace(said, subject=Mention("Sales", type), predicate="reports_to", object=Mention("Alice"), exclusive=False)
    assert kept == (turned if is_turned else said)


@pytest.mark.parametrize("object", [None, Value("the CEO")])
def test_a_claim_without_an_entity_at_its_end_is_left_as_said(object: Value | None) -> None:
    said = draft("Alice", "manages", object, negated=object is None)
    assert applied(said, recorded(*decide(["manages"], {}))) == (said,)


def test_a_name_that_nothing_was_decided_of_is_left_as_said() -> None:
    assert applied(draft("Alice", "Employed By", "Acme"), {}) == (draft("Alice", "employed_by", "Acme"),)


@pytest.mark.parametrize("said", [None, True, False])
def test_how_many_one_end_has_says_nothing_of_the_other(said: bool | None) -> None:
    (turned,) = applied(draft("Acme", "employs", "Alice", exclusive=said), recorded(*decide(["employs"], {})))
    assert turned.exclusive is False


def test_to_state_the_only_one_from_the_other_end_is_an_error() -> None:
    only = draft("Acme", "employs", "Alice", exclusive=True)
    with pytest.raises(InvalidInput, match="exclusive=True, and 'employs' is kept as works_for from the other end"):
        applied(only, recorded(*decide(["employs"], {})), stated=True)
    assert applied(replace(only, exclusive=None), recorded(*decide(["employs"], {})), stated=True)
    assert applied(draft("Alice", "employer", "Acme", exclusive=True), recorded(*decide(["employer"], {})), stated=True)[0].exclusive


def test_a_correction_from_the_other_end_denies_the_wrong_one_as_well() -> None:
    said = draft("Alice", "taught_by", "Bob", correction=True, replaces=Mention("Carl"), valid=read_period("2026"))
    right, wrong = applied(said, recorded(*decide(["taught_by"], {})))
    assert (right.subject.name, right.predicate, right.object, right.correction, right.replaces) == (
        "Bob", "teaches", Mention("Alice"), True, None,
    )  # fmt: skip
    assert (wrong.subject.name, wrong.predicate, wrong.object, wrong.correction, wrong.negated, wrong.valid) == (
        "Carl", "teaches", Mention("Alice"), True, True, None,
    )  # fmt: skip
    assert wrong.replaces == Mention("Alice")
    assert wrong.text == "Not so: Carl teaches Alice."


# What a read looks for


def test_a_read_looks_for_every_wording() -> None:
    names = asked("works_for", recorded(*decide(["on_the_payroll_of"], {}, {"on_the_payroll_of": ("works_for", False)})))
    assert {("works_for", False), ("employed_by", False), ("on_the_payroll_of", False), ("employs", True)} <= names
    assert not any(name == "lives_in" for name, _ in names)


def test_a_read_of_the_other_end_says_so() -> None:
    names = asked("reports_to", {})
    assert {Canonical("reports_to"), Canonical("manages", inverse=True), Canonical("boss"), Canonical("supervises", inverse=True)} <= names
    names = asked("manages", {})
    assert {Canonical("reports_to", inverse=True), Canonical("manages"), Canonical("boss", inverse=True), Canonical("supervises")} <= names


def test_a_read_looks_for_nothing_that_the_graph_takes_for_something_else() -> None:
    names = asked("works_for", {"employed_by": Kept("employed_by")})
    assert Canonical("works_at") in names
    assert Canonical("employed_by") not in names


def test_a_read_of_a_name_that_nobody_knows_looks_for_it() -> None:
    assert asked("sails", {}) == {Canonical("sails")}
