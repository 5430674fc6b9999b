CYPHER 25
// Of the episodes said by an instant, those nearest to a vector: every one of them is compared.
// parameters: graph, known_at, vector, limit
// columns: id, cosine
MATCH (episode:Episode)
WHERE episode.graph = $graph AND episode.occurred_at <= $known_at AND episode.embedding IS NOT NULL
WITH episode.id AS id, 2 * vector.similarity.cosine(episode.embedding, $vector) - 1 AS cosine
RETURN id, cosine
ORDER BY cosine DESC, id
LIMIT $limit
