"""The extractor that asks a language model: one call for a chunk of messages, and another where an empty answer is not believed."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from threading import Lock

from mem0g.errors import ExtractionError, InvalidInput, ModelError
from mem0g.ingestion.read_claims import drafts_of
from mem0g.ingestion.telling import looks_telling
from mem0g.model import ClaimDraft, Episode, Mention
from mem0g.ports import ExtractionRequest, LanguageModel
from mem0g.prompts.extraction import LOOK_AGAIN, ReadMessages, ReadTypedMessages, prompt

CHUNK = 4_000
"""How many characters of messages are read in one call: about a thousand tokens."""

_CONTEXT = 1_000
"""How many characters of an earlier message are shown."""
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_Reply = ReadMessages | ReadTypedMessages


class LLMExtractor:
    """A `ChunkExtractor` that asks a language model, and checks what it says against the text. May be used from many threads.

    Args:
        llm: the model.
        chunk_size: how many characters of messages it reads in one call, 1 or more.

    Attributes:
        calls: how often the model gave a usable answer.
        second_looks: how often it was asked once more, since it found nothing in messages that look as if they told something.

    Raises:
        InvalidInput: `chunk_size` is below 1.
    """

    def __init__(self, llm: LanguageModel, chunk_size: int = CHUNK) -> None:
        if chunk_size < 1:
            raise InvalidInput(f"chunk_size={chunk_size} holds no text: give 1 or more characters")
        self._llm = llm
        self._chunk_size = chunk_size
        self._prompt = prompt()
        self._refused = Counter[str]()
        self._counting = Lock()
        self.calls = 0
        self.second_looks = 0

    @property
    def name(self) -> str:
        """The model and the version of the prompt: "llm:gpt-4o-mini:extraction-3"."""
        return self._prompt.decider(self._llm.name)

    @property
    def chunk_size(self) -> int:
        """How many characters of messages it reads in one call."""
        return self._chunk_size

    @property
    def refused(self) -> Mapping[str, int]:
        """What the model said and was not taken over so far, counted by why."""
        with self._counting:
            return dict(self._refused)

    def extract(self, request: ExtractionRequest) -> Mapping[str, Sequence[ClaimDraft]]:
        """The claims of each of `request.episodes`, by episode id, in the order they stand in its text.

        Raises:
            ExtractionError: the model gave no usable answer for now.
            BudgetExceeded: no call of it is left.
        """
        try:
            reply = self._ask(request, self._prompt.instructions)
            if not reply.claims and request.meter.allows and looks_telling(request.episodes):
                with self._counting:
                    self.second_looks += 1
                reply = self._ask(request, f"{self._prompt.instructions}\n\n{LOOK_AGAIN}")
        except ModelError as error:
            raise ExtractionError(str(error), tuple(episode.id for episode in request.episodes)) from error
        read = drafts_of(reply, request.episodes)
        with self._counting:
            self._refused.update(read.refused)
        for reason in read.left_out:
            request.on_refused(reason)
        return read.drafts

    def _ask(self, request: ExtractionRequest, instructions: str) -> _Reply:
        shape: type[_Reply] = ReadMessages if request.ontology is None else ReadTypedMessages
        reply = self._llm.ask(instructions, rendered(request), shape, meter=request.meter)
        with self._counting:
            self.calls += 1
        return reply


def rendered(request: ExtractionRequest) -> str:
    """What the model reads: what is known already, the earlier messages for context, and the new ones, numbered.

    One message a line, as JSON; so no message can pretend to be another, or to be known.
    """
    return "\n".join([*_known(request), *_messages(request)])


def _known(request: ExtractionRequest) -> Iterator[str]:
    yield f"This is the memory of {_quoted(request.owner)}."
    if request.episodes:
        yield f"The new messages are of {_day(request.episodes[0])}."
    if request.ontology is not None:
        yield from ("Types and relations to keep to:", request.ontology.rendered())
    if request.names:
        yield f"Known names: {', '.join(map(_name, request.names))}"
    if request.predicates:
        yield f"Known predicates: {', '.join(request.predicates)}"
    if request.summary:
        yield f"Summary of what was said before: {_quoted(request.summary)}"


def _messages(request: ExtractionRequest) -> Iterator[str]:
    if request.recent:
        yield "Earlier messages, for context only:"
        yield from (_line(_shown(episode, _CONTEXT)) for episode in request.recent)
    yield "NEW messages:"
    yield from (_line({"message": number, **_shown(episode)}) for number, episode in enumerate(request.episodes, start=1))


def _name(mention: Mention) -> str:
    """An entity: "Robert" (person, also "Bob")."""
    more = [" ".join(mention.type.split())] if mention.type else []
    more += [f"also {', '.join(map(_quoted, mention.aliases))}"] if mention.aliases else []
    return f"{_quoted(mention.name)} ({', '.join(more)})" if more else _quoted(mention.name)


def _shown(episode: Episode, limit: int | None = None) -> dict[str, object]:
    content = episode.content if limit is None or len(episode.content) <= limit else f"{episode.content[:limit]}…"
    return {"said": f"{_day(episode)} {episode.occurred_at:%H:%M} UTC", "speaker": episode.speaker, "role": episode.role, "text": content}


def _day(episode: Episode) -> str:
    """As in "2026-03-05 (Thursday)", UTC."""
    return f"{episode.occurred_at:%Y-%m-%d} ({_WEEKDAYS[episode.occurred_at.weekday()]})"


def _line(message: Mapping[str, object]) -> str:
    return json.dumps(message, ensure_ascii=False)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
