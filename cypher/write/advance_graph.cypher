CYPHER 25
// Say what the change made of the graph, and let the next writer in.
// parameters: graph, revision, facts, episodes, model, dimension
// columns: none
MATCH (graph:Graph {key: $graph})
SET graph.revision = $revision, graph.facts = $facts, graph.episodes = $episodes, graph.model = $model, graph.dimension = $dimension
REMOVE graph.locked
