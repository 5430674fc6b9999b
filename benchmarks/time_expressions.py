"""How many specification cases of Microsoft Recognizers-Text `read_time` resolves.

    python benchmarks/time_expressions.py [../shared/time]

Exact: the periods read are the ones specified, each in the past or in the future as the specification allows either. Inside: as many are
read, and each holds the instant at which one specified begins. The specification names a stretch by its two ends ("from 4 to 22 January"
ends on the 22nd), mem0g by what it covers (until the 23rd begins): of a stretch with two stated ends, an end within the last day, month
or year said is exact too. Cases that the specification gives no dates for, the seasons, are not counted.

The rules were written from the even half alone (SHA-256 of the input, modulo 2): the odd half is the figure to quote.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from mem0g.period import Period
from mem0g.time_expressions import Relation, TimeExpression, read_time

Case = dict[str, Any]
Judge = Callable[[TimeExpression, Period], bool]

FILES = ("DateParser.json", "DatePeriodParser.json")
NO_DATE = "0001-01-01"
LONGEST_UNIT = timedelta(days=366)
USUAL_REFERENCE = "2016-11-07T00:00:00"


def main() -> None:
    """Print the shares, by file and half."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "shared" / "time"
    print(f"{'':24} {'half':4} {'cases':>5} {'exact':>7} {'inside':>7}")
    for name in FILES:
        cases = [case for case in json.loads((folder / name).read_text(encoding="utf-8-sig")) if has_dates(case)]
        for half in ("even", "odd"):
            members = [case for case in cases if half_of(case) == half]
            print(f"{name:24} {half:4} {len(members):5} {share(members, is_exact):7.1%} {share(members, is_inside):7.1%}")


def half_of(case: Case) -> str:
    """Which half the case belongs to."""
    return ("even", "odd")[int(hashlib.sha256(case["Input"].encode()).hexdigest(), 16) % 2]


def has_dates(case: Case) -> bool:
    """Whether the specification says what dates the words mean, or that they mean none."""
    return all(result.get("Value") and result["Value"]["PastResolution"] for result in case["Results"])


def share(cases: list[Case], judge: Judge) -> float:
    """How many of the cases pass."""
    return sum(passes(case, judge) for case in cases) / len(cases)


def passes(case: Case, judge: Judge) -> bool:
    """Whether as many periods are read as specified, and each agrees with what the specification allows in its place."""
    reference = datetime.fromisoformat(case.get("Context", {}).get("ReferenceDateTime", USUAL_REFERENCE)).replace(tzinfo=UTC)
    read = read_time(case["Input"], reference)
    expected = [periods for result in case["Results"] if (periods := list(allowed(result["Value"])))]
    return len(read) == len(expected) and all(
        any(judge(one, period) for period in periods) for one, periods in zip(read, expected, strict=True)
    )


def allowed(value: Case) -> Iterator[Period]:
    """The periods the specification allows; none where it says that there is no such date."""
    for resolution in (value["PastResolution"], value["FutureResolution"]):
        start = resolution.get("date") or resolution.get("startDate")
        if start and start != NO_DATE:
            begin = datetime.fromisoformat(start).replace(tzinfo=UTC)
            end = datetime.fromisoformat(resolution.get("endDate", start)).replace(tzinfo=UTC)
            yield Period(begin, max(end, begin + timedelta(days=1)))


def is_exact(read: TimeExpression, period: Period) -> bool:
    """Whether the period read is the one specified."""
    beyond = read.period.end - period.end
    ends_well = timedelta(0) <= beyond <= LONGEST_UNIT if read.relation is Relation.BETWEEN else not beyond
    return read.period.start == period.start and ends_well


def is_inside(read: TimeExpression, period: Period) -> bool:
    """Whether the period read holds the instant at which the specified one begins."""
    return read.period.covers(period.start)


if __name__ == "__main__":
    main()
