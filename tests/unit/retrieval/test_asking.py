"""Questions read with the help of the graph: times named by what happened then, and whose view is asked for."""

from datetime import datetime
from typing import Any

import pytest

from mem0g import Axis, Memory, QuestionKind, TimeRead
from mem0g.period import BEGINNING, FOREVER, TICK, Period, read_period, show

U: dict[str, Any] = {"user_id": "owner"}


@pytest.fixture
def told(memory: Memory) -> Memory:
    """It is 1 June 2026."""
    memory.add_fact("Alice", "lives_in", "Oslo", **U, valid_at="2022-03", occurred_at="2022-04-01")
    memory.add_fact("Alice", "lives_in", "Lisbon", **U, valid_at="2024-05-03", occurred_at="2024-06-01")
    memory.add_fact("Alice", "works_for", "Acme", **U, valid_at="2021", invalid_at="2025-02-03", occurred_at="2025-02-05")
    memory.add_fact("Alice", "married_to", "Carl", **U, valid_at="2023-06-05", occurred_at="2025-01-01")
    memory.add_fact("Bob", "works_for", "Globex", **U, valid_at="2019", invalid_at="2023-04", occurred_at="2025-01-01")
    memory.add_fact("Alice", "visited", "Paris", **U, event=True, valid_at="2023-07-05", occurred_at="2025-01-01")
    for start, end in (("2018", "2019"), ("2020", "2021")):
        memory.add_fact("Alice", "plays", "chess", **U, valid_at=start, invalid_at=end, occurred_at="2025-01-01")
    memory.add_fact("owner", "lives_in", "Bergen", **U, valid_at="2020", invalid_at="2023", occurred_at="2025-01-01")
    memory.add_fact("Alice", "lives_in", "Madrid", **U, holder="Bob", occurred_at="2026-03-05")
    return memory


def asked(memory: Memory, question: str, **others: Any) -> TimeRead:
    return memory.search(question, **U, **others).time


def at(text: str) -> datetime:
    return read_period(text).start


@pytest.mark.parametrize(
    ("question", "words", "start", "end"),
    [
        ("Where did she live before she moved to Lisbon?", "before she moved to Lisbon", None, "2024-05-03"),
        ("Where did Alice live before moving to Lisbon?", "before moving to Lisbon", None, "2024-05-03"),
        ("Where has Alice lived since she moved to Lisbon?", "since she moved to Lisbon", "2024-05-03", "2026-06-01"),
        ("When she worked at Acme, where did she live?", "when she worked at Acme", "2021-01-01", "2025-02-03"),
        ("What did Alice do after Bob left Globex?", "after Bob left Globex", "2023-04-01", "2026-06-01"),
        ("Where did Alice work while she lived in Oslo?", "while she lived in Oslo", "2022-03-01", "2024-05-03"),
        ("Where did Alice live before she worked at Acme?", "before she worked at Acme", None, "2021-01-01"),
        ("Where did Alice live after she worked at Acme?", "after she worked at Acme", "2025-02-03", "2026-06-01"),
        ("Where did Alice live until Bob quit Globex?", "until Bob quit Globex", None, "2023-04-01"),
        ("Where did Bob work when I lived in Bergen?", "when I lived in Bergen", "2020-01-01", "2023-01-01"),
        ("Where did Alice live after she visited Paris?", "after she visited Paris", "2023-07-06", "2026-06-01"),
        ("Who was Alice married to while she was at Acme?", "while she was at Acme", "2021-01-01", "2025-02-03"),
        ("Who was Alice married to during her time at Acme?", "during her time at Acme", "2021-01-01", "2025-02-03"),
        ("Where did Alice live while married to Carl?", "while married to Carl", "2023-06-05", None),
        ("Where did Alice live before Lisbon?", "before Lisbon", None, "2024-05-03"),
        ("Which city was Alice's home after Oslo?", "after Oslo", "2024-05-03", "2026-06-01"),
        ("Who employed Bob before Globex did?", "before Globex did", None, "2019-01-01"),
        ("Where did Bob work during my stay in Bergen?", "during my stay in Bergen", "2020-01-01", "2023-01-01"),
        ("Where did Alice live while employed by Acme?", "while employed by Acme", "2021-01-01", "2025-02-03"),
        ("Where did Alice live before she took up the job at Acme?", "before she took up the job at Acme", None, "2021-01-01"),
    ],
)
def test_a_time_may_be_named_by_what_happened_then(told: Memory, question: str, words: str, start: str | None, end: str | None) -> None:
    time = asked(told, question)
    period = Period(at(start) if start else BEGINNING, at(end) if end else FOREVER)
    assert (time.kind, time.words, time.as_of) == (QuestionKind.AS_OF, words, period)
    assert [(read.words, read.period, read.axis) for read in time.read] == [(words, period, Axis.VALID)]
    assert time.note == ""


def test_what_began_or_ended_then_is_an_instant(told: Memory) -> None:
    assert asked(told, "Where did Alice live when she married Carl?").as_of == Period.instant(at("2023-06-05"))
    assert asked(told, "Where did Bob live when Alice moved to Lisbon?").as_of == Period.instant(at("2024-05-03"))
    assert asked(told, "Where did Alice live when Bob left Globex?").as_of == Period.instant(at("2023-04"))


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("Where did Alice live when she worked at Initech?", "nothing that is known is “when she worked at Initech”, so all time is read"),
        ("Where did Alice live before she left Paris?", "nothing that is known is “before she left Paris”, so all time is read"),
        ("Where did Alice live when she was a child?", "nothing that is known is “when she was a child”, so all time is read"),
        ("Where did Alice work before Lisbon?", "nothing that is known is “before Lisbon”, so all time is read"),
        ("Who did Alice marry before the chess?", "nothing that is known is “before the chess”, so all time is read"),
        ("Where did Alice live when she played chess?", "several things are “when she played chess”, so all time is read"),
        ("Where did Bob live before he moved to Lisbon?", "nothing that is known is “before he moved to Lisbon”, so all time is read"),
    ],
)
def test_where_nothing_or_several_things_were_then_it_says_so_and_reads_all_time(told: Memory, question: str, note: str) -> None:
    time = asked(told, question)
    assert (time.kind, time.as_of, time.note) == (QuestionKind.HISTORY, None, note)
    assert str(time).endswith(note)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When did Alice leave Acme?", QuestionKind.WHEN),
        ("Do you know when Alice moved to Lisbon?", QuestionKind.WHEN),
        ("How long has it been since Alice moved to Lisbon?", QuestionKind.DURATION),
        ("Where did Alice live before 2023?", QuestionKind.AS_OF),
    ],
)
def test_the_question_itself_is_no_such_clause(told: Memory, question: str, kind: QuestionKind) -> None:
    time = asked(told, question)
    assert (time.kind, time.note) == (kind, "")


def test_what_was_known_then_counts_for_the_clause_too(told: Memory) -> None:
    assert asked(told, "Where did Alice live after Bob left Globex?", known_at="2024-12-31").note.startswith("nothing that is known is")
    told.add_fact("Eve", "works_for", "Hooli", **U, valid_at="2027", occurred_at="2026-05-01")
    assert asked(told, "Where will Alice live after Eve joined Hooli?").as_of == Period(at("2027"), FOREVER)


def test_what_the_caller_gives_goes_before_the_clause(told: Memory) -> None:
    assert asked(told, "Where did she live before she moved to Lisbon?", as_of="2023").as_of == read_period("2023")
    off = asked(told, "Where did she live before she moved to Lisbon?", read_times=False)
    assert (off.kind, off.read, off.as_of) == (QuestionKind.STATE, (), Period.instant(at("2026-06-01")))


def test_whose_view_is_asked_for_is_whose_facts_are_found(told: Memory) -> None:
    found = told.search("Where does Bob think Alice lives?", **U)
    assert {fact.object for fact in found.facts if fact.predicate == "lives_in"} == {"Madrid"}
    assert (found.time.kind, found.time.holder) == (QuestionKind.BELIEF, "Bob")
    assert str(found.time) == "belief: 2026-06-01, everything known, as Bob has it (as asked)"
    off = told.search("Where does Bob think Alice lives?", **U, read_times=False)
    assert "Madrid" not in {fact.object for fact in off.facts}


def test_who_has_said_nothing_has_no_view_and_the_record_is_read(told: Memory) -> None:
    time = asked(told, "Where does Eve think Alice lives?")
    assert (time.holder, time.note) == (None, "no view of Eve is known, so the record is read")


def test_what_was_believed_by_then_is_asked_for_as_it_was_then(told: Memory) -> None:
    assert [fact.object for fact in told.search("What did Bob believe in March about Alice?", **U).facts] == ["Madrid"]
    assert told.search("What did Bob believe in February about Alice?", **U).facts == []
    known = asked(told, "What did we know on 3 May 2024 about Alice?")
    assert show(known.known_at) == "2024-05-03 23:59:59Z"


@pytest.mark.parametrize(
    ("clause", "note"),
    [
        ("when she didn't work at Acme", "“when she didn't work at Acme” says what was not so, so all time is read"),
        ("while she was not married to Carl", "“while she was not married to Carl” says what was not so, so all time is read"),
        ("when she was born in Lisbon", "nothing that is known is “when she was born in Lisbon”, so all time is read"),
        ("when she took a trip to Lisbon", "nothing that is known is “when she took a trip to Lisbon”, so all time is read"),
        ("when she first heard about Acme", "nothing that is known is “when she first heard about Acme”, so all time is read"),
        ("when she worked with Bob at Acme", "nothing that is known is “when she worked with Bob at Acme”, so all time is read"),
    ],
)
def test_a_clause_that_says_something_else_is_not_taken_for_the_stay(told: Memory, clause: str, note: str) -> None:
    time = asked(told, f"Where did Alice live {clause}?")
    assert (time.kind, time.as_of, time.note) == (QuestionKind.HISTORY, None, note)
    answer = told.answer(f"Where did Alice live {clause}?", **U)
    assert answer.abstained


@pytest.mark.parametrize("clause", ["was fired by Acme", "got fired from Acme", "was finally dismissed from Acme", "left Acme"])
def test_who_is_dismissed_leaves(told: Memory, clause: str) -> None:
    assert asked(told, f"Where did Alice live before she {clause}?").as_of == Period(BEGINNING, at("2025-02-03"))


@pytest.mark.parametrize(
    ("clause", "start", "end"),
    [
        ("the day before she moved to Lisbon", "2024-05-02", "2024-05-03"),
        ("the day after she moved to Lisbon", "2024-05-04", "2024-05-05"),
        ("two weeks before she moved to Lisbon", "2024-04-19", "2024-04-26"),
        ("a fortnight before moving to Lisbon", "2024-04-19", "2024-04-26"),
        ("a week after she moved to Lisbon", "2024-05-04", "2024-05-11"),
        ("the year before she moved to Lisbon", "2023-05-03", "2024-05-03"),
        ("two years before she moved to Lisbon", "2022-05-03", "2023-05-03"),
        ("a few weeks before she moved to Lisbon", "2024-04-05", "2024-04-26"),
        ("the day after she left Acme", "2025-02-04", "2025-02-05"),
        ("the day after she visited Paris", "2023-07-06", "2023-07-07"),
        ("2 months after she worked at Acme", "2025-03-03", "2025-04-03"),
    ],
)
def test_so_long_before_or_after_is_that_long_away(told: Memory, clause: str, start: str, end: str) -> None:
    time = asked(told, f"Where did Alice live {clause}?")
    assert (time.kind, time.words, time.as_of, time.note) == (QuestionKind.AS_OF, clause, Period(at(start), at(end)), "")


def test_the_day_before_she_moved_she_lived_where_she_had(told: Memory) -> None:
    answer = told.answer("Where did Alice live the day before she moved to Lisbon?", **U)
    assert answer.text == "Alice lived in Oslo from March 2022 until 3 May 2024."


@pytest.mark.parametrize("word", ["just", "right", "long", "years", "the summer", "some months", "the years"])
def test_how_long_just_before_is_is_not_measured(told: Memory, word: str) -> None:
    time = asked(told, f"Where did Alice live {word} before she moved to Lisbon?")
    assert time.as_of == Period(BEGINNING, at("2024-05-03"))
    assert time.note == f"“{word} before” is not measured, so all that lies before is read"


@pytest.mark.parametrize(
    ("question", "words", "known_at"),
    [
        ("What did we know before Alice moved to Lisbon?", "before Alice moved to Lisbon", at("2024-05-03") - TICK),
        ("Where did we think Alice lived before she moved to Lisbon?", "before she moved to Lisbon", at("2024-05-03") - TICK),
        ("What did we know when Alice moved to Lisbon?", "when Alice moved to Lisbon", at("2024-05-04") - TICK),
        ("Where did we think Alice lived when she worked at Acme?", "when she worked at Acme", at("2025-02-03") - TICK),
        ("Where did we believe Alice lived until she moved to Lisbon?", "until she moved to Lisbon", at("2024-05-03") - TICK),
        ("Where did we think Alice lived two weeks before she moved to Lisbon?", "two weeks before she moved to Lisbon",
         at("2024-04-26") - TICK),
        ("Where did Bob think Alice lived before she moved to Lisbon?", "before she moved to Lisbon", at("2024-05-03") - TICK),
        ("What did Bob believe when he worked at Globex?", "when he worked at Globex", at("2023-04") - TICK),
    ],
)  # fmt: skip
def test_beside_what_was_known_a_clause_names_a_known_time(told: Memory, question: str, words: str, known_at: datetime) -> None:
    time = asked(told, question)
    assert (time.kind, time.words, time.known_at, time.as_of) == (QuestionKind.BELIEF, words, known_at, Period.instant(known_at))
    assert [(read.words, read.axis) for read in time.read] == [(words, Axis.KNOWN)]
    assert time.note == ""


def test_what_was_known_before_she_moved_is_what_had_been_said_by_then(told: Memory) -> None:
    question = "Where did we think Alice lived before she moved to Lisbon?"
    assert {fact.object for fact in told.search(question, **U).facts if fact.predicate == "lives_in"} == {"Oslo"}
    assert told.answer(question, **U).text == "As known on 2 May 2024: Alice has lived in Oslo since March 2022."


def test_what_was_known_after_she_moved_is_what_is_known_now(told: Memory) -> None:
    time = asked(told, "What did we know after Alice moved to Lisbon?")
    assert (time.known_at, time.as_of) == (None, Period.instant(at("2026-06-01")))
    assert time.note == "“after Alice moved to Lisbon” names no one moment of knowledge, so what is known now is read"


def test_where_a_known_time_stands_too_the_clause_is_of_the_world(told: Memory) -> None:
    time = asked(told, "Where did we think in 2025 Alice lived before she moved to Lisbon?")
    assert (time.known_at, time.as_of) == (read_period("2025").last, Period(BEGINNING, at("2024-05-03")))


def test_whether_we_knew_when_asks_for_the_time_itself(told: Memory) -> None:
    assert asked(told, "Did we know when Alice moved to Lisbon?").kind is QuestionKind.WHEN


def test_a_clause_beside_a_view_is_looked_up_in_the_record_and_then_in_the_view(told: Memory) -> None:
    told.add_fact("Alice", "works_for", "Hooli", **U, holder="Bob", valid_at="2026-02", occurred_at="2026-03-05")
    assert asked(told, "Where does Bob think Alice lived before she moved to Lisbon?").as_of == Period(BEGINNING, at("2024-05-03"))
    assert asked(told, "Where does Bob think Alice lived before she worked at Hooli?").as_of == Period(BEGINNING, at("2026-02"))


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("What did she believe in March?", "“she”"),
        ("What did my sister believe in March?", "“my sister”"),
        ("What did Bob and Zelda believe in March?", "Bob and Zelda"),
    ],
)
def test_whose_view_is_not_known_is_said(told: Memory, question: str, who: str) -> None:
    time = asked(told, question)
    assert (time.holder, time.known_at) == (None, read_period("2026-03").last)
    assert time.note == f"no view of {who} is known, so the record is read"
    assert told.answer(question, **U).abstained


def test_a_holder_may_be_written_in_lower_case(told: Memory) -> None:
    assert [fact.object for fact in told.search("what did bob believe in march about alice?", **U).facts] == ["Madrid"]


def test_a_pronouns_view_is_not_answered_from_the_record(told: Memory) -> None:
    assert told.answer("Where does she think Alice lives?", **U).abstained
    assert told.answer("Does she think Alice lives in Lisbon?", **U).abstained


def test_a_month_is_a_month_whoever_bears_its_name(told: Memory) -> None:
    told.add_fact("June", "lives_in", "Bath", **U, valid_at="2019", occurred_at="2022-02-01")
    assert told.answer("Where did Alice live in June 2025?", **U).text == "Alice has lived in Lisbon since 3 May 2024."
    assert told.answer("Where does June live?", **U).text == "June has lived in Bath since 2019."


@pytest.mark.parametrize("told_as", ["O’Brien", "O'Brien"])
@pytest.mark.parametrize("asked_as", ["O’Brien", "O'Brien"])
def test_an_apostrophe_is_an_apostrophe(memory: Memory, told_as: str, asked_as: str) -> None:
    memory.add_fact(told_as, "lives_in", "Cork", **U, valid_at="2020", occurred_at="2025-01-01")
    memory.add_fact("Alice", "lives_in", "Rome", **U, holder=told_as, occurred_at="2025-01-01")
    assert "Cork" in memory.answer(f"Where does {asked_as} live?", **U).text
    assert "Rome" in memory.answer(f"Where does {asked_as} think Alice lives?", **U).text
