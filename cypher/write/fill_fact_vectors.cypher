CYPHER 25
// Give facts the vector of their text, where they have none.
// parameters: graph, vectors
// columns: filled
UNWIND $vectors AS given
MATCH ()-[f:FACT]->()
USING INDEX SEEK f:FACT(graph, missing, digest)
WHERE f.graph = $graph AND f.missing = true AND f.digest = given.digest
CALL db.create.setRelationshipVectorProperty(f, 'embedding', given.vector)
REMOVE f.missing
RETURN count(*) AS filled
