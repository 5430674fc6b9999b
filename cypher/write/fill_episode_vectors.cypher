CYPHER 25
// Give episodes the vector of their text, where they have none.
// parameters: graph, vectors
// columns: filled
UNWIND $vectors AS given
MATCH (episode:Episode)
USING INDEX SEEK episode:Episode(graph, missing, digest)
WHERE episode.graph = $graph AND episode.missing = true AND episode.digest = given.digest
CALL db.create.setNodeVectorProperty(episode, 'embedding', given.vector)
REMOVE episode.missing
RETURN count(*) AS filled
