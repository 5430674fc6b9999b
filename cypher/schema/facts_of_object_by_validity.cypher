CYPHER 25
// Facts by what they are about on their far side, by when they begin to hold.
// parameters: none
// columns: none
CREATE INDEX facts_of_object_by_validity IF NOT EXISTS FOR ()-[f:FACT]-() ON (f.graph, f.object, f.valid_at)
