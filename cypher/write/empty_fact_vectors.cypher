CYPHER 25
// Take the vectors of all facts of the graph away.
// parameters: graph
// columns: emptied
MATCH ()-[f:FACT]->()
WHERE f.graph = $graph AND f.valid_at IS NOT NULL AND f.embedding IS NOT NULL
REMOVE f.embedding
SET f.missing = true
RETURN count(*) AS emptied
