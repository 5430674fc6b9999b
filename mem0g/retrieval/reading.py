"""Facts at two times: whose they are, what changed, and where they come from."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from mem0g.errors import NotFound
from mem0g.ingestion.flavours import sentences_about
from mem0g.ingestion.naming import Names
from mem0g.ingestion.predicates import asked
from mem0g.ingestion.resolution import Identity
from mem0g.ingestion.timeline import timeline
from mem0g.model import (
    DATATYPES,
    Claim,
    Entity,
    EntityId,
    Episode,
    Kind,
    Support,
    Value,
    Version,
    checked_name,
    normalise,
    object_key,
    predicate_name,
)
from mem0g.period import EVERYTHING_KNOWN, FOREVER, Period, quoted
from mem0g.ports import ClaimFilter, FactFilter, GraphStore, Link
from mem0g.results import Diff, Evidence, Why
from mem0g.retrieval.presenting import counts, present, present_decisions
from mem0g.retrieval.reasons import superseded

_UNKNOWN = "{id} names no fact and no claim of {graph}: facts, timeline and search show ids"


@dataclass(frozen=True, slots=True)
class View:
    """The facts of one graph, as one holder has them.

    Attributes:
        holder: None for the record; else the name of the one whose view is asked: what they said in their own voice, and
            what is attributed to them. It is worked out when it is read.
    """

    store: GraphStore
    graph: str
    holder: str | None = None

    def versions(self, where: FactFilter, limit: int | None = None) -> list[Version]:
        """The versions that `where` lets through, whatever holder it names."""
        if self.holder is None:
            return self.store.facts(self.graph, where, limit)
        kept = [version for version in held_by(self.store, self.graph, self.holder) if lets_through(where, version)]
        return (_labelled(self.store, self.graph, kept, where) if where.labels else kept)[:limit]

    def versions_of(self, filters: Iterable[FactFilter]) -> list[Version]:
        """The versions that one of the filters at least lets through, sorted likewise."""
        found = {version.id: version for where in filters for version in self.versions(where)}
        return sorted(found.values(), key=lambda version: version.order)

    def links(self, where: FactFilter, each: int | None = None) -> list[Link]:
        """The same versions by their ends, as `GraphStore.links` gives them."""
        if self.holder is None:
            return self.store.links(self.graph, where, each)
        return latest(self.versions(where), where.touching, each)


def entities_named(store: GraphStore, graph: str, name: str) -> frozenset[EntityId]:
    """Every id under which the entities of this name or alias are stored; those that have its letters alone, where there are no others."""
    identity = Identity.of(store.merges(graph))
    found = store.entities(graph, names={normalise(name)})
    named = [entity for entity in found if normalise(name) not in entity.aliases] or found
    return frozenset(member for entity in named for member in identity.members(entity.id))


def own_named(store: GraphStore, graph: str, name: str) -> list[Entity]:
    """The entities that were made with this name."""
    return [entity for entity in store.entities(graph, names={normalise(name)}) if normalise(entity.name) == normalise(name)]


def filters(
    store: GraphStore, graph: str, where: FactFilter, subject: str | None, object: str | None, predicate: str | None
) -> Iterator[FactFilter]:
    """`where` narrowed to what a caller names: the predicate in each of its wordings, and in those that say it from the other end."""
    subjects = None if subject is None else entities_named(store, graph, subject)
    objects = None if object is None else objects_named(store, graph, object)
    if predicate is None:
        yield replace(where, subjects=subjects, objects=objects)
        return
    name = predicate_name(checked_name(predicate, "predicate"))
    names = asked(name, {wording.name: wording for wording in store.wordings(graph)})
    yield replace(where, subjects=subjects, objects=objects, predicates={each.name for each in names if not each.inverse})
    if turned := {each.name for each in names if each.inverse}:
        ends = None if object is None else entities_named(store, graph, object)
        yield replace(where, subjects=ends, objects=subjects, predicates=turned)


def objects_named(store: GraphStore, graph: str, object: str) -> frozenset[str]:
    """The keys of the objects a caller's text may mean: entities of this name or alias, literals of this text, sentences of either."""
    literals = {object_key(Value(object, datatype)) for datatype in DATATYPES}
    return entities_named(store, graph, object) | literals | sentences_about(object)


def claims_meant(store: GraphStore, graph: str, id: str) -> list[str]:
    """The ids of the claims that an id means: a claim itself, or those that carry a fact; that carried it, if it expired.

    Raises:
        NotFound: the graph holds no fact and no claim of this id.
    """
    claims = store.claims_by_id(graph, [id])
    version = None if claims else find_version(store, graph, id)
    if version is not None:
        return [support.claim_id for support in version.support if support.until == version.known.end]
    if not claims:
        raise NotFound(_UNKNOWN.format(id=quoted(id), graph=graph))
    return [id]


def held_by(store: GraphStore, graph: str, holder: str) -> list[Version]:
    """The timeline of what the holder said in their own voice and what is attributed to them; empty for an unknown holder."""
    voices = entities_named(store, graph, holder)
    return _held(store, graph, voices) if voices else []


def _held(store: GraphStore, graph: str, voices: Set[EntityId]) -> list[Version]:
    identity = Identity.of(store.merges(graph))
    spoken = store.claims_of(graph, voices=voices)
    claims = {claim.id: claim for claim in spoken if (claim.holder or claim.speaker) in voices}
    one = identity.canonical(min(voices))
    canonical = [replace(identity.claim(claim), holder=one) for claim in claims.values()]
    return timeline(canonical, store.judgements(graph, claims.keys()), store.retractions(graph, claims.keys()))


def latest(versions: Iterable[Version], touching: Collection[EntityId] | None, each: int | None) -> list[Link]:
    """What `GraphStore.links` gives of these versions, which its filter let through."""
    links = sorted(map(_link, versions), key=lambda link: (link.began, link.id), reverse=True)
    if touching is None or each is None:
        return links
    kept = {link for entity in touching for link in [link for link in links if entity in (link.subject, link.object)][:each]}
    return [link for link in links if link in kept]


def _link(version: Version) -> Link:
    object = None if isinstance(version.object, Value) else version.object
    return Link(version.id, version.subject, version.predicate, object, version.valid.start)


def lets_through(where: FactFilter, version: Version) -> bool:
    """What `GraphStore.facts` filters by, for a version that is not stored; holder and labels apart."""
    return (
        (where.ids is None or version.id in where.ids)
        and (where.subjects is None or version.subject in where.subjects)
        and (where.predicates is None or version.predicate in where.predicates)
        and (where.objects is None or object_key(version.object) in where.objects)
        and (where.touching is None or version.subject in where.touching or version.object in where.touching)
        and (where.known_at is None or version.known.covers(where.known_at))
        and (where.as_of is None or _holds(version, where.as_of))
    )


def _holds(version: Version, as_of: Period) -> bool:
    if version.kind is Kind.EVENT and as_of.is_instant:
        return version.valid.start <= as_of.start
    return version.valid.overlaps(as_of)


def _labelled(store: GraphStore, graph: str, versions: Sequence[Version], where: FactFilter) -> list[Version]:
    """The versions with a supporting claim from an episode of all the labels."""
    counted = {version.id: {support.claim_id for support in version.support if counts(support, where.known_at)} for version in versions}
    claims = store.claims_by_id(graph, {id for ids in counted.values() for id in ids})
    episodes = store.episodes(graph, ids={claim.episode_id for claim in claims})
    fitting = {episode.id for episode in episodes if episode.has_labels(where.labels or {})}
    carrying = {claim.id for claim in claims if claim.episode_id in fitting}
    return [version for version in versions if counted[version.id] & carrying]


def diff(store: GraphStore, graph: str, window: Period, labels: Mapping[str, str]) -> Diff:
    """What changed within the window, in the world and in what was believed."""
    believed = store.facts(graph, FactFilter(labels=labels or None))
    ever = store.facts(graph, FactFilter(known_at=None, labels=labels or None))
    dropped = sorted((version for version in ever if window.covers(version.known.end)), key=lambda version: version.known.end)
    learned = sorted((version for version in ever if window.covers(version.known.start)), key=lambda version: version.known.start)
    began = [version for version in believed if window.covers(version.valid.start)]
    ended = sorted((version for version in believed if window.covers(version.valid.end)), key=lambda version: version.valid.end)
    return Diff(
        start=window.start,
        end=window.end,
        began=present(store, graph, began, EVERYTHING_KNOWN, labels=labels),
        ended=present(store, graph, ended, EVERYTHING_KNOWN, labels=labels),
        learned=present(store, graph, learned, None, labels=labels),
        dropped=superseded(store, graph, dropped),
    )


def why(store: GraphStore, graph: str, id: str) -> Why:
    """Where the fact or the claim of this id comes from.

    Raises:
        NotFound: the graph holds no fact and no claim of this id.
    """
    claims = store.claims_by_id(graph, {id})
    version = _carried_by(store, graph, claims[0]) if claims else find_version(store, graph, id)
    carried = {support.claim_id: support for support in version.support} if version else {}
    claims = claims or store.claims_by_id(graph, carried.keys())
    if not claims:
        raise NotFound(_UNKNOWN.format(id=quoted(id), graph=graph))
    ids = {claim.id for claim in claims}
    judgements = store.judgements(graph, ids)
    joined = store.claims_by_id(graph, {end for judgement in judgements for end in (judgement.later, judgement.earlier)})
    retractions = sorted(store.retractions(graph, ids), key=lambda retraction: retraction.said_at)
    gone = version is not None and version.known.end != FOREVER
    return Why(
        fact=present(store, graph, [version], None)[0] if version else None,
        evidence=_evidence(store, graph, claims, carried),
        decisions=present_decisions(judgements, {claim.id: claim for claim in joined}),
        retractions=[(retraction.said_at, retraction.reason) for retraction in retractions],
        superseded=superseded(store, graph, _gave_way_to(store, graph, version)) if version else [],
        superseded_by=superseded(store, graph, [version])[0].reason if version and gone else None,
    )


def _carried_by(store: GraphStore, graph: str, claim: Claim) -> Version | None:
    """The version that a claim carries; of several, one still believed before the others, then the one known last."""
    identity = Identity.of(store.merges(graph))
    said = identity.claim(claim)
    triplet = ClaimFilter(identity.members(said.subject), said.predicate, identity.object_keys({object_key(said.object)}))
    versions = [version for version in store.versions(graph, [triplet]) if any(support.claim_id == claim.id for support in version.support)]
    return max(versions, key=lambda version: (version.is_believed, version.known.start, version.id), default=None)


def find_version(store: GraphStore, graph: str, id: str) -> Version | None:
    """The version of this id: of the record, of what is attributed, or of what a holder said in their own voice."""
    stored = store.facts(graph, FactFilter(ids={id}, any_holder=True, known_at=None))
    if stored:
        return stored[0]
    speakers = {episode.speaker for episode in store.episodes(graph)}
    return next((version for name in sorted(speakers) for version in held_by(store, graph, name) if version.id == id), None)


def _evidence(store: GraphStore, graph: str, claims: Sequence[Claim], carried: Mapping[str, Support]) -> list[Evidence]:
    episodes = {episode.id: episode for episode in store.episodes(graph, ids={claim.episode_id for claim in claims})}
    names = Names.read(store, graph, {id for claim in claims for id in (claim.speaker, claim.holder) if id})
    return [_piece(claim, episodes[claim.episode_id], names, carried.get(claim.id)) for claim in claims]


def _piece(claim: Claim, episode: Episode, names: Names, support: Support | None) -> Evidence:
    return Evidence(
        claim_id=claim.id,
        speaker=names.of(claim.speaker),
        holder=names.of(claim.holder) if claim.holder else None,
        text=claim.text,
        quote=claim.quote,
        negated=claim.negated,
        said_at=claim.said_at,
        recorded_at=episode.recorded_at,
        since=support.since if support else None,
        until=support.until if support and support.until != FOREVER else None,
        episode=episode,
    )


def _gave_way_to(store: GraphStore, graph: str, version: Version) -> list[Version]:
    """The versions of the same subject and predicate that ceased to be believed when this one came to be, over shared time."""
    where = FactFilter(any_holder=True, subjects={version.subject}, predicates={version.predicate}, known_at=None)
    return [
        other
        for other in store.facts(graph, where)
        if other.holder == version.holder and other.known.end == version.known.start and other.valid.overlaps(version.valid)
    ]
