CYPHER 25
// Entities of a type.
// parameters: none
// columns: none
CREATE INDEX entities_by_type IF NOT EXISTS FOR (n:Entity) ON (n.graph, n.type)
