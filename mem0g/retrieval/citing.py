"""What an answer rests on: of each fact the claims that carry it, and those that ended it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mem0g.model import Claim, Kind, Operation, Version, object_key
from mem0g.period import FOREVER
from mem0g.ports import ClaimFilter, FactFilter
from mem0g.results import Citation, Quote
from mem0g.retrieval.asking import Asked
from mem0g.retrieval.dating import Precisions
from mem0g.retrieval.presenting import counts, present
from mem0g.retrieval.question import known_instant


@dataclass(frozen=True, slots=True)
class Sources:
    """The claims behind some versions.

    Attributes:
        asked: whose view, and what was known.
        labels: of the episodes that may be quoted.
        claims: by the id of a version: those that carry it, then those that ended it.
    """

    asked: Asked
    labels: Mapping[str, str]
    claims: Mapping[str, Sequence[Claim]]

    @classmethod
    def of(cls, asked: Asked, versions: Sequence[Version], labels: Mapping[str, str]) -> "Sources":
        """What the ledger has to these versions."""
        store, graph, known = asked.view.store, asked.view.graph, known_instant(asked.time.known_at)
        after = {version.id: _after(asked, version) for version in versions if version.valid.end < FOREVER and version.kind is Kind.STATE}
        every = [*versions, *(each for following in after.values() for each in following)]
        carried = {version.id: [each.claim_id for each in version.support if counts(each, known)] for version in every}
        said = {claim.id: claim for claim in store.claims_by_id(graph, {id for ids in carried.values() for id in ids})}
        claims = {version.id: [said[id] for id in carried[version.id]] for version in versions}
        for version in versions:
            if version.id in after and not any(claim.valid_to == version.valid.end for claim in claims[version.id]):
                rivals = [said[id] for each in after[version.id] for id in carried[each.id] if said[id].exclusive]
                claims[version.id] += [*rivals, *_denials(asked, version)]
        return cls(asked, labels, claims)

    def precisions(self, version: Version) -> Precisions:
        """How finely the times of a version were stated, by the claims that carry it and those that ended it."""
        return Precisions.of(self.claims[version.id])

    def citations(self, versions: Sequence[Version]) -> list[Citation]:
        """The facts with the words they were read out of, and those that ended them; of episodes of the labels alone."""
        store, graph, known = self.asked.view.store, self.asked.view.graph, known_instant(self.asked.time.known_at)
        facts = present(store, graph, versions, known, self.asked.identity, self.labels)
        ids = {claim.episode_id for version in versions for claim in self.claims[version.id]}
        episodes = {each.id: each for each in store.episodes(graph, ids=ids) if each.has_labels(self.labels)}

        def quotes(version: Version) -> tuple[Quote, ...]:
            said = sorted({claim.id: claim for claim in self.claims[version.id]}.values(), key=lambda claim: claim.order)
            shown = [(claim, episodes[claim.episode_id]) for claim in said if claim.episode_id in episodes]
            return tuple(Quote(claim.quote or each.content or claim.text, each.speaker, claim.said_at, each) for claim, each in shown)

        return [Citation(fact, quotes(version)) for fact, version in zip(facts, versions, strict=True)]


def _after(asked: Asked, version: Version) -> list[Version]:
    """The states of another object that began as this one ended."""
    where = FactFilter(
        known_at=known_instant(asked.time.known_at),
        subjects=asked.identity.members(version.subject),
        predicates={version.predicate},
    )
    key = object_key(version.object)
    return [
        each for each in asked.view.versions(where)
        if each.valid.start == version.valid.end and each.kind is Kind.STATE and object_key(each.object) != key
    ]  # fmt: skip


def _denials(asked: Asked, version: Version) -> list[Claim]:
    """What denied the version as it ended, and was not taken back."""
    store, graph, known = asked.view.store, asked.view.graph, known_instant(asked.time.known_at)
    identity = asked.identity
    about = store.claims(graph, [ClaimFilter(identity.members(version.subject), version.predicate, with_exclusive=True)])
    held = [claim for claim in about if claim.negated and claim.said_at <= known and _is_voiced_by(claim, version, asked)]
    found = [
        claim for claim in held
        if version.valid.end in {claim.valid_from, claim.said_at}
        and (claim.object is None or object_key(identity.claim(claim).object) == object_key(version.object))
    ]  # fmt: skip
    ids = {claim.id for claim in found}
    gone = {id for each in store.retractions(graph, ids) if each.said_at <= known for id in each.claims}
    gone |= (
        {each.earlier for each in store.judgements(graph, ids) if each.operation in {Operation.CORRECTS, Operation.DELETE}}
        if ids
        else set()
    )
    return [claim for claim in found if claim.id not in gone]


def _is_voiced_by(claim: Claim, version: Version, asked: Asked) -> bool:
    if version.holder is None:
        return claim.holder is None
    return (claim.holder or claim.speaker) in asked.identity.members(version.holder)
