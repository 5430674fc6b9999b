CYPHER 25
// The vectors that texts of these digests have.
// parameters: graph, digests
// columns: digest, numbers
UNWIND $digests AS digest
OPTIONAL MATCH ()-[f:FACT]->()
USING INDEX SEEK f:FACT(graph, digest)
WHERE f.graph = $graph AND f.digest = digest AND f.embedding IS NOT NULL
WITH digest, collect(f.embedding)[0] AS of_facts
OPTIONAL MATCH (episode:Episode)
USING INDEX SEEK episode:Episode(graph, digest)
WHERE episode.graph = $graph AND episode.digest = digest AND of_facts IS NULL AND episode.embedding IS NOT NULL
WITH digest, of_facts, collect(episode.embedding)[0] AS of_episodes
OPTIONAL MATCH (entity:Entity)
USING INDEX SEEK entity:Entity(graph, digest)
WHERE entity.graph = $graph AND entity.digest = digest AND of_facts IS NULL AND of_episodes IS NULL AND entity.embedding IS NOT NULL
WITH digest, of_facts, of_episodes, collect(entity.embedding)[0] AS of_entities
WITH digest, coalesce(of_facts, of_episodes, of_entities) AS numbers
WHERE numbers IS NOT NULL
RETURN digest, numbers
