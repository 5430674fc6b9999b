"""The pairs of names that neither rules nor likeness decide, and that may be of one entity all the same: for a model to decide.

A pair is looked for once, when one of the two names comes up for the first time. What was decided of a pair, that the two are one or that
they are not, is kept as a merge, and it is never a doubt again.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

from mem0g.ingestion.likeness import doubt
from mem0g.ingestion.resolution import Identity, contradicts
from mem0g.model import Entity, EntityId, Merge, normalise
from mem0g.ports import FactFilter, GraphStore, Vector

_NEAREST = 20
"""How many of the nearest names in meaning are looked at."""
_FACTS = 50
"""How many facts that share words with a name are looked at for the names in them."""
_LONGEST = 8
"""How many words of a name are looked up, at most."""
_KEPT = 200
"""How many doubts of a graph wait for a call, at most: the latest."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two entities that may be one.

    Attributes:
        one: the one whose name came up.
        shown: what makes it thinkable.
    """

    one: Entity
    other: Entity
    shown: str


@dataclass(slots=True)
class Waiting:
    """The doubts that no call of a model was left for, by graph, until the next add. May be used from many threads."""

    _doubts: dict[str, list[Doubt]] = field(default_factory=dict)
    _failed: set[Doubt] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    def take(self, graph: str) -> list[Doubt]:
        """Those of a graph; they wait no longer."""
        with self._lock:
            return self._doubts.pop(graph, [])

    def keep(self, graph: str, doubts: Sequence[Doubt]) -> None:
        """Let these wait."""
        with self._lock:
            if doubts:
                self._doubts[graph] = [*self._doubts.get(graph, []), *doubts][-_KEPT:]

    def fail(self, graph: str, doubts: Sequence[Doubt]) -> None:
        """Let these wait, of which a model gave no usable answer; not those that it gave none of before: it is not asked for ever."""
        with self._lock:
            again = [doubt for doubt in doubts if doubt not in self._failed]
            self._failed = (self._failed - {*doubts}) | {*again}
        self.keep(graph, again)


def doubtful_names(store: GraphStore, graph: str, entities: Sequence[Entity], vectors: Mapping[str, Vector]) -> list[Doubt]:
    """The doubts that new entities bring; of one entity, those nearest in meaning first. `still_open` has each pair once.

    Args:
        entities: new, and stored.
        vectors: by name; names without one are compared by their letters alone.
    """
    return [Doubt(one, other, shown) for one in entities for other, shown in _near(store, graph, one, vectors.get(one.name))]


def still_open(store: GraphStore, graph: str, doubts: Sequence[Doubt]) -> list[Doubt]:
    """Those of which nothing was decided yet, whose entities are still there and of types that fit: each pair once, in the same order."""
    if not doubts:
        return []
    merges = store.merges(graph)
    identity = Identity.of(merges)
    settled = {_pair(identity, merge.source, merge.target) for merge in merges}
    members = {member for each in doubts for id in (each.one.id, each.other.id) for member in identity.members(id)}
    there = {entity.id: entity for entity in store.entities(graph, ids=members)}
    found: dict[frozenset[EntityId], Doubt] = {}
    for each in doubts:
        pair = _pair(identity, each.one.id, each.other.id)
        types = {there[id].type for end in pair for id in identity.members(end) if id in there} - {""}
        if len(pair) > 1 and pair not in settled and {each.one.id, each.other.id} <= there.keys() and len(types) < 2:
            found.setdefault(pair, each)
    return list(found.values())


def _pair(identity: Identity, one: EntityId, other: EntityId) -> frozenset[EntityId]:
    """The two that stand for these; one, where they are one."""
    return frozenset({identity.canonical(one), identity.canonical(other)})


def _near(store: GraphStore, graph: str, entity: Entity, vector: "Vector | None") -> Iterator[tuple[Entity, str]]:
    """The other entities that it may be, each with what makes it thinkable."""
    meant = {} if vector is None or not entity.type else dict(store.nearest_entities(graph, vector, entity.type, _NEAREST))
    sharing = _sharing_words(store, graph, entity.name)
    found = store.entities(graph, ids=meant.keys() | sharing, names=_parts(entity.name))
    for other in sorted(found, key=lambda other: (-meant.get(other.id, 0.0), other.id)):
        fits = other.type == entity.type or not other.type or not entity.type
        shown = doubt(entity.name, other.name, entity.type or other.type, meant.get(other.id, 0.0)) if fits else None
        if shown is not None and other.id != entity.id:
            yield other, shown


def _parts(name: str) -> set[str]:
    """The normalised names that are part of this one, or its initials."""
    words = normalise(name).split()[:_LONGEST]
    runs = {" ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1)}
    return runs | {"".join(word[0] for word in words)}


def _sharing_words(store: GraphStore, graph: str, name: str) -> set[EntityId]:
    """What the facts speak of that share words with a name."""
    words = re.findall(r"\w+", normalise(name))[:_LONGEST]
    anywhere = FactFilter(any_holder=True, known_at=None)
    ids = [id for id, _ in store.match_facts(graph, words, anywhere, _FACTS)] if words else []
    facts = store.facts(graph, FactFilter(any_holder=True, known_at=None, ids=ids)) if ids else []
    return {EntityId(end) for fact in facts for end in (fact.subject, fact.object) if isinstance(end, str)}


def without_contradiction(merges: Iterable[Merge], held: Sequence[Merge]) -> list[Merge]:
    """Merges without those that would make one, through others, of two that are known not to be one.

    Args:
        held: what is known.
    """
    merges = list(merges)
    kept = [merge for merge in merges if merge.negated]
    for merge in merges:
        if not merge.negated and not contradicts(merge, [*held, *kept]):
            kept.append(merge)
    return kept
