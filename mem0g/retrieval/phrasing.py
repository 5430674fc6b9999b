"""What a question asks, by the order of its words: "Who does Alice manage?" is not "Who manages Alice?". Pure.

A question comes here with "@0" and "@1" for the entities that it names, without its times, and without whose view it asks for: "where
did @0 live". It is read where it has one of the forms below as a whole, so that no word is passed over: one that is not known here, such as
"like to" or "far from", leaves the question unread, and it is not answered.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain

from mem0g.ingestion.predicates import canonical
from mem0g.retrieval.verbs import bases, same_verb
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


class Tense(StrEnum):
    """Of which time the verb speaks."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    NONE = "none"
    """It has no auxiliary that would say."""


@dataclass(frozen=True, slots=True)
class Form:
    """A question, read.

    Attributes:
        role: what is asked for.
        subject, object: slots, "@0"; empty for what is asked for, or is not named.
        predicates: of which the one is meant that joins the two; none where no predicate is named.
        edge: which part of a stay the verb is of: START of "moved to", END of "left", WHOLE of "lived in".
        tense: of the verb.
        earlier: it asks for what is over: "used to", "previous".
        first: it asks for the first time.
        by_then: it asks how things had been by the time that it names.
        until, since: it asks for the end, or for the start, of what the verb says.
        beside: a slot whose stay the asked ones were before or after, and the word that says which.
    """

    role: Role
    subject: str
    object: str = ""
    predicates: tuple[str, ...] = ()
    edge: Edge = Edge.WHOLE
    tense: Tense = Tense.NONE
    earlier: bool = False
    first: bool = False
    by_then: bool = False
    until: bool = False
    since: bool = False
    beside: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class _Verb:
    """A verb and what belongs to it.

    Attributes:
        words: what it has to be; an auxiliary "be" stands before it as "be".
        predicates: what it may mean.
        inverse: its subject is the object of the predicate.
        bare: it has no preposition, so it goes without a named object, beside "where" or "which city".
        noun: it means that beside "which car" alone.
        pair: it may be said of two: "Alice and Tom married"; `alone` of one.
        roles: the questions in which it is taken to mean that; "sold" does say when one ceased to drive, but not that one did.
    """

    words: re.Pattern[str]
    predicates: tuple[str, ...]
    edge: Edge = Edge.WHOLE
    inverse: bool = False
    bare: bool = False
    noun: bool = False
    pair: bool = False
    alone: bool = False
    roles: frozenset[Role] = frozenset(Role)


_LOOSE = frozenset({Role.WHEN, Role.LONG, Role.CHANGES})
_LENGTH = frozenset({Role.LONG})
_LIVE = r"(?:be )?(?:live|lives|lived|living|reside|resides|resided|residing|dwell|dwells|dwelt|dwelling)|be (?:based|resident|domiciled)"
_MOVE = r"(?:move|moves|moved|relocate|relocates|relocated)"
_WORK = r"(?:be )?(?:work|works|worked|working)"


def _verb(words: str, predicates: str, edge: Edge = Edge.WHOLE, *flags: str, roles: frozenset[Role] = frozenset(Role)) -> _Verb:
    verb = _Verb(re.compile(words), tuple(predicates.split()), edge, roles=roles)
    return replace(verb, **dict.fromkeys(flags, True))


_VERBS = [
    _verb(rf"(?:{_LIVE}) in|(?:have|has|had) (?:home|address|residence) in", "lives_in"),
    _verb(rf"{_LIVE}|(?:call|calls|called|make|makes|made) home|(?:have|has|had) (?:home|address|residence)", "lives_in", Edge.WHOLE, "bare"),
    _verb(r"be home to|be home of", "lives_in", Edge.WHOLE, "inverse"),
    _verb(r"(?:be|spend|spent|stay|stayed|remain|remained)(?: living)? in|call home", "lives_in", roles=_LENGTH),
    _verb(rf"{_MOVE} to|(?:settle|settled)(?: down)? in|take up residence in|took up residence in|come to live in|came to live in", "lives_in",
          Edge.START),
    _verb(rf"{_MOVE}|settle|settled|settle down", "lives_in", Edge.START, "bare"),
    _verb(r"be (?:settled|at home|resident of)", "lives_in", Edge.WHOLE, "bare"),
    _verb(r"(?:leave|left|leaves)", "lives_in works_for", Edge.END),
    _verb(rf"{_MOVE} (?:away from|out of|from|out from)", "lives_in", Edge.END),
    _verb(rf"{_WORK} (?:for|at)|be employed (?:by|at|with)|(?:have|has|had|hold|held) job (?:at|with)|be on payroll of|be employee of", "works_for"),
    _verb(rf"{_WORK}|be employed|(?:have|has|had|hold|held) job", "works_for", Edge.WHOLE, "bare"),
    _verb(r"have|has|had|be (?:at|with)", "works_for", Edge.WHOLE, "noun", roles=frozenset({Role.OBJECT})),
    _verb(r"employ|employs|employed|be employing|be employer of", "works_for", Edge.WHOLE, "inverse"),
    _verb(r"(?:be|spend|spent|stay|stayed|remain|remained)(?: working| employed)? (?:at|with)", "works_for", roles=_LENGTH),
    _verb(r"(?:join|joins|joined)", "works_for member_of", Edge.START),
    _verb(r"(?:start|started|begin|began)(?: work| out| (?:(?:her|his|their) )?job)? (?:at|with)|(?:become|became) employee of|(?:get|got|take|took) job (?:at|with)|(?:be|get|got) (?:hired|taken on|brought on) by|"
          r"(?:come|came) on board (?:at|with)",
          "works_for", Edge.START),
    _verb(r"(?:hire|hires|hired)", "works_for", Edge.START, "inverse"),
    _verb(r"quit|quits", "works_for plays", Edge.END, roles=_LOOSE),
    _verb(r"(?:resign|resigned|depart|departed|step down|stepped down) from|(?:leave|left|quit) (?:(?:her|his|their) )?job (?:at|with)|(?:finish|finished) at|part ways with|parted ways with",
          "works_for", Edge.END, roles=_LOOSE),
    _verb(r"(?:be )?(?:drive|drives|drove|driven|driving)", "drives"),
    _verb(r"have|has|had|use|used|be using", "drives", Edge.WHOLE, "noun", roles=frozenset({Role.OBJECT})),
    _verb(r"(?:have|has|had|keep|kept|use|used|be behind wheel of)", "drives", roles=_LENGTH | {Role.WHEN}),
    _verb(r"(?:get|gets|got) around in|be behind wheel of", "drives", Edge.WHOLE, "bare"),
    _verb(r"get|got|buy|bought|acquire|acquired", "drives", Edge.START, roles=_LOOSE),
    _verb(r"sell|sold|get rid of|got rid of|part with|parted with|trade in|traded in", "drives", Edge.END, roles=_LOOSE),
    _verb(r"(?:give|gave|given) up", "drives plays", Edge.END, roles=_LOOSE),
    _verb(r"(?:be )?(?:play|plays|played|playing)", "plays"),
    _verb(r"(?:take|took|taken|pick|picked) up|start|started|begin|began", "plays", Edge.START, roles=_LOOSE),
    _verb(r"drop|dropped|stop|stopped|abandon|abandoned", "plays", Edge.END, roles=_LOOSE),
    _verb(r"be (?:married|wed) to|(?:stay|stayed) married to", "married_to"),
    _verb(r"(?:be|stay|stayed) (?:married|wed)|be (?:husband and wife|spouses)", "married_to", Edge.WHOLE, "pair", "alone"),
    _verb(r"marry|marries|married|wed|(?:get|got|gotten) married to|tie knot with|tied knot with|become spouse of|become married to", "married_to",
          Edge.START),
    _verb(r"marry|married|wed|(?:get|got|gotten) (?:married|hitched)|(?:tie|tied) knot|become (?:husband and wife|spouses)", "married_to",
          Edge.START, "pair", "alone"),
    _verb(r"divorce|divorced|(?:get|got|be) divorced from|separate from|separated from|split from|split up with", "married_to", Edge.END,
          roles=_LOOSE),
    _verb(r"divorce|divorced|(?:get|got|be) divorced|separate|separated|split up|part ways|end marriage|ended marriage", "married_to", Edge.END,
          "pair", "alone", roles=_LOOSE),
]  # fmt: skip
"""The verbs of the predicates that may be put in many ways. Others are found by their own words."""

_ASKED_BY = {
    # By predicate: which words ask for its object, and which nouns after "which".
    "lives_in": ("where", "city|cities|town|village|country|place|location"),
    "works_for": ("where who whom", "company|companies|employer|employers|firm|organisation|organization|business"),
    "drives": ("what", "car|cars|vehicle|vehicles|automobile|model"),
    "plays": ("what", "(?:instrument|sport|game)s? (?:or|and) (?:instrument|sport|game)s?"),
    "married_to": ("who whom", "person|man|woman"),
    "speaks": ("what", "languages?"),
    "studies": ("what", "subjects?|languages?"),
}
_NOUNS = {
    # By predicate: whose object is asked for by "Alice's …".
    "lives_in": "home|address|residence|city|home city|home address|place of residence|city of residence|domicile",
    "works_for": "employer|employers|employing company|workplace|place of work|place of employment",
    "drives": "car|cars|vehicle|vehicles",
    "plays": "instruments or sports|sports or instruments",
    "married_to": "spouse|husband|wife|husband or wife|wife or husband|better half|other half",
}
_CHANGING = {
    # What may be said to change, beside those.
    "lives_in": "homes|addresses|cities|living situation",
    "works_for": "job|jobs|work|career|employment|company|companies|work life|working life|professional life",
    "drives": "car situation",
    "plays": "games?|music or sports|playing",
    "married_to": "marriage|marital life|marital status|married life|love life|spouses|partners|partner",
}
_SEXED = re.compile(r"husband|wife")
_STAYS = {
    # Nouns of a stay, with the preposition before where, and with whom.
    "marriage to": "married_to", "marriage with": "married_to", "wedding to": "married_to", "job at": "works_for", "job with": "works_for",
    "employment at": "works_for", "employment with": "works_for", "employment by": "works_for", "time at": "works_for",
    "tenure at": "works_for", "stint at": "works_for", "career at": "works_for", "work for": "works_for", "time in": "lives_in",
    "stay in": "lives_in", "residence in": "lives_in", "life in": "lives_in",
}  # fmt: skip

_SLOT = r"@\w+"
_S, _O = rf"(?P<s>{_SLOT})", rf"(?P<o>{_SLOT})"
_W = r"[a-z-]+(?: [a-z-]+)*?"
_AUX = r"(?P<aux>do|does|did|have|has|had|is|are|am|was|were|will)"
_BE = r"(?:(?P<be>been|be) )?"
_V = rf"(?P<v>{_W})"
_WH = (
    rf"(?:(?P<pre>in|at|for|by|to|with) )?(?P<wh>where|who|whom|(?:which|what)(?: (?:(?:kind|sort|type|make|model)s? of )?(?P<noun>{_W}))?)"
)
_WHEN = (
    r"(?P<when>(?:(?:since|until|till|from|up to|by|as of) )?when(?: exactly)?"
    r"|(?:(?P<by>since|until|till|from|up to|in|on|at|as of) )?(?:which|what) (?:exact )?(?:date|day|month|year|point)"
    r"|how long ago|how far back)"
)
_LONG = (
    r"(?P<long>(?:for )?how (?:long|many (?:years|months|weeks|days)|much time)|(?:for|over|during) (?:what|which) (?:period|span|stretch)(?: of time)?"
    r"|(?:for )?(?:what|which) (?:length|amount|stretch|span|period) of time|what (?:is|was) (?:total |full |whole )?(?:time|length of time|amount of time)(?: that)?)"
)
_ALTER = r"(?:change|changed|changes|evolve|evolved|differ|differed|develop|developed)(?: from)?"
_CHANGED = r"what (?:has |have |had )?(?:changed|is different|was different|is new|was new|happened|changes (?:were there|happened|occurred))(?: (?:about|with|in|to|for|regarding))?"
_WHERE = rf"(?:where|who|what|whom) {_S} (?:{_AUX} )?{_BE}{_V}"
_N = rf"{_S}'s (?P<n>{_W})"
_FORMS = [
    (Role.WHEN, rf"{_WHEN} {_AUX} {_S} {_BE}{_V}(?: {_O})?"),
    (Role.WHEN, rf"{_WHEN} {_S} (?:{_AUX} )?{_BE}{_V}(?: {_O})?"),
    (Role.WHEN, rf"{_WHEN} {_AUX} {_S} (?P<and>and) {_O} {_BE}{_V}"),
    (Role.WHEN, rf"{_WHEN} {_AUX} {_N} {_O} (?P<v>start|begin|end|(?:come|came) to end|finish|conclude)"),
    (Role.WHEN, rf"what (?:is|was) (?P<v>start|end|first|last|final) (?:date|day) of {_N} {_O}"),
    (Role.LONG, rf"{_LONG} {_AUX} {_S} {_BE}{_V}(?: {_O})?"),
    (Role.LONG, rf"{_LONG} {_S} (?:{_AUX} )?{_BE}{_V}(?: {_O})?"),
    (Role.LONG, rf"{_LONG} {_AUX} {_S} (?P<and>and) {_O} {_BE}{_V}"),
    (Role.WHEN, rf"{_WHEN} {_AUX} {_O} (?P<v>become|stop being|cease to be) {_N}"),
    (Role.LONG, rf"{_LONG} {_AUX} {_O} (?:(?:been|be|remain|remained) )?{_N}"),
    (Role.LONG, rf"(?:{_LONG}|what (?:is|was) (?:length|duration) of) (?:{_AUX} )?{_N} {_O}(?: last)?"),
    (Role.OBJECT, rf"{_WH} {_AUX} {_S} {_BE}{_V}(?: (?P<side>before|after) (?P<other>{_SLOT}))?"),
    (Role.OBJECT, rf"{_WH} {_S} (?:{_AUX} )?{_BE}{_V}"),
    (Role.OBJECT, rf"{_WH} (?P<aux>is|are|was|were|will) {_BE}{_N}(?: (?P<side>before|after) (?P<other>{_SLOT}))?"),
    (Role.OBJECT, rf"(?:{_WH} )?{_N}(?: (?P<aux>is|are|was|were))?"),
    (Role.SUBJECT, rf"{_WH} (?:{_AUX} )?{_BE}{_V} {_O}"),
    (Role.YES, rf"{_AUX} {_S} {_BE}{_V} {_O}"),
    (Role.YES, rf"{_AUX} {_S} {_BE}{_V}"),
    (Role.YES, rf"{_AUX} {_S} (?P<and>and) {_O} {_BE}{_V}"),
    (Role.YES, rf"(?P<aux>is|are|was|were) {_O} {_N}"),
    (Role.YES, rf"(?P<aux>is|are|was|were) {_N} {_O}"),
    (Role.CHANGES, rf"{_CHANGED} {_N}"),
    (Role.CHANGES, rf"{_CHANGED} {_WHERE}"),
    (Role.CHANGES, rf"{_CHANGED} (?P<all>{_SLOT})"),
    (Role.CHANGES, rf"(?:how )?(?:did|has|have|had|does) {_N} {_ALTER}"),
    (Role.CHANGES, rf"(?:how )?(?:did|has|have|had|does) {_WHERE} {_ALTER}"),
    (Role.CHANGES, rf"(?:did|has|had|have) {_S} (?:change|changed|switch|switched|swap|swapped)(?: {_SLOT}'s)? (?P<n>{_W})"),
    (Role.CHANGES, rf"(?:{_WH} )?{_AUX} {_S} (?P<v>{_W} or {_W})"),
    (Role.CHANGES, rf"(?:did|has|had) {_S} (?P<v>move|moved|relocate|relocated)(?: home| house| cities)?"),
    (Role.CHANGES, rf"(?:compare|how (?:is|was)) (?:{_N})(?: different)?(?: from)?"),
    (Role.CHANGES, rf"compare {_WHERE}"),
    (Role.ALL, rf"(?P<what>what )?about (?P<all>{_SLOT})"),
    (Role.ALL, r"(?P<what>what)"),
]  # fmt: skip
_STATED = [(Role.YES, re.compile(rf"(?:that )?{_S} (?:{_AUX} )?{_BE}{_V} {_O}"))]
_READ = [(role, re.compile(pattern)) for role, pattern in _FORMS]

_LEAD = re.compile(
    r"^(?:(?:so|and|well|please|ok|okay) )*(?:(?:can|could|would|will) you (?:please )?)?"
    r"(?:(?:tell|show|remind|give) (?:me|us) |let (?:me|us) know |do (?:you|we) know |(?:i|we) (?:want|would like|d like) to know |i wonder |any idea )?(?:please )?"
)
_KNOW = r"(?:know|believe|think|assume|suppose|understand|say|have recorded|have on record|reckon|presume)"
_KNEW = r"(?:knew|believed|thought|assumed|supposed|understood|had recorded|could tell|were told|had heard|reckoned|presumed)"
_BELIEF = r"(?:knowledge|records?|information|memory|notes|beliefs?|files?|understanding|view|data|picture)"
_OURS = [
    # What was known, or believed, by whoever keeps the memory: the words, and what is left of them.
    (re.compile(rf"\b(?:as far as|to the best of what|(?:from|based on|given|going by|judging by|according to) what) (?:we|i|you) {_KNEW}(?: of)?\b"), " "),
    (re.compile(r"\b(?:from|based on|given|going by|judging by|according to) what was (?:known|believed|recorded)\b"), " "),
    (re.compile(rf"\bas (?:(?:we|i) {_KNEW}(?: it)?|known|believed|understood|recorded)\b"), " "),
    (re.compile(r"\bwhat were we told (?:about|of)\b"), "what about"),
    (re.compile(r"\bwould (?:we|you|i) have (?:said|thought|believed|answered)(?: that)?\b"), " "),
    (re.compile(r"\b(?:had|if) (?:someone|anyone|somebody|you|we) (?:been )?asked(?: us)?\b"), " "),
    (re.compile(rf"\bdid (?:our|the) {_BELIEF} (?:say|show)(?: that)?\b"), " "),
    (re.compile(rf"\bwhat (?:was|were|is) our {_BELIEF} (?:about|of|on|regarding|as to)\b"), "what about"),
    (re.compile(rf"\bwhat did (?:our|the) {_BELIEF} (?:say|show|have|hold|contain) (?:about|of|on|regarding)\b"), "what about"),
    (re.compile(r"\bdid we have (?:(?:down|listed|recorded) )?as\b"), "was"),
    (re.compile(rf"\bdid we have ({_SLOT}) (?=\w+ing\b)"), r"was \1 "),
    (re.compile(r"\b(?:was|is) (?:known|listed|recorded|given|believed|thought) (?:as|to be)\b"), "was"),
    (re.compile(rf"\b(?:did|do|had|would) (?:we|i|you) (?:already |still |then )?{_KNOW}(?: that)?\b"), " "),
    (re.compile(rf"\b(?:we|i|you) {_KNEW}(?: that)?\b"), " "),
    (re.compile(rf"\b(?:according to|in|from|by|per|to|to the best of|based on|as of) (?:our|the) (?:best )?{_BELIEF}(?: as of| as it stood)?\b"), " "),
    (re.compile(rf"\b(?:is|was|are|were) ({_SLOT}) (?:thought|believed|known|understood|assumed|presumed|supposed) to be\b"), r"was \1"),
    (re.compile(rf"\b(?:is|was|are|were) ({_SLOT}) (?:thought|believed|known|understood|assumed|presumed|supposed) to\b"), r"did \1"),
    (re.compile(r"\b(?:was|is) (?:known|believed|thought|recorded|on record|on file) about\b"), " about"),
]  # fmt: skip
_THINGS = "city|town|place|company|firm|employer|car|vehicle|cities|companies|cars"
_REWORDED = [
    # Words that mean another thing together.
    (re.compile(rf"\bwhat (is|was) name of (?={_SLOT}'s)"), r"what \1 "),
    (re.compile(rf"\bmarriage of ({_SLOT}) and ({_SLOT})"), r"\1's marriage to \2"),
    (re.compile(rf"\bmarriage between ({_SLOT}) and ({_SLOT})"), r"\1's marriage to \2"),
    (re.compile(rf"\b(?:is|am|are) ({_SLOT}) going to(?= [a-z])"), r"will \1"),
    (re.compile(rf"\b(?:call|calls|called) ({_SLOT}) (?:home|(?:{_SLOT}'s|his|her|their) home)\b"), r"live in \1"),
    (re.compile(rf"\bwhose payroll (is|was) ({_SLOT}) on\b"), r"who \1 \2 employed by"),
    (re.compile(rf"\bon whose payroll (is|was) ({_SLOT})"), r"who \1 \2 employed by"),
    (re.compile(r"\b(?:is|was) it that\b"), " "),
    (re.compile(rf"\bwhose employee (is|was) ({_SLOT})"), r"who \1 \2 employed by"),
    (re.compile(rf"\bwho (pays|paid|signs|signed) ({_SLOT})'s (?:salary|wages|paychecks?|paycheques?)\b"), r"who employed \2"),
    (re.compile(rf"\bwhose (?:husband|wife|spouse|husband or wife) (is|was) ({_SLOT})"), r"who \1 \2 married to"),
    (re.compile(rf"\b((?:which|what) (?:car|vehicle)) (?:belongs|belonged) to ({_SLOT})"), r"\1 did \2 have"),
    (re.compile(r"^(?:name|list|state|identify|say) (?=(?:where|who|what|which|the)\b)"), ""),
    (re.compile(rf"^(?:(?:what|which|who) (?:is|was|were) )?(?:the )?(?:name of (?:the )?)?({_THINGS})(?: (?:that|which|where|in which|for which|at which))?"
                rf"(?= (?:{_SLOT}(?! )|{_SLOT} (?!$)|employ))"), r"which \1"),
    (re.compile(r"\band (?:where|what|who|whom|which)(?: [a-z]+)? *$|\b(?:and|versus|vs|compared to|compared with|as opposed to) *$"), ""),
]  # fmt: skip
_EARLIER = re.compile(r"\b(?:used to|use to|previously|formerly|once|previous|former|in past|before(?= *$))\b")
_FIRST = re.compile(r"\bfirst(?= [a-z]+ed\b| [a-z]+ (?:[a-z]+ ){0,2}@)")
_NOTHING_MORE = re.compile(
    r"\b(?:a|an|the|currently|current|present|presently|now|right now|at moment|at present|these days|nowadays|today|still|exactly|precisely"
    r"|ever|already|at time|back then|then|please|so far|at any time|at some point|over years|in total|altogether)\b"
)


def without_lead(words: str) -> str:
    """The words without what only says that they are a question: "Can you tell me …"."""
    return _LEAD.sub("", words)


def read_form(words: str, known: Collection[str], *, ours: bool = False, held: bool = False, stated: bool = False) -> Form | None:
    """The form that the question has as a whole; None where it has none, or no predicate is named that is known.

    Args:
        words: of the question in lower case, with slots, without marks.
        known: the predicates of the graph, in any wording.
        ours: it asks for what was known, so words of knowing say nothing more.
        held: it asks for what someone believes.
        stated: it asks whether someone believes what the words say: "Does Bob think Alice lives in Paris?".
    """
    for pattern, meant in _OURS if ours else ():
        words = pattern.sub(meant, words)
    for pattern, meant in _REWORDED:
        words = pattern.sub(meant, words)
    words = re.sub(rf"\b(?:the )?((?:[a-z]+ ){{0,2}}[a-z]+) of ({_SLOT})(?!['\w])", _turned, words)
    earlier, first = _EARLIER.search(words) is not None, _FIRST.search(words) is not None
    for pattern in (_EARLIER, _FIRST, _NOTHING_MORE, _NOTHING_MORE):
        words = " ".join(pattern.sub(" ", words).split())
    if ours or held:
        words = re.sub(r"^what (?:about|of|on|regarding) (?!@\w+$)", "", words)
    forms = (
        form
        for role, pattern in (_STATED if stated else _READ)
        if (found := pattern.fullmatch(words))
        for form in _forms(role, found, known, held=held or ours)
    )
    form = next(forms, None)
    return None if form is None or (first and form.role is not Role.WHEN) else replace(form, earlier=earlier, first=first)


def _turned(found: re.Match[str]) -> str:
    """ "The employer of Alice" as "Alice's employer", where that is a noun of the tables."""
    *before, noun = found[1].split()
    for size in range(len(before), -1, -1):
        whole = " ".join((*before[len(before) - size :], noun))
        if _by_noun(whole, frozenset()) is not None:
            return " ".join((*before[: len(before) - size], f"{found[2]}'s {whole}"))
    return found[0]


def _forms(role: Role, found: re.Match[str], known: Collection[str], *, held: bool) -> Iterator[Form]:
    """What the words may ask; the first is taken."""
    parts = found.groupdict()
    tense, edges = _tense(parts), _edges(parts)
    beside = (parts["side"], parts["other"]) if parts.get("side") else None
    base = Form(role, parts.get("s") or "", parts.get("o") or "", tense=tense, beside=beside, **edges)
    if role is Role.ALL:
        if held or not parts["what"]:
            yield replace(base, subject=parts.get("all") or "")
    elif parts.get("all"):
        yield replace(base, subject=parts["all"] or "")
    elif parts.get("n") in _STAYS:
        yield from _of_stay(base, parts)
    elif parts.get("n"):
        yield from _nominal(base, parts, known)
    elif parts.get("v"):
        yield from _verbal(base, parts, known)


def _tense(parts: dict[str, str | None]) -> Tense:
    match parts.get("aux"):
        case "did" | "was" | "were" | "had" | "has" | "have":
            return Tense.PAST
        case "do" | "does" | "is" | "are" | "am":
            return Tense.PAST if parts.get("be") == "been" else Tense.PRESENT
        case "will":
            return Tense.FUTURE
        case _:
            return Tense.NONE


def _edges(parts: dict[str, str | None]) -> dict[str, bool]:
    """Whether the start or the end of what the verb says is asked for."""
    when = f"{parts.get('when') or ''} "
    return {
        "by_then": parts.get("aux") == "had",
        "until": bool(re.match(r"until |till |up to ", when)),
        "since": bool(re.match(r"since |from ", when)),
    }


def _of_stay(base: Form, parts: dict[str, str | None]) -> Iterator[Form]:
    """ "When did her job at Acme end?"."""
    verb = parts.get("v") or ""
    edge = Edge.WHOLE if not verb else Edge.START if verb in {"start", "begin", "first"} else Edge.END
    yield replace(base, predicates=(_STAYS[parts["n"] or ""],), edge=edge)


def _nominal(base: Form, parts: dict[str, str | None], known: Collection[str]) -> Iterator[Form]:
    """ "What is her employer?", "Is Bob her manager?", "How did her job change?"."""
    noun = parts["n"] or ""
    embedded = base.role is Role.OBJECT and not parts.get("wh")
    predicate = _by_noun(noun, known, changing=base.role is Role.CHANGES or embedded)
    if predicate is None or (base.role is Role.YES and _SEXED.search(noun)):
        return
    wh, asked = parts.get("wh") or "", parts.get("noun") or ""
    if asked and not _noun_asks(asked, predicate):
        return
    if wh == "where" and predicate not in {"lives_in", "works_for"}:
        return
    turn = parts.get("v")
    yield replace(base, predicates=(predicate,), edge=Edge.WHOLE if turn is None else Edge.START if turn == "become" else Edge.END)


def _by_noun(noun: str, known: Collection[str], *, changing: bool = False) -> str | None:
    """The predicate whose object the noun is."""
    for table in (_NOUNS, _CHANGING) if changing else (_NOUNS,):
        for predicate, nouns in table.items():
            if re.fullmatch(nouns, noun):
                return predicate
    name = noun.replace(" ", "_")
    for wording in (name, f"has_{name}"):
        if wording in known or canonical(wording).name != wording:
            return wording
    return None


def _verbal(base: Form, parts: dict[str, str | None], known: Collection[str]) -> Iterator[Form]:
    is_being = (parts.get("aux") in {"is", "are", "am", "was", "were"}) or parts.get("be") is not None
    said = f"{'be ' if is_being else ''}{parts['v']}"
    if base.role is Role.CHANGES:
        either = [_first(_meant(f"{'be ' if is_being else ''}{each}", known)) for each in _alternatives(parts["v"] or "")]
        meant = [verb for verb in either if verb is not None]
        shared = set(chain.from_iterable(verb.predicates for verb in meant)) if len(meant) == len(either) else set[str]()
        common = tuple(name for name in sorted(shared) if all(name in verb.predicates for verb in meant))
        common = common or _by_asked(parts, known)
        if len(common) == 1:
            yield replace(base, predicates=common, subject=base.subject)
        return
    for verb in _meant(said, known, parts.get("pre") or "", parts.get("wh") or ""):
        if base.role in verb.roles and _fits(base, parts, verb):
            yield _directed(base, verb)


def _alternatives(words: str) -> list[str]:
    """ "start or stop playing" as "start playing", "stop playing"."""
    first, _, second = words.partition(" or ")
    if not second:
        return [words]
    edge, _, rest = second.partition(" ")
    return [f"{first} {rest}" if rest and edge in _ENDING | _STARTING and first in _ENDING | _STARTING else first, second]


def _by_asked(parts: dict[str, str | None], known: Collection[str]) -> tuple[str, ...]:
    """ "Which jobs did she start or leave?": the noun says which predicate is meant."""
    predicate = _by_noun(parts.get("noun") or "", known, changing=True)
    edges = _STARTING | _ENDING | {"leave", "left", "take up", "give up", "change"}
    every = all(each in edges for each in (parts["v"] or "").split(" or "))
    return (predicate,) if predicate is not None and every else ()


def _first(verbs: Iterator[_Verb]) -> _Verb | None:
    return next(verbs, None)


_STARTING = frozenset({"start", "started", "starts", "begin", "began", "begun", "begins"})
_ENDING = frozenset({"stop", "stopped", "stops", "cease", "ceased", "finish", "finished", "quit"})


def _meant(said: str, known: Collection[str], preposition: str = "", wh: str = "") -> Iterator[_Verb]:
    """What a verb may mean: by the table, by its own words, and as the start or the end of either."""
    whole = f"{said} {preposition}".strip()
    yield from (verb for verb in _VERBS if verb.words.fullmatch(whole))
    first, _, rest = said.partition(" ")
    if first in _STARTING | _ENDING and rest:
        edge = Edge.START if first in _STARTING else Edge.END
        inner = f"be {rest}" if rest.partition(" ")[0].endswith("ing") else rest.removeprefix("to ")
        if inner.startswith("be being "):
            inner = inner.replace("being ", "", 1)
        yield from (replace(verb, edge=edge) for verb in _meant(inner, known, preposition, wh) if verb.edge is Edge.WHOLE)
    own = tuple(dict.fromkeys(name for name in _by_own_words(whole, known, wh) if canonical(name).name not in _NOUNS))
    if own:
        yield _Verb(_ANY, own)


def _by_own_words(said: str, known: Collection[str], wh: str) -> Iterator[str]:
    """The predicates that are called like the verb: "manage" is "manages", "be allergic to" is "allergic_to"."""
    is_being = said.startswith("be ")
    words = said.removeprefix("be ").split()
    for ending in (("in",), ("at",)) if wh == "where" else ((),):
        called = (*words, *ending)
        yield from (name for name in sorted(known) if is_called(name, called, is_being=is_being))
        yield from _by_tables(called, is_being=is_being)


def is_called(name: str, words: tuple[str, ...], *, is_being: bool) -> bool:
    """Whether a predicate is called by these words of a question.

    Args:
        is_being: a form of "to be" stands before them: "Is she visiting?", "Is she allergic to …?", but not "Was she visited?".
    """
    own = tuple(name.split("_"))
    if len(own) != len(words) or own[1:] != words[1:]:
        return False
    if is_being and not words[0].endswith("ing"):
        return own[0] == words[0] and len(own) > 1
    return same_verb(own[0], words[0])


def _by_tables(words: tuple[str, ...], *, is_being: bool) -> Iterator[str]:
    """Wordings that the built-in tables know: "manage" says `reports_to` from the other end."""
    if is_being and len(words) == 1 and not words[0].endswith("ing"):
        return
    verbs = {words[0]} if is_being else {words[0], *bases(words[0])}
    for verb in sorted(verbs):
        name = "_".join((verb, *words[1:]))
        if canonical(name).name != name:
            yield name


_ANY = re.compile("")


def _fits(base: Form, parts: dict[str, str | None], verb: _Verb) -> bool:
    """Whether the verb has as many ends as it needs, and the question word may ask for the one that is not named."""
    wh, noun = parts.get("wh") or "", parts.get("noun") or ""
    if parts.get("and"):
        return verb.pair
    match base.role:
        case Role.WHEN | Role.LONG | Role.YES:
            return (bool(base.object) and not verb.bare and not verb.pair) or (not base.object and verb.alone)
        case Role.SUBJECT if not verb.inverse:
            return wh in {"who", "whom"} and not verb.bare and not verb.pair
        case Role.OBJECT if verb.inverse:
            return wh in {"who", "whom"}
        case _:
            return not verb.pair and _asks(wh, noun, verb)


def _asks(wh: str, noun: str, verb: _Verb) -> bool:
    """Whether the question word may ask for the object of the predicate."""
    predicate = verb.predicates[0]
    if noun:
        return _noun_asks(noun, predicate)
    if verb.noun:
        return False
    if predicate not in _ASKED_BY:
        return wh in {"who", "whom", "what"} or (wh == "where" and predicate.endswith(("_in", "_at")))
    return wh in _ASKED_BY[predicate][0].split() and not (verb.bare and wh in {"who", "whom"})


def _noun_asks(noun: str, predicate: str) -> bool:
    return predicate in _ASKED_BY and re.fullmatch(_ASKED_BY[predicate][1], noun) is not None


def _directed(base: Form, verb: _Verb) -> Form:
    """The form with the ends of the predicate, where the verb has them the other way about."""
    form = replace(base, predicates=verb.predicates, edge=verb.edge)
    if not verb.inverse:
        return form
    role = {Role.OBJECT: Role.SUBJECT, Role.SUBJECT: Role.OBJECT}.get(form.role, form.role)
    return replace(form, role=role, subject=form.object, object=form.subject)
