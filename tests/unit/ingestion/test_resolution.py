"""Who is meant: exact name, alias or the same letters, never a likeness."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mem0g.ingestion.resolution import Identity, names_of, resolve
from mem0g.model import Entity, EntityId, Episode, Mention, Merge, Naming, Value
from unit.samples import ALICE, GRAPH, LISBON, PORTO, claim, day

EPISODE = Episode("e", GRAPH, "", day(0), day(0), "Alice")


def merge(source: str, target: str, **others: Any) -> Merge:
    return Merge(f"{source} is {target} {others}", GRAPH, EntityId(source), EntityId(target), "", day(0), **others)


class Ledger:
    """The entities and merges that come of resolving mentions one after another."""

    def __init__(self) -> None:
        self.entities: dict[EntityId, Entity] = {}
        self.merges: dict[str, Merge] = {}
        self.namings: dict[str, Naming] = {}

    def mention(self, *mentions: Mention) -> list[EntityId]:
        resolution = resolve(mentions, self.entities.values(), self.merges.values(), GRAPH, day(0), self.namings.values())
        for mention in mentions:
            for name in (mention.name, *mention.aliases):
                naming = Naming.by(EPISODE, resolution.entities[mention], name, day(0))
                self.namings[naming.id] = naming
        self.entities |= {entity.id: entity for entity in resolution.created}
        self.merges |= {each.id: each for each in resolution.merges}
        return [resolution.entities[mention] for mention in mentions]

    def canonical(self, mention: Mention) -> EntityId:
        return Identity.of(self.merges.values()).canonical(self.mention(mention)[0])


LOOK_ALIKES = [
    ("Munich", "Berlin"),
    ("Pixel 9", "Pixel"),
    ("Pixel", "Pixels"),
    ("Bob", "Rob"),
    ("Alice", "Alicia"),
    ("New York", "New York City"),
    ("Lisbon", "Lisboa"),
    ("iPhone 14", "iPhone 15"),
    ("Dr. Smith", "Smith"),
    ("Flat 1-2", "Flat 12"),
    ("C", "C++"),
    ("!!", "??"),
]
SAME_LETTERS = [
    # A name, and one that is spelled with more accents and signs; the types of which that makes one.
    ("Anna", "Änna", {"person", "place", "organization", "animal"}),
    ("Sao Paulo", "São Paulo", {"person", "place", "organization", "animal"}),
    ("Perez Gomez", "Pérez Gómez", {"person", "place", "organization", "animal"}),
    ("ab", "a b", {"place", "organization", "animal", "other", "dish"}),
    ("ONeil", "O'Neil", {"person", "place", "organization", "animal", "other", "dish"}),
    ("St Johns", "St. John's", {"person", "place", "organization", "animal", "other", "dish"}),
    ("StJohns", "St. John's", {"place", "organization", "animal", "other", "dish"}),
    ("rose", "rosé", {"person", "place", "organization", "animal"}),
]
TYPES = ["", "person", "place", "organization", "animal", "other", "dish"]


@pytest.mark.parametrize("names", LOOK_ALIKES)
@pytest.mark.parametrize("type", ["", "place"])
def test_look_alikes_are_never_one(names: tuple[str, str], type: str) -> None:
    ledger = Ledger()
    one, other = ledger.mention(*(Mention(name, type) for name in names))
    assert one != other
    assert not ledger.merges


@pytest.mark.parametrize("names", SAME_LETTERS, ids=lambda names: names[1])
@pytest.mark.parametrize("type", TYPES)
def test_the_same_letters_are_one_where_a_known_type_says_what_they_name(names: tuple[str, str, set[str]], type: str) -> None:
    found = set()
    for first, second in permutations(names[:2]):
        ledger = Ledger()
        [one], [other] = ledger.mention(Mention(first, type)), ledger.mention(Mention(second, type))
        assert one != other
        assert bool(ledger.merges) == (type in names[2])
        found |= {(merge.source, merge.target, merge.reason, merge.decider) for merge in ledger.merges.values()}
    plain, signed = (Entity.named(GRAPH, name, day(0), type).id for name in names[:2])
    assert found == ({(plain, signed, f"{names[0]} is {names[1]}: the same letters", "rule")} if type in names[2] else set())


def test_the_same_letters_of_two_types_are_two() -> None:
    ledger = Ledger()
    ledger.mention(Mention("Sao Paulo", "organization"), Mention("São Paulo", "place"), Mention("São Paulo"))
    assert [merge.reason for merge in ledger.merges.values()] == []


def test_of_three_spellings_the_order_is_no_matter() -> None:
    found = set()
    for order in permutations(["Jo Ann", "Joann", "Jo-Ann"]):
        ledger = Ledger()
        for name in order:
            ledger.mention(Mention(name, "animal"))
        found.add(frozenset(ledger.merges))
        assert len({ledger.canonical(Mention(name, "animal")) for name in order}) == 1
    assert len(found) == 1


TWO_PEOPLE = [("Paul A.", "Paula"), ("Tim O.", "Timo"), ("Eric A", "Erica"), ("Li Na", "Lina"), ("Jo-Ann", "Joann"), ("はな", "ばな")]
ONE_PERSON = [("Anne-Marie", "Anne Marie"), ("O'Neil", "ONeil"), ("José", "Jose"), ("Paul A.", "Paul A"), ("J. R. Ewing", "J.R. Ewing")]


@pytest.mark.parametrize("names", TWO_PEOPLE)
def test_a_gap_in_a_name_makes_two_people(names: tuple[str, str]) -> None:
    ledger = Ledger()
    one, other = ledger.mention(*(Mention(name, "person") for name in names))
    assert one != other
    assert not ledger.merges


def test_the_letters_that_an_earlier_version_kept_are_no_name() -> None:
    paul = replace(Entity.named(GRAPH, "Paul A.", day(0), "person"), aliases=("paula",))
    resolution = resolve([Mention("Paula", "person")], [paul], [], GRAPH, day(0))
    assert [entity.name for entity in resolution.created] == ["Paula"]
    assert resolution.merges == ()


@pytest.mark.parametrize("names", ONE_PERSON)
def test_accents_apostrophes_points_and_hyphens_make_none(names: tuple[str, str]) -> None:
    for order in permutations(names):
        ledger = Ledger()
        ledger.mention(*(Mention(name, "person") for name in order))
        assert len({ledger.canonical(Mention(name, "person")) for name in order}) == 1


@pytest.mark.parametrize("names", [("A-", "A"), ("-5", "5"), ("Type A-", "Type A"), ("A- blood", "A blood"), ('"Emma"', "Emma")])
def test_a_sign_at_the_edge_of_a_word_counts_where_a_type_is_the_users_own(names: tuple[str, str]) -> None:
    ledger = Ledger()
    one, other = ledger.mention(*(Mention(name, "blood_type") for name in names))
    assert one != other
    assert not ledger.merges


def test_a_spelling_is_found_by_its_letters_and_is_an_entity_of_its_own() -> None:
    [entity] = resolve([Mention("St. John's", "place")], [], [], GRAPH, day(0)).created
    assert entity.aliases == ("stjohns",)
    assert "stjohns" in names_of(Mention("St Johns", "place"))
    assert names_of(Mention("St Johns")) == {"st johns"}
    [other] = resolve([Mention("StJohns", "place")], [entity], [], GRAPH, day(0)).created
    assert other.id != entity.id
    assert other.aliases == ()


@pytest.mark.parametrize("spelling", ["alice", "ALICE", "  Alice ", "\uff21\uff4c\uff49\uff43\uff45"])
def test_spellings_of_one_name_are_one(spelling: str) -> None:
    ledger = Ledger()
    assert len(set(ledger.mention(Mention("Alice"), Mention(spelling)))) == 1
    assert [entity.name for entity in ledger.entities.values()] == ["Alice"]


def test_a_mention_finds_the_entity_that_is_there() -> None:
    ledger = Ledger()
    [first] = ledger.mention(Mention("Alice", "person"))
    assert ledger.mention(Mention("alice", "person"), Mention("Alice")) == [first, first]
    assert len(ledger.entities) == 1


def test_an_alias_is_as_good_as_the_name() -> None:
    bob = replace(Entity.named(GRAPH, "Robert Miller", day(0), "person"), aliases=("Bob", "Bobby"))
    resolution = resolve([Mention("BOB"), Mention("Bobby", "person"), Mention("Rob")], [bob], [], GRAPH, day(1))
    assert resolution.entities[Mention("BOB")] == resolution.entities[Mention("Bobby", "person")] == bob.id
    assert resolution.entities[Mention("Rob")] != bob.id


@given(
    order=st.permutations([Mention("Alice"), Mention("alice", "person"), Mention("ALICE "), Mention("Alice", "person")]),
    cuts=st.integers(0, 7),
)
def test_it_does_not_matter_whether_the_type_is_learned_first_or_last(order: Sequence[Mention], cuts: int) -> None:
    """All are one in the end, and the one that stands is the typed one, however they are spread over episodes."""
    ledger = Ledger()
    start = 0
    for end in (*(index + 1 for index in range(3) if cuts >> index & 1), 4):
        ledger.mention(*order[start:end])
        start = end
    assert {ledger.canonical(mention) for mention in order} == {Entity.named(GRAPH, "Alice", day(0), "person").id}


def test_a_type_that_is_learned_is_recorded_as_a_merge_with_its_reason() -> None:
    ledger = Ledger()
    [untyped] = ledger.mention(Mention("Alice"))
    [typed] = ledger.mention(Mention("Alice", "person"))
    [recorded] = ledger.merges.values()
    assert (recorded.source, recorded.target) == (untyped, typed)
    assert recorded.reason == "Alice is the person of that name"


def test_two_of_one_name_and_different_types_are_two() -> None:
    ledger = Ledger()
    phone, pet = ledger.mention(Mention("Pixel", "device"), Mention("Pixel", "animal"))
    assert phone != pet
    assert not ledger.merges
    assert ledger.mention(Mention("Pixel", "device"), Mention("Pixel", "animal")) == [phone, pet]


def test_two_people_of_one_name_are_told_apart_by_their_discriminator() -> None:
    elder = Entity.named(GRAPH, "John Smith", day(0), "person", "the elder")
    younger = Entity.named(GRAPH, "John Smith", day(0), "person", "the younger")
    plain = Entity.named(GRAPH, "John Smith", day(0), "person")
    assert len({elder.id, younger.id, plain.id}) == 3
    for known in permutations([elder, younger, plain]):
        resolution = resolve([Mention("John Smith", "person"), Mention("john smith")], known, [], GRAPH, day(1))
        assert set(resolution.entities.values()) == {plain.id}
        assert not resolution.created


ROBERT = Mention("Robert", "person", ("Bob",))


@pytest.mark.parametrize("bob", [Mention("Bob"), Mention("BOB", "person")])
def test_what_one_is_also_called_is_a_name_whichever_is_said_first(bob: Mention) -> None:
    for order in permutations([ROBERT, bob, Mention("Robert", "person")]):
        ledger = Ledger()
        for mention in order:
            ledger.mention(mention)
        assert len({ledger.canonical(mention) for mention in order}) == 1
        assert Identity.of(ledger.merges.values()).canonical(ledger.mention(bob)[0]) == Entity.named(GRAPH, "Robert", day(0), "person").id
        assert [merge.reason for merge in ledger.merges.values()] in ([], ["Robert is also called Bob"])


def test_a_name_that_one_of_another_type_bears_is_not_stolen() -> None:
    dog = Mention("Bob", "animal")
    for order in permutations([dog, ROBERT]):
        ledger = Ledger()
        for mention in order:
            ledger.mention(mention)
        assert not ledger.merges
        robert, bob = ledger.mention(ROBERT, dog)
        assert robert != bob
        assert ledger.mention(Mention("Bob"), Mention("Bob", "person"), Mention("Bob", "place"))[:2] == [bob, robert]


def test_what_two_are_called_denotes_neither() -> None:
    ledger = Ledger()
    robert, roberta = ledger.mention(ROBERT, Mention("Roberta", "person", ("Bob",)))
    [bob] = ledger.mention(Mention("Bob", "person"))
    assert len({robert, roberta, bob}) == 3
    assert not ledger.merges
    ledger.mention(ROBERT)
    assert not ledger.merges


def test_an_alias_of_what_has_no_type_may_be_of_any() -> None:
    ledger = Ledger()
    [robert] = ledger.mention(Mention("Robert", "", ("Bob",)))
    assert ledger.mention(Mention("Bob", "person"), Mention("Bob")) == [robert, robert]


def test_an_entity_of_another_name_is_no_bearer() -> None:
    resolution = resolve([Mention("Lisbon")], [Entity.named(GRAPH, "Lisbon Airport", day(0))], [], GRAPH, day(0))
    assert [entity.name for entity in resolution.created] == ["Lisbon"]


# Merges


def test_merges_are_followed_to_their_end_whatever_their_order() -> None:
    merges = [merge("a", "b"), merge("b", "c"), merge("d", "b"), merge("x", "y")]
    for order in permutations(merges):
        identity = Identity.of(order)
        assert {identity.canonical(EntityId(id)) for id in "abcd"} == {"c"}
        assert identity.members(EntityId("a")) == frozenset("abcd")
        assert identity.members(EntityId("y")) == frozenset("xy")
        assert identity.members(EntityId("alone")) == {"alone"}


@pytest.mark.parametrize("pairs", [[("a", "b"), ("b", "a")], [("a", "a")], [("a", "b"), ("b", "c"), ("c", "a")]])
def test_merges_in_a_circle_make_one_entity(pairs: list[tuple[str, str]]) -> None:
    for order in permutations([merge(*pair) for pair in pairs]):
        identity = Identity.of(order)
        named = {EntityId(id) for pair in pairs for id in pair}
        assert len({identity.canonical(id) for id in named}) == 1
        assert identity.members(min(named)) == named


def test_what_is_parted_is_not_one_whatever_merged_it() -> None:
    merges = [merge("a", "b"), merge("b", "a"), merge("b", "c")]
    for parted in (("a", "b"), ("b", "a")):
        identity = Identity.of([*merges, merge(*parted, negated=True)])
        assert identity.members(EntityId("a")) == {"a"}
        assert identity.members(EntityId("b")) == {"b", "c"}


def test_what_is_parted_is_not_joined_by_a_third() -> None:
    """Li Na and Lina are two; Li-Na is one of them at most, and the same one whatever the order."""
    merges = [merge("li-na", "li na"), merge("li-na", "lina"), merge("li na", "lina"), merge("li na", "lina", negated=True)]
    found = {Identity.of(order).members(EntityId("li-na")) for order in permutations(merges)}
    assert len(found) == 1
    assert not any({"li na", "lina"} <= members for members in found)


ENDS = st.sampled_from("abcdef")


@given(
    merges=st.lists(st.tuples(ENDS, ENDS, st.booleans()).filter(lambda pair: pair[0] != pair[1]), max_size=12, unique=True), data=st.data()
)
def test_no_merges_ever_join_what_is_parted_and_order_is_no_matter(merges: list[tuple[str, str, bool]], data: st.DataObject) -> None:
    records = [merge(source, target, negated=negated) for source, target, negated in merges]
    identity = Identity.of(records)
    assert identity == Identity.of(data.draw(st.permutations(records)))
    for each in records:
        if each.negated:
            assert identity.canonical(each.source) != identity.canonical(each.target)
        else:
            apart = {(identity.canonical(one.source), identity.canonical(one.target)) for one in records if one.negated}
            ends = (identity.canonical(each.source), identity.canonical(each.target))
            assert ends[0] == ends[1] or ends in apart or ends[::-1] in apart
    assert all(identity.canonical(end) in identity.members(end) for end in map(EntityId, "abcdef"))


def test_a_spelling_of_two_that_are_parted_is_neither() -> None:
    ledger = Ledger()
    one, other = ledger.mention(Mention("St. John's", "place"), Mention("StJohns", "place"))
    apart = Merge.of(ledger.entities[one], ledger.entities[other], "two towns", day(0), "caller", negated=True)
    ledger.merges[apart.id] = apart
    before = dict(ledger.merges)
    ledger.mention(Mention("St Johns", "place"))
    assert ledger.merges == before


def test_an_alias_does_not_join_what_is_parted() -> None:
    ledger = Ledger()
    ids = ledger.mention(*(Mention(name, "person") for name in ("Rob", "Robert", "Bobby")))
    rob, robert, bobby = (ledger.entities[id] for id in ids)
    known = [Merge.of(rob, bobby, "", day(0)), Merge.of(robert, bobby, "two people", day(0), negated=True)]
    ledger.merges = {each.id: each for each in known}
    ledger.mention(Mention("Robert", "person", ("Rob",)))
    assert list(ledger.merges.values()) == known


def test_a_claim_is_told_of_those_that_stand_in_every_place() -> None:
    identity = Identity.of([merge("lisbon", "lisboa"), merge("alice", "al"), merge("porto", "oporto")])
    told = identity.claim(claim("a", LISBON, holder=ALICE, replaces=PORTO))
    assert (told.speaker, told.holder, told.subject, told.object, told.replaces) == ("al", "al", "al", "lisboa", "oporto")
    value = identity.claim(claim("b", Value("lisbon")))
    assert value.object == Value("lisbon")
    assert identity.claim(claim("c", None, negated=True)).object is None


def test_the_keys_of_an_object_are_those_of_all_it_was_merged_with_and_values_stay() -> None:
    identity = Identity.of([merge("lisbon", "lisboa")])
    assert identity.object_keys(["lisboa", "value:text:lisbon"]) == {"lisbon", "lisboa", "value:text:lisbon"}
