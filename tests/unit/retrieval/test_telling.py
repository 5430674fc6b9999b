"""Facts as sentences, and the forms of verbs that they need."""

import pytest

from mem0g import Memory
from mem0g.retrieval.verbs import past_and_participle, same_verb

U = {"user_id": "u"}


@pytest.mark.parametrize(
    ("predicate", "object", "question", "text"),
    [
        ("allergic_to", "penicillin", "What is Ann allergic to?", "Ann has been allergic to penicillin since 2024."),
        ("age", "41", "What is Ann's age?", "Ann's age has been 41 since 2024."),
        ("sister", "Eva", "Who is Ann's sister?", "Ann's sister has been Eva since 2024."),
        ("dislikes", "coffee", "What does Ann dislike?", "Ann has disliked coffee since 2024."),
        ("plans", "a trip", "What does Ann plan?", "Ann has planned a trip since 2024."),
        ("eats", "fish", "What does Ann eat?", "Ann has eaten fish since 2024."),
        ("member_of", "Club 21", "What is Ann member of?", "Ann has been a member of Club 21 since 2024."),
        ("married_to", "Tom", "Who is Ann married to?", "Ann has been married to Tom since 2024."),
    ],
)  # fmt: skip
def test_a_predicate_is_told_as_what_it_is(memory: Memory, predicate: str, object: str, question: str, text: str) -> None:
    memory.add_fact("Ann", predicate, object, **U, occurred_at="2025-01-01", valid_at="2024")
    assert memory.answer(question, **U).text == text


def test_what_will_end_is_told_in_the_present(memory: Memory) -> None:
    memory.add_fact("Ann", "lives_in", "Oslo", **U, occurred_at="2025-01-01", valid_at="2024", invalid_at="2026-09-01")
    assert memory.answer("Where does Ann live?", **U).text == "Ann lives in Oslo from 2024 until 1 September 2026."


@pytest.mark.parametrize(
    ("one", "other"), [("visited", "visits"), ("sold", "sell"), ("studies", "study"), ("planned", "plan"), ("lives", "living")]
)
def test_forms_of_one_verb(one: str, other: str) -> None:
    assert same_verb(one, other)


@pytest.mark.parametrize(("one", "other"), [("likes", "dislikes"), ("like", "live"), ("sold", "bought"), ("manages", "mentors")])
def test_forms_of_two_verbs(one: str, other: str) -> None:
    assert not same_verb(one, other)


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("drives", ("drove", "driven")), ("studies", ("studied", "studied")), ("plays", ("played", "played")),
        ("stops", ("stopped", "stopped")), ("address", None), ("status", None), ("age", None),
    ],
)  # fmt: skip
def test_the_past_of_a_verb(verb: str, forms: tuple[str, str] | None) -> None:
    assert past_and_participle(verb) == forms
