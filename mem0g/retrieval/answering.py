"""Answers made of facts alone, without a language model: of the kinds of question that rules can tell apart.

A question is answered where every word of it is accounted for: who, which predicate, which object, which times, whose view. Else nothing is
said: "not known" is better than the answer to another question.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mem0g.ingestion.predicates import asked as names_asked
from mem0g.ingestion.predicates import canonical
from mem0g.ingestion.stating import sentence
from mem0g.model import Claim, EntityId, Fact, Value, Version
from mem0g.period import ALWAYS, FOREVER, TICK, Period
from mem0g.ports import ClaimFilter, FactFilter
from mem0g.results import Answer, Axis, Citation, QuestionKind, Quote
from mem0g.retrieval.asking import Asked
from mem0g.retrieval.dating import Precisions, in_words, is_known, length_in_words
from mem0g.retrieval.mentions import NamedEntity, outside
from mem0g.retrieval.presenting import present
from mem0g.retrieval.question import known_instant, times_in
from mem0g.retrieval.viewpoints import viewpoint
from mem0g.retrieval.wordings import (
    SYMMETRIC,
    Edge,
    asks_for,
    edge_of,
    hinted,
    named_by_cues,
    named_by_stems,
    named_by_wording,
    tokens,
    unaccounted,
)

NOT_KNOWN = "Not known."
_PHRASES = [
    (re.compile(words, re.IGNORECASE), meant)
    for words, meant in (
        (r"\b(?:please |can you |could you |would you )*(?:tell|show|remind|give|let) (?:me|us)(?: know)?\b(?! in)", " "),
        (r"\b(?:do|would|can|could) (?:you|we) (?:know|say|tell)\b|\bI(?:'d| would)? (?:want|need|like) to know\b", " "),
        (r"^\W*(?:if|had) (?:someone|somebody|anyone|anybody|we|you|one|i)(?: had)?(?: been)? asked(?: us| you| me)?\b", " "),
        (r"\bbased on\b|\b(?:going|judging) by\b|\bas far as\b|\bgiven (?=what|that|our|the)", " "),
        (r"\bknowing(?: only)?\b|\bshould i say\b|\blooking back\b", " "),
        (r"\bhow long ago\b|\bhow far back\b", "when"),
        (r"\bhand(?:ed|s|ing)? in (?:(?:her|his|their) )?notice\b|\blet(?:s|ting)?\b(?=.*\bgo\b)", "quit"),
        (r"\bend(?:ed|s|ing)? up (?=in|at|with)\b", "settled "),
        (r"\b(?:up|down) to when\b", "until when"),
        (r"\b(?:better|other) half\b", "spouse"),
        (r"\b(?:earn|earns|earned|earning|make|makes|made|making) (?:a|her|his|their|my) living\b", "work"),
        (r"\b(?:do|does|did|doing) for a living\b", "profession"),
        (r"\b(?:working|professional|work) life\b", "work"),
        (r"\bmarried life\b", "married"),
        (r"\bget(?:s|ting)? (?:around|about) in\b|\bgot (?:around|about) in\b", "drive"),
        (r"\bbefore\s*[?.!]?\s*$", " "),
        (r"\bput(?:ting)? down roots\b", "settled"),
        (r"\bput(?:ting)?\b(?=.*\bdown\b)", "ended"),
        (r"\bmov(?:e|es|ed|ing) (?:on )?from\b|\bmov(?:e|es|ed|ing) on\b", "left"),
        (r"\bno longer\b|\bnot (?=.*\bany ?(?:more|longer)\b)|\bany ?(?:more|longer)\b", "ended"),
        (r"\b(take|takes|took|taken|taking|give|gives|gave|given|giving) up\b", r"\1 picked up"),
    )
]
"""Phrases that mean another thing than their words."""
_OF_TIMES = re.compile(
    r"\b(?:until|till|up to|before|prior to|after|following|since|by|no later than|late in|early in|later than)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(r"^\W*(?:[\w\s,]{0,40},\s*)?(?:did|does|do|was|were|is|are|has|have|had|will|am)\b", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:who|whom|whose|what|which|where|when|how)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not(?!.*\bany ?(?:more|longer)\b)|never|nobody|nothing|none|without|except|\w+n['’]t)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Sought:
    """What is looked up.

    Attributes:
        subjects, objects: entity ids; None for anyone, or anything.
        predicate: a wording; None where two ends were named, and one predicate joins them.
        words: of the question that neither a name nor a time accounts for.
    """

    subjects: frozenset[EntityId] | None
    objects: frozenset[EntityId] | None
    predicate: str
    words: Sequence[str]


def answer(asked: Asked, question: str, now: datetime, labels: Mapping[str, str]) -> Answer:
    """The answer that the facts of the named entity and predicate give, or none."""
    if asked.occasion is not None and asked.time.as_of is None and asked.time.note:
        return not_known(asked, question, now, f"Not known: {asked.time.note.partition(', so all time')[0]}.")
    sought = None if asked.unheard or _NOT.search(question) else _sought(asked, question, now, labels)
    if sought is None:
        return not_known(asked, question, now)
    return _Reply(asked, question, now, labels, sought).answer()


def not_known(asked: Asked, question: str, now: datetime, text: str = NOT_KNOWN) -> Answer:
    """An abstention."""
    return Answer(question, text, (), asked.time, True, now)


def _sought(asked: Asked, question: str, now: datetime, labels: Mapping[str, str]) -> _Sought | None:
    """What the question asks to look up; None where that is in doubt."""
    said = _said(asked, question, now)
    ends = _ends(asked, question, said)
    if not 1 <= len(ends) <= 2 or (_valid_times(asked) > 1 and asked.time.kind is not QuestionKind.CHANGE):
        return None
    named = _predicate(asked, said, ends, labels)
    if named is None or not _asks_for(asked, said, ends, named[0], labels) or _more_is_said(asked, said, *named):
        return None
    return _Sought(ends[0], ends[1] if len(ends) == 2 else None, named[0], said)


def _ends(asked: Asked, question: str, said: Sequence[str]) -> list[frozenset[EntityId]]:
    """Who and what the question names, each once; whoever asks first, where they speak of themselves and name one other at most."""
    ends = list(dict.fromkeys(mention.ids for mention in _speaking(asked, question)))
    mine = {"i", "me", "my", "mine", "myself"} & set(said)
    return [asked.owner, *ends] if mine and asked.owner and len(ends) < 2 and asked.owner not in ends else ends


def _valid_times(asked: Asked) -> int:
    return sum(read.axis is Axis.VALID for read in asked.time.read)


def _more_is_said(asked: Asked, said: Sequence[str], predicate: str, taken: frozenset[str]) -> bool:
    """Whether a word of the question is not accounted for."""
    changes, edges = asked.time.kind is QuestionKind.CHANGE, asked.time.kind in {QuestionKind.WHEN, QuestionKind.DURATION}
    counted = [word for word in said if word != "how" or not edges]
    return bool(unaccounted(counted, canonical(predicate).name, taken, changes=changes, edges=edges))


def _asks_for(asked: Asked, said: Sequence[str], ends: Sequence[frozenset[EntityId]], predicate: str, labels: Mapping[str, str]) -> bool:
    """Whether its question words may ask for what the predicate leads to, or for who has the object that alone is named."""
    name = canonical(predicate).name
    if asks_for(said, name):
        return True
    if len(ends) == 2:
        return asked.time.kind is QuestionKind.BELIEF
    return bool({"who", "whose"} & set(said)) and _is_object(asked, ends[0], name, labels)


def _speaking(asked: Asked, question: str) -> list[NamedEntity]:
    """The names in the question but for the holder's, and those in a clause that names a time."""
    spans = [] if asked.occasion is None else [(asked.occasion.start, asked.occasion.end)]
    view = viewpoint(question) if asked.time.holder is not None else None
    if view is not None and view.holder is not None:
        spans.append((view.name_start, view.name_start + len(view.holder)))
    return outside(asked.mentions, spans)


def _said(asked: Asked, question: str, now: datetime) -> list[str]:
    """The words of the question that are in no name and no time."""
    spans = [(mention.start, mention.end) for mention in asked.mentions]
    if asked.occasion is not None:
        spans.append((asked.occasion.start, asked.occasion.end))
    view = viewpoint(question)
    if view is not None and view.holder is not None:
        spans.append((view.start, view.end))
    for time in times_in(question, now):
        before = _OF_TIMES.search(question[: time.start])
        spans.append((before.start() if before else time.start, time.end))
    for start, end in spans:
        question = question[:start] + " " * (end - start) + question[end:]
    for pattern, meant in _PHRASES:
        question = pattern.sub(meant, question)
    return tokens(question)


def _predicate(
    asked: Asked, said: Sequence[str], ends: Sequence[frozenset[EntityId]], labels: Mapping[str, str]
) -> tuple[str, frozenset[str]] | None:
    """The one predicate that the question is about, with words that name it; None where it may be several."""
    cues, hints = named_by_cues(said), hinted(said)
    if len(ends) == 2:
        between = _between(asked, ends, labels)
        meant = _one(cues & between) or (None if cues else _one(hints & between) or _one(between))
        return None if meant is None else (meant, named_by_stems(said, [meant]).get(meant, frozenset()))
    if cues:
        return None if len(cues) > 1 else (cues.pop(), frozenset())
    named = named_by_wording(said) or named_by_stems(said, _of(asked, ends[0], labels))
    if named:
        return next(iter(named.items())) if len(named) == 1 else None
    return (hints.pop(), frozenset()) if len(hints) == 1 else None


def _one(names: "set[str]") -> str | None:
    return next(iter(names)) if len(names) == 1 else None


def _where(asked: Asked, labels: Mapping[str, str], as_of: Period | None = None) -> FactFilter:
    return FactFilter(as_of=as_of, known_at=known_instant(asked.time.known_at), labels=labels or None)


def _between(asked: Asked, ends: Sequence[frozenset[EntityId]], labels: Mapping[str, str]) -> set[str]:
    """The predicates that join two entities, in either direction."""
    one, other = ends
    touching = asked.view.versions(replace(_where(asked, labels), touching=one))
    return {
        canonical(version.predicate).name
        for version in touching
        if (version.subject in one and version.object in other) or (version.subject in other and version.object in one)
    }


def _is_object(asked: Asked, entity: frozenset[EntityId], predicate: str, labels: Mapping[str, str]) -> bool:
    """Whether the predicate has this entity as its object, and never as its subject: "Who lives in Lisbon?" names the object."""
    touching = asked.view.versions(replace(_where(asked, labels), touching=entity))
    own = [version for version in touching if canonical(version.predicate).name == predicate]
    return bool(own) and all(version.object in entity for version in own)


def _of(asked: Asked, subjects: frozenset[EntityId], labels: Mapping[str, str]) -> set[str]:
    """The predicates that something is known of an entity by."""
    return {version.predicate for version in asked.view.versions(replace(_where(asked, labels), touching=subjects))}


@dataclass(frozen=True, slots=True)
class _Reply:
    """An answer in the making."""

    asked: Asked
    question: str
    now: datetime
    labels: Mapping[str, str]
    sought: _Sought

    def answer(self) -> Answer:
        found = sorted(self._found(self.asked.time.as_of), key=lambda version: version.order)
        match self.asked.time.kind:
            case QuestionKind.WHEN:
                return self._when(found)
            case QuestionKind.DURATION:
                return self._how_long(found)
            case QuestionKind.CHANGE:
                return self._changed(found)
            case _:
                return self._state(found)

    # Looking up

    def _found(self, as_of: Period | None) -> list[Version]:
        """The facts that are sought; those that a question of who, which names the object alone, is about, where there are none."""
        sought = self.sought
        found = self._versions(sought.subjects, sought.objects, as_of)
        if found or (sought.objects is None and self._versions(sought.subjects, None, None)):
            return found
        if sought.objects is None and re.search(r"\bwho(?:se|m)?\b", self.question, re.IGNORECASE):
            return self._versions(None, sought.subjects, as_of)
        if sought.objects is not None:
            return self._versions(sought.objects, sought.subjects, as_of)
        return []

    def _versions(self, subjects: frozenset[EntityId] | None, objects: frozenset[EntityId] | None, as_of: Period | None) -> list[Version]:
        where = _where(self.asked, self.labels, as_of)
        wordings = {wording.name: wording for wording in self.asked.view.store.wordings(self.asked.view.graph)}
        names = names_asked(self.sought.predicate, wordings)
        straight = {name.name for name in names if not name.inverse}
        turned = {name.name for name in names if name.inverse}
        if self.sought.predicate in SYMMETRIC:
            turned |= straight
        filters = [replace(where, subjects=subjects, objects=objects, predicates=straight)]
        if turned:
            filters.append(replace(where, subjects=objects, objects=subjects, predicates=turned))
        return self.asked.view.versions_of(filters)

    def _precisions(self, versions: Sequence[Version]) -> dict[str, Precisions]:
        """How finely the times of each fact were stated: by the claims behind it, else by those of its subject, predicate and holder."""
        store, graph, identity = self.asked.view.store, self.asked.view.graph, self.asked.identity
        about = {(version.subject, version.predicate) for version in versions}
        voices = frozenset(member for version in versions if version.holder for member in identity.members(version.holder))
        said = defaultdict[tuple[EntityId, str], list[Claim]](list)
        for claim in store.claims(graph, [ClaimFilter(identity.members(subject), predicate) for subject, predicate in sorted(about)]):
            heard = (claim.holder or claim.speaker) in voices if voices else claim.holder is None
            if heard and claim.said_at <= known_instant(self.asked.time.known_at):
                said[identity.canonical(claim.subject), claim.predicate].append(claim)

        def of(version: Version) -> Precisions:
            key, behind = (identity.canonical(version.subject), version.predicate), {each.claim_id for each in version.support}
            return Precisions.of([*(claim for claim in said[key] if claim.id in behind), *reversed(said[key])])  # corrections go first

        return {version.id: of(version) for version in versions}

    def _cited(self, versions: Sequence[Version]) -> list[Citation]:
        """The facts with what they were read out of."""
        store, graph, known = self.asked.view.store, self.asked.view.graph, known_instant(self.asked.time.known_at)
        facts = present(store, graph, versions, known, self.asked.identity)
        counted = {version.id: {each.claim_id for each in version.support if each.since <= known < each.until} for version in versions}
        claims = {claim.id: claim for claim in store.claims_by_id(graph, {id for ids in counted.values() for id in ids})}
        episodes = {episode.id: episode for episode in store.episodes(graph, ids={claim.episode_id for claim in claims.values()})}

        def quote(claim: Claim) -> Quote:
            episode = episodes[claim.episode_id]
            return Quote(claim.quote or episode.content or claim.text, episode.speaker, claim.said_at, episode)

        return [
            Citation(fact, tuple(quote(claim) for claim in sorted((claims[id] for id in counted[fact.id]), key=lambda claim: claim.order)))
            for fact in facts
        ]

    # Wording

    def _as_answer(
        self, versions: Sequence[Version], say: "Callable[[Fact, Version, Precisions], str]", dates: Sequence[Period] = ()
    ) -> Answer:
        if not versions:
            return not_known(self.asked, self.question, self.now)
        precisions, citations = self._precisions(versions), self._cited(versions)
        said = [
            say(citation.fact, version, precisions[version.id])
            for citation, version in zip(citations, versions, strict=True)
            if citation.fact
        ]
        text = " ".join(f"{each[0].upper()}{each[1:]}" for each in dict.fromkeys(said))
        if holder := self.asked.time.holder:
            text = f"As {holder} has it: {text}"
        if self.asked.time.known_at is not None:
            text = f"As known on {in_words(Period.instant(self.asked.time.known_at))}: {text}"
        return Answer(self.question, text, tuple(citations), self.asked.time, False, self.now, tuple(dates))

    def _state(self, found: Sequence[Version]) -> Answer:
        answer = self._as_answer(found, self._dated)
        yes = self.sought.objects is not None and _YES_OR_NO.search(self.question) and not _ASKS.search(self.question)
        return replace(answer, text=f"Yes: {answer.text}") if yes and not answer.abstained else answer

    def _dated(self, fact: Fact, version: Version, precisions: Precisions) -> str:
        """The fact with its valid time."""
        if version.kind == "event":
            return f"{told(fact)} {self._event(version, precisions)}."
        start, end = version.valid.start, version.valid.end
        words = told(fact, over=end <= self.now, lasting=start <= self.now)
        if not is_known(start):
            return f"{words} until {precisions.words(end)}." if end < FOREVER else f"{words}, since when is not known."
        begun = f"{precisions.words(start)}{' at the latest' if start in precisions.told else ''}"
        if end == FOREVER:
            return f"{words} {'since' if start <= self.now else 'from'} {begun}{'' if start <= self.now else ' on'}."
        return f"{words} from {begun} until {precisions.words(end)}."

    def _event(self, version: Version, precisions: Precisions) -> str:
        if version.valid.start in precisions.told:
            return precisions.on(version.valid.start)
        precision = precisions.period(version.valid.start).precision
        words = in_words(Period(version.valid.start, version.valid.end, precision))
        return f"{'on' if precision == 'day' else 'over' if precision == 'span' else 'in'} {words}"

    def _when(self, found: Sequence[Version]) -> Answer:
        edge = edge_of(self.sought.words)
        if edge is Edge.END:
            ended = [version for version in found if version.valid.end < FOREVER and version.kind != "event"]
            dates = self._dates(ended, lambda version: [version.valid.end])

            def until(fact: Fact, version: Version, precisions: Precisions) -> str:
                return f"{told(fact, over=version.valid.end <= self.now)} until {precisions.words(version.valid.end)}."

            return self._as_answer(ended, until, dates)
        begun = [version for version in found if is_known(version.valid.start)]
        both = edge is Edge.WHOLE
        dates = self._dates(begun, lambda version: [at for at in (version.valid.start, version.valid.end)[: 1 + both] if is_known(at)])
        return self._as_answer(begun, self._dated, dates)

    def _how_long(self, found: Sequence[Version]) -> Answer:
        stays = [
            version for version in found if is_known(version.valid.start) and version.valid.start < self.now and version.kind != "event"
        ]
        dates = self._dates(stays, lambda version: [version.valid.start, min(version.valid.end, self.now)])

        def say(fact: Fact, version: Version, precisions: Precisions) -> str:
            length = length_in_words(version.valid.start, min(version.valid.end, self.now))
            so_far = "" if version.valid.end <= self.now else " so far"
            return f"For {length}{so_far}: {self._dated(fact, version, precisions)}"

        return self._as_answer(stays, say, dates)

    def _changed(self, found: Sequence[Version]) -> Answer:
        window = self.asked.time.as_of or ALWAYS
        around = window if not is_known(window.start) else Period(window.start - TICK, window.end)
        touched = sorted(self._found(around), key=lambda version: version.order)  # with what ended just as the window began
        changed = [version for version in touched if _changes(version, window)]
        if not changed and found:
            answer = self._as_answer(found, self._dated)
            return replace(answer, text=f"No change is known then. {answer.text}")

        def say(fact: Fact, version: Version, precisions: Precisions) -> str:
            within = _changes(version, window)
            ends = (("began", version.valid.start), ("ended", version.valid.end))
            return f"{told(fact)}: {' and '.join(f'{verb} {precisions.on(at)}' for verb, at in ends if at in within)}."

        return self._as_answer(changed, say, self._dates(changed, lambda version: _changes(version, window)))

    def _dates(self, versions: Sequence[Version], ends: "Callable[[Version], Sequence[datetime]]") -> list[Period]:
        precisions = self._precisions(versions)
        return [Period.instant(at) if at == self.now else precisions[version.id].period(at) for version in versions for at in ends(version)]


def _changes(version: Version, window: Period) -> list[datetime]:
    """When it began and ended within the window."""
    return [at for at in (version.valid.start, version.valid.end) if is_known(at) and window.covers(at)]


_TENSES = {
    # By the first word of a predicate: its past, and what follows "has" of what lasts.
    "drives": ("drove", "driven"), "employs": ("employed", "employed"), "engaged": ("was engaged", "been engaged"), "has": ("had", "had"),
    "knows": ("knew", "known"), "leads": ("led", "led"), "likes": ("liked", "liked"), "lives": ("lived", "lived"),
    "manages": ("managed", "managed"), "married": ("was married", "been married"), "mentors": ("mentored", "mentored"),
    "owns": ("owned", "owned"), "plays": ("played", "played"), "reports": ("reported", "reported"), "speaks": ("spoke", "spoken"),
    "studies": ("studied", "studied"), "teaches": ("taught", "taught"), "volunteers": ("volunteered", "volunteered"),
    "works": ("worked", "worked"),
}  # fmt: skip


def told(fact: Fact, *, over: bool = False, lasting: bool = False) -> str:
    """The triplet as a sentence without its full stop; never the words it was told in, which may say "last week".

    Args:
        over: it has ended; `lasting`: it has begun, and a time follows that it has gone on since.
    """
    if fact.object == fact.text:
        return fact.text.rstrip(" .")
    verb, _, rest = fact.predicate.partition("_")
    past, participle = _TENSES.get(verb, ("", ""))
    if past and (over or lasting):
        said = f"{past if over else f'has {participle}'} {rest.replace('_', ' ')}"
        return " ".join(f"{fact.subject} {said} {fact.object}".split())
    if verb in {"married", "engaged"}:
        return f"{fact.subject} is {verb} {rest} {fact.object}"
    return sentence(fact.subject, fact.predicate, Value(fact.object)).rstrip(" .")
