"""Corrections: "I meant Porto, not Lisbon" finds what was said wrong, and says it again right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from mem0g.model import ClaimDraft, Kind, Mention, Value, normalise
from mem0g.providers.offline.sentences import sentence

_OPENING = r"(?:(?:oh|oops|sorry|no|wait|ah|ugh|argh|hmm|my mistake|my bad|silly me|correction|actually|i mean)[\s,.:;!—-]+)*"
_NAME = r"[^,.;!?\n]{1,60}?"
_AGAINST = r"(?:[,;—-]?\s*(?:and\s+)?(?:not|rather than|instead of)\s+(?P<wrong>" + _NAME + r"))"
_MEANT = re.compile(
    rf"^{_OPENING}(?:but\s+)?i\s+(?:meant|mean|should have said|meant to say)[\s:,]+(?P<right>{_NAME}){_AGAINST}?"
    r"(?:[,;]?\s*(?:sorry|of course|oops))?[.!\s]*$",
    re.IGNORECASE,
)
_IT_IS = re.compile(
    rf"^(?P<cue>{_OPENING})(?:it|that)(?:'s|\s+is|\s+was|\s+should\s+be)\s+(?:actually\s+)?(?P<right>{_NAME}){_AGAINST}[.!\s]*$",
    re.IGNORECASE,
)
_CUED = re.compile(
    rf"^(?:correction\s*[:,—-]|make that|sorry,|oops,|no wait,|wait, no,)\s*{_OPENING}(?P<right>{_NAME}){_AGAINST}?[.!\s]*$", re.IGNORECASE
)
_STARRED = re.compile(r"^\s*(?:\*(?P<right>[^\s*][^*\n]{0,40}?)|(?P<right_before>[^\s*][^*\n]{0,40}?)\*)\s*$")
_SAID_BUT_MEANT = re.compile(
    rf"^{_OPENING}i\s+(?:said|wrote)\s+(?P<wrong>{_NAME}),?\s+(?:but|and)\s+(?:i\s+)?meant\s+(?P<right>{_NAME})[.!\s]*$", re.IGNORECASE
)
_NOT_BUT = re.compile(rf"^{_OPENING}not\s+(?P<wrong>{_NAME})(?:\s*[,;—-]\s*|\s+)(?:but\s+)?(?P<right>{_NAME})[.!\s]*$", re.IGNORECASE)
_BARE = re.compile(rf"^{_OPENING}(?P<right>{_NAME}),?\s+not\s+(?P<wrong>{_NAME})(?:,\s*(?:sorry|i mean|oops))?[.!\s]*$", re.IGNORECASE)
_CONTRAST = re.compile(rf"(?:,\s*|\s|\()(?:not|instead of|rather than)\s+(?P<wrong>{_NAME})(?=[.!,;)]|$)", re.IGNORECASE)
_TAKEN_BACK = re.compile(
    r"^(?:please |just |ok,? |okay,? |oh,? |wait,? )*(?:forget|ignore|disregard|scratch|strike|delete) "
    r"(?:what i (?:said|told you|wrote) about|that i said)[ ,]+(?P<what>[^,.;!?—]+)",
    re.IGNORECASE,
)
_RESTATED = tuple(
    (re.compile(rf"^(?:me )?{form}$", re.IGNORECASE), restated)
    for form, restated in (
        (r"(?:my|the) (?P<thing>[\w-]+(?: [\w-]+)?) allergy", "am allergic to"),
        (r"(?:my|the) allergy to (?P<thing>[\w -]+)", "am allergic to"),
        (r"being allergic to (?P<thing>[\w -]+)", "am allergic to"),
        (r"being (?P<thing>[\w-]+)", "am"),
        (r"working (?P<thing>(?:for|at) [\w .&-]+)", "work"),
        (r"living (?P<thing>in [\w .-]+)", "live"),
        (r"(?:liking|loving) (?P<thing>[\w -]+)", "like"),
    )
)
_LEAD = re.compile(r"^(?:in|to|at|for|from|with|as|on|the|a|an|my)\s+", re.IGNORECASE)
_CUES = re.compile(r"^no\b|\b(?:actually|correction|sorry|oops|i meant|mistake|mistaken|wrong|misspoke)\b", re.IGNORECASE)
_STRONG_CUES = re.compile(r"\b(?:correction|i meant|my mistake|my bad|misspoke|mistyped)\b", re.IGNORECASE)
_NO_NAMES = frozenset(
    [
        "it",
        "that",
        "this",
        "what",
        "so",
        "well",
        "everything",
        "every",
        "bad",
        "yet",
        "now",
        "here",
        "there",
        "sure",
        "really",
        "just",
        "all",
        "too",
        "at",
    ]
)
_VERBS = frozenset(
    [
        "i",
        "you",
        "he",
        "she",
        "we",
        "they",
        "is",
        "are",
        "was",
        "were",
        "am",
        "be",
        "been",
        "do",
        "does",
        "did",
        "don",
        "have",
        "has",
        "had",
        "can",
        "will",
        "would",
        "could",
        "should",
        "may",
        "might",
        "must",
        "s",
        "m",
        "re",
        "ve",
        "ll",
        "t",
        "d",
    ]
)
_NUMBER = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Correction:
    """What a sentence puts right: the right name, and the wrong one where it is said."""

    right: str
    wrong: str = ""


def correction_in(text: str) -> Correction | None:
    """The correction that a sentence is, if it is one and nothing else."""
    text = text.strip()
    for pattern in (_SAID_BUT_MEANT, _MEANT, _IT_IS, _STARRED, _NOT_BUT, _BARE):
        if found := pattern.match(text):
            return _correction(found)
    found = _CUED.match(text)
    if found and (found["wrong"] or text.lower().startswith(("correction", "make that"))):
        return _correction(found)
    return None


def taken_back(text: str) -> str:
    """What a sentence takes back, as it will have been said; else empty.

    Of "Forget what I said about my nut allergy" it is "I am allergic to nut".
    """
    found = _TAKEN_BACK.match(text.strip())
    if found is None:
        return ""
    for pattern, restated in _RESTATED:
        if what := pattern.match(found["what"]):
            return f"I {restated} {what['thing']}."
    return ""


def as_correction(draft: ClaimDraft, text: str, said: Callable[[], Iterable[ClaimDraft]]) -> ClaimDraft:
    """`draft`, a whole claim of the sentence `text`, as a correction where the sentence says that it is one.

    "Actually, I live in Porto, not Lisbon" names what was wrong; "Correction: I weigh 72 kg" means what was `said` of the same before.
    """
    if not _CUES.search(text) or draft.negated or draft.object is None or draft.predicate == "plans":
        return draft
    contrast = _CONTRAST.search(text)
    wrong = _LEAD.sub("", contrast["wrong"].strip()) if contrast else ""
    if wrong and _is_name(wrong) and not _is_named(draft.object, wrong):
        return replace(draft, correction=True, replaces=_in_place_of(draft.object, wrong))
    if not _STRONG_CUES.search(text):
        return draft
    same = (
        earlier
        for earlier in said()
        if (earlier.subject.name, earlier.predicate, earlier.negated) == (draft.subject.name, draft.predicate, False)
    )
    before = next(same, None)
    return replace(draft, correction=True, replaces=before.object) if before is not None and before.object != draft.object else draft


def corrected(correction: Correction, said: Sequence[ClaimDraft], quote: str) -> ClaimDraft | None:
    """The claim of `said`, latest first, that the correction means, put right; None where none fits."""
    standing = [
        draft for draft in said if draft.object is not None and not draft.negated and draft.predicate != "plans" and draft.holder is None
    ]
    if correction.wrong:
        wrong = next((draft for draft in standing if _is_named(draft.object, correction.wrong)), None)
    else:
        wrong = next((draft for draft in standing if _is_alike(draft, correction.right)), None)
    if wrong is None or _is_named(wrong.object, correction.right):
        return None
    return put_right(wrong, correction.right, quote)


def put_right(wrong: ClaimDraft, right: str, quote: str) -> ClaimDraft:
    """`wrong` said again with the right object; without a time it takes over the validity of what it corrects."""
    object = _in_place_of(wrong.object, right)
    text = sentence(wrong.subject.name, wrong.predicate, right, event=wrong.kind is Kind.EVENT)
    return replace(wrong, object=object, text=text, quote=quote, valid=None, correction=True, replaces=wrong.object, confidence=1.0)


def _in_place_of(object: Mention | Value | None, name: str) -> Mention | Value:
    match object:
        case Value(datatype=datatype):
            return Value(name, datatype)
        case Mention(type=type):
            return Mention(name, type)
        case None:
            return Mention(name)


def _correction(found: re.Match[str]) -> Correction | None:
    groups = found.groupdict()
    stated = (groups.get("right") or groups.get("right_before") or "", groups.get("wrong") or "")
    right, wrong = (_LEAD.sub("", name.strip(" \"'")).strip() for name in stated)
    if not _is_name(right) or (wrong and not _is_name(wrong)):
        return None
    return Correction(right, wrong)


def _is_name(text: str) -> bool:
    """Whether `text` can name an object: a few words, of which the first or a number stands out."""
    words = text.lower().replace("'", " ").split()
    return 0 < len(words) <= 4 and words[0] not in _NO_NAMES and not set(words) & _VERBS


def _is_named(object: Mention | Value | None, name: str) -> bool:
    match object:
        case Mention(name=own) | Value(text=own):
            return normalise(own) == normalise(name)
        case None:
            return False


def _is_alike(draft: ClaimDraft, name: str) -> bool:
    """Whether `name` may stand where the object stands: a number for a number, a capital for a capital."""
    match draft.object:
        case Value(text=own):
            return bool(_NUMBER.search(own)) == bool(_NUMBER.search(name)) and own.split()[-1:] == name.split()[-1:]
        case Mention(name=own):
            return own[:1].isupper() == name[:1].isupper() and not _NUMBER.search(name)
        case None:
            return False
