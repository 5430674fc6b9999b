CYPHER 25
// All claims of a graph, sorted by id.
// parameters: graph
// columns: claim
MATCH (claim:Claim)
WHERE claim.graph = $graph AND claim.id IS NOT NULL
RETURN claim {
    .id, .episode_id, .index, .speaker, .holder, .subject, .predicate, .object, .object_text, .object_type, .text, .quote, .negated,
    .kind, .precision, .exclusive, .correction, .replaces, .replaces_text, .replaces_type, .confidence,
    said_at: claim.said_at.epochMillis * 1000 + claim.said_at.microsecond % 1000,
    valid_from: claim.valid_from.epochMillis * 1000 + claim.valid_from.microsecond % 1000,
    valid_to: claim.valid_to.epochMillis * 1000 + claim.valid_to.microsecond % 1000
} AS claim
ORDER BY claim.id
