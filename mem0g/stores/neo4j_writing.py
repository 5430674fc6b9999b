"""Writing one change to one graph of a Neo4j database, inside one transaction, in a number of steps that does not grow with it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mem0g.model import Claim, Entity, EntityId, Episode, Judgement, Merge, Naming, Record, Retraction, Version, Wording
from mem0g.ports import Change, EmbeddingModel, Vector
from mem0g.stores import neo4j_rows as rows
from mem0g.stores.changes import check_embedding
from mem0g.stores.columns import digest
from mem0g.stores.neo4j_server import Row, Transaction, parameter

_WRITTEN: dict[type[Record], tuple[str, str, Callable[[Any], Row]]] = {
    # Kinds of record: the statement that adds them, what it calls them, and how one becomes a row. Those referred to come first.
    Episode: ("write/add_episodes", "episodes", rows.episode_row),
    Naming: ("write/add_namings", "namings", rows.naming_row),
    Merge: ("write/add_merges", "merges", rows.merge_row),
    Wording: ("write/add_wordings", "wordings", rows.wording_row),
    Claim: ("write/add_claims", "claims", rows.claim_row),
    Judgement: ("write/add_judgements", "judgements", rows.judgement_row),
    Retraction: ("write/add_retractions", "retractions", rows.retraction_row),
}

_EMBEDDED = ("fact", "episode", "entity")
"""What has vectors."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a graph stands.

    Attributes:
        facts, episodes: how many it has.
        embedding: the model of its vectors; None where it has none.
    """

    revision: int = 0
    facts: int = 0
    episodes: int = 0
    embedding: EmbeddingModel | None = None

    @classmethod
    def of(cls, found: Sequence[Row]) -> "Standing":
        """Read "read/revision" or "write/lock_graph"; no row stands for a graph that does not exist."""
        if not found:
            return cls()
        row = found[0]
        embedding = None if row["model"] is None else EmbeddingModel(row["model"], row["dimension"])
        return cls(row["revision"], row["facts"], row["episodes"], embedding)


class Unchanged(Exception):
    """The change was not written, and what its transaction did so far goes with it.

    Attributes:
        revision: of the graph; None where it is not the one expected.
    """

    def __init__(self, revision: int | None) -> None:
        super().__init__()
        self.revision = revision


class ChangeWriter:
    """Writes one change; made anew for each transaction that tries to."""

    def __init__(self, transaction: Transaction, graph: str, change: Change) -> None:
        self._transaction = transaction
        self._graph = graph
        self._change = change

    def write(self, expected: int | None) -> int:
        """Erase and drop first, then write. The graph's new revision.

        Raises:
            Unchanged: the graph is not at the revision expected, or the change brings nothing new.
            EmbeddingMismatch: the graph's vectors are of another model.
        """
        change = self._change
        before = Standing.of(self._rows("write/lock_graph"))
        if expected is not None and before.revision != expected:
            raise Unchanged(None)
        check_embedding(self._graph, before.embedding, change)
        held = self._held_vectors() if before.embedding is not None and not change.reembed else {}
        erased, dropped, emptied = self._erase(), self._drop(), self._empty()
        episodes, others = self._add_records()
        self._set_progress()
        self._set_summary()
        added = self._write_facts()
        self._fill(held)
        filled = self._fill({digest(text).hex(): vector for text, vector in change.vectors.items()})
        if not (episodes or others or emptied or filled or _asks(change)):
            raise Unchanged(before.revision)
        lost = bool(change.erased or change.dropped or change.versions or emptied)
        after = Standing(
            before.revision + 1,
            before.facts - dropped + added,
            before.episodes - erased + episodes,
            self._embedding_after(before.embedding, filled=filled > 0, lost=lost),
        )
        self._advance(after)
        return after.revision

    def _held_vectors(self) -> dict[str, Vector]:
        """The vectors that the texts of this change have already, by digest: they may have no other bearer once it is written."""
        texts = {version.text for version in self._change.versions}
        texts |= {record.content for record in self._change.records if isinstance(record, Episode)}
        texts |= {record.name for record in self._change.records if isinstance(record, Entity) and record.type}
        if not texts:
            return {}
        found = self._rows("read/held_vectors", digests=[digest(text).hex() for text in texts])
        return {row["digest"]: np.asarray(row["numbers"], dtype=np.float32) for row in found}

    def _erase(self) -> int:
        """How many episodes are gone."""
        if not self._change.erased:
            return 0
        ids = list(self._change.erased)
        erased: int = self._rows("write/erase_records", ids=ids)[0]["episodes"]
        if erased:
            self._rows("write/erase_summary")
        self._rows("write/erase_entities", ids=ids)
        self._settle((row["entity"], row["name"], row["alias"]) for row in self._rows("write/erase_namings", ids=ids))
        return erased

    def _settle(self, spellings: Iterable[tuple[str, str, bool]]) -> None:
        """Find again which naming of each spelling was said first."""
        if given := [rows.spelling_row(*spelling) for spelling in dict.fromkeys(spellings)]:
            self._rows("write/settle_spellings", spellings=given)

    def _drop(self) -> int:
        """How many facts are gone."""
        found = self._rows("write/drop_facts", ids=list(self._change.dropped)) if self._change.dropped else []
        return sum(row["dropped"] for row in found)

    def _empty(self) -> int:
        """How many vectors are gone, of a graph that is embedded anew."""
        if not self._change.reembed:
            return 0
        return sum(self._rows(f"write/empty_{kind}_vectors")[0]["emptied"] for kind in _EMBEDDED)

    def _add_records(self) -> tuple[int, int]:
        """How many episodes, and how many other records, were not there yet."""
        records = {(type(record), record.id): record for record in reversed(self._change.records)}
        entities = [rows.entity_row(one) for one in records.values() if isinstance(one, Entity)]
        added = sum(row["added"] for row in self._rows("write/add_entities", entities=entities)) if entities else 0
        made = {kind: self._add(kind, records.values()) for kind in _WRITTEN}
        self._settle((one.entity, one.name, one.alias) for one in records.values() if isinstance(one, Naming))
        return made.pop(Episode), added + sum(made.values())

    def _add(self, kind: type[Record], records: Iterable[Record]) -> int:
        statement, name, row = _WRITTEN[kind]
        given = [row(record) for record in records if isinstance(record, kind)]
        parameters: dict[str, Any] = {name: given}
        return self._transaction.created(statement, graph=self._graph, **parameters) if given else 0

    def _set_progress(self) -> None:
        if self._change.progress:
            self._rows("write/set_progress", progress=[rows.progress_row(one) for one in self._change.progress])

    def _set_summary(self) -> None:
        if self._change.summary:
            self._rows("write/set_summary", summary=rows.summary_row(self._change.summary))

    def _write_facts(self) -> int:
        """How many facts were not there yet."""
        versions = {version.id: version for version in self._change.versions}
        if not versions:
            return 0
        names = self._names(versions.values())
        given = {id: rows.fact_row(version, names) for id, version in versions.items()}
        held = {row["id"] for row in self._rows("read/held_facts", ids=list(given))}
        if held:
            self._rows("write/update_facts", facts=[row for id, row in given.items() if id in held])
        fresh = [row for id, row in given.items() if id not in held]
        literal = [row for row in fresh if row["properties"]["value_text"] is not None]
        linking = [row for row in fresh if row["properties"]["value_text"] is None]
        for statement, facts in (("write/add_facts", linking), ("write/add_value_facts", literal)):
            if facts:
                self._rows(statement, facts=facts)
        return len(fresh)

    def _names(self, versions: Iterable[Version]) -> Mapping[EntityId, list[str]]:
        """The names that the entities of these facts were made with.

        Names that only a naming gives are left out: they would stay in the words of the fact when the naming is erased.
        """
        ids = {end for version in versions for end in (version.subject, version.object) if isinstance(end, str)}
        return {row["entity"]: sorted(row["names"]) for row in self._rows("read/own_names", ids=sorted(ids))}

    def _fill(self, vectors: Mapping[str, Vector]) -> int:
        """Give these vectors, by digest, to the facts, episodes and entities that lack them; to how many."""
        lacking = self._rows("read/lacking_vectors", digests=list(vectors)) if vectors else []
        return sum(self._fill_kind(kind, [row["digest"] for row in lacking if row["kind"] == kind], vectors) for kind in _EMBEDDED)

    def _fill_kind(self, kind: str, digests: Sequence[str], vectors: Mapping[str, Vector]) -> int:
        given = [{"digest": digest, "vector": parameter(vectors[digest])} for digest in digests]
        filled: int = self._rows(f"write/fill_{kind}_vectors", vectors=given)[0]["filled"] if given else 0
        return filled

    def _embedding_after(self, before: EmbeddingModel | None, *, filled: bool, lost: bool) -> EmbeddingModel | None:
        if filled:
            return self._change.embedding
        if before is not None and lost and not self._rows("read/has_vectors")[0]["any"]:
            return None
        return before

    def _advance(self, after: Standing) -> None:
        model = after.embedding
        self._rows(
            "write/advance_graph",
            revision=after.revision,
            facts=after.facts,
            episodes=after.episodes,
            model=model and model.name,
            dimension=model and model.dimension,
        )

    def _rows(self, statement: str, **parameters: object) -> list[Row]:
        return self._transaction.rows(statement, graph=self._graph, **parameters)


def _asks(change: Change) -> bool:
    """Whether a change is one even where it brings no new record and no new vector."""
    return any((change.erased, change.dropped, change.progress, change.versions, change.summary))
