"""Clauses become findings: by the table of verbs, and by the few verbs whose meaning lies in what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from mem0g.model import Mention, Value
from mem0g.providers.offline.clauses import Clause, Form, Polarity, Turn, child, lemma, own_words
from mem0g.providers.offline.findings import Finding, Sense
from mem0g.providers.offline.names import coordinated, is_deictic, is_named, name_of, phrase_of
from mem0g.providers.offline.people import ANIMAL, PERSON, People, is_person_name, naming, tie_at
from mem0g.providers.offline.verbs import DOBJ, GERUND, ORGANIZATION, PEOPLE_ONLY, PLACE, VERBS, Reading, is_occupation, speaks_of_work
from mem0g.providers.offline.vocabulary import (
    CONDITIONS,
    DIETS,
    DRINKS,
    EMPTY_NOUNS,
    FIRST_PERSON,
    FOODS,
    FORMER,
    GIVEN_NAMES,
    INSTRUMENTS,
    KIN,
    NATIONALITIES,
    NUMBERS,
    PERIODS,
    PETS,
    PLAN_NOUNS,
    POSSESSIONS,
    SECOND_PERSON,
    SPORTS,
    UNITS,
    WANTED,
)

if TYPE_CHECKING:
    from mem0g.providers.offline.parser import Span, Token

Reader = Callable[[Clause, Mention, People], Iterator[Finding]]

_AMOUNT = re.compile(r"(?<![\w.,-])(\d+(?:[.,]\d+)?)\s*(" + "|".join(sorted(UNITS, key=len, reverse=True)) + r")\b", re.IGNORECASE)
_NUMBER = "(?:" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"
_AGE = re.compile(rf"(\d{{1,3}}|{_NUMBER}(?:-{_NUMBER})?)(?:[ -]years?[ -]old)?\b", re.IGNORECASE)
_MONEY = re.compile(
    r"(?:[€£$]\s?\d[\d.,]*\d|\d[\d.,]*\d\s?(?:€|£|\$|euros?|pounds?|dollars?|francs?|kronor|kroner|eur|usd|gbp|chf)(?!\w))", re.IGNORECASE
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"\+?\d[\d ()/-]{5,}\d")
_REACHED: Final = re.compile(
    rf"\byou can (?:now )?(?:reach|call|email|e-mail|text|ring|contact) me (?:now )?(?:at|on|under) ({_EMAIL.pattern}|{_PHONE.pattern})",
    re.IGNORECASE,
)
_CONTACTS: Final = {
    "email": ("email", _EMAIL), "e-mail": ("email", _EMAIL), "mail": ("email", _EMAIL), "address": ("email", _EMAIL),
    "number": ("phone", _PHONE), "phone": ("phone", _PHONE), "mobile": ("phone", _PHONE),
}  # fmt: skip
_NOT_MINE: Final = frozenset({"not", "n't", "never", "no", "was", "were", "used", "old", "if", "or", "once", "his", "her", "their", "your"})
_LIKED_ADJECTIVES: Final = {"fond": "of", "keen": "on", "crazy": "about", "fan": "of"}
_WITH_ORIGIN: Final = frozenset({"originally", "actually", "also", "still", "really", "too", "both"})
_NESTED: Final = frozenset({"works_for", "works_as", "studies_at"})
_PLAN_SPOILERS: Final = frozenset(
    {"it", "this", "that", "them", "you", "your", "him", "her", "so", "there", "these", "those", "everything", "something", "anything"}
)
_GERUND_SPOILERS: Final = _PLAN_SPOILERS | {
    "being",
    "having",
    "getting",
    "seeing",
    "hearing",
    "knowing",
    "be",
    "have",
    "see",
    "hear",
    "know",
    "think",
    "say",
    "get",
}


def read(clause: Clause, people: People) -> Iterator[Finding]:
    """What `clause` says of each of its subjects."""
    if clause.subject is None:
        return
    if clause.turn is Turn.PLANNED:
        yield from _plan(clause, people)
        return
    if clause.turn is Turn.PLAIN and lemma(clause.head) in {"plan", "consider"} and clause.progressive and clause.form is Form.PRESENT:
        yield from _planned_thing(clause, people)
    if clause.subject.lower_ == "rent" and clause.form in {Form.PAST, Form.PERFECT}:
        yield from _rising_rent(clause, people)
    if lemma(clause.top) == "be" and clause.head.i == clause.top.i:
        yield from _attribute(clause, people)
        yield from _relation(clause, people)
    yield from _together(clause, people)
    for subject in subjects(clause, people):
        yield from (finding for finding in _said_of(clause, subject, people) if _fits(finding, clause, people))


def subjects(clause: Clause, people: People) -> tuple[Mention, ...]:
    """Those the clause speaks of; empty where that is unclear."""
    return people.mentions(clause.subject) if clause.subject is not None else ()


def ties(sentence: Span, people: People) -> Iterator[Finding]:
    """What noun phrases state by themselves: "my sister Anna", "our dog Rufus"."""
    for token in sentence:
        tie = tie_at(token)
        if tie is None or token.i != tie.noun.i or not tie.names:
            continue
        owner = people.mention(tie.owner)
        if owner is None:
            continue
        for index in range(len(tie.names)):
            if (mention := people.tied(tie, index)) and mention.name != owner.name:
                yield Finding(owner, tie.predicate, mention, Sense.NAMED, None, token.i)
                if mention.type == ANIMAL:
                    yield _kind_of_pet(mention, tie.noun, None)


def contacts(sentence: Span, people: People) -> Iterator[Finding]:
    """One's own address or number, wherever the sentence has it: "My email has changed, it's a@b.example now"."""
    for noun in sentence:
        owner = child(noun, "poss")
        described = {word.lower_ for word in noun.lefts if word.dep_ in {"amod", "compound"}}
        if owner is None or owner.lower_ not in {"my", "our"} or described & (FORMER | {"work", "second", "other"}):
            continue
        predicate, pattern = _CONTACTS.get(noun.lemma_.lower(), ("", _EMAIL))
        found = pattern.findall(sentence.text) if predicate else []
        speaker = people.mention(owner)
        others = any(word.dep_ == "case" or word.ent_type_ == "PERSON" or word.lower_ in KIN for word in sentence)
        if len(found) == 1 and not others and speaker is not None and not {word.lower_ for word in sentence} & _NOT_MINE:
            yield Finding(speaker, predicate, Value(found[0], predicate), Sense.NAMED, None, noun.i)
    if reached := _REACHED.search(sentence.text):
        speaker = Mention(people.speaker, PERSON)
        predicate = "email" if "@" in reached[1] else "phone"
        yield Finding(speaker, predicate, Value(reached[1], predicate), Sense.NAMED, None, sentence.start)


def _said_of(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    if not _is_guarded(clause):
        for reading in VERBS.get(lemma(clause.head), ()):
            yield from _by_table(clause, subject, reading, people)
    if clause.head.pos_ == "ADJ" or (clause.head.lower_ in DIETS and child(clause.head, "aux", "auxpass") is not None):
        yield from _being_so(clause, subject, clause.head, people)
    elif reader := _READERS.get(lemma(clause.head)):
        yield from reader(clause, subject, people)


def _fits(finding: Finding, clause: Clause, people: People) -> bool:
    """Whether the subject may be one of this predicate: for a bare name, that it is surely a person's where it must be one."""
    subject = clause.subject
    if finding.object == finding.subject or not finding.subject.name or (isinstance(finding.object, Mention) and not finding.object.name):
        return False
    if finding.subject.type or subject is None or finding.predicate in PEOPLE_ONLY:
        return True
    if finding.sense is not Sense.HAPPENS and finding.predicate not in {"owns", "has", "plans"}:
        return True
    return any(link.ent_type_ in {"PERSON", ""} for link in coordinated(subject))


# By the table of verbs


def _by_table(clause: Clause, subject: Mention, reading: Reading, people: People) -> Iterator[Finding]:
    if reading.needs and not any(word.lower_ == reading.needs for word in clause.head.children):
        return
    if reading.simple and clause.progressive and not any(word.lower_ == "again" for word in clause.words()):
        return
    if reading.role == GERUND:
        yield from _by_gerund(clause, subject, reading)
        return
    if reading.predicate == "lives_with" and lemma(clause.head) == "live" and any(_arguments(clause, other) for other in VERBS["live"][:2]):
        return
    for head in _arguments(clause, reading):
        for token in coordinated(head) if reading.accepts(head) or tie_at(head) is not None else ():
            if reading.type == PERSON and tie_at(token) is not None:
                if (person := people.mention(token)) is not None and person.type == PERSON:
                    yield Finding(subject, reading.predicate, person, reading.sense, clause, token.i)
            elif reading.accepts(token) and name_of(token):
                named = naming(token) if reading.type and not is_named(token) else None
                yield _entity(clause, subject, reading.predicate, named or token, type=reading.type, sense=reading.sense)


def _entity(clause: Clause, subject: Mention, predicate: str, token: Token, type: str = "", sense: Sense = Sense.STATE) -> Finding:
    if predicate in PEOPLE_ONLY and not subject.type:
        subject = replace(subject, type=PERSON)
    return Finding(subject, predicate, Mention(name_of(token), type), sense, clause, token.i, phrase_of(token))


def _by_gerund(clause: Clause, subject: Mention, reading: Reading) -> Iterator[Finding]:
    verb = child(clause.head, "xcomp", "dobj", "ccomp")
    if verb is None or not _is_gerund(verb) or child(verb, "nsubj") is not None or not reading.accepts(verb):
        return
    words = [word for word in verb.subtree if word.i >= verb.i]
    text = verb.doc[verb.i : words[-1].i + 1].text.strip(" .,!;:")
    if (
        len(words) <= (3 if verb.tag_ == "VB" else 6)
        and not {word.lower_ for word in words} & _GERUND_SPOILERS
        and not any(word.ent_type_ in {"DATE", "TIME"} for word in words)
    ):
        yield Finding(subject, reading.predicate, Mention(text), reading.sense, clause, verb.i, text if verb.tag_ != "VB" else f"to {text}")


def _is_gerund(verb: Token) -> bool:
    return verb.tag_ in {"VBG", "VB"} or (verb.dep_ == "xcomp" and verb.tag_ == "NN" and verb.lower_.endswith("ing"))


def _arguments(clause: Clause, reading: Reading) -> list[Token]:
    head = clause.head
    if reading.role == DOBJ:
        found = [word for word in head.children if word.dep_ in {"dobj", "obj"}]
        return [] if any(_run_together(one, other) for one, other in pairwise(found)) else found[:1]
    holders = [head]
    if reading.predicate in _NESTED:
        holders += [word for word in own_words(clause.top) if _leads_on(word) and word.i > head.i]
    return [
        inner
        for holder in holders
        for first in holder.children
        for word in (first, *(second for second in first.children if second.dep_ == "conj"))
        if first.dep_ in {"prep", "agent"} and word.lower_ == reading.role and not _is_contrasted(word) and (inner := child(word, "pobj"))
    ]


def _is_contrasted(preposition: Token) -> bool:
    """As in "in Bristol, not in Leeds"."""
    return preposition.i > preposition.sent.start and preposition.nbor(-1).lower_ == "not"


def _run_together(one: Token, other: Token) -> bool:
    """Whether two objects are one phrase that the parser took apart: "mushroom" and "risotto"."""
    return one.right_edge.i + 1 == other.left_edge.i and not one.right_edge.is_punct


def _leads_on(word: Token) -> bool:
    """Whether an employer may hang on `word`: "as a nurse at Haukeland", "in marketing at Globex", "a job at Globex"."""
    return word.dep_ in {"dobj", "attr"} or (word.dep_ == "pobj" and word.head.lower_ in {"as", "in", "at", "for"})


def _is_guarded(clause: Clause) -> bool:
    """Whether what stands with the verb gives it another meaning than the table's."""
    head, verb = clause.head, lemma(clause.head)
    deps = {word.dep_ for word in head.children}
    if verb in {"leave", "quit"}:
        return bool(deps & {"acomp", "oprd", "ccomp", "xcomp", "prt"})
    if verb in {"start", "begin"}:
        thing = child(head, "dobj")
        apart = thing is not None and any(word.is_punct for word in head.doc[head.i : thing.left_edge.i])
        return thing is not None and not apart and thing.lemma_.lower() not in {"job", "work", "position", "role", "internship"}
    if verb in {"move", "relocate"}:
        after = head.nbor() if head.i + 1 < len(head.doc) else head
        return "dobj" in deps or (after.pos_ in {"PROPN", "NOUN", "PRON"} and after.ent_type_ != "DATE")
    if verb == "work":
        return any(word.lower_ in {"on", "through", "towards", "out"} and not _is_of_time(word) for word in head.children)
    if verb == "have":
        thing = child(head, "dobj")
        return (
            thing is None
            or "xcomp" in deps
            or any(word.dep_ in {"relcl", "acl"} and word.lower_ not in {"called", "named"} for word in thing.children)
        )
    return False


def _is_of_time(preposition: Token) -> bool:
    thing = child(preposition, "pobj")
    return thing is not None and (thing.ent_type_ in {"DATE", "TIME"} or thing.lemma_.lower() in PERIODS)


# By what stands beside the verb


def _being(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    complement = child(clause.head, "attr", "acomp", "oprd")
    if complement is None:
        yield from _being_from(clause, subject)
        yield from _being_with(clause, subject)
        yield from _being_back(clause, subject)
        yield from _weighing_now(clause, subject)
        return
    for token in coordinated(complement):
        yield from _being_so(clause, subject, token, people)
    yield from _measured(clause, subject)


def _being_with(clause: Clause, subject: Mention) -> Iterator[Finding]:
    """As in "I'm no longer with Globex", and of work "I'm at Globex now"."""
    present = clause.form is Form.PRESENT and (clause.polarity is Polarity.ENDED or any(word.lower_ == "now" for word in clause.words()))
    for preposition in ("with", "at") if present else ():
        for place in _after(clause.head, preposition):
            surely = preposition == "with" and clause.polarity is Polarity.ENDED and place.ent_type_ == "ORG"
            if VERBS["join"][0].accepts(place) and (surely or speaks_of_work(place)):
                yield _entity(clause, subject, "works_for", place, type=ORGANIZATION)


def _being_back(clause: Clause, subject: Mention) -> Iterator[Finding]:
    """As in "I'm back in Leeds since May", "for good": without either it may be the way home from a journey."""
    words = {word.lower_ for word in clause.words()}
    if "back" not in words or not words & {"since", "good"}:
        return
    for holder in (clause.head, *(word for word in clause.head.children if word.lower_ == "back")):
        for place in _after(holder, "in"):
            if VERBS["live"][0].accepts(place):
                yield _entity(clause, subject, "lives_in", place, type=PLACE)


def _being_from(clause: Clause, subject: Mention) -> Iterator[Finding]:
    adverbs = [word for word in clause.head.children if word.dep_ == "advmod" and word.lower_ == "originally"]
    if any(word.dep_ in {"advmod", "npadvmod"} and word.lower_ not in _WITH_ORIGIN for word in clause.head.children):
        return
    for word in (inner for holder in (clause.head, *adverbs) for inner in holder.children):
        place = child(word, "pobj") if word.dep_ == "prep" and word.lower_ == "from" else None
        if place is not None and is_named(place) and place.ent_type_ in {"GPE", "LOC"}:
            yield _entity(clause, subject, "is_from", place, type=PLACE)


def _being_so(clause: Clause, subject: Mention, token: Token, people: People) -> Iterator[Finding]:
    lowered = token.lower_
    if lowered in DIETS:
        yield Finding(subject, "diet", Mention(lowered), Sense.STATE, clause, token.i, lowered)
    elif lowered in NATIONALITIES and token.text[0].isupper() and token.dep_ in {"acomp", "attr", "conj"} and not list(token.rights):
        yield Finding(subject, "nationality", Mention(token.text), Sense.STATE, clause, token.i)
    elif lowered == "allergic":
        causes = [*_after(token, "to"), *(coordinated(cause) if (cause := child(token, "xcomp")) is not None else ())]
        yield from (_entity(clause, subject, "allergic_to", thing) for thing in causes if name_of(thing) and not is_deictic(thing))
    elif lowered in {"married", "engaged"}:
        yield from (
            _entity(clause, subject, f"{lowered}_to", person, type=PERSON)
            for person in _after(token, "to")
            if is_person_name(person, people.known) and person.ent_type_ in {"PERSON", ""}
        )
    elif lowered in _LIKED_ADJECTIVES:
        yield from (
            _entity(clause, subject, "likes", thing)
            for thing in _after(token, _LIKED_ADJECTIVES[lowered])
            if VERBS["like"][0].accepts(thing)
        )
    elif is_occupation(token) and token.tag_ in {"NN", "NNP", "VB", "JJ"} and not _is_owned(token):
        yield _entity(clause, subject, "works_as", token)
        yield from _employed_at(clause, subject, token)
    elif token.lemma_ == "student" and not _is_owned(token):
        yield from (_entity(clause, subject, "studies_at", school, type=ORGANIZATION) for school in _after(token, "at") if is_named(school))


def _employed_at(clause: Clause, subject: Mention, trade: Token) -> Iterator[Finding]:
    reading = next(reading for reading in VERBS["work"] if reading.role == "at")
    for preposition in ("at", "for", "with"):
        for place in (*_after(trade, preposition), *_after(clause.head, preposition)):
            if reading.accepts(place):
                yield _entity(clause, subject, "works_for", place, type=ORGANIZATION)


def _after(token: Token, preposition: str) -> Iterator[Token]:
    for word in token.children:
        thing = child(word, "pobj") if word.dep_ in {"prep", "agent"} and word.lower_ == preposition else None
        if thing is not None:
            yield from coordinated(thing)


def _is_owned(token: Token) -> bool:
    return any(word.dep_ == "poss" for word in token.children)


def _measured(clause: Clause, subject: Mention) -> Iterator[Finding]:
    """Age and height."""
    complement = child(clause.head, "attr", "acomp")
    if complement is None:
        return
    text = complement.doc[complement.left_edge.i : complement.right_edge.i + 1].text.partition(",")[0]
    if complement.lower_ == "tall" and (found := _AMOUNT.search(text)):
        yield _value(clause, subject, "height", _amount(found), "amount", complement)
    elif (complement.tag_ == "CD" or complement.lower_ == "old") and (age := _AGE.match(text)) and _is_bare_age(complement, age[0], text):
        yield from (_value(clause, subject, "age", years, "number", complement) for years in (_years(age[1]),) if years)


def _is_bare_age(complement: Token, age: str, text: str) -> bool:
    rest = text.removeprefix(age).strip(" .!,")
    if any(word.lower_ in {"we", "us"} for word in complement.head.children):
        return False
    return rest in {"", "now", "today", "years old"} and not any(
        word.dep_ == "prep" for holder in (complement, complement.head) for word in holder.children
    )


def _value(
    clause: Clause | None, subject: Mention, predicate: str, text: str, datatype: str, token: Token, sense: Sense = Sense.STATE
) -> Finding:
    return Finding(subject, predicate, Value(text, datatype), sense, clause, token.i)


def _amount(found: re.Match[str]) -> str:
    return f"{found[1]} {UNITS[found[2].lower()]}"


def _rent(clause: Clause, owner: Mention, noun: Token) -> Iterator[Finding]:
    if found := _MONEY.search(_rest(clause)):
        yield _value(clause, owner, "pays_rent", found[0], "amount", noun)


def _rising_rent(clause: Clause, people: People) -> Iterator[Finding]:
    """As in "My rent went up to 950 euros"."""
    owner = child(clause.subject, "poss") if clause.subject is not None else None
    found = re.search(rf"\bto ({_MONEY.pattern})", _rest(clause), re.IGNORECASE)
    if owner is None or found is None or clause.polarity is not Polarity.HOLDS or (person := people.mention(owner)) is None:
        return
    yield _value(clause, person, "pays_rent", found[1], "amount", clause.head, Sense.BEGINS)


def _paying(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    """As in "I pay 900 euros rent", "900 euros in rent"."""
    words = _rest(clause)
    if re.search(r"\brent\b", words) and len(_MONEY.findall(words)) == 1 and (found := _MONEY.search(words)):
        yield replace(_value(clause, subject, "pays_rent", found[0], "amount", clause.head), phrase=found[0])


def _weighing(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    if found := _AMOUNT.search(" ".join(word.text for word in clause.words())):
        yield _value(clause, subject, "weighs", _amount(found), "amount", clause.head)


def _weighing_now(clause: Clause, subject: Mention) -> Iterator[Finding]:
    """As in "I'm down to 80 kg"."""
    for word in clause.head.children:
        for amount in _after(word, "to") if word.lower_ in {"down", "up"} else ():
            found = _AMOUNT.search(f"{amount.doc[amount.left_edge.i : amount.i + 1].text}")
            if found and UNITS[found[2].lower()] in {"kg", "lb", "stone"}:
                yield _value(clause, subject, "weighs", _amount(found), "amount", amount)


def _having(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    """As in "have", "have got" and "got" with a pet, a relation, an ailment, a job."""
    thing = child(clause.head, "dobj", "oprd")
    if thing is None or (lemma(clause.head) == "have" and _is_guarded(clause)):
        return
    got = lemma(clause.head) == "get"
    if got and clause.form is Form.PERFECT:
        clause, got = replace(clause, form=Form.PRESENT), False
    sense = Sense.BEGINS if got else Sense.STATE
    for token in coordinated(thing):
        if is_deictic(token) and not _is_denied_object(token):
            continue
        yield from _had(clause, subject, token, sense)
    if got and thing.lemma_.lower() in {"job", "position"}:
        yield from _taking_up(clause, subject, thing)


def _had(clause: Clause, subject: Mention, token: Token, sense: Sense) -> Iterator[Finding]:
    kind = _kind_before(token)
    noun_lemma, name = (kind.lemma_.lower(), token) if kind is not None else (token.lemma_.lower(), naming(token))
    if noun_lemma in PETS and any(word.lower_ in {"fight", "race", "show"} for word in token.sent):
        return
    if noun_lemma in PETS and not _is_denied_object(token):
        yield from _had_pet(clause, subject, token, kind or token, name, sense)
    elif noun_lemma in KIN and name is not None:
        for link in coordinated(name) if token.tag_ == "NNS" else (name,):
            if is_named(link):
                yield Finding(subject, KIN[noun_lemma], Mention(name_of(link), PERSON), Sense.STATE, clause, token.i)
    elif noun_lemma in CONDITIONS:
        finding = _entity(clause, subject, "has", token, sense=sense)
        yield replace(finding, negated=_is_denied_object(token))
    elif noun_lemma == "allergy":
        yield from (_entity(clause, subject, "allergic_to", cause) for cause in _after(token, "to") if name_of(cause))


def _had_pet(clause: Clause, subject: Mention, token: Token, kind: Token, name: Token | None, sense: Sense) -> Iterator[Finding]:
    if name is not None and token.tag_ == "NNS":
        for link in coordinated(name):
            pet = Mention(name_of(link), ANIMAL)
            yield Finding(subject, "has_pet", pet, sense, clause, link.i, pet.name)
            yield replace(_kind_of_pet(pet, kind, clause), place=link.i)
    elif name is not None:
        called = name.doc[kind.i + 2 : name.i + 1].text if kind.i < name.i and name.i == token.i else name_of(name)
        pet = Mention(called, ANIMAL)
        yield Finding(subject, "has_pet", pet, sense, clause, token.i, called)
        yield _kind_of_pet(pet, kind, clause)
    elif clause.polarity is Polarity.HOLDS and child(token, "nummod") is None:
        pet = Mention(name_of(token), ANIMAL)
        yield Finding(subject, "has_pet", pet, sense, clause, token.i, phrase_of(token))
    elif clause.polarity is Polarity.ENDED:
        yield _entity(clause, subject, "has_pet", token, type=ANIMAL)


def _kind_before(token: Token) -> Token | None:
    """The animal in "a parrot called Kiko", where the parser makes the name its head."""
    for word in token.lefts:
        if word.lemma_.lower() in PETS and word.i + 1 < token.i and word.nbor().lower_ in {"called", "named"} and is_named(token):
            return word
    return None


def _is_denied_object(token: Token) -> bool:
    return any(word.dep_ == "det" and word.lower_ == "no" for word in token.children)


def _kind_of_pet(pet: Mention, noun: Token, clause: Clause | None) -> Finding:
    kind = noun.lemma_.lower()
    return Finding(pet, "is", Mention(kind), Sense.NAMED, clause, noun.i, f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}")


def _taking_up(clause: Clause, subject: Mention, job: Token) -> Iterator[Finding]:
    """As in "got a job at Globex as a designer"."""
    for holder in (clause.head, job):
        for preposition in ("at", "with"):
            for place in _after(holder, preposition):
                if is_named(place):
                    yield _entity(clause, subject, "works_for", place, type=ORGANIZATION, sense=Sense.BEGINS)
        yield from (
            _entity(clause, subject, "works_as", trade, sense=Sense.BEGINS) for trade in _after(holder, "as") if is_occupation(trade)
        )


def _finding_a_job(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    thing = child(clause.head, "dobj")
    if thing is not None and thing.lemma_.lower() in {"job", "position", "work"} and not _is_owned(thing):
        yield from _taking_up(clause, subject, thing)


def _getting(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    state = child(clause.head, "acomp", "oprd", "xcomp", "ccomp")
    if state is not None and state.lower_ in {"married", "engaged"}:
        for person in (*_after(state, "to"), *_after(clause.head, "to")):
            if is_person_name(person, people.known):
                yield _entity(clause, subject, f"{state.lower_}_to", person, type=PERSON, sense=Sense.BEGINS)
    elif state is not None and state.lower_ == "divorced":
        yield Finding(subject, "married_to", None, Sense.ENDS, clause, state.i)
    yield from _having(clause, subject, people)


def _becoming(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    """As in "became a nurse", "went vegan", "turned 35"."""
    for word in clause.head.children:
        if word.dep_ not in {"attr", "acomp", "dobj", "oprd", "advmod"}:
            continue
        if word.lower_ in DIETS:
            yield Finding(subject, "diet", Mention(word.lower_), Sense.BEGINS, clause, word.i)
        elif lemma(clause.head) == "become" and is_occupation(word):
            yield _entity(clause, subject, "works_as", word, sense=Sense.BEGINS)
        elif lemma(clause.head) == "turn" and word.tag_ == "CD" and (years := _years(word.text)):
            yield _value(clause, subject, "age", years, "number", word, Sense.BEGINS)


def _years(text: str) -> str:
    """The digits of an age, also of "six" and "thirty-four"; empty where it is none."""
    if text.isdigit():
        return str(int(text)) if 0 < int(text) < 116 else ""
    tens, _, ones = text.casefold().replace("-", " ").partition(" ")
    if tens not in NUMBERS or (ones and ones not in NUMBERS):
        return ""
    return str(NUMBERS[tens] + NUMBERS.get(ones, 0))


def _promoted(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    """As in "got promoted to shift manager", where the parser may take "to shift" for a verb."""
    doc = clause.head.doc
    if clause.head.i + 1 >= len(doc) or doc[clause.head.i + 1].lower_ != "to":
        return
    words: list[Token] = []
    for word in doc[clause.head.i + 2 :]:
        if word.is_punct or word.dep_ in {"prep", "cc"} or word.ent_type_ in {"DATE", "TIME"}:
            break
        words.append(word)
    words = words[1:] if words and words[0].lower_ in {"a", "an", "the"} else words
    if 0 < len(words) <= 4 and is_occupation(words[-1]):
        name = doc[words[0].i : words[-1].i + 1].text
        yield Finding(subject, "works_as", Mention(name), Sense.BEGINS, clause, words[-1].i, name)


def _hiring(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    """As in "was hired by Globex", "Globex hired me"."""
    head, hired = clause.head, child(clause.head, "dobj")
    if any(word.dep_ in {"xcomp", "advcl", "ccomp"} for word in head.children):
        return
    if child(head, "auxpass") is not None:
        for preposition in ("by", "at"):
            for place in _after(head, preposition):
                if is_named(place) and place.lower_ not in GIVEN_NAMES:
                    yield _entity(clause, subject, "works_for", place, type=ORGANIZATION, sense=Sense.BEGINS)
    elif hired is not None and hired.lower_ == "me" and clause.subject is not None and is_named(clause.subject):
        employer = clause.subject
        if employer.lower_ not in GIVEN_NAMES and employer.ent_type_ != "PERSON" and (person := people.mention(hired)) is not None:
            yield _entity(clause, person, "works_for", employer, type=ORGANIZATION, sense=Sense.BEGINS)


def _giving_up(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    """As in "gave up tennis", "gave up coffee", "gave away the piano", "gave up playing the drums"."""
    particles = {word.lower_ for word in clause.head.children if word.dep_ in {"prt", "advmod"}}
    thing = child(clause.head, "dobj")
    if thing is None or child(clause.head, "dative") is not None:
        return
    if "away" in particles:
        yield from _disposing(clause, subject, people)
    for token in coordinated(thing) if "up" in particles else ():
        if not _is_owned(token) and not is_deictic(token) and (predicate := _practice(token)):
            yield _entity(clause, subject, predicate, token, sense=Sense.ENDS)


def _taking_up_again(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    """As in "took up tennis", "took a job at Globex"."""
    thing = child(clause.head, "dobj")
    if thing is None:
        return
    if any(word.lower_ == "up" and word.dep_ in {"prt", "advmod"} for word in clause.head.children):
        for token in coordinated(thing):
            if _practice(token) == "plays" and not is_deictic(token):
                yield _entity(clause, subject, "plays", token, sense=Sense.BEGINS)
    elif thing.lemma_.lower() in {"job", "position"}:
        yield from _taking_up(clause, subject, thing)


def _practice(token: Token) -> str:
    """What one does with a thing that one can give up; empty where that is not known."""
    lemma_of_thing = token.lemma_.lower()
    if {token.lower_, lemma_of_thing} & (SPORTS | INSTRUMENTS):
        return "plays"
    return "drinks" if lemma_of_thing in DRINKS else "eats" if lemma_of_thing in FOODS else ""


def _disposing(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    """As in "sold my car": it is owned no more. Not of one of several."""
    thing = child(clause.head, "dobj")
    for token in coordinated(thing) if thing is not None and clause.form in {Form.PAST, Form.PERFECT} else ():
        mine = clause.subject is not None and clause.subject.lower_ in FIRST_PERSON
        owned = any(word.lower_ in ({"my", "our", "the"} if mine else {"his", "her", "the", "their"}) for word in token.lefts)
        single = token.tag_ in {"NN", "NNP"} and token.lower_ not in {"half", "share", "part", "rest"}
        if owned and single and VERBS["own"][0].accepts(token) and (token.lemma_.lower() in POSSESSIONS or is_named(token)):
            yield _entity(clause, subject, "owns", token, sense=Sense.ENDS)


def _dropping_out(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    """As in "dropped out of MIT"."""
    for word in clause.head.children:
        for inner in word.children if word.lower_ == "out" else ():
            school = child(inner, "pobj") if inner.lower_ == "of" else None
            if school is not None and is_named(school):
                yield _entity(clause, subject, "studies_at", school, type=ORGANIZATION, sense=Sense.ENDS)


def _dying(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    """As in "our dog Rex died": nobody has it any more."""
    tie = tie_at(clause.subject) if clause.subject is not None else None
    if tie is None or tie.predicate != "has_pet" or not tie.names or (owner := people.mention(tie.owner)) is None:
        return
    if lemma(clause.head) == "pass" and not any(word.lower_ == "away" for word in clause.head.children):
        return
    yield Finding(owner, "has_pet", subject, Sense.ENDS, clause, clause.subject.i if clause.subject is not None else clause.head.i)


def _ending_a_job(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    """As in "quit my job at Acme", "resigned", "got fired", "was made redundant"."""
    head, verb = clause.head, lemma(clause.head)
    thing = child(head, "dobj")
    if verb in {"quit", "leave", "lose"}:
        if (
            thing is None
            or thing.lemma_.lower() not in {"job", "position"}
            or not any(word.lower_ in {"my", "our", "his", "her"} for word in thing.lefts)
        ):
            return
        places = [
            place for holder in (thing, head) for preposition in ("at", "with") for place in _after(holder, preposition) if is_named(place)
        ]
    elif (
        thing is not None
        or (verb == "retire" and any(word.lower_ in {"to", "early", "late", "night", "bed"} for word in own_words(head)))
        or (verb in {"fire", "lay", "sack"} and child(head, "auxpass") is None)
        or (verb == "lay") != (child(head, "prt") is not None)
    ):
        return
    else:
        places = [place for preposition in ("from", "by") for place in _after(head, preposition) if is_named(place)]
        if not places and any(word.dep_ in {"prep", "agent"} and word.lower_ in {"from", "by", "as"} for word in head.children):
            return
    if any(_is_job_end_covered(reading, places) for reading in VERBS.get(verb, ())):
        return
    for place in places:
        yield _entity(clause, subject, "works_for", place, type=ORGANIZATION, sense=Sense.ENDS)
    if not places:
        yield Finding(subject, "works_for", None, Sense.ENDS, clause, head.i)


def _is_job_end_covered(reading: Reading, places: list[Token]) -> bool:
    return reading.role != DOBJ and any(reading.accepts(place) for place in places)


def _moving(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    """As in "moved back to Oslo", "moved out of Oslo", "moved away from Oslo"."""
    for word in clause.head.children:
        for place in _after(word, "to") if word.lower_ == "back" else ():
            if VERBS["move"][0].accepts(place):
                yield _entity(clause, subject, "lives_in", place, type=PLACE, sense=Sense.BEGINS)
        for inner in word.children if word.lower_ in {"out", "away"} else ():
            left = child(inner, "pobj") if inner.lower_ in {"of", "from"} else None
            if left is not None and is_named(left):
                yield _entity(clause, subject, "lives_in", left, type=PLACE, sense=Sense.ENDS)


def _parting(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    """As in "broke up with Tom", "divorced Tom"."""
    if lemma(clause.head) == "divorce":
        partner = child(clause.head, "dobj")
        if partner is not None and is_person_name(partner, people.known):
            yield _entity(clause, subject, "married_to", partner, type=PERSON, sense=Sense.ENDS)
    elif any(word.dep_ == "prt" and word.lower_ == "up" for word in clause.head.children):
        for person in _after(clause.head, "with"):
            if is_person_name(person, people.known):
                yield _entity(clause, subject, "partner", person, type=PERSON, sense=Sense.ENDS)


def _together(clause: Clause, people: People) -> Iterator[Finding]:
    """As in "Paul and I got married", "Tom and I broke up": what two people are to each other."""
    pair = subjects(clause, people)
    if len(pair) != 2 or clause.form is Form.FUTURE:
        return
    first, second = sorted(pair, key=lambda mention: mention.name != people.speaker)
    words = {word.lower_ for word in clause.words()}
    if any(word.dep_ in {"dobj", "xcomp", "advcl"} for word in clause.head.children):
        return
    verb, begun = lemma(clause.head), Sense.BEGINS if clause.form in {Form.PAST, Form.PERFECT} else Sense.STATE
    if words & {"to", "with"}:
        return
    if verb == "marry" or "married" in words:
        yield Finding(first, "married_to", second, begun, clause, clause.head.i)
    elif verb == "engage" or "engaged" in words:
        yield Finding(first, "engaged_to", second, begun, clause, clause.head.i)
    elif verb == "divorce" or "divorced" in words:
        yield Finding(first, "married_to", second, Sense.ENDS, clause, clause.head.i)
    elif verb in {"break", "split"} and any(word.dep_ == "prt" and word.lower_ == "up" for word in clause.head.children):
        yield Finding(first, "partner", second, Sense.ENDS, clause, clause.head.i)
    elif verb == "be" and "together" in words and clause.polarity is Polarity.ENDED:
        yield Finding(first, "partner", second, Sense.STATE, clause, clause.head.i)


def _being_born(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    if child(clause.head, "auxpass") is None:
        return
    for place in _after(clause.head, "in"):
        if is_named(place) and place.ent_type_ not in {"DATE", "TIME"}:
            yield replace(_entity(clause, subject, "born_in", place, type=PLACE), sense=Sense.NAMED)
    for word in clause.head.children:
        day = child(word, "pobj") if word.dep_ == "prep" and word.lower_ == "on" else None
        if day is not None and day.ent_type_ == "DATE":
            yield replace(_value(clause, subject, "birthday", _day(day), "date", day), sense=Sense.NAMED)


def _not_standing(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    """As in "can't stand coriander"."""
    thing = child(clause.head, "dobj")
    if clause.form is not Form.ABLE or clause.polarity is not Polarity.DENIED or thing is None:
        return
    stated = replace(clause, form=Form.PRESENT, polarity=Polarity.HOLDS)
    reading = VERBS["hate"][0]
    yield from (_entity(stated, subject, "dislikes", token) for token in coordinated(thing) if reading.accepts(token))


def _knowing(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    thing = child(clause.head, "dobj")
    if thing is not None and thing.lower_ in SECOND_PERSON and clause.form is Form.PERFECT and (other := people.addressee(thing)):
        yield Finding(subject, "knows", other, Sense.STATE, clause, thing.i)


def _adopting(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    thing = child(clause.head, "dobj")
    if thing is None or thing.lemma_.lower() not in PETS or is_deictic(thing):
        return
    yield from _had(clause, subject, thing, Sense.BEGINS)


_READERS: Final[dict[str, Reader]] = {
    "be": _being,
    "have": _having,
    "get": _getting,
    "weigh": _weighing,
    "drop": _dropping_out,
    "pay": _paying,
    "become": _becoming,
    "go": _becoming,
    "turn": _becoming,
    "quit": _ending_a_job,
    "leave": _ending_a_job,
    "lose": _ending_a_job,
    "resign": _ending_a_job,
    "retire": _ending_a_job,
    "fire": _ending_a_job,
    "sack": _ending_a_job,
    "lay": _ending_a_job,
    "move": _moving,
    "promote": _promoted,
    "hire": _hiring,
    "give": _giving_up,
    "take": _taking_up_again,
    "find": _finding_a_job,
    "land": _finding_a_job,
    "sell": _disposing,
    "die": _dying,
    "pass": _dying,
    "break": _parting,
    "split": _parting,
    "divorce": _parting,
    "bear": _being_born,
    "stand": _not_standing,
    "know": _knowing,
    "adopt": _adopting,
}


# What is said of something of somebody's: a name, a favourite, a birthday


def _attribute(clause: Clause, people: People) -> Iterator[Finding]:
    """As in "My favourite colour is blue", "My email is …"."""
    noun = clause.subject
    owner_word = child(noun, "poss") if noun is not None else None
    owner = people.mention(owner_word) if owner_word is not None else None
    if noun is None or owner is None:
        return
    lemma_of_noun = noun.lemma_.lower()
    if clause.form is not Form.PRESENT and not (clause.form is Form.PAST and lemma_of_noun == "day"):
        return
    if _is_favourite(noun):
        yield from _favoured(clause, owner, noun)
    elif reader := _ATTRIBUTES.get(lemma_of_noun):
        yield from reader(clause, owner, noun)


def _favoured(clause: Clause, owner: Mention, noun: Token) -> Iterator[Finding]:
    complement = child(clause.head, "attr", "acomp")
    if complement is not None and name_of(complement) and complement.lower_ not in EMPTY_NOUNS and not _is_owned(complement):
        yield _entity(clause, owner, _favourite(noun), complement)


def _email(clause: Clause, owner: Mention, noun: Token) -> Iterator[Finding]:
    if found := _EMAIL.search(_rest(clause)):
        yield _value(clause, owner, "email", found[0], "email", noun)


def _phone(clause: Clause, owner: Mention, noun: Token) -> Iterator[Finding]:
    if found := _PHONE.search(_rest(clause)):
        yield _value(clause, owner, "phone", found[0], "phone", noun)


def _measure(clause: Clause, owner: Mention, noun: Token) -> Iterator[Finding]:
    if found := _AMOUNT.search(_rest(clause)):
        yield _value(clause, owner, "weighs" if noun.lower_ == "weight" else "height", _amount(found), "amount", noun)


def _rest(clause: Clause) -> str:
    words = [word for word in own_words(clause.top) if word.i > clause.head.i]
    return clause.head.doc[words[0].i : words[-1].i + 1].text if words else ""


def _first_or_last_day(clause: Clause, owner: Mention, noun: Token) -> Iterator[Finding]:
    """As in "My last day at Acme is Friday"."""
    order = {word.lower_ for word in noun.lefts} & {"first", "last"}
    for place in _after(noun, "at") if order and clause.polarity is Polarity.HOLDS else ():
        if is_named(place):
            sense = Sense.BEGINS if order == {"first"} else Sense.ENDS
            yield _entity(clause, owner, "works_for", place, type=ORGANIZATION, sense=sense)


def _is_favourite(noun: Token) -> bool:
    return any(word.lower_ in {"favourite", "favorite"} for word in noun.lefts)


def _favourite(noun: Token) -> str:
    words = [word for word in noun.lefts if word.dep_ in {"compound", "amod"} and word.lower_ not in {"favourite", "favorite"}]
    return "_".join(["favourite", *(word.lower_ for word in words), noun.lemma_.lower()])


def _employer(clause: Clause, owner: Mention, noun: Token) -> Iterator[Finding]:
    """As in "My new employer is Globex"."""
    name = child(clause.head, "attr")
    if name is not None and is_named(name) and _is_present_job(noun):
        yield _entity(clause, owner, "works_for", name, type=ORGANIZATION)


def _job_place(clause: Clause, owner: Mention, noun: Token) -> Iterator[Finding]:
    """As in "My new job is at Globex"."""
    described = {word.lower_ for word in noun.lefts if word.dep_ in {"amod", "compound"}}
    for preposition in ("at", "with") if described and described <= {"new", "current", "present", "second", "other"} else ():
        for place in _after(clause.head, preposition):
            if is_named(place):
                yield _entity(clause, owner, "works_for", place, type=ORGANIZATION)


def _is_present_job(noun: Token) -> bool:
    described = {word.lower_ for word in noun.lefts if word.dep_ in {"amod", "compound"}}
    return noun.lower_ in {"employer", "workplace"} and described <= {"new", "current", "present"}


def _own_name(clause: Clause, owner: Mention, noun: Token) -> Iterator[Finding]:
    name = child(clause.head, "attr", "acomp", "oprd")
    mine = any(word.lower_ in FIRST_PERSON for word in noun.lefts)
    if mine and name is not None and is_named(name) and name_of(name).casefold() != owner.name.casefold():
        yield Finding(owner, "name", Value(name_of(name)), Sense.STATE, clause, name.i)


def _relation(clause: Clause, people: People) -> Iterator[Finding]:
    """As in "Blue is my favourite colour", "Globex is my new employer"."""
    noun, subject = child(clause.head, "attr"), clause.subject
    owner_word = child(noun, "poss") if noun is not None else None
    if noun is None or subject is None or owner_word is None or clause.form is not Form.PRESENT:
        return
    owner = people.mention(owner_word)
    if owner is not None and _is_present_job(noun) and is_named(subject) and subject.lower_ not in GIVEN_NAMES:
        yield _entity(clause, owner, "works_for", subject, type=ORGANIZATION)
    if not _is_favourite(noun):
        return
    if owner is not None and name_of(subject) and not is_deictic(subject) and not _is_owned(subject):
        yield _entity(clause, owner, _favourite(noun), subject)


def _birthday(clause: Clause, owner: Mention, noun: Token) -> Iterator[Finding]:
    for word in clause.head.children:
        day = child(word, "pobj") if word.dep_ == "prep" and word.lower_ == "on" else word if word.dep_ == "attr" else None
        if day is not None and day.ent_type_ == "DATE" and any(char.isdigit() for char in _day(day)):
            yield replace(_value(clause, owner, "birthday", _day(day), "date", day), sense=Sense.NAMED)


def _day(token: Token) -> str:
    text = token.doc[token.left_edge.i : token.right_edge.i + 1].text
    return text.removeprefix("the ").strip(" .,!")


_ATTRIBUTES: Final[dict[str, Callable[[Clause, Mention, Token], Iterator[Finding]]]] = {
    "name": _own_name,
    "email": _email,
    "e-mail": _email,
    "mail": _email,
    "address": _email,
    "number": _phone,
    "phone": _phone,
    "mobile": _phone,
    "weight": _measure,
    "height": _measure,
    "day": _first_or_last_day,
    "birthday": _birthday,
    "employer": _employer,
    "workplace": _employer,
    "rent": _rent,
    "job": _job_place,
}


# Plans


def _is_plan_noun(subject: Token | None) -> bool:
    return subject is not None and subject.lower_ in PLAN_NOUNS


def intended(clause: Clause, people: People) -> Iterator[Finding]:
    """As in "I'm going to learn Greek": what lies ahead, and of which nothing else was read."""
    going_to = clause.form is Form.FUTURE and clause.turn is Turn.PLAIN and clause.head.i != clause.top.i
    if going_to and lemma(clause.head) in WANTED and clause.subject is not None:
        yield from _plan(clause, people)


def _planned_thing(clause: Clause, people: People) -> Iterator[Finding]:
    """As in "planning a trip to Japan", "considering a move to Berlin"."""
    thing = child(clause.head, "dobj")
    if thing is None or thing.lemma_.lower() not in {"trip", "holiday", "move", "wedding", "journey", "visit", "tour"}:
        return
    if clause.polarity is not Polarity.HOLDS or any(word.dep_ == "poss" for word in thing.lefts):
        return
    text = thing.doc[thing.left_edge.i : max(word.i for word in clause.head.subtree) + 1].text.strip(" .,!;:")
    yield from (Finding(subject, "plans", Value(text), Sense.PLANNED, clause, thing.i, text) for subject in subjects(clause, people))


def _plan(clause: Clause, people: People) -> Iterator[Finding]:
    """As in "thinking of adopting a dog": the intent in its own words, its verb in the infinitive."""
    head = clause.head
    words = [word for word in head.subtree if word.i > head.i]
    if clause.polarity is not Polarity.HOLDS or {word.lower_ for word in words if not word.ent_type_} & _PLAN_SPOILERS or len(words) > 14:
        return
    rest = head.doc[head.i + 1 : words[-1].i + 1].text if words else ""
    text = f"{head.lemma_} {rest}".strip(" .,!;:")
    owner = child(clause.subject, "poss") if clause.subject is not None else None
    whose = people.mentions(owner) if owner is not None and _is_plan_noun(clause.subject) else subjects(clause, people)
    yield from (Finding(subject, "plans", Value(text), Sense.PLANNED, clause, head.i, text) for subject in whose)
