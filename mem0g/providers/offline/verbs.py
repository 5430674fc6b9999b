"""The verbs the offline extractor reads, as a table: which word, in which role, of which kind, gives which predicate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mem0g.providers.offline.findings import Sense
from mem0g.providers.offline.names import PLACE_LABELS, is_deictic, is_named, is_place, name_of
from mem0g.providers.offline.vocabulary import (
    BODY_PARTS,
    BOOKABLE,
    CLUB_WORDS,
    DEFINITE_LIKES,
    EMPTY_NOUNS,
    EVALUATIVE,
    EXAMS,
    FIELDS,
    GIVEN_NAMES,
    INSTRUMENTS,
    KNOWN_PLACES,
    LANGUAGES,
    MEALS,
    NO_EMPLOYERS,
    NO_PLACES,
    NOT_OCCUPATIONS,
    OCCUPATION_ENDINGS,
    OCCUPATIONS,
    OUTINGS,
    PETS,
    POSSESSIONS,
    PRIZES,
    RACES,
    SPORTS,
    WORKPLACES,
)

if TYPE_CHECKING:
    from mem0g.providers.offline.parser import Token

PLACE: Final = "place"
ORGANIZATION: Final = "organization"
PERSON: Final = "person"
DOBJ: Final = "dobj"
GERUND: Final = "gerund"

Accepts = Callable[["Token"], bool]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a verb.

    Attributes:
        role: where the object stands: `DOBJ`, a preposition, or `GERUND`.
        accepts: whether a word may be that object.
        type: the type of the object's mention.
        needs: a word that must stand with the verb ("up for" needs "up").
        simple: read in simple tenses only: "I'm loving it" is none.
    """

    predicate: str
    role: str
    accepts: Accepts
    sense: Sense = Sense.STATE
    type: str = ""
    needs: str = ""
    simple: bool = False


def _one_of(words: frozenset[str]) -> Accepts:
    return lambda token: (
        not is_deictic(token) and bool({token.lower_, token.lemma_.lower(), name_of(token).lower().replace(" ", "-")} & words)
    )


_OF_WORK = frozenset(
    {"job", "work", "join", "company", "hire", "resign", "employer", "career", "contract", "salary", "notice", "layoff", "retire"}
)

_CALENDAR = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "month",
        "year",
        "summer",
        "winter",
        "spring",
        "autumn",
    ]
)


def _place(token: Token) -> bool:
    return is_place(token) and token.lower_ not in NO_PLACES and token.ent_type_ not in {"DATE", "TIME", "NORP", "LANGUAGE"}


def _new_home(token: Token) -> bool:
    """After "moved to", where the name of a product, a team or a company is no place."""
    if not _place(token):
        return False
    if token.ent_type_ in PLACE_LABELS or name_of(token).casefold() in KNOWN_PLACES:
        return True
    single = " " not in name_of(token) and token.ent_type_ in {"PERSON", ""}
    return single and not speaks_of_work(token)


def _address(token: Token) -> bool:
    return is_named(token) and any(word.dep_ == "nummod" or word.like_num for word in token.lefts)


def _employer(token: Token) -> bool:
    if is_named(token):
        words = set(name_of(token).lower().split())
        return token.lower_ not in NO_EMPLOYERS and not words & CLUB_WORDS and token.ent_type_ not in {"DATE", "TIME"}
    return _determiner(token) in {"a", "an"} and token.lemma_.lower() in WORKPLACES


def _named_employer(token: Token) -> bool:
    if (
        not is_named(token)
        or not _employer(token)
        or token.lower_ in GIVEN_NAMES
        or token.ent_type_ in {"NORP", "LANGUAGE", "EVENT", "WORK_OF_ART"}
    ):
        return False
    if name_of(token).casefold() in KNOWN_PLACES and not speaks_of_work(token):
        return False
    return token.ent_type_ not in PLACE_LABELS | {"PERSON"} or speaks_of_work(token) or (token.ent_type_ == "PERSON" and _is_dated(token))


def _is_dated(token: Token) -> bool:
    """Whether the clause says in which month or year: one leaves a job then, and a person at the station."""
    return any(word.ent_type_ == "DATE" and (word.lower_ in _CALENDAR or word.like_num) for word in token.head.subtree)


def speaks_of_work(token: Token) -> bool:
    """Whether the sentence speaks of work beside the verb: the name recogniser takes many a company for a person or a place."""
    words = {word.lemma_.lower() for word in token.sent if word.i != token.head.i}
    return bool(words & _OF_WORK) or any(is_occupation(word) for word in token.sent if word.i > token.i)


def _left_place(token: Token) -> bool:
    place = token.ent_type_ == "GPE" or name_of(token).casefold() in KNOWN_PLACES
    return is_named(token) and place and not speaks_of_work(token)


def _quit_employer(token: Token) -> bool:
    return is_named(token) and _employer(token) and token.ent_type_ not in {"DATE", "TIME", "LANGUAGE"}


def _school(token: Token) -> bool:
    return is_named(token) or (_determiner(token) in {"a", "an"} and token.lemma_.lower() in {"university", "college", "school"})


def is_occupation(token: Token) -> bool:
    """Whether `token` is a trade, said without praise or blame."""
    lemma = token.lemma_.lower()
    known = lemma in OCCUPATIONS or (lemma.endswith(OCCUPATION_ENDINGS) and lemma not in NOT_OCCUPATIONS)
    return known and not any(word.lower_ in EVALUATIVE for word in token.lefts) and not is_deictic(token)


def _field(token: Token) -> bool:
    return token.lower_ in FIELDS and _determiner(token) == ""


def _subject_matter(token: Token) -> bool:
    return (
        not is_deictic(token)
        and _determiner(token) == ""
        and token.pos_ in {"NOUN", "PROPN", "ADJ"}
        and token.lower_ not in {"hard", "lots"}
    )


def _learnable(token: Token) -> bool:
    lowered = token.lower_
    return lowered in LANGUAGES or lowered in INSTRUMENTS or (is_named(token) and not _is_personal(token))


def _liked(token: Token) -> bool:
    if is_deictic(token) or not name_of(token) or token.lemma_.lower() in EMPTY_NOUNS or token.ent_type_ in {"DATE", "TIME"}:
        return False
    if token.tag_ in {"NNP", "NNPS"}:
        return True
    if any(word.dep_ in {"relcl", "acl", "ccomp"} for word in token.rights) or any(word.dep_ == "poss" for word in token.lefts):
        return False
    determiner = _determiner(token)
    return (determiner == "" and token.pos_ == "NOUN") or (determiner == "the" and token.lower_ in DEFINITE_LIKES)


def _eaten(token: Token) -> bool:
    return _liked(token) and _determiner(token) == "" and token.lemma_.lower() not in MEALS | {"time", "home"} and token.pos_ == "NOUN"


def _person(token: Token) -> bool:
    return _is_personal(token)


def _driven(token: Token) -> bool:
    return (
        _determiner(token) in {"a", "an"}
        and token.pos_ in {"NOUN", "PROPN"}
        and not is_deictic(token)
        and token.lemma_.lower() not in {"bargain", "point"}
    )


def _bare_plural(token: Token) -> bool:
    return token.tag_ == "NNS" and _determiner(token) == "" and not is_deictic(token)


def _visited(token: Token) -> bool:
    return not is_deictic(token) and (is_named(token) or (_determiner(token) in {"a", "an", "the"} and token.pos_ == "NOUN"))


def _outing(token: Token) -> bool:
    return _destination(token) or (not is_deictic(token) and token.lemma_.lower() in OUTINGS)


def _destination(token: Token) -> bool:
    return is_named(token) and token.ent_type_ not in {"DATE", "TIME"}


def _goods(token: Token) -> bool:
    if is_deictic(token) or token.lemma_.lower() in MEALS | {"time", "soul", "farm", "dream", "story", "coffee", "drink", "round", "lunch"}:
        return False
    if not is_named(token) and not any(
        word.dep_ in {"det", "poss", "nummod"} and word.lower_ not in {"some", "any"} for word in token.lefts
    ):
        return False
    return (
        bool(name_of(token))
        and token.pos_ in {"NOUN", "PROPN"}
        and not any(word.dep_ == "poss" and word.lower_ == "your" for word in token.lefts)
    )


def _gathering(token: Token) -> bool:
    return not is_deictic(token) and token.pos_ in {"NOUN", "PROPN"} and bool(name_of(token))


def _determiner(token: Token) -> str:
    return next((word.lower_ for word in token.lefts if word.dep_ in {"det", "poss"}), "")


def _is_personal(token: Token) -> bool:
    return is_named(token) and token.ent_type_ in {"PERSON", "", "ORG"}


_LIKE = (
    Reading("likes", DOBJ, _liked, simple=True),
    Reading("likes", GERUND, lambda token: True, simple=True),
)
_DISLIKE = (
    Reading("dislikes", DOBJ, _liked, simple=True),
    Reading("dislikes", GERUND, lambda token: token.tag_ == "VBG", simple=True),
)
_EMPLOYMENT = (
    Reading("works_for", "for", _employer, type=ORGANIZATION),
    Reading("works_for", "at", _employer, type=ORGANIZATION),
    Reading("works_as", "as", is_occupation),
)
_TAKING_UP = (
    Reading("works_for", "at", _employer, Sense.BEGINS, ORGANIZATION),
    Reading("works_as", "as", is_occupation, Sense.BEGINS),
)
_MOVING = (
    Reading("lives_in", "to", _new_home, Sense.BEGINS, PLACE),
    Reading("lives_with", "with", _person, Sense.BEGINS, PERSON, needs="in"),
)

VERBS: Final[dict[str, tuple[Reading, ...]]] = {
    "live": (
        Reading("lives_in", "in", _place, type=PLACE),
        Reading("lives_at", "at", _address, type=PLACE),
        Reading("lives_with", "with", _person, type=PERSON),
    ),
    "reside": (Reading("lives_in", "in", _place, type=PLACE), Reading("lives_at", "at", _address, type=PLACE)),
    "base": (Reading("lives_in", "in", _place, type=PLACE),),
    "move": _MOVING,
    "relocate": _MOVING,
    "emigrate": _MOVING,
    "settle": (Reading("lives_in", "in", _place, Sense.BEGINS, PLACE),),
    "work": (*_EMPLOYMENT, Reading("works_in", "in", _field)),
    "employ": (Reading("works_for", "by", _employer, type=ORGANIZATION), Reading("works_for", "at", _employer, type=ORGANIZATION)),
    "start": _TAKING_UP,
    "begin": _TAKING_UP,
    "join": (Reading("works_for", DOBJ, _named_employer, Sense.BEGINS, ORGANIZATION),),
    "rejoin": (Reading("works_for", DOBJ, _named_employer, Sense.BEGINS, ORGANIZATION),),
    "quit": (Reading("works_for", DOBJ, _quit_employer, Sense.ENDS, ORGANIZATION),),
    "leave": (
        Reading("works_for", DOBJ, _named_employer, Sense.ENDS, ORGANIZATION),
        Reading("lives_in", DOBJ, _left_place, Sense.ENDS, PLACE),
    ),
    "resign": (Reading("works_for", "from", _employer, Sense.ENDS, ORGANIZATION),),
    "retire": (Reading("works_for", "from", _named_employer, Sense.ENDS, ORGANIZATION),),
    "study": (
        Reading("studies", DOBJ, _subject_matter),
        Reading("studies_at", "at", _school, type=ORGANIZATION),
    ),
    "learn": (Reading("studies", DOBJ, _learnable),),
    "teach": (Reading("teaches", DOBJ, _subject_matter, simple=True), Reading("works_for", "at", _named_employer, type=ORGANIZATION)),
    "like": _LIKE,
    "love": _LIKE,
    "enjoy": _LIKE,
    "adore": _LIKE,
    "dislike": _DISLIKE,
    "hate": _DISLIKE,
    "detest": _DISLIKE,
    "loathe": _DISLIKE,
    "prefer": (Reading("prefers", DOBJ, _liked, simple=True),),
    "eat": (Reading("eats", DOBJ, _eaten, simple=True),),
    "avoid": (Reading("avoids", DOBJ, _eaten, simple=True),),
    "drink": (Reading("drinks", DOBJ, _eaten, simple=True),),
    "speak": (Reading("speaks", DOBJ, _one_of(LANGUAGES), simple=True),),
    "play": (Reading("plays", DOBJ, _one_of(INSTRUMENTS | SPORTS), simple=True),),
    "drive": (Reading("drives", DOBJ, _driven, simple=True),),
    "own": (Reading("owns", DOBJ, lambda token: bool(name_of(token)) and not is_deictic(token), simple=True),),
    "know": (Reading("knows", DOBJ, lambda token: is_named(token) and token.ent_type_ == "PERSON", type=PERSON, simple=True),),
    "collect": (Reading("collects", DOBJ, _bare_plural, simple=True),),
    "volunteer": (
        Reading("volunteers_at", "at", _gathering, type=ORGANIZATION),
        Reading("volunteers_at", "for", is_named, type=ORGANIZATION),
    ),
    "come": (Reading("is_from", "from", _place, type=PLACE, simple=True),),
    "report": (Reading("reports_to", "to", lambda token: is_named(token) and token.ent_type_ == "PERSON", type=PERSON, simple=True),),
    "marry": (Reading("married_to", DOBJ, _person, Sense.BEGINS, PERSON),),
    "date": (Reading("partner", DOBJ, lambda token: is_named(token) and token.ent_type_ == "PERSON", type=PERSON),),
    "visit": (Reading("visited", DOBJ, _visited, Sense.HAPPENS),),
    "go": (Reading("went_to", "to", _outing, Sense.HAPPENS),),
    "travel": (Reading("travelled_to", "to", _destination, Sense.HAPPENS, PLACE),),
    "fly": (Reading("flew_to", "to", _destination, Sense.HAPPENS, PLACE),),
    "run": (Reading("ran", DOBJ, _one_of(RACES), Sense.HAPPENS),),
    "complete": (Reading("completed", DOBJ, _one_of(RACES | EXAMS), Sense.HAPPENS),),
    "finish": (Reading("finished", DOBJ, _one_of(RACES), Sense.HAPPENS),),
    "adopt": (Reading("adopted", DOBJ, _one_of(PETS), Sense.HAPPENS),),
    "meet": (Reading("met", DOBJ, lambda token: is_named(token) and token.ent_type_ == "PERSON", Sense.HAPPENS, PERSON),),
    "buy": (Reading("bought", DOBJ, _goods, Sense.HAPPENS),),
    "sell": (Reading("sold", DOBJ, _goods, Sense.HAPPENS),),
    "attend": (Reading("attended", DOBJ, _gathering, Sense.HAPPENS),),
    "win": (Reading("won", DOBJ, _one_of(PRIZES), Sense.HAPPENS),),
    "graduate": (Reading("graduated_from", "from", is_named, Sense.HAPPENS, ORGANIZATION),),
    "pass": (Reading("passed", DOBJ, _one_of(EXAMS), Sense.HAPPENS),),
    "fail": (Reading("failed", DOBJ, _one_of(EXAMS), Sense.HAPPENS),),
    "break": (Reading("broke", DOBJ, _one_of(BODY_PARTS), Sense.HAPPENS),),
    "climb": (Reading("climbed", DOBJ, is_named, Sense.HAPPENS, PLACE),),
    "book": (Reading("booked", DOBJ, _one_of(BOOKABLE), Sense.HAPPENS),),
    "sign": (Reading("signed_up_for", "for", _gathering, Sense.HAPPENS, needs="up"),),
    "have": (
        Reading("owns", DOBJ, _one_of(POSSESSIONS), simple=True),
    ),
}  # fmt: skip

ABILITIES: Final = frozenset({"speaks", "plays", "drives"})
"""Predicates that "can" states too."""

SIMPLE_PAST_STATES: Final = frozenset(
    {"lives_in", "lives_at", "lives_with", "works_for", "works_as", "works_in", "studies", "studies_at", "owns", "has_pet"}
)
"""States that the bare past ("I lived in Berlin") says are over."""

PEOPLE_ONLY: Final = frozenset({
    "lives_in", "lives_at", "lives_with", "works_for", "works_as", "works_in", "studies", "studies_at", "teaches", "speaks", "plays",
    "drives", "married_to", "is_from", "born_in", "diet", "reports_to", "volunteers_at", "collects", "knows", "partner", "nationality",
})  # fmt: skip
"""Predicates whose subject can only be a person, whatever the name recogniser thinks."""
