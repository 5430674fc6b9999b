"""The extractor that asks a language model: one call for a message and its answers."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from threading import Lock

from mem0g.errors import ExtractionError, ModelError
from mem0g.ingestion.read_claims import drafts_of
from mem0g.model import ClaimDraft, Episode
from mem0g.ports import ExtractionRequest, LanguageModel
from mem0g.prompts.extraction import ReadMessages, prompt

_CONTEXT = 1_000
"""How many characters of an earlier message are shown."""
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class LLMExtractor:
    """An `Extractor` that asks a language model, and checks what it says against the text. May be used from many threads.

    Args:
        llm: the model.

    Attributes:
        calls: how often the model was asked.
    """

    def __init__(self, llm: LanguageModel) -> None:
        self._llm = llm
        self._prompt = prompt()
        self._refused = Counter[str]()
        self._counting = Lock()
        self.calls = 0

    @property
    def name(self) -> str:
        """The model and the version of the prompt: "llm:gpt-4o-mini:extraction-2"."""
        return f"llm:{self._llm.name}:{self._prompt.name}"

    @property
    def refused(self) -> Mapping[str, int]:
        """What the model said and was not taken over so far, counted by why."""
        with self._counting:
            return dict(self._refused)

    def extract(self, request: ExtractionRequest) -> Mapping[str, Sequence[ClaimDraft]]:
        """The claims of each of `request.episodes`, by episode id, in the order they stand in its text.

        Raises:
            ExtractionError: the model gave no usable answer for now.
        """
        try:
            reply = self._llm.ask(self._prompt.instructions, rendered(request), ReadMessages, meter=request.meter)
        except ModelError as error:
            raise ExtractionError(str(error), tuple(episode.id for episode in request.episodes)) from error
        read = drafts_of(reply, request.episodes)
        with self._counting:
            self.calls += 1
            self._refused.update(read.refused)
        return read.drafts


def rendered(request: ExtractionRequest) -> str:
    """What the model reads: the earlier messages for context, and the new ones, numbered. One message a line, as JSON."""
    parts = [f"This is the memory of {json.dumps(request.owner, ensure_ascii=False)}."]
    if request.recent:
        parts += ["Earlier messages, for context only:", *(_line(_shown(episode, _CONTEXT)) for episode in request.recent)]
    numbered = enumerate(request.episodes, start=1)
    parts += ["NEW messages:", *(_line({"message": number, **_shown(episode)}) for number, episode in numbered)]
    return "\n".join(parts)


def _shown(episode: Episode, limit: int | None = None) -> dict[str, object]:
    at = episode.occurred_at
    said = f"{at:%Y-%m-%d} ({_WEEKDAYS[at.weekday()]}) {at:%H:%M} UTC"
    content = episode.content if limit is None or len(episode.content) <= limit else f"{episode.content[:limit]}…"
    return {"said": said, "speaker": episode.speaker, "role": episode.role, "text": content}


def _line(message: Mapping[str, object]) -> str:
    return json.dumps(message, ensure_ascii=False)
