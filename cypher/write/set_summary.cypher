CYPHER 25
// Replace the summary of the graph.
// parameters: graph, summary
// columns: none
MERGE (summary:Summary {graph: $graph})
SET summary += $summary
