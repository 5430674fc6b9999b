"""Forms of English verbs, as far as predicates and answers need them. Pure."""

import re

_IRREGULAR = """
be is was been; become becomes became become; begin begins began begun; bring brings brought brought; build builds built built
buy buys bought bought; catch catches caught caught; choose chooses chose chosen; come comes came come; do does did done
draw draws drew drawn; drink drinks drank drunk; drive drives drove driven; eat eats ate eaten; feel feels felt felt
fly flies flew flown; get gets got got; give gives gave given; go goes went gone; grow grows grew grown; have has had had
hold holds held held; keep keeps kept kept; know knows knew known; lead leads led led; leave leaves left left; lend lends lent lent
lose loses lost lost; make makes made made; mean means meant meant; meet meets met met; pay pays paid paid; read reads read read
ride rides rode ridden; run runs ran run; say says said said; see sees saw seen; sell sells sold sold; send sends sent sent
sing sings sang sung; sleep sleeps slept slept; speak speaks spoke spoken; spend spends spent spent; swim swims swam swum
take takes took taken; teach teaches taught taught; tell tells told told; think thinks thought thought; wear wears wore worn
win wins won won; write writes wrote written
"""
_FORMS = [tuple(forms.split()) for forms in re.split(r"[;\n]", _IRREGULAR) if forms.strip()]
_BASE = {form: forms[0] for forms in _FORMS for form in forms}
_PAST = {forms[1]: (forms[2], forms[3]) for forms in _FORMS}
_PASTS = frozenset(form for forms in _FORMS for form in forms[2:])


def same_verb(one: str, other: str) -> bool:
    """Whether two words are forms of one verb: "visited" and "visits"; "sold" and "sell"."""
    return bool(bases(one) & bases(other))


def bases(word: str) -> set[str]:
    """What the word may be a form of: "visited" of "visit", or of "visite"."""
    if word in _BASE:
        return {_BASE[word]}
    found = {word}
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            root = word[: -len(ending)]
            found |= {root} if ending == "s" else {root, f"{root}e"}
            if ending in {"ing", "ed"} and re.search(r"([^aeiou])\1$", root):
                found.add(root[:-1])
            if ending in {"es", "ed"} and root.endswith("i"):
                found.add(f"{root[:-1]}y")
    return {_BASE.get(each, each) for each in found}


def past_and_participle(verb: str) -> tuple[str, str] | None:
    """Of a verb in its form of "she …s", the past and what follows "has": ("drove", "driven"); None where it is no such form."""
    if verb in _PAST:
        return _PAST[verb]
    if not re.search(r"[a-z]{2}s$", verb) or verb.endswith(("ss", "us", "is")):
        return None
    root = f"{verb[:-3]}y" if verb.endswith("ies") else verb[:-1]
    if re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", root):
        root += root[-1]
    past = f"{root}d" if root.endswith("e") else f"{root[:-1]}ied" if re.search(r"[^aeiou]y$", root) else f"{root}ed"
    return past, past


def is_past(verb: str) -> bool:
    """Whether it is a past form already: "visited", "bought"."""
    return verb in _PASTS or verb.endswith("ed")
