"""Scores as plain values, for `mem0g evaluate --json`. Pure."""

from collections.abc import Sequence

from mem0g.evaluation.running import Evaluation, together
from mem0g.evaluation.scoring import Counts, Score


def as_values(evaluations: Sequence[Evaluation], *, findings: bool) -> dict[str, object]:
    """Each file's scores, and those of all files together.

    Args:
        findings: whether every fault is named.
    """
    return {
        "files": [{"file": each.name, **_values(each, findings=findings)} for each in evaluations],
        "together": _values(together(evaluations)),
    }


def _values(evaluation: Evaluation, *, findings: bool = False) -> dict[str, object]:
    spent = evaluation.spent
    told = [{"fault": each.fault, "case": each.case, "what": each.what, "message": each.message} for each in evaluation.findings]
    return {
        "extractor": evaluation.extractor,
        **_score(evaluation.total),
        "categories": {name: _score(score) for name, score in evaluation.categories.items()},
        "model": {
            "calls": spent.calls,
            "prompt_tokens": spent.prompt_tokens,
            "completion_tokens": spent.completion_tokens,
        },
        **({"findings": told} if findings else {}),
    }


def _score(score: Score) -> dict[str, object]:
    return {
        "cases": score.cases,
        "unread": score.unread,
        "triplets": _counts(score.triplets),
        "optional": score.optional,
        "times": {"right": score.timed, "of": score.triplets.right, "share": score.times},
        "operations": {name: _counts(counts) for name, counts in (*score.operations.items(), ("together", score.judged))},
        "false_retirements": {"count": score.retired, "of": score.standing},
        "still_standing": {"count": score.overdue, "of": score.ending},
        "broken_silence": {"count": score.broken, "of": score.silent},
    }


def _counts(counts: Counts) -> dict[str, object]:
    return {
        "right": counts.right,
        "wrong": counts.wrong,
        "missed": counts.missed,
        "precision": counts.precision,
        "recall": counts.recall,
        "f1": counts.f1,
    }
