"""A claim as its sentence: what changes, and what two sentences are one by."""

from dataclasses import replace

import pytest

from mem0g.ingestion.flavours import as_sentence, sentences_about
from mem0g.model import ClaimDraft, Mention, Value, object_key
from mem0g.period import read_period

LIVES = ClaimDraft(
    Mention("Alice", "person"), "lives_in", Mention("Oslo", "place"), "Alice lives in Oslo.", quote="I live in Oslo",
    holder=Mention("Bob"), valid=read_period("2026"), exclusive=True, confidence=0.5,
)  # fmt: skip


def key(draft: ClaimDraft) -> str:
    kept = as_sentence(draft).object
    assert isinstance(kept, Value)
    return object_key(kept)


def test_the_object_is_the_sentence_and_everything_else_stays() -> None:
    kept = as_sentence(LIVES)
    assert kept == replace(LIVES, object=Value("Alice lives in Oslo.", "sentence:entity:oslo"))


@pytest.mark.parametrize(
    "other",
    [
        replace(LIVES, text="She still lives there."),
        replace(LIVES, text="Alice no longer lives in Oslo.", negated=True),
        replace(LIVES, object=Mention("OSLO")),
    ],
)
def test_two_sentences_of_one_object_are_one(other: ClaimDraft) -> None:
    assert key(other) == key(LIVES)


@pytest.mark.parametrize("object", [Mention("Lisbon"), Value("Oslo"), Value("Oslo", "date")])
def test_two_sentences_of_two_objects_are_two_whatever_their_words(object: Mention | Value) -> None:
    assert key(replace(LIVES, object=object)) != key(LIVES)


def test_a_denial_that_leaves_its_object_open_stays_open() -> None:
    draft = replace(LIVES, object=None, negated=True)
    assert as_sentence(draft) == draft


def test_what_a_correction_names_as_wrong_is_the_sentence_of_it() -> None:
    kept = as_sentence(replace(LIVES, object=Mention("Porto"), correction=True, replaces=Mention("Oslo")))
    assert object_key(kept.replaces if isinstance(kept.replaces, Value) else None) == key(LIVES)


def test_a_claim_without_a_sentence_gets_one() -> None:
    assert as_sentence(replace(LIVES, text=" ")).object == Value("Alice lives in Oslo.", "sentence:entity:oslo")


@pytest.mark.parametrize("object", [Mention("Oslo"), Value("oslo"), Value("OSLO", "email")])
def test_sentences_are_found_by_what_they_say_it_of(object: Mention | Value) -> None:
    assert key(replace(LIVES, object=object)) in sentences_about("Oslo")
