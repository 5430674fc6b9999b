"""A LoCoMo conversation told to a memory as it was said, its own observations standing in for what an extractor would read.

So what is found again is measured apart from how well text is read. Each turn is a message. What each turn is found to claim comes
from the observations that name it as their source: each of these sentences is put to the offline extractor, and where that
makes no triplet of it, it is kept whole, as noted of its speaker. The claim's sentence is the observation's.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mem0g.evaluation.locomo_data import Conversation, Observation, Turn
from mem0g.model import ClaimDraft, Episode, Mention, Value
from mem0g.ports import ExtractionRequest, Extractor

NOTED = "noted"
"""The predicate of a sentence kept whole."""


def message(turn: Turn) -> dict[str, Any]:
    """A turn as `Memory.add` takes it, under its own id."""
    return {"id": turn.id, "name": turn.speaker, "content": spoken(turn), "occurred_at": turn.said_at}


def spoken(turn: Turn) -> str:
    """What was said, with the caption of the picture that was shown."""
    return f"{turn.text} [{turn.caption}]" if turn.caption else turn.text


@dataclass(frozen=True, slots=True)
class ObservationReader:
    """An `Extractor` of one conversation's turns: it answers with what the observations say of them.

    Attributes:
        observations: by the id of the turn they stand on.
        reader: makes triplets of their sentences.
    """

    observations: Mapping[str, Sequence[Observation]]
    reader: Extractor
    name: str = "observations"

    @classmethod
    def of(cls, conversation: Conversation, reader: Extractor) -> "ObservationReader":
        """What reads this conversation."""
        by_turn = defaultdict[str, list[Observation]](list)
        for session in conversation.sessions:
            for observation in session.observations:
                for turn in observation.turns:
                    by_turn[turn].append(observation)
        return cls(dict(by_turn), reader)

    def extract(self, request: ExtractionRequest) -> Mapping[str, Sequence[ClaimDraft]]:
        """The claims of each of `request.episodes`, by episode id, in the order of the observations."""
        return {episode.id: tuple(self._claims(episode, request.owner)) for episode in request.episodes}

    def _claims(self, episode: Episode, owner: str) -> Iterable[ClaimDraft]:
        for observation in self.observations.get(episode.id, ()):
            yield from self._drafts(observation, replace(episode, content=observation.text, speaker=observation.speaker), owner)

    def _drafts(self, observation: Observation, sentence: Episode, owner: str) -> Sequence[ClaimDraft]:
        read = self.reader.extract(ExtractionRequest([sentence], owner=owner)).get(sentence.id, ())
        if read:
            return [replace(draft, text=observation.text, quote="") for draft in read]
        subject = Mention(observation.speaker, "person")
        return [ClaimDraft(subject, NOTED, Value(observation.text), observation.text)]
