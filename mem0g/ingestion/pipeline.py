"""From stored episodes to facts: what is unread is read, put in the graph's words, judged, written, embedded, and its names are merged.

The two phases of the Mem0 paper (arXiv 2504.19413): extraction, and the update. At most two calls of a language model stand on the path
of a chunk of messages; of a text that is read in parts, two for each part.
"""

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from mem0g.errors import BudgetExceeded, ExtractionError, InvalidReply, MissingExtra, ModelError
from mem0g.ingestion.chunking import calls, chunks, exchanges
from mem0g.ingestion.doubtful_names import Waiting, doubtful_names, still_open
from mem0g.ingestion.embedding import Embedded, embed_missing, texts_of
from mem0g.ingestion.extraction import read
from mem0g.ingestion.flavours import Flavour, as_sentence
from mem0g.ingestion.merging import merge_alike
from mem0g.ingestion.wording import worded
from mem0g.ingestion.writing import Outcome, Reading, write_claims, write_failures, write_merges
from mem0g.model import Entity, Episode, Progress, Scope, Stage
from mem0g.ports import Embedder, Extractor, GraphStore, LanguageModel, OnProgress, Vector
from mem0g.spending import Allowance, Spending

if TYPE_CHECKING:
    from mem0g.ontology import Ontology

_LOG = logging.getLogger(__name__)

_CALLS = 2
"""How often a model is asked on the path of reading one chunk of messages, at most: to extract, and to update or to look again."""

_Failure = ExtractionError | ModelError | MissingExtra
"""Why something could not be read for now."""


class Readers(Protocol):
    """What reads, and what judges: chosen when first asked for."""

    @property
    def extractor(self) -> Extractor:
        """What reads text into claims.

        Raises:
            MissingExtra: it needs a package that is not installed.
        """

    @property
    def llm(self) -> LanguageModel | None:
        """What judges what rules leave in doubt; None where there is none. It may be chosen with the extractor."""


@dataclass(frozen=True, slots=True)
class Done:
    """What reading did.

    Attributes:
        refused: how many claims were left out, since the text does not bear them or they broke the ontology; by why.
        failures: why an episode could not be read for now, by its id.
    """

    outcome: Outcome = field(default_factory=Outcome)
    refused: Mapping[str, int] = field(default_factory=dict)
    failures: Mapping[str, Exception] = field(default_factory=dict)


@dataclass(slots=True)
class Pipeline:
    """The steps of one memory. May be used from many threads.

    Attributes:
        now: returns the present.
    """

    store: GraphStore
    readers: Readers
    embedder: Embedder | None
    ontology: "Ontology | None"
    flavour: Flavour
    spending: Spending
    now: Callable[[], datetime]
    _waiting: Waiting = field(default_factory=Waiting)

    def read(self, scope: Scope, ids: Sequence[str], progress: OnProgress | None) -> Done:
        """Read the unread of these episodes, chunk by chunk; one that fails does not keep the others back.

        Raises:
            WriteConflict: the graph kept changing under a write.
        """
        episodes, failed = self._unread(scope.graph, ids)
        outcome, refused, failures, done = Outcome(), Counter[str](), dict[str, _Failure](), 0
        for chunk in self._chunks(episodes, failed):
            try:
                allowance = Allowance(_CALLS * calls(chunk, self.readers.extractor))
                readings, left_out = self._read_chunk(chunk, scope.owner, allowance)
                refused += left_out
                again = any(episode.id in failed for episode in chunk)
                outcome = outcome.then(self._write(scope.graph, readings, allowance, again=again))
                silence = ExtractionError(f"{self.readers.extractor.name} gave no answer")
                failures |= self._note_failure(scope.graph, chunk, readings, silence)
            except (ExtractionError, ModelError, MissingExtra) as error:
                failures |= self._note_failure(scope.graph, chunk, (), error)
            done += len(chunk)
            if progress is not None:
                progress(done, len(episodes))
        return Done(outcome.then(self.merge_new(scope.graph)), dict(refused), failures)

    def in_words(self, reading: Reading, *, stated: bool = False) -> Reading:
        """The reading as it is to be written: by the graph's predicates, the ontology and the flavour.

        Args:
            stated: a caller states it, and is told what is refused.

        Raises:
            InvalidInput: it is stated, and breaks an ontology that refuses what does.
        """
        reading = worded(self.store, reading, self.ontology, self.now(), stated=stated)
        return replace(reading, drafts=[as_sentence(draft) for draft in reading.drafts]) if self.flavour == "facts" else reading

    def merge_new(self, graph: str, embedder: Embedder | None = None) -> Outcome:
        """Embed what was just written, and merge what is alike.

        Args:
            embedder: one that knows the texts already.
        """
        embedded = self.embed_new(graph, embedder)
        return Outcome() if embedded is None else merge_alike(self.store, graph, embedded, self.now())

    def embed_new(self, graph: str, embedder: Embedder | None = None) -> Embedded | None:
        """Embed what was just written; None where that fails, or there is nothing to do it with: what was written stays."""
        embedder = embedder or self.embedder
        if embedder is None:
            return None
        try:
            return embed_missing(self.store, graph, embedder)
        except (ModelError, MissingExtra) as error:
            _LOG.warning("%s was written and not embedded: %s; the next add, or embed(), makes up for it", graph, error)
            return None

    def _unread(self, graph: str, ids: Sequence[str]) -> tuple[list[Episode], set[str]]:
        """Those of these episodes that are to be read, in the order they were said, and the ids of those that failed before."""
        progress = self.store.progress(graph, ids)
        failed = {entry.episode_id for entry in progress if entry.stage is Stage.FAILED}
        pending = failed | {entry.episode_id for entry in progress if entry.stage is Stage.PENDING}
        place = {id: index for index, id in enumerate(ids)}
        return sorted(self.store.episodes(graph, ids=pending), key=lambda episode: (episode.occurred_at, place[episode.id])), failed

    def _chunks(self, episodes: Sequence[Episode], failed: Collection[str]) -> Iterable[list[Episode]]:
        """The episodes as the extractor takes them."""
        try:
            return chunks(episodes, self.readers.extractor, failed) if episodes else ()
        except MissingExtra:  # each exchange says so when it is to be read, and stays pending
            return exchanges(episodes)

    def _read_chunk(self, chunk: Sequence[Episode], owner: str, allowance: Allowance) -> tuple[list[Reading], Counter[str]]:
        """What is to be written, and how many claims were left out, by why."""
        meter, left_out = self.spending.on("extraction", allowance), list[str]()
        found = read(
            self.store, self.readers.extractor, chunk, owner, ontology=self.ontology, meter=meter, on_refused=left_out.append
        )  # fmt: skip
        readings = [self.in_words(reading) for reading in found]
        return readings, sum((Counter(reading.refused) for reading in readings), Counter(left_out))

    def _note_failure(self, graph: str, chunk: Sequence[Episode], readings: Sequence[Reading], reason: _Failure) -> dict[str, _Failure]:
        """Note which episodes of a chunk were not read, and why; by id. A spent budget is no failure of theirs: they stay as they are."""
        answered = {reading.episode.id for reading in readings}
        failed = {episode.id: reason for episode in chunk if episode.id not in answered}
        if failed and not isinstance(reason, BudgetExceeded):
            write_failures(self.store, graph, [Progress(id, Stage.FAILED, error=str(reason)) for id in failed])
        return failed

    def _write(self, graph: str, readings: Sequence[Reading], allowance: Allowance, *, again: bool) -> Outcome:
        """Write what was read. Where a model judges it, what it judges by and what is searched for later is embedded in one call before.

        Args:
            again: some of it failed before: where the model answers and its judgement cannot be used, rules stand alone.
        """
        llm = self.readers.llm
        if llm is None:
            return write_claims(self.store, graph, readings, self.now())
        from mem0g.ingestion.updating import ModelJudge  # noqa: PLC0415 - loads pydantic

        embedder = self._prepared(readings)
        judge = ModelJudge(llm, embedder, self.spending.on("update", allowance))
        try:
            outcome = write_claims(self.store, graph, readings, self.now(), judge)
        except InvalidReply as error:
            if not again:
                raise
            _LOG.warning("what was read of %s is judged by rules alone: %s", graph, error)
            outcome = write_claims(self.store, graph, readings, self.now())
        if embedder is not None:
            outcome = outcome.then(self.merge_new(graph, embedder))
        return outcome.then(self._merge_doubtful(graph, llm, outcome.entities, embedder, allowance))

    def _prepared(self, readings: Sequence[Reading]) -> Embedder | None:
        """An embedder that knows the texts of what was read; None where there is none, or it fails."""
        if self.embedder is None:
            return None
        from mem0g.providers.caching import CachingEmbedder  # noqa: PLC0415 - loads numpy

        embedder = CachingEmbedder(self.embedder)
        try:
            embedder.embed(list(texts_of(readings)))
        except (ModelError, MissingExtra) as error:
            _LOG.warning("what was read is judged without meanings: %s", error)
            return None
        return embedder

    def _merge_doubtful(
        self, graph: str, llm: LanguageModel, entities: Sequence[Entity], embedder: Embedder | None, allowance: Allowance
    ) -> Outcome:
        """Ask the model of new names that may be of one entity; where no call is left, or it fails, they wait for the next add."""
        found = doubtful_names(self.store, graph, entities, _name_vectors(entities, embedder))
        waiting = still_open(self.store, graph, [*self._waiting.take(graph), *found])
        meter = self.spending.on("resolution", allowance)
        if not waiting or not meter.allows:
            self._waiting.keep(graph, waiting)
            return Outcome()
        from mem0g.ingestion.llm_resolution import MOST, decide  # noqa: PLC0415 - loads pydantic

        asked, rest = waiting[:MOST], waiting[MOST:]
        self._waiting.keep(graph, rest)
        try:
            merges = decide(self.store, graph, asked, llm, self.now(), meter)
        except BudgetExceeded as error:
            self._waiting.keep(graph, asked)
            _LOG.warning("%s has names that may be of one thing, and the model was not asked: %s", graph, error)
            return Outcome()
        except ModelError as error:
            self._waiting.fail(graph, asked)
            _LOG.warning("%s has names that may be of one thing, and the model did not say: %s; it is asked once more", graph, error)
            return Outcome()
        return write_merges(self.store, graph, merges, self.now()) if merges else Outcome()


def _name_vectors(entities: Iterable[Entity], embedder: Embedder | None) -> dict[str, Vector]:
    """The vectors of the names of a known type."""
    names = list(dict.fromkeys(entity.name for entity in entities if entity.type))
    if embedder is None or not names:
        return {}
    try:
        return dict(zip(names, embedder.embed(names), strict=True))
    except (ModelError, MissingExtra) as error:
        _LOG.warning("new names are compared by their letters alone: %s", error)
        return {}
