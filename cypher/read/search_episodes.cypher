CYPHER 25
// Of the episodes said by an instant, those nearest to a vector, found by the index, which filters them first.
// parameters: graph, known_at, vector, limit
// columns: id, cosine
MATCH (episode:Episode)
SEARCH episode IN (
    VECTOR INDEX episode_vectors FOR $vector
    WHERE episode.graph = $graph AND episode.occurred_at <= $known_at
    LIMIT $limit
) SCORE AS score
RETURN episode.id AS id, 2 * score - 1 AS cosine
ORDER BY cosine DESC, id
