"""Many ways to ask, made into few: the same question in words that `phrasing` has forms for. Pure.

A rule that says more or less than the words it stands for would have another question answered. `tests/unit/retrieval/test_asserting.py`
has questions that are close to these, and must not be.
"""

import re

SLOT = r"@\w+"
"""Stands for an entity that the question names."""

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
    (re.compile(rf"\b(which|what) (city|town|place) {_HAD_FOR} ({SLOT})(?!'s)"), r"\1 \2 was \3's home"),
    (re.compile(rf"\b(which|what) (?:company|firm) {_HAD_FOR} ({SLOT})(?!'s)"), r"what was \2's employer"),
    (re.compile(rf"\b(?:which|what) (car|vehicle|employer|spouse|address|home) {_HAD_FOR} ({SLOT})(?!'s)"), r"what was \2's \1"),
    (re.compile(rf"\b(?:what|which|whose) (?:name|names|entry|details?|information) {_HAD_FOR}\b"), "what about"),
    (re.compile(rf"\bdid (?:our|the) {_BELIEF} (?:have|show|list|give|name|hold|state) as\b"), "was"),
    (re.compile(rf"\b((?:which|what) {_PLAYED}) did we have ({SLOT}) down for\b"), r"\1 did \2 play"),
    (re.compile(r"\bdid we (?:take|hold|consider) to be\b"), "was"),
    (re.compile(r"\bas far as (?:was|is) (?:known|believed|understood|recorded)\b"), " "),
    (re.compile(rf"^where did (?:our|the) {_BELIEF} (?:place|put|have) ({SLOT})$"), r"where did \1 live"),
    (re.compile(rf"\bdid (?:our|the) {_BELIEF} have ({SLOT}) (?=\w+ing\b)"), r"was \1 "),
    (re.compile(rf"\bwould ({SLOT}) have been (?=\w+ing\b)"), r"was \1 "),
    (re.compile(r"\b(?:at|in|by|with|given) the (?:then )?state of(?: our)? knowledge\b"), " "),
    (re.compile(rf"\b(?:is|was) on our {_BELIEF} (?:about|regarding|for)\b|\b(?:is|was) on our books (?:about|regarding|for)\b"), "about"),
    (re.compile(rf"\bwas ({SLOT}) (?:down|listed|recorded|noted|on (?:file|record)) as (?=\w+ing\b)"), r"was \1 "),
    (re.compile(r"\bas (?:things|matters) were (?:known|believed|understood|recorded)\b"), " "),
    (re.compile(r"\bwhat (?:were|was) (?:we|i) aware of (?:about|regarding|as to|concerning)\b"), "what about"),
    (re.compile(r"\b(?:was|is) on (?:record|file|books) as\b"), "was"),
    (re.compile(r"\b(?:was|is) it (?:believed|thought|known|assumed|understood) that\b"), " "),
    (re.compile(r"\b(?:known|believed|thought|recorded|assumed) to be *$|\bif asked\b"), " "),
    (re.compile(r"\bwhat had we (?:been told|heard|learned|learnt) (?:about|of)\b"), "what about"),
    (re.compile(rf"\b(which|what) {_ON_RECORD} ({SLOT})"), r"\1 was \3's \2"),
    (re.compile(r"\bdid we have on (?:file|record) (?:for|about|as)\b"), "about"),
    (re.compile(rf"\bdid (?:our|the) {_BELIEF} (?:say|show)(?: that)?\b"), " "),
    (re.compile(rf"\bwhat (?:(?:was|were|is) our (?:best )?{_BELIEF}|were we told) (?:about|of|on|regarding|as to)\b"), "what about"),
    (re.compile(rf"\bwhat did (?:our|the) {_BELIEF} (?:say|show|have|hold|contain) (?:about|of|on|regarding)\b"), "what about"),
    (re.compile(rf"\bdid we {_KNOW} to be\b"), "was"),
    (re.compile(rf"\bdid we {_KNOW} ({SLOT}) to be\b"), r"was \1"),
    (re.compile(rf"\bdid we {_KNOW} ({SLOT}) to\b"), r"did \1"),
    (re.compile(rf"\b(?:with|given|on|from|by) (?:the )?{_BELIEF} (?:that )?(?:we had|available|at hand)\b"), " "),
    (re.compile(r"\bdid we have (?:(?:down|listed|recorded) )?as\b"), "was"),
    (re.compile(rf"\bdid we have ({SLOT}) (?=\w+ing\b)"), r"was \1 "),
    (re.compile(r"\b(?:was|is) (?:known|listed|recorded|given|believed|thought) (?:as|to be)\b"), "was"),
    (re.compile(rf"\b(?:did|do|had|would) (?:we|i|you) (?:already |still |then )?{_KNOW}(?: that)?\b"), " "),
    (re.compile(rf"\b(?:we|i|you) {_KNEW}(?: that)?\b"), " "),
    (re.compile(rf"\b(?:{_GOING_BY}|with|in|by|per|to|to the best of|as of) (?:our|the) (?:best )?{_BELIEF}(?: as it stood)?\b"), " "),
    (re.compile(rf"\b(?:is|was|are|were) ({SLOT}) {_HELD_TO} be\b"), r"was \1"),
    (re.compile(rf"\b(?:is|was|are|were) ({SLOT}) {_HELD_TO}\b"), r"did \1"),
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
SAYS_NO_MORE = rf"cit(?:y|ies)|towns?|places?|compan(?:y|ies)|firms?|employers?|cars?|vehicles?|{_PLAYED}"
"""Nouns that say no more than the predicate does; "country" and "man" do."""
_IN_WHICH = r"(?: (?:(?:in|for|at|to|by) (?:which|whom)|that|which|where|whom|who))?"
_REWORDED = [
    # Words that mean another thing together.
    (re.compile(rf"\bwhat (is|was) the name of (?={SLOT}'s)"), r"what \1 "),
    (re.compile(rf"\bmarriage (?:of|between) ({SLOT}) and ({SLOT})"), r"\1's marriage to \2"),
    (re.compile(rf"\b(?:is|am|are) ({SLOT}) going to(?= [a-z])"), r"will \1"),
    (re.compile(rf"\b(?:call|calls|called) ({SLOT}) (?:home|(?:{SLOT}'s|his|her|their) home)\b"), r"live in \1"),
    (re.compile(rf"\b(?:whose payroll|whose employee) (is|was) ({SLOT})(?: on)?\b"), r"who \1 \2 employed by"),
    (re.compile(rf"\bin whose employ (is|was) ({SLOT})"), r"who \1 \2 employed by"),
    (re.compile(rf"\bbehind (?:the )?wheel of ((?:what|which)(?: [a-z]+)?) (is|was) ({SLOT})"), r"\1 \2 \3 driving"),
    (re.compile(rf"\bon whose payroll (is|was) ({SLOT})"), r"who \1 \2 employed by"),
    (re.compile(rf"\bwho (?:pays|paid|signs|signed) ({SLOT})'s (?:salary|wages|paychecks?|paycheques?)\b"), r"who employed \1"),
    (re.compile(rf"\bwhose (?:husband|wife|spouse|husband or wife) (is|was) ({SLOT})"), r"who \1 \2 married to"),
    (re.compile(rf"\b((?:which|what) (?:car|vehicle)) (?:belongs|belonged) to ({SLOT})"), r"\1 did \2 have"),
    (re.compile(r"\b(?:is|was) it that\b"), " "),
    (re.compile(rf"^(before|after) ({SLOT}) (.*)$"), r"\3 \1 \2"),
    (re.compile(rf"\b(?:which|what) employers? (do|does|did) ({SLOT}) have\b"), r"who \1 \2 work for"),
    (re.compile(rf"\b(who|what|(?:which|what) [a-z]+) to be (?={SLOT}'s)"), r"\1 is "),
    (re.compile(rf"\b(where|who|what|(?:which|what) [a-z]+) ({SLOT}) to be\b"), r"\1 is \2"),
    (re.compile(rf"\b(where|whom?|what|(?:which|what) [a-z]+) ({SLOT}) to\b"), r"\1 does \2"),
    (re.compile(rf"\b(?:put|set|lay|laid) ({SLOT}) (?:down|aside)\b"), r"give up \1"),
    (re.compile(r"^(?:name|list|state|identify|say|give|specify) (?=(?:where|who|what|which|whatever|all|every|each|any|the|an?)\b)"), ""),
    (re.compile(rf"^(?:name|list|state|identify|say|give|specify) (?={SLOT}'s )"), "what "),
    (re.compile(rf"^(?:(?:what|which|who) (?:is|was|were) )?{_ALL_OF}({_THINGS})"
                rf"{_IN_WHICH}(?= (?:{SLOT}(?! )|{SLOT} (?!$)|employ))"), r"which \1"),
    (re.compile(rf"^(what (?:(?:has |have |had )?changed|(?:is|was) different) (?:about|with|in|for|regarding)"
                rf"|(?:how )?(?:did|has|have|had|does)) (?:the )?({_THINGS}){_IN_WHICH}(?= {SLOT} [a-z])"), r"\1 which \2"),
    (re.compile(rf"^(?:the )?names? of (?={SLOT}'s )"), "what "),
    (re.compile(rf"\b(what|which) (city|town|village|place) (is|was) ({SLOT})'s (?:home(?: address)?|address|residence|house)"
                r" (?:in|located in|located|situated in|situated)$"), r"\1 \2 \3 \4's home"),
    (re.compile(rf"\b(which|what)(?: (?:kind|sort|type|make|model) of)? (car|vehicle) (is|was) ({SLOT})'s$"), r"\1 \2 did \4 drive"),
    (re.compile(rf"^(who|whom|what) ({SLOT}'s [a-z ]+?) to be$"), r"\1 \2"),
    (re.compile(rf"\bon ({SLOT})'s (payroll|staff|books)\b"), r"on \2 of \1"),
    (re.compile(rf" (?:the )?(?:company|firm|city|town) (?={SLOT}$)"), " "),
    (re.compile(rf"\b(?:take|took) ({SLOT}) on$"), r"hire \1"),
    (re.compile(rf"\bwhen (?:is|was) ({SLOT})'s (?:last|final) day (?:at|with) ({SLOT})$"), r"when did \1's job at \2 end"),
    (re.compile(rf"\bwhen (?:is|was) ({SLOT})'s first day (?:at|with) ({SLOT})$"), r"when did \1's job at \2 start"),
    (re.compile(rf"\bwhen was ({SLOT})'s (?:wedding|marriage) (?:to|with) ({SLOT})$"), r"when did \1's marriage to \2 start"),
    (re.compile(rf"({SLOT})'s home ?town (?=change|evolve|differ)"), r"\1's home "),
    (re.compile(rf"\b(changed (?:about|with|in|for)) ({SLOT})'s home ?town$"), r"\1 \2's home"),
    (re.compile(rf"^is there (?:an? |any )?({_THINGS}){_IN_WHICH} ({SLOT} .*) and if so"
                r" (?:which|what|who|where)(?: one)?$"), r"which \1 \2"),
    (re.compile(r"^where (?:in (?:the )?world|on earth) "), "where "),
    (re.compile(r"\b(?:prior|previous) to (?=@)"), "before "),
    (re.compile(rf"^({SLOT}) ((?:(?:is|was) )?[a-z]+(?: (?:for|to|in))?) (where|whom|who|what|(?:which|what) (?:{_THINGS}))"
                r"(?= (?:now|these days|nowadays|currently|at the moment|at present|today)$|$)"), r"\3 \1 \2"),
    (re.compile(rf"\b(has|had) ({SLOT}) on (?:its|the|their) (?:payroll|books|staff)\b"), r"\1 \2 as an employee"),
    (re.compile(rf"\bhas ({SLOT}) as an? employee\b"), r"employs \1"),
    (re.compile(rf"\bhad ({SLOT}) as an? employee\b"), r"employed \1"),
    (re.compile(rf"\bhas ({SLOT}) as an? resident\b"), r"is home to \1"),
    (re.compile(rf"\bhad ({SLOT}) as an? resident\b"), r"was home to \1"),
    (re.compile(rf"^who has ({SLOT}) as (?:an? |their )?spouse\b"), r"who is married to \1"),
    (re.compile(rf"^who had ({SLOT}) as (?:an? |their )?spouse\b"), r"who was married to \1"),
    (re.compile(rf"\b(d(?:id|oes|o) {SLOT}) happen to (?=[a-z])"), r"\1 "),
    (re.compile(rf"^(what|who|where) (?:is|was) it (?:that )?(?={SLOT})"), r"\1 "),
    (re.compile(rf"\b(where|what) (?:had|has) ({SLOT}'s [a-z ]+?) been\b"), r"\1 was \2"),
    (re.compile(rf"\b(?:make|made) ({SLOT}) (?:his|her|their|{SLOT}'s) home$"), r"settle in \1"),
    (re.compile(r" and how$"), ""),
    (re.compile(rf"^(?:(?:name|give|identify) |(?:what|who) (?:is|was) )?(?:the )?(?:name of )?(?:the )?person"
                rf" (?:who (?:is|was) )?married to ({SLOT})$"), r"who was married to \1"),
    (re.compile(r"^whereabouts (?=(?:did|does|was|is|has|had) )"), "where "),
    (re.compile(rf" (?:whether|be it|in (?:the )?way of) (?:an? )?{_PLAYED}$"), ""),
    (re.compile(rf"^everything (?={SLOT} )"), "what "),
    (re.compile(r"\band (?:where|what|who|whom|which)(?: [a-z]+)? *$|\b(?:and|versus|vs|compared to|compared with|as opposed to) *$"), ""),
]  # fmt: skip


def without_lead(words: str) -> str:
    """The words without what only says that they are a question: "Can you tell me …"."""
    return _LEAD.sub("", words)


def reworded(words: str, *, ours: bool, held: bool) -> str:
    """The question in other words, as few as there are for what it asks.

    Args:
        words, ours, held: as of `phrasing.read_form`.
    """
    for pattern, meant in _OURS if ours else ():
        words = pattern.sub(meant, words)
    if ours or held:
        words = re.sub(r"^(?:what )?(?:about|of|on|regarding) (?!@\w+$)", "", " ".join(words.split()))
        words = re.sub(r"^(where|who|whom|what|(?:which|what) [a-z]+) that (?=@)", r"\1 ", words)
    for pattern, meant in _REWORDED:
        words = pattern.sub(meant, " ".join(words.split()))
    return words
