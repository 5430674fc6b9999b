"""Who is meant: "I" is the speaker, "she" the one woman just named, "my sister" Anna once she has been named so."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from mem0g.model import Mention, normalise
from mem0g.providers.offline.clauses import child, lemma
from mem0g.providers.offline.names import coordinated, is_named, name_of
from mem0g.providers.offline.vocabulary import (
    ACTS_OF_PEOPLE,
    FAMILY,
    FEMALE_KIN,
    FEMALE_NAMES,
    FEMALE_PRONOUNS,
    FIRST_PERSON,
    FORMER,
    KIN,
    KNOWN_PLACES,
    LANGUAGES,
    MALE_KIN,
    MALE_NAMES,
    MALE_PRONOUNS,
    NATIONALITIES,
    PETS,
    SAYING_NOTHING,
    SECOND_PERSON,
)

if TYPE_CHECKING:
    from mem0g.providers.offline.parser import Doc, Token

PERSON = "person"
ANIMAL = "animal"
_NEARBY = 50
_PERSON_ROLES = frozenset({"nsubj", "nsubjpass", "appos", "conj", "dobj", "poss", "oprd", "attr", "npadvmod", "dative"})
_PERSON_PREPOSITIONS = frozenset({"with", "by", "from", "about", "for", "to", "of"})
_NOT_PEOPLE = frozenset(
    {"GPE", "LOC", "FAC", "DATE", "TIME", "NORP", "LANGUAGE", "MONEY", "CARDINAL", "ORDINAL", "PERCENT", "QUANTITY", "EVENT"}
)


@dataclass(frozen=True, slots=True)
class Named:
    """A person or an animal named in a text, and where: the place of its sentence's parse, then of the word in it."""

    mention: Mention
    gender: str
    place: tuple[int, int]


@dataclass(frozen=True)
class Tie:
    """A relation that a noun phrase states by itself: "my sister Anna", "our dog Rufus".

    Attributes:
        noun: "sister".
        owner: whose, as written.
        names: what is named so.
    """

    noun: Token
    predicate: str
    owner: Token
    names: tuple[Token, ...]


@dataclass
class People:
    """Those a message speaks of.

    Attributes:
        speaker: who "I" is.
        other: who "you" is, if there is exactly one other; else empty.
        known: names of those who speak in the conversation, normalised.
        docs: the parses of the message, in order.
        before: those named in the previous message.
        words_before: its words.
        earlier: returns the parses of earlier messages of the same speaker; called only when needed.
        stated: relation and name of those the speaker was lately stated to have: ("sister", "Anna").
    """

    speaker: str
    other: str = ""
    known: frozenset[str] = frozenset()
    docs: Sequence[Doc] = ()
    before: Sequence[Named] = ()
    words_before: Sequence[Token] = ()
    earlier: Callable[[], Iterable[Doc]] = field(default=lambda: ())
    stated: Sequence[tuple[str, str]] = ()

    def mentions(self, token: Token) -> tuple[Mention, ...]:
        """The people that `token` and what is joined to it name. Empty where one of them is unclear."""
        if token.lower_ in {"they", "them", "both"}:
            return self._pair(token)
        found = [self.mention(link) for link in coordinated(token)]
        return tuple(mention for mention in found if mention is not None) if all(found) else ()

    def mention(self, token: Token) -> Mention | None:
        """The one person or animal that `token` means; None where that is unclear."""
        lowered = token.lower_
        if lowered in FIRST_PERSON:
            return Mention(self.speaker, PERSON)
        if is_set_apart(token):
            return None
        if lowered in FEMALE_PRONOUNS | MALE_PRONOUNS:
            return self._antecedent(token, "f" if lowered in FEMALE_PRONOUNS else "m")
        if tie := tie_at(token):
            return self.tied(tie, 0)
        if is_person_name(token, self.known):
            name = name_of(token)
            return None if self._is_namesake(name) else Mention(name, PERSON if normalise(name) in self.known else "")
        return None

    def tied(self, tie: Tie, index: int) -> Mention | None:
        """The person of a tie: by name where one is known, else as "Alice's sister"."""
        type = ANIMAL if tie.predicate == "has_pet" else PERSON
        if tie.names:
            name = name_of(tie.names[index])
            return Mention(name, type) if name and not (type == PERSON and self._is_namesake(name)) else None
        owner = self.mention(tie.owner)
        if owner is None or type == ANIMAL or tie.noun.tag_ == "NNS":
            return None
        named = self._ties.get(tie.predicate, set()) if normalise(owner.name) == normalise(self.speaker) else set()
        if len(named) == 1 and not self._is_namesake(next(iter(named))) and not any(word.dep_ == "amod" for word in tie.noun.children):
            return Mention(next(iter(named)), PERSON)
        return Mention(f"{owner.name}'s {tie.predicate.replace('_', ' ')}", PERSON)

    def addressee(self, token: Token) -> Mention | None:
        """Who "you" is, where only one other takes part in the conversation."""
        return Mention(self.other, PERSON) if token.lower_ in SECOND_PERSON and self.other else None

    @cached_property
    def named(self) -> list[Named]:
        """Everyone named in the message, in order."""
        return [found for place, doc in enumerate(self.docs) for found in self._named_in(doc, place)]

    def _is_namesake(self, name: str) -> bool:
        """Whether the speaker has two of this name: "my sister Anna" and "my colleague Anna"."""
        relations = {relation for relation, names in self._ties.items() if normalise(name) in {normalise(each) for each in names}}
        relations |= {relation for relation, named in self.stated if normalise(named) == normalise(name)}
        return len(relations) > 1 and bool(relations & FAMILY)

    def _named_in(self, doc: Doc, place: int) -> Iterator[Named]:
        for token in doc:
            if tie := tie_at(token):
                if token.i == tie.noun.i and tie.noun.lower_ not in {"she", "he"}:
                    for index in range(max(1, len(tie.names))):
                        if (tie.owner.lower_ in FIRST_PERSON or tie.names) and (mention := self.tied(tie, index)):
                            gender = "f" if tie.predicate in FEMALE_KIN else "m" if tie.predicate in MALE_KIN else ""
                            yield Named(mention, gender or (_gender(mention.name) if mention.type == PERSON else ""), (place, token.i))
            elif pet := pet_name(token):
                yield Named(Mention(name_of(pet), ANIMAL), "", (place, token.i))
            elif is_person_name(token, self.known) and self._is_person(token) and _stands_as_person(token):
                mention = Mention(name_of(token), PERSON if normalise(name_of(token)) in self.known else "")
                yield Named(mention, _gender(name_of(token)), (place, token.i))

    def _antecedent(self, token: Token, gender: str) -> Mention | None:
        here = (self._places.get(id(token.doc), len(self.docs)), token.i)
        end = bisect_left(self.named, here, key=lambda found: found.place)
        nearby = [*self.before, *self.named[max(0, end - _NEARBY) : end]]
        genders = {normalise(found.mention.name): found.gender for found in nearby if found.gender}
        fitting = {key: found.mention for found in nearby if genders.get(key := normalise(found.mention.name), gender) == gender}
        return next(iter(fitting.values())) if len(fitting) == 1 else None

    def _pair(self, token: Token) -> tuple[Mention, ...]:
        """The two people just named together, where nobody else was, and nothing else that "they" may mean."""
        here = self._places.get(id(token.doc), len(self.docs))
        own = [word for doc in self.docs[: here + 1] for word in doc if doc is not token.doc or word.i < token.i]
        words = own if any(is_person_name(word, self.known) for word in own) else self.words_before
        heads = [word for word in words if is_person_name(word, self.known) or tie_at(word) is not None]
        pairs = [word for word in heads if child(word, "conj") is not None]
        plurals = [word for word in words if word.tag_ in {"NNS", "NNPS"}]
        if len(pairs) != 1 or plurals or any(word.lower_ in FIRST_PERSON and word.dep_ == "conj" for word in words):
            return ()
        pair = [self.mention(link) for link in coordinated(pairs[0])]
        names = {normalise(mention.name) for mention in pair if mention is not None}
        named = [found.mention.name for found in (self.named if words is own else self.before)]
        if None in pair or len(names) != 2 or any(normalise(name) not in names for name in named):
            return ()
        return tuple(mention for mention in pair if mention is not None)

    @cached_property
    def _places(self) -> dict[int, int]:
        return {id(doc): place for place, doc in reversed(list(enumerate(self.docs)))}

    def _is_person(self, token: Token) -> bool:
        return token.ent_type_ == "PERSON" or normalise(name_of(token)) in self.known

    @cached_property
    def _ties(self) -> dict[str, set[str]]:
        """The names that the speaker has given to those of each relation."""
        names: dict[str, set[str]] = {}
        for doc in (*self.docs, *self.earlier()):
            for token in doc:
                tie = tie_at(token)
                if tie is not None and token.i == tie.noun.i and tie.owner.lower_ in FIRST_PERSON:
                    names.setdefault(tie.predicate, set()).update(name_of(name) for name in tie.names)
        return names


def is_person_name(token: Token, known: frozenset[str]) -> bool:
    """Whether `token` heads a proper name that may be a person's."""
    if not is_named(token):
        return False
    return token.ent_type_ not in _NOT_PEOPLE or normalise(name_of(token)) in known or _acts_as_person(token)


def _acts_as_person(token: Token) -> bool:
    """Whether it does what people do: the name recogniser takes many a name it never saw for a place or a language."""
    known_otherwise = name_of(token).casefold() in KNOWN_PLACES or token.lower_ in LANGUAGES | NATIONALITIES
    single = token.ent_type_ in {"GPE", "LOC", "LANGUAGE", "NORP", "EVENT", "FAC"} and " " not in name_of(token)
    return single and not known_otherwise and token.dep_ in {"nsubj", "conj"} and lemma(token.head) in ACTS_OF_PEOPLE


def is_set_apart(token: Token) -> bool:
    """Whether it tells its person from another of the name: "the other Anna", "Anna from work", "my colleague Anna, not my sister"."""
    if any(word.dep_ == "neg" and word.head.pos_ in {"NOUN", "PROPN"} for word in token.subtree):
        return True
    if not is_named(token) or tie_at(token) is not None:
        return False
    return any(
        word.dep_ in {"det", "amod"}
        or (word.dep_ == "prep" and word.i > token.i and word.lower_ in {"from", "at", "of", "in", "with", "on", "over"})
        or (word.dep_ in {"appos", "acl"} and word.i > token.i and not is_named(word))
        for word in token.children
    )


def tie_at(token: Token) -> Tie | None:
    """The tie in whose noun or name `token` is: "my sister", "my sister Anna", "Anna, my sister,"."""
    noun = (
        token
        if _tie_word(token)
        else next((word for word in token.children if word.dep_ in {"compound", "nmod", "appos"} and _tie_word(word)), None)
    )
    if noun is None:
        return None
    owner = child(noun, "poss") or (child(noun.head, "poss") if noun.dep_ in {"compound", "nmod"} else None)
    if owner is None or any(
        word.lower_ in FORMER or word.lower_.startswith("ex") for word in noun.children if word.dep_ in {"amod", "compound"}
    ):
        return None
    return Tie(noun, _tie_word(noun), owner, _tie_names(noun))


def pet_name(token: Token) -> Token | None:
    """The name that "a dog called Rufus" gives the animal `token`."""
    return naming(token) if token.lemma_.lower() in PETS and token.pos_ in {"NOUN", "PROPN"} else None


def naming(token: Token) -> Token | None:
    """The name in "a dog called Rufus", "a sister, Anna"."""
    for word in token.children:
        if word.dep_ in {"acl", "relcl"} and word.lower_ in {"called", "named"}:
            found = child(word, "oprd", "dobj", "attr", "ccomp", "xcomp", "npadvmod", "advmod")
            return found if found is not None and found.text[:1].isupper() else None
        if word.dep_ == "appos" and is_named(word):
            return word
    return None


def _tie_word(token: Token) -> str:
    if token.pos_ not in {"NOUN", "PROPN"} or (token.text[:1].isupper() and token.i > token.sent.start and token.tag_ != "NNP"):
        return ""
    lemma = token.lemma_.lower()
    if lemma in PETS:
        return "has_pet"
    return KIN.get(token.lower_) or KIN.get(lemma, "")


def _tie_names(noun: Token) -> tuple[Token, ...]:
    if noun.dep_ in {"compound", "nmod", "appos"} and is_named(noun.head):
        return (noun.head,)
    found = child(noun, "appos") or naming(noun) or _named_by_clause(noun) or _name_after(noun)
    if found is None or not is_named(found):
        return ()
    return tuple(link for link in coordinated(found) if is_named(link)) if noun.tag_ == "NNS" else (found,)


def _name_after(noun: Token) -> Token | None:
    """The name right after it, where the parser hangs the two on different words."""
    after = noun.nbor() if noun.i + 1 < noun.sent.end else None
    apart = after is None or after.ent_type_ != "PERSON" or after.dep_ not in {"npadvmod", "nsubj", "dobj", "compound"}
    return None if apart or noun.tag_ == "NNS" or any(word.dep_ == "case" for word in noun.children) else after


def _named_by_clause(noun: Token) -> Token | None:
    """The name in "my sister's name is Anna", "my sister is called Anna", "Anna is my sister"."""
    if noun.dep_ == "poss" and noun.head.lower_ == "name" and noun.head.dep_ == "nsubj" and _is_plainly_said(noun.head.head):
        return child(noun.head.head, "attr", "acomp", "oprd")
    if noun.dep_ in {"nsubjpass", "nsubj"} and noun.head.lower_ in {"called", "named"} and _is_plainly_said(noun.head):
        return child(noun.head, "oprd", "dobj", "attr")
    if noun.dep_ == "attr" and _is_plainly_said(noun.head):
        return child(noun.head, "nsubj")
    return None


def _is_plainly_said(verb: Token) -> bool:
    """Whether a main clause says it, in the present and without "not", "maybe" or a modal."""
    words = list(verb.children)
    present = {word.lower_ for word in (verb, *words)} & {"is", "are", "am", "'s", "'re", "'m"}
    unsure = any(word.dep_ in {"neg", "mark"} or word.tag_ == "MD" or word.lower_ in SAYING_NOTHING for word in words)
    return verb.dep_ in {"ROOT", "conj"} and bool(present) and not unsure


def _gender(name: str) -> str:
    first = normalise(name).split()[0]
    return "f" if first in FEMALE_NAMES else "m" if first in MALE_NAMES else ""


def _stands_as_person(token: Token) -> bool:
    if token.dep_ == "pobj":
        return token.head.lower_ in _PERSON_PREPOSITIONS
    return token.dep_ in _PERSON_ROLES or token.dep_ == "ROOT"
