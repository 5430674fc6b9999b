CYPHER 25
// All merges of a graph.
// parameters: graph
// columns: merge
MATCH (merge:Merge)
WHERE merge.graph = $graph AND merge.id IS NOT NULL
RETURN merge {.id, .source, .target, .reason, .decider, .negated, recorded_at: merge.recorded_at.epochMillis * 1000 + merge.recorded_at.microsecond % 1000} AS merge
ORDER BY merge.id
