"""Why a version is no longer believed as it was: what was said at the instant it ended."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mem0g.ingestion.resolution import Identity
from mem0g.ingestion.timeline import rivals
from mem0g.model import Claim, Judgement, Kind, Operation, Retraction, Version, object_key
from mem0g.period import show
from mem0g.ports import ClaimFilter, GraphStore
from mem0g.results import Superseded
from mem0g.retrieval.presenting import present


@dataclass(frozen=True, slots=True)
class _Told:
    """What was said about the subjects and predicates of some versions."""

    identity: Identity
    claims: Mapping[str, Claim]
    judgements: Sequence[Judgement]
    retractions: Sequence[Retraction]

    @classmethod
    def about(cls, store: GraphStore, graph: str, versions: Iterable[Version], identity: Identity) -> "_Told":
        objects: dict[tuple[str, str], set[str]] = defaultdict(set)
        for version in versions:
            objects[version.subject, version.predicate].add(object_key(version.object))
        filters = [
            ClaimFilter(identity.members(version.subject), version.predicate, identity.object_keys(keys), with_exclusive=True)
            for version in versions
            if (keys := objects.pop((version.subject, version.predicate), None))
        ]
        claims = {claim.id: claim for claim in store.claims(graph, filters)}
        judgements = store.judgements(graph, claims.keys())
        later = {judgement.later for judgement in judgements} - claims.keys()
        claims |= {claim.id: claim for claim in store.claims_by_id(graph, later)}
        return cls(identity, claims, judgements, store.retractions(graph, claims.keys()))

    def reason(self, version: Version) -> str:
        return next(self._reasons(version), "what was said no longer bears it out")

    def _reasons(self, version: Version) -> Iterator[str]:
        """From the most telling to the least."""
        carried = {support.claim_id for support in version.support if support.until == version.known.end}
        yield from self._taken_back(version, carried)
        yield from self._rivals(version, carried)
        yield from self._taken_back(version, self.claims.keys() - carried)

    def _taken_back(self, version: Version, ids: Iterable[str]) -> Iterator[str]:
        """What retracted or corrected these claims when the version ended."""
        at, ids = version.known.end, set(ids)
        for retraction in self.retractions:
            for id in retraction.claims:
                if retraction.said_at == at and id in ids:
                    yield (
                        f"retracted: {retraction.reason}"
                        if self._same(self.claims[id], version)
                        else f"“{self.claims[id].text}” was retracted"
                    )
        for judgement in self.judgements:
            later = self.claims[judgement.later]
            if judgement.earlier in ids and later.said_at == at and judgement.operation in {Operation.CORRECTS, Operation.DELETE}:
                yield f"corrected on {show(at)}: “{later.text}”"

    def _rivals(self, version: Version, carried: Iterable[str]) -> Iterator[str]:
        """What was said in the same voice, when the version ended, that cannot hold beside it."""
        standing = [self.identity.claim(self.claims[id]) for id in carried]
        for claim in map(self.identity.claim, self.claims.values()):
            if claim.said_at == version.known.end and _is_voiced_by(claim, version) and self._rivals_any(claim, standing):
                verb = "denied" if claim.negated else "superseded"
                yield f"{verb} on {show(claim.said_at)}: “{claim.text}”"

    def _rivals_any(self, claim: Claim, standing: Iterable[Claim]) -> bool:
        judged = {each.earlier for each in self.judgements if each.later == claim.id and each.operation is Operation.UPDATE}
        return any(other.id in judged or (claim.kind is other.kind is Kind.STATE and rivals(claim, other)) for other in standing)

    def _same(self, claim: Claim, version: Version) -> bool:
        return object_key(self.identity.claim(claim).object) == object_key(version.object)


def _is_voiced_by(claim: Claim, version: Version) -> bool:
    return claim.holder is None if version.holder is None else (claim.holder or claim.speaker) == version.holder


def superseded(store: GraphStore, graph: str, versions: Sequence[Version], identity: Identity | None = None) -> list[Superseded]:
    """Versions that are no longer believed as they were, in the order given, with what was said that ended each.

    Args:
        identity: who is who, where it was read already.
    """
    if not versions:
        return []
    told = _Told.about(store, graph, versions, identity or Identity.of(store.merges(graph)))
    facts = present(store, graph, versions, None, told.identity)
    return [Superseded(fact, told.reason(version)) for fact, version in zip(facts, versions, strict=True)]
