CYPHER 25
// An entity has each of its names once; it is found by them.
// parameters: none
// columns: none
CREATE CONSTRAINT name_key IF NOT EXISTS FOR (n:Name) REQUIRE (n.graph, n.name, n.entity) IS UNIQUE
