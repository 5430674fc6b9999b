"""Answers of a language model, over what a search found: one call, and what it cites is checked."""

from collections.abc import Callable, Collection, Mapping, Sequence

from mem0g.model import Episode
from mem0g.period import show
from mem0g.ports import UNMETERED, LanguageModel, Meter
from mem0g.prompts.answering import ReadAnswer, prompt
from mem0g.results import Answer, Citation, FoundFact, Quote, Search, valid_words
from mem0g.retrieval.answering import NOT_KNOWN

_LONGEST = 1_500
"""How many characters of a message are shown."""


Episodes = Callable[[Collection[str]], Sequence[Episode]]
"""Reads episodes by their ids."""


def answered_by(llm: LanguageModel, found: Search, episodes: Episodes, meter: Meter = UNMETERED) -> Answer:
    """What the model answers. It is not known where the model says so, where it cites nothing that it was shown, or nothing was found.

    Args:
        episodes: reads those that a cited fact was read out of.

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
    cited = [entries[number - 1] for number in numbers]
    said = {each.id: each for each in episodes({id for entry in cited if isinstance(entry, FoundFact) for id in entry.episode_ids})}
    citations = tuple(_citation(entry, said) for entry in cited)
    return Answer(found.question, reply.answer.strip(), citations, found.time, False, found.asked_at)


def _abstention(found: Search) -> Answer:
    return Answer(found.question, NOT_KNOWN, (), found.time, True, found.asked_at)


def _citation(entry: FoundFact | Episode, said: Mapping[str, Episode]) -> Citation:
    """What the answer rests on; of a fact, the episodes that it was read out of."""
    if isinstance(entry, Episode):
        return Citation(None, (_quote(entry, entry.content),))
    own = [said[id] for id in entry.episode_ids if id in said]
    return Citation(entry, tuple(_quote(episode, episode.content or entry.text) for episode in own))


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
