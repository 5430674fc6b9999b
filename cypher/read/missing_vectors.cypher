CYPHER 25
// The texts that have no vector: of facts, of episodes that were read or are kept only, and the names of typed entities.
// parameters: graph
// columns: text
MATCH ()-[f:FACT]->()
WHERE f.graph = $graph AND f.missing = true AND f.digest IS NOT NULL
RETURN f.text AS text
UNION
MATCH (entity:Entity)
WHERE entity.graph = $graph AND entity.missing = true AND entity.digest IS NOT NULL
RETURN entity.name AS text
UNION
MATCH (episode:Episode)
WHERE episode.graph = $graph AND episode.missing = true AND episode.digest IS NOT NULL AND episode.stage IN ['extracted', 'kept']
RETURN episode.content AS text
