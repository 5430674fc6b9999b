"""What the words before a time say about it."""

import re
from enum import StrEnum


class Relation(StrEnum):
    """How the words around a period use it.

    The period is always the one the words name: for SINCE take its start, for UNTIL its end.
    """

    AT = "at"
    """Within it: "in March", "yesterday", "on 3 May"."""
    SINCE = "since"
    """From it on: "since 2019", "from 1 Sept", "for 4 years"."""
    UNTIL = "until"
    """Up to and including it: "until June", "through 2020"."""
    BETWEEN = "between"
    """Over the whole of it, both ends being stated: "from March to May"."""
    BEFORE = "before"
    """Some time before it, or by it: "before 2020", "by Friday"."""
    AFTER = "after"
    """Some time after it: "after Christmas"."""


_RELATIONS = {
    Relation.SINCE: (
        *("since", "ever since", "since around", "since about", "since early", "from", "as from", "starting", "starting on", "starting in"),
        *("starting from", "beginning", "beginning on", "beginning in", "effective"),
    ),
    Relation.UNTIL: ("until", "till", "til", "'til", "up to", "up until", "through", "up through", "thru"),
    Relation.BEFORE: ("before", "prior to", "by", "no later than"),
    Relation.AFTER: ("after", "following"),
    Relation.BETWEEN: ("between",),
    Relation.AT: ("in", "on", "at", "during", "over", "throughout", "around", "circa", "back in", "back on", "for", "of", "as of", "dated"),
}
RELATION_OF = {word: relation for relation, words in _RELATIONS.items() for word in words}
"""The relation that each preposition of time states."""

REACH = 40
"""How far before a time its preposition may begin, in characters."""

_PREPOSITION = re.compile(
    r"(?<![\w'’-])(" + "|".join(sorted(RELATION_OF, key=len, reverse=True)).replace(" ", r"\s{1,5}") + r")\s{1,5}(?:the\s{1,5})?$",
    re.IGNORECASE,
)


def preposition_before(text: str, start: int) -> tuple[str, int]:
    """The word of time that ends where `text[start:]` begins, in lower case, and its own start; "" and `start` where there is none."""
    begin = max(0, start - REACH)
    found = _PREPOSITION.search(text[begin:start])
    return (" ".join(found[1].lower().split()), begin + found.start(1)) if found else ("", start)
