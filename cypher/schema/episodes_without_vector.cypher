CYPHER 25
// Episodes whose text has no vector yet.
// parameters: none
// columns: none
CREATE INDEX episodes_without_vector IF NOT EXISTS FOR (n:Episode) ON (n.graph, n.missing, n.digest)
