"""What the letters of two names show; and, with the cosines of the real model, that no two different things are taken for one."""

import json
from pathlib import Path

import pytest

from mem0g.ingestion.likeness import THRESHOLD, evidence

Row = tuple[str, str, str, bool, float]
"""A name, another, their type, whether they are one, and the cosine that all-MiniLM-L6-v2 gives them."""

ROWS: list[Row] = [tuple(row) for row in json.loads((Path(__file__).parents[2] / "gold" / "names.json").read_text("utf-8"))["pairs"]]
"""Development data: the rules were made with these pairs in view."""


def merged(rows: list[Row]) -> list[Row]:
    return [row for row in rows if evidence(row[0], row[1], row[2]) and row[4] >= THRESHOLD]


def test_nothing_different_is_taken_for_one() -> None:
    different = [row for row in ROWS if not row[3]]
    assert merged(different) == []
    assert len(different) == 112


def test_what_is_found_of_what_is_one() -> None:
    same = [row for row in ROWS if row[3]]
    assert (len(merged(same)), len(same)) == (32, 98)


def test_neither_letters_nor_cosines_alone_would_do() -> None:
    different = [row for row in ROWS if not row[3]]
    assert len([row for row in different if row[4] >= THRESHOLD]) == 33
    assert len([row for row in different if evidence(row[0], row[1], row[2])]) == 15


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}, {row[1]}")
def test_the_order_of_two_names_is_no_matter(row: Row) -> None:
    assert evidence(row[0], row[1], row[2]) == evidence(row[1], row[0], row[2])


@pytest.mark.parametrize(
    ("one", "other", "type", "shown"),
    [
        ("München", "Munchen", "place", "the same letters"),
        ("Tim-Berners Lee", "tim berners-lee", "person", "the same letters"),
        ("NYC", "New York City", "place", "its initials"),
        ("U.K.", "United Kingdom", "place", "its initials"),
        ("USA", "United States of America", "place", "its initials"),
        ("nyc", "New York City", "place", None),
        ("JFK", "John Fitzgerald Kennedy", "person", None),
        ("Acme", "Acme Corp.", "organization", "the same but for the legal form"),
        ("Acme", "Acme Corp.", "place", None),
        ("Acme Inc.", "Acme GmbH", "organization", None),
        ("Co", "Inc", "organization", None),
        ("San Francisco", "San Fransisco", "place", "a letter apart"),
        ("San Francisco", "San Francsico", "place", "a letter apart"),
        ("San Francisco", "San Francico", "place", "a letter apart"),
        ("San Francisco", "San Fracnsicso", "place", None),
        ("San Francisco", "Sao Fransisco", "place", None),
        ("Kingston", "Kingstone", "place", None),
        ("New Jersey", "New Jarsey", "place", None),
        ("Jonathon Miller", "Jonathan Miller", "person", None),
        ("Alice", "Alice Smith", "person", None),
        ("York", "New York", "place", None),
        ("Terminal 2", "Terminal 3", "place", None),
        ("Great Gambling 2", "Great Gamblings 2", "place", "a letter apart"),
        ("Great Gambling 2", "Great Gamblings 3", "place", None),
        ("A", "Alpha", "place", None),
        ("東京", "大阪", "place", None),
    ],
)
def test_what_shows_that_two_names_may_be_one(one: str, other: str, type: str, shown: str | None) -> None:
    assert evidence(one, other, type) == evidence(other, one, type) == shown


@pytest.mark.parametrize(("one", "other"), [("!!!", "???"), ("", "-"), ("😀", "😀😀"), ("C", "C++"), ("C++", "C#"), ("-", "–")])
def test_signs_are_not_passed_over(one: str, other: str) -> None:
    assert evidence(one, other, "place") is None
