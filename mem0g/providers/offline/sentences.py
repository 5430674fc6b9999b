"""Facts as plain sentences: "Alice lives in Lisbon."."""

from __future__ import annotations

from typing import Final

_FORMS: Final[dict[str, tuple[str, str, str]]] = {
    "lives_in": ("lives in", "lived in", "does not live in"),
    "lives_at": ("lives at", "lived at", "does not live at"),
    "lives_with": ("lives with", "lived with", "does not live with"),
    "works_for": ("works for", "worked for", "does not work for"),
    "works_as": ("works as", "worked as", "does not work as"),
    "works_in": ("works in", "worked in", "does not work in"),
    "studies": ("studies", "studied", "does not study"),
    "studies_at": ("studies at", "studied at", "does not study at"),
    "likes": ("likes", "liked", "does not like"),
    "dislikes": ("dislikes", "disliked", "does not dislike"),
    "prefers": ("prefers", "preferred", "does not prefer"),
    "diet": ("is", "was", "is not"),
    "nationality": ("is", "was", "is not"),
    "age": ("is", "was", "is not"),
    "is": ("is", "was", "is not"),
    "allergic_to": ("is allergic to", "was allergic to", "is not allergic to"),
    "married_to": ("is married to", "was married to", "is not married to"),
    "engaged_to": ("is engaged to", "was engaged to", "is not engaged to"),
    "is_from": ("is from", "was from", "is not from"),
    "born_in": ("was born in", "was born in", "was not born in"),
    "has_pet": ("has a pet,", "had a pet,", "does not have the pet"),
    "owns": ("owns", "owned", "does not own"),
    "has": ("has", "had", "does not have"),
    "teaches": ("teaches", "taught", "does not teach"),
    "speaks": ("speaks", "spoke", "does not speak"),
    "plays": ("plays", "played", "does not play"),
    "drives": ("drives", "drove", "does not drive"),
    "knows": ("knows", "knew", "does not know"),
    "eats": ("eats", "ate", "does not eat"),
    "avoids": ("avoids", "avoided", "does not avoid"),
    "drinks": ("drinks", "drank", "does not drink"),
    "collects": ("collects", "collected", "does not collect"),
    "weighs": ("weighs", "weighed", "does not weigh"),
    "reports_to": ("reports to", "reported to", "does not report to"),
    "volunteers_at": ("volunteers at", "volunteered at", "does not volunteer at"),
    "plans": ("plans to", "planned to", "does not plan to"),
}  # fmt: skip
"""Present, past and denied form of the verbs whose fact is a clause; other states are said as "Alice's sister is Anna."."""

_OPEN: Final = {"works_for": "has left the job", "married_to": "is not married", "partner": "has no partner"}


def sentence(subject: str, predicate: str, object: str | None, negated: bool = False, event: bool = False, over: bool = False) -> str:
    """One sentence that says the fact.

    Args:
        object: with its article; None for a denial that leaves it open.
        over: it no longer held when it was said.
    """
    if object is None:
        words = predicate.replace("_", " ")
        return _stop(f"{subject} {_OPEN.get(predicate, f'{words}: nothing any more')}")
    if event:
        return _stop(f"{subject} {predicate.replace('_', ' ')} {object}")
    if predicate == "works_as" and object.islower() and not object.startswith(("a ", "an ", "the ")):
        object = f"{'an' if object[0] in 'aeiou' else 'a'} {object}"
    if predicate == "has_pet" and object.startswith(("a ", "an ")):
        predicate = "has"
    if forms := _FORMS.get(predicate):
        return _stop(f"{subject} {forms[2 if negated else 1 if over else 0]} {object}")
    verb = "is not" if negated else "was" if over else "is"
    return _stop(f"{subject}'s {predicate.replace('_', ' ')} {verb} {object}")


def _stop(text: str) -> str:
    return text if text.endswith((".", "!")) else f"{text}."
