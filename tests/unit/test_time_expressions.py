"""What English words of time mean, said on Thursday 17 August 2023, 14:00 UTC unless a table says otherwise."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from mem0g.errors import InvalidTime
from mem0g.period import Period, Precision
from mem0g.time_expressions import Relation, Tense, TimeExpression, read_time

THURSDAY = datetime(2023, 8, 17, 14, tzinfo=UTC)


def only(text: str, reference: datetime = THURSDAY, tense: Tense | None = None) -> TimeExpression:
    [found] = read_time(text, reference, tense)
    return found


def days(period: Period) -> str:
    """The days a period covers, both included, as "2023-08-16" or "2023-08-07..2023-08-13"."""
    first, last = period.start.date(), (period.end - timedelta(microseconds=1)).date()
    return str(first) if first == last else f"{first}..{last}"


@pytest.mark.parametrize(
    ("words", "expected", "precision"),
    [
        ("today", "2023-08-17", "day"),
        ("yesterday", "2023-08-16", "day"),
        ("yesterday morning", "2023-08-16", "day"),
        ("tomorrow evening", "2023-08-18", "day"),
        ("last night", "2023-08-16", "day"),
        ("the day before yesterday", "2023-08-15", "day"),
        ("the day after tomorrow", "2023-08-19", "day"),
        ("the other day", "2023-08-10..2023-08-16", "span"),
        ("this week", "2023-08-14..2023-08-20", "week"),
        ("last week", "2023-08-07..2023-08-13", "week"),
        ("next week", "2023-08-21..2023-08-27", "week"),
        ("the week after next", "2023-08-28..2023-09-03", "week"),
        ("the week before last", "2023-07-31..2023-08-06", "week"),
        ("last weekend", "2023-08-12..2023-08-13", "span"),
        ("this weekend", "2023-08-19..2023-08-20", "span"),
        ("next weekend", "2023-08-26..2023-08-27", "span"),
        ("last month", "2023-07-01..2023-07-31", "month"),
        ("next month", "2023-09-01..2023-09-30", "month"),
        ("last year", "2022-01-01..2022-12-31", "year"),
        ("last Friday", "2023-08-11", "day"),
        ("last Thursday", "2023-08-10", "day"),
        ("this Friday", "2023-08-18", "day"),
        ("next Friday", "2023-08-25", "day"),
        ("this coming Friday", "2023-08-18", "day"),
        ("Friday of last week", "2023-08-11", "day"),
        ("Tuesday next week", "2023-08-22", "day"),
        ("two Fridays ago", "2023-08-04", "day"),
        ("last March", "2023-03-01..2023-03-31", "month"),
        ("next March", "2024-03-01..2024-03-31", "month"),
        ("last summer", "2022-06-01..2022-08-31", "span"),
        ("this summer", "2023-06-01..2023-08-31", "span"),
        ("last winter", "2022-12-01..2023-02-28", "span"),
        ("last Christmas", "2022-12-25", "day"),
        ("two days ago", "2023-08-15", "day"),
        ("a couple of days ago", "2023-08-15", "day"),
        ("two weeks ago", "2023-07-31..2023-08-06", "week"),
        ("a few weeks ago", "2023-07-17..2023-08-06", "span"),
        ("three months ago", "2023-05-01..2023-05-31", "month"),
        ("half a year ago", "2023-02-01..2023-02-28", "month"),
        ("10 years ago", "2013-01-01..2013-12-31", "year"),
        ("1 year and 2 days ago", "2022-08-15", "day"),
        ("an hour ago", "2023-08-17", "day"),
        ("15 hours ago", "2023-08-16", "day"),
        ("three days from now", "2023-08-20", "day"),
        ("the next two days", "2023-08-18..2023-08-19", "span"),
        ("the end of the year", "2023-09-01..2023-12-31", "span"),
        ("earlier this month", "2023-08-01..2023-08-16", "span"),
        ("the rest of the month", "2023-08-17..2023-08-31", "span"),
    ],
)
def test_times_named_from_the_reference(words: str, expected: str, precision: str) -> None:
    found = only(f"It was, I think, {words}.")
    assert (found.words, days(found.period), found.period.precision) == (words, expected, precision)
    assert found.relation is Relation.AT


@pytest.mark.parametrize(
    ("words", "expected", "precision"),
    [
        ("2026-03-05", "2026-03-05", "day"),
        ("2026-03", "2026-03-01..2026-03-31", "month"),
        ("5 March 2026", "2026-03-05", "day"),
        ("the 5th of March, 2026", "2026-03-05", "day"),
        ("March 5th, 2026", "2026-03-05", "day"),
        ("Thursday, March 5 2026", "2026-03-05", "day"),
        ("03/05/2026", "2026-03-05", "day"),
        ("25/03/2026", "2026-03-25", "day"),
        ("5.3.2026", "2026-03-05", "day"),
        ("3-5-26", "2026-03-05", "day"),
        ("29 February 2024", "2024-02-29", "day"),
        ("March 2019", "2019-03-01..2019-03-31", "month"),
        ("Dec '21", "2021-12-01..2021-12-31", "month"),
        ("2019", "2019-01-01..2019-12-31", "year"),
        ("nineteen ninety-nine", "1999-01-01..1999-12-31", "year"),
        ("Q1 2026", "2026-01-01..2026-03-31", "span"),
        ("the third quarter of 2016", "2016-07-01..2016-09-30", "span"),
        ("the 90s", "1990-01-01..1999-12-31", "span"),
        ("the 2010s", "2010-01-01..2019-12-31", "span"),
        ("summer 2020", "2020-06-01..2020-08-31", "span"),
        ("the winter of 2023", "2023-12-01..2024-02-29", "span"),
        ("the week before 9 June 2023", "2023-05-29..2023-06-04", "week"),
        ("the week of 9 June 2023", "2023-06-05..2023-06-11", "week"),
        ("the weekend before 9 June 2023", "2023-06-03..2023-06-04", "span"),
        ("the Friday before 15 July 2023", "2023-07-14", "day"),
        ("the day after 31 December 2023", "2024-01-01", "day"),
        ("two weeks after 1 March 2024", "2024-03-15", "day"),
        ("the first weekend of August 2023", "2023-08-05..2023-08-06", "span"),
        ("the last Monday of May 2024", "2024-05-27", "day"),
        ("the last day of February 2024", "2024-02-29", "day"),
        ("mid-August 2022", "2022-08-10..2022-08-20", "span"),
        ("early 2020", "2020-01-01..2020-04-30", "span"),
        ("late March 2022", "2022-03-20..2022-03-31", "span"),
        ("the second half of 2021", "2021-07-01..2021-12-31", "span"),
    ],
)
def test_times_named_in_full(words: str, expected: str, precision: str) -> None:
    found = only(f"I saw her in {words}, by chance.", tense=Tense.FUTURE)
    assert (found.words, days(found.period), found.period.precision) == (words, expected, precision)


@pytest.mark.parametrize(
    ("text", "words", "expected", "relation"),
    [
        ("I've lived in Bergen since 2022", "2022", "2022-01-01..2022-12-31", Relation.SINCE),
        ("I'll have been here since March", "March", "2023-03-01..2023-03-31", Relation.SINCE),
        ("From 1 Sept I live at 84 Bank Street", "1 Sept", "2023-09-01", Relation.SINCE),
        ("Starting Monday, I'm at Acme", "Monday", "2023-08-21", Relation.SINCE),
        ("From next month I work from home", "next month", "2023-09-01..2023-09-30", Relation.SINCE),
        ("As of June I work at Acme", "June", "2023-06-01..2023-06-30", Relation.SINCE),
        ("Where did Alice live as of 2022?", "2022", "2022-01-01..2022-12-31", Relation.AT),
        ("Alice address as of 2022", "2022", "2022-01-01..2022-12-31", Relation.AT),
        ("I've lived here for 4 years", "for 4 years", "2019-01-01..2019-12-31", Relation.SINCE),
        ("Married for 5 years already!", "for 5 years already", "2018-01-01..2018-12-31", Relation.SINCE),
        ("She's worked there for the past 3 years", "for the past 3 years", "2020-08-17..2023-08-17", Relation.SINCE),
        ("She lived there until 2019", "2019", "2019-01-01..2019-12-31", Relation.UNTIL),
        ("Alice will stay until March", "March", "2024-03-01..2024-03-31", Relation.UNTIL),
        ("He stayed up to last year", "last year", "2022-01-01..2022-12-31", Relation.UNTIL),
        ("I moved before Christmas", "Christmas", "2022-12-25", Relation.BEFORE),
        ("By Friday I'll be done", "Friday", "2023-08-18", Relation.BEFORE),
        ("We left more than two years ago", "more than two years ago", "2021-01-01..2021-12-31", Relation.BEFORE),
        ("What happened after 3 May 2022?", "3 May 2022", "2022-05-03", Relation.AFTER),
        ("I was away from March to May", "from March to May", "2023-03-01..2023-05-31", Relation.BETWEEN),
        ("between May and July", "between May and July", "2023-05-01..2023-07-31", Relation.BETWEEN),
        ("between 11 and 15 August", "between 11 and 15 August", "2023-08-11..2023-08-15", Relation.BETWEEN),
        ("I was away 11-15 August", "11-15 August", "2023-08-11..2023-08-15", Relation.BETWEEN),
        ("We met on November 19-20", "November 19-20", "2022-11-19..2022-11-20", Relation.BETWEEN),
        ("We were there March 3rd through the 10th", "March 3rd through the 10th", "2023-03-03..2023-03-10", Relation.BETWEEN),
        ("I was ill from 10 Dec to 3 Jan", "from 10 Dec to 3 Jan", "2022-12-10..2023-01-03", Relation.BETWEEN),
        ("I will be away from 28 Dec to 3 Jan", "from 28 Dec to 3 Jan", "2023-12-28..2024-01-03", Relation.BETWEEN),
        ("Between November and February I was in Rome", "Between November and February", "2022-11-01..2023-02-28", Relation.BETWEEN),
        ("I worked there from 2015 until 2018.", "from 2015 until 2018", "2015-01-01..2018-12-31", Relation.BETWEEN),
        ("Acme (2015–2018)", "2015–2018", "2015-01-01..2018-12-31", Relation.BETWEEN),
        ("from 2015 to now", "from 2015 to now", "2015-01-01..2023-08-17", Relation.BETWEEN),
        ("I was in Rome from Monday to Wednesday", "from Monday to Wednesday", "2023-08-14..2023-08-16", Relation.BETWEEN),
    ],
)
def test_the_words_around_say_how_to_use_it(text: str, words: str, expected: str, relation: Relation) -> None:
    found = only(text)
    assert (found.words, days(found.period), found.relation) == (words, expected, relation)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I start on Monday", "2023-08-21"),
        ("I met Bob on Monday", "2023-08-14"),
        ("On Monday I met Bob", "2023-08-14"),
        ("I quit my job on Monday", "2023-08-14"),
        ("I'm flying to Rome on Monday", "2023-08-21"),
        ("The house will be sold on Monday", "2023-08-21"),
        ("I was ill, but on Monday I'll run", "2023-08-21"),
        ("What did Alice do on Monday?", "2023-08-14"),
        ("What is Bob doing on Monday?", "2023-08-21"),
        ("See you on Monday!", "2023-08-21"),
        ("Where did Alice live in February?", "2023-02-01..2023-02-28"),
        ("Alice trip in February", "2023-02-01..2023-02-28"),
        ("What will Alice do in February?", "2024-02-01..2024-02-29"),
        ("He starts in February", "2024-02-01..2024-02-29"),
        ("Last May we met", "2023-05-01..2023-05-31"),
        ("Alice got married in August", "2023-08-01..2023-08-31"),
        ("He was born on 20 August", "2022-08-20"),
        ("He arrives on 20 August", "2023-08-20"),
        ("I met Bob at the weekend", "2023-08-12..2023-08-13"),
        ("I'll see Bob at the weekend", "2023-08-19..2023-08-20"),
        ("I start college in the fall", "2023-09-01..2023-11-30"),
        ("We went hiking in the summer", "2023-06-01..2023-08-31"),
        ("I'll be back in two days", "2023-08-19"),
        ("I leave on the 5th.", "2023-09-05"),
        ("I left on the 5th.", "2023-08-05"),
        ("I met her on Friday the 11th", "2023-08-11"),
    ],
)
def test_the_tense_of_the_clause_decides_which_one_is_meant(text: str, expected: str) -> None:
    assert days(only(text).period) == expected


@pytest.mark.parametrize(
    ("words", "past", "future"),
    [
        ("on Thursday", "2023-08-17", "2023-08-24"),
        ("on Friday", "2023-08-11", "2023-08-18"),
        ("in August", "2023-08-01..2023-08-31", "2023-08-01..2023-08-31"),
        ("in December", "2022-12-01..2022-12-31", "2023-12-01..2023-12-31"),
        ("on 17 August", "2023-08-17", "2023-08-17"),
        ("on 29 February", "2020-02-29", "2024-02-29"),
        ("in the winter", "2022-12-01..2023-02-28", "2023-12-01..2024-02-29"),
        ("last Friday", "2023-08-11", "2023-08-11"),
        ("in March 2019", "2019-03-01..2019-03-31", "2019-03-01..2019-03-31"),
    ],
)
def test_a_given_tense_decides_only_where_words_leave_a_choice(words: str, past: str, future: str) -> None:
    assert days(only(words, tense=Tense.PAST).period) == past
    assert days(only(words, tense=Tense.FUTURE).period) == future
    assert days(only(words, tense=Tense.PRESENT).period) == future


@pytest.mark.parametrize(
    "text",
    [
        "I may move to Paris",
        "It may be late",
        "This may not work",
        "We march on",
        "the last march was loud",
        "April said hi",
        "I got a gift from April",
        "It's June's turn",
        "I sat down for a second",
        "the second time",
        "The sun is out",
        "He was injured in the fall",
        "They fall in love every spring",
        "every Monday I swim",
        "I swim on Mondays",
        "I work Monday to Friday",
        "Black Friday deals",
        "We went to Sunday school",
        "I'm 34",
        "I use Python 3.11 and iOS 17.2 on a Pixel 9",
        "I'm in room 2019",
        "flight 2020 to Oslo",
        "it cost $2019 or 1999 euros",
        "call 020 7946 2019 or 555-2019",
        "I live at 2019 Main Street",
        "since 1999 Main Street closed",
        "after 2000 miles",
        "in 2000 steps",
        "I scored 9/10 and work 24/7",
        "add 1/2 cup",
        "from 5pm to 6pm",
        "at 10:30",
        "a 2 weeks old baby",
        "two years in a row",
        "I lived there for 4 years",
        "I'll be in Rome for 2 weeks",
        "I finished it in two weeks",
        "since I was a kid",
        "since then",
        "his 30s",
        "on the 5th floor",
        "next time",
        "31 April 2020",
        "2/29/2019",
        "the fifth Sunday of February 2023",
        "99999 years ago",
        "9999 years ago",
        "the day before my birthday",
        "",
        "no time at all",
    ],
)
def test_what_is_no_time_is_left_alone(text: str) -> None:
    assert read_time(text, THURSDAY) == []


@pytest.mark.parametrize(
    ("reference", "text", "expected"),
    [
        ("2024-02-29T12:00", "last year", "2023-01-01..2023-12-31"),
        ("2024-02-29T12:00", "1 year 1 day ago", "2023-02-27"),
        ("2024-03-31T12:00", "a month ago", "2024-02-01..2024-02-29"),
        ("2024-03-31T12:00", "1 month 1 day ago", "2024-02-28"),
        ("2024-01-01T00:00", "yesterday", "2023-12-31"),
        ("2024-01-01T00:00", "last month", "2023-12-01..2023-12-31"),
        ("2024-01-01T00:00", "this week", "2024-01-01..2024-01-07"),
        ("2023-01-01T12:00", "this week", "2022-12-26..2023-01-01"),
        ("2023-01-01T12:00", "last weekend", "2022-12-24..2022-12-25"),
        ("2023-12-31T23:59", "next month", "2024-01-01..2024-01-31"),
        ("2023-12-31T23:59", "tomorrow", "2024-01-01"),
        ("2023-01-20T12:00", "this winter", "2022-12-01..2023-02-28"),
        ("2023-01-20T12:00", "last winter", "2021-12-01..2022-02-28"),
    ],
)
def test_ends_of_months_and_years(reference: str, text: str, expected: str) -> None:
    assert days(only(text, datetime.fromisoformat(reference).replace(tzinfo=UTC)).period) == expected


def test_a_day_is_the_civil_day_in_the_offset_of_the_reference() -> None:
    tokyo = datetime(2023, 8, 18, 1, tzinfo=timezone(timedelta(hours=9)))  # still the 17th in UTC
    assert only("yesterday", tokyo).period == Period(datetime(2023, 8, 16, 15, tzinfo=UTC), datetime(2023, 8, 17, 15, tzinfo=UTC))
    assert only("on 2026-03-05", tokyo).period.start == datetime(2026, 3, 4, 15, tzinfo=UTC)


def test_a_day_behind_utc() -> None:
    lima = datetime(2023, 8, 17, 22, tzinfo=timezone(timedelta(hours=-5)))  # already the 18th in UTC
    assert only("today", lima).period.start == datetime(2023, 8, 17, 5, tzinfo=UTC)


def test_an_instant_keeps_its_own_offset_or_takes_that_of_the_reference() -> None:
    tokyo = THURSDAY.astimezone(timezone(timedelta(hours=9)))
    assert only("at 2026-03-05T10:00:00Z", tokyo).period == Period.instant(datetime(2026, 3, 5, 10, tzinfo=UTC))
    assert only("at 2026-03-05 10:00", tokyo).period == Period.instant(datetime(2026, 3, 5, 1, tzinfo=UTC))
    assert only("at 2026-03-05 10:00", tokyo).period.precision is Precision.INSTANT


def test_a_reference_without_an_offset_is_refused() -> None:
    with pytest.raises(InvalidTime, match="reference"):
        read_time("yesterday", datetime(2023, 8, 17))  # noqa: DTZ001


def test_a_stretch_up_to_now_ends_at_the_reference() -> None:
    assert only("over the past two days").period == Period(datetime(2023, 8, 15, tzinfo=UTC), THURSDAY)


def test_times_come_in_the_order_of_the_text_with_their_offsets() -> None:
    text = "I moved to Oslo in 2019, then to Rome last week."
    found = read_time(text, THURSDAY)
    assert [expression.words for expression in found] == ["2019", "last week"]
    assert all(text[expression.start : expression.end] == expression.words for expression in found)


def test_white_space_and_letter_case_are_free() -> None:
    assert days(only("LAST\n  week").period) == "2023-08-07..2023-08-13"
    assert days(only("on monday i met bob").period) == "2023-08-14"


def test_a_possessive_is_still_a_time() -> None:
    assert only("Can't wait for tomorrow's opening").words == "tomorrow"
    assert days(only("Friday's meeting was long").period) == "2023-08-11"


@pytest.mark.parametrize("reference", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)])
def test_the_ends_of_the_calendar_say_nothing_rather_than_fail(reference: datetime) -> None:
    text = "yesterday, last week, next century, in March, on Monday, two years ago, the past month, last winter, by 2020"
    assert all(expression.period.start < expression.period.end for expression in read_time(text, reference))


@pytest.mark.parametrize(
    "unit",
    [
        "last week ",
        "May ",
        "march to may and ",
        "two ",
        "a few weeks and ",
        "2019-",
        "the first ",
        "   ",
        "walked ",
        "12/",
        "1",
        "5 days, ",
        "\n",
    ],
)
def test_a_long_text_of_near_misses_is_read_to_its_end(unit: str) -> None:
    """A reader whose work grew with the square of the length would not come back from this one."""
    size = 50_000
    assert all(expression.end <= size for expression in read_time((unit * (size // len(unit) + 1))[:size], THURSDAY))


def test_dateparser_is_imported_only_for_a_written_date() -> None:
    script = (
        "import sys\nfrom datetime import datetime, UTC\nfrom mem0g.time_expressions import read_time\n"
        "read_time('I moved last week, on 2026-03-05', datetime(2023, 8, 17, tzinfo=UTC)); assert 'dateparser' not in sys.modules\n"
        "read_time('on 5 May 2020', datetime(2023, 8, 17, tzinfo=UTC)); assert 'dateparser' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_bare_date_agrees_with_the_calendar_on_every_day_of_a_leap_year() -> None:
    for day in (date(2024, 1, 1) + timedelta(days=count) for count in range(366)):
        assert days(only(day.strftime("on %d %B 2024")).period) == day.isoformat()


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("We met on the third Tuesday.", "the third Tuesday", "2023-08-15"),
        ("I'll be there on Friday the fifteen.", "Friday the fifteen", "2023-09-15"),
        ("Two Mondays from now I'll know.", "Two Mondays from now", "2023-08-28"),
        ("It will rain on the twenty-sixth.", "the twenty-sixth", "2023-08-26"),
        ("I handed it in on Jun/07/2022.", "Jun/07/2022", "2022-06-07"),
        ("It was signed in 2021, Mar 9.", "2021, Mar 9", "2021-03-09"),
        ("It came on 9/Mar/2021.", "9/Mar/2021", "2021-03-09"),
        ("She was born on the ninth of may.", "the ninth of may", "2023-05-09"),
        ("I'll pay on the 5th of the next month.", "the 5th of the next month", "2023-09-05"),
        ("The album is from August 98.", "August 98", "1998-08-01..1998-08-31"),
        ("We were away September between 3 and 5.", "September between 3 and 5", "2022-09-03..2022-09-05"),
        ("That was week 20 of 2021.", "week 20 of 2021", "2021-05-17..2021-05-23"),
        ("We sold a lot in Q3 of last year.", "Q3 of last year", "2022-07-01..2022-09-30"),
        ("I was ill the first three days of May.", "the first three days of May", "2023-05-01..2023-05-03"),
        ("I was ill the last two weeks of 2022.", "the last two weeks of 2022", "2022-12-18..2022-12-31"),
        ("I'm off for 5 days from tomorrow.", "for 5 days from tomorrow", "2023-08-18..2023-08-22"),
        ("I'm off for two weeks, starting on Monday.", "for two weeks, starting on Monday", "2023-08-21..2023-09-03"),
        ("It opens four weeks in the future.", "four weeks in the future", "2023-08-18..2023-09-14"),
        ("We spent more, year to date.", "year to date", "2023-01-01..2023-08-17"),
        ("It broke 2 wks ago.", "2 wks ago", "2023-07-31..2023-08-06"),
        ("We met yday.", "yday", "2023-08-16"),
        ("See you day after tomorrow.", "day after tomorrow", "2023-08-19"),
    ],
)
def test_times_told_in_other_ways(text: str, words: str, expected: str) -> None:
    found = only(text)
    assert (found.words, days(found.period)) == (words, expected)


@pytest.mark.parametrize(
    "text",
    [
        "I settled on the second.",
        "We live on the seventh floor.",
        "Of the two I liked the third Tuesday of every month less.",
        "We meet on the first Friday of each month.",
        "There were 98 people, and 45 left.",
        "I was in week 20 of the course.",
    ],
)
def test_counts_and_habits_are_no_days(text: str) -> None:
    assert read_time(text, THURSDAY) == []
