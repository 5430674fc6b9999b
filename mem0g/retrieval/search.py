"""Search: the question's entities walked, its words and its meaning matched, all over what is visible at the two times.

What they find is fused into one ranking of facts and episodes. docs/retrieval.md says why each signal is there, and what it is worth.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache, partial
from types import MappingProxyType
from typing import TypeVar

from mem0g.ingestion.resolution import Identity
from mem0g.model import EntityId, Episode, Fact, Source, Value, Version, Wording, normalise, object_key
from mem0g.period import Period
from mem0g.ports import FactFilter, Link, Reranker, Vector
from mem0g.results import FoundEpisode, FoundFact, Hit, Search, TimeRead
from mem0g.retrieval.anchors import Anchor, anchored, anchors_of, ties_asked, without_names
from mem0g.retrieval.asking import read_times
from mem0g.retrieval.fusion import bests, fuse, told_once
from mem0g.retrieval.legs import legs
from mem0g.retrieval.linked import FACTS, linked
from mem0g.retrieval.misspelling import NamesRead, read_names
from mem0g.retrieval.predicates import named_predicates, predicate_scores
from mem0g.retrieval.presenting import present
from mem0g.retrieval.question import Given, asks_of_asker, content_words, known_instant
from mem0g.retrieval.reading import View, filters
from mem0g.retrieval.reranking import MarginalRelevance, reranked
from mem0g.retrieval.walk import surroundings, walk

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"walk": 0.25, "predicate": 0.5, "anchor": 0.5, "text": 0.5, "semantic": 1.0, "exchange": 0.5, "linked": 0.5}
)
"""What the best of each signal is worth. "exchange" is what the words of the message before an episode count beside its own, in "text"."""

MOST_HITS = 100
"""How much a search finds that is bounded by tokens."""

WITHIN = timedelta(hours=1)
"""Messages no further apart are of one exchange."""

_CANDIDATES = 200
"""Facts, and episodes, taken from each of the signals "text" and "semantic" before fusion."""

_BESIDE = 50
"""Episodes that are walked over with those beside them, the best by their words and meaning; as many as are asked for, if that is more."""

_EVERY = 1_000_000
"""Episodes taken where labels, of which the store knows nothing here, have yet to sort them out."""

_TOKEN = 4
"""Characters that count as a token."""

_Scores = Mapping[str, Mapping[str, float]]
_Triplet = tuple[str, str, str]
_Held = tuple[Sequence[Version], Mapping[str, _Triplet]]
"""Facts of a holder, and the triplets of stored facts by id."""
_Found = TypeVar("_Found", bound=Hit)


@dataclass(frozen=True, slots=True)
class Query:
    """A question with what the caller fixed.

    Attributes:
        owner: the name of the one whose memory is asked: "I", where the question names nobody.
        now: the present, for "last month" and for what holds now.
        labels: see `FactFilter.labels`.
        limit: how many facts, how many episodes, and how many hits at most.
        token_budget: how many tokens `Search.context` takes at most; None for any number.
        meaning: gives a text's vector, of the graph's own model, or None; called once a search.
        walks: whether the graph is walked from the entities that the question names, and these find what is theirs.
        read_times: whether times, and whose view is asked for, are read out of the question's words.
        strips: whether the names of people who are anchors are taken out of what is looked for.
        once: whether what was told by hits before goes behind the others.
        weights: see `WEIGHTS`; 0 switches a signal off.
        reranker: puts the best hits in another order; None for none.
    """

    question: str
    owner: str
    now: datetime
    as_of: Period | None
    known_at: datetime | None
    labels: Mapping[str, str]
    limit: int
    token_budget: int | None = None
    meaning: "Callable[[str], Vector | None]" = lambda _: None
    walks: bool = True
    read_times: bool = True
    strips: bool = True
    once: bool = True
    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)
    reranker: Reranker | MarginalRelevance | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question understood: what is looked for, and where.

    Attributes:
        names: whom it names, and the question with those names as they are spelt.
        words: that say what is asked; `meaning` the vector of the same.
    """

    query: Query
    names: NamesRead
    time: TimeRead
    where: FactFilter
    identity: Identity
    anchors: Sequence[Anchor]
    words: Sequence[str]
    meaning: "Vector | None"

    @property
    def known_at(self) -> datetime:
        return known_instant(self.time.known_at)


@dataclass(frozen=True, slots=True)
class _Told:
    """Episodes found: whole, by id, with what each signal gives them, and which are beside one another."""

    episodes: Mapping[str, Episode]
    signals: _Scores
    pairs: Sequence[tuple[str, str]]


def search(view: View, query: Query) -> Search:
    """The facts and episodes that answer the question best."""
    view, asked = _understood(view, query)
    held = cache(partial(_held, view, asked))
    with legs(at_once=view.store.waits) as start:
        around = start(lambda: _surroundings(view, asked))
        text, semantic = start(lambda: _match(view, asked, held)), start(lambda: _near(view, asked, held))
        told = start(lambda: _told(view, asked))
        recorded = start(lambda: _recorded(view, asked))
        signals = {"text": text(), "semantic": semantic()}
        links = {link.id: link for link in around()}
        if others := {id for ids in signals.values() for id in ids if id not in links}:
            links |= {link.id: link for link in view.links(replace(asked.where, ids=others))}
        signals["walk"] = walk({anchor.id for anchor in asked.anchors}, links.values())
        signals["predicate"] = _named(asked, recorded(), links.values())
        return _answer(view, asked, signals, links, told())


def _understood(view: View, query: Query) -> tuple[View, _Asked]:
    """The question as it is looked for, in the view that its words ask for."""
    given = Given(query.as_of, query.known_at, view.holder, query.read_times)
    identity = Identity.of(view.store.merges(view.graph))
    read = NamesRead(query.question)
    if query.walks:
        read = read_names(view.store, view.graph, query.question, identity, query.owner, query.now)
    view, time = read_times(view, read.question, query.owner, query.now, given, query.labels, identity)
    where = FactFilter(as_of=time.as_of, known_at=known_instant(time.known_at), labels=query.labels or None)
    anchors = _anchors(view, query.owner, identity, time, where, read) if query.walks else []
    names = {name for anchor in anchors if anchor.is_person for name in anchor.names} if query.strips else set()
    bare = without_names(read.question, names)
    words = content_words(bare, time.words) or content_words(read.question, time.words)
    return view, _Asked(query, read, time, where, identity, anchors, words, query.meaning(bare))


def _anchors(view: View, owner: str, identity: Identity, time: TimeRead, where: FactFilter, read: NamesRead) -> Sequence[Anchor]:
    """The entities the question names; the owner where it names none, and speaks of "me" or of a time alone.

    Who is named by a tie, as in "my sister", stands for the one whose sister she is.
    """
    found = read.found
    if not found and (asks_of_asker(read.question) or time.words):
        found = view.store.entities(view.graph, names={normalise(owner)})
    anchors = anchors_of(view.store, view.graph, identity, found, owner)
    ids = {anchor.id for anchor in anchors}
    ends = dict[EntityId, EntityId]()
    for name, word in ties_asked(read.question, {name for anchor in anchors for name in anchor.names}, owner) if anchors else ():
        for predicate in (word, f"has_{word}"):
            tied = view.versions_of(filters(view.store, view.graph, where, name, None, predicate))
            ends |= {end: start for version in tied for start, end in _ways(version) if start in ids and end not in ids}
    meant = anchors_of(view.store, view.graph, identity, view.store.entities(view.graph, ids=ends), owner) if ends else []
    return [*(anchor for anchor in anchors if anchor.id not in ends.values()), *meant]


def _ways(version: Version) -> list[tuple[EntityId, EntityId]]:
    """From either end of a fact to the other; none where one is a literal."""
    one, other = version.subject, version.object
    return [] if isinstance(other, Value) else [(one, other), (other, one)]


def _surroundings(view: View, asked: _Asked) -> list[Link]:
    """The visible facts around the anchors."""

    def near(entities: Sequence[EntityId], each: int) -> Sequence[Link]:
        return view.links(replace(asked.where, touching=entities), each)

    return surroundings({anchor.id for anchor in asked.anchors}, near)


def _recorded(view: View, asked: _Asked) -> dict[str, Wording]:
    """What the graph decided about predicates, by name; read only where there is an anchor whose facts could be named."""
    return {wording.name: wording for wording in view.store.wordings(view.graph)} if asked.anchors else {}


def _named(asked: _Asked, recorded: Mapping[str, Wording], links: Collection[Link]) -> dict[str, float]:
    """The facts whose predicate the question names."""
    named = named_predicates(asked.names.question, asked.time.words, asked.anchors, asked.query.owner, recorded)
    return predicate_scores(links, named, recorded)


def _match(view: View, asked: _Asked, held: Callable[[], _Held]) -> dict[str, float]:
    """Full text over the facts; a holder's own are found by the stored facts of the same triplet."""
    if not asked.words:
        return {}
    if view.holder is None:
        return dict(view.store.match_facts(view.graph, asked.words, asked.where, _CANDIDATES))
    return _as_held(*held(), lambda stored, count: view.store.match_facts(view.graph, asked.words, stored, count))


def _near(view: View, asked: _Asked, held: Callable[[], _Held]) -> dict[str, float]:
    """Facts near in meaning; a holder's own are as near as the nearest stored fact of the same triplet."""
    if asked.meaning is None:
        return {}
    if view.holder is None:
        return _positive(view.store.nearest_facts(view.graph, asked.meaning, asked.where, _CANDIDATES))
    meaning = asked.meaning
    return _as_held(*held(), lambda stored, count: view.store.nearest_facts(view.graph, meaning, stored, count))


def _held(view: View, asked: _Asked) -> _Held:
    """What a holder has of the facts sought, and the stored facts of the same triplets: a view's own are not stored."""
    held = view.versions(asked.where)
    triplets = {_triplet(version) for version in held}
    any_version = FactFilter(any_holder=True, known_at=None, subjects={version.subject for version in held})
    stored = {version.id: _triplet(version) for version in view.store.facts(view.graph, any_version) if _triplet(version) in triplets}
    return held, stored


def _as_held(
    held: Sequence[Version], stored: Mapping[str, _Triplet], score: Callable[[FactFilter, int], Sequence[tuple[str, float]]]
) -> dict[str, float]:
    """What a holder has, each by the best score of the stored facts of its triplet."""
    where = FactFilter(any_holder=True, known_at=None, ids=stored.keys())
    found = _positive(score(where, len(stored))) if stored else {}
    by_triplet = {stored[id]: score for id, score in reversed(found.items())}
    return {version.id: by_triplet[_triplet(version)] for version in held if _triplet(version) in by_triplet}


def _positive(found: Sequence[tuple[str, float]]) -> dict[str, float]:
    return {id: score for id, score in found if score > 0}


def _triplet(version: Version) -> _Triplet:
    return (version.subject, version.predicate, object_key(version.object))


def _told(view: View, asked: _Asked) -> _Told:
    """Episodes by their words and meaning, the best of them with those beside them; all said by the known time, and of the labels."""
    store, graph, known_at, meaning, labels = view.store, view.graph, asked.known_at, asked.meaning, asked.query.labels
    limit = _EVERY if labels else _CANDIDATES
    with legs(at_once=store.waits) as start:
        text = start(lambda: dict(store.match_episodes(graph, asked.words, known_at, limit)) if asked.words else {})
        semantic = start(lambda: {} if meaning is None else _positive(store.nearest_episodes(graph, meaning, known_at, limit)))
        signals: dict[str, dict[str, float]] = {"text": text(), "semantic": semantic()}
    fused = fuse(signals, asked.query.weights)
    best = sorted(fused, key=lambda found: (-sum(fused[found].values()), found))
    kept = _labelled(store.episodes(graph, ids=best), labels) if labels else {}
    best = [id for id in best if not labels or id in kept][: max(_BESIDE, asked.query.limit)]
    pairs = store.adjacent_episodes(graph, best, known_at, WITHIN, labels) if best else []
    ids = {*best, *(id for pair in pairs for id in pair)}
    near = {episode.id: episode for episode in (*kept.values(), *store.episodes(graph, ids=ids - kept.keys())) if episode.id in ids}
    own = {name: {id: score for id, score in scores.items() if id in near} for name, scores in signals.items()}
    own["text"] = _of_exchange(own["text"], pairs, asked.query.weights["exchange"])
    own["anchor"] = anchored(near.values(), asked.anchors)
    return _Told(near, own, pairs)


def _labelled(episodes: Sequence[Episode], labels: Mapping[str, str]) -> dict[str, Episode]:
    return {episode.id: episode for episode in episodes if episode.has_labels(labels)}


def _of_exchange(text: Mapping[str, float], pairs: Sequence[tuple[str, str]], share: float) -> dict[str, float]:
    """The score of each episode's words, with a share of that of the message before it: an answer need not repeat what was asked."""
    before = {later: share * text.get(earlier, 0.0) for earlier, later in pairs}
    scores = {id: text.get(id, 0.0) + before.get(id, 0.0) for id in text.keys() | before.keys()}
    return {id: score for id, score in scores.items() if score > 0}


def _answer(view: View, asked: _Asked, signals: _Scores, links: Mapping[str, Link], told: _Told) -> Search:
    """The best of both, in their lists and in one."""
    query, best = asked.query, bests(signals, told.signals)
    facts = fuse(signals, query.weights, best)
    episodes = fuse(told.signals, query.weights, best)
    whole = _facts(view, asked, _best(facts, links)[: max(FACTS, 2 * query.limit)])
    if query.weights["linked"] > 0:
        near, beside = linked(whole[:FACTS] if query.walks else [], told.episodes, told.pairs, asked.anchors, (facts, episodes))
        best = bests({"linked": near}, {"linked": beside})
        for found, scores in ((facts, near), (episodes, beside)):
            found |= {id: {**found.get(id, {}), **parts} for id, parts in fuse({"linked": scores}, query.weights, best).items()}
    found_facts = [FoundFact.of(fact, sum(facts[fact.id].values()), facts[fact.id]) for fact in whole]
    found_episodes = [FoundEpisode(told.episodes[id], sum(parts.values()), parts) for id, parts in sorted(episodes.items())]
    hits: list[Hit] = [hit for found in (found_facts, found_episodes) for hit in _ranked(found)[: 2 * query.limit]]
    hits = _ranked(hits)
    if query.reranker is not None:
        hits = reranked(query.reranker, asked.names.question, hits)
    return _cut(asked, told_once(_stated_last(hits), lambda hit: hit.sources) if query.once else hits)


def _ranked(hits: Sequence[_Found]) -> list[_Found]:
    """The best first; of equals, the one that was first."""
    return sorted(hits, key=lambda hit: -hit.score)


def _stated_last(hits: Sequence[Hit]) -> list[Hit]:
    """The hits in their order, at the end the episodes that are but the sentence of a fact among them: the fact says it with its dates."""
    told = {id for hit in hits if isinstance(hit, FoundFact) for id in hit.sources}

    def is_stated(hit: Hit) -> bool:
        return isinstance(hit, FoundEpisode) and hit.episode.source is Source.FACT and hit.episode.id in told

    return sorted(hits, key=is_stated)


def _cut(asked: _Asked, hits: Sequence[Hit]) -> Search:
    """As much of the ranking as was asked for."""
    query = asked.query
    if query.token_budget is None:
        return _listed(asked, hits, hits[: query.limit])
    kept = _within(hits, query.token_budget, query.now)
    while kept and len(_listed(asked, kept, kept).context()) > query.token_budget * _TOKEN:  # its titles, and what changed
        kept.pop()
    return _listed(asked, kept, kept)


def _listed(asked: _Asked, hits: Sequence[Hit], kept: Sequence[Hit]) -> Search:
    """The facts and the episodes of `hits` apart, beside the ranking that is kept."""
    query, ranked = asked.query, _ranked(hits)
    return Search(
        question=query.question,
        facts=[hit for hit in ranked if isinstance(hit, FoundFact)][: query.limit],
        episodes=[hit for hit in ranked if isinstance(hit, FoundEpisode)][: query.limit],
        time=asked.time,
        asked_at=query.now,
        hits=kept,
        misspelt=asked.names.misspelt,
    )


def _within(hits: Sequence[Hit], budget: int, now: datetime) -> list[Hit]:
    """The hits that fit in, best first; one that is too long for what is left is passed over."""
    kept, left = list[Hit](), budget * _TOKEN
    for hit in hits:
        length = len(hit.line(now)) + 1
        if length <= left:
            kept.append(hit)
            left -= length
    return kept


def _best(found: Mapping[str, Mapping[str, float]], links: Mapping[str, Link]) -> list[str]:
    """The ids of the facts found, best first; of equals, the one known to hold most lately first."""
    visible = [links[id] for id in found if id in links]
    ranked = sorted(visible, key=lambda link: (sum(found[link.id].values()), link.began, link.id), reverse=True)
    return [link.id for link in ranked]


def _facts(view: View, asked: _Asked, best: Sequence[str]) -> list[Fact]:
    """The whole of the best facts, in their order."""
    versions = {version.id: version for version in view.versions(replace(asked.where, ids=best))}
    return present(view.store, view.graph, [versions[id] for id in best], asked.known_at, asked.identity, asked.query.labels)
