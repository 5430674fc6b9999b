CYPHER 25
// Hold other writers of the graph off until this transaction ends, and say how the graph stands. Made where there is none;
// a transaction that brings nothing new is rolled back, and this with it.
// parameters: graph
// columns: revision, facts, episodes, model, dimension
MERGE (graph:Graph {key: $graph})
ON CREATE SET graph.revision = 0, graph.facts = 0, graph.episodes = 0
SET graph.locked = true
RETURN graph.revision AS revision, graph.facts AS facts, graph.episodes AS episodes, graph.model AS model, graph.dimension AS dimension
