CYPHER 25
// Erase the summary of the graph.
// parameters: graph
// columns: none
MATCH (summary:Summary {graph: $graph})
DELETE summary
