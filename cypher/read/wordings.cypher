CYPHER 25
// All wordings of a graph.
// parameters: graph
// columns: wording
MATCH (wording:Wording)
WHERE wording.graph = $graph AND wording.id IS NOT NULL
RETURN wording {.id, .name, .canonical, .reason, .decider, .inverse, recorded_at: wording.recorded_at.epochMillis * 1000 + wording.recorded_at.microsecond % 1000} AS wording
ORDER BY wording.id
