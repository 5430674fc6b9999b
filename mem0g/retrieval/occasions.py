"""Times that a question names by what happened then: "before she moved to Lisbon", "when she worked at Acme", "after Bob left Globex".

They are looked up in the graph: the clause names a fact, and the fact has its time. Where it names none, or several, the question is of all
time, and `TimeRead.note` says so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mem0g.ingestion.predicates import canonical
from mem0g.model import EntityId, Kind, Version
from mem0g.period import BEGINNING, FOREVER, Period
from mem0g.ports import FactFilter
from mem0g.retrieval.mentions import NamedEntity
from mem0g.retrieval.reading import View
from mem0g.retrieval.wordings import BEGINS, ENDS, Edge, named_by_cues, named_by_stems, named_by_wording, tokens
from mem0g.time_expressions import Relation, read_time

_WORD = r"(?:by the time|at the time|as long as|as soon as|before|after|while|whilst|when|once|since|until|till)"
_AUXILIARY = r"(?:did|does|do|was|were|is|are|has|have|had|will|would|can|could|should|exactly|precisely|in|on|roughly|about|else|['’]s)\b"
_CLAUSE = re.compile(
    rf"(?<![\w-])(?P<word>{_WORD})\s+(?:that\s+)?(?!{_AUXILIARY})(?P<clause>[^,;:?!]*?[^,;:?!.\s])(?=\s*(?:[,;:?!]|\.(?:\s|$)|$))",
    re.IGNORECASE,
)
_INDIRECT = re.compile(
    r"\b(know|knew|tell me|tell us|about|of|remember|recall|say|said|wonder|sure|certain|and|aware|since|until|from|by|to)\s*$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?P<pronoun>she|he|they|i|we|it)\s+(?=\w)", re.IGNORECASE)
_GERUND = re.compile(r"(?:\w+ly\s+)?\w{2,}ing\b", re.IGNORECASE)
_LONGEST_WORD = 12
"""How far behind the beginning of such a clause a time stands that it is about, in characters at most."""
_OTHER_END = frozenset({"away", "out"})


@dataclass(frozen=True, slots=True)
class Occasion:
    """A clause that names a time.

    Attributes:
        word: "before", "after", "while", "when", "since", "until", …; in lower case.
        clause: what follows it.
        start, end: where the word and the clause stand in the question.
    """

    word: str
    clause: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """As it stands in the question, but for white space and capitals of the first word."""
        return f"{self.word} {self.clause}"


def may_name_an_occasion(question: str) -> bool:
    """Whether there may be such a clause, whoever is known by name."""
    return _CLAUSE.search(question) is not None


def find_occasion(question: str, mentions: Sequence[NamedEntity], now: datetime) -> Occasion | None:
    """The first clause of the question that names a time by what happened; None where there is none.

    It has a pronoun, a name or a gerund after its first word; "before March" has not, and neither has "When did she move?".
    """
    for found in _CLAUSE.finditer(question):
        word, start = found["word"].lower(), found.start("clause")
        if word == "when" and _INDIRECT.search(question[: found.start()]):
            continue
        if _names_a_time(question[found.start() :], now) and not _PRONOUN.match(found["clause"]):
            continue
        speaks = _PRONOUN.match(found["clause"]) or _GERUND.match(found["clause"]) or any(each.start == start for each in mentions)
        span = (found.start(), found.end())
        if speaks:
            return Occasion(word, found["clause"], *span)
    return None


def _names_a_time(text: str, now: datetime) -> bool:
    """Whether it begins with a word of time and what that is about: "before March", "since 2019"."""
    return any(time.start <= _LONGEST_WORD and time.relation is not Relation.BETWEEN for time in read_time(text, now))


def resolve(
    view: View, occasion: Occasion, mentions: Sequence[NamedEntity], owner: frozenset[EntityId], where: FactFilter, now: datetime
) -> tuple[Period | None, str]:
    """The valid time that the clause names; else None, and why.

    Args:
        mentions: the entities of the whole question.
        owner: who "I" is.
        where: the knowledge and the labels that count.
    """
    inside = [each for each in mentions if each.within((occasion.start, occasion.end))]
    found = _facts(view, occasion, inside, _subjects(occasion, mentions, inside, owner), where) if inside else []
    stays = {version.valid for version in found}
    if len(stays) != 1:
        what = "nothing that is known is" if not stays else "several things are"
        return None, f"{what} “{occasion.words}”, so all time is read"
    return _around(occasion.word, stays.pop(), _edge(occasion, inside), now), ""


def _subjects(
    occasion: Occasion, mentions: Sequence[NamedEntity], inside: Sequence[NamedEntity], owner: frozenset[EntityId]
) -> frozenset[EntityId] | None:
    """Whom the clause speaks of; None for anyone: a pronoun in a question that names nobody else."""
    pronoun = _PRONOUN.match(occasion.clause)
    if pronoun is not None and pronoun["pronoun"].lower() in {"i", "we"}:
        return owner
    if pronoun is None and len(inside) > 1:
        return inside[0].ids
    others = [each for each in mentions if each not in inside]
    return others[0].ids if others else None


def _facts(
    view: View, occasion: Occasion, inside: Sequence[NamedEntity], subjects: frozenset[EntityId] | None, where: FactFilter
) -> list[Version]:
    """The facts that the clause may name, over all valid time: of these subjects and its last name, of a predicate that it speaks of."""
    object = inside[-1].ids
    either = view.versions(replace(where, as_of=None, touching=object))
    ends = [version for version in either if subjects is None or {version.subject, version.object} & subjects]
    joined = [version for version in ends if version.object in object or (version.subject in object and version.predicate == "married_to")]
    said = [word for word in tokens(occasion.clause) if word not in tokens(" ".join(each.name for each in inside))]
    predicates = {version.predicate for version in joined}
    meant = (named_by_cues(said) & predicates) or set(named_by_stems(said, predicates)) or _by_table(said, predicates)
    if not meant and (BEGINS | ENDS | {"was", "were"}) & set(said):
        states = {version.predicate for version in joined if version.kind is Kind.STATE}
        meant = states if len(states) == 1 else set()
    return [version for version in joined if version.predicate in meant]


def _by_table(said: Sequence[str], predicates: set[str]) -> set[str]:
    return {canonical(name).name for name in named_by_wording(said)} & predicates


def _edge(occasion: Occasion, inside: Sequence[NamedEntity]) -> Edge:
    names = tokens(" ".join(each.name for each in inside))
    said = [word for word in tokens(occasion.clause) if word not in names]
    verbs = said[1:3] if _PRONOUN.match(occasion.clause) else said[:2]
    if set(said) & _OTHER_END or set(verbs) & (ENDS - {"last", "over", "close"}):
        return Edge.END
    return Edge.START if set(verbs) & BEGINS or verbs[:1] == ["married"] else Edge.WHOLE


def _around(word: str, stay: Period, edge: Edge, now: datetime) -> Period | None:
    """The time before, after or while something was so; None where it has no such time: nothing is before an unknown start."""
    start = stay.end if edge is Edge.END else stay.start
    end = stay.start if edge is Edge.START else stay.end
    last = max(now, start) if start < now else FOREVER
    match word:
        case "before" | "until" | "till" | "by the time":
            return Period(BEGINNING, start) if start > BEGINNING else None
        case "after" | "once" | "as soon as":
            begun = end if edge is not Edge.START else start
            return Period(begun, max(now, begun) if begun < now else FOREVER) if BEGINNING < begun < FOREVER else None
        case "since":
            return Period(start, last) if BEGINNING < start < FOREVER else None
        case _ if edge is Edge.WHOLE:
            return stay
        case _:
            return Period.instant(start) if BEGINNING < start < FOREVER else None
