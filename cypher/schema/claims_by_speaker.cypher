CYPHER 25
// Claims by who said them.
// parameters: none
// columns: none
CREATE INDEX claims_by_speaker IF NOT EXISTS FOR (n:Claim) ON (n.graph, n.speaker)
