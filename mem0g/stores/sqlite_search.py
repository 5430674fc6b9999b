"""Full-text search in a SQLite store: words in, scored ids out. What a score depends on is of the one graph alone."""

import math
import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from heapq import nsmallest
from typing import NamedTuple

from mem0g.model import normalise
from mem0g.stores import sqlite_statements as sql
from mem0g.stores.sqlite_file import Connection
from mem0g.stores.sqlite_filters import Condition

_COMMON = 1_000
"""A word that more texts of a graph hold than this, and more than half of them, is common."""

_UNSPACED = re.compile("([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])")


class Index(NamedTuple):
    """A full-text table: how many texts the graph has, how many hold a word, and which."""

    size: str
    texts_counted: str
    texts_found: str


IN_FACTS = Index(sql.COUNT_FACTS, sql.COUNT_FACTS_WITH, sql.FACTS_WITH)
IN_EPISODES = Index(sql.COUNT_EPISODES, sql.COUNT_EPISODES_WITH, sql.EPISODES_WITH)


def searchable(text: str) -> str:
    """`text` as it is indexed and looked up: normalised, each Chinese or Japanese character a word, for these write no spaces."""
    return _UNSPACED.sub(r" \1 ", normalise(text))


def word_share(body: str) -> float:
    """How much a word found in `body` counts: 1 in a text of one word, half in one of ten."""
    return 1 / (1 + math.log10(max(len(body.split()), 1)))


def match_expressions(graph: int, words: Collection[str]) -> list[str]:
    """What finds each of `words` in a full-text table: as a phrase of this graph, whatever signs it holds."""
    found = {searchable(word) for word in words}
    return [_match_expression(graph, word) for word in sorted(found) if any(sign.isalnum() for sign in word)]


def _match_expression(graph: int, word: str) -> str:
    quoted = word.replace('"', '""')
    return f'graph : "{graph}" AND body : "{quoted}"'


def matches(
    connection: Connection, index: Index, graph: int, words: Collection[str], condition: Condition, limit: int
) -> list[tuple[str, float]]:
    """The ids of the texts that hold one of `words` and fulfil `condition`, with their scores, best first, then by id."""
    scores: defaultdict[str, float] = defaultdict(float)
    for expression, weight in _weights(connection, index, graph, words).items():
        for id, share in connection.execute(f"{index.texts_found} AND {condition.sql}", (expression, *condition.parameters)):
            scores[id] += weight * share
    best = nsmallest(max(limit, 0), ((-score, id) for id, score in scores.items()))
    return [(id, -score) for score, id in best]


def _weights(connection: Connection, index: Index, graph: int, words: Collection[str]) -> Mapping[str, float]:
    """How much each word tells, by its expression, without the words that are not there, and the common ones if others are."""
    (texts,) = connection.execute(index.size, (graph,)).fetchone()
    counts = {one: connection.execute(index.texts_counted, (one,)).fetchone()[0] for one in match_expressions(graph, words)}
    found = {expression: count for expression, count in counts.items() if count}
    rare = {expression: count for expression, count in found.items() if count <= max(_COMMON, texts / 2)}
    return {expression: math.log(1 + texts / count) for expression, count in (rare or found).items()}
