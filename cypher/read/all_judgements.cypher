CYPHER 25
// All judgements of a graph, sorted by id.
// parameters: graph
// columns: judgement
MATCH (judgement:Judgement)
WHERE judgement.graph = $graph AND judgement.id IS NOT NULL
RETURN judgement {.id, .later, .earlier, .operation, .reason, .decider, recorded_at: judgement.recorded_at.epochMillis * 1000 + judgement.recorded_at.microsecond % 1000} AS judgement
ORDER BY judgement.id
