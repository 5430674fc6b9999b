CYPHER 25
// Episodes of one text, which have one vector.
// parameters: none
// columns: none
CREATE INDEX episodes_by_digest IF NOT EXISTS FOR (n:Episode) ON (n.graph, n.digest)
