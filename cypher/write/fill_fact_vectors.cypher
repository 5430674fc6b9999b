CYPHER 25
// Give facts the vector of their text, where they have none.
// parameters: graph, vectors
// columns: filled
UNWIND $vectors AS given
MATCH ()-[f:FACT {graph: $graph, missing: true, digest: given.digest}]->()
CALL db.create.setRelationshipVectorProperty(f, 'embedding', given.vector)
REMOVE f.missing
RETURN count(*) AS filled
