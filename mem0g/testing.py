"""The public test kit: a clock that stands still, an extractor that follows a script, and the contract of every store."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from mem0g.model import ClaimDraft
from mem0g.period import utc
from mem0g.ports import ExtractionRequest
from mem0g.stores.contract import GRAPH_STORE_CHECKS, GraphStoreCheck, check_graph_store

__all__ = ["GRAPH_STORE_CHECKS", "GraphStoreCheck", "ManualClock", "ScriptedAnswer", "ScriptedExtractor", "check_graph_store"]

ScriptedAnswer = Sequence[ClaimDraft] | Exception | None
"""What is read out of an episode; an exception, to be raised; or None: it could not be read, and is left out of the answer."""


class ManualClock:
    """A `Clock` that stands still until it is set or advanced.

    Args:
        now: where it starts, aware.
    """

    def __init__(self, now: datetime = datetime(2026, 1, 1, tzinfo=UTC)) -> None:
        self.now = now

    @property
    def now(self) -> datetime:
        """The time it shows, in UTC. Setting it to a naive datetime raises `InvalidTime`."""
        return self._now

    @now.setter
    def now(self, at: datetime) -> None:
        self._now = utc(at, "now")

    def __call__(self) -> datetime:
        """The time it shows."""
        return self._now

    def advance(self, **parts: float) -> datetime:
        """Move on by `parts`, as `timedelta` takes them (`days=1, hours=2`), and return the new time."""
        self._now += timedelta(**parts)
        return self._now


class ScriptedExtractor:
    """An `Extractor` that answers by the content of each episode, without a model.

    Args:
        answers: by the content of an episode. Content that is not in it holds no claims.
        name: what `Progress.extractor` records.

    Attributes:
        requests: every request so far, oldest first.
    """

    def __init__(self, answers: Mapping[str, ScriptedAnswer], name: str = "scripted") -> None:
        self._answers = dict(answers)
        self._name = name
        self.requests: list[ExtractionRequest] = []

    @property
    def name(self) -> str:
        """What `Progress.extractor` records."""
        return self._name

    @property
    def calls(self) -> int:
        """How often it was asked."""
        return len(self.requests)

    def extract(self, request: ExtractionRequest) -> dict[str, Sequence[ClaimDraft]]:
        """The scripted claims of each episode, by its id.

        Raises:
            Exception: the first one scripted for an episode of the request.
        """
        self.requests.append(request)
        answers = {episode.id: self._answer(episode.content) for episode in request.episodes}
        return {id: answer for id, answer in answers.items() if answer is not None}

    def _answer(self, content: str) -> Sequence[ClaimDraft] | None:
        answer = self._answers.get(content, ())
        if isinstance(answer, Exception):
            raise answer
        return answer
