"""Whether messages look as if they told something. Pure.

An empty reply to "Thanks, see you!" is believed. To a text full of names it may come of an endpoint that drops what it was told to answer
with, or of a weak model: that is worth a second look, and no more than that.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from mem0g.model import Episode, normalise

_SENTENCE = re.compile(r"\S.*?(?:[.!?…]+(?=\s|$)|$)", re.MULTILINE)
_CLAUSE_END = re.compile(r"[^\w\s'’&-]+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SUBJECT = re.compile(r"([^\W\d_]+)\s+(?:and|is|was|has|[a-z]+(?:s|ed))\b")
"""A word that begins a sentence, and looks as if the sentence were about it: "Tom lives"; not "Eva, my sister"."""

_FIRST_PERSON = frozenset(
    {"i", "i'm", "i've", "i'd", "i'll", "me", "my", "mine", "we", "we're", "we've", "we'd", "we'll", "us", "our", "ours"}
)
_NO_NAMES = frozenset(
    {
        *_FIRST_PERSON, "ok",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    }
)  # fmt: skip
"""Written with a capital wherever they stand."""
_NO_SUBJECTS = frozenset(
    {"everybody", "everyone", "he", "it", "nobody", "one", "she", "somebody", "someone", "that", "there", "this", "what", "who"}
)


def looks_telling(episodes: Iterable[Episode]) -> bool:
    """Whether the users' messages hold two proper names, or a name or number in a sentence in the first person.

    A name is one or more capitalised words in a row; not the word that begins a sentence, unless it looks like the subject of one that
    holds another name, nor a weekday or month, nor the name of anyone who speaks. Questions do not count, nor does what begins with "if":
    they tell nothing. Scripts without capitals show no names.
    """
    episodes = list(episodes)
    voices = {word for episode in episodes for word in normalise(episode.speaker).split()}
    names: set[str] = set()
    for sentence in _statements(episodes):
        found = {name for name in _names(sentence) if not voices.issuperset(name.split())}
        names |= found
        in_first_person = not _FIRST_PERSON.isdisjoint(map(_plain, _WORD.findall(sentence)))
        if in_first_person and (found or re.search(r"\d", sentence)):
            return True
    return len(names) >= 2


def _statements(episodes: Iterable[Episode]) -> Iterator[str]:
    sentences = (found[0] for episode in episodes if episode.role == "user" for found in _SENTENCE.finditer(episode.content))
    return (sentence for sentence in sentences if not sentence.endswith("?") and not sentence.casefold().startswith("if "))


def _names(sentence: str) -> list[str]:
    """The proper names of a sentence, normalised."""
    beginning, *others = _CLAUSE_END.split(sentence)
    clauses = [_WORD.sub("", beginning, count=1), *others]
    found = [name for clause in clauses for name in _capitalised(clause)]
    subject = _SUBJECT.match(sentence)
    if found and subject and _is_capitalised(subject[1]) and _plain(subject[1]) not in _NO_SUBJECTS:
        found.append(normalise(subject[1]))
    return found


def _capitalised(clause: str) -> Iterator[str]:
    """The runs of capitalised words, normalised."""
    for capitalised, words in groupby(_WORD.findall(clause), _is_capitalised):
        if capitalised:
            yield normalise(" ".join(words))


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() and _plain(word) not in _NO_NAMES


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'")
