"""The write path: drafts become claims, claims are judged, the facts they touch are worked out, all in one transaction.

What was read may be stale by the time it is written; the store compares the graph's revision, and a write that lost the
race is worked out again against what is there now. No model is called here but by the judge that a caller gives.
"""

import random
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from mem0g.errors import InvalidInput, NotFound, WriteConflict
from mem0g.ingestion import conflict
from mem0g.ingestion.forgetting import Erasure
from mem0g.ingestion.predicates import is_exclusive
from mem0g.ingestion.resolution import Identity, Resolution, names_of, resolve
from mem0g.ingestion.view import Key, Neighbourhood, changes, neighbourhood, stored_versions
from mem0g.model import (
    Claim,
    ClaimDraft,
    Entity,
    EntityId,
    Episode,
    Judgement,
    Mention,
    Merge,
    Naming,
    Object,
    Operation,
    Progress,
    Record,
    Retraction,
    Source,
    Stage,
    Value,
    Version,
    Wording,
    predicate_name,
)
from mem0g.period import BEGINNING, FOREVER, show
from mem0g.ports import Change, GraphStore

_ATTEMPTS = 200
"""How often a write is worked out anew before it gives up: each time some other writer has got through."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An episode and what was read out of it.

    Attributes:
        refused: what was read and broke the ontology, counted by how.
        wordings: what its predicates are taken for, where that was not decided before.
    """

    episode: Episode
    drafts: Sequence[ClaimDraft]
    extractor: str = ""
    refused: Mapping[str, int] = field(default_factory=dict)
    wordings: Sequence[Wording] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """What a judge is shown of a write.

    Attributes:
        identity: who is who, with the merges of this write.
        written: the new claims, as they will be stored; `claims` the same with canonical ids.
        entities: those that are not stored yet.
        judgements: those already made of the new claims and of what they touch.
        now: when its judgements are recorded.
    """

    store: GraphStore
    graph: str
    identity: Identity
    written: Sequence[Claim]
    claims: Sequence[Claim]
    entities: Sequence[Entity]
    judgements: Sequence[Judgement]
    now: datetime


@dataclass(frozen=True, slots=True)
class Judged:
    """What a judge makes of a case.

    Attributes:
        claims: denials that it comes to: further claims, as they are to be stored, of episodes that are there or new.
    """

    judgements: Sequence[Judgement] = ()
    claims: Sequence[Claim] = ()


Judge = Callable[[Case], Judged]
"""Judges what rules leave in doubt. It is asked again where the write is worked out anew."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What writes did.

    Attributes:
        claims: those written, with canonical ids.
        before: the versions that changed or went, as they were before the first write; by id.
        after: the versions written, as the last write left them; by id.
        passing: versions that one write made believed and a later one no longer, as they were while believed; by id.
        entities: those made.
        merges: those written, with those that say two are not one.
    """

    claims: Sequence[Claim] = ()
    judgements: Sequence[Judgement] = ()
    before: Mapping[str, Version] = field(default_factory=dict)
    after: Mapping[str, Version] = field(default_factory=dict)
    passing: Mapping[str, Version] = field(default_factory=dict)
    entities: Sequence[Entity] = ()
    merges: Sequence[Merge] = ()

    def then(self, other: "Outcome") -> "Outcome":
        """What this write and another after it did together."""
        ended = {id: version for id, version in other.before.items() if id in self.after and version.is_believed}
        passing = {id: version for id, version in ended.items() if id not in other.after or not other.after[id].is_believed}
        return Outcome(
            claims=[*self.claims, *other.claims],
            judgements=[*self.judgements, *other.judgements],
            before={id: version for id, version in other.before.items() if id not in self.after} | dict(self.before),
            after={id: version for id, version in self.after.items() if id not in other.before} | dict(other.after),
            passing={**self.passing, **passing},
            entities=[*self.entities, *other.entities],
            merges=[*self.merges, *other.merges],
        )


@dataclass(frozen=True, slots=True)
class _Plan:
    """A change worked out against one revision, and what it would do."""

    change: Change
    outcome: Outcome


def write_episodes(store: GraphStore, graph: str, episodes: Sequence[Episode], progress: Sequence[Progress]) -> None:
    """Store episodes, each with how far it is to be read; those that are there already are left as they are.

    Raises:
        WriteConflict: the graph kept changing under the write.
    """

    def plan() -> _Plan:
        held = {episode.id for episode in store.episodes(graph, ids={episode.id for episode in episodes})}
        fresh = [episode for episode in episodes if episode.id not in held]
        entries = {entry.episode_id: entry for entry in progress if entry.episode_id not in held}
        return _Plan(Change(fresh, list(entries.values())), Outcome())

    _write(store, graph, plan)


def write_failures(store: GraphStore, graph: str, failures: Sequence[Progress]) -> None:
    """Note that episodes could not be read; those that another writer has read meanwhile are left as they are.

    Raises:
        WriteConflict: the graph kept changing under the write.
    """
    _write(store, graph, lambda: _Plan(Change(progress=_not_extracted(store, graph, failures)), Outcome()))


def _not_extracted(store: GraphStore, graph: str, progress: Sequence[Progress]) -> list[Progress]:
    asked = store.progress(graph, [entry.episode_id for entry in progress])
    held = {entry.episode_id for entry in asked if entry.stage is Stage.EXTRACTED}
    return [entry for entry in progress if entry.episode_id not in held]


def write_claims(store: GraphStore, graph: str, readings: Sequence[Reading], now: datetime, judge: Judge | None = None) -> Outcome:
    """Write what was read out of episodes. An episode that is extracted already is passed over.

    Args:
        judge: judges what rules leave in doubt; without one, such claims coexist.

    Raises:
        NotFound: a draft corrects a claim this graph does not hold.
        InvalidInput: a draft corrects a claim said after it, or its interval ends before it begins.
        WriteConflict: the graph kept changing under the write.
    """
    return _write(store, graph, lambda: _plan_claims(store, graph, readings, now, judge))


def write_retraction(store: GraphStore, graph: str, retraction: Retraction) -> Outcome:
    """Write a retraction; its claims must be stored.

    Raises:
        WriteConflict: the graph kept changing under the write.
    """

    def plan() -> _Plan:
        identity = Identity.of(store.merges(graph))
        claims = [identity.claim(claim) for claim in store.claims_by_id(graph, retraction.claims)]
        near = neighbourhood(store, graph, identity, claims, retractions=[retraction])
        return _planned(store, graph, identity, near, [retraction], since=retraction.said_at)

    return _write(store, graph, plan)


def write_merges(store: GraphStore, graph: str, merges: Sequence[Merge], now: datetime) -> Outcome:
    """Write merges of entities that are stored, or what takes merges back; the facts are then those of whom they leave.

    Raises:
        WriteConflict: the graph kept changing under the write.
    """
    return _write(store, graph, lambda: _plan_merges(store, graph, merges, now))


def write_erasure(store: GraphStore, graph: str, erasure: Callable[[], Erasure]) -> Outcome:
    """Erase ledger records physically, and leave the facts that the remaining ledger gives.

    Args:
        erasure: reads which records are meant; asked again when the graph moved.

    Raises:
        WriteConflict: the graph kept changing under the write.
    """
    return _write(store, graph, lambda: _plan_erasure(store, graph, erasure()))


def write_records(store: GraphStore, graph: str, records: Sequence[Record], progress: Sequence[Progress] = ()) -> None:
    """Bring ledger records in from elsewhere, with the facts that follow from them and from what is there.

    Every record that one of them names is there, or among them.

    Raises:
        WriteConflict: the graph kept changing under the write.
    """

    def plan() -> _Plan:
        fresh = _not_held(store, graph, records)
        merges = [record for record in fresh if isinstance(record, Merge)]
        held = store.merges(graph)
        identity = Identity.of([*held, *merges])
        judgements = [record for record in fresh if isinstance(record, Judgement)]
        retractions = [record for record in fresh if isinstance(record, Retraction)]
        claims = {record.id: record for record in fresh if isinstance(record, Claim)}
        claims |= {claim.id: claim for claim in store.claims_by_id(graph, _named(judgements, retractions) - claims.keys())}
        touched = [identity.claim(claim) for claim in claims.values()]
        moved = _moved(store, graph, Identity.of(held), identity, merges)
        near = neighbourhood(store, graph, identity, touched, judgements, retractions, moved)
        return _planned(store, graph, identity, near, fresh, progress=_not_extracted(store, graph, progress))

    _write(store, graph, plan)


def _not_held(store: GraphStore, graph: str, records: Sequence[Record]) -> list[Record]:
    """Without the claims, judgements and retractions that are there already: what follows from them is there too."""
    claims = [record.id for record in records if isinstance(record, Claim)]
    judgements = [record for record in records if isinstance(record, Judgement)]
    retractions = [record for record in records if isinstance(record, Retraction)]
    held: set[tuple[type[Record], str]] = {(Claim, claim.id) for claim in store.claims_by_id(graph, claims)}
    held |= {(Judgement, one.id) for one in store.judgements(graph, {judgement.later for judgement in judgements})}
    held |= {(Retraction, one.id) for one in store.retractions(graph, _named((), retractions))}
    return [record for record in records if (type(record), record.id) not in held]


def _named(judgements: Iterable[Judgement], retractions: Iterable[Retraction]) -> set[str]:
    """The ids of the claims that these join or name."""
    joined = {id for judgement in judgements for id in (judgement.later, judgement.earlier)}
    return joined | {id for retraction in retractions for id in retraction.claims}


def _write(store: GraphStore, graph: str, plan: Callable[[], _Plan]) -> Outcome:
    """Work out and commit, again and again until no other writer was faster."""
    for attempt in range(_ATTEMPTS):
        revision = store.revision(graph, settled=True)
        try:
            planned = plan()
        except LookupError:  # what one read named another did not find: forgotten in between, or never there
            if store.revision(graph, settled=True) == revision:
                raise
            continue
        if store.commit(graph, planned.change, expected=revision) is not None:
            return planned.outcome
        time.sleep(random.uniform(0, min(0.1, 0.002 * attempt)))  # noqa: S311 - spreads writers out; nothing rests on it
    raise WriteConflict(f"{graph} changed {_ATTEMPTS} times while this was being written; nothing of it is kept, try again")


def _plan_claims(store: GraphStore, graph: str, readings: Sequence[Reading], now: datetime, judge: Judge | None) -> _Plan:
    progress = store.progress(graph, [reading.episode.id for reading in readings])
    done = {entry.episode_id for entry in progress if entry.stage is Stage.EXTRACTED}
    fresh = [reading for reading in readings if reading.episode.id not in done]
    merges = store.merges(graph)
    resolution = _resolve(store, graph, fresh, merges, now)
    identity = Identity.of([*merges, *resolution.merges])
    namings = [naming for reading in fresh for naming in _namings(reading, resolution, now)]
    written = [claim for reading in fresh for claim in _claims(reading, resolution)]
    claims = [identity.claim(claim) for claim in written]
    stated = _stated_corrections(store, graph, fresh, claims, identity, now)
    moved = _moved(store, graph, Identity.of(merges), identity, resolution.merges)
    near = neighbourhood(store, graph, identity, claims, stated, whole=moved)
    judged = conflict.judge(claims, near.claims.values(), list(near.judgements.values()), now)
    made = [*near.judgements.values(), *judged]
    asked = judge(Case(store, graph, identity, written, claims, resolution.created, made, now)) if judge and claims else Judged()
    judgements = [*stated, *judged, *asked.judgements]
    denials = [identity.claim(claim) for claim in asked.claims]
    if asked.judgements or any(judgement.operation is Operation.CORRECTS for judgement in judged):
        near = neighbourhood(store, graph, identity, [*claims, *denials], judgements, whole=moved)
        judgements += conflict.judge(denials, near.claims.values(), list(near.judgements.values()), now)
    near.judgements |= {judgement.id: judgement for judgement in judgements}
    records: list[Record] = [*(reading.episode for reading in fresh), *resolution.created, *namings, *resolution.merges]
    records += [*(wording for reading in fresh for wording in reading.wordings), *written, *asked.claims, *judgements]
    claims = [*claims, *denials]
    entries = [Progress(reading.episode.id, Stage.EXTRACTED, extractor=reading.extractor) for reading in fresh]
    since = BEGINNING if resolution.merges else min((claim.said_at for claim in claims), default=FOREVER)
    planned = _planned(store, graph, identity, near, records, progress=entries, since=since)
    outcome = replace(planned.outcome, claims=claims, judgements=judgements, entities=resolution.created, merges=resolution.merges)
    return replace(planned, outcome=outcome)


def _resolve(store: GraphStore, graph: str, readings: Iterable[Reading], merges: Sequence[Merge], now: datetime) -> Resolution:
    mentions = list(dict.fromkeys(mention for reading in readings for mention in _mentions(reading)))
    names = {name for mention in mentions for name in names_of(mention)}
    identity = Identity.of(merges)
    found = {member for entity in store.entities(graph, names=names) for member in identity.members(entity.id)}
    return resolve(mentions, store.entities(graph, ids=found), merges, graph, now, store.names(graph, found))


def _mentions(reading: Reading) -> Iterable[Mention]:
    """What a reading mentions: what it says something of first, so that its spelling is the one that is kept."""
    for draft in reading.drafts:
        yield from (part for part in (draft.subject, draft.object, draft.holder, draft.replaces) if isinstance(part, Mention))
    if reading.drafts:
        yield _speaker(reading)


def _namings(reading: Reading, resolution: Resolution, now: datetime) -> Iterable[Naming]:
    """How a reading calls what it mentions: each spelling once, as an alias only where it is nothing more."""
    aliases = [(mention, alias, True) for mention in _mentions(reading) for alias in mention.aliases]
    called = [*aliases, *((mention, mention.name, False) for mention in _mentions(reading))]
    namings = [Naming.by(reading.episode, resolution.entities[mention], name.strip(), now, alias) for mention, name, alias in called]
    return {naming.id: naming for naming in namings}.values()


def _speaker(reading: Reading) -> Mention:
    return Mention(reading.episode.speaker, "person" if reading.episode.source is Source.MESSAGE else "")


def _claims(reading: Reading, resolution: Resolution) -> Iterable[Claim]:
    episode = reading.episode

    def object_of(part: Mention | Value | None) -> Object | None:
        return resolution.entities[part] if isinstance(part, Mention) else part

    for index, draft in enumerate(reading.drafts):
        valid = draft.valid
        yield Claim(
            id=Claim.id_of(episode.graph, episode.id, index),
            graph=episode.graph,
            episode_id=episode.id,
            index=index,
            speaker=resolution.entities[_speaker(reading)],
            holder=resolution.entities[draft.holder] if draft.holder else None,
            subject=resolution.entities[draft.subject],
            predicate=predicate_name(draft.predicate),
            object=object_of(draft.object),
            said_at=episode.occurred_at,
            text=draft.text,
            quote=draft.quote,
            negated=draft.negated,
            kind=draft.kind,
            valid_from=valid.start if valid and valid.start != BEGINNING else None,
            valid_to=valid.end if valid and valid.end != FOREVER else None,
            precision=valid.precision if valid else None,
            exclusive=is_exclusive(predicate_name(draft.predicate), draft.exclusive),
            correction=draft.correction,
            replaces=object_of(draft.replaces),
            confidence=draft.confidence,
        )


def _stated_corrections(
    store: GraphStore, graph: str, readings: Iterable[Reading], claims: Iterable[Claim], identity: Identity, now: datetime
) -> list[Judgement]:
    """The corrections whose target the caller named."""
    drafts = [draft for reading in readings for draft in reading.drafts]
    stated = []
    for claim, draft in zip(claims, drafts, strict=True):
        held = {earlier.id: earlier for earlier in store.claims_by_id(graph, draft.corrects)}
        for id in draft.corrects:
            if id not in held:
                raise NotFound(f"corrects={id!r} names no claim of {graph}: facts, timeline and why show ids")
            if identity.claim(held[id]).holder != claim.holder:
                raise InvalidInput(f"corrects={id!r} is the view of another holder: a holder's view is corrected in that holder's name")
            if held[id].order > claim.order:
                raise InvalidInput(f"corrects={id!r} was said {show(held[id].said_at)}, after this: give a later occurred_at")
            stated.append(conflict.correct(claim, identity.claim(held[id]), now, decider=conflict.CALLER))
    return stated


def _moved(store: GraphStore, graph: str, before: Identity, after: Identity, merges: Iterable[Merge]) -> set[Key]:
    """The subjects and predicates, as they were and as they will be, that merges coming or going change anything of."""
    if not list(merges):
        return set()
    merged = {id for identity in (before, after) for members in identity.merged.values() for id in members}
    moved = {id for id in merged if (before.canonical(id), before.members(id)) != (after.canonical(id), after.members(id))}
    found = store.claims_of(graph, voices=moved, entities=moved) if moved else []
    about = [identity.claim(claim) for claim in found if _is_about(claim, moved) for identity in (before, after)]
    return {(claim.subject, claim.predicate) for claim in about}


def _is_about(claim: Claim, entities: Collection[EntityId]) -> bool:
    """Whether one of these is its holder, or occurs in it. Who spoke it moves no fact."""
    return any(part in entities for part in (claim.holder, claim.subject, claim.object, claim.replaces) if isinstance(part, str))


def _plan_merges(store: GraphStore, graph: str, merges: Sequence[Merge], now: datetime) -> _Plan:
    held = store.merges(graph)
    after = Identity.of([*held, *merges])
    moved = _moved(store, graph, Identity.of(held), after, merges)
    near = neighbourhood(store, graph, after, [], whole=moved)
    corrections = [claim for claim in near.claims.values() if claim.correction]
    judged = conflict.judge(corrections, near.claims.values(), list(near.judgements.values()), now)
    judgements = [judgement for judgement in judged if judgement.operation is Operation.CORRECTS]
    if judgements:
        near = neighbourhood(store, graph, after, [], judgements, whole=moved)
    planned = _planned(store, graph, after, near, [*merges, *judgements])
    there = {merge.id for merge in held}
    fresh = [merge for merge in merges if merge.id not in there]
    return replace(planned, outcome=replace(planned.outcome, judgements=judgements, merges=fresh))


def _plan_erasure(store: GraphStore, graph: str, erasure: Erasure) -> _Plan:
    merges = store.merges(graph)
    ids = {record.id for record in erasure.erased}
    identity = Identity.of(merge for merge in merges if merge.id not in ids)
    moved = _moved(store, graph, Identity.of(merges), identity, [merge for merge in merges if merge.id in ids])
    claims = [identity.claim(record) for record in erasure.erased if isinstance(record, Claim)]
    near = neighbourhood(store, graph, identity, claims, whole=moved)
    near.claims = {id: claim for id, claim in near.claims.items() if id not in ids}
    near.judgements = {id: judgement for id, judgement in near.judgements.items() if id not in ids}
    kept = {id: retraction for id, retraction in near.retractions.items() if id not in ids}
    near.retractions = kept | {retraction.id: retraction for retraction in erasure.rewritten}
    return _planned(store, graph, identity, near, erasure.rewritten, progress=_without_errors(store, graph, ids), erased=ids)


def _without_errors(store: GraphStore, graph: str, erased: Collection[str]) -> list[Progress]:
    """What could not be read so far, without why: an endpoint's words may quote a message that was asked about beside it."""
    failed = [episode.id for episode in store.episodes(graph, stages={Stage.FAILED})]
    told = (entry for entry in store.progress(graph, failed) if entry.error) if failed else ()
    return [replace(entry, error="") for entry in told if entry.episode_id not in erased]


def _planned(
    store: GraphStore,
    graph: str,
    identity: Identity,
    near: Neighbourhood,
    records: Sequence[Record],
    *,
    progress: Sequence[Progress] = (),
    erased: Iterable[str] = (),
    since: datetime = BEGINNING,
) -> _Plan:
    """The change that writes records and what follows from them for the triplets in reach."""
    stored = {version.id: version for version in stored_versions(store, graph, identity, near)}
    written, dropped = changes(near, list(stored.values()), since)
    change = Change(records, progress, written, dropped, frozenset(erased))
    touched = {version.id for version in written} | set(dropped)
    before = {id: version for id, version in stored.items() if id in touched}
    return _Plan(change, Outcome(before=before, after={version.id: version for version in written}))
