"""`mem0g answer` and `mem0g evaluate as-of`: for a person and for a program."""

from .shell import Shell


def test_an_answer_is_shown_with_what_it_rests_on(alice: Shell) -> None:
    lines = alice.text("answer", "Where did Alice live in 2024?").splitlines()
    assert lines[0] == "Alice lived in London Road from 18 November 2019 at the latest until 1 September 2025."
    assert lines[1] == "Asked: as of: 2024-01-01 to 2025-01-01, everything known (from '2024')"
    assert "Alice lives_in London Road" in lines[2]
    assert "alice, 2019-11-18" in lines[3]


def test_an_answer_for_a_program(alice: Shell) -> None:
    answer = alice.json("answer", "Since when has Alice lived in 84 Bank Street?")
    assert list(answer) == ["question", "text", "citations", "time", "abstained", "asked_at", "dates", "usage"]
    assert (answer["text"], answer["abstained"]) == ("Alice has lived in 84 Bank Street since 1 September 2025.", False)
    assert answer["citations"][0]["fact"]["object"] == "84 Bank Street"
    assert answer["dates"][0]["start"] == "2025-09-01T00:00:00Z"
    assert (answer["time"]["kind"], answer["usage"]) == ("when", {})


def test_times_and_holder_may_be_given(alice: Shell) -> None:
    assert alice.text("answer", "Where does Alice live?", "--as-of", "2024").startswith("Alice lived in London Road")
    assert alice.text("answer", "Where does Alice live?", "--holder", "Bob").startswith("As Bob has it:")
    assert alice.text("answer", "Where does Alice live?", "--as-is").startswith("Alice has lived in 84 Bank Street")
    assert alice.text("answer", "Where did Alice live in 2024?", "--as-is").startswith("Not known.")


def test_what_is_not_known_is_said(alice: Shell) -> None:
    assert alice.text("answer", "Where does Alice's sister live?").splitlines()[0] == "Not known."


def test_the_suite_is_asked_for_a_person_and_for_a_program(alice: Shell) -> None:
    shown = alice.text("evaluate", "as-of", "--ledgers", "1", "--seed", "3", "--verbose", user=None)
    assert "templates: " in shown
    assert "asserted wrongly" in shown
    scores = alice.json("evaluate", "as-of", "--ledgers", "1", "--seed", "3", user=None)
    assert scores[0]["name"] == "templates"
    assert scores[0]["kinds"]["until"] == {"asked": 20, "right": 20, "asserted_wrongly": 0}
    for count in ("asked", "right", "asserted_wrongly"):
        assert scores[0]["total"][count] == sum(tally[count] for tally in scores[0]["kinds"].values())
    assert scores[0]["share"] == scores[0]["total"]["right"] / scores[0]["total"]["asked"]
    assert alice.json("graphs", user=None) == ["user:alice"]
