CYPHER 25
// Of the facts that a filter lets through, those nearest to a vector: every one of them is compared.
// parameters: graph, holder, any_holder, ids, subjects, predicates, objects, touching, valid_until, valid_after, events_begun, known_until, known_after, labels, vector, limit
// columns: id, cosine
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
    AND f.embedding IS NOT NULL
WITH f.id AS id, 2 * vector.similarity.cosine(f.embedding, $vector) - 1 AS cosine
RETURN id, cosine
ORDER BY cosine DESC, id
LIMIT $limit
