CYPHER 25
// All namings of a graph, sorted by id.
// parameters: graph
// columns: naming
MATCH (naming:Naming)
WHERE naming.graph = $graph AND naming.id IS NOT NULL
RETURN naming {.id, .entity, .name, .episode_id, .alias, said_at: naming.said_at.epochMillis * 1000 + naming.said_at.microsecond % 1000, recorded_at: naming.recorded_at.epochMillis * 1000 + naming.recorded_at.microsecond % 1000} AS naming
ORDER BY naming.id
