CYPHER 25
// Store namings, each linked to its episode and its entity; one that is there is left as it is.
// parameters: graph, namings
// columns: none
UNWIND $namings AS row
MERGE (naming:Naming {graph: $graph, id: row.id})
ON CREATE SET naming += row
WITH naming
OPTIONAL MATCH (episode:Episode {graph: $graph, id: naming.episode_id})
OPTIONAL MATCH (entity:Entity {graph: $graph, id: naming.entity})
FOREACH (_ IN CASE WHEN episode IS NULL THEN [] ELSE [1] END | MERGE (episode)-[:CALLS]->(naming))
FOREACH (_ IN CASE WHEN entity IS NULL THEN [] ELSE [1] END | MERGE (naming)-[:OF]->(entity))
