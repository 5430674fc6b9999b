"""Verbs that say more than a table of them can: their meaning lies in what stands beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mem0g.model import Mention
from mem0g.providers.offline.being import being
from mem0g.providers.offline.clauses import Clause, Form, Polarity, child, lemma, own_words
from mem0g.providers.offline.findings import Finding, Sense
from mem0g.providers.offline.measures import paying, weighing, years_in
from mem0g.providers.offline.names import coordinated, is_deictic, is_named, name_of, phrase_of
from mem0g.providers.offline.people import ANIMAL, PERSON, People, is_person_name, naming, tie_at
from mem0g.providers.offline.syntax import after, day_of, found_entity, found_value, is_owned, subjects
from mem0g.providers.offline.tabled import is_guarded
from mem0g.providers.offline.verbs import DOBJ, ORGANIZATION, PLACE, VERBS, Reading, is_occupation
from mem0g.providers.offline.vocabulary import (
    CONDITIONS,
    DIETS,
    DRINKS,
    FIRST_PERSON,
    FOODS,
    GIVEN_NAMES,
    INSTRUMENTS,
    KIN,
    PETS,
    POSSESSIONS,
    SECOND_PERSON,
    SPORTS,
)

if TYPE_CHECKING:
    from mem0g.providers.offline.parser import Token

Reader = Callable[[Clause, Mention, People], Iterator[Finding]]


def _having(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    """As in "have", "have got" and "got" with a pet, a relation, an ailment, a job."""
    thing = child(clause.head, "dobj", "oprd")
    if thing is None or (lemma(clause.head) == "have" and is_guarded(clause)):
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
        finding = found_entity(clause, subject, "has", token, sense=sense)
        yield replace(finding, negated=_is_denied_object(token))
    elif noun_lemma == "allergy":
        yield from (found_entity(clause, subject, "allergic_to", cause) for cause in after(token, "to") if name_of(cause))


def _had_pet(clause: Clause, subject: Mention, token: Token, kind: Token, name: Token | None, sense: Sense) -> Iterator[Finding]:
    if name is not None and token.tag_ == "NNS":
        for link in coordinated(name):
            pet = Mention(name_of(link), ANIMAL)
            yield Finding(subject, "has_pet", pet, sense, clause, link.i, pet.name)
            yield replace(kind_of_pet(pet, kind, clause), place=link.i)
    elif name is not None:
        called = name.doc[kind.i + 2 : name.i + 1].text if kind.i < name.i and name.i == token.i else name_of(name)
        pet = Mention(called, ANIMAL)
        yield Finding(subject, "has_pet", pet, sense, clause, token.i, called)
        yield kind_of_pet(pet, kind, clause)
    elif clause.polarity is Polarity.HOLDS and child(token, "nummod") is None:
        pet = Mention(name_of(token), ANIMAL)
        yield Finding(subject, "has_pet", pet, sense, clause, token.i, phrase_of(token))
    elif clause.polarity is Polarity.ENDED:
        yield found_entity(clause, subject, "has_pet", token, type=ANIMAL)


def _kind_before(token: Token) -> Token | None:
    """The animal in "a parrot called Kiko", where the parser makes the name its head."""
    for word in token.lefts:
        if word.lemma_.lower() in PETS and word.i + 1 < token.i and word.nbor().lower_ in {"called", "named"} and is_named(token):
            return word
    return None


def _is_denied_object(token: Token) -> bool:
    return any(word.dep_ == "det" and word.lower_ == "no" for word in token.children)


def kind_of_pet(pet: Mention, noun: Token, clause: Clause | None) -> Finding:
    """That a pet is a dog, or a cat."""
    kind = noun.lemma_.lower()
    return Finding(pet, "is", Mention(kind), Sense.NAMED, clause, noun.i, f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}")


def _taking_up(clause: Clause, subject: Mention, job: Token) -> Iterator[Finding]:
    """As in "got a job at Globex as a designer"."""
    for holder in (clause.head, job):
        for preposition in ("at", "with"):
            for place in after(holder, preposition):
                if is_named(place):
                    yield found_entity(clause, subject, "works_for", place, type=ORGANIZATION, sense=Sense.BEGINS)
        yield from (
            found_entity(clause, subject, "works_as", trade, sense=Sense.BEGINS) for trade in after(holder, "as") if is_occupation(trade)
        )


def _finding_a_job(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    thing = child(clause.head, "dobj")
    if thing is not None and thing.lemma_.lower() in {"job", "position", "work"} and not is_owned(thing):
        yield from _taking_up(clause, subject, thing)


def _getting(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    state = child(clause.head, "acomp", "oprd", "xcomp", "ccomp")
    if state is not None and state.lower_ in {"married", "engaged"}:
        for person in (*after(state, "to"), *after(clause.head, "to")):
            if is_person_name(person, people.known):
                yield found_entity(clause, subject, f"{state.lower_}_to", person, type=PERSON, sense=Sense.BEGINS)
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
            yield found_entity(clause, subject, "works_as", word, sense=Sense.BEGINS)
        elif lemma(clause.head) == "turn" and word.tag_ == "CD" and (years := years_in(word.text)):
            yield found_value(clause, subject, "age", years, "number", word, Sense.BEGINS)


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
            for place in after(head, preposition):
                if is_named(place) and place.lower_ not in GIVEN_NAMES:
                    yield found_entity(clause, subject, "works_for", place, type=ORGANIZATION, sense=Sense.BEGINS)
    elif hired is not None and hired.lower_ == "me" and clause.subject is not None and is_named(clause.subject):
        employer = clause.subject
        if employer.lower_ not in GIVEN_NAMES and employer.ent_type_ != "PERSON" and (person := people.mention(hired)) is not None:
            yield found_entity(clause, person, "works_for", employer, type=ORGANIZATION, sense=Sense.BEGINS)


def _giving_up(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    """As in "gave up tennis", "gave up coffee", "gave away the piano", "gave up playing the drums"."""
    particles = {word.lower_ for word in clause.head.children if word.dep_ in {"prt", "advmod"}}
    thing = child(clause.head, "dobj")
    if thing is None or child(clause.head, "dative") is not None:
        return
    if "away" in particles:
        yield from _disposing(clause, subject, people)
    for token in coordinated(thing) if "up" in particles else ():
        if not is_owned(token) and not is_deictic(token) and (predicate := _practice(token)):
            yield found_entity(clause, subject, predicate, token, sense=Sense.ENDS)


def _taking_up_again(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    """As in "took up tennis", "took a job at Globex"."""
    thing = child(clause.head, "dobj")
    if thing is None:
        return
    if any(word.lower_ == "up" and word.dep_ in {"prt", "advmod"} for word in clause.head.children):
        for token in coordinated(thing):
            if _practice(token) == "plays" and not is_deictic(token):
                yield found_entity(clause, subject, "plays", token, sense=Sense.BEGINS)
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
            yield found_entity(clause, subject, "owns", token, sense=Sense.ENDS)


def _dropping_out(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    """As in "dropped out of MIT"."""
    for word in clause.head.children:
        for inner in word.children if word.lower_ == "out" else ():
            school = child(inner, "pobj") if inner.lower_ == "of" else None
            if school is not None and is_named(school):
                yield found_entity(clause, subject, "studies_at", school, type=ORGANIZATION, sense=Sense.ENDS)


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
            place for holder in (thing, head) for preposition in ("at", "with") for place in after(holder, preposition) if is_named(place)
        ]
    elif (
        thing is not None
        or (verb == "retire" and any(word.lower_ in {"to", "early", "late", "night", "bed"} for word in own_words(head)))
        or (verb in {"fire", "lay", "sack"} and child(head, "auxpass") is None)
        or (verb == "lay") != (child(head, "prt") is not None)
    ):
        return
    else:
        places = [place for preposition in ("from", "by") for place in after(head, preposition) if is_named(place)]
        if not places and any(word.dep_ in {"prep", "agent"} and word.lower_ in {"from", "by", "as"} for word in head.children):
            return
    if any(_is_job_end_covered(reading, places) for reading in VERBS.get(verb, ())):
        return
    for place in places:
        yield found_entity(clause, subject, "works_for", place, type=ORGANIZATION, sense=Sense.ENDS)
    if not places:
        yield Finding(subject, "works_for", None, Sense.ENDS, clause, head.i)


def _is_job_end_covered(reading: Reading, places: list[Token]) -> bool:
    return reading.role != DOBJ and any(reading.accepts(place) for place in places)


def _moving(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    """As in "moved back to Oslo", "moved out of Oslo", "moved away from Oslo"."""
    for word in clause.head.children:
        for place in after(word, "to") if word.lower_ == "back" else ():
            if VERBS["move"][0].accepts(place):
                yield found_entity(clause, subject, "lives_in", place, type=PLACE, sense=Sense.BEGINS)
        for inner in word.children if word.lower_ in {"out", "away"} else ():
            left = child(inner, "pobj") if inner.lower_ in {"of", "from"} else None
            if left is not None and is_named(left):
                yield found_entity(clause, subject, "lives_in", left, type=PLACE, sense=Sense.ENDS)


def _parting(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    """As in "broke up with Tom", "divorced Tom"."""
    if lemma(clause.head) == "divorce":
        partner = child(clause.head, "dobj")
        if partner is not None and is_person_name(partner, people.known):
            yield found_entity(clause, subject, "married_to", partner, type=PERSON, sense=Sense.ENDS)
    elif any(word.dep_ == "prt" and word.lower_ == "up" for word in clause.head.children):
        for person in after(clause.head, "with"):
            if is_person_name(person, people.known):
                yield found_entity(clause, subject, "partner", person, type=PERSON, sense=Sense.ENDS)


def together(clause: Clause, people: People) -> Iterator[Finding]:
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
    for place in after(clause.head, "in"):
        if is_named(place) and place.ent_type_ not in {"DATE", "TIME"}:
            yield replace(found_entity(clause, subject, "born_in", place, type=PLACE), sense=Sense.NAMED)
    for word in clause.head.children:
        day = child(word, "pobj") if word.dep_ == "prep" and word.lower_ == "on" else None
        if day is not None and day.ent_type_ == "DATE":
            yield replace(found_value(clause, subject, "birthday", day_of(day), "date", day), sense=Sense.NAMED)


def _not_standing(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    """As in "can't stand coriander"."""
    thing = child(clause.head, "dobj")
    if clause.form is not Form.ABLE or clause.polarity is not Polarity.DENIED or thing is None:
        return
    stated = replace(clause, form=Form.PRESENT, polarity=Polarity.HOLDS)
    reading = VERBS["hate"][0]
    yield from (found_entity(stated, subject, "dislikes", token) for token in coordinated(thing) if reading.accepts(token))


def _knowing(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    thing = child(clause.head, "dobj")
    if thing is not None and thing.lower_ in SECOND_PERSON and clause.form is Form.PERFECT and (other := people.addressee(thing)):
        yield Finding(subject, "knows", other, Sense.STATE, clause, thing.i)


def _adopting(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    thing = child(clause.head, "dobj")
    if thing is None or thing.lemma_.lower() not in PETS or is_deictic(thing):
        return
    yield from _had(clause, subject, thing, Sense.BEGINS)


READERS: Final[dict[str, Reader]] = {
    "be": being,
    "have": _having,
    "get": _getting,
    "weigh": weighing,
    "drop": _dropping_out,
    "pay": paying,
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
