CYPHER 25
// A retraction is stored once.
// parameters: none
// columns: none
CREATE CONSTRAINT retraction_key IF NOT EXISTS FOR (n:Retraction) REQUIRE (n.graph, n.id) IS UNIQUE
