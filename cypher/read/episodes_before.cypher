CYPHER 25
// The last episodes said before an instant, latest first.
// parameters: graph, before, limit
// columns: episode
MATCH (episode:Episode)
WHERE episode.graph = $graph AND episode.occurred_at < $before
WITH episode
ORDER BY episode.occurred_at DESC, episode.id DESC
LIMIT $limit
RETURN episode {
    .id, .content, .speaker, .role, .source, .payload, .user_id, .agent_id, .run_id, .metadata,
    occurred_at: episode.occurred_at.epochMillis * 1000 + episode.occurred_at.microsecond % 1000,
    recorded_at: episode.recorded_at.epochMillis * 1000 + episode.recorded_at.microsecond % 1000
} AS episode
