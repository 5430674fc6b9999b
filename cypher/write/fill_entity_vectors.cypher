CYPHER 25
// Give entities of a known type the vector of their name, where they have none.
// parameters: graph, vectors
// columns: filled
UNWIND $vectors AS given
MATCH (entity:Entity)
USING INDEX SEEK entity:Entity(graph, missing, digest)
WHERE entity.graph = $graph AND entity.missing = true AND entity.digest = given.digest
CALL db.create.setNodeVectorProperty(entity, 'embedding', given.vector)
REMOVE entity.missing
RETURN count(*) AS filled
