"""Ledger records and facts as properties in Neo4j, and back. Pure.

Instants go in as datetimes, so that Browser shows them; they come back as microseconds, which are read a hundred times faster.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

import snowballstemmer  # type: ignore[import-untyped]

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
from mem0g.period import FOREVER, Period, Precision
from mem0g.ports import Link
from mem0g.stores.columns import digest, instant
from mem0g.stores.words import plain_words, searchable, word_share

Row = Mapping[str, Any]
"""Properties by name: text, numbers, booleans, lists, and datetimes on the way in."""

_STRUCK = "\N{COMBINING LONG STROKE OVERLAY}"

_PORTER = snowballstemmer.stemmer("porter")

THE_RECORD = ""
"""The holder of what nobody in particular holds: Neo4j indexes no null."""


class Torn(Exception):
    """A row that was written or deleted while it was read: a part of its properties is not there."""


def whole(row: Row, *optional: str) -> Row:
    """`row`, where nothing but what is optional is null.

    Raises:
        Torn: something else is.
    """
    lacking = [name for name, value in row.items() if value is None and name not in optional]
    if lacking:
        raise Torn(", ".join(lacking))
    return row


def graph_token(graph: str) -> str:
    """A word that stands in the texts of this graph alone."""
    return f"graph{digest(graph).hex()}"


def words_of(graph: str, texts: Iterable[str]) -> dict[str, object]:
    """What a full-text index finds `texts` by, and how much a word found in them counts."""
    body = searchable(" ".join(texts))
    return {"words": " ".join([graph_token(graph), *map(stem, plain_words(body))]), "share": word_share(body)}


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of an English word, by Porter's rules (Program 14(3), 1980), as SQLite's full text has it."""
    found: str = _PORTER.stemWord(word)
    return found


def expressions(graph: str, words: Iterable[str]) -> list[str]:
    """What finds each of `words` in the texts of this graph; those that hold no letter or digit are left out."""
    phrases = {" ".join(map(stem, plain_words(word))) for word in words}
    return [f'+{graph_token(graph)} +"{phrase}"' for phrase in sorted(phrases) if phrase]


def episode_row(episode: Episode) -> Row:
    """The properties of an episode."""
    return {
        "id": episode.id, "content": episode.content, "occurred_at": episode.occurred_at, "recorded_at": episode.recorded_at,
        "speaker": episode.speaker, "role": str(episode.role), "source": str(episode.source), "payload": episode.payload,
        "user_id": episode.user_id, "agent_id": episode.agent_id, "run_id": episode.run_id,
        "metadata": json.dumps(dict(episode.metadata), ensure_ascii=False), "digest": digest(episode.content).hex(),
        **words_of(episode.graph, [episode.content]),
    }  # fmt: skip


def episode_of(graph: str, row: Row) -> Episode:
    """The episode of "read/episodes"."""
    whole(row, "payload", "user_id", "agent_id", "run_id")
    return Episode(
        row["id"], graph, row["content"], instant(row["occurred_at"]), instant(row["recorded_at"]), row["speaker"], row["role"],
        Source(row["source"]), row["payload"], row["user_id"], row["agent_id"], row["run_id"], json.loads(row["metadata"]),
    )  # fmt: skip


def progress_row(progress: Progress) -> Row:
    """How far an episode has been read, as "write/set_progress" takes it."""
    return {
        "id": progress.episode_id,
        "stage": str(progress.stage),
        "error": progress.error,
        "extractor": progress.extractor,
    }


def progress_of(row: Row) -> Progress:
    """The progress of "read/progress"."""
    whole(row)
    return Progress(row["id"], Stage(row["stage"]), row["error"], row["extractor"])


def entity_row(entity: Entity) -> Row:
    """An entity with its names, as "write/add_entities" takes it."""
    names = list(dict.fromkeys(normalise(name) for name in (entity.name, *entity.aliases)))
    properties = {
        "name": entity.name, "recorded_at": entity.recorded_at, "type": entity.type, "discriminator": entity.discriminator,
        "aliases": list(entity.aliases), "digest": digest(entity.name).hex() if entity.type else None,
    }  # fmt: skip
    return {"id": entity.id, "names": names, "properties": properties}


def entity_of(graph: str, row: Row) -> Entity:
    """The entity of "read/entities"."""
    whole(row)
    return Entity(
        EntityId(row["id"]), graph, row["name"], instant(row["recorded_at"]), row["type"], row["discriminator"], tuple(row["aliases"])
    )


def naming_row(naming: Naming) -> Row:
    """The properties of a naming."""
    return {
        "id": naming.id, "entity": naming.entity, "name": naming.name, "episode_id": naming.episode_id, "said_at": naming.said_at,
        "recorded_at": naming.recorded_at, "alias": naming.alias,
    }  # fmt: skip


def naming_of(graph: str, row: Row) -> Naming:
    """The naming of "read/names"."""
    whole(row)
    return Naming(
        row["id"], graph, EntityId(row["entity"]), row["name"], row["episode_id"], instant(row["said_at"]), instant(row["recorded_at"]),
        row["alias"],
    )  # fmt: skip


def spelling_row(entity: str, name: str, alias: bool) -> Row:
    """A spelling as "write/settle_spellings" takes it."""
    return {"entity": entity, "name": name, "alias": alias, "normalised": normalise(name)}


def claim_row(claim: Claim) -> Row:
    """The properties of a claim."""
    return {
        "id": claim.id, "episode_id": claim.episode_id, "index": claim.index, "speaker": claim.speaker, "holder": claim.holder,
        "subject": claim.subject, "predicate": claim.predicate, "object": object_key(claim.object),
        **_literal("object", claim.object), "said_at": claim.said_at, "text": claim.text, "quote": claim.quote,
        "negated": claim.negated, "kind": str(claim.kind), "valid_from": claim.valid_from, "valid_to": claim.valid_to,
        "precision": None if claim.precision is None else str(claim.precision), "exclusive": claim.exclusive,
        "correction": claim.correction, "replaces": object_key(claim.replaces), **_literal("replaces", claim.replaces),
        "confidence": claim.confidence,
    }  # fmt: skip


_OPEN_IN_CLAIMS = ("holder", "object_text", "object_type", "replaces_text", "replaces_type", "valid_from", "valid_to", "precision")


def claim_of(graph: str, row: Row) -> Claim:
    """The claim of "read/claims"."""
    whole(row, *_OPEN_IN_CLAIMS)
    return Claim(
        row["id"], graph, row["episode_id"], row["index"], EntityId(row["speaker"]), row["holder"], EntityId(row["subject"]),
        row["predicate"], _object(row, "object"), instant(row["said_at"]), row["text"], row["quote"], row["negated"],
        Kind(row["kind"]), _maybe(row["valid_from"]), _maybe(row["valid_to"]),
        None if row["precision"] is None else Precision(row["precision"]), row["exclusive"], row["correction"],
        _object(row, "replaces"), row["confidence"],
    )  # fmt: skip


def judgement_row(judgement: Judgement) -> Row:
    """The properties of a judgement."""
    return {
        "id": judgement.id, "later": judgement.later, "earlier": judgement.earlier, "operation": str(judgement.operation),
        "reason": judgement.reason, "recorded_at": judgement.recorded_at, "decider": judgement.decider,
    }  # fmt: skip


def judgement_of(graph: str, row: Row) -> Judgement:
    """The judgement of "read/judgements"."""
    whole(row)
    return Judgement(
        row["id"], graph, row["later"], row["earlier"], Operation(row["operation"]), row["reason"], instant(row["recorded_at"]),
        row["decider"],
    )  # fmt: skip


def merge_row(merge: Merge) -> Row:
    """The properties of a merge."""
    return {
        "id": merge.id,
        "source": merge.source,
        "target": merge.target,
        "reason": merge.reason,
        "recorded_at": merge.recorded_at,
        "decider": merge.decider,
        "negated": merge.negated,
    }


def merge_of(graph: str, row: Row) -> Merge:
    """The merge of "read/merges"."""
    whole(row)
    return Merge(
        row["id"], graph, EntityId(row["source"]), EntityId(row["target"]), row["reason"], instant(row["recorded_at"]), row["decider"],
        row["negated"],
    )  # fmt: skip


def wording_row(wording: Wording) -> Row:
    """The properties of a wording."""
    return {
        "id": wording.id,
        "name": wording.name,
        "canonical": wording.canonical,
        "reason": wording.reason,
        "recorded_at": wording.recorded_at,
        "decider": wording.decider,
        "inverse": wording.inverse,
    }


def wording_of(graph: str, row: Row) -> Wording:
    """The wording of "read/wordings"."""
    whole(row)
    return Wording(
        row["id"], graph, row["name"], row["canonical"], row["reason"], instant(row["recorded_at"]), row["decider"], row["inverse"]
    )


def summary_row(summary: Summary) -> Row:
    """The properties of a summary."""
    return {
        "text": summary.text,
        "through": summary.through,
        "episodes": summary.episodes,
        "decider": summary.decider,
        "recorded_at": summary.recorded_at,
    }


def summary_of(graph: str, row: Row) -> Summary:
    """The summary of "read/summary"."""
    whole(row)
    return Summary(graph, row["text"], instant(row["through"]), row["episodes"], row["decider"], instant(row["recorded_at"]))


def retraction_row(retraction: Retraction) -> Row:
    """The properties of a retraction."""
    return {
        "id": retraction.id, "claims": list(retraction.claims), "said_at": retraction.said_at, "reason": retraction.reason,
        "recorded_at": retraction.recorded_at,
    }  # fmt: skip


def retraction_of(graph: str, row: Row) -> Retraction:
    """The retraction of "read/retractions"."""
    whole(row)
    return Retraction(row["id"], graph, tuple(row["claims"]), instant(row["said_at"]), row["reason"], instant(row["recorded_at"]))


def fact_row(version: Version, names: Mapping[EntityId, Iterable[str]]) -> Row:
    """A fact as "write/add_facts" takes it.

    Args:
        names: of its entities, by which it is found too.
    """
    object = version.object
    far = [object.text] if isinstance(object, Value) else names.get(object, ())
    return {
        "id": version.id,
        "subject": version.subject,
        "object": object_key(object),
        "properties": {
            "holder": version.holder or THE_RECORD, "subject": version.subject, "predicate": version.predicate,
            "object": object_key(object), **_literal("value", object), "kind": str(version.kind),
            "valid_at": version.valid.start, "invalid_at": version.valid.end,
            "created_at": version.known.start, "expired_at": version.known.end,
            "text": version.text, "digest": digest(version.text).hex(), "caption": caption(version),
            "claims": [one.claim_id for one in version.support], "since": [one.since for one in version.support],
            "until": [one.until for one in version.support],
            **words_of(version.graph, [version.text, version.predicate, *names.get(version.subject, ()), *far]),
        },
    }  # fmt: skip


def caption(version: Version) -> str:
    """What Browser writes on the edge, whose style cannot look at a property: "lives in", or "lives in – 2026-03", its end.

    There is room for no more. It is struck through where the version is no longer believed. An event, over by nature, shows no end.
    """
    words = version.predicate.replace("_", " ")
    if version.kind is Kind.STATE and version.valid.end != FOREVER:
        words = f"{words} – {version.valid.end.date().isoformat()[:7]}"
    return words if version.is_believed else "".join(letter + _STRUCK for letter in words)


def fact_of(graph: str, row: Row) -> Version:
    """The version of "read/facts"."""
    whole(row, "value_text", "value_type")
    return Version(
        graph, row["holder"] or None, EntityId(row["subject"]), row["predicate"], _stated(row, "value", row["object"]),
        Kind(row["kind"]), Period(instant(row["valid_at"]), instant(row["invalid_at"])),
        Period(instant(row["created_at"]), instant(row["expired_at"])), row["text"], tuple(_support(row)),
    )  # fmt: skip


def link_of(row: Row) -> Link:
    """The link of "read/links"."""
    whole(row, "value_text")
    object = None if row["value_text"] is not None else EntityId(row["object"])
    return Link(row["id"], EntityId(row["subject"]), row["predicate"], object, instant(row["began"]))


def _support(row: Row) -> Iterable[Support]:
    if not len(row["claims"]) == len(row["since"]) == len(row["until"]):
        raise Torn("claims, since and until")
    for claim, since, until in zip(row["claims"], row["since"], row["until"], strict=True):
        yield Support(claim, instant(since), instant(until))


def _literal(name: str, object: Object | None) -> Row:
    value = object if isinstance(object, Value) else None
    return {f"{name}_text": value and value.text, f"{name}_type": value and value.datatype}


def _object(row: Row, name: str) -> Object | None:
    return _stated(row, name, row[name]) if row[name] else None


def _stated(row: Row, name: str, key: str) -> Object:
    text = row[f"{name}_text"]
    return EntityId(key) if text is None else Value(text, row[f"{name}_type"])


def _maybe(number: int | None) -> datetime | None:
    return None if number is None else instant(number)
