"""A sentence becomes clauses: who is said to do what, in which tense, with which polarity, in whose voice.

Only clauses that are asserted come out. A condition, a wish, a command, a modal verb, an adverb such as "maybe", and
whatever hangs below a verb that this module does not know as a reporting one, ends the walk there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from mem0g.providers.offline.vocabulary import (
    BELIEF_VERBS,
    DIETS,
    FACTIVE_ADJECTIVES,
    FIRST_PERSON,
    LEMMAS,
    LIFE_VERBS,
    LIKING_VERBS,
    NO_PLANS,
    NOT_QUITE,
    OPINION_VERBS,
    OWN_REPORT_VERBS,
    PETS,
    PLAN_NOUNS,
    PLAN_OF_VERBS,
    PLAN_VERBS,
    POSSESSIONS,
    READ_MARKS,
    REMINDERS,
    REPORT_VERBS,
    SAYING_NOTHING,
    UNCERTAIN_MARKS,
    WANTED,
)

if TYPE_CHECKING:
    from mem0g.providers.offline.parser import Span, Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OWN_CLAUSE = frozenset({"ROOT", "conj", "ccomp", "advcl", "relcl", "parataxis"})
_VERBAL = frozenset({"VERB", "AUX"})
_OPINION = 0.7
_NEVER_PASSIVE = frozenset(
    {"move", "relocate", "retire", "resign", "quit", "become", "go", "stop", "start", "live", "work", "be", "turn", "get"}
)
"""Verbs before whose participle "'s" is "has": "she's moved"."""


class Form(StrEnum):
    """The time a verb form speaks of."""

    PRESENT = "present"
    PAST = "past"
    PERFECT = "perfect"
    FUTURE = "future"
    ABLE = "able"
    """As in "can": ability, read for languages and instruments only."""


class Polarity(StrEnum):
    """Whether the clause says that it holds."""

    HOLDS = "holds"
    DENIED = "denied"
    ENDED = "ended"
    """As in "no longer", "not … any more"."""
    NEVER = "never"


class Turn(StrEnum):
    """What a verb that governs another makes of it: "started working", "used to live", "thinking of moving"."""

    PLAIN = "plain"
    BEGINS = "begins"
    ENDS = "ends"
    FORMERLY = "formerly"
    PLANNED = "planned"


_MODALS = {**dict.fromkeys(("will", "'ll", "ll", "wo", "shall"), Form.FUTURE), **dict.fromkeys(("can", "ca"), Form.ABLE)}

_TURNS = {
    "start": Turn.BEGINS,
    "begin": Turn.BEGINS,
    "stop": Turn.ENDS,
    "quit": Turn.ENDS,
    "cease": Turn.ENDS,
    "finish": Turn.ENDS,
    "keep": Turn.PLAIN,
    "continue": Turn.PLAIN,
    "happen": Turn.PLAIN,
}


@dataclass(frozen=True)
class Clause:
    """An asserted clause.

    Attributes:
        head: the verb that the objects hang on.
        top: the topmost verb of the clause: "started" in "started working".
        subject: None where the sentence leaves it out.
        progressive: "is working".
        holder: whose view it is, where that is not the speaker's own.
        recap: it repeats what the speaker said before ("I told you that …").
        aside: it was said to somebody else ("I told him that …").
    """

    head: Token
    top: Token
    subject: Token | None
    form: Form
    polarity: Polarity
    turn: Turn = Turn.PLAIN
    progressive: bool = False
    holder: Token | None = None
    confidence: float = 1.0
    recap: bool = False
    aside: bool = False

    def words(self) -> Iterator[Token]:
        """The clause's own words, without those of the clauses inside it."""
        return own_words(self.top)


def clauses(sentence: Span) -> Iterator[Clause]:
    """The asserted clauses of `sentence`, in the order of the walk down its tree."""
    yield from _walk(sentence.root, _Frame())


def clause_top(token: Token) -> Token:
    """The topmost verb of the clause that `token` stands in."""
    while not _heads_clause(token) and token.head.i != token.i:
        token = token.head
    return token


def own_words(top: Token) -> Iterator[Token]:
    """The words of the clause under `top`, in order, without those of clauses inside it."""
    return (token for token in top.subtree if clause_top(token).i == top.i)


def lemma(token: Token) -> str:
    """The dictionary form of a verb, where spaCy's is wrong too ("hates" is no hat)."""
    return LEMMAS.get(token.lemma_, token.lemma_) if token.pos_ in _VERBAL else token.lemma_


def intent(clause: Clause) -> str:
    """What the clause's verb and all that hangs on it say, in the infinitive: "adopt a dog"."""
    words = [word for word in clause.head.subtree if word.i > clause.head.i]
    rest = clause.head.doc[clause.head.i + 1 : words[-1].i + 1].text if words else ""
    return f"{lemma(clause.head)} {rest}".strip(" .,!;:")


def child(token: Token, *deps: str) -> Token | None:
    """The first child of `token` in one of these roles."""
    return next((found for found in token.children if found.dep_ in deps), None)


@dataclass(frozen=True)
class _Frame:
    subject: Token | None = None
    holder: Token | None = None
    confidence: float = 1.0
    recap: bool = False
    aside: bool = False


def _heads_clause(token: Token) -> bool:
    if token.dep_ == "ROOT":
        return True
    return token.dep_ in _OWN_CLAUSE and (token.pos_ in _VERBAL or child(token, *_SUBJECTS) is not None)


def _walk(top: Token, frame: _Frame) -> Iterator[Clause]:
    yield from _beside(top, frame)
    if top.pos_ not in _VERBAL and not _is_adjective_clause(top):
        yield from _after_interjection(top, frame)
        return
    if _is_unsaid(top):
        return
    subject = _subject_of(top) or frame.subject
    frame = _postscript(top, frame)
    if clause := _clause(top, subject, frame):
        yield clause
    for inner in top.children:
        if inner.dep_ == "conj" and inner.pos_ in _VERBAL and not _joined_by_or(top):
            yield from _walk(inner, replace(frame, subject=subject))
        elif inner.dep_ == "advcl" and _mark(inner) in READ_MARKS:
            yield from _walk(inner, replace(frame, subject=None))
    yield from _relative(top, frame)


def _is_adjective_clause(top: Token) -> bool:
    """As in "I'm not vegetarian any more", where the parser hangs everything on the adjective."""
    helpers = [word for word in top.children if word.dep_ in {"aux", "auxpass"} and lemma(word) == "be"]
    return (top.pos_ == "ADJ" or top.lower_ in DIETS) and bool(helpers) and _subject_of(top) is not None


def _subject_of(top: Token) -> Token | None:
    """Its subject, also where the parser hangs that on the auxiliary, or takes "Paul and I" for an adverb."""
    for verb in (top, *(word for word in top.children if word.dep_ in {"aux", "auxpass"})):
        if (subject := child(verb, *_SUBJECTS)) is not None:
            return subject
    pairs = (word for word in top.children if word.dep_ == "npadvmod" and word.i < top.i and word.ent_type_ == "PERSON")
    return next((word for word in pairs if child(word, "conj") is not None), None)


def _after_interjection(top: Token, frame: _Frame) -> Iterator[Clause]:
    """As in "Mostly heaven, but I hate coriander": the clauses joined to words that are none."""
    for inner in top.children:
        if inner.dep_ == "conj" and inner.pos_ in _VERBAL and child(inner, *_SUBJECTS) is not None and not _joined_by_or(top):
            yield from _walk(inner, frame)


def _beside(top: Token, frame: _Frame) -> Iterator[Clause]:
    """The clauses that `top` reports, and those merely set beside it."""
    adjective = child(top, "acomp")
    for inner in (*top.children, *(adjective.children if adjective is not None else ())):
        if inner.dep_ not in {"ccomp", "parataxis"} or inner.pos_ not in _VERBAL or _is_quoted(inner):
            continue
        reported = _reporting(top, frame)
        if reported is not None:
            yield from _walk(inner, reported)
        elif (
            inner.i < top.i
            and _mark(inner) == ""
            and not _reports(top)
            and child(inner, *_SUBJECTS) is not None
            and _stands_alone(inner, top)
        ):
            yield from _walk(inner, replace(frame, subject=None))


def _is_quoted(inner: Token) -> bool:
    """As in "Tom wrote: I quit Acme", where "I" is Tom."""
    return inner.left_edge.i > inner.sent.start and inner.left_edge.nbor(-1).text == ":" and _reports(inner.head)


def _stands_alone(inner: Token, top: Token) -> bool:
    """Whether a comma, a dash or a full stop parts `inner`, on the left, from a clause with a subject of its own."""
    subject = child(top, *_SUBJECTS, "expl")
    if subject is None or subject.i < inner.i:
        return False
    return any(token.is_punct or token.dep_ == "cc" for token in inner.doc[inner.i + 1 : subject.i])


def _reports(top: Token) -> bool:
    return lemma(top) in REPORT_VERBS | OWN_REPORT_VERBS | OPINION_VERBS or lemma(top) in {
        "wish",
        "hope",
        "doubt",
        "wonder",
        "pretend",
        "imagine",
        "suppose",
    }


def _reporting(top: Token, frame: _Frame) -> _Frame | None:
    """The frame of what `top` reports; None where it does not vouch for it."""
    subject = child(top, *_SUBJECTS)
    form = form_of(top)
    if subject is None and _reminds(top):
        return replace(frame, subject=None)
    passive = subject is not None and subject.dep_ == "nsubjpass" and top.lower_ != "convinced"
    if subject is None or passive or form is None or polarity_of(top) is not Polarity.HOLDS or _is_unsaid(top):
        return None
    if subject.lower_ in FIRST_PERSON:
        return _own_report(top, form, frame)
    believes = lemma(top) in BELIEF_VERBS or _is_sure(top)
    vouched = (believes or lemma(top) in REPORT_VERBS) and (form is Form.PRESENT or not believes)
    return _Frame(holder=subject, confidence=frame.confidence) if vouched and frame.holder is None else None


def _is_sure(top: Token) -> bool:
    """As in "Tom is sure that …", "Tom is convinced that …"."""
    adjective = child(top, "acomp") if lemma(top) == "be" else top
    return adjective is not None and adjective.lower_ in {"sure", "convinced", "certain"}


def _reminds(top: Token) -> bool:
    """As in "Remember that …", "Don't forget …", "Keep in mind that …", with a plain clause after it."""
    verb, negated = lemma(top), any(_negates(word, top) for word in top.children)
    if top.tag_ != "VB" or top.dep_ != "ROOT":
        return False
    if verb in {"keep", "bear"}:
        return not negated and any(word.lower_ == "mind" for word in own_words(top))
    return verb in REMINDERS and negated == (verb == "forget")


def _own_report(top: Token, form: Form, frame: _Frame) -> _Frame | None:
    if lemma(top) in OPINION_VERBS:
        return replace(frame, subject=None, confidence=frame.confidence * _OPINION) if form is Form.PRESENT else None
    if lemma(top) in OWN_REPORT_VERBS:
        to_another = lemma(top) == "say" or any(word.dep_ in {"dobj", "dative"} and word.lower_ != "you" for word in top.children)
        recap = lemma(top) in {"say", "tell", "mention"} and form is not Form.PRESENT
        return replace(frame, subject=None, recap=recap, aside=to_another)
    adjective = child(top, "acomp")
    if lemma(top) == "be" and adjective is not None and adjective.lower_ in FACTIVE_ADJECTIVES:
        return replace(frame, subject=None)
    return None


def _postscript(top: Token, frame: _Frame) -> _Frame:
    """The frame once ", I think" or "according to Bob" inside the clause has been read."""
    for word in top.children:
        if word.lower_ == "according":
            to = child(word, "prep")
            source = child(to, "pobj") if to is not None else None
            return replace(frame, holder=source or word)
    return frame


def _clause(top: Token, subject: Token | None, frame: _Frame) -> Clause | None:
    form = form_of(top)
    plain = Clause(
        head=top,
        top=top,
        subject=subject,
        form=form or Form.PRESENT,
        polarity=polarity_of(top),
        progressive=top.tag_ == "VBG",
        holder=frame.holder,
        confidence=frame.confidence,
        recap=frame.recap,
        aside=frame.aside,
    )
    if form is not None:
        return _governing(plain)
    if _might(top):
        return replace(plain, form=Form.FUTURE, turn=Turn.PLANNED) if _is_life(top) else None
    inner = child(top, "xcomp")
    return _planned(plain, inner) if inner is not None and _would_like(top) else None


def _governing(clause: Clause) -> Clause | None:
    """`clause`, turned by the verb that governs another: "started working at" becomes work, beginning."""
    inner = child(clause.top, "xcomp")
    if inner is not None and _is_plan_noun(clause):
        return replace(clause, head=inner, turn=Turn.PLANNED) if _is_intent(clause.top, inner) else None
    if inner is None or (inner.pos_ not in _VERBAL and lemma(clause.top) != "use"):
        gerund = _of_gerund(clause.top) if lemma(clause.top) in PLAN_OF_VERBS | {"plan", "look"} else None
        return clause if gerund is None else _planned(clause, gerund)
    if any(word.dep_ == "neg" for word in inner.children):
        return None
    looking = lemma(clause.top) == "look" and clause.progressive and _infinitive(inner)
    return _planned(clause, inner) if lemma(clause.top) in PLAN_VERBS or looking else _turned(clause, inner, lemma(clause.top))


def _is_plan_noun(clause: Clause) -> bool:
    """As in "My plan is to move"."""
    noun = clause.subject
    return noun is not None and noun.lower_ in PLAN_NOUNS and lemma(clause.top) == "be" and clause.form is Form.PRESENT


def _turned(clause: Clause, inner: Token, governor: str) -> Clause | None:
    if governor in LIKING_VERBS | {"promote"}:
        return clause
    if governor == "use":
        formerly = clause.top.tag_ == "VBD" and _infinitive(inner)
        return replace(clause, head=inner, form=Form.PAST, turn=Turn.FORMERLY) if formerly else None
    if governor == "go":
        going_to = clause.progressive and clause.form is Form.PRESENT and _infinitive(inner)
        return replace(clause, head=inner, form=Form.FUTURE, progressive=False) if going_to else None
    turn = _TURNS.get(governor)
    if turn is None or (turn is Turn.ENDS and inner.tag_ != "VBG"):
        return None
    return replace(clause, head=inner, turn=turn)


def _planned(clause: Clause, inner: Token) -> Clause | None:
    governor = lemma(clause.top)
    forms = {Form.PRESENT} | ({Form.PAST, Form.PERFECT} if governor == "decide" else {Form.PERFECT} if governor in PLAN_OF_VERBS else set())
    if clause.form not in forms or clause.polarity is not Polarity.HOLDS:
        return None
    if child(inner, *_SUBJECTS) is not None or not _is_intent(clause.top, inner):
        return None
    return replace(clause, head=inner, form=Form.PRESENT, turn=Turn.PLANNED)


def _is_intent(top: Token, inner: Token) -> bool:
    """Whether wanting to do `inner` is worth keeping: "go" and "live" only with a named place."""
    if lemma(inner) in {"go", "live"}:
        return any(
            word.lower_ in {"to", "in"} and (place := child(word, "pobj")) is not None and place.tag_ == "NNP" for word in inner.children
        )
    if lemma(inner) == "get":
        thing = child(inner, "dobj", "acomp")
        return thing is not None and (thing.lemma_.lower() in PETS | POSSESSIONS or thing.lower_ == "married")
    return lemma(inner) in WANTED if lemma(top) in {"want", "wish", "like", "love"} else lemma(inner) not in NO_PLANS


def _of_gerund(top: Token) -> Token | None:
    for word in top.children:
        gerund = child(word, "pcomp") if word.dep_ == "prep" and word.lower_ in {"of", "about", "on", "into"} else None
        if gerund is not None and gerund.tag_ == "VBG":
            return gerund
    return None


def _relative(top: Token, frame: _Frame) -> Iterator[Clause]:
    """As in "my sister, who lives in Porto": the relative clauses whose subject is a person named outside."""
    for word in own_words(top):
        for inner in word.children:
            subject = child(inner, *_SUBJECTS) if inner.dep_ == "relcl" else None
            if subject is not None and subject.lower_ == "who" and not _is_unsaid(inner):
                outside = replace(frame, subject=word)
                if clause := _clause(inner, word, outside):
                    yield clause
                for second in inner.children:
                    if second.dep_ == "conj" and second.pos_ in _VERBAL and child(second, *_SUBJECTS) is None:
                        yield from _walk(second, outside)


def form_of(verb: Token) -> Form | None:
    """The time `verb` speaks of; None where a modal or a past perfect asserts nothing about now or then."""
    helpers = [word for word in verb.children if word.dep_ in {"aux", "auxpass"}]
    if verb.tag_ == "VBG" and verb.dep_ == "conj" and not helpers:
        return form_of(verb.head) if verb.head.tag_ == "VBG" else None
    modal = next((word for word in helpers if word.tag_ == "MD"), None)
    if modal is not None:
        return _MODALS.get(modal.lower_)
    finite = helpers[0] if helpers else verb
    if verb.tag_ == "VBN" and lemma(verb) in _NEVER_PASSIVE and finite.lower_ in {"'s", "s"}:
        return Form.PERFECT
    if any(lemma(word) == "have" for word in helpers):
        return Form.PERFECT if _is_present(finite) else None
    if helpers and any(lemma(word) in {"be", "do", "get"} for word in helpers):
        return _finite_form(finite)
    return _finite_form(verb)


def _finite_form(verb: Token) -> Form | None:
    if verb.tag_ in {"VBD", "VBN"} or (verb.lower_ == "quit" and verb.tag_ in {"VBP", "VB"}):
        return Form.PAST
    return Form.PRESENT if verb.tag_ in {"VBP", "VBZ", "VB"} else None


def _is_present(helper: Token) -> bool:
    return helper.lower_ in {"have", "has", "'ve", "ve", "'s", "s", "haven't", "hasn't"}


def polarity_of(verb: Token) -> Polarity:
    """Whether the clause of `verb` says that it holds."""
    words = list(own_words(clause_top(verb)))
    text = " ".join(word.lower_ for word in words)
    negated = any(_negates(word, verb) for word in words)
    if any(word.lower_ == "never" for word in words):
        return Polarity.NEVER
    if any(_is_no_longer(word) for word in words):
        return Polarity.ENDED
    if not negated:
        return Polarity.HOLDS
    return Polarity.ENDED if any(words in text for words in ("anymore", "any more", "any longer")) else Polarity.DENIED


def _is_no_longer(word: Token) -> bool:
    """As in "no longer", "no more"; in "no more canteen food" it belongs to a noun."""
    if word.lower_ not in {"longer", "more"} or word.i == 0 or word.nbor(-1).lower_ != "no":
        return False
    return word.lower_ == "longer" or word.head.pos_ in _VERBAL | {"ADJ"}


def _is_not_quite(negation: Token, top: Token) -> bool:
    """As in "don't only", "not just": what is denied is the adverb."""
    return any(word.lower_ in NOT_QUITE and word.head.i in {top.i, negation.i} for word in own_words(top))


def _negates(word: Token, verb: Token) -> bool:
    """Whether `word` denies `verb`; "n't" does wherever the parser has put it."""
    return word.lower_ in {"n't", "nt"} or (word.head.i == verb.i and (word.dep_ == "neg" or word.lower_ == "not"))


def _is_unsaid(top: Token) -> bool:
    """Whether something in the clause of `top` takes its assertion away."""
    if _mark(top) in UNCERTAIN_MARKS:
        return True
    if any(inner.dep_ == "advcl" and _mark(inner) in UNCERTAIN_MARKS for inner in top.children):
        return True
    if any(inner.dep_ == "advcl" and _mark(inner) == "when" for inner in top.children) and form_of(top) is not Form.PAST:
        return True
    if any(word.lower_ in SAYING_NOTHING for word in own_words(top)):
        return True
    if any(_negates(word, top) and _is_not_quite(word, top) for word in own_words(top)):
        return True
    return _is_inverted(top)


def _is_inverted(top: Token) -> bool:
    subject = child(top, *_SUBJECTS)
    if subject is None:
        return False
    return any(word.dep_ in {"aux", "auxpass"} and word.i < subject.i for word in top.children) or (
        lemma(top) == "be" and top.i < subject.i
    )


def _mark(top: Token) -> str:
    for word in top.children:
        if word.dep_ in {"mark", "advmod"} and word.i < top.i and (word.dep_ == "mark" or word.lower_ in UNCERTAIN_MARKS | {"when", "as"}):
            return word.lower_
    return ""


def _joined_by_or(top: Token) -> bool:
    return any(word.dep_ == "cc" and word.lower_ in {"or", "nor"} for word in top.children)


def _might(top: Token) -> bool:
    """As in "might adopt", and not "might have adopted"."""
    helpers = [word for word in top.children if word.dep_ == "aux"]
    return any(word.lower_ in {"might", "may"} for word in helpers) and not any(lemma(word) == "have" for word in helpers)


def _would_like(top: Token) -> bool:
    return lemma(top) in {"like", "love"} and any(word.dep_ == "aux" and word.lower_ in {"would", "'d", "d"} for word in top.children)


def _is_life(verb: Token) -> bool:
    pet = child(verb, "dobj") if lemma(verb) == "get" else None
    wanted = lemma(verb) in LIFE_VERBS or (pet is not None and pet.lemma_.lower() in PETS)
    return wanted and polarity_of(verb) is Polarity.HOLDS


def _infinitive(verb: Token) -> bool:
    return any(word.dep_ == "aux" and word.tag_ == "TO" for word in verb.children)
