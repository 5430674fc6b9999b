CYPHER 25
// Give episodes the vector of their text, where they have none.
// parameters: graph, vectors
// columns: filled
UNWIND $vectors AS given
MATCH (episode:Episode {graph: $graph, missing: true, digest: given.digest})
CALL db.create.setNodeVectorProperty(episode, 'embedding', given.vector)
REMOVE episode.missing
RETURN count(*) AS filled
