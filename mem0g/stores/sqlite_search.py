"""Full-text search in a SQLite store: words in, scored ids out. What a score depends on is of the one graph alone."""

from collections.abc import Collection, Mapping, Sequence, Set
from heapq import nsmallest
from itertools import accumulate
from typing import NamedTuple

from mem0g.stores import sqlite_statements as sql
from mem0g.stores.sqlite_file import Connection
from mem0g.stores.sqlite_filters import Condition
from mem0g.stores.words import rareness, searchable

MOST_SCORED = 2_000
"""How many texts a search scores; each costs a few microseconds."""


class Index(NamedTuple):
    """A full-text table: how many texts the graph has, how many match, which rows those are, and the texts themselves."""

    size: str
    counted: str
    keys: str
    texts: str


IN_FACTS = Index(sql.COUNT_FACTS, sql.COUNT_FACTS_WITH, sql.FACT_KEYS_WITH, sql.FACTS_WITH)
IN_EPISODES = Index(sql.COUNT_EPISODES, sql.COUNT_EPISODES_WITH, sql.EPISODE_KEYS_WITH, sql.EPISODES_WITH)


def graph_word(graph: int) -> str:
    """What a graph is found by among the words: no number, for "1" of a text would be looked for among all texts of graph 1."""
    return f"graph{graph}"


def phrases(words: Collection[str]) -> list[str]:
    """What finds each of `words` in a full-text table: as a phrase, whatever signs it holds."""
    found = {searchable(word) for word in words}
    return [_phrase(word) for word in sorted(found) if any(sign.isalnum() for sign in word)]


def _phrase(word: str) -> str:
    quoted = word.replace('"', '""')
    return f'"{quoted}"'


class _Texts(NamedTuple):
    """The texts of one graph in a full-text table.

    Attributes:
        are_all: the file holds no other graph: then the graph need not be asked for, which takes about half of the time.
    """

    connection: Connection
    table: Index
    graph: int
    are_all: bool

    @classmethod
    def of(cls, connection: Connection, table: Index, graph: int) -> "_Texts":
        (others,) = connection.execute(sql.HAS_OTHER_GRAPHS, (graph,)).fetchone()
        return cls(connection, table, graph, not others)

    @property
    def size(self) -> int:
        return self._number(self.table.size, self.graph)

    def count(self, expression: str) -> int:
        return self._number(self.table.counted, self._query(expression))

    def keys(self, expression: str) -> set[int]:
        return {key for (key,) in self.connection.execute(self.table.keys, (self._query(expression),))}

    def fulfilling(self, expression: str, condition: Condition, limit: int) -> list[tuple[int, str, float]]:
        """Key, id and share of the texts that match and fulfil the condition, the last written first."""
        parameters = (self._query(expression), *condition.parameters, limit)
        return self.connection.execute(self.table.texts.format(condition.sql), parameters).fetchall()

    def _query(self, expression: str) -> str:
        if self.are_all:
            return f"body : ({expression})"
        return f'graph : "{graph_word(self.graph)}" AND body : ({expression})'

    def _number(self, statement: str, parameter: object) -> int:
        (number,) = self.connection.execute(statement, (parameter,)).fetchone()
        return int(number)


def matches(
    connection: Connection,
    table: Index,
    graph: int,
    words: Collection[str],
    condition: Condition,
    limit: int,
    most: int = MOST_SCORED,
) -> list[tuple[str, float]]:
    """The ids of the texts that hold one of `words` and fulfil `condition`, with their scores, best first, then by id.

    Args:
        most: how many texts, or `limit` if that is more, are scored for the rare words, and for the common ones. Words are rare, from
            the rarest on, as long as no more texts hold any of them: each of these texts is scored. Where they are fewer than
            `limit`, the last written of the texts that hold the common words together are scored as well: of those words that no more
            than half of all texts hold, where the rare ones found any.
    """
    texts, most = _Texts.of(connection, table, graph), max(limit, most)
    counts = {phrase: count for phrase in phrases(words) if (count := texts.count(phrase))}
    rarest_first = sorted(counts, key=lambda phrase: (counts[phrase], phrase))
    size, rare = texts.size, _rare(rarest_first, counts, most)
    weights = {phrase: rareness(size, counts[phrase]) for phrase in rarest_first}
    scores = _scores(texts, " OR ".join(rare), set(rare) if len(rare) == 1 else set(), weights, condition, most) if rare else {}
    common = [phrase for phrase in rarest_first[len(rare) :] if not scores or counts[phrase] <= size / 2]
    if common and len(scores) < limit:
        together = _together(texts, common, most)
        beside = {phrase: weights[phrase] for phrase in common}
        scores = _scores(texts, " AND ".join(together), set(together), beside, condition, most) | scores
    best = nsmallest(max(limit, 0), ((-score, id) for id, score in scores.items()))
    return [(id, -score) for score, id in best]


def _rare(rarest_first: Sequence[str], counts: Mapping[str, int], most: int) -> list[str]:
    """The phrases, from the rarest on, that so many texts hold between them."""
    held_by = accumulate(counts[phrase] for phrase in rarest_first)
    return [phrase for phrase, total in zip(rarest_first, held_by, strict=True) if total <= most]


def _scores(
    texts: _Texts, expression: str, held: Set[str], weights: Mapping[str, float], condition: Condition, most: int
) -> dict[str, float]:
    """The score of each of the texts last written that match and fulfil the condition, by id; all of them hold what is `held`."""
    found = texts.fulfilling(expression, condition, most)
    told = dict.fromkeys((key for key, _, _ in found), sum(weights[phrase] for phrase in sorted(held)))
    for phrase in sorted(weights.keys() - held) if found else ():
        for key in texts.keys(f"({expression}) AND {phrase}") & told.keys():
            told[key] += weights[phrase]
    return {id: share * told[key] for key, id, share in found}


def _together(texts: _Texts, rarest_first: Sequence[str], most: int) -> list[str]:
    """The rarest phrase; and each next one that any text holds besides, until no more than so many texts hold them all."""
    held = [rarest_first[0]]
    for phrase in rarest_first[1:]:
        count = texts.count(" AND ".join([*held, phrase]))
        if count:
            held.append(phrase)
        if 0 < count <= most:
            break
    return held
