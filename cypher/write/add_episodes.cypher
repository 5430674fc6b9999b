CYPHER 25
// Store episodes; one that is there is left as it is.
// parameters: graph, episodes
// columns: none
UNWIND $episodes AS row
MERGE (episode:Episode {graph: $graph, id: row.id})
ON CREATE SET episode += row, episode.missing = true
