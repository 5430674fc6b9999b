CYPHER 25
// Store wordings; one that is there is left as it is.
// parameters: graph, wordings
// columns: none
UNWIND $wordings AS row
MERGE (wording:Wording {graph: $graph, id: row.id})
ON CREATE SET wording += row
