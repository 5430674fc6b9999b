CYPHER 25
// Of the facts visible at two times, those nearest to a vector, found by the index, which filters them first.
// States and events apart: of an instant, an event has only to have begun.
// parameters: graph, holder, valid_until, valid_after, events_after, known_until, known_after, vector, limit
// columns: id, cosine
CALL () {
    MATCH ()-[f:FACT]->()
    SEARCH f IN (
        VECTOR INDEX fact_vectors FOR $vector
        WHERE f.graph = $graph AND f.holder = $holder AND f.kind = 'state' AND f.valid_at <= $valid_until AND f.invalid_at > $valid_after
            AND f.created_at <= $known_until AND f.expired_at > $known_after
        LIMIT $limit
    ) SCORE AS score
    RETURN f.id AS id, score
    UNION ALL
    MATCH ()-[f:FACT]->()
    SEARCH f IN (
        VECTOR INDEX fact_vectors FOR $vector
        WHERE f.graph = $graph AND f.holder = $holder AND f.kind = 'event' AND f.valid_at <= $valid_until AND f.invalid_at > $events_after
            AND f.created_at <= $known_until AND f.expired_at > $known_after
        LIMIT $limit
    ) SCORE AS score
    RETURN f.id AS id, score
}
RETURN id, 2 * score - 1 AS cosine
ORDER BY cosine DESC, id
LIMIT $limit
