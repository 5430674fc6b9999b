CYPHER 25
// What these episodes call entities.
// parameters: graph, episodes
// columns: naming
UNWIND $episodes AS id
MATCH (naming:Naming)
WHERE naming.graph = $graph AND naming.episode_id = id
WITH DISTINCT naming
RETURN naming {.id, .entity, .name, .episode_id, .alias, said_at: naming.said_at.epochMillis * 1000 + naming.said_at.microsecond % 1000, recorded_at: naming.recorded_at.epochMillis * 1000 + naming.recorded_at.microsecond % 1000} AS naming
