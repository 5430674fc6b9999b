CYPHER 25
// An entity has each spelling once as a name and once as an alias, with the naming said first.
// parameters: none
// columns: none
CREATE CONSTRAINT spelling_key IF NOT EXISTS FOR (n:Spelling) REQUIRE (n.graph, n.entity, n.name, n.alias) IS UNIQUE
