CYPHER 25
// The predicates of all claims, each with how many claims have it.
// parameters: graph
// columns: predicate, claims
MATCH (claim:Claim)
WHERE claim.graph = $graph AND claim.predicate IS NOT NULL
RETURN claim.predicate AS predicate, count(*) AS claims
ORDER BY predicate
