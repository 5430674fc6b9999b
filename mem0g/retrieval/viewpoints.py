"""Whose belief a question asks for, and whether it asks for what was believed: "what did Alice think", "what did we know". Pure."""

import re
from dataclasses import dataclass

_NO_NAME = (
    r"(?!(?:Where|Who|Whom|Whose|What|When|Which|Why|How|Does|Did|Do|Is|Are|Was|Were|Has|Have|Had|According|In|By|For|As|To|On|At|From|If|The"
    r"|And|Would|Could|Back|During|I|We|You|He|She|They|It|Ask|Asked|Per|Tell|Going|Judging|Based|Since|Until|After|Before|Of|Listening"
    r"|Looking|January|February|March|April|May|June|July|August|September|October|November|December)\b)"
)
_WORD_OF_NAME = rf"{_NO_NAME}[A-ZÀ-ÖØ-Þ][\w.-]*(?:['’][A-Z]\w*)?"
_NAME = rf"(?P<name>{_WORD_OF_NAME}(?: {_WORD_OF_NAME}){{0,3}})"
_ADVERB = r"(?:(?i:still|really|now|currently|then|also|actually|once|always|already|himself|herself|today|presently|nowadays) )*"
_THINK = r"(?i:think|believe|suppose|reckon|assume|claim|maintain|imagine|guess|presume|suspect|conclude|insist)"
_SAY = r"(?i:say|state|report|swear|tell us|tell you)"
_SAID = r"(?i:said|stated|reported|swore|told us|told you)"
_SAY = r"(?i:say|state|report|swear|tell us|tell you)"
_SAID = r"(?i:said|stated|reported|swore|told us|told you)"
_SAY = r"(?i:say|state|report|swear|tell us|tell you)"
_SAID = r"(?i:said|stated|reported|swore|told us|told you)"
_SURE = r"(?i:sure|convinced|certain|of the opinion|under the impression|claiming|saying|thinking|of the view|of the belief)"
_THINKS = rf"(?i:thinks|believes|supposes|reckons|assumes|claims|maintains|imagines|guesses|insists|presumes|suspects|concludes|is {_SURE})"
_THOUGHT = (
    r"(?i:thought|believed|supposed|reckoned|assumed|claimed|maintained|imagined|guessed|insisted|presumed|suspected|concluded"
    rf"|was {_SURE})"
)
_OF = rf"(?: (?i:that|where|who|which|what|whom))?(?: (?i:is|was))?(?= {_WORD_OF_NAME}| (?:he|she|they|I|we|you)\b)"
"""After "says": what someone says of somebody is a belief; what was said to somebody, or of a thing, is not."""
_VIEW = (
    r"(?i:view|views|opinion|belief|beliefs|understanding|point of view|perspective|standpoint|estimation|reckoning|assumption|impression"
    r"|version|conviction|assessment|guess|claim|claims|judgement|judgment)"
)
_WORDS = (
    r"(?i:mind|eyes|words|telling|book|head|knowledge|story|recollection|take|idea|notion|thinking|reading|word|statement|statements|account"
    r"|report|reports|estimate|say-so|view)"
)
_HELD = [
    # What someone believes, and whether it is said of the past.
    (re.compile(rf"\b(?i:did|had|would|might) {_ADVERB}{_NAME} {_ADVERB}(?:{_THINK}\b|{_SAY}{_OF})"), True),
    (re.compile(rf"\b(?i:does|do|will|can) {_ADVERB}{_NAME} {_ADVERB}(?:{_THINK}\b|{_SAY}{_OF})"), False),
    (re.compile(rf"\b(?i:does|do|did) {_ADVERB}{_NAME} (?i:have|put|place|locate|name|list) {_WORD_OF_NAME}"), False),
    (re.compile(rf"\b(?i:does|did) {_NAME} (?i:take|consider|hold) {_WORD_OF_NAME}(?=.* to be\b)"), False),
    (re.compile(rf"\b(?i:does|has|did) {_NAME} (?i:say|said|tell us|told us) (?i:about|of)(?= (?i:where|who|whom|what|which)\b)"), False),
    (re.compile(rf"\b(?i:does|has) {_NAME} (?i:say|said) (?i:about|of) {_WORD_OF_NAME}"), False),
    (re.compile(rf"\b(?i:would|will) {_NAME} (?i:say|tell us|tell you|answer)\b"), False),
    (re.compile(rf"\b(?i:if) {_NAME} (?i:is|were|was) (?i:right|correct|to be believed|to be trusted)\b"), False),
    (re.compile(rf"\b(?i:was|were|had) {_NAME} {_ADVERB}(?i:been )?{_SURE}"), True),
    (re.compile(rf"\b(?i:is|are) {_NAME} {_ADVERB}{_SURE}"), False),
    (re.compile(rf"\b{_NAME} {_ADVERB}(?:{_THINKS}\b|(?i:says|states|reports|swears){_OF})"), False),
    (re.compile(rf"(?<!was )(?<!were )(?<!is )\b{_NAME} {_ADVERB}(?:{_THOUGHT}\b(?! to\b)|{_SAID}{_OF})"), True),
    (re.compile(rf"\b(?i:according to|in the (?:eyes|view|opinion|mind|words|book|belief) of) {_NAME}"), False),
    (re.compile(rf"\b(?i:going by|judging by|as told by|as per) {_NAME}"), False),
    (re.compile(rf"\b(?i:(?:as )?(?:claimed|believed|seen|stated|reported|thought|assumed) by) {_NAME}"), False),
    (re.compile(rf"\b(?i:if (?:you|we|one|i|anyone) (?:were to )?(?:ask|believe|trust)(?:ed)?) {_NAME}"), False),
    (re.compile(rf"\b(?i:(?:claimed|told|said) by) {_NAME}"), False),
    (re.compile(rf"\b(?i:as|way) {_NAME} (?i:sees|tells|has|understands|puts|knows) it\b"), False),
    (re.compile(rf"\b{_NAME} (?i:would|might|will) (?i:say|tell|claim|answer)\b"), False),
    (re.compile(rf"^(?i:ask|asking) {_NAME}(?= (?i:where|who|what|which|whom))"), False),
    (re.compile(rf"\b(?i:what(?:['’]s| is)) {_NAME}['’]s? {_WORDS} (?i:of|about|on|as to|regarding)\b"), False),
    (re.compile(rf"^(?i:ask|asking|trusting|believing|listening to|per|for|to) {_NAME}[,:]"), False),
    (re.compile(rf"\b(?i:what|which|who|where) (?i:was|were) {_NAME}['’]s? (?i:(?:own|best|personal) )?{_VIEW}\b"), True),
    (re.compile(rf"\b{_NAME}['’]s? (?i:(?:own|current|best|personal|present) )?{_VIEW}\b"), False),
    (re.compile(rf"\b(?i:in|from|by|to|on|at|per) {_NAME}['’]s? (?i:(?:own|current|best|personal) )?{_WORDS}\b"), False),
    (re.compile(rf"\b(?i:as far as) {_NAME} (?i:knows|is aware|is concerned|can tell|can say)\b"), False),
    (re.compile(rf"\b(?i:as far as) {_NAME} (?i:knew|was aware|was concerned|could tell|could say)\b"), True),
]  # fmt: skip
_US = r"(?:we|i|you|one|anyone|anybody|everyone|everybody|mem0g|(?:the|this|our|your) (?:system|memory|record|records|graph|ledger|agent))"
_KNOW = (
    r"(?:know|believe|think|aware|told|sure|suppose|assume|understand|say|said|answer|answered|certain|informed|known|believed|thought|listed"
    r"|recorded|record|noted|convinced|under the impression|presume|reckon|on record|on file|picture|imagine|contain"
    r"|have (?:for|on|down|as|recorded|listed|\w+ (?:living|working|driving|playing|married|employed|down|listed)))"
)
_KNEW = (
    r"(?:knew|had been told|had heard|believed|thought|assumed|understood|were aware|was aware|had (?:for|on|down|as|recorded|listed)"
    r"|were told|were sure|recorded|noted|reckoned|presumed|showed|listed)"
)
_KNOWN = r"(?:known|believed|thought|understood|recorded|assumed|on record|on file|on the books|documented|listed|presumed)"
_OURS = (
    r"(?:knowledge|beliefs?|understanding|information|records?|memory|notes|picture|data|view|assumptions?|files?|books|impression"
    r"|answers?)"
)
_KNOWN_THEN = re.compile(
    rf"\b(?:did|had|would|could|were|was|might) {_US}(?: \w+){{0,3}} {_KNOW}\b|\b{_US}(?: \w+){{0,2}} {_KNEW}\b"
    rf"|\b{_US}['’]d (?:been told|heard|known|have said)\b"
    rf"|\b(?:was|were|been|be|as)(?: [\w'’.-]+){{0,4}} {_KNOWN}\b|\bour(?: \w+)? {_OURS}\b"
    rf"|\b(?:state of(?: our)? knowledge|knowledge|records?|information|beliefs?) (?:as of|on|of|at|from|by|stood|available|dated|as it)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """Words that say whose belief, or whose knowledge, is asked for.

    Attributes:
        holder: the name as written; None where it is what was known.
        start, end: where the words stand.
        past: they ask for what was believed or known, so a time beside them is a known time.
        name_start: where the holder's name stands; -1 where there is none.
    """

    holder: str | None
    start: int
    end: int
    past: bool
    name_start: int = -1


def viewpoint(question: str) -> Viewpoint | None:
    """Whose belief is asked for; None where it is what is so."""
    for pattern, past in _HELD:
        if found := pattern.search(question):
            return Viewpoint(found["name"], found.start(), found.end(), past, found.start("name"))
    if found := _KNOWN_THEN.search(question):
        return Viewpoint(None, found.start(), found.end(), past=True)
    return None
