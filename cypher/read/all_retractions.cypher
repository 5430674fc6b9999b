CYPHER 25
// All retractions of a graph, sorted by id.
// parameters: graph
// columns: retraction
MATCH (retraction:Retraction)
WHERE retraction.graph = $graph AND retraction.id IS NOT NULL
RETURN retraction {.id, .claims, .reason, said_at: retraction.said_at.epochMillis * 1000 + retraction.said_at.microsecond % 1000, recorded_at: retraction.recorded_at.epochMillis * 1000 + retraction.recorded_at.microsecond % 1000} AS retraction
ORDER BY retraction.id
