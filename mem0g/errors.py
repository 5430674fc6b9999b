"""Every error mem0g raises, as one tree.

```text
Mem0gError
├── InvalidInput (ValueError)      a value the caller gave cannot be used
│   ├── InvalidTime                a time that does not parse, has no offset, or ends before it begins
│   ├── MissingGraph               none of user_id, agent_id, run_id was given
│   └── InvalidLedger              an exported file that cannot be loaded
├── NotFound (LookupError)         an id that this graph does not hold
├── EpisodeConflict                an episode id that already names other content
├── MissingExtra (ImportError)     an optional package is needed and not installed
├── ExtractionError                text is stored and pending, but could not be read for now
│   └── BudgetExceeded             no call of a model is left for it
├── ModelError                     a language model or an embedder did not do what was asked
│   ├── ModelUnavailable           it cannot be reached, refuses, or is too slow; worth trying again
│   └── InvalidReply               it answered, and the answer does not fit
├── EmbeddingMismatch              a graph's vectors are of another embedding model
└── StoreError                     the store could not do what was asked
    ├── StoreUnavailable           it cannot be opened or reached, or stayed locked
    ├── StoreReadOnly              it can be read and not written
    ├── StoreFull                  it has no room left; nothing of the write was kept
    ├── StoreCorrupt               what is on disk is not a mem0g store, or is damaged
    ├── StoreTooNew                it was written by a newer mem0g
    ├── StoreNotReady              a database server that is too old, or was not prepared: `mem0g init`
    └── WriteConflict              the graph kept changing under the write
```
"""

__all__ = [
    "BudgetExceeded",
    "EmbeddingMismatch",
    "EpisodeConflict",
    "ExtractionError",
    "InvalidInput",
    "InvalidLedger",
    "InvalidReply",
    "InvalidTime",
    "Mem0gError",
    "MissingExtra",
    "MissingGraph",
    "ModelError",
    "ModelUnavailable",
    "NotFound",
    "StoreCorrupt",
    "StoreError",
    "StoreFull",
    "StoreNotReady",
    "StoreReadOnly",
    "StoreTooNew",
    "StoreUnavailable",
    "WriteConflict",
]


class Mem0gError(Exception):
    """The root of every error mem0g raises on purpose."""


class InvalidInput(Mem0gError, ValueError):
    """A value given by the caller cannot be used; nothing was written."""


class InvalidTime(InvalidInput):
    """A time does not parse, names no offset, or ends before it begins."""


class MissingGraph(InvalidInput):
    """None of user_id, agent_id and run_id was given: there is no shared default graph."""


class InvalidLedger(InvalidInput):
    """An exported ledger cannot be loaded; the graph is as it was before."""


class NotFound(Mem0gError, LookupError):
    """The graph holds nothing under this id."""


class EpisodeConflict(Mem0gError):
    """An episode id already names an episode with other content; the first one stays as it is."""


class MissingExtra(Mem0gError, ImportError):
    """An optional package is needed and not installed; the message names the extra."""


class ExtractionError(Mem0gError):
    """Text could not be read for now. Its episodes are stored and pending: `Memory.retry` takes them up again.

    Attributes:
        episode_ids: the ids of the pending episodes.
    """

    def __init__(self, message: str, episode_ids: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.episode_ids = episode_ids


class BudgetExceeded(ExtractionError):
    """No call of a model is left: what was added is stored and pending, and a memory with a larger budget reads it by `retry`."""


class ModelError(Mem0gError):
    """A language model or an embedder did not do what was asked."""


class ModelUnavailable(ModelError):
    """The model cannot be reached, refuses the call, or is too slow. Worth trying again."""


class InvalidReply(ModelError):
    """The model answered, and the answer does not fit what was asked for."""


class EmbeddingMismatch(Mem0gError):
    """A graph's vectors are of another embedding model, or of another dimension; re-embed it, or use that model."""


class StoreError(Mem0gError):
    """The store could not do what was asked; nothing is half-written."""


class StoreUnavailable(StoreError):
    """The store cannot be opened or reached, or stayed locked for longer than its timeout. Worth trying again."""


class StoreReadOnly(StoreError):
    """The store can be read and not written."""


class StoreFull(StoreError):
    """The store has no room left; nothing of the write was kept."""


class StoreCorrupt(StoreError):
    """What is stored is damaged, or is not a mem0g store."""


class StoreTooNew(StoreError):
    """The store was written by a newer version of mem0g."""


class StoreNotReady(StoreError):
    """A database server is older than mem0g needs, or lacks what `mem0g init` makes in it."""


class WriteConflict(StoreError):
    """The graph's revision moved under a write, and kept moving. Worth trying again."""
