CYPHER 25
// Take the vectors of all entities of the graph away.
// parameters: graph
// columns: emptied
MATCH (entity:Entity)
WHERE entity.graph = $graph AND entity.digest IS NOT NULL AND entity.embedding IS NOT NULL
REMOVE entity.embedding
SET entity.missing = true
RETURN count(*) AS emptied
