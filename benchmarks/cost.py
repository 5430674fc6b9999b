"""What an add asks of a language model: calls and tokens, over the demo conversation and over LoCoMo sessions.

usage: python benchmarks/cost.py [--locomo ../shared/locomo] [--embedder minilm|hashing]

The model is a script that answers from gold whatever it is asked: what `tests/gold/alice.json` has of the demo, and of LoCoMo the data's
own observations, each as a sentence noted of its speaker; of doubtful pairs it says nothing, so both stay. So the figures say what our
rules leave to a model, and what our prompts weigh; not what a real model would answer. Four characters count as a token. Messages are
added in pairs of one day, as they were said. The summary is made off the path of an add, and is not counted.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mem0g import Memory
from mem0g.evaluation.locomo_data import Conversation, read_conversations
from mem0g.ports import Embedder, Usage
from mem0g.prompts.extraction import ReadMessages
from mem0g.testing import HashingEmbedder, ModelRequest, ScriptedModel

Claims = Mapping[str, Sequence[Mapping[str, Any]]]
"""What the gold has of each message, by its text."""
ON_THE_PATH = ("extraction", "update", "resolution")


@dataclass(frozen=True)
class Told:
    """A conversation as messages, and what a model would read in each."""

    name: str
    messages: Sequence[dict[str, Any]]
    gold: Claims


@dataclass
class Cost:
    """What adding a conversation took."""

    adds: int
    usage: Mapping[str, Usage]
    deciders: Counter[str]
    most_calls: int

    @property
    def path(self) -> Usage:
        """What was asked on the path of the adds."""
        return sum((self.usage.get(step, Usage()) for step in ON_THE_PATH), Usage())


def demo(chat: Path, gold: Path) -> Told:
    """The example conversation."""
    messages = [json.loads(line) for line in chat.read_text(encoding="utf-8").splitlines() if line.strip()]
    claims: dict[str, list[Mapping[str, Any]]] = {}
    for claim in json.loads(gold.read_text(encoding="utf-8"))["claims"]:
        text = messages[claim["message"]]["content"]
        claims.setdefault(text, []).append({
            "quote": text, "subject": claim["subject"], "predicate": claim["predicate"], "object": claim["object"],
            "negated": claim["negated"], "kind": "event" if claim["event"] else "state", "holder": claim["holder"],
            "valid_from": claim["valid_from"] and claim["valid_from"][:10], "correction": claim.get("correction", False),
            "replaces": claim.get("replaces"), "text": f"{claim['subject']} {claim['predicate'].replace('_', ' ')} {claim['object']}.",
        })  # fmt: skip
    return Told("demo", messages, claims)


def locomo(conversation: Conversation) -> Told:
    """A LoCoMo conversation, with its observations for gold."""
    noted: dict[str, list[Mapping[str, Any]]] = {}
    texts = {turn.id: turn.text for turn in conversation.turns}
    for session in conversation.sessions:
        for seen in session.observations:
            for text in (texts[turn] for turn in seen.turns[:1] if turn in texts):
                claim = {"quote": text, "subject": seen.speaker, "predicate": "noted", "value": seen.text, "text": seen.text}
                noted.setdefault(text, []).append(claim)
    messages = [{"name": turn.speaker, "content": turn.text, "occurred_at": turn.said_at} for turn in conversation.turns]
    return Told(conversation.id, messages, noted)


def answers(gold: Claims) -> Callable[[ModelRequest], dict[str, Any]]:
    """What answers from gold: the claims of the new messages; nothing to any other question."""

    def answer(request: ModelRequest) -> dict[str, Any]:
        if request.reply is not ReadMessages:
            return {name: [] if "list" in str(field.annotation).lower() else "" for name, field in request.reply.model_fields.items()}
        lines = [json.loads(line) for line in request.text.splitlines() if line.startswith('{"message":')]
        return {"claims": [{"message": line["message"], **claim} for line in lines for claim in gold.get(line["text"], ())]}

    return answer


def in_pairs(messages: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Two messages of one day at a time; the last of a day may be alone."""
    for _, day in groupby(messages, key=lambda message: str(message["occurred_at"])[:10]):
        said = list(day)
        yield from (said[start : start + 2] for start in range(0, len(said), 2))


def cost_of(told: Told, embedder: Embedder, folder: Path) -> Cost:
    """Add a conversation pair by pair."""
    deciders: Counter[str] = Counter()
    before, most = 0, 0
    with Memory(folder / f"{told.name}.db", llm=ScriptedModel(answers(told.gold)), embedder=embedder, summary_every=None) as memory:
        pairs = list(in_pairs(told.messages))
        for pair in pairs:
            added = memory.add(pair, user_id=told.name)
            deciders.update("model" if decision.decider.startswith("llm:") else decision.decider for decision in added.decisions)
            calls = sum(memory.usage().get(step, Usage()).calls for step in ON_THE_PATH)
            most, before = max(most, calls - before), calls
        return Cost(len(pairs), memory.usage(), deciders, most)


def report(costs: Iterable[tuple[str, Cost]]) -> None:
    """A line a conversation."""
    print(
        f"{'':10} {'adds':>5} {'calls/add':>9} {'most':>4} {'tokens/add':>10} {'in':>6} {'out':>5} {'embeddings/add':>14}  by step; decided"
    )
    for name, cost in costs:
        path, embedded = cost.path, cost.usage.get("embedding", Usage())
        steps = ", ".join(f"{step} {cost.usage[step].calls}" for step in ON_THE_PATH if step in cost.usage)
        decided = ", ".join(f"by {decider} {count}" for decider, count in sorted(cost.deciders.items()))
        tokens = path.prompt_tokens + path.completion_tokens
        print(
            f"{name:10} {cost.adds:>5} {path.calls / cost.adds:>9.2f} {cost.most_calls:>4} {tokens / cost.adds:>10,.0f} "
            f"{path.prompt_tokens / cost.adds:>6,.0f} {path.completion_tokens / cost.adds:>5,.0f} "
            f"{embedded.calls / cost.adds:>14.2f}  {steps}; {decided}"
        )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--locomo", type=Path, help="a LoCoMo file, or a folder of them")
    parser.add_argument("--embedder", choices=["minilm", "hashing"], default="hashing")
    arguments = parser.parse_args()
    told = [demo(Path("examples/alice.chat.jsonl"), Path("tests/gold/alice.json"))]
    if arguments.locomo:
        told += map(locomo, read_conversations(arguments.locomo))
    with TemporaryDirectory() as folder:
        report((each.name, cost_of(each, _embedder(arguments.embedder), Path(folder))) for each in told)


def _embedder(name: str) -> Embedder:
    if name == "hashing":
        return HashingEmbedder()
    from mem0g.providers.minilm import MiniLMEmbedder  # noqa: PLC0415 - its wheel may not be here

    return MiniLMEmbedder()


if __name__ == "__main__":
    main()
