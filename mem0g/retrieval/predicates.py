"""The signal "predicate": facts whose predicate the question names, and from which end it asks for them. Pure.

"Who manages Bob?" and "Who does Bob manage?" have the same words and the same anchor; what they ask for stands at either end of one
predicate. And of "Where does Alice live?" one fact of Alice's is meant, and not all of them.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mem0g.ingestion.predicates import Recorded, kept_as
from mem0g.model import EntityId, normalise
from mem0g.ports import Link
from mem0g.retrieval.anchors import Anchor
from mem0g.retrieval.mentions import is_common
from mem0g.retrieval.question import STOP_WORDS, runs
from mem0g.retrieval.wordings import SYMMETRIC, WORDINGS, says_no_more, stem, tokens

OTHER_END = 0.5
"""What a fact of a named predicate counts whose anchor stands at the end that is not asked about."""

_LONGEST = 3
"""Words of the longest predicate that is looked for."""

_MOST = 200
"""Words of a question that are read."""

_OWN = frozenset({"i", "me", "mine", "we", "us", "ours"})
_OWNED = frozenset({"my", "our"})
"""Words for the owner, and before what the owner has."""

_NOT = frozenset({"not", "no"})
_AGENT = "by"
_HELD = "of"
_SAYING_MORE = frozenset({_AGENT, _HELD})
"""Small words that turn a predicate about: one that has them is named with them alone."""


class _Word(NamedTuple):
    """A word of a question, or a name in it, which has no text.

    Attributes:
        anchors: the entities that the name may be of.
        has: it is said of them that they have what follows: "Alice's", "my".
    """

    text: str
    anchors: frozenset[EntityId] = frozenset()
    has: bool = False


class _Naming(NamedTuple):
    """Words that name a predicate.

    Attributes:
        name: what its facts are kept under.
        inverse: the words say it from the other end.
        start, end: the first of the words, and the one after the last.
        sided: they are a form of the predicate, so that they have a subject and an object; "employees" is of `works_for`, and is neither's.
    """

    name: str
    inverse: bool
    start: int
    end: int
    sided: bool = True


@dataclass(frozen=True, slots=True)
class NamedPredicate:
    """A predicate that a question names.

    Attributes:
        name: what its facts are kept under.
        subjects, objects: the anchors that the question puts at this end; one of which it does not say stands at both.
    """

    name: str
    subjects: frozenset[EntityId]
    objects: frozenset[EntityId]


def named_predicates(
    question: str, time_words: str, anchors: Collection[Anchor], owner: str, recorded: Mapping[str, Recorded]
) -> list[NamedPredicate]:
    """The predicates that a question names by their words, by those of the tables, or by those of the graph; none without an anchor.

    An anchor before the words is their subject, and one behind them their object: "Who does Bob manage?", "Who manages Bob?". It is the
    other way about with "by" ("Who is Bob coached by?"), and behind a noun's "of" ("the diet of Alice").

    Args:
        time_words: those of the question that are its time.
        owner: the name of the one whom "I" means.
        recorded: the decisions of the graph about predicates, by name.
    """
    if not anchors:
        return []
    timeless = re.sub(rf"(?<!\w){re.escape(time_words)}(?!\w)", " ", question) if time_words else question
    words = _words(timeless, anchors, owner)[:_MOST]
    by_name = defaultdict[str, list[_Naming]](list)
    for naming in _namings([word.text for word in words], recorded):
        by_name[naming.name].append(naming)
    everyone = frozenset(anchor.id for anchor in anchors)
    return [_named(name, words, namings, everyone) for name, namings in sorted(by_name.items())]


def predicate_scores(links: Collection[Link], named: Sequence[NamedPredicate], recorded: Mapping[str, Recorded]) -> dict[str, float]:
    """Facts of the named predicates by id: 1 where an anchor stands as the question puts it, `OTHER_END` where one stands otherwise.

    A second predicate that no anchor has is looked for one fact further, and counts 1: "Where is the company based that Alice works for?"
    finds where Acme is based, since Alice works for it.
    """
    asked = {each.name: each for each in named}
    kept = {predicate: kept_as(predicate, recorded) for predicate in {link.predicate for link in links}} if asked else {}
    found, first, further = dict[str, float](), set[str](), set[EntityId]()
    candidates = [(link, *kept[link.predicate]) for link in links if link.predicate in kept and kept[link.predicate].name in asked]
    for link, name, inverse in candidates:
        subjects, objects = asked[name].subjects, asked[name].objects
        subject, object = (link.object, link.subject) if inverse else (link.subject, link.object)
        as_asked = subject in subjects or object in objects
        if as_asked or subject in objects or object in subjects:
            found[link.id] = 1.0 if as_asked else OTHER_END
            first.add(name)
        if as_asked:
            further |= {end for end in (subject, object) if end and end not in subjects | objects}
    for link, name, _ in candidates:
        if name not in first and (link.subject in further or link.object in further):
            found[link.id] = 1.0
    return found


def _words(question: str, anchors: Collection[Anchor], owner: str) -> list[_Word]:
    """The question's words, in their order, with the anchors that it names, by name or as its owner."""
    called = defaultdict[str, set[EntityId]](set)
    for anchor in anchors:
        for name in anchor.names:
            called[name].add(anchor.id)
    own = frozenset(called.get(normalise(owner), ()))
    words, at = list[_Word](), 0
    for start, end, name in _named_spans(question, called):
        words += [_Word(word) for word in tokens(question[at:start])]
        words.append(_Word("", frozenset(called[name]), has=normalise(question[start:end]) != name))
        at = end
    words += [_Word(word) for word in tokens(question[at:])]
    return [_Word("", own, has=word.text in _OWNED) if own and word.text in _OWN | _OWNED else word for word in words]


def _named_spans(question: str, called: Collection[str]) -> list[tuple[int, int, str]]:
    """Where the question has these names, in its order; of names that overlap, the longest."""
    taken = list[tuple[int, int, str]]()
    for run in sorted(runs(question), key=lambda run: (-run.words, run.start)):
        if run.name not in called or is_common(question[run.start : run.end]):
            continue
        if all(run.end <= start or end <= run.start for start, end, _ in taken):
            taken.append((run.start, run.end, run.name))
    return sorted(taken)


def _namings(words: Sequence[str], recorded: Mapping[str, Recorded]) -> list[_Naming]:
    """Where the words name a predicate; by a stop word ("know") only where no others do."""
    by_form = list(_by_form(words, recorded))
    seen = {naming.name for naming in by_form}
    told = [word if word not in STOP_WORDS | _NOT else "" for word in words]
    others = (*_by_stems(words, told, recorded), *_by_cues(told, recorded))
    found = [*by_form, *(naming for naming in others if naming.name not in seen)]
    return found or list(_by_stems(words, words, recorded))


def _by_form(words: Sequence[str], recorded: Mapping[str, Recorded]) -> Iterator[_Naming]:
    """Words that are a wording of a predicate as they stand: "managed by"; the longest first."""
    taken = set[int]()
    for size in range(_LONGEST, 0, -1):
        for start in range(len(words) - size + 1):
            run, places = words[start : start + size], range(start, start + size)
            name = "_".join(run)
            kept = kept_as(name, recorded)
            known = name in recorded or kept.name != name
            if known and all(run) and not (size == 1 and name in STOP_WORDS) and taken.isdisjoint(places):
                taken |= {*places}
                yield _Naming(kept.name, kept.inverse, start, start + size)


def _by_stems(words: Sequence[str], told: Sequence[str], recorded: Mapping[str, Recorded]) -> Iterator[_Naming]:
    """Predicates of the graph of which every telling word is there in some form: "coached" of `coaches`."""
    places = defaultdict[str, list[int]](list)
    for place, word in enumerate(told):
        if word:
            places[stem(word)].append(place)
    begins = {root[:2] for root in places}
    for name in recorded:
        parts = name.split("_")
        telling = [part for part in parts if part not in STOP_WORDS]
        if not telling or any(part[:2] not in begins for part in telling) or not _SAYING_MORE & {*parts} <= {*words}:
            continue
        roots = {stem(part) for part in telling}
        if roots <= places.keys():
            start, end = min(places[root][-1] for root in roots), max(places[root][-1] for root in roots) + 1
            kept = kept_as(name, recorded)
            turned = _AGENT not in parts and _AGENT in words[end : end + 1]
            yield _Naming(kept.name, kept.inverse != turned, start, end)


def _by_cues(told: Sequence[str], recorded: Mapping[str, Recorded]) -> Iterator[_Naming]:
    """Words of the table of wordings: "reside" of `lives_in`."""
    for name, wording in WORDINGS.items():
        kept = kept_as(name, recorded)
        root = stem(name.partition("_")[0])
        for place, word in enumerate(told):
            if word in wording.cues:
                yield _Naming(kept.name, kept.inverse, place, place + 1, sided=stem(word) == root)


def _named(name: str, words: Sequence[_Word], namings: Sequence[_Naming], everyone: frozenset[EntityId]) -> NamedPredicate:
    """The predicate with the anchors at the ends that any of its namings puts them at.

    Who has something else stands at none: "Where does Alice's sister live?" is no question of where Alice lives.
    """
    sided = [naming for naming in namings if naming.sided and name not in SYMMETRIC]
    placed = {anchor for word in words for anchor in word.anchors}
    ends: dict[bool, set[EntityId]] = {True: set(everyone - placed), False: set(everyone - placed)}
    for naming in sided or namings:
        for place, word in enumerate(words):
            if word.has and not _has(words, place, naming):
                continue
            for is_subject in {_is_subject(words, naming, place) != naming.inverse} if sided else (True, False):
                ends[is_subject] |= word.anchors
    return NamedPredicate(name, frozenset(ends[True]), frozenset(ends[False]))


def _has(words: Sequence[_Word], place: int, naming: _Naming) -> bool:
    """Whether what the one at this place has is what the words name: "Alice's current employer"."""
    return place < naming.start and all(word.text and says_no_more(word.text) for word in words[place + 1 : naming.start])


def _is_subject(words: Sequence[_Word], naming: _Naming, place: int) -> bool:
    """Whether what stands at this place is the subject of the words that name a predicate."""
    return place < naming.start or any(word.text == _HELD for word in words[naming.end : naming.end + 1])
