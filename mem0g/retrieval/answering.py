"""Answers made of facts alone, without a language model: of the kinds of question that rules can tell apart.

A question is answered where it has, as a whole, a form that is known: who, which verb, in which direction, which object, which times, whose
view. Else nothing is said: "not known" is better than the answer to another question. That nothing is known is no "no".
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil, floor

from mem0g.ingestion.predicates import asked as names_asked
from mem0g.ingestion.predicates import canonical
from mem0g.model import EntityId, Fact, Kind, Value, Version
from mem0g.period import ALWAYS, FOREVER, TICK, Period, Precision
from mem0g.ports import FactFilter
from mem0g.results import Answer, Axis, QuestionKind
from mem0g.retrieval.asking import Asked
from mem0g.retrieval.citing import Sources
from mem0g.retrieval.dating import Precisions, in_words, is_known
from mem0g.retrieval.dating import length_in_words as exact_length
from mem0g.retrieval.lexicon import Role
from mem0g.retrieval.phrasing import Form, Tense, read_form
from mem0g.retrieval.question import Given, known_instant
from mem0g.retrieval.spoken import spoken_words
from mem0g.retrieval.telling import told
from mem0g.retrieval.wordings import SYMMETRIC, Edge

NOT_KNOWN = "Not known."
MOST_TOLD = 20
"""Facts that an answer lists; it says how many more there are."""
_LONGEST = 500
"""Characters of a question that is read: a longer one asks more than one thing."""
_SYMMETRIC = SYMMETRIC | {"engaged_to", "lives_with"}
"""Predicates that say the same from either end."""
_NOT = re.compile(r"\b(?:not|never|nobody|nothing|none|without|except|\w+n['’]t)\b", re.IGNORECASE)
_OF_MORE_THAN_NOW = re.compile(
    r"\b(?:all|every|each)\b.*@\w+ (?:has|have|had|was|were|drove|\w+ed)\b"
    r"|^(?:which|what) (?:cities|towns|places|countries|companies|firms|employers|cars|vehicles) (?:has|have|had)\b"
    r"|\b(?:back then|at th(?:at|e) time|in those days|(?:that|the same) (?:day|week|month|year))\b"
)
"""Beside no time, "all the cities that she lived in", "which cities has she lived in" and "back then" ask for more than what holds now."""
_KINDS = {
    # By what a form asks for: the kinds of question in which it does.
    Role.WHEN: {QuestionKind.WHEN},
    Role.LONG: {QuestionKind.DURATION},
    Role.CHANGES: {QuestionKind.CHANGE},
    Role.ALL: {QuestionKind.STATE, QuestionKind.AS_OF, QuestionKind.BELIEF, QuestionKind.HISTORY},
}
_OTHERS = frozenset(QuestionKind) - {QuestionKind.WHEN, QuestionKind.DURATION}
_OF_NOW = {QuestionKind.STATE, QuestionKind.BELIEF}
_YEAR = 365.25
_MONTH = _YEAR / 12
_DAYS = 86_400.0


def answer(asked: Asked, question: str, now: datetime, labels: Mapping[str, str], given: Given) -> Answer:
    """The answer that the facts of the named entity and predicate give, or none.

    Args:
        given: what the caller fixed: with `read_times` off, no word is taken for a time or a view.
    """
    asked = _beside_a_name(asked, now)
    if asked.occasion is not None and asked.time.as_of is None and asked.time.note:
        return not_known(asked, question, now, f"Not known: {asked.time.note.partition(', so all time')[0]}.")
    if asked.unheard or len(question) > _LONGEST or _NOT.search(question):
        return not_known(asked, question, now)
    spoken = spoken_words(asked, question, now, given)
    form = read_form(spoken.words, _known(asked), ours=spoken.ours, held=spoken.held, stated=spoken.stated)
    if (
        form is None
        or asked.time.kind not in _KINDS.get(form.role, _OTHERS)
        or _times(asked) > 1 + (asked.time.kind is QuestionKind.CHANGE)
        or (asked.time.kind in _OF_NOW and not asked.time.read and _OF_MORE_THAN_NOW.search(spoken.words))
    ):
        return not_known(asked, question, now)
    if form.role in {Role.WHEN, Role.LONG} and spoken.asks_of_view:
        return not_known(asked, question, now)
    reply = _Reply(asked, question, now, labels, form, spoken.ends, says_yes=not spoken.put_aside, throughout=spoken.throughout)
    return reply.answer()


def not_known(asked: Asked, question: str, now: datetime, text: str = NOT_KNOWN) -> Answer:
    """An abstention."""
    return Answer(question, text, (), asked.time, True, now)


def _beside_a_name(asked: Asked, now: datetime) -> Asked:
    """Of "before Lisbon", which names no fact by itself: the question without it; its verb says what was so."""
    occasion = asked.occasion
    if occasion is None or asked.time.as_of is not None or occasion.word not in {"before", "after"}:
        return asked
    name = re.sub(r" (?:did|was)$", "", occasion.clause)
    start = occasion.end - len(occasion.clause)
    if not any((mention.start, mention.end) == (start, start + len(name)) for mention in asked.mentions):
        return asked
    kind = QuestionKind.STATE if asked.time.kind is QuestionKind.HISTORY else asked.time.kind
    as_of = None if kind.reads_all_time else Period.instant(now)
    return replace(asked, occasion=None, time=replace(asked.time, kind=kind, as_of=as_of, note=""))


def _known(asked: Asked) -> set[str]:
    """The predicates of the graph, in every wording that was said."""
    recorded = asked.view.store.wordings(asked.view.graph)
    return {name for wording in recorded for name in (wording.name, wording.canonical)}


def _times(asked: Asked) -> int:
    return sum(read.axis is Axis.VALID for read in asked.time.read)


@dataclass(frozen=True, slots=True)
class _Reply:
    """An answer in the making.

    Attributes:
        says_yes: False where the time that is asked for is not the one that the words say: no "yes" to what was not asked.
    """

    asked: Asked
    question: str
    now: datetime
    labels: Mapping[str, str]
    form: Form
    ends: Mapping[str, frozenset[EntityId]]
    says_yes: bool = True
    throughout: bool = False

    def answer(self) -> Answer:
        reply = self if self.form.beside is None else self._beside(*self.form.beside)
        if reply is None:
            return not_known(self.asked, self.question, self.now)
        match self.form.role:
            case Role.WHEN:
                return reply._when()
            case Role.LONG:
                return reply._how_long()
            case Role.CHANGES:
                return reply._changed()
            case Role.OBJECT if self.asked.time.kind is QuestionKind.CHANGE:
                return reply._changed()
            case _:
                return reply._state()

    def _beside(self, side: str, slot: str) -> "_Reply | None":
        """Of "before Lisbon": the same for the time before she lived there, where that is one stay with a known start."""
        stays = {version.valid for version in self._versions(self.form.subject, slot, None)}
        if len(stays) != 1 or not self._is_open:
            return None
        [stay] = stays
        at = stay.start if side == "before" else stay.end
        if not is_known(at):
            return None
        period = Period(ALWAYS.start, at) if side == "before" else Period(at, FOREVER)
        return self._for_time(period, QuestionKind.AS_OF)

    def _for_time(self, period: Period | None, kind: QuestionKind) -> "_Reply":
        return replace(self, asked=replace(self.asked, time=replace(self.asked.time, as_of=period, kind=kind)))

    # Looking up

    @property
    def _is_open(self) -> bool:
        """Whether no valid time is named, so that the present is asked for."""
        time = self.asked.time
        return time.as_of is None or (time.as_of.is_instant and time.kind in {QuestionKind.STATE, QuestionKind.BELIEF})

    @property
    def _today(self) -> datetime:
        """The present of the question: of what was believed in March, the end of March."""
        as_of = self.asked.time.as_of
        return as_of.start if as_of is not None and as_of.is_instant and self._is_open else self.now

    @property
    def _window(self) -> Period | None:
        return None if self._is_open else self.asked.time.as_of

    def _versions(self, subject: str, object: str, as_of: Period | None) -> list[Version]:
        """The facts of these slots and the predicate of the form; none where the verb may mean two of them."""
        where = FactFilter(as_of=as_of, known_at=known_instant(self.asked.time.known_at), labels=self.labels or None)
        view = self.asked.view
        if self.form.role is Role.ALL or not self.form.predicates:
            return view.versions(replace(where, touching=self.ends[subject]) if subject else where)
        wordings = {wording.name: wording for wording in view.store.wordings(view.graph)}
        found: dict[str, list[Version]] = {}
        for predicate in self.form.predicates:
            names = names_asked(predicate, wordings)
            straight = {name.name for name in names if not name.inverse}
            turned = {name.name for name in names if name.inverse} | (straight if straight & _SYMMETRIC else set())
            subjects, objects = self.ends.get(subject), self.ends.get(object)
            filters = [replace(where, subjects=subjects, objects=objects, predicates=straight)]
            filters += [replace(where, subjects=objects, objects=subjects, predicates=turned)] if turned else []
            if versions := view.versions_of(filters):
                found[canonical(predicate).name] = versions
        return next(iter(found.values())) if len(found) == 1 else []

    def _found(self, as_of: Period | None) -> list[Version]:
        """What is sought, at a valid time, of the tense that is asked for."""
        found = [version for version in self._versions(self.form.subject, self.form.object, as_of) if self._is_of_tense(version)]
        if self.form.role in {Role.OBJECT, Role.SUBJECT} and re.search(r"\bwh(?:o|om)\b", self.question, re.IGNORECASE):
            found = [version for version in found if not isinstance(version.object, Value) or self.form.role is Role.SUBJECT]
        if self.form.earlier:
            found = [version for version in found if version.valid.end <= self._today]
        return sorted(found, key=lambda version: version.order)

    def _is_of_tense(self, version: Version) -> bool:
        """Whether the tense of the question may speak of it: of the future only what is said of the future."""
        future, tense, edge = version.valid.start > self.now, self.form.tense, self.form.edge
        ends_later = self.now < version.valid.end < FOREVER
        if tense is Tense.FUTURE or (tense is Tense.PRESENT and edge is not Edge.WHOLE):
            return ends_later if edge is Edge.END else future
        if self.form.role in {Role.WHEN, Role.LONG} and tense is Tense.PRESENT and not (self.form.since or self.form.until):
            return False
        if version.kind is Kind.EVENT and tense is Tense.PRESENT:
            return False
        window = self._window
        if window is not None and window.start > self.now:
            return (future or ends_later) and tense is not Tense.PAST
        return not future

    # Answering

    def _state(self) -> Answer:
        if self.form.edge is not Edge.WHOLE:
            reply = self._for_time(None, QuestionKind.HISTORY) if self._is_open else self
            turned = [version for version in reply._found(None) if reply._turned(version, self.form.edge)]
            ahead = self.form.tense in {Tense.FUTURE, Tense.PRESENT}
            return reply._as_answer([version for version in turned if ahead or _end(version, self.form.edge) <= self._today], reply._dated)
        if self._is_open and (self.form.tense is Tense.FUTURE or self.form.earlier or self._asks_of_past):
            return self._for_time(None, QuestionKind.HISTORY)._whole()
        return self._whole()

    def _whole(self) -> Answer:
        found = self._found(self.asked.time.as_of)
        doubtful = [version for version in found if self._window is not None and (self.form.role is Role.YES or version.kind is Kind.EVENT)]
        sources = Sources.of(self.asked, doubtful, self.labels)
        refused = {version.id for version in doubtful if not self._is_within(version, sources)}
        return self._as_answer([version for version in found if version.id not in refused], self._dated)

    @property
    def _asks_of_past(self) -> bool:
        return self.form.role is Role.YES and self.form.tense is Tense.PAST and self.asked.time.kind is QuestionKind.STATE

    def _turned(self, version: Version, edge: Edge) -> bool:
        """Whether it began, or ended, within the time that is asked about; at any time, where none is."""
        at = _end(version, edge)
        if not is_known(at) or version.kind is Kind.EVENT or not (self._window or ALWAYS).covers(at):
            return False
        future = self.form.tense is Tense.FUTURE or self.form.tense is Tense.PRESENT
        if self._window is None:
            return (at > self.now) == future and not (edge is Edge.END and self._is_back(version))
        precisions = Sources.of(self.asked, [version], self.labels).precisions(version)
        stated = precisions.period(at)
        return (
            (at > self.now) == future
            and at not in precisions.told
            and self._window.start <= stated.start
            and stated.end <= self._window.end
        )

    def _is_back(self, version: Version) -> bool:
        """Whether the same holds again: who came back has not left."""
        key = {version.subject, version.object}
        return any(
            {each.subject, each.object} == key for each in self._versions(self.form.subject, self.form.object, Period.instant(self.now))
        )

    def _is_within(self, version: Version, sources: Sources) -> bool:
        """Whether it was surely so in the time asked about."""
        window = self._window or ALWAYS
        precisions = sources.precisions(version)
        if version.kind is Kind.EVENT:
            spans = precisions.period(version.valid.start).precision is Precision.SPAN and version.valid.overlaps(window)
            within = window.start <= version.valid.start and version.valid.end <= window.end
            return within or spans or (self.asked.occasion is None and window.is_instant)
        sure = _surely(version, precisions)
        if self.throughout:
            return sure is not None and sure.start <= window.start and window.end <= sure.end
        ends = [precisions.period(at) for at in (version.valid.start, version.valid.end) if is_known(at) and at not in precisions.told]
        return (sure is not None and sure.overlaps(window)) or any(window.start <= end.start and end.end <= window.end for end in ends)

    def _when(self) -> Answer:
        edge = Edge.END if self.form.until else self.form.edge
        found = self._found(self.asked.time.as_of if edge is Edge.WHOLE else None)
        if edge is Edge.WHOLE:
            begun = [version for version in found if is_known(version.valid.start)][: 1 if self.form.first else None]
            return self._as_answer(begun, self._dated, lambda version: [version.valid.start])
        turned = [version for version in found if self._has_turned(version, edge)][: 1 if self.form.first else None]
        if edge is Edge.START:
            return self._as_answer(turned, self._dated, lambda version: [version.valid.start])

        def until(fact: Fact, version: Version, precisions: Precisions) -> str:
            return f"{told(fact, over=version.valid.end <= self.now)} until {_at_latest(precisions, version.valid.end)}."

        return self._as_answer(turned, until, lambda version: [version.valid.end])

    def _has_turned(self, version: Version, edge: Edge) -> bool:
        at = _end(version, edge)
        if self._window is not None:
            return self._turned(version, edge)
        future = self.form.tense in {Tense.FUTURE, Tense.PRESENT} and not (self.form.until and self.form.tense is Tense.PRESENT)
        lasts = version.kind is Kind.STATE or edge is Edge.START
        return is_known(at) and lasts and ((at > self.now) == future or self.form.until)

    def _how_long(self) -> Answer:
        stays = [version for version in self._found(self.asked.time.as_of) if version.valid.start < self.now and version.kind is Kind.STATE]
        if self.form.edge is not Edge.WHOLE or not stays:
            return not_known(self.asked, self.question, self.now)

        def say(fact: Fact, version: Version, precisions: Precisions) -> str:
            length, dated = self._length(version, precisions), self._dated(fact, version, precisions)
            return f"{length}: {dated}" if length else dated

        def dates(version: Version) -> list[datetime]:
            stretch = self._stretch(version)
            return [] if stretch is None else [stretch.start, stretch.end]

        return self._as_answer(stays, say, dates)

    def _stretch(self, version: Version) -> Period | None:
        """The part of a stay that the question is about, up to now; None where its start is not known."""
        window, start, end = self._window or ALWAYS, version.valid.start, min(version.valid.end, self.now)
        if self._is_by_then:
            end = min(end, window.start if is_known(window.start) else window.end)
        else:
            start, end = max(start, window.start), min(end, window.end)
        return Period(start, end) if is_known(version.valid.start) and start < end else None

    @property
    def _is_by_then(self) -> bool:
        return self._window is not None and (self.form.by_then or self._window.is_instant)

    def _length(self, version: Version, precisions: Precisions) -> str:
        """How long the stay was, no finer than its ends were stated: "For about 7 years so far"; empty where that is not known."""
        stretch = self._stretch(version)
        if stretch is None:
            return ""
        own = [at for at in (version.valid.start, version.valid.end) if at in (stretch.start, stretch.end)]
        late_start, late_end = (at in precisions.told and at in own for at in (version.valid.start, version.valid.end))
        if late_start and late_end:
            return ""
        about = "at least " if late_start else "at most " if late_end else ""
        length = _rounded(stretch, {precisions.period(at).precision for at in own}, about)
        whole = stretch == Period(version.valid.start, min(version.valid.end, self.now))
        then = (
            " by then" if self._is_by_then else "" if whole and version.valid.end <= self.now else " so far" if whole else " of that time"
        )
        return f"For {length}{then}" if length else ""

    def _changed(self) -> Answer:
        window = self.asked.time.as_of or ALWAYS
        around = window if not is_known(window.start) else Period(window.start - TICK, window.end)
        found = sorted(self._versions(self.form.subject, self.form.object, around), key=lambda version: version.order)
        changed = [version for version in found if _changes(version, window)]
        if not changed:
            answer = self._as_answer([version for version in found if version.valid.overlaps(window)], self._dated)
            return answer if answer.abstained else replace(answer, text=f"No change is known then. {answer.text}")

        def say(fact: Fact, version: Version, precisions: Precisions) -> str:
            if version.kind is Kind.EVENT:
                return self._dated(fact, version, precisions)
            within = _changes(version, window)
            ends = (("began", version.valid.start), ("ended", version.valid.end))
            return f"{told(fact)}: {' and '.join(f'{verb} {precisions.on(at)}' for verb, at in ends if at in within)}."

        return self._as_answer(changed, say, lambda version: _changes(version, window))

    # Wording

    def _as_answer(
        self,
        versions: Sequence[Version],
        say: "Callable[[Fact, Version, Precisions], str]",
        dates: "Callable[[Version], Sequence[datetime]] | None" = None,
    ) -> Answer:
        if not versions:
            return not_known(self.asked, self.question, self.now)
        shown = versions[:MOST_TOLD]
        sources = Sources.of(self.asked, shown, self.labels)
        citations = sources.citations(shown)
        said = [say(each.fact, version, sources.precisions(version)) for each, version in zip(citations, shown, strict=True) if each.fact]
        text = " ".join(f"{each[0].upper()}{each[1:]}" for each in dict.fromkeys(said))
        if len(versions) > MOST_TOLD:
            text += f" And {len(versions) - MOST_TOLD} more."
        if holder := self.asked.time.holder:
            text = f"As {holder} has it: {text}"
        if self.asked.time.known_at is not None:
            text = f"As known on {in_words(Period.instant(self.asked.time.known_at))}: {text}"
        if self.form.role is Role.YES and self.says_yes:
            text = f"Yes: {text}"
        periods = [self._date(at, sources.precisions(version)) for version in shown for at in (dates(version) if dates else ())]
        return Answer(self.question, text, tuple(citations), self.asked.time, False, self.now, tuple(periods))

    def _date(self, at: datetime, precisions: Precisions) -> Period:
        window = self._window
        if at == self.now or (window is not None and at in (window.start, window.end) and at not in precisions.stated):
            return Period.instant(at)
        return precisions.period(at)

    def _dated(self, fact: Fact, version: Version, precisions: Precisions) -> str:
        """The fact with its valid time."""
        if version.kind is Kind.EVENT:
            coming = ", which is still to come" if version.valid.start > self.now else ""
            return f"{told(fact)} {_event(version, precisions)}{coming}."
        start, end = version.valid.start, version.valid.end
        if not is_known(start):
            words = told(fact, over=end <= self.now, lasting=end == FOREVER)
            return (
                f"{words} until {_at_latest(precisions, end)}, since when is not known."
                if end < FOREVER
                else f"{words}, since when is not known."
            )
        begun = _at_latest(precisions, start)
        if end == FOREVER:
            words = told(fact, lasting=start <= self.now)
            return f"{words} {'since' if start <= self.now else 'from'} {begun}{'' if start <= self.now else ' on'}."
        return f"{told(fact, over=end <= self.now)} from {begun} until {_at_latest(precisions, end)}."


def _end(version: Version, edge: Edge) -> datetime:
    """When it began, or ended."""
    return version.valid.start if edge is Edge.START else version.valid.end


def _surely(version: Version, precisions: Precisions) -> Period | None:
    """The time over which a state surely held: of "since 2019" from the end of 2019 on; None where there is none."""
    start, end = version.valid.start, version.valid.end
    if not is_known(start):
        start = end - TICK  # when it began is not known, but it held as it ended
    elif start not in precisions.told and precisions.period(start).precision not in {Precision.DAY, Precision.INSTANT}:
        start = precisions.period(start).end - TICK
    return Period(start, end) if start < end else None


def _at_latest(precisions: Precisions, at: datetime) -> str:
    return f"{precisions.words(at)}{' at the latest' if at in precisions.told else ''}"


def _event(version: Version, precisions: Precisions) -> str:
    if version.valid.start in precisions.told:
        return precisions.on(version.valid.start)
    precision = precisions.period(version.valid.start).precision
    words = in_words(Period(version.valid.start, version.valid.end, precision))
    return f"{'on' if precision == 'day' else 'over' if precision == 'span' else 'in'} {words}"


def _rounded(stretch: Period, precisions: "set[Precision]", about: str) -> str:
    """How long it is, no finer than its ends are known; empty where it is at least nothing.

    Args:
        about: "at least ", "at most ", or empty.
    """
    whole = floor if about == "at least " else ceil if about else round
    length = exact_length(stretch.start, stretch.end, whole)
    if precisions <= {Precision.DAY, Precision.INSTANT}:
        return about + length
    if Precision.YEAR not in precisions:
        months = whole((stretch.end - stretch.start).total_seconds() / _DAYS / _MONTH)
        return (about or "about ") + ("1 month" if Precision.MONTH in precisions and months == 1 else length)
    years = whole((stretch.end - stretch.start).total_seconds() / _DAYS / _YEAR)
    if not years:
        return "" if about else "less than a year"
    return f"{about or 'about '}{years} year{'' if years == 1 else 's'}"


def _changes(version: Version, window: Period) -> list[datetime]:
    """When it began and ended within the window; of an event when it happened."""
    ends = (version.valid.start, version.valid.end) if version.kind is Kind.STATE else (version.valid.start,)
    return [at for at in ends if is_known(at) and window.covers(at)]
