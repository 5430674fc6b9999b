CYPHER 25
// A wording is stored once.
// parameters: none
// columns: none
CREATE CONSTRAINT wording_key IF NOT EXISTS FOR (n:Wording) REQUIRE (n.graph, n.id) IS UNIQUE
