CYPHER 25
// Entities of a known type by the meaning of their name; see fact_vectors.
// parameters: options
// columns: none
CREATE VECTOR INDEX entity_vectors IF NOT EXISTS FOR (n:Entity) ON (n.embedding)
WITH [n.graph, n.type]
OPTIONS $options
