CYPHER 25
// Store claims, each linked to its episode and its subject; one that is there is left as it is.
// parameters: graph, claims
// columns: none
UNWIND $claims AS row
MERGE (claim:Claim {graph: $graph, id: row.id})
ON CREATE SET claim += row
WITH claim
OPTIONAL MATCH (episode:Episode {graph: $graph, id: claim.episode_id})
OPTIONAL MATCH (subject:Entity {graph: $graph, id: claim.subject})
FOREACH (_ IN CASE WHEN episode IS NULL THEN [] ELSE [1] END | MERGE (episode)-[:ASSERTS]->(claim))
FOREACH (_ IN CASE WHEN subject IS NULL THEN [] ELSE [1] END | MERGE (claim)-[:ABOUT]->(subject))
