CYPHER 25
// Claims by what they are about.
// parameters: none
// columns: none
CREATE INDEX claims_by_object IF NOT EXISTS FOR (n:Claim) ON (n.graph, n.object)
