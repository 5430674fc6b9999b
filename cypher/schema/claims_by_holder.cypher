CYPHER 25
// Claims by whose view they are.
// parameters: none
// columns: none
CREATE INDEX claims_by_holder IF NOT EXISTS FOR (n:Claim) ON (n.graph, n.holder)
