CYPHER 25
// Claims that correct something, by what they say was wrong.
// parameters: none
// columns: none
CREATE INDEX claims_by_replaced IF NOT EXISTS FOR (n:Claim) ON (n.graph, n.replaces)
