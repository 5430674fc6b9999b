CYPHER 25
// An episode is stored once.
// parameters: none
// columns: none
CREATE CONSTRAINT episode_key IF NOT EXISTS FOR (n:Episode) REQUIRE (n.graph, n.id) IS UNIQUE
