CYPHER 25
// What stands around an entity at $as_of, as it was known at $known_at: its facts, and those of the entities they lead to.
// $entity is a name or an alias, in lower case. A picture; the table beside it holds the sentences.
// parameters: graph, entity, as_of, known_at
// columns: subject, f, object, text
CALL () {
    MATCH (name:Name)
    WHERE name.graph = $graph AND name.name = $entity AND name.entity IS NOT NULL
    RETURN name.entity AS id
    UNION
    MATCH (spelling:Spelling)
    WHERE spelling.graph = $graph AND spelling.normalised = $entity
    RETURN spelling.entity AS id
}
MATCH (named:Entity {graph: $graph, id: id})
MATCH (named)(
    (one:Entity)<-[:SOURCE|TARGET]-(merge:Merge WHERE NOT merge.negated)-[:SOURCE|TARGET]->(same:Entity)
    WHERE NOT EXISTS { (one)<-[:SOURCE|TARGET]-(:Merge {negated: true})-[:SOURCE|TARGET]->(same) }
){0,4}(centre:Entity)
MATCH (centre)-[near:FACT]-(neighbour)
WHERE near.graph = $graph AND near.holder = ''
    AND near.valid_at <= $as_of AND (near.invalid_at > $as_of OR near.kind = 'event')
    AND near.created_at <= $known_at AND near.expired_at > $known_at
WITH DISTINCT neighbour
MATCH (neighbour)-[f:FACT]-()
WHERE f.graph = $graph AND f.holder = ''
    AND f.valid_at <= $as_of AND (f.invalid_at > $as_of OR f.kind = 'event')
    AND f.created_at <= $known_at AND f.expired_at > $known_at
WITH DISTINCT f
RETURN startNode(f) AS subject, f, endNode(f) AS object, f.text AS text
ORDER BY f.valid_at, f.id
