CYPHER 25
// What points at something that is not there: no rows in a sound graph. Of all its history by design.
// parameters: graph
// columns: what, id, node
CALL () {
    MATCH (claim:Claim)
    WHERE claim.graph = $graph AND claim.id IS NOT NULL AND NOT EXISTS { (:Episode)-[:ASSERTS]->(claim) }
    RETURN 'a claim without its episode' AS what, claim AS node
    UNION ALL
    MATCH (claim:Claim)
    WHERE claim.graph = $graph AND claim.id IS NOT NULL AND NOT EXISTS { (claim)-[:ABOUT]->(:Entity) }
    RETURN 'a claim without its subject' AS what, claim AS node
    UNION ALL
    MATCH (judgement:Judgement)
    WHERE judgement.graph = $graph AND judgement.id IS NOT NULL
        AND NOT (EXISTS { (judgement)-[:LATER]->(:Claim) } AND EXISTS { (judgement)-[:EARLIER]->(:Claim) })
    RETURN 'a judgement without both of its claims' AS what, judgement AS node
    UNION ALL
    MATCH (merge:Merge)
    WHERE merge.graph = $graph AND merge.id IS NOT NULL
        AND NOT (EXISTS { (merge)-[:SOURCE]->(:Entity) } AND EXISTS { (merge)-[:TARGET]->(:Entity) })
    RETURN 'a merge without both of its entities' AS what, merge AS node
    UNION ALL
    MATCH (naming:Naming)
    WHERE naming.graph = $graph AND naming.id IS NOT NULL
        AND NOT (EXISTS { (:Episode)-[:CALLS]->(naming) } AND EXISTS { (naming)-[:OF]->(:Entity) })
    RETURN 'a naming without its episode or its entity' AS what, naming AS node
    UNION ALL
    MATCH (name:Name)
    WHERE name.graph = $graph AND name.name IS NOT NULL AND name.entity IS NOT NULL AND NOT EXISTS { (name)-[:NAMES]->(:Entity) }
    RETURN 'a name of no entity' AS what, name AS node
    UNION ALL
    MATCH (value:Value)
    WHERE value.graph = $graph AND value.id IS NOT NULL AND NOT EXISTS { (value)-[:FACT]-() }
    RETURN 'a literal without a fact' AS what, value AS node
    UNION ALL
    MATCH (entity:Entity)
    WHERE entity.graph = $graph AND entity.id IS NOT NULL AND entity.name IS NULL
    RETURN 'an entity without a name' AS what, entity AS node
    UNION ALL
    MATCH (subject)-[f:FACT]->(object)
    WHERE f.graph = $graph AND f.valid_at IS NOT NULL
        AND (f.subject <> subject.id OR f.object <> object.id OR subject.graph <> $graph OR object.graph <> $graph)
    RETURN 'a fact between other nodes than it says' AS what, subject AS node
    UNION ALL
    MATCH (subject)-[f:FACT]->()
    WHERE f.graph = $graph AND f.valid_at IS NOT NULL
        AND (f.claims = [] OR NOT all(id IN f.claims WHERE EXISTS { (:Claim {graph: $graph, id: id}) }))
    RETURN 'a fact without all of its claims' AS what, subject AS node
}
RETURN what, node.id AS id, node
ORDER BY what, id
