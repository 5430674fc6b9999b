CYPHER 25
// A claim is stored once.
// parameters: none
// columns: none
CREATE CONSTRAINT claim_key IF NOT EXISTS FOR (n:Claim) REQUIRE (n.graph, n.id) IS UNIQUE
