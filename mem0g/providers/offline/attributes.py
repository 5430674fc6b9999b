"""What is said of something of somebody's: a name, a favourite, a birthday."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mem0g.model import Mention, Value
from mem0g.providers.offline.clauses import Clause, Form, Polarity, child
from mem0g.providers.offline.findings import Finding, Sense
from mem0g.providers.offline.measures import email_of, measure_of, phone_of, rent_of
from mem0g.providers.offline.names import is_deictic, is_named, name_of
from mem0g.providers.offline.people import People
from mem0g.providers.offline.syntax import after, day_of, found_entity, found_value, is_owned
from mem0g.providers.offline.verbs import ORGANIZATION
from mem0g.providers.offline.vocabulary import EMPTY_NOUNS, FIRST_PERSON, GIVEN_NAMES

if TYPE_CHECKING:
    from mem0g.providers.offline.parser import Token


def attribute(clause: Clause, people: People) -> Iterator[Finding]:
    """As in "My favourite colour is blue", "My email is …"."""
    noun = clause.subject
    owner_word = child(noun, "poss") if noun is not None else None
    owner = people.mention(owner_word) if owner_word is not None else None
    if noun is None or owner is None:
        return
    lemma_of_noun = noun.lemma_.lower()
    if clause.form is not Form.PRESENT and not (clause.form is Form.PAST and lemma_of_noun == "day"):
        return
    if _is_favourite(noun):
        yield from _favoured(clause, owner, noun)
    elif reader := _ATTRIBUTES.get(lemma_of_noun):
        yield from reader(clause, owner, noun)


def _favoured(clause: Clause, owner: Mention, noun: Token) -> Iterator[Finding]:
    complement = child(clause.head, "attr", "acomp")
    if complement is not None and name_of(complement) and complement.lower_ not in EMPTY_NOUNS and not is_owned(complement):
        yield found_entity(clause, owner, _favourite(noun), complement)


def _first_or_last_day(clause: Clause, owner: Mention, noun: Token) -> Iterator[Finding]:
    """As in "My last day at Acme is Friday"."""
    order = {word.lower_ for word in noun.lefts} & {"first", "last"}
    for place in after(noun, "at") if order and clause.polarity is Polarity.HOLDS else ():
        if is_named(place):
            sense = Sense.BEGINS if order == {"first"} else Sense.ENDS
            yield found_entity(clause, owner, "works_for", place, type=ORGANIZATION, sense=sense)


def _is_favourite(noun: Token) -> bool:
    return any(word.lower_ in {"favourite", "favorite"} for word in noun.lefts)


def _favourite(noun: Token) -> str:
    words = [word for word in noun.lefts if word.dep_ in {"compound", "amod"} and word.lower_ not in {"favourite", "favorite"}]
    return "_".join(["favourite", *(word.lower_ for word in words), noun.lemma_.lower()])


def _employer(clause: Clause, owner: Mention, noun: Token) -> Iterator[Finding]:
    """As in "My new employer is Globex"."""
    name = child(clause.head, "attr")
    if name is not None and is_named(name) and _is_present_job(noun):
        yield found_entity(clause, owner, "works_for", name, type=ORGANIZATION)


def _job_place(clause: Clause, owner: Mention, noun: Token) -> Iterator[Finding]:
    """As in "My new job is at Globex"."""
    described = {word.lower_ for word in noun.lefts if word.dep_ in {"amod", "compound"}}
    for preposition in ("at", "with") if described and described <= {"new", "current", "present", "second", "other"} else ():
        for place in after(clause.head, preposition):
            if is_named(place):
                yield found_entity(clause, owner, "works_for", place, type=ORGANIZATION)


def _is_present_job(noun: Token) -> bool:
    described = {word.lower_ for word in noun.lefts if word.dep_ in {"amod", "compound"}}
    return noun.lower_ in {"employer", "workplace"} and described <= {"new", "current", "present"}


def _own_name(clause: Clause, owner: Mention, noun: Token) -> Iterator[Finding]:
    name = child(clause.head, "attr", "acomp", "oprd")
    mine = any(word.lower_ in FIRST_PERSON for word in noun.lefts)
    if mine and name is not None and is_named(name) and name_of(name).casefold() != owner.name.casefold():
        yield Finding(owner, "name", Value(name_of(name)), Sense.STATE, clause, name.i)


def relation(clause: Clause, people: People) -> Iterator[Finding]:
    """As in "Blue is my favourite colour", "Globex is my new employer"."""
    noun, subject = child(clause.head, "attr"), clause.subject
    owner_word = child(noun, "poss") if noun is not None else None
    if noun is None or subject is None or owner_word is None or clause.form is not Form.PRESENT:
        return
    owner = people.mention(owner_word)
    if owner is not None and _is_present_job(noun) and is_named(subject) and subject.lower_ not in GIVEN_NAMES:
        yield found_entity(clause, owner, "works_for", subject, type=ORGANIZATION)
    if not _is_favourite(noun):
        return
    if owner is not None and name_of(subject) and not is_deictic(subject) and not is_owned(subject):
        yield found_entity(clause, owner, _favourite(noun), subject)


def _birthday(clause: Clause, owner: Mention, noun: Token) -> Iterator[Finding]:
    for word in clause.head.children:
        day = child(word, "pobj") if word.dep_ == "prep" and word.lower_ == "on" else word if word.dep_ == "attr" else None
        if day is not None and day.ent_type_ == "DATE" and any(char.isdigit() for char in day_of(day)):
            yield replace(found_value(clause, owner, "birthday", day_of(day), "date", day), sense=Sense.NAMED)


_ATTRIBUTES: Final[dict[str, Callable[[Clause, Mention, Token], Iterator[Finding]]]] = {
    "name": _own_name,
    "email": email_of,
    "e-mail": email_of,
    "mail": email_of,
    "address": email_of,
    "number": phone_of,
    "phone": phone_of,
    "mobile": phone_of,
    "weight": measure_of,
    "height": measure_of,
    "day": _first_or_last_day,
    "birthday": _birthday,
    "employer": _employer,
    "workplace": _employer,
    "rent": rent_of,
    "job": _job_place,
}
