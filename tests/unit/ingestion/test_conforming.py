"""Drafts on their way to an ontology: their predicate's one name first, and dates in words where a date is asked for."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mem0g.errors import InvalidInput
from mem0g.ingestion.conforming import conformed, conformed_or_error
from mem0g.ingestion.predicates import Decided
from mem0g.model import ClaimDraft, Mention, Value
from mem0g.ontology import INVALID_VALUE, NOTED, RELATED_TO, EntityType, Ontology, RelationType

SAID = datetime(2026, 3, 1, tzinfo=UTC)


class Person(EntityType):
    birthday: date | None = None
    motto: str = ""


class Company(EntityType):
    pass


class EmployedBy(RelationType, exclusive=True, inverses=["hires"]):
    subject: Person
    object: Company


ONTOLOGY = Ontology([Person, Company], [EmployedBy])


def draft(subject: str, predicate: str, object: str | Value) -> ClaimDraft:
    return ClaimDraft(Mention(subject), predicate, Mention(object) if isinstance(object, str) else object, "As said.")


@pytest.mark.parametrize("said", [draft("Alice", "works_at", "Acme"), draft("Acme", "employs", "Alice"), draft("Acme", "hires", "Alice")])
def test_every_wording_of_what_the_ontology_names_is_checked_and_kept_as_it_names_it(said: ClaimDraft) -> None:
    (found,) = conformed([said], ONTOLOGY, SAID).drafts
    assert (found.subject, found.predicate, found.object) == (Mention("Alice", "person"), "employed_by", Mention("Acme", "company"))


def test_what_is_turned_is_one_of_several_unless_the_ontology_says_otherwise() -> None:
    class WorksFor(RelationType, inverses=["hires"]):
        pass

    said = draft("Acme", "hires", "Alice")
    unhired = {"hires": Decided("hires", "hires", False, "", "rule")}
    assert [found.exclusive for found in conformed([said], ONTOLOGY, SAID).drafts] == [True]
    for recorded in ({}, unhired):
        assert [found.exclusive for found in conformed([said], Ontology([], [WorksFor]), SAID, recorded).drafts] == [False]
    assert [found.exclusive for found in conformed([draft("Alice", "works_for", "Acme")], Ontology([], [WorksFor]), SAID).drafts] == [None]


def test_to_state_the_only_one_from_the_other_end_is_an_error() -> None:
    with pytest.raises(InvalidInput, match="from the other end"):
        conformed_or_error(replace(draft("Acme", "hires", "Alice"), exclusive=True), ONTOLOGY, SAID)


def test_what_it_does_not_name_is_left_to_what_the_graph_has_decided() -> None:
    assert conformed([draft("Alice", "resides_in", "Oslo")], ONTOLOGY, SAID).drafts[0].predicate == "resides_in"
    recorded = {"resides_in": Decided("resides_in", "lives_in", False, "", "rule")}
    assert conformed([draft("Alice", "resides_in", "Oslo")], ONTOLOGY, SAID, recorded).drafts[0].predicate == "lives_in"


def test_a_day_in_words_is_a_date_where_the_ontology_asks_for_one() -> None:
    said = [draft("Alice", "birthday", Value("3 May 1990", "date")), draft("Alice", "motto", Value("3 May 1990"))]
    assert [found.object for found in conformed(said, ONTOLOGY, SAID).drafts] == [Value("1990-05-03", "date"), Value("3 May 1990")]


@pytest.mark.parametrize("words", ["3 May", "1990", "May 1990", "around 3 May 1990 or so", "yesterday", "in spring"])
def test_no_day_is_made_up(words: str) -> None:
    done = conformed([draft("Alice", "birthday", Value(words, "date"))], ONTOLOGY, SAID)
    assert done.drafts == []
    assert [refusal.reason for refusal in done.refusals] == [INVALID_VALUE]


def test_a_day_in_words_is_read_before_it_is_generalised() -> None:
    ontology = Ontology([Person], violations="generalise")
    said = [draft("Alice", "birthday", Value("3 May 1990")), draft("Alice", "birthday", Value("in spring"))]
    assert [found.predicate for found in conformed(said, ontology, SAID).drafts] == ["birthday", NOTED]


def test_what_is_generalised_may_have_been_said_to_be_the_only_one() -> None:
    ontology = Ontology([Person], violations="generalise", open=False)
    said = replace(draft("Alice", "mentors", "Bob"), exclusive=True)
    assert [found.predicate for found in conformed_or_error(said, ontology, SAID)] == [RELATED_TO]


def test_what_there_may_be_several_of_is_not_said_to_be_the_only_one() -> None:
    class Knows(RelationType, exclusive=False):
        pass

    with pytest.raises(InvalidInput, match="exclusive=True"):
        conformed_or_error(replace(draft("Alice", "knows", "Bob"), exclusive=True), Ontology([], [Knows]), SAID)
