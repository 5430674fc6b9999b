CYPHER 25
// Of each spelling of these entities, as a name and as an alias, the naming said first.
// parameters: graph, ids
// columns: naming
UNWIND $ids AS id
MATCH (spelling:Spelling)
WHERE spelling.graph = $graph AND spelling.entity = id AND spelling.name IS NOT NULL AND spelling.alias IS NOT NULL
MATCH (naming:Naming {graph: $graph, id: spelling.first})
WITH DISTINCT naming
RETURN naming {.id, .entity, .name, .episode_id, .alias, said_at: naming.said_at.epochMillis * 1000 + naming.said_at.microsecond % 1000, recorded_at: naming.recorded_at.epochMillis * 1000 + naming.recorded_at.microsecond % 1000} AS naming
