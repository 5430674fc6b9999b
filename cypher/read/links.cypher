CYPHER 25
// Facts that a filter lets through by their ends: the latest start of validity first, of equals the larger id.
// Of each entity in `touching` no more than the first `each`.
// parameters: graph, holder, any_holder, ids, subjects, predicates, objects, touching, valid_until, valid_after, events_begun, known_until, known_after, labels, each
// columns: id, subject, predicate, object, value_text, began
CALL () {
    WHEN $touching IS NOT NULL AND $ids IS NULL THEN {
        UNWIND $touching AS entity
        CALL (entity) {
            CALL (entity) {
                MATCH ()-[f:FACT]->() USING INDEX f:FACT(graph, subject, valid_at) WHERE f.graph = $graph AND f.subject = entity AND f.valid_at <= $valid_until
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
                RETURN f
                ORDER BY f.valid_at DESC, f.id DESC
                LIMIT $each
                UNION
                MATCH ()-[f:FACT]->() USING INDEX f:FACT(graph, object, valid_at) WHERE f.graph = $graph AND f.object = entity AND f.valid_at <= $valid_until
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
                RETURN f
                ORDER BY f.valid_at DESC, f.id DESC
                LIMIT $each
            }
            RETURN f
            ORDER BY f.valid_at DESC, f.id DESC
            LIMIT $each
        }
        RETURN DISTINCT f
    }
    WHEN $ids IS NOT NULL THEN {
        MATCH ()-[f:FACT]->() USING INDEX f:FACT(graph, id) WHERE f.graph = $graph AND f.id IN $ids
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
        RETURN f
    }
    ELSE {
        MATCH ()-[f:FACT]->() USING INDEX f:FACT(graph, valid_at) WHERE f.graph = $graph AND f.valid_at <= $valid_until
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
        RETURN f
    }
}
RETURN f.id AS id, f.subject AS subject, f.predicate AS predicate, f.object AS object, f.value_text AS value_text, f.valid_at.epochMillis * 1000 + f.valid_at.microsecond % 1000 AS began
