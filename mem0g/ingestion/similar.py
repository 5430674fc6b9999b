"""The facts most similar to a claim: those it may be about without saying so in the same predicate.

As in the Mem0 paper (arXiv 2504.19413) ten are looked at, of those that were visible when the claim was said. Facts of another subject or
holder are never touched by it, so they take no place among the ten. By vectors, where there are any, and by words: what was written a
moment ago has no vector yet.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mem0g.ingestion.doubt import Key, key_of
from mem0g.ingestion.resolution import Identity
from mem0g.model import Claim, EntityId, Object, Stage, Value, Version, normalise, object_key
from mem0g.period import BEGINNING, EVERYTHING_KNOWN, FOREVER, TICK, Period
from mem0g.ports import FactFilter, GraphStore, Vector

SIMILAR = 10
"""How many facts are looked at, by meaning and by words: as in the Mem0 paper."""
NEAR = 0.6
"""The least cosine of two sentences of one subject, of which the one may end the other: see docs/decisions.md."""

_LAST = 10
"""How many of the last episodes are looked at for one that was read."""
_WORD = re.compile(r"[^\W_]+")
_SMALL_WORDS = frozenset({
    "a", "about", "all", "an", "and", "any", "anymore", "are", "as", "at", "be", "been", "but", "by", "can", "changed", "could", "did",
    "do", "does", "doing", "for", "from", "gave", "had", "has", "have", "he", "her", "hers", "him", "his", "i", "in", "instead", "into",
    "is", "it", "its", "just", "longer", "me", "more", "most", "moved", "my", "new", "no", "not", "now", "of", "off", "on", "one", "or",
    "other", "our", "out", "over", "quit", "s", "she", "so", "some", "stopped", "swapped", "switched", "t", "than", "that", "the",
    "their", "them", "then", "there", "these", "they", "this", "those", "to", "up", "us", "was", "we", "were", "what", "when", "which",
    "who", "will", "with", "would", "you", "your",
})  # fmt: skip


def most_similar(
    store: GraphStore, graph: str, where: FactFilter, words: Collection[str], vector: "Vector | None"
) -> list[tuple[Version, float]]:
    """The facts nearest in meaning, each with its cosine, then those that share a word, with 0.

    Args:
        where: which facts are looked at.
        vector: of the text; None where it has none.
    """
    scores = dict(store.match_facts(graph, words, where, SIMILAR)) if words else {}
    scores = dict.fromkeys(scores, 0.0)
    if vector is not None and store.embedding(graph) is not None:
        scores |= dict(store.nearest_facts(graph, vector, where, SIMILAR))
    found = store.facts(graph, FactFilter(ids=scores.keys(), any_holder=True, known_at=None)) if scores else []
    return [(version, scores[version.id]) for version in found]


def said_with(store: GraphStore, graph: str, words: Iterable[str]) -> list[Claim]:
    """The claims of the episodes that hold these words, of the best of them."""
    episodes = store.match_episodes(graph, sorted(words), EVERYTHING_KNOWN, SIMILAR)
    return store.claims_of(graph, episodes=[id for id, _ in episodes]) if episodes else []


def visible(identity: Identity, claim: Claim) -> Iterator[FactFilter]:
    """What lets through the states of its subject and holder that were valid and known when the claim was said."""
    at = Period(claim.said_at, claim.said_at + TICK)
    for holder in _holders(identity, claim):
        yield FactFilter(holder=holder, subjects=identity.members(claim.subject), as_of=at, known_at=claim.said_at)


def afterwards(identity: Identity, claim: Claim) -> Iterator[FactFilter]:
    """What lets through the states of its subject and holder that were known at any time, and valid once the claim was said."""
    after = Period(claim.said_at, FOREVER)
    for holder in _holders(identity, claim):
        yield FactFilter(holder=holder, subjects=identity.members(claim.subject), as_of=after, known_at=None)


def _holders(identity: Identity, claim: Claim) -> Sequence[EntityId | None]:
    """Those whose view it is, as facts that are stored name them: a merge of this write is not in them yet."""
    return [None] if claim.holder is None else sorted(identity.members(claim.holder))


def key_of_version(identity: Identity, version: Version) -> Key:
    """Which fact of its subject and holder a version is."""
    object = version.object
    return (version.predicate, object_key(object if isinstance(object, Value) else identity.canonical(object)))


def last_read(store: GraphStore, graph: str) -> datetime:
    """When the last episode that was read was said, as far as the last few show: those of a long import still wait to be read."""
    last = store.episodes_before(graph, EVERYTHING_KNOWN, _LAST)
    read = {entry.episode_id for entry in store.progress(graph, [episode.id for episode in last]) if entry.stage is Stage.EXTRACTED}
    return max((episode.occurred_at for episode in last if episode.id in read), default=BEGINNING)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike claims are that were looked at together.

    Attributes:
        scores: by the id of a claim and the fact found for it, the cosine; 0 for what was found by words.
        vectors: of the texts of new claims.
        names: of the entities that occur in the claims.
    """

    names: Mapping[EntityId, str]
    scores: Mapping[tuple[str, Key], float] = field(default_factory=dict)
    vectors: Mapping[str, Vector] = field(default_factory=dict)
    fresh: Collection[str] = ()

    def alike(self, later: Claim, earlier: Claim) -> bool:
        """Whether the later may be about the earlier: another predicate near in meaning, or a name of its object.

        A denial says nothing of another object of its own predicate, however near: "no longer Lisbon" leaves Porto.
        """
        score = self._score(later, earlier)
        if later.predicate == earlier.predicate:
            return score is not None and _share(content_words(self.name(later.object)), content_words(self.name(earlier.object)))
        return score is not None and (score >= NEAR or self._names(later, earlier))

    def near(self, later: Claim, earlier: Claim) -> tuple[bool, float]:
        """Whether the words of the later name the object of the earlier, and the cosine of the two; 0 where it is not known."""
        return (self._names(later, earlier), self._score(later, earlier) or 0.0)

    def _score(self, later: Claim, earlier: Claim) -> float | None:
        """None where neither was found for the other."""
        found = [self.scores.get((later.id, key_of(earlier))), self.scores.get((earlier.id, key_of(later)))]
        if later.id in self.fresh and earlier.id in self.fresh:
            found.append(self._cosine(later.text, earlier.text))
        return max((score for score in found if score is not None), default=None)

    def _cosine(self, one: str, other: str) -> float:
        vectors = (self.vectors.get(one), self.vectors.get(other))
        return 0.0 if vectors[0] is None or vectors[1] is None else float(vectors[0] @ vectors[1])

    def _names(self, later: Claim, earlier: Claim) -> bool:
        words = self.words(later) | content_words(self.name(later.object))
        return _share(words, content_words(self.name(earlier.object)))

    def words(self, claim: Claim) -> frozenset[str]:
        """What a claim's sentence and quote are about, without the name of its subject."""
        return content_words(claim.text, claim.quote) - content_words(self.name(claim.subject))

    def name(self, object: Object | None) -> str:
        """The entity's name, or what the value says; empty for an object left open."""
        if object is None:
            return ""
        if isinstance(object, Value):
            return object.about
        return self.names.get(object, "")


def content_words(*texts: str) -> frozenset[str]:
    """The words of texts that say what they are about."""
    return frozenset(word for text in texts for word in _WORD.findall(normalise(text)) if word not in _SMALL_WORDS)


def _share(words: Iterable[str], others: Iterable[str]) -> bool:
    return not _singular(words).isdisjoint(_singular(others))


def _singular(words: Iterable[str]) -> frozenset[str]:
    """Words without the s of a plural."""
    return frozenset(word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in words)
