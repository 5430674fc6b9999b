"""The rolling summary of a graph: what was said, in a few words of a language model, made anew every so many messages.

It is context for whoever reads the next messages, and no part of the ledger: nothing is believed because it stands in it, no search
finds it, and what is retracted may stand in it until a message says otherwise. It covers the messages that were read and were said up to
`Summary.through`. One that is said before that and comes later is in no summary; its claims are in the graph all the same.

The store erases it together with an episode, so what is forgotten does not live on in it. The next one is then made from the last
`WINDOW` episodes.
"""

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from mem0g.errors import InvalidInput, InvalidReply, WriteConflict
from mem0g.model import Episode, Source, Stage, Summary, checked_text
from mem0g.period import FOREVER
from mem0g.ports import UNMETERED, Change, GraphStore, LanguageModel, Meter
from mem0g.prompts.summary import ReadSummary, prompt

WINDOW = 200
"""Of how many episodes, those said last, messages are taken: what a first summary, or one after a long import, costs has an end."""

AT_ONCE = 40
"""How many messages one call is shown; more where several were said at the same instant."""

_SHOWN = 16_000
"""How many characters of messages one call is shown, in equal parts where they are more, though never less than `_LEAST` of each."""

_LEAST = 200
_LONGEST = 1_500
"""How many characters of a summary are kept."""

_ATTEMPTS = 20
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def is_due(store: GraphStore, graph: str, every: int) -> bool:
    """Whether at least `every` messages were read that the summary does not cover; fewer, where those said first will leave the window."""
    later = _later(store, graph, store.summary(graph))
    waiting = _messages(store, graph, later)
    return len(waiting) >= (every if len(later) < WINDOW else 1)


def refresh(store: GraphStore, graph: str, llm: LanguageModel, now: datetime, meter: Meter = UNMETERED) -> Summary | None:
    """Bring the summary some messages further, `AT_ONCE` of them or all there are, with one call of the model.

    None, and what is there stays, where there is nothing to add, or where the summary that this one was made from, or a message that it
    tells of, is no longer there: another process was faster, or it was forgotten meanwhile.

    Args:
        now: when it is recorded.

    Raises:
        ModelError: there is no answer for now, or none that can be kept.
        BudgetExceeded: the meter has no call left.
        WriteConflict: the graph kept changing under the write.
    """
    held = store.summary(graph)
    messages = _next(_messages(store, graph, _later(store, graph, held)))
    if not messages:
        return None
    reply = llm.ask(prompt().instructions, rendered(graph, held, messages), ReadSummary, meter=meter)
    covered = len(messages) + (held.episodes if held else 0)
    decider = prompt().decider(llm.name)
    made = Summary(graph, _kept(reply.text, decider), messages[-1].occurred_at, covered, decider, now)
    return made if _replaces(store, made, held, {message.id for message in messages}) else None


def rendered(graph: str, held: Summary | None, messages: Sequence[Episode]) -> str:
    """What the model reads: the summary so far and the messages since. One a line, as JSON."""
    owner = graph.partition(":")[2]
    limit = max(_LEAST, _SHOWN // len(messages))
    parts = [f"This is the memory of {json.dumps(owner, ensure_ascii=False)}."]
    if held:
        parts += [f"Summary of what was said up to {_day(held.through)}:", json.dumps(held.text, ensure_ascii=False)]
    return "\n".join([*parts, "Messages since:" if held else "Messages:", *(_line(message, limit) for message in messages)])


def _later(store: GraphStore, graph: str, held: Summary | None) -> list[Episode]:
    """Of the last `WINDOW` episodes those that were said after what the summary covers."""
    last = store.episodes_before(graph, FOREVER, WINDOW)
    return [episode for episode in last if held is None or episode.occurred_at > held.through]


def _messages(store: GraphStore, graph: str, episodes: Sequence[Episode]) -> list[Episode]:
    """Those that were read. A stated fact is no message, and is in the graph as it was stated."""
    said = [episode for episode in episodes if episode.source is not Source.FACT]
    progress = store.progress(graph, [episode.id for episode in said])
    read = {entry.episode_id for entry in progress if entry.stage is Stage.EXTRACTED}
    return [episode for episode in said if episode.id in read]


def _next(waiting: Sequence[Episode]) -> list[Episode]:
    """The first of them, and whatever was said at the instant of the last of these: that instant is what `through` can tell."""
    through = waiting[AT_ONCE - 1].occurred_at if len(waiting) > AT_ONCE else FOREVER
    return [episode for episode in waiting if episode.occurred_at <= through]


def _replaces(store: GraphStore, made: Summary, held: Summary | None, messages: Collection[str]) -> bool:
    """Write the summary, unless what it was made from is not there any more."""
    for _ in range(_ATTEMPTS):
        revision = store.revision(made.graph, settled=True)
        if store.summary(made.graph) != held or len(store.episodes(made.graph, ids=messages)) < len(messages):
            return False
        if store.commit(made.graph, Change(summary=made), expected=revision) is not None:
            return True
    raise WriteConflict(f"{made.graph} changed {_ATTEMPTS} times while its summary was being written; try again")


def _kept(text: str, decider: str) -> str:
    """The text of a reply, fit for every store and no longer than `_LONGEST`.

    Raises:
        InvalidReply: it is empty, or holds what no store keeps.
    """
    try:
        words = checked_text(text, "the summary").strip()
    except InvalidInput as error:
        raise InvalidReply(f"{decider} wrote what cannot be kept: {error}") from error
    if not words:
        raise InvalidReply(f"{decider} wrote an empty summary")
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _line(message: Episode, limit: int) -> str:
    content = message.content if len(message.content) <= limit else f"{message.content[:limit]}…"
    said = {"said": _day(message.occurred_at), "speaker": message.speaker, "role": message.role, "text": content}
    return json.dumps(said, ensure_ascii=False)


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d} ({_DAYS[at.weekday()]})"
