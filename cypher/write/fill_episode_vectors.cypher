CYPHER 25
// Give episodes the vector of their text, where they have none.
// parameters: graph, vectors
// columns: filled
UNWIND $vectors AS vector
MATCH (episode:Episode {graph: $graph, missing: true, digest: vector.digest})
CALL db.create.setNodeVectorProperty(episode, 'embedding', vector.numbers)
REMOVE episode.missing
RETURN count(*) AS filled
