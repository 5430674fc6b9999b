CYPHER 25
// A graph is one node, on which writers wait for one another.
// parameters: none
// columns: none
CREATE CONSTRAINT graph_key IF NOT EXISTS FOR (n:Graph) REQUIRE n.key IS UNIQUE
