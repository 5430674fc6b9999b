"""One name for each predicate, whichever words say it, and which predicates hold one object at a time. Pure.

"employed_by" is `works_for`; "manages" is `reports_to`, read from the other end: of two ends the one is kept whose changes are told,
"I report to Carl now". What a graph takes a predicate for is decided when
it is first said there, and recorded: a later version of the tables here changes no history.

The tables are kept small on purpose. Two names that are missing here cost two facts where one is; two that are here wrongly make one
of what is two, and may cost a true fact its place. So past forms are no wordings ("lived_in" is over, `lives_in` is not), "loves" is
not `likes`, and "belongs_to" is nothing else, since clubs and cars are both said to. So, too, "rent" is no `pays_rent`, since one rents a
car, "address" no `lives_at`, since an e-mail has one, and "teacher" says nothing of who teaches whom.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple, Protocol

from mem0g.errors import InvalidInput
from mem0g.ingestion.stating import sentence
from mem0g.model import ClaimDraft, Mention, predicate_name
from mem0g.period import quoted

ONTOLOGY = "ontology"
RULE = "rule"


class Canonical(NamedTuple):
    """What a predicate is taken for.

    Attributes:
        inverse: it says so from the other end: subject and object change places.
    """

    name: str
    inverse: bool = False


class Recorded(Protocol):
    """What the functions here read of a recorded decision."""

    @property
    def canonical(self) -> str:
        """The name that it is kept under."""

    @property
    def inverse(self) -> bool:
        """See `Canonical`."""


class Decided(NamedTuple):
    """A decision to record.

    Attributes:
        name: the predicate as it was said, in snake_case.
        decider: "ontology" or "rule".
    """

    name: str
    canonical: str
    inverse: bool
    reason: str
    decider: str


_EXCLUSIVE = frozenset(
    {
        "age", "birthday", "diet", "engaged_to", "gender", "height", "lives_at", "lives_in", "marital_status", "married_to",
        "name", "pays_rent", "weighs", "works_for",
    }
)  # fmt: skip
_EXCLUSIVE_PREFIXES = ("favorite_", "current_")
"""Of the one that follows: "favorite_colour"; not of several, "favorite_movies"."""

_SYNONYMS = {
    # By the name that is kept: other words for it.
    "age": "has_age years_old age_in_years",
    "allergic_to": "allergy allergies has_allergy has_allergy_to has_allergies_to",
    "avoids": "",
    "birthday": "born_on date_of_birth birth_date birthdate has_birthday dob",
    "born_in": "place_of_birth birth_place birthplace",
    "bought": "purchased",
    "child": "parent_of",
    "collects": "",
    "diet": "has_diet follows_diet",
    "dislikes": "",
    "drinks": "",
    "drives": "",
    "eats": "",
    "email": "email_address e_mail e_mail_address has_email has_email_address",
    "engaged_to": "fiance fiancee fiancé fiancée",
    "enjoys": "",
    "founded": "founder_of",
    "has_pet": "owns_pet keeps_pet pet",
    "hates": "",
    "height": "has_height",
    "knows": "",
    "likes": "",
    "lives_at": "home_address residential_address street_address resides_at",
    "lives_in": "resides_in dwells_in city_of_residence place_of_residence",
    "lives_with": "",
    "loves": "",
    "marital_status": "",
    "married_to": "spouse husband wife has_spouse has_husband has_wife",
    "member_of": "has_membership_in",
    "mentors": "mentor_of",
    "owns": "owner_of possesses",
    "pays_rent": "monthly_rent",
    "phone": "phone_number telephone telephone_number mobile_number cell_phone_number has_phone_number",
    "plans": "plans_to intends intends_to",
    "plays": "plays_instrument plays_sport",
    "prefers": "",
    "reports_to": "managed_by supervised_by works_under boss has_boss manager has_manager line_manager supervisor has_supervisor",
    "speaks": "speaks_language knows_language can_speak fluent_in",
    "studies": "majors_in field_of_study",
    "studies_at": "attends_university attends_college attends_school enrolled_at student_at",
    "teaches": "teacher_of",
    "volunteers_at": "",
    "weighs": "weight has_weight body_weight",
    "works_as": "job_title has_job_title occupation has_occupation profession has_profession employed_as",
    "works_for": "employed_by employed_at works_at employer has_employer job_at has_job_at employee_of",
    "works_in": "",
    "wrote": "author_of",
}

_INVERSES = {
    # By the name that is kept: words that say it from the other end.
    "child": "child_of has_parent",
    "founded": "founded_by",
    "has_pet": "pet_of",
    "married_to": "spouse_of husband_of wife_of",
    "member_of": "has_member",
    "mentors": "mentored_by has_mentor",
    "owns": "owned_by",
    "reports_to": "manages supervises boss_of manager_of supervisor_of",
    "teaches": "taught_by has_teacher",
    "works_for": "employs employer_of has_employee",
    "wrote": "written_by authored_by",
}

_OF_PEOPLE = frozenset({"reports_to"})
"""What only a person is said to do: "manages" of a team or an office is not said from the other end."""
_PERSON = "person"

_RELATIVES = (
    "sister brother sibling twin mother father son daughter aunt uncle cousin niece nephew grandmother grandfather grandson granddaughter "
    "stepmother stepfather stepsister stepbrother godmother godfather friend girlfriend boyfriend partner colleague neighbour flatmate"
)
"""Whom one has: "Anna sister Eva" is also "Anna has_sister Eva" and "Eva sister_of Anna"."""

_FORMS = {
    # The verbs of the tables above, as a model may leave them.
    "attends": "attend attending", "avoids": "avoid avoiding", "collects": "collect collecting", "dislikes": "dislike disliking",
    "drinks": "drink drinking", "drives": "drive driving", "dwells": "dwell dwelling", "eats": "eat eating", "employs": "employ employing",
    "enjoys": "enjoy enjoying", "follows": "follow following", "hates": "hate hating", "intends": "intend intending",
    "knows": "know", "likes": "like liking", "lives": "live living", "loves": "love loving", "majors": "major majoring",
    "manages": "manage managing", "mentors": "mentoring", "owns": "own owning", "plans": "plan planning", "plays": "play playing",
    "possesses": "possess possessing", "prefers": "prefer preferring", "reports": "report reporting", "resides": "reside residing",
    "speaks": "speak speaking", "studies": "study studying", "supervises": "supervise supervising", "teaches": "teach teaching",
    "volunteers": "volunteer volunteering", "weighs": "weigh weighing", "works": "work working",
}  # fmt: skip

_NOW = ("currently_", "current_", "now_", "still_")
"""Words before a predicate that only say that it holds now."""
_BEING = ("is_", "are_", "am_", "has_been_", "have_been_")
"""The same, but for a noun: "is_sister" may be said from either end."""


def _words() -> Iterator[tuple[str, Canonical]]:
    """Every wording of the tables, with what it is."""
    for tables, inverse in ((_SYNONYMS, False), (_INVERSES, True)):
        for name, words in tables.items():
            yield from ((word, Canonical(name, inverse)) for word in words.split())
    yield from ((name, Canonical(name)) for name in _SYNONYMS)
    for relative in _RELATIVES.split():
        yield from ((word, Canonical(relative)) for word in (relative, f"has_{relative}"))
        yield f"{relative}_of", Canonical(relative, inverse=True)


def _forms(word: str) -> Iterator[str]:
    """The word, and where it begins with a verb, its other forms of the present."""
    verb, underscore, rest = word.partition("_")
    yield word
    yield from (f"{form}{underscore}{rest}" for form in _FORMS.get(verb, "").split())


_TABLE = {form: canonical for word, canonical in _words() for form in _forms(word)}


def canonical(predicate: str) -> Canonical:
    """What a predicate, in snake_case, is by the built-in tables; itself where they do not know it."""
    return _TABLE.get(predicate) or _known_without_prefix(predicate) or Canonical(_spelled(predicate))


def _known_without_prefix(predicate: str) -> Canonical | None:
    """What it is but for words that only say that it holds now; None where the rest is not known, or may speak from either end."""
    being = False
    rest = predicate
    while prefix := next((prefix for prefix in (*_NOW, *_BEING) if rest.startswith(prefix)), ""):
        being |= prefix in _BEING
        rest = rest.removeprefix(prefix)
    one_sided = not being or "_" in rest or rest.endswith("ing")
    return _TABLE.get(rest) if one_sided else None


def _spelled(predicate: str) -> str:
    return predicate.replace("favourite_", "favorite_", 1) if predicate.startswith("favourite_") else predicate


def is_exclusive(predicate: str, stated: bool | None = None) -> bool:
    """Whether a claim of this predicate has cardinality one.

    Args:
        predicate: in snake_case, in any wording.
        stated: what the caller, the text or the ontology says of this claim ("also" makes it False); None where none does.
    """
    if stated is not None:
        return stated
    name, inverse = canonical(predicate)
    return not inverse and (name in _EXCLUSIVE or (name.startswith(_EXCLUSIVE_PREFIXES) and not _is_plural(name)))


def _is_plural(name: str) -> bool:
    return name.endswith("s") and not name.endswith("ss")


def decide(predicates: Iterable[str], known: Mapping[str, Recorded], named: Mapping[str, tuple[str, bool]] | None = None) -> list[Decided]:
    """The decisions to record for predicates that a graph sees for the first time; each once, in the order given.

    What a decision leads to is decided too, as itself, so that no later decision moves it.

    Args:
        predicates: in snake_case.
        known: the decisions recorded in the graph, by name.
        named: what the ontology names, by each of its wordings: see `Ontology.wordings`. It goes before the tables.
    """
    fresh: dict[str, Decided] = {}
    for predicate in predicates:
        if predicate in known or predicate in fresh:
            continue
        decided = _followed(_decided(predicate, named or {}), {**known, **fresh})
        fresh[predicate] = decided
        if decided.canonical not in known and decided.canonical not in fresh:
            fresh[decided.canonical] = Decided(decided.canonical, decided.canonical, False, "the name that others lead to", decided.decider)
    return list(fresh.values())


def _decided(predicate: str, named: Mapping[str, tuple[str, bool]]) -> Decided:
    if predicate in named:
        name, inverse = named[predicate]
        return Decided(predicate, name, inverse, _reason(predicate, name, inverse), ONTOLOGY)
    name, inverse = canonical(predicate)
    owns = {own: turned for own, turned in ((own, canonical(own)) for own, _ in named.values()) if turned.name == name}
    if owns:
        own = name if name in owns else min(owns)
        turned = inverse != owns[own].inverse
        return Decided(predicate, own, turned, _reason(predicate, own, turned), ONTOLOGY)
    return Decided(predicate, name, inverse, _reason(predicate, name, inverse), RULE)


def _reason(predicate: str, name: str, inverse: bool) -> str:
    if inverse:
        return f"says {name} from the other end"
    return f"another word for {name}" if name != predicate else "its own name"


def _followed(decided: Decided, known: Mapping[str, Recorded]) -> Decided:
    """The decision, where its end was decided before to be something else."""
    recorded = known.get(decided.canonical)
    if recorded is None or recorded.canonical == decided.canonical:
        return decided
    name, inverse = recorded.canonical, decided.inverse != recorded.inverse
    if name == decided.name:
        return decided._replace(canonical=name, inverse=False, reason="its own name")
    return decided._replace(canonical=name, inverse=inverse, reason=_reason(decided.name, name, inverse))


def applied(
    draft: ClaimDraft, recorded: Mapping[str, Recorded], *, stated: bool = False, exclusive: bool | None = False
) -> tuple[ClaimDraft, ...]:
    """The draft under the name that its predicate is kept under; the sentence and the quote stay as they are.

    One that says it from the other end has its subject and object changed about. One whose object is a literal, or open, or of a type of
    which it is not said from there, cannot be: it stays as it was said. A correction that names a wrong object becomes two claims then, of
    which the second denies the wrong one, and names it as wrong: what was lately said of it is taken back, as it would be unturned.

    Args:
        recorded: the decisions of the graph, by name.
        stated: a caller states it, and is told where it says what is lost when it is turned.
        exclusive: what is taken of a turned claim; None leaves it to the ontology.

    Raises:
        InvalidInput: it is stated to be the only one, and is said from the other end.
    """
    said = predicate_name(draft.predicate)
    kept = recorded.get(said)
    if kept is None or (kept.canonical, kept.inverse) == (said, False):
        return (replace(draft, predicate=said),)
    if not kept.inverse:
        return (replace(draft, predicate=kept.canonical),)
    if not isinstance(draft.object, Mention) or not _is_said_of(draft.object, kept.canonical):
        return (replace(draft, predicate=said),)
    if stated and draft.exclusive:
        raise InvalidInput(
            f"exclusive=True, and {said!r} is kept as {kept.canonical} from the other end, where it says nothing: state "
            f"{kept.canonical!r} of {quoted(draft.object.name)}, or leave it out"
        )
    return tuple(_turned(draft, draft.object, kept.canonical, exclusive))


def _is_said_of(subject: Mention, predicate: str) -> bool:
    """Whether this may be the subject of a predicate that is read from the other end, as far as its type is known."""
    return predicate not in _OF_PEOPLE or subject.type in {"", _PERSON}


def _turned(draft: ClaimDraft, object: Mention, predicate: str, exclusive: bool | None) -> Iterator[ClaimDraft]:
    """The draft from the other end. How many objects its subject has says nothing of how many the object has."""
    several = False if draft.exclusive is False else exclusive
    turned = replace(draft, subject=object, predicate=predicate, object=draft.subject, exclusive=several, replaces=None)
    yield turned
    if isinstance(draft.replaces, Mention):
        text = sentence(draft.replaces.name, predicate, draft.subject, negated=True)
        yield replace(turned, subject=draft.replaces, text=text, negated=True, valid=None, replaces=draft.subject, corrects=())


def asked(predicate: str, recorded: Mapping[str, Recorded]) -> frozenset[Canonical]:
    """Every name under which facts of this predicate may be kept, those of before its decision was recorded included.

    An `inverse` one has the subject that is asked for as its object.

    Args:
        predicate: in snake_case.
        recorded: the decisions of the graph, by name.
    """
    own = kept_as(predicate, recorded)
    names = {*recorded, *_TABLE, predicate, own.name}
    kept = {name: kept_as(name, recorded) for name in names}
    return frozenset(Canonical(name, inverse != own.inverse) for name, (end, inverse) in kept.items() if end == own.name)


def kept_as(predicate: str, recorded: Mapping[str, Recorded]) -> Canonical:
    """What facts of this predicate are kept as: by what the graph decided, else by the built-in tables.

    Args:
        predicate: in snake_case.
        recorded: the decisions of the graph, by name.
    """
    if kept := recorded.get(predicate):
        return Canonical(kept.canonical, kept.inverse)
    name, inverse = canonical(predicate)
    kept = recorded.get(name)
    return Canonical(kept.canonical, inverse != kept.inverse) if kept else Canonical(name, inverse)
