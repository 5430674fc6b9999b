"""What a question asks for: which time, what kind of answer, which words."""

from datetime import UTC, datetime

import pytest

from mem0g.period import BEGINNING, EVERYTHING_KNOWN, FOREVER, Period, read_period
from mem0g.results import QuestionKind
from mem0g.retrieval.question import asks_of_asker, content_words, known_instant, names_in, read_question_time

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def start(text: str) -> datetime:
    return read_period(text).start


@pytest.mark.parametrize(
    ("question", "words", "as_of"),
    [
        ("Where did Alice live in February?", "February", read_period("2026-02")),
        ("Where did Alice live in March 2025?", "March 2025", read_period("2025-03")),
        ("Where did Alice live in 2024?", "2024", read_period("2024")),
        ("Where did Alice live on 2026-03-05?", "2026-03-05", read_period("2026-03-05")),
        ("Where did Alice live last month?", "last month", read_period("2026-05")),
        ("Where has Alice lived since February?", "February", Period(start("2026-02"), NOW)),
        ("Where did Alice live before February?", "February", Period(BEGINNING, start("2026-02"))),
        ("Where did Alice live until February?", "February", Period(BEGINNING, start("2026-03"))),
        ("Where did Alice live after February?", "February", Period(start("2026-03"), NOW)),
        ("Where will Alice live after 2027?", "2027", Period(start("2028"), FOREVER)),
    ],
)
def test_the_time_in_the_words_is_the_time_asked_about(question: str, words: str, as_of: Period) -> None:
    read = read_question_time(question, NOW, None, None)
    assert (read.words, read.as_of, read.known_at, read.kind) == (words, as_of, None, QuestionKind.STATE)


@pytest.mark.parametrize("question", ["Where does Alice live?", "", "😀", "Lisbon", "May I ask?"])
def test_a_question_without_a_time_asks_for_now(question: str) -> None:
    read = read_question_time(question, NOW, None, None)
    assert (read.kind, read.as_of, read.words) == (QuestionKind.STATE, Period.instant(NOW), "")


@pytest.mark.parametrize(
    "question",
    [
        "When did Alice move to Lisbon?",
        "How long has Alice lived in Lisbon?",
        "Since when is she here?",
        "What changed?",
        "Has Alice ever been to Paris?",
        "Where did Alice use to live? I mean, she used to live elsewhere.",
        "WHEN was that?",
    ],
)
def test_a_question_of_when_how_long_or_what_changed_asks_for_all_time(question: str) -> None:
    read = read_question_time(question, NOW, None, None)
    assert (read.kind, read.as_of) == (QuestionKind.HISTORY, None)


@pytest.mark.parametrize("question", ["Where is the whenever café?", "Is Trevor evergreen?", "Tell me about prehistory."])
def test_a_word_that_only_contains_one_of_these_does_not(question: str) -> None:
    assert read_question_time(question, NOW, None, None).kind is QuestionKind.STATE


def test_a_question_of_when_that_names_a_time_asks_for_that_time() -> None:
    read = read_question_time("When in February did Alice move?", NOW, None, None)
    assert (read.kind, read.as_of) == (QuestionKind.HISTORY, read_period("2026-02"))


def test_what_the_caller_gives_goes_before_what_the_words_say() -> None:
    march = read_period("2026-03")
    read = read_question_time("Where did Alice live in February?", NOW, march, NOW)
    assert (read.words, read.as_of, read.known_at) == ("", march, NOW)
    assert read_question_time("When did she move?", NOW, march, None).as_of == march


def test_known_at_alone_leaves_the_words_to_say_the_rest() -> None:
    read = read_question_time("Where did Alice live in February?", NOW, None, NOW)
    assert (read.as_of, read.known_at) == (read_period("2026-02"), NOW)


def test_how_the_time_was_understood_is_said_in_words() -> None:
    said = [str(read_question_time(question, NOW, None, None)) for question in ("Where in February?", "When?", "Where?")]
    assert said == [
        "state: 2026-02-01 to 2026-03-01, everything known (from 'February')",
        "history: all time, everything known (as asked)",
        "state: 2026-06-01 12:00Z, everything known (as asked)",
    ]
    assert str(read_question_time("Where?", NOW, read_period("2026-03"), NOW)) == (
        "state: 2026-03-01 to 2026-04-01, as known at 2026-06-01 12:00Z (as asked)"
    )


def test_everything_is_known_unless_it_says_otherwise() -> None:
    assert known_instant(None) == EVERYTHING_KNOWN
    assert known_instant(NOW) == NOW


# Names and words


def test_every_run_of_up_to_five_words_may_be_a_name() -> None:
    assert names_in("Where is New York?") == [
        "where", "where is", "where is new", "where is new york", "is", "is new", "is new york", "new", "new york", "york",
    ]  # fmt: skip
    assert "a b c d e" in names_in("a b c d e f")
    assert "a b c d e f" not in names_in("a b c d e f")


@pytest.mark.parametrize(
    ("question", "name"), [("Alice's flat", "alice"), ("Alice’s flat", "alice"), ("O'Neil", "o'neil"), ("Zoë?", "zoë")]
)
def test_a_possessive_names_its_owner(question: str, name: str) -> None:
    assert name in names_in(question)


def test_the_words_that_matter_are_neither_common_nor_of_the_time() -> None:
    assert content_words("Where did Alice's sister live in February 2026?", "February 2026") == ["alice", "sister", "live"]
    assert content_words("What is it about them?") == []
    assert content_words("likes sushi likes SUSHI") == ["likes", "sushi"]


@pytest.mark.parametrize("question", ["", "😀 🎉", '"" * ( )', "NEAR(", "-- ;"])
def test_signs_are_no_words(question: str) -> None:
    assert all(word.isalnum() for word in content_words(question))


@pytest.mark.parametrize(
    ("question", "asks"), [("Where do I live?", True), ("our house", True), ("MY job", True), ("Where is Ivy?", False), ("mystery", False)]
)
def test_who_asks_may_ask_about_themselves(question: str, asks: bool) -> None:
    assert asks_of_asker(question) is asks
