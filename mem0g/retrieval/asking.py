"""A question as it is read: its times, whose view it asks for, and the times that it names by what happened then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mem0g.ingestion.resolution import Identity
from mem0g.model import EntityId
from mem0g.period import FOREVER, Period, Precision
from mem0g.ports import FactFilter
from mem0g.results import Axis, QuestionKind, TimeRead, WordsRead
from mem0g.retrieval.mentions import NamedEntity, entities_in, outside
from mem0g.retrieval.occasions import Occasion, find_occasion, may_name_an_occasion, resolve
from mem0g.retrieval.question import LONGEST_READ, Given, blanked, known_instant, read_question_time, spellings, times_in
from mem0g.retrieval.reading import View, held_by, own_named
from mem0g.retrieval.viewpoints import viewpoint

_DAY = timedelta(days=1)
_NO_MOMENT = frozenset({"after", "once", "as soon as", "since"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, read.

    Attributes:
        view: whose facts are asked for.
        mentions: the entities that it names.
        occasion: the clause that names a time by what happened then.
        unheard: a view is asked for that is not known, and `view` is the record.
    """

    time: TimeRead
    view: View
    mentions: Sequence[NamedEntity]
    identity: Identity
    owner: frozenset[EntityId]
    occasion: Occasion | None = None
    unheard: bool = False


def read_times(
    view: View, question: str, owner: str, now: datetime, given: Given, labels: Mapping[str, str], identity: Identity
) -> tuple[View, TimeRead]:
    """The view and the times that a question asks for. The graph is read only where the question needs it."""
    if given.read_times and may_name_an_occasion(question):
        asked = read_asked(view, question, owner, now, given, labels, identity)
        return asked.view, asked.time
    return _viewed(view, read_question_time(question, now, given), given)


def read_asked(
    view: View, question: str, owner: str, now: datetime, given: Given, labels: Mapping[str, str], identity: Identity | None = None
) -> Asked:
    """How the question is read, with what the graph says to it.

    Args:
        view: the record, or the view of the holder that the caller gave.
        owner: the name of the one whose memory is asked: "I".
        given: what the caller fixed.
        identity: who is who, where it was read already.
    """
    identity = identity or Identity.of(view.store.merges(view.graph))
    mentions = _no_times(entities_in(view.store, view.graph, question, identity), question, now, given)
    own = frozenset(member for entity in own_named(view.store, view.graph, owner) for member in identity.members(entity.id))
    occasion = find_occasion(question, mentions, now) if given.read_times else None
    if occasion is not None and not _stands_beside(occasion, mentions, question, now):
        occasion = None
    time = read_question_time(question, now, given, None if occasion is None else (occasion.start, occasion.end))
    asked_of, record = time.holder, view
    view, time = _viewed(view, time, given)
    if occasion is not None and given.as_of is None:
        axis = _axis(question, occasion, time, given)
        where = FactFilter(known_at=known_instant(None if axis is Axis.KNOWN else time.known_at), labels=labels or None)
        found = [
            resolve(each, occasion, named, own, where, now)
            for each in dict.fromkeys((record, view))
            for named in _spoken_of(question, mentions, occasion)
        ]
        period, note = next((one for one in found if one[0] is not None), found[0])
        time = _known(time, occasion, period, note, now) if axis is Axis.KNOWN else _valid(time, occasion, period, note)
    return Asked(time, view, mentions, identity, own, occasion, unheard=asked_of is not None and time.holder is None)


def _no_times(mentions: Sequence[NamedEntity], question: str, now: datetime, given: Given) -> list[NamedEntity]:
    """The names that are no part of a time: "June 2025" names nobody, whoever is called June."""
    times = times_in(question, now) if given.read_times and mentions else []
    return [each for each in mentions if not any(each.within((time.start, time.end)) for time in times)]


def _stands_beside(occasion: Occasion, mentions: Sequence[NamedEntity], question: str, now: datetime) -> bool:
    """Whether the rest of the question asks something: "How long is it since Alice moved to Oslo?" asks of the clause itself."""
    span = (occasion.start, occasion.end)
    if occasion.word != "since" or not all(each.within(span) for each in mentions):
        return True
    return read_question_time(question, now, Given(), span).kind is not QuestionKind.DURATION


def _viewed(view: View, time: TimeRead, given: Given) -> tuple[View, TimeRead]:
    """The view that the words ask for; the record where they name one who has said nothing and of whom nothing is said."""
    if time.holder is None or given.holder is not None:
        return view, time
    for name in spellings(time.holder):
        if held_by(view.store, view.graph, name):
            return replace(view, holder=name), replace(time, holder=name)
    whose = time.holder if time.holder[0].isupper() else f"“{time.holder}”"
    note = f"no view of {whose} is known, so the record is read"
    return view, replace(time, holder=None, note=_joined(note, time.note))


def _spoken_of(question: str, mentions: Sequence[NamedEntity], occasion: Occasion) -> list[Sequence[NamedEntity]]:
    """Whom "she" may be: of "Where does Bob think Alice lived before she moved?" first Alice, then whoever is named first."""
    said = viewpoint(question)
    if said is None or said.holder is None:
        return [mentions]
    others = outside(mentions, [(said.name_start, said.name_start + len(said.holder))])
    return [others, mentions] if outside(others, [(occasion.start, occasion.end)]) else [mentions]


def _axis(question: str, occasion: Occasion, time: TimeRead, given: Given) -> Axis:
    """The clause is on the known axis as a time there would be: beside what was believed or known, where no other time is."""
    if given.known_at is not None or time.known_at is not None:
        return Axis.VALID
    said = viewpoint(blanked(question, (occasion.start, occasion.end))[:LONGEST_READ])
    return Axis.KNOWN if said is not None and said.past else Axis.VALID


def _valid(time: TimeRead, occasion: Occasion, period: Period | None, note: str) -> TimeRead:
    """What holds at the time that the clause names; all time, where it names none."""
    if period is None:
        unresolved = QuestionKind.HISTORY if time.kind in {QuestionKind.STATE, QuestionKind.AS_OF} else time.kind
        note = note or f"“{occasion.words}” has no known time, so all time is read"
        return replace(time, kind=unresolved, as_of=None, note=_joined(note, time.note))
    kind = QuestionKind.AS_OF if time.kind is QuestionKind.STATE else time.kind
    read = (*time.read, WordsRead(occasion.words, period, Axis.VALID))
    return replace(time, kind=kind, words=occasion.words, as_of=period, read=read, note=_joined(note, time.note))


def _known(time: TimeRead, occasion: Occasion, period: Period | None, note: str, now: datetime) -> TimeRead:
    """What was known by the end of the time that the clause names, of what held then."""
    if period is None:
        return _valid(time, occasion, period, note)
    if occasion.word in _NO_MOMENT and occasion.apart is None:
        note = f"“{occasion.words}” names no one moment of knowledge, so what is known now is read"
        return replace(time, note=_joined(note, time.note))
    if period.is_instant and period.start < FOREVER - _DAY:  # of what began or ended then, the day
        period = Period(period.start, period.start + _DAY, Precision.DAY)
    known_at = min(period.last, now)
    all_time = time.kind.reads_all_time
    return replace(
        time,
        kind=time.kind if all_time else QuestionKind.BELIEF,
        words=occasion.words,
        as_of=time.as_of if all_time or time.words else Period.instant(known_at),
        known_at=known_at,
        read=(*time.read, WordsRead(occasion.words, period, Axis.KNOWN)),
        note=_joined(note, time.note),
    )


def _joined(*notes: str) -> str:
    return "; ".join(filter(None, notes))
