CYPHER 25
// Episodes by how far they have been read.
// parameters: none
// columns: none
CREATE INDEX episodes_by_stage IF NOT EXISTS FOR (n:Episode) ON (n.graph, n.stage)
