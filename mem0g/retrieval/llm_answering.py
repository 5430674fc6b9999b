"""Answers of a language model, over what a search found: one call, and what it cites is checked."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from mem0g.model import Episode
from mem0g.period import show
from mem0g.ports import UNMETERED, LanguageModel, Meter
from mem0g.prompts.answering import ReadAnswer, prompt
from mem0g.results import Answer, Citation, FoundFact, Quote, Search, valid_words
from mem0g.retrieval.answering import NOT_KNOWN

_LONGEST = 1_500
"""How many characters of a message are shown."""


Episodes = Callable[[Collection[str]], Sequence[Episode]]
"""Reads those episodes of these ids that are still stored."""


def answered_by(llm: LanguageModel, found: Search, episodes: Episodes, meter: Meter = UNMETERED) -> Answer:
    """What the model answers. It is not known where the model says so, where it cites nothing that it was shown, or nothing was found.

    Nothing is answered either where something that the model was shown was forgotten while it thought.

    Args:
        found: of the asked labels, with the facts' sources of the same.

    Raises:
        ModelError: the model gave no usable answer for now.
        BudgetExceeded: the meter has no call left.
    """
    entries: list[FoundFact | Episode] = [*found.facts, *(hit.episode for hit in found.episodes)]
    if not entries:
        return _abstention(found)
    reply = llm.ask(prompt().instructions, rendered(found), ReadAnswer, tool="answer_question", meter=meter)
    numbers = [number for number in dict.fromkeys(reply.cited) if 1 <= number <= len(entries)]
    if not reply.known or not numbers or not reply.answer.strip():
        return _abstention(found)
    said = {each.id: each for each in episodes({id for entry in entries for id in _sources(entry)})}
    if not all(any(id in said for id in _sources(entry)) for entry in entries):
        return _abstention(found)
    citations = tuple(_citation(entries[number - 1], said) for number in numbers)
    return Answer(found.question, reply.answer.strip(), citations, found.time, False, found.asked_at)


def _abstention(found: Search) -> Answer:
    return Answer(found.question, NOT_KNOWN, (), found.time, True, found.asked_at)


def _sources(entry: FoundFact | Episode) -> Sequence[str]:
    """The ids of the episodes that it was read out of."""
    return (entry.id,) if isinstance(entry, Episode) else entry.episode_ids


def _citation(entry: FoundFact | Episode, said: Mapping[str, Episode]) -> Citation:
    """What the answer rests on; of a fact, the episodes that it was read out of."""
    if isinstance(entry, Episode):
        return Citation(None, (_quote(entry, entry.content),))
    own = [said[id] for id in entry.episode_ids if id in said]
    shown = replace(entry, episode_ids=tuple(each.id for each in own))
    return Citation(shown, tuple(_quote(episode, episode.content or entry.text) for episode in own))


def _quote(episode: Episode, words: str) -> Quote:
    return Quote(words, episode.speaker, episode.occurred_at, episode)


def rendered(found: Search) -> str:
    """What the model reads: the question, the present, its time and misspelt names as read, and the search's entries, numbered."""
    facts = [f"{fact.text} ({valid_words(fact, found.asked_at)})" for fact in found.facts]
    said = [f"{hit.episode.speaker}, {show(hit.episode.occurred_at)}: {hit.episode.content[:_LONGEST]}" for hit in found.episodes]
    lines = [f"[{number}] {' '.join(entry.split())}" for number, entry in enumerate((*facts, *said), start=1)]
    return "\n".join(
        [
            f"Question: {found.question}",
            f"Present: {show(found.asked_at)}",
            f"Read as: {found.time}",
            *(f"Misspelt: {written!r} is read as {name}" for written, name in found.misspelt.items()),
            "",
            "Facts:",
            *(lines[: len(facts)] or ["none"]),
            "Messages:",
            *(lines[len(facts) :] or ["none"]),
        ]
    )
