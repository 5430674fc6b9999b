"""Clauses become findings by the table of verbs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from mem0g.model import Mention
from mem0g.providers.offline.clauses import Clause, child, lemma, own_words
from mem0g.providers.offline.findings import Finding
from mem0g.providers.offline.names import coordinated, is_named, name_of
from mem0g.providers.offline.people import PERSON, People, naming, tie_at
from mem0g.providers.offline.plans import PLAN_SPOILERS
from mem0g.providers.offline.syntax import found_entity
from mem0g.providers.offline.verbs import DOBJ, GERUND, VERBS, Reading
from mem0g.providers.offline.vocabulary import PERIODS

if TYPE_CHECKING:
    from mem0g.providers.offline.parser import Token

_NESTED: Final = frozenset({"works_for", "works_as", "studies_at"})
_GERUND_SPOILERS: Final = PLAN_SPOILERS | {
    "being",
    "having",
    "getting",
    "seeing",
    "hearing",
    "knowing",
    "be",
    "have",
    "see",
    "hear",
    "know",
    "think",
    "say",
    "get",
}


def by_table(clause: Clause, subject: Mention, reading: Reading, people: People) -> Iterator[Finding]:
    """What one reading of the verb finds; a reading that needs a word finds nothing without it."""
    if reading.needs and not any(word.lower_ == reading.needs for word in clause.head.children):
        return
    if reading.simple and clause.progressive and not any(word.lower_ == "again" for word in clause.words()):
        return
    if reading.role == GERUND:
        yield from _by_gerund(clause, subject, reading)
        return
    if reading.predicate == "lives_with" and lemma(clause.head) == "live" and any(_arguments(clause, other) for other in VERBS["live"][:2]):
        return
    for head in _arguments(clause, reading):
        for token in coordinated(head) if reading.accepts(head) or tie_at(head) is not None else ():
            if reading.type == PERSON and tie_at(token) is not None:
                if (person := people.mention(token)) is not None and person.type == PERSON:
                    yield Finding(subject, reading.predicate, person, reading.sense, clause, token.i)
            elif reading.accepts(token) and name_of(token):
                named = naming(token) if reading.type and not is_named(token) else None
                yield found_entity(clause, subject, reading.predicate, named or token, type=reading.type, sense=reading.sense)


def _by_gerund(clause: Clause, subject: Mention, reading: Reading) -> Iterator[Finding]:
    verb = child(clause.head, "xcomp", "dobj", "ccomp")
    if verb is None or not _is_gerund(verb) or child(verb, "nsubj") is not None or not reading.accepts(verb):
        return
    words = [word for word in verb.subtree if word.i >= verb.i]
    text = verb.doc[verb.i : words[-1].i + 1].text.strip(" .,!;:")
    if (
        len(words) <= (3 if verb.tag_ == "VB" else 6)
        and not {word.lower_ for word in words} & _GERUND_SPOILERS
        and not any(word.ent_type_ in {"DATE", "TIME"} for word in words)
    ):
        yield Finding(subject, reading.predicate, Mention(text), reading.sense, clause, verb.i, text if verb.tag_ != "VB" else f"to {text}")


def _is_gerund(verb: Token) -> bool:
    return verb.tag_ in {"VBG", "VB"} or (verb.dep_ == "xcomp" and verb.tag_ == "NN" and verb.lower_.endswith("ing"))


def _arguments(clause: Clause, reading: Reading) -> list[Token]:
    head = clause.head
    if reading.role == DOBJ:
        found = [word for word in head.children if word.dep_ in {"dobj", "obj"}]
        return [] if any(_run_together(one, other) for one, other in pairwise(found)) else found[:1]
    holders = [head]
    if reading.predicate in _NESTED:
        holders += [word for word in own_words(clause.top) if _leads_on(word) and word.i > head.i]
    return [
        inner
        for holder in holders
        for first in holder.children
        for word in (first, *(second for second in first.children if second.dep_ == "conj"))
        if first.dep_ in {"prep", "agent"} and word.lower_ == reading.role and not _is_contrasted(word) and (inner := child(word, "pobj"))
    ]


def _is_contrasted(preposition: Token) -> bool:
    """As in "in Bristol, not in Leeds"."""
    return preposition.i > preposition.sent.start and preposition.nbor(-1).lower_ == "not"


def _run_together(one: Token, other: Token) -> bool:
    """Whether two objects are one phrase that the parser took apart: "mushroom" and "risotto"."""
    return one.right_edge.i + 1 == other.left_edge.i and not one.right_edge.is_punct


def _leads_on(word: Token) -> bool:
    """Whether an employer may hang on `word`: "as a nurse at Haukeland", "in marketing at Globex", "a job at Globex"."""
    return word.dep_ in {"dobj", "attr"} or (word.dep_ == "pobj" and word.head.lower_ in {"as", "in", "at", "for"})


def is_guarded(clause: Clause) -> bool:
    """Whether what stands with the verb gives it another meaning than the table's."""
    head, verb = clause.head, lemma(clause.head)
    deps = {word.dep_ for word in head.children}
    if verb in {"leave", "quit"}:
        return bool(deps & {"acomp", "oprd", "ccomp", "xcomp", "prt"})
    if verb in {"start", "begin"}:
        thing = child(head, "dobj")
        apart = thing is not None and any(word.is_punct for word in head.doc[head.i : thing.left_edge.i])
        return thing is not None and not apart and thing.lemma_.lower() not in {"job", "work", "position", "role", "internship"}
    if verb in {"move", "relocate"}:
        after = head.nbor() if head.i + 1 < len(head.doc) else head
        return "dobj" in deps or (after.pos_ in {"PROPN", "NOUN", "PRON"} and after.ent_type_ != "DATE")
    if verb == "work":
        return any(word.lower_ in {"on", "through", "towards", "out"} and not _is_of_time(word) for word in head.children)
    if verb == "have":
        thing = child(head, "dobj")
        return (
            thing is None
            or "xcomp" in deps
            or any(word.dep_ in {"relcl", "acl"} and word.lower_ not in {"called", "named"} for word in thing.children)
        )
    return False


def _is_of_time(preposition: Token) -> bool:
    thing = child(preposition, "pobj")
    return thing is not None and (thing.ent_type_ in {"DATE", "TIME"} or thing.lemma_.lower() in PERIODS)
