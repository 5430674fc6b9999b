CYPHER 25
// Facts by what they are about on their far side.
// parameters: none
// columns: none
CREATE INDEX facts_by_object IF NOT EXISTS FOR ()-[f:FACT]-() ON (f.graph, f.object)
