"""What models are asked, step by step, and how much of it is allowed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from mem0g.errors import BudgetExceeded, ExtractionError
from mem0g.ports import Embedder, Meter, Usage, Vectors


@dataclass(slots=True)
class Allowance:
    """How many calls are left on one path; those of a thread that reads one chunk of messages."""

    left: int

    def take(self) -> None:
        """Use one.

        Raises:
            ExtractionError: none is left.
        """
        if self.left <= 0:
            raise ExtractionError("the model was asked as often as one add may ask it, and gave no usable answer")
        self.left -= 1


@dataclass(slots=True)
class Spending:
    """What a memory has asked of its models so far, by step. May be used from many threads.

    Args:
        most: how many calls it may make in all, those that fail included; None for as many as it takes.
    """

    most: int | None = None
    _begun: int = 0
    _spent: dict[str, Usage] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def on(self, step: str, allowance: Allowance | None = None) -> Meter:
        """What counts the calls of a step, and holds them to the budget and to `allowance`."""
        return _StepMeter(self, step, allowance)

    def usage(self) -> dict[str, Usage]:
        """What each step took, by its name, in the order they were first taken."""
        with self._lock:
            return dict(self._spent)

    def begin(self) -> None:
        """Count a call that is about to be made.

        Raises:
            BudgetExceeded: it would be one too many.
        """
        with self._lock:
            if self.most is not None and self._begun >= self.most:
                raise BudgetExceeded(f"max_calls={self.most} is spent: allow more calls, and retry")
            self._begun += 1

    def end(self, step: str, usage: Usage) -> None:
        """Add what a call took to its step."""
        with self._lock:
            self._spent[step] = self._spent.get(step, Usage()) + usage


@dataclass(frozen=True, slots=True)
class _StepMeter:
    """The `Meter` of one step."""

    spending: Spending
    step: str
    allowance: Allowance | None

    @property
    def allows(self) -> bool:
        """See `Meter`."""
        return self.allowance is None or self.allowance.left > 0

    def begin(self) -> None:
        """See `Meter`."""
        if self.allowance is not None:
            self.allowance.take()
        self.spending.begin()

    def end(self, usage: Usage) -> None:
        """See `Meter`."""
        self.spending.end(self.step, usage)


@dataclass(frozen=True, slots=True)
class TimedEmbedder:
    """An `Embedder` whose calls are counted as a step of their own. The budget does not hold them."""

    embedder: Embedder
    spending: Spending

    @property
    def model(self) -> str:
        """The name of the model."""
        return self.embedder.model

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return self.embedder.dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.embed`."""
        began = monotonic()
        vectors = self.embedder.embed(texts)
        self.spending.end("embedding", Usage(1, seconds=monotonic() - began))
        return vectors
