CYPHER 25
// Store judgements, each linked to the two claims it joins; one that is there is left as it is.
// parameters: graph, judgements
// columns: none
UNWIND $judgements AS row
MERGE (judgement:Judgement {graph: $graph, id: row.id})
ON CREATE SET judgement += row
WITH judgement
OPTIONAL MATCH (later:Claim {graph: $graph, id: judgement.later})
OPTIONAL MATCH (earlier:Claim {graph: $graph, id: judgement.earlier})
FOREACH (_ IN CASE WHEN later IS NULL THEN [] ELSE [1] END | MERGE (judgement)-[:LATER]->(later))
FOREACH (_ IN CASE WHEN earlier IS NULL THEN [] ELSE [1] END | MERGE (judgement)-[:EARLIER]->(earlier))
