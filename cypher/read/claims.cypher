CYPHER 25
// Claims that one of the filters lets through. A filter's `objects` is null for every object; claims whose object is open have the empty one.
// parameters: graph, filters
// columns: claim
UNWIND $filters AS filter
CALL (filter) {
    WHEN filter.objects IS NULL THEN {
        MATCH (claim:Claim)
        USING INDEX claim:Claim(graph, subject, predicate, object)
        WHERE claim.graph = $graph AND claim.subject IN filter.subjects AND claim.predicate = filter.predicate
            AND claim.object IS NOT NULL
        RETURN claim
    }
    ELSE {
        MATCH (claim:Claim)
        USING INDEX claim:Claim(graph, subject, predicate, object)
        WHERE claim.graph = $graph AND claim.subject IN filter.subjects AND claim.predicate = filter.predicate
            AND claim.object IN filter.objects
        RETURN claim
        UNION
        MATCH (claim:Claim)
        USING INDEX claim:Claim(graph, replaces)
        WHERE claim.graph = $graph AND claim.replaces IN filter.replaced
            AND claim.subject IN filter.subjects AND claim.predicate = filter.predicate
        RETURN claim
        UNION
        MATCH (claim:Claim)
        USING INDEX claim:Claim(graph, subject, predicate, object)
        WHERE filter.with_exclusive AND claim.graph = $graph AND claim.subject IN filter.subjects
            AND claim.predicate = filter.predicate AND claim.object IS NOT NULL AND claim.exclusive
        RETURN claim
    }
}
WITH DISTINCT claim
RETURN claim {
    .id, .episode_id, .index, .speaker, .holder, .subject, .predicate, .object, .object_text, .object_type, .text, .quote, .negated,
    .kind, .precision, .exclusive, .correction, .replaces, .replaces_text, .replaces_type, .confidence,
    said_at: claim.said_at.epochMillis * 1000 + claim.said_at.microsecond % 1000,
    valid_from: claim.valid_from.epochMillis * 1000 + claim.valid_from.microsecond % 1000,
    valid_to: claim.valid_to.epochMillis * 1000 + claim.valid_to.microsecond % 1000
} AS claim
