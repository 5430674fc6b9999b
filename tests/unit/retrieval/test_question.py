"""What a question asks for: which time, what kind of answer, which words."""

from datetime import UTC, datetime

import pytest

from mem0g.period import BEGINNING, EVERYTHING_KNOWN, FOREVER, TICK, Period, read_period, show
from mem0g.results import Axis, QuestionKind
from mem0g.retrieval.question import Given, asks_of_asker, content_words, known_instant, names_in, read_question_time
from mem0g.retrieval.viewpoints import viewpoint

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
    read = read_question_time(question, NOW)
    assert (read.words, read.as_of, read.known_at, read.kind) == (words, as_of, None, QuestionKind.AS_OF)


@pytest.mark.parametrize("question", ["Where does Alice live?", "", "😀", "Lisbon", "May I ask?"])
def test_a_question_without_a_time_asks_for_now(question: str) -> None:
    read = read_question_time(question, NOW)
    assert (read.kind, read.as_of, read.words) == (QuestionKind.STATE, Period.instant(NOW), "")


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When did Alice move to Lisbon?", QuestionKind.WHEN),
        ("Since when is she here?", QuestionKind.WHEN),
        ("Until when was she there?", QuestionKind.WHEN),
        ("Do you know when Alice moved?", QuestionKind.WHEN),
        ("In which year did she move?", QuestionKind.WHEN),
        ("WHEN was that?", QuestionKind.WHEN),
        ("How long has Alice lived in Lisbon?", QuestionKind.DURATION),
        ("For how many years was she there?", QuestionKind.DURATION),
        ("What changed?", QuestionKind.CHANGE),
        ("Has Alice ever been to Paris?", QuestionKind.HISTORY),
        ("Where did Alice use to live? I mean, she used to live elsewhere.", QuestionKind.HISTORY),
        ("Where did she live before?", QuestionKind.HISTORY),
        ("Did she live in Oslo at any point?", QuestionKind.HISTORY),
        ("What did she do when her daughter was born?", QuestionKind.HISTORY),
    ],
)
def test_a_question_of_when_how_long_what_changed_or_what_ever_was_asks_for_all_time(question: str, kind: QuestionKind) -> None:
    read = read_question_time(question, NOW)
    assert (read.kind, read.as_of) == (kind, None)
    assert kind.reads_all_time


@pytest.mark.parametrize("question", ["Where is the whenever café?", "Is Trevor evergreen?", "Tell me about prehistory."])
def test_a_word_that_only_contains_one_of_these_does_not(question: str) -> None:
    assert read_question_time(question, NOW).kind is QuestionKind.STATE


def test_a_question_of_when_that_names_a_time_asks_for_that_time() -> None:
    read = read_question_time("When in February did Alice move?", NOW)
    assert (read.kind, read.as_of) == (QuestionKind.WHEN, read_period("2026-02"))


def test_what_the_caller_gives_goes_before_what_the_words_say() -> None:
    march = read_period("2026-03")
    read = read_question_time("Where did Alice live in February?", NOW, Given(march, NOW))
    assert (read.words, read.as_of, read.known_at) == ("", march, NOW)
    assert read_question_time("When did she move?", NOW, Given(march)).as_of == march


def test_known_at_alone_leaves_the_words_to_say_the_rest() -> None:
    read = read_question_time("Where did Alice live in February?", NOW, Given(known_at=NOW))
    assert (read.as_of, read.known_at) == (read_period("2026-02"), NOW)


def test_how_the_time_was_understood_is_said_in_words() -> None:
    said = [str(read_question_time(question, NOW)) for question in ("Where in February?", "When?", "Where?")]
    assert said == [
        "as of: 2026-02-01 to 2026-03-01, everything known (from 'February')",
        "when: all time, everything known (as asked)",
        "state: 2026-06-01 12:00Z, everything known (as asked)",
    ]
    assert str(read_question_time("Where?", NOW, Given(read_period("2026-03"), NOW))) == (
        "as of: 2026-03-01 to 2026-04-01, as known at 2026-06-01 12:00Z (as asked)"
    )


def test_everything_is_known_unless_it_says_otherwise() -> None:
    assert known_instant(None) == EVERYTHING_KNOWN
    assert known_instant(NOW) == NOW


@pytest.mark.parametrize(
    ("question", "kind", "read"),
    [
        ("Where did she live last summer?", QuestionKind.AS_OF, [("last summer", "2025-06-01", "2025-09-01", Axis.VALID)]),
        ("Where was she in mid-August?", QuestionKind.AS_OF, [("mid-August", "2025-08-10", "2025-08-21", Axis.VALID)]),
        ("Where did she live as of 2024?", QuestionKind.AS_OF, [("2024", "2024-01-01", "2025-01-01", Axis.VALID)]),
        ("Where had she settled by May 2024?", QuestionKind.AS_OF, [("May 2024", "2024-05-01", "2024-06-01", Axis.VALID)]),
        ("What changed between May and July?", QuestionKind.CHANGE, [("between May and July", "2025-05-01", "2025-08-01", Axis.VALID)]),
        ("Where did she move from 2023 to 2024?", QuestionKind.CHANGE, [("from 2023 to 2024", "2023-01-01", "2025-01-01", Axis.VALID)]),
        ("What did Alice believe in March?", QuestionKind.BELIEF, [("March", "2026-03-01", "2026-04-01", Axis.KNOWN)]),
        ("What did we know on 3 May?", QuestionKind.BELIEF, [("3 May", "2026-05-03", "2026-05-04", Axis.KNOWN)]),
        ("Where does Bob think she was in 2024?", QuestionKind.BELIEF, [("2024", "2024-01-01", "2025-01-01", Axis.VALID)]),
        ("Do you know where she was in 2024?", QuestionKind.AS_OF, [("2024", "2024-01-01", "2025-01-01", Axis.VALID)]),
        ("How was work in 2024 compared with 2023?", QuestionKind.CHANGE,
         [("2024", "2024-01-01", "2025-01-01", Axis.VALID), ("2023", "2023-01-01", "2024-01-01", Axis.VALID)]),
        ("What did we know on 3 May 2025 about where she lived in 2024?", QuestionKind.BELIEF,
         [("3 May 2025", "2025-05-03", "2025-05-04", Axis.KNOWN), ("2024", "2024-01-01", "2025-01-01", Axis.VALID)]),
    ],
)  # fmt: skip
def test_words_are_read_as_an_interval_on_one_of_the_two_axes(
    question: str, kind: QuestionKind, read: list[tuple[str, str, str, Axis]]
) -> None:
    time = read_question_time(question, NOW)
    assert time.kind is kind
    assert [(one.words, show(one.period.start), show(one.period.end), one.axis) for one in time.read] == read


def test_until_last_year_is_all_time_up_to_its_end() -> None:
    assert read_question_time("Where did she live until last year?", NOW).as_of == Period(BEGINNING, start("2026"))


def test_what_was_known_then_is_known_by_its_last_instant_and_asks_for_what_held_then() -> None:
    read = read_question_time("What did we know on 3 May about her home?", NOW)
    assert read.known_at == read_period("2026-05-03").last
    assert read.as_of == Period.instant(read_period("2026-05-03").last)
    june = read_question_time("What did we know in June about her home?", NOW)
    assert (june.known_at, june.as_of) == (read_period("2026-06").last, Period.instant(NOW))


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("before 1 June 2024", start("2024-06-01") - TICK),
        ("before June 2024", start("2024-06-01") - TICK),
        ("prior to 2024", start("2024-01-01") - TICK),
        ("by June 2024", read_period("2024-06").last),
        ("no later than June 2024", read_period("2024-06").last),
        ("until 31 May 2024", read_period("2024-05-31").last),
        ("in 2024", read_period("2024").last),
        ("between March and May 2024", read_period("2024-05").last),
    ],
)
def test_what_was_known_by_a_time_counts_to_its_end_and_before_it_to_its_start(words: str, last: datetime) -> None:
    read = read_question_time(f"Where did we think Alice lived {words}?", NOW)
    assert (read.kind, read.known_at, read.as_of) == (QuestionKind.BELIEF, last, Period.instant(last))
    assert [(each.period.last, each.axis) for each in read.read] == [(last, Axis.KNOWN)]
    assert read.note == ""


@pytest.mark.parametrize("words", ["since 3 May 2026", "after 3 May 2026"])
def test_what_was_known_since_a_time_is_what_is_known_now(words: str) -> None:
    read = read_question_time(f"What did we know {words}?", NOW)
    assert (read.kind, read.known_at, read.as_of, read.read) == (QuestionKind.STATE, None, Period.instant(NOW), ())
    assert read.note == f"“{words}” names no one moment of knowledge, so what is known now is read"


@pytest.mark.parametrize(
    "question", ["Which song was recorded in 2019?", "Did I know Bob in 2019?", "Where did we take our picture in 2019?"]
)
def test_a_time_beside_another_verb_is_of_the_world(question: str) -> None:
    read = read_question_time(question, NOW)
    assert (read.kind, read.as_of, read.known_at) == (QuestionKind.AS_OF, read_period("2019"), None)


def test_of_two_times_all_between_is_read_and_the_note_says_so() -> None:
    read = read_question_time("Where did Alice live in 2020 and in 2025?", NOW)
    assert (read.kind, read.as_of, read.words) == (QuestionKind.AS_OF, Period(start("2020"), start("2026")), "2020 and in 2025")
    assert [each.words for each in read.read] == ["2020", "2025"]
    assert read.note == "“2020” and “2025” are read as one time, from the first to the last"
    assert read_question_time("Did she live there in 2021 or 2025?", NOW).as_of == Period(start("2021"), start("2026"))


def test_of_a_time_that_begins_and_one_that_ends_what_lies_between_is_read() -> None:
    read = read_question_time("Where did she live after 2020 and before 2024?", NOW)
    assert (read.as_of, read.note) == (Period(start("2021"), start("2024")), "")
    assert read_question_time("Where did she live before 2020 and after 2024?", NOW).as_of == Period(BEGINNING, NOW)


@pytest.mark.parametrize(
    ("question", "kind", "words"),
    [
        ("Where did Alice live not in 2024?", QuestionKind.HISTORY, "not in 2024"),
        ("What happened except in 2024?", QuestionKind.CHANGE, "except in 2024"),
        ("Where did she live other than in March 2024?", QuestionKind.HISTORY, "other than in March 2024"),
    ],
)
def test_a_time_that_is_left_out_filters_nothing(question: str, kind: QuestionKind, words: str) -> None:
    read = read_question_time(question, NOW)
    assert (read.kind, read.as_of, read.read, read.note) == (kind, None, (), f"“{words}” leaves out a time, and is not read")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What had she heard by June?", "by June"),
        ("What happened in FY2024?", "FY2024"),
        ("What is 2024?", "2024"),
        ("What happened recently?", "recently"),
        ("Where did she live a while ago?", "a while ago"),
        ("What happened at 10:30?", "at 10:30"),
        ("Where did she live after Ramadan?", "Ramadan"),
    ],
)
def test_what_may_be_a_time_and_is_not_read_is_named(question: str, words: str) -> None:
    assert read_question_time(question, NOW).note == f"“{words}” is not read as a time"
    assert read_question_time(question, NOW, Given(read_times=False)).note == ""


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("What happened on Easter 2024?", read_period("2024-03-31")),
        ("What happened on Easter Monday 2024?", read_period("2024-04-01")),
        ("What happened at Easter?", read_period("2026-04-05")),
        ("What happened a fortnight ago?", Period(start("2026-05-18"), start("2026-05-25"))),
        ("Where had she moved by March?", read_period("2026-03")),
    ],
)
def test_easter_a_fortnight_and_by_march_are_times(question: str, day: Period) -> None:
    assert [each.period for each in read_question_time(question, NOW).read] == [day]


def test_of_a_long_question_the_first_characters_are_read_and_the_note_says_so() -> None:
    long = f"Where did Alice live in 2020{' or so' * 400}, and in 2024?"
    read = read_question_time(long, NOW)
    assert read.as_of == read_period("2020")
    assert read.note == "times are read in the first 2,000 characters alone"


def test_times_are_not_read_where_the_caller_says_so() -> None:
    read = read_question_time("Where did Bob think Alice lived in February?", NOW, Given(read_times=False))
    assert (read.kind, read.as_of, read.known_at, read.holder, read.read) == (QuestionKind.STATE, Period.instant(NOW), None, None, ())


def test_a_holder_that_the_caller_gives_goes_before_the_one_in_the_words() -> None:
    assert read_question_time("Where does Bob think Alice lives?", NOW).holder == "Bob"
    assert read_question_time("Where does Bob think Alice lives?", NOW, Given(holder="Eve")).holder == "Eve"


@pytest.mark.parametrize(
    ("question", "holder", "past"),
    [
        ("Where does Bob think Alice lives?", "Bob", False),
        ("Where did Ana Maria believe that Bob worked?", "Ana Maria", True),
        ("According to Bob, where does Alice live?", "Bob", False),
        ("In O'Neil's opinion, where does Alice live?", "O'Neil", False),
        ("Where does Alice live as far as Bob knows?", "Bob", False),
        ("What was Bob's belief about Alice?", "Bob", True),
        ("Bob thinks Alice lives where?", "Bob", False),
        ("Where was Bob convinced Alice lived?", "Bob", True),
        ("Where does Bob say Alice lives?", "Bob", False),
        ("What did alice believe in March?", "alice", True),
        ("what did bob think alice's address was in march?", "bob", True),
        ("where does bob say alice lives?", "bob", False),
        ("Did Bob ever think Alice lived in Paris?", "Bob", True),
        ("What did Bob and Carol believe in March?", "Bob and Carol", True),
        ("What did my sister believe in March?", "my sister", True),
        ("Did the doctor think Alice was ill in March?", "the doctor", True),
        ("What did she believe in March?", "she", True),
        ("Where does she think Alice lives?", "she", False),
        ("Where does he say Alice lives?", "he", False),
        ("Where do Bob and Carol think Alice lives?", "Bob and Carol", False),
        ("Bob and Carol thought Alice lived where?", "Bob and Carol", True),
        ("According to Bob and Carol, where does Alice live?", "Bob and Carol", False),
        ("Where does Bob's wife think Alice lives?", "Bob's wife", False),
        ("According to my sister, where does Alice live?", "my sister", False),
    ],
)
def test_whose_belief_is_asked_for_is_read(question: str, holder: str, past: bool) -> None:
    view = viewpoint(question)
    assert view is not None
    assert (view.holder, view.past) == (holder, past)


@pytest.mark.parametrize(
    "question",
    [
        "What did Alice say to Bob?", "Where did Alice see Bob?", "How did Alice feel in May?", "What did Alice tell Bob?",
        "Does Alice know Bob?", "Where was Alice?", "Was the meeting held on 3 May?",
        "What book has Alice read?", "What did Alice take to Bob's?",
        "what did bob say to alice?",
        "Did I know Bob in 2020?", "Where did I know Bob from in 2020?", "Who did we know in Oslo in 2019?", "What did I say in March?",
        "Which song was recorded in 2019?", "Was Alice's podcast recorded in May 2024?", "What was Alice known for in 2019?",
        "Where did we take our picture in March?", "Did I record a song in March?", "Did you answer my mail in March?",
        "Was the car listed in March?", "Who was listed as a guest on 3 May?", "What was thought of in 2019?",
        "Did we say goodbye in March?", "Did we imagine this in March?", "Which records from 2019 did Alice buy?",
        "Who sang the song we recorded in 2019?", "What did Bob say in March?", "Who did she marry?", "When was the album recorded?",
        "Which people did we know in 2020?", "Did we believe in God in 2019?",
        "Where did we keep our records in 2019?", "Was Alice known as Lia in 2019?",
    ],
)  # fmt: skip
def test_what_was_done_or_said_is_no_belief(question: str) -> None:
    assert viewpoint(question) is None


@pytest.mark.parametrize(
    "question",
    [
        "What did we know on 3 May?", "What did we think in March?", "What did I believe in 2022 about 2021?",
        "Where did we think Alice lived in March?", "On 3 May, where did we know Alice lived?", "Did we know Alice lived in Oslo in 2020?",
        "Where was Alice thought to live on 3 May?", "What was Alice known to play in 2019?",
        "Where was Alice believed in March to be living?",
        "What was known on 3 May about Alice?", "What was recorded in March about Alice's job?", "What was believed about Alice in 2019?",
        "Which employer was on file for Alice in March?", "Who was listed in March as Alice's employer?",
        "As far as we knew on 3 May, where was she?",
        "What did our records show about Alice in March?", "What did we have on file about Alice in March?", "What had we heard by March?",
        "To our knowledge in March, where did Alice live?", "Who did we know worked for Acme in 2019?",
    ],
)  # fmt: skip
def test_what_was_known_of_something_else_is_knowledge(question: str) -> None:
    view = viewpoint(question)
    assert view is not None
    assert (view.holder, view.past) == (None, True)


# Names and words


def test_every_run_of_up_to_five_words_may_be_a_name() -> None:
    assert names_in("Where is New York?") == [
        "where", "where is", "where is new", "where is new york", "is new", "is new york", "new", "new york", "york",
    ]  # fmt: skip
    assert "a b c d e" in names_in("a b c d e f")
    assert "a b c d e f" not in names_in("a b c d e f")


def test_a_stop_word_is_a_name_where_it_has_a_capital() -> None:
    assert "will" not in names_in("Where will Ann live?")
    assert "will" in names_in("Where does Will live?")


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
