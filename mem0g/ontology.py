"""The types that a graph's entities and relations keep to, as Pydantic models the user writes.

    class Person(EntityType):
        '''A human being.'''
        birthday: date | None = None
        email: list[str] = []

    class Company(EntityType, aliases=["organization"]):
        '''Whoever employs people.'''

    class WorksFor(RelationType, exclusive=True, aliases=["on_the_payroll_of"]):
        '''Who employs someone.'''
        subject: Person
        object: Company

    Memory(ontology=Ontology([Person, Company], [WorksFor]))

A class's name is the type's ("person") or the predicate's ("works_for"). A field of an entity type is a predicate too: what it says is a
fact with its times, and nothing that is overwritten; a field that is a list has several values at a time. Values are validated, and
written as Pydantic reads them. Importing this module loads Pydantic; `import mem0g` does not.
"""

import math
import re
import types
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, ClassVar, Literal, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.errors import PydanticUndefinedAnnotation, PydanticUserError
from pydantic.fields import FieldInfo

from mem0g.errors import InvalidInput
from mem0g.model import ClaimDraft, Mention, Value, normalise, predicate_name
from mem0g.period import quoted

RELATED_TO = "related_to"
"""The predicate of a generalised claim about two entities."""
NOTED = "noted"
"""The predicate of a generalised claim that is kept as its sentence."""

UNKNOWN_TYPE = "a type that the ontology does not name"
UNKNOWN_PREDICATE = "a predicate that the ontology does not name"
WRONG_SUBJECT = "a subject of another type"
WRONG_OBJECT = "an object of another type"
INVALID_VALUE = "a value that does not validate"

_NUMBER = re.compile(r"[-+]?\d+(\.\d*)?")
"""What Pydantic takes for seconds since 1970 where a date is asked for, and nobody means so."""

_ANYTHING = TypeAdapter(Any)

Violations = Literal["refuse", "generalise"]


class EntityType(BaseModel):
    """A type of entity: subclass it. Its fields are predicates of such entities.

    Class arguments:
        name: of the type, where it is not the class's in snake_case.
        aliases: other names of the type, as what reads text may give it.

    Raises:
        InvalidInput: a class argument cannot be used, or is none of these nor a setting of `pydantic.ConfigDict`.
    """

    _declared: ClassVar["_Declared"]

    def __init_subclass__(cls, *, name: str = "", aliases: Collection[str] = (), **unknown: Any) -> None:
        _check_known(cls, unknown, ("name", "aliases"))
        super().__init_subclass__()
        cls._declared = _Declared(_own_name(cls, name), _listed(aliases, "aliases"))


class RelationType(BaseModel):
    """A predicate: subclass it, and annotate what its ends may be; one that is left out may be anything.

    `subject` is an entity type or several (`Person | Company`), `object` likewise or a type of value (`date`, `Literal["red", "blue"]`).

    Class arguments:
        name: of the predicate, where it is not the class's in snake_case.
        exclusive: whether there is one object at a time; None leaves it to the text and the built-in table.
        aliases: other names of the predicate; `inverses`: names of it as said from the object's end.

    Raises:
        InvalidInput: a class argument cannot be used, or is none of these nor a setting of `pydantic.ConfigDict`.
    """

    _declared: ClassVar["_Declared"]

    def __init_subclass__(
        cls,
        *,
        name: str = "",
        exclusive: bool | None = None,
        aliases: Collection[str] = (),
        inverses: Collection[str] = (),
        **unknown: Any,
    ) -> None:
        _check_known(cls, unknown, ("name", "exclusive", "aliases", "inverses"))
        super().__init_subclass__()
        if exclusive is not None and not isinstance(exclusive, bool):
            raise InvalidInput(f"{cls.__name__}: exclusive={quoted(exclusive)} says neither yes nor no: give True, False or None")
        turned = _listed(inverses, "inverses")
        cls._declared = _Declared(_own_name(cls, name), _listed(aliases, "aliases"), turned, exclusive)


@dataclass(frozen=True, slots=True)
class Refusal:
    """That a claim breaks the ontology.

    Attributes:
        reason: of which kind, for counting.
        detail: which claim, and the way out.
    """

    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class _Declared:
    """What a class says of itself."""

    name: str
    aliases: tuple[str, ...]
    inverses: tuple[str, ...] = ()
    exclusive: bool | None = None


@dataclass(frozen=True, slots=True)
class _End:
    """What may stand at one end of a predicate.

    Attributes:
        types: names of entity types.
        shown: of its types of value, in words; empty where none may stand there.
        anything: nothing is said of it.
    """

    types: tuple[str, ...] = ()
    shown: str = ""
    anything: bool = False

    def fits(self, mention: Mention) -> bool:
        """Whether this entity may stand there; one of no known type may."""
        return self.anything or bool(self.types and (not mention.type or mention.type in self.types))

    def typed(self, mention: Mention) -> Mention:
        """The entity, of the type that only is possible there."""
        known = mention.type or len(self.types) != 1 or self.shown
        return mention if known else replace(mention, type=self.types[0])

    def __str__(self) -> str:
        return "anything" if self.anything else " or ".join([*self.types, *[self.shown] * bool(self.shown)])


@dataclass(frozen=True, slots=True)
class _Signature:
    """One use of a predicate: what its ends may be, and the field that validates its values."""

    subject: _End
    object: _End
    model: type[BaseModel]
    field: str
    many: bool
    exclusive: bool | None


@dataclass(frozen=True, slots=True)
class _Predicate:
    """A predicate that the ontology names."""

    name: str
    wordings: Mapping[str, bool]
    signatures: list[_Signature]
    words: str = ""
    is_relation: bool = False


class Ontology:
    """What entities and relations there may be. A claim that breaks it is never written as it was said.

    Args:
        entities: the entity types; none is a subclass of another.
        relations: the relation types.
        violations: what becomes of a claim that breaks it. "refuse": it is left out, counted by reason in `Added.refused`, and logged;
            `Memory.add_fact` raises `InvalidInput`. "generalise": it is kept as less than it says. An unknown type is left away; an
            unknown predicate, or one between entities of other types, becomes `related_to`, of which there may be many; what is no
            relation of two entities, a denial, or a value that does not validate, becomes its sentence, `noted`.
        open: whether types and predicates that it does not name are allowed, and unchecked.

    Raises:
        InvalidInput: it contradicts itself, or names what cannot be stored: the message says what to change.
    """

    def __init__(
        self,
        entities: Sequence[type[EntityType]],
        relations: Sequence[type[RelationType]] = (),
        *,
        violations: Violations = "refuse",
        open: bool = True,
    ) -> None:
        if violations not in get_args(Violations):
            raise InvalidInput(f"violations={quoted(violations)} is neither 'refuse' nor 'generalise'")
        self._generalises = violations == "generalise"
        self._open = open
        self._entities = _checked_entities(entities)
        self._relations = _checked_relations(relations)
        self._types = _type_names(self._entities)
        self._predicates = _predicates(self._entities, self._relations)
        self._wordings = _wordings(self._predicates.values())
        if self._generalises and (taken := {RELATED_TO, NOTED} & self._wordings.keys()):
            raise InvalidInput(f"{min(taken)!r} is what broken claims are generalised to: give that predicate another name")

    @property
    def types(self) -> tuple[str, ...]:
        """The names of the entity types, in the order given."""
        return tuple(map(_name_of, self._entities))

    @property
    def predicates(self) -> tuple[str, ...]:
        """The names of the predicates: the relations in the order given, then the fields of the types."""
        return tuple(self._predicates)

    @property
    def wordings(self) -> Mapping[str, tuple[str, bool]]:
        """By each name, alias and inverse of a predicate: its name, and whether it says so from the object's end."""
        return dict(self._wordings)

    @property
    def is_open(self) -> bool:
        """Whether what it does not name is allowed."""
        return self._open

    def conform(self, draft: ClaimDraft) -> ClaimDraft | Refusal:
        """The claim as the ontology has it, or why it is none.

        Types and predicates have their own names instead of aliases, an entity of no known type at an end of one type has that one, and
        values are written as they validate. `exclusive` is the ontology's, but that "also" makes one of several even where there is
        one at a time. A claim said from the object's end has its ends changed about, and is one of several unless the ontology says that
        there is one at a time; but a denial that leaves its object open stays as it was said.
        """
        draft, unknown = self._retyped(draft)
        if unknown and not self._generalises:
            return Refusal(UNKNOWN_TYPE, f"type={unknown!r} is none of the ontology's: use {_either(self.types)}, or Ontology(open=True)")
        said = predicate_name(draft.predicate)
        name, inverse = self._wordings.get(said, (said, False))
        if inverse and draft.object is None:
            return replace(draft, predicate=said)
        turned = inverse and isinstance(draft.object, Mention)
        if inverse and isinstance(draft.object, Mention):
            several = False if draft.exclusive is False else None
            draft = replace(draft, subject=draft.object, object=draft.subject, exclusive=several, replaces=None)
            inverse = False
        if name in self._predicates and not inverse and not self._is_foreign(draft.subject, self._predicates[name]):
            found = _fitted(replace(draft, predicate=name), self._predicates[name])
            return self._broken(draft, found) if isinstance(found, Refusal) else _one_of_several(found, turned=turned)
        if inverse:
            return self._broken(draft, Refusal(WRONG_OBJECT, f"predicate={said!r} says {name} of no entity: name one as its object"))
        if self._open or (self._generalises and name in {RELATED_TO, NOTED}):
            return replace(draft, predicate=name)
        ways = f"use {_either(self.predicates)}, or Ontology(open=True)"
        return self._broken(draft, Refusal(UNKNOWN_PREDICATE, f"predicate={quoted(said)} is none of the ontology's: {ways}"))

    def rendered(self) -> str:
        """What it says, as plain text for a prompt: types and predicates, a line each, in the order given."""
        entities = [_line(_name_of(entity), entity._declared.aliases, _words(entity)) for entity in self._entities]
        predicates = [_rendered(predicate) for predicate in self._predicates.values()]
        only = "" if self._open else " (no others)"
        parts = [(f"Entity types{only}:", entities), (f"Predicates{only}:", predicates)]
        return "\n".join(line for title, lines in parts if lines for line in (title, *lines))

    def _retyped(self, draft: ClaimDraft) -> tuple[ClaimDraft, str]:
        """The draft with the types' own names, and the type of its subject or object that it may not have; that one is left away."""

        def own(part: Mention) -> Mention:
            return replace(part, type=self._types.get(_type_name(part.type), part.type)) if part.type else part

        def known(part: Mention) -> Mention:
            mention = own(part)
            if not self._open and mention.type and mention.type not in self.types:
                unknown.append(mention.type)
                return replace(mention, type="")
            return mention

        unknown: list[str] = []
        retyped = replace(
            draft,
            subject=known(draft.subject),
            object=known(draft.object) if isinstance(draft.object, Mention) else draft.object,
            holder=own(draft.holder) if draft.holder else None,
            replaces=own(draft.replaces) if isinstance(draft.replaces, Mention) else draft.replaces,
        )
        return retyped, next(iter(unknown), "")

    def _is_foreign(self, subject: Mention, predicate: _Predicate) -> bool:
        """Whether a field's predicate is said of what is of a type that the ontology does not name, and so says nothing about."""
        return not predicate.is_relation and bool(subject.type) and subject.type not in self._types

    def _broken(self, draft: ClaimDraft, refusal: Refusal) -> ClaimDraft | Refusal:
        """What becomes of a claim that breaks it. No less specific denial or correction is made: it would end what is true."""
        if not self._generalises:
            return refusal
        general = replace(draft, negated=False, exclusive=False, correction=False, replaces=None)
        if isinstance(draft.object, Mention) and not draft.negated and refusal.reason != INVALID_VALUE:
            return replace(general, predicate=RELATED_TO)
        return replace(general, predicate=NOTED, object=Value(draft.text)) if draft.text.strip() else refusal


def _fitted(draft: ClaimDraft, predicate: _Predicate) -> ClaimDraft | Refusal:
    """The draft as the first signature that its subject fits has it."""
    fitting = [signature for signature in predicate.signatures if signature.subject.fits(draft.subject)]
    if not fitting:
        ends = _either(str(signature.subject) for signature in predicate.signatures)
        shown = f"subject={quoted(draft.subject.name)} has the type {draft.subject.type!r}"
        return Refusal(WRONG_SUBJECT, f"{shown}, and {predicate.name} is said of {ends}: state it of one, or by another predicate")
    subject = fitting[0].subject.typed(draft.subject) if len(fitting) == 1 else draft.subject
    tried = [(signature, _object(draft.object, signature, predicate.name)) for signature in fitting]
    signature, object = next(((used, found) for used, found in tried if not isinstance(found, Refusal)), tried[0])
    exclusive = signature.exclusive if len({other.exclusive for other in fitting}) == 1 else False
    if isinstance(object, Refusal):
        return object
    replaces = _object(draft.replaces, signature, predicate.name)
    return replace(
        draft,
        subject=subject,
        object=object,
        exclusive=_cardinality(exclusive, draft.exclusive),
        replaces=draft.replaces if isinstance(replaces, Refusal) else replaces,
    )


def _one_of_several(draft: ClaimDraft, *, turned: bool) -> ClaimDraft:
    """The draft; one that was said from the object's end is one of several where the ontology does not say otherwise."""
    return replace(draft, exclusive=False) if turned and draft.exclusive is None else draft


def _cardinality(ontology: bool | None, stated: bool | None) -> bool | None:
    """One at a time only where neither says that there are several."""
    return stated if ontology is None else ontology and stated is not False


def _object(object: Mention | Value | None, signature: _Signature, predicate: str) -> Mention | Value | Refusal | None:
    """The object as it may stand there. A name where only a value may is that value."""
    end = signature.object
    if object is None or end.anything:
        return object
    if isinstance(object, Mention) and end.types:
        if end.fits(object):
            return end.typed(object)
        return Refusal(WRONG_OBJECT, _of_type(object, predicate, end))
    if isinstance(object, Value) and not end.shown:
        return Refusal(WRONG_OBJECT, f"object={quoted(object.text)} is a literal, and the object of {predicate} is {end}: give a name")
    return _validated(object if isinstance(object, Value) else Value(object.name), signature, predicate)


def _of_type(object: Mention, predicate: str, end: _End) -> str:
    return f"object={quoted(object.name)} has the type {object.type!r}, and the object of {predicate} is {end}: give one"


def _validated(value: Value, signature: _Signature, predicate: str) -> Value | Refusal:
    """The value as its field reads it."""
    model, name = signature.model, signature.field
    given = [value.text] if signature.many else value.text
    try:
        filled = model.__pydantic_validator__.validate_assignment(model.model_construct(), name, given)
    except ValidationError as error:
        return Refusal(INVALID_VALUE, f"object={quoted(value.text)} is no {predicate}: {error.errors()[0]['msg']}")
    read = getattr(filled, name)
    found = _literal(next(iter(read)) if signature.many else read, value)
    return found or Refusal(INVALID_VALUE, f"object={quoted(value.text)} is no {predicate}: give what one text can say")


def _literal(read: object, given: Value) -> Value | None:
    """A validated value as a literal; None for one that no text can say."""
    plain = read.value if isinstance(read, Enum) else read
    if isinstance(plain, str):
        text, datatype = plain, given.datatype
    elif isinstance(plain, bool):
        text, datatype = str(plain).lower(), "boolean"
    elif isinstance(plain, int | float | Decimal):
        text, datatype = _number(plain), "number"
    elif isinstance(plain, date):
        text, datatype = "" if _NUMBER.fullmatch(given.text.strip()) else plain.isoformat(), "date"
    else:
        json = _ANYTHING.dump_python(plain, mode="json", fallback=str)
        text, datatype = json if isinstance(json, str) else "", "text"
    return Value(text, datatype) if text.strip() else None


def _number(number: float | Decimal) -> str:
    """A number as short as it can be; empty for one that is not finite."""
    if not math.isfinite(number):
        return ""
    return str(int(number)) if isinstance(number, float) and number.is_integer() else str(number)


# What the classes say


def _snake_case(name: str) -> str:
    """The name of a class as a predicate: "works_for" of WorksFor."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def _check_known(cls: type[BaseModel], unknown: Mapping[str, object], known: Sequence[str]) -> None:
    """Refuse class arguments that are neither ours nor settings of Pydantic, which has taken its own out before."""
    for name, given in unknown.items():
        ways = f"give {_either(known)}, or a setting of pydantic.ConfigDict"
        raise InvalidInput(f"{cls.__name__}: {name}={quoted(given)} is no class argument that there is: {ways}")


def _own_name(cls: type[BaseModel], name: object) -> str:
    if not isinstance(name, str):
        raise InvalidInput(f"{cls.__name__}: name={quoted(name)} must be text: give a name, or leave it out")
    return name or _snake_case(cls.__name__)


def _listed(names: Collection[str], what: str) -> tuple[str, ...]:
    if isinstance(names, str):
        raise InvalidInput(f"{what}={quoted(names)} is one name: give a list of them")
    return tuple(names)


def _type_name(name: str) -> str:
    """A type's name as types are compared; empty for one without a letter or digit."""
    return "_".join(re.findall(r"[^\W_]+", normalise(name)))


def _name_of(one: "_Class") -> str:
    """The type's name, or the predicate's.

    Raises:
        InvalidInput: nothing of it is a letter or a digit, or it cannot be stored.
    """
    return predicate_name(one._declared.name)


def _checked_entities(entities: Sequence[type[EntityType]]) -> list[type[EntityType]]:
    entities = _checked(entities, EntityType)
    for one in entities:
        if above := next((other for other in entities if other is not one and issubclass(one, other)), None):
            raise InvalidInput(
                f"{one.__name__} is a subclass of {above.__name__}, and two types of one name are two entities: "
                f"list only one of them, or give both a common base that is not listed"
            )
    return entities


def _checked_relations(relations: Sequence[type[RelationType]]) -> list[type[RelationType]]:
    relations = _checked(relations, RelationType)
    for relation in relations:
        if more := relation.model_fields.keys() - {"subject", "object"}:
            raise InvalidInput(
                f"{relation.__name__}.{min(more)} is no end of a relation: a fact has a subject, an object and its times; "
                "make a relation of its own of it, or a field of an entity type"
            )
    return relations


_Class = type[EntityType] | type[RelationType]


def _checked(classes: Any, kind: Any) -> list[Any]:
    """The classes, whole: what they name later in the source is known by now."""
    if isinstance(classes, type) or not isinstance(classes, Iterable):
        raise InvalidInput(f"{quoted(classes)} is no list: give a list of subclasses of {kind.__name__}")
    listed = list(classes)
    for one in listed:
        if not (isinstance(one, type) and issubclass(one, kind)) or one is kind:
            raise InvalidInput(f"{quoted(one)} is no subclass of {kind.__name__}: give one")
    return listed


def _completed(classes: Iterable[_Class], namespace: Mapping[str, Any]) -> None:
    for one in classes:
        try:
            one.model_rebuild(_types_namespace={**namespace})
        except (PydanticUndefinedAnnotation, PydanticUserError) as error:
            raise InvalidInput(f"{one.__name__} names what is not there: {error}") from error
        if one.model_config.get("frozen") or one.__pydantic_decorators__.model_validators:
            raise InvalidInput(
                f"{one.__name__} checks a record as a whole, and facts come one by one: leave `frozen` and model validators out"
            )


def _type_names(entities: Iterable[type[EntityType]]) -> dict[str, str]:
    """The types' own names, by each of their names."""
    names: dict[str, str] = {}
    for entity in entities:
        own = _name_of(entity)
        for name in (own, *map(predicate_name, entity._declared.aliases)):
            if name in names:
                raise InvalidInput(f"{entity.__name__}: the type {name!r} is there already: give it another name=, or leave the alias out")
            names[name] = own
    return names


def _predicates(entities: Sequence[type[EntityType]], relations: Sequence[type[RelationType]]) -> dict[str, _Predicate]:
    """Every predicate by its name: the relations, then the fields of the types."""
    _completed([*entities, *relations], {each.__name__: each for each in (*entities, *relations)})
    found: dict[str, _Predicate] = {}
    for relation in relations:
        predicate = _of_relation(relation, entities)
        if predicate.name in found:
            raise InvalidInput(f"{relation.__name__}: the predicate {predicate.name!r} is there already: give it another name=")
        found[predicate.name] = predicate
    for entity in entities:
        for name, info in entity.model_fields.items():
            own = _End((_name_of(entity),))
            if predicate_name(name) != name:
                raise InvalidInput(f"{entity.__name__}.{name} is no name of a predicate: write {predicate_name(name)!r}")
            if name in found and found[name].is_relation:
                raise InvalidInput(f"{entity.__name__}.{name} is a relation too: leave one of the two out")
            shared = found.setdefault(name, _Predicate(name, {name: False}, [], info.description or ""))
            shared.signatures.append(_signature(own, entity, name, info, entities))
    return found


def _of_relation(relation: type[RelationType], entities: Sequence[type[EntityType]]) -> _Predicate:
    declared, fields = relation._declared, relation.model_fields
    name = _name_of(relation)
    subject = _End(anything=True)
    if "subject" in fields:
        subject, many = _end(fields["subject"], f"{relation.__name__}.subject", entities)
        if subject.shown or many:
            raise InvalidInput(f"{relation.__name__}.subject may only be an entity type, or several: Person, or Person | Company")
    if "object" in fields:
        signature = _signature(subject, relation, "object", fields["object"], entities)
        if signature.many:
            raise InvalidInput(f"{relation.__name__}.object is a list: give the type of one; exclusive=False lets there be several")
        signature = replace(signature, exclusive=declared.exclusive)
    else:
        signature = _Signature(subject, _End(anything=True), relation, "", many=False, exclusive=declared.exclusive)
    same = {name: False} | {predicate_name(alias): False for alias in declared.aliases}
    turned = {predicate_name(alias): True for alias in declared.inverses}
    if both := same.keys() & turned.keys():
        raise InvalidInput(f"{relation.__name__}: {min(both)!r} is said from both ends: leave it out of one")
    return _Predicate(name, same | turned, [signature], _words(relation), is_relation=True)


def _wordings(predicates: Iterable[_Predicate]) -> dict[str, tuple[str, bool]]:
    found: dict[str, tuple[str, bool]] = {}
    for predicate in predicates:
        for wording, inverse in predicate.wordings.items():
            if wording in found:
                raise InvalidInput(f"{wording!r} is both {found[wording][0]} and {predicate.name}: leave it out of one")
            found[wording] = (predicate.name, inverse)
    return found


def _signature(subject: _End, model: type[BaseModel], name: str, info: FieldInfo, entities: Sequence[type[EntityType]]) -> _Signature:
    end, many = _end(info, f"{model.__name__}.{name}", entities)
    return _Signature(subject, end, model, name, many, exclusive=not many)


# What the annotations say


def _end(info: FieldInfo, where: str, entities: Sequence[type[EntityType]]) -> tuple[_End, bool]:
    """What may stand where a field is, and whether there may be several of it at a time."""
    members = _members(info.annotation)
    if len(members) == 1 and (item := _item(members[0])) is not None:
        if info.metadata:
            raise InvalidInput(f"{where} limits how many there are, which no single fact can keep: leave the limit out")
        members, many = _members(item), True
    else:
        many = False
    if Any in members or object in members:
        return _End(anything=True), many
    named = [member for member in members if isinstance(member, type) and issubclass(member, EntityType)]
    values = [member for member in members if member not in named]
    for value in values:
        if (isinstance(value, type) and issubclass(value, BaseModel)) or _item(value) is not None or (get_origin(value) or value) is dict:
            raise InvalidInput(f"{where} is a record or a list of lists, and a fact has one object: give it fields of its own")
    return _End(_types_of(named, where, entities), " or ".join(map(_shown, values))), many


def _types_of(named: Iterable[type[EntityType]], where: str, entities: Sequence[type[EntityType]]) -> tuple[str, ...]:
    """The names of the listed types that these are, or are the base of."""
    found: dict[str, None] = {}
    for one in named:
        listed = [_name_of(entity) for entity in entities if issubclass(entity, one)]
        if not listed:
            raise InvalidInput(f"{where} names {one.__name__}, which is none of the entity types: list it")
        found |= dict.fromkeys(listed)
    return tuple(found)


def _members(annotation: Any) -> list[Any]:
    """The types that a union is of, without None; of anything else itself."""
    if get_origin(annotation) in {Union, types.UnionType}:
        return [member for part in get_args(annotation) for member in _members(part)]
    if get_origin(annotation) is Annotated and get_origin(get_args(annotation)[0]) in {Union, types.UnionType}:
        return _members(get_args(annotation)[0])
    return [] if annotation in {None, types.NoneType} else [annotation]


def _item(annotation: Any) -> Any:
    """What a list is of; None for what is no list."""
    origin = get_origin(annotation) or annotation
    if not isinstance(origin, type) or not issubclass(origin, Collection) or issubclass(origin, str | bytes | Mapping | Enum):
        return None
    return next(iter(get_args(annotation)), Any)


def _shown(value: Any) -> str:
    """A type of value in words."""
    if get_origin(value) is Annotated:
        return _shown(get_args(value)[0])
    if get_origin(value) is Literal:
        return f"one of {', '.join(map(str, get_args(value)))}"
    if not isinstance(value, type):
        return str(value)
    if issubclass(value, Enum):
        return f"one of {', '.join(str(member.value) for member in value)}"
    words = ((bool, "true or false"), (int | float | Decimal, "a number"), (date, "a date"), (str, "text"))
    return next((word for kind, word in words if issubclass(value, kind)), _snake_case(value.__name__).replace("_", " "))


# In words


def _words(one: type[BaseModel]) -> str:
    """The first paragraph of its own docstring."""
    return " ".join((vars(one).get("__doc__") or "").strip().partition("\n\n")[0].split())


def _rendered(predicate: _Predicate) -> str:
    uses = "; ".join(dict.fromkeys(f"{use.subject} -> {use.object}{_how_many(use.exclusive)}" for use in predicate.signatures))
    same = [word for word, inverse in predicate.wordings.items() if not inverse and word != predicate.name]
    turned = [f"{word} from the other end" for word, inverse in predicate.wordings.items() if inverse]
    return _line(predicate.name, [*same, *turned], f"{uses}. {predicate.words}".strip())


def _how_many(exclusive: bool | None) -> str:
    return "" if exclusive is None else ", one at a time" if exclusive else ", several"


def _line(name: str, aliases: Sequence[str], words: str) -> str:
    also = f" (also: {', '.join(aliases)})" if aliases else ""
    return f"- {name}{also}: {words}" if words else f"- {name}{also}"


def _either(names: Iterable[str]) -> str:
    listed = list(dict.fromkeys(names))
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} or {listed[-1]}" if listed else "none"


__all__ = ["EntityType", "Ontology", "Refusal", "RelationType", "Violations"]
