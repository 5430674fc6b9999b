"""Names in a question that are a letter off: "Where does Alise live?" asks of Alice, where nobody is called Alise.

No index finds what is merely alike. So the spellings that are one slip of the keyboard away from a name that is nobody's are made here,
some hundreds, and looked up as names are (Norvig, "How to Write a Spelling Corrector", 2007): a letter missing, one too many, a wrong one,
or two in each other's place, which is a distance of one by Damerau (1964). The first letter is never wrong: Tina is not Gina.
"""

import re
import string
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import accumulate, pairwise, takewhile

from mem0g.ingestion.resolution import Identity
from mem0g.model import Entity, EntityId, normalise
from mem0g.period import EVERYTHING_KNOWN
from mem0g.ports import GraphStore
from mem0g.retrieval.question import names_in, runs, times_in, words_in
from mem0g.retrieval.wordings import ORDINARY, tokens

_PERSON = "person"
_SHORTEST = 4
"""Letters of the shortest word that may be a misspelt one: too many names of three letters differ in one."""
_LONGEST = 20
"""Letters of the longest one."""
_MOST_WORDS = 3
"""Words of the longest name that one of them may be misspelt in."""
_MOST_SPELLINGS = 5_000
"""How many are looked up, at most; of a question that asks for more, those of the first words."""
_READ = 10
"""How many messages that hold a word are read, to see whether it is one of its own."""

_NEW_SENTENCE = re.compile(r"[.?!:;]\s")
_I = re.compile(r"I(?:['’]\w+)?")
_BEFORE_A_NOUN = re.compile(
    r".*['’]s|an?|any|each|every|her|his|its|my|no|our|some|the|their|these|this|those|your", re.IGNORECASE | re.DOTALL
)
"""After such a word stands what something is, unless it has a capital: "the rose", "alice's mother"."""


@dataclass(frozen=True, slots=True)
class NamesRead:
    """A question, and whom it names.

    Attributes:
        question: with each misspelt name as it is spelt.
        found: the entities that it names then.
        misspelt: the names that were misspelt, as written, without a possessive s; each with the name it was read as.
    """

    question: str
    found: Sequence[Entity] = ()
    misspelt: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a question, without a possessive s.

    Attributes:
        text: as written.
        start, end: where it stands.
        unknown: it may be a misspelt name, or a word of one; it is in no name that is known.
    """

    text: str
    start: int
    end: int
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Words that may be a name of which one is misspelt, one after the other."""

    words: Sequence[_Word]

    @property
    def start(self) -> int:
        """Where the first of them stands."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where the last of them ends."""
        return self.words[-1].end

    def names(self) -> Iterator[str]:
        """All that may be meant, normalised: one unknown word with another spelling, the others as they are."""
        texts = [normalise(word.text) for word in self.words]
        for place, word in enumerate(self.words):
            for spelling in spellings(texts[place]) if word.unknown else ():
                yield " ".join([*texts[:place], spelling, *texts[place + 1 :]])

    def changed(self, name: str) -> tuple[str, str]:
        """The word that this name spells otherwise, normalised, and how it does."""
        pairs = zip((normalise(word.text) for word in self.words), normalise(name).split(), strict=True)
        return next((word, other) for word, other in pairs if word != other)


def read_names(store: GraphStore, graph: str, question: str, identity: Identity, owner: str, now: datetime) -> NamesRead:
    """Whom a question names, with names that are a letter off read as those of the only one they may be.

    A word may be one where it is written as a name, has four letters, is no word of time and none that questions are made of, stands in no
    name that an entity bears, and in no message. Where two entities have a name that is a letter off, none is meant.

    Args:
        owner: the name of the one whose memory it is.
        now: for the words of time.
    """
    found = store.entities(graph, names=names_in(question))
    doubts = _doubts(question, _words(store, graph, question, found))
    near = _near(store, graph, identity, {name for doubt in doubts for name in doubt.names()}, owner)
    meant = [
        (doubt, name)
        for doubt, name in _meant(doubts, near)
        if not _is_time(doubt, question, now) and not _is_said(store, graph, *doubt.changed(name))
    ]
    if not meant:
        return NamesRead(question, found)
    misspelt = {question[doubt.start : doubt.end]: name for doubt, name in meant}
    for doubt, name in reversed(meant):
        question = question[: doubt.start] + name + question[doubt.end :]
    return NamesRead(question, store.entities(graph, names=names_in(question)), misspelt)


def spellings(word: str) -> list[str]:
    """All that is one slip away from a word, each once: of eight letters some four hundred.

    The first letter stays, unless it and the second are in each other's place. Letters are those from a to z, and the word's own.
    """
    letters = sorted({*string.ascii_lowercase, *word})
    first, *cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    swapped = [left + right[1] + right[0] + right[2:] for left, right in (first, *cuts) if len(right) > 1]
    without = [left + right[1:] for left, right in cuts if right]
    other = [left + letter + right[1:] for left, right in cuts if right for letter in letters]
    more = [left + letter + right for left, right in cuts for letter in letters]
    return [spelling for spelling in dict.fromkeys((*swapped, *without, *other, *more)) if spelling != word]


def _words(store: GraphStore, graph: str, question: str, found: Sequence[Entity]) -> list[_Word]:
    """The words that are written as names, and which of them are unknown.

    Args:
        found: the entities that the question names.
    """
    words = _without_known(_written_as_names(question), question, [name for entity in found for name in (entity.name, *entity.aliases)])
    if found and any(word.unknown for word in words):
        words = _without_known(words, question, [naming.name for naming in store.names(graph, [entity.id for entity in found])])
    return words


def _written_as_names(question: str) -> list[_Word]:
    """The words with a capital but those that questions are made of; where no name has a capital, also those without."""
    places = words_in(question)
    words = [_word(question, start, end) for start, end in places]
    begin = [True, *(bool(_NEW_SENTENCE.search(question[one[1] : other[0]])) for one, other in pairwise(places))]
    capital = [word.text != word.text.lower() for word in words]
    if all(begins or _I.fullmatch(word.text) for word, has, begins in zip(words, capital, begin, strict=False) if has):
        of_what = [False, *(_BEFORE_A_NOUN.fullmatch(question[start:end]) is not None for start, end in places[:-1])]
        capital = [has or not noun for has, noun in zip(capital, of_what, strict=False)]
    return [word for word, has in zip(words, capital, strict=True) if has and _may_be_of_a_name(word.text)]


def _word(question: str, start: int, end: int) -> _Word:
    text = re.sub(r"['’]s?$", "", question[start:end])
    may_be = _SHORTEST <= len(text) <= _LONGEST and re.sub(r"['’]", "", text).isalpha()
    return _Word(text, start, start + len(text), may_be)


def _may_be_of_a_name(word: str) -> bool:
    return ORDINARY.isdisjoint(tokens(word)) and len(normalise(word).split()) == 1


def _without_known(words: Sequence[_Word], question: str, names: Collection[str]) -> list[_Word]:
    """The words, of which those that stand in one of these names are not unknown."""
    known = set(map(normalise, names))
    named = [run for run in runs(question) if run.name in known] if any(word.unknown for word in words) else []
    return [
        replace(word, unknown=word.unknown and not any(run.start <= word.start and word.end <= run.end for run in named)) for word in words
    ]


def _doubts(question: str, words: Sequence[_Word]) -> list[_Doubt]:
    """The runs of words of which one is unknown; no more than there may be spellings of."""
    found = [
        _Doubt(tuple(words[first:last]))
        for first in range(len(words))
        for last in range(first + 1, min(first + _MOST_WORDS, len(words)) + 1)
        if any(word.unknown for word in words[first:last]) and _is_run(question, words[first:last])
    ]
    spelt = accumulate(sum(1 for _ in doubt.names()) for doubt in found)
    return [doubt for doubt, _ in takewhile(lambda each: each[1] <= _MOST_SPELLINGS, zip(found, spelt, strict=False))]


def _is_run(question: str, words: Sequence[_Word]) -> bool:
    """Whether nothing stands between them."""
    return all(one.end < other.start and question[one.end : other.start].isspace() for one, other in pairwise(words))


def _near(store: GraphStore, graph: str, identity: Identity, names: Collection[str], owner: str) -> dict[str, dict[EntityId, str]]:
    """Of these names, those that someone or something bears: by name, who does, and how it is written, with capitals if it ever was.

    What is only written without a capital is no name but a person's or the owner's: "dogs" is not meant for "dog".
    """
    entities = store.entities(graph, names=names) if names else []
    called = [(entity.id, name) for entity in entities for name in (entity.name, *entity.aliases)]
    called += [(naming.entity, naming.name) for naming in (store.names(graph, [entity.id for entity in entities]) if entities else ())]
    proper = {entity.id for entity in entities if entity.type == _PERSON}
    proper |= {id for id, name in called if not name.islower() or normalise(name) == normalise(owner)}
    near = defaultdict[str, dict[EntityId, str]](dict)
    for id, name in sorted(called, key=lambda each: (each[1].islower(), each[1], each[0])):
        if id in proper:
            near[normalise(name)].setdefault(identity.canonical(id), " ".join(name.split()))
    return dict(near)


def _meant(doubts: Sequence[_Doubt], near: Mapping[str, Mapping[EntityId, str]]) -> list[tuple[_Doubt, str]]:
    """The doubts that may be of one entity alone, with its name as it is written; of those that overlap, the longest."""
    taken, meant = list[_Doubt](), list[tuple[_Doubt, str]]()
    for doubt in sorted(doubts, key=lambda doubt: (-len(doubt.words), doubt.start)):
        bearers = [near[name] for name in doubt.names() if name in near]
        if bearers and not any(doubt.start < other.end and other.start < doubt.end for other in taken):
            taken.append(doubt)
            if len({id for each in bearers for id in each}) == 1:
                meant.append((doubt, min(name for each in bearers for name in each.values())))
    return sorted(meant, key=lambda each: each[0].start)


def _is_time(doubt: _Doubt, question: str, now: datetime) -> bool:
    """Whether it stands in words of time: "in March" is not of Marco."""
    return any(time.start < doubt.end and doubt.start < time.end for time in times_in(question, now))


def _is_said(store: GraphStore, graph: str, word: str, meant: str) -> bool:
    """Whether the word stands in a message, and so is one of its own. That its stem does is not enough: it may be that of the meant one."""
    ids = [id for id, _ in store.match_episodes(graph, [word], EVERYTHING_KNOWN, _READ)]
    said = [tokens(normalise(episode.content)) for episode in store.episodes(graph, ids=ids)] if ids else []
    return any(word in each or meant not in each for each in said)
