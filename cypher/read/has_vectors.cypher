CYPHER 25
// Whether anything of the graph has a vector.
// parameters: graph
// columns: any
RETURN EXISTS { MATCH ()-[f:FACT]->() WHERE f.graph = $graph AND f.valid_at IS NOT NULL AND f.embedding IS NOT NULL }
    OR EXISTS { MATCH (n:Episode) WHERE n.graph = $graph AND n.occurred_at IS NOT NULL AND n.embedding IS NOT NULL }
    OR EXISTS { MATCH (n:Entity) WHERE n.graph = $graph AND n.digest IS NOT NULL AND n.embedding IS NOT NULL } AS any
