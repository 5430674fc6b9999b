"""What Browser writes on an edge."""

from datetime import UTC, datetime

import pytest

from mem0g.model import EntityId, Kind, Version
from mem0g.period import BEGINNING, FOREVER, Period
from mem0g.stores.neo4j_rows import caption

MARCH, MAY = datetime(2026, 3, 2, 15, 30, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "ends", "expires", "shown"),
    [
        (Kind.STATE, FOREVER, FOREVER, "lives in"),
        (Kind.STATE, MARCH, FOREVER, "lives in – 2026-03"),
        (Kind.STATE, FOREVER, MAY, "l̶i̶v̶e̶s̶ ̶i̶n̶"),
        (Kind.EVENT, MARCH, FOREVER, "lives in"),
    ],
)
def test_an_edge_shows_its_predicate_and_whether_it_ended(kind: Kind, ends: datetime, expires: datetime, shown: str) -> None:
    version = Version(
        "user:alice",
        None,
        EntityId("alice"),
        "lives_in",
        EntityId("oslo"),
        kind,
        Period(BEGINNING, ends),
        Period(BEGINNING, expires),
        "",
        (),
    )
    assert caption(version) == shown
