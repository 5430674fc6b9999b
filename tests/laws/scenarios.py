"""Worked examples as data: what is said, and what must then be believed, by design.md §3.

Each holds in every order in which its steps can arrive: a step that names another (`corrects`, `retract`, `forget`) comes
after it, and nothing else is bound. What is said is said at midnight UTC unless it says more, and times are written
as `mem0g.period.show` writes them; None is an unknown start or an open end.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

JAN, FEB, MAR, APR, MAY, JUN = (f"2026-{month:02}-01" for month in range(1, 7))

Believed = tuple[str, str, str, str | None, str | None]
"""Subject, predicate, object, valid_at, invalid_at."""

Row = tuple[str, str, str | None, str | None, str | None]
"""Object, known from, known to, valid from, valid to: the columns of the table of law 5."""


@dataclass(frozen=True)
class Step:
    """One call of the public API.

    Attributes:
        call: the method of `Memory`.
        arguments: its arguments; `corrects`, `retract`'s claim and `forget`'s episode are given as the name of an earlier step.
        name: what other steps call it.
    """

    call: str
    arguments: Mapping[str, Any]
    name: str = ""

    @property
    def needs(self) -> set[str]:
        """The steps that must have come before it."""
        return {self.arguments[key] for key in ("corrects", "claim_of", "episode_of") if key in self.arguments}


@dataclass(frozen=True)
class Asked:
    """A question to `Memory.facts`, and the answer."""

    query: Mapping[str, Any]
    answer: set[Believed]


@dataclass(frozen=True)
class Scenario:
    """What is said, what is then asked at the instant `now`, and every version of one predicate of Alice."""

    name: str
    steps: tuple[Step, ...]
    asked: tuple[Asked, ...] = ()
    versions: set[Row] | None = None
    predicate: str = "lives_in"
    now: str = "2026-07-01"


def said(at: str, object: str | None, predicate: str = "lives_in", subject: str = "Alice", name: str = "", **more: Any) -> Step:
    """`add_fact`, said at midnight of a day or at the time given."""
    occurred_at = at if "T" in at else f"{at}T00:00:00Z"
    return Step(
        "add_fact", {"subject": subject, "predicate": predicate, "object": object, "occurred_at": occurred_at, **more}, name or object or ""
    )


def retract(at: str, name: str) -> Step:
    return Step("retract", {"claim_of": name, "occurred_at": f"{at}T00:00:00Z", "reason": "a mistake"})


def forget(name: str) -> Step:
    return Step("forget", {"episode_of": name})


def lives(place: str, since: str | None = None, until: str | None = None) -> Believed:
    return ("Alice", "lives_in", place, since, until)


def ask(*answer: Believed, **query: Any) -> Asked:
    return Asked(query, set(answer))


def instant(day: str) -> str:
    return f"{day}T00:00:00Z"


BANK_STREET = Scenario(
    "law 5: 84 Bank Street",
    (said("2019-11-18", "London Road"), said("2025-08-13", "84 Bank Street", valid_at="2025-09-01")),
    (
        ask(lives("84 Bank Street", "2025-09-01")),
        ask(lives("London Road", "2019-11-18", "2025-09-01"), as_of="2025-08-20"),
        ask(lives("London Road", "2019-11-18", "2025-09-01"), as_of="2025-08-31"),
        ask(lives("84 Bank Street", "2025-09-01"), as_of="2025-09-01"),
        ask(lives("London Road", "2019-11-18", "2025-09-01"), lives("84 Bank Street", "2025-09-01"), as_of="2025"),
        ask(lives("London Road", "2019-11-18"), as_of="2025-10-01", known_at="2025-08-12"),
        ask(lives("84 Bank Street", "2025-09-01"), as_of="2025-10-01", known_at="2025-08-13"),
        ask(as_of="2019-11-17"),
        ask(known_at="2019-11-17"),
    ),
    {
        ("London Road", "2019-11-18", "2025-08-13", "2019-11-18", None),
        ("London Road", "2025-08-13", None, "2019-11-18", "2025-09-01"),
        ("84 Bank Street", "2025-08-13", None, "2025-09-01", None),
    },
)

TEN_CASES = (
    Scenario(
        "case 1: a late Madrid between Lisbon and Porto",
        (said(JAN, "Lisbon"), said(MAR, "Porto"), said(FEB, "Madrid", valid_at=FEB)),
        (
            ask(lives("Porto", MAR)),
            ask(lives("Madrid", FEB, MAR), as_of="2026-02-15"),
            ask(lives("Madrid", FEB), as_of="2026-02-15", known_at="2026-02-15"),
            ask(lives("Lisbon", JAN, FEB), as_of="2026-01-15"),
            ask(lives("Lisbon", JAN), as_of="2026-04-01", known_at="2026-01-15"),
        ),
        {
            ("Lisbon", JAN, FEB, JAN, None),
            ("Lisbon", FEB, None, JAN, FEB),
            ("Madrid", FEB, MAR, FEB, None),
            ("Madrid", MAR, None, FEB, MAR),
            ("Porto", MAR, None, MAR, None),
        },
    ),
    Scenario(
        "case 2: Oslo, and Bergen since 2025",
        (said(FEB, "Oslo"), said(MAR, "Bergen", valid_at="2025")),
        (
            ask(lives("Bergen", MAR)),
            ask(lives("Oslo", FEB, MAR), as_of="2026-02-15"),
            ask(lives("Bergen", "2025-01-01", FEB), as_of="2025-06-01"),
            ask(lives("Bergen", "2025-01-01", FEB), lives("Oslo", FEB, MAR), lives("Bergen", MAR), as_of=("2025-01-01", "2026-04-01")),
            ask(as_of="2025-06-01", known_at="2026-02-15"),
        ),
        {
            ("Oslo", FEB, MAR, FEB, None),
            ("Oslo", MAR, None, FEB, MAR),
            ("Bergen", MAR, None, "2025-01-01", FEB),
            ("Bergen", MAR, None, MAR, None),
        },
    ),
    Scenario(
        "case 3: what Bob thinks leaves the record alone",
        (said(JAN, "Lisbon"), said(FEB, "Paris", holder="Bob"), said(MAR, "Rome", holder="Bob")),
        (
            ask(lives("Lisbon", JAN)),
            ask(lives("Rome", MAR), holder="Bob"),
            ask(lives("Paris", FEB, MAR), holder="Bob", as_of="2026-02-15"),
            ask(lives("Paris", FEB), holder="Bob", as_of=MAY, known_at="2026-02-15"),
            ask(holder="Bob", as_of="2026-01-15"),
            ask(lives("Lisbon", JAN), holder="Alice"),
            ask(holder="Carol"),
        ),
    ),
    Scenario(
        "case 4: I meant Porto",
        (said(JAN, "Oslo"), said(MAR, "Lisbon", valid_at="2026-02-26"), said("2026-03-10", "Porto", corrects="Lisbon")),
        (
            ask(lives("Porto", "2026-02-26")),
            ask(lives("Porto", "2026-02-26"), as_of="2026-03-05"),
            ask(lives("Lisbon", "2026-02-26"), as_of="2026-03-05", known_at="2026-03-05"),
            ask(lives("Lisbon", "2026-02-26"), known_at="2026-03-09"),
            ask(lives("Oslo", JAN, "2026-02-26"), as_of="2026-02-25"),
        ),
        {
            ("Oslo", JAN, MAR, JAN, None),
            ("Oslo", MAR, None, JAN, "2026-02-26"),
            ("Lisbon", MAR, "2026-03-10", "2026-02-26", None),
            ("Porto", "2026-03-10", None, "2026-02-26", None),
        },
    ),
    Scenario(
        "case 5: no longer in Lisbon, and no word of where",
        (said(JAN, "Oslo"), said(FEB, "Lisbon"), said(MAR, "Lisbon", name="left", negated=True)),
        (
            ask(),
            ask(lives("Lisbon", FEB, MAR), as_of="2026-02-15"),
            ask(lives("Lisbon", FEB), as_of=MAY, known_at="2026-02-15"),
        ),
        {
            ("Oslo", JAN, FEB, JAN, None),
            ("Oslo", FEB, None, JAN, FEB),
            ("Lisbon", FEB, MAR, FEB, None),
            ("Lisbon", MAR, None, FEB, MAR),
        },
    ),
    Scenario(
        "case 5: had Lisbon a stated end, Oslo would be back",
        (said(JAN, "Oslo"), said(FEB, "Lisbon", invalid_at=MAR)),
        (ask(lives("Oslo", MAR)), ask(lives("Lisbon", FEB, MAR), as_of="2026-02-15"), ask(lives("Oslo", JAN, FEB), as_of="2026-01-15")),
        {
            ("Oslo", JAN, FEB, JAN, None),
            ("Oslo", FEB, None, JAN, FEB),
            ("Oslo", FEB, None, MAR, None),
            ("Lisbon", FEB, None, FEB, MAR),
        },
    ),
    Scenario(
        "case 6: visited Paris on 3 May",
        (said("2026-05-10", "Paris", "visited", event=True, valid_at="2026-05-03"),),
        (
            ask(("Alice", "visited", "Paris", "2026-05-03", "2026-05-04")),
            ask(("Alice", "visited", "Paris", "2026-05-03", "2026-05-04"), as_of="2026-05"),
            ask(("Alice", "visited", "Paris", "2026-05-03", "2026-05-04"), as_of="2026-05-03"),
            ask(("Alice", "visited", "Paris", "2026-05-03", "2026-05-04"), as_of=instant(JUN)),
            ask(as_of="2026-06"),
            ask(as_of=instant("2026-05-02")),
            ask(known_at="2026-05-09"),
        ),
        {("Paris", "2026-05-10", None, "2026-05-03", "2026-05-04")},
        predicate="visited",
        now=JUN,
    ),
    Scenario(
        "case 7: known in March, known on 1 April",
        (said("2026-04-01T00:00:00Z", "Lisbon"), said("2026-04-01T23:59:59.999999Z", "sushi", "likes")),
        (
            ask(known_at="2026-03"),
            ask(known_at="2026-03-31"),
            ask(lives("Lisbon", APR), known_at=instant(APR)),
            ask(lives("Lisbon", APR), ("Alice", "likes", "sushi", "2026-04-01T23:59:59.999999Z", None), known_at="2026-04-01"),
        ),
    ),
    Scenario(
        "case 7: invalid_at a month ends where the month starts",
        (said("2026-01-10", "Lisbon", valid_at="2026", invalid_at="2026-03"),),
        (ask(), ask(lives("Lisbon", JAN, MAR), as_of="2026-02-28"), ask(as_of=instant(MAR))),
        {("Lisbon", "2026-01-10", None, JAN, MAR)},
    ),
    Scenario(
        "case 8: sushi, pizza, no sushi, sushi again",
        (
            said(JAN, "sushi", "likes"),
            said(FEB, "pizza", "likes"),
            said(MAR, "sushi", "likes", name="not", negated=True),
            said(APR, "sushi", "likes", name="again"),
        ),
        (
            ask(("Alice", "likes", "sushi", APR, None), ("Alice", "likes", "pizza", FEB, None)),
            ask(("Alice", "likes", "pizza", FEB, None), as_of="2026-03-15"),
            ask(("Alice", "likes", "sushi", JAN, MAR), ("Alice", "likes", "pizza", FEB, None), as_of="2026-02-15"),
            ask(("Alice", "likes", "sushi", JAN, None), ("Alice", "likes", "pizza", FEB, None), as_of=MAY, known_at="2026-02-15"),
        ),
        {
            ("sushi", JAN, MAR, JAN, None),
            ("sushi", MAR, None, JAN, MAR),
            ("sushi", APR, None, APR, None),
            ("pizza", FEB, None, FEB, None),
        },
        predicate="likes",
    ),
    Scenario(
        "case 9: retracted in March, and a late word of January is still believed",
        (said(FEB, "Lisbon"), retract(MAR, "Lisbon"), said(JAN, "Lisbon", name="late")),
        (ask(lives("Lisbon", JAN)), ask(lives("Lisbon", JAN), known_at="2026-01-15")),
        {("Lisbon", JAN, None, JAN, None)},
    ),
    Scenario(
        "case 9: adding the retracted again changes nothing",
        (said(FEB, "Lisbon"), retract(MAR, "Lisbon"), said(FEB, "Lisbon", name="again")),
        (ask(), ask(lives("Lisbon", FEB), known_at="2026-02-15")),
        {("Lisbon", FEB, MAR, FEB, None)},
    ),
    Scenario(
        "case 10: a plan never becomes an address, and still living there is no news",
        (said(JAN, "Lisbon"), said(FEB, "move to Berlin in September", "plans"), said(APR, "Lisbon", name="still")),
        (
            ask(lives("Lisbon", JAN), predicate="lives_in"),
            ask(lives("Lisbon", JAN), as_of="2026-10-01", predicate="lives_in"),
            ask(("Alice", "plans", "move to Berlin in September", FEB, None), predicate="plans"),
        ),
        {("Lisbon", JAN, None, JAN, None)},
        now="2026-10-01",
    ),
)

CHANGES = (
    Scenario(
        "there and back: Oslo, Bergen, Oslo",
        (said(JAN, "Oslo"), said(MAR, "Bergen"), said(JUN, "Oslo", name="back")),
        (
            ask(lives("Oslo", JUN)),
            ask(lives("Bergen", MAR, JUN), as_of="2026-04-15"),
            ask(lives("Oslo", JAN, MAR), as_of="2026-02-15"),
            ask(lives("Oslo", JAN, MAR), lives("Bergen", MAR, JUN), lives("Oslo", JUN), as_of="2026"),
        ),
        {
            ("Oslo", JAN, MAR, JAN, None),
            ("Oslo", MAR, None, JAN, MAR),
            ("Bergen", MAR, JUN, MAR, None),
            ("Bergen", JUN, None, MAR, JUN),
            ("Oslo", JUN, None, JUN, None),
        },
    ),
    Scenario(
        "two since the same time: each is believed of its own present, the later of the past",
        (said(JAN, "Oslo", valid_at="2020"), said(FEB, "Bergen", valid_at="2020")),
        (
            ask(lives("Bergen", FEB)),
            ask(lives("Oslo", JAN, FEB), as_of="2026-01-15"),
            ask(lives("Bergen", "2020-01-01", JAN), as_of="2023"),
            ask(lives("Oslo", "2020-01-01"), as_of="2023", known_at="2026-01-15"),
        ),
        {
            ("Oslo", JAN, FEB, "2020-01-01", None),
            ("Oslo", FEB, None, JAN, FEB),
            ("Bergen", FEB, None, "2020-01-01", JAN),
            ("Bergen", FEB, None, FEB, None),
        },
    ),
    Scenario(
        "a stay long over is a parenthesis",
        (said(JAN, "Oslo", valid_at="2005"), said(FEB, "Paris", valid_at="2010", invalid_at="2012")),
        (
            ask(lives("Oslo", "2012-01-01")),
            ask(lives("Paris", "2010-01-01", "2012-01-01"), as_of="2011"),
            ask(lives("Oslo", "2005-01-01", "2010-01-01"), as_of="2009"),
        ),
        {
            ("Oslo", JAN, FEB, "2005-01-01", None),
            ("Oslo", FEB, None, "2005-01-01", "2010-01-01"),
            ("Oslo", FEB, None, "2012-01-01", None),
            ("Paris", FEB, None, "2010-01-01", "2012-01-01"),
        },
    ),
    Scenario(
        "until 2012, from nobody knows when",
        (said(JAN, "Oslo", valid_at="2005"), said(FEB, "Paris", invalid_at="2012")),
        (
            ask(lives("Oslo", "2005-01-01")),
            ask(lives("Paris", None, "2005-01-01"), as_of="1999"),
            ask(as_of="1999", known_at="2026-01-15"),
        ),
        {("Oslo", JAN, None, "2005-01-01", None), ("Paris", FEB, None, None, "2005-01-01")},
    ),
    Scenario(
        "until an end to come, from now",
        (said(JAN, "Lisbon", invalid_at=APR),),
        (ask(), ask(lives("Lisbon", JAN, APR), as_of="2026-03-15"), ask(as_of="2025-12-15")),
        {("Lisbon", JAN, None, JAN, APR)},
    ),
    Scenario(
        "denying Lisbon says nothing about Porto",
        (said(JAN, "Porto"), said(FEB, "Lisbon", name="not", negated=True)),
        (ask(lives("Porto", JAN)),),
        {("Porto", JAN, None, JAN, None)},
    ),
    Scenario(
        "a denial ends what a late word began, and not what is said after it",
        (said(FEB, "Lisbon", name="not", negated=True), said(JAN, "Lisbon", name="late"), said(MAR, "Lisbon", name="after")),
        (ask(lives("Lisbon", MAR)), ask(as_of="2026-02-15"), ask(lives("Lisbon", JAN, FEB), as_of="2026-01-15")),
        {("Lisbon", JAN, FEB, JAN, None), ("Lisbon", FEB, None, JAN, FEB), ("Lisbon", MAR, None, MAR, None)},
    ),
    Scenario(
        "a denial that leaves the object open ends all of them",
        (
            said(JAN, "sushi", "likes"),
            said(FEB, "pizza", "likes"),
            said(MAR, None, "likes", negated=True),
            said(APR, "pizza", "likes", name="again"),
        ),
        (ask(("Alice", "likes", "pizza", APR, None)), ask(as_of="2026-03-15")),
        {
            ("sushi", JAN, MAR, JAN, None),
            ("sushi", MAR, None, JAN, MAR),
            ("pizza", FEB, MAR, FEB, None),
            ("pizza", MAR, None, FEB, MAR),
            ("pizza", APR, None, APR, None),
        },
        predicate="likes",
    ),
    Scenario(
        "one only if both were said to be so",
        (
            said(JAN, "tea", "drinks", exclusive=True),
            said(FEB, "coffee", "drinks", exclusive=True),
            said(MAR, "water", "drinks", exclusive=False),
        ),
        (
            ask(("Alice", "drinks", "coffee", FEB, None), ("Alice", "drinks", "water", MAR, None)),
            ask(("Alice", "drinks", "tea", JAN, FEB), as_of="2026-01-15"),
        ),
        {
            ("tea", JAN, FEB, JAN, None),
            ("tea", FEB, None, JAN, FEB),
            ("coffee", FEB, None, FEB, None),
            ("water", MAR, None, MAR, None),
        },
        predicate="drinks",
    ),
    Scenario(
        "a move called off was never so",
        (
            said("2019-11-18", "London Road"),
            said("2025-08-13", "84 Bank Street", valid_at="2025-09-01"),
            said("2025-08-20", "84 Bank Street", name="called off", negated=True, corrects="84 Bank Street"),
        ),
        (ask(lives("London Road", "2019-11-18")), ask(lives("84 Bank Street", "2025-09-01"), known_at="2025-08-15")),
        {
            ("London Road", "2019-11-18", "2025-08-13", "2019-11-18", None),
            ("London Road", "2025-08-13", "2025-08-20", "2019-11-18", "2025-09-01"),
            ("London Road", "2025-08-20", None, "2019-11-18", None),
            ("84 Bank Street", "2025-08-13", "2025-08-20", "2025-09-01", None),
        },
    ),
)

CORRECTIONS = (
    Scenario(
        "law 6: a change ends, a correction undoes",
        (said(JAN, "Lisbon"), said(MAR, "Porto")),
        (ask(lives("Porto", MAR)), ask(lives("Lisbon", JAN, MAR), as_of="2026-02-15")),
    ),
    Scenario(
        "law 6: I meant Porto, not Lisbon",
        (said(JAN, "Lisbon"), said(MAR, "Porto", corrects="Lisbon")),
        (
            ask(lives("Porto", JAN)),
            ask(lives("Porto", JAN), as_of="2026-02-15"),
            ask(lives("Lisbon", JAN), as_of="2026-02-15", known_at="2026-02-15"),
        ),
        {("Lisbon", JAN, MAR, JAN, None), ("Porto", MAR, None, JAN, None)},
    ),
    Scenario(
        "I never lived in Lisbon",
        (said(JAN, "Oslo"), said(FEB, "Lisbon"), said(MAR, "Lisbon", name="never", negated=True, corrects="Lisbon")),
        (ask(lives("Oslo", JAN)), ask(lives("Lisbon", FEB), known_at="2026-02-15"), ask(lives("Oslo", JAN), as_of="2026-02-15")),
        {
            ("Oslo", JAN, FEB, JAN, None),
            ("Oslo", FEB, MAR, JAN, FEB),
            ("Oslo", MAR, None, JAN, None),
            ("Lisbon", FEB, MAR, FEB, None),
        },
    ),
    Scenario(
        "a correction that is itself corrected has no force",
        (
            said(JAN, "Lisbon"),
            said(FEB, "Porto", corrects="Lisbon"),
            said(MAR, "Porto", name="never", negated=True, corrects="Porto"),
        ),
        (ask(lives("Lisbon", JAN)), ask(lives("Porto", JAN), known_at="2026-02-15")),
        {("Lisbon", JAN, FEB, JAN, None), ("Porto", FEB, MAR, JAN, None), ("Lisbon", MAR, None, JAN, None)},
    ),
    Scenario(
        "a correction with a time of its own keeps it",
        (said(JAN, "Lisbon"), said(MAR, "Porto", valid_at="2026-02", corrects="Lisbon")),
        (ask(lives("Porto", FEB)), ask(as_of="2026-01-15")),
        {("Lisbon", JAN, MAR, JAN, None), ("Porto", MAR, None, FEB, None)},
    ),
    Scenario(
        "a corrected event keeps its day",
        (
            said("2026-05-10", "Rome", "visited", event=True, valid_at="2026-05-03", invalid_at="2026-05-04"),
            said("2026-05-11", "Milan", "visited", event=True, corrects="Rome"),
        ),
        (ask(("Alice", "visited", "Milan", "2026-05-03", "2026-05-04")),),
        {
            ("Rome", "2026-05-10", "2026-05-11", "2026-05-03", "2026-05-04"),
            ("Milan", "2026-05-11", None, "2026-05-03", "2026-05-04"),
        },
        predicate="visited",
    ),
    Scenario(
        "a retracted correction has no force",
        (said(JAN, "Lisbon"), said(MAR, "Porto", corrects="Lisbon"), retract(APR, "Porto")),
        (ask(lives("Lisbon", JAN)), ask(lives("Porto", JAN), known_at="2026-03-15")),
        {("Lisbon", JAN, MAR, JAN, None), ("Porto", MAR, APR, JAN, None), ("Lisbon", APR, None, JAN, None)},
    ),
    Scenario(
        "law 11: retracting Lisbon revives Oslo from then on",
        (said(JAN, "Oslo"), said(FEB, "Lisbon"), retract(MAR, "Lisbon")),
        (ask(lives("Oslo", JAN)), ask(lives("Lisbon", FEB), known_at="2026-02-15")),
        {
            ("Oslo", JAN, FEB, JAN, None),
            ("Oslo", FEB, MAR, JAN, FEB),
            ("Oslo", MAR, None, JAN, None),
            ("Lisbon", FEB, MAR, FEB, None),
        },
    ),
    Scenario(
        "law 11: forgetting Lisbon revives Oslo as if nothing had been",
        (said(JAN, "Oslo"), said(FEB, "Lisbon"), forget("Lisbon")),
        (ask(lives("Oslo", JAN)), ask(lives("Oslo", JAN), known_at="2026-02-15")),
        {("Oslo", JAN, None, JAN, None)},
    ),
    Scenario(
        "law 11: forgetting a correction leaves what it corrected",
        (said(JAN, "Lisbon"), said(MAR, "Porto", corrects="Lisbon"), forget("Porto")),
        (ask(lives("Lisbon", JAN)),),
        {("Lisbon", JAN, None, JAN, None)},
    ),
    Scenario(
        "law 11: retracted, and said again",
        (said(JAN, "Lisbon"), retract(MAR, "Lisbon"), said(APR, "Lisbon", name="again")),
        (ask(lives("Lisbon", APR)), ask(as_of="2026-02-15")),
        {("Lisbon", JAN, MAR, JAN, None), ("Lisbon", APR, None, APR, None)},
    ),
)

NAMES_AND_TIMES = (
    Scenario(
        "look-alike names are different places and people",
        (
            said(JAN, "Munich"),
            said(FEB, "Berlin"),
            said(FEB, "New Berlin", subject="Alice Smith"),
            said(MAR, "Munich Airport", "works_for"),
        ),
        (
            ask(lives("Berlin", FEB), ("Alice", "works_for", "Munich Airport", MAR, None), subject="Alice"),
            ask(("Alice Smith", "lives_in", "New Berlin", FEB, None), subject="Alice Smith"),
            ask(lives("Munich", JAN, FEB), as_of="2026-01-15", object="Munich"),
            ask(object="Munich"),
            ask(subject="Ali"),
        ),
        {("Munich", JAN, FEB, JAN, None), ("Munich", FEB, None, JAN, FEB), ("Berlin", FEB, None, FEB, None)},
    ),
    Scenario(
        "one name, however it is spaced and however the predicate is written",
        (said(JAN, "Lisbon"), said(FEB, "Lisbon", "Lives in", name="again"), said(MAR, " Lisbon ", "lives-in", name="and again")),
        (ask(lives("Lisbon", JAN)), ask(lives("Lisbon", JAN), object="lisbon", subject="ALICE", predicate="Lives In")),
        {("Lisbon", JAN, None, JAN, None)},
    ),
    Scenario(
        "said elsewhere in the world",
        (said("2026-03-31T23:30:00-02:00", "Lisbon"),),
        (ask(known_at="2026-03"), ask(lives("Lisbon", "2026-04-01T01:30:00Z"), known_at="2026-04")),
        {("Lisbon", "2026-04-01T01:30:00Z", None, "2026-04-01T01:30:00Z", None)},
    ),
    Scenario(
        "law 7: what is to come and what is over is not current",
        (
            said(JAN, "Lisbon"),
            said(JAN, "Acme", "works_for", valid_at="2025", invalid_at=APR),
            said(JAN, "Globex", "works_for", valid_at="2026-09"),
            said(JAN, "Rome", "visited", event=True, valid_at="2026-08-03", invalid_at="2026-08-10"),
            said(JAN, "Paris", "visited", event=True, valid_at="2025-08-03", invalid_at="2025-08-10"),
        ),
        (
            ask(lives("Lisbon", JAN), ("Alice", "visited", "Paris", "2025-08-03", "2025-08-10")),
            ask(
                lives("Lisbon", JAN),
                ("Alice", "works_for", "Globex", "2026-09-01", None),
                ("Alice", "visited", "Paris", "2025-08-03", "2025-08-10"),
                ("Alice", "visited", "Rome", "2026-08-03", "2026-08-10"),
                as_of=instant("2026-10-01"),
            ),
            ask(lives("Lisbon", JAN), ("Alice", "visited", "Rome", "2026-08-03", "2026-08-10"), as_of="2026-08"),
            ask(("Alice", "works_for", "Acme", "2025-01-01", APR), as_of="2025-12"),
        ),
    ),
    Scenario(
        "two jobs at once until one is denied",
        (said(JAN, "chess", "plays"), said(FEB, "go", "plays"), said(MAR, "chess", "plays", name="quit", negated=True)),
        (ask(("Alice", "plays", "go", FEB, None)), ask(("Alice", "plays", "chess", JAN, MAR), as_of="2026-01-15")),
        {("chess", JAN, MAR, JAN, None), ("chess", MAR, None, JAN, MAR), ("go", FEB, None, FEB, None)},
        predicate="plays",
    ),
    Scenario(
        "two events of one kind never compete",
        (
            said(MAY, "Paris", "visited", event=True, valid_at="2026-04-03", invalid_at="2026-04-05"),
            said(MAY, "Rome", "visited", event=True, valid_at="2026-04-03", invalid_at="2026-04-05", exclusive=True),
        ),
        (
            ask(
                ("Alice", "visited", "Paris", "2026-04-03", "2026-04-05"),
                ("Alice", "visited", "Rome", "2026-04-03", "2026-04-05"),
            ),
        ),
        {("Paris", MAY, None, "2026-04-03", "2026-04-05"), ("Rome", MAY, None, "2026-04-03", "2026-04-05")},
        predicate="visited",
    ),
)

SCENARIOS = (BANK_STREET, *TEN_CASES, *CHANGES, *CORRECTIONS, *NAMES_AND_TIMES)
