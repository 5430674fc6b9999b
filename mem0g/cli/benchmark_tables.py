"""The results of `mem0g evaluate locomo-answers` as tables of text. Pure; `tables.TableScreen.rows` shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mem0g.evaluation.benchmark.estimating import Cost
from mem0g.evaluation.benchmark.intervals import Interval
from mem0g.evaluation.benchmark.report import Report, Score, Seconds, SystemReport
from mem0g.ports import Usage

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: what it shows, and its cells."""

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]


def of_report(report: Report) -> list[Rows]:
    """How right the systems are, by category too; what they take in time and tokens; what all of it cost."""
    model = "" if report.settings is None else f" with {report.settings.model}"
    return [
        Rows(
            f"LoCoMo {', '.join(report.conversations)}{model}, runs: {report.runs}; categories 1–4, in %",
            ("system", "J strict", "J lenient", "F1", "BLEU-1", "lenient alone", "strict alone", "answers", "missing"),
            [(system.name, *_score(system.all)) for system in report.systems],
        ),
        Rows(
            "J strict / lenient by category, in %; adversarial questions are in no mean",
            ("system", *(report.systems[0].categories if report.systems else ()), "adversarial"),
            [
                (system.name, *(_both(score) for score in system.categories.values()), _both(system.adversarial))
                for system in report.systems
            ],
        ),
        Rows(
            "An answer: tokens shown, and seconds (search; with the model’s answer; that beside reading everything)",
            ("system", "tokens", "of everything", "search p50 / p95", "total p50 / p95", "beside full context"),
            [_takes(report, system) for system in report.systems],
        ),
        of_costs("Asked of the model so far", {system.name: system.cost for system in report.systems}),
    ]


def of_costs(title: str, costs: Mapping[str, Cost]) -> Rows:
    """Calls and tokens by system, and of all together."""
    total = sum(costs.values(), Cost())
    headers = ("system", "calls", "reading: in / out", "answering: in / out", "judging: in / out")
    return Rows(title, headers, [(name, *_cost(cost)) for name, cost in (*costs.items(), ("together", total))])


def _score(score: Score) -> tuple[str, ...]:
    means = (score.judged["strict"], score.judged["lenient"], score.f1, score.bleu1)
    alone = (score.only_lenient, score.only_strict, score.answers, score.missing)
    return (*map(_interval, means), *(f"{number:,}" for number in alone))


def _interval(found: Interval | None) -> str:
    """A mean with its interval, in per cent."""
    return NOTHING if found is None else f"{100 * found.mean:.1f} [{100 * found.low:.1f}–{100 * found.high:.1f}]"


def _both(score: Score) -> str:
    return " / ".join(
        NOTHING if found is None else f"{100 * found.mean:.1f}" for found in (score.judged["strict"], score.judged["lenient"])
    )


def _takes(report: Report, system: SystemReport) -> tuple[str, ...]:
    beside = report.against_everything(system)
    return (
        system.name,
        NOTHING if system.context_tokens is None else f"{system.context_tokens:,.0f}",
        _percent(system.context_share),
        _seconds(system.search),
        _seconds(system.total),
        " / ".join(_percent(beside[name]) for name in ("p50", "p95")),
    )


def _percent(share: float | None) -> str:
    return NOTHING if share is None else f"{100 * share:.1f} %"


def _seconds(seconds: Seconds) -> str:
    return " / ".join(NOTHING if value is None else f"{value:.3f}" for value in (seconds.p50, seconds.p95))


def _cost(cost: Cost) -> tuple[str, ...]:
    return (f"{cost.total.calls:,}", *map(_tokens, (cost.ingesting, cost.answering, cost.judging)))


def _tokens(usage: Usage) -> str:
    return f"{usage.prompt_tokens:,} / {usage.completion_tokens:,}" if usage.calls else NOTHING
