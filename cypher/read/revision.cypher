CYPHER 25
// How many changes a graph has seen, and whose vectors it holds; no row where it does not exist.
// parameters: graph
// columns: revision, facts, episodes, model, dimension
MATCH (graph:Graph {key: $graph})
RETURN graph.revision AS revision, graph.facts AS facts, graph.episodes AS episodes, graph.model AS model, graph.dimension AS dimension
