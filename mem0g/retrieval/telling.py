"""A fact as a sentence, in the tense of its time. Pure."""

from mem0g.ingestion.stating import sentence
from mem0g.model import Fact, Value
from mem0g.retrieval.verbs import is_past, past_and_participle

_PREPOSITIONS = frozenset({"to", "of", "in", "at", "with", "from", "about", "for", "on", "by"})
_MEMBERS = frozenset({"member", "fan", "owner", "resident", "citizen", "student"})


def told(fact: Fact, *, over: bool = False, lasting: bool = False) -> str:
    """The triplet as a sentence without its full stop; never the words it was told in, which may say "last week".

    Args:
        over: it has ended; `lasting`: it has begun, and a time follows that it has gone on since.
    """
    if fact.object == fact.text:
        return fact.text.rstrip(" .")
    verb, _, rest = fact.predicate.partition("_")
    if forms := past_and_participle(verb):
        said = forms[0] if over else f"has {forms[1]}" if lasting else verb
        return " ".join(f"{fact.subject} {said} {rest.replace('_', ' ')} {fact.object}".split())
    being = "was" if over else "has been" if lasting else "is"
    if fact.predicate.rpartition("_")[2] in _PREPOSITIONS:
        if fact.event or (is_past(verb) and verb not in {"married", "engaged", "interested", "retired"}):
            being = "was" if verb == "born" else ""
        article = "a" if being and verb in _MEMBERS else ""
        return " ".join(f"{fact.subject} {being} {article} {fact.predicate.replace('_', ' ')} {fact.object}".split())
    if is_past(verb) or fact.event:
        return sentence(fact.subject, fact.predicate, Value(fact.object)).rstrip(" .")
    return f"{fact.subject}'s {fact.predicate.replace('_', ' ')} {being} {fact.object}"
