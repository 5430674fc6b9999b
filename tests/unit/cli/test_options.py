"""What the API calls its arguments is told as the command's user writes it."""

import pytest

from mem0g.cli import main
from mem0g.cli.options import as_typed

ADD_FACT = main.commands["add-fact"].params


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("valid_at='soon' is no time", "--valid-at 'soon' is no time"),
        ("invalid_at=2025 is before valid_at=2026: [valid_at, …)", "--invalid-at 2025 is before --valid-at 2026: [valid_at, …)"),
        ("user_id='' is empty", "--user '' is empty"),
        ("subject='' is empty", "SUBJECT '' is empty"),
        ("object=None, and negated=True is missing", "no OBJECT, and --negated is missing"),
        ("exclusive=True, exclusive=False, exclusive=None", "--exclusive, --many, no --exclusive"),
        ("event=False", "no --event"),
        ("one of episode_id= and text=", "one of --episode-id  and --text "),
        ("as_of='x' is of another command", "as_of='x' is of another command"),
    ],
)  # fmt: skip
def test_arguments_are_told_as_options(message: str, told: str) -> None:
    assert as_typed(message, ADD_FACT) == told


@pytest.mark.parametrize("message", ["'holder=x' is no name", "“text=y” was said", "a.holder=3", "the_holder=3"])
def test_what_is_quoted_or_part_of_a_word_stays(message: str) -> None:
    assert as_typed(message, ADD_FACT) == message
