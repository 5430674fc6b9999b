"""What a question asks, by the order of its words: "Who does Alice manage?" is not "Who manages Alice?". Pure.

A question comes here with "@0" and "@1" for the entities that it names, without its times, and without whose view it asks for: "where
did @0 live". It is read where it has one of the forms below as a whole, so that no word is passed over: one that is not known here, such as
"like to" or "far from", leaves the question unread, and it is not answered.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from mem0g.ingestion.predicates import canonical
from mem0g.retrieval.lexicon import ASKED_BY, CHANGING, NOUNS, SEXED, STAYS, VERBS, Role, Trait, Verb
from mem0g.retrieval.verbs import bases, same_verb
from mem0g.retrieval.wordings import Edge


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
_LENGTH = r"(?:length|amount|stretch|span|period)"
_LONG = (
    r"(?P<long>(?:for )?how (?:long|many (?:years|months|weeks|days)|much time)"
    rf"|(?:for |over |during )?(?:what|which) {_LENGTH}(?: of time)?"
    r"|what (?:is|was) (?:total |full |whole )?(?:(?:length|amount) of )?time(?: that)?)"
)
_ALTER = r"(?:change|changed|changes|evolve|evolved|differ|differed|develop|developed|compare)(?: from| to| with)?"
_CHANGED = (
    r"(?:what|which) (?:(?:has |have |had )?changed|(?:is|was) (?:different|new)|happened|changes (?:were there|happened|occurred))"
    r"(?: (?:about|with|in|to|for|regarding))?"
)
_ANY_CHANGE = (
    r"(?:(?:did|has|had) anything (?:change|changed)|(?:list|what (?:are|were)) (?:all )?changes|what (?:is|was) (?:difference|change))"
    r"(?: (?:about|with|in|to|of|for|between|as to))?"
)
_WHERE = rf"(?:where|who|what|whom|which (?P<thing>{_W})) {_S} (?:{_AUX} )?{_BE}{_V}"
_N = rf"{_S}'s (?P<n>{_W})"
_SIDE = rf"(?: (?P<side>before|after) (?P<other>{_SLOT})(?: did| was)?)?"
_FORMS = [
    (Role.WHEN, rf"{_WHEN} {_AUX} {_S} {_BE}{_V}(?: {_O})?"),
    (Role.WHEN, rf"{_WHEN} {_S} (?:{_AUX} )?{_BE}{_V}(?: {_O})?"),
    (Role.WHEN, rf"{_WHEN} {_AUX} {_S} (?P<and>and) {_O} {_BE}{_V}"),
    (Role.WHEN, rf"{_WHEN} {_AUX} {_N} {_O} (?P<v>start|begin|end|(?:come|came) to end|finish|conclude)"),
    (Role.WHEN, rf"what (?:is|was) (?P<v>start|end|first|last|final) (?:date|day) of {_N} {_O}"),
    (Role.WHEN, rf"{_WHEN} {_AUX} {_O} (?:(?:been|be) )?{_N}"),
    (Role.LONG, rf"{_LONG} {_AUX} {_S} {_BE}{_V}(?: {_O})?"),
    (Role.LONG, rf"{_LONG} {_S} (?:{_AUX} )?{_BE}{_V}(?: {_O})?"),
    (Role.WHEN, rf"{_WHEN} {_AUX} {_S} (?P<be>been|be) {_O} (?P<v>player)"),
    (Role.LONG, rf"{_LONG} {_AUX} {_S} (?P<be>been|be) {_O} (?P<v>player)"),
    (Role.LONG, rf"{_LONG} {_AUX} {_S} (?P<and>and) {_O} {_BE}{_V}"),
    (Role.WHEN, rf"{_WHEN} {_AUX} {_O} (?P<v>become|stop being|cease to be) {_N}"),
    (Role.LONG, rf"{_LONG} {_AUX} {_O} (?:(?:been|be|remain|remained) )?{_N}"),
    (Role.LONG, rf"{_LONG} {_AUX} {_S} (?:have|had) {_O} (?:as|for) (?:(?:her|his|their) )?(?P<n>{_W})"),
    (Role.LONG, rf"(?:{_LONG}|what (?:is|was) (?:length|duration) of) (?:{_AUX} )?{_N} {_O}(?: last)?"),
    (Role.OBJECT, rf"{_WH} {_AUX} {_S} {_BE}{_V}{_SIDE}"),
    (Role.OBJECT, rf"{_WH} {_S} (?:{_AUX} )?{_BE}{_V}"),
    (Role.OBJECT, rf"{_WH} (?P<aux>is|are|was|were|will) {_BE}{_N}{_SIDE}"),
    (Role.OBJECT, rf"(?:{_WH} )?{_N}(?: (?P<aux>is|are|was|were))?"),
    (Role.SUBJECT, rf"{_WH} (?:{_AUX} )?{_BE}{_V} {_O}{_SIDE}"),
    (Role.OBJECT, rf"{_WH} (?P<v>became) {_N}"),
    (Role.SUBJECT, rf"whose (?P<n>{_W}) {_O} (?P<v>began|started|ended)"),
    (Role.YES, rf"{_AUX} {_S} {_BE}{_V} {_O}"),
    (Role.YES, rf"{_AUX} {_S} {_BE}{_V}"),
    (Role.YES, rf"{_AUX} {_S} (?P<and>and) {_O} {_BE}{_V}"),
    (Role.YES, rf"(?P<aux>is|are|was|were) {_O} {_N}"),
    (Role.YES, rf"(?P<aux>has|have|had) {_O} been {_N}"),
    (Role.YES, rf"(?:whether|confirm (?:that|whether)|(?:is|was) it (?:true|correct|case) that) {_S} (?:{_AUX} )?{_BE}{_V} {_O}"),
    (Role.YES, rf"(?P<aux>is|was) {_S} {_O} (?P<v>player)"),
    (Role.YES, rf"(?P<aux>has|have|had) {_S} (?P<be>been) {_O} (?P<v>player)"),
    (Role.YES, (rf"(?:is|are|was|were) {_O} (?P<which>where|what|who|something|(?:(?:one of|among) {_W}|(?P<thing>{_W}))"
                rf"(?: that| which| where)?) {_S} (?:{_AUX} )?{_BE}{_V}")),
    (Role.YES, rf"(?P<aux>is|are|was|were) {_N} {_O}"),
    (Role.CHANGES, rf"{_CHANGED} {_N}"),
    (Role.CHANGES, rf"{_CHANGED} {_WHERE}"),
    (Role.CHANGES, rf"{_ANY_CHANGE} {_N}"),
    (Role.CHANGES, rf"{_ANY_CHANGE} {_WHERE}"),
    (Role.CHANGES, rf"{_CHANGED} (?P<all>{_SLOT})"),
    (Role.CHANGES, rf"(?:how |in (?:what|which) ways? )?(?:did|has|have|had|does) {_N} {_ALTER}"),
    (Role.CHANGES, rf"(?:describe )?how {_N} {_ALTER}"),
    (Role.CHANGES, rf"(?:describe )?how {_WHERE} {_ALTER}"),
    (Role.CHANGES, rf"(?:how |in (?:what|which) ways? )?(?:did|has|have|had|does) {_WHERE} {_ALTER}"),
    (Role.CHANGES, rf"(?:did|has|had|have) {_S} (?:change|changed|switch|switched|swap|swapped)(?: {_SLOT}'s)? (?P<n>{_W})"),
    (Role.CHANGES, rf"(?:{_WH} )?{_AUX} {_S} (?P<v>{_W} (?:or|and) {_W})"),
    (Role.CHANGES, rf"(?:did|has|had) {_S} (?P<v>move|moved|relocate|relocated)(?: home| house| cities)?"),
    (Role.CHANGES, rf"(?:compare|how (?:is|was)) (?:{_N})(?: different)?(?: from)?"),
    (Role.CHANGES, rf"compare {_WHERE}"),
    (Role.ALL, rf"(?P<what>what )?about (?P<all>{_SLOT})"),
    (Role.ALL, r"(?P<what>what)"),
]  # fmt: skip
_STATED = [(Role.YES, re.compile(rf"(?:that )?{_S} (?:{_AUX} )?{_BE}{_V} {_O}"))]
_READ = [(role, re.compile(pattern)) for role, pattern in _FORMS]

_LEAD = re.compile(
    r"^(?:(?:so|and|well|please|ok|okay) )*(?:(?:can|could|would|will) you (?:please |kindly )?)?"
    r"(?:(?:tell|show|remind|give) (?:me|us) (?:again )?|let (?:me|us) know |look up |find out "
    r"|do (?:you|we) (?:happen to |by any chance )?(?:know|recall|remember) "
    r"|(?:i|we) (?:want|need|would like|d like) to (?:know|be told) |i (?:wonder|forget) |any idea "
    r"|(?:can|could|may) i (?:have|get) (?=the name))?(?:please )?"
)
_KNOW = r"(?:know|believe|think|assume|suppose|understand|say|have recorded|have on record|reckon|presume)"
_KNEW = (
    r"(?:knew|believed|thought|assumed|supposed|understood|had recorded|could (?:tell|say|see)|(?:were|was) (?:told|aware|informed)"
    r"|had (?:heard|been told|been informed|learned|learnt|gathered)|reckoned|presumed)"
)
_BELIEF = r"(?:knowledge|records?|information|memory|notes|beliefs?|files?|understanding|view|data|picture)"
_HAD_FOR = (
    rf"(?:did we (?:have(?: on (?:file|record)| down| listed| recorded)?|know of)"
    rf"|did (?:our|the) {_BELIEF} (?:show|have|list|give|name|hold)) for"
)
_GOING_BY = r"(?:by|with|from|based on|given|going by|judging by|according to)"
_ON_RECORD = r"(car|vehicle|city|home|employer|company|spouse) was (?:on (?:record|file)|listed|recorded|noted) for"
_HELD_TO = r"(?:thought|believed|known|understood|assumed|presumed|supposed) to"
_PLAYED = r"(?:instrument|sport|game)s?(?: (?:or|and) (?:(?:an?|the) )?(?:instrument|sport|game)s?)+"
_OURS = [
    # What was known, or believed, by whoever keeps the memory: the words, and what is left of them.
    (re.compile(rf"\b(?:as far as|to the best of what|{_GOING_BY} what) (?:we|i|you) {_KNEW}\b"), " "),
    (re.compile(rf"\b{_GOING_BY} what was (?:known|believed|recorded|on (?:file|record))\b"), " "),
    (re.compile(rf"\bas (?:(?:we|i) {_KNEW}(?: it)?|known|believed|understood|recorded)\b"), " "),
    (re.compile(r"\bwhat would (?:(?:we|you) have (?:said|answered|thought|replied)|our (?:answer|reply) have been)$"), " "),
    (re.compile(r"\bwould (?:we|you|i) have (?:said|thought|believed|answered)(?: that)?\b"), " "),
    (re.compile(r"\b(?:had|if|suppose) (?:someone|anyone|somebody|anybody|one|you|we)(?: had)?(?: been)? asked(?: us| you)?\b"), " "),
    (re.compile(rf"\b(which|what) (city|town|place) {_HAD_FOR} ({_SLOT})(?!'s)"), r"\1 \2 was \3's home"),
    (re.compile(rf"\b(which|what) (?:company|firm) {_HAD_FOR} ({_SLOT})(?!'s)"), r"what was \2's employer"),
    (re.compile(rf"\b(?:which|what) (car|vehicle|employer|spouse|address|home) {_HAD_FOR} ({_SLOT})(?!'s)"), r"what was \2's \1"),
    (re.compile(rf"\b(?:what|which|whose) (?:name|names|entry|details?|information) {_HAD_FOR}\b"), "what about"),
    (re.compile(rf"\bdid (?:our|the) {_BELIEF} (?:have|show|list|give|name|hold|state) as\b"), "was"),
    (re.compile(rf"\b((?:which|what) {_PLAYED}) did we have ({_SLOT}) down for\b"), r"\1 did \2 play"),
    (re.compile(r"\bdid we (?:take|hold|consider) to be\b"), "was"),
    (re.compile(r"\bas far as (?:was|is) (?:known|believed|understood|recorded)\b"), " "),
    (re.compile(rf"^where did (?:our|the) {_BELIEF} (?:place|put|have) ({_SLOT})$"), r"where did \1 live"),
    (re.compile(rf"\bdid (?:our|the) {_BELIEF} have ({_SLOT}) (?=\w+ing\b)"), r"was \1 "),
    (re.compile(rf"\bwould ({_SLOT}) have been (?=\w+ing\b)"), r"was \1 "),
    (re.compile(r"\b(?:at|in|by|with|given) the (?:then )?state of(?: our)? knowledge\b"), " "),
    (re.compile(rf"\b(?:is|was) on our {_BELIEF} (?:about|regarding|for)\b|\b(?:is|was) on our books (?:about|regarding|for)\b"), "about"),
    (re.compile(rf"\bwas ({_SLOT}) (?:down|listed|recorded|noted|on (?:file|record)) as (?=\w+ing\b)"), r"was \1 "),
    (re.compile(r"\bas (?:things|matters) were (?:known|believed|understood|recorded)\b"), " "),
    (re.compile(r"\bwhat (?:were|was) (?:we|i) aware of (?:about|regarding|as to|concerning)\b"), "what about"),
    (re.compile(r"\b(?:was|is) on (?:record|file|books) as\b"), "was"),
    (re.compile(r"\b(?:was|is) it (?:believed|thought|known|assumed|understood) that\b"), " "),
    (re.compile(r"\b(?:known|believed|thought|recorded|assumed) to be *$|\bif asked\b"), " "),
    (re.compile(r"\bwhat had we (?:been told|heard|learned|learnt) (?:about|of)\b"), "what about"),
    (re.compile(rf"\b(which|what) {_ON_RECORD} ({_SLOT})"), r"\1 was \3's \2"),
    (re.compile(r"\bdid we have on (?:file|record) (?:for|about|as)\b"), "about"),
    (re.compile(rf"\bdid (?:our|the) {_BELIEF} (?:say|show)(?: that)?\b"), " "),
    (re.compile(rf"\bwhat (?:(?:was|were|is) our (?:best )?{_BELIEF}|were we told) (?:about|of|on|regarding|as to)\b"), "what about"),
    (re.compile(rf"\bwhat did (?:our|the) {_BELIEF} (?:say|show|have|hold|contain) (?:about|of|on|regarding)\b"), "what about"),
    (re.compile(rf"\bdid we {_KNOW} to be\b"), "was"),
    (re.compile(rf"\bdid we {_KNOW} ({_SLOT}) to be\b"), r"was \1"),
    (re.compile(rf"\bdid we {_KNOW} ({_SLOT}) to\b"), r"did \1"),
    (re.compile(rf"\b(?:with|given|on|from|by) (?:the )?{_BELIEF} (?:that )?(?:we had|available|at hand)\b"), " "),
    (re.compile(r"\bdid we have (?:(?:down|listed|recorded) )?as\b"), "was"),
    (re.compile(rf"\bdid we have ({_SLOT}) (?=\w+ing\b)"), r"was \1 "),
    (re.compile(r"\b(?:was|is) (?:known|listed|recorded|given|believed|thought) (?:as|to be)\b"), "was"),
    (re.compile(rf"\b(?:did|do|had|would) (?:we|i|you) (?:already |still |then )?{_KNOW}(?: that)?\b"), " "),
    (re.compile(rf"\b(?:we|i|you) {_KNEW}(?: that)?\b"), " "),
    (re.compile(rf"\b(?:{_GOING_BY}|with|in|by|per|to|to the best of|as of) (?:our|the) (?:best )?{_BELIEF}(?: as it stood)?\b"), " "),
    (re.compile(rf"\b(?:is|was|are|were) ({_SLOT}) {_HELD_TO} be\b"), r"was \1"),
    (re.compile(rf"\b(?:is|was|are|were) ({_SLOT}) {_HELD_TO}\b"), r"did \1"),
    (re.compile(rf"\b(?:was|is|were|are) {_HELD_TO} be\b"), "was"),
    (re.compile(rf"\b(?:was|is|were|are) {_HELD_TO}\b"), " "),
    (re.compile(r"\b(?:was|is) (?:known|believed|thought|recorded|on record|on file) about\b"), " about"),
    (re.compile(r"\bwas known of (?=(?:what|where|who)\b)"), "about "),
    (re.compile(r"\bwere we told(?: that)?\b"), " "),
]  # fmt: skip
_THINGS = (
    r"city|town|village|place|company|firm|business|employer|car|vehicle|automobile|cities|towns|places|companies|firms|employers|cars|vehicles"
    rf"|person|man|woman|{_PLAYED}"
)
_ALL_OF = (
    r"(?:(?:an?|the) )?(?:(?:full |complete )?list of |names? of )?"
    r"(?:(?:all|every|each|any|whatever|of) )*(?:(?:the|an?) )?"
)
"""What may stand before a noun that is asked for."""
_SAYS_NO_MORE = rf"cit(?:y|ies)|towns?|places?|compan(?:y|ies)|firms?|employers?|cars?|vehicles?|{_PLAYED}"
"""Nouns that say no more than the predicate does; "country" and "man" do."""
_IN_WHICH = r"(?: (?:(?:in|for|at|to|by) (?:which|whom)|that|which|where|whom|who))?"
_REWORDED = [
    # Words that mean another thing together.
    (re.compile(rf"\bwhat (is|was) the name of (?={_SLOT}'s)"), r"what \1 "),
    (re.compile(rf"\bmarriage (?:of|between) ({_SLOT}) and ({_SLOT})"), r"\1's marriage to \2"),
    (re.compile(rf"\b(?:is|am|are) ({_SLOT}) going to(?= [a-z])"), r"will \1"),
    (re.compile(rf"\b(?:call|calls|called) ({_SLOT}) (?:home|(?:{_SLOT}'s|his|her|their) home)\b"), r"live in \1"),
    (re.compile(rf"\b(?:whose payroll|whose employee) (is|was) ({_SLOT})(?: on)?\b"), r"who \1 \2 employed by"),
    (re.compile(rf"\bin whose employ (is|was) ({_SLOT})"), r"who \1 \2 employed by"),
    (re.compile(rf"\bbehind (?:the )?wheel of ((?:what|which)(?: [a-z]+)?) (is|was) ({_SLOT})"), r"\1 \2 \3 driving"),
    (re.compile(rf"\bon whose payroll (is|was) ({_SLOT})"), r"who \1 \2 employed by"),
    (re.compile(rf"\bwho (?:pays|paid|signs|signed) ({_SLOT})'s (?:salary|wages|paychecks?|paycheques?)\b"), r"who employed \1"),
    (re.compile(rf"\bwhose (?:husband|wife|spouse|husband or wife) (is|was) ({_SLOT})"), r"who \1 \2 married to"),
    (re.compile(rf"\b((?:which|what) (?:car|vehicle)) (?:belongs|belonged) to ({_SLOT})"), r"\1 did \2 have"),
    (re.compile(r"\b(?:is|was) it that\b"), " "),
    (re.compile(rf"^(before|after) ({_SLOT}) (.*)$"), r"\3 \1 \2"),
    (re.compile(rf"\b(?:which|what) employers? (do|does|did) ({_SLOT}) have\b"), r"who \1 \2 work for"),
    (re.compile(rf"\b(who|what|(?:which|what) [a-z]+) to be (?={_SLOT}'s)"), r"\1 is "),
    (re.compile(rf"\b(where|who|what|(?:which|what) [a-z]+) ({_SLOT}) to be\b"), r"\1 is \2"),
    (re.compile(rf"\b(where|whom?|what|(?:which|what) [a-z]+) ({_SLOT}) to\b"), r"\1 does \2"),
    (re.compile(rf"\b(?:put|set|lay|laid) ({_SLOT}) (?:down|aside)\b"), r"give up \1"),
    (re.compile(r"^(?:name|list|state|identify|say|give|specify) (?=(?:where|who|what|which|whatever|all|every|each|any|the|an?)\b)"), ""),
    (re.compile(rf"^(?:name|list|state|identify|say|give|specify) (?={_SLOT}'s )"), "what "),
    (re.compile(rf"^(?:(?:what|which|who) (?:is|was|were) )?{_ALL_OF}({_THINGS})"
                rf"{_IN_WHICH}(?= (?:{_SLOT}(?! )|{_SLOT} (?!$)|employ))"), r"which \1"),
    (re.compile(rf"^(what (?:(?:has |have |had )?changed|(?:is|was) different) (?:about|with|in|for|regarding)"
                rf"|(?:how )?(?:did|has|have|had|does)) (?:the )?({_THINGS}){_IN_WHICH}(?= {_SLOT} [a-z])"), r"\1 which \2"),
    (re.compile(rf"^(?:the )?names? of (?={_SLOT}'s )"), "what "),
    (re.compile(rf"\b(what|which) (city|town|village|place) (is|was) ({_SLOT})'s (?:home(?: address)?|address|residence|house)"
                r" (?:in|located in|located|situated in|situated)$"), r"\1 \2 \3 \4's home"),
    (re.compile(rf"\b(which|what)(?: (?:kind|sort|type|make|model) of)? (car|vehicle) (is|was) ({_SLOT})'s$"), r"\1 \2 did \4 drive"),
    (re.compile(rf"^(who|whom|what) ({_SLOT}'s [a-z ]+?) to be$"), r"\1 \2"),
    (re.compile(rf"\bon ({_SLOT})'s (payroll|staff|books)\b"), r"on \2 of \1"),
    (re.compile(rf" (?:the )?(?:company|firm|city|town) (?={_SLOT}$)"), " "),
    (re.compile(rf"\b(?:take|took) ({_SLOT}) on$"), r"hire \1"),
    (re.compile(rf"\bwhen (?:is|was) ({_SLOT})'s (?:last|final) day (?:at|with) ({_SLOT})$"), r"when did \1's job at \2 end"),
    (re.compile(rf"\bwhen (?:is|was) ({_SLOT})'s first day (?:at|with) ({_SLOT})$"), r"when did \1's job at \2 start"),
    (re.compile(rf"\bwhen was ({_SLOT})'s (?:wedding|marriage) (?:to|with) ({_SLOT})$"), r"when did \1's marriage to \2 start"),
    (re.compile(rf"({_SLOT})'s home ?town (?=change|evolve|differ)"), r"\1's home "),
    (re.compile(rf"\b(changed (?:about|with|in|for)) ({_SLOT})'s home ?town$"), r"\1 \2's home"),
    (re.compile(rf"^is there (?:an? |any )?({_THINGS}){_IN_WHICH} ({_SLOT} .*) and if so"
                r" (?:which|what|who|where)(?: one)?$"), r"which \1 \2"),
    (re.compile(r"^where (?:in (?:the )?world|on earth) "), "where "),
    (re.compile(r"\b(?:prior|previous) to (?=@)"), "before "),
    (re.compile(rf"^({_SLOT}) ((?:(?:is|was) )?[a-z]+(?: (?:for|to|in))?) (where|whom|who|what|(?:which|what) (?:{_THINGS}))"
                r"(?= (?:now|these days|nowadays|currently|at the moment|at present|today)$|$)"), r"\3 \1 \2"),
    (re.compile(rf"\b(has|had) ({_SLOT}) on (?:its|the|their) (?:payroll|books|staff)\b"), r"\1 \2 as an employee"),
    (re.compile(rf"\bhas ({_SLOT}) as an? employee\b"), r"employs \1"),
    (re.compile(rf"\bhad ({_SLOT}) as an? employee\b"), r"employed \1"),
    (re.compile(rf"\bhas ({_SLOT}) as an? resident\b"), r"is home to \1"),
    (re.compile(rf"\bhad ({_SLOT}) as an? resident\b"), r"was home to \1"),
    (re.compile(rf"^who has ({_SLOT}) as (?:an? |their )?spouse\b"), r"who is married to \1"),
    (re.compile(rf"^who had ({_SLOT}) as (?:an? |their )?spouse\b"), r"who was married to \1"),
    (re.compile(rf"\b(d(?:id|oes|o) {_SLOT}) happen to (?=[a-z])"), r"\1 "),
    (re.compile(rf"^(what|who|where) (?:is|was) it (?:that )?(?={_SLOT})"), r"\1 "),
    (re.compile(rf"\b(where|what) (?:had|has) ({_SLOT}'s [a-z ]+?) been\b"), r"\1 was \2"),
    (re.compile(rf"\b(?:make|made) ({_SLOT}) (?:his|her|their|{_SLOT}'s) home$"), r"settle in \1"),
    (re.compile(r" and how$"), ""),
    (re.compile(rf"^(?:(?:name|give|identify) |(?:what|who) (?:is|was) )?(?:the )?(?:name of )?(?:the )?person"
                rf" (?:who (?:is|was) )?married to ({_SLOT})$"), r"who was married to \1"),
    (re.compile(r"^whereabouts (?=(?:did|does|was|is|has|had) )"), "where "),
    (re.compile(rf" (?:whether|be it|in (?:the )?way of) (?:an? )?{_PLAYED}$"), ""),
    (re.compile(rf"^everything (?={_SLOT} )"), "what "),
    (re.compile(r"\band (?:where|what|who|whom|which)(?: [a-z]+)? *$|\b(?:and|versus|vs|compared to|compared with|as opposed to) *$"), ""),
]  # fmt: skip
_EARLIER = re.compile(r"\b(?:used to|use to|previously|formerly|once|previous|former|in past|before(?= *$))\b")
_FIRST = re.compile(r"\bfirst(?= [a-z]+ed\b| [a-z]+ (?:[a-z]+ ){0,2}@)")
_NOTHING_MORE = re.compile(
    r"\b(?:a|an|the|currently|current|present|presently|now|right now|at moment|at present|these days|nowadays|today|still|exactly"
    r"|precisely|ever|already|at time|back then|then|please|so far|at (?:some|any) time|at (?:some|any|one) point|anytime"
    r"|(?:look|looking|think|thinking|go|going) back|as (?:things|it|matters) stood|over years|in total|altogether)\b"
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
    if ours or held:
        words = re.sub(r"^(?:what )?(?:about|of|on|regarding) (?!@\w+$)", "", " ".join(words.split()))
        words = re.sub(r"^(where|who|whom|what|(?:which|what) [a-z]+) that (?=@)", r"\1 ", words)
    for pattern, meant in _REWORDED:
        words = pattern.sub(meant, " ".join(words.split()))
    words = re.sub(rf"\b(?:the )?((?:[a-z]+ ){{0,2}}[a-z]+) of ({_SLOT})(?!['\w])", _turned, words)
    earlier, first = _EARLIER.search(words) is not None, _FIRST.search(words) is not None
    for pattern in (_EARLIER, _FIRST, _NOTHING_MORE, _NOTHING_MORE):
        words = " ".join(pattern.sub(" ", words).split())
    forms = (
        form
        for role, pattern in (_STATED if stated else _READ)
        if (found := pattern.fullmatch(words))
        for form in _forms(role, found, known, held=held or ours)
    )
    form = next(forms, None)
    return None if form is None or (first and form.role is not Role.WHEN) else replace(form, earlier=earlier, first=first)


def _turned(found: re.Match[str]) -> str:
    """Turns "the employer of Alice" into "Alice's employer", where that is a noun of the tables."""
    *before, noun = found[1].split()
    for size in range(len(before), -1, -1):
        whole = " ".join((*before[len(before) - size :], noun))
        if _by_noun(whole, frozenset()) is not None:
            return " ".join((*before[: len(before) - size], f"{found[2]}'s {whole}"))
    return found[0]


def _forms(role: Role, found: re.Match[str], known: Collection[str], *, held: bool) -> Iterator[Form]:
    """What the words may ask; the first is taken."""
    parts = found.groupdict()
    when = (parts.get("when") or "").partition(" ")[0]
    base = Form(
        role,
        subject=parts.get("s") or parts.get("all") or "",
        object=parts.get("o") or "",
        tense=_tense(parts),
        by_then=parts.get("aux") == "had",
        until=when in {"until", "till", "up"},
        since=when in {"since", "from"},
        beside=(parts["side"] or "", parts["other"] or "") if parts.get("side") else None,
    )
    if role is Role.ALL:
        yield from [base] if held or not parts["what"] else []
    elif parts.get("all"):
        yield base
    elif parts.get("n") in STAYS:
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


def _of_stay(base: Form, parts: dict[str, str | None]) -> Iterator[Form]:
    """Reads "When did her job at Acme end?"."""
    verb = parts.get("v") or ""
    edge = Edge.WHOLE if not verb else Edge.START if verb in {"start", "begin", "first", "began", "started"} else Edge.END
    yield replace(base, predicates=(STAYS[parts["n"] or ""],), edge=edge)


def _nominal(base: Form, parts: dict[str, str | None], known: Collection[str]) -> Iterator[Form]:
    """Reads "Who is her employer?", "Is Bob her manager?", "How did her job change?"."""
    noun = parts["n"] or ""
    embedded = base.role is Role.OBJECT and not parts.get("wh")
    predicate = _by_noun(noun, known, changing=base.role is Role.CHANGES or embedded)
    if predicate is None or (base.role is Role.YES and SEXED.search(noun)):
        return
    wh, asked = parts.get("wh") or "", parts.get("noun") or ""
    if asked and not _noun_asks(asked, predicate):
        return
    if wh == "where" and predicate not in {"lives_in", "works_for"}:
        return
    turn = parts.get("v")
    yield replace(
        base, predicates=(predicate,), edge=Edge.WHOLE if turn is None else Edge.START if turn in {"become", "became"} else Edge.END
    )


def _by_noun(noun: str, known: Collection[str], *, changing: bool = False) -> str | None:
    """The predicate whose object the noun is."""
    for table in (NOUNS, CHANGING) if changing else (NOUNS,):
        for predicate, nouns in table.items():
            if re.fullmatch(nouns, noun):
                return predicate
    name = noun.replace(" ", "_")
    for wording in (name, f"has_{name}"):
        if wording in known or canonical(wording).name != wording:
            return wording
    return None


def _verbal(base: Form, parts: dict[str, str | None], known: Collection[str]) -> Iterator[Form]:
    """Reads what has a verb: by what it may mean, in this kind of question."""
    being = "be " if parts.get("aux") in {"is", "are", "am", "was", "were"} or parts.get("be") else ""
    if base.role is Role.CHANGES:
        predicates = _changing([f"{being}{each}" for each in _alternatives(parts["v"] or "")], known) or _by_asked(parts, known)
        yield from (replace(base, predicates=(name,)) for name in predicates if len(predicates) == 1 and _is_such(parts, name))
        return
    for verb in _meant(f"{being}{parts['v']}", known, parts.get("pre") or "", parts.get("wh") or ""):
        if base.role in verb.roles and _fits(base, parts, verb) and all(_is_such(parts, name) for name in verb.predicates):
            yield _directed(base, verb, (parts.get("noun") or "") if base.role is Role.OBJECT else "")


def _is_such(parts: dict[str, str | None], predicate: str) -> bool:
    """Whether the object of the predicate is what a noun beside it says: "Is Lisbon the city that she lives in?"."""
    thing = parts.get("thing")
    return thing is None or (_noun_asks(thing, predicate) and re.fullmatch(_SAYS_NO_MORE, thing) is not None)


def _changing(verbs: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """The predicates that every one of the verbs may mean."""
    meant = [set(next((verb.predicates for verb in _meant(said, known)), ())) for said in verbs]
    return tuple(sorted(set.intersection(*meant)))


def _alternatives(words: str) -> list[str]:
    """Turns "start or stop playing" into "start playing", "stop playing"."""
    first, _, second = words.replace(" and ", " or ", 1).partition(" or ")
    if not second:
        return [words]
    edge, _, rest = second.partition(" ")
    return [f"{first} {rest}" if rest and edge in _ENDING | _STARTING and first in _ENDING | _STARTING else first, second]


def _by_asked(parts: dict[str, str | None], known: Collection[str]) -> tuple[str, ...]:
    """The predicate that the noun says: "Which jobs did she start or leave?"."""
    predicate = _by_noun(parts.get("noun") or "", known, changing=True)
    edges = _STARTING | _ENDING | {"leave", "left", "take up", "give up", "change"}
    every = all(each in edges for each in re.split(r" (?:or|and) ", parts["v"] or ""))
    return (predicate,) if predicate is not None and every else ()


_STARTING = frozenset({"start", "started", "starts", "begin", "began", "begun", "begins"})
_LASTING = frozenset({"spend", "spent", "keep", "kept", "continue", "continued", "stay", "stayed", "remain", "remained"})
_ENDING = frozenset({"stop", "stopped", "stops", "cease", "ceased", "finish", "finished", "quit"})


def _meant(said: str, known: Collection[str], preposition: str = "", wh: str = "") -> Iterator[Verb]:
    """What a verb may mean: by the table, by its own words, and as the start or the end of either."""
    whole = f"{said} {preposition}".strip()
    yield from (verb for verb in VERBS if verb.words.fullmatch(whole))
    first, _, rest = _as_one_word(said).partition(" ")
    if first in _LASTING and rest.partition(" ")[0].endswith(("ing", "ed")):
        yield from (replace(verb, roles=frozenset({Role.LONG})) for verb in _meant(f"be {rest}", known) if verb.edge is Edge.WHOLE)
    if first in _STARTING | _ENDING and rest:
        edge = Edge.START if first in _STARTING else Edge.END
        inner = f"be {rest}" if rest.partition(" ")[0].endswith("ing") else rest.removeprefix("to ")
        if inner.startswith("be being "):
            inner = inner.replace("being ", "", 1)
        yield from (replace(verb, edge=edge) for verb in _meant(inner, known, preposition, wh) if verb.edge is Edge.WHOLE)
    own = tuple(dict.fromkeys(name for name in _by_own_words(whole, known, wh) if canonical(name).name not in NOUNS))
    if own:
        yield Verb(_ANY, own)


def _as_one_word(said: str) -> str:
    """Turns "give up driving" into "stop driving", and so on for what starts and goes on."""
    for pattern, word in _TWO_WORDS:
        said = pattern.sub(word, said)
    return said


_TWO_WORDS = [
    (re.compile(r"^(?:give|gave|given) up (?=\w+ing\b)"), "stop "),
    (re.compile(r"^(?:switch|switched|take|took) to (?=\w+ing\b)"), "start "),
    (re.compile(r"^(?:carry|carried|keep|kept|go|went) on (?=\w+ing\b)"), "keep "),
]


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


def _fits(base: Form, parts: dict[str, str | None], verb: Verb) -> bool:
    """Whether the verb has as many ends as it needs, and the question word may ask for the one that is not named."""
    wh, noun = parts.get("wh") or "", parts.get("noun") or ""
    if parts.get("and"):
        return Trait.PAIR in verb.traits
    if base.role in {Role.WHEN, Role.LONG, Role.YES}:
        unfit = {Trait.PAIR, Trait.NOUN} | (set() if parts.get("which") else {Trait.BARE})
        return not verb.traits & unfit if base.object else Trait.ALONE in verb.traits
    asked = base.role if Trait.INVERSE not in verb.traits else _OTHER_END[base.role]
    if asked is Role.SUBJECT:
        return wh in {"who", "whom"} and not verb.traits & {Trait.BARE, Trait.PAIR, Trait.NOUN}
    if Trait.PAIR in verb.traits:
        return False
    return any(_asks(wh, noun, replace(verb, predicates=(name,))) for name in verb.predicates)


def _asks(wh: str, noun: str, verb: Verb) -> bool:
    """Whether the question word may ask for the object of the predicate."""
    predicate = verb.predicates[0]
    if noun:
        return _noun_asks(noun, predicate)
    if Trait.NOUN in verb.traits:
        return False
    if predicate not in ASKED_BY:
        return wh in {"who", "whom", "what"} or (wh == "where" and predicate.endswith(("_in", "_at")))
    return wh in ASKED_BY[predicate][0].split() and not (Trait.BARE in verb.traits and wh in {"who", "whom"})


def _noun_asks(noun: str, predicate: str) -> bool:
    return predicate in ASKED_BY and re.fullmatch(ASKED_BY[predicate][1], noun) is not None


def _directed(base: Form, verb: Verb, noun: str) -> Form:
    """The form with the predicates that the noun may ask for, and their ends, where the verb has them the other way about."""
    predicates = tuple(name for name in verb.predicates if not noun or _noun_asks(noun, name))
    form = replace(base, predicates=predicates, edge=verb.edge)
    if Trait.INVERSE not in verb.traits:
        return form
    return replace(form, role=_OTHER_END.get(form.role, form.role), subject=form.object, object=form.subject)


_OTHER_END = {Role.OBJECT: Role.SUBJECT, Role.SUBJECT: Role.OBJECT}
