CYPHER 25
// Of the entities of a type, those whose name is nearest to a vector, found by the index, which filters them first.
// parameters: graph, type, vector, limit
// columns: id, cosine
MATCH (entity:Entity)
SEARCH entity IN (
    VECTOR INDEX entity_vectors FOR $vector
    WHERE entity.graph = $graph AND entity.type = $type
    LIMIT $limit
) SCORE AS score
RETURN entity.id AS id, 2 * score - 1 AS cosine
ORDER BY cosine DESC, id
