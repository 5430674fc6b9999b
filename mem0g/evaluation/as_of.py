"""`mem0g evaluate as-of`: questions about time, put to memories whose every answer is known.

A ledger is drawn by chance from a seed: people who move, change jobs, learn and give up instruments, marry and part; some of it said late,
some corrected, some only what others believe. It is told with `add_fact`. Questions are made of templates, and `Memory.answer` is compared,
by the facts and the dates that it gives, with what follows from the ledger by the rule of the design in its naive form, one instant at a
time (`Ledger.stays`): no code of mem0g's own timeline has a part in it.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from importlib.resources import files
from itertools import pairwise
from random import Random
from string import Formatter
from typing import Any

from mem0g.errors import InvalidInput
from mem0g.memory import Memory
from mem0g.period import BEGINNING, FOREVER, Period, read_period
from mem0g.results import Answer

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
"""When all questions are asked."""

KINDS = (
    "state_now", "state", "when", "until", "duration", "change", "known", "holder",
    "yes", "ever", "before", "while", "began", "ended", "nothing",
)  # fmt: skip

_FIRST = datetime(2018, 3, 1, tzinfo=UTC)
_DAY = timedelta(days=1)
_PEOPLE = ("Alice", "Bruno", "Chiara", "Dmitri", "Elena", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Katya", "Liam", "Mira", "Noor")
_OBJECTS = {
    "lives_in": ("Oslo", "Lisbon", "Porto", "Bergen", "Madrid", "Vienna", "Kraków", "São Paulo", "New York City", "Leeds", "Ghent"),
    "works_for": ("Acme", "Globex", "Initech", "Umbrella Labs", "Hooli", "Stark Industries", "Wayne & Sons", "Soylent", "Cyberdyne"),
    "drives": ("Tesla Model 3", "Volvo V60", "Fiat Panda", "Renault Clio", "Mazda 3", "Skoda Octavia", "Toyota Yaris", "Dacia Duster"),
    "plays": ("piano", "chess", "tennis", "guitar", "violin", "padel", "cello", "badminton", "flute", "football"),
    "married_to": ("Robin Hale", "Sasha Lind", "Toni Berg", "Uma Reyes", "Vik Moran", "Wanda Kos", "Yuri Adler", "Zoe Quinn"),
}  # fmt: skip
_SEVERAL = frozenset({"plays"})
_OCCASIONS = {"town": "lives_in", "employer": "works_for", "spouse": "married_to"}
"""The slots of what held meanwhile, each with its predicate."""
_YES_OR_NO = frozenset({"yes", "ever"})
_WITH_OBJECT = _YES_OR_NO | {"when", "until", "duration", "before"}
_TURNS = frozenset({"began", "ended"})
_OF_THE_RECORD = _TURNS | {"before", "while"}
_TIMES = frozenset({"day", "month", "year", "bare_month", "day2", "month2", "year2", "known_day"})
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_BELIEVED = re.compile(r"\b(?:did|was|had) \{holder\}|\{holder\} (?:had )?(?:thought|believed|said|claimed|supposed|assumed)\b")
"""Of what someone believed at a time, that is a known time, as of "what did we know"."""
_TRIES = 8
"""How often slots are drawn anew where a question would have no answer; the last draw stands."""
_AS_DRAWN = _YES_OR_NO | {"nothing"}
"""Kinds whose first draw stands: of half of them, or all, a right answer is none."""


@dataclass(frozen=True, slots=True)
class Template:
    """A question with slots; what they are is said in docs/asking.md."""

    id: str
    kind: str
    predicate: str
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What was told once.

    Attributes:
        holder: whose belief it is; None for the record.
        start, end: when it holds; FOREVER: until further notice.
        stated: the start as it is stated; None where it is when it was said.
        corrects: the number of the statement that was never so.
    """

    number: int
    said: datetime
    subject: str
    predicate: str
    object: str
    start: datetime
    end: datetime = FOREVER
    stated: str | None = None
    stated_end: str | None = None
    negated: bool = False
    holder: str | None = None
    corrects: int | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """One thing that held, without a break."""

    object: str
    start: datetime
    end: datetime

    def overlaps(self, period: Period) -> bool:
        """Whether it held at some instant of the period."""
        return self.start < period.end and period.start < self.end


@dataclass(frozen=True)
class Ledger:
    """All that was told, in the order it was said, and what follows from it."""

    statements: Sequence[Statement]

    @cached_property
    def subjects(self) -> dict[str, list[str]]:
        """Whom something is told of in the record, by predicate."""
        return {predicate: sorted({each.subject for each in self._of(predicate, None)}) for predicate in _OBJECTS}

    @cached_property
    def held(self) -> dict[str, list[tuple[str, str]]]:
        """Holders with whom they have a belief of, by predicate."""
        beliefs = [each for each in self.statements if each.holder is not None]
        return {
            predicate: sorted({(each.holder or "", each.subject) for each in beliefs if each.predicate == predicate})
            for predicate in _OBJECTS
        }

    def is_stated(self, subject: str, predicate: str, at: datetime, period: Period) -> bool:
        """Whether a start or an end at this instant is stated to lie in the period: not so finely "2024", and not "by 5 March" alone."""
        told = [each for each in self._of(predicate, None) if each.subject == subject]
        words = [each.stated for each in told if each.start == at] + [each.stated_end for each in told if each.end == at]
        stated = [read_period(each) for each in words if each is not None]
        return any(period.start <= each.start and each.end <= period.end for each in stated)

    def _of(self, predicate: str, holder: str | None) -> list[Statement]:
        return [each for each in self.statements if (each.predicate, each.holder) == (predicate, holder)]

    def stays(self, subject: str, predicate: str, known: datetime = FOREVER, holder: str | None = None) -> list[Stay]:
        """What held when, as known at an instant; by start."""
        told = [each for each in self._of(predicate, holder) if each.subject == subject and each.said <= known]
        played = _in_play(told)
        breaks = sorted({at for each in played for at in (each.start, each.end, each.said) if at < FOREVER})
        cells = [
            Stay(object, start, end) for start, end in pairwise([*breaks, FOREVER]) for object in sorted(_holding(played, start, predicate))
        ]
        return sorted(_joined(cells), key=lambda stay: (stay.start, stay.object))


def _in_play(told: Sequence[Statement]) -> list[Statement]:
    """Without those corrected by what is in play, decided from the latest said down."""
    out: set[int] = set()
    kept = []
    for each in sorted(told, key=lambda each: each.said, reverse=True):
        if each.number not in out:
            kept.append(each)
            if each.corrects is not None:
                out.add(each.corrects)
    return kept


def _holding(played: Sequence[Statement], at: datetime, predicate: str) -> set[str]:
    covering = [each for each in played if each.start <= at < each.end]

    def rank(each: Statement) -> tuple[datetime, datetime]:
        present = each.start <= each.said < each.end and at >= each.said
        return (max(each.start, each.said) if present else each.start, each.said)

    def rivals(one: Statement, other: Statement) -> bool:
        if one.negated != other.negated:
            return one.object == other.object
        return not one.negated and predicate not in _SEVERAL and one.object != other.object

    return {
        each.object
        for each in covering
        if not each.negated and not any(rivals(each, other) and rank(other) > rank(each) for other in covering)
    }


def _joined(cells: Sequence[Stay]) -> list[Stay]:
    joined: list[Stay] = []
    last: dict[str, int] = {}
    for cell in cells:
        place = last.get(cell.object)
        if place is not None and joined[place].end == cell.start:
            joined[place] = Stay(cell.object, joined[place].start, cell.end)
        else:
            last[cell.object] = len(joined)
            joined.append(cell)
    return joined


# Drawing a ledger


def draw_ledger(chance: Random) -> Ledger:
    """Some four people, with what became of them, and what some of them believe of others."""
    people = chance.sample(_PEOPLE, 6)
    lives, watchers = people[:4], people[4:]
    drafts: list[Statement] = []
    for person in lives:
        for predicate in _OBJECTS:
            drafts += _life(chance, person, predicate, None, drafts)
    for holder in watchers:
        for person in chance.sample(lives, 3):
            for predicate in chance.sample(sorted(_OBJECTS), 3):
                drafts += _life(chance, person, predicate, holder, drafts)
    return Ledger(sorted(drafts, key=lambda each: each.said))


def _life(chance: Random, person: str, predicate: str, holder: str | None, before: Sequence[Statement]) -> list[Statement]:
    """What was told of one person and predicate."""
    told: list[Statement] = []
    used = {each.said for each in before}
    objects = chance.sample(_OBJECTS[predicate], 5)
    at = _FIRST + _DAY * chance.randrange(900)

    def tell(said: datetime, object: str, start: datetime, **others: Any) -> Statement:
        said = min(said, NOW - _DAY) + timedelta(minutes=chance.randrange(1, 1400))
        while said in used:
            said += timedelta(seconds=1)
        used.add(said)
        made = Statement(len(before) + len(told), said, person, predicate, object, start, holder=holder, **others)
        told.append(made)
        return made

    for object in objects[: chance.randrange(1, 3) if holder else chance.randrange(2, 5)]:
        if at >= NOW - 40 * _DAY:
            break
        stated, start = _stated(chance, at)
        late = chance.random() < 0.25
        said = start + _DAY * (chance.randrange(200, 500) if late else chance.randrange(32))
        length = _DAY * chance.randrange(150, 900)
        end = start + length
        text, over = _stated(chance, end)
        if late and chance.random() < 0.5 and start < over < said:
            tell(said, object, start, stated=stated, end=over, stated_end=text)
        elif chance.random() < 0.15 and not late:
            moment = said + timedelta(minutes=chance.randrange(1, 1400))
            first = tell(moment, object, moment)
            told[-1] = replace(first, start=first.said)
        else:
            wrong = tell(said, objects[4], start, stated=stated) if chance.random() < 0.15 else None
            meant = said if wrong is None else said + _DAY * chance.randrange(3, 60)
            tell(meant, object, start, stated=stated, corrects=None if wrong is None else wrong.number)
            ends = chance.random() < (0.5 if predicate in {"plays", "married_to"} else 0.2) and end < NOW - 2 * _DAY
            if ends and over > max(told[-1].said, start):
                tell(over + _DAY * chance.randrange(1, 60), object, over, stated=text, negated=True)
        at = end + _DAY * chance.randrange(2, 60)
    return told


def _stated(chance: Random, at: datetime) -> tuple[str, datetime]:
    """A day, month or year as it is stated, and its start."""
    text = f"{at:%Y-%m-%d}" if (form := chance.random()) < 0.6 else f"{at:%Y-%m}" if form < 0.9 else f"{at:%Y}"
    return text, read_period(text).start


def tell(memory: Memory, ledger: Ledger, user_id: str) -> None:
    """State the whole ledger."""
    claims: dict[int, str] = {}
    for each in ledger.statements:
        added = memory.add_fact(
            each.subject, each.predicate, each.object, user_id=user_id, occurred_at=each.said, valid_at=each.stated,
            invalid_at=each.stated_end, holder=each.holder, negated=each.negated, exclusive=each.predicate not in _SEVERAL,
            corrects=None if each.corrects is None else claims[each.corrects],
        )  # fmt: skip
        claims[each.number] = added.claim_ids[0]


# Questions

Dates = tuple[datetime, ...]
"""One instant, or a start and an end."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and what follows from the ledger.

    Attributes:
        subject: whom it is about.
        objects: what a right answer cites; empty where it has to abstain.
        dates: the instants that it gives; of a question of how long in pairs.
        window: of a question of what changed.
        refuted: "no" follows: what it asks for had ended, or something else held instead, all the time.
    """

    template: Template
    text: str
    subject: str
    objects: frozenset[str]
    dates: frozenset[Dates] = frozenset()
    window: Period | None = None
    refuted: bool = False


def read_templates(name: str) -> list[Template]:
    """The templates of a file beside this module; none where there is no such file.

    Raises:
        InvalidInput: it does not hold templates, or one has not the slots of its kind.
    """
    file = files(__package__).joinpath(name)
    if not file.is_file():
        return []
    try:
        templates = [Template(**entry) for entry in json.loads(file.read_text(encoding="utf-8"))]
    except (ValueError, TypeError) as error:
        raise InvalidInput(f"{name} holds no templates: {error}") from error
    for template in templates:
        if template.kind not in KINDS or template.predicate not in _OBJECTS:
            raise InvalidInput(f"{name}: {template.id} is of kind {template.kind!r} and predicate {template.predicate!r}")
        if unfit := " and ".join(_unfit(template)):
            raise InvalidInput(f"{name}: {template.id}, of kind {template.kind!r} and predicate {template.predicate!r}, {unfit}")
    return templates


def _unfit(template: Template) -> Iterator[str]:
    """What is wrong with the slots of a template; nothing where they are those of its kind."""
    slots = {slot for _, slot, _, _ in Formatter().parse(template.text) if slot is not None}
    meanwhile = slots & _OCCASIONS.keys()
    if unknown := sorted(slots - _TIMES - {"subject", "object", "holder"} - (meanwhile if template.kind == "while" else set())):
        yield f"has slots that are not filled: {', '.join(unknown)}"
    if template.kind in _WITH_OBJECT and "object" not in slots:
        yield "has no {object}"
    if template.kind == "holder" and "holder" not in slots:
        yield "has no {holder}"
    if template.kind in _OF_THE_RECORD and "holder" in slots:
        yield "is of the record, and has a {holder}"
    if template.kind in _TURNS and len(slots & _TIMES) != 1:
        yield "has not one slot of time"
    if template.kind == "while" and (len(meanwhile) != 1 or _occasion(template)[1] == template.predicate):
        yield "has not one slot of another predicate: town, employer or spouse"


def draw_question(chance: Random, ledger: Ledger, template: Template) -> Question | None:
    """The template with its slots filled; None where the ledger has nothing that fits them."""
    drawn = None
    for _ in range(_TRIES):
        drawn = _drawn(chance, ledger, template) or drawn
        if drawn is not None and (drawn.objects or template.kind in _AS_DRAWN or chance.random() < 0.1):
            return drawn
    return drawn


def _drawn(chance: Random, ledger: Ledger, template: Template) -> Question | None:
    holder: str | None = None
    if "{holder}" in template.text:
        if not ledger.held[template.predicate]:
            return None
        holder, subject = chance.choice(ledger.held[template.predicate])
    else:
        subjects = [each for each in ledger.subjects[template.predicate] if _may_be_asked_of(ledger, template, each)]
        if not subjects:
            return None
        subject = chance.choice(subjects)
    slots, period, second = _times(chance, template.text, _turn(chance, ledger, template, subject))
    known = period.last if "{known_day}" in template.text and period is not None else FOREVER
    if "{known_day}" in template.text:
        period = second
    elif period is not None and _BELIEVED.search(template.text):
        known, period = period.last, None
    stays = [stay for stay in ledger.stays(subject, template.predicate, known, holder) if stay.start <= NOW]
    asked = _ASKED[template.kind](_Draw(chance, ledger, template, subject, stays, period, second, min(known, NOW)))
    if asked is None:
        return None
    filled = template.text.format(subject=subject, holder=holder, object=asked.object, **slots, **asked.slots)
    return Question(template, filled, subject, frozenset(asked.objects), frozenset(asked.dates), window=asked.window, refuted=asked.refuted)


def _may_be_asked_of(ledger: Ledger, template: Template, subject: str) -> bool:
    """Whether the subject has what a question of before or while is drawn from: something that held once."""
    match template.kind:
        case "before":
            return bool(_once(ledger.stays(subject, template.predicate)))
        case "while":
            return bool(_once(ledger.stays(subject, _occasion(template)[1])))
        case _:
            return True


def _once(stays: Sequence[Stay]) -> list[Stay]:
    """The only stays of their objects, of those begun by now."""
    begun = [stay for stay in stays if stay.start <= NOW]
    times = Counter(stay.object for stay in begun)
    return [stay for stay in begun if times[stay.object] == 1]


def _turn(chance: Random, ledger: Ledger, template: Template, subject: str) -> datetime | None:
    """An instant that a question of what began or ended is to name, mostly: else it would seldom find one."""
    turns = _turns(template, ledger.stays(subject, template.predicate)) if template.kind in _TURNS else []
    return chance.choice(turns)[1] if turns and chance.random() < 0.7 else None


def _turns(template: Template, stays: Sequence[Stay]) -> list[tuple[str, datetime]]:
    """What began, or what ended, by now; with when."""
    turns = [(stay.object, stay.start if template.kind == "began" else stay.end) for stay in stays]
    return [(object, at) for object, at in turns if at <= NOW]


def _occasion(template: Template) -> tuple[str, str]:
    """The slot of what held meanwhile, and its predicate."""
    return next((slot, predicate) for slot, predicate in _OCCASIONS.items() if f"{{{slot}}}" in template.text)


@dataclass(frozen=True, slots=True)
class _Draw:
    """What was drawn of a question so far.

    Attributes:
        stays: of the subject and the template's predicate, begun by now.
        period, second: the times that the question names.
        now: when all that is known was said, at the latest.
    """

    chance: Random
    ledger: Ledger
    template: Template
    subject: str
    stays: Sequence[Stay]
    period: Period | None
    second: Period | None
    now: datetime


@dataclass(frozen=True, slots=True)
class _Asked:
    """What else stands in a question, and what follows from the ledger; see `Question`."""

    objects: Collection[str]
    object: str | None = None
    dates: Collection[Dates] = ()
    window: Period | None = None
    refuted: bool = False
    slots: Mapping[str, str] = field(default_factory=dict)


def _state(draw: _Draw) -> _Asked:
    return _Asked(_overlapping(draw.stays, draw.period or Period.instant(draw.now)))


def _when(draw: _Draw) -> _Asked | None:
    object = _pick(draw.chance, [stay.object for stay in draw.stays])
    return None if object is None else _Asked({object}, object, {(stay.start,) for stay in draw.stays if stay.object == object})


def _until(draw: _Draw) -> _Asked | None:
    lasting = {stay.object for stay in draw.stays if stay.end > draw.now}
    object = _pick(draw.chance, [stay.object for stay in draw.stays if stay.object not in lasting])
    return None if object is None else _Asked({object}, object, {(stay.end,) for stay in draw.stays if stay.object == object})


def _duration(draw: _Draw) -> _Asked | None:
    object = _pick(draw.chance, [stay.object for stay in draw.stays])
    if object is None:
        return None
    return _Asked({object}, object, {(stay.start, min(stay.end, draw.now)) for stay in draw.stays if stay.object == object})


def _change(draw: _Draw) -> _Asked | None:
    if draw.period is None or draw.second is None:
        return None
    window = Period(draw.period.start, draw.second.end)
    changed = [(stay.object, at) for stay in draw.stays for at in (stay.start, stay.end) if window.covers(at)]
    return _Asked({object for object, _ in changed}, dates={(at,) for _, at in changed}, window=window)


def _yes(draw: _Draw) -> _Asked | None:
    return _whether(draw, draw.period or Period.instant(draw.now))


def _ever(draw: _Draw) -> _Asked | None:
    return _whether(draw, draw.period or Period(BEGINNING, draw.now))


def _whether(draw: _Draw, asked: Period) -> _Asked | None:
    """Of something that the subject had, mostly at the time that is asked about; or else never."""
    had, then = {stay.object for stay in draw.stays}, _overlapping(draw.stays, asked)
    never = [each for each in _OBJECTS[draw.template.predicate] if each not in had]
    theirs = then if then and draw.chance.random() < 0.6 else had
    object = _pick(draw.chance, sorted(theirs) if draw.chance.random() < 0.5 else never)
    if object is None:
        return None
    refuted = _is_refuted(draw.stays, object, asked, exclusive=draw.template.predicate not in _SEVERAL)
    return _Asked(then & {object}, object, refuted=refuted)


def _is_refuted(stays: Sequence[Stay], object: str, period: Period, *, exclusive: bool) -> bool:
    """Whether the object is known not to have held in the period: at each instant it had ended by then, or something else held."""
    own = [stay for stay in stays if stay.object == object]
    if any(stay.overlaps(period) for stay in own):
        return False
    others = [stay for stay in stays if exclusive and stay.object != object]
    at, end = period.start, min([period.end, *(stay.end for stay in own)])
    while at < end:
        covering = [stay.end for stay in others if stay.start <= at < stay.end]
        if not covering:
            return False
        at = max(covering)
    return True


def _before(draw: _Draw) -> _Asked | None:
    once = _once(draw.stays)
    if not once:
        return None
    began = draw.chance.choice(once)
    return _Asked({stay.object for stay in draw.stays if stay.start < began.start}, began.object)


def _while(draw: _Draw) -> _Asked | None:
    slot, predicate = _occasion(draw.template)
    once = _once(draw.ledger.stays(draw.subject, predicate))
    if not once:
        return None
    meanwhile = draw.chance.choice(once)
    return _Asked(_overlapping(draw.stays, Period(meanwhile.start, meanwhile.end)), slots={slot: meanwhile.object})


def _turned(draw: _Draw) -> _Asked | None:
    """What began or ended within the time; None where that was not stated so finely that one could say."""
    if draw.period is None:
        return None
    within = [(object, at) for object, at in _turns(draw.template, draw.stays) if draw.period.covers(at)]
    if not all(draw.ledger.is_stated(draw.subject, draw.template.predicate, at, draw.period) for _, at in within):
        return None
    return _Asked({object for object, _ in within})


def _nothing(draw: _Draw) -> _Asked | None:
    """Of something that they had, where one is named: what is known of it must not be taken for an answer."""
    object = _pick(draw.chance, [stay.object for stay in draw.stays])
    return None if object is None and "{object}" in draw.template.text else _Asked((), object)


def _overlapping(stays: Sequence[Stay], period: Period) -> set[str]:
    return {stay.object for stay in stays if stay.overlaps(period)}


def _pick(chance: Random, objects: Sequence[str]) -> str | None:
    return chance.choice(objects) if objects else None


_ASKED: Mapping[str, Callable[[_Draw], _Asked | None]] = {
    "state_now": _state, "state": _state, "when": _when, "until": _until, "duration": _duration, "change": _change, "known": _state,
    "holder": _state, "yes": _yes, "ever": _ever, "before": _before, "while": _while, "began": _turned, "ended": _turned,
    "nothing": _nothing,
}  # fmt: skip


def _times(chance: Random, text: str, named: datetime | None) -> tuple[dict[str, str], Period | None, Period | None]:
    """The time slots of a text, filled; with the first and the second period that they name.

    Args:
        named: what the first is to name; None for any time.
    """
    first = named or _FIRST + _DAY * chance.randrange(400, (NOW - _FIRST).days - 420)
    later = first + _DAY * chance.randrange(370, 800)
    later = min(later, NOW - 40 * _DAY)
    first_valid = int("{known_day}" in text)
    slots: dict[str, str] = {}
    periods: list[Period | None] = [None, None]
    for slot, at, place in (
        ("known_day", first + _DAY * chance.randrange(300), 0), ("day", first, 0), ("month", first, 0), ("year", first, 0),
        ("day2", later, 1), ("month2", later, 1), ("year2", later, 1),
    ):  # fmt: skip
        if f"{{{slot}}}" in text:
            slots[slot], period = _shown(slot.rstrip("2").removeprefix("known_"), at)
            periods[place if slot == "known_day" else max(place, first_valid)] = period
    if "{bare_month}" in text:
        ago = 0 if named is None else 12 * (NOW.year - named.year) + NOW.month - named.month
        back = ago if 1 <= ago <= 11 else chance.randrange(1, 12)
        month = NOW.month - back
        year, month = (NOW.year, month) if month > 0 else (NOW.year - 1, month + 12)
        slots["bare_month"], bare = _MONTHS[month - 1], read_period(f"{year}-{month:02}")
        periods[first_valid] = bare
    return slots, periods[0], periods[1]


def _shown(form: str, at: datetime) -> tuple[str, Period]:
    match form:
        case "day":
            return f"{at.day} {_MONTHS[at.month - 1]} {at.year}", read_period(f"{at:%Y-%m-%d}")
        case "month":
            return f"{_MONTHS[at.month - 1]} {at.year}", read_period(f"{at:%Y-%m}")
        case _:
            return f"{at.year}", read_period(f"{at:%Y}")


# Judging


def is_right(question: Question, answer: Answer) -> bool:
    """Whether the facts and the dates of the answer are those that follow from the ledger, and its text names them.

    Whether something was so is answered with "Yes", or "No" where that follows; no other answer but of what changed begins with "Yes".
    """
    said = re.match(r"(?:yes|no)\b", answer.text, re.IGNORECASE)
    begins = said[0].lower() if said else ""
    cited = [citation.fact for citation in answer.citations if citation.fact is not None]
    ends = {fact.object if fact.subject == question.subject else fact.subject for fact in cited}
    named = all(object in answer.text for object in ends)
    if not question.objects:
        unchanged = question.window is not None and not answer.dates
        return answer.abstained or (named and (unchanged or (question.refuted and begins == "no")))
    if answer.abstained or not named or ends != question.objects:
        return False
    if question.window is None and (begins == "yes") != (question.template.kind in _YES_OR_NO):
        return False
    dates = [period.start for period in answer.dates]
    match question.template.kind:
        case "duration":
            return set[Dates](zip(dates[::2], dates[1::2], strict=True)) == question.dates
        case "when" | "until" | "change":
            return {(date,) for date in dates} == question.dates
        case _:
            return True


@dataclass(frozen=True, slots=True)
class Wrong:
    """A question that was not answered as the ledger has it.

    Attributes:
        asserted: an answer was given; where not, it was left unanswered.
    """

    template: str
    question: str
    expected: str
    answered: str
    asserted: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """How many questions were asked, how many answered rightly, and of how many something was asserted that does not follow.

    What is neither was left unanswered.
    """

    asked: int = 0
    right: int = 0
    asserted_wrongly: int = 0

    @property
    def share(self) -> float:
        """Right of asked; 1 where nothing was."""
        return self.right / self.asked if self.asked else 1.0

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(self.asked + other.asked, self.right + other.right, self.asserted_wrongly + other.asserted_wrongly)


@dataclass(frozen=True, slots=True)
class AsOfScore:
    """How a set of templates fared.

    Attributes:
        name: of the set: "templates" or "held out".
        kinds: by kind of question.
        wrong: every question that was answered otherwise.
    """

    name: str
    templates: int
    kinds: Mapping[str, Tally]
    wrong: Sequence[Wrong] = field(repr=False)

    @property
    def total(self) -> Tally:
        """All kinds together."""
        return sum(self.kinds.values(), Tally())


SETS = {"templates": "as_of_templates.json", "held out": "as_of_held_out.json"}


def evaluate_as_of(
    memory: Memory, *, seed: int = 1, ledgers: int = 5, progress: Callable[[int, int], None] | None = None
) -> list[AsOfScore]:
    """Each set of templates, asked once for every ledger; the ledgers are forgotten afterwards.

    Args:
        memory: whose clock shows `NOW`, and which has no language model.
        progress: called with how many ledgers are done, and how many there are.
    """
    sets = {name: read_templates(file) for name, file in SETS.items()}
    asked: dict[str, list[tuple[Question, Answer]]] = {name: [] for name in sets}
    for number in range(ledgers):
        user_id = f"as-of-{seed}-{number}"
        ledger = draw_ledger(_chance(f"ledger {seed} {number}"))
        memory.forget(user_id=user_id, everything=True)
        tell(memory, ledger, user_id)
        for name, templates in sets.items():
            asked[name] += _ask(memory, ledger, templates, user_id, f"{seed} {number}")
        memory.forget(user_id=user_id, everything=True)
        if progress is not None:
            progress(number + 1, ledgers)
    return [_score(name, len(sets[name]), pairs) for name, pairs in asked.items() if sets[name]]


def _chance(seed: str) -> Random:
    return Random(seed)  # noqa: S311 - the same for the same seed


def _ask(memory: Memory, ledger: Ledger, templates: Sequence[Template], user_id: str, seed: str) -> Iterator[tuple[Question, Answer]]:
    for template in templates:
        question = draw_question(_chance(f"question {seed} {template.id}"), ledger, template)
        if question is not None:
            yield question, memory.answer(question.text, user_id=user_id)


def _score(name: str, templates: int, pairs: Sequence[tuple[Question, Answer]]) -> AsOfScore:
    kinds = {kind: Tally() for kind in KINDS}
    wrong = []
    for question, answer in pairs:
        right = is_right(question, answer)
        asserted = not answer.abstained
        kinds[question.template.kind] += Tally(1, int(right), int(asserted and not right))
        if not right:
            wrong.append(Wrong(question.template.id, question.text, _expected(question), answer.text, asserted))
    return AsOfScore(name, templates, kinds, wrong)


def _expected(question: Question) -> str:
    objects = ", ".join(sorted(question.objects)) or "nothing"
    dates = "; ".join(" – ".join(f"{each:%Y-%m-%d}" for each in date) for date in sorted(question.dates))
    return f"{objects} {dates}".strip()
