CYPHER 25
// Claims that could be rivals.
// parameters: none
// columns: none
CREATE INDEX claims_by_subject IF NOT EXISTS FOR (n:Claim) ON (n.graph, n.subject, n.predicate, n.object)
