"""Amounts, ages, money, addresses and numbers: values that a pattern reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mem0g.model import Mention, Value
from mem0g.providers.offline.clauses import Clause, Polarity, child
from mem0g.providers.offline.findings import Finding, Sense
from mem0g.providers.offline.people import PERSON, People
from mem0g.providers.offline.syntax import after, found_value, rest_of
from mem0g.providers.offline.vocabulary import FORMER, KIN, NUMBERS, UNITS

if TYPE_CHECKING:
    from mem0g.providers.offline.parser import Span, Token

_AMOUNT = re.compile(r"(?<![\w.,-])(\d+(?:[.,]\d+)?)\s*(" + "|".join(sorted(UNITS, key=len, reverse=True)) + r")\b", re.IGNORECASE)
_NUMBER = "(?:" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"
_AGE = re.compile(rf"(\d{{1,3}}|{_NUMBER}(?:-{_NUMBER})?)(?:[ -]years?[ -]old)?\b", re.IGNORECASE)
_MONEY = re.compile(
    r"(?:[€£$]\s?\d[\d.,]*\d|\d[\d.,]*\d\s?(?:€|£|\$|euros?|pounds?|dollars?|francs?|kronor|kroner|eur|usd|gbp|chf)(?!\w))", re.IGNORECASE
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"\+?\d[\d ()/-]{5,}\d")
_REACHED: Final = re.compile(
    rf"\byou can (?:now )?(?:reach|call|email|e-mail|text|ring|contact) me (?:now )?(?:at|on|under) ({_EMAIL.pattern}|{_PHONE.pattern})",
    re.IGNORECASE,
)
_CONTACTS: Final = {
    "email": ("email", _EMAIL), "e-mail": ("email", _EMAIL), "mail": ("email", _EMAIL), "address": ("email", _EMAIL),
    "number": ("phone", _PHONE), "phone": ("phone", _PHONE), "mobile": ("phone", _PHONE),
}  # fmt: skip
_NOT_MINE: Final = frozenset({"not", "n't", "never", "no", "was", "were", "used", "old", "if", "or", "once", "his", "her", "their", "your"})


def contacts(sentence: Span, people: People) -> Iterator[Finding]:
    """One's own address or number, wherever the sentence has it: "My email has changed, it's a@b.example now"."""
    for noun in sentence:
        owner = child(noun, "poss")
        described = {word.lower_ for word in noun.lefts if word.dep_ in {"amod", "compound"}}
        if owner is None or owner.lower_ not in {"my", "our"} or described & (FORMER | {"work", "second", "other"}):
            continue
        predicate, pattern = _CONTACTS.get(noun.lemma_.lower(), ("", _EMAIL))
        found = pattern.findall(sentence.text) if predicate else []
        speaker = people.mention(owner)
        others = any(word.dep_ == "case" or word.ent_type_ == "PERSON" or word.lower_ in KIN for word in sentence)
        if len(found) == 1 and not others and speaker is not None and not {word.lower_ for word in sentence} & _NOT_MINE:
            yield Finding(speaker, predicate, Value(found[0], predicate), Sense.NAMED, None, noun.i)
    if reached := _REACHED.search(sentence.text):
        speaker = Mention(people.speaker, PERSON)
        predicate = "email" if "@" in reached[1] else "phone"
        yield Finding(speaker, predicate, Value(reached[1], predicate), Sense.NAMED, None, sentence.start)


def measured(clause: Clause, subject: Mention) -> Iterator[Finding]:
    """Age and height."""
    complement = child(clause.head, "attr", "acomp")
    if complement is None:
        return
    text = complement.doc[complement.left_edge.i : complement.right_edge.i + 1].text.partition(",")[0]
    if complement.lower_ == "tall" and (found := _AMOUNT.search(text)):
        yield found_value(clause, subject, "height", _amount(found), "amount", complement)
    elif (complement.tag_ == "CD" or complement.lower_ == "old") and (age := _AGE.match(text)) and _is_bare_age(complement, age[0], text):
        yield from (found_value(clause, subject, "age", years, "number", complement) for years in (years_in(age[1]),) if years)


def _is_bare_age(complement: Token, age: str, text: str) -> bool:
    rest = text.removeprefix(age).strip(" .!,")
    if any(word.lower_ in {"we", "us"} for word in complement.head.children):
        return False
    return rest in {"", "now", "today", "years old"} and not any(
        word.dep_ == "prep" for holder in (complement, complement.head) for word in holder.children
    )


def _amount(found: re.Match[str]) -> str:
    return f"{found[1]} {UNITS[found[2].lower()]}"


def rent_of(clause: Clause, owner: Mention, noun: Token) -> Iterator[Finding]:
    """As in "My rent is 900 euros"."""
    if found := _MONEY.search(rest_of(clause)):
        yield found_value(clause, owner, "pays_rent", found[0], "amount", noun)


def rising_rent(clause: Clause, people: People) -> Iterator[Finding]:
    """As in "My rent went up to 950 euros"."""
    owner = child(clause.subject, "poss") if clause.subject is not None else None
    found = re.search(rf"\bto ({_MONEY.pattern})", rest_of(clause), re.IGNORECASE)
    if owner is None or found is None or clause.polarity is not Polarity.HOLDS or (person := people.mention(owner)) is None:
        return
    yield found_value(clause, person, "pays_rent", found[1], "amount", clause.head, Sense.BEGINS)


def paying(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    """As in "I pay 900 euros rent", "900 euros in rent"."""
    words = rest_of(clause)
    if re.search(r"\brent\b", words) and len(_MONEY.findall(words)) == 1 and (found := _MONEY.search(words)):
        yield replace(found_value(clause, subject, "pays_rent", found[0], "amount", clause.head), phrase=found[0])


def weighing(clause: Clause, subject: Mention, people: People) -> Iterator[Finding]:
    """As in "I weigh 80 kg"."""
    if found := _AMOUNT.search(" ".join(word.text for word in clause.words())):
        yield found_value(clause, subject, "weighs", _amount(found), "amount", clause.head)


def weighing_now(clause: Clause, subject: Mention) -> Iterator[Finding]:
    """As in "I'm down to 80 kg"."""
    for word in clause.head.children:
        for amount in after(word, "to") if word.lower_ in {"down", "up"} else ():
            found = _AMOUNT.search(f"{amount.doc[amount.left_edge.i : amount.i + 1].text}")
            if found and UNITS[found[2].lower()] in {"kg", "lb", "stone"}:
                yield found_value(clause, subject, "weighs", _amount(found), "amount", amount)


def years_in(text: str) -> str:
    """The digits of an age, also of "six" and "thirty-four"; empty where it is none."""
    if text.isdigit():
        return str(int(text)) if 0 < int(text) < 116 else ""
    tens, _, ones = text.casefold().replace("-", " ").partition(" ")
    if tens not in NUMBERS or (ones and ones not in NUMBERS):
        return ""
    return str(NUMBERS[tens] + NUMBERS.get(ones, 0))


def email_of(clause: Clause, owner: Mention, noun: Token) -> Iterator[Finding]:
    """As in "My email is a@b.example"."""
    if found := _EMAIL.search(rest_of(clause)):
        yield found_value(clause, owner, "email", found[0], "email", noun)


def phone_of(clause: Clause, owner: Mention, noun: Token) -> Iterator[Finding]:
    """As in "My number is 0151 2345678"."""
    if found := _PHONE.search(rest_of(clause)):
        yield found_value(clause, owner, "phone", found[0], "phone", noun)


def measure_of(clause: Clause, owner: Mention, noun: Token) -> Iterator[Finding]:
    """As in "My height is 1.80 m"."""
    if found := _AMOUNT.search(rest_of(clause)):
        yield found_value(clause, owner, "weighs" if noun.lower_ == "weight" else "height", _amount(found), "amount", noun)
