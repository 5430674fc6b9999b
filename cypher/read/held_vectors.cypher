CYPHER 25
// The vectors that texts of these digests have.
// parameters: graph, digests
// columns: digest, numbers
UNWIND $digests AS digest
OPTIONAL MATCH ()-[f:FACT {graph: $graph, digest: digest}]->()
WHERE f.embedding IS NOT NULL
WITH digest, collect(f.embedding)[0] AS of_facts
OPTIONAL MATCH (episode:Episode {graph: $graph, digest: digest})
WHERE of_facts IS NULL AND episode.embedding IS NOT NULL
WITH digest, of_facts, collect(episode.embedding)[0] AS of_episodes
WITH digest, coalesce(of_facts, of_episodes) AS numbers
WHERE numbers IS NOT NULL
RETURN digest, numbers
