CYPHER 25
// A pair of claims is judged once.
// parameters: none
// columns: none
CREATE CONSTRAINT judgement_key IF NOT EXISTS FOR (n:Judgement) REQUIRE (n.graph, n.id) IS UNIQUE
