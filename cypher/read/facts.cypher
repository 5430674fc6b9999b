CYPHER 25
// Facts that a filter lets through, by start of validity, then of knowledge, then id.
// A list that is null narrows nothing. Instants are microseconds since 1970.
// parameters: graph, holder, any_holder, ids, subjects, predicates, objects, touching, valid_until, valid_after, events_begun, known_until, known_after, labels, limit
// columns: fact
CALL () {
    WHEN $ids IS NOT NULL THEN {
        MATCH ()-[f:FACT]->() USING INDEX f:FACT(graph, id) WHERE f.graph = $graph AND f.id IN $ids RETURN f
    }
    WHEN $subjects IS NOT NULL THEN {
        MATCH ()-[f:FACT]->() USING INDEX f:FACT(graph, subject, valid_at) WHERE f.graph = $graph AND f.valid_at <= $valid_until AND f.subject IN $subjects RETURN f
    }
    WHEN $objects IS NOT NULL THEN {
        MATCH ()-[f:FACT]->() USING INDEX f:FACT(graph, object, valid_at) WHERE f.graph = $graph AND f.valid_at <= $valid_until AND f.object IN $objects RETURN f
    }
    WHEN $touching IS NOT NULL THEN {
        MATCH ()-[f:FACT]->() USING INDEX f:FACT(graph, subject, valid_at) WHERE f.graph = $graph AND f.valid_at <= $valid_until AND f.subject IN $touching RETURN f
        UNION
        MATCH ()-[f:FACT]->() USING INDEX f:FACT(graph, object, valid_at) WHERE f.graph = $graph AND f.valid_at <= $valid_until AND f.object IN $touching RETURN f
    }
    ELSE {
        MATCH ()-[f:FACT]->() USING INDEX f:FACT(graph, valid_at) WHERE f.graph = $graph AND f.valid_at <= $valid_until RETURN f
    }
}
WITH f
WHERE f.graph = $graph
    AND ($any_holder OR f.holder = $holder)
    AND ($ids IS NULL OR f.id IN $ids)
    AND ($subjects IS NULL OR f.subject IN $subjects)
    AND ($predicates IS NULL OR f.predicate IN $predicates)
    AND ($objects IS NULL OR f.object IN $objects)
    AND ($touching IS NULL OR f.subject IN $touching OR f.object IN $touching)
    AND f.valid_at <= $valid_until AND (f.invalid_at > $valid_after OR $events_begun AND f.kind = 'event')
    AND f.created_at <= $known_until AND f.expired_at > $known_after
    AND ($labels IS NULL OR EXISTS {
        UNWIND range(0, size(f.claims) - 1) AS i
        MATCH (claim:Claim {graph: $graph, id: f.claims[i]})
        MATCH (episode:Episode {graph: $graph, id: claim.episode_id})
        WHERE f.since[i] <= $known_until AND f.until[i] > $known_after
            AND ($labels.user_id IS NULL OR episode.user_id = $labels.user_id)
            AND ($labels.agent_id IS NULL OR episode.agent_id = $labels.agent_id)
            AND ($labels.run_id IS NULL OR episode.run_id = $labels.run_id)
    })
WITH f
ORDER BY f.valid_at, f.created_at, f.id
LIMIT $limit
RETURN f {
    .id, .holder, .subject, .predicate, .object, .value_text, .value_type, .kind, .text, .claims,
    valid_at: f.valid_at.epochMillis * 1000 + f.valid_at.microsecond % 1000,
    invalid_at: f.invalid_at.epochMillis * 1000 + f.invalid_at.microsecond % 1000,
    created_at: f.created_at.epochMillis * 1000 + f.created_at.microsecond % 1000,
    expired_at: f.expired_at.epochMillis * 1000 + f.expired_at.microsecond % 1000,
    since: [at IN f.since | at.epochMillis * 1000 + at.microsecond % 1000],
    until: [at IN f.until | at.epochMillis * 1000 + at.microsecond % 1000]
} AS fact
