CYPHER 25
// The claims of episodes, those that voices spoke or hold, and those that entities occur in.
// parameters: graph, episodes, voices, entities
// columns: claim
CALL () {
    UNWIND $episodes AS id MATCH (claim:Claim) USING INDEX claim:Claim(graph, episode_id) WHERE claim.graph = $graph AND claim.episode_id = id RETURN claim
    UNION
    UNWIND $voices AS id MATCH (claim:Claim) USING INDEX claim:Claim(graph, speaker) WHERE claim.graph = $graph AND claim.speaker = id RETURN claim
    UNION
    UNWIND $voices AS id MATCH (claim:Claim) USING INDEX claim:Claim(graph, holder) WHERE claim.graph = $graph AND claim.holder = id RETURN claim
    UNION
    UNWIND $entities AS id
    MATCH (claim:Claim)
    USING INDEX claim:Claim(graph, subject, predicate, object)
    WHERE claim.graph = $graph AND claim.subject = id AND claim.predicate IS NOT NULL AND claim.object IS NOT NULL
    RETURN claim
    UNION
    UNWIND $entities AS id MATCH (claim:Claim) USING INDEX claim:Claim(graph, object) WHERE claim.graph = $graph AND claim.object = id RETURN claim
    UNION
    UNWIND $entities AS id MATCH (claim:Claim) USING INDEX claim:Claim(graph, replaces) WHERE claim.graph = $graph AND claim.replaces = id RETURN claim
}
RETURN claim {
    .id, .episode_id, .index, .speaker, .holder, .subject, .predicate, .object, .object_text, .object_type, .text, .quote, .negated,
    .kind, .precision, .exclusive, .correction, .replaces, .replaces_text, .replaces_type, .confidence,
    said_at: claim.said_at.epochMillis * 1000 + claim.said_at.microsecond % 1000,
    valid_from: claim.valid_from.epochMillis * 1000 + claim.valid_from.microsecond % 1000,
    valid_to: claim.valid_to.epochMillis * 1000 + claim.valid_to.microsecond % 1000
} AS claim
