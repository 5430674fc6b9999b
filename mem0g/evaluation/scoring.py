"""What was read of a case against what a careful reader finds in it. Pure.

A claim is right where subject, predicate, object, polarity, kind, holder and correction are those of a gold claim; its times and what it
does to given facts are counted apart, of the right ones. Objects of plans and events, which are in the reader's words, are compared
by their head words. Claims that the gold marks optional count neither way.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import reduce

from mem0g.evaluation.gold import Case, WantedClaim
from mem0g.model import Operation, normalise
from mem0g.period import show

_SMALL_WORDS = {"a", "an", "the", "my", "our", "in", "on", "to", "of", "for"}


@dataclass(frozen=True, slots=True)
class ReadClaim:
    """A claim that was read, by names.

    Attributes:
        object: None for a denial that leaves it open.
        valid_from, valid_to: as stated, closed-open; None where unstated.
        operations: what it was judged to do to given facts, by their places; what coexists with all of them has none.
    """

    subject: str
    predicate: str
    object: str | None
    negated: bool = False
    event: bool = False
    holder: str | None = None
    correction: bool = False
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    operations: frozenset[tuple[Operation, int]] = frozenset()

    def __str__(self) -> str:
        return _shown(self, self.valid_from, self.valid_to)


@dataclass(frozen=True, slots=True)
class Observation:
    """What became of a case.

    Attributes:
        claims: what was read, in the order of the text.
        before: the places of the given facts that were believed, current and of open end before the message.
        after: those that still are just after it.
        failure: why the message could not be read; empty where it was.
    """

    claims: Sequence[ReadClaim] = ()
    before: frozenset[int] = frozenset()
    after: frozenset[int] = frozenset()
    failure: str = ""


class Fault(StrEnum):
    """What can be wrong with what was read."""

    WRONG = "wrong"
    """A claim that the gold does not have."""
    MISSED = "missed"
    """A claim of the gold that was not read."""
    MISTIMED = "mistimed"
    """A right claim with another start or end."""
    MISJUDGED = "misjudged"
    """A right claim that does something else to the given facts."""
    RETIRED = "wrongly retired"
    """A given fact that no longer stands, and should."""
    OVERDUE = "still standing"
    """A given fact that should have ended, and stands."""
    UNREAD = "unread"
    """A message that could not be read."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault.

    Attributes:
        case: the id of the case; `message` its text.
        what: the claim or the fact, as it was read and, where that differs, as the gold has it.
    """

    fault: Fault
    case: str
    what: str
    message: str


@dataclass(frozen=True, slots=True)
class Counts:
    """What was found, what was found wrongly, and what was not found."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Both together."""
        return Counts(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float | None:
        """The part of what was found that is right, 0 to 1; None where nothing was found."""
        return share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float | None:
        """The part of what is to be found that was found; None where nothing is."""
        return share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where there was nothing to find, and nothing was found."""
        return share(2 * self.right, 2 * self.right + self.wrong + self.missed)


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over cases.

    Attributes:
        triplets: claims, apart from their times and from what they do to given facts.
        timed: how many of the right ones have the right start and end.
        operations: of the right claims of cases that give facts: what each does to each fact that it touches, and ADD for one that
            touches none.
        optional: claims read that are neither right nor wrong.
        silent: cases of which nothing is to be read; `broken`: those of which something was.
        standing: given facts that are to stand; `retired`: those that do not.
        ending: given facts that are to end; `overdue`: those that stand.
        unread: cases that could not be read.
    """

    cases: int = 0
    triplets: Counts = Counts()
    timed: int = 0
    operations: Mapping[Operation, Counts] = field(default_factory=dict)
    optional: int = 0
    silent: int = 0
    broken: int = 0
    standing: int = 0
    retired: int = 0
    ending: int = 0
    overdue: int = 0
    unread: int = 0

    def __add__(self, other: "Score") -> "Score":
        """The score over the cases of both."""
        there = [operation for operation in Operation if operation in self.operations or operation in other.operations]
        return Score(
            cases=self.cases + other.cases,
            triplets=self.triplets + other.triplets,
            timed=self.timed + other.timed,
            operations={each: self.operations.get(each, Counts()) + other.operations.get(each, Counts()) for each in there},
            optional=self.optional + other.optional,
            silent=self.silent + other.silent,
            broken=self.broken + other.broken,
            standing=self.standing + other.standing,
            retired=self.retired + other.retired,
            ending=self.ending + other.ending,
            overdue=self.overdue + other.overdue,
            unread=self.unread + other.unread,
        )

    @property
    def times(self) -> float | None:
        """The part of the right claims that have the right times; None where none is right."""
        return share(self.timed, self.triplets.right)

    @property
    def judged(self) -> Counts:
        """All operations together."""
        return sum(self.operations.values(), start=Counts())


@dataclass(frozen=True, slots=True)
class Mark:
    """The score of one case, and what was wrong."""

    category: str
    score: Score
    findings: Sequence[Finding] = ()


def share(part: int, whole: int) -> float | None:
    """`part` of `whole`; None of nothing."""
    return part / whole if whole else None


def total(marks: Iterable[Mark]) -> Score:
    """The score over all of these cases."""
    return reduce(Score.__add__, (mark.score for mark in marks), Score())


def by_category(marks: Sequence[Mark]) -> dict[str, Score]:
    """The score of each category, in the order they first come."""
    return {name: total(mark for mark in marks if mark.category == name) for name in dict.fromkeys(mark.category for mark in marks)}


def mark(case: Case, seen: Observation) -> Mark:
    """The score of a case."""
    pairs, wrong, missed = _matched(case, seen.claims)
    right = [(read, wanted) for read, wanted in pairs if not wanted.optional]
    mistimed = [(read, wanted) for read, wanted in right if not is_timed(read, wanted, case.said)]
    ended = {index for index, given in enumerate(case.given) if given.ended}
    retired, overdue = (seen.before - ended) - seen.after, seen.before & ended & seen.after
    score = Score(
        cases=1,
        triplets=Counts(len(right), len(wrong), len(missed)),
        timed=len(right) - len(mistimed),
        operations=_operations(right) if case.given else {},
        optional=len(pairs) - len(right),
        silent=int(not case.claims),
        broken=int(not case.claims and bool(seen.claims)),
        standing=len(seen.before - ended),
        retired=len(retired),
        ending=len(seen.before & ended),
        overdue=len(overdue),
        unread=int(bool(seen.failure)),
    )
    misjudged = [(read, wanted) for read, wanted in right if read.operations != _wanted(wanted)]
    told = [
        *((Fault.UNREAD, reason) for reason in (seen.failure,) if reason),
        *((Fault.WRONG, str(read)) for read in wrong),
        *((Fault.MISSED, shown(wanted)) for wanted in missed),
        *((Fault.MISTIMED, f"{read}; gold: {shown(wanted)}") for read, wanted in mistimed),
        *((Fault.MISJUDGED, f"{read}: {_doing(read.operations)}; gold: {_doing(_wanted(wanted))}") for read, wanted in misjudged),
        *((Fault.RETIRED, case.given[index].text) for index in sorted(retired)),
        *((Fault.OVERDUE, case.given[index].text) for index in sorted(overdue)),
    ]
    return Mark(case.category, score, tuple(Finding(fault, case.id, what, case.text) for fault, what in told))


def is_same(read: ReadClaim, wanted: WantedClaim) -> bool:
    """Whether a claim says what the gold claim says, apart from times."""
    if (normalise(read.subject), read.predicate, read.negated, read.event, normalise(read.holder or ""), read.correction) != (
        normalise(wanted.subject), wanted.predicate, wanted.negated, wanted.event, normalise(wanted.holder or ""), wanted.correction,
    ):  # fmt: skip
        return False
    mine, theirs = _words(read.object), _words(wanted.object)
    if mine == theirs:
        return True
    loose = read.event or read.predicate == "plans"
    return loose and bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def is_timed(read: ReadClaim, wanted: WantedClaim, said: datetime) -> bool:
    """Whether a right claim has the times of the gold claim. A correction without a time takes over that of what it corrects."""
    if read.correction and read.valid_from is None and read.valid_to is None:
        return True
    start = _start(read.valid_from, read.valid_to, said, event=read.event)
    wanted_start = _start(wanted.valid_from, wanted.valid_to, said, event=wanted.event)
    if wanted.valid_from_until is not None and wanted_start is not None:
        return start is not None and wanted_start <= start < wanted.valid_from_until and read.valid_to == wanted.valid_to
    return (start, read.valid_to) == (wanted_start, wanted.valid_to)


def shown(wanted: WantedClaim) -> str:
    """A gold claim as `ReadClaim` is shown."""
    window = "" if wanted.valid_from_until is None else f" (start before {show(wanted.valid_from_until)})"
    return _shown(wanted, wanted.valid_from, wanted.valid_to) + window


def _matched(case: Case, claims: Iterable[ReadClaim]) -> tuple[list[tuple[ReadClaim, WantedClaim]], list[ReadClaim], list[WantedClaim]]:
    """Claims with the gold claims they are, each taken once; those that are none; and the gold claims that are left and had to be read."""
    left, pairs, wrong = list(case.claims), list[tuple[ReadClaim, WantedClaim]](), list[ReadClaim]()
    for read in claims:
        fitting = [wanted for wanted in left if is_same(read, wanted)]
        if not fitting:
            wrong.append(read)
            continue
        best = min(fitting, key=lambda wanted: (wanted.optional, not is_timed(read, wanted, case.said)))
        left.remove(best)
        pairs.append((read, best))
    return pairs, wrong, [wanted for wanted in left if not wanted.optional]


def _operations(right: Iterable[tuple[ReadClaim, WantedClaim]]) -> dict[Operation, Counts]:
    """What right claims do to given facts, and what they should; a claim that touches none is an ADD."""
    counted: dict[Operation, Counts] = {}
    for read, wanted in right:
        mine, theirs = _or_add(read.operations), _or_add(_wanted(wanted))
        for does, counts in (
            (mine & theirs, Counts(right=1)),
            (mine - theirs, Counts(wrong=1)),
            (theirs - mine, Counts(missed=1)),
        ):
            for operation, _ in does:
                counted[operation] = counted.get(operation, Counts()) + counts
    return counted


def _or_add(operations: Collection[tuple[Operation, int]]) -> set[tuple[Operation, int]]:
    return set(operations) or {(Operation.ADD, -1)}


def _wanted(wanted: WantedClaim) -> frozenset[tuple[Operation, int]]:
    return frozenset((each.operation, each.given) for each in wanted.operations if each.operation is not Operation.ADD)


def _doing(operations: Collection[tuple[Operation, int]]) -> str:
    return ", ".join(f"{operation} of given {index}" for operation, index in sorted(operations)) or "ADD"


def _start(start: datetime | None, end: datetime | None, said: datetime, *, event: bool) -> datetime | None:
    """A state whose start is unstated began when it was said; one that was over by then, nobody knows when."""
    return said if start is None and not event and (end is None or end > said) else start


def _words(text: str | None) -> set[str]:
    plain = normalise(text or "")
    return set(re.findall(r"\w+", plain)) - _SMALL_WORDS or {plain}


def _shown(claim: ReadClaim | WantedClaim, start: datetime | None, end: datetime | None) -> str:
    triplet = f"{claim.subject} {'not ' * claim.negated}{claim.predicate} {'…' if claim.object is None else claim.object}"
    marks = ["event"] * claim.event + ["correction"] * claim.correction + [f"held by {claim.holder}"] * (claim.holder is not None)
    times = [f"{show(start)} to {show(end)}"] if start is not None or end is not None else []
    return f"{triplet} ({', '.join(marks + times)})" if marks or times else triplet
