CYPHER 25
// Facts that a filter lets through and that one of the full-text expressions finds, by the weights of those that do.
// parameters: graph, holder, any_holder, ids, subjects, predicates, objects, touching, valid_until, valid_after, events_begun, known_until, known_after, labels, words, limit
// columns: id, score
UNWIND $words AS word
CALL (word) {
    CALL db.index.fulltext.queryRelationships('fact_words', word.expression) YIELD relationship
    RETURN relationship AS f
}
WITH f, word
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
WITH f, sum(word.weight) AS weight
RETURN f.id AS id, weight * f.share AS score
ORDER BY score DESC, id
LIMIT $limit
