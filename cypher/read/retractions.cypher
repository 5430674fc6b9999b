CYPHER 25
// The retractions that name one of these claims. Claims are looked for in each, for retractions are few.
// parameters: graph, claims
// columns: retraction
MATCH (retraction:Retraction)
WHERE retraction.graph = $graph AND retraction.id IS NOT NULL AND any(id IN retraction.claims WHERE id IN $claims)
RETURN retraction {.id, .claims, .reason, said_at: retraction.said_at.epochMillis * 1000 + retraction.said_at.microsecond % 1000, recorded_at: retraction.recorded_at.epochMillis * 1000 + retraction.recorded_at.microsecond % 1000} AS retraction
ORDER BY retraction.id
