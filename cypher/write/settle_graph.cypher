CYPHER 25
// Wait for whoever writes to the graph, and say how many changes it has seen; it changes nothing. A reader without this may see a part of
// what is being committed: the revision before an index, say. Of a graph that does not exist, 0.
// parameters: graph
// columns: revision
MERGE (graph:Graph {key: $graph})
REMOVE graph.locked
WITH graph, graph.revision AS revision
FOREACH (_ IN CASE WHEN revision IS NULL THEN [1] ELSE [] END | DELETE graph)
RETURN coalesce(revision, 0) AS revision
