CYPHER 25
// Store retractions, each linked to the claims it names; one that is there is left as it is.
// parameters: graph, retractions
// columns: none
UNWIND $retractions AS row
MERGE (retraction:Retraction {graph: $graph, id: row.id})
ON CREATE SET retraction += row
WITH retraction
UNWIND retraction.claims AS id
MATCH (claim:Claim {graph: $graph, id: id})
MERGE (retraction)-[:RETRACTS]->(claim)
