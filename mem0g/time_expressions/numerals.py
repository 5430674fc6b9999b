"""Numbers written in words, as far as dates use them."""

import re

ONES = {
    word: value for value, word in enumerate(("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"))
} | {"oh": 0, "a": 1, "an": 1}
TEENS = {
    word: value
    for value, word in enumerate(
        ("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"), start=11
    )
}
TENS = {
    word: value * 10 for value, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2)
}
ORDINALS = {
    word: value
    for value, word in enumerate(
        (
            *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
            *("thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"),
        ),
        start=1,
    )
} | {"thirtieth": 30}
VALUES = ONES | TEENS | TENS | ORDINALS


def any_of(words: "dict[str, int] | tuple[str, ...]") -> str:
    """A pattern of these words, the longest first."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


_ONE_TO_NINE = any_of(tuple(word for word, value in ONES.items() if 1 <= value <= 9 and word not in {"a", "an"}))
_FIRST_TO_NINTH = any_of(tuple(word for word, value in ORDINALS.items() if value <= 9))
CARDINAL = rf"(?:{any_of(TENS)}(?:[ -]{_ONE_TO_NINE})?|{any_of(TEENS)}|{_ONE_TO_NINE}|ten)"
TWO_WORDS = rf"(?:twenty|thirty)[ -]{_ONE_TO_NINE}"
ORDINAL = rf"(?:(?:twenty|thirty)[ -]{_FIRST_TO_NINTH}|{any_of(ORDINALS)})"
YEAR_IN_WORDS = (
    rf"(?:two[ ]thousand(?:(?:[ ]and)?[ ]{CARDINAL})?"
    rf"|(?:eighteen|nineteen|twenty)[ -](?:hundred|(?:oh|zero)[ -]{_ONE_TO_NINE}"
    rf"|{any_of(TENS)}(?:[ -]{_ONE_TO_NINE})?|{any_of(TEENS)}|ten))"
)
_WORD = re.compile(r"[a-z]+")


def number(words: str) -> int:
    """The number that `words` write: "21", "21st", "twenty-first", "a", "couple"."""
    digits = re.match(r"\d+", words)
    if digits:
        return int(digits[0])
    return sum(VALUES.get(word, 0) for word in _WORD.findall(words.lower()))


def year(words: str) -> int:
    """The year that `words` write: "1978", "'78", "nineteen seventy-eight", "two thousand and eighteen"."""
    digits = re.search(r"\d+", words)
    if digits:
        return _century(int(digits[0])) if len(digits[0]) == 2 else int(digits[0])
    first, *rest = _WORD.findall(words.lower())
    if rest[:1] == ["thousand"]:
        return 2000 + sum(VALUES.get(word, 0) for word in rest)
    return VALUES[first] * 100 + sum(VALUES.get(word, 0) for word in rest)


def _century(short: int) -> int:
    return 2000 + short if short < 50 else 1900 + short
