"""The pairs that rules leave in doubt, judged by a language model in one call.

Doubtful is a change of something one can have several of: "I switched to padel" after "I play tennis". Rules make the two
coexist; whether the later ends the earlier is for the words to say. Two states are a doubtful pair where

- holder, subject and predicate are the same, both hold, the objects differ and the validities overlap;
- they are no rivals by rule, and neither is a correction: those the rules decide;
- the words of the later one show a change ("now", "instead", "switched", …) and do not say "also".

Everything else stays with the rules, so the call is rare. It asks once what a claim does to an object, however often that was said:
the verdict holds for every earlier claim of the object, also for one that arrives when it was given long ago.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from mem0g.ingestion.conflict import CALLER, RULE
from mem0g.ingestion.resolution import Identity
from mem0g.ingestion.timeline import rivals, validity
from mem0g.model import Claim, Entity, EntityId, Judgement, Kind, Operation, Value, object_key
from mem0g.period import show
from mem0g.ports import UNMETERED, ClaimFilter, Embedder, GraphStore, LanguageModel, Meter
from mem0g.prompts.judging import ReadVerdicts, prompt

MOST = 20
"""How many pairs are asked about in one call at most, each of another object: those said last."""
_REASON_LIMIT = 500
"""How many characters of a reason are kept."""

_CHANGE = re.compile(
    r"\b(?:now|nowadays|these days|instead|rather than|anymore|any more|no longer|switch(?:ed|ing)?|chang(?:ed|ing)|replac(?:ed|ing)|new|"
    r"moved (?:on|over|from)|swapped|gave up|traded)\b",
    re.IGNORECASE,
)
_ALSO = re.compile(r"\b(?:also|too|as well|another|additionally|both|besides)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims in doubt, in the order they were said.

    Attributes:
        names: of the entities that occur in them, for the model to read.
    """

    later: Claim
    earlier: Claim
    names: Mapping[EntityId, str] = field(default_factory=dict)

    @property
    def topic(self) -> "Topic":
        """What a verdict is about."""
        return (self.later.id, object_key(self.earlier.object))


Topic = tuple[str, str]
"""A later claim, by its id, and the key of the object of what was said before it."""


class Ruling(NamedTuple):
    """What a model ruled on a topic."""

    operation: Operation
    reason: str
    decider: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a model says the later claim of a pair does to the earlier one."""

    pair: Pair
    operation: Operation
    reason: str


def doubtful(claim: Claim, other: Claim) -> bool:
    """Whether rules leave open what the later of two claims does to the earlier, whichever is given first."""
    earlier, later = sorted((claim, other), key=attrgetter("order"))
    return _coexist_by_rule(earlier, later) and _shows_change(later)


def doubtful_pairs(
    new: Iterable[Claim], nearby: Iterable[Claim], names: Mapping[EntityId, str], judgements: Iterable[Judgement] = ()
) -> list[Pair]:
    """The doubtful pairs of new claims with one another and with those nearby, in the order they were said.

    Args:
        new, nearby: with canonical ids.
        names: of the entities, for the model to read.
        judgements: those already made; a pair is judged once.
    """
    judged = {(judgement.later, judgement.earlier) for judgement in judgements}
    fresh = {claim.id: claim for claim in new}
    everything = {claim.id: claim for claim in nearby} | fresh
    found = {
        tuple(sorted((claim, other), key=attrgetter("order"), reverse=True))
        for claim in fresh.values()
        for other in everything.values()
        if claim.id != other.id and doubtful(claim, other)
    }
    listed = sorted((pair for pair in found if (pair[0].id, pair[1].id) not in judged), key=lambda pair: (pair[0].order, pair[1].order))
    return [Pair(later, earlier, names) for later, earlier in listed]


def one_a_topic(pairs: Iterable[Pair]) -> list[Pair]:
    """Of pairs in the order they were said, the last of each topic; of those, the `MOST` said last."""
    last = {pair.topic: pair for pair in pairs}
    return sorted(last.values(), key=lambda pair: (pair.later.order, pair.earlier.order))[-MOST:]


def rulings(judgements: Iterable[Judgement], claims: Iterable[Claim]) -> dict[Topic, Ruling]:
    """What models have ruled already, as far as it is of these claims."""
    objects = {claim.id: object_key(claim.object) for claim in claims}
    return {
        (judgement.later, objects[judgement.earlier]): Ruling(judgement.operation, judgement.reason, judgement.decider)
        for judgement in judgements
        if judgement.decider not in {RULE, CALLER} and judgement.earlier in objects
    }


def decider(llm: LanguageModel) -> str:
    """What `Judgement.decider` records of a verdict: "llm:gpt-4o-mini:judging-1"."""
    return f"llm:{llm.name}:{prompt().name}"


class ModelJudge:
    """Asks a model about the doubtful pairs of a write, once each topic: a write worked out anew asks only of new ones.

    Args:
        llm: the model asked.
    """

    def __init__(self, llm: LanguageModel, embedder: Embedder | None = None, meter: Meter = UNMETERED) -> None:
        self._llm = llm
        self._embedder = embedder
        self._meter = meter
        self._ruled: dict[Topic, Ruling | None] = {}

    def __call__(
        self,
        store: GraphStore,
        graph: str,
        identity: Identity,
        claims: Sequence[Claim],
        entities: Sequence[Entity],
        judgements: Sequence[Judgement],
        now: datetime,
    ) -> list[Judgement]:
        """The model's judgements of new claims against what is stored.

        Args:
            claims: the new ones, with canonical ids.
            entities: those that are not stored yet.
            judgements: those already made of them.

        Raises:
            ModelError: the model gave no usable answer for now.
        """
        nearby = _read_nearby(store, graph, identity, claims)
        pairs = doubtful_pairs(claims, nearby, {}, judgements)
        ruled = self._ruled | rulings(judgements, [*nearby, *claims])
        unasked = one_a_topic(pair for pair in pairs if pair.topic not in ruled)
        if unasked:
            names = _read_names(store, graph, unasked, entities)
            self._ask([replace(pair, names=names) for pair in unasked])
        ruled = self._ruled | ruled
        judged = [(pair, ruling) for pair in pairs if (ruling := ruled.get(pair.topic))]
        return [Judgement.between(pair.later, pair.earlier, *ruling[:2], now, ruling.decider) for pair, ruling in judged]

    def _ask(self, pairs: Sequence[Pair]) -> None:
        """Ask about these, and note what is said; nothing is said of what the answer leaves out."""
        said = judge_doubtful(self._llm, pairs)
        self._ruled |= {pair.topic: None for pair in pairs}
        self._ruled |= {each.pair.topic: Ruling(each.operation, each.reason, decider(self._llm)) for each in said}


def _read_nearby(store: GraphStore, graph: str, identity: Identity, claims: Sequence[Claim]) -> list[Claim]:
    """The stored claims that a new one might be in doubt with, as the later of the two or, where it arrives late, as the earlier."""
    keys = sorted({(claim.subject, claim.predicate) for claim in claims if _is_plain_state(claim)})
    filters = [ClaimFilter(identity.members(subject), predicate) for subject, predicate in keys]
    return [identity.claim(claim) for claim in store.claims(graph, filters)] if filters else []


def _read_names(store: GraphStore, graph: str, pairs: Iterable[Pair], entities: Iterable[Entity]) -> dict[EntityId, str]:
    """The names of what occurs in pairs. `entities`: those that are not stored yet."""
    parts = (part for pair in pairs for claim in (pair.later, pair.earlier) for part in (claim.holder, claim.subject, claim.object))
    ids = {EntityId(part) for part in parts if isinstance(part, str)}
    return {entity.id: entity.name for entity in (*entities, *store.entities(graph, ids=ids))}


def judge_doubtful(llm: LanguageModel, pairs: Sequence[Pair]) -> list[Verdict]:
    """What the model says of each pair, in one call; none where there are no pairs. A pair it says nothing of is left out.

    Raises:
        ModelError: the model gave no usable answer for now.
    """
    if not pairs:
        return []
    reply = llm.ask(prompt().instructions, rendered(pairs), ReadVerdicts)
    said = {verdict.pair: verdict for verdict in reversed(reply.verdicts)}
    return [
        Verdict(pair, Operation(said[number].operation), _one_line(said[number].reason))
        for number, pair in enumerate(pairs, start=1)
        if number in said
    ]


def _one_line(reason: str) -> str:
    """A reason as every store keeps it: a model may write anything."""
    return " ".join(reason.replace("\0", " ").split())[:_REASON_LIMIT]


def rendered(pairs: Sequence[Pair]) -> str:
    """What the model reads: the pairs, numbered. One a line, as JSON."""
    return "\n".join(json.dumps(_shown(number, pair), ensure_ascii=False) for number, pair in enumerate(pairs, start=1))


def _coexist_by_rule(earlier: Claim, later: Claim) -> bool:
    same = (earlier.holder, earlier.subject, earlier.predicate) == (later.holder, later.subject, later.predicate)
    if not (same and _is_plain_state(earlier) and _is_plain_state(later)) or object_key(earlier.object) == object_key(later.object):
        return False
    return not rivals(earlier, later) and validity(earlier).overlaps(validity(later))


def _is_plain_state(claim: Claim) -> bool:
    return claim.kind is Kind.STATE and not claim.negated and not claim.correction


def _shows_change(claim: Claim) -> bool:
    words = f"{claim.quote}\n{claim.text}"
    return bool(_CHANGE.search(words)) and not _ALSO.search(words)


def _shown(number: int, pair: Pair) -> dict[str, object]:
    later = pair.later
    about = {"subject": pair.names.get(later.subject, later.subject), "predicate": later.predicate}
    holder = {} if later.holder is None else {"holder": pair.names.get(later.holder, later.holder)}
    return {"pair": number, **about, **holder, "earlier": _told(pair.earlier, pair.names), "later": _told(later, pair.names)}


def _told(claim: Claim, names: Mapping[EntityId, str]) -> dict[str, str]:
    """A claim as the model reads it."""
    return dict(_parts(claim, names))


def _parts(claim: Claim, names: Mapping[EntityId, str]) -> Iterator[tuple[str, str]]:
    match claim.object:
        case Value(text=text):
            yield "object", text
        case str() as entity:
            yield "object", names.get(EntityId(entity), entity)
    yield "said", show(claim.said_at)
    if claim.valid_from is not None:
        yield "from", show(claim.valid_from)
    if claim.valid_to is not None:
        yield "until", show(claim.valid_to)
    yield "sentence", claim.text
    if claim.quote:
        yield "quote", claim.quote
