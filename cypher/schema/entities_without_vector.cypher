CYPHER 25
// Entities of a known type whose name has no vector yet.
// parameters: none
// columns: none
CREATE INDEX entities_without_vector IF NOT EXISTS FOR (n:Entity) ON (n.graph, n.missing, n.digest)
