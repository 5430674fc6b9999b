CYPHER 25
// The judgements that join one of these claims to any other.
// parameters: graph, claims
// columns: judgement
CALL () {
    UNWIND $claims AS id MATCH (judgement:Judgement) WHERE judgement.graph = $graph AND judgement.later = id RETURN judgement
    UNION
    UNWIND $claims AS id MATCH (judgement:Judgement) WHERE judgement.graph = $graph AND judgement.earlier = id RETURN judgement
}
RETURN judgement {.id, .later, .earlier, .operation, .reason, .decider, recorded_at: judgement.recorded_at.epochMillis * 1000 + judgement.recorded_at.microsecond % 1000} AS judgement
ORDER BY judgement.id
