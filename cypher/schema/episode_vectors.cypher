CYPHER 25
// Episodes by meaning; see fact_vectors.
// parameters: options
// columns: none
CREATE VECTOR INDEX episode_vectors IF NOT EXISTS FOR (n:Episode) ON (n.embedding)
WITH [n.graph, n.occurred_at]
OPTIONS $options
