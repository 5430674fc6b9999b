"""What a benchmark found: scores with their intervals, tokens, times and costs; as values, and as plain JSON values. Pure.

An answer or a mark that is missing is counted and left out of every mean: it is neither right nor wrong.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from mem0g.evaluation.benchmark.estimating import Cost
from mem0g.evaluation.benchmark.intervals import Interval, interval, quantile
from mem0g.evaluation.benchmark.journal import AnswerLine, Found, Place, Settings, Step
from mem0g.evaluation.benchmark.marking import ADVERSARIAL, JUDGES
from mem0g.evaluation.benchmark.overlap import bleu1, f1
from mem0g.evaluation.benchmark.running import Plan, key
from mem0g.evaluation.benchmark.telling import tokens, transcript
from mem0g.evaluation.locomo_data import CATEGORIES, Conversation, Question
from mem0g.ports import Usage
from mem0g.prompts.benchmark import Strictness

COUNTED: Final = tuple(number for number in CATEGORIES if number != ADVERSARIAL)
"""The categories that go into means."""

READING_EVERYTHING: Final = "full-context"
"""The system that the others are compared with."""


@dataclass(frozen=True, slots=True)
class Score:
    """How well some questions were answered.

    Attributes:
        questions: how many there are.
        answers: how many answers there should be: one for each question and run.
        unanswered: how many of these are missing.
        unmarked: how many of those that there are lack a mark, or both.
        judged: the share of correct answers, "J", by judge; None where there is no mark.
        f1, bleu1: see `overlap`; None of adversarial questions, which have no gold words.
        only_lenient, only_strict: how many answers one judge alone takes for correct, of those that both judged.
    """

    questions: int
    answers: int
    unanswered: int
    unmarked: int
    judged: Mapping[Strictness, Interval | None]
    f1: Interval | None
    bleu1: Interval | None
    only_lenient: int
    only_strict: int

    @property
    def missing(self) -> int:
        """How many answers are missing, or lack a mark."""
        return self.unanswered + self.unmarked


@dataclass(frozen=True, slots=True)
class Seconds:
    """Half of the answers took at most `p50`, all but one in twenty at most `p95`; None where there is none."""

    p50: float | None
    p95: float | None


@dataclass(frozen=True, slots=True)
class SystemReport:
    """What a system showed.

    Attributes:
        all: over the questions of categories 1 to 4.
        categories: those, each by its name.
        adversarial: questions whose right answer is that nothing was said; in no mean.
        context_tokens: shown to the model for an answer, on average over categories 1 to 4.
        context_share: of the tokens of the whole conversation.
        search, total: of every answer.
        untaken: how many conversations were not taken in; their answers are missing.
        cost: what was asked of the model so far, failures included.
        failures: how often something failed so far; what was done since then is not missing.
    """

    name: str
    all: Score
    categories: Mapping[str, Score]
    adversarial: Score
    context_tokens: float | None
    context_share: float | None
    search: Seconds
    total: Seconds
    untaken: int
    cost: Cost
    failures: int

    @property
    def missing(self) -> int:
        """How many answers are missing, or lack a mark, of all categories."""
        return self.all.missing + self.adversarial.missing


@dataclass(frozen=True, slots=True)
class Report:
    """What all systems showed, in the order of the plan.

    Attributes:
        conversations: their ids.
        last_failure: why something failed last; empty where nothing did.
    """

    settings: Settings | None
    conversations: Sequence[str]
    runs: int
    seed: int
    systems: Sequence[SystemReport]
    last_failure: str

    @property
    def missing(self) -> int:
        """How many answers are missing, or lack a mark, of all systems."""
        return sum(system.missing for system in self.systems)

    def against_everything(self, system: SystemReport) -> dict[str, float | None]:
        """The system's total times as shares of those of the system that reads everything; None where that was not measured."""
        whole = next((each.total for each in self.systems if each.name == READING_EVERYTHING), Seconds(None, None))
        return {"p50": _ratio(system.total.p50, whole.p50), "p95": _ratio(system.total.p95, whole.p95)}


def report(plan: Plan, found: Found, seed: int) -> Report:
    """Of what was found, all that the plan asks for.

    Args:
        seed: of the bootstrap.
    """
    last = found.failures[-1].error if found.failures else ""
    asked = [
        _Asked(name, number, question, whole)
        for name, whole, conversation in _keyed(plan)
        for number, question in enumerate(conversation.questions)
    ]
    named = [_system(_Scores(name, plan.runs, found, seed), asked) for name in plan.systems]
    return Report(found.settings, [each.id for each in plan.conversations], plan.runs, seed, named, last)


def _keyed(plan: Plan) -> list[tuple[str, int, Conversation]]:
    """The conversations, each with its key and how many tokens all of it has."""
    return [(key(each), tokens(transcript(each)), each) for each in plan.conversations]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, where it stands, and how many tokens its conversation has."""

    conversation: str
    number: int
    question: Question
    whole: int


def _system(scores: "_Scores", asked: Sequence[_Asked]) -> SystemReport:
    counted = [each for each in asked if each.question.category in COUNTED]
    shown = [(line.answered.context_tokens, each.whole) for each in counted for line in scores.answers(each)]
    lines = [line.answered for each in asked for line in scores.answers(each)]
    conversations = {each.conversation for each in asked}
    return SystemReport(
        scores.system,
        scores.of(counted),
        {CATEGORIES[number]: scores.of([each for each in asked if each.question.category == number]) for number in COUNTED},
        scores.of([each for each in asked if each.question.category == ADVERSARIAL]),
        sum(part for part, _ in shown) / len(shown) if shown else None,
        sum(part for part, _ in shown) / sum(whole for _, whole in shown) if shown else None,
        _seconds([line.search_seconds for line in lines]),
        _seconds([line.total_seconds for line in lines]),
        sum((scores.system, conversation) not in scores.found.ingested for conversation in conversations),
        _cost(scores.system, conversations, scores.found),
        sum(line.system == scores.system and line.conversation in conversations for line in scores.found.failures),
    )


@dataclass(frozen=True, slots=True)
class _Scores:
    """The scores of one system."""

    system: str
    runs: int
    found: Found
    seed: int

    def places(self, asked: _Asked) -> list[Place]:
        """One a run."""
        return [Place(self.system, asked.conversation, asked.number, run) for run in range(self.runs)]

    def answers(self, asked: _Asked) -> list[AnswerLine]:
        """Those that there are."""
        return [self.found.answers[place] for place in self.places(asked) if place in self.found.answers]

    def of(self, asked: Sequence[_Asked]) -> Score:
        """The score over these questions."""
        places = [place for each in asked for place in self.places(each)]
        marks = {judge: [self._correct(place, judge) for place in places] for judge in JUDGES}
        pairs = list(zip(marks["strict"], marks["lenient"], strict=True))
        has_gold = all(each.question.category != ADVERSARIAL for each in asked)
        return Score(
            questions=len(asked),
            answers=len(places),
            unanswered=sum(place not in self.found.answers for place in places),
            unmarked=sum(place in self.found.answers and None in pair for place, pair in zip(places, pairs, strict=True)),
            judged={judge: self._interval(given) for judge, given in marks.items()},
            f1=self._interval(self._overlaps(asked, f1)) if has_gold else None,
            bleu1=self._interval(self._overlaps(asked, bleu1)) if has_gold else None,
            only_lenient=pairs.count((0.0, 1.0)),
            only_strict=pairs.count((1.0, 0.0)),
        )

    def _correct(self, place: Place, judge: Strictness) -> float | None:
        line = self.found.marks.get((place, judge))
        return None if line is None else float(line.mark.correct)

    def _overlaps(self, asked: Sequence[_Asked], measure: Callable[[str, str], float]) -> list[float | None]:
        return [self._overlap(place, each.question, measure) for each in asked for place in self.places(each)]

    def _overlap(self, place: Place, question: Question, measure: Callable[[str, str], float]) -> float | None:
        line = self.found.answers.get(place)
        return None if line is None else measure(line.answered.text, question.answer)

    def _interval(self, scores: Sequence[float | None]) -> Interval | None:
        """Of scores in the order of the questions, and of the runs of each."""
        return interval([scores[run :: self.runs] for run in range(self.runs)], self.seed) if scores else None


def _seconds(values: Sequence[float]) -> Seconds:
    return Seconds(quantile(values, 0.5), quantile(values, 0.95))


def _cost(system: str, conversations: Collection[str], found: Found) -> Cost:
    """What was asked for the system about these conversations, in all runs there were."""

    def failed(step: Step) -> Usage:
        lines = (line for line in found.failures if line.step == step and line.system == system and line.conversation in conversations)
        return _sum(line.usage for line in lines)

    def is_meant(place: Place) -> bool:
        return place.system == system and place.conversation in conversations

    return Cost(
        failed("ingested") + _sum(found.ingested[at].usage for at in found.ingested if at[0] == system and at[1] in conversations),
        failed("answer") + _sum(line.usage for place, line in found.answers.items() if is_meant(place)),
        failed("mark") + _sum(line.usage for (place, _), line in found.marks.items() if is_meant(place)),
    )


def _sum(usages: Iterable[Usage]) -> Usage:
    return sum(usages, Usage())


def _ratio(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole


# As JSON


def as_values(report: Report) -> dict[str, object]:
    """The report as JSON has it. Scores are between 0 and 1, times in seconds."""
    return {
        "settings": None if report.settings is None else asdict(report.settings),
        "conversations": list(report.conversations),
        "runs": report.runs,
        "seed": report.seed,
        "missing": report.missing,
        "last_failure": report.last_failure,
        "systems": {system.name: _system_values(report, system) for system in report.systems},
    }


def _system_values(report: Report, system: SystemReport) -> dict[str, Any]:
    values = asdict(system)
    del values["name"]
    return {**values, "missing": system.missing, "total_against_full_context": report.against_everything(system)}


def cost_values(costs: Mapping[str, Cost]) -> dict[str, object]:
    """Costs as JSON has them, by system."""
    return {name: asdict(cost) for name, cost in costs.items()}
