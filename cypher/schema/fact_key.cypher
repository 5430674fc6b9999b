CYPHER 25
// A version of a fact is one edge.
// parameters: none
// columns: none
CREATE CONSTRAINT fact_key IF NOT EXISTS FOR ()-[f:FACT]-() REQUIRE (f.graph, f.id) IS UNIQUE
