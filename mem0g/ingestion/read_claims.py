"""What a model read out of messages becomes claim drafts: checked against the text, and refused where the text does not bear it. Pure.

Refused is what names no message or no subject, predicate or object, what no store could keep, and what stands on no words of its message:
neither its quote is there nor its object. Each refusal costs one claim, and no other.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from mem0g.errors import InvalidInput
from mem0g.ingestion.once import once
from mem0g.ingestion.quoting import Quote, find, sentence_around
from mem0g.ingestion.stated_times import Stated, Told, stated
from mem0g.ingestion.stating import sentence
from mem0g.model import ClaimDraft, Episode, Kind, Mention, Value, checked_name, checked_text, normalise, predicate_name
from mem0g.prompts.extraction import OTHER, ReadClaim, ReadMessages, ReadTypedEntity, ReadTypedMessages

NO_MESSAGE = "no such message"
NO_OBJECT = "no object"
NO_WORDS = "no words of the message say it"
UNUSABLE = "a name that cannot be used"
TWICE = "said twice"
MISQUOTED = "a quote that is not in the message"
LEFT_OUT = frozenset({NO_MESSAGE, NO_OBJECT, NO_WORDS, UNUSABLE})
"""Why a claim is not kept. What else is counted leaves a claim as it is: less of it is believed, or it is kept once."""

_SPEAKER = frozenset({"i", "me", "my", "mine", "myself", "speaker", "the speaker"})
_USER = frozenset({"user", "the user"})
_NOTHING = frozenset({"", "null", "none", "n/a", "unknown"})
_ONE_MORE = re.compile(r"\b(?:also|too|another|second|as well|additionally|both)\b", re.IGNORECASE)
_ONLY_ONE = re.compile(r"\b(?:only|sole|main|primary|favou?rite|current|currently)\b", re.IGNORECASE)
_PERSON = "person"


@dataclass(frozen=True, slots=True)
class Read:
    """The drafts of each episode, by its id, in the order they stand in its text.

    Attributes:
        refused: what was not taken over, counted by why.
    """

    drafts: Mapping[str, Sequence[ClaimDraft]]
    refused: Counter[str] = field(default_factory=Counter)

    @property
    def left_out(self) -> list[str]:
        """Why claims are not kept, once for each."""
        return [reason for reason in self.refused.elements() if reason in LEFT_OUT]


def drafts_of(reply: ReadMessages | ReadTypedMessages, episodes: Sequence[Episode]) -> Read:
    """The drafts in a model's reply about `episodes`, which were numbered from 1."""
    names, refused = _Names(reply.entities, _users(episodes)), Counter[str]()
    placed: dict[str, list[tuple[int, ClaimDraft]]] = {episode.id: [] for episode in episodes}
    for claim in reply.claims:
        if not 1 <= claim.message <= len(episodes):
            refused[NO_MESSAGE] += 1
            continue
        episode = episodes[claim.message - 1]
        try:
            placed[episode.id].append(_draft(claim, episode, names, refused))
        except _Refused as refusal:
            refused[refusal.reason] += 1
        except InvalidInput:
            refused[UNUSABLE] += 1
    in_order = {id: [draft for _, draft in sorted(each, key=itemgetter(0))] for id, each in placed.items()}
    drafts = {id: once(each) for id, each in in_order.items()}
    refused += Counter({TWICE: sum(len(each) - len(drafts[id]) for id, each in in_order.items())})
    return Read(drafts, refused)


def _users(episodes: Sequence[Episode]) -> dict[str, str]:
    """Who "the user" is in each episode, by its id: who speaks as one, there or last before it; before the first one, that one."""
    user = next((episode.speaker for episode in episodes if episode.role == "user"), "")
    users = {}
    for episode in episodes:
        user = episode.speaker if episode.role == "user" else user
        users[episode.id] = user
    return users


class _Refused(Exception):
    """A claim is not taken over. Never leaves this module."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Names:
    """The entities of a reply, by each of their names. `users` says who "the user" is in each episode."""

    def __init__(self, entities: Sequence[ReadTypedEntity], users: Mapping[str, str]) -> None:
        self._users = users
        self._main: dict[str, ReadTypedEntity] = {}
        for entity in entities:
            for name in (entity.name, *entity.aliases):
                self._main.setdefault(normalise(name), entity)

    def mention(self, name: str, episode: Episode, type: str = "") -> Mention:
        """The entity meant by `name`, under its main name, with the aliases that stand in the message.

        Raises:
            InvalidInput: the name is empty, or no store could keep it.
        """
        if normalise(name) in _SPEAKER:
            return self._person(episode.speaker, episode)
        if normalise(name) in _USER and self._users[episode.id]:
            return self._person(self._users[episode.id], episode)
        entity = self._main.get(normalise(name))
        known = "" if entity is None or entity.type == OTHER else checked_name(entity.type, "type")
        main = checked_name(entity.name if entity else name, "name")
        return Mention(main, type or known, _aliases(entity, main, episode))

    def _person(self, name: str, episode: Episode) -> Mention:
        return Mention(name, _PERSON, _aliases(self._main.get(normalise(name)), name, episode))


def _aliases(entity: ReadTypedEntity | None, main: str, episode: Episode) -> tuple[str, ...]:
    """The other names of an entity, as they are written in the message; none that does not stand there, or is no proper name."""
    quotes = [find(alias, episode.content) for alias in (entity.name, *entity.aliases)] if entity else []
    names = [checked_name(quote.words, "alias") for quote in quotes if quote and _is_proper(quote.words)]
    return tuple(dict.fromkeys(name for name in names if normalise(name) != normalise(main)))


def _is_proper(name: str) -> bool:
    """Whether a name is written as one: "Bob", "東京"; not "mum", who is another one for every speaker, and not "I"."""
    return (name != name.lower() or name == name.upper()) and normalise(name) not in _SPEAKER | _USER


def _draft(claim: ReadClaim, episode: Episode, names: _Names, refused: Counter[str]) -> tuple[int, ClaimDraft]:
    """The draft with its place in the text."""
    subject = names.mention(claim.subject, episode)
    object = _object(claim, names, episode)
    predicate = predicate_name(checked_text(claim.predicate, "predicate"))
    quote = _quote(claim, object, episode.content, refused)
    when = _when(claim, episode, quote)
    refused.update(when.refused)
    draft = ClaimDraft(
        subject=subject,
        predicate=predicate,
        object=object,
        text=_text(claim, subject, predicate, object),
        quote=quote.words,
        holder=_holder(claim, names, episode),
        negated=claim.negated,
        kind=Kind(claim.kind),
        valid=when.valid,
        exclusive=_exclusive(claim, sentence_around(quote, episode.content)),
        correction=claim.correction,
        replaces=_replaced(claim, object, names, episode),
        confidence=min(max(claim.confidence, 0.0), 1.0),
    )
    return quote.start, draft


def _object(claim: ReadClaim, names: _Names, episode: Episode) -> Mention | Value | None:
    if object := _given(claim.object):
        return names.mention(object, episode)
    if value := _given(claim.value):
        return Value(checked_name(value, "value"), claim.datatype or "text")
    if not claim.negated:
        raise _Refused(NO_OBJECT)
    return None


def _replaced(claim: ReadClaim, object: Mention | Value | None, names: _Names, episode: Episode) -> Mention | Value | None:
    """The object a correction names as wrong, of the kind of the one it puts in its place; a denial puts none there."""
    replaces = _given(claim.replaces) if claim.correction and not claim.negated else ""
    if not replaces:
        return None
    if isinstance(object, Value):
        return Value(checked_name(replaces, "replaces"), object.datatype)
    return names.mention(replaces, episode)


def _holder(claim: ReadClaim, names: _Names, episode: Episode) -> Mention | None:
    holder = _given(claim.holder)
    mention = names.mention(holder, episode, _PERSON) if holder else None
    return mention if mention and normalise(mention.name) != normalise(episode.speaker) else None


def _given(text: str | None) -> str:
    """What a model gave; empty where it wrote that there is nothing."""
    given = (text or "").strip()
    return "" if given.casefold() in _NOTHING else given


def _quote(claim: ReadClaim, object: Mention | Value | None, content: str, refused: Counter[str]) -> Quote:
    """The words the claim stands on: those it quotes, or else the sentence that names its object."""
    if quote := find(claim.quote, content):
        return quote
    refused[MISQUOTED] += 1
    shown = object.name if isinstance(object, Mention) else object.text if object else ""
    place = find(shown, content)
    if place is None:
        raise _Refused(NO_WORDS)
    return sentence_around(place, content)


def _when(claim: ReadClaim, episode: Episode, quote: Quote) -> Stated:
    told = Told(claim.valid_from, claim.valid_to, claim.time_words, Kind(claim.kind), claim.ended)
    return stated(told, episode.content, quote, episode.occurred_at)


def _exclusive(claim: ReadClaim, sentence: Quote) -> bool | None:
    """Whether the text shows cardinality one: a model is believed only where the words do show it."""
    if claim.exclusive is None:
        return None
    shown = _ONLY_ONE if claim.exclusive else _ONE_MORE
    return claim.exclusive if shown.search(sentence.words) else None


def _text(claim: ReadClaim, subject: Mention, predicate: str, object: Mention | Value | None) -> str:
    return checked_text(claim.text, "text").strip() or sentence(subject.name, predicate, object, negated=claim.negated)
