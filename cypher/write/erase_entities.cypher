CYPHER 25
// Erase entities with their names. Of one that facts still touch a bare node is left.
// parameters: graph, ids
// columns: none
UNWIND $ids AS id
MATCH (entity:Entity {graph: $graph, id: id})
CALL (entity) {
    MATCH (name:Name)-[:NAMES]->(entity)
    DETACH DELETE name
}
CALL (entity) {
    WHEN EXISTS { (entity)-[:FACT]-() } THEN { SET entity = {graph: entity.graph, id: entity.id} }
    ELSE { DETACH DELETE entity }
}
