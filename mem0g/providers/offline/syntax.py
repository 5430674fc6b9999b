"""What stands where in a clause, and findings of it: what all readings share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from mem0g.model import Mention, Value
from mem0g.providers.offline.clauses import Clause, child, own_words
from mem0g.providers.offline.findings import Finding, Sense
from mem0g.providers.offline.names import coordinated, name_of, phrase_of
from mem0g.providers.offline.people import PERSON, People
from mem0g.providers.offline.verbs import PEOPLE_ONLY

if TYPE_CHECKING:
    from mem0g.providers.offline.parser import Token


def subjects(clause: Clause, people: People) -> tuple[Mention, ...]:
    """Those the clause speaks of; empty where that is unclear."""
    return people.mentions(clause.subject) if clause.subject is not None else ()


def found_entity(clause: Clause, subject: Mention, predicate: str, token: Token, type: str = "", sense: Sense = Sense.STATE) -> Finding:
    """What `clause` finds of an entity that `token` names."""
    if predicate in PEOPLE_ONLY and not subject.type:
        subject = replace(subject, type=PERSON)
    return Finding(subject, predicate, Mention(name_of(token), type), sense, clause, token.i, phrase_of(token))


def after(token: Token, preposition: str) -> Iterator[Token]:
    """The nouns after `preposition`, of those beside `token`."""
    for word in token.children:
        thing = child(word, "pobj") if word.dep_ in {"prep", "agent"} and word.lower_ == preposition else None
        if thing is not None:
            yield from coordinated(thing)


def is_owned(token: Token) -> bool:
    """Whether it is somebody's, as in "my", "Anna's"."""
    return any(word.dep_ == "poss" for word in token.children)


def found_value(
    clause: Clause | None, subject: Mention, predicate: str, text: str, datatype: str, token: Token, sense: Sense = Sense.STATE
) -> Finding:
    """What `clause` finds of a literal."""
    return Finding(subject, predicate, Value(text, datatype), sense, clause, token.i)


def rest_of(clause: Clause) -> str:
    """The words of the clause after its verb."""
    words = [word for word in own_words(clause.top) if word.i > clause.head.i]
    return clause.head.doc[words[0].i : words[-1].i + 1].text if words else ""


def day_of(token: Token) -> str:
    """The whole phrase of a date, without its article."""
    text = token.doc[token.left_edge.i : token.right_edge.i + 1].text
    return text.removeprefix("the ").strip(" .,!")
