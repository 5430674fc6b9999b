"""Times: what a caller's value names, and how periods behave."""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest

from mem0g.errors import InvalidTime
from mem0g.period import ALWAYS, BEGINNING, EVERYTHING_KNOWN, FOREVER, TICK, Period, Precision, quoted, read_period, show, utc

NEPAL = timezone(timedelta(hours=5, minutes=45))
WEST = timezone(-timedelta(hours=8))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2026", "2026-01-01", "2027-01-01", Precision.YEAR),
        ("2026-03", "2026-03-01", "2026-04-01", Precision.MONTH),
        ("2026-12", "2026-12-01", "2027-01-01", Precision.MONTH),
        ("2026-02", "2026-02-01", "2026-03-01", Precision.MONTH),
        ("2026-03-05", "2026-03-05", "2026-03-06", Precision.DAY),
        ("2024-02-29", "2024-02-29", "2024-03-01", Precision.DAY),
        ("2026-12-31", "2026-12-31", "2027-01-01", Precision.DAY),
        ("0001", "0001-01-01", "0002-01-01", Precision.YEAR),
        ("0001-01-01", "0001-01-01", "0001-01-02", Precision.DAY),
        (" 2026-03 \n", "2026-03-01", "2026-04-01", Precision.MONTH),
    ],
)
def test_a_partial_date_is_the_closed_open_period_it_names(text: str, start: str, end: str, precision: Precision) -> None:
    period = read_period(text)
    assert (period.start, period.end, period.precision) == (at(start), at(end), precision)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-05T10:00:00Z", "2026-03-05T10:00"),
        ("2026-03-05T10:00Z", "2026-03-05T10:00"),
        ("2026-03-05T10Z", "2026-03-05T10:00"),
        ("2026-03-05 10:00:00+00:00", "2026-03-05T10:00"),
        ("2026-03-05T10:00:00+02:00", "2026-03-05T08:00"),
        ("2026-03-05T10:00:00-08:00", "2026-03-05T18:00"),
        ("2026-03-05T01:00:00+05:45", "2026-03-04T19:15"),
        ("2026-03-05T10:00:00.000001Z", "2026-03-05T10:00:00.000001"),
        ("20260305T100000Z", "2026-03-05T10:00"),
        ("0001-01-01T00:00:00Z", "0001-01-01"),
    ],
)
def test_text_with_time_and_offset_is_an_instant(text: str, instant: str) -> None:
    period = read_period(text)
    assert (period.start, period.end) == (at(instant), at(instant) + TICK)
    assert period.is_instant


@pytest.mark.parametrize(
    "text",
    [
        "", "now", "0000", "10000", "2026-13", "2026-00", "2026-02-30", "2026-3-5", "26-03-05", "2026/03/05", "5 March 2026",
        "2026-03-05T25:00Z", "2026-03-05T10:61Z", "2026-03-05T23:59:60Z", "2026-03-05T10:00:00 Z Z", "-2026", "2026-", "NaN", "😀",
        "'; DROP TABLE claims; --", "2026-03-05T10:00:00+25:00",
    ],
)  # fmt: skip
def test_text_that_is_no_time_is_refused_and_quoted(text: str) -> None:
    with pytest.raises(InvalidTime) as refused:
        read_period(text, "valid_at")
    assert f"valid_at={text.strip()!r}" in str(refused.value)


@pytest.mark.parametrize("value", [None, 5, 2026.0, True, b"2026", [2026], timedelta(1)])
def test_what_is_neither_text_nor_date_is_no_time(value: object) -> None:
    with pytest.raises(InvalidTime, match="as_of="):
        read_period(value, "as_of")  # type: ignore[arg-type]  # what a caller without a type checker may do


@pytest.mark.parametrize("naive", [datetime(2026, 3, 5, 10), "2026-03-05T10:00", "2026-03-05 10:00:00", "20260305", "2026-W10-4"])  # noqa: DTZ001 - the point
def test_a_time_of_day_without_an_offset_is_refused_with_the_way_out(naive: datetime | str) -> None:
    with pytest.raises(InvalidTime, match=r"has no UTC offset: (give an aware datetime|write .*, with Z or an offset)"):
        read_period(naive, "occurred_at")


def test_an_offset_that_knows_none_is_no_offset() -> None:
    class Undecided(tzinfo):
        def utcoffset(self, _: datetime | None) -> None:
            return None

    with pytest.raises(InvalidTime, match="no UTC offset"):
        utc(datetime(2026, 3, 5, tzinfo=Undecided()))


def test_an_aware_datetime_is_its_instant_in_utc() -> None:
    new_york = datetime(2026, 3, 5, 10, tzinfo=ZoneInfo("America/New_York"))
    assert read_period(new_york).start == at("2026-03-05T15:00")
    assert read_period(new_york).start.tzinfo is UTC


def test_both_hours_of_a_clock_set_back_are_told_apart() -> None:
    first = datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("Europe/Lisbon"), fold=0)
    assert utc(first.replace(fold=1)) - utc(first) == timedelta(hours=1)


def test_a_date_is_its_day() -> None:
    assert read_period(date(2026, 3, 5)) == Period(at("2026-03-05"), at("2026-03-06"))
    assert read_period(date(2026, 3, 5)).precision is Precision.DAY


def test_a_period_is_taken_as_it_is() -> None:
    weekend = Period(at("2026-03-07"), at("2026-03-09"))
    assert read_period(weekend) is weekend


def test_a_date_said_elsewhere_is_a_day_there() -> None:
    assert read_period("2026-03-05", zone=NEPAL) == Period(at("2026-03-04T18:15"), at("2026-03-05T18:15"))
    assert read_period(date(2026, 3, 5), zone=WEST).start == at("2026-03-05T08:00")
    assert read_period("2026-03", zone=WEST).end == at("2026-04-01T08:00")


@pytest.mark.parametrize("value", ["9999", "9999-12", "9999-12-31", date.max])
def test_the_last_period_there_is_ends_with_time(value: str | date) -> None:
    assert read_period(value).end == FOREVER
    assert read_period(value, zone=WEST).end == FOREVER


def test_the_last_but_one_instant_can_be_named() -> None:
    assert read_period(EVERYTHING_KNOWN) == read_period("9999-12-31T23:59:59.999998Z") == Period(EVERYTHING_KNOWN, FOREVER)


@pytest.mark.parametrize(
    "value",
    [
        FOREVER,
        "9999-12-31T23:59:59.999999Z",
        datetime.max.replace(tzinfo=WEST),
        "9999-12-31T23:00:00-08:00",
        datetime.min.replace(tzinfo=NEPAL),
        "0001-01-01T00:00:00+05:45",
    ],
)
def test_an_instant_that_utc_cannot_express_is_refused(value: datetime | str) -> None:
    with pytest.raises(InvalidTime, match="known_at="):
        read_period(value, "known_at")


@pytest.mark.parametrize("value", ["0001", "0001-01", "0001-01-01", date.min])
def test_a_date_whose_midnight_lies_before_time_is_refused(value: str | date) -> None:
    with pytest.raises(InvalidTime, match="years 1 to 9999"):
        read_period(value, "time", NEPAL)


@pytest.mark.parametrize(("start", "end"), [("2026-03-05", "2026-03-05"), ("2026-03-06", "2026-03-05")])
def test_a_period_ends_after_it_begins(start: str, end: str) -> None:
    with pytest.raises(InvalidTime, match=f"{start} to {end}"):
        Period(at(start), at(end))


def test_a_period_holds_its_start_and_not_its_end() -> None:
    march = read_period("2026-03")
    assert march.covers(march.start)
    assert march.covers(march.last)
    assert not march.covers(march.end)
    assert not march.covers(march.start - TICK)
    assert march.last == at("2026-03-31T23:59:59.999999")


def test_periods_that_touch_do_not_overlap() -> None:
    march, april = read_period("2026-03"), read_period("2026-04")
    assert not march.overlaps(april)
    assert not april.overlaps(march)
    assert march.overlaps(read_period("2026-03-31"))
    assert read_period("2026").overlaps(march)
    assert Period.instant(march.last).overlaps(march)
    assert not Period.instant(march.end).overlaps(march)


def test_the_precision_is_no_part_of_what_a_period_is() -> None:
    assert Period(at("2026-03-05"), at("2026-03-06"), Precision.SPAN) == read_period("2026-03-05")
    assert hash(Period(at("2026-03-05"), at("2026-03-06"), Precision.SPAN)) == hash(read_period("2026-03-05"))


def test_always_covers_all_but_the_end_of_time() -> None:
    assert ALWAYS.covers(BEGINNING)
    assert ALWAYS.covers(EVERYTHING_KNOWN)
    assert not ALWAYS.covers(FOREVER)


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (None, "–"),
        (BEGINNING, "–"),
        (FOREVER, "–"),
        (datetime(2026, 3, 5, tzinfo=UTC), "2026-03-05"),
        (datetime(2026, 3, 5, 10, tzinfo=UTC), "2026-03-05 10:00Z"),
        (datetime(2026, 3, 5, 10, 0, 30, tzinfo=UTC), "2026-03-05 10:00:30Z"),
        (datetime(987, 3, 5, tzinfo=UTC), "0987-03-05"),
    ],
)
def test_an_instant_is_shown_no_longer_than_it_need_be(at: datetime | None, shown: str) -> None:
    assert show(at) == shown


def test_an_error_quotes_40_characters_of_a_long_value() -> None:
    with pytest.raises(InvalidTime) as raised:
        read_period("x" * 2**20, "as_of")
    assert str(raised.value).startswith(f"as_of='{'x' * 40}'… is no time: write")
    assert len(str(raised.value)) < 200


def test_what_is_quoted_is_short_whatever_it_is() -> None:
    assert quoted("x" * 40) == f"'{'x' * 40}'"
    assert quoted([1] * 100) == f"{'[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1'[:40]}…"
    assert quoted(10**5_000) == "<int>"
    assert quoted(at("2026-01-01")) == repr(at("2026-01-01"))
