CYPHER 25
// Namings of one spelling, the one said first at the head.
// parameters: none
// columns: none
CREATE INDEX namings_by_spelling IF NOT EXISTS FOR (n:Naming) ON (n.graph, n.entity, n.name, n.alias, n.said_at, n.id)
