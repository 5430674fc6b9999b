CYPHER 25
// Episodes of a graph: those of these ids and stages, or all where a list is null. Instants are microseconds since 1970.
// parameters: graph, ids, stages
// columns: episode
CALL () {
    WHEN $ids IS NOT NULL THEN {
        UNWIND $ids AS id
        MATCH (episode:Episode {graph: $graph, id: id})
        RETURN DISTINCT episode
    }
    WHEN $stages IS NOT NULL THEN {
        MATCH (episode:Episode)
        WHERE episode.graph = $graph AND episode.stage IN $stages
        RETURN episode
    }
    ELSE {
        MATCH (episode:Episode)
        WHERE episode.graph = $graph AND episode.occurred_at IS NOT NULL
        RETURN episode
    }
}
WITH episode
WHERE $stages IS NULL OR episode.stage IN $stages
RETURN episode {
    .id, .content, .speaker, .role, .source, .payload, .user_id, .agent_id, .run_id, .metadata,
    occurred_at: episode.occurred_at.epochMillis * 1000 + episode.occurred_at.microsecond % 1000,
    recorded_at: episode.recorded_at.epochMillis * 1000 + episode.recorded_at.microsecond % 1000
} AS episode
ORDER BY episode.occurred_at, episode.id
