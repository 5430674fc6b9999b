"""What the letters of two names show; and, with the cosines of the real model, that no two different things are taken for one."""

import json
from pathlib import Path

import pytest

from mem0g.ingestion.likeness import THRESHOLD, doubt, evidence, is_part, letters

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
    assert (len(merged(same)), len(same)) == (31, 98)


def test_neither_letters_nor_cosines_alone_would_do() -> None:
    different = [row for row in ROWS if not row[3]]
    assert len([row for row in different if row[4] >= THRESHOLD]) == 33
    assert len([row for row in different if evidence(row[0], row[1], row[2])]) == 15


def test_the_same_letters_are_enough_by_themselves() -> None:
    rows = [row for row in ROWS if letters(row[0], row[2]) == letters(row[1], row[2])]
    assert (len(rows), [row for row in rows if not row[3]]) == (14, [])


def test_what_else_the_letters_show_is_not() -> None:
    assert len([row for row in ROWS if not row[3] and evidence(row[0], row[1], row[2]) == "its initials"]) == 15


def test_how_many_pairs_are_left_for_a_model() -> None:
    open_pairs = [row for row in ROWS if row not in merged(ROWS) and letters(row[0], row[2]) != letters(row[1], row[2])]
    asked = [row for row in open_pairs if doubt(row[0], row[1], row[2], row[4])]
    same, different = ([row for row in open_pairs if row[3] is one] for one in (True, False))
    assert (len([row for row in asked if row[3]]), len(same)) == (59, 65)
    assert (len([row for row in asked if not row[3]]), len(different)) == (52, 112)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}, {row[1]}")
def test_the_order_of_two_names_is_no_matter_for_a_doubt(row: Row) -> None:
    assert doubt(row[0], row[1], row[2], row[4]) == doubt(row[1], row[0], row[2], row[4])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}, {row[1]}")
def test_the_order_of_two_names_is_no_matter(row: Row) -> None:
    assert evidence(row[0], row[1], row[2]) == evidence(row[1], row[0], row[2])


@pytest.mark.parametrize(
    ("one", "other", "type", "shown"),
    [
        ("München", "Munchen", "place", "the same letters"),
        ("Tim-Berners Lee", "tim berners-lee", "person", "the same letters"),
        ("Paul A.", "Paula", "person", None),
        ("A-", "A", "blood_type", None),
        ("Paul A.", "Paula", "", None),
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


@pytest.mark.parametrize(
    ("name", "type", "form"),
    [
        ("São  Paulo", "place", "saopaulo"),
        ("St. John's", "place", "stjohns"),
        ("St. John's", "person", "st johns"),
        ("Paul A.", "person", "paul a"),
        ("Anne-Marie", "person", "anne marie"),
        ("Li Na", "person", "li na"),
        ("A-", "blood_type", "a-"),
        ("St. John's", "dish", "stjohns"),
        ("Straße 1-2", "place", "strasse1 2"),
        ("Straße 12", "place", "strasse12"),
        ("B 52", "other", "b52"),
        ("Rosé-Wein", "other", "roséwein"),
        ("Rosé", "", ""),
        ("C++", "other", "c++"),
        ("-'", "place", ""),
        ("東京", "place", "東京"),
    ],
)
def test_the_letters_of_a_name(name: str, type: str, form: str) -> None:
    assert letters(name, type) == letters(name.upper(), type) == letters(f" {name} ", type) == form


@pytest.mark.parametrize(
    ("one", "other", "type", "shown"),
    [
        ("Alice", "Alice Smith", "person", "one is part of the other"),
        ("alice", "Alice Smith", "person", "one is part of the other"),
        ("Jo Ann", "Joann", "person", "the same letters"),
        ("Type A-", "Type A", "blood_type", "the same letters"),
        ("A. Smith", "Alice Smith", "person", "one is part of the other"),
        ("Smith, Alice", "Alice Smith", "person", "one is part of the other"),
        ("Alice", "Alice Smith", "", "one is part of the other"),
        ("Alice", "Alicia", "person", None),
        ("A. S.", "Alice Smith", "person", None),
        ("A. Jones", "Alice Smith", "person", None),
        ("Alice", "Alice's sister", "person", None),
        ("Alice’s brother", "Alice’s sister", "person", None),
        ("tea", "mint tea", "", None),
        ("tea", "Mint Tea", "other", None),
        ("Barcelone", "Barcelona", "place", "nearly the same letters"),
        ("Barcelone", "Barcelona", "", None),
        ("Pixel", "Pixel 8", "other", None),
        ("LA", "Los Angeles", "place", "its initials"),
        ("Holland", "Netherlands", "place", None),
        ("!", "?", "place", None),
    ],
)
def test_what_makes_it_thinkable_that_two_names_are_of_one(one: str, other: str, type: str, shown: str | None) -> None:
    assert doubt(one, other, type) == doubt(other, one, type) == shown


def test_meaning_alone_makes_it_thinkable_too_but_of_no_person() -> None:
    assert doubt("Holland", "Netherlands", "place", 0.85) == "cosine 0.85"
    assert doubt("Holland", "Netherlands", "place", 0.79) is None
    assert doubt("Bob", "Robert", "person", 0.95) is None


def test_a_name_is_no_part_of_itself() -> None:
    assert not is_part("Alice Smith", "alice smith")
    assert not is_part("Smith Smith", "Alice Smith")
