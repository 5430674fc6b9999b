CYPHER 25
// Facts of one text, which have one vector.
// parameters: none
// columns: none
CREATE INDEX facts_by_digest IF NOT EXISTS FOR ()-[f:FACT]-() ON (f.graph, f.digest)
