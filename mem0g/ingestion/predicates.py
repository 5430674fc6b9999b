"""Which predicates hold one object at a time, where neither the caller nor the text says so. Pure.

Kept small on purpose: a predicate that is missing here costs two facts where one is current; one that is here wrongly
costs a true fact its place. What people commonly have several of (languages, e-mail addresses, occupations) is not here.
"""

_EXCLUSIVE = frozenset(
    {
        "address", "age", "birthday", "born_in", "born_on", "diet", "employer", "engaged_to", "gender", "height", "home_address",
        "lives_in", "marital_status", "married_to", "name", "pays_rent", "rent", "resides_in", "weighs", "weight", "works_for",
    }
)  # fmt: skip
_EXCLUSIVE_PREFIXES = ("favorite_", "favourite_", "current_")


def is_exclusive(predicate: str, stated: bool | None = None) -> bool:
    """Whether a claim of this predicate has cardinality one.

    Args:
        predicate: in snake_case.
        stated: what the caller or the text says of this claim ("also" makes it False); None where neither does.
    """
    if stated is not None:
        return stated
    return predicate in _EXCLUSIVE or predicate.startswith(_EXCLUSIVE_PREFIXES)
