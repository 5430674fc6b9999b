"""The entities that a question names, and where."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from mem0g.ingestion.resolution import Identity
from mem0g.model import EntityId, normalise
from mem0g.ports import GraphStore
from mem0g.retrieval.question import STOP_WORDS, runs
from mem0g.retrieval.wordings import hinted, named_by_cues


@dataclass(frozen=True, slots=True)
class NamedEntity:
    """A name in a question.

    Attributes:
        name: as written, without a possessive s.
        start, end: where it stands.
        ids: of the entities that bear it, those that are one with them included.
    """

    name: str
    start: int
    end: int
    ids: frozenset[EntityId]

    def within(self, span: tuple[int, int]) -> bool:
        """Whether it stands in this part of the question."""
        return span[0] <= self.start and self.end <= span[1]


def entities_in(store: GraphStore, graph: str, question: str, identity: Identity) -> list[NamedEntity]:
    """The entities that the question names, in its order; of names that overlap, the longest.

    A common word is a name only where it has a capital.
    """
    found = [run for run in runs(question) if not is_common(question[run.start : run.end])]
    named = _bearers(store, graph, {run.name for run in found})
    taken, covered = list[NamedEntity](), bytearray(len(question))
    for run in sorted(found, key=lambda run: (-run.words, run.start)):
        ids = named.get(run.name)
        if ids and not any(covered[run.start : run.end]):
            covered[run.start : run.end] = b"\1" * (run.end - run.start)
            members = frozenset(member for id in ids for member in identity.members(id))
            taken.append(NamedEntity(re.sub(r"['’]s?$", "", question[run.start : run.end]), run.start, run.end, members))
    return sorted(taken, key=lambda mention: mention.start)


def is_common(words: str) -> bool:
    """Whether these words, as written, are no name, whoever bears it."""
    return words == words.lower() and (words in STOP_WORDS or bool(named_by_cues([words]) or hinted([words])))


def _bearers(store: GraphStore, graph: str, names: Collection[str]) -> dict[str, set[EntityId]]:
    """Who bears each of the names; a name that some bear as their own, and others by its letters alone, is theirs."""
    entities = store.entities(graph, names=names)
    own, alike = defaultdict[str, set[EntityId]](set), defaultdict[str, set[EntityId]](set)
    for entity in entities:
        own[normalise(entity.name)].add(entity.id)
        for alias in entity.aliases:
            alike[normalise(alias)].add(entity.id)
    for naming in store.names(graph, [entity.id for entity in entities]) if entities else ():
        own[normalise(naming.name)].add(naming.entity)
    return {**alike, **own}


def outside(mentions: Sequence[NamedEntity], spans: Collection[tuple[int, int]]) -> list[NamedEntity]:
    """The mentions that stand in none of these parts of the question."""
    return [mention for mention in mentions if not any(mention.start < end and start < mention.end for start, end in spans)]
