"""Answers made of facts alone: each kind of question, what they cite, and when nothing is said."""

from datetime import datetime
from typing import Any

import pytest

from mem0g import Answer, Memory, QuestionKind
from mem0g.errors import InvalidInput
from mem0g.period import Period, Precision, read_period

U: dict[str, Any] = {"user_id": "owner"}


@pytest.fixture
def told(memory: Memory) -> Memory:
    """It is 1 June 2026."""

    def state(subject: str, predicate: str, object: str, **others: Any) -> None:
        memory.add_fact(subject, predicate, object, **U, **others)

    state("Alice", "lives_in", "Oslo", valid_at="2022-03", occurred_at="2022-04-01")
    state("Alice", "lives_in", "Lisbon", valid_at="2024-05-03", occurred_at="2024-06-01")
    state("Alice", "works_for", "Acme", valid_at="2021", occurred_at="2022-04-01")
    state("Alice", "works_for", "Acme", negated=True, valid_at="2025-02-03", occurred_at="2025-02-05")
    state("Alice", "plays", "piano", valid_at="2020", occurred_at="2022-04-01")
    state("Alice", "plays", "chess", occurred_at="2024-04-01")
    state("Alice", "married_to", "Carl Smith", valid_at="2023-06-05", occurred_at="2025-01-01")
    state("Alice", "visited", "Berlin", event=True, valid_at="2023-07-05", occurred_at="2025-01-01")
    state("Alice", "sister", "Eva", occurred_at="2025-01-01")
    state("Eva", "lives_in", "Ghent", occurred_at="2025-01-01")
    state("Alice", "manages", "Bob", valid_at="2024", occurred_at="2025-01-01")
    state("owner", "lives_in", "Bergen", valid_at="2020", occurred_at="2025-01-01")
    state("Alice", "lives_in", "Paris", holder="Bob", occurred_at="2025-01-01")
    state("Alice", "lives_in", "Madrid", holder="Bob", occurred_at="2026-04-15")
    return memory


def said(memory: Memory, question: str, **others: Any) -> str:
    return memory.answer(question, **U, **others).text


def starts(answer: Answer) -> list[datetime]:
    return [period.start for period in answer.dates]


def at(text: str) -> datetime:
    return read_period(text).start


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Where does Alice live?", "Alice has lived in Lisbon since 3 May 2024."),
        ("Where did Alice live in March 2024?", "Alice lived in Oslo from March 2022 until 3 May 2024."),
        ("Where do I live?", "Owner has lived in Bergen since 2020."),
        ("What does Alice play?", "Alice has played piano since 2020. Alice has played chess since 1 April 2024 at the latest."),
        ("Does Alice play chess?", "Yes: Alice has played chess since 1 April 2024 at the latest."),
        ("Who is Carl Smith married to?", "Alice has been married to Carl Smith since 5 June 2023."),
        ("Who lives in Lisbon?", "Alice has lived in Lisbon since 3 May 2024."),
        ("Who is Bob's boss?", "Bob has reported to Alice since 2024."),
        ("Who does Alice manage?", "Bob has reported to Alice since 2024."),
        ("When did Alice move to Lisbon?", "Alice has lived in Lisbon since 3 May 2024."),
        ("When did Alice visit Berlin?", "Alice visited Berlin on 5 July 2023."),
        ("When did Alice leave Oslo?", "Alice lived in Oslo until 3 May 2024."),
        ("Until when did Alice work for Acme?", "Alice worked for Acme until 3 February 2025."),
        ("How long did Alice live in Oslo?", "For about 2 years and 2 months: Alice lived in Oslo from March 2022 until 3 May 2024."),
        ("How long has Alice lived in Lisbon?", "For 2 years and 1 month so far: Alice has lived in Lisbon since 3 May 2024."),
        ("How long was Alice at Acme?", "For about 4 years: Alice worked for Acme from 2021 until 3 February 2025."),
        ("Has Alice ever lived in Oslo?", "Yes: Alice lived in Oslo from March 2022 until 3 May 2024."),
        ("How did Alice's home change in 2024?", "Alice lives in Oslo: ended on 3 May 2024. Alice lives in Lisbon: began on 3 May 2024."),
        (
            "Where did Alice live in 2023, and where in 2025?",
            "Alice lives in Oslo: ended on 3 May 2024. Alice lives in Lisbon: began on 3 May 2024.",
        ),
        (
            "What did Alice play when Alice lived in Oslo?",
            "Alice has played piano since 2020. Alice has played chess since 1 April 2024 at the latest.",
        ),
        ("How did Alice's home change in 2025?", "No change is known then. Alice has lived in Lisbon since 3 May 2024."),
        ("Where does Bob think Alice lives?", "As Bob has it: Alice has lived in Madrid since 15 April 2026 at the latest."),
        (
            "Where did Bob think Alice lived in March 2025?",
            "As known on 31 March 2025: As Bob has it: Alice has lived in Paris since 1 January 2025 at the latest.",
        ),
        ("What did we know on 3 May 2024 about where Alice lived?", "As known on 3 May 2024: Alice has lived in Oslo since March 2022."),
        ("Where did Alice live before she moved to Lisbon?", "Alice lived in Oslo from March 2022 until 3 May 2024."),
        ("Tell me where Alice lives.", "Alice has lived in Lisbon since 3 May 2024."),
    ],
)
def test_an_answer_is_made_of_the_facts_that_the_question_names(told: Memory, question: str, text: str) -> None:
    answer = told.answer(question, **U)
    assert (answer.text.replace("owner", "Owner"), answer.abstained) == (text, False)
    assert answer.citations
    assert all(citation.fact is not None for citation in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "Where does Alice's sister live?", "Why did Alice move?", "Who does Alice live with?", "Where was Alice married?",
        "Where does Alice play chess?", "Who drives Alice?", "Where does Alice work out?", "What does Alice drive to work?",
        "Which city is Alice's employer in?", "What does Alice's husband play?", "Does Alice live in Oslo?", "Did Alice live in Rome?",
        "Where did Alice live in 2023 or in 2025?", "Has Alice stopped playing piano?", "Where does Alice not live?",
        "How many instruments does Alice play?", "Where is Alice?",
        "Where does Zoe live?", "What is Alice's favourite colour?", "Alice", "Where does she live?",
        "Where does Eve think Alice lives?",
        "Who does Alice work for?", "How long does it take Alice to drive to Lisbon?", "Where might Alice live?",
        "When will Alice leave Lisbon?", "Does Bob live in Lisbon?", "", "Do Alice and Bob live in Lisbon?",
    ],
)  # fmt: skip
def test_what_the_facts_do_not_answer_is_not_known(told: Memory, question: str) -> None:
    answer = told.answer(question, **U)
    assert (answer.text, answer.abstained, answer.citations, answer.dates) == ("Not known.", True, (), ())


def test_a_time_that_cannot_be_found_is_said(told: Memory) -> None:
    answer = told.answer("Where did Alice live when she worked at Initech?", **U)
    assert (answer.abstained, answer.text) == (True, "Not known: nothing that is known is “when she worked at Initech”.")


def test_an_answer_cites_facts_and_the_words_they_were_said_in(told: Memory) -> None:
    told.add("I heard of the concert.", **U)
    answer = told.answer("Where did Alice live in 2024?", **U)
    assert [citation.fact.object for citation in answer.citations if citation.fact] == ["Oslo", "Lisbon"]
    [quote] = answer.citations[1].quotes
    assert (quote.words, quote.speaker, quote.said_at, quote.episode.id) == (
        "Alice lives in Lisbon.", "owner", at("2024-06-01"), answer.citations[1].fact.episode_ids[0],  # type: ignore[union-attr]
    )  # fmt: skip


def test_dates_are_given_as_finely_as_they_were_stated(told: Memory) -> None:
    answer = told.answer("How long did Alice live in Oslo?", **U)
    assert list(answer.dates) == [read_period("2022-03"), read_period("2024-05-03")]
    assert [date.precision for date in answer.dates] == ["month", "day"]
    assert starts(told.answer("When did Alice leave Acme?", **U)) == [at("2025-02-03")]
    assert starts(told.answer("How did Alice's home change in 2024?", **U)) == [at("2024-05-03"), at("2024-05-03")]
    assert told.answer("Where does Alice live?", **U).dates == ()


def test_an_answer_is_given_for_the_time_that_was_read(told: Memory) -> None:
    answer = told.answer("Where did Alice live in March 2024?", **U)
    assert (answer.time.kind, answer.time.words, answer.time.as_of) == (QuestionKind.AS_OF, "March 2024", read_period("2024-03"))
    assert (answer.question, answer.asked_at) == ("Where did Alice live in March 2024?", at("2026-06-01"))


def test_the_caller_may_say_the_times_and_whose_view(told: Memory) -> None:
    assert said(told, "Where does Alice live?", as_of="2023") == "Alice lived in Oslo from March 2022 until 3 May 2024."
    assert (
        said(told, "Where does Alice live?", known_at="2023") == "As known on 31 December 2023: Alice has lived in Oslo since March 2022."
    )
    assert said(told, "Where does Alice live?", holder="Bob").startswith("As Bob has it: Alice has lived in Madrid")
    assert said(told, "Where did Alice live in 2023?", as_of="2025") == "Alice has lived in Lisbon since 3 May 2024."


def test_labels_narrow_what_is_answered(memory: Memory) -> None:
    memory.add_fact("Alice", "lives_in", "Oslo", user_id="owner", run_id="1", occurred_at="2025-01-01")
    assert memory.answer("Where does Alice live?", user_id="owner", run_id="2").abstained
    assert not memory.answer("Where does Alice live?", user_id="owner", run_id="1").abstained
    assert memory.answer("Where does Alice live?", user_id="another").abstained


def test_a_week_is_named_by_its_days_and_never_as_last_week(memory: Memory) -> None:
    week = Period(at("2023-06-05"), at("2023-06-12"), Precision.WEEK)
    text = "Alice visited Paris last week."
    memory.add_fact("Alice", "visited", "Paris", **U, event=True, occurred_at="2023-06-14", text=text, valid_at=week)
    assert said(memory, "When did Alice visit Paris?") == "Alice visited Paris in the week of 5–11 June 2023."


def test_a_sentence_is_an_answer_where_facts_are_sentences(memory: Memory) -> None:
    with Memory(store=memory._store, extractor=memory.extractor, flavour="facts", clock=memory._clock) as facts:
        facts.add_fact("Alice", "lives_in", "Oslo", **U, valid_at="2022", occurred_at="2023-01-01")
        assert said(facts, "Where does Alice live?") == "Alice lives in Oslo since 2022."


@pytest.mark.parametrize(
    ("began", "ended", "length"),
    [
        ({}, {"valid_at": "2026-04-09"}, "For at least 2 months: "),
        ({"valid_at": "2026-01-12"}, {"valid_at": "2026-04-09"}, "For 3 months: "),
        ({"valid_at": "2026-01-12"}, {}, "For at most 4 months: "),
    ],
)
def test_the_least_and_the_most_are_not_rounded(memory: Memory, began: dict[str, str], ended: dict[str, str], length: str) -> None:
    """Of 87 days, and of 93 where the end is when it was said."""
    memory.add_fact("Dina", "lives_in", "Oslo", **U, occurred_at="2026-01-12", **began)
    memory.add_fact("Dina", "lives_in", "Oslo", **U, occurred_at="2026-04-15", negated=True, **ended)
    assert said(memory, "How long did Dina live in Oslo?").startswith(length)


def test_a_question_has_a_length(told: Memory) -> None:
    with pytest.raises(InvalidInput, match="question"):
        told.answer("?" * 10_001, **U)
