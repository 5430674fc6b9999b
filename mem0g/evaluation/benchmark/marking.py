"""Whether an answer is correct, as a language model judges it that does not know which system gave it."""

import json
from dataclasses import dataclass
from typing import Final, get_args

from mem0g.evaluation.locomo_data import CATEGORIES, Question
from mem0g.ports import LanguageModel
from mem0g.prompts.benchmark import ReadMark, Strictness, mark_prompt

JUDGES: Final[tuple[Strictness, ...]] = get_args(Strictness)

ADVERSARIAL: Final = next(number for number, name in CATEGORIES.items() if name == "adversarial")

NOTHING_SAID: Final = "(The conversation does not say.)"
"""The gold answer of an adversarial question: what the data has for it is the wrong answer that it is after."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a judge says of an answer."""

    correct: bool
    reason: str


def gold(question: Question) -> str:
    """What a right answer says."""
    return NOTHING_SAID if question.category == ADVERSARIAL else question.answer


def mark(model: LanguageModel, question: Question, answer: str, strictness: Strictness) -> Mark:
    """Judge an answer.

    Raises:
        ModelError: there is no verdict for now.
    """
    shown = json.dumps({"question": question.text, "gold answer": gold(question), "answer": answer}, ensure_ascii=False)
    read = model.ask(mark_prompt(strictness).instructions, shown, ReadMark)
    return Mark(read.correct, read.reason)
