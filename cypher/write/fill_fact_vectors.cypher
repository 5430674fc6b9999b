CYPHER 25
// Give facts the vector of their text, where they have none.
// parameters: graph, vectors
// columns: filled
UNWIND $vectors AS vector
MATCH ()-[f:FACT {graph: $graph, missing: true, digest: vector.digest}]->()
CALL db.create.setRelationshipVectorProperty(f, 'embedding', vector.numbers)
REMOVE f.missing
RETURN count(*) AS filled
