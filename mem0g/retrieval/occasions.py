"""Times that a question names by what happened then: "before she moved to Lisbon", "when she worked at Acme", "after Bob left Globex".

They are looked up in the graph: the clause names a fact, and the fact has its time. Where it names none, or several, the question is of all
time, and `TimeRead.note` says so.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mem0g.ingestion.predicates import canonical
from mem0g.model import EntityId, Kind, Version
from mem0g.period import BEGINNING, FOREVER, Period
from mem0g.ports import FactFilter
from mem0g.retrieval.mentions import NamedEntity
from mem0g.retrieval.question import LONGEST_READ, blanked
from mem0g.retrieval.reading import View
from mem0g.retrieval.wordings import BEGINS, ENDS, WORDINGS, Edge, named_by_cues, named_by_stems, named_by_wording, tokens
from mem0g.time_expressions import Relation, read_time
from mem0g.time_expressions.readings import attempt
from mem0g.time_expressions.relative import amount
from mem0g.time_expressions.spans import Unit, shift
from mem0g.time_expressions.vocabulary import AMOUNT

_WORD = r"(?:by the time|at the time|as long as|as soon as|before|prior to|after|while|whilst|during|when|once|since|until|till)"
_AUXILIARY = r"(?:did|does|do|was|were|is|are|has|have|had|will|would|can|could|should|exactly|precisely|in|on|roughly|about|else|['’]s)\b"
_CLAUSE = re.compile(
    rf"(?<![\w-])(?P<word>{_WORD})\s+(?:that\s+)?(?!{_AUXILIARY})(?P<clause>[^,;:?!]*?[^,;:?!.\s])(?=\s*(?:[,;:?!]|\.(?:\s|$)|$))",
    re.IGNORECASE,
)
_INDIRECT = re.compile(
    r"\b(know|knew|tell me|tell us|about|of|remember|recall|say|said|wonder|sure|certain|and|aware|since|until|from|by"
    r"|(?<!married )to)\s*$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?P<pronoun>she|he|they|i|we|it)\s+(?=\w)", re.IGNORECASE)
_GERUND = re.compile(
    r"(?:\w+ly\s+)?(?:\w{2,}ing|married|employed|engaged|based|resident|an? (?:resident|employee) of)\b"
    r"|(?:the|her|his|their|my|our)\s+(?:marriage|employment|stay|tenure|stint|(?:years|time)(?! of))\b"
    r"|(?:her|his|their|my|our)\s+(?:time|years|days|job)\b",
    re.IGNORECASE,
)
"""What begins such a clause besides a pronoun and a name: "moving to Lisbon", "married to Tom", "her time at Acme"."""
_PARTICIPLE = re.compile(r"married\b", re.IGNORECASE)
_STAYED = frozenset({"was", "were", "time", "years", "days", "stay", "tenure", "stint"})
"""Words of a state of any kind: "when she was at Acme"."""
_KNEW_WHAT = re.compile(
    r"\b(?:what|where|who|whom|which)\b[^?!.;:]{0,60}\b(?:did|had)\b[^?!.;:,]{0,40}\b(?:know|known|believe|believed|think|thought)\s*$",
    re.IGNORECASE,
)
"""Before "when" in "What did we know when she moved?", which asks for no time: "Did we know when she moved?" does."""
_APART = re.compile(
    rf"(?<![\w-])(?:(?P<amount>the(?!\s+\w+s\b)|{AMOUNT.replace('[ ]', ' ')})\s+(?P<unit>day|week|fortnight|month|year)s?"
    r"|(?P<vague>the (?:night|evening|morning|weekend|spring|summer|autumn|fall|winter|quarter|decade|season|period|time)"
    r"|(?:(?:the|many|some) )?(?:hours|days|weeks|months|years)|(?<!how )long|not long|just|right|immediately|directly|shortly|soon"
    r"|some time|sometime|a while|a bit))\s+$",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|never|no|nobody|none|neither|without|hardly|\w+n['’]t)\b", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:the\s+)?$", re.IGNORECASE)
_DISMISSED = frozenset({"fired", "sacked", "dismissed"})
_PASSIVE = frozenset({"was", "were", "got", "been", "being", "is", "getting"})
_MEANS_NOTHING = frozenset(
    {
        "a", "already", "am", "an", "are", "as", "at", "back", "be", "been", "being", "by", "did", "do", "does", "finally", "first", "for",
        "from", "had", "has", "have", "he", "her", "his", "i", "in", "into", "is", "it", "its", "just", "my", "newly", "of", "officially",
        "on", "our", "over", "recently", "she", "still", "the", "their", "then", "there", "they", "to", "up", "was", "we", "were", "with",
    }
)  # fmt: skip
"""Words of a clause that make no other fact of it: "when she finally moved to Lisbon"."""
_REACH = 200
"""Characters of a clause that are read to see whether they are a time, and before it to see whether its time is asked for."""
_BEFORE_IT = 40
"""Characters before it in which "the day" stands."""
_THE = re.compile(r"the\s+", re.IGNORECASE)
_OURS = re.compile(r"(?:i|we|my|our)\b", re.IGNORECASE)
_LONGEST_WORD = 12
"""How far behind the beginning of such a clause a time stands that it is about, in characters at most."""
_OTHER_END = frozenset({"away", "out"})


@dataclass(frozen=True, slots=True)
class Occasion:
    """A clause that names a time.

    Attributes:
        word: "before" (for "prior to" too), "after", "while", "when", "since", "until", …; in lower case.
        clause: what follows it.
        start, end: where the word and the clause stand in the question, with what says how far apart.
        apart: how far before or after: the least and the most units; None where that is not said.
        vague: "just", "long": how far is said, and not measured.
        lead: the words of either, in lower case.
        rest: the question without all these.
    """

    word: str
    clause: str
    start: int
    end: int
    apart: tuple[int, int, Unit] | None = None
    vague: bool = False
    lead: str = ""
    rest: str = ""

    @property
    def words(self) -> str:
        """As it stands in the question, but for white space, capitals of the first word, and "prior to"."""
        return " ".join(f"{self.lead} {self.word} {self.clause}".split())


def may_name_an_occasion(question: str) -> bool:
    """Whether there may be such a clause, whoever is known by name."""
    return _CLAUSE.search(question, 0, LONGEST_READ) is not None


def find_occasion(question: str, mentions: Sequence[NamedEntity], now: datetime) -> Occasion | None:
    """The first clause of the question that names a time by what happened; None where there is none.

    It has a pronoun, a name or a gerund after its first word; "before March" has not, and neither has "When did she move?". Of a long
    question the first `LONGEST_READ` characters are read.
    """
    names = {each.start for each in mentions}
    for found in _CLAUSE.finditer(question, 0, LONGEST_READ):
        word, before = found["word"].lower(), question[max(0, found.start() - _REACH) : found.start()]
        if word == "when" and _INDIRECT.search(before) and not _KNEW_WHAT.search(before):
            continue
        pronoun = _PRONOUN.match(found["clause"])
        article = _THE.match(found["clause"])
        if not (pronoun or _GERUND.match(found["clause"]) or found.start("clause") + (article.end() if article else 0) in names):
            continue
        if pronoun or not _names_a_time(question[found.start() : found.start() + _REACH], now):
            return _occasion(question, found)
    return None


def _occasion(question: str, found: re.Match[str]) -> Occasion:
    """The clause with the words before it that say how far before or after it is meant: "the day before she moved"."""
    word = "before" if found["word"].lower() == "prior to" else found["word"].lower()
    begin = max(0, found.start() - _BEFORE_IT)
    apart = _APART.search(question[begin : found.start()]) if word in {"before", "after"} else None
    start = found.start() if apart is None else begin + apart.start()
    rest = blanked(question, (start, found.end()))
    if apart is None:
        return Occasion(word, found["clause"], start, found.end(), rest=rest)
    lead = " ".join(apart[0].lower().split())
    length = None if apart["vague"] else _length(apart["amount"], apart["unit"].lower())
    return Occasion(word, found["clause"], start, found.end(), length, apart["vague"] is not None, lead, rest)


def _length(said: str, unit: str) -> tuple[int, int, Unit]:
    least, most = (1, 1) if said.lower() == "the" else amount(said)
    return (2 * least, 2 * most, Unit.WEEK) if unit == "fortnight" else (least, most, Unit(unit))


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
    if _NEGATED.search(occasion.clause):
        return None, f"“{occasion.words}” says what was not so, so all time is read"
    inside = [each for each in mentions if each.within((occasion.start, occasion.end))]
    found = _facts(view, occasion, inside, _subjects(occasion, mentions, inside, owner), where, now) if inside else []
    stays = {version.valid for version in found}
    if len(stays) != 1:
        what = "nothing that is known is" if not stays else "several things are"
        return None, f"{what} “{occasion.words}”, so all time is read"
    stay, edge = stays.pop(), _edge(occasion, inside)
    if occasion.apart is not None:
        return _away(occasion.word, stay, edge, *occasion.apart), ""
    note = f"“{occasion.lead} {occasion.word}” is not measured, so all that lies {occasion.word} is read" if occasion.vague else ""
    return _around(occasion.word, stay, edge, now), note


def _subjects(
    occasion: Occasion, mentions: Sequence[NamedEntity], inside: Sequence[NamedEntity], owner: frozenset[EntityId]
) -> frozenset[EntityId] | None:
    """Whom the clause speaks of; None for anyone: a pronoun in a question that names nobody else."""
    pronoun = _PRONOUN.match(occasion.clause)
    if _OURS.match(occasion.clause):
        return owner
    if pronoun is None and len(inside) > 1 and not _GERUND.match(occasion.clause):
        return inside[0].ids
    others = [each for each in mentions if each not in inside]
    return others[0].ids if others else None


def _facts(
    view: View, occasion: Occasion, inside: Sequence[NamedEntity], subjects: frozenset[EntityId] | None, where: FactFilter, now: datetime
) -> list[Version]:
    """The facts that the clause may name, over all valid time: of these subjects and its last name, of a predicate that it speaks of.

    Every word of the clause has to be accounted for: "when she was born in Lisbon" is no stay there.
    """
    object = inside[-1].ids
    if not _all_named(occasion, inside):
        return []
    either = view.versions(replace(where, as_of=None, touching=object))
    ends = [version for version in either if subjects is None or {version.subject, version.object} & subjects]
    joined = [version for version in ends if version.object in object or (version.subject in object and version.predicate == "married_to")]
    times = [time.period for time in read_time(occasion.clause, now)]
    said = _said(occasion, inside, now)
    predicates = {version.predicate for version in joined}
    states = {version.predicate for version in joined if version.kind is Kind.STATE}
    alone = not set(said) - {"the", "did"}  # "before Lisbon": what the question asks of another time
    meant = named_by_cues(tokens(occasion.rest)) & states if alone else _meant(said, predicates, states)
    return [version for version in joined if version.predicate in meant and all(version.valid.overlaps(time) for time in times)]


def _all_named(occasion: Occasion, inside: Sequence[NamedEntity]) -> bool:
    """Whether its names are a subject and an object, and whence: "when she worked with Bob at Acme" names one more."""
    begin = occasion.end - len(occasion.clause)
    named = [each for each in inside[:-1] if not _FROM.search(occasion.clause[: each.start - begin])]
    return len(named) <= (0 if _PRONOUN.match(occasion.clause) else 1)


def _said(occasion: Occasion, inside: Sequence[NamedEntity], now: datetime) -> list[str]:
    """The words of the clause that are in no name and no time."""
    names = set(tokens(" ".join(each.name for each in inside)))
    clause = occasion.clause
    for time in read_time(clause, now):
        clause = clause[: time.start] + " " * (time.end - time.start) + clause[time.end :]
    return [word for word in tokens(clause) if word not in names]


def _meant(said: Sequence[str], predicates: set[str], states: set[str]) -> set[str]:
    """Of these predicates those that the words name, where no word is left that may say something else."""
    stems, table = named_by_stems(said, predicates), _by_table(said, predicates)
    taken: Collection[str]
    if meant := named_by_cues(said) & predicates:
        taken = {word for name in meant for word in WORDINGS[name].cues | WORDINGS[name].hints} | BEGINS | ENDS
    elif meant := set(stems) or set(table):
        taken = {word for name in meant for word in stems.get(name, frozenset()) | table.get(name, frozenset())} | BEGINS | ENDS
    elif set(said) & _DISMISSED and set(said) & _PASSIVE:
        meant, taken = predicates & {"works_for"}, _DISMISSED | BEGINS
    elif (BEGINS | ENDS | _STAYED) & set(said) and len(states) == 1:
        meant, taken = states, BEGINS | ENDS | _STAYED
    else:
        return set()
    return meant if all(word in taken or word in _MEANS_NOTHING or word.endswith("ly") for word in said) else set()


def _by_table(said: Sequence[str], predicates: set[str]) -> dict[str, frozenset[str]]:
    named = {canonical(name).name: taken for name, taken in named_by_wording(said).items()}
    return {name: taken for name, taken in named.items() if name in predicates}


def _edge(occasion: Occasion, inside: Sequence[NamedEntity]) -> Edge:
    names = tokens(" ".join(each.name for each in inside))
    said = [word for word in tokens(occasion.clause) if word not in names]
    verbs = said[1:3] if _PRONOUN.match(occasion.clause) else said[:2]
    if _PARTICIPLE.match(occasion.clause):
        return Edge.WHOLE
    if set(said) & _OTHER_END or set(verbs) & (_DISMISSED | ENDS - {"last", "over", "close"}):
        return Edge.END
    begin = occasion.end - len(occasion.clause)
    if set(verbs) & BEGINS and _FROM.search(occasion.clause[: inside[-1].start - begin]):
        return Edge.END
    return Edge.START if set(verbs) & BEGINS or verbs[:1] == ["married"] else Edge.WHOLE


def _away(word: str, stay: Period, edge: Edge, least: int, most: int, unit: Unit) -> Period | None:
    """A stretch of one unit that lies so many of them before or after; None where its end is not known.

    Of 3 May "two weeks before" is from 19 to 25 April, "a week after" from 4 to 10 May.
    """
    before = word == "before"
    at = stay.start if edge is Edge.START or (before and edge is Edge.WHOLE) else stay.end
    if not BEGINNING < at < FOREVER:
        return None
    if before:
        return attempt(lambda: Period(shift(at, unit, -most), shift(at, unit, 1 - least)))
    own = timedelta(days=0 if edge is Edge.WHOLE else 1)  # what began or ended did so on that day
    return attempt(lambda: Period(shift(at + own, unit, least - 1), shift(at + own, unit, most)))


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
