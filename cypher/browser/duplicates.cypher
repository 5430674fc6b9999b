CYPHER 25
// What is there twice: no rows in a sound graph. Of all its history by design.
// Entities of one name, type and discriminator that no merge joins; facts of one triplet that cover the same instant of both times;
// two claims at one place of an episode.
// parameters: graph
// columns: what, of, first, second
CALL () {
    MATCH (one:Name)-[:NAMES]->(first:Entity)
    WHERE one.graph = $graph AND one.name IS NOT NULL AND one.entity IS NOT NULL
    MATCH (two:Name)-[:NAMES]->(second:Entity)
    WHERE two.graph = $graph AND two.name = one.name AND two.entity IS NOT NULL
        AND first.id < second.id AND first.type = second.type
        AND first.discriminator = second.discriminator
        AND NOT EXISTS { (first)<-[:SOURCE|TARGET]-(:Merge)-[:SOURCE|TARGET]->(second) }
    RETURN DISTINCT 'an entity' AS what, first.name AS of, first.id AS first, second.id AS second
    UNION ALL
    MATCH ()-[f:FACT]->()
    WHERE f.graph = $graph AND f.valid_at IS NOT NULL
    MATCH ()-[g:FACT]->()
    WHERE g.graph = $graph AND g.subject = f.subject AND g.predicate = f.predicate AND g.object = f.object
        AND g.holder = f.holder AND g.kind = f.kind AND f.id < g.id
        AND f.valid_at < g.invalid_at AND g.valid_at < f.invalid_at AND f.created_at < g.expired_at AND g.created_at < f.expired_at
    RETURN 'a fact' AS what, f.text AS of, f.id AS first, g.id AS second
    UNION ALL
    MATCH (claim:Claim)
    WHERE claim.graph = $graph AND claim.id IS NOT NULL
    WITH claim.episode_id AS episode, claim.index AS index, claim
    ORDER BY claim.id
    WITH episode, index, collect(claim) AS claims
    WHERE size(claims) > 1
    RETURN 'a claim' AS what, claims[0].text AS of, claims[0].id AS first, claims[1].id AS second
}
RETURN what, of, first, second
ORDER BY what, of, first
