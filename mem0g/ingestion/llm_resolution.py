"""Doubtful names, decided by a language model in one question; what it decides is kept as merges, and never asked again."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mem0g.ingestion.doubtful_names import Doubt, without_contradiction
from mem0g.ingestion.resolution import Identity
from mem0g.model import Entity, EntityId, Merge
from mem0g.period import Period
from mem0g.ports import UNMETERED, FactFilter, GraphStore, LanguageModel, Meter
from mem0g.prompts import one_line
from mem0g.prompts.resolution import ReadSameness, ReadSamenesses, prompt

MOST = 20
"""How many pairs are asked about in one question, at most."""
_NAMES = 5
"""How many names of an entity are shown."""
_FACTS = 5
"""How many facts of an entity are shown: those that began to hold last."""
_TEXT_LIMIT = 200
"""How many characters of a fact are shown."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an entity, for the model to read.

    Attributes:
        type: empty where unknown.
        names: as it was called.
        facts: of the record, as sentences, that hold now.
    """

    type: str
    names: Sequence[str]
    facts: Sequence[str]


def decide(
    store: GraphStore, graph: str, doubts: Sequence[Doubt], llm: LanguageModel, now: datetime, meter: Meter = UNMETERED
) -> list[Merge]:
    """What the model says of each pair, in one call: the merges of those that are one, and negated ones of those that are not.

    Of what it is unsure of, or says nothing, there is none; nor of an entity that it says is two others, unless these are one as well.

    Args:
        doubts: up to `MOST`, open.

    Raises:
        ModelError: the model gave no usable answer for now.
        BudgetExceeded: the meter has no call left.
    """
    held = store.merges(graph)
    known = read_known(store, graph, doubts, Identity.of(held), now)
    reply = llm.ask(prompt().instructions, rendered(doubts, known), ReadSamenesses, tool="resolve_names", meter=meter)
    said = {answer.pair: answer for answer in reversed(reply.answers)}
    answered = [(doubt, said[number]) for number, doubt in enumerate(doubts, start=1) if number in said]
    name = decider(llm)
    apart = [_merge(doubt, answer, now, name) for doubt, answer in answered if answer.same == "false"]
    same = [(doubt, answer) for doubt, answer in answered if answer.same == "true"]
    clear = set(_unambiguous([doubt for doubt, _ in same]))
    return without_contradiction([*apart, *(_merge(doubt, answer, now, name) for doubt, answer in same if doubt in clear)], held)


def decider(llm: LanguageModel) -> str:
    """What `Merge.decider` records of an answer: "llm:gpt-4o-mini:resolution-1"."""
    return prompt().decider(llm.name)


def _unambiguous(doubts: Sequence[Doubt]) -> list[Doubt]:
    """Of pairs that are said to be one, those whose two ends are said to be one with the same others."""
    partners: dict[EntityId, set[EntityId]] = {}
    for doubt in doubts:
        partners.setdefault(doubt.one.id, {doubt.one.id}).add(doubt.other.id)
        partners.setdefault(doubt.other.id, {doubt.other.id}).add(doubt.one.id)
    return [doubt for doubt in doubts if partners[doubt.one.id] == partners[doubt.other.id]]


def _merge(doubt: Doubt, answer: ReadSameness, now: datetime, name: str) -> Merge:
    """The merge that an answer means: into the longer name, else into the one that was there."""
    source, target = sorted((doubt.one, doubt.other), key=lambda one: (len(one.name.split()), one is doubt.other))
    negated = answer.same == "false"
    said = f"{source.name} is {'not ' if negated else ''}{target.name}"
    reason = one_line(answer.reason)
    return Merge.of(source, target, f"{said}: {reason}" if reason else said, now, name, negated=negated)


def read_known(store: GraphStore, graph: str, doubts: Iterable[Doubt], identity: Identity, now: datetime) -> dict[EntityId, Known]:
    """What is known of the entities of doubts, by their ids."""
    ends = {entity.id: entity for doubt in doubts for entity in (doubt.one, doubt.other)}
    members = {id: identity.members(id) for id in ends}
    everyone = {member for each in members.values() for member in each}
    holding = FactFilter(touching=everyone, as_of=Period.instant(now))
    latest = [link.id for link in store.links(graph, holding, each=_FACTS)]
    facts = {fact.id: fact for fact in store.facts(graph, FactFilter(ids=latest))} if latest else {}
    types = {entity.id: entity.type for entity in store.entities(graph, ids=everyone)}
    names = sorted(store.names(graph, everyone), key=lambda naming: (naming.said_at, naming.id))

    def known(entity: Entity) -> Known:
        own = members[entity.id]
        called = dict.fromkeys([entity.name, *(naming.name for naming in names if naming.entity in own)])
        told = [facts[id].text for id in latest if id in facts and {facts[id].subject, facts[id].object} & own]
        type = next((types[id] for id in sorted(own) if types.get(id)), "")
        return Known(type, [*called][:_NAMES], [text[:_TEXT_LIMIT] for text in dict.fromkeys(told)][:_FACTS])

    return {id: known(entity) for id, entity in ends.items()}


def rendered(doubts: Sequence[Doubt], known: Mapping[EntityId, Known]) -> str:
    """What the model reads: the pairs, numbered. One a line, as JSON."""
    return "\n".join(
        json.dumps({"pair": number, "one": _shown(known[doubt.one.id]), "other": _shown(known[doubt.other.id])}, ensure_ascii=False)
        for number, doubt in enumerate(doubts, start=1)
    )


def _shown(known: Known) -> dict[str, object]:
    return {**({"type": known.type} if known.type else {}), "names": known.names, "facts": known.facts}
