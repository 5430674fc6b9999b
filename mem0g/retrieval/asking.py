"""A question as it is read: its times, whose view it asks for, and the times that it names by what happened then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mem0g.ingestion.resolution import Identity
from mem0g.model import EntityId
from mem0g.ports import FactFilter
from mem0g.results import Axis, QuestionKind, TimeRead, WordsRead
from mem0g.retrieval.mentions import NamedEntity, entities_in
from mem0g.retrieval.occasions import Occasion, find_occasion, may_name_an_occasion, resolve
from mem0g.retrieval.question import Given, known_instant, read_question_time
from mem0g.retrieval.reading import View, held_by, own_named


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


def read_times(view: View, question: str, owner: str, now: datetime, given: Given, labels: Mapping[str, str]) -> tuple[View, TimeRead]:
    """The view and the times that a question asks for. The graph is read only where the question needs it."""
    if given.read_times and may_name_an_occasion(question):
        asked = read_asked(view, question, owner, now, given, labels)
        return asked.view, asked.time
    return _viewed(view, read_question_time(question, now, given), given)


def read_asked(view: View, question: str, owner: str, now: datetime, given: Given, labels: Mapping[str, str]) -> Asked:
    """How the question is read, with what the graph says to it.

    Args:
        view: the record, or the view of the holder that the caller gave.
        owner: the name of the one whose memory is asked: "I".
        given: what the caller fixed.
    """
    identity = Identity.of(view.store.merges(view.graph))
    mentions = entities_in(view.store, view.graph, question, identity)
    own = frozenset(member for entity in own_named(view.store, view.graph, owner) for member in identity.members(entity.id))
    occasion = find_occasion(question, mentions, now) if given.read_times else None
    if occasion is not None and not _stands_beside(occasion, mentions, question, now):
        occasion = None
    time = read_question_time(question, now, given, None if occasion is None else (occasion.start, occasion.end))
    asked_of = time.holder
    view, time = _viewed(view, time, given)
    if occasion is not None and given.as_of is None:
        time = _with_occasion(view, time, occasion, mentions, own, labels, now)
    return Asked(time, view, mentions, identity, own, occasion, unheard=time.holder != asked_of)


def _stands_beside(occasion: Occasion, mentions: Sequence[NamedEntity], question: str, now: datetime) -> bool:
    """Whether the rest of the question asks something: "How long is it since Alice moved to Oslo?" asks of the clause itself."""
    kind = read_question_time(question, now, Given(), (occasion.start, occasion.end)).kind
    alone = all(each.within((occasion.start, occasion.end)) for each in mentions)
    return not (alone and occasion.word == "since" and kind is QuestionKind.DURATION)


def _viewed(view: View, time: TimeRead, given: Given) -> tuple[View, TimeRead]:
    """The view that the words ask for; the record where they name one who has said nothing and of whom nothing is said."""
    if time.holder is None or given.holder is not None:
        return view, time
    held = replace(view, holder=time.holder)
    if held_by(view.store, view.graph, time.holder):
        return held, time
    note = f"no view of {time.holder} is known, so the record is read"
    return view, replace(time, holder=None, note=note)


def _with_occasion(
    view: View,
    time: TimeRead,
    occasion: Occasion,
    mentions: Sequence[NamedEntity],
    owner: frozenset[EntityId],
    labels: Mapping[str, str],
    now: datetime,
) -> TimeRead:
    where = FactFilter(known_at=known_instant(time.known_at), labels=labels or None)
    period, note = resolve(view, occasion, mentions, owner, where, now)
    kind: QuestionKind
    if period is None:
        unresolved = QuestionKind.HISTORY if time.kind in {QuestionKind.STATE, QuestionKind.AS_OF} else time.kind
        return replace(time, kind=unresolved, as_of=None, note=note or f"“{occasion.words}” has no known time, so all time is read")
    kind = QuestionKind.AS_OF if time.kind is QuestionKind.STATE else time.kind
    read = (*time.read, WordsRead(occasion.words, period, Axis.VALID))
    return replace(time, kind=kind, words=occasion.words, as_of=period, read=read)
