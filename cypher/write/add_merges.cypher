CYPHER 25
// Store merges, each linked to the two entities that are one; one that is there is left as it is.
// parameters: graph, merges
// columns: none
UNWIND $merges AS row
MERGE (merge:Merge {graph: $graph, id: row.id})
ON CREATE SET merge += row
WITH merge
OPTIONAL MATCH (source:Entity {graph: $graph, id: merge.source})
OPTIONAL MATCH (target:Entity {graph: $graph, id: merge.target})
FOREACH (_ IN CASE WHEN source IS NULL THEN [] ELSE [1] END | MERGE (merge)-[:SOURCE]->(source))
FOREACH (_ IN CASE WHEN target IS NULL THEN [] ELSE [1] END | MERGE (merge)-[:TARGET]->(target))
