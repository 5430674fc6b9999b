CYPHER 25
// Of the entities of a type, those whose name is nearest to a vector: every one of them is compared.
// parameters: graph, type, vector, limit
// columns: id, cosine
MATCH (entity:Entity)
WHERE entity.graph = $graph AND entity.type = $type AND entity.embedding IS NOT NULL
WITH entity.id AS id, 2 * vector.similarity.cosine(entity.embedding, $vector) - 1 AS cosine
RETURN id, cosine
ORDER BY cosine DESC, id
LIMIT $limit
