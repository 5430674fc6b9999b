"""Small values to test with. Days count from 1 January 2026."""

from datetime import UTC, datetime, timedelta
from typing import Any

from mem0g.model import Claim, ClaimDraft, EntityId, Fact, Kind, Mention, Object, Value

GRAPH = "user:alice"
ALICE, BOB, LISBON, PORTO, OSLO = (EntityId(name) for name in ("alice", "bob", "lisbon", "porto", "oslo"))


def day(number: float) -> datetime:
    """The instant that many days after 1 January 2026."""
    return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)


def claim(id: str, object: Object | None, said: float = 0, **others: Any) -> Claim:
    """A claim that Alice lives somewhere, one place at a time, said on day `said`."""
    given: dict[str, Any] = {
        "graph": GRAPH, "episode_id": f"episode of {id}", "index": 0, "speaker": ALICE, "holder": None, "subject": ALICE,
        "predicate": "lives_in", "text": f"text of {id}", "exclusive": True,
    }  # fmt: skip
    return Claim(id=id, object=object, said_at=day(said), **(given | others))


def draft(object: str | Value | None, predicate: str = "lives_in", subject: str = "Alice", **others: Any) -> ClaimDraft:
    """What an extractor reads: of Alice, unless it says otherwise."""
    what = Mention(object) if isinstance(object, str) else object
    text = others.pop("text", f"{subject} {predicate} {object}.")
    return ClaimDraft(Mention(subject), predicate, what, text, **others)


def event(object: str, predicate: str = "visited", **others: Any) -> ClaimDraft:
    """Something that happened to Alice."""
    return draft(object, predicate, kind=Kind.EVENT, **others)


def objects(facts: list[Fact]) -> list[str]:
    """What they say the object is."""
    return [fact.object for fact in facts]


def triplets(facts: list[Fact]) -> set[tuple[str, str, str]]:
    """What they say."""
    return {(fact.subject, fact.predicate, fact.object) for fact in facts}
