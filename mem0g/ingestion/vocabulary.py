"""The names and predicates that a graph has near a text: shown to a model, so that it uses them again.

Near are the entities that the text names, by any of their names; and the ends of the facts that share its rarest words. No model and no
embedding is asked, and however large the graph, only so much of it is read as the limits here say.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mem0g.ingestion.naming import Names
from mem0g.ingestion.resolution import Identity
from mem0g.model import Entity, EntityId, Mention, Naming, Version, normalise
from mem0g.period import Period
from mem0g.ports import FactFilter, GraphStore

MOST_NAMES = 20
MOST_PREDICATES = 30

_LONGEST_NAME = 5
"""Words of the longest name that is looked up."""
_LOOKED_UP = 600
"""How many runs of words are looked up, at most; single words first."""
_WORDS = 30
"""How many words facts are looked for by; those written as names first, then the longest."""
_FACTS = 20
"""How many facts that share words with the text are read."""
_EACH = 20
"""How many facts of each name are read for its predicates: the latest."""

_WORD = re.compile(r"\w+")
_GAP = re.compile(r"[^\S\n]*[-'’.&/,]?[^\S\n]*")
"""What may stand between two words of one name."""
_SHORTEST_WORD = 3


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a graph calls things near a text.

    Attributes:
        names: entities, shown by their best name; with the aliases that stand in the text.
        predicates: those of the facts of `names`, the most frequent first.
    """

    names: Sequence[Mention] = ()
    predicates: Sequence[str] = ()


def near(store: GraphStore, graph: str, text: str, voices: Iterable[str], said: datetime) -> Vocabulary:
    """What the graph calls things near a text.

    Args:
        voices: the names of its owner and of those who speak: theirs come first.
        said: when it was said; only what was known, and held, then is read.
    """
    runs = list(dict.fromkeys([*map(normalise, voices), *names_in(text)]))
    identity = Identity.of(store.merges(graph))
    matched = _matched(store, graph, text, said)
    places = {run: place for place, run in enumerate(runs)}
    bearers = sorted(store.entities(graph, names=runs), key=lambda entity: _place(entity, places))
    ends = (end for fact in matched for end in (fact.subject, fact.object) if isinstance(end, str))
    ids = list(dict.fromkeys(identity.canonical(EntityId(id)) for id in (*(entity.id for entity in bearers), *ends)))[:MOST_NAMES]
    members = {member for id in ids for member in identity.members(id)}
    if not members:
        return Vocabulary()
    mentions = _mentions(store.entities(graph, ids=members), store.names(graph, members), identity, places.keys())
    names = [mentions[id] for id in ids if id in mentions]
    return Vocabulary(names, _predicates([*matched, *_latest(store, graph, members, said)]))


def names_in(text: str) -> list[str]:
    """What may be an entity's name, normalised: every word, and every run of words of one line that begins and ends like a name."""
    words = list(_WORD.finditer(text))
    runs = (
        text[words[start].start() : words[end].end()]
        for start in range(len(words))
        for end in _ends(text, words, start)
        if _is_marked(words[start][0]) and _is_marked(words[end][0])
    )
    single = dict.fromkeys(normalise(word[0]) for word in words)
    return list(dict.fromkeys([*single, *map(normalise, runs)]))[:_LOOKED_UP]


def _ends(text: str, words: Sequence[re.Match[str]], start: int) -> Iterator[int]:
    """The last words of the longer runs that begin with a word."""
    for end in range(start + 1, min(start + _LONGEST_NAME, len(words))):
        if not _GAP.fullmatch(text[words[end - 1].end() : words[end].start()]):
            return
        yield end


def _is_marked(word: str) -> bool:
    """Whether a word is written as part of a name: with a capital, or a digit."""
    return word != word.lower() or any(letter.isdigit() for letter in word)


def words_in(text: str) -> list[str]:
    """The words that facts are looked for by."""
    found = dict.fromkeys(word for word in _WORD.findall(text) if len(word) >= _SHORTEST_WORD or not word.isascii())
    best = sorted(found, key=lambda word: (not _is_marked(word), -len(word)))
    return list(dict.fromkeys(map(normalise, best)))[:_WORDS]


def _matched(store: GraphStore, graph: str, text: str, said: datetime) -> list[Version]:
    """The facts that share the text's words most, the best first."""
    then = FactFilter(as_of=Period.instant(said), known_at=said)
    found = [id for id, _ in store.match_facts(graph, words_in(text), then, _FACTS)]
    facts = {fact.id: fact for fact in store.facts(graph, replace(then, ids=found))} if found else {}
    return [facts[id] for id in found if id in facts]


def _latest(store: GraphStore, graph: str, entities: Collection[EntityId], said: datetime) -> list[Version]:
    """The latest facts of each entity, over or not."""
    known = FactFilter(known_at=said)
    links = store.links(graph, replace(known, touching=entities), each=_EACH)
    return store.facts(graph, replace(known, ids={link.id for link in links})) if links else []


def _place(entity: Entity, places: Mapping[str, int]) -> int:
    """Where the text names an entity by a name it was made with; the end, where it names it otherwise."""
    return min(places.get(normalise(name), len(places)) for name in (entity.name, *entity.aliases))


def _mentions(entities: Sequence[Entity], namings: Sequence[Naming], identity: Identity, runs: Collection[str]) -> dict[EntityId, Mention]:
    """The entities as they are shown, by canonical id.

    Args:
        runs: what the text may name them by.
    """
    types = {identity.canonical(entity.id): entity.type for entity in entities if entity.type}
    there = {identity.canonical(entity.id) for entity in entities} & {entity.id for entity in entities}
    namings = [naming for naming in namings if identity.canonical(naming.entity) in there]
    shown = Names.among(entities, namings, identity).entities
    called: dict[EntityId, dict[str, str]] = {}
    for naming in sorted(namings, key=lambda naming: (naming.said_at, naming.id)):
        if normalise(naming.name) in runs:
            called.setdefault(identity.canonical(naming.entity), {}).setdefault(normalise(naming.name), naming.name)
    return {
        id: Mention(
            shown[id], types.get(id, ""), tuple(name for key, name in called.get(id, {}).items() if key != normalise(shown[id]))
        )
        for id in there
    }  # fmt: skip


def _predicates(facts: Iterable[Version]) -> list[str]:
    """The predicates of facts, the most frequent first."""
    counted = Counter(fact.predicate for fact in {fact.id: fact for fact in facts}.values())
    return sorted(counted, key=lambda predicate: (-counted[predicate], predicate))[:MOST_PREDICATES]
