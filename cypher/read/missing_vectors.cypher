CYPHER 25
// The texts that have no vector: of facts, and of episodes that were read or are kept only.
// parameters: graph
// columns: text
MATCH ()-[f:FACT]->()
WHERE f.graph = $graph AND f.missing = true AND f.digest IS NOT NULL
RETURN f.text AS text
UNION
MATCH (episode:Episode)
WHERE episode.graph = $graph AND episode.missing = true AND episode.digest IS NOT NULL AND episode.stage IN ['extracted', 'kept']
RETURN episode.content AS text
