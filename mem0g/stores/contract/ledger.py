"""Checks of how the ledger is read."""

from datetime import timedelta

from mem0g.model import EntityId, Progress, Source, Stage, Value, object_key
from mem0g.period import BEGINNING, FOREVER, TICK
from mem0g.ports import Change, ClaimFilter, GraphStore
from mem0g.stores.contract.promises import agree
from mem0g.stores.contract.samples import (
    ALICE,
    BOB,
    EVERY_VERSION,
    GRAPH,
    LISBON,
    OTHER,
    PORTO,
    claim,
    day,
    entity,
    episode,
    ids,
    judgement,
    merge,
    naming,
    one_of_each,
    retraction,
    version,
    wording,
)

_SUSHI = Value("Sushi")


def records_come_back_as_they_were(store: GraphStore) -> None:
    """Every field of every record is kept, to the microsecond, and kinds and ids come in their order."""
    wanted = one_of_each()
    store.commit(GRAPH, Change(wanted[::-1]))
    agree(list(store.records(GRAPH)), wanted, "records come back as they were, kind by kind, each sorted by id")
    agree(store.episodes(GRAPH, ids=["e"]), wanted[:1], "an episode comes back as it was")
    agree(store.entities(GRAPH, ids=[ALICE]), wanted[2:3], "an entity comes back as it was")
    agree(store.namings(GRAPH, ["f"]), wanted[4:5], "a naming comes back as it was")
    agree(store.names(GRAPH, [BOB]), wanted[4:5], "a naming comes back as it was")
    agree(store.merges(GRAPH), wanted[6:8], "a merge comes back as it was")
    agree(store.wordings(GRAPH), wanted[8:10], "a wording comes back as it was")
    agree(store.claims_by_id(GRAPH, ["c"]), wanted[10:11], "a claim comes back as it was")
    agree(store.judgements(GRAPH, ["c"]), wanted[-2:-1], "a judgement comes back as it was")
    agree(store.retractions(GRAPH, ["c"]), wanted[-1:], "a retraction comes back as it was")


def instants_are_exact(store: GraphStore) -> None:
    """Every instant that there is comes back as it was."""
    instants = [BEGINNING, BEGINNING + TICK, day(0) - TICK, day(0), day(0) + TICK, day(0.123456789), FOREVER - TICK, FOREVER]
    claims = [claim(f"c{index}", valid_from=at, valid_to=at) for index, at in enumerate(instants)]
    store.commit(GRAPH, Change(claims))
    agree([one.valid_from for one in store.claims_by_id(GRAPH, ids(claims))], instants, "an instant is kept to the microsecond")
    agree([one.valid_to for one in store.claims_by_id(GRAPH, ids(claims))], instants, "an instant is kept to the microsecond")


def episodes_in_said_order(store: GraphStore) -> None:
    """Episodes come in the order they were said, all of them or those asked for."""
    said = [episode("z", said=1), episode("a", said=2), episode("b", said=2), episode("k", said=2.5)]
    progress = [Progress("z", Stage.PENDING), Progress("a", Stage.FAILED), Progress("b", Stage.PENDING)]
    store.commit(GRAPH, Change(said[::-1], progress))
    agree(ids(store.episodes(GRAPH)), ["z", "a", "b", "k"], "episodes come in the order they were said, then by id")
    agree(
        ids(store.episodes(GRAPH, ids=["k", "z", "unknown"])), ["z", "k"], "episodes by id are those alone, and unknown ids are passed over"
    )
    agree(ids(store.episodes(GRAPH, stages=[Stage.PENDING])), ["z", "b"], "episodes by stage are those alone")
    agree(ids(store.episodes(GRAPH, stages=[Stage.PENDING, Stage.FAILED])), ["z", "a", "b"], "episodes by stage are of any of the stages")
    agree(ids(store.episodes(GRAPH, ids=["a", "b"], stages=[Stage.PENDING])), ["b"], "ids and stages narrow one another")
    agree((store.episodes(GRAPH, ids=[]), store.episodes(GRAPH, stages=[])), ([], []), "an empty choice lets nothing through")


def episodes_before_an_instant(store: GraphStore) -> None:
    """The last episodes said before an instant come oldest first."""
    store.commit(GRAPH, Change([episode(id, said=said) for id, said in (("z", 1), ("a", 2), ("b", 2), ("k", 3))]))
    agree(ids(store.episodes_before(GRAPH, day(3), 2)), ["a", "b"], "the last ones before an instant, not at it, come oldest first")
    agree(ids(store.episodes_before(GRAPH, day(3) + TICK, 9)), ["z", "a", "b", "k"], "an instant later one more is before it")
    agree(ids(store.episodes_before(GRAPH, day(2.5), 1)), ["b"], "of two said at once the greater id is the last")
    agree(store.episodes_before(GRAPH, day(3), 0), [], "none of none")


def episodes_beside_one_another(store: GraphStore) -> None:
    """Each episode's neighbours in said order are given as pairs."""
    told = (("z", 1), ("a", 2), ("b", 2), ("k", 3), ("m", 9))
    store.commit(GRAPH, Change([episode(id, said=said) for id, said in told]))
    store.commit(OTHER, Change([episode("c", graph=OTHER, said=2)]))

    def pairs(*ids: str, known: float = 99, within: float = 1) -> list[tuple[str, str]]:
        return store.adjacent_episodes(GRAPH, ids, day(known), timedelta(days=within))

    agree(pairs("a"), [("a", "b"), ("z", "a")], "an episode is beside the one before it and the one after it")
    agree(pairs("a", "b", "b"), [("a", "b"), ("b", "k"), ("z", "a")], "a pair comes once, and the pairs are sorted")
    agree(pairs("k"), [("b", "k")], "episodes further apart than the span are not beside one another")
    agree(pairs("k", within=6), [("b", "k"), ("k", "m")], "episodes as far apart as the span are")
    agree(pairs("a", "b", "k", known=2), [("a", "b"), ("z", "a")], "what was said after the known instant is beside nothing")
    agree((pairs(), pairs("c"), pairs("none")), ([], [], []), "no pair of none, of another graph's episode, or of one that is not there")


def what_stands_between_no_episodes(store: GraphStore) -> None:
    """Episodes are neighbours within a talk: over those of other labels, and over stated facts."""
    store.commit(
        GRAPH,
        Change([
            episode("a", said=1, user_id="u", run_id="r"),
            episode("b", said=2, user_id="u", run_id="s", agent_id="bot"),
            episode("c", said=3, user_id="u", source=Source.FACT, run_id="r"),
            episode("d", said=4, user_id="u", run_id="r"),
        ]),
    )  # fmt: skip

    def pairs(*ids: str, **labels: str) -> list[tuple[str, str]]:
        return store.adjacent_episodes(GRAPH, ids, day(9), timedelta(days=3), labels)

    agree(pairs("a", "b", "c", "d"), [("a", "b"), ("b", "d")], "a stated fact is beside nothing, and stands between no two others")
    agree(pairs("a", "b", run_id="r"), [("a", "d")], "what has other labels is beside nothing, and stands between no two others")
    agree(pairs("b", "d", user_id="u", agent_id="bot"), [], "an episode without one of the labels is beside nothing")
    agree(pairs("d", user_id="u", run_id="r"), [("a", "d")], "episodes of all the labels are beside one another")


def entities_by_id_and_name(store: GraphStore) -> None:
    """Entities are found by id, and by normalised name or alias."""
    people = [entity(ALICE, "Alice  O'NEIL", aliases=("Ali", "Straße")), entity(BOB, "Bob", aliases=("ALI",)), entity(LISBON)]
    store.commit(GRAPH, Change(people[::-1]))
    agree(store.entities(GRAPH), people, "entities are all there, sorted by id")
    agree(ids(store.entities(GRAPH, ids=[LISBON, ALICE, EntityId("x")])), [ALICE, LISBON], "entities by id are those alone, sorted")
    agree(ids(store.entities(GRAPH, names=["alice o'neil"])), [ALICE], "an entity is found by its normalised name")
    agree(ids(store.entities(GRAPH, names=["ali"])), [ALICE, BOB], "entities are found by an alias they share")
    agree(ids(store.entities(GRAPH, names=["strasse", "bob"])), [ALICE, BOB], "an alias is normalised like a name")
    agree(ids(store.entities(GRAPH, ids=[LISBON], names=["bob"])), [BOB, LISBON], "ids and names add to one another")
    agree((store.entities(GRAPH, ids=[]), store.entities(GRAPH, names=[])), ([], []), "an empty choice lets nothing through")
    many = ["lisbon", *(f"lisbon{number}" for number in range(5_000)), "bob"]
    agree(ids(store.entities(GRAPH, names=many)), [BOB, LISBON], "entities are found among thousands of names at once")


def entities_by_what_they_were_called(store: GraphStore) -> None:
    """Entities are found by what namings call them, as long as one does."""
    store.commit(
        GRAPH, Change([entity(ALICE), entity(BOB), naming("1", name="Straße"), naming("2", name="STRASSE"), naming("3", BOB, "BOB")])
    )
    store.commit(GRAPH, Change([naming("4", BOB, "straße", alias=True)]))
    agree(ids(store.entities(GRAPH, names=["strasse"])), [ALICE, BOB], "entities are found by the names that namings give them, normalised")
    for erased, wanted in (("1", [ALICE, BOB]), ("2", [BOB]), ("4", [])):
        store.commit(GRAPH, Change(erased=[erased]))
        agree(ids(store.entities(GRAPH, names=["strasse"])), wanted, "a name is gone with the last naming that gives it")
    store.commit(GRAPH, Change(erased=["3"]))
    agree(ids(store.entities(GRAPH, names=["bob"])), [BOB], "an entity keeps the name that it was made with")
    store.commit(GRAPH, Change([naming("5", name="Ali")], versions=[version()]))
    agree(store.match_facts(GRAPH, ["ali"], EVERY_VERSION, 9), [], "a name that only a naming gives is no word of a fact: it may be erased")


def names_said_first(store: GraphStore) -> None:
    """Of each spelling of an entity, as a name and as an alias, the naming said first is the one told."""
    said = [naming("1", said=2), naming("2", said=1), naming("3", said=1), naming("4", name="ali", said=3), naming("5", said=0, alias=True)]
    late = [
        naming("0", said=3, alias=True),
        naming("6", BOB, said=0),
        naming("7", name="ali", said=3, episode_id="f"),
        naming("8", name="", said=9),
    ]
    store.commit(GRAPH, Change([*said, *late, *(naming(f"many {number}", said=number + 9) for number in range(99))]))
    agree(ids(store.names(GRAPH, [ALICE])), ["2", "4", "5", "8"], "names are told by the naming said first, of several at once by id")
    agree(
        ids(store.names(GRAPH, [BOB, ALICE, BOB])),
        ["2", "4", "5", "6", "8"],
        "names of several entities are those of each, once, sorted by id",
    )
    agree((store.names(GRAPH, []), store.names(GRAPH, [LISBON])), ([], []), "what was never called anything has no names")
    agree(ids(store.namings(GRAPH, ["f", "unknown"])), ["7"], "namings are those of the episodes asked for")
    agree(ids(store.namings(GRAPH, ["f", "e"]))[:4], ["0", "1", "2", "3"], "namings are sorted by id")
    agree(store.namings(GRAPH, []), [], "no episode calls anything by a name")


def merges_by_id(store: GraphStore) -> None:
    """Merges come sorted by id."""
    store.commit(GRAPH, Change([merge("m2"), merge("m1", ALICE, PORTO)]))
    agree(ids(store.merges(GRAPH)), ["m1", "m2"], "merges come sorted by id")


def wordings_by_id(store: GraphStore) -> None:
    """Wordings come sorted by id, and make a graph."""
    store.commit(GRAPH, Change([wording("w2"), wording("w1", "address", "lives_in")]))
    agree(ids(store.wordings(GRAPH)), ["w1", "w2"], "wordings come sorted by id")
    agree(store.graphs(), [GRAPH], "a graph that holds wordings alone is listed")


def predicates_of_claims(store: GraphStore) -> None:
    """The predicates of claims are counted, denials and views of others included."""
    said = [claim("a"), claim("b", None, 1, negated=True), claim("c", holder=BOB), claim("d", predicate="visited")]
    store.commit(GRAPH, Change([*said, wording("w"), claim("e", predicate="führt")], versions=[version(predicate="owns")]))
    agree(store.predicates(GRAPH), {"führt": 1, "lives_in": 3, "visited": 1}, "predicates are those of claims, each with how many have it")
    store.commit(GRAPH, Change(erased=["a", "d"]))
    agree(store.predicates(GRAPH), {"führt": 1, "lives_in": 2}, "predicates are those of the claims that are left")


def claims_by_filter(store: GraphStore) -> None:
    """A claim filter lets through what could touch a claim of its subject, predicate and objects."""
    store.commit(
        GRAPH,
        Change([
            claim("lisbon", said=1), claim("porto", PORTO, 2), claim("sushi", _SUSHI, 3), claim("open", None, 4, negated=True),
            claim("only", Value("Oslo"), 5, exclusive=True), claim("meant", Value("Rome"), 6, correction=True, replaces=LISBON),
            claim("bob", said=7, subject=BOB), claim("visited", said=8, predicate="visited", replaces=LISBON, exclusive=True),
            claim("held", said=9, holder=BOB),
        ]),
    )  # fmt: skip
    wanted = {
        ClaimFilter((ALICE,), "lives_in"): ["lisbon", "porto", "sushi", "open", "only", "meant", "held"],
        ClaimFilter((ALICE,), "lives_in", (LISBON,)): ["lisbon", "open", "meant", "held"],
        ClaimFilter((ALICE,), "lives_in", (LISBON,), with_exclusive=True): ["lisbon", "open", "only", "meant", "held"],
        ClaimFilter((ALICE,), "lives_in", (object_key(Value(" SUSHI ")), PORTO)): ["porto", "sushi", "open"],
        ClaimFilter((ALICE,), "lives_in", ()): ["open"],
        ClaimFilter((ALICE,), "lives_in", (), with_exclusive=True): ["open", "only"],
        ClaimFilter((ALICE, BOB), "lives_in", (LISBON,)): ["lisbon", "open", "meant", "bob", "held"],
        ClaimFilter((PORTO,), "lives_in"): [],
        ClaimFilter((), "lives_in"): [],
        ClaimFilter((ALICE,), "lives"): [],
    }
    for where, passed in wanted.items():
        agree(ids(store.claims(GRAPH, [where])), passed, f"claims lets through what {where} says, in said order")
    both = [ClaimFilter((BOB,), "lives_in"), ClaimFilter((ALICE,), "visited"), ClaimFilter((ALICE, BOB), "visited")]
    agree(ids(store.claims(GRAPH, both)), ["bob", "visited"], "claims lets through what any of the filters does, each claim once")
    agree(store.claims(GRAPH, []), [], "no filter lets nothing through")


def claims_in_said_order(store: GraphStore) -> None:
    """Claims come by said time, then place in the episode, then id, whatever way they are asked for."""
    claims = [claim("z", said=1), claim("c", said=2, index=0), claim("b", said=2, index=1), claim("d", said=2, index=1), claim("a", said=3)]
    store.commit(GRAPH, Change(claims[::-1]))
    agree(store.claims(GRAPH, [ClaimFilter([ALICE], "lives_in")]), claims, "claims come in said order")
    agree(store.claims_by_id(GRAPH, ["a", "b", "c", "d", "z", "z", "unknown"]), claims, "claims by id come in said order, each once")
    agree(store.claims_of(GRAPH, ["e"], [ALICE], [ALICE]), claims, "claims of an episode come in said order, each once")
    agree(store.claims_by_id(GRAPH, []), [], "no id lets nothing through")


def claims_of_episodes_voices_and_entities(store: GraphStore) -> None:
    """Claims are found by episode, by who spoke or holds them, and by the entities they are about."""
    store.commit(
        GRAPH,
        Change([
            claim("a", said=1, episode_id="e1"), claim("b", PORTO, 2, episode_id="e2", speaker=BOB), claim("c", _SUSHI, 3, holder=BOB),
            claim("d", BOB, 4), claim("e", _SUSHI, 5, subject=BOB), claim("f", None, 6, replaces=PORTO),
        ]),
    )  # fmt: skip
    agree(ids(store.claims_of(GRAPH, episodes=["e1", "e2"])), ["a", "b"], "claims_of gives the claims of episodes")
    agree(ids(store.claims_of(GRAPH, voices=[BOB])), ["b", "c"], "claims_of gives what entities spoke or hold")
    agree(ids(store.claims_of(GRAPH, entities=[BOB])), ["d", "e"], "claims_of gives where entities are subject or object")
    agree(ids(store.claims_of(GRAPH, entities=[PORTO])), ["b", "f"], "claims_of gives where entities are object, or replaced")
    agree(ids(store.claims_of(GRAPH, ["e1"], [BOB], [PORTO])), ["a", "b", "c", "f"], "claims_of adds up what it is asked")
    agree(store.claims_of(GRAPH), [], "claims_of nothing is nothing")


def judgements_and_retractions_by_claim(store: GraphStore) -> None:
    """Judgements and retractions are found by the claims they join or name."""
    store.commit(GRAPH, Change([judgement("j3", "c", "a"), judgement("j1", "b", "a"), judgement("j2", "c", "b")]))
    store.commit(GRAPH, Change([retraction("r2", "a", "b"), retraction("r1", "b"), retraction("r3")]))
    agree(ids(store.judgements(GRAPH, ["a", "unknown"])), ["j1", "j3"], "judgements are found by either claim, sorted by id")
    agree(ids(store.judgements(GRAPH, ["b", "c"])), ["j1", "j2", "j3"], "judgements are found once")
    agree(ids(store.retractions(GRAPH, ["a", "b"])), ["r1", "r2"], "retractions are found by the claims they name, once, sorted by id")
    agree((store.judgements(GRAPH, []), store.retractions(GRAPH, ["c"])), ([], []), "what joins or names no such claim is not found")


CHECKS = (
    records_come_back_as_they_were,
    instants_are_exact,
    episodes_in_said_order,
    episodes_before_an_instant,
    episodes_beside_one_another,
    what_stands_between_no_episodes,
    entities_by_id_and_name,
    entities_by_what_they_were_called,
    names_said_first,
    merges_by_id,
    wordings_by_id,
    predicates_of_claims,
    claims_by_filter,
    claims_in_said_order,
    claims_of_episodes_voices_and_entities,
    judgements_and_retractions_by_claim,
)
