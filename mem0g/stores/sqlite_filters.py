"""What a read asks for, as conditions of SQL. Pure.

Values are always parameters, and a list of them is one parameter, so neither can be taken for SQL and no list is too long.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from mem0g.period import Period
from mem0g.ports import ClaimFilter, FactFilter
from mem0g.stores.columns import all_labels, microseconds
from mem0g.stores.sqlite_rows import listed


class Condition(NamedTuple):
    """A condition of SQL, and what its question marks stand for."""

    sql: str
    parameters: tuple[object, ...] = ()


_AMONG = "IN (SELECT value FROM json_each(?))"
_OF_GRAPH = "facts.graph = ?"
_OF_IDS = f"facts.id {_AMONG}"
_OF_SUBJECTS = f"facts.subject {_AMONG}"
_OF_PREDICATES = f"facts.predicate {_AMONG}"
_OF_OBJECTS = f"facts.object {_AMONG}"
_TOUCHING = f"facts.subject {_AMONG} OR facts.object {_AMONG}"
_OF_HOLDER = "facts.holder IS ?"
_FOUND_BY_ID = "facts.key IN (SELECT key FROM facts INDEXED BY facts_by_id WHERE {})"
_FOUND_BY_SUBJECT = "facts.key IN (SELECT key FROM facts INDEXED BY facts_by_subject WHERE {})"
_FOUND_BY_OBJECT = "facts.key IN (SELECT key FROM facts INDEXED BY facts_by_object WHERE {})"
_FOUND_BY_EITHER = """
facts.key IN (SELECT key FROM facts INDEXED BY facts_by_subject WHERE graph = ? AND subject IN (SELECT value FROM json_each(?))
    UNION SELECT key FROM facts INDEXED BY facts_by_object WHERE graph = ? AND object IN (SELECT value FROM json_each(?)))"""
_HOLDS_AT = "facts.valid_from <= ? AND (facts.kind = 'event' OR facts.valid_to > ?)"
_OVERLAPS = "facts.valid_from < ? AND facts.valid_to > ?"
_KNOWN_AT = "facts.known_from <= ? AND facts.known_to > ?"
_SUPPORTED = """
EXISTS (SELECT 1 FROM json_each(facts.support) AS support
    CROSS JOIN claims INDEXED BY claims_by_id
        ON claims.graph = facts.graph AND claims.id = json_extract(support.value, '$[0]')
    CROSS JOIN episodes INDEXED BY episodes_by_id ON episodes.graph = claims.graph AND episodes.id = claims.episode
    WHERE {})"""
_SINCE = "json_extract(support.value, '$[1]') <= ? AND json_extract(support.value, '$[2]') > ?"

_RIVAL_SUBJECTS = """
claims.key IN (SELECT key FROM claims INDEXED BY claims_by_subject
    WHERE graph = ? AND subject IN (SELECT value FROM json_each(?)) AND predicate = ?)"""
_RIVAL_OBJECTS = """
claims.key IN (SELECT key FROM claims INDEXED BY claims_by_subject
    WHERE graph = ? AND subject IN (SELECT value FROM json_each(?)) AND predicate = ? AND object IN (SELECT value FROM json_each(?)))"""
_RIVAL_REPLACED = """
claims.key IN (SELECT key FROM claims INDEXED BY claims_by_subject_replacing
    WHERE graph = ? AND subject IN (SELECT value FROM json_each(?)) AND predicate = ? AND replaces <> ''
        AND replaces IN (SELECT value FROM json_each(?)))"""
_RIVAL_EXCLUSIVES = """
claims.key IN (SELECT key FROM claims INDEXED BY claims_by_exclusive_subject
    WHERE graph = ? AND subject IN (SELECT value FROM json_each(?)) AND predicate = ? AND exclusive)"""


def every(conditions: Iterable[Condition]) -> Condition:
    """All of `conditions` at once."""
    given = list(conditions)
    return Condition(" AND ".join(f"({one.sql})" for one in given), tuple(value for one in given for value in one.parameters))


def fact_condition(graph: int, where: FactFilter) -> Condition:
    """The facts of `graph` that `where` lets through."""
    return every(_fact_conditions(graph, where))


def claim_conditions(graph: int, where: ClaimFilter) -> Iterator[Condition]:
    """The claims of `graph` that `where` lets through, those of each condition found by an index of its own."""
    subjects = listed(where.subjects)
    if where.objects is None:
        yield Condition(_RIVAL_SUBJECTS, (graph, subjects, where.predicate))
        return
    yield Condition(_RIVAL_OBJECTS, (graph, subjects, where.predicate, listed(["", *where.objects])))
    yield Condition(_RIVAL_REPLACED, (graph, subjects, where.predicate, listed(where.objects)))
    if where.with_exclusive:
        yield Condition(_RIVAL_EXCLUSIVES, (graph, subjects, where.predicate))


def version_condition(graph: int, where: ClaimFilter) -> Condition:
    """All versions of the triplets that `where` names."""
    named = FactFilter(any_holder=True, subjects=where.subjects, predicates=[where.predicate], objects=where.objects, known_at=None)
    return fact_condition(graph, named)


def _fact_conditions(graph: int, where: FactFilter) -> Iterator[Condition]:
    yield _found(graph, where)
    yield from _endpoints(where)
    if not where.any_holder:
        yield Condition(_OF_HOLDER, (where.holder,))
    if where.as_of is not None:
        yield _valid(where.as_of)
    if where.known_at is not None:
        yield _at(_KNOWN_AT, where.known_at)
    if where.labels:
        yield _supported(where.labels, where.known_at)


def _found(graph: int, where: FactFilter) -> Condition:
    """Through which index: one must do, and the narrowest comes first."""
    of_graph = Condition(_OF_GRAPH, (graph,))
    if where.ids is not None:
        return _inside(_FOUND_BY_ID, of_graph, _among(_OF_IDS, where.ids))
    if where.subjects is not None:
        return _inside(_FOUND_BY_SUBJECT, of_graph, *_endpoints(where))
    if where.objects is not None:
        return _inside(_FOUND_BY_OBJECT, of_graph, _among(_OF_OBJECTS, where.objects))
    if where.touching is not None:
        return Condition(_FOUND_BY_EITHER, (graph, listed(where.touching)) * 2)
    return of_graph


def _endpoints(where: FactFilter) -> Iterator[Condition]:
    named = ((_OF_SUBJECTS, where.subjects), (_OF_PREDICATES, where.predicates), (_OF_OBJECTS, where.objects))
    yield from (_among(sql, values) for sql, values in named if values is not None)
    if where.touching is not None:
        yield Condition(_TOUCHING, (listed(where.touching),) * 2)


def _inside(sql: str, *conditions: Condition) -> Condition:
    inner = every(conditions)
    return Condition(sql.format(inner.sql), inner.parameters)


def _among(sql: str, values: Collection[str]) -> Condition:
    return Condition(sql, (listed(values),))


def _valid(as_of: Period) -> Condition:
    if as_of.is_instant:
        return _at(_HOLDS_AT, as_of.start)
    return Condition(_OVERLAPS, (microseconds(as_of.end), microseconds(as_of.start)))


def _at(sql: str, at: datetime) -> Condition:
    return Condition(sql, (microseconds(at),) * 2)


def _supported(labels: Mapping[str, str], known_at: datetime | None) -> Condition:
    return _inside(_SUPPORTED, *_support_conditions(labels, known_at))


def _support_conditions(labels: Mapping[str, str], known_at: datetime | None) -> Iterator[Condition]:
    if known_at is not None:
        yield _at(_SINCE, known_at)
    for name, value in all_labels(labels).items():
        if value is not None:
            yield Condition(f"episodes.{name} = ?", (value,))
