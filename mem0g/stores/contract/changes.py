"""Checks of `commit`, `revision` and `graphs`."""

from functools import partial

from mem0g.errors import InvalidInput
from mem0g.model import Progress, Record, Stage, Summary
from mem0g.period import EVERYTHING_KNOWN, FOREVER, TICK
from mem0g.ports import Change, FactFilter, GraphStore
from mem0g.stores.contract.promises import agree, refuses
from mem0g.stores.contract.samples import (
    ALICE,
    GRAPH,
    LISBON,
    OTHER,
    PORTO,
    cast,
    claim,
    day,
    days,
    entity,
    episode,
    fill,
    ids,
    keep_facts,
    one_of_each,
    reads,
    summary,
    supported,
    version,
    whole,
    wording,
)


def unknown_graph_is_empty(store: GraphStore) -> None:
    """Reading a graph that does not exist finds nothing, and makes no graph."""
    for name, found in reads(store, GRAPH):
        agree(found, [], f"{name} of a graph that does not exist is empty")
    agree(store.revision(GRAPH), 0, "the revision of a graph that does not exist is 0")
    agree(store.graphs(), [], "reading makes no graph")


def graphs_are_listed(store: GraphStore) -> None:
    """Graphs are made by their first commit, and listed while they hold something, sorted."""
    keys = ["user:ö", OTHER, "user:Z", GRAPH]
    for graph in keys:
        store.commit(graph, Change([episode(graph=graph)]))
    agree(store.graphs(), sorted(keys), "graphs lists all graphs, sorted")
    store.commit(OTHER, Change(erased=["e"]))
    agree(store.graphs(), sorted({*keys} - {OTHER}), "a graph that holds nothing any more is not listed")


def revisions_count_changes(store: GraphStore) -> None:
    """Every change moves the revision of its graph by one, and that of no other."""
    changes = [
        Change([episode("e1")]),
        Change([episode("e2"), *cast()]),
        Change(progress=[Progress("e1", Stage.KEPT)]),
        Change(versions=[version()]),
        Change(dropped=[version().id]),
        Change(erased=["e1"]),
    ]
    for number, change in enumerate(changes, start=1):
        agree(store.commit(GRAPH, change), number, "commit returns the new revision, one more than the old")
        agree(store.revision(GRAPH), number, "revision is what the last commit returned")
    agree(store.revision(OTHER), 0, "a change moves the revision of no other graph")


def nothing_new_moves_nothing(store: GraphStore) -> None:
    """A change that brings nothing new leaves the revision as it is."""
    agree(store.commit(OTHER, Change()), 0, "an empty change makes no graph")
    change = Change([*one_of_each(), entity(PORTO), entity(PORTO)])
    agree(store.commit(GRAPH, change), 1, "a change moves the revision by one, however many records it brings")
    agree(store.commit(GRAPH, change), 1, "records that are there already move nothing")
    agree(store.commit(GRAPH, Change()), 1, "an empty change moves nothing")
    agree(store.commit(GRAPH, Change([*change.records, episode("new")])), 2, "one new record among old ones moves the revision")
    agree(store.graphs(), [GRAPH], "an empty change makes no graph")


def compare_and_set(store: GraphStore) -> None:
    """A commit with `expected` is written exactly where the revision is still that."""
    stale = Change([episode("lost"), *cast()], [Progress("lost", Stage.KEPT)], [version()], erased=["kept"])
    agree(store.commit(GRAPH, stale, expected=1), None, "a graph that does not exist is at revision 0")
    agree(store.commit(GRAPH, Change([episode("kept")]), expected=0), 1, "a commit at the expected revision is written")
    agree(store.commit(GRAPH, stale, expected=0), None, "a commit at another revision is not written")
    agree(store.commit(GRAPH, Change(), expected=0), None, "a stale change is stale, even where it brings nothing new")
    agree(ids(store.records(GRAPH)), ["kept"], "a stale commit writes nothing, and takes nothing away")
    agree((store.facts(GRAPH, FactFilter()), store.progress(GRAPH)), ([], []), "nothing of a stale commit is written")
    agree(store.revision(GRAPH), 1, "a stale commit moves nothing")
    agree(store.commit(GRAPH, stale), 2, "a commit without `expected` is written at any revision")


def foreign_records_are_refused(store: GraphStore) -> None:
    """A change that holds something of another graph is refused as a whole."""
    foreign = [
        Change([episode("mine"), episode("theirs", graph=OTHER)]),
        Change([episode("mine"), *cast()], versions=[version(graph=OTHER)]),
        Change([episode("mine")], summary=summary(graph=OTHER)),
    ]
    for change in foreign:
        refuses(InvalidInput, partial(store.commit, GRAPH, change), "a change that holds something of another graph is refused")
    agree(store.graphs(), [], "nothing of a refused change is kept")


def records_are_never_changed(store: GraphStore) -> None:
    """A record whose id is there already is left as it is."""
    first: list[Record] = [episode(content="first"), entity(ALICE, "Alice"), claim()]
    store.commit(GRAPH, Change(first))
    store.commit(GRAPH, Change([episode(content="second"), entity(ALICE, "Alicia", aliases=("Ali",)), claim(object=PORTO)]))
    agree(list(store.records(GRAPH)), first, "a record that is there already is left as it is")
    agree(store.entities(GRAPH, names=["alicia", "ali"]), [], "a record that was left adds no name")
    agree(store.match_episodes(GRAPH, ["second"], EVERYTHING_KNOWN, 9), [], "a record that was left adds no word")


def progress_is_replaced(store: GraphStore) -> None:
    """The progress of an episode replaces what was there."""
    store.commit(GRAPH, Change([episode("a"), episode("b")], [Progress("b", Stage.PENDING), Progress("a", Stage.PENDING)]))
    last = [Progress("a", Stage.FAILED, "boom", "x"), Progress("b", Stage.PENDING)]
    store.commit(GRAPH, Change(progress=[last[0]]))
    agree(store.progress(GRAPH), last, "progress replaces what was there, and is sorted by episode")
    agree(store.progress(GRAPH, ["b", "unknown"]), last[1:], "progress of some episodes is of these alone")
    agree(store.progress(GRAPH, []), [], "progress of no episode is empty")


def a_summary_is_replaced(store: GraphStore) -> None:
    """A graph has one summary, which the next one replaces; it is no record, and makes no graph."""
    first, second = Summary(GRAPH, "¿Qué? 😀", day(0.123456789), 3, "llm:m:summary-1", FOREVER - TICK), summary("another", 2)
    agree(store.commit(GRAPH, Change(summary=first)), 1, "a summary is a change")
    agree(store.summary(GRAPH), first, "a summary comes back as it was")
    agree((list(store.records(GRAPH)), store.graphs()), ([], []), "a summary is no record")
    store.commit(GRAPH, Change([episode("e"), episode("f")]))
    agree(store.summary(GRAPH), first, "a change without a summary leaves the one that is there")
    agree(store.commit(GRAPH, Change(summary=second), expected=1), None, "a summary is not written at another revision")
    agree(store.commit(GRAPH, Change(summary=second), expected=2), 3, "a summary is written at the expected revision")
    agree(store.summary(GRAPH), second, "a summary replaces the one before")


def a_summary_goes_with_an_erased_episode(store: GraphStore) -> None:
    """What is forgotten does not live on in the summary; what else is erased leaves it alone."""
    store.commit(GRAPH, Change([episode("e"), episode("f"), claim("c"), wording("w")], summary=summary()))
    store.commit(OTHER, Change([episode("e", graph=OTHER)], summary=summary(graph=OTHER)))
    store.commit(GRAPH, Change(erased=["c", "w", "unknown"]))
    agree(store.summary(GRAPH), summary(), "a summary stays where no episode is erased")
    store.commit(GRAPH, Change(erased=["f"]))
    agree(store.summary(GRAPH), None, "a summary goes with an erased episode")
    agree(store.summary(OTHER), summary(graph=OTHER), "a summary of another graph stays")
    store.commit(GRAPH, Change(erased=["e"], summary=summary("after")))
    agree(store.summary(GRAPH), summary("after"), "a summary that comes with an erasure was made after it")


def facts_are_replaced(store: GraphStore) -> None:
    """A fact of the same id is replaced with its end of knowledge, its text and its support."""
    keep_facts(store, version(text="old words", support=(supported("c"),)))
    closed = version(known=days(0, 5), text="new phrase", support=(supported("d", 1, 2), supported("c", 0, 3)))
    agree(closed.id, version().id, "closing a fact does not change its id")
    store.commit(GRAPH, Change(versions=[closed]))
    everything = FactFilter(known_at=None)
    agree(whole(store.facts(GRAPH, everything)), whole([closed]), "a fact replaces the one of its id, in everything")
    agree(store.match_facts(GRAPH, ["old"], everything, 9), [], "a fact that was replaced is not found by its old words")
    agree(len(store.match_facts(GRAPH, ["phrase"], everything, 9)), 1, "a fact that was replaced is found by its new words")
    reopened = version(text="new phrase", support=(supported("d", 1, 2),))
    store.commit(GRAPH, Change(versions=[reopened]))
    agree(whole(store.facts(GRAPH, everything)), whole([reopened]), "a fact replaces the one of its id, where its text is the same")


def facts_are_dropped(store: GraphStore) -> None:
    """A dropped fact is no more, and the others stay."""
    gone, kept = version(LISBON, text="gone words"), version(PORTO)
    keep_facts(store, gone, kept)
    store.commit(GRAPH, Change(dropped=[gone.id, "unknown"]))
    agree(store.facts(GRAPH, FactFilter()), [kept], "a dropped fact is no more")
    agree(store.match_facts(GRAPH, ["gone", "lisbon"], FactFilter(), 9), [], "a dropped fact is not found by its words")


def erased_records_are_gone(store: GraphStore) -> None:
    """Erased records are gone from every read, with their progress, and everything else stays."""
    fill(store, GRAPH)
    gone = ["e", ALICE, "c", "d", "f", "m", "n", "j", "r", "w"]
    store.commit(GRAPH, Change(erased=[*gone, "unknown"]))
    agree(list(store.records(GRAPH)), [one for one in one_of_each() if one.id not in gone], "exactly the erased records are gone")
    agree(store.progress(GRAPH), [], "the progress of an erased episode is gone")
    agree(store.entities(GRAPH, names=["alice o'neil", "ali"]), [], "an erased entity is not found by its names")
    agree(store.namings(GRAPH, ["f"]), [], "an erased naming is gone")
    agree(store.match_episodes(GRAPH, ["it", "hello"], EVERYTHING_KNOWN, 9), [], "an erased episode is not found by its words")
    agree((store.judgements(GRAPH, ["c"]), store.retractions(GRAPH, ["c"])), ([], []), "erased judgements and retractions are gone")
    agree(store.facts(GRAPH, FactFilter()), [version()], "facts are dropped by their own ids")


def erased_records_can_come_again(store: GraphStore) -> None:
    """An erased record can be added again; scrubbing changes nothing that can be read."""
    fill(store, GRAPH)
    before = dict(reads(store, GRAPH))
    store.commit(GRAPH, Change(erased=ids(one_of_each())))
    store.scrub()
    agree(list(store.records(GRAPH)), [], "erased records are gone")
    fill(store, GRAPH)
    store.scrub()
    agree(dict(reads(store, GRAPH)), before, "erased records can be added again, and scrubbing keeps what is there")


CHECKS = (
    unknown_graph_is_empty,
    graphs_are_listed,
    revisions_count_changes,
    nothing_new_moves_nothing,
    compare_and_set,
    foreign_records_are_refused,
    records_are_never_changed,
    progress_is_replaced,
    a_summary_is_replaced,
    a_summary_goes_with_an_erased_episode,
    facts_are_replaced,
    facts_are_dropped,
    erased_records_are_gone,
    erased_records_can_come_again,
)
