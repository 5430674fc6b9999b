"""The offline extractor: from a message to the claims it makes, without a model and without a network."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from mem0g.model import ClaimDraft, Episode, Kind, Mention, Source, normalise
from mem0g.ports import ExtractionRequest
from mem0g.providers.offline.claims import Reported, claim
from mem0g.providers.offline.clauses import Form, clauses
from mem0g.providers.offline.corrections import as_correction, corrected, correction_in, taken_back
from mem0g.providers.offline.measures import contacts
from mem0g.providers.offline.parser import parse
from mem0g.providers.offline.people import PERSON, People, tie_at
from mem0g.providers.offline.plans import intended
from mem0g.providers.offline.qualifying import ONE_AT_A_TIME
from mem0g.providers.offline.readings import read, ties
from mem0g.providers.offline.screening import Segment, blanked, is_asserted, is_joke, segments, with_subject
from mem0g.providers.offline.verbs import PEOPLE_ONLY
from mem0g.providers.offline.vocabulary import FEMALE_PRONOUNS, KIN, MALE_PRONOUNS

if TYPE_CHECKING:
    from mem0g.providers.offline.clauses import Clause
    from mem0g.providers.offline.parser import Doc, Span

_BEFORE = 10
"""How many messages back a pronoun, a name or a correction may lead."""

_READ_ROLES = frozenset({"user"})
_OTHERS = FEMALE_PRONOUNS | MALE_PRONOUNS | {"they", "them", "their", "somebody", "someone", "who"}
_RELATIONS = frozenset(KIN.values())


class OfflineExtractor:
    """Reads claims out of English chat by its grammar. It says nothing rather than something wrong.

    The pipeline is loaded on first use, once for the process; `extract` may be called from many threads.
    """

    name = "offline-spacy"

    def extract(self, request: ExtractionRequest) -> Mapping[str, Sequence[ClaimDraft]]:
        """The claims of each of `request.episodes`, by episode id, in the order they stand in its text.

        Raises:
            MissingExtra: spaCy or an English pipeline for it is not installed.
        """
        said = [*request.recent, *request.episodes]
        first = len(request.recent)
        return {
            episode.id: _Message(episode, said[:place], request.owner).drafts() if _is_read(episode) else ()
            for place, episode in enumerate(request.episodes, start=first)
        }


def _is_read(episode: Episode) -> bool:
    return episode.role in _READ_ROLES and episode.source is not Source.FACT and not is_joke(episode.content)


class _Message:
    """One message among those said before it."""

    def __init__(self, episode: Episode, before: Sequence[Episode], owner: str) -> None:
        self.episode = episode
        self.before = before[-_BEFORE:]
        self.owner = owner
        self.segments = list(segments(episode.content))
        whole = with_subject(self.segments[0]) if self.segments else None
        if whole is not None and self._may_leave_out_subject():
            self.segments[0] = whole
        self.names = frozenset(name for each in (*self.before, episode) for name in _names_of_people(each))
        self.docs = [parse(segment.text, self.names) for segment in self.segments]
        self.people = self._people()

    def _may_leave_out_subject(self) -> bool:
        """Whether a sentence without a subject can only be of the speaker: nobody else was just spoken of."""
        if not self.before:
            return True
        previous = self.before[-1]
        if previous.source is Source.FACT:
            return True
        docs = [parse(segment.text) for segment in segments(previous.content)]
        others = any(word.tag_ in {"NNP", "NNPS"} or word.lower_ in _OTHERS for doc in docs for word in doc)
        return not others and not any(tie_at(word) is not None for doc in docs for word in doc)

    def drafts(self) -> tuple[ClaimDraft, ...]:
        """What the message claims."""
        found = sorted(self.reported(), key=lambda reported: reported.place)
        drafts = [reported.draft for reported in found if not reported.recap]
        return tuple(_without_repeats(draft for draft in drafts if not _is_undone(draft, drafts)))

    def reported(self) -> list[Reported]:
        """What the message claims and repeats."""
        found: list[Reported] = []
        for place, (segment, doc) in enumerate(zip(self.segments, self.docs, strict=True)):
            for sentence in doc.sents:
                quote = self._quote(segment, sentence)
                before = [reported.draft for reported in reversed(found)]
                if (draft := self._correction(quote, before)) is not None:
                    found.append(Reported(draft, (place, sentence.start)))
                elif (again := taken_back(blanked(quote))) != "":
                    found += self._taken_back(again, place, sentence.start, quote)
                elif is_asserted(sentence.text):
                    told = list(self._read(sentence, place, quote))
                    found += [replace(each, draft=self._put_right(_after_all(each, told), quote, before)) for each in told]
        return found

    def _taken_back(self, again: str, place: int, start: int, quote: str) -> Iterator[Reported]:
        """The denials that it was ever so, of what was said `again` only to be taken back."""
        for clause in (each for sentence in parse(again).sents for each in clauses(sentence)):
            for finding in read(clause, self.people):
                draft = claim(finding, self.episode.occurred_at, quote, None)
                if draft is not None and not draft.negated:
                    yield Reported(replace(draft, negated=True, correction=True, text=f"Never so: {draft.text}"), (place, start))

    def _read(self, sentence: Span, place: int, quote: str) -> Iterator[Reported]:
        for finding in (*ties(sentence, self.people), *contacts(sentence, self.people)):
            if (draft := claim(finding, self.episode.occurred_at, quote, None)) is not None:
                yield Reported(draft, (place, finding.place))
        for clause in clauses(sentence):
            holder = self._holder(clause)
            if clause.holder is not None and holder is None:
                continue
            if holder is not None and normalise(holder.name) == normalise(self.episode.speaker):
                continue
            yield from self._said_in(clause, place, quote, holder)

    def _said_in(self, clause: Clause, place: int, quote: str, holder: Mention | None) -> Iterator[Reported]:
        said = self.episode.occurred_at
        read_here = [(finding, claim(finding, said, quote, holder)) for finding in read(clause, self.people)]
        if all(draft is None for _, draft in read_here):
            read_here = [(finding, claim(finding, said, quote, holder)) for finding in intended(clause, self.people)]
        found = _side_by_side([(finding.place, draft) for finding, draft in read_here if draft is not None])
        for position, draft in found:
            yield Reported(draft, (place, position), _is_recap(clause, draft))

    def _correction(self, quote: str, before: list[ClaimDraft]) -> ClaimDraft | None:
        content = self.episode.content
        correction = correction_in(content if "*" in content else blanked(quote))
        return corrected(correction, [*before, *self._earlier_claims()], quote) if correction is not None else None

    def _put_right(self, draft: ClaimDraft, quote: str, before: list[ClaimDraft]) -> ClaimDraft:
        return as_correction(draft, quote, lambda: [*before, *self._earlier_claims()])

    def _holder(self, clause: Clause) -> Mention | None:
        holder = self.people.mention(clause.holder) if clause.holder is not None else None
        return replace(holder, type=PERSON) if holder is not None else None

    def _quote(self, segment: Segment, sentence: Span) -> str:
        return self.episode.content[max(0, segment.start + sentence.start_char) : segment.start + sentence.end_char].strip()

    def _earlier_claims(self) -> Iterator[ClaimDraft]:
        """What the same speaker said before, latest first."""
        for place in range(len(self.before) - 1, -1, -1):
            episode = self.before[place]
            if _is_read(episode) and normalise(episode.speaker) == normalise(self.episode.speaker):
                found = _Message(episode, self.before[:place], self.owner).reported()
                yield from (reported.draft for reported in sorted(found, key=lambda reported: reported.place, reverse=True))

    def _people(self) -> People:
        speakers = {normalise(episode.speaker): episode.speaker for episode in self.before if episode.role in _READ_ROLES}
        others = [name for key, name in speakers.items() if key != normalise(self.episode.speaker)]
        known = frozenset({*speakers, normalise(self.episode.speaker), normalise(self.owner)})
        people = People(
            speaker=self.episode.speaker,
            other=others[0] if len(others) == 1 else "",
            known=known,
            docs=self.docs,
            earlier=self._earlier_docs,
            stated=[tie for episode in self.before for tie in _stated_ties(episode, self.episode.speaker)],
        )
        if self.before:
            previous = self.before[-1]
            docs = [parse(segment.text, self.names) for segment in segments(previous.content)]
            people.before = People(previous.speaker, known=known, docs=docs).named
            people.words_before = [word for doc in docs for word in doc]
        return people

    def _earlier_docs(self) -> Iterable[Doc]:
        own = [episode for episode in self.before if normalise(episode.speaker) == normalise(self.episode.speaker) and _is_read(episode)]
        return [parse(segment.text, self.names) for episode in own for segment in segments(episode.content)]


def _names_of_people(episode: Episode) -> Iterator[str]:
    """The given names that an episode shows to be people's: its speaker's, and in a stated fact whoever lives, works or is a relative."""
    if episode.role in _READ_ROLES and episode.source is not Source.FACT:
        yield from _given_name(episode.speaker)
    fact = json.loads(episode.payload) if episode.source is Source.FACT and episode.payload else {}
    if fact.get("predicate") in PEOPLE_ONLY:
        yield from _given_name(fact["subject"])
    if fact.get("predicate") in _RELATIONS and isinstance(fact.get("object"), dict):
        yield from _given_name(fact["object"].get("name", ""))


def _given_name(name: str) -> Iterator[str]:
    if name.isalpha() and name.istitle():
        yield name


def _after_all(reported: Reported, told: Sequence[Reported]) -> ClaimDraft:
    """The claim as a correction, where its sentence repeats another first: "I said Mila was 12, but she's 13"."""
    draft = reported.draft
    if reported.recap or draft.negated or draft.kind is Kind.EVENT or draft.holder is not None:
        return draft
    for each in told:
        said = each.draft
        same = (said.subject, said.predicate, said.negated, said.holder) == (draft.subject, draft.predicate, False, None)
        if each.recap and same and said.object != draft.object and each.place < reported.place:
            return replace(draft, correction=True, replaces=said.object)
    return draft


def _is_undone(draft: ClaimDraft, drafts: Sequence[ClaimDraft]) -> bool:
    """Whether the same message says of it that it is over: "our dog Rex died" names a dog that one had."""
    if draft.negated or draft.predicate != "has_pet":
        return False
    return any(
        other.negated and (other.subject, other.predicate, other.object) == (draft.subject, "has_pet", draft.object) for other in drafts
    )


def _is_recap(clause: Clause, draft: ClaimDraft) -> bool:
    """Whether a clause under "I told you" says again what holds no more, or was told to another; "I told you I'm vegan" says it now."""
    now = clause.form is Form.PRESENT and draft.kind is Kind.STATE and not draft.negated
    return clause.recap and (clause.aside or not now)


def _side_by_side(found: Sequence[tuple[int, ClaimDraft]]) -> Iterator[tuple[int, ClaimDraft]]:
    """`found` in one clause, where what is said of two objects at once leaves room for both: "I work for Acme and Globex"."""
    for position, draft in found:
        others = [other for _, other in found if (other.subject, other.predicate) == (draft.subject, draft.predicate)]
        beside = not draft.negated and len({other.object for other in others if not other.negated}) > 1 and draft.predicate in ONE_AT_A_TIME
        yield position, replace(draft, exclusive=False) if beside else draft


def _stated_ties(episode: Episode, speaker: str) -> Iterator[tuple[str, str]]:
    """The relation and the name of whom a stated fact gives `speaker`: ("sister", "Anna")."""
    if episode.source is not Source.FACT or not episode.payload:
        return
    fact = json.loads(episode.payload)
    subject, relation, object = fact.get("subject"), fact.get("predicate"), fact.get("object")
    if isinstance(object, dict) and relation in _RELATIONS and normalise(str(subject)) == normalise(speaker) and "name" in object:
        yield relation, object["name"]


def _without_repeats(drafts: Iterable[ClaimDraft]) -> Iterator[ClaimDraft]:
    seen = set()
    key: Callable[[ClaimDraft], object] = lambda draft: (draft.subject, draft.predicate, draft.object, draft.negated, draft.holder)  # noqa: E731
    for draft in drafts:
        if key(draft) not in seen:
            seen.add(key(draft))
            yield draft
