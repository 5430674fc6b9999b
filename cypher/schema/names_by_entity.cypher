CYPHER 25
// The names of an entity.
// parameters: none
// columns: none
CREATE INDEX names_by_entity IF NOT EXISTS FOR (n:Name) ON (n.graph, n.entity)
