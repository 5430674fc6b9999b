CYPHER 25
// Facts about a subject.
// parameters: none
// columns: none
CREATE INDEX facts_by_subject IF NOT EXISTS FOR ()-[f:FACT]-() ON (f.graph, f.subject, f.predicate, f.object)
