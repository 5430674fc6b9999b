"""Noun phrases become names: as written, without determiner, time words, punctuation or what is said about them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mem0g.providers.offline.vocabulary import EMPTY_NOUNS, LIGHT_ADJECTIVES, LIKING_VERBS

if TYPE_CHECKING:
    from mem0g.providers.offline.parser import Token

_PARTS = frozenset(
    {"compound", "amod", "nummod", "nmod", "poss", "quantmod", "punct", "case", "advmod", "npadvmod", "det", "predet", "intj"}
)
_DROPPED_AT_THE_EDGE = frozenset({"det", "predet", "punct", "advmod", "intj"})
_TIME_LABELS = frozenset({"DATE", "TIME"})
_DEICTIC = frozenset(
    {
        "this",
        "that",
        "these",
        "those",
        "your",
        "yours",
        "no",
        "any",
        "every",
        "each",
        "either",
        "neither",
        "what",
        "which",
        "whatever",
        "such",
    }
)
_NO_NAMES = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY"})
_NAME_LABELS = frozenset({"ORG", "GPE", "PERSON"})
_FINITE = frozenset({"VB", "VBP", "VBZ", "VBD", "MD"})
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


def coordinated(token: Token) -> Iterator[Token]:
    """`token` and what "and" joins to it; nothing at all where "or" does, and not what "not" or "but" sets against it."""
    chain = [token, *(inner for word in token.children if word.dep_ in {"conj", "appos"} and _continues(word) for inner in _joined(word))]
    if any(word.dep_ == "cc" and word.lower_ in {"or", "nor"} for link in chain for word in link.children):
        return
    if any(word.dep_ == "neg" for word in token.lefts):
        return
    end = min((link.i for link in chain[1:] if _is_verb(link)), default=len(token.doc))
    yield from (link for link in chain if link.i == token.i or (link.i < end and not _is_set_against(link)))


def _is_verb(link: Token) -> bool:
    """Whether a new clause begins at what the parser took for a conjunct: "hate" in "I enjoy tea and hate coffee"."""
    return link.tag_ in _FINITE or (_is_liking(link) and not list(link.lefts))


def _joined(token: Token) -> Iterator[Token]:
    yield token
    for word in token.children:
        if word.dep_ == "conj":
            yield from _joined(word)


def _continues(word: Token) -> bool:
    """Whether an apposition is a list the parser misread ("sushi, pizza and ramen"): it has a conjunct of its own."""
    return word.dep_ == "conj" or any(inner.dep_ == "conj" for inner in word.children)


def _is_set_against(token: Token) -> bool:
    before = {word.lower_ for word in token.doc[max(0, token.left_edge.i - 2) : token.i]}
    return bool(before & {"not", "but", "never", "than"}) or any(word.dep_ == "neg" for word in token.children)


def name_of(token: Token) -> str:
    """The name that the noun phrase around `token` gives; empty where it names nothing ("it", "your idea") or is no phrase at all."""
    if token.lower_ in EMPTY_NOUNS or token.pos_ not in {"NOUN", "PROPN", "ADJ", "NUM", "X", "VERB", "ADP", "INTJ", "ADV"}:
        return ""
    words = _phrase(token)
    return "" if _holds_a_clause(words, token) else _trimmed(words)


def phrase_of(token: Token) -> str:
    """The name with its article, for a sentence: "the half marathon"."""
    name = name_of(token)
    if name.startswith("The "):
        return name
    article = next((word.lower_ for word in token.children if word.dep_ == "det" and word.lower_ in {"a", "an", "the"}), "")
    if name and any(word.tag_ == "PRP$" for word in token.children):
        return f"their {name}"
    if not name or not article:
        return name
    if article != "the":
        article = "an" if name[0].lower() in "aeiou" else "a"
    return f"{article} {name}"


def is_deictic(token: Token) -> bool:
    """Whether it points at something only the two talking can see: "this song", "your hair"."""
    return any(word.lower_ in _DEICTIC for word in token.children) or token.lower_ in EMPTY_NOUNS


def is_named(token: Token) -> bool:
    """Whether `token` heads a proper name."""
    named = token.tag_ in {"NNP", "NNPS"} or (
        token.tag_ == "NN" and token.ent_type_ in _NAME_LABELS and (token.i != token.sent.start or token.ent_type_ == "PERSON")
    )
    if not named or token.ent_type_ in _NO_NAMES or not token.text[:1].isupper():
        return False
    return not is_deictic(token) and bool(name_of(token))


def is_place(token: Token) -> bool:
    """Whether `token` heads a proper name, or is one that stands without a capital in a message that has none."""
    return is_named(token) or (token.ent_type_ in PLACE_LABELS and not any(word.dep_ == "det" for word in token.children))


def _phrase(token: Token) -> list[Token]:
    words = [token]
    for word in reversed(list(token.lefts)):
        if word.dep_ not in _PARTS or word.right_edge.i + 1 != words[0].i or word.ent_type_ in _TIME_LABELS:
            break
        words = [*word.subtree, *words]
    return [*words, *_of_name(token)]


def _holds_a_clause(words: list[Token], head: Token) -> bool:
    """Whether the parser took a clause for a part of the phrase: "I love pizza and hate sushi", "a dog and hate cats"."""
    if any(word.dep_ == "cc" or (word.tag_ in _FINITE and (word.i != head.i or word.dep_ == "conj")) for word in words):
        return True
    first = next((word for word in words if word.dep_ not in _DROPPED_AT_THE_EDGE), head)
    return _is_liking(first)


def _is_liking(word: Token) -> bool:
    """Whether it is a verb of liking by its letters, whatever the parser took it for; "Love Island" keeps its own."""
    is_title = word.text.istitle() and word.i > word.sent.start and word.nbor(-1).dep_ != "cc"
    return bool({word.lower_, word.lemma_.lower()} & LIKING_VERBS) and not is_title


def _of_name(token: Token) -> list[Token]:
    """As in "University of Lisbon", "Bank of England"."""
    for word in token.rights:
        if word.dep_ == "prep" and word.lower_ in {"of", "de", "da"} and token.tag_ in {"NNP", "NNPS"} and word.i == token.i + 1:
            inner = next((found for found in word.children if found.dep_ == "pobj"), None)
            if inner is not None and inner.tag_ in {"NNP", "NNPS"}:
                return [word, *_phrase(inner)]
    return []


def _trimmed(words: list[Token]) -> str:
    proper = words[-1].tag_ in {"NNP", "NNPS"} and words[-1].text[:1].isupper()
    while len(words) > 1 and _is_edge(words[0], proper):
        words = words[1:]
    doc = words[0].doc
    return doc[words[0].i : words[-1].i + 1].text.strip(" \"'.,;:!?-–()") if words else ""


def _is_edge(word: Token, proper: bool) -> bool:
    if proper and word.text in {"The", "A"} and word.i != word.sent.start:
        return False
    if word.dep_ in _DROPPED_AT_THE_EDGE or word.tag_ in {"PRP$", "DT", "PDT"}:
        return True
    if proper and word.tag_ in {"NN", "NNS"} and word.text.islower():
        return True
    return word.lower_ in LIGHT_ADJECTIVES and (not proper or word.text.islower())
