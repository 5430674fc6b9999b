"""`mem0g evaluate as-of`: questions about time, put to memories whose every answer is known.

A ledger is drawn by chance from a seed: people who move, change jobs, learn and give up instruments, marry and part; some of it said late,
some corrected, some only what others believe. It is told with `add_fact`. Questions are made of templates, and `Memory.answer` is compared,
by the facts and the dates that it gives, with what follows from the ledger by the rule of the design in its naive form, one instant at a
time (`Ledger.stays`): no code of mem0g's own timeline has a part in it.
"""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from importlib.resources import files
from itertools import pairwise
from random import Random
from typing import Any

from mem0g.errors import InvalidInput
from mem0g.memory import Memory
from mem0g.period import FOREVER, Period, read_period
from mem0g.results import Answer

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
"""When all questions are asked."""

KINDS = ("state_now", "state", "when", "until", "duration", "change", "known", "holder")

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
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_BELIEVED = re.compile(r"\b(?:did|was|had) \{holder\}|\{holder\} (?:had )?(?:thought|believed|said|claimed|supposed|assumed)\b")
"""Of what someone believed at a time, that is a known time, as of "what did we know"."""
_TRIES = 8
"""How often slots are drawn anew where a question would have no answer; the last draw stands."""


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
            told[-1] = _as_said(first)
        else:
            wrong = tell(said, objects[4], start, stated=stated) if chance.random() < 0.15 else None
            meant = said if wrong is None else said + _DAY * chance.randrange(3, 60)
            tell(meant, object, start, stated=stated, corrects=None if wrong is None else wrong.number)
            ends = chance.random() < (0.5 if predicate in {"plays", "married_to"} else 0.2) and end < NOW - 2 * _DAY
            if ends and over > max(told[-1].said, start):
                tell(over + _DAY * chance.randrange(1, 60), object, over, stated=text, negated=True)
        at = end + _DAY * chance.randrange(2, 60)
    return told


def _as_said(first: Statement) -> Statement:
    """The statement, of what holds from the instant it was said."""
    return Statement(first.number, first.said, first.subject, first.predicate, first.object, first.said, holder=first.holder)


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
    """

    template: Template
    text: str
    subject: str
    objects: frozenset[str]
    dates: frozenset[Dates] = frozenset()
    window: Period | None = None


def read_templates(name: str) -> list[Template]:
    """The templates of a file beside this module; none where there is no such file.

    Raises:
        InvalidInput: it does not hold templates.
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
    return templates


def draw_question(chance: Random, ledger: Ledger, template: Template) -> Question | None:
    """The template with its slots filled; None where the ledger has nothing that fits them."""
    drawn = None
    for _ in range(_TRIES):
        drawn = _drawn(chance, ledger, template) or drawn
        if drawn is not None and (drawn.objects or chance.random() < 0.1):
            return drawn
    return drawn


def _drawn(chance: Random, ledger: Ledger, template: Template) -> Question | None:
    holder: str | None = None
    if template.kind == "holder":
        if not ledger.held[template.predicate]:
            return None
        holder, subject = chance.choice(ledger.held[template.predicate])
    else:
        subject = chance.choice(ledger.subjects[template.predicate])
    slots, period, second = _times(chance, template.text)
    known = period.last if "{known_day}" in template.text and period is not None else FOREVER
    if "{known_day}" in template.text:
        period = second
    elif period is not None and _BELIEVED.search(template.text):
        known, period = period.last, None
    stays = [stay for stay in ledger.stays(subject, template.predicate, known, holder) if stay.start <= NOW]
    asked = _ASKED[template.kind](chance, stays, period, second, min(known, NOW))
    if asked is None:
        return None
    object, objects, dates, window = asked
    filled = template.text.format(subject=subject, holder=holder, object=object, **slots)
    return Question(template, filled, subject, frozenset(objects), frozenset(dates), window)


_Asked = tuple[str | None, Collection[str], Collection[Dates], Period | None]
_Ask = Callable[[Random, Sequence[Stay], Period | None, Period | None, datetime], _Asked | None]


def _state(_: Random, stays: Sequence[Stay], period: Period | None, __: Period | None, now: datetime) -> _Asked:
    asked = period or Period.instant(now)
    return None, {stay.object for stay in stays if stay.overlaps(asked)}, (), None


def _when(chance: Random, stays: Sequence[Stay], _: Period | None, __: Period | None, ___: datetime) -> _Asked | None:
    object = _pick(chance, [stay.object for stay in stays])
    return None if object is None else (object, {object}, {(stay.start,) for stay in stays if stay.object == object}, None)


def _until(chance: Random, stays: Sequence[Stay], _: Period | None, __: Period | None, now: datetime) -> _Asked | None:
    lasting = {stay.object for stay in stays if stay.end > now}
    object = _pick(chance, [stay.object for stay in stays if stay.object not in lasting])
    return None if object is None else (object, {object}, {(stay.end,) for stay in stays if stay.object == object}, None)


def _duration(chance: Random, stays: Sequence[Stay], _: Period | None, __: Period | None, now: datetime) -> _Asked | None:
    object = _pick(chance, [stay.object for stay in stays])
    return (
        None if object is None else (object, {object}, {(stay.start, min(stay.end, now)) for stay in stays if stay.object == object}, None)
    )


def _change(_: Random, stays: Sequence[Stay], period: Period | None, second: Period | None, __: datetime) -> _Asked | None:
    if period is None or second is None:
        return None
    window = Period(period.start, second.end)
    changed = [(stay.object, at) for stay in stays for at in (stay.start, stay.end) if window.covers(at)]
    return None, {object for object, _ in changed}, {(at,) for _, at in changed}, window


def _pick(chance: Random, objects: Sequence[str]) -> str | None:
    return chance.choice(objects) if objects else None


_ASKED: Mapping[str, _Ask] = {
    "state_now": _state, "state": _state, "when": _when, "until": _until, "duration": _duration, "change": _change, "known": _state,
    "holder": _state,
}  # fmt: skip


def _times(chance: Random, text: str) -> tuple[dict[str, str], Period | None, Period | None]:
    """The time slots of a text, filled; with the first and the second period that they name."""
    first = _FIRST + _DAY * chance.randrange(400, (NOW - _FIRST).days - 420)
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
        back = chance.randrange(1, 12)
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
    """Whether the facts and the dates of the answer are those that follow from the ledger."""
    cited = [citation.fact for citation in answer.citations if citation.fact is not None]
    if not question.objects:
        return answer.abstained or (question.window is not None and not answer.dates)
    if answer.abstained:
        return False
    ends = {fact.object if fact.subject == question.subject else fact.subject for fact in cited}
    dates = [period.start for period in answer.dates]
    given: set[Dates] = {(date,) for date in dates}
    match question.template.kind:
        case "duration":
            return ends == question.objects and set[Dates](zip(dates[::2], dates[1::2], strict=True)) == question.dates
        case "when" | "until" | "change":
            return ends == question.objects and given == question.dates
        case _:
            return ends == question.objects


@dataclass(frozen=True, slots=True)
class Wrong:
    """A question that was not answered as the ledger has it."""

    template: str
    question: str
    expected: str
    answered: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many questions were asked, and how many answered rightly."""

    asked: int = 0
    right: int = 0

    @property
    def share(self) -> float:
        """Right of asked; 1 where nothing was."""
        return self.right / self.asked if self.asked else 1.0

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(self.asked + other.asked, self.right + other.right)


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
        kinds[question.template.kind] += Tally(1, int(right))
        if not right:
            wrong.append(Wrong(question.template.id, question.text, _expected(question), answer.text))
    return AsOfScore(name, templates, kinds, wrong)


def _expected(question: Question) -> str:
    objects = ", ".join(sorted(question.objects)) or "nothing"
    dates = "; ".join(" – ".join(f"{each:%Y-%m-%d}" for each in date) for date in sorted(question.dates))
    return f"{objects} {dates}".strip()
