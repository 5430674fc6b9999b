"""Laws 3 and 11 where rules decide what "never" and "I meant" take back: no order of arrival is better than another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mem0g import Memory
from mem0g.model import ClaimDraft, Mention
from mem0g.ports import ExtractionRequest

from .strategies import DAYS, day, days, law
from .telling import NOW, OWNER, everything, memory_at


@dataclass(frozen=True)
class Word:
    """One claim in words: that Alice lives somewhere, no longer does, never did, or that this is what was meant."""

    number: int
    said: datetime
    place: str
    negated: bool = False
    correction: bool = False
    replaces: str | None = None

    @property
    def draft(self) -> ClaimDraft:
        return ClaimDraft(
            Mention(OWNER),
            "lives_in",
            Mention(self.place),
            f"word {self.number}",
            negated=self.negated,
            correction=self.correction,
            replaces=None if self.replaces is None else Mention(self.replaces),
        )


class Script:
    """An extractor that knows what every text means."""

    name = "script"

    def __init__(self, words: Sequence[Word]) -> None:
        self.drafts = {f"text {word.number}": word.draft for word in words}

    def extract(self, request: ExtractionRequest) -> Mapping[str, Sequence[ClaimDraft]]:
        return {episode.id: [self.drafts[episode.content]] for episode in request.episodes}


places = st.sampled_from(["Oslo", "Lisbon", "Porto"])


@st.composite
def conversations(draw: st.DrawFn, corrections: st.SearchStrategy[Word]) -> list[Word]:
    """Up to four words, of which the last is a correction, in no order of time."""
    plain = st.builds(Word, st.just(0), days, places, negated=st.sampled_from([False, False, False, True]))
    words = draw(st.lists(plain, min_size=2, max_size=3))
    words.insert(draw(st.integers(0, len(words))), draw(corrections))
    if draw(st.booleans()) and len(words) < 4:
        words.append(draw(corrections))
    return [replace(word, number=number) for number, word in enumerate(words)]


late = st.integers(2, DAYS).map(day)
NEVER = st.builds(Word, st.just(0), late, places, negated=st.just(True), correction=st.just(True))
MEANT = st.builds(Word, st.just(0), late, places, correction=st.just(True), replaces=st.none() | places).filter(
    lambda word: word.replaces != word.place
)


def hear(memory: Memory, words: Sequence[Word]) -> None:
    for word in words:
        memory.add(f"text {word.number}", user_id=OWNER, occurred_at=word.said)


def believed_in(words: Sequence[Word], order: Sequence[Word]) -> list[object]:
    with memory_at(NOW, extractor=Script(words)) as memory:
        hear(memory, order)
        return list(everything(memory))


@law(25)
@given(words=conversations(NEVER), data=st.data())
def test_law_3_what_never_takes_back_does_not_depend_on_the_order_of_arrival(words: list[Word], data: st.DataObject) -> None:
    assert believed_in(words, words) == believed_in(words, data.draw(st.permutations(words)))


@law(20)
@given(words=conversations(MEANT), data=st.data())
def test_law_3_what_i_meant_takes_back_does_not_depend_on_the_order_of_arrival(words: list[Word], data: st.DataObject) -> None:
    assert believed_in(words, words) == believed_in(words, data.draw(st.permutations(words)))


@pytest.mark.parametrize("replaces", [None, "Madrid", "Lisbon"])
def test_law_3_i_meant_porto_corrects_the_same_belief_in_every_order(replaces: str | None) -> None:
    words = [Word(0, day(0), "Lisbon"), Word(1, day(1), "Madrid"), Word(2, day(2), "Porto", correction=True, replaces=replaces)]
    first = believed_in(words, words)
    assert all(believed_in(words, order) == first for order in permutations(words))
