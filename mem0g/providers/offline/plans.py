"""What somebody has in mind, in its own words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from mem0g.model import Value
from mem0g.providers.offline.clauses import Clause, Form, Polarity, Turn, child, lemma
from mem0g.providers.offline.findings import Finding, Sense
from mem0g.providers.offline.people import People
from mem0g.providers.offline.syntax import subjects
from mem0g.providers.offline.vocabulary import PLAN_NOUNS, WANTED

if TYPE_CHECKING:
    from mem0g.providers.offline.parser import Token

PLAN_SPOILERS: Final = frozenset(
    {"it", "this", "that", "them", "you", "your", "him", "her", "so", "there", "these", "those", "everything", "something", "anything"}
)


def _is_plan_noun(subject: Token | None) -> bool:
    return subject is not None and subject.lower_ in PLAN_NOUNS


def intended(clause: Clause, people: People) -> Iterator[Finding]:
    """As in "I'm going to learn Greek": what lies ahead, and of which nothing else was read."""
    going_to = clause.form is Form.FUTURE and clause.turn is Turn.PLAIN and clause.head.i != clause.top.i
    if going_to and lemma(clause.head) in WANTED and clause.subject is not None:
        yield from plan(clause, people)


def planned_thing(clause: Clause, people: People) -> Iterator[Finding]:
    """As in "planning a trip to Japan", "considering a move to Berlin"."""
    thing = child(clause.head, "dobj")
    if thing is None or thing.lemma_.lower() not in {"trip", "holiday", "move", "wedding", "journey", "visit", "tour"}:
        return
    if clause.polarity is not Polarity.HOLDS or any(word.dep_ == "poss" for word in thing.lefts):
        return
    text = thing.doc[thing.left_edge.i : max(word.i for word in clause.head.subtree) + 1].text.strip(" .,!;:")
    yield from (Finding(subject, "plans", Value(text), Sense.PLANNED, clause, thing.i, text) for subject in subjects(clause, people))


def plan(clause: Clause, people: People) -> Iterator[Finding]:
    """As in "thinking of adopting a dog": the intent in its own words, its verb in the infinitive."""
    head = clause.head
    words = [word for word in head.subtree if word.i > head.i]
    if clause.polarity is not Polarity.HOLDS or {word.lower_ for word in words if not word.ent_type_} & PLAN_SPOILERS or len(words) > 14:
        return
    rest = head.doc[head.i + 1 : words[-1].i + 1].text if words else ""
    text = f"{head.lemma_} {rest}".strip(" .,!;:")
    owner = child(clause.subject, "poss") if clause.subject is not None else None
    whose = people.mentions(owner) if owner is not None and _is_plan_noun(clause.subject) else subjects(clause, people)
    yield from (Finding(subject, "plans", Value(text), Sense.PLANNED, clause, head.i, text) for subject in whose)
