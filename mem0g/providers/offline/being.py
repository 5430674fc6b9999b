"""What "be" says of its subject, with what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from mem0g.model import Mention
from mem0g.providers.offline.clauses import Clause, Form, Polarity, child
from mem0g.providers.offline.findings import Finding, Sense
from mem0g.providers.offline.measures import measured, weighing_now
from mem0g.providers.offline.names import coordinated, is_deictic, is_named, name_of
from mem0g.providers.offline.people import PERSON, People, is_person_name
from mem0g.providers.offline.syntax import after, found_entity, is_owned
from mem0g.providers.offline.verbs import ORGANIZATION, PLACE, VERBS, is_occupation, speaks_of_work
from mem0g.providers.offline.vocabulary import DIETS, NATIONALITIES

if TYPE_CHECKING:
    from mem0g.providers.offline.parser import Token

_LIKED_ADJECTIVES: Final = {"fond": "of", "keen": "on", "crazy": "about", "fan": "of"}
_WITH_ORIGIN: Final = frozenset({"originally", "actually", "also", "still", "really", "too", "both"})


def being(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    """What stands beside "be", by what it is."""
    complement = child(clause.head, "attr", "acomp", "oprd")
    if complement is None:
        yield from _being_from(clause, subject)
        yield from _being_with(clause, subject)
        yield from _being_back(clause, subject)
        yield from weighing_now(clause, subject)
        return
    for token in coordinated(complement):
        yield from being_so(clause, subject, token, people)
    yield from measured(clause, subject)


def _being_with(clause: Clause, subject: Mention) -> Iterator[Finding]:
    """As in "I'm no longer with Globex", and of work "I'm at Globex now"."""
    present = clause.form is Form.PRESENT and (clause.polarity is Polarity.ENDED or any(word.lower_ == "now" for word in clause.words()))
    for preposition in ("with", "at") if present else ():
        for place in after(clause.head, preposition):
            surely = preposition == "with" and clause.polarity is Polarity.ENDED and place.ent_type_ == "ORG"
            if VERBS["join"][0].accepts(place) and (surely or speaks_of_work(place)):
                yield found_entity(clause, subject, "works_for", place, type=ORGANIZATION)


def _being_back(clause: Clause, subject: Mention) -> Iterator[Finding]:
    """As in "I'm back in Leeds since May", "for good": without either it may be the way home from a journey."""
    words = {word.lower_ for word in clause.words()}
    if "back" not in words or not words & {"since", "good"}:
        return
    for holder in (clause.head, *(word for word in clause.head.children if word.lower_ == "back")):
        for place in after(holder, "in"):
            if VERBS["live"][0].accepts(place):
                yield found_entity(clause, subject, "lives_in", place, type=PLACE)


def _being_from(clause: Clause, subject: Mention) -> Iterator[Finding]:
    adverbs = [word for word in clause.head.children if word.dep_ == "advmod" and word.lower_ == "originally"]
    if any(word.dep_ in {"advmod", "npadvmod"} and word.lower_ not in _WITH_ORIGIN for word in clause.head.children):
        return
    for word in (inner for holder in (clause.head, *adverbs) for inner in holder.children):
        place = child(word, "pobj") if word.dep_ == "prep" and word.lower_ == "from" else None
        if place is not None and is_named(place) and place.ent_type_ in {"GPE", "LOC"}:
            yield found_entity(clause, subject, "is_from", place, type=PLACE)


def being_so(clause: Clause, subject: Mention, token: Token, people: People) -> Iterator[Finding]:
    """A state in one word, as in "married to", "allergic to", "a nurse"."""
    lowered = token.lower_
    if lowered in DIETS:
        yield Finding(subject, "diet", Mention(lowered), Sense.STATE, clause, token.i, lowered)
    elif lowered in NATIONALITIES and token.text[0].isupper() and token.dep_ in {"acomp", "attr", "conj"} and not list(token.rights):
        yield Finding(subject, "nationality", Mention(token.text), Sense.STATE, clause, token.i)
    elif lowered == "allergic":
        causes = [*after(token, "to"), *(coordinated(cause) if (cause := child(token, "xcomp")) is not None else ())]
        yield from (found_entity(clause, subject, "allergic_to", thing) for thing in causes if name_of(thing) and not is_deictic(thing))
    elif lowered in {"married", "engaged"}:
        yield from (
            found_entity(clause, subject, f"{lowered}_to", person, type=PERSON)
            for person in after(token, "to")
            if is_person_name(person, people.known) and person.ent_type_ in {"PERSON", ""}
        )
    elif lowered in _LIKED_ADJECTIVES:
        yield from (
            found_entity(clause, subject, "likes", thing)
            for thing in after(token, _LIKED_ADJECTIVES[lowered])
            if VERBS["like"][0].accepts(thing)
        )
    elif is_occupation(token) and token.tag_ in {"NN", "NNP", "VB", "JJ"} and not is_owned(token):
        yield found_entity(clause, subject, "works_as", token)
        yield from _employed_at(clause, subject, token)
    elif token.lemma_ == "student" and not is_owned(token):
        yield from (
            found_entity(clause, subject, "studies_at", school, type=ORGANIZATION) for school in after(token, "at") if is_named(school)
        )


def _employed_at(clause: Clause, subject: Mention, trade: Token) -> Iterator[Finding]:
    reading = next(reading for reading in VERBS["work"] if reading.role == "at")
    for preposition in ("at", "for", "with"):
        for place in (*after(trade, preposition), *after(clause.head, preposition)):
            if reading.accepts(place):
                yield found_entity(clause, subject, "works_for", place, type=ORGANIZATION)
