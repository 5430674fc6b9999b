CYPHER 25
// Facts of a graph by when they begin to hold.
// parameters: none
// columns: none
CREATE INDEX facts_by_validity IF NOT EXISTS FOR ()-[f:FACT]-() ON (f.graph, f.valid_at)
