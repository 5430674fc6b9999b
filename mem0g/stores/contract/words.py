"""Checks of `match_facts` and `match_episodes`."""

from collections.abc import Sequence

from mem0g.model import Value
from mem0g.period import EVERYTHING_KNOWN, TICK
from mem0g.ports import Change, FactFilter, GraphStore
from mem0g.stores.contract.promises import agree
from mem0g.stores.contract.samples import BOB, GRAPH, LISBON, OTHER, PORTO, at, day, days, episode, ids, keep_facts, version

HOSTILE_WORDS = (
    '"', "'", "*", "?", "~", "^", ":", "(", ")", "[", "{", "-", "+", "&&", "||", "!", "/", "\\", "", " ", "\t", "😀", "%", "_", ";", "--",
    'x" OR "words', "wor*", "w?rds", "NOT porto", "text:words", "body:words", "NEAR(some words)", "wordz~", "/wor.*/", "[a TO z]", "*:*",
    "words^2", "OR", "AND",
)  # fmt: skip
"""None of these stands in the texts below, and most would find them if they were a query. Each may be asked for beside others."""


def facts_by_word(store: GraphStore) -> None:
    """A fact is found by the words of its text, predicate, subject and object, in any case, and by no other."""
    facts = [
        version(text="Some words here", predicate="works_for"),
        version(Value("82 kg", "amount"), subject=BOB, predicate="weighs", text="x"),
    ]
    keep_facts(store, *facts)
    for words in (["words"], ["WORDS"], ["works"], ["lisbon"], ["alice", "nothing"]):
        agree(_found(store, words), [facts[0].id], f"a fact is found by its text, its predicate and the names of its ends: {words}")
    for words in (["kg"], ["82"], ["weighs"], ["bob"]):
        agree(_found(store, words), [facts[1].id], f"a fact is found by its value, its predicate and the name of its subject: {words}")
    for words in ([], ["porto"], ["word", "ords"], ["isbo"]):
        agree(_found(store, [word for word in words if word != "word"]), [], f"a fact is found by whole words that it holds: {words}")


def facts_by_filter_and_word(store: GraphStore) -> None:
    """What is found by its words passes the filter too."""
    facts = [version(known=days(0, 2)), version(PORTO, days(1, 2)), version(LISBON, days(3, None), holder=BOB)]
    keep_facts(store, *facts)
    wanted = {
        "the record": (FactFilter(), facts[1:2]),
        "a holder": (FactFilter(holder=BOB), facts[2:]),
        "the objects": (FactFilter(objects=[LISBON], any_holder=True, known_at=None), [facts[0], facts[2]]),
        "the instant of validity": (FactFilter(any_holder=True, as_of=at(1), known_at=None), facts[:2]),
        "the instant of knowledge": (FactFilter(known_at=day(1)), facts[:2]),
        "the ids": (FactFilter(ids=[facts[2].id], any_holder=True), facts[2:]),
        "no labels": (FactFilter(labels={"run_id": "r"}), []),
    }
    for name, (where, passed) in wanted.items():
        agree(sorted(_found(store, ["text"], where)), sorted(ids(passed)), f"what is found by words passes the filter: {name}")


def rarer_words_score_higher(store: GraphStore) -> None:
    """Scores are positive, grow with the rareness of the words found, and come best first."""
    facts = [version(Value(f"n{number}"), text="common thing") for number in range(20)]
    rare = [version(Value("a"), text="common oddity"), version(Value("b"), text="scarce oddity")]
    keep_facts(store, *facts, *rare)
    found = store.match_facts(GRAPH, ["common", "oddity", "scarce"], FactFilter(), 99)
    agree([id for id, _ in found[:2]], [rare[1].id, rare[0].id], "what holds the rarer words comes first")
    agree(sorted(found, key=lambda one: -one[1]), found, "matches come best first")
    agree(all(score > 0 for _, score in found), True, "a score is positive")
    agree(store.match_facts(GRAPH, ["common", "oddity", "scarce"], FactFilter(), 1), found[:1], "a limit keeps the best")
    agree(store.match_facts(GRAPH, ["scarce"], FactFilter(), 0), [], "a limit of none lets none through")
    agree(len(_found(store, ["common"])), 21, "a word that most facts hold is found where no rarer one is asked")


def scores_depend_on_one_graph(store: GraphStore) -> None:
    """Nothing that another graph holds is found, or changes a score."""
    keep_facts(store, version(text="common words"), version(PORTO, text="rare words"))
    store.commit(GRAPH, Change([episode("a", "common words"), episode("b", "rare words")]))
    before = _both(store, GRAPH)
    theirs = [version(Value(f"n{number}"), text="rare words of others", graph=OTHER) for number in range(9)]
    keep_facts(store, *theirs, graph=OTHER)
    store.commit(OTHER, Change([episode(f"e{number}", "rare words of others", graph=OTHER) for number in range(9)]))
    agree(_both(store, GRAPH), before, "what another graph holds is not found, and changes no score")
    agree(_found(store, ["others"]), [], "the words of another graph are not found")


def words_are_never_a_query(store: GraphStore) -> None:
    """Words with signs of their own find what holds them, and are never taken for a query."""
    fact = version(text="some words")
    keep_facts(store, fact)
    store.commit(GRAPH, Change([episode(content="some words")]))
    for word in HOSTILE_WORDS:
        agree(_found(store, [word]), [], f"a word is no query: {word!r}")
        agree(store.match_episodes(GRAPH, [word], EVERYTHING_KNOWN, 9), [], f"a word is no query: {word!r}")
    agree(_found(store, [*HOSTILE_WORDS, "some"]), [fact.id], "a word is found beside words that no text holds")


def words_of_every_script(store: GraphStore) -> None:
    """Words are found in whatever script they are written."""
    for number, word in enumerate(["naïve", "Żółw", "Москва", "東京", "서울", "القاهرة", "Αθήνα", "don't", "a1b2", "mem0g", "or", "not"]):
        store.commit(GRAPH, Change([episode(f"e{number}", f"here {word} there", said=number)]))
        found = store.match_episodes(GRAPH, [word], EVERYTHING_KNOWN, 9)
        agree([id for id, _ in found], [f"e{number}"], f"an episode is found by a word it holds: {word}")


def episodes_by_word(store: GraphStore) -> None:
    """Episodes are found by the words of their content, where they were said by the known instant, best first."""
    store.commit(GRAPH, Change([episode("a", "Tea and cake", 1), episode("b", "tea, tea and coffee", 2), episode("c", "TEA", 3)]))
    store.commit(GRAPH, Change([episode(f"d{number}", "juice", 4) for number in range(9)]))
    found = store.match_episodes(GRAPH, ["tea", "cake"], EVERYTHING_KNOWN, 9)
    agree(found[0][0], "a", "the episode with the rarer word comes first")
    agree(sorted(id for id, _ in found), ["a", "b", "c"], "episodes are found by any of the words, once each")
    agree(found, sorted(found, key=lambda one: -one[1]), "matches come best first")
    agree(all(score > 0 for _, score in found), True, "a score is positive")
    agree(store.match_episodes(GRAPH, ["tea", "cake"], EVERYTHING_KNOWN, 1), found[:1], "a limit keeps the best")
    agree(_episodes_known(store, "tea", 2), ["a", "b"], "an episode is found from the instant it was said")
    agree(store.match_episodes(GRAPH, ["tea"], day(1) - TICK, 9), [], "an episode is not found before it was said")


def _found(store: GraphStore, words: Sequence[str], where: FactFilter | None = None) -> list[str]:
    return [id for id, _ in store.match_facts(GRAPH, words, where or FactFilter(), 99)]


def _both(store: GraphStore, graph: str) -> tuple[list[tuple[str, float]], list[tuple[str, float]]]:
    words = ["rare", "words", "common"]
    return store.match_facts(graph, words, FactFilter(), 9), store.match_episodes(graph, words, EVERYTHING_KNOWN, 9)


def _episodes_known(store: GraphStore, word: str, known: float) -> list[str]:
    return sorted(id for id, _ in store.match_episodes(GRAPH, [word], day(known), 9))


CHECKS = (
    facts_by_word,
    facts_by_filter_and_word,
    rarer_words_score_higher,
    scores_depend_on_one_graph,
    words_are_never_a_query,
    words_of_every_script,
    episodes_by_word,
)
