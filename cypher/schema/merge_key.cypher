CYPHER 25
// A merge is stored once.
// parameters: none
// columns: none
CREATE CONSTRAINT merge_key IF NOT EXISTS FOR (n:Merge) REQUIRE (n.graph, n.id) IS UNIQUE
