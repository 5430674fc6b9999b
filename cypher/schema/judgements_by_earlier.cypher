CYPHER 25
// Judgements by the claim said earlier.
// parameters: none
// columns: none
CREATE INDEX judgements_by_earlier IF NOT EXISTS FOR (n:Judgement) ON (n.graph, n.earlier)
