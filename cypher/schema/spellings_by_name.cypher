CYPHER 25
// What is called by a normalised name.
// parameters: none
// columns: none
CREATE INDEX spellings_by_name IF NOT EXISTS FOR (n:Spelling) ON (n.graph, n.normalised)
