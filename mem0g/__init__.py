"""mem0g: a graph memory for AI agents that knows what was true when, and who said so."""

from mem0g.async_memory import AsyncMemory
from mem0g.errors import (
    EpisodeConflict,
    ExtractionError,
    InvalidInput,
    InvalidLedger,
    InvalidTime,
    Mem0gError,
    MissingExtra,
    MissingGraph,
    NotFound,
    StoreCorrupt,
    StoreError,
    StoreFull,
    StoreReadOnly,
    StoreTooNew,
    StoreUnavailable,
    WriteConflict,
)
from mem0g.memory import Memory
from mem0g.model import Episode, Fact, Operation, Value
from mem0g.period import Period
from mem0g.results import Added, Decision, Diff, Evidence, Forgotten, FoundEpisode, FoundFact, Search, Superseded, TimeRead, Why

__all__ = [
    "Added",
    "AsyncMemory",
    "Decision",
    "Diff",
    "Episode",
    "EpisodeConflict",
    "Evidence",
    "ExtractionError",
    "Fact",
    "Forgotten",
    "FoundEpisode",
    "FoundFact",
    "InvalidInput",
    "InvalidLedger",
    "InvalidTime",
    "Mem0gError",
    "Memory",
    "MissingExtra",
    "MissingGraph",
    "NotFound",
    "Operation",
    "Period",
    "Search",
    "StoreCorrupt",
    "StoreError",
    "StoreFull",
    "StoreReadOnly",
    "StoreTooNew",
    "StoreUnavailable",
    "Superseded",
    "TimeRead",
    "Value",
    "Why",
    "WriteConflict",
]
