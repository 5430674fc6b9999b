CYPHER 25
// Entities of one name, which have one vector.
// parameters: none
// columns: none
CREATE INDEX entities_by_digest IF NOT EXISTS FOR (n:Entity) ON (n.graph, n.digest)
