"""Checks of vectors: whose they are, what is nearest, and that they go with their texts."""

from collections.abc import Mapping
from functools import partial

import numpy as np

from mem0g.errors import EmbeddingMismatch, InvalidInput
from mem0g.model import EntityId, Kind, Progress, Stage, Value
from mem0g.period import EVERYTHING_KNOWN, TICK
from mem0g.ports import Change, EmbeddingModel, FactFilter, GraphStore, Vector
from mem0g.stores.contract.promises import agree, refuses
from mem0g.stores.contract.samples import (
    ALICE,
    BOB,
    EVERY_VERSION,
    GRAPH,
    LISBON,
    MODEL,
    OTHER,
    PORTO,
    at,
    cast,
    claim,
    day,
    days,
    entity,
    episode,
    ids,
    keep_facts,
    naming,
    supported,
    unit,
    version,
)

_X, _Y, _Z = unit(1, 0, 0), unit(0, 1, 0), unit(0, 0, 1)
_WIDE = EmbeddingModel("wide", 4)


def texts_without_vectors(store: GraphStore) -> None:
    """The texts of facts, and of episodes that were read or are kept, are missing until they have a vector."""
    stages = {"read": Stage.EXTRACTED, "kept": Stage.KEPT, "pending": Stage.PENDING, "failed": Stage.FAILED}
    episodes = [episode(id, f"{id} content") for id in stages]
    facts = [version(text="one"), version(PORTO, text="one"), version(PORTO, holder=BOB, text="kept content")]
    store.commit(GRAPH, Change([*cast(), *episodes], [Progress(id, stage) for id, stage in stages.items()], facts))
    wanted = ["kept content", "one", "read content"]
    agree(store.missing_vectors(GRAPH), wanted, "the texts of facts and of episodes read or kept are missing, each once, sorted")
    agree(store.embedding(GRAPH), None, "a graph without vectors has no model")
    embed(store, {"one": _X, "kept content": _Y})
    agree(store.missing_vectors(GRAPH), ["read content"], "a text that has a vector is not missing")
    agree(store.embedding(GRAPH), MODEL, "a graph with vectors has their model")


def vectors_are_written_once(store: GraphStore) -> None:
    """A text keeps its vector, a text that nothing has is passed over, and a change that brings no vector moves nothing."""
    keep_facts(store, version(text="one"))
    agree(embed(store, {"nobody": _X}), 1, "a vector of a text that nothing has moves nothing")
    agree(store.embedding(GRAPH), None, "a vector of a text that nothing has is passed over")
    agree(embed(store, {"one": _X}), 2, "a new vector moves the revision by one")
    agree(embed(store, {"one": _Y, "nobody": _Y}), 2, "a vector of a text that has one moves nothing")
    agree(_found(store, _X), [(version().id, 1.0)], "a text keeps its vector")
    store.commit(GRAPH, Change(versions=[version(PORTO, text="nobody")]))
    agree(store.missing_vectors(GRAPH), ["nobody"], "a vector that was passed over is not kept")


def nearest_first(store: GraphStore) -> None:
    """Facts come by their cosine, of equals by id, and those of one text have one vector."""
    facts = [version(text="far"), version(PORTO, text="near"), version(Value("x"), text="mid"), version(Value("y"), text="near")]
    keep_facts(store, *facts, version(Value("z"), text="none"))
    embed(store, {"far": unit(-1, 0, 1), "near": unit(9, 1, 0), "mid": unit(1, 1, 0)})
    near = sorted([facts[1].id, facts[3].id])
    wanted = [(near[0], 0.994), (near[1], 0.994), (facts[2].id, 0.707), (facts[0].id, -0.707)]
    agree(_found(store, _X), wanted, "the nearest come first, with their cosines; of equals, the smaller id")
    for limit in range(6):
        found = [id for id, _ in store.nearest_facts(GRAPH, _X, FactFilter(), limit)]
        agree(found, [id for id, _ in wanted[:limit]], "a limit keeps the nearest")


def filtered_before_the_limit(store: GraphStore) -> None:
    """What the filter holds back takes no place among the nearest, however near it is."""
    facts = {
        "record": version(text="1"),
        "holder": version(text="2", holder=BOB),
        "ended": version(PORTO, days(0, 2), text="3"),
        "unlearned": version(PORTO, days(0, 3), days(1, 4), text="4"),
        "labelled": version(Value("v"), text="5", support=(supported("c", 0, 5),)),
        "other": version(subject=BOB, predicate="likes", text="6"),
    }
    keep_facts(store, *facts.values())
    store.commit(GRAPH, Change([episode("e", run_id="r"), claim("c")]))
    embed(store, {fact.text: unit(10 - int(fact.text), 1, 0) for fact in facts.values()})
    wanted = {
        "the record": (FactFilter(known_at=None), ["record", "ended", "unlearned", "labelled", "other"]),
        "a holder": (FactFilter(holder=BOB), ["holder"]),
        "an unknown holder": (FactFilter(holder=ALICE), []),
        "any holder": (EVERY_VERSION, [*facts]),
        "the instant of validity": (FactFilter(as_of=at(2), known_at=None), ["record", "unlearned", "labelled", "other"]),
        "the time of validity": (FactFilter(as_of=days(2, 5), known_at=None), ["record", "unlearned", "labelled", "other"]),
        "before all": (FactFilter(as_of=at(-1), known_at=None), []),
        "the instant of knowledge": (FactFilter(known_at=day(4)), ["record", "ended", "labelled", "other"]),
        "both instants": (FactFilter(as_of=at(2), known_at=day(1)), ["record", "unlearned", "labelled", "other"]),
        "the ids": (FactFilter(ids=[facts["ended"].id, facts["other"].id, "unknown"]), ["ended", "other"]),
        "the subjects": (FactFilter(subjects=[BOB]), ["other"]),
        "the predicates": (FactFilter(predicates=["likes"]), ["other"]),
        "the objects": (FactFilter(objects=[LISBON]), ["record", "other"]),
        "what is touched": (FactFilter(touching=[PORTO], known_at=None, as_of=at(2)), ["unlearned"]),
        "the labels": (FactFilter(labels={"run_id": "r"}, known_at=day(4)), ["labelled"]),
        "the labels, by what is known": (FactFilter(labels={"run_id": "r"}, known_at=day(5)), []),
    }
    for name, (where, passed) in wanted.items():
        for limit in (1, 9):
            found = [id for id, _ in store.nearest_facts(GRAPH, _X, where, limit)]
            agree(found, [facts[one].id for one in passed[:limit]], f"what is nearest passed the filter before the limit: {name}")


def events_begun_are_nearest(store: GraphStore) -> None:
    """Of an instant, events begun by then are near too; of a stretch of time, those that overlap it."""
    past = version(valid=days(0, 1), kind=Kind.EVENT, text="past")
    future = version(valid=days(5, 6), kind=Kind.EVENT, text="future")
    keep_facts(store, past, future)
    embed(store, {"past": _X, "future": _X})
    wanted = {at(3): [past], days(3, 4): [], days(0, 3): [past], at(5): [past, future]}
    for as_of, near in wanted.items():
        found = [id for id, _ in store.nearest_facts(GRAPH, _X, FactFilter(as_of=as_of), 9)]
        agree(found, sorted(ids(near)), f"events begun by an instant are near, and those that overlap a stretch: {as_of}")


def nearest_episodes_known(store: GraphStore) -> None:
    """Episodes are near where they were said by the known instant, best first."""
    said = {"a": 1, "b": 2, "c": 3}
    store.commit(GRAPH, Change([episode(id, id, number) for id, number in said.items()], [Progress(id, Stage.KEPT) for id in said]))
    embed(store, {"a": unit(1, 1, 0), "b": unit(2, 1, 0), "c": _X})
    for known_at, wanted in ((EVERYTHING_KNOWN, "cba"), (day(2), "ba"), (day(2) - TICK, "a"), (day(0), "")):
        found = store.nearest_episodes(GRAPH, _X, known_at, 9)
        agree([id for id, _ in found], [*wanted], "the nearest episodes come first, from the instant they were said")
        agree(store.nearest_episodes(GRAPH, _X, known_at, 1), found[:1], "a limit keeps the nearest, among those said by then")


def nearest_entities_of_a_type(store: GraphStore) -> None:
    """Entities of a known type are found by the vector of their name, among those of that type alone."""
    people = [
        entity(ALICE, "Ann", type="person"),
        entity(BOB, "Anne", type="person"),
        entity(LISBON, "Anna", type="place"),
        entity(PORTO, "X"),
    ]
    store.commit(GRAPH, Change([*people, naming("n", BOB, "Bobby")]))
    agree(
        store.missing_vectors(GRAPH), ["Ann", "Anna", "Anne"], "the names of entities of a known type are missing until they have a vector"
    )
    ask = partial(store.nearest_entities, GRAPH, _X)
    agree(ask("person", 9), [], "an entity without a vector is not near")
    embed(store, {"Ann": unit(1, 1, 0), "Anne": _X, "Anna": _X, "X": _X})
    agree(store.missing_vectors(GRAPH), [], "a name of no type is passed over")
    found = [(id, round(cosine, 3)) for id, cosine in ask("person", 9)]
    agree(found, [(BOB, 1.0), (ALICE, 0.707)], "the nearest entities of the type come first, with their cosines")
    agree([id for id, _ in ask("person", 1)], [BOB], "a limit keeps the nearest of the type")
    agree((ask("animal", 9), ask("", 9), ask("person", 0)), ([], [], []), "of an unknown type there is none, nor among none")
    agree(store.nearest_entities(OTHER, _X, "person", 9), [], "entities of another graph are not near")
    later = [entity(EntityId("eve"), "Anne", type="person")]
    store.commit(GRAPH, Change(later, erased=[BOB]))
    agree([id for id, _ in ask("person", 1)], ["eve"], "a name keeps its vector while an entity has it")
    store.commit(GRAPH, Change(erased=[ALICE, "eve", LISBON]))
    agree((ask("person", 9), store.embedding(GRAPH)), ([], None), "with the last vector its model is gone")


def models_are_never_mixed(store: GraphStore) -> None:
    """Vectors of another model or dimension are refused with all that came beside them; so are those that fit no model."""
    keep_facts(store, version(text="one"), version(PORTO, text="two"))
    embed(store, {"one": _X})
    late = [episode("late")]
    for other, vector in ((EmbeddingModel("other", 3), _Y), (_WIDE, unit(1, 0, 0, 0)), (EmbeddingModel("model", 4), unit(1, 0, 0, 0))):
        mixed = Change(late, vectors={"two": vector}, embedding=other)
        refuses(EmbeddingMismatch, partial(store.commit, GRAPH, mixed), "vectors of another model or dimension are refused")
    for vector in (unit(1, 0), _X * 2, _X * 0, _X * np.float32("nan")):
        unfit = Change(late, vectors={"two": vector}, embedding=MODEL)
        refuses(InvalidInput, partial(store.commit, GRAPH, unfit), "what is no unit vector of the dimension is refused")
    refuses(InvalidInput, partial(store.commit, GRAPH, Change(late, vectors={"two": _Y})), "vectors without a model are refused")
    agree((store.episodes(GRAPH), store.missing_vectors(GRAPH)), ([], ["two"]), "nothing of a refused change is kept")
    agree((store.revision(GRAPH), store.embedding(GRAPH)), (2, MODEL), "a refused change moves nothing")
    ask = partial(store.nearest_facts, GRAPH, unit(1, 0), FactFilter(), 9)
    refuses(EmbeddingMismatch, ask, "a vector of another dimension finds nothing, and says so")


def embedded_anew(store: GraphStore) -> None:
    """Vectors of another model replace all there are in one change; texts that it leaves out are missing."""
    keep_facts(store, version(text="one"), version(PORTO, text="two"))
    embed(store, {"one": _X, "two": _Y})
    _found(store, _X)
    change = Change(vectors={"two": unit(0, 0, 0, 1)}, embedding=_WIDE, reembed=True)
    agree(store.commit(GRAPH, change), 3, "embedding anew moves the revision by one")
    agree(store.embedding(GRAPH), _WIDE, "a graph that is embedded anew has the new model")
    agree(store.missing_vectors(GRAPH), ["one"], "a text that is left out is missing")
    agree(_found(store, unit(0, 0, 0, 1)), [(version(PORTO).id, 1.0)], "only the new vectors are found")


def vectors_go_with_their_texts(store: GraphStore) -> None:
    """A vector is gone with the last fact or episode of its text, and with the last vector its model."""
    facts = [version(text="one"), version(PORTO, text="one"), version(PORTO, days(1, 2), text="two")]
    keep_facts(store, *facts)
    store.commit(GRAPH, Change([episode("e", "two")], [Progress("e", Stage.KEPT)]))
    embed(store, {"one": _X, "two": _Y})
    _found(store, _X)
    store.commit(GRAPH, Change(dropped=[facts[0].id, facts[2].id]))
    agree(_found(store, _X), [(facts[1].id, 1.0)], "a dropped fact is not near any more, and another of its text is")
    store.commit(GRAPH, Change(dropped=[facts[1].id], versions=[facts[0], facts[2]]))
    agree(store.missing_vectors(GRAPH), [], "a vector stays while a fact or an episode has its text")
    store.commit(GRAPH, Change(dropped=[facts[0].id, facts[2].id], erased=["e"]))
    agree((_found(store, _X), store.embedding(GRAPH)), ([], None), "with the last vector its model is gone")
    agree(store.nearest_episodes(GRAPH, _Y, EVERYTHING_KNOWN, 9), [], "an erased episode is not near any more")
    store.commit(GRAPH, Change([episode("e", "two")], [Progress("e", Stage.KEPT)], facts[:1]))
    agree(store.missing_vectors(GRAPH), ["one", "two"], "a text that comes again has no vector: none was left behind")


def nearest_of_the_present(store: GraphStore) -> None:
    """Every change shows in the next search: new facts, closed ones, new vectors, and texts that changed."""
    first, second = version(text="one"), version(PORTO, text="two")
    keep_facts(store, first)
    agree(_found(store, _X), [], "a fact without a vector is not near")
    embed(store, {"one": _X})
    agree(_found(store, _X), [(first.id, 1.0)], "a fact is near from when it has a vector")
    store.commit(GRAPH, Change(versions=[second], vectors={"two": _Y}, embedding=MODEL))
    agree(_found(store, _Y), [(second.id, 1.0), (first.id, 0.0)], "a new fact is near at once")
    store.commit(GRAPH, Change(versions=[version(known=days(0, 5), text="one")]))
    agree(_found(store, _X), [(second.id, 0.0)], "a fact that was closed is known no more")
    agree(len(_found(store, _X, FactFilter(known_at=day(4)))), 2, "a fact that was closed was known before")
    store.commit(GRAPH, Change(versions=[version(PORTO, text="three")], vectors={"three": _Z}, embedding=MODEL))
    agree(_found(store, _Z), [(second.id, 1.0)], "a fact whose text changed has the vector of the new text")


def vectors_of_one_graph(store: GraphStore) -> None:
    """Texts, vectors and models of another graph are nothing to this one."""
    mine, theirs = version(text="one"), version(text="one", graph=OTHER)
    keep_facts(store, mine)
    keep_facts(store, theirs, graph=OTHER)
    embed(store, {"one": _X})
    agree((store.missing_vectors(OTHER), store.embedding(OTHER)), (["one"], None), "another graph's vector of a text is not used")
    agree(_found(store, _X, graph=OTHER), [], "what has a vector in another graph is not near in this one")
    store.commit(OTHER, Change(vectors={"one": unit(1, 0, 0, 0)}, embedding=_WIDE))
    agree(_found(store, _X), [(mine.id, 1.0)], "each graph has a model of its own")
    store.commit(OTHER, Change(dropped=[theirs.id]))
    agree((_found(store, _X), store.embedding(GRAPH)), ([(mine.id, 1.0)], MODEL), "what another graph drops stays here")


def embed(store: GraphStore, vectors: Mapping[str, Vector]) -> int | None:
    """Commit vectors of the model."""
    return store.commit(GRAPH, Change(vectors=vectors, embedding=MODEL))


def _found(store: GraphStore, vector: Vector, where: FactFilter | None = None, graph: str = GRAPH) -> list[tuple[str, float]]:
    """What is near, with cosines to three digits."""
    return [(id, round(cosine, 3) + 0.0) for id, cosine in store.nearest_facts(graph, vector, where or FactFilter(), 9)]


CHECKS = (
    texts_without_vectors,
    vectors_are_written_once,
    nearest_first,
    filtered_before_the_limit,
    events_begun_are_nearest,
    nearest_episodes_known,
    nearest_entities_of_a_type,
    models_are_never_mixed,
    embedded_anew,
    vectors_go_with_their_texts,
    nearest_of_the_present,
    vectors_of_one_graph,
)
