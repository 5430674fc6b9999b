"""Checks of `facts` and `versions`: what a filter lets through, and in which order."""

from dataclasses import replace

from mem0g.model import Kind, Object, Value, Version, object_key
from mem0g.period import ALWAYS, BEGINNING, FOREVER, TICK, Period, Precision
from mem0g.ports import Change, ClaimFilter, FactFilter, GraphStore, Link
from mem0g.stores.contract.promises import agree
from mem0g.stores.contract.samples import (
    ALICE,
    BOB,
    GRAPH,
    LISBON,
    PORTO,
    at,
    claim,
    day,
    days,
    episode,
    ids,
    keep_facts,
    objects,
    supported,
    version,
    whole,
)

_SUSHI = Value("Sushi")
_OSLO, _ROME, _KYIV = Value("Oslo"), Value("Rome"), Value("Kyiv")


def facts_come_back_as_they_were(store: GraphStore) -> None:
    """Every field of every fact is kept, with its support, to the microsecond."""
    odd = Period(day(0.123456789), day(5) + TICK, Precision.SPAN)
    facts = [
        version(valid=ALWAYS, known=ALWAYS, text='¿Qué?\n"It\'s" 😀'),
        version(Value('"82", Kg', "amount"), valid=odd, known=odd, kind=Kind.EVENT, holder=BOB, support=(supported("c"),)),
        version(PORTO, valid=days(1, None), known=Period(day(3), FOREVER), support=(supported("z", 2, 3), supported("a", 0.1234567891))),
    ]
    keep_facts(store, *facts)
    agree(whole(store.facts(GRAPH, FactFilter(any_holder=True, known_at=None))), whole(facts), "facts come back as they were")


def facts_in_order(store: GraphStore) -> None:
    """Facts come by start of validity, then of knowledge, then id."""
    same = sorted((version(PORTO, days(2, 4), days(1, None)), version(LISBON, days(2, 4), days(1, None))), key=lambda fact: fact.id)
    facts = [version(valid=days(None, 1)), version(known=days(0, 3)), version(known=days(1, 2)), *same, version(valid=days(3, None))]
    keep_facts(store, *facts[::-1])
    everything = FactFilter(known_at=None)
    agree(ids(store.facts(GRAPH, everything)), ids(facts), "facts come by start of validity, then of knowledge, then id")
    agree(ids(store.facts(GRAPH, everything, limit=2)), ids(facts[:2]), "a limit keeps the first ones")
    agree(store.facts(GRAPH, everything, limit=0), [], "a limit of none lets none through")
    agree(ids(store.facts(GRAPH, everything, limit=99)), ids(facts), "a limit above the number lets all through")
    by_subject = FactFilter(subjects=[ALICE], known_at=None)
    agree(ids(store.facts(GRAPH, by_subject, limit=3)), ids(facts[:3]), "a limit keeps the first ones, whatever else is asked")


def facts_of_a_holder(store: GraphStore) -> None:
    """Without a holder the record is meant; any holder is all of them."""
    keep_facts(store, version(LISBON), version(PORTO, days(1, None), holder=BOB), version(_OSLO, days(2, None), holder=ALICE))
    _agree_objects(store, FactFilter(), [LISBON], "the record is meant where no holder is named")
    _agree_objects(store, FactFilter(holder=BOB), [PORTO], "a holder's facts are no one else's")
    _agree_objects(store, FactFilter(any_holder=True), [LISBON, PORTO, _OSLO], "any holder lets all through, the record included")
    _agree_objects(store, FactFilter(holder=BOB, any_holder=True), [LISBON, PORTO, _OSLO], "any holder lets all through, whoever is named")


def facts_by_what_they_say(store: GraphStore) -> None:
    """Ids, subjects, predicates, objects and touched entities narrow one another; an empty choice lets nothing through."""
    facts = _spread_facts()
    keep_facts(store, *facts.values())
    wanted = {
        "ids": (FactFilter(ids=[facts["alice lisbon"].id, facts["bob alice"].id, "unknown"]), ["alice lisbon", "bob alice"]),
        "subjects": (FactFilter(subjects=[ALICE]), ["alice lisbon", "alice sushi", "alice bob"]),
        "predicates": (FactFilter(predicates=["knows", "likes"]), ["alice sushi", "alice bob", "bob alice"]),
        "entities as objects": (FactFilter(objects=[LISBON, ALICE]), ["alice lisbon", "bob lisbon", "bob alice"]),
        "values as objects": (FactFilter(objects=[object_key(Value(" SUSHI"))]), ["alice sushi"]),
        "touching": (FactFilter(touching=[BOB]), ["alice bob", "bob lisbon", "bob alice"]),
        "touching either": (FactFilter(touching=[BOB, LISBON]), ["alice lisbon", "alice bob", "bob lisbon", "bob alice"]),
        "subjects and predicates": (FactFilter(subjects=[ALICE, BOB], predicates=["knows"]), ["alice bob", "bob alice"]),
        "subjects and objects": (FactFilter(subjects=[BOB], objects=[LISBON]), ["bob lisbon"]),
        "predicates and objects": (FactFilter(predicates=["lives_in"], objects=[LISBON]), ["alice lisbon", "bob lisbon"]),
        "touching and subjects": (FactFilter(touching=[LISBON], subjects=[BOB]), ["bob lisbon"]),
        "touching and objects": (FactFilter(touching=[BOB], objects=[LISBON]), ["bob lisbon"]),
        "touching and predicates": (FactFilter(touching=[BOB], predicates=["knows"]), ["alice bob", "bob alice"]),
        "ids and the rest": (FactFilter(ids=ids(facts.values()), subjects=[BOB], predicates=["knows"], objects=[ALICE]), ["bob alice"]),
        "no ids": (FactFilter(ids=[]), []),
        "no subjects": (FactFilter(subjects=[]), []),
        "no predicates": (FactFilter(predicates=[]), []),
        "no objects": (FactFilter(objects=[]), []),
        "touching none": (FactFilter(touching=[]), []),
        "subjects and no predicates": (FactFilter(subjects=[ALICE], predicates=[]), []),
    }
    for name, (where, passed) in wanted.items():
        agree(ids(store.facts(GRAPH, where)), [facts[one].id for one in passed], f"facts lets through what the filter says: {name}")


def facts_as_of_an_instant(store: GraphStore) -> None:
    """As of an instant: the states valid then, closed-open, and the events begun by then."""
    _keep_timed(store)
    wanted: dict[Period, list[Object]] = {
        Period.instant(day(2) - TICK): [LISBON],
        at(2): [LISBON, PORTO, _SUSHI],
        Period.instant(day(4) - TICK): [LISBON, PORTO, _SUSHI],
        at(4): [LISBON, _SUSHI, _OSLO],
        at(100): [LISBON, _SUSHI, _OSLO, _ROME],
        Period.instant(BEGINNING): [LISBON],
        Period.instant(FOREVER - TICK): [LISBON, _SUSHI, _OSLO, _ROME],
    }
    for as_of, passed in wanted.items():
        _agree_objects(store, FactFilter(as_of=as_of), passed, f"as of the instant {as_of.start}: the states valid and the events begun")


def facts_as_of_a_stretch(store: GraphStore) -> None:
    """As of a stretch of time: the states and the events that overlap it."""
    _keep_timed(store)
    wanted: dict[Period, list[Object]] = {
        days(0, 2): [LISBON],
        Period(day(0), day(2) + TICK): [LISBON, PORTO, _SUSHI],
        days(3, 4): [LISBON, PORTO],
        days(4, 50): [LISBON, _OSLO],
        days(3, 99): [LISBON, PORTO, _OSLO, _ROME],
        ALWAYS: [LISBON, PORTO, _SUSHI, _OSLO, _ROME],
        Period(day(3), day(3) + TICK): [LISBON, PORTO],
    }
    for as_of, passed in wanted.items():
        _agree_objects(store, FactFilter(as_of=as_of), passed, f"as of the stretch {as_of}: the states and events that overlap it")
    _agree_objects(store, FactFilter(), [LISBON, PORTO, _SUSHI, _OSLO, _ROME], "without `as_of` all valid time is meant")


def facts_known_at_an_instant(store: GraphStore) -> None:
    """Known at an instant: closed-open; at none, every version that ever was."""
    facts = [version(valid=days(number, None), known=known) for number, known in enumerate((days(None, 2), days(2, 4), days(4, None)))]
    keep_facts(store, *facts)
    agree(store.facts(GRAPH, FactFilter()), facts[2:], "at best knowledge: what is still believed")
    agree(store.facts(GRAPH, FactFilter(known_at=day(2) - TICK)), facts[:1], "a fact is not believed before its knowledge begins")
    agree(store.facts(GRAPH, FactFilter(known_at=day(2))), facts[1:2], "a fact is believed when its knowledge begins, and not when it ends")
    agree(store.facts(GRAPH, FactFilter(known_at=BEGINNING)), facts[:1], "what was always known was known in the beginning")
    agree(store.facts(GRAPH, FactFilter(known_at=None)), facts, "known at no instant: every version that ever was")
    agree(store.facts(GRAPH, FactFilter(known_at=day(2), as_of=at(0))), [], "both times narrow the answer")


def facts_by_label(store: GraphStore) -> None:
    """Labels let through facts with a supporting claim, at the known instant, from an episode of all of them."""
    episodes = [episode("e1", agent_id="a", run_id="r"), episode("e2", agent_id="a"), episode("e3", run_id="r"), episode("e4")]
    store.commit(GRAPH, Change([*episodes, *(claim(f"c{number}", episode_id=f"e{number}") for number in range(1, 5))]))
    keep_facts(
        store,
        version(LISBON, support=(supported("c1", 0, 5), supported("c4"))),
        version(PORTO, days(1, None), support=(supported("c2"), supported("c3"))),
        version(_OSLO, days(2, None), support=(supported("c4"), supported("unknown"))),
    )
    _agree_objects(
        store, FactFilter(labels={"agent_id": "a"}), [PORTO], "a label needs a claim that supports the fact at the known instant"
    )
    _agree_objects(store, FactFilter(labels={"agent_id": "a"}, known_at=day(4)), [LISBON, PORTO], "support counts at the known instant")
    _agree_objects(store, FactFilter(labels={"agent_id": "a"}, known_at=day(5)), [PORTO], "support is closed-open")
    _agree_objects(store, FactFilter(labels={"agent_id": "a"}, known_at=None), [LISBON, PORTO], "at no instant: support that ever was")
    both = {"agent_id": "a", "run_id": "r"}
    _agree_objects(store, FactFilter(labels=both, known_at=None), [LISBON], "all labels are of one episode, not of several")
    _agree_objects(store, FactFilter(labels={"agent_id": "b"}, known_at=None), [], "a label nobody has lets nothing through")
    _agree_objects(store, FactFilter(labels={}), [LISBON, PORTO, _OSLO], "no label narrows nothing")


def links_latest_first(store: GraphStore) -> None:
    """Links are the facts by their ends: the latest start first, then the larger id; of each touched entity as many as are asked for."""
    same = sorted((version(PORTO, days(2, 4)), version(BOB, days(2, None))), key=lambda fact: fact.id)
    looped = version(BOB, days(4, None), subject=BOB)
    facts = [version(valid=days(None, 3)), version(_SUSHI, days(1, None)), *same, version(PORTO, days(3, None), subject=BOB), looped]
    keep_facts(store, *facts, version(holder=BOB), version(known=days(0, 1)))
    latest = [_link(fact) for fact in reversed(facts)]
    agree(store.links(GRAPH, FactFilter()), latest, "links come by start of validity, then id, the latest first; a literal has no id")
    agree(store.links(GRAPH, FactFilter(as_of=at(3.5))), latest[1:5], "what is not visible has no link")
    agree(store.links(GRAPH, FactFilter(ids=ids(facts[1:3]))), latest[3:5], "links let through what the filter says")
    touching = FactFilter(touching=[ALICE, BOB])
    agree(store.links(GRAPH, touching), latest, "without a number every link is given")
    agree(store.links(GRAPH, touching, 99), latest, "a number above that of the links lets all through, each once")
    agree(store.links(GRAPH, touching, 1), [latest[0], latest[2]], "of each entity its latest, whichever end it is")
    agree(store.links(GRAPH, FactFilter(touching=[BOB]), 2), latest[:2], "of one entity as many as are asked for, whichever end it is")
    agree(store.links(GRAPH, FactFilter(touching=[LISBON, PORTO]), 1), [latest[1], latest[5]], "each entity has a number of its own")
    agree(store.links(GRAPH, replace(touching, as_of=at(0)), 1), latest[5:], "what is not visible takes no place in the number")
    agree(store.links(GRAPH, touching, 0), [], "a number of none lets none through")
    agree(store.links(GRAPH, FactFilter(touching=[]), 1), [], "touching none lets none through")


def _link(fact: Version) -> Link:
    return Link(fact.id, fact.subject, fact.predicate, None if isinstance(fact.object, Value) else fact.object, fact.valid.start)


def versions_of_triplets(store: GraphStore) -> None:
    """Versions gives every version, of any holder, of the triplets named, whatever was believed when."""
    facts = [
        version(valid=days(0, 2), known=days(0, 1)), version(valid=days(1, 2), holder=BOB), version(_SUSHI, days(2, 3)),
        version(valid=days(3, None), subject=BOB), version(valid=days(4, None), predicate="visited", kind=Kind.EVENT),
    ]  # fmt: skip
    keep_facts(store, *facts[::-1])
    wanted = {
        (ClaimFilter((ALICE,), "lives_in"),): facts[:3],
        (ClaimFilter((ALICE,), "lives_in", (LISBON,)),): facts[:2],
        (ClaimFilter((ALICE,), "lives_in", (object_key(_SUSHI), PORTO), with_exclusive=True),): facts[2:3],
        (ClaimFilter((ALICE,), "lives_in", ()),): [],
        (ClaimFilter((ALICE,), "visited"), ClaimFilter((ALICE, BOB), "lives_in", (LISBON,)), ClaimFilter((BOB,), "lives_in")): [
            *facts[:2],
            *facts[3:],
        ],
        (): [],
    }
    for where, passed in wanted.items():
        agree(whole(store.versions(GRAPH, where)), whole(passed), f"versions gives every version of {where}, once, sorted")


def _spread_facts() -> dict[str, Version]:
    """Facts about several subjects, predicates and objects, in the order that `facts` gives them."""
    return {
        "alice lisbon": version(LISBON, days(0, None)),
        "alice sushi": version(_SUSHI, days(1, None), predicate="likes"),
        "alice bob": version(BOB, days(2, None), predicate="knows"),
        "bob lisbon": version(LISBON, days(3, None), subject=BOB),
        "bob alice": version(ALICE, days(4, None), subject=BOB, predicate="knows"),
    }


def _keep_timed(store: GraphStore) -> None:
    """A state without ends, a state of days 2 and 3, an event of day 2, an open state from day 4 and an event of day 50."""
    keep_facts(
        store,
        version(LISBON, ALWAYS),
        version(PORTO, days(2, 4), known=days(0, None)),
        version(_SUSHI, days(2, 3), known=days(1, None), kind=Kind.EVENT),
        version(_OSLO, days(4, None)),
        version(_ROME, days(50, 51), kind=Kind.EVENT),
    )


def _agree_objects(store: GraphStore, where: FactFilter, passed: list[Object], promise: str) -> None:
    agree(objects(store.facts(GRAPH, where)), passed, promise)


CHECKS = (
    facts_come_back_as_they_were,
    facts_in_order,
    facts_of_a_holder,
    facts_by_what_they_say,
    facts_as_of_an_instant,
    facts_as_of_a_stretch,
    facts_known_at_an_instant,
    facts_by_label,
    links_latest_first,
    versions_of_triplets,
)
