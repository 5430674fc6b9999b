"""Short ids stand for whole ones where only one begins so."""

import pytest

from mem0g.cli.ids import short, whole
from mem0g.errors import InvalidInput

A, B = "aaaaaaaa-1111", "aaaaaaaa-2222"


def test_the_only_id_that_begins_so() -> None:
    assert whole("aaaaaaaa-1", [A, B, A]) == A


def test_an_id_is_itself() -> None:
    assert whole(A, [A, A + "0"]) == A


@pytest.mark.parametrize("given", ["aaaaaaa", "bbbbbbbb", ""])
def test_what_is_too_short_or_begins_none_is_left_as_it_is(given: str) -> None:
    assert whole(given, [A]) == given


def test_what_begins_several_is_refused() -> None:
    with pytest.raises(InvalidInput, match="begins 2 ids"):
        whole("aaaaaaaa", [A, B])


def test_as_many_characters_as_tell_ids_apart() -> None:
    assert short([A]) == 8
    assert short([A, B]) == 10
    assert short([]) == 8
