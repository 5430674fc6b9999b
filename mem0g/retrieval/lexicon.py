"""The verbs and nouns by which a question names a predicate. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum

from mem0g.retrieval.wordings import Edge


class Role(StrEnum):
    """What is asked for."""

    OBJECT = "object"
    SUBJECT = "subject"
    YES = "yes or no"
    WHEN = "when"
    LONG = "how long"
    CHANGES = "changes"
    ALL = "all"
    """Everything that is known of an entity, or that a holder believes."""


class Trait(StrEnum):
    """How a verb stands in a question."""

    INVERSE = "inverse"
    """Its subject is the object of the predicate: "employs"."""
    BARE = "bare"
    """Without a preposition, so it goes without a named object, beside "where" or "which city"."""
    NOUN = "noun"
    """It means that beside a noun alone: "which car does she have"."""
    PAIR = "pair"
    """It may be said of two: "Alice and Tom married"."""
    ALONE = "alone"
    """It may be said without an object: "Alice is married"."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb and what belongs to it.

    Attributes:
        words: what it has to be as a whole; a form of "to be" before it stands there as "be".
        predicates: what it may mean; that one is meant which the graph has.
        edge: which part of a stay it is of: START of "moved to", END of "left", WHOLE of "lived in".
        traits: how it stands in a question.
        roles: the questions in which it is taken to mean that; "sold" does say when one ceased to drive, but not that one did.
    """

    words: re.Pattern[str]
    predicates: tuple[str, ...]
    edge: Edge = Edge.WHOLE
    traits: frozenset[Trait] = frozenset()
    roles: frozenset[Role] = frozenset(Role)


def _verb(words: str, predicates: str, edge: Edge = Edge.WHOLE, *traits: Trait, roles: frozenset[Role] = frozenset(Role)) -> Verb:
    return Verb(re.compile(words), tuple(predicates.split()), edge, frozenset(traits), roles)


_LENGTH = frozenset({Role.LONG})
_LOOSE = _LENGTH | {Role.WHEN, Role.CHANGES}
_OBJECT = frozenset({Role.OBJECT})
_NAMED = frozenset(Role) - _OBJECT
_LIVE = r"(?:be )?(?:live|lives|lived|living|reside|resides|resided|residing|dwell|dwells|dwelt|dwelling)"
_BASED = r"be (?:based|resident|domiciled|settled|housed)"
_MOVE = r"(?:move|moves|moved|relocate|relocates|relocated)"
_WORK = r"(?:be )?(?:work|works|worked|working)"
_HOME = r"(?:(?:her|his|their) )?(?:home|address|residence)"
_JOB = r"(?:(?:her|his|their) )?job"
_STAY = r"(?:be|spend|spent|stay|stayed|remain|remained)"
_HAVE = r"(?:have|has|had)"
_GET = r"(?:get|got|gotten)"
_WHOLE, _START, _END = Edge.WHOLE, Edge.START, Edge.END
_INVERSE, _BARE, _NOUN = Trait.INVERSE, Trait.BARE, Trait.NOUN
_OF_TWO = (Trait.PAIR, Trait.ALONE)
_MARRY = rf"marry|married|wed|{_GET} (?:married|hitched)|(?:tie|tied) knot|become (?:husband and wife|spouses)"
_LEAVE = rf"divorce|divorced|(?:be|{_GET}) divorced from|(?:separate|separated|split) from|split up with"
_PART = rf"divorce|divorced|(?:be|{_GET}) divorced|separate|separated|split up|part ways|(?:end|ended) marriage"

VERBS = [
    _verb(rf"(?:{_LIVE}|{_BASED}) in|(?:{_HAVE}|make|makes|made) {_HOME} in", "lives_in"),
    _verb(rf"{_LIVE}|{_BASED}|(?:{_HAVE}|call|calls|called|be calling|make|makes|made) {_HOME}", "lives_in", _WHOLE, _BARE),
    _verb(rf"{_HAVE} (?:as|for) home", "lives_in", _WHOLE, _BARE),
    _verb(r"be (?:at home|resident of)", "lives_in", _WHOLE, _BARE),
    _verb(r"inhabit|inhabits|inhabited", "lives_in", _WHOLE, _NOUN, roles=_OBJECT),
    _verb(r"be (?:resident|inhabitant) of", "lives_in"),
    _verb(r"be home (?:to|of|for)", "lives_in", _WHOLE, _INVERSE),
    _verb(rf"{_STAY}(?: living)? in", "lives_in", roles=_LENGTH),
    _verb(rf"{_MOVE} (?:to|into)|(?:settle|settled)(?: down)? in", "lives_in", _START),
    _verb(r"(?:take|took) up residence in|(?:come|came) to live in", "lives_in", _START),
    _verb(r"(?:put|putting) down roots in|(?:set|setting) up home in|(?:end|ended) up(?: living)? in", "lives_in", _START, roles=_LOOSE),
    _verb(rf"{_MOVE}|settle|settled|settle down|put down roots|set up home", "lives_in", _START, _BARE),
    _verb(rf"{_MOVE} (?:away from|out of|from|out from)", "lives_in", _END),
    _verb(r"leave|left|leaves", "lives_in works_for", _END, roles=_NAMED),
    _verb(r"leave|left|leaves", "lives_in works_for", _END, _NOUN, roles=_OBJECT),
    _verb(r"(?:say|said) goodbye to", "lives_in works_for drives plays", _END, roles=_LOOSE),
    _verb(r"(?:say|said) goodbye to|quit", "lives_in works_for drives plays", _END, _NOUN, roles=_OBJECT),
    _verb(r"(?:let|lets) go of", "drives plays", _END, roles=_LOOSE),
    _verb(rf"{_WORK} (?:for|at)|be employed (?:by|at|with)|be on (?:payroll|staff|books) (?:of|at)|be employee of", "works_for"),
    _verb(rf"(?:{_HAVE}|hold|held) (?:job|position|post) (?:at|with)", "works_for"),
    _verb(rf"{_WORK}|be employed|(?:{_HAVE}|hold|held) job|(?:go|goes|went) to work", "works_for", _WHOLE, _BARE),
    _verb(r"(?:be )?(?:earn|earns|earned|earning) (?:(?:her|his|their|a) )?living", "works_for", _WHOLE, _BARE),
    _verb(rf"{_HAVE} (?:as|for) employer", "works_for"),
    _verb(r"(?:switch|switched|change|changed) (?:over )?to", "works_for drives", _START, roles=_LOOSE),
    _verb(r"(?:come|came|go|went) to work (?:for|at)", "works_for", _START, roles=_LOOSE | _OBJECT),
    _verb(r"(?:last|lasted) at", "works_for", roles=_LENGTH),
    _verb(r"be (?:at|with)", "works_for", _WHOLE, _NOUN, roles=_OBJECT),
    _verb(r"employ|employs|employed|be employing|be employer of", "works_for", _WHOLE, _INVERSE),
    _verb(rf"{_STAY}(?: working| employed)? (?:at|with)", "works_for", roles=_LENGTH),
    _verb(r"join|joins|joined", "works_for member_of", _START),
    _verb(rf"(?:start|started|begin|began)(?: work| out| {_JOB})? (?:at|with)|(?:become|became) employee of", "works_for", _START),
    _verb(rf"(?:{_GET}|take|took|find|found|land|landed) job (?:at|with)|(?:come|came) on board (?:at|with)", "works_for", _START),
    _verb(rf"(?:{_GET}|take|took|find|found|land|landed) job", "works_for", _START, _BARE, roles=_OBJECT),
    _verb(rf"(?:be|{_GET}) (?:hired|taken on|brought on|recruited) by", "works_for", _START),
    _verb(r"hire|hires|hired", "works_for", _START, _INVERSE),
    _verb(r"quit|quits", "works_for plays", _END, roles=_LOOSE),
    _verb(r"(?:resign|resigned|depart|departed|step down|stepped down|walk away|walked away) from", "works_for", _END, roles=_LOOSE),
    _verb(r"(?:hand|handed) in (?:(?:her|his|their) )?notice at", "works_for", _END, roles=_LOOSE),
    _verb(rf"(?:leave|left|quit) {_JOB} (?:at|with)|(?:finish|finished) at|(?:part|parted) ways with", "works_for", _END, roles=_LOOSE),
    _verb(r"(?:be )?(?:drive|drives|drove|driven|driving)", "drives"),
    _verb(r"(?:get|gets|got|be getting) (?:around|about) in|be (?:behind|at) wheel of", "drives", _WHOLE, _BARE),
    _verb(r"be driving (?:around|about)(?: in)?", "drives", _WHOLE, _BARE),
    _verb(rf"{_HAVE}|use|used|be using", "drives", _WHOLE, _NOUN, roles=_OBJECT),
    _verb(rf"{_HAVE} (?:as|for) (?:car|vehicle)", "drives"),
    _verb(r"(?:hold|held|hang|hung) on to", "drives", roles=_LENGTH),
    _verb(rf"{_HAVE}|keep|kept|use|used|be behind wheel of", "drives", roles=_LENGTH | {Role.WHEN}),
    _verb(rf"{_GET}|buy|bought|acquire|acquired", "drives", _START, roles=_LOOSE),
    _verb(rf"{_GET}|buy|bought|acquire|acquired", "drives", _START, _NOUN, roles=_OBJECT),
    _verb(rf"sell|sold|{_GET} rid of|(?:part|parted) with|(?:trade|traded) in", "drives", _END, roles=_LOOSE),
    _verb(rf"sell|sold|{_GET} rid of|(?:part|parted) with|(?:trade|traded) in", "drives", _END, _NOUN, roles=_OBJECT),
    _verb(r"(?:give|gave|given) up", "drives plays", _END, roles=_LOOSE),
    _verb(r"(?:give|gave|given) up|drop|dropped", "drives plays", _END, _NOUN, roles=_OBJECT),
    _verb(r"(?:resign|resigned|depart|departed) from|(?:part|parted) (?:with|ways with)", "works_for", _END, _NOUN, roles=_OBJECT),
    _verb(r"(?:be )?(?:play|plays|played|playing)", "plays"),
    _verb(r"(?:take|took|taken) up", "plays", _START, roles=_LOOSE | _OBJECT),
    _verb(r"(?:pick|picked) up|start|started|begin|began|(?:get|got) into", "plays", _START, roles=_LOOSE),
    _verb(r"(?:pick|picked) up", "plays", _START, _NOUN, roles=_OBJECT),
    _verb(r"be player", "plays"),
    _verb(r"(?:be )?practi[cs](?:e|es|ed|ing)", "plays", _WHOLE, _NOUN, roles=_OBJECT),
    _verb(r"(?:keep|kept) up", "plays", _WHOLE, _NOUN, roles=_OBJECT),
    _verb(r"(?:keep|kept) (?:up|at|up with)|(?:stick|stuck|carry on|carried on|keep on|kept on) with", "plays", roles=_LENGTH),
    _verb(r"drop|dropped|stop|stopped|abandon|abandoned", "plays", _END, roles=_LOOSE),
    _verb(r"be (?:married|wed|hitched) (?:to|with)|(?:stay|stayed) married to|be (?:husband|wife|spouse|husband or wife) of", "married_to"),
    _verb(rf"{_HAVE} (?:as|for) (?:spouse|husband|wife)", "married_to"),
    _verb(r"(?:be|stay|stayed) (?:married|wed)|be (?:husband and wife|spouses|married couple)", "married_to", _WHOLE, *_OF_TWO),
    _verb(rf"marry|marries|married|wed|{_GET} married to|become (?:spouse of|married to)", "married_to", _START),
    _verb(r"(?:tie|tied) knot with|(?:exchange|exchanged) vows with", "married_to", _START),
    _verb(_MARRY, "married_to", _START, *_OF_TWO),
    _verb(_LEAVE, "married_to", _END, roles=_LOOSE | _OBJECT),
    _verb(_PART, "married_to", _END, *_OF_TWO, roles=_LOOSE),
]  # fmt: skip
"""The verbs of the predicates that may be put in many ways. Others are found by their own words."""

ASKED_BY = {
    # By predicate: which words ask for its object, and which nouns after "which".
    "lives_in": ("where", "city|cities|town|village|country|place|location"),
    "works_for": ("where who whom", "company|companies|employer|employers|firm|organisation|organization|business|job|jobs"),
    "drives": ("what", "car|cars|vehicle|vehicles|automobile|model|wheels|set of wheels"),
    "plays": ("what", "(?:(?:instrument|sport|game)s? )+(?:or|and) (?:instrument|sport|game)s?"),
    "married_to": ("who whom", "person|man|woman"),
    "speaks": ("what", "languages?"),
    "studies": ("what", "subjects?|languages?"),
}
NOUNS = {
    # By predicate: whose object is asked for by "Alice's …".
    "lives_in": "home|address|residence|city|domicile|abode|dwelling|home (?:city|address|base)|(?:place|city) of (?:residence|abode)",
    "works_for": "employer|employers|employing company|workplace|place of work|place of employment",
    "drives": "car|cars|vehicle|vehicles|automobile|set of wheels|ride",
    "plays": "instruments or sports|sports or instruments",
    "married_to": "spouse|husband|wife|husband or wife|wife or husband|better half|other half|(?:marriage|married) partner"
    "|partner in marriage",
}
CHANGING = {
    # What may be said to change, beside those.
    "lives_in": "homes|addresses|cities|towns?|living situation",
    "works_for": "job|jobs|work|career|employment|company|companies|work life|working life|professional life",
    "drives": "car situation|choice of (?:car|vehicle)",
    "plays": "games?|music or sports|playing",
    "married_to": "marriage|marital life|marital status|married life|love life|spouses|partners|partner",
}
SEXED = re.compile(r"^(?!husband or wife|wife or husband).*(?:husband|wife)")
"""Nouns that say more than the predicate does, so they get no "yes"."""
STAYS = {
    # Nouns of a stay, with the preposition before where, and with whom.
    "marriage to": "married_to", "marriage with": "married_to", "wedding to": "married_to", "job at": "works_for", "job with": "works_for",
    "employment at": "works_for", "employment with": "works_for", "employment by": "works_for", "time at": "works_for",
    "tenure at": "works_for", "stint at": "works_for", "career at": "works_for", "work for": "works_for", "time in": "lives_in",
    "stay in": "lives_in", "residence in": "lives_in", "life in": "lives_in",
}  # fmt: skip
