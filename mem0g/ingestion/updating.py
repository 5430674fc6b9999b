"""The update phase: what rules leave in doubt of a write is decided by a language model, in one call.

As in the Mem0 paper (arXiv 2504.19413) each candidate is held beside the facts most similar to it, and the model picks ADD, UPDATE,
DELETE or NOOP by a tool call. Here rules come first (see `doubt`), so the call is rare; and nothing is ever deleted: what comes of
it are records like any other. Of one predicate, a judgement says that the two claims are rivals, or not. Rivals share a predicate, so
an UPDATE of what another predicate says is written as a claim of its own: a denial of that fact, in the words of the candidate's episode.
"""

import json
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from mem0g.errors import MissingExtra, ModelError
from mem0g.ingestion.doubt import Key, Pair, Ruling, Topic, asked_about, is_candidate, key_of, pairs_in_doubt, ruled_already, rulings
from mem0g.ingestion.resolution import Identity
from mem0g.ingestion.similar import Likeness, afterwards, key_of_version, last_read, most_similar, said_with, visible
from mem0g.ingestion.writing import Case, Judged
from mem0g.model import SENTENCE, Claim, EntityId, Judgement, Kind, Object, Operation, Value, Version, object_key
from mem0g.period import show
from mem0g.ports import UNMETERED, ClaimFilter, Embedder, LanguageModel, Meter, Vector
from mem0g.prompts import one_line
from mem0g.prompts.update import TOOL, ReadUpdate, prompt

_LOG = logging.getLogger(__name__)


Names = Mapping[EntityId, str]


def decider(llm: LanguageModel) -> str:
    """What `Judgement.decider` records of a decision: "llm:gpt-4o-mini:update-1"."""
    return prompt().decider(llm.name)


@dataclass(slots=True)
class _Found:
    """What is stored that new claims may touch, or that may touch them.

    Attributes:
        stored: claims by id, as they are stored; `known` with canonical ids.
        standing: by candidate, the facts that were visible when it was said.
        scores: see `Likeness`.
    """

    identity: Identity
    stored: dict[str, Claim] = field(default_factory=dict)
    known: dict[str, Claim] = field(default_factory=dict)
    standing: dict[str, set[Key]] = field(default_factory=dict)
    scores: dict[tuple[str, Key], float] = field(default_factory=dict)

    def add(self, claims: Iterable[Claim]) -> None:
        for claim in claims:
            self.stored[claim.id] = claim
            self.known[claim.id] = self.identity.claim(claim)


class ModelJudge:
    """Asks a model about the doubtful pairs of a write, once each topic: a write worked out anew asks only of new ones.

    Args:
        llm: the model asked.
        embedder: what similar facts are found by, of the model of the graph's vectors; by words alone without one, or where it fails.
        meter: counts the call; where it allows none, rules stand alone.
    """

    def __init__(self, llm: LanguageModel, embedder: Embedder | None = None, meter: Meter = UNMETERED) -> None:
        self._llm = llm
        self._embedder = embedder
        self._meter = meter
        self._vectors: dict[str, Vector] = {}
        self._ruled: dict[Topic, Ruling | None] = {}

    def __call__(self, case: Case) -> Judged:
        """What the model says of new claims, and what follows from what models have said before.

        Raises:
            ModelError: the model gave no usable answer for now.
            BudgetExceeded: no call is left in the budget.
        """
        claims = {claim.id: claim for claim in case.claims}
        found, likeness = self._look(case)
        everything = found.known | claims
        known = rulings(case.judgements, everything)
        made = {(judgement.later, judgement.earlier) for judgement in case.judgements}
        again = [each for each in ruled_already(claims.values(), everything, known) if _ids(each[0]) not in made]
        doubted = pairs_in_doubt(claims.values(), found.known.values(), found.standing, likeness.alike)
        pairs = [pair for pair in doubted if pair.topic not in known and _ids(pair) not in made]
        self._ask([pair for pair in pairs if pair.topic not in self._ruled], case, likeness)
        said = [(pair, ruling) for pair in pairs if (ruling := self._ruled.get(pair.topic))]
        return _judged(case, [*again, *said], found.stored | {claim.id: claim for claim in case.written})

    def _look(self, case: Case) -> tuple[_Found, Likeness]:
        """Read what the new claims may touch, and what may touch those that arrive late."""
        candidates = [claim for claim in case.claims if is_candidate(claim)]
        last = last_read(case.store, case.graph)
        late = [claim for claim in case.claims if _is_told(claim) and claim.said_at < last]
        if candidates or late:
            self._embed_texts([claim.text for claim in case.claims if claim.kind is Kind.STATE])
        found = _Found(case.identity)
        found.add(_of_their_predicates(case))
        shown = Likeness(_names(case, case.claims), vectors=self._vectors)
        for claim in candidates:
            _look_around(case, claim, shown.words(claim), self._vectors.get(claim.text), found)
        for claim in late:
            _look_ahead(case, claim, shown.words(claim), self._vectors.get(claim.text), found)
        judged = {judgement.later for judgement in case.judgements} - found.known.keys() - {claim.id for claim in case.claims}
        found.add(case.store.claims_by_id(case.graph, judged))
        ids, keys = {id for id, _ in found.scores}, {key for _, key in found.scores}
        names = _names(case, [*case.claims, *(claim for claim in found.known.values() if claim.id in ids or key_of(claim) in keys)])
        return found, Likeness(names, found.scores, self._vectors, frozenset(claim.id for claim in case.claims))

    def _embed_texts(self, texts: Sequence[str]) -> None:
        """Have these embedded, in one call, unless they are. A model that gives no vectors for now keeps nothing from being written."""
        missing = sorted({*texts} - self._vectors.keys())
        if self._embedder is None or not missing:
            return
        try:
            self._vectors |= zip(missing, self._embedder.embed(missing), strict=True)
        except (ModelError, MissingExtra) as error:
            _LOG.warning("similar facts are looked for by their words alone: %s", error)

    def _ask(self, pairs: Sequence[Pair], case: Case, likeness: Likeness) -> None:
        """Ask about these, and note what is said; nothing is said of what the answer leaves out."""
        if not pairs or not self._meter.allows:
            return
        asked = asked_about(pairs, likeness.near)
        request = Request.of(asked, _names(case, [claim for pair in asked for claim in (pair.later, pair.earlier)]))
        reply = self._llm.ask(prompt().instructions, request.text, ReadUpdate, tool=TOOL, meter=self._meter)
        self._ruled |= {pair.topic: None for pair in pairs}
        self._ruled |= {topic: Ruling(*said, decider(self._llm)) for topic, said in request.decided(reply).items()}


def _ids(pair: Pair) -> tuple[str, str]:
    return (pair.later.id, pair.earlier.id)


def _is_told(claim: Claim) -> bool:
    """Whether it is a plain state, which a later word may end."""
    return claim.kind is Kind.STATE and not claim.correction and not claim.negated


# What is looked at


def _of_their_predicates(case: Case) -> list[Claim]:
    """The stored claims that rules hold a new one beside: of its subject and predicate; of a denial's object, where it names one."""
    identity = case.identity
    told = {(claim.subject, claim.predicate) for claim in case.claims if _is_told(claim)}
    filters = [ClaimFilter(identity.members(subject), predicate) for subject, predicate in sorted(told)]
    for claim in case.claims:
        if claim.negated and is_candidate(claim):
            objects = None if claim.object is None else identity.object_keys({object_key(claim.object)})
            filters.append(ClaimFilter(identity.members(claim.subject), claim.predicate, objects))
    return case.store.claims(case.graph, filters) if filters else []


def _look_around(case: Case, claim: Claim, words: Iterable[str], vector: "Vector | None", found: _Found) -> None:
    """Find what stood beside a candidate: the facts of its own predicate, and those most similar."""
    similar: list[Version] = []
    for where in visible(case.identity, claim):
        own = case.store.facts(case.graph, replace(where, predicates={claim.predicate}))
        ranked = most_similar(case.store, case.graph, where, sorted(words), vector)
        found.standing.setdefault(claim.id, set()).update(key_of_version(case.identity, version) for version in own)
        found.scores |= {(claim.id, key_of_version(case.identity, version)): score for version, score in ranked}
        similar += [version for version, _ in ranked]
    keys = {key_of_version(case.identity, version) for version in similar}
    found.standing[claim.id] |= keys
    members = case.identity.members(claim.subject)
    by_predicate: dict[str, set[str]] = defaultdict(set)
    for predicate, object in keys:
        by_predicate[predicate].add(object)
    filters = [ClaimFilter(members, predicate, case.identity.object_keys(objects)) for predicate, objects in by_predicate.items()]
    found.add(case.store.claims(case.graph, filters) if filters else ())


def _look_ahead(case: Case, claim: Claim, words: Iterable[str], vector: "Vector | None", found: _Found) -> None:
    """Find what was said of the like after a claim that arrives late: in facts, and in episodes that share a word with it."""
    carrying: set[str] = set()
    for where in afterwards(case.identity, claim):
        ranked = most_similar(case.store, case.graph, where, sorted(words), vector)
        found.scores |= {(claim.id, key_of_version(case.identity, version)): score for version, score in ranked}
        carrying |= {support.claim_id for version, _ in ranked for support in version.support}
    told = said_with(case.store, case.graph, words)
    found.scores |= {(each.id, key_of(claim)): 0.0 for each in told}
    found.add(told)
    found.add(case.store.claims_by_id(case.graph, carrying - found.known.keys()))


def _names(case: Case, claims: Iterable[Claim]) -> Names:
    """The names of what occurs in claims."""
    parts = (part for claim in claims for part in (claim.holder, claim.subject, claim.object))
    ids = {EntityId(part) for part in parts if isinstance(part, str)}
    return {entity.id: entity.name for entity in (*case.entities, *(case.store.entities(case.graph, ids=ids) if ids else ()))}


# What is asked


@dataclass(frozen=True, slots=True)
class Request:
    """One call: the facts, numbered from 1, and the candidates, numbered from c1, each with the numbers of its facts.

    Attributes:
        facts: each once, as it was said last before its candidate; likewise `candidates`.
        topics: what a decision on a candidate and a fact is about, by their numbers.
    """

    facts: Sequence[Claim]
    candidates: Sequence[Claim]
    topics: Mapping[tuple[str, int], Topic]
    names: Names

    @classmethod
    def of(cls, pairs: Iterable[Pair], names: Names) -> "Request":
        """The request about these pairs."""
        pairs = sorted(pairs, key=attrgetter("order"))
        facts = sorted({pair.earlier.id: pair.earlier for pair in pairs}.values(), key=attrgetter("order"))
        candidates = list({pair.later.id: pair.later for pair in pairs}.values())
        fact = {claim.id: number for number, claim in enumerate(facts, start=1)}
        candidate = {claim.id: f"c{number}" for number, claim in enumerate(candidates, start=1)}
        return cls(facts, candidates, {(candidate[pair.later.id], fact[pair.earlier.id]): pair.topic for pair in pairs}, names)

    @property
    def text(self) -> str:
        """What the model reads: its sections, each a list of JSON objects, one a line."""
        return "\n\n".join(self._sections())

    def _sections(self) -> Iterator[str]:
        """What is asked about, each section answered by a list of its own in the reply. So far there is one: what candidates do."""
        facts = [{"fact": number, **dict(self._told(claim))} for number, claim in enumerate(self.facts, start=1)]
        yield "\n".join(json.dumps(line, ensure_ascii=False) for line in [*facts, *self._candidates()])

    def _candidates(self) -> Iterator[dict[str, object]]:
        for number, claim in enumerate(self.candidates, start=1):
            name = f"c{number}"
            yield {"candidate": name, "facts": [fact for candidate, fact in self.topics if candidate == name], **dict(self._told(claim))}

    def _told(self, claim: Claim) -> Iterator[tuple[str, object]]:
        if claim.holder is not None:
            yield "holder", self._name(claim.holder)
        if claim.negated:
            yield "denies", True
        yield "subject", self._name(claim.subject)
        yield "predicate", claim.predicate
        yield "object", "anything" if claim.object is None else self._name(claim.object)
        yield "said", show(claim.said_at)
        if claim.valid_from is not None:
            yield "from", show(claim.valid_from)
        if claim.valid_to is not None:
            yield "until", show(claim.valid_to)
        yield "sentence", claim.text
        if claim.quote:
            yield "quote", claim.quote

    def _name(self, part: Object) -> str:
        return part.text if isinstance(part, Value) else self.names.get(part, part)

    def decided(self, reply: ReadUpdate) -> dict[Topic, tuple[Operation, str]]:
        """What is said of each topic, the first word on it; a decision on what is not here is passed over."""
        said: dict[Topic, tuple[Operation, str]] = {}
        for decision in reply.decisions:
            topic = self.topics.get((_candidate(decision.candidate), decision.fact))
            if topic is not None:
                said.setdefault(topic, (Operation(decision.operation), one_line(decision.reason)))
        return said


def _candidate(written: str) -> str:
    """A candidate's number as it is given: a model may leave out the letter."""
    return f"c{written.strip().lower().removeprefix('c')}"


# What comes of it


def _judged(case: Case, ruled: Iterable[tuple[Pair, Ruling]], written: Mapping[str, Claim]) -> Judged:
    """The judgements that record rulings, and the denials that some of them come to.

    Args:
        written: every claim of the pairs by id, as it is stored.
    """
    judgements: dict[str, Judgement] = {}
    denials: dict[tuple[str, Key], Claim] = {}
    for pair, ruling in sorted(ruled, key=lambda each: each[0].order):
        later, operation = pair.later, ruling.operation
        if _ends_by_denial(pair, operation):
            place = (later.episode_id, key_of(pair.earlier))
            if place not in denials:
                denials[place] = _denial(case, pair, written, [*denials.values()])
            later, operation = denials[place], Operation.UPDATE
        judgement = Judgement.between(later, pair.earlier, operation, ruling.reason, case.now, ruling.decider)
        judgements.setdefault(judgement.id, judgement)
    return Judged(list(judgements.values()), list(denials.values()))


def _ends_by_denial(pair: Pair, operation: Operation) -> bool:
    """Whether the verdict is told by a denial: the two share no predicate to be rivals in, or the later one is a denial itself."""
    if key_of(pair.later) == key_of(pair.earlier):
        return False
    if pair.later.negated:
        return operation in {Operation.UPDATE, Operation.DELETE}
    return pair.crosses and operation is Operation.UPDATE


def _denial(case: Case, pair: Pair, written: Mapping[str, Claim], denials: Sequence[Claim]) -> Claim:
    """That the earlier claim's fact does not hold over the later one's validity: a further claim of the later one's episode."""
    later, earlier = written[pair.later.id], written[pair.earlier.id]
    stored = case.store.claims_of(case.graph, episodes=[later.episode_id])
    index = 1 + max(claim.index for claim in (*stored, *case.written, *denials) if claim.episode_id == later.episode_id)
    shown = Likeness(_names(case, [pair.later, pair.earlier]))
    words = f"{shown.name(pair.later.subject)} no longer {earlier.predicate.replace('_', ' ')} {shown.name(pair.earlier.object)}."
    return replace(
        later,
        id=Claim.id_of(later.graph, later.episode_id, index),
        index=index,
        predicate=earlier.predicate,
        object=_denied(earlier.object, words),
        text=words,
        negated=True,
        exclusive=earlier.exclusive,
    )


def _denied(object: Object | None, words: str) -> Object | None:
    """The object that a denial names; a sentence in the denial's own words, for those it denies may have been told by others too."""
    return Value(words, object.datatype) if isinstance(object, Value) and object.datatype.startswith(SENTENCE) else object
