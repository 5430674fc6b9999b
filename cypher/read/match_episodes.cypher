CYPHER 25
// Episodes said by an instant that one of the full-text expressions finds, by the weights of those that do.
// parameters: graph, words, known_at, limit
// columns: id, score
UNWIND $words AS word
CALL (word) {
    CALL db.index.fulltext.queryNodes('episode_words', word.expression) YIELD node
    RETURN node AS episode
}
WITH episode, word
WHERE episode.graph = $graph AND episode.occurred_at <= $known_at
WITH episode, sum(word.weight) AS weight
RETURN episode.id AS id, weight * episode.share AS score
ORDER BY score DESC, id
LIMIT $limit
