"""`AsyncMemory`: `Memory` for a program with an event loop. Every call runs in a thread; no logic is repeated here."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import wraps
from os import PathLike
from types import TracebackType
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Self, TypeVar

from mem0g.ingestion.flavours import Flavour
from mem0g.memory import Memory, system_clock
from mem0g.ports import Clock, Embedder, Extractor, GraphStore, LanguageModel, Reranker
from mem0g.retrieval.reranking import MarginalRelevance

if TYPE_CHECKING:
    from mem0g.ontology import Ontology

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")


def _in_thread(
    method: Callable[Concatenate[Memory, _Parameters], _Result],
) -> Callable[Concatenate["AsyncMemory", _Parameters], Awaitable[_Result]]:
    """The same method as a coroutine: same parameters, same result, same errors."""

    @wraps(method)
    async def call(self: "AsyncMemory", /, *args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Result:
        return await asyncio.to_thread(method, self.memory, *args, **kwargs)

    return call


class AsyncMemory:
    """A `Memory` whose methods are coroutines, for use in a running event loop; see `Memory` for what each does.

    Args:
        path, store, extractor, llm, embedder, reranker, ontology, flavour, max_calls, summary_every, clock: as for `Memory`.

    Attributes:
        memory: the `Memory` that does the work.
    """

    def __init__(
        self,
        path: str | PathLike[str] | None = None,
        *,
        store: GraphStore | None = None,
        extractor: Extractor | None = None,
        llm: LanguageModel | None = None,
        embedder: Embedder | None = None,
        reranker: Reranker | MarginalRelevance | None = None,
        ontology: "Ontology | None" = None,
        flavour: Flavour = "graph",
        max_calls: int | None = None,
        summary_every: int | None = 20,
        clock: Clock = system_clock,
    ) -> None:
        self.memory = Memory(
            path,
            store=store,
            extractor=extractor,
            llm=llm,
            embedder=embedder,
            reranker=reranker,
            ontology=ontology,
            flavour=flavour,
            max_calls=max_calls,
            summary_every=summary_every,
            clock=clock,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.close()

    usage = _in_thread(Memory.usage)
    add = _in_thread(Memory.add)
    retry = _in_thread(Memory.retry)
    add_fact = _in_thread(Memory.add_fact)
    retract = _in_thread(Memory.retract)
    unmerge = _in_thread(Memory.unmerge)
    forget = _in_thread(Memory.forget)
    summarise = _in_thread(Memory.summarise)
    embed = _in_thread(Memory.embed)
    summary = _in_thread(Memory.summary)
    embedding = _in_thread(Memory.embedding)
    reembed = _in_thread(Memory.reembed)
    facts = _in_thread(Memory.facts)
    timeline = _in_thread(Memory.timeline)
    diff = _in_thread(Memory.diff)
    why = _in_thread(Memory.why)
    search = _in_thread(Memory.search)
    answer = _in_thread(Memory.answer)
    episodes = _in_thread(Memory.episodes)
    merges = _in_thread(Memory.merges)
    graph = _in_thread(Memory.graph)
    graphs = _in_thread(Memory.graphs)
    export = _in_thread(Memory.export)
    load = _in_thread(Memory.load)
    close = _in_thread(Memory.close)
