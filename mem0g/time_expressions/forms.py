"""A form: a pattern, and what its words name.

Patterns repeat nothing without a bound, so that finding every form of a text is linear in it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from mem0g.time_expressions.readings import Found, Reading

START = r"(?<![\w$€£#@'’/])(?<!(?<!\bmid)-)(?<!\d[.,:])"
END = r"(?![\w$€£@]|-\d|['’](?!s?\b))"
Read = Callable[[re.Match[str]], Reading | None]


@dataclass(frozen=True, slots=True)
class Form:
    """A pattern, and the reader of its matches; None where what it found is no time after all."""

    pattern: re.Pattern[str]
    read: Read


def form(pattern: str, read: Read) -> Form:
    """The form of this pattern, in any letter case; `[ ]` in it is up to five white spaces."""
    return Form(re.compile(pattern.replace("[ ]", r"(?:\s{1,5})"), re.IGNORECASE), read)


def find(text: str, forms: Iterable[Form]) -> Iterator[Found]:
    """Everything in `text` that has one of the forms; they may overlap."""
    for each in forms:
        for match in each.pattern.finditer(text):
            reading = each.read(match)
            if reading is not None:
                yield Found(match.start(), match.end(), reading)
