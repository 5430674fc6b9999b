CYPHER 25
// Take the vectors of all episodes of the graph away.
// parameters: graph
// columns: emptied
MATCH (episode:Episode)
WHERE episode.graph = $graph AND episode.occurred_at IS NOT NULL AND episode.embedding IS NOT NULL
REMOVE episode.embedding
SET episode.missing = true
RETURN count(*) AS emptied
