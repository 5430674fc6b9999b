"""The public test kit: the clock and the extractor. Contracts are tested beside the stores that keep them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from mem0g.errors import ExtractionError, InvalidTime
from mem0g.model import ClaimDraft, Mention, Value
from mem0g.ports import Clock, ExtractionRequest, Extractor
from mem0g.stores.contract.samples import episode
from mem0g.testing import ManualClock, ScriptedExtractor

DRAFT = ClaimDraft(Mention("Alice"), "likes", Value("tea"), "Alice likes tea")


def test_the_clock_stands_still_until_it_is_moved() -> None:
    clock = ManualClock()
    assert clock() == clock() == clock.now == datetime(2026, 1, 1, tzinfo=UTC)
    assert clock.advance(days=1, hours=2) == clock() == datetime(2026, 1, 2, 2, tzinfo=UTC)


def test_the_clock_can_be_set() -> None:
    clock = ManualClock(datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=2))))
    assert clock().tzinfo is UTC
    clock.now = datetime(2020, 1, 1, tzinfo=UTC)
    assert clock() == datetime(2020, 1, 1, tzinfo=UTC)


def test_the_clock_takes_no_naive_time() -> None:
    with pytest.raises(InvalidTime, match="no UTC offset"):
        ManualClock(datetime(2026, 1, 1))  # noqa: DTZ001 - what is refused


def test_the_extractor_follows_its_script() -> None:
    extractor = ScriptedExtractor({"tea": [DRAFT], "lost": None})
    request = ExtractionRequest([episode("a", "tea"), episode("b", "juice"), episode("c", "lost")])
    assert extractor.extract(request) == {"a": [DRAFT], "b": ()}
    assert (extractor.calls, extractor.requests, extractor.name) == (1, [request], "scripted")


def test_the_extractor_raises_what_is_scripted() -> None:
    extractor = ScriptedExtractor({"boom": ExtractionError("no model")}, name="x")
    with pytest.raises(ExtractionError, match="no model"):
        extractor.extract(ExtractionRequest([episode(content="boom")]))
    assert (extractor.calls, extractor.name) == (1, "x")


def test_the_doubles_fit_their_ports() -> None:
    clock: Clock = ManualClock()
    extractor: Extractor = ScriptedExtractor({})
    assert extractor.extract(ExtractionRequest([])) == {}
    assert clock().tzinfo is UTC
