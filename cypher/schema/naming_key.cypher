CYPHER 25
// A naming is stored once.
// parameters: none
// columns: none
CREATE CONSTRAINT naming_key IF NOT EXISTS FOR (n:Naming) REQUIRE (n.graph, n.id) IS UNIQUE
