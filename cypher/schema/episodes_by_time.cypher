CYPHER 25
// Episodes in the order they were said.
// parameters: none
// columns: none
CREATE INDEX episodes_by_time IF NOT EXISTS FOR (n:Episode) ON (n.graph, n.occurred_at)
