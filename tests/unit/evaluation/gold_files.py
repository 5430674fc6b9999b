"""Where the gold files are, the categories of a case of extraction, and a case made by hand."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mem0g.evaluation.gold import Case, GivenFact, WantedClaim

GOLD = Path(__file__).parents[2] / "gold"
SAID = datetime(2025, 3, 5, 18, 0, tzinfo=UTC)

CATEGORIES = {
    "change", "correction", "denial", "hearsay", "plan", "value", "negation", "nothing_question", "nothing_hypothetical",
    "nothing_sarcasm", "nothing_other", "pronoun", "two_of_one_name", "time_past", "time_range", "time_duration", "time_future",
    "repeat", "several", "exclusive_also", "family", "returned",
}  # fmt: skip

LEEDS: dict[str, Any] = {
    "subject": "Maya",
    "predicate": "lives_in",
    "object": "Leeds",
    "said": "2025-01-10",
    "text": "Maya lives in Leeds.",
}
ACME: dict[str, Any] = {"subject": "Maya", "predicate": "works_for", "object": "Acme", "said": "2025-01-10", "text": "Maya works for Acme."}
YORK: dict[str, Any] = {
    "subject": "Maya", "predicate": "lives_in", "object": "York", "valid_from": "2025-02-24", "valid_from_until": "2025-03-03",
    "operations": [{"operation": "UPDATE", "given": 0}],
}  # fmt: skip
MOVED: dict[str, Any] = {
    "id": "m1", "category": "change", "owner": "Maya", "speaker": "Maya", "said": "2025-03-05T18:00:00+00:00",
    "text": "We moved to York last week.",
    "given": [{**LEEDS, "ended": True}, ACME], "claims": [YORK],
}  # fmt: skip
"""A move, as a line of a gold file."""


def gold_file(folder: Path, *cases: object) -> Path:
    """A gold file of these lines: text as it is, other values as JSON."""
    path = folder / "gold.jsonl"
    path.write_text("".join(f"{case if isinstance(case, str) else json.dumps(case)}\n" for case in cases), encoding="utf-8")
    return path


def case(*claims: WantedClaim, given: tuple[GivenFact, ...] = ()) -> Case:
    return Case("c1", "change", "Maya", "Maya", SAID, "We moved.", claims, given=given)


def given(object: str, predicate: str = "lives_in", *, ended: bool = False) -> GivenFact:
    return GivenFact("Maya", predicate, object, datetime(2025, 1, 10, tzinfo=UTC), f"Maya {predicate} {object}.", ended=ended)
