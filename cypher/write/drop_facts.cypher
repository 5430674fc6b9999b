CYPHER 25
// Delete facts, and what nodes they alone kept: literals, and what erased entities left.
// parameters: graph, ids
// columns: dropped
UNWIND $ids AS id
MATCH (subject)-[f:FACT {graph: $graph, id: id}]->(object)
DELETE f
WITH collect(DISTINCT subject) + collect(DISTINCT object) AS ends, count(*) AS dropped
CALL (ends) {
    UNWIND ends AS end
    WITH DISTINCT end
    WHERE (end:Value OR end.name IS NULL) AND NOT EXISTS { (end)-[:FACT]-() }
    DETACH DELETE end
}
RETURN dropped
