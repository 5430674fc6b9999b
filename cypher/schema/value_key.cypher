CYPHER 25
// A literal is one node of its graph.
// parameters: none
// columns: none
CREATE CONSTRAINT value_key IF NOT EXISTS FOR (n:Value) REQUIRE (n.graph, n.id) IS UNIQUE
