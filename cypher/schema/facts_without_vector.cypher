CYPHER 25
// Facts whose text has no vector yet.
// parameters: none
// columns: none
CREATE INDEX facts_without_vector IF NOT EXISTS FOR ()-[f:FACT]-() ON (f.graph, f.missing, f.digest)
