"""The rolling summary: what it is made of, when it is due, and who wins where several write."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from mem0g.errors import BudgetExceeded, InvalidReply, ModelUnavailable, WriteConflict
from mem0g.ingestion.summarising import AT_ONCE, WINDOW, is_due, refresh, rendered
from mem0g.model import Episode, Progress, Source, Stage, Summary
from mem0g.ports import Change, GraphStore
from mem0g.spending import Spending
from mem0g.stores.sqlite import SQLiteStore
from mem0g.testing import ModelRequest, ScriptedModel
from unit.doubles import Disturbed, Meddled
from unit.samples import GRAPH, day

NOW = day(500)
DECIDER = "llm:scripted-model:summary-1"


def message(number: int, said: float | None = None, **others: Any) -> Episode:
    at = day(number if said is None else said)
    return replace(Episode(f"m{number:04}", GRAPH, f"word {number}", at, at, "Alice", source=Source.MESSAGE), **others)


def told(store: GraphStore, episodes: Iterable[Episode], stage: Stage = Stage.EXTRACTED) -> None:
    """Keep episodes that were read, or came as far as `stage` says."""
    kept = list(episodes)
    store.commit(kept[0].graph, Change(kept, [Progress(episode.id, stage) for episode in kept]))


def messages(start: int, end: int) -> list[Episode]:
    return [message(number) for number in range(start, end)]


def summary(text: str = "Alice said words.", through: float = 0, episodes: int = 1) -> Summary:
    return Summary(GRAPH, text, day(through), episodes, DECIDER, NOW)


def model(*texts: str) -> ScriptedModel:
    """One that answers with these summaries, one a call."""
    return ScriptedModel([{"text": text} for text in texts])


def shown(request: ModelRequest) -> list[str]:
    """The texts of the messages that a request shows."""
    lines = request.text.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("Messages"))
    return [json.loads(line)["text"] for line in lines[start + 1 :]]


def words(start: int, end: int) -> list[str]:
    return [f"word {number}" for number in range(start, end)]


# What it is made of


def test_the_first_summary_is_of_the_messages_and_says_up_to_when(store: SQLiteStore) -> None:
    told(store, messages(0, 3))
    llm = model("  Alice said three words. ")
    made = refresh(store, GRAPH, llm, NOW)
    assert made == Summary(GRAPH, "Alice said three words.", day(2), 3, DECIDER, NOW)
    assert store.summary(GRAPH) == made
    assert shown(llm.requests[0]) == words(0, 3)
    assert "ummary" not in llm.requests[0].text


def test_the_next_one_is_of_the_last_one_and_the_messages_since(store: SQLiteStore) -> None:
    told(store, messages(0, 3))
    refresh(store, GRAPH, model("Three words."), NOW)
    told(store, messages(3, 5))
    llm = model("Five words.")
    assert refresh(store, GRAPH, llm, day(501)) == Summary(GRAPH, "Five words.", day(4), 5, DECIDER, day(501))
    assert shown(llm.requests[0]) == words(3, 5)
    assert '"Three words."' in llm.requests[0].text


def test_what_the_model_reads() -> None:
    said = [message(0, said=3.5), message(1, speaker="assistant", role="assistant", content='Is that "so"?\nOr é?')]
    assert rendered("user:al:ice", summary("Zoë is here.", 2), said).splitlines() == [
        'This is the memory of "al:ice".',
        "Summary of what was said up to 2026-01-03 (Saturday):",
        '"Zoë is here."',
        "Messages since:",
        '{"said": "2026-01-04 (Sunday)", "speaker": "Alice", "role": "user", "text": "word 0"}',
        '{"said": "2026-01-02 (Friday)", "speaker": "assistant", "role": "assistant", "text": "Is that \\"so\\"?\\nOr é?"}',
    ]


def test_long_messages_are_cut_to_equal_parts() -> None:
    long = [message(number, content="x" * 1_000_000) for number in range(8)]
    assert [len(text) for text in shown(ModelRequest("", rendered(GRAPH, None, long), Any))] == [2_001] * 8  # type: ignore[arg-type]
    many = [message(number, content="x" * 1_000) for number in range(WINDOW)]
    assert len(rendered(GRAPH, None, many)) < WINDOW * 300


@pytest.mark.parametrize("stage", [Stage.PENDING, Stage.FAILED, Stage.KEPT])
def test_what_was_not_read_is_left_out(store: SQLiteStore, stage: Stage) -> None:
    told(store, messages(0, 2))
    told(store, [message(2)], stage)
    llm = model("Two words.")
    refresh(store, GRAPH, llm, NOW)
    assert shown(llm.requests[0]) == words(0, 2)


def test_a_stated_fact_goes_into_no_summary(store: SQLiteStore) -> None:
    told(store, [message(0, source=Source.FACT), message(1, source=Source.TEXT)])
    llm = model("A word.")
    refresh(store, GRAPH, llm, NOW)
    assert shown(llm.requests[0]) == words(1, 2)


def test_where_there_is_nothing_to_add_no_model_is_asked(store: SQLiteStore) -> None:
    assert refresh(store, GRAPH, model(), NOW) is None
    told(store, [message(0)])
    refresh(store, GRAPH, model("A word."), NOW)
    assert refresh(store, GRAPH, model(), NOW) is None


def test_nothing_of_another_graph_is_in_it(store: SQLiteStore) -> None:
    told(store, [message(0, content="their secret", graph="user:bob")])
    told(store, [message(1)])
    llm = model("A word.", "A secret.")
    refresh(store, GRAPH, llm, NOW)
    assert shown(llm.requests[0]) == words(1, 2)
    assert store.summary("user:bob") is None
    refresh(store, "user:bob", llm, NOW)
    assert (store.summary(GRAPH) or summary()).text == "A word."


def test_many_messages_are_read_some_at_a_time(store: SQLiteStore) -> None:
    told(store, messages(0, 2 * AT_ONCE + 1))
    llm = model("one", "two", "three")
    found = [refresh(store, GRAPH, llm, NOW) for _ in range(4)]
    assert [one and one.episodes for one in found] == [AT_ONCE, 2 * AT_ONCE, 2 * AT_ONCE + 1, None]
    assert [text for request in llm.requests for text in shown(request)] == words(0, 2 * AT_ONCE + 1)


def test_what_was_said_at_one_instant_is_read_at_once(store: SQLiteStore) -> None:
    told(store, [*messages(0, AT_ONCE - 1), *(message(number, said=AT_ONCE) for number in range(AT_ONCE, AT_ONCE + 9)), message(999)])
    llm = model("one", "two")
    assert [len(shown(llm.requests[-1])) for _ in range(2) if refresh(store, GRAPH, llm, NOW)] == [AT_ONCE - 1 + 9, 1]


def test_of_very_many_messages_the_last_are_read(store: SQLiteStore) -> None:
    told(store, messages(0, WINDOW + 100))
    llm = ScriptedModel(lambda _: {"text": "words"})
    while refresh(store, GRAPH, llm, NOW):
        pass
    assert [text for request in llm.requests for text in shown(request)] == words(100, WINDOW + 100)


def test_one_that_comes_late_is_in_no_summary(store: SQLiteStore) -> None:
    told(store, messages(3, 5))
    refresh(store, GRAPH, model("Words."), NOW)
    told(store, messages(0, 3))
    assert not is_due(store, GRAPH, 1)
    assert refresh(store, GRAPH, model(), NOW) is None


# When it is due


@pytest.mark.parametrize(("count", "due"), [(0, False), (19, False), (20, True), (21, True)])
def test_it_is_due_after_so_many_messages(store: SQLiteStore, count: int, due: bool) -> None:
    told(store, [message(0)])
    refresh(store, GRAPH, model("A word."), NOW)
    if count:
        told(store, messages(1, 1 + count))
    assert is_due(store, GRAPH, 20) is due


def test_what_is_no_message_or_was_not_read_makes_none_due(store: SQLiteStore) -> None:
    assert not is_due(store, GRAPH, 1)
    told(store, [message(0, source=Source.FACT)])
    for number, stage in enumerate((Stage.PENDING, Stage.FAILED, Stage.KEPT), start=1):
        told(store, [message(number)], stage)
    assert not is_due(store, GRAPH, 1)


def test_it_is_due_before_a_message_is_too_long_ago_to_be_read(store: SQLiteStore) -> None:
    told(store, [message(0)])
    told(store, [message(number, role="tool") for number in range(1, WINDOW - 1)], Stage.KEPT)
    assert not is_due(store, GRAPH, 20)
    told(store, [message(WINDOW)])
    assert is_due(store, GRAPH, 20)
    refresh(store, GRAPH, model("Words."), NOW)
    assert not is_due(store, GRAPH, 20)


# What cannot be kept


@pytest.mark.parametrize(("text", "said"), [("", "empty"), (" \n ", "empty"), ("a\x00b", "U\\+0000"), ("\ud800", "U\\+D800")])
def test_a_summary_that_cannot_be_kept_is_refused(store: SQLiteStore, text: str, said: str) -> None:
    told(store, [message(0)])
    with pytest.raises(InvalidReply, match=f"{DECIDER} .*{said}"):
        refresh(store, GRAPH, ScriptedModel(lambda request: {"text": text}), NOW)
    assert store.summary(GRAPH) is None


def test_a_summary_is_never_long(store: SQLiteStore) -> None:
    told(store, [message(0)])
    made = refresh(store, GRAPH, model("x" * 10_000), NOW)
    assert made is not None
    assert made.text == "x" * 1_499 + "…"


def test_a_model_that_fails_leaves_the_summary_as_it_was(store: SQLiteStore) -> None:
    told(store, [message(0)])
    before = refresh(store, GRAPH, model("A word."), NOW)
    told(store, [message(1)])
    with pytest.raises(ModelUnavailable, match="it is down"):
        refresh(store, GRAPH, ScriptedModel([ModelUnavailable("it is down")]), NOW)
    assert store.summary(GRAPH) == before
    assert is_due(store, GRAPH, 1)


def test_calls_are_metered(store: SQLiteStore) -> None:
    told(store, [message(0)])
    spending = Spending(1)
    refresh(store, GRAPH, model("A word."), NOW, spending.on("summary"))
    assert spending.usage()["summary"].calls == 1
    told(store, [message(1)])
    with pytest.raises(BudgetExceeded):
        refresh(store, GRAPH, model(), NOW, spending.on("summary"))


# Who wins


def while_asked(store: GraphStore, change: Change, text: str = "late") -> ScriptedModel:
    """A model that others write under while it thinks."""

    def answer(request: ModelRequest) -> dict[str, object]:
        store.commit(GRAPH, change)
        return {"text": text}

    return ScriptedModel(answer)


def test_what_is_forgotten_while_the_model_thinks_is_in_no_summary(store: SQLiteStore) -> None:
    told(store, messages(0, 3))
    assert refresh(store, GRAPH, while_asked(store, Change(erased=["m0001"])), NOW) is None
    assert store.summary(GRAPH) is None
    llm = model("Two words.")
    made = refresh(store, GRAPH, llm, NOW)
    assert (made and made.text, shown(llm.requests[0])) == ("Two words.", ["word 0", "word 2"])


def test_what_a_summary_before_told_and_is_forgotten_is_in_no_summary(store: SQLiteStore) -> None:
    told(store, messages(0, 3))
    refresh(store, GRAPH, model("Three words."), NOW)
    told(store, messages(3, 5))
    assert refresh(store, GRAPH, while_asked(store, Change(erased=["m0001"])), NOW) is None
    assert store.summary(GRAPH) is None


def test_of_two_summaries_the_first_stays_and_the_next_is_made_from_it(store: SQLiteStore) -> None:
    told(store, messages(0, 3))
    faster = summary("faster", 1, 2)
    assert refresh(store, GRAPH, while_asked(store, Change(summary=faster)), NOW) is None
    assert store.summary(GRAPH) == faster
    llm = model("Both.")
    made = refresh(store, GRAPH, llm, NOW)
    assert (made and made.episodes, shown(llm.requests[0])) == (3, words(2, 3))


def test_what_is_added_while_the_model_thinks_waits_for_the_next(store: SQLiteStore) -> None:
    told(store, messages(0, 2))
    made = refresh(store, GRAPH, while_asked(store, Change([message(2)], [Progress("m0002", Stage.EXTRACTED)])), NOW)
    assert (made and made.through, is_due(store, GRAPH, 1)) == (day(1), True)


def test_a_write_just_before_the_summary_is_written_is_seen(store: SQLiteStore) -> None:
    told(store, messages(0, 3))
    added = Meddled(store, lambda commit: told(store, [message(10 + commit)]) if commit < 3 else None)
    made = refresh(added, GRAPH, model("Three words."), NOW)
    assert made is not None
    assert store.summary(GRAPH) == made
    told(store, messages(20, 22))
    forgetting = Meddled(store, lambda commit: store.commit(GRAPH, Change(erased=["m0020"])) and None)
    assert refresh(forgetting, GRAPH, model("A forgotten word."), NOW) is None
    assert store.summary(GRAPH) is None


def test_a_graph_that_never_stands_still_is_told(store: SQLiteStore) -> None:
    told(store, [message(0)])
    busy = Meddled(store, lambda commit: told(store, [message(commit)]))
    with pytest.raises(WriteConflict, match="its summary"):
        refresh(busy, GRAPH, model("A word."), NOW)


def test_what_is_forgotten_between_two_reads_is_no_harm(store: SQLiteStore) -> None:
    told(store, messages(0, 3))
    refresh(store, GRAPH, model("Three words."), NOW)
    told(store, messages(3, 5))

    def forget(read: int) -> None:
        if read == 1:
            store.commit(GRAPH, Change(erased=["m0001"]))

    assert refresh(Disturbed(store, "summary", forget), GRAPH, model("Five words."), NOW) is None
    assert store.summary(GRAPH) is None


def test_the_present_is_when_it_is_recorded(store: SQLiteStore) -> None:
    told(store, [message(0)])
    at = datetime.fromisoformat("2031-05-05T05:05:05.000005+00:00")
    made = refresh(store, GRAPH, model("A word."), at)
    assert made == store.summary(GRAPH)
    assert made is not None
    assert made.recorded_at == at
