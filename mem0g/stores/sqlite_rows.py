"""Ledger records and facts as rows of the SQLite store, and back. Pure."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from mem0g.model import (
    Claim,
    Entity,
    EntityId,
    Episode,
    Judgement,
    Kind,
    Merge,
    Naming,
    Object,
    Operation,
    Progress,
    Retraction,
    Source,
    Stage,
    Summary,
    Support,
    Value,
    Version,
    Wording,
    normalise,
    object_key,
)
from mem0g.period import Period, Precision
from mem0g.ports import Link
from mem0g.stores.columns import instant, microseconds

Row = Sequence[Any]
"""What SQLite gives for the columns asked: text, integers, floats and None."""


def listed(values: Iterable[object]) -> str:
    """`values` as one parameter, to be read with json_each."""
    return json.dumps(list(values))


def episode_row(episode: Episode, share: float, vector: int, written: int) -> Row:
    """The columns of INSERT_EPISODE after the graph."""
    return (
        episode.id, microseconds(episode.occurred_at), microseconds(episode.recorded_at), episode.speaker, episode.role,
        episode.source, episode.user_id, episode.agent_id, episode.run_id, share,
        json.dumps(dict(episode.metadata), ensure_ascii=False), episode.payload, episode.content, vector, written,
    )  # fmt: skip


def episode_of(graph: str, row: Row) -> Episode:
    """The episode of SELECT_EPISODES."""
    id, content, occurred_at, recorded_at, speaker, role, source, payload, user_id, agent_id, run_id, metadata = row
    return Episode(
        id, graph, content, instant(occurred_at), instant(recorded_at), speaker, role, Source(source), payload,
        user_id, agent_id, run_id, json.loads(metadata),
    )  # fmt: skip


def progress_row(progress: Progress) -> Row:
    """The columns of REPLACE_PROGRESS after the graph."""
    return (progress.episode_id, progress.stage, progress.error, progress.extractor)


def progress_of(row: Row) -> Progress:
    """The progress of SELECT_PROGRESS."""
    episode, stage, error, extractor = row
    return Progress(episode, Stage(stage), error, extractor)


def entity_row(entity: Entity, vector: int | None, written: int) -> Row:
    """The columns of INSERT_ENTITY after the graph."""
    aliases = json.dumps(entity.aliases, ensure_ascii=False)
    return (entity.id, entity.name, microseconds(entity.recorded_at), entity.type, entity.discriminator, aliases, vector, written)


def entity_of(graph: str, row: Row) -> Entity:
    """The entity of SELECT_ENTITIES."""
    id, name, recorded_at, type, discriminator, aliases = row
    return Entity(EntityId(id), graph, name, instant(recorded_at), type, discriminator, tuple(json.loads(aliases)))


def naming_row(naming: Naming) -> Row:
    """The columns of INSERT_NAMING after the graph."""
    return (
        naming.id, naming.entity, naming.name, normalise(naming.name), naming.episode_id, microseconds(naming.said_at),
        microseconds(naming.recorded_at), naming.alias,
    )  # fmt: skip


def naming_of(graph: str, row: Row) -> Naming:
    """The naming of SELECT_NAMINGS."""
    id, entity, name, episode, said_at, recorded_at, alias = row
    return Naming(id, graph, EntityId(entity), name, episode, instant(said_at), instant(recorded_at), bool(alias))


def claim_row(claim: Claim) -> Row:
    """The columns of INSERT_CLAIM after the graph."""
    return (
        claim.id, claim.episode_id, claim.index, claim.speaker, claim.holder, claim.subject, claim.predicate,
        object_key(claim.object), microseconds(claim.said_at), claim.negated, claim.kind, _maybe(claim.valid_from),
        _maybe(claim.valid_to), claim.precision, claim.exclusive, claim.correction, object_key(claim.replaces), claim.confidence,
        _value(claim.object), _value(claim.replaces), claim.text, claim.quote,
    )  # fmt: skip


def claim_of(graph: str, row: Row) -> Claim:
    """The claim of SELECT_CLAIMS."""
    id, episode, place, speaker, holder, subject, predicate, object, value, said_at, text, quote, negated, kind = row[:14]
    valid_from, valid_to, precision, exclusive, correction, replaces, replaced_value, confidence = row[14:]
    return Claim(
        id, graph, episode, place, EntityId(speaker), holder, EntityId(subject), predicate, _object(object, value), instant(said_at),
        text, quote, bool(negated), Kind(kind), _maybe_instant(valid_from), _maybe_instant(valid_to),
        None if precision is None else Precision(precision), bool(exclusive), bool(correction),
        _object(replaces, replaced_value), confidence,
    )  # fmt: skip


def judgement_row(judgement: Judgement) -> Row:
    """The columns of INSERT_JUDGEMENT after the graph."""
    return (
        judgement.id, judgement.later, judgement.earlier, judgement.operation, judgement.reason,
        microseconds(judgement.recorded_at), judgement.decider,
    )  # fmt: skip


def judgement_of(graph: str, row: Row) -> Judgement:
    """The judgement of SELECT_JUDGEMENTS."""
    id, later, earlier, operation, reason, recorded_at, decider = row
    return Judgement(id, graph, later, earlier, Operation(operation), reason, instant(recorded_at), decider)


def merge_row(merge: Merge) -> Row:
    """The columns of INSERT_MERGE after the graph."""
    return (merge.id, merge.source, merge.target, merge.reason, microseconds(merge.recorded_at), merge.decider, merge.negated)


def merge_of(graph: str, row: Row) -> Merge:
    """The merge of SELECT_MERGES."""
    id, source, target, reason, recorded_at, decider, negated = row
    return Merge(id, graph, EntityId(source), EntityId(target), reason, instant(recorded_at), decider, bool(negated))


def wording_row(wording: Wording) -> Row:
    """The columns of INSERT_WORDING after the graph."""
    return (
        wording.id, wording.name, wording.canonical, wording.reason, microseconds(wording.recorded_at), wording.decider, wording.inverse,
    )  # fmt: skip


def wording_of(graph: str, row: Row) -> Wording:
    """The wording of SELECT_WORDINGS."""
    id, name, canonical, reason, recorded_at, decider, inverse = row
    return Wording(id, graph, name, canonical, reason, instant(recorded_at), decider, bool(inverse))


def summary_row(summary: Summary) -> Row:
    """The columns of REPLACE_SUMMARY after the graph."""
    return (summary.text, microseconds(summary.through), summary.episodes, summary.decider, microseconds(summary.recorded_at))


def summary_of(graph: str, row: Row) -> Summary:
    """The summary of SELECT_SUMMARY."""
    text, through, episodes, decider, recorded_at = row
    return Summary(graph, text, instant(through), episodes, decider, instant(recorded_at))


def retraction_row(retraction: Retraction) -> Row:
    """The columns of INSERT_RETRACTION after the graph."""
    return (
        retraction.id, listed(retraction.claims), microseconds(retraction.said_at), retraction.reason,
        microseconds(retraction.recorded_at),
    )  # fmt: skip


def retraction_of(graph: str, row: Row) -> Retraction:
    """The retraction of SELECT_RETRACTIONS."""
    id, claims, said_at, reason, recorded_at = row
    return Retraction(id, graph, tuple(json.loads(claims)), instant(said_at), reason, instant(recorded_at))


def fact_row(version: Version, id: str, share: float, vector: int, written: int) -> Row:
    """The columns of INSERT_FACT after the graph."""
    return (
        id, version.holder, version.subject, version.predicate, object_key(version.object), version.kind,
        microseconds(version.valid.start), microseconds(version.valid.end), microseconds(version.known.start),
        microseconds(version.known.end), share, _value(version.object), version.text, support_text(version.support),
        vector, written,
    )  # fmt: skip


def fact_of(graph: str, row: Row) -> Version:
    """The version of SELECT_FACTS."""
    holder, subject, predicate, object, value, kind, valid_from, valid_to, known_from, known_to, text, support = row
    return Version(
        graph, holder, EntityId(subject), predicate, _stated(object, value), Kind(kind),
        Period(instant(valid_from), instant(valid_to)), Period(instant(known_from), instant(known_to)), text,
        tuple(Support(claim, instant(since), instant(until)) for claim, since, until in json.loads(support)),
    )  # fmt: skip


def link_of(row: Row) -> Link:
    """The link of SELECT_LINKS."""
    id, subject, predicate, object, began = row
    return Link(id, subject, predicate, object, instant(began))


def support_text(support: Iterable[Support]) -> str:
    """`support` as JSON: a list of [claim id, since, until]."""
    return listed([one.claim_id, microseconds(one.since), microseconds(one.until)] for one in support)


def _maybe(at: datetime | None) -> int | None:
    return None if at is None else microseconds(at)


def _maybe_instant(number: int | None) -> datetime | None:
    return None if number is None else instant(number)


def _value(object: Object | None) -> str | None:
    return json.dumps([object.text, object.datatype], ensure_ascii=False) if isinstance(object, Value) else None


def _object(key: str, value: str | None) -> Object | None:
    return _stated(key, value) if key else None


def _stated(key: str, value: str | None) -> Object:
    return EntityId(key) if value is None else Value(*json.loads(value))
