CYPHER 25
// A graph has one summary.
// parameters: none
// columns: none
CREATE CONSTRAINT summary_key IF NOT EXISTS FOR (n:Summary) REQUIRE n.graph IS UNIQUE
