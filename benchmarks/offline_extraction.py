"""How well the offline extractor reads a gold file: precision, recall, times, and what would wrongly retire a fact.

    python benchmarks/offline_extraction.py tests/gold/alice.json            # a conversation, each message with those before it
    python benchmarks/offline_extraction.py tests/gold/held_out.jsonl        # single utterances, each alone
    python benchmarks/offline_extraction.py tests/gold/alice.json --verbose  # every claim missed, wrong, or right with another time

A claim is right where subject, predicate, object, polarity, kind, holder and correction are those of a gold claim; its times are
counted apart. Objects of plans and events are compared by their words, as tests/gold says. Gold claims marked optional count neither way.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mem0g.model import ClaimDraft, Episode, Kind, Mention, Value, normalise
from mem0g.period import BEGINNING, FOREVER, read_period
from mem0g.ports import ExtractionRequest
from mem0g.providers.offline import OfflineExtractor

Gold = dict[str, Any]
RECENT = 10
ONE_AT_A_TIME = {"lives_in", "lives_at", "works_for", "works_as", "weighs", "diet", "married_to", "age"}


@dataclass
class Score:
    """Counts over a gold file."""

    right: int = 0
    missed: int = 0
    wrong: int = 0
    optional: int = 0
    retirements: int = 0
    times_right: int = 0
    silent: int = 0
    silent_broken: int = 0
    missed_by: Counter[str] = field(default_factory=Counter)
    details: list[str] = field(default_factory=list)


def main() -> None:
    """Score the gold file named on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument(
        "--chat", type=Path, default=Path("examples/alice.chat.jsonl"), help="the conversation that a .json gold file is about"
    )
    parser.add_argument("--verbose", action="store_true", help="every claim that is not as the gold has it")
    arguments = parser.parse_args()
    score = Score()
    extractor = OfflineExtractor()
    for request, gold in _items(arguments.gold, arguments.chat):
        episode = request.episodes[0]
        _count(score, episode, list(extractor.extract(request)[episode.id]), gold)
    _show(score, arguments.verbose)


def _items(gold: Path, chat: Path) -> Iterator[tuple[ExtractionRequest, list[Gold]]]:
    if gold.suffix == ".jsonl":
        for number, line in enumerate(_lines(gold)):
            item = json.loads(line)
            yield (
                ExtractionRequest([_episode(number, item["speaker"], item["text"], item["occurred_at"])], owner=item["speaker"]),
                item["claims"],
            )
        return
    claims = json.loads(gold.read_text())["claims"]
    messages = [json.loads(line) for line in _lines(chat)]
    episodes = [_episode(number, message["name"], message["content"], message["occurred_at"]) for number, message in enumerate(messages)]
    for number, episode in enumerate(episodes):
        own = [claim for claim in claims if claim["message"] == number]
        yield ExtractionRequest([episode], recent=episodes[max(0, number - RECENT) : number], owner="Alice"), own


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text().splitlines() if line.strip()]


def _episode(number: int, speaker: str, content: str, occurred_at: str) -> Episode:
    at = datetime.fromisoformat(occurred_at)
    return Episode(str(number), "user:alice", content, at, at, speaker)


def _count(score: Score, episode: Episode, found: list[ClaimDraft], gold: list[Gold]) -> None:
    open_gold = list(gold)
    if not gold:
        score.silent += 1
        score.silent_broken += bool(found)
    for draft in found:
        same = next((claim for claim in open_gold if _is_same(draft, claim)), None)
        if same is None:
            score.wrong += 1
            score.retirements += draft.negated or draft.correction or draft.predicate in ONE_AT_A_TIME
            score.details.append(f"wrong   {episode.id}: {_shown(draft)}   in: {episode.content}")
            continue
        open_gold.remove(same)
        if same.get("optional"):
            score.optional += 1
            continue
        score.right += 1
        if _is_timed_alike(draft, same):
            score.times_right += 1
        else:
            score.details.append(f"time    {episode.id}: {_shown(draft)}   gold: {same}")
    for claim in open_gold:
        if not claim.get("optional"):
            score.missed += 1
            score.missed_by[claim["predicate"]] += 1
            score.details.append(f"missed  {episode.id}: {claim}   in: {episode.content}")


def _is_same(draft: ClaimDraft, claim: Gold) -> bool:
    stated = (
        normalise(draft.subject.name), draft.predicate, draft.negated, draft.kind is Kind.EVENT, _name(draft.holder), draft.correction,
    )  # fmt: skip
    wanted = (
        normalise(claim["subject"]), claim["predicate"], bool(claim.get("negated")), bool(claim.get("event")),
        normalise(claim.get("holder") or ""), bool(claim.get("correction")),
    )  # fmt: skip
    if stated != wanted:
        return False
    mine, theirs = _name(draft.object), normalise(str(claim["object"])) if claim["object"] is not None else ""
    if mine == theirs or _words(mine) == _words(theirs):
        return True
    loose = draft.predicate == "plans" or draft.kind is Kind.EVENT
    return loose and bool(_words(mine) and _words(theirs)) and (_words(mine) <= _words(theirs) or _words(theirs) <= _words(mine))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text)) - {"a", "an", "the", "my", "our", "in", "on", "to", "of", "for"}


def _name(object: Mention | Value | None) -> str:
    match object:
        case None:
            return ""
        case Mention(name=text) | Value(text=text):
            return normalise(text)


def _is_timed_alike(draft: ClaimDraft, claim: Gold) -> bool:
    if draft.correction and draft.valid is None:
        return True  # it takes over the validity of what it corrects
    start = draft.valid.start if draft.valid else BEGINNING
    end = draft.valid.end if draft.valid else FOREVER
    return _is_start(start, claim) and _instant(claim.get("valid_to"), FOREVER) == end


def _is_start(start: datetime, claim: Gold) -> bool:
    wanted = _instant(claim.get("valid_from"), BEGINNING)
    until = claim.get("valid_from_until")
    return wanted <= start < _instant(until, FOREVER) if until else start == wanted


def _instant(text: str | None, default: datetime) -> datetime:
    return read_period(text, zone=UTC).start if text else default


def _shown(draft: ClaimDraft) -> str:
    valid = f" {draft.valid.start:%Y-%m-%d}…{draft.valid.end:%Y-%m-%d}" if draft.valid else ""
    return (
        f"{draft.subject.name} {'not ' * draft.negated}{draft.predicate} {_name(draft.object)} ({draft.kind}{valid}) {_name(draft.holder)}"
    )


def _show(score: Score, verbose: bool) -> None:
    if verbose:
        print(*score.details, sep="\n")
    found, wanted = score.right + score.wrong, score.right + score.missed
    print(f"precision {_part(score.right, found)}   recall {_part(score.right, wanted)}   (and {score.optional} optional claims)")
    print(f"times right {_part(score.times_right, score.right)} of the claims that are right")
    print(f"wrong claims that could retire a fact: {score.retirements}")
    print(f"texts that must yield nothing and yield something: {score.silent_broken} of {score.silent}")
    print("missed, by predicate:", ", ".join(f"{name} {count}" for name, count in score.missed_by.most_common()) or "none")


def _part(part: int, whole: int) -> str:
    return f"{part / whole if whole else 1:.2f} ({part}/{whole})"


if __name__ == "__main__":
    main()
