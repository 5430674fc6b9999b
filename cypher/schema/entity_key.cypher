CYPHER 25
// An entity is made once, whoever writes it.
// parameters: none
// columns: none
CREATE CONSTRAINT entity_key IF NOT EXISTS FOR (n:Entity) REQUIRE (n.graph, n.id) IS UNIQUE
