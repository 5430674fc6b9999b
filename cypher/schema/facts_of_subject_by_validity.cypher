CYPHER 25
// Facts about a subject, by when they begin to hold.
// parameters: none
// columns: none
CREATE INDEX facts_of_subject_by_validity IF NOT EXISTS FOR ()-[f:FACT]-() ON (f.graph, f.subject, f.valid_at)
