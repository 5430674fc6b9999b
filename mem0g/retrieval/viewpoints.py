"""Whose belief a question asks for, and whether it asks for what was believed: "what did Alice think", "what did we know". Pure."""

import re
from dataclasses import dataclass

_NO_NAME = (
    r"(?!(?:Where|Who|Whom|Whose|What|When|Which|Why|How|Does|Did|Do|Is|Are|Was|Were|Has|Have|Had|According|In|By|For|As|To|On|At|From|If|The"
    r"|And|Would|Could|Back|During|I|We|You|He|She|They|It|Ask|Asked|Per|Tell|Going|Judging|Based|Since|Until|After|Before|Of|Listening"
    r"|Looking|January|February|March|April|May|June|July|August|September|October|November|December)\b)"
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_WORD_OF_NAME = rf"{_NO_NAME}[A-ZÀ-ÖØ-Þ][\w.-]*(?:['’][A-Z]\w*)?"
_NAME = rf"(?P<name>{_WORD_OF_NAME}(?: {_WORD_OF_NAME}){{0,3}})"
_ADVERB = r"(?:(?i:still|ever|really|now|currently|then|also|actually|once|always|already|himself|herself|today|presently|nowadays) )*"
_THINK = r"(?i:think|believe|suppose|reckon|assume|claim|maintain|imagine|guess|presume|suspect|conclude|insist)"
_SAY = r"(?i:say|state|report|swear|tell us|tell you)"
_SAID = r"(?i:said|stated|reported|swore|told us|told you)"
_SURE = r"(?i:sure|convinced|certain|of the opinion|under the impression|claiming|saying|thinking|of the view|of the belief)"
_THINKS = rf"(?i:thinks|believes|supposes|reckons|assumes|claims|maintains|imagines|guesses|insists|presumes|suspects|concludes|is {_SURE})"
_THOUGHT = (
    r"(?i:thought|believed|supposed|reckoned|assumed|claimed|maintained|imagined|guessed|insisted|presumed|suspected|concluded"
    rf"|was {_SURE})"
)
_OF = rf"(?: (?i:that|where|who|which|what|whom))?(?: (?i:is|was))?(?= {_WORD_OF_NAME}| (?:he|she|they|I|we|you)\b)"
"""After "says": a pronoun or a word with a capital, of whom or of what something is said, "Bob says Acme is in Oslo" too. What was said to
somebody ("What did Alice say to Bob?"), or of what has no capital, is no belief."""
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
    (
        re.compile(
            rf"\b(?i:according to|going by|judging by|based on|from|by) (?i:what) {_NAME} "
            rf"(?i:says|believes|thinks|claims|assumes|tells us|has said|has told us)\b"
        ),
        False,
    ),
    (
        re.compile(
            rf"\b(?i:if (?:we|you|one|i|anyone) (?:(?:are|were|is) to )?"
            rf"(?:go by|goes by|went by|trusts?|believes?|takes?|rely on|listen to)) {_NAME}"
            rf"(?:['’]s? (?i:word|account|version|telling)(?i: for it)?)?"
        ),
        False,
    ),
    (re.compile(rf"\b(?i:if) {_NAME} (?i:has|had|has got) it right\b"), False),
    (re.compile(rf"\b(?i:to hear) {_NAME} (?i:tell it)\b"), False),
    (re.compile(rf"\b(?i:would|does|will) {_NAME} (?i:name|give|list|put down) (?i:as)\b"), False),
    (re.compile(rf"\b(?i:did|had|would|might) {_ADVERB}{_NAME} {_ADVERB}(?:{_THINK}\b|{_SAY}{_OF})"), True),
    (re.compile(rf"\b(?i:does|do|will|can) {_ADVERB}{_NAME} {_ADVERB}(?:{_THINK}\b|{_SAY}{_OF})"), False),
    (re.compile(rf"\b(?i:does|do|did|would) {_ADVERB}{_NAME} (?i:have|put|place|locate|name|list)(?= {_WORD_OF_NAME})"), False),
    (re.compile(rf"\b(?i:does|did) {_NAME} (?i:take|consider|hold)(?= {_WORD_OF_NAME}.* to be\b)"), False),
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
_PERSON = (
    rf"(?:{_WORD_OF_NAME}(?: {_WORD_OF_NAME}){{0,3}}(?:['’]s? (?!(?i:view|opinion)\b)[a-z]+)?|(?i:she|he|they)"
    r"|(?i:my|her|his|our|their|your|the) (?!(?i:system|memory|records?|graph|ledger|agent|notes|files?|books|data|information|knowledge"
    r"|understanding)\b)[a-z]+(?: [a-z]+)?)"
)
_SOMEONE = rf"(?P<name>{_PERSON}(?:(?: and| or|,) {_PERSON}){{0,3}})"
"""Whoever is not called by one name: "she", "my sister", "Bob and Carol", "Bob's wife"."""
_LOWER_CASE = (
    r"(?P<name>(?!(?i:we|i|you|one|any\w+|every\w+|no\w+|some\w+|it|this|that|these|those|the|our|my|her|his|their|your|not|mem0g|who|what)"
    r"\b)[a-zà-öø-ÿ][\w.-]+)"
)
_DID = r"(?:[a-z]+ed|was|were|had|is|has|made|drove|kept|held|left|lives|works|drives|plays)"
_SAY_THAT = rf"(?:{_SAY}|{_SAID})(?= (?:that )?[\w.'’-]+(?: [\w.-]+)? {_DID}\b)"
_SOMEONE_HELD = [
    (re.compile(rf"\b(?i:did|had|would|might) {_ADVERB}(?:{_SOMEONE}) {_ADVERB}(?:{_THINK}\b|{_SAY}{_OF})"), True),
    (re.compile(rf"\b(?i:does|do|will|can) {_ADVERB}(?:{_SOMEONE}) {_ADVERB}(?:{_THINK}\b|{_SAY}{_OF})"), False),
    (re.compile(rf"\b(?i:did|had) {_LOWER_CASE} {_ADVERB}(?:{_THINK}\b|{_SAY_THAT})"), True),
    (re.compile(rf"\b(?i:does) {_LOWER_CASE} {_ADVERB}(?:{_THINK}\b|{_SAY_THAT})"), False),
    (re.compile(rf"(?<!was )(?<!were )(?<!is )\b{_SOMEONE} {_ADVERB}(?:{_THOUGHT}\b(?! (?:to|of|in|on|by|at)\b)|{_SAID}{_OF})"), True),
    (re.compile(rf"\b{_SOMEONE} {_ADVERB}(?:{_THINKS}\b|(?i:says|states|reports|swears){_OF})"), False),
    (re.compile(rf"\b(?i:according to) (?!(?i:my|our|your) (?i:records?|notes|knowledge|information|data|memory)\b){_SOMEONE}"), False),
]
_US = r"(?:we|i|you|one|anyone|anybody|everyone|everybody|mem0g|(?:the|this|our|your) (?:system|memory|records?|graph|ledger|agent))"
_FEW = r"(?: [\w'’.-]+){0,5}?"
"""Words that may stand between, such as a time: "on 3 May"."""
_OTHERS = rf"(?: {_WORD_OF_NAME}){{1,4}}(?:['’]s? [a-z]+)? {_DID}\b"
"""Somebody, and what they did: "Alice lived", "Bob's sister was"."""
_SOMEBODY = rf" (?:{_WORD_OF_NAME} ?){{1,4}}(?i:[?.!]|$|in\b|from\b|at\b|on\b|back\b|before\b|during\b|when\b|since\b|as\b|well\b)"
"""Somebody, and nothing of what they did: whom one knows."""
_KNOW = (
    rf"(?i:believe(?! in (?!\d|(?:the|early|late|mid|{_MONTH})\b))|think(?! of\b)|aware|told|sure|suppose|assume|understand|certain"
    r"|informed|convinced|under the impression|presume|reckon"
    r"|known|believed|thought|assumed|on record|on file"
    r"|have (?:for|on|down|as|recorded|listed|noted|\w+ (?:living|working|driving|playing|married|employed|down|listed)))"
)
_TELL = (
    r"(?i:say|said|answer|answered|record|recorded|list|listed|note|noted|picture|imagine|contain|show)"
    rf"(?={_OTHERS}|(?: [a-z]+ing\b| (?i:that|where|who|whom|which|about|regarding)\b)"
    rf"|{_FEW} (?i:about|regarding) (?:where|who|what|which|{_WORD_OF_NAME}))"
)
_KNEW = (
    rf"(?:knew(?!{_SOMEBODY})|(?i:had been told|had heard|believed|thought(?! of\b)|assumed"
    r"|understood|were aware|was aware|had (?:for|on|down|as|recorded|listed)|were told|were sure|reckoned|presumed))"
)
_SYSTEM = r"(?i:mem0g|(?:the|this|our|your) (?:system|memory|records?|graph|ledger|agent|notes|files?|books|data))"
_SURELY = r"(?i:known|believed|thought|understood|assumed|presumed)"
_WRITTEN = r"(?i:recorded|documented|listed|noted)"
_ON_FILE = r"(?i:on record|on file|on the books)"
_OURS = r"(?i:knowledge|beliefs?|understanding|information|records?|memory|notes|picture|data|assumptions?|files?|books|impression|view)"
_NOT_WHO = r"(?<![Ww]ho )(?<![Ww]hom )(?<!people )(?<!friends )"
_KNOWN_THEN = [
    # What was known, by those who ask: a verb of knowing, and something else that it is about.
    re.compile(
        r"\b(?i:if|had) (?i:someone|anyone|somebody|anybody|you) (?i:had )?(?i:asked) (?i:us|me|mem0g)\b"
        r"|\b(?i:had (?:someone|anyone|somebody|anybody) asked)\b"
    ),
    re.compile(r"\b(?i:if we had|had we) (?i:been asked)\b"),
    re.compile(
        rf"\b(?i:did) (?i:our {_OURS}|the (?:records?|notes|files?|memory)){_FEW}"
        r" (?i:have|say|list|show|give|name|hold|state|contain|place|put)\b"
    ),
    re.compile(r"\b(?i:did) (?i:we|you) (?i:take|hold|consider)(?=.* (?i:to (?:be|live|work|drive|play|reside))\b)"),
    re.compile(rf"\b(?i:did) (?i:{_US})(?: \w+){{0,2}} (?i:know){_FEW} (?i:to (?:be|live|work|drive|play|reside))\b"),
    re.compile(rf"\b(?i:as) {_WRITTEN}\b(?! (?i:by|in|for|as)\b(?! \d))"),
    re.compile(rf"\b(?i:as (?:things|matters) were) (?i:then )?{_SURELY}\b"),
    re.compile(rf"\b(?i:as far as (?:was|is)) {_SURELY}\b"),
    re.compile(rf"\b(?i:what|which) [a-z]+ (?i:was) (?:{_WRITTEN}) for\b(?= {_WORD_OF_NAME})"),
    re.compile(r"\b(?i:was|were)(?: [\w'’.-]+){1,4}? (?i:down as) [a-z]+ing\b"),
    re.compile(rf"\b(?i:did|had|would|could|were|was|might) (?i:{_US})(?: \w+){{0,3}} (?:{_KNOW}\b|{_TELL})"),
    re.compile(rf"{_NOT_WHO}\b(?i:did|had|would|could|might) (?i:{_US})(?: \w+){{0,3}} know\b(?!{_SOMEBODY})"),
    re.compile(rf"\b(?i:whom?|people|friends) (?i:did|had|would|could|might) (?i:{_US})(?: \w+){{0,3}} know\b(?=.* {_DID}\b)"),
    re.compile(rf"\b(?i:had) (?i:{_US})(?: \w+){{0,2}} (?i:heard|learned|learnt|found out)\b"),
    re.compile(rf"\b(?i:{_US})(?: \w+){{0,2}} {_KNEW}\b"),
    re.compile(rf"\b(?i:{_US})['’]d (?i:been told|heard|known|have said)\b"),
    re.compile(rf"\b{_SYSTEM}(?: \w+){{0,2}} (?i:recorded|noted|showed|listed|said|held|had)\b"),
    re.compile(rf"\b(?i:was|were|been|be)(?: [\w'’.-]+){{0,4}}? {_SURELY}{_FEW} (?i:to [a-z]+|living|working|married|employed|based)\b"),
    re.compile(rf"\b(?i:what|which|who|where)(?: [\w'’-]+){{0,3}} (?i:was|were|been)(?: [a-z]+){{0,2}}? {_SURELY}\b(?! (?i:of|for|as)\b)"),
    re.compile(rf"\b(?i:as|it|was it|it was)(?: (?i:then|still|already))? {_SURELY}\b(?! (?i:of|for|as)\b)"),
    re.compile(rf"\b(?i:was|were|been|be)(?: [\w'’.-]+){{0,4}}? {_WRITTEN}{_FEW} (?i:about|regarding) \w"),
    re.compile(
        rf"\b(?i:was|were|been|be)(?: [\w'’.-]+){{0,4}}? {_WRITTEN}{_FEW} (?i:as) (?:[a-z]+ing\b"
        rf"|(?i:married|employed|based|her|his|their)\b|{_WORD_OF_NAME}(?: {_WORD_OF_NAME}){{0,3}}['’])"
    ),
    re.compile(rf"\b(?i:was|were|been|be|as)(?: [\w'’.-]+){{0,4}}? {_ON_FILE}\b"),
    re.compile(rf"\b(?i:in|by|from|to|per|of|on|with|according to|given|going by|based on|what (?:was|were)) our(?: \w+)? {_OURS}\b"),
    re.compile(r"\b(?i:state of(?: our)? knowledge|knowledge|beliefs?) (?i:as of|on|of|at|from|by|stood|available|dated|as it)\b"),
    re.compile(r"\b(?i:the|these|those|that|this) (?i:records?|information) (?i:as of|on|at|by|stood|available|dated|as it|as they)\b"),
]


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


_AND_BEFORE = re.compile(rf"\b{_WORD_OF_NAME} (?:and|or) $")
_AND_AFTER = re.compile(rf" (?:and|or) {_WORD_OF_NAME}")
_LONGEST_NAME = 60
"""Characters before a name in which another one, joined to it, is looked for."""


def viewpoint(question: str) -> Viewpoint | None:
    """Whose belief is asked for; None where it is what is so."""
    for pattern, past in (*_HELD, *_SOMEONE_HELD):
        if found := pattern.search(question):
            start, end = _all_of_them(question, *_without_stop(question, *found.span("name")))
            return Viewpoint(question[start:end], min(start, found.start()), max(end, found.end()), past, start)
    for pattern in _KNOWN_THEN:
        if found := pattern.search(question):
            return Viewpoint(None, found.start(), found.end(), past=True)
    return None


def _without_stop(question: str, start: int, end: int) -> tuple[int, int]:
    """Where the name stands, without the full stop that ends the question."""
    return start, end - (question[end - 1] == "." and not question[end:].strip())


def _all_of_them(question: str, start: int, end: int) -> tuple[int, int]:
    """Where "Bob and Carol" stand, of whom one was found."""
    before = _AND_BEFORE.search(question[max(0, start - _LONGEST_NAME) : start])
    after = _AND_AFTER.match(question, end)
    return start - len(before[0]) if before else start, after.end() if after else end
