"""Search: the question's entities walked, its words and its meaning matched, all over what is visible at the two times.

What they find is fused into one ranking.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mem0g.ingestion.resolution import Identity
from mem0g.model import EntityId, Version, normalise, object_key
from mem0g.period import Period
from mem0g.ports import FactFilter, Link, Vector
from mem0g.results import FoundEpisode, FoundFact, Search, TimeRead
from mem0g.retrieval.asking import read_times
from mem0g.retrieval.fusion import fuse
from mem0g.retrieval.legs import legs
from mem0g.retrieval.presenting import present
from mem0g.retrieval.question import Given, asks_of_asker, content_words, known_instant, names_in
from mem0g.retrieval.reading import View
from mem0g.retrieval.walk import surroundings, walk

WEIGHTS = {"walk": 0.5, "text": 1.0, "semantic": 1.0}
"""What the best fact of each signal is worth."""

_CANDIDATES = 200
"""Facts, and episodes, taken from each of the signals "text" and "semantic" before fusion."""

_EVERY = 1_000_000
"""Episodes taken where labels, of which the store knows nothing here, have yet to sort them out."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question with what the caller fixed.

    Attributes:
        owner: the name of the one whose memory is asked: "I", where the question names nobody.
        now: the present, for "last month" and for what holds now.
        labels: see `FactFilter.labels`.
        meaning: the question's vector, of the graph's own model; None for a search without meanings.
        walks: whether the graph is walked from the entities that the question names.
        read_times: whether times, and whose view is asked for, are read out of the question's words.
    """

    question: str
    owner: str
    now: datetime
    as_of: Period | None
    known_at: datetime | None
    labels: Mapping[str, str]
    limit: int
    meaning: "Vector | None" = None
    walks: bool = True
    read_times: bool = True


def search(view: View, query: Query) -> Search:
    """The facts and episodes that answer the question best."""
    given = Given(query.as_of, query.known_at, view.holder, query.read_times)
    view, time = read_times(view, query.question, query.owner, query.now, given, query.labels)
    known_at = known_instant(time.known_at)
    where = FactFilter(as_of=time.as_of, known_at=known_at, labels=query.labels or None)
    words = content_words(query.question, time.words)
    with legs(at_once=view.store.waits) as start:
        around = start(lambda: _surroundings(view, query, time, where))
        text, semantic = start(lambda: _match(view, words, where)), start(lambda: _near(view, query.meaning, where))
        episodes = start(lambda: _episodes(view, words, known_at, query))
        signals = {"text": text(), "semantic": semantic()}
        identity, seeds, near = around()
        links = {link.id: link for link in (*near, *view.links(replace(where, ids={id for found in signals.values() for id in found})))}
        found = fuse({"walk": walk(seeds, links.values()), **signals}, WEIGHTS)
        return Search(
            question=query.question,
            facts=_facts(view, identity, where, found, _best(found, links)[: query.limit]),
            episodes=episodes(),
            time=time,
            asked_at=query.now,
        )


def _surroundings(view: View, query: Query, time: TimeRead, where: FactFilter) -> tuple[Identity, set[EntityId], list[Link]]:
    """Who is who, the seeds of the walk, and the visible facts around them; no seed where nothing is walked."""

    def near(entities: Sequence[EntityId], each: int) -> Sequence[Link]:
        return view.links(replace(where, touching=entities), each)

    identity = Identity.of(view.store.merges(view.graph))
    if not query.walks:
        return identity, set(), []
    seeds = _seeds(view, query, identity, time)
    return identity, seeds, surroundings(seeds, near)


def _seeds(view: View, query: Query, identity: Identity, time: TimeRead) -> set[EntityId]:
    """The entities the question names; the owner where it names none, and speaks of "me" or of a time alone."""
    named = view.store.entities(view.graph, names=names_in(query.question))
    if not named and (asks_of_asker(query.question) or time.words):
        named = view.store.entities(view.graph, names={normalise(query.owner)})
    return {identity.canonical(entity.id) for entity in named}


def _match(view: View, words: Sequence[str], where: FactFilter) -> dict[str, float]:
    """Full text over the facts; a holder's own are found by the stored facts of the same triplet."""
    if not words:
        return {}
    if view.holder is None:
        return dict(view.store.match_facts(view.graph, words, where, _CANDIDATES))
    stored = FactFilter(any_holder=True, known_at=None)
    scores = dict(view.store.match_facts(view.graph, words, stored, _CANDIDATES))
    matched = view.store.facts(view.graph, replace(stored, ids=scores.keys()))
    by_triplet = {_triplet(version): scores[version.id] for version in matched}
    return {version.id: by_triplet[_triplet(version)] for version in view.versions(where) if _triplet(version) in by_triplet}


def _near(view: View, meaning: "Vector | None", where: FactFilter) -> dict[str, float]:
    """Facts near in meaning; a holder's own are as near as the nearest stored fact of the same triplet."""
    if meaning is None:
        return {}
    if view.holder is None:
        return _positive(view.store.nearest_facts(view.graph, meaning, where, _CANDIDATES))
    held = view.versions(where)
    triplets = {_triplet(version) for version in held}
    any_version = FactFilter(any_holder=True, known_at=None, subjects={version.subject for version in held})
    stored = {version.id: _triplet(version) for version in view.store.facts(view.graph, any_version) if _triplet(version) in triplets}
    near = _positive(view.store.nearest_facts(view.graph, meaning, replace(any_version, ids=stored.keys()), len(stored)))
    by_triplet = {stored[id]: score for id, score in reversed(near.items()) if id in stored}
    return {version.id: by_triplet[_triplet(version)] for version in held if _triplet(version) in by_triplet}


def _positive(found: Sequence[tuple[str, float]]) -> dict[str, float]:
    return {id: score for id, score in found if score > 0}


def _triplet(version: Version) -> tuple[str, str, str]:
    return (version.subject, version.predicate, object_key(version.object))


def _best(found: Mapping[str, Mapping[str, float]], links: Mapping[str, Link]) -> list[str]:
    """The ids of the facts found, best first; of equals, the one known to hold most lately first."""
    visible = [links[id] for id in found if id in links]
    ranked = sorted(visible, key=lambda link: (sum(found[link.id].values()), link.began, link.id), reverse=True)
    return [link.id for link in ranked]


def _facts(
    view: View, identity: Identity, where: FactFilter, found: Mapping[str, dict[str, float]], best: Sequence[str]
) -> list[FoundFact]:
    """The whole of the best facts, in their order."""
    versions = {version.id: version for version in view.versions(replace(where, ids=best))}
    facts = present(view.store, view.graph, [versions[id] for id in best], where.known_at, identity)
    return [FoundFact.of(fact, sum(found[fact.id].values()), found[fact.id]) for fact in facts]


def _episodes(view: View, words: Sequence[str], known_at: datetime, query: Query) -> list[FoundEpisode]:
    limit = _EVERY if query.labels else max(query.limit, _CANDIDATES)
    store, meaning = view.store, query.meaning
    with legs(at_once=store.waits) as start:
        text = start(lambda: dict(store.match_episodes(view.graph, words, known_at, limit)) if words else {})
        semantic = start(lambda: {} if meaning is None else _positive(store.nearest_episodes(view.graph, meaning, known_at, limit)))
        found = fuse({"text": text(), "semantic": semantic()}, WEIGHTS)
    ranked = sorted((-sum(parts.values()), id) for id, parts in found.items())
    asked = ranked if query.labels else ranked[: query.limit]
    episodes = {episode.id: episode for episode in store.episodes(view.graph, ids=[id for _, id in asked])}
    hits = [FoundEpisode(episodes[id], -score, found[id]) for score, id in asked]
    return [hit for hit in hits if hit.episode.has_labels(query.labels)][: query.limit]
