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
from mem0g.retrieval.rewording import SAYS_NO_MORE, SLOT, reworded
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
        beside: "before" or "after", and the slot whose stay the asked ones were before or after.
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


_S, _O = rf"(?P<s>{SLOT})", rf"(?P<o>{SLOT})"
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
_SIDE = rf"(?: (?P<side>before|after) (?P<other>{SLOT})(?: did| was)?)?"
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
    (Role.CHANGES, rf"{_CHANGED} (?P<all>{SLOT})"),
    (Role.CHANGES, rf"(?:how |in (?:what|which) ways? )?(?:did|has|have|had|does) {_N} {_ALTER}"),
    (Role.CHANGES, rf"(?:describe )?how {_N} {_ALTER}"),
    (Role.CHANGES, rf"(?:describe )?how {_WHERE} {_ALTER}"),
    (Role.CHANGES, rf"(?:how |in (?:what|which) ways? )?(?:did|has|have|had|does) {_WHERE} {_ALTER}"),
    (Role.CHANGES, rf"(?:did|has|had|have) {_S} (?:change|changed|switch|switched|swap|swapped)(?: {SLOT}'s)? (?P<n>{_W})"),
    (Role.CHANGES, rf"(?:{_WH} )?{_AUX} {_S} (?P<v>{_W} (?:or|and) {_W})"),
    (Role.CHANGES, rf"(?:did|has|had) {_S} (?P<v>move|moved|relocate|relocated)(?: home| house| cities)?"),
    (Role.CHANGES, rf"(?:compare|how (?:is|was)) (?:{_N})(?: different)?(?: from)?"),
    (Role.CHANGES, rf"compare {_WHERE}"),
    (Role.ALL, rf"(?P<what>what )?about (?P<all>{SLOT})"),
    (Role.ALL, r"(?P<what>what)"),
]  # fmt: skip
_STATED = [(Role.YES, re.compile(rf"(?:that )?{_S} (?:{_AUX} )?{_BE}{_V} {_O}"))]
_READ = [(role, re.compile(pattern)) for role, pattern in _FORMS]

_EARLIER = re.compile(r"\b(?:used to|use to|previously|formerly|once|previous|former|in past|before(?= *$))\b")
_FIRST = re.compile(r"\bfirst(?= [a-z]+ed\b| [a-z]+ (?:[a-z]+ ){0,2}@)")
_NOTHING_MORE = re.compile(
    r"\b(?:a|an|the|currently|current|present|presently|now|right now|at moment|at present|these days|nowadays|today|still|exactly"
    r"|precisely|ever|already|at time|back then|then|please|so far|at (?:some|any) time|at (?:some|any|one) point|anytime"
    r"|(?:look|looking|think|thinking|go|going) back|as (?:things|it|matters) stood|over years|in total|altogether)\b"
)


def read_form(words: str, known: Collection[str], *, ours: bool = False, held: bool = False, stated: bool = False) -> Form | None:
    """The form that the question has as a whole; None where it has none, or no predicate is named that is known.

    Args:
        words: of the question in lower case, with slots, without marks.
        known: the predicates of the graph, in any wording.
        ours: it asks for what was known, so words of knowing say nothing more.
        held: it asks for what someone believes.
        stated: it asks whether someone believes what the words say: "Does Bob think Alice lives in Paris?".
    """
    words = reworded(words, ours=ours, held=held)
    words = re.sub(rf"\b(?:the )?((?:[a-z]+ ){{0,2}}[a-z]+) of ({SLOT})(?!['\w])", _turned, words)
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
    return thing is None or (_noun_asks(thing, predicate) and re.fullmatch(SAYS_NO_MORE, thing) is not None)


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
