"""Whom and what a question names: where the walk starts, which episodes are near, and which words need no finding any more.

A name swamps a vector: of "What does Alice eat?" most of the meaning is Alice, and every fact of hers is as near as any other. So the
people that a question names, once they are known to be entities, are taken out of the text whose words and meaning are looked for; the
entities themselves find what is theirs. Names of things stay: "the pottery class" says what is asked.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from mem0g.ingestion.resolution import Identity
from mem0g.model import Entity, EntityId, Episode, normalise
from mem0g.ports import GraphStore

_PERSON = "person"
_NOUN = r"[^\W\d_]\w{0,39}"


@dataclass(frozen=True, slots=True)
class Anchor:
    """An entity that a question names.

    Attributes:
        id: of the entity that stands for it.
        names: everything it is called, normalised.
        is_person: it is of this type, or the owner.
    """

    id: EntityId
    names: frozenset[str]
    is_person: bool


def anchors_of(store: GraphStore, graph: str, identity: Identity, found: Collection[Entity], owner: str) -> list[Anchor]:
    """The entities that these are, each with all of its names, sorted by id.

    Args:
        owner: the name of the one whose memory it is.
    """
    ids = {identity.canonical(entity.id) for entity in found}
    called: dict[EntityId, set[str]] = {id: set() for id in ids}
    for naming in store.names(graph, {member for id in ids for member in identity.members(id)}) if ids else ():
        called[identity.canonical(naming.entity)].add(naming.name)
    return [_anchor(id, [entity for entity in found if identity.canonical(entity.id) == id], called[id], owner) for id in sorted(ids)]


def ties_asked(question: str, names: Collection[str], owner: str) -> list[tuple[str, str]]:
    """The ties by which a question names somebody: whose it is, and its word: ("alice", "sister") of "Alice's sister".

    Args:
        names: normalised, of those whose tie it may be.
        owner: whose "my" and "our" are.
    """
    found = list[tuple[str, str]]()
    for name, form in (*((name, rf"{re.escape(name)}['’]s") for name in sorted(names)), (owner, "my"), (owner, "our")):
        found += [(name, normalise(word)) for word in re.findall(rf"(?<!\w){form}\s+({_NOUN})(?!\w)", question, re.IGNORECASE)]
    return found


def _anchor(id: EntityId, entities: Sequence[Entity], called: Iterable[str], owner: str) -> Anchor:
    written = {*called, *(name for entity in entities for name in (entity.name, *entity.aliases))}
    names = frozenset(map(normalise, written))
    return Anchor(id, names, normalise(owner) in names or any(entity.type == _PERSON for entity in entities))


def without_names(text: str, names: Collection[str]) -> str:
    """`text` without these names and the "'s" after them, in whatever case; as it is where nothing would be left of it."""
    if not names:
        return text
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    left = " ".join(re.sub(rf"(?<!\w)(?:{longest_first})(?:['’]s)?(?!\w)", " ", text, flags=re.IGNORECASE).split())
    return left if re.search(r"\w", left) else text


def anchored(episodes: Collection[Episode], anchors: Iterable[Anchor]) -> dict[str, float]:
    """Of how many of the anchors each episode is, by id, of those that are of any: what one said, or what names one who said nothing.

    Who speaks in these episodes is found by what they say: "Hey Caroline!" is said by another.
    """
    scores: Counter[str] = Counter()
    for anchor in anchors:
        spoken = [episode.id for episode in episodes if normalise(episode.speaker) in anchor.names]
        scores.update(spoken or [episode.id for episode in episodes if _is_named(anchor.names, normalise(episode.content))])
    return {id: float(count) for id, count in scores.items()}


def _is_named(names: Iterable[str], said: str) -> bool:
    return any(name in said and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said) for name in names)
