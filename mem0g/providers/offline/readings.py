"""Clauses become findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mem0g.model import Mention
from mem0g.providers.offline.attributes import attribute, relation
from mem0g.providers.offline.being import being_so
from mem0g.providers.offline.clauses import Clause, Form, Turn, child, lemma
from mem0g.providers.offline.findings import Finding, Sense
from mem0g.providers.offline.measures import rising_rent
from mem0g.providers.offline.names import coordinated
from mem0g.providers.offline.particular import READERS, kind_of_pet, together
from mem0g.providers.offline.people import ANIMAL, People, tie_at
from mem0g.providers.offline.plans import plan, planned_thing
from mem0g.providers.offline.syntax import subjects
from mem0g.providers.offline.tabled import by_table, is_guarded
from mem0g.providers.offline.verbs import PEOPLE_ONLY, VERBS
from mem0g.providers.offline.vocabulary import DIETS

if TYPE_CHECKING:
    from mem0g.providers.offline.parser import Span


def read(clause: Clause, people: People) -> Iterator[Finding]:
    """What `clause` says of each of its subjects."""
    if clause.subject is None:
        return
    if clause.turn is Turn.PLANNED:
        yield from plan(clause, people)
        return
    if clause.turn is Turn.PLAIN and lemma(clause.head) in {"plan", "consider"} and clause.progressive and clause.form is Form.PRESENT:
        yield from planned_thing(clause, people)
    if clause.subject.lower_ == "rent" and clause.form in {Form.PAST, Form.PERFECT}:
        yield from rising_rent(clause, people)
    if lemma(clause.top) == "be" and clause.head.i == clause.top.i:
        yield from attribute(clause, people)
        yield from relation(clause, people)
    yield from together(clause, people)
    for subject in subjects(clause, people):
        yield from (finding for finding in _said_of(clause, subject, people) if _fits(finding, clause, people))


def ties(sentence: Span, people: People) -> Iterator[Finding]:
    """What noun phrases state by themselves: "my sister Anna", "our dog Rufus"."""
    for token in sentence:
        tie = tie_at(token)
        if tie is None or token.i != tie.noun.i or not tie.names:
            continue
        owner = people.mention(tie.owner)
        if owner is None:
            continue
        for index in range(len(tie.names)):
            if (mention := people.tied(tie, index)) and mention.name != owner.name:
                yield Finding(owner, tie.predicate, mention, Sense.NAMED, None, token.i)
                if mention.type == ANIMAL:
                    yield kind_of_pet(mention, tie.noun, None)


def _said_of(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    if not is_guarded(clause):
        for reading in VERBS.get(lemma(clause.head), ()):
            yield from by_table(clause, subject, reading, people)
    if clause.head.pos_ == "ADJ" or (clause.head.lower_ in DIETS and child(clause.head, "aux", "auxpass") is not None):
        yield from being_so(clause, subject, clause.head, people)
    elif reader := READERS.get(lemma(clause.head)):
        yield from reader(clause, subject, people)


def _fits(finding: Finding, clause: Clause, people: People) -> bool:
    """Whether the subject may be one of this predicate: for a bare name, that it is surely a person's where it must be one."""
    subject = clause.subject
    if finding.object == finding.subject or not finding.subject.name or (isinstance(finding.object, Mention) and not finding.object.name):
        return False
    if finding.subject.type or subject is None or finding.predicate in PEOPLE_ONLY:
        return True
    if finding.sense is not Sense.HAPPENS and finding.predicate not in {"owns", "has", "plans"}:
        return True
    return any(link.ent_type_ in {"PERSON", ""} for link in coordinated(subject))
