"""What a read asks for, as parameters of the statements in `cypher/read/`. Pure."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from mem0g.period import BEGINNING, FOREVER, TICK, Period
from mem0g.ports import ClaimFilter, FactFilter
from mem0g.stores.columns import all_labels
from mem0g.stores.neo4j_rows import THE_RECORD


def fact_parameters(where: FactFilter) -> dict[str, Any]:
    """The parameters of "read/facts", "read/match_facts" and "read/nearest_facts" that say which facts are meant.

    Raises:
        InvalidInput: a label is none that an episode has.
    """
    return {
        "holder": where.holder or THE_RECORD,
        "any_holder": where.any_holder,
        "ids": _listed(where.ids),
        "subjects": _listed(where.subjects),
        "predicates": _listed(where.predicates),
        "objects": _listed(where.objects),
        "touching": _listed(where.touching),
        "events_begun": where.as_of is not None and where.as_of.is_instant,
        "labels": all_labels(where.labels) if where.labels else None,
        **_valid(where.as_of),
        **_known(where.known_at),
    }


def index_parameters(where: FactFilter) -> dict[str, Any] | None:
    """The parameters of "read/search_facts"; None where the index cannot tell what is meant."""
    named = (where.ids, where.subjects, where.predicates, where.objects, where.touching)
    if where.any_holder or where.labels or any(one is not None for one in named):
        return None
    valid = _valid(where.as_of)
    begun = where.as_of is not None and where.as_of.is_instant
    return {
        "holder": where.holder or THE_RECORD,
        "events_after": BEGINNING if begun else valid["valid_after"],
        **valid,
        **_known(where.known_at),
    }


def claim_parameters(where: ClaimFilter) -> dict[str, Any]:
    """One of the filters of "read/claims"; the open object of a denial has the empty key."""
    return {
        "subjects": list(where.subjects),
        "predicate": where.predicate,
        "objects": None if where.objects is None else ["", *where.objects],
        "replaced": _listed(where.objects),
        "with_exclusive": where.with_exclusive,
    }


def version_parameters(where: ClaimFilter) -> dict[str, Any]:
    """One of the filters of "read/versions"."""
    return {"subjects": list(where.subjects), "predicate": where.predicate, "objects": _listed(where.objects)}


def _listed(values: Collection[str] | None) -> list[str] | None:
    return None if values is None else list(values)


def _valid(as_of: Period | None) -> dict[str, datetime]:
    """Facts begin to hold by `valid_until`, and cease to after `valid_after`."""
    if as_of is None:
        return {"valid_until": FOREVER, "valid_after": BEGINNING}
    last = as_of.start if as_of.is_instant else as_of.end - TICK
    return {"valid_until": last, "valid_after": as_of.start}


def _known(known_at: datetime | None) -> dict[str, datetime]:
    if known_at is None:
        return {"known_until": FOREVER, "known_after": BEGINNING}
    return {"known_until": known_at, "known_after": known_at}
