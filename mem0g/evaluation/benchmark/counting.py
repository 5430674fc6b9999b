"""A language model whose calls are counted where they are made."""

from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import local

from mem0g.ports import UNMETERED, LanguageModel, Meter, Reply, Usage


@dataclass(slots=True)
class Tally:
    """What was asked while it was open.

    Attributes:
        usage: so far.
    """

    usage: Usage = field(default_factory=Usage)

    def add(self, usage: Usage) -> None:
        """Count one call more."""
        self.usage += usage


class CountedModel:
    """A `LanguageModel` that tells what was asked of it in one thread: a call that fails in the end is counted as far as it was answered.

    Args:
        model: the one that answers.
    """

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._here = local()
        self._stopped = False

    @property
    def name(self) -> str:
        """The name of the model."""
        return self._model.name

    def stop(self) -> None:
        """Answer no call more, in any thread."""
        self._stopped = True

    @contextmanager
    def tally(self) -> Iterator[Tally]:
        """Count what this thread asks inside. A tally within a tally counts for both."""
        outer: tuple[Tally, ...] = getattr(self._here, "open", ())
        tally = Tally()
        self._here.open = (*outer, tally)
        try:
            yield tally
        finally:
            self._here.open = outer

    def ask(self, instructions: str, text: str, reply: type[Reply], *, tool: str | None = None, meter: Meter = UNMETERED) -> Reply:
        """See `LanguageModel.ask`.

        Raises:
            CancelledError: it was stopped. No memory takes that for a text that cannot be read.
        """
        if self._stopped:
            raise CancelledError("the run was stopped")
        return self._model.ask(instructions, text, reply, tool=tool, meter=_Counting(meter, getattr(self._here, "open", ())))


@dataclass(frozen=True, slots=True)
class _Counting:
    """The caller's `Meter`, which tells the tallies too."""

    meter: Meter
    tallies: tuple[Tally, ...]

    @property
    def allows(self) -> bool:
        """See `Meter`."""
        return self.meter.allows

    def begin(self) -> None:
        """See `Meter`."""
        self.meter.begin()

    def end(self, usage: Usage) -> None:
        """See `Meter`."""
        self.meter.end(usage)
        for tally in self.tallies:
            tally.add(usage)
