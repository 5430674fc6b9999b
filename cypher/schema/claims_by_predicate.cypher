CYPHER 25
// Claims by what they say of their subjects.
// parameters: none
// columns: none
CREATE INDEX claims_by_predicate IF NOT EXISTS FOR (n:Claim) ON (n.graph, n.predicate)
