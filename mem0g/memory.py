"""`Memory`: the public API. Orchestration only; every step lives in a module of its own."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, partial
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar, get_args

from mem0g.errors import BudgetExceeded, EpisodeConflict, ExtractionError, InvalidInput, InvalidTime, MissingExtra, ModelError, NotFound
from mem0g.ingestion import forgetting, writing
from mem0g.ingestion.background import Background
from mem0g.ingestion.embedding import check_model, embed_anew, embed_missing
from mem0g.ingestion.episodes import Message, fact_episode, first_stage, instant, message_episodes, text_episode
from mem0g.ingestion.flavours import Flavour
from mem0g.ingestion.loading import batches
from mem0g.ingestion.merging import merge_alike, parting, types_learned
from mem0g.ingestion.naming import Names
from mem0g.ingestion.pipeline import Pipeline
from mem0g.ingestion.stating import ObjectLike, parameters, state
from mem0g.model import (
    Claim,
    Entity,
    Episode,
    Fact,
    Judgement,
    Progress,
    Record,
    Retraction,
    Scope,
    Stage,
    Summary,
    checked_name,
    checked_path,
    checked_text,
    checked_words,
    identifier,
)
from mem0g.models import Models
from mem0g.period import EVERYTHING_KNOWN, Period, TimeLike, quoted, read_period, show, utc
from mem0g.ports import Clock, Embedder, Extractor, FactFilter, GraphStore, LanguageModel, OnProgress, Reranker, Usage, Vector
from mem0g.results import Added, Answer, Diff, Embedding, Forgotten, Merged, Search, Why
from mem0g.retrieval import reading
from mem0g.retrieval.presenting import present
from mem0g.retrieval.reporting import present_merges, report
from mem0g.retrieval.reranking import MarginalRelevance
from mem0g.settings import Settings
from mem0g.spending import Spending, TimedEmbedder
from mem0g.stores.opening import open_store

if TYPE_CHECKING:
    import networkx

    from mem0g.ontology import Ontology

Messages = str | Message | Sequence[Message]
"""What `add` takes: text, a message, or a conversation."""

_LOG = logging.getLogger(__name__)

_READINGS = 3
"""How often a read that others write under is made, before it is taken as it is."""

_LONGEST_QUESTION = 10_000
"""Characters of a question, at most."""

_SHOWN_TO_ANSWER = 20
"""How many facts, and how many episodes, a language model is shown to answer a question."""

_Result = TypeVar("_Result")


def system_clock() -> datetime:
    """The present, in UTC."""
    return datetime.now(UTC)


class Memory:
    """A memory outside the context window: claims over two times, and the facts that follow from them.

    Every method that reads or writes a graph takes `user_id`, `agent_id`, `run_id`: the first one given names the graph, the
    others label what is written and narrow what is read to what episodes of those labels support. One is required.

    Times are given as an aware datetime, a date, ISO text ("2026", "2026-03", "2026-03-05", or with time and offset) or a
    `Period`. `as_of` asks what holds then in the world (default: now), `known_at` what was known then (default: everything).

    Args:
        path: the SQLite file to keep the memory in, or the address of a Neo4j database that `mem0g init` prepared, such as
            "neo4j://user:password@localhost:7687"; `MEM0G_DB`, else "mem0g.db", by default.
        store: another store, instead of `path`.
        extractor: what reads text into claims; by default the language model, else the offline extractor, when first needed.
        llm: reads text, and judges the changes and the names that rules leave in doubt. By default the one that `OPENAI_API_KEY` or
            `OPENAI_BASE_URL` configure, with `MEM0G_MODEL` as its name; none where neither is set or an extractor is given.
        embedder: what search compares meanings by; without one, search goes by names, links and words. Where it fails, what was
            added is kept, a warning is logged, and the next `add` or `embed` makes up for it.
        flavour: "graph": entities and what joins them. "facts": the base Mem0 memory, whose facts are sentences, which are not walked. One
            graph is written in one flavour; docs/flavours.md says when to use which.
        reranker: what puts the best of what a search finds in another order: a model that reads each beside the question, such as
            `mem0g.providers.sentence_transformers.CrossEncoderReranker`, or `mem0g.MarginalRelevance` against repetition; none by default.
        ontology: what entities and relations there may be, as `mem0g.ontology.Ontology`; None for any.
        max_calls: how often this memory may ask a language model, in all; then `add` and `retry` raise `BudgetExceeded`.
        summary_every: after how many new messages the language model makes a graph's summary anew, in the background; None for never.
        clock: returns the present as an aware datetime.

    Raises:
        StoreError: the file cannot be opened, is damaged, or is no mem0g file; or the server cannot be reached, or is not prepared.
        MissingGraph: (every method) none of the three ids was given.
        InvalidInput: (every method) a value cannot be used; nothing was written.
        EmbeddingMismatch: (`add`, `retry`, `add_fact`, `load`, `embed`, `search`) the graph's vectors are of another embedding model;
            nothing was written. `reembed` is the way out.
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
        if path is not None and store is not None:
            raise InvalidInput(f"path={quoted(path)} and store= were both given: the store says where it keeps things")
        for name, part, method in (
            ("store", store, "commit"), ("extractor", extractor, "extract"), ("llm", llm, "ask"), ("embedder", embedder, "embed"),
            ("ontology", ontology, "conform"), ("clock", clock, "__call__"),
        ):  # fmt: skip
            _check_part(name, part, method)
        self._summary_every = None if summary_every is None else _checked_count(summary_every, "summary_every", 1)
        self._store = store if store is not None else open_store(path if path is not None else Settings.from_environment().database)
        self._models = Models(extractor, llm)
        self._spending = Spending(None if max_calls is None else _checked_count(max_calls, "max_calls", 0))
        self._embedder = None if embedder is None else TimedEmbedder(embedder, self._spending)
        self._clock = clock
        self._flavour = _checked_flavour(flavour)
        self._pipeline = Pipeline(self._store, self._models, self._embedder, ontology, self._flavour, self._spending, self._now)
        self._background = Background(self._refresh_summary, "refreshing the summary")
        self._reranker = reranker

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Release the store; every later call raises `StoreUnavailable`.

        One call of the model that makes a summary is waited for, if one is under way or due; the next `add` catches up with what is left.
        """
        self._background.close()
        self._models.close()
        self._store.close()

    @property
    def extractor(self) -> Extractor:
        """What reads text into claims: as given, else by the language model given or configured, else offline.

        Raises:
            MissingExtra: it needs a package that is not installed.
        """
        return self._models.extractor

    def usage(self) -> Mapping[str, Usage]:
        """What this memory has asked of its models so far, by step.

        Steps are "extraction", "update", "resolution", "summary", "answer" and "embedding".
        """
        return self._spending.usage()

    # Writing

    def add(
        self,
        messages: Messages,
        *,
        user_id: str | None = None,
        agent_id: str | None = None,
        run_id: str | None = None,
        occurred_at: TimeLike | None = None,
        episode_id: str | None = None,
        metadata: Mapping[str, object] | None = None,
        progress: OnProgress | None = None,
    ) -> Added:
        """Remember text or a conversation: it is stored first, then read into claims.

        The same episode added again changes nothing.

        Args:
            messages: text said by the owner of the graph, or messages with `role` and `content`, and optionally `name`,
                `occurred_at` and `id`. Roles user and assistant are read; system, tool and developer messages are kept only.
            occurred_at: when it was said; now by default. A message's own time goes first.
            episode_id: the id to store a single text or message under.
            metadata: JSON values to keep with every episode.
            progress: called after each exchange, or chunk of messages, that was read.

        Raises:
            EpisodeConflict: an id already names an episode of other content.
            ExtractionError: some of it could not be read for now; it is stored, the rest is read, `retry` completes it.
            BudgetExceeded: likewise, since `max_calls` is spent.
        """
        scope = Scope.of(user_id, agent_id, run_id)
        self._check_model(scope.graph)
        episodes = self._episodes(messages, scope, occurred_at, episode_id, metadata)
        self._keep(scope.graph, episodes)
        return self._read(scope, [episode.id for episode in episodes], progress)

    def retry(
        self, *, user_id: str | None = None, agent_id: str | None = None, run_id: str | None = None, progress: OnProgress | None = None
    ) -> Added:
        """Read every episode that is stored and not yet read.

        Raises:
            ExtractionError: some of it could not be read for now.
            BudgetExceeded: likewise, since `max_calls` is spent.
        """
        scope = Scope.of(user_id, agent_id, run_id)
        self._check_model(scope.graph)
        pending = self._store.episodes(scope.graph, stages={Stage.PENDING, Stage.FAILED})
        return self._read(scope, [episode.id for episode in pending], progress)

    def add_fact(
        self,
        subject: str,
        predicate: str,
        object: ObjectLike,
        *,
        user_id: str | None = None,
        agent_id: str | None = None,
        run_id: str | None = None,
        valid_at: TimeLike | None = None,
        invalid_at: TimeLike | None = None,
        occurred_at: TimeLike | None = None,
        holder: str | None = None,
        text: str | None = None,
        negated: bool = False,
        event: bool = False,
        exclusive: bool | None = None,
        corrects: str | Sequence[str] | None = None,
        episode_id: str | None = None,
        metadata: Mapping[str, object] | None = None,
    ) -> Added:
        """State a fact without an extractor.

        Args:
            object: text names an entity; a number, a date or a `Value` is a literal; None only with `negated`: of any object.
            valid_at, invalid_at: when it holds, closed-open. Unstated: from when it was said, until further notice.
            occurred_at: when it was said; now by default.
            holder: whose view it is; it is then kept apart from the record.
            text: the fact as a sentence.
            negated: it does not hold, from `valid_at` on.
            event: it happened in the period that `valid_at` names.
            exclusive: one object at a time; None: as the ontology or else the built-in table has it, else many.
            corrects: ids of facts or claims that were never so. Without a time of its own the fact takes over theirs.

        Raises:
            NotFound: `corrects` names no fact or claim of this graph.
            InvalidInput: (also) it breaks the ontology, where that refuses what does.
            EpisodeConflict: `episode_id` already names an episode of other content.
        """
        scope = Scope.of(user_id, agent_id, run_id)
        self._check_model(scope.graph)
        draft = state(
            subject, predicate, object, valid_at=valid_at, invalid_at=invalid_at, holder=holder, text=text, negated=negated,
            event=event, exclusive=exclusive, corrects=self._claims_meant(scope.graph, _ids(corrects)),
        )  # fmt: skip
        now = self._now()
        said = self._said(occurred_at, now)
        episode = fact_episode(draft.text, parameters(draft), scope, said, now, episode_id, metadata)
        self._refuse_other_content(self._store.episodes(scope.graph, ids=[episode.id]), [episode])
        reading = self._pipeline.in_words(writing.Reading(episode, [draft], "caller"), stated=True)
        outcome = writing.write_claims(self._store, scope.graph, [reading], now)
        outcome = outcome.then(self._pipeline.merge_new(scope.graph))
        return self._settled(scope.graph, lambda: report(self._store, scope.graph, [episode.id], outcome))

    def retract(
        self,
        id: str,
        *,
        reason: str,
        user_id: str | None = None,
        agent_id: str | None = None,
        run_id: str | None = None,
        occurred_at: TimeLike | None = None,
    ) -> Added:
        """Stop believing the claims behind a fact, or a single claim. Nothing is erased; a new claim is believed again.

        Args:
            id: of a fact or a claim.
            occurred_at: from when on it is no longer believed; now by default.

        Raises:
            NotFound: the graph holds nothing under this id.
            InvalidTime: it would be retracted before it was said.
        """
        scope = Scope.of(user_id, agent_id, run_id)
        why = checked_words(reason, "reason")
        claims = self._claims_meant(scope.graph, (id,))
        said = max(claim.said_at for claim in self._store.claims_by_id(scope.graph, claims))
        now = self._now()
        at = max(now, said) if occurred_at is None else instant(occurred_at, "occurred_at")
        if at < said:
            raise InvalidTime(f"occurred_at={show(at)} is before what is retracted was said, {show(said)}")
        key = identifier("retraction", scope.graph, list(claims), at.isoformat(), why)
        outcome = writing.write_retraction(self._store, scope.graph, Retraction(key, scope.graph, claims, at, why, now))
        return self._settled(scope.graph, lambda: report(self._store, scope.graph, [], outcome))

    def unmerge(
        self,
        name: str,
        other: str,
        *,
        reason: str,
        user_id: str | None = None,
        agent_id: str | None = None,
        run_id: str | None = None,
    ) -> Added:
        """Take back the merge of two entities: each has again what was said of it by its own name, and they are not merged again.

        Args:
            name, other: the names that the two were made with, such as "NYC" and "New York City"; `merges` lists them.

        Raises:
            NotFound: no entities of these names are one.
        """
        graph = Scope.of(user_id, agent_id, run_id).graph
        why = checked_words(reason, "reason")
        named = [reading.own_named(self._store, graph, checked_name(each, "name")) for each in (name, other)]
        now = self._now()
        merges = parting(self._store, graph, named[0], named[1], why, now)
        if not merges:
            raise NotFound(f"{graph} holds no merge of {quoted(name)} and {quoted(other)}: merges lists what was merged")
        outcome = writing.write_merges(self._store, graph, merges, now)
        return self._settled(graph, lambda: report(self._store, graph, [], outcome))

    def forget(
        self,
        *,
        user_id: str | None = None,
        agent_id: str | None = None,
        run_id: str | None = None,
        episode_id: str | None = None,
        entity: str | None = None,
        everything: bool = False,
        dry_run: bool = False,
    ) -> Forgotten:
        """Erase physically: one episode, every episode that speaks of an entity, or everything. What it superseded revives.

        Args:
            dry_run: count what would go, and erase nothing.

        Raises:
            NotFound: there is no such episode or entity.
            InvalidInput: not exactly one of `episode_id`, `entity` and `everything` was given.
        """
        graph = Scope.of(user_id, agent_id, run_id).graph
        if [episode_id is not None, entity is not None, everything].count(True) != 1:
            raise InvalidInput("say what to forget: exactly one of episode_id=, entity= and everything=True")
        episode_id = None if episode_id is None else checked_text(episode_id, "episode_id", limit=1_000)
        erasure = self._erasure(graph, episode_id, entity)
        if not dry_run:
            writing.write_erasure(self._store, graph, lambda: self._erasure(graph, episode_id, entity))
            self._store.scrub()
        return Forgotten(
            episodes=erasure.count(Episode),
            claims=erasure.count(Claim),
            entities=erasure.count(Entity),
            judgements=erasure.count(Judgement),
            retractions=erasure.count(Retraction),
            dry_run=dry_run,
        )

    def embed(
        self, *, user_id: str | None = None, agent_id: str | None = None, run_id: str | None = None, progress: OnProgress | None = None
    ) -> int:
        """Embed what has no vector yet: what was added without an embedder, or while it failed. Returns how many texts.

        Args:
            progress: called with how many texts are embedded, and how many there are.

        Raises:
            InvalidInput: this memory has no embedder.
            ModelError: the embedder failed.
        """
        graph = Scope.of(user_id, agent_id, run_id).graph
        embedder = self._given_embedder()
        check_model(self._store, graph, embedder)
        embedded = embed_missing(self._store, graph, embedder, progress)
        merge_alike(self._store, graph, embedded, self._now())
        return embedded.texts

    def reembed(
        self, *, user_id: str | None = None, agent_id: str | None = None, run_id: str | None = None, progress: OnProgress | None = None
    ) -> int:
        """Replace all vectors of the graph, of whatever model they are, by this embedder's. Returns how many texts.

        Args:
            progress: called with how many texts are embedded, and how many there are.

        Raises:
            InvalidInput: this memory has no embedder.
            ModelError: the embedder failed; the vectors are as they were.
        """
        return embed_anew(self._store, Scope.of(user_id, agent_id, run_id).graph, self._given_embedder(), progress)

    def summarise(self, *, user_id: str | None = None, agent_id: str | None = None, run_id: str | None = None) -> Summary | None:
        """Bring the summary up to the last message that was read, now; `add` has it done in the background.

        Returns:
            The summary; None where nothing was said.

        Raises:
            InvalidInput: this memory has no language model.
            ModelError: the model gave no usable answer; the summary is as far as it came.
            BudgetExceeded: likewise, since `max_calls` is spent.
        """
        from mem0g.ingestion.summarising import is_due, refresh  # noqa: PLC0415 - loads pydantic

        graph = Scope.of(user_id, agent_id, run_id).graph
        llm = self._models.asked
        while is_due(self._store, graph, 1):
            refresh(self._store, graph, llm, self._now(), self._spending.on("summary"))
        return self._store.summary(graph)

    # Reading

    def summary(self, *, user_id: str | None = None, agent_id: str | None = None, run_id: str | None = None) -> Summary | None:
        """What was said so far, in a few words of the language model: what it reads the next messages with. None where there is none yet.

        It is one for the whole graph, and is gone where something was forgotten, until the next one is made.
        """
        return self._store.summary(Scope.of(user_id, agent_id, run_id).graph)

    def embedding(self, *, user_id: str | None = None, agent_id: str | None = None, run_id: str | None = None) -> Embedding:
        """Of which model the graph's vectors are, and how many of its texts have none. No embedder is needed."""
        graph = Scope.of(user_id, agent_id, run_id).graph
        held, missing = self._store.embedding(graph), len(self._store.missing_vectors(graph))
        return Embedding(None, None, missing) if held is None else Embedding(held.name, held.dimension, missing)

    def facts(
        self,
        *,
        user_id: str | None = None,
        agent_id: str | None = None,
        run_id: str | None = None,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        as_of: TimeLike | None = None,
        known_at: TimeLike | None = None,
        holder: str | None = None,
    ) -> list[Fact]:
        """The facts that hold at the two times, sorted by start of validity: now and by all that is known, by default.

        Args:
            subject, object: names or aliases; `object` also a literal's text.
            as_of: an instant: the states that hold then and the events begun by then; a period: what overlaps it.
            known_at: a period means its last instant.
            holder: what this one said in their own voice, and what is attributed to them; None for the record.
        """
        scope = Scope.of(user_id, agent_id, run_id)
        valid = Period.instant(self._now()) if as_of is None else read_period(as_of, "as_of")
        known = _known(known_at)
        where = self._where(scope, valid, known, subject, predicate, object)
        view = self._view(scope, holder)
        return self._settled(scope.graph, lambda: present(self._store, scope.graph, view.versions_of(where), known, labels=scope.labels))

    def timeline(
        self,
        entity: str,
        *,
        user_id: str | None = None,
        agent_id: str | None = None,
        run_id: str | None = None,
        predicate: str | None = None,
        holder: str | None = None,
    ) -> list[Fact]:
        """Every version of every fact about an entity, over both times, sorted by predicate, knowledge and validity."""
        scope = Scope.of(user_id, agent_id, run_id)
        where = self._where(scope, None, None, checked_name(entity, "entity"), predicate, None)
        view = self._view(scope, holder)
        facts = self._settled(scope.graph, lambda: present(self._store, scope.graph, view.versions_of(where), None, labels=scope.labels))
        return sorted(facts, key=lambda fact: (fact.predicate, fact.created_at, fact.valid.start, fact.id))

    def diff(
        self, start: TimeLike, end: TimeLike, *, user_id: str | None = None, agent_id: str | None = None, run_id: str | None = None
    ) -> Diff:
        """What changed in `[start, end)`: in the world, at best knowledge, and in what was believed. A period means its start."""
        scope = Scope.of(user_id, agent_id, run_id)
        first, last = read_period(start, "start").start, read_period(end, "end").start
        if last <= first:
            raise InvalidTime(f"end={show(last)} is not after start={show(first)}")
        return self._settled(scope.graph, lambda: reading.diff(self._store, scope.graph, Period(first, last), scope.labels))

    def why(self, id: str, *, user_id: str | None = None, agent_id: str | None = None, run_id: str | None = None) -> Why:
        """Where a fact or a claim comes from: who said it, in what words, how it was judged, what it superseded.

        Raises:
            NotFound: the graph holds nothing under this id.
        """
        graph, checked = Scope.of(user_id, agent_id, run_id).graph, checked_text(id, "id")
        return self._settled(graph, lambda: reading.why(self._store, graph, checked))

    def search(
        self,
        question: str,
        *,
        user_id: str | None = None,
        agent_id: str | None = None,
        run_id: str | None = None,
        as_of: TimeLike | None = None,
        known_at: TimeLike | None = None,
        holder: str | None = None,
        read_times: bool = True,
        limit: int = 10,
        token_budget: int | None = None,
    ) -> Search:
        """The facts and episodes that answer a question best. Times in its words are understood, and said in `Search.time`.

        Args:
            question: of at most 10,000 characters.
            as_of, known_at, holder: instead of what the words say.
            read_times: whether times, and whose view is asked for, are read out of the words at all.
            limit: how many facts, how many episodes, and how many hits of both at most.
            token_budget: instead of `limit`, as many of the best hits, 100 at most, as fit into a `Search.context` of this many tokens;
                four characters count as a token.

        Raises:
            ModelError: the reranker has no scores for now.
        """
        from mem0g.retrieval.search import MOST_HITS, Query, search  # noqa: PLC0415 - loads networkx

        scope, limit = Scope.of(user_id, agent_id, run_id), _checked_count(limit, "limit", 1)
        query = Query(
            question=checked_text(question, "question", limit=_LONGEST_QUESTION),
            owner=scope.owner,
            now=self._now(),
            as_of=None if as_of is None else read_period(as_of, "as_of"),
            known_at=None if known_at is None else read_period(known_at, "known_at").last,
            labels=scope.labels,
            limit=limit if token_budget is None else MOST_HITS,
            token_budget=None if token_budget is None else _checked_count(token_budget, "token_budget", 1),
            meaning=cache(partial(self._meaning, scope.graph)),
            walks=self._flavour == "graph",
            read_times=read_times,
            reranker=self._reranker,
        )
        return self._settled(scope.graph, lambda: search(self._view(scope, holder), query))

    def answer(
        self,
        question: str,
        *,
        user_id: str | None = None,
        agent_id: str | None = None,
        run_id: str | None = None,
        as_of: TimeLike | None = None,
        known_at: TimeLike | None = None,
        holder: str | None = None,
        read_times: bool = True,
    ) -> Answer:
        """What is known to a question, with what it rests on and the time it is answered for; or that it is not known.

        With a language model, given or configured, one call over what `search` finds. Without one, questions of what is so, when, until
        when, for how long, what changed and who believes what are answered from the facts of the entity and the predicate that the question
        names, and nothing is said to any other.

        Args:
            question: of at most 10,000 characters, in English.
            as_of, known_at, holder: instead of what the words say.
            read_times: whether times, and whose view is asked for, are read out of the words at all.

        Raises:
            ModelError: the language model gave no usable answer for now.
            BudgetExceeded: `max_calls` is spent.
        """
        scope, llm = Scope.of(user_id, agent_id, run_id), self._models.chosen
        if llm is not None:
            from mem0g.retrieval.llm_answering import answered_by  # noqa: PLC0415 - loads pydantic

            found = self.search(
                question, user_id=user_id, agent_id=agent_id, run_id=run_id, as_of=as_of, known_at=known_at, holder=holder,
                read_times=read_times, limit=_SHOWN_TO_ANSWER,
            )  # fmt: skip
            return answered_by(llm, found, partial(self._store.episodes, scope.graph), self._spending.on("answer"))
        from mem0g.retrieval.answering import answer  # noqa: PLC0415 - loads the patterns of times
        from mem0g.retrieval.asking import read_asked  # noqa: PLC0415
        from mem0g.retrieval.question import Given  # noqa: PLC0415

        text, now = checked_text(question, "question", limit=_LONGEST_QUESTION), self._now()
        view = self._view(scope, holder)
        valid = None if as_of is None else read_period(as_of, "as_of")
        given = Given(valid, None if known_at is None else read_period(known_at, "known_at").last, view.holder, read_times)

        def read() -> Answer:
            return answer(read_asked(view, text, scope.owner, now, given, scope.labels), text, now, scope.labels, given)

        return self._settled(scope.graph, read)

    def episodes(self, *, user_id: str | None = None, agent_id: str | None = None, run_id: str | None = None) -> list[Episode]:
        """What was said, in the order it was said."""
        scope = Scope.of(user_id, agent_id, run_id)
        return [episode for episode in self._store.episodes(scope.graph) if episode.has_labels(scope.labels)]

    def graph(
        self,
        *,
        user_id: str | None = None,
        agent_id: str | None = None,
        run_id: str | None = None,
        as_of: TimeLike | None = None,
        known_at: TimeLike | None = None,
    ) -> "networkx.MultiDiGraph[str]":
        """The facts that hold at the two times, as a network: nodes by name, edges keyed by fact id.

        Two entities of one name are told apart as "name (type)" or "name (id)", a literal of that name as "name (value)".
        A node has `kind` ("entity" or "value"), an entity also `id`; an edge has `predicate`, `text`, `valid_at`, `invalid_at`,
        `created_at`, `expired_at` and `event`.
        """
        from mem0g.retrieval.networks import as_graph  # noqa: PLC0415 - networkx is slow to import

        graph = Scope.of(user_id, agent_id, run_id).graph

        def read() -> "networkx.MultiDiGraph[str]":
            facts = self.facts(user_id=user_id, agent_id=agent_id, run_id=run_id, as_of=as_of, known_at=known_at)
            ids = {id for fact in facts for id in (fact.subject_id, fact.object_id) if id}
            names = Names.read(self._store, graph, ids)
            return as_graph(
                facts, {entity.id: replace(entity, name=names.of(entity.id)) for entity in self._store.entities(graph, ids=ids)}
            )

        return self._settled(graph, read)

    def merges(self, *, user_id: str | None = None, agent_id: str | None = None, run_id: str | None = None) -> list[Merged]:
        """The names that were found to be of one entity, in the order that was recorded; `unmerge` takes one back."""
        graph = Scope.of(user_id, agent_id, run_id).graph

        def read() -> list[Merged]:
            merges = self._store.merges(graph)
            return present_merges(self._store, graph, merges, merges)

        return self._settled(graph, read)

    def graphs(self) -> list[str]:
        """The keys of all graphs in the store: "user:alice", …; sorted."""
        return self._store.graphs()

    # The ledger as a file

    def export(
        self, path: str | PathLike[str], *, user_id: str | None = None, agent_id: str | None = None, run_id: str | None = None
    ) -> int:
        """Write the graph's whole ledger as JSON Lines; returns the number of records. The same ledger gives the same bytes.

        Raises:
            NotFound: there is no such graph.
        """
        from mem0g.ledger_file import Ledger, write_ledger  # noqa: PLC0415 - loads pydantic

        graph = Scope.of(user_id, agent_id, run_id).graph
        records, progress = self._ledger(graph)
        if not records:
            raise NotFound(f"{graph} holds nothing to export")
        return write_ledger(Path(checked_path(path)), Ledger(graph, records, progress))

    def load(self, path: str | PathLike[str], *, progress: OnProgress | None = None) -> int:
        """Bring an exported ledger in, and work out its facts; returns the number of records. No model is needed.

        A graph that holds part of it already keeps what it has. It is written in batches, each with all that follows from it: where
        it was interrupted, loading the file again goes on.

        Args:
            progress: called as batches are written, with how many records are, and how many there are.

        Raises:
            InvalidLedger: the file cannot be loaded; nothing of it was kept.
            EpisodeConflict: an episode's id names other content here.
        """
        from mem0g.ledger_file import read_ledger  # noqa: PLC0415 - loads pydantic

        ledger = read_ledger(Path(checked_path(path)))
        episodes = [record for record in ledger.records if isinstance(record, Episode)]
        self._check_model(ledger.graph)
        held = self._store.episodes(ledger.graph, ids={episode.id for episode in episodes})
        self._refuse_other_content(held, episodes)
        written, all_records = 0, len(ledger.records) + len(ledger.progress)
        for batch in batches(ledger.records):
            writing.write_records(self._store, ledger.graph, batch)
            written += len(batch)
            if progress:
                progress(written, all_records)
        writing.write_records(self._store, ledger.graph, [], ledger.progress)
        if merges := types_learned(self._store, ledger.graph, self._now()):
            writing.write_merges(self._store, ledger.graph, merges, self._now())
        if progress:
            progress(all_records, all_records)
        self._pipeline.embed_new(ledger.graph)
        return all_records

    # Steps

    def _settled(self, graph: str, read: Callable[[], _Result]) -> _Result:
        """What `read` answers. A read is many calls to the store: where the graph changed between two, it is read again.

        Where it changes all the time the last of a few readings stands; its calls may be of neighbouring moments.
        """
        left, settled = _READINGS, False
        while True:
            revision = self._store.revision(graph, settled)
            left -= 1
            try:
                answer = read()
            except KeyError:
                if settled and self._store.revision(graph, settled) == revision:
                    raise
                settled = True
            else:
                if left <= 0 or self._store.revision(graph) == revision:
                    return answer

    def _ledger(self, graph: str) -> tuple[list[Record], list[Progress]]:
        """The ledger and how far it was read, both of one revision."""
        while True:
            revision = self._store.revision(graph, settled=True)
            records, progress = list(self._store.records(graph)), self._store.progress(graph)
            if self._store.revision(graph, settled=True) == revision:
                return records, progress

    def _now(self) -> datetime:
        return utc(self._clock(), "clock()")

    def _said(self, occurred_at: TimeLike | None, now: datetime) -> datetime:
        return now if occurred_at is None else instant(occurred_at, "occurred_at")

    def _episodes(
        self, messages: Messages, scope: Scope, occurred_at: TimeLike | None, episode_id: str | None, metadata: Mapping[str, object] | None
    ) -> list[Episode]:
        now = self._now()
        said = self._said(occurred_at, now)
        if isinstance(messages, str):
            return [text_episode(messages, scope, said, now, episode_id, metadata)]
        listed = [messages] if isinstance(messages, Mapping) else _listed(messages)
        if episode_id is not None:
            if len(listed) != 1:
                raise InvalidInput(f"episode_id={episode_id!r} names one episode, not {len(listed)}: give each message its own 'id'")
            listed = [{**message, "id": episode_id} if isinstance(message, Mapping) else message for message in listed]
        return message_episodes(listed, scope, said, now, metadata)

    def _keep(self, graph: str, episodes: Sequence[Episode]) -> None:
        """Store episodes durably, before anything reads them."""
        self._refuse_other_content(self._store.episodes(graph, ids={episode.id for episode in episodes}), episodes)
        writing.write_episodes(self._store, graph, episodes, [Progress(episode.id, first_stage(episode)) for episode in episodes])

    def _refuse_other_content(self, held: Sequence[Episode], given: Sequence[Episode]) -> None:
        there = {episode.id: episode for episode in held}
        for episode in given:
            same = there.setdefault(episode.id, episode)
            if not same.same_as(episode):
                raise EpisodeConflict(
                    f"episode id {episode.id!r} already names {same.content[:60]!r}, said {show(same.occurred_at)}: give another id"
                )

    def _read(self, scope: Scope, ids: Sequence[str], progress: OnProgress | None) -> Added:
        """Read the unread of these episodes, and tell what came of it.

        Raises:
            ExtractionError: some of them could not be read for now.
        """
        done = self._pipeline.read(scope, ids, progress)
        self._summarise_later(scope.graph)
        if done.failures:
            reason = next(iter(done.failures.values()))
            kind = BudgetExceeded if isinstance(reason, BudgetExceeded) else ExtractionError
            left = f"{len(done.failures)} of {len(ids)} episodes are stored and pending: retry reads them"
            raise kind(f"{reason}; {left}", tuple(done.failures))
        added = self._settled(scope.graph, lambda: report(self._store, scope.graph, ids, done.outcome))
        return replace(added, refused=done.refused)

    def _check_model(self, graph: str) -> None:
        if self._embedder is not None:
            check_model(self._store, graph, self._embedder)

    def _meaning(self, graph: str, question: str) -> "Vector | None":
        """The vector of a question; None where there is nothing to compare it with, or it cannot be had for now."""
        if self._embedder is None or check_model(self._store, graph, self._embedder) is None:
            return None
        try:
            vector: Vector = self._embedder.embed([checked_text(question, "question")])[0]
        except (ModelError, MissingExtra) as error:
            _LOG.warning("%s is searched without meanings: %s", graph, error)
            return None
        return vector

    def _given_embedder(self) -> Embedder:
        if self._embedder is None:
            raise InvalidInput("this memory has no embedder: give Memory(embedder=...)")
        return self._embedder

    def _summarise_later(self, graph: str) -> None:
        """Have the summary made anew in the background where it is due, and where a model can do it."""
        if self._models.llm is not None and self._summary_every is not None:
            self._background.ask(graph)

    def _refresh_summary(self, graph: str) -> bool:
        """Bring the summary one call of the model further, where it is due. Whether it still is."""
        from mem0g.ingestion.summarising import is_due, refresh  # noqa: PLC0415 - loads pydantic

        llm = self._models.llm
        if llm is None or self._summary_every is None or not is_due(self._store, graph, self._summary_every):
            return False
        refresh(self._store, graph, llm, self._now(), self._spending.on("summary"))
        return is_due(self._store, graph, self._summary_every)

    def _view(self, scope: Scope, holder: str | None) -> reading.View:
        return reading.View(self._store, scope.graph, None if holder is None else checked_name(holder, "holder"))

    def _where(
        self, scope: Scope, as_of: Period | None, known_at: datetime | None, subject: str | None, predicate: str | None, object: str | None
    ) -> list[FactFilter]:
        where = FactFilter(as_of=as_of, known_at=known_at, labels=scope.labels or None)
        about = None if subject is None else checked_name(subject, "subject")
        to = None if object is None else checked_name(object, "object")
        return list(reading.filters(self._store, scope.graph, where, about, to, predicate))

    def _claims_meant(self, graph: str, ids: Sequence[str]) -> tuple[str, ...]:
        """The ids of the claims that these ids mean: a claim itself, or those that carry a fact; that carried it, if it expired."""
        return tuple(dict.fromkeys(claim for id in ids for claim in reading.claims_meant(self._store, graph, checked_text(id, "id"))))

    def _erasure(self, graph: str, episode_id: str | None, entity: str | None) -> forgetting.Erasure:
        if episode_id is not None:
            if not self._store.episodes(graph, ids=[episode_id]):
                raise NotFound(f"{graph} holds no episode {episode_id!r}: episodes lists them")
            return forgetting.erasure_of_episodes(self._store, graph, [episode_id])
        if entity is None:
            return forgetting.erasure_of_everything(self._store, graph)
        members = reading.entities_named(self._store, graph, checked_name(entity, "entity"))
        if not members:
            raise NotFound(f"{graph} knows no entity named {entity!r}")
        entities = self._store.entities(graph, ids=members)
        return forgetting.erasure_of_episodes(self._store, graph, forgetting.episodes_about(self._store, graph, entities))


def _listed(messages: object) -> list[Message]:
    if not isinstance(messages, Iterable):
        raise InvalidInput(
            f"messages={quoted(messages)} is no text and no message: give text, a dict with role and content, or a list of dicts"
        )
    return list(messages)


def _checked_flavour(flavour: Flavour) -> Flavour:
    if flavour not in get_args(Flavour):
        raise InvalidInput(f"flavour={quoted(flavour)} is neither 'graph' nor 'facts'")
    return flavour


def _known(known_at: TimeLike | None) -> datetime:
    return EVERYTHING_KNOWN if known_at is None else read_period(known_at, "known_at").last


def _ids(ids: str | Iterable[str] | None) -> Sequence[str]:
    if ids is None:
        return ()
    if isinstance(ids, str):
        return (ids,)
    if not isinstance(ids, Iterable):
        raise InvalidInput(f"corrects={quoted(ids)} is no id: give an id, or a list of ids")
    return tuple(ids)


def _check_part(name: str, part: object, method: str) -> None:
    if part is not None and not callable(getattr(part, method, None)):
        raise InvalidInput(f"{name}={quoted(part)} cannot be used: it has no method {method}; see the arguments of Memory")


def _checked_count(count: object, what: str, least: int) -> int:
    if isinstance(count, bool) or not isinstance(count, int) or count < least:
        raise InvalidInput(f"{what}={quoted(count)} cannot be used: give a whole number, {least} or more")
    return count
