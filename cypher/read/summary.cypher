CYPHER 25
// The summary of a graph; no row where it has none.
// parameters: graph
// columns: summary
MATCH (summary:Summary {graph: $graph})
RETURN summary {
    .text, .episodes, .decider,
    through: summary.through.epochMillis * 1000 + summary.through.microsecond % 1000,
    recorded_at: summary.recorded_at.epochMillis * 1000 + summary.recorded_at.microsecond % 1000
} AS summary
