CYPHER 25
// Judgements by the claim said later.
// parameters: none
// columns: none
CREATE INDEX judgements_by_later IF NOT EXISTS FOR (n:Judgement) ON (n.graph, n.later)
